//! The simulator as a running thing: rates, many clients at once, latency, starting and stopping.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::collections::BTreeMap;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use asc_access::Role;
use asc_sim::{Fault, Options, Reason, Simulator, Team, Trouble, World};
use support::{ADMIN, Ground, ISSUER, NOW, Signer, client, code, header, team_claims, world};

const APPS: &str = "/v1/apps?limit=1";

#[test]
fn requests_are_counted_per_key_and_refused_at_the_limit() {
    let ground = Ground::new();
    ground.apple.change(|world| world.set_hour_limit(3));
    let left = |answer: &reqwest::blocking::Response| answer.headers()["x-rate-limit"].to_str().unwrap().to_owned();
    assert_eq!(left(&ground.get(APPS)), "user-hour-lim:3;user-hour-rem:2;");
    assert_eq!(left(&ground.get("/v1/keys")), "user-hour-lim:3;user-hour-rem:1;", "an error counts, too");
    assert_eq!(left(&ground.get(APPS)), "user-hour-lim:3;user-hour-rem:0;");
    let over = ground.get(APPS);
    assert_eq!((over.status().as_u16(), left(&over).as_str()), (429, "user-hour-lim:3;user-hour-rem:0;"));
    assert_eq!(code(over), "RATE_LIMIT_EXCEEDED");
    assert_eq!(left(&ground.get_own(APPS)), "user-hour-lim:3;user-hour-rem:2;", "another key has its own");
    assert_eq!(ground.apple.requests()[3].reason, Some(Reason::RateLimit));
    let refused = ground.ask("no token", APPS).unwrap();
    assert_eq!(refused.headers().get("x-rate-limit"), None, "nobody knows whose it would be");
}

#[test]
fn an_hour_later_the_requests_are_forgotten() {
    let clock = Arc::new(AtomicI64::new(NOW));
    let (admin, own, hands) = (Signer::new(), Signer::new(), Arc::clone(&clock));
    let options = Options { clock: Some(Arc::new(move || hands.load(Ordering::Relaxed))), ..Options::default() };
    let apple = Simulator::start_with(world(&admin, &own), options).unwrap();
    apple.change(|world| world.set_hour_limit(1));
    let client = client(&apple).build().unwrap();
    let ask = || {
        let token = admin.token(&header(ADMIN), &team_claims(apple.now()));
        client.get(format!("{}{APPS}", apple.origin())).bearer_auth(token).send().unwrap().status().as_u16()
    };
    assert_eq!((ask(), ask()), (200, 429));
    clock.store(NOW + 3599, Ordering::Relaxed);
    assert_eq!(ask(), 429);
    clock.store(NOW + 3600, Ordering::Relaxed);
    assert_eq!(ask(), 200);
}

#[test]
fn fifty_keys_on_eight_connections_lose_nothing() {
    let signers: Vec<Signer> = (0..50).map(|_| Signer::new()).collect();
    let id = |index: usize| format!("KEY{index:07}");
    let team = signers.iter().enumerate().fold(Team::new(ISSUER, "Example"), |team, (index, signer)| {
        team.team_key(&id(index), &[Role::Developer], &signer.public())
    });
    let apple = Simulator::start(World::new().team(team)).unwrap();
    let client = client(&apple).build().unwrap();
    let lane = |lane: usize| {
        for (index, signer) in signers.iter().enumerate().filter(|(index, _)| index % 8 == lane) {
            let token = signer.token(&header(&id(index)), &team_claims(apple.now() - 5));
            for target in ["/v1/apps?limit=1", "/v1/builds?limit=1", "/v1/certificates?limit=1"] {
                let answer = client.get(format!("{}{target}", apple.origin())).bearer_auth(&token).send().unwrap();
                let expected = if target.contains("certificates") { 403 } else { 200 };
                assert_eq!(answer.status().as_u16(), expected);
                answer.bytes().unwrap();
            }
        }
    };
    std::thread::scope(|scope| {
        (0..8).for_each(|number| drop(scope.spawn(move || lane(number))));
    });
    let mut by_key: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    for seen in apple.requests() {
        by_key.entry(seen.key_id.unwrap()).or_default().push(seen.status);
    }
    assert_eq!(by_key.len(), 50);
    assert!(by_key.values().all(|statuses| *statuses == [200, 200, 403]), "in the order each key sent them");
    assert!(apple.connections() < 50, "{} connections for 150 requests: they are kept", apple.connections());
}

#[test]
fn every_answer_takes_the_latency_it_was_given() {
    let ground = Ground::new();
    let latency = Duration::from_millis(60);
    ground.apple.change(|world| world.set_latency(latency));
    let start = Instant::now();
    assert_eq!(ground.get(APPS).status(), 200);
    assert!(start.elapsed() >= latency);
}

#[test]
fn nobody_waits_for_somebody_elses_answer() {
    let ground = Ground::new();
    ground.apple.change(|world| world.set_latency(Duration::from_secs(3600)));
    let Ground { apple, client, admin, .. } = ground;
    let token = admin.token(&header(ADMIN), &team_claims(NOW));
    let url = format!("{}{APPS}", apple.origin());
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| client.get(&url).bearer_auth(&token).send().is_err());
        }
        // All six are at it while none has been answered.
        while apple.requests().len() < 6 {
            std::thread::yield_now();
        }
        drop(apple);
    });
}

#[test]
fn stopping_does_not_wait_for_who_is_slow() {
    let ground = Ground::new();
    let hour = Duration::from_secs(3600);
    ground.apple.fault(Fault::new(Trouble::Slow { first_byte: hour, in_head: hour, in_body: hour, piece: 1 }));
    ground.apple.fault(Fault::new(Trouble::Stall));
    ground.apple.fault(Fault::new(Trouble::Silence));
    let Ground { apple, client, admin, .. } = ground;
    let token = admin.token(&header(ADMIN), &team_claims(NOW));
    let url = format!("{}{APPS}", apple.origin());
    let address = apple.address();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| client.get(&url).bearer_auth(&token).send().and_then(|answer| answer.bytes()).is_err());
        }
        while apple.requests().len() < 3 {
            std::thread::yield_now();
        }
        drop(apple);
    });
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
}

#[test]
fn what_is_no_request_gets_no_further() {
    let ground = Ground::new();
    let url = ground.url(APPS);
    let body = vec![b'x'; 2 << 20];
    // Too much to be meant: the server answers before it has read it, and may be heard or not.
    let answer = ground.client.post(url).body(body).send();
    assert!(answer.is_err() || answer.is_ok_and(|answer| answer.status() == 400));
    assert_eq!(ground.apple.requests()[0].reason, Some(Reason::BadRequest));
    assert_eq!(ground.get(APPS).status(), 200);
}
