//! The `scope` claim: a list of requests a token is good for, such as `GET /v1/apps?filter[platform]=IOS`.
//!
//! Each entry is a method, one space, a path and, if wanted, a query. A slip in this grammar makes a token that
//! Apple refuses without saying why, so entries are read strictly here and nothing is repaired.

use std::fmt;
use std::str::FromStr;

use crate::codes;

codes! {
    /// The method of a scope entry. Apple describes `GET` only; the others are known from its notary service.
    ScopeMethod {
        /// Reads.
        Get = "GET",
        /// Creates, or starts something.
        Post = "POST",
        /// Changes.
        Patch = "PATCH",
        /// Removes.
        Delete = "DELETE",
    }
}

codes! {
    /// Why a text is no scope entry, or a list of them no scope.
    InvalidScope {
        /// Not `METHOD /path`: no space, or more than one.
        Shape = "scope_shape",
        /// The method is not one of `GET`, `POST`, `PATCH`, `DELETE`, in capitals.
        Method = "scope_method",
        /// A full address instead of the path behind the host.
        Address = "scope_address",
        /// The path does not begin with a slash, or has an empty or a dotted step.
        Path = "scope_path",
        /// The query is not `name=value`, joined by `&`.
        Query = "scope_query",
        /// A character that does not belong in an address.
        Character = "scope_character",
        /// More entries, or a longer one, than fit into the one header line a token travels in.
        TooLong = "scope_too_long",
    }
}

impl std::error::Error for InvalidScope {}

/// One request a token is good for. Public; not a secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScopeEntry {
    method: ScopeMethod,
    path: String,
    query: Option<String>,
}

impl ScopeEntry {
    /// Characters of the longest entry accepted.
    pub const MAX_CHARACTERS: usize = 512;

    /// How it is called.
    #[must_use]
    pub const fn method(&self) -> ScopeMethod {
        self.method
    }

    /// The path, beginning with a slash, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query without its question mark, as it was written.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }
}

impl FromStr for ScopeEntry {
    type Err = InvalidScope;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > Self::MAX_CHARACTERS {
            return Err(InvalidScope::TooLong);
        }
        let (method, target) = text.split_once(' ').ok_or(InvalidScope::Shape)?;
        if target.contains(' ') || target.is_empty() {
            return Err(InvalidScope::Shape);
        }
        let known = ScopeMethod::ALL.iter().copied().find(|known| known.code() == method);
        let method = known.ok_or(InvalidScope::Method)?;
        if target.contains("://") {
            return Err(InvalidScope::Address);
        }
        if !target.bytes().all(belongs_in_an_address) {
            return Err(InvalidScope::Character);
        }
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        let steps = path.strip_prefix('/').ok_or(InvalidScope::Path)?;
        if steps.split('/').any(|step| matches!(step, "" | "." | "..")) {
            return Err(InvalidScope::Path);
        }
        if query.is_some_and(|query| !query.split('&').all(is_a_pair)) {
            return Err(InvalidScope::Query);
        }
        Ok(Self { method, path: path.to_owned(), query: query.map(str::to_owned) })
    }
}

/// Visible ASCII without what ends or quotes an address.
const fn belongs_in_an_address(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'#' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
}

fn is_a_pair(pair: &str) -> bool {
    pair.split_once('=').is_some_and(|(name, value)| !name.is_empty() && !value.contains(['=', '?']))
}

impl fmt::Display for ScopeEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        self.query.iter().try_for_each(|query| write!(f, "?{query}"))
    }
}

/// The whole claim. Empty means there is none, and the role of the key alone decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope(Vec<ScopeEntry>);

impl Scope {
    /// Entries of the longest scope accepted.
    pub const MAX_ENTRIES: usize = 32;

    /// Reads a list of entries.
    ///
    /// # Errors
    /// What is wrong with the first entry that is wrong, or [`InvalidScope::TooLong`].
    pub fn parse<Text: AsRef<str>>(entries: &[Text]) -> Result<Self, InvalidScope> {
        if entries.len() > Self::MAX_ENTRIES {
            return Err(InvalidScope::TooLong);
        }
        entries.iter().map(|entry| entry.as_ref().parse()).collect::<Result<_, _>>().map(Self)
    }

    /// The entries, in the order given.
    #[must_use]
    pub fn entries(&self) -> &[ScopeEntry] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn apples_examples_read_and_are_written_as_they_were() {
        for text in [
            "GET /v1/apps",
            "GET /v1/ciWorkflows/1234",
            "GET /v1/apps?filter[platform]=IOS",
            "GET /v1/users?filter[username]=a%40example.com&fields[users]=roles",
            "GET /v1/apps?filter[name]=",
            "POST /notary/v2/submissions",
        ] {
            let entry: ScopeEntry = text.parse().unwrap();
            assert_eq!(entry.to_string(), text);
        }
        let entry: ScopeEntry = "GET /v1/apps?filter[platform]=IOS".parse().unwrap();
        assert_eq!((entry.method(), entry.path()), (ScopeMethod::Get, "/v1/apps"));
        assert_eq!(entry.query(), Some("filter[platform]=IOS"));
    }

    #[test]
    fn each_slip_has_its_own_code() {
        for (text, code) in [
            ("", InvalidScope::Shape),
            ("GET", InvalidScope::Shape),
            ("GET ", InvalidScope::Shape),
            ("GET  /v1/apps", InvalidScope::Shape),
            ("GET /v1/apps ", InvalidScope::Shape),
            ("/v1/apps", InvalidScope::Shape),
            ("get /v1/apps", InvalidScope::Method),
            ("PUT /v1/apps", InvalidScope::Method),
            ("GET https://api.appstoreconnect.apple.com/v1/apps", InvalidScope::Address),
            ("GET v1/apps", InvalidScope::Path),
            ("GET /v1//apps", InvalidScope::Path),
            ("GET /v1/apps/", InvalidScope::Path),
            ("GET /v1/../apps", InvalidScope::Path),
            ("GET /v1/apps?", InvalidScope::Query),
            ("GET /v1/apps?limit", InvalidScope::Query),
            ("GET /v1/apps?=5", InvalidScope::Query),
            ("GET /v1/apps?a=b=c", InvalidScope::Query),
            ("GET /v1/apps?a=b?c", InvalidScope::Query),
            ("GET /v1/apps\u{202e}", InvalidScope::Character),
            ("GET /v1/apps#top", InvalidScope::Character),
            ("GET /v1/apps\t", InvalidScope::Character),
            ("GET /v1/apps/{id}", InvalidScope::Character),
        ] {
            assert_eq!(text.parse::<ScopeEntry>(), Err(code), "{text}");
        }
    }

    #[test]
    fn a_scope_fits_into_a_header_line() {
        assert_eq!(Scope::parse(&["GET /v1/apps"; 33]), Err(InvalidScope::TooLong));
        let long = format!("GET /v1/{}", "a".repeat(505));
        assert_eq!(Scope::parse(&[long]), Err(InvalidScope::TooLong));
        assert_eq!(Scope::parse(&["GET /v1/apps", "GET"]), Err(InvalidScope::Shape));
        assert_eq!(Scope::parse::<&str>(&[]).unwrap(), Scope::default());
    }
}
