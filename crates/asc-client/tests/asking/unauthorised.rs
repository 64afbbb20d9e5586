//! A 401 explains nothing. These are the steps from there to an explanation, each with its own world.

use asc_client::{Cause, Ground as _, Hints, Identified, Sibling, Trouble, Verdict, check, identify};
use asc_key::KeyKind;
use asc_key::token::TokenShape;
use asc_sim::{Fault, Trouble as Fails};

use crate::{Key, OTHER_ISSUER, Scene, issuer, reading, team};

fn other_team() -> TokenShape {
    TokenShape::Team(OTHER_ISSUER.parse().unwrap())
}

#[tokio::test]
async fn a_spurious_401_is_asked_about_again() {
    for (times, waits) in [(1_u32, vec![250]), (2, vec![250, 500])] {
        let scene = Scene::new();
        scene.apple.fault(Fault::new(Fails::Unauthorized).times(times));
        let report = scene.check(&scene.admin).await;
        assert_eq!(report.verdict, Verdict::Alive);
        assert_eq!(scene.stage.waits(), waits);
        assert_eq!(report.sent.len(), 12 + times as usize, "every other question is asked once");
    }
}

#[tokio::test]
async fn a_wrong_clock_is_found_corrected_and_told() {
    for off in [-7 * 60, 7 * 60, 3600, -3600, 86_400, -86_400] {
        let scene = Scene::new();
        // Apple's clock is ahead by `off`, so ours is behind by as much.
        scene.apple.change(|world| world.set_clock_offset(off));
        let report = scene.check(&scene.admin).await;
        assert_eq!(report.verdict, Verdict::Alive, "{off}");
        assert_eq!(report.clock_off, Some(off));
        assert_eq!(report.sent.len(), 13, "one 401, then everything once");
        assert_eq!(scene.stage.waits(), [0], "a found reason needs no waiting");
        let second = scene.check(&scene.developer).await;
        assert_eq!(second.sent.len(), 12, "the correction serves every key");
    }
}

#[tokio::test]
async fn a_clock_that_is_a_little_off_is_nobodys_business() {
    for off in [-30, -1, 1, 30] {
        let scene = Scene::new();
        scene.apple.change(|world| world.set_clock_offset(off));
        let report = scene.check(&scene.admin).await;
        assert_eq!((report.verdict, report.clock_off, report.sent.len()), (Verdict::Alive, None, 12), "{off}");
    }
}

#[tokio::test]
async fn a_date_that_lies_does_not_break_a_working_key() {
    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::DateOff(7200)).times(1));
    let report = scene.check(&scene.admin).await;
    // The next honest answer takes it back; the token in hand was good all along.
    assert_eq!((report.verdict, report.clock_off), (Verdict::Alive, None));
}

#[tokio::test]
async fn no_server_makes_us_sign_for_another_year() {
    for off in [10 * 365 * 86_400, -10 * 365 * 86_400, i64::from(u32::MAX)] {
        let scene = Scene::new();
        scene.apple.fault(Fault::new(Fails::DateOff(off)).always());
        let times = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let (heard, mut signer) = (times.clone(), scene.admin.signer());
        let mut inquiry = scene.admin.inquiry();
        inquiry.signer = Box::new(move |request: &asc_key::token::TokenRequest, now: u64| {
            heard.lock().unwrap().push(now);
            signer.sign(request, now)
        });
        let report = check(&scene.line, inquiry, |_, _| {}).await;
        assert_eq!(report.clock_off, None, "{off}");
        let noon = u64::try_from(crate::NOON / 1000).unwrap();
        assert!(times.lock().unwrap().iter().all(|now| now.abs_diff(noon) < 60), "{off}: {times:?}");
    }
}

#[tokio::test]
async fn a_401_to_one_question_of_a_living_key_is_unclear() {
    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::Unauthorized).under("/v1/users").always());
    let report = scene.check(&scene.admin).await;
    assert_eq!((report.verdict.clone(), report.sent.len()), (Verdict::Alive, 14));
    assert_eq!(reading(&report, "users_read"), Some("unclear"));
    assert_eq!(reading(&report, "builds_upload"), Some("can_read"));
}

#[tokio::test]
async fn a_key_recorded_as_the_other_kind_is_found_out() {
    let scene = Scene::new();
    let report = scene.check(&scene.individual.recorded_as(team())).await;
    assert_eq!(report.verdict, Verdict::Otherwise { kind: KeyKind::Individual, issuer: None });
    assert!(!report.observed.is_empty(), "what it can read is learned at once");

    let report = scene.check(&scene.admin.recorded_as(TokenShape::Individual)).await;
    assert_eq!(report.verdict, Verdict::Otherwise { kind: KeyKind::Team, issuer: Some(issuer()) });
}

