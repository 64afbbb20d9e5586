//! First start, locking, unlocking, and a keyring that misbehaves.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::sync::Arc;

use keyfolio_core::view::*;
use support::{App, app, start};
use tempfile::TempDir;
use vault::{KeyringTrouble, MemoryKeyring, SlotKind};

const PASSPHRASE: &str = "correct horse battery";

fn first_start_without_keyring() -> App {
    let keyring = Arc::new(MemoryKeyring::new());
    keyring.set_trouble(Some(KeyringTrouble::NoService));
    let app = start(Arc::new(TempDir::new().unwrap()), keyring);
    app.core.open_now();
    app
}

#[test]
fn a_first_start_with_a_keyring_asks_for_nothing() {
    assert_eq!(app().core.status().vault, VaultStatus::Open { slots: vec![SlotKind::Os] });
}

#[test]
fn a_first_start_without_a_keyring_says_so_and_offers_a_passphrase() {
    let app = first_start_without_keyring();
    assert_eq!(app.core.status().vault, VaultStatus::NeedsSetup { trouble: KeyringTrouble::NoService });
    assert_eq!(app.core.keys(), Err(IpcError::VaultNotSetUp));
    assert_eq!(app.core.vault_create("short"), Err(IpcError::PassphraseTooShort { minimum: 12 }));
    let status = app.core.vault_create(PASSPHRASE).unwrap();
    assert_eq!(status.vault, VaultStatus::Open { slots: vec![SlotKind::Passphrase] });
}

#[test]
fn a_keyring_that_comes_to_life_is_used_without_a_restart() {
    let app = first_start_without_keyring();
    app.keyring.set_trouble(None);
    let status = app.core.vault_unlock(None).unwrap();
    assert_eq!(status.vault, VaultStatus::Open { slots: vec![SlotKind::Os] });
}

#[test]
fn a_passphrase_vault_opens_with_the_passphrase_and_nothing_else() {
    let app = first_start_without_keyring();
    app.core.vault_create(PASSPHRASE).unwrap();
    app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]);
    let app = app.restarted();
    let locked = VaultStatus::Locked { slots: vec![SlotKind::Passphrase], reason: LockReason::Start, trouble: None };
    assert_eq!(app.core.status().vault, locked);
    assert_eq!(app.core.vault_unlock(Some("wrong horse battery")), Err(IpcError::PassphraseWrong));
    assert_eq!(app.core.keys(), Err(IpcError::VaultLocked));
    app.core.vault_unlock(Some(PASSPHRASE)).unwrap();
    assert_eq!(app.core.keys().unwrap().keys.len(), 1);
}

#[test]
fn a_locked_vault_lists_nothing_until_it_is_unlocked() {
    let app = app();
    app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]);
    let status = app.core.vault_lock();
    assert!(matches!(status.vault, VaultStatus::Locked { reason: LockReason::User, .. }));
    assert_eq!(app.core.keys(), Err(IpcError::VaultLocked));
    app.core.vault_unlock(None).unwrap();
    assert_eq!(app.core.keys().unwrap().keys.len(), 1);
}

#[test]
fn whatever_the_keyring_says_the_keys_are_there_when_it_works_again() {
    use KeyringTrouble::{
        EntryMissing, Interrupted, Locked, NoCollection, NoService, NotResponding, PromptDismissed, Refused,
    };
    let mut app = app();
    app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]);
    for trouble in [NoService, NoCollection, Locked, PromptDismissed, Interrupted, NotResponding, EntryMissing, Refused]
    {
        app.keyring.set_trouble(Some(trouble));
        app = app.restarted();
        let locked =
            VaultStatus::Locked { slots: vec![SlotKind::Os], reason: LockReason::Keyring, trouble: Some(trouble) };
        assert_eq!(app.core.status().vault, locked);
        app.keyring.set_trouble(None);
        app.core.vault_unlock(None).unwrap();
        assert_eq!(app.core.keys().unwrap().keys.len(), 1, "after {trouble}");
    }
}

#[test]
fn a_second_way_in_works_when_the_keyring_is_gone() {
    let app = app();
    app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]);
    app.core.vault_add_passphrase(PASSPHRASE).unwrap();
    app.keyring.set_trouble(Some(KeyringTrouble::NoService));
    let app = app.restarted();
    app.core.vault_unlock(Some(PASSPHRASE)).unwrap();
    assert_eq!(app.core.keys().unwrap().keys.len(), 1);
}

#[test]
fn a_damaged_vault_is_kept_and_a_snapshot_takes_its_place() {
    let app = app();
    app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]);
    let App { core, folder, keyring, .. } = app;
    core.close();
    drop(core);
    let file = folder.path().join("data").join(vault::DATABASE_FILE);
    std::fs::write(&file, b"not a database any more, and nobody knows why").unwrap();

    let app = start(folder, keyring);
    app.core.open_now();
    let VaultStatus::Damaged { snapshots } = app.core.status().vault else { panic!("damage is noticed") };
    assert_eq!(snapshots[0].keys, 1);
    app.core.vault_restore_snapshot(&snapshots[0].name).unwrap();
    assert_eq!(app.core.keys().unwrap().keys.len(), 1);
    let kept = std::fs::read_dir(app.folder.path().join("data")).unwrap().flatten();
    let kept = kept.filter(|entry| std::fs::read(entry.path()).is_ok_and(|bytes| bytes.starts_with(b"not a database")));
    assert_eq!(kept.count(), 1, "the damaged file is kept");
}

