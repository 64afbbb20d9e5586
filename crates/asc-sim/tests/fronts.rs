//! What a client meets before it can ask: good certificates, bad ones, and no TLS at all.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::error::Error as _;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use asc_sim::{Front, Options, Simulator, World};
use support::{Ground, client};

/// A client's error with everything below it.
fn told(trouble: &reqwest::Error) -> String {
    let mut text = trouble.to_string();
    let mut below = trouble.source();
    while let Some(one) = below {
        write!(text, ": {one}").unwrap();
        below = one.source();
    }
    text
}

#[test]
fn no_bad_front_ever_sees_a_request() {
    let ground = Ground::new();
    // In the words of the TLS library the client uses, each its own.
    for (front, expected) in [
        (Front::SelfSigned, "UnknownIssuer"),
        (Front::UnknownAuthority, "UnknownIssuer"),
        (Front::OtherName, "not valid for name"),
        (Front::Expired, "expired"),
        (Front::NotYetValid, "not valid yet"),
        (Front::OldTls, "peer is incompatible"),
        (Front::PlainHttp, "InvalidContentType"),
    ] {
        ground.apple.front(front);
        let before = ground.apple.connections();
        let fresh = client(&ground.apple).build().unwrap();
        let refused = fresh.get(ground.url("/v1/apps")).bearer_auth(ground.admin_token()).send().unwrap_err();
        assert!(refused.is_connect(), "{front:?}");
        assert!(told(&refused).contains(expected), "{front:?}: {}", told(&refused));
        assert!(ground.apple.connections() > before, "{front:?}: it was this server that was asked");
    }
    assert!(ground.apple.requests().is_empty(), "and none of them was told a token");
    ground.apple.front(Front::Good);
    assert_eq!(ground.get("/v1/apps").status(), 200, "while a good one answers");
}

#[test]
fn a_mute_server_is_waited_for_as_long_as_the_client_likes() {
    let ground = Ground::new();
    ground.apple.front(Front::Mute);
    let impatient = client(&ground.apple).connect_timeout(Duration::from_millis(200)).build().unwrap();
    let gave_up = impatient.get(ground.url("/v1/apps")).send().unwrap_err();
    assert!(gave_up.is_timeout());
}

#[test]
fn the_log_says_why_a_client_turned_away() {
    let ground = Ground::new();
    ground.apple.front(Front::Expired);
    assert!(ground.ask("", "/v1/apps").is_err());
    // The alert may still be on its way when the client has already given up.
    let start = Instant::now();
    while ground.apple.broken_handshakes().is_empty() && start.elapsed() < Duration::from_secs(10) {
        std::thread::yield_now();
    }
    let alerts = ground.apple.broken_handshakes();
    assert!(alerts.len() == 1 && alerts[0].contains("CertificateExpired"), "{alerts:?}");
}

#[test]
fn it_can_stand_for_apples_own_name() {
    let ground = Ground::new();
    let name = "api.appstoreconnect.apple.com";
    let to_here = client(&ground.apple).resolve(name, ground.apple.address()).build().unwrap();
    let url = format!("https://{name}:{}/v1/builds?limit=1", ground.apple.port());
    let answer = to_here.get(url).bearer_auth(ground.admin_token()).send().unwrap();
    assert_eq!(answer.status(), 200);
    let next = support::body(answer)["links"]["next"].as_str().unwrap().to_owned();
    assert!(next.starts_with(&format!("https://{name}:{}/v1/builds?", ground.apple.port())), "{next}");
}

#[test]
fn another_name_can_be_added_and_no_two_authorities_are_the_same() {
    let options = Options { hosts: vec!["apple.test".into()], ..Options::default() };
    let apple = Simulator::start_with(World::new(), options).unwrap();
    let to_here = client(&apple).resolve("apple.test", apple.address()).build().unwrap();
    let url = format!("https://apple.test:{}/v1/apps", apple.port());
    assert_eq!(to_here.get(&url).send().unwrap().status(), 401);

    let another = Simulator::start(World::new()).unwrap();
    assert_ne!(apple.authority_pem(), another.authority_pem());
    let mistaken = client(&another).resolve("apple.test", apple.address()).build().unwrap();
    assert!(mistaken.get(&url).send().is_err());
}
