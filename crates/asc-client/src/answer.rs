//! One reply, read once: did Apple speak, and what did it say?
//!
//! A web page, a redirect or half a document is never taken for an answer, whatever its status: networks answer for
//! Apple more often than one thinks.

use asc_key::KeyId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::apple_error::AppleError;
use crate::headers::Head;
use crate::probes::Reading;
use crate::trouble::Trouble;

/// Bytes of the largest document taken apart. In memory it takes many times as much; Apple's largest pages have a
/// few hundred thousand.
const MAX_DOCUMENT: usize = 4 * 1024 * 1024;

/// What a server sent back, complete.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: Head,
    pub(crate) body: Vec<u8>,
}

/// What Apple said.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Yes, with a document, or `Null` for what is no JSON (reports come compressed, metrics in formats of their own).
    Allowed(Value),
    /// 401: the token was not taken. By itself it says nothing about the key.
    Unauthorised,
    /// 403: the key's role does not include it.
    RoleRefuses,
    /// 403: the team's agreement is missing or over; no key works until it is signed.
    AgreementMissing,
    /// 403 for another reason, or for none that Apple named.
    Forbidden,
    /// 404: nothing there, or nothing this key may see.
    NotFound,
    /// 400 and its kin: the question was wrong. Says nothing about the key.
    Mistaken,
}

impl Answer {
    /// The code as written in data.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Allowed(_) => "allowed",
            Self::Unauthorised => "unauthorised",
            Self::RoleRefuses => "role_refuses",
            Self::AgreementMissing => "agreement_missing",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Mistaken => "mistaken",
        }
    }

    /// Whether Apple accepted the token, as far as one answer shows: everything but a 401 and an unexplained 403.
    #[must_use]
    pub const fn token_accepted(&self) -> bool {
        matches!(self, Self::Allowed(_) | Self::RoleRefuses | Self::AgreementMissing | Self::NotFound)
    }
}

/// What can be shown and stored of one exchange with Apple.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// `GET` and the target, readable: `GET /v1/apps?limit=1&fields[apps]=bundleId`. No token, no person's address.
    pub request: String,
    /// The HTTP status; none if nothing answered.
    pub status: Option<u16>,
    /// Apple's first error, if it named one.
    pub apple: Option<AppleError>,
    /// Apple's name for the request.
    pub request_id: Option<String>,
    /// When the answer came, in milliseconds since 1970 by this computer's clock.
    pub at: i64,
}

/// One request that was sent, whatever came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The key it was sent with: the one that is checked, or the one it was compared with.
    pub key: KeyId,
    /// As in [`Evidence::request`].
    pub request: String,
    /// The HTTP status; none if nothing answered.
    pub status: Option<u16>,
    /// What the answer means. None for questions that only ask whether a key is alive, and for tries that were
    /// repeated.
    pub reading: Option<Reading>,
    /// When the answer came or was given up on, in milliseconds since 1970 by this computer's clock.
    pub at: i64,
}

/// Reads a reply. Statuses that mean "again" (429, 5xx) are the caller's.
pub(crate) fn read(reply: &Reply) -> Result<Answer, Trouble> {
    let error = AppleError::read(&reply.body);
    if (300..400).contains(&reply.status) || reply.status == 511 || error.is_none() && is_page(reply) {
        return Err(Trouble::Portal);
    }
    match reply.status {
        200..=299 => document(reply).map(Answer::Allowed),
        401 => Ok(Answer::Unauthorised),
        403 if error.as_ref().is_some_and(AppleError::is_agreement) => Ok(Answer::AgreementMissing),
        403 if error.as_ref().is_some_and(AppleError::is_role) => Ok(Answer::RoleRefuses),
        403 => Ok(Answer::Forbidden),
        // Without Apple's words a 404 may be anybody's.
        404 if error.is_some() => Ok(Answer::NotFound),
        400..=499 if error.is_some() || reply.status == 406 => Ok(Answer::Mistaken),
        _ => Err(Trouble::Garbled),
    }
}

/// The document of a yes. Reports and metrics are not JSON; whatever claims to be must be whole.
fn document(reply: &Reply) -> Result<Value, Trouble> {
    let json = reply.head.content_type.contains("json") && !reply.head.content_type.contains("vnd.apple");
    if json || reply.head.content_type.is_empty() {
        if reply.body.len() > MAX_DOCUMENT {
            return Err(Trouble::TooLarge);
        }
        return serde_json::from_slice(&reply.body).map_err(|_| Trouble::Garbled);
    }
    Ok(Value::Null)
}

