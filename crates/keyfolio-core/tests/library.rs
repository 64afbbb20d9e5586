//! Listing, changing and removing keys.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is the test's message")]

mod support;

use asc_access::Role;
use asc_key::KeyKind;
use keyfolio_core::view::*;
use support::{app, native};

fn patch(key: &KeyView, patch: KeyPatch) -> KeyUpdate {
    KeyUpdate { id: key.id.clone(), version: key.version, patch }
}

#[test]
fn a_change_made_on_an_old_version_is_refused() {
    let app = app();
    let key = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    let named =
        app.core.key_update(&patch(&key, KeyPatch { name: Some("One".into()), ..KeyPatch::default() })).unwrap();
    assert_eq!(named.name, "One");
    let stale = app.core.key_update(&patch(&key, KeyPatch { name: Some("Two".into()), ..KeyPatch::default() }));
    assert_eq!(stale, Err(IpcError::ChangedElsewhere));
    assert_eq!(app.core.keys().unwrap().keys[0].name, "One");
}

#[test]
fn an_issuer_id_can_be_set_and_cleared_and_groups_keys_by_team() {
    let app = app();
    let key = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    let issuer = "57246542-96FE-1A63-E053-0824D011A9B3";
    let set = KeyPatch { issuer_id: Some(Some(issuer.into())), ..KeyPatch::default() };
    let key = app.core.key_update(&patch(&key, set)).unwrap();
    assert_eq!(key.issuer_id, Some(issuer.to_lowercase()));
    app.core.issuer_rename(issuer, "Tideline Apps").unwrap();
    let issuers = app.core.keys().unwrap().issuers;
    assert_eq!((issuers[0].name.as_deref(), issuers[0].keys), (Some("Tideline Apps"), 1));
    let clear = KeyPatch { issuer_id: Some(None), ..KeyPatch::default() };
    assert_eq!(app.core.key_update(&patch(&key, clear)).unwrap().issuer_id, None);
}

