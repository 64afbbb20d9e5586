//! Answers that fit other roles than the recorded ones: said, kept or adopted, never changed by itself.

use asc_access::{Area, AskedHalf, Half, Level, Role};
use asc_sim::Pair;
use keyfolio_core::view::*;

use crate::{HARBOUR, Scene, one, team};

/// A key recorded as App Manager that answers like a Developer.
fn weaker() -> (Scene, KeyView) {
    let (scene, key) = one(Role::AppManager);
    scene.verify(&[&key]);
    assert_eq!(scene.key(&key).attention, []);
    scene.apple.change(|world| world.set_key_roles("2X9R4HXF34", &[Role::Developer])).unwrap();
    scene.verify(&[&key]);
    (scene, key)
}

#[test]
fn another_role_fits_better_and_that_is_said() {
    let (scene, key) = weaker();
    let stored = scene.key(&key);
    assert_eq!((stored.standing.code, stored.attention), (StandingCode::Verified, vec![Attention::RolesDiffer]));
    assert_eq!(stored.roles, [Role::AppManager], "nobody but the user changes a role");
    let fit = scene.check(&key).fit.unwrap();
    assert_eq!(fit.roles, [Role::Developer]);
    assert!(fit.agrees > fit.recorded_agrees && fit.agrees <= fit.of, "{fit:?}");
    let checked = scene.deeds().into_iter().rev().find_map(|deed| match deed {
        Deed::Checked { agree, of, .. } => Some((agree, of)),
        _ => None,
    });
    let (agree, of) = checked.unwrap();
    assert!(agree < of, "the note says that answers and catalogue differ");
}

#[test]
fn keeping_the_recorded_role_ends_the_matter_until_it_is_another() {
    let (scene, key) = weaker();
    scene.app.core.roles_keep(&key.id).unwrap();
    assert_eq!((scene.key(&key).attention, scene.check(&key).fit), (vec![], None));
    assert_eq!(scene.deeds().last(), Some(&Deed::RolesKept { instead_of: vec![Role::Developer] }));
    scene.verify(&[&key]);
    assert_eq!(scene.key(&key).attention, [], "a kept role is kept");
    let deeds = scene.deeds().len();
    scene.app.core.roles_keep(&key.id).unwrap();
    assert_eq!(scene.deeds().len(), deeds, "there is nothing to keep it against");
    let changed = scene.update(&key, KeyPatch { roles: Some(vec![Role::Admin]), ..KeyPatch::default() });
    assert_eq!(changed.attention, [Attention::RolesDiffer]);
}

#[test]
fn adopting_the_role_that_fits_ends_it_too() {
    let (scene, key) = weaker();
    let adopted = scene.update(&key, KeyPatch { roles: Some(vec![Role::Developer]), ..KeyPatch::default() });
    assert_eq!((adopted.attention, scene.check(&key).fit), (vec![], None));
    assert_eq!(adopted.standing.code, StandingCode::Verified, "a role is no part of the identity");
}

#[test]
fn apples_answer_lies_over_the_documented_role_in_one_layer_only() {
    let (scene, key) = weaker();
    let column = [ColumnRef::Key { id: key.id.clone() }];
    let cell = |layer| {
        let ledger = scene.app.core.ledger(&column, layer).unwrap();
        ledger.rows.into_iter().find(|row| row.area == Area::Pricing).unwrap().cells.remove(0)
    };
    let documented = cell(Layer::Documented);
    assert_eq!(documented.read.value, Half::Yes);
    assert!(!documented.contradicted && documented.parts.iter().all(|part| part.observed.is_none()));
    let combined = cell(Layer::Combined);
    assert!(combined.contradicted && combined.read.value != Half::Yes, "{combined:?}");
    assert!(combined.parts.iter().any(|part| part.observed.is_some_and(|answer| answer.at == crate::MORNING)));
    let users = |layer| {
        let ledger = scene.app.core.ledger(&column, layer).unwrap();
        let cell = ledger.rows.into_iter().find(|row| row.area == Area::Users).unwrap().cells.remove(0);
        (cell.read.value, cell.write.value)
    };
    assert_eq!(users(Layer::Observed), (Half::Yes, Half::Unknown), "writing is never tried");
    let grid = |layer| scene.app.core.grid(layer).unwrap().answers[0].cells.iter().map(|cell| cell.level).collect();
    let reach: Vec<Level> = grid(Layer::Combined);
    assert_eq!(reach, scene.key(&key).reach, "the list shows the combined layer");
    assert_ne!(reach, grid(Layer::Documented));
    let question = QuestionRef::Area { area: Area::Users, half: AskedHalf::Read };
    let answers = scene.app.core.who_can(&WhoCanRequest { question, scope: AppScopeCode::Any }).unwrap().answers;
    assert_eq!((answers[0].value, answers[0].basis), (Half::Yes, asc_access::Basis::Observed));
}

#[test]
fn a_guard_is_judged_by_what_apple_answers() {
    let (scene, key) = one(Role::Developer);
    let guard = Guard { area: Area::Users, limit: GuardLimit::Reach };
    let guarded = scene.update(&key, KeyPatch { guards: Some(vec![guard]), ..KeyPatch::default() });
    assert_ne!(guarded.guards[0].state, GuardState::Broken, "the sources do not settle it");
    scene.verify(&[&key]);
    let seen = scene.key(&key);
    assert_eq!(seen.guards[0].state, GuardState::Broken, "it read people");
    assert_eq!(seen.attention, [Attention::GuardBroken { area: Area::Users, limit: GuardLimit::Reach }]);
}

#[test]
fn keys_with_the_same_answers_are_judged_alike_and_others_are_not() {
    let pairs = [Pair::generate(), Pair::generate(), Pair::generate()];
    let ids = ["2X9R4HXF34", "R2N8V5TQ4C", "K9D3WX7PZ2"];
    let own = pairs.iter().zip(ids);
    let own = own.fold(team(), |team, (pair, id)| team.team_key(id, &[Role::Developer], &pair.public_key_der()));
    let scene = Scene::new(own);
    let keys: Vec<_> = pairs.iter().zip(ids).map(|(pair, id)| scene.team_key(pair, id, &[Role::Developer])).collect();
    let kinds = || scene.app.core.grid(Layer::Combined).unwrap().answers.len();
    assert_eq!(kinds(), 1);
    scene.verify(&[&keys[0]]);
    assert_eq!(kinds(), 2);
    assert_eq!(scene.app.core.grid(Layer::Documented).unwrap().answers.len(), 1);
    assert!(scene.apple.requests().iter().any(|one| one.path.contains(HARBOUR)));
}
