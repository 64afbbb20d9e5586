//! Asking about a key on offer: which kind, which team. Nothing is stored by it.

use std::path::Path;
use std::time::Duration;

use asc_access::Role;
use asc_client::Trouble;
use asc_key::{KeyKind, KindBasis};
use asc_sim::{Fault, Front, Pair, Team, Trouble as Fails};
use keyfolio_core::view::*;

use crate::support::choice;
use crate::{ISSUER, OTHER_ISSUER, Scene, one, team, wait_until};

fn candidate(view: &ImportView) -> Candidate {
    match &view.rows[0].verdict {
        RowVerdict::Ready { candidate } | RowVerdict::Conflict { candidate, .. } => candidate.clone(),
        verdict => panic!("not on offer: {verdict:?}"),
    }
}

/// What the window asks about a row that the user has not touched.
fn question(id: u32, row: u32) -> OfferQuestion {
    OfferQuestion { id, row, ..OfferQuestion::default() }
}

/// Offers a file, asks about it and waits for what is found.
fn asked(scene: &Scene, file: &Path) -> (u32, Candidate) {
    let view = scene.app.offer(&[file]);
    let asking = scene.app.core.import_ask(&question(view.id, 0)).unwrap();
    assert!(candidate(&asking).found.is_some());
    loop {
        let found = candidate(&scene.app.core.import_view(view.id).unwrap());
        if found.found != Some(Found::Asking) {
            return (view.id, found);
        }
        let told = scene.app.events.recv_timeout(Duration::from_secs(20)).expect("it is told");
        assert!(matches!(told, AppEvent::ImportChanged { .. } | AppEvent::ActivityChanged), "{told:?}");
    }
}

#[test]
fn an_individual_key_without_a_telling_name_is_found_to_be_one() {
    let pair = Pair::generate();
    let scene = Scene::new(team().individual_key("H4S9KD3WM7", "jonas", &pair.public_key_der()));
    let file = scene.app.file("AuthKey_H4S9KD3WM7.p8", pair.p8());
    let before = candidate(&scene.app.offer(&[&file]));
    assert_eq!((before.kind, before.found), (KeyKind::Team, None));
    let (_, found) = asked(&scene, &file);
    let works_as = WorksAs { kind: KeyKind::Individual, issuer_id: None };
    assert_eq!(found.found, Some(Found::As { works_as }));
    assert_eq!((found.kind, found.kind_basis, found.issuer_id), (KeyKind::Individual, KindBasis::Asked, None));
    assert_eq!(scene.app.core.keys().unwrap().keys, [], "nothing is stored");
}

#[test]
fn a_team_key_is_found_in_a_team_that_is_known_and_added_as_such() {
    let (scene, _) = one(Role::Admin);
    let pair = Pair::generate();
    let key = asc_sim::Key::new("R2N8V5TQ4C", asc_sim::Owner::Team(vec![Role::Developer]), &pair.public_key_der());
    scene.apple.change(|world| world.admit(ISSUER, key.unwrap())).unwrap();
    let (id, found) = asked(&scene, &scene.app.file("AuthKey_R2N8V5TQ4C.p8", pair.p8()));
    assert_eq!((found.kind, found.issuer_id.as_deref()), (KeyKind::Team, Some(ISSUER)));
    let view = scene.app.core.import_view(id).unwrap();
    let commit = ImportCommit { id, choices: vec![choice(&view.rows[0])] };
    let added = scene.app.core.import_commit(&commit).unwrap().added.remove(0);
    assert_eq!(added.issuer_id.as_deref(), Some(ISSUER));
    assert_eq!(scene.verify(&[&added]).verified, 1);
}

#[test]
fn a_key_of_nobody_known_is_told_with_how_much_was_tried() {
    let (scene, _) = one(Role::Admin);
    let (_, found) = asked(&scene, &scene.app.file("AuthKey_N4Q8ZB7LKD.p8", Pair::generate().p8()));
    assert_eq!(found.found, Some(Found::Nobody { tried: 2 }));
    assert_ne!(found.kind_basis, KindBasis::Asked);
}

#[test]
fn one_401_too_many_is_not_believed_here_either() {
    let pair = Pair::generate();
    let scene = Scene::new(team().individual_key("H4S9KD3WM7XB", "jonas", &pair.public_key_der()));
    scene.apple.fault(Fault::new(Fails::Unauthorized));
    let (_, found) = asked(&scene, &scene.app.file("ApiKey_H4S9KD3WM7XB.p8", pair.p8()));
    assert!(matches!(found.found, Some(Found::As { .. })), "{found:?}");
}