fn is_page(reply: &Reply) -> bool {
    let begins = reply.body.iter().copied().find(|byte| !byte.is_ascii_whitespace());
    reply.head.content_type.starts_with("text/html") || begins == Some(b'<')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_reply_makes_the_reader_fall_over(
            status in 100_u16..600,
            content_type in "(application/json|text/html|application/a-gzip|[a-z/+.;=]{0,20})",
            body in "(\\PC{0,60}|[\\[\\]{}\":,a-z0-9 ]{0,60}|\\{\"errors\":\\[\\{\"code\":\"[A-Z._]{0,20}\"\\}\\]\\})",
        ) {
            let answer = read(&reply(status, &content_type, &body));
            // Whatever was sent, only a 2xx is a yes, and only a 401 a "who are you".
            prop_assert_eq!(matches!(answer, Ok(Answer::Allowed(_))) && !(200..300).contains(&status), false);
            prop_assert_eq!(answer == Ok(Answer::Unauthorised) && status != 401, false);
        }
    }

    fn reply(status: u16, content_type: &str, body: &str) -> Reply {
        let head = Head { content_type: content_type.to_owned(), ..Head::default() };
        Reply { status, head, body: body.as_bytes().to_vec() }
    }

    fn read_json(status: u16, body: &str) -> Result<Answer, Trouble> {
        read(&reply(status, "application/json", body))
    }

    fn error(code: &str) -> String {
        format!(r#"{{"errors":[{{"status":"0","code":"{code}","title":"t","detail":"d"}}]}}"#)
    }

    #[test]
    fn every_status_and_code_has_one_reading() {
        for (status, body, answer) in [
            (200, r#"{"data":[]}"#.to_owned(), Ok("allowed")),
            (401, error("NOT_AUTHORIZED"), Ok("unauthorised")),
            (401, String::new(), Ok("unauthorised")),
            (403, error("FORBIDDEN_ERROR"), Ok("role_refuses")),
            (403, error("FORBIDDEN_ERROR.MORE"), Ok("role_refuses")),
            (403, error("FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED"), Ok("agreement_missing")),
            (403, error("SOMETHING_ELSE"), Ok("forbidden")),
            (403, String::new(), Ok("forbidden")),
            (404, error("NOT_FOUND"), Ok("not_found")),
            (404, String::new(), Err(Trouble::Garbled)),
            (400, error("PARAMETER_ERROR.INVALID"), Ok("mistaken")),
            (406, "Not Acceptable".to_owned(), Ok("mistaken")),
            (410, error("GONE"), Ok("mistaken")),
            (418, "teapot".to_owned(), Err(Trouble::Garbled)),
            (200, r#"{"data":["#.to_owned(), Err(Trouble::Garbled)),
            (200, String::new(), Err(Trouble::Garbled)),
            (302, String::new(), Err(Trouble::Portal)),
            (308, r#"{"data":[]}"#.to_owned(), Err(Trouble::Portal)),
            (511, String::new(), Err(Trouble::Portal)),
        ] {
            let read = read_json(status, &body);
            assert_eq!(read.as_ref().map(Answer::code), answer.as_ref().copied(), "{status} {body}");
        }
    }

    #[test]
    fn a_web_page_is_nobodys_answer() {
        for (status, content_type) in
            [(200, "text/html; charset=utf-8"), (200, "application/json"), (401, "text/html"), (403, "")]
        {
            let page = reply(status, content_type, "\n <!doctype html><title>Sign in</title>");
            assert_eq!(read(&page), Err(Trouble::Portal), "{status} {content_type}");
        }
    }

    #[test]
    fn reports_and_metrics_are_a_yes_without_a_document() {
        for content_type in ["application/a-gzip", "application/vnd.apple.xcode-metrics+json"] {
            assert_eq!(read(&reply(200, content_type, "\u{1f}bytes")), Ok(Answer::Allowed(Value::Null)));
        }
    }

    #[test]
    fn a_document_that_would_fill_the_memory_is_too_large_and_a_report_is_not() {
        let wide = format!("[{}0]", "0,".repeat(MAX_DOCUMENT / 2));
        assert_eq!(read_json(200, &wide), Err(Trouble::TooLarge));
        assert_eq!(read_json(401, &wide), Ok(Answer::Unauthorised));
        assert_eq!(read(&reply(200, "application/a-gzip", &wide)), Ok(Answer::Allowed(Value::Null)));
    }

    #[test]
    fn a_document_ten_thousand_levels_deep_is_garbled() {
        let deep = "[".repeat(10_000) + &"]".repeat(10_000);
        assert_eq!(read_json(200, &deep), Err(Trouble::Garbled));
        assert_eq!(read_json(401, &deep), Ok(Answer::Unauthorised));
    }
}
