//! Which apps a key reaches: by name, as Apple lists them, for a day.

use asc_access::{Half, Role};
use asc_sim::{Fault, Pair, Trouble as Fails, Visible};
use keyfolio_core::view::*;

use crate::{DAY, HARBOUR, ISSUER, LANTERN, Scene, one, team};

fn listings(scene: &Scene) -> usize {
    scene.apple.requests().iter().filter(|one| one.target.contains("limit=200")).count()
}

fn person() -> (Scene, KeyView, KeyView) {
    let pairs = [Pair::generate(), Pair::generate()];
    let own = team().team_key("2X9R4HXF34", &[Role::Admin], &pairs[0].public_key_der()).individual_key(
        "H4S9KD3WM7XB",
        "jonas",
        &pairs[1].public_key_der(),
    );
    let scene = Scene::new(own);
    let admin = scene.team_key(&pairs[0], "2X9R4HXF34", &[Role::Admin]);
    let own = scene.individual_key(&pairs[1], "H4S9KD3WM7XB", &[Role::Developer]);
    (scene, admin, own)
}

#[test]
fn the_apps_of_a_team_come_by_name_and_only_once_a_day() {
    let (scene, key) = one(Role::Admin);
    assert_eq!((scene.key(&key).apps, scene.app.core.keys().unwrap().apps), (AppsSeen::Unknown, vec![]));
    scene.verify(&[&key]);
    let app = |id: &str, name: &str, bundle: &str| AppView {
        id: id.into(),
        name: name.into(),
        bundle_id: bundle.into(),
        issuer_id: Some(ISSUER.into()),
    };
    let both = [app(HARBOUR, "Harbour", "com.example.harbour"), app(LANTERN, "Lantern", "com.example.lantern")];
    assert_eq!(scene.app.core.keys().unwrap().apps, both);
    assert_eq!(scene.key(&key).apps, AppsSeen::All, "a Team key reaches every app of its team");
    assert_eq!(scene.noted().2.len(), 11, "the listing is one of the requests");
    scene.verify(&[&key]);
    assert_eq!(listings(&scene), 1);
    scene.stage.pass(DAY + 1000);
    scene.verify(&[&key]);
    assert_eq!(listings(&scene), 2);
}

#[test]
fn an_individual_key_reaches_what_its_owner_sees() {
    let (scene, admin, own) = person();
    scene.verify(&[&admin, &own]);
    assert_eq!(scene.key(&own).apps, AppsSeen::Some { ids: vec![HARBOUR.into()] });
    let ask = |app: &str| {
        let question = QuestionRef::Capability { capability: "builds_upload".into() };
        let scope = AppScopeCode::One(app.into());
        let answers = scene.app.core.who_can(&WhoCanRequest { question, scope }).unwrap().answers;
        answers.into_iter().find(|answer| answer.key == own.id).unwrap().value
    };
    assert_eq!((ask(HARBOUR), ask(LANTERN)), (Half::Yes, Half::No), "an app that is not shown is out of reach");

    scene.apple.change(|world| world.set_visible("jonas", Visible::only(&[LANTERN]))).unwrap();
    scene.stage.pass(DAY + 1000);
    scene.verify(&[&own]);
    assert_eq!(scene.key(&own).apps, AppsSeen::Some { ids: vec![LANTERN.into()] });
}

#[test]
fn an_owner_who_sees_no_app_is_not_one_of_whom_nothing_is_known() {
    let (scene, _, own) = person();
    scene.apple.change(|world| world.set_visible("jonas", Visible::only(&[]))).unwrap();
    scene.verify(&[&own]);
    assert_eq!(scene.key(&own).apps, AppsSeen::Some { ids: vec![] });
}

#[test]
fn a_list_that_is_not_whole_is_none() {
    let (scene, key) = one(Role::Admin);
    // The listing is the eleventh request.
    scene.apple.fault(Fault::new(Fails::NextLink("https://www.example.com/".into())).after(10));
    let run = scene.verify(&[&key]);
    assert_eq!((run.verified, listings(&scene)), (1, 1));
    assert_eq!((scene.key(&key).apps, scene.app.core.keys().unwrap().apps), (AppsSeen::Unknown, vec![]));
}
