//! What Apple says when it says no: `{"errors":[{"status", "code", "title", "detail", "id", ...}]}`.
//!
//! Decisions are made by `code` alone and by prefix, as Apple asks: codes go from general to specific and may grow.
//! The other texts are kept for the person who wants to see them, bounded and without control characters.
//!
//! Source: <https://developer.apple.com/documentation/appstoreconnectapi/parsing-the-error-response-code>

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Characters kept of each text of an error.
const MAX_CHARACTERS: usize = 600;
/// Bytes of the largest error read; what is longer is nobody's explanation.
const MAX_ERROR: usize = 256 * 1024;

/// Apple's answer to a team without a valid agreement, whatever the key.
const AGREEMENT: &str = "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED";
/// Apple's answer to a request the key's role does not allow.
const ROLE: &str = "FORBIDDEN_ERROR";

/// The first error of Apple's answer, in Apple's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AppleError {
    /// Dotted, from general to specific, for example `FORBIDDEN_ERROR`.
    pub error: String,
    /// A sentence; not for decisions.
    pub title: String,
    /// More sentences; not for decisions.
    pub detail: String,
    /// Apple's name for this failure.
    pub id: Option<String>,
}

impl AppleError {
    /// Reads a body; `None` if it is not Apple's way of saying no.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        if body.len() > MAX_ERROR {
            return None;
        }
        let body: Value = serde_json::from_slice(body).ok()?;
        let first = body.get("errors")?.as_array()?.first()?;
        let text = |name: &str| first.get(name).and_then(Value::as_str).map(shown);
        Some(Self {
            error: text("code")?,
            title: text("title").unwrap_or_default(),
            detail: text("detail").unwrap_or_default(),
            id: text("id"),
        })
    }

    /// Whether the code is this one, or a special case of it.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.error.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// Whether a missing agreement of the team is to blame, and not the key.
    #[must_use]
    pub fn is_agreement(&self) -> bool {
        self.is(AGREEMENT)
    }

    /// Whether the key's role is to blame.
    #[must_use]
    pub fn is_role(&self) -> bool {
        self.is(ROLE)
    }
}

/// A server's text as it may be shown: no control or direction characters, and not endless.
pub(crate) fn shown(text: &str) -> String {
    let steers = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    text.chars().filter(|c| !c.is_control() && !steers(c)).take(MAX_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    fn coded(code: &str) -> AppleError {
        AppleError { error: code.to_owned(), ..AppleError::default() }
    }

    #[test]
    fn apples_words_are_kept_and_tamed() {
        let body =
            br#"{"errors":[{"id":"a1","status":"403","code":"FORBIDDEN_ERROR","title":"This request is forbidden",
            "detail":"evil\u202e\u0007 text"},{"code":"SECOND"}]}"#;
        let error = AppleError::read(body).unwrap();
        assert_eq!(error.error, "FORBIDDEN_ERROR");
        assert_eq!(error.detail, "evil text");
        assert_eq!(error.id.as_deref(), Some("a1"));
        let long = format!(r#"{{"errors":[{{"code":"X","title":"{}"}}]}}"#, "t".repeat(5000));
        assert_eq!(AppleError::read(long.as_bytes()).unwrap().title.len(), MAX_CHARACTERS);
    }

    #[test]
    fn an_error_as_long_as_a_book_is_not_read() {
        let long = format!(r#"{{"errors":[{{"code":"X"}}],"rest":"{}"}}"#, "t".repeat(MAX_ERROR));
        assert_eq!(AppleError::read(long.as_bytes()), None);
    }

    #[test]
    fn what_is_not_apples_error_is_none() {
        for body in ["", "<html>", "{}", r#"{"errors":[]}"#, r#"{"errors":[{"status":"401"}]}"#, r#"{"errors":"no"}"#] {
            assert_eq!(AppleError::read(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn codes_are_compared_from_the_left_in_whole_steps() {
        assert!(coded("FORBIDDEN_ERROR").is_role());
        assert!(coded("FORBIDDEN_ERROR.SOMETHING.NEW").is_role());
        assert!(!coded("FORBIDDEN_ERRORS").is_role());
        assert!(!coded("FORBIDDEN").is_role());
        assert!(coded("FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED").is_agreement());
        assert!(!coded("FORBIDDEN.OTHER").is_agreement());
        assert!(!coded("FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED").is_role());
    }
}
