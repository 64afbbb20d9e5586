//! A vault of the first version of the app, opened by this one.

use std::fs;

use tempfile::TempDir;
use vault::{Change, DATABASE_FILE, KeyRecord, MemoryKeyring, Presence, Unlock, Vault, VaultError, restore_snapshot};

use crate::support::{NOW, as_schema_1, create, files, folder, new_key, schema_of};

/// A vault of schema 1 with two keys (one of them edited), a removed one and a named team, and what it listed.
fn of_the_first_version() -> (TempDir, MemoryKeyring, Vec<KeyRecord>) {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&[new_key(1), new_key(2), new_key(3)], NOW).unwrap();
    let change = Change { notes: Some("from before".into()), tags: Some(vec!["ci".into()]), ..Change::default() };
    vault.update(stored[1].id, 1, &change, NOW).unwrap();
    vault
        .write(NOW, |writing| writing.set_issuer_name(stored[1].issuer_id.as_ref().unwrap(), Some("Tideline Apps")))
        .unwrap();
    vault.remove(stored[2].id, NOW).unwrap();
    let listed = vault.keys().unwrap();
    vault.lock();
    as_schema_1(dir.path());
    assert_eq!(schema_of(&dir.path().join(DATABASE_FILE)), (1, false));
    (dir, keyring, listed)
}

#[test]
fn everything_in_it_is_there_and_can_be_guarded() {
    let (dir, keyring, listed) = of_the_first_version();
    let mut vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    assert_eq!(vault.keys().unwrap(), listed);
    assert_eq!((vault.removed().unwrap().len(), vault.unreadable_rows().unwrap()), (1, 0));
    assert_eq!(
        vault.issuers().unwrap().into_values().map(|team| team.name).collect::<Vec<_>>(),
        [Some("Tideline Apps".to_owned())]
    );
    for record in &listed {
        assert_eq!(record.guards, [""; 0]);
        assert_eq!(vault.open_key(record.id).unwrap().fingerprint(), record.fingerprint);
        assert_eq!(vault.sources(record.id).unwrap().len(), 1);
    }
    let guarded = Change { guards: Some(vec!["finance:reach".into()]), ..Change::default() };
    vault.update(listed[0].id, listed[0].version, &guarded, NOW).unwrap();
    vault.lock();
    let vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    assert_eq!(vault.key(listed[0].id).unwrap().guards, ["finance:reach"]);
}

#[test]
fn what_it_was_is_kept_as_a_snapshot_that_opens() {
    let (dir, keyring, listed) = of_the_first_version();
    Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap().lock();
    let snapshots = files(&dir.path().join("snapshots"));
    assert_eq!(snapshots.iter().map(|path| schema_of(path)).collect::<Vec<_>>(), [(1, false)]);
    assert_eq!(schema_of(&dir.path().join(DATABASE_FILE)), (2, true));

    fs::write(dir.path().join(DATABASE_FILE), b"ruined").unwrap();
    let Presence::Damaged { snapshots } = Vault::inspect(dir.path()).unwrap() else { panic!("damage is noticed") };
    restore_snapshot(dir.path(), &snapshots[0].name, NOW).unwrap();
    assert_eq!(Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap().keys().unwrap(), listed);
}

#[test]
fn without_room_for_the_snapshot_it_stays_what_it_was() {
    let (dir, keyring, _) = of_the_first_version();
    // Something else sits where snapshots go.
    fs::write(dir.path().join("snapshots"), b"in the way").unwrap();
    let opened = Vault::open(dir.path(), Unlock::Os(&keyring), NOW);
    assert!(matches!(opened, Err(VaultError::Disk(_))), "{opened:?}");
    assert_eq!(schema_of(&dir.path().join(DATABASE_FILE)), (1, false));
}

#[test]
fn the_wrong_key_changes_nothing() {
    let (dir, _, _) = of_the_first_version();
    let opened = Vault::open(dir.path(), Unlock::Os(&MemoryKeyring::new()), NOW);
    assert!(matches!(opened, Err(VaultError::Keyring(_))), "{opened:?}");
    assert_eq!(schema_of(&dir.path().join(DATABASE_FILE)), (1, false));
    assert!(!dir.path().join("snapshots").exists());
}