#[test]
fn a_patch_tells_null_from_absent() {
    let cleared: KeyPatch = serde_json::from_str(r#"{"issuer_id":null}"#).unwrap();
    assert_eq!(cleared.issuer_id, Some(None));
    assert_eq!(serde_json::from_str::<KeyPatch>("{}").unwrap().issuer_id, None);
}

#[test]
fn a_team_key_has_one_role_and_an_individual_key_its_owners() {
    let app = app();
    let key = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    let both = vec![Role::Developer, Role::CustomerSupport];
    let two = KeyPatch { roles: Some(both.clone()), ..KeyPatch::default() };
    assert_eq!(app.core.key_update(&patch(&key, two.clone())), Err(IpcError::TooManyRoles));
    let individual = KeyPatch { kind: Some(KeyKind::Individual), ..two };
    let key = app.core.key_update(&patch(&key, individual)).unwrap();
    assert_eq!(key.roles, both);
    let team = KeyPatch { kind: Some(KeyKind::Team), ..KeyPatch::default() };
    assert_eq!(app.core.key_update(&patch(&key, team)).unwrap().roles, [], "which of the two is not guessed");
}

#[test]
fn removing_a_key_whose_file_is_still_there_can_be_undone_until_the_program_ends() {
    let app = app();
    let file = app.key_file("AuthKey_AAAAAAAAAA.p8");
    let key = app.add(&[&file]).remove(0);
    let check = app.core.key_removal_check(&key.id).unwrap();
    assert_eq!(check, RemovalCheck { only_known_copy: false, copies: vec![native("~/AuthKey_AAAAAAAAAA.p8")] });

    let removal = KeyRemoval { id: key.id.clone(), accept_loss: false };
    app.core.key_remove(&removal).unwrap();
    assert_eq!(app.core.keys().unwrap().keys, []);
    let back = app.core.key_restore(&key.id).unwrap();
    assert_eq!(KeyView { version: key.version, ..back }, key);

    app.core.key_remove(&removal).unwrap();
    let app = app.restarted();
    assert_eq!(app.core.keys().unwrap().keys, []);
    assert_eq!(app.core.key_restore(&key.id), Err(IpcError::KeyNotFound));
}

#[test]
fn the_only_known_copy_is_not_removed_without_asking() {
    let app = app();
    let file = app.key_file("AuthKey_AAAAAAAAAA.p8");
    let key = app.add(&[&file]).remove(0);
    // Another key under the same name is no copy.
    app.key_file("AuthKey_AAAAAAAAAA.p8");
    let removal = KeyRemoval { id: key.id.clone(), accept_loss: false };
    assert_eq!(app.core.key_remove(&removal), Err(IpcError::OnlyKnownCopy));
    assert_eq!(app.core.keys().unwrap().keys.len(), 1);
    app.core.key_remove(&KeyRemoval { accept_loss: true, ..removal }).unwrap();
    assert_eq!(app.core.keys().unwrap().keys, []);
}

#[test]
fn a_copy_seen_later_counts_as_a_copy() {
    let app = app();
    let file = app.key_file("AuthKey_AAAAAAAAAA.p8");
    let key = app.add(&[&file]).remove(0);
    let copy = app.folder.path().join("home/elsewhere.p8");
    std::fs::rename(&file, &copy).unwrap();
    assert!(app.core.key_removal_check(&key.id).unwrap().only_known_copy);
    app.offer(&[&copy]);
    assert_eq!(app.core.key_removal_check(&key.id).unwrap().copies, [native("~/elsewhere.p8")]);
}

#[test]
fn a_removed_key_can_be_imported_again_before_the_undo_ends() {
    let app = app();
    let file = app.key_file("AuthKey_AAAAAAAAAA.p8");
    let key = app.add(&[&file]).remove(0);
    app.core.key_remove(&KeyRemoval { id: key.id.clone(), accept_loss: false }).unwrap();
    let again = app.add(&[&file]).remove(0);
    let undo = app.core.key_restore(&key.id);
    assert!(matches!(undo, Err(IpcError::AlreadyHave { existing }) if existing.id == again.id));
}

#[test]
fn hostile_names_are_kept_as_they_are() {
    let app = app();
    let name = "<img src=x onerror=alert(1)>\u{202e}8p.evil";
    let key = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    let renamed = KeyPatch { name: Some(name.into()), ..KeyPatch::default() };
    assert_eq!(app.core.key_update(&patch(&key, renamed)).unwrap().name, name);
}

#[test]
fn the_ledger_puts_a_key_beside_the_other_kind() {
    let app = app();
    let key = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    let admin = KeyPatch { roles: Some(vec![Role::Admin]), ..KeyPatch::default() };
    let key = app.core.key_update(&patch(&key, admin)).unwrap();
    let other = ColumnRef::Hypothetical { kind: KeyKind::Individual, roles: vec![Role::Admin] };
    let ledger = app.core.ledger(&[ColumnRef::Key { id: key.id.clone() }, other], Layer::Combined).unwrap();
    assert_eq!(ledger.rows.len(), 11);
    assert_eq!(ledger.columns[0].key.as_ref().unwrap().id, key.id);
    let alone = ledger.summary.unwrap().alone;
    assert!(alone[0] >= 3 && alone[1] == 0, "provisioning, sales and finance are closed to the other kind: {alone:?}");
    assert_eq!(key.reach.len(), 11);
}

#[test]
fn only_pages_the_catalogue_cites_can_be_opened() {
    let app = app();
    let cited = asc_access::source_urls().into_iter().next().unwrap();
    assert_eq!(app.core.link_url(&Link::Source(cited.to_string())), Ok(cited));
    let evil = Link::Source("https://evil.example/".into());
    assert_eq!(app.core.link_url(&evil), Err(IpcError::LinkFailed));
}

#[test]
fn a_teams_vendor_number_is_digits_and_nothing_else() {
    let app = app();
    let key = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    let issuer = "57246542-96fe-1a63-e053-0824d011a9b3";
    let set = KeyPatch { issuer_id: Some(Some(issuer.into())), ..KeyPatch::default() };
    app.core.key_update(&patch(&key, set)).unwrap();
    let vendor = || app.core.keys().unwrap().issuers[0].vendor_number.clone();
    assert_eq!(vendor(), None);
    for right in ["8", " 81234567\n", "812345678901"] {
        app.core.issuer_set_vendor(issuer, right).unwrap();
        assert_eq!(vendor().as_deref(), Some(right.trim()));
    }
    for wrong in ["8123456789012", "8123 4567", "812-345", "-1", "８１２", "٨١", "1e9", "81234567x"] {
        assert_eq!(app.core.issuer_set_vendor(issuer, wrong), Err(IpcError::VendorNumberInvalid), "{wrong}");
    }
    assert_eq!(app.core.issuer_set_vendor("no issuer", "8"), Err(IpcError::IssuerIdInvalid));
    assert_eq!(vendor().as_deref(), Some("812345678901"), "what was refused changed nothing");
    app.core.issuer_set_vendor(issuer, " ").unwrap();
    assert_eq!(vendor(), None);
    assert_eq!(app.core.keys().unwrap().issuers[0].agreement_missing, None);
}