#[test]
fn trouble_on_the_way_is_told_and_can_be_tried_again() {
    let pair = Pair::generate();
    let scene = Scene::new(team().individual_key("H4S9KD3WM7XB", "jonas", &pair.public_key_der()));
    scene.apple.front(Front::PlainHttp);
    let file = scene.app.file("ApiKey_H4S9KD3WM7XB.p8", pair.p8());
    let (id, found) = asked(&scene, &file);
    assert!(matches!(found.found, Some(Found::Unreached { trouble: Trouble::Tls { .. } })), "{found:?}");
    scene.apple.front(Front::Good);
    scene.app.core.import_ask(&question(id, 0)).unwrap();
    wait_until("it is found", || {
        matches!(candidate(&scene.app.core.import_view(id).unwrap()).found, Some(Found::As { .. }))
    });
}

#[test]
fn without_a_key_id_there_is_nothing_to_ask_with() {
    let scene = Scene::new(team());
    let view = scene.app.offer(&[&scene.app.file("from-ci.p8", Pair::generate().p8())]);
    assert_eq!(scene.app.core.import_ask(&question(view.id, 0)), Err(IpcError::KeyIdInvalid));
    assert_eq!(scene.app.core.import_ask(&question(view.id, 7)), Err(IpcError::ImportGone));
    assert_eq!(scene.app.core.import_ask(&question(view.id + 1, 0)), Err(IpcError::ImportGone));
    assert_eq!(scene.apple.connections(), 0);
}

#[test]
fn a_key_id_and_an_issuer_that_the_user_typed_are_asked_with() {
    let pair = Pair::generate();
    let scene = Scene::new(Team::new(OTHER_ISSUER, "Quarry").team_key(
        "C6T9PX4WM2",
        &[Role::Developer],
        &pair.public_key_der(),
    ));
    let view = scene.app.offer(&[&scene.app.file("from-ci.p8", pair.p8())]);
    let typed = |key_id: &str, issuer: &str| OfferQuestion {
        key_id: Some(key_id.to_owned()),
        issuer_id: Some(issuer.to_owned()),
        ..question(view.id, 0)
    };
    assert_eq!(scene.app.core.import_ask(&typed("no", OTHER_ISSUER)), Err(IpcError::KeyIdInvalid));
    assert_eq!(scene.app.core.import_ask(&typed("C6T9PX4WM2", "no")), Err(IpcError::IssuerIdInvalid));
    scene.app.core.import_ask(&typed("C6T9PX4WM2", OTHER_ISSUER)).unwrap();
    let works_as = WorksAs { kind: KeyKind::Team, issuer_id: Some(OTHER_ISSUER.to_owned()) };
    wait_until("it is found", || {
        candidate(&scene.app.core.import_view(view.id).unwrap()).found == Some(Found::As { works_as: works_as.clone() })
    });
}

#[test]
fn cancelling_locking_and_adding_meanwhile_are_safe() {
    let scene = Scene::new(team());
    scene.apple.fault(Fault::new(Fails::Silence).always());
    let offer = |name: &str| scene.app.offer(&[&scene.app.file(name, Pair::generate().p8())]);
    let (cancelled, added) = (offer("AuthKey_AAAAAAAAAA.p8"), offer("AuthKey_BBBBBBBBBB.p8"));
    for view in [&cancelled, &added] {
        scene.app.core.import_ask(&question(view.id, 0)).unwrap();
    }
    wait_until("both are asked about", || scene.apple.requests().len() == 2);
    scene.app.core.import_cancel(cancelled.id);
    assert_eq!(scene.app.core.import_view(cancelled.id), Err(IpcError::ImportGone));
    let commit = ImportCommit { id: added.id, choices: vec![choice(&added.rows[0])] };
    assert_eq!(scene.app.core.import_commit(&commit).unwrap().added.len(), 1);
    let locked = offer("AuthKey_CCCCCCCCCC.p8");
    scene.app.core.import_ask(&question(locked.id, 0)).unwrap();
    scene.app.core.vault_lock();
    assert_eq!(scene.app.core.import_view(locked.id), Err(IpcError::ImportGone));
    scene.app.core.vault_unlock(None).unwrap();
    assert_eq!(scene.app.core.keys().unwrap().keys.len(), 1);
}
