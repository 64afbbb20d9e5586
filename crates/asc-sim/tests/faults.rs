//! Every fault as a plain client meets it.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::collections::BTreeSet;
use std::error::Error as _;
use std::io::{self, ErrorKind, Read as _};
use std::time::{Duration, Instant, SystemTime};

use asc_sim::{Fault, Page, Trouble};
use reqwest::blocking::Response;
use serde_json::Value;
use support::{ADMIN, Ground, NOW, OWN, body, client, code};

const APPS: &str = "/v1/apps?limit=1";

fn ground_with(trouble: Trouble) -> Ground {
    let ground = Ground::new();
    ground.apple.fault(Fault::new(trouble));
    ground
}

/// What a client makes of one faulty answer, while the server is there.
fn spoilt<T>(trouble: Trouble, made_of_it: impl FnOnce(reqwest::Result<Response>) -> T) -> T {
    let ground = ground_with(trouble);
    made_of_it(ground.ask(&ground.admin_token(), APPS))
}

/// The same, for an answer that has a head at least.
fn answered<T>(trouble: Trouble, made_of_it: impl FnOnce(Response) -> T) -> T {
    spoilt(trouble, |answer| made_of_it(answer.unwrap()))
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers()[name].to_str().unwrap()
}

/// The error of the operating system below one of the client's.
fn kind(trouble: &reqwest::Error) -> Option<ErrorKind> {
    let mut below = trouble.source();
    while let Some(one) = below {
        if let Some(found) = one.downcast_ref::<io::Error>() {
            return Some(found.kind());
        }
        below = one.source();
    }
    None
}

#[test]
fn errors_with_apples_bodies_come_once_and_leave_no_trace() {
    for (trouble, status, expected) in [
        (Trouble::Unauthorized, 401, "NOT_AUTHORIZED"),
        (Trouble::Forbidden, 403, "FORBIDDEN_ERROR"),
        (Trouble::AgreementMissing, 403, "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED"),
        (Trouble::Status { status: 500, page: Page::Json }, 500, "UNEXPECTED_ERROR"),
        (Trouble::Status { status: 503, page: Page::Json }, 503, "UNEXPECTED_ERROR"),
        (Trouble::RateLimited { retry_after: None }, 429, "RATE_LIMIT_EXCEEDED"),
    ] {
        let fault = trouble.code();
        let ground = ground_with(trouble);
        let answer = ground.get(APPS);
        assert_eq!((answer.status().as_u16(), code(answer).as_str()), (status, expected));
        assert_eq!(ground.get(APPS).status(), 200, "{fault} is over");
        let seen = ground.apple.take_requests();
        assert_eq!((seen[0].fault, seen[0].status), (Some(fault), 200), "the log knows the true answer");
        assert_eq!((seen[1].fault, seen[1].status), (None, 200));
    }
}

#[test]
fn a_gateways_page_and_an_empty_error_are_not_json() {
    answered(Trouble::Status { status: 502, page: Page::Html }, |answer| {
        assert_eq!((answer.status().as_u16(), header(&answer, "content-type")), (502, "text/html; charset=utf-8"));
        assert!(answer.text().unwrap().starts_with("<html>"));
    });
    answered(Trouble::Status { status: 503, page: Page::Empty }, |answer| {
        assert_eq!((answer.status().as_u16(), answer.bytes().unwrap().len()), (503, 0));
    });
}

#[test]
fn a_captive_portal_says_200_and_is_a_web_page() {
    answered(Trouble::CaptivePortal, |answer| {
        assert_eq!(answer.status(), 200);
        assert!(answer.text().unwrap().contains("Wi-Fi"));
    });
}

#[test]
fn retry_after_is_sent_as_it_was_given() {
    for value in ["30", "-5", "Fri, 31 Dec 9999 23:59:59 GMT", "soon"] {
        answered(Trouble::RateLimited { retry_after: Some(value.to_owned()) }, |answer| {
            assert_eq!((answer.status().as_u16(), header(&answer, "retry-after")), (429, value));
        });
    }
}

#[test]
fn a_redirect_leads_where_it_was_told() {
    for status in [301, 302, 303, 307, 308] {
        let to = "https://attacker.example/v1/apps";
        answered(Trouble::Redirect { status, to: to.to_owned() }, |answer| {
            assert_eq!((answer.status().as_u16(), header(&answer, "location")), (status, to));
        });
    }
}

#[test]
fn json_ends_in_the_middle_or_is_none() {
    let trouble = |answer: Response| {
        assert_eq!(header(&answer, "content-type"), "application/json");
        serde_json::from_slice::<Value>(&answer.bytes().unwrap()).unwrap_err()
    };
    assert!(answered(Trouble::TruncatedJson, trouble).is_eof(), "cut off");
    assert!(answered(Trouble::BrokenJson, trouble).is_syntax(), "nonsense");
}

#[test]
fn a_body_shorter_than_announced_ends_in_an_error() {
    answered(Trouble::ShortBody, |answer| {
        assert_eq!(answer.status(), 200);
        assert!(answer.bytes().is_err());
    });
}

#[test]
fn a_connection_is_closed_or_reset_without_an_answer() {
    let how = |trouble| spoilt(trouble, |answer| kind(&answer.unwrap_err()));
    assert_eq!(how(Trouble::CloseEarly), None, "in order: nothing the operating system would complain about");
    // Wine ends a connection in order before it resets it; TLS was not ended either way.
    let reset = how(Trouble::Reset);
    assert!(matches!(reset, Some(ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof)), "{reset:?}");
}

