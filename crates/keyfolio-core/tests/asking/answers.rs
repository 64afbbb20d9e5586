//! The tables of the facts, row by row: is the key alive, and what does each answer mean.

use asc_access::{Area, Half, Role};
use asc_client::{Depth, Trouble};
use asc_key::KeyKind;
use asc_sim::{Fault, Page, Pair, Ruling, Team, Trouble as Fails, World};
use keyfolio_core::view::*;

use crate::{HARBOUR, ISSUER, MORNING, Scene, one, reading, team};

fn status(status: u16) -> Fails {
    Fails::Status { status, page: Page::Json }
}

#[test]
fn a_200_means_that_the_key_is_alive_its_kind_right_and_the_clock_too() {
    let (scene, key) = one(Role::Admin);
    assert_eq!(scene.key(&key).standing, Standing::default(), "nobody asked yet");
    let run = scene.verify(&[&key]);
    assert_eq!((run.total, run.verified, run.trouble), (1, 1, None));
    let stored = scene.key(&key);
    let verified = Standing { code: StandingCode::Verified, at: Some(MORNING), stale: false, unreached: None };
    assert_eq!((stored.standing, stored.observed, stored.attention), (verified, true, vec![]));
    let check = scene.check(&key);
    let exchange = check.exchange.unwrap();
    assert_eq!(exchange.request, "GET /v1/apps?limit=1&fields[apps]=bundleId");
    assert_eq!((exchange.status, exchange.apple, check.clock_off), (Some(200), None, None));
    let rate = check.rate.unwrap();
    assert_eq!(rate.limit, 3500);
    assert!(rate.remaining < 3500, "{rate:?}");
    let (standing, trouble, statuses) = scene.noted();
    assert_eq!((standing, trouble), (StandingCode::Verified, None));
    assert_eq!(statuses.len(), scene.apple.requests().len(), "every request is noted");
    assert!(statuses.len() <= 12 && check.requests as usize == statuses.len());
}

#[test]
fn an_empty_list_is_still_a_yes() {
    let pair = Pair::generate();
    let scene = Scene::new(Team::new(ISSUER, "New").team_key("2X9R4HXF34", &[Role::Admin], &pair.public_key_der()));
    let check = scene.checked(&scene.team_key(&pair, "2X9R4HXF34", &[Role::Admin]));
    assert_eq!((check.standing.code, reading(&check, "apps_read")), (StandingCode::Verified, Some("can_read")));
}

#[test]
fn a_role_that_may_not_list_apps_is_alive() {
    let pair = Pair::generate();
    let own = team().team_key("2X9R4HXF34", &[Role::Finance], &pair.public_key_der());
    let scene = Scene::of(World::new().team(own).ruling(Ruling::refuse("/v1/apps", Role::Finance)));
    let check = scene.checked(&scene.team_key(&pair, "2X9R4HXF34", &[Role::Finance]));
    assert_eq!((check.standing.code, reading(&check, "apps_read")), (StandingCode::Verified, Some("role_refuses")));
    assert_eq!(check.exchange.unwrap().apple.unwrap().error, "FORBIDDEN_ERROR");
}

#[test]
fn a_missing_agreement_is_the_teams_affair_colours_nothing_and_heals() {
    let pairs = [Pair::generate(), Pair::generate()];
    let own = team().team_key("2X9R4HXF34", &[Role::Admin], &pairs[0].public_key_der()).team_key(
        "R2N8V5TQ4C",
        &[Role::Developer],
        &pairs[1].public_key_der(),
    );
    let scene = Scene::new(own);
    let first = scene.team_key(&pairs[0], "2X9R4HXF34", &[Role::Admin]);
    let second = scene.team_key(&pairs[1], "R2N8V5TQ4C", &[Role::Developer]);
    scene.verify(&[&first]);
    let before = scene.key(&first);

    scene.apple.change(|world| world.set_agreement(ISSUER, false)).unwrap();
    let run = scene.verify(&[&first, &second]);
    assert_eq!((run.noted, run.verified), (2, 0));
    let library = scene.app.core.keys().unwrap();
    let [issuer] = library.issuers.as_slice() else { panic!("one team: {library:?}") };
    assert_eq!(issuer.agreement_missing, Some(MORNING), "one banner for the team");
    let now = scene.key(&first);
    assert_eq!((now.standing.code, &now.attention), (StandingCode::AgreementMissing, &vec![]));
    assert_eq!(now.reach, before.reach, "what was answered before stays");
    assert_eq!(scene.check(&second).answers, []);
    assert!(!scene.key(&second).observed);
    let code = scene.check(&first).exchange.unwrap().apple.unwrap().error;
    assert_eq!(code, "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED");
    assert_eq!(scene.noted().0, StandingCode::AgreementMissing);

    scene.apple.change(|world| world.set_agreement(ISSUER, true)).unwrap();
    scene.verify(&[&second]);
    assert_eq!(scene.app.core.keys().unwrap().issuers[0].agreement_missing, None, "any key of the team shows it");
}

