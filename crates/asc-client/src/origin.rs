//! Where requests go: one host, over HTTPS, and nowhere else.
//!
//! A token opens the team's account to whoever receives it. So the host is a constant of this program: no setting,
//! variable or argument names another, and an address that a server supplies is taken apart and refused unless it
//! leads back to the same scheme, host and port. Only the feature `simulator`, which no release has, adds a second
//! way to make an [`Origin`].

use std::fmt;

use reqwest::Url;
use thiserror::Error;

use crate::apple_error::shown;

/// Apple's host for the App Store Connect API.
const APPLE_HOST: &str = "api.appstoreconnect.apple.com";

/// Scheme, host and port of every request; the scheme is always `https`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    host: &'static str,
    port: u16,
}

impl Origin {
    /// App Store Connect.
    #[must_use]
    pub const fn apple() -> Self {
        Self { host: APPLE_HOST, port: 443 }
    }

    /// A simulator on this computer. Not in a release.
    #[cfg(feature = "simulator")]
    #[must_use]
    pub const fn local(port: u16) -> Self {
        Self { host: "localhost", port }
    }

    /// The host asked.
    #[must_use]
    pub const fn host(&self) -> &'static str {
        self.host
    }

    /// The full address of a target.
    ///
    /// # Errors
    /// Never for a [`Target`] made here; an address library reports what it cannot read all the same.
    pub(crate) fn address(&self, target: &Target) -> Result<Url, ForeignLink> {
        let mut address = Url::parse(&self.to_string()).map_err(|_| ForeignLink)?;
        address.set_path(&target.path);
        if !target.query.is_empty() {
            address.query_pairs_mut().extend_pairs(&target.query);
        }
        Ok(address)
    }

    /// Takes a link out of an answer, if it leads back to this origin.
    ///
    /// # Errors
    /// [`ForeignLink`] for any other scheme, host or port, for user names in the address, and for what is no address.
    pub(crate) fn follow(&self, link: &str) -> Result<Target, ForeignLink> {
        let link = Url::parse(link).map_err(|_| ForeignLink)?;
        let bare = link.username().is_empty() && link.password().is_none();
        let same = link.scheme() == "https" && link.host_str() == Some(self.host);
        if !(same && bare && link.port_or_known_default() == Some(self.port)) {
            return Err(ForeignLink);
        }
        let query = link.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        Ok(Target { path: link.path().to_owned(), query, media: JSON, personal: None })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.port == 443 {
            write!(f, "https://{}", self.host)
        } else {
            write!(f, "https://{}:{}", self.host, self.port)
        }
    }
}

/// A link in an answer leads somewhere else. It is not followed, and no token goes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the link leads to another place")]
pub(crate) struct ForeignLink;

/// What to read: a path and its query, both as plain text. Always read with GET.
///
/// As text it is what a person reads, `/v1/apps?limit=1&fields[apps]=bundleId`, with nothing encoded: to be shown and
/// stored, not to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Target {
    path: String,
    query: Vec<(String, String)>,
    media: &'static str,
    /// The parameter whose value is about a person, and is sent but never shown.
    personal: Option<&'static str>,
}

/// Stands where a person's address was.
const HIDDEN: &str = "\u{2026}";

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.path))?;
        for (at, (name, value)) in self.query.iter().enumerate() {
            let hidden = self.personal == Some(name.as_str());
            let value = if hidden { HIDDEN.to_owned() } else { shown(value) };
            write!(f, "{}{}={value}", if at == 0 { '?' } else { '&' }, shown(name))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({self})")
    }
}

/// What nearly everything is answered in.
const JSON: &str = "application/json";

