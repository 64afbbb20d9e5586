//! A 401 that stays: the list of causes, what was ruled out before, and what another key got at the same moment.

use asc_access::Role;
use asc_client::{Cause, RuledOut, Sibling};
use asc_key::KeyKind;
use asc_sim::{Fault, Pair, Reason, Trouble as Fails};
use keyfolio_core::view::*;

use crate::{DAY, ISSUER, OTHER_ISSUER, Scene, one, team, with_a_stranger};

fn why(scene: &Scene, key: &KeyView) -> UnrecognisedView {
    scene.check(key).unrecognised.expect("it is not recognised")
}

#[test]
fn a_key_apple_never_heard_of_comes_with_every_cause_that_fits() {
    let (scene, known, stranger) = with_a_stranger();
    scene.verify(&[&known]);
    let run = scene.verify(&[&stranger]);
    assert_eq!(run.rejected, 1);
    let stored = scene.key(&stranger);
    assert_eq!(stored.standing.code, StandingCode::Unrecognised);
    assert_eq!(stored.attention, [Attention::Unrecognised]);
    let UnrecognisedView { causes, sibling, ruled_out } = why(&scene, &stranger);
    assert_eq!(causes, [Cause::Revoked, Cause::WrongKeyId, Cause::LookAlike, Cause::WrongIssuer], "its team works");
    assert_eq!(sibling, Sibling::Works);
    assert!(matches!(ruled_out[0], RuledOut::Glitch { tries: 3, .. }), "{ruled_out:?}");
    assert!(ruled_out.contains(&RuledOut::Clock { off: 0 }));
    assert!(ruled_out.contains(&RuledOut::OtherKind { kind: KeyKind::Individual }));
    let check = scene.check(&stranger);
    assert_eq!(check.exchange.unwrap().apple.unwrap().error, "NOT_AUTHORIZED");
    let (standing, _, statuses) = scene.noted();
    assert_eq!((standing, statuses), (StandingCode::Unrecognised, vec![Some(401); 4]));
}

#[test]
fn a_revoked_key_that_worked_before_is_told_from_a_stranger() {
    let (scene, key) = one(Role::Admin);
    scene.verify(&[&key]);
    scene.apple.change(|world| world.revoke("2X9R4HXF34")).unwrap();
    scene.verify(&[&key]);
    assert_eq!(why(&scene, &key).causes, [Cause::Revoked]);
    assert!(scene.key(&key).observed, "what it could read before stays, dated");
    // Asked once more, it is still one that worked.
    scene.stage.pass(DAY);
    scene.verify(&[&key]);
    assert_eq!(why(&scene, &key).causes, [Cause::Revoked]);
    assert_eq!(scene.apple.requests().pop().unwrap().reason, Some(Reason::RevokedKey));
}

#[test]
fn causes_follow_what_is_known_of_the_file() {
    let (scene, _) = one(Role::Admin);
    let typed = scene.store(&Pair::generate(), "from-ci.p8", KeyKind::Team, Some(OTHER_ISSUER), &[]);
    scene.verify(&[&typed]);
    assert_eq!(why(&scene, &typed).causes[0], Cause::WrongKeyId, "its Key ID was typed");
    let alike = scene.store(&Pair::generate(), "SubscriptionKey_K9D3WX7PZ2.p8", KeyKind::Team, Some(OTHER_ISSUER), &[]);
    scene.verify(&[&alike]);
    assert_eq!(why(&scene, &alike).causes[0], Cause::LookAlike);
    let own = scene.individual_key(&Pair::generate(), "Y6F2CT8JN5QA", &[]);
    scene.verify(&[&own]);
    assert!(why(&scene, &own).causes.contains(&Cause::UnknownIssuer));
}