#[test]
fn an_agreement_that_goes_missing_half_way_takes_no_answer_along() {
    let (scene, key) = one(Role::Admin);
    scene.apple.fault(Fault::new(Fails::AgreementMissing).under("/v1/users"));
    let check = scene.checked(&key);
    assert_eq!((check.standing.code, check.answers), (StandingCode::AgreementMissing, vec![]));
}

#[test]
fn a_403_without_a_known_reason_everywhere_is_revoked_or_not_allowed() {
    let (scene, key) = one(Role::Admin);
    scene.apple.fault(Fault::new(status(403)).always());
    let run = scene.verify(&[&key]);
    assert_eq!(run.rejected, 1);
    let stored = scene.key(&key);
    assert_eq!(stored.standing.code, StandingCode::RefusedEverywhere);
    assert_eq!(stored.attention, [Attention::RefusedEverywhere]);
    assert_eq!(scene.noted(), (StandingCode::RefusedEverywhere, None, vec![Some(403), Some(403)]));
}

#[test]
fn one_401_is_not_believed() {
    let (scene, key) = one(Role::Admin);
    scene.apple.fault(Fault::new(Fails::Unauthorized).times(2));
    let check = scene.checked(&key);
    assert_eq!(check.standing.code, StandingCode::Verified);
    assert_eq!(scene.noted().2[..3], [Some(401), Some(401), Some(200)]);
}

#[test]
fn a_wrong_clock_is_corrected_and_said() {
    let (scene, key) = one(Role::Admin);
    scene.apple.change(|world| world.set_clock_offset(600));
    let check = scene.checked(&key);
    assert_eq!((check.standing.code, check.clock_off), (StandingCode::Verified, Some(600)));
    assert_eq!(scene.app.core.apple_line().unwrap().clock_off, Some(600));
}

#[test]
fn each_answer_has_its_reading_and_its_mark() {
    let (scene, key) = one(Role::Developer);
    for (fails, path) in [
        (status(400), "/v1/ciProducts"),
        (status(403), "/v1/builds"),
        (Fails::Unauthorized, "/v1/reviewSubmissions"),
        (status(404), &format!("/v1/apps/{HARBOUR}/inAppPurchasesV2")),
    ] {
        scene.apple.fault(Fault::new(fails).always().under(path));
    }
    let check = scene.checked(&key);
    assert_eq!(check.standing.code, StandingCode::Verified);
    for (capability, expected) in [
        ("apps_read", "can_read"),
        ("users_read", "can_read"),
        ("pricing", "role_refuses"),
        ("iap", "nothing_there"),
        ("xcode_cloud", "mistaken"),
        ("builds_upload", "unclear"),
        ("app_review", "unclear"),
    ] {
        assert_eq!(reading(&check, capability), Some(expected), "{capability}");
    }
    let refused = check.answers.iter().find(|answer| answer.capability == "pricing").unwrap();
    assert_eq!((refused.area, refused.exchange.status, refused.stale), (Area::Pricing, Some(403), false));
    let order: Vec<_> = check.answers.iter().map(|answer| answer.area as usize).collect();
    assert!(order.is_sorted(), "in the order of the catalogue");
    // What is unclear or our own mistake makes no cell say anything.
    let column = [ColumnRef::Key { id: key.id.clone() }];
    let ledger = scene.app.core.ledger(&column, Layer::Observed).unwrap();
    let read = |area: Area| ledger.rows.iter().find(|row| row.area == area).unwrap().cells[0].read.value;
    assert_eq!((read(Area::XcodeCloud), read(Area::Users)), (Half::Unknown, Half::Yes));
}

