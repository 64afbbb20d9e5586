//! What Apple says beside an answer: its clock, its patience, and the name it gave the request.
//!
//! Headers are hints, written by servers and by whatever stands between: read leniently, never trusted with more than
//! a number, and absent without harm.

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use serde::{Deserialize, Serialize};

/// The longest wait a server may ask for; more than this is an error or an attack.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);
/// Names under which a request is found again by whoever runs the server. Apple documents none.
const REQUEST_ID: [&str; 3] = ["x-request-id", "x-apple-request-uuid", "x-apple-jingle-correlation-key"];
/// Characters of the longest request name kept.
const MAX_REQUEST_ID: usize = 128;
/// Characters of the longest name of a number in `X-Rate-Limit` that is kept, and how many numbers are.
const MAX_RATE_NAME: usize = 32;
const MAX_RATES: usize = 16;

/// What a reply says beside its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// Apple's clock, in seconds since 1970.
    pub(crate) date: Option<i64>,
    /// How long to wait before asking again, clamped to a quarter of an hour.
    pub(crate) retry_after: Option<Duration>,
    /// What is left of the key's allowance.
    pub(crate) rate: Option<Rate>,
    /// Apple's name for the request.
    pub(crate) request_id: Option<String>,
    /// The media type, in lower case.
    pub(crate) content_type: String,
}

impl Head {
    /// Reads the headers of a reply received at `now` (milliseconds since 1970).
    pub(crate) fn read(headers: &HeaderMap, now: i64) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let date = text(DATE.as_str()).and_then(seconds);
        Self {
            date,
            retry_after: text(RETRY_AFTER.as_str()).and_then(|value| wait(value, date.unwrap_or(now / 1000))),
            rate: Rate::read(headers.get_all("x-rate-limit").iter().filter_map(|value| value.to_str().ok())),
            request_id: REQUEST_ID.iter().find_map(|name| text(name)).and_then(plain),
            content_type: text("content-type").unwrap_or_default().to_ascii_lowercase(),
        }
    }
}

/// An HTTP date in seconds since 1970.
fn seconds(text: &str) -> Option<i64> {
    let date = httpdate::parse_http_date(text).ok()?;
    i64::try_from(date.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

/// `Retry-After` as seconds or as a date, against the server's own clock. Negative means now.
fn wait(text: &str, server_now: i64) -> Option<Duration> {
    let seconds = text.trim().parse::<i64>().ok().or_else(|| Some(seconds(text.trim())? - server_now))?;
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)).min(LONGEST_WAIT))
}

/// A name that is safe to show and to store.
fn plain(text: &str) -> Option<String> {
    let plain = !text.is_empty() && text.len() <= MAX_REQUEST_ID && text.bytes().all(|byte| byte.is_ascii_graphic());
    plain.then(|| text.to_owned())
}

/// `X-Rate-Limit`: what Apple counts for this key, for example `user-hour-lim:3500;user-hour-rem:500;`.
///
/// The hour rolls. Not every answer carries every number, and what is left may be negative.
/// Source: <https://developer.apple.com/documentation/appstoreconnectapi/identifying-rate-limits>
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate(BTreeMap<String, i64>);

impl Rate {
    /// Reads the header's lines; `None` if none of them has a number.
    fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Self> {
        let entries = lines.flat_map(|line| line.split([';', ',']));
        let named = entries.filter_map(|entry| {
            let (name, value) = entry.split_once(':')?;
            let name = Some(name.trim()).filter(|name| name.len() <= MAX_RATE_NAME)?;
            Some((name.to_ascii_lowercase(), value.trim().parse().ok()?))
        });
        let rate = Self(named.take(MAX_RATES).collect());
        (!rate.0.is_empty()).then_some(rate)
    }

    /// Requests per hour.
    #[must_use]
    pub fn hour_limit(&self) -> Option<i64> {
        self.0.get("user-hour-lim").copied()
    }

    /// Requests left in this hour.
    #[must_use]
    pub fn hour_left(&self) -> Option<i64> {
        self.0.get("user-hour-rem").copied()
    }