#[test]
fn a_team_key_without_a_team_has_no_wrong_one() {
    let (scene, _) = one(Role::Admin);
    let lost = scene.store(&Pair::generate(), "AuthKey_K9D3WX7PZ2.p8", KeyKind::Team, None, &[]);
    scene.verify(&[&lost]);
    let causes = why(&scene, &lost).causes;
    assert!(causes.contains(&Cause::UnknownIssuer) && !causes.contains(&Cause::WrongIssuer), "{causes:?}");
}

#[test]
fn another_key_separates_revoked_from_apple_being_down() {
    let (scene, known, stranger) = with_a_stranger();
    scene.verify(&[&known]);
    // Too long ago to count as the same moment, and recent enough to be asked for comparison.
    scene.stage.pass(DAY / 2);
    let asked = scene.apple.requests().len();
    scene.verify(&[&stranger]);
    assert_eq!(why(&scene, &stranger).sibling, Sibling::Works);
    let last = scene.apple.requests().pop().unwrap();
    assert_eq!((last.key_id.as_deref(), last.status), (Some("2X9R4HXF34"), 200), "the other key was asked");
    assert_eq!(scene.noted().2.len(), scene.apple.requests().len() - asked, "that is noted, too");

    scene.stage.pass(DAY / 4);
    scene.apple.fault(Fault::new(Fails::Unauthorized).always());
    scene.verify(&[&stranger]);
    let view = why(&scene, &stranger);
    assert_eq!((view.sibling, view.causes[0]), (Sibling::Refused, Cause::AppleDown));
    assert_eq!(scene.key(&known).standing.code, StandingCode::Verified, "nobody asked about the other key");

    scene.apple.calm();
    scene.stage.pass(2 * DAY);
    scene.verify(&[&stranger]);
    assert_eq!(why(&scene, &stranger).sibling, Sibling::None, "nobody has worked for a day");
}

#[test]
fn the_sibling_is_of_the_same_team_if_there_is_one() {
    let pairs = [Pair::generate(), Pair::generate()];
    let other =
        asc_sim::Team::new(OTHER_ISSUER, "Quarry").team_key("C6T9PX4WM2", &[Role::Admin], &pairs[1].public_key_der());
    let own = team().team_key("2X9R4HXF34", &[Role::Admin], &pairs[0].public_key_der());
    let scene = Scene::of(asc_sim::World::new().team(own).team(other));
    let same = scene.team_key(&pairs[0], "2X9R4HXF34", &[]);
    let foreign = scene.store(&pairs[1], "AuthKey_C6T9PX4WM2.p8", KeyKind::Team, Some(OTHER_ISSUER), &[]);
    scene.verify(&[&same]);
    scene.stage.pass(1000);
    scene.verify(&[&foreign]);
    let stranger = scene.store(&Pair::generate(), "AuthKey_N4Q8ZB7LKD.p8", KeyKind::Team, Some(ISSUER), &[]);
    scene.stage.pass(DAY / 2);
    scene.verify(&[&stranger]);
    assert_eq!(scene.apple.requests().pop().unwrap().key_id.as_deref(), Some("2X9R4HXF34"));
}

#[test]
fn no_promise_is_made_of_a_key_that_apple_turns_away() {
    let (scene, key) = one(Role::Admin);
    scene.verify(&[&key]);
    scene.apple.change(|world| world.revoke("2X9R4HXF34")).unwrap();
    let ask = || {
        let question = QuestionRef::Capability { capability: "users_read".into() };
        scene.app.core.who_can(&WhoCanRequest { question, scope: AppScopeCode::Any }).unwrap().answers[0].value
    };
    assert_eq!(ask(), asc_access::Half::Yes);
    let fits = || {
        let tasks = vec![asc_access::Task::UploadBuilds];
        scene.app.core.advise(&AdviseRequest { tasks, scope: AppScopeCode::Any }).unwrap().fits.len()
    };
    assert_eq!(fits(), 1);
    scene.verify(&[&key]);
    assert_eq!((ask(), fits()), (asc_access::Half::Unknown, 0));
}