#[test]
fn the_appearance_is_remembered() {
    let app = app();
    assert_eq!(app.core.status().appearance, Appearance::System);
    app.core.set_appearance(Appearance::Dark).unwrap();
    assert_eq!(app.restarted().core.status().appearance, Appearance::Dark);
}

#[test]
fn a_dismissed_hint_stays_away() {
    let app = app();
    assert_eq!(app.core.status().hints_seen, []);
    app.core.hint_seen(Hint::ReachStrip).unwrap();
    app.core.hint_seen(Hint::ReachStrip).unwrap();
    assert_eq!(app.restarted().core.status().hints_seen, [Hint::ReachStrip]);
}

#[test]
fn a_hint_of_a_newer_version_is_kept_for_it() {
    let folder = Arc::new(TempDir::new().unwrap());
    let file = folder.path().join("data/preferences.json");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, r#"{"appearance":"dark","hints_seen":["from_the_future"]}"#).unwrap();
    let app = start(folder, Arc::new(MemoryKeyring::new()));
    assert_eq!((app.core.appearance(), app.core.status().hints_seen), (Appearance::Dark, vec![]));
    app.core.hint_seen(Hint::ReachStrip).unwrap();
    let written: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(written["hints_seen"], serde_json::json!(["from_the_future", "reach_strip"]));
}

#[test]
fn at_first_keys_are_checked_when_added_and_not_again_by_themselves() {
    let folder = Arc::new(TempDir::new().unwrap());
    // With a data folder there is no preference of the tests' own.
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let app = start(folder, Arc::new(MemoryKeyring::new()));
    assert_eq!(app.core.status().asking, Asking { on_add: true, recheck: Recheck::Off });
}

#[test]
fn when_apple_is_asked_is_remembered_and_noted() {
    let app = app();
    let chosen = Asking { on_add: false, recheck: Recheck::Monthly };
    app.core.set_asking(chosen).unwrap();
    app.core.set_asking(chosen).unwrap();
    let app = app.restarted();
    assert_eq!(app.core.status().asking, chosen);
    let noted = app.core.activity(&ActivityQuery::default()).unwrap().entries;
    let noted: Vec<_> = noted.into_iter().filter(|entry| matches!(entry.deed, Deed::AskingChanged { .. })).collect();
    assert_eq!(noted.len(), 1, "choosing the same again is no change");
    assert_eq!(noted[0].deed, Deed::AskingChanged { asking: chosen });
}

#[test]
fn a_choice_made_while_the_vault_is_closed_is_noted_when_it_opens() {
    let app = app();
    app.core.vault_lock();
    let chosen = Asking { on_add: false, recheck: Recheck::Weekly };
    app.core.set_asking(chosen).unwrap();
    app.core.vault_unlock(None).unwrap();
    let noted = app.core.activity(&ActivityQuery::default()).unwrap().entries;
    assert_eq!(noted[1].deed, Deed::AskingChanged { asking: chosen });
}

#[test]
fn a_preference_of_a_newer_version_is_kept_for_it_and_changes_no_other() {
    let folder = Arc::new(TempDir::new().unwrap());
    let file = folder.path().join("data/preferences.json");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let newer = r#"{"asking":{"on_add":false,"recheck":"hourly","quietly":true},"sound":{"volume":3}}"#;
    std::fs::write(&file, newer).unwrap();
    let app = start(folder, Arc::new(MemoryKeyring::new()));
    assert_eq!(app.core.status().asking, Asking { on_add: false, recheck: Recheck::Off });
    let written = || serde_json::from_slice::<serde_json::Value>(&std::fs::read(&file).unwrap()).unwrap();
    app.core.set_appearance(Appearance::Dark).unwrap();
    assert_eq!(written()["asking"], serde_json::json!({ "on_add": false, "recheck": "hourly", "quietly": true }));
    app.core.set_asking(Asking { on_add: true, recheck: Recheck::Weekly }).unwrap();
    assert_eq!(written()["asking"], serde_json::json!({ "on_add": true, "recheck": "weekly", "quietly": true }));
    assert_eq!(written()["sound"]["volume"], 3);
}

#[test]
fn how_long_a_secret_stays_on_the_clipboard_is_one_of_three() {
    let app = app();
    assert_eq!(app.core.status().clipboard_seconds, 60);
    for seconds in [30, 90, 60, 90] {
        app.core.set_clipboard_seconds(seconds).unwrap();
        assert_eq!(app.core.status().clipboard_seconds, seconds);
    }
    for seconds in [0, 29, 31, 120, u32::MAX] {
        assert_eq!(app.core.set_clipboard_seconds(seconds), Err(IpcError::Internal));
    }
    assert_eq!(app.restarted().core.status().clipboard_seconds, 90);
}

#[test]
fn a_time_on_the_clipboard_that_only_a_newer_version_knows_is_kept_for_it() {
    for newer in [serde_json::json!(600), serde_json::json!("until_pasted"), serde_json::json!({ "after": 1 })] {
        let folder = Arc::new(TempDir::new().unwrap());
        let file = folder.path().join("data/preferences.json");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let chosen = serde_json::json!({ "appearance": "dark", "clipboard_seconds": newer });
        std::fs::write(&file, chosen.to_string()).unwrap();
        let app = start(folder, Arc::new(MemoryKeyring::new()));
        assert_eq!((app.core.appearance(), app.core.status().clipboard_seconds), (Appearance::Dark, 60));
        app.core.set_appearance(Appearance::Light).unwrap();
        let written: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        assert_eq!(written["clipboard_seconds"], newer);
    }
}
