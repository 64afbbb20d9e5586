//! Guards and the reasons to look at a key.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is the test's message")]

mod support;

use asc_access::{Area, Role};
use asc_key::KeyKind;
use keyfolio_core::view::*;
use support::{App, app, choice};

fn key_with(app: &App, name: &str, patch: KeyPatch) -> KeyView {
    let key = app.add(&[&app.key_file(name)]).remove(0);
    update(app, &key, patch)
}

fn update(app: &App, key: &KeyView, patch: KeyPatch) -> KeyView {
    app.core.key_update(&KeyUpdate { id: key.id.clone(), version: key.version, patch }).unwrap()
}

fn guarded(roles: Vec<Role>, guards: Vec<Guard>) -> KeyPatch {
    KeyPatch { roles: Some(roles), guards: Some(guards), ..KeyPatch::default() }
}

const fn reach(area: Area) -> Guard {
    Guard { area, limit: GuardLimit::Reach }
}

const fn write(area: Area) -> Guard {
    Guard { area, limit: GuardLimit::Write }
}

fn states(key: &KeyView) -> Vec<GuardState> {
    key.guards.iter().map(|guard| guard.state).collect()
}

#[test]
fn a_guard_is_broken_when_the_key_can_do_what_it_forbids() {
    let app = app();
    let guards = vec![reach(Area::Finance), write(Area::Finance), write(Area::Provisioning)];
    let key = key_with(&app, "AuthKey_AAAAAAAAAA.p8", guarded(vec![Role::Finance], guards.clone()));
    // Finance reads financial reports; there is nothing to write in them.
    assert_eq!(states(&key)[..2], [GuardState::Broken, GuardState::Holds]);
    assert!(key.attention.contains(&Attention::GuardBroken { area: Area::Finance, limit: GuardLimit::Reach }));

    let admin = update(&app, &key, guarded(vec![Role::Admin], guards));
    assert_eq!(states(&admin), [GuardState::Broken, GuardState::Holds, GuardState::Broken]);
}

#[test]
fn a_guard_that_holds_asks_for_no_attention() {
    let app = app();
    let guards = vec![reach(Area::Finance), reach(Area::Sales)];
    let key = key_with(&app, "AuthKey_AAAAAAAAAA.p8", guarded(vec![Role::Developer], guards));
    assert_eq!(states(&key), [GuardState::Holds, GuardState::Holds]);
    assert_eq!(key.attention, []);
}

#[test]
fn without_a_known_role_a_guard_stays_open_unless_the_kind_alone_closes_the_area() {
    let app = app();
    let key = key_with(&app, "AuthKey_AAAAAAAAAA.p8", guarded(vec![], vec![reach(Area::Finance)]));
    assert_eq!((states(&key), key.attention.as_slice()), (vec![GuardState::Open], [].as_slice()));
    let individual = KeyPatch { kind: Some(KeyKind::Individual), ..KeyPatch::default() };
    assert_eq!(states(&update(&app, &key, individual)), [GuardState::Holds]);
}

#[test]
fn guards_survive_a_restart_follow_the_role_and_stand_once() {
    let app = app();
    let guards = vec![write(Area::Users), reach(Area::Finance), write(Area::Users)];
    let key = key_with(&app, "AuthKey_AAAAAAAAAA.p8", guarded(vec![Role::Developer], guards));
    let app = app.restarted();
    let kept = app.core.keys().unwrap().keys.remove(0);
    assert_eq!(kept, key);
    let pinned: Vec<_> = kept.guards.iter().map(|guard| (guard.area, guard.limit)).collect();
    assert_eq!(pinned, [(Area::Users, GuardLimit::Write), (Area::Finance, GuardLimit::Reach)]);

    let promoted = update(&app, &kept, KeyPatch { roles: Some(vec![Role::Admin]), ..KeyPatch::default() });
    assert_eq!(states(&promoted), [GuardState::Broken, GuardState::Broken]);
    let freed = update(&app, &promoted, KeyPatch { guards: Some(vec![]), ..KeyPatch::default() });
    assert_eq!((freed.guards.as_slice(), freed.attention.as_slice()), ([].as_slice(), [].as_slice()));
}

#[test]
fn a_key_id_claimed_twice_wants_to_be_looked_at_on_both_keys() {
    let app = app();
    app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]);
    let view = app.offer(&[&app.key_file("again/AuthKey_AAAAAAAAAA.p8")]);
    let both = ImportChoice { conflict: Some(ConflictChoice::KeepBoth), ..choice(&view.rows[0]) };
    app.core.import_commit(&ImportCommit { id: view.id, choices: vec![both] }).unwrap();
    for key in app.core.keys().unwrap().keys {
        assert_eq!(key.attention, [Attention::KeyIdTwice]);
    }
}

#[test]
fn a_key_named_like_another_services_wants_to_be_looked_at() {
    let app = app();
    let view = app.offer(&[&app.key_file("SubscriptionKey_AAAAAAAAAA.p8")]);
    let outcome = app.core.import_commit(&ImportCommit { id: view.id, choices: vec![choice(&view.rows[0])] }).unwrap();
    assert_eq!(outcome.added[0].attention, [Attention::LookAlike]);
}
