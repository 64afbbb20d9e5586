//! What goes on record of a check: every request, and what was tried before a key is called unrecognised.

use asc_client::{Cause, Hints, Inquiry, Owner, Rate, Reading, Report, RuledOut, Sent, Sibling, Verdict, check, owner};
use asc_key::KeyKind;
use asc_key::token::TokenShape;
use asc_sim::{Fault, Page, Trouble as Fails};

use crate::{Key, NOON, OTHER_ISSUER, Scene, issuer};

const ALIVE: &str = "GET /v1/apps?limit=1&fields[apps]=bundleId";

async fn ask(scene: &Scene, inquiry: Inquiry) -> Report {
    check(&scene.line, inquiry, |_, _| {}).await
}

/// The lines of a record, as short as they can be told.
fn lines(sent: &[Sent]) -> Vec<(&str, Option<u16>, Option<Reading>)> {
    sent.iter().map(|one| (one.request.as_str(), one.status, one.reading)).collect()
}

#[tokio::test]
async fn every_request_is_on_record_in_order_and_readable() {
    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::Status { status: 503, page: Page::Html }).under("/v1/users").times(1));
    let report = scene.check(&scene.developer).await;
    let seen = scene.seen();
    assert_eq!(report.sent.len(), seen.len());
    for (sent, arrived) in report.sent.iter().zip(&seen) {
        assert!(sent.request.starts_with(&format!("GET {}", arrived.path)), "{} {}", sent.request, arrived.path);
        assert_eq!(sent.key, scene.developer.id);
    }
    let (alive, can) = ((ALIVE, Some(200), None), Some(Reading::CanRead));
    let users = "GET /v1/users?limit=1&fields[users]=roles";
    let told = lines(&report.sent);
    assert_eq!(told[0], alive);
    assert_eq!(
        told[2..4].iter().map(|line| (line.0, line.1)).collect::<Vec<_>>(),
        [(users, Some(503)), (users, Some(200))]
    );
    assert_eq!((told[2].2, told[3].2), (None, can), "a try that was repeated taught nothing");
    assert!(told.iter().any(|(request, ..)| request.contains("filter[reportDate]=2026-10-31")));
    assert!(report.observed.iter().all(|one| told.iter().any(|line| line.0 == one.evidence.request)));
}

#[tokio::test]
async fn what_is_stored_comes_back_as_it_was() {
    let scene = Scene::new();
    let report = scene.check(&scene.admin).await;
    let text = serde_json::to_string(&(&report.verdict, &report.evidence, &report.sent, &report.rate)).unwrap();
    let back: (Verdict, asc_client::Evidence, Vec<Sent>, Option<Rate>) = serde_json::from_str(&text).unwrap();
    assert_eq!(back, (report.verdict, report.evidence, report.sent, report.rate));
    assert!(!text.contains("eyJ"), "{text}");
}

#[tokio::test]
async fn nothing_is_on_record_that_was_not_sent() {
    let scene = Scene::new();
    let report =
        ask(&scene, Inquiry { signer: Box::new(|_: &_, _| Err(asc_client::Unsigned)), ..scene.admin.inquiry() }).await;
    assert_eq!((report.sent, report.evidence.request.as_str()), (Vec::new(), ALIVE));

    scene.apple.fault(Fault::new(Fails::RateLimited { retry_after: Some("600".to_owned()) }).times(1));
    assert_eq!(lines(&scene.check(&scene.admin).await.sent), [(ALIVE, Some(429), None)]);
    assert_eq!(scene.check(&scene.admin).await.sent, [], "a resting key is not sent");
}

#[tokio::test]
async fn a_request_that_nothing_answered_is_on_record_without_a_status() {
    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::Reset).always());
    let report = scene.check(&scene.admin).await;
    assert_eq!(lines(&report.sent), [(ALIVE, None, None); 4]);
    assert_eq!(
        report.evidence,
        asc_client::Evidence { request: ALIVE.to_owned(), at: NOON + 3500, ..Default::default() }
    );
}

