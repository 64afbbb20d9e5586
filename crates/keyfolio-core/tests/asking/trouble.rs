//! Between here and Apple: no network, sign-in pages, servers that cannot prove who they are. Each has its own name,
//! none says anything about a key, and what was known stays, dated.

use std::net::TcpListener;
use std::sync::Arc;

use asc_access::Role;
use asc_client::{Phase, TlsTrouble, Trouble};
use asc_sim::{Fault, Front, Trouble as Fails};
use keyfolio_core::Environment;
use keyfolio_core::view::*;
use tempfile::TempDir;
use vault::MemoryKeyring;

use crate::support::start_in;
use crate::{Scene, one};

/// What a run in this trouble leaves behind.
fn learns_nothing(scene: &Scene, key: &KeyView, expected: &Trouble) {
    let before = scene.check(key);
    let run = scene.verify(&[key]);
    assert_eq!((run.unreached, run.verified + run.noted + run.rejected), (1, 0), "{expected}");
    assert_eq!(run.again, [key.id.as_str()]);
    assert_eq!(run.trouble.as_ref(), Some(expected), "it is in the way of all");
    let after = scene.check(key);
    assert_eq!(after.standing.unreached.as_ref().map(|unreached| &unreached.trouble), Some(expected));
    assert_eq!((after.standing.code, after.standing.at), (before.standing.code, before.standing.at));
    assert_eq!((after.answers, after.exchange), (before.answers, before.exchange));
    assert_eq!(scene.key(key).attention, [], "it is no matter of the key");
    assert_eq!(scene.noted().1.as_ref(), Some(expected));
}

#[test]
fn every_server_that_is_not_apple_has_its_name_and_never_sees_a_request() {
    let (scene, key) = one(Role::Admin);
    scene.verify(&[&key]);
    let asked = scene.apple.requests().len();
    for (front, why) in [
        (Front::SelfSigned, TlsTrouble::UntrustedIssuer),
        (Front::OtherName, TlsTrouble::WrongName),
        (Front::Expired, TlsTrouble::Expired),
        (Front::NotYetValid, TlsTrouble::NotYetValid),
        (Front::UnknownAuthority, TlsTrouble::UntrustedIssuer),
        (Front::OldTls, TlsTrouble::Outdated),
        (Front::PlainHttp, TlsTrouble::NotTls),
    ] {
        scene.apple.front(front);
        learns_nothing(&scene, &key, &Trouble::Tls { why });
    }
    scene.apple.front(Front::Mute);
    learns_nothing(&scene, &key, &Trouble::Timeout { phase: Phase::Connecting });
    assert_eq!(scene.apple.requests().len(), asked, "no request reached any of them");

    scene.apple.front(Front::Good);
    scene.verify(&[&key]);
    assert_eq!(scene.key(&key).standing.unreached, None, "an answer ends the trouble");
}

#[test]
fn a_sign_in_page_or_a_redirect_is_nobodys_answer() {
    for fails in [Fails::CaptivePortal, Fails::Redirect { status: 302, to: "https://www.example.com/".into() }] {
        let (scene, key) = one(Role::Admin);
        scene.verify(&[&key]);
        scene.apple.fault(Fault::new(fails).always());
        learns_nothing(&scene, &key, &Trouble::Portal);
    }
}

#[test]
fn without_anybody_at_the_other_end_no_key_is_tried_after_another() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let app = start_in(Arc::new(TempDir::new().unwrap()), Arc::new(MemoryKeyring::new()), |environment| {
        Environment { samples: 12, ..environment }.asking_locally(port, None)
    });
    app.core.open_now();
    app.core.verify(&VerifyRequest { keys: None, depth: asc_client::Depth::Normal }).unwrap();
    crate::wait_until("the run ends", || app.core.run().unwrap().over);
    let run = app.core.run().unwrap();
    assert_eq!(run.trouble, Some(Trouble::Refused));
    assert_eq!((run.total, run.unreached + run.left.len()), (12, 12));
    assert!((1..=4).contains(&run.unreached), "{run:?}");
    let keys = app.core.keys().unwrap().keys;
    assert!(keys.iter().all(|key| key.standing.code == StandingCode::Unchecked && key.attention.is_empty()));
}

#[test]
fn questions_that_ended_early_leave_the_verdict_and_say_so() {
    let (scene, key) = one(Role::Admin);
    scene.apple.fault(Fault::new(Fails::CaptivePortal).after(3).always());
    let run = scene.verify(&[&key]);
    assert_eq!(run.verified, 1);
    let check = scene.check(&key);
    assert_eq!((check.standing.code, check.interrupted), (StandingCode::Verified, Some(Trouble::Portal)));
    assert_eq!(check.answers.len(), 3);
    assert_eq!(scene.noted().1, Some(Trouble::Portal));
}