impl Target {
    /// The path behind the host, beginning with a slash.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self { path: path.to_owned(), query: Vec::new(), media: JSON, personal: None }
    }

    /// Adds one query parameter, unencoded.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds one query parameter about a person, such as an address: it is sent, and shown nowhere.
    #[must_use]
    pub fn about(mut self, name: &'static str, person: &str) -> Self {
        self.personal = Some(name);
        self.with(name, person)
    }

    /// Asks for another media type than JSON: reports come compressed, metrics in a format of their own.
    #[must_use]
    pub(crate) const fn in_media(mut self, media: &'static str) -> Self {
        self.media = media;
        self
    }

    /// The media type asked for.
    pub(crate) const fn media(&self) -> &'static str {
        self.media
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_that_is_followed_leads_elsewhere(
            link in "(https?:)?[/\\\\]{0,3}([a-z@:.]{0,12})(api[.]appstoreconnect[.]apple[.]com)?([:@][a-z0-9.]{0,8})?(/\\PC{0,12})?",
        ) {
            if let Ok(target) = Origin::apple().follow(&link) {
                let address = Origin::apple().address(&target).unwrap();
                prop_assert_eq!(address.scheme(), "https");
                prop_assert_eq!(address.host_str(), Some(APPLE_HOST));
                prop_assert_eq!(address.port(), None);
                prop_assert_eq!((address.username(), address.password()), ("", None));
            }
        }

        #[test]
        fn whatever_is_put_into_a_query_comes_out_again(pairs in prop::collection::vec((".{1,12}", ".{0,24}"), 0..4)) {
            let target = pairs.iter().fold(Target::new("/v1/apps"), |target, (name, value)| target.with(name, value));
            let address = Origin::apple().address(&target).unwrap();
            prop_assert_eq!(Origin::apple().follow(address.as_str()), Ok(target));
        }
    }

    #[test]
    fn a_query_is_written_so_that_nothing_in_it_can_end_it() {
        let target = Target::new("/v1/users").with("filter[username]", "a&b=c#d@example.com").with("limit", "1");
        let address = Origin::apple().address(&target).unwrap();
        assert_eq!(
            address.as_str(),
            "https://api.appstoreconnect.apple.com/v1/users?filter%5Busername%5D=a%26b%3Dc%23d%40example.com&limit=1"
        );
        assert_eq!(Origin::apple().follow(address.as_str()), Ok(target));
    }

    #[test]
    fn a_target_is_told_readably_and_without_a_persons_address() {
        let apps = Target::new("/v1/apps").with("limit", "1").with("fields[apps]", "bundleId");
        assert_eq!(apps.to_string(), "/v1/apps?limit=1&fields[apps]=bundleId");
        let user = Target::new("/v1/users").about("filter[username]", "jonas@example.com").with("limit", "1");
        assert_eq!(user.to_string(), "/v1/users?filter[username]=\u{2026}&limit=1");
        assert!(!format!("{user:?}").contains("jonas"));
        assert!(Origin::apple().address(&user).unwrap().as_str().contains("jonas%40example.com"));
        let steered = Target::new("/v1/apps").with("cursor", "a\u{202e}\n\u{7}b");
        assert_eq!(steered.to_string(), "/v1/apps?cursor=ab");
    }

    #[test]
    fn a_path_stays_on_its_host() {
        for path in ["//evil.example/v1/apps", "/../../x", "@evil.example/", ":444/v1"] {
            let address = Origin::apple().address(&Target::new(path)).unwrap();
            assert_eq!(address.host_str(), Some(APPLE_HOST), "{path}");
            assert_eq!(address.port_or_known_default(), Some(443), "{path}");
        }
    }

    #[test]
    fn links_to_anywhere_else_are_refused() {
        for link in [
            "http://api.appstoreconnect.apple.com/v1/apps",
            "https://api.appstoreconnect.apple.com:444/v1/apps",
            "https://api.appstoreconnect.apple.com.evil.example/v1/apps",
            "https://evil.example/v1/apps",
            "https://api.appstoreconnect.apple.com@evil.example/v1/apps",
            "https://user@api.appstoreconnect.apple.com/v1/apps",
            "https://user:word@api.appstoreconnect.apple.com/v1/apps",
            "https://api.appstoreconnect.apple.com\\@evil.example/",
            "https://appstoreconnect.apple.com/v1/apps",
            "//evil.example/v1/apps",
            "/v1/apps?cursor=2",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "",
        ] {
            let followed = Origin::apple().follow(link);
            // A backslash is a slash to web addresses: such a link stays here, with the rest as its path.
            let stays = followed.as_ref().is_ok_and(|target| target.path() == "/@evil.example/");
            assert!(followed == Err(ForeignLink) || stays, "{link}: {followed:?}");
        }
        let next =
            Origin::apple().follow("https://API.appstoreconnect.apple.com:443/v1/apps?cursor=a.b&limit=2").unwrap();
        assert_eq!(next, Target::new("/v1/apps").with("cursor", "a.b").with("limit", "2"));
    }
}