#[tokio::test]
async fn a_key_recorded_with_another_teams_issuer_is_found_out() {
    let scene = Scene::new();
    let report = scene.check(&scene.admin.recorded_as(other_team())).await;
    assert_eq!(report.verdict, Verdict::Otherwise { kind: KeyKind::Team, issuer: Some(issuer()) });
    assert_eq!(report.sent.len(), 3 + 2 + 11, "three as recorded, one per other shape, then the questions");
}

async fn unrecognised(scene: &Scene, key: &Key, hints: Hints, sibling: Option<&Key>) -> (Vec<Cause>, Sibling) {
    let mut inquiry = key.inquiry();
    inquiry.hints = hints;
    inquiry.sibling = sibling.map(Key::another);
    let report = check(&scene.line, inquiry, |_, _| {}).await;
    assert_eq!(report.evidence.status, Some(401));
    assert_eq!(report.evidence.apple.unwrap().error, "NOT_AUTHORIZED");
    assert_eq!(report.observed, []);
    let Verdict::Unrecognised { causes, sibling } = report.verdict else { panic!("{:?}", report.verdict) };
    (causes, sibling)
}

#[tokio::test]
async fn a_revoked_key_is_told_from_a_service_that_is_down() {
    let worked = Hints { worked_before: true, ..Hints::default() };
    let scene = Scene::new();
    scene.apple.change(|world| world.revoke("R2N8V5TQ4C")).unwrap();
    let told = unrecognised(&scene, &scene.developer, worked, Some(&scene.admin)).await;
    assert_eq!(told, (vec![Cause::Revoked], Sibling::Works));

    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::Unauthorized).always());
    let told = unrecognised(&scene, &scene.developer, worked, Some(&scene.admin)).await;
    assert_eq!(told, (vec![Cause::AppleDown, Cause::Revoked], Sibling::Refused));
    let told = unrecognised(&scene, &scene.developer, worked, None).await;
    assert_eq!(told, (vec![Cause::Revoked], Sibling::None));

    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::Unauthorized).for_key("R2N8V5TQ4C").always());
    scene.apple.fault(Fault::new(Fails::Status { status: 503, page: asc_sim::Page::Html }).always());
    let told = unrecognised(&scene, &scene.developer, worked, Some(&scene.admin)).await;
    assert_eq!(told.1, Sibling::NoAnswer);
}

#[tokio::test]
async fn a_key_that_was_accepted_a_moment_ago_serves_as_the_sibling() {
    let scene = Scene::new();
    scene.check(&scene.admin).await;
    scene.apple.change(|world| world.revoke("R2N8V5TQ4C")).unwrap();
    scene.seen();
    let told = unrecognised(&scene, &scene.developer, Hints::default(), Some(&scene.admin)).await;
    assert_eq!(told.1, Sibling::Works);
    assert!(scene.seen().iter().all(|request| request.key_id.as_deref() == Some("R2N8V5TQ4C")));
}

#[tokio::test]
async fn a_key_is_not_its_own_sibling() {
    let scene = Scene::new();
    scene.check(&scene.developer).await;
    scene.apple.change(|world| world.revoke("R2N8V5TQ4C")).unwrap();
    let told = unrecognised(&scene, &scene.developer, Hints::default(), None).await;
    assert_eq!(told.1, Sibling::None, "that it worked a moment ago itself says nothing of Apple now");
    let told = unrecognised(&scene, &scene.developer, Hints::default(), Some(&scene.admin)).await;
    assert_eq!(told.1, Sibling::Works);
}

#[tokio::test]
async fn a_key_revoked_in_the_middle_of_a_check_is_not_called_alive() {
    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::Unauthorized).for_key("4JH6M2YB8S").after(3).always());
    let mut inquiry = scene.admin.inquiry();
    inquiry.sibling = Some(scene.developer.another());
    let report = check(&scene.line, inquiry, |_, _| {}).await;
    let causes = vec![Cause::Revoked];
    assert_eq!(report.verdict, Verdict::Unrecognised { causes, sibling: Sibling::Works });
    assert_eq!((report.observed, report.evidence.status), (vec![], Some(401)));
    // Three questions, two in vain, the first again, each of these three times; and the key it was compared with.
    assert_eq!(report.sent.len(), 3 + 3 * 3 + 1);
    assert_eq!(report.ruled_out, [asc_client::RuledOut::Glitch { tries: 3, seconds: 0 }]);
}