#[test]
fn silence_and_a_stalled_body_last_until_the_client_gives_up() {
    for trouble in [Trouble::Silence, Trouble::Stall] {
        let stalled = trouble == Trouble::Stall;
        let ground = Ground::new();
        let impatient = client(&ground.apple).build().unwrap();
        let request = || impatient.get(ground.url(APPS)).bearer_auth(ground.admin_token());
        // The connection is there, so that only the answer is waited for.
        request().send().and_then(Response::bytes).unwrap();
        ground.apple.fault(Fault::new(trouble));
        let answer = request().timeout(Duration::from_millis(700)).send();
        // A stalled body comes with a head.
        assert_eq!(answer.is_ok(), stalled);
        let gave_up = answer.and_then(Response::bytes).unwrap_err();
        assert!(gave_up.is_timeout() || kind(&gave_up) == Some(ErrorKind::TimedOut), "{gave_up:?}");
    }
}

#[test]
fn a_slow_answer_is_whole_in_the_end_and_takes_the_pauses_it_was_given() {
    let pause = Duration::from_millis(20);
    let slow = Trouble::Slow { first_byte: pause, in_head: Duration::from_millis(1), in_body: pause, piece: 100 };
    let ground = ground_with(slow);
    let start = Instant::now();
    let answer = ground.get(APPS);
    assert!(start.elapsed() >= pause + Duration::from_millis(100), "a head has more than a hundred bytes");
    let pieces = u32::try_from(answer.content_length().unwrap().div_ceil(100)).unwrap();
    assert_eq!(body(answer)["data"][0]["type"], "apps");
    assert!(start.elapsed() >= pause * pieces);
}

#[test]
fn a_huge_body_has_the_length_it_says() {
    let bytes = 17 * 1024 * 1024;
    answered(Trouble::Huge { bytes }, |answer| {
        assert_eq!(answer.content_length(), Some(bytes));
        let whole = answer.bytes().unwrap();
        assert_eq!(u64::try_from(whole.len()).unwrap(), bytes);
        assert!(serde_json::from_slice::<Value>(&whole).is_ok(), "valid, only too much");
    });
}

#[test]
fn an_endless_body_can_be_read_as_far_as_anyone_wants() {
    answered(Trouble::Endless, |mut answer| {
        assert_eq!(answer.content_length(), None);
        answer.read_exact(&mut vec![0; 1 << 20]).unwrap();
    });
}

#[test]
fn the_date_can_be_off_or_missing() {
    let date = |answer: Response| {
        let text = answer.headers().get("date")?.to_str().ok()?;
        let since = httpdate::parse_http_date(text).ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    };
    assert_eq!(answered(Trouble::NoDate, date), None);
    assert_eq!(answered(Trouble::DateOff(-600), date), Some(NOW - 600));
    let ground = Ground::new();
    assert_eq!(date(ground.get(APPS)), Some(NOW));
    ground.apple.change(|world| world.set_clock_offset(90));
    assert_eq!(date(ground.ask("no token", APPS).unwrap()), Some(NOW + 90), "on a refusal, too");
}

#[test]
fn the_rate_header_and_the_next_link_can_be_replaced() {
    let value = "user-hour-lim:3600;user-minute-lim:150;, user-hour-rem:-3;";
    answered(Trouble::RateHeader(value.to_owned()), |answer| assert_eq!(header(&answer, "x-rate-limit"), value));
    let link = "https://attacker.example/v1/apps?cursor=1";
    answered(Trouble::NextLink(link.to_owned()), |answer| assert_eq!(body(answer)["links"]["next"], link));
}

#[test]
fn a_fault_meets_whom_it_concerns_when_its_turn_has_come() {
    let ground = Ground::new();
    ground.apple.fault(Fault::new(Trouble::Unauthorized).for_key(OWN).under("/v1/builds").after(1).times(2));
    assert_eq!(ground.get("/v1/builds").status(), 200, "another key");
    assert_eq!(ground.get_own("/v1/apps").status(), 200, "another path");
    assert_eq!(ground.get_own("/v1/builds").status(), 200, "the first passes");
    assert_eq!(ground.get_own("/v1/builds").status(), 401);
    assert_eq!(ground.get_own("/v1/builds").status(), 401);
    assert_eq!(ground.get_own("/v1/builds").status(), 200, "used up");
    ground.apple.fault(Fault::new(Trouble::Forbidden).for_key(ADMIN).always());
    assert!((0..5).all(|_| ground.get(APPS).status() == 403));
    ground.apple.calm();
    assert_eq!(ground.get(APPS).status(), 200);
}

#[test]
fn every_answer_has_a_request_id_of_its_own_and_errors_repeat_it() {
    let ground = Ground::new();
    let mut ids = BTreeSet::new();
    for target in [APPS, "/v1/keys", "/v1/webhooks"] {
        let answer = ground.get(target);
        let id = header(&answer, "x-request-id").to_owned();
        if answer.status() != 200 {
            assert_eq!(body(answer)["errors"][0]["id"], id.as_str());
        }
        ids.insert(id);
    }
    assert_eq!(ids.len(), 3);
}