#[test]
fn provisioning_is_closed_to_an_individual_key_and_only_who_wants_to_see_it_asks() {
    let pair = Pair::generate();
    let scene = Scene::new(team().individual_key("H4S9KD3WM7XB", "jonas", &pair.public_key_der()));
    let key = scene.individual_key(&pair, "H4S9KD3WM7XB", &[Role::Developer]);
    assert_eq!(reading(&scene.checked(&key), "provisioning_read"), None);
    scene.begin_run(&[&key], Depth::Thorough);
    scene.when_over();
    let check = scene.check(&key);
    assert_eq!(check.standing.code, StandingCode::Verified);
    assert_eq!(reading(&check, "provisioning_read"), Some("closed_to_kind"));
    assert_eq!(reading(&check, "game_center"), Some("nothing_there"), "allowed, and nothing there");
    assert_eq!(scene.key(&key).kind, KeyKind::Individual);
}

#[test]
fn with_a_vendor_number_the_reports_are_asked_for() {
    let (scene, key) = one(Role::Sales);
    assert_eq!(reading(&scene.checked(&key), "sales_reports"), None);
    scene.app.core.issuer_set_vendor(ISSUER, "85012345").unwrap();
    let check = scene.checked(&key);
    assert_eq!(reading(&check, "sales_reports"), Some("can_read"));
    assert_eq!(reading(&check, "finance_reports"), Some("role_refuses"));
    // A day without sales is a yes as well; a wrong number is our question's fault.
    scene.stage.pass(crate::DAY);
    assert_eq!(reading(&scene.checked(&key), "sales_reports"), Some("nothing_there"));
    scene.app.core.issuer_set_vendor(ISSUER, "99999999").unwrap();
    assert_eq!(reading(&scene.checked(&key), "sales_reports"), Some("nothing_there"), "the older answer says more");
}

#[test]
fn an_answer_that_says_nothing_replaces_none_that_did() {
    let (scene, key) = one(Role::Admin);
    scene.verify(&[&key]);
    let before = scene.key(&key).reach;
    scene.apple.fault(Fault::new(status(400)).always().under("/v1/users"));
    scene.stage.pass(1000);
    let check = scene.checked(&key);
    assert_eq!(reading(&check, "users_read"), Some("can_read"));
    assert_eq!(scene.key(&key).reach, before);
}

#[test]
fn what_was_answered_a_month_ago_is_stale_and_counts_still() {
    let (scene, key) = one(Role::Admin);
    scene.verify(&[&key]);
    scene.stage.pass(30 * crate::DAY);
    assert!(!scene.key(&key).standing.stale);
    scene.stage.pass(1);
    let (stored, check) = (scene.key(&key), scene.check(&key));
    assert!(stored.standing.stale && stored.observed);
    assert!(check.answers.iter().all(|answer| answer.stale));
    let grid = scene.app.core.grid(Layer::Combined).unwrap();
    assert!(grid.answers[0].cells.iter().any(|cell| cell.stale));
}

#[test]
fn trouble_at_apples_is_no_verdict() {
    for (fails, expected) in [
        (Fails::RateLimited { retry_after: Some("60".into()) }, Trouble::RateLimited { until: MORNING + 60_000 }),
        (status(500), Trouble::Server { status: 500 }),
        (status(503), Trouble::Server { status: 503 }),
        (Fails::TruncatedJson, Trouble::Garbled),
        (Fails::CloseEarly, Trouble::Cut),
        (Fails::Huge { bytes: 17_000_000 }, Trouble::TooLarge),
    ] {
        let (scene, key) = one(Role::Admin);
        scene.verify(&[&key]);
        let before = scene.check(&key);
        scene.apple.fault(Fault::new(fails).always());
        let run = scene.verify(&[&key]);
        assert_eq!((run.unreached, &run.again, run.verified), (1, &vec![key.id.clone()], 0), "{expected:?}");
        let after = scene.check(&key);
        assert_eq!(after.standing.unreached.as_ref().unwrap().trouble, expected);
        let unreached = None;
        assert_eq!(Standing { unreached, ..after.standing }, before.standing, "{expected:?}");
        assert_eq!(after.answers, before.answers);
        let (standing, trouble, _) = scene.noted();
        assert_eq!((standing, trouble), (StandingCode::Unchecked, Some(expected)));
    }
}