#[tokio::test]
async fn a_living_key_that_gets_401s_is_asked_everything_all_the_same() {
    let scene = Scene::new();
    for path in ["/v1/users", "/v1/builds", "/v1/ciProducts"] {
        scene.apple.fault(Fault::new(Fails::Unauthorized).under(path).always());
    }
    let report = scene.check(&scene.admin).await;
    assert_eq!((report.verdict.clone(), report.observed.len()), (Verdict::Alive, 12));
    assert_eq!(report.sent.len(), 12 + 3 * 2 + 1, "whether it is alive is asked again once");
    assert_eq!(reading(&report, "xcode_cloud"), Some("unclear"));
}

#[tokio::test]
async fn wrong_ids_and_look_alikes_come_with_every_cause_that_fits() {
    let scene = Scene::new();
    let renamed = scene.admin.called("N4Q8ZB7LKD");
    let told = unrecognised(&scene, &renamed, Hints::default(), Some(&scene.developer)).await;
    assert_eq!(told.0, [Cause::WrongIssuer, Cause::Revoked, Cause::WrongKeyId, Cause::LookAlike]);
    let hints = Hints { look_alike: true, ..Hints::default() };
    let told = unrecognised(&scene, &renamed, hints, None).await;
    assert_eq!(told.0[0], Cause::LookAlike);
}

#[tokio::test]
async fn a_key_that_cannot_sign_was_not_checked() {
    let scene = Scene::new();
    let mut inquiry = scene.admin.inquiry();
    inquiry.signer = Box::new(|_: &_, _| Err(asc_client::Unsigned));
    let report = check(&scene.line, inquiry, |_, _| {}).await;
    assert_eq!(report.verdict, Verdict::NotChecked { trouble: Trouble::Unsigned });
    assert_eq!((report.sent.len(), scene.seen().len()), (0, 0));
}

#[tokio::test]
async fn an_imported_key_is_identified_by_asking() {
    let scene = Scene::new();
    let issuers = [OTHER_ISSUER.parse().unwrap(), issuer()];
    let ask = async |key: &Key, suggested| {
        let identified = identify(&scene.line, key.id.clone(), key.signer(), suggested, &issuers).await;
        let requests = scene.seen().len();
        match identified {
            Identified::As { shape, .. } => (Some(shape), requests),
            Identified::Nobody { tried, evidence } => {
                assert_eq!((tried.len(), evidence.status), (3, Some(401)));
                (None, requests)
            }
            Identified::Unknown(trouble) => panic!("{trouble}"),
        }
    };
    assert_eq!(ask(&scene.individual, Some(KeyKind::Individual)).await, (Some(TokenShape::Individual), 1));
    assert_eq!(ask(&scene.individual, Some(KeyKind::Team)).await, (Some(TokenShape::Individual), 3));
    assert_eq!(ask(&scene.admin, Some(KeyKind::Team)).await, (Some(team()), 2));
    assert_eq!(ask(&scene.admin, None).await, (Some(team()), 3));
    assert_eq!(ask(&scene.admin.called("N4Q8ZB7LKD"), None).await, (None, 6));

    scene.apple.fault(Fault::new(Fails::Unauthorized).times(3));
    assert_eq!(ask(&scene.admin, None).await, (Some(team()), 6), "one spurious round does not hide it");

    scene.apple.change(|world| world.set_agreement(crate::ISSUER, false)).unwrap();
    let identified = identify(&scene.line, scene.admin.id.clone(), scene.admin.signer(), None, &issuers).await;
    assert!(matches!(identified, Identified::As { agreement_missing: true, .. }), "{identified:?}");
}

#[tokio::test]
async fn what_was_seen_of_apples_clock_holds_until_ours_is_set() {
    for (off, behind) in [(600, 600), (-3600, -3600), (20, 0)] {
        let scene = Scene::new();
        assert_eq!(scene.line.clock_compared(), None, "nobody has answered yet");
        scene.apple.change(|world| world.set_clock_offset(off));
        scene.check(&scene.admin).await;
        let seen = scene.line.clock_compared().unwrap();
        assert_eq!(seen.behind, behind);
        assert!((0..1000).contains(&(scene.stage.now() - seen.at)));
        scene.stage.pass(600);
        assert_eq!(scene.line.clock_compared(), None, "the computer's clock was set meanwhile");
    }
}