    /// How long to leave the key alone, if nothing is left. The hour rolls, so part of it is free again after a
    /// quarter.
    #[must_use]
    pub fn rest(&self) -> Option<Duration> {
        let spent = |name: &str| self.0.get(name).is_some_and(|left| *left <= 0);
        let hour = spent("user-hour-rem").then_some(LONGEST_WAIT);
        hour.or_else(|| spent("user-minute-rem").then_some(Duration::from_secs(60)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    fn head(lines: &[(&'static str, &str)]) -> Head {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().unwrap());
        }
        Head::read(&headers, 1_793_697_600_000)
    }

    #[test]
    fn the_allowance_is_read_however_it_is_written() {
        let rate = |lines: &[(&'static str, &str)]| head(lines).rate;
        let documented = rate(&[("x-rate-limit", "user-hour-lim:3500;user-hour-rem:500;")]).unwrap();
        assert_eq!((documented.hour_limit(), documented.hour_left()), (Some(3500), Some(500)));
        let joined = rate(&[("x-rate-limit", "user-hour-lim:3600;user-hour-rem:-2,user-minute-lim:150")]).unwrap();
        assert_eq!((joined.hour_left(), joined.rest()), (Some(-2), Some(LONGEST_WAIT)));
        let two = rate(&[("x-rate-limit", "user-hour-rem: 7 "), ("x-rate-limit", "USER-minute-rem:0")]).unwrap();
        assert_eq!((two.hour_left(), two.rest()), (Some(7), Some(Duration::from_secs(60))));
        let minute = rate(&[("x-rate-limit", "user-minute-lim:250;user-minute-rem:249;")]).unwrap();
        assert_eq!((minute.hour_limit(), minute.rest()), (None, None));
        for nonsense in ["", ";;;", "user-hour-lim", "user-hour-lim:many;", ":", "99999999999999999999:1x"] {
            assert_eq!(rate(&[("x-rate-limit", nonsense)]), None, "{nonsense}");
        }
        assert_eq!(rate(&[]), None);
        let long = format!("{}:1;{}", "n".repeat(MAX_RATE_NAME + 1), "a:1;".repeat(5000));
        assert_eq!(rate(&[("x-rate-limit", &long)]).unwrap().0.len(), 1);
        let many: String = (0..5000).map(|at| format!("n{at}:1;")).collect();
        assert_eq!(rate(&[("x-rate-limit", &many)]).unwrap().0.len(), MAX_RATES);
    }

    #[test]
    fn a_wait_is_seconds_or_a_date_and_never_more_than_a_quarter_of_an_hour() {
        for (text, seconds) in [
            ("0", Some(0)),
            ("7", Some(7)),
            ("-5", Some(0)),
            ("900", Some(900)),
            ("901", Some(900)),
            ("99999999999", Some(900)),
            ("99999999999999999999", None),
            ("Tue, 03 Nov 2026 09:20:30 GMT", Some(30)),
            ("Tue, 03 Nov 2026 09:19:30 GMT", Some(0)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(900)),
            ("soon", None),
            ("", None),
        ] {
            let date = ("date", "Tue, 03 Nov 2026 09:20:00 GMT");
            let read = head(&[date, ("retry-after", text)]).retry_after;
            assert_eq!(read, seconds.map(Duration::from_secs), "{text}");
        }
    }

    #[test]
    fn apples_clock_is_its_date() {
        assert_eq!(head(&[("date", "Tue, 03 Nov 2026 09:20:00 GMT")]).date, Some(1_793_697_600));
        assert_eq!(head(&[("date", "yesterday")]).date, None);
    }

    #[test]
    fn a_request_name_is_kept_only_if_it_is_plain() {
        assert_eq!(head(&[("x-request-id", "ABC-123")]).request_id.as_deref(), Some("ABC-123"));
        assert_eq!(head(&[("x-apple-jingle-correlation-key", "K7")]).request_id.as_deref(), Some("K7"));
        assert_eq!(head(&[("x-request-id", "two words")]).request_id, None);
        assert_eq!(head(&[("x-request-id", &"x".repeat(129))]).request_id, None);
    }
}