#[tokio::test]
async fn an_address_goes_out_and_not_on_record() {
    let scene = Scene::new();
    let mut talk = scene.talk(&scene.admin);
    let found: Option<Owner> = owner(&mut talk, "jonas@example.com").await.unwrap();
    assert!(found.is_some());
    assert!(scene.seen()[0].target.contains("jonas%40example.com"));
    assert!(!format!("{:?} {talk:?}", talk.sent()).contains("example.com"));
    let unlisted = owner(&mut scene.talk(&scene.finance), "jonas@example.com").await.unwrap_err();
    assert!(unlisted.evidence.request.starts_with("GET /v1/users?filter[username]=\u{2026}&"), "{unlisted:?}");
}

/// What a key is refused after, with these other Issuer IDs known.
async fn refused(scene: &Scene, key: &Key, issuers: &[&str]) -> Report {
    let issuers = issuers.iter().map(|issuer| issuer.parse().unwrap()).collect();
    let hints = Hints { worked_before: true, ..Hints::default() };
    let report = ask(scene, Inquiry { issuers, hints, sibling: Some(scene.sales.another()), ..key.inquiry() }).await;
    assert_eq!(report.verdict, Verdict::Unrecognised { causes: vec![Cause::Revoked], sibling: Sibling::Works });
    report
}

#[tokio::test]
async fn what_was_ruled_out_was_really_tried() {
    let revoked = || {
        let scene = Scene::new();
        scene.apple.change(|world| world.revoke("R2N8V5TQ4C")).unwrap();
        scene.apple.change(|world| world.revoke("H4S9KD3WM7XB")).unwrap();
        scene
    };
    let glitch = RuledOut::Glitch { tries: 3, seconds: 0 };
    let clock = RuledOut::Clock { off: 0 };
    let individual = RuledOut::OtherKind { kind: KeyKind::Individual };
    let team = RuledOut::OtherKind { kind: KeyKind::Team };

    let scene = revoked();
    let report = refused(&scene, &scene.developer, &[crate::ISSUER, OTHER_ISSUER]).await;
    let issuers = RuledOut::OtherIssuers { tried: 1 };
    assert_eq!(report.ruled_out, [glitch.clone(), clock.clone(), individual.clone(), issuers.clone()]);
    assert_eq!(lines(&report.sent), [[(ALIVE, Some(401), None); 5].as_slice(), &[(ALIVE, Some(200), None)]].concat());
    let with: Vec<_> = report.sent.iter().map(|one| one.key.clone()).collect();
    assert_eq!(with[..5], vec![scene.developer.id.clone(); 5]);
    assert_eq!(with[5], scene.sales.id, "the key it was compared with is on record, too");

    let scene = revoked();
    let report = refused(&scene, &scene.developer, &[crate::ISSUER]).await;
    assert_eq!(report.ruled_out, [glitch.clone(), clock.clone(), individual.clone()]);

    let scene = revoked();
    let report = refused(&scene, &scene.individual, &[]).await;
    assert_eq!(report.ruled_out, [glitch.clone(), clock.clone()], "without an Issuer ID no Team key can be tried");
    let scene = revoked();
    let report = refused(&scene, &scene.individual, &[crate::ISSUER, OTHER_ISSUER]).await;
    assert_eq!(report.ruled_out, [glitch.clone(), clock, team, RuledOut::OtherIssuers { tried: 2 }]);

    // An hour off: found, corrected, asked again, and refused all the same.
    let scene = revoked();
    scene.apple.change(|world| world.set_clock_offset(3600));
    let report = refused(&scene, &scene.developer, &[]).await;
    assert_eq!((report.clock_off, &report.ruled_out[1]), (Some(3600), &RuledOut::Clock { off: 3600 }));

    // A shape that could not be asked about is not ruled out.
    let scene = revoked();
    scene
        .apple
        .fault(Fault::new(Fails::Status { status: 400, page: Page::Json }).for_key("R2N8V5TQ4C").after(3).times(1));
    let report = refused(&scene, &scene.developer, &[OTHER_ISSUER]).await;
    assert_eq!(report.ruled_out[2..], [issuers]);
}

#[tokio::test]
async fn a_key_that_is_accepted_has_nothing_ruled_out() {
    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::Unauthorized).times(2));
    assert_eq!(scene.check(&scene.admin).await.ruled_out, []);
    let elsewhere = TokenShape::Team(OTHER_ISSUER.parse().unwrap());
    let report = scene.check(&scene.admin.recorded_as(elsewhere)).await;
    assert_eq!(report.verdict, Verdict::Otherwise { kind: KeyKind::Team, issuer: Some(issuer()) });
    assert_eq!(report.ruled_out, []);
}
