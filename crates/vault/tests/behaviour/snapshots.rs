//! Snapshots: three, sealed, restorable, and never a way back for what was purged.

use std::fs;

use vault::{DATABASE_FILE, MemoryKeyring, Presence, SnapshotInfo, Unlock, Vault, VaultError, restore_snapshot};

use crate::support::{NOW, PASSPHRASE, create, files, folder, new_key};

/// Ruins the database; what is left says which snapshots there are.
fn damage(dir: &std::path::Path) -> Vec<SnapshotInfo> {
    fs::write(dir.join(DATABASE_FILE), b"this was a database once").unwrap();
    match Vault::inspect(dir).unwrap() {
        Presence::Damaged { snapshots } => snapshots,
        other => panic!("a ruined file was taken for {other:?}"),
    }
}

#[test]
fn the_newest_three_are_kept_and_each_batch_makes_one() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    for seed in 1..=5 {
        vault.insert(&[new_key(seed)], NOW + i64::from(seed)).unwrap();
    }
    vault.insert(&(6..=20).map(new_key).collect::<Vec<_>>(), NOW + 100).unwrap();
    assert_eq!(vault.snapshot_trouble(), None);
    vault.lock();
    let found: Vec<_> = damage(dir.path()).into_iter().map(|snapshot| (snapshot.taken_at, snapshot.keys)).collect();
    assert_eq!(found, [(NOW + 100, 20), (NOW + 5, 5), (NOW + 4, 4)]);
}

#[test]
fn a_clock_set_back_does_not_make_the_newest_snapshot_the_oldest() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    for seed in 1..=4 {
        vault.insert(&[new_key(seed)], NOW - 1000 * i64::from(seed)).unwrap();
    }
    vault.lock();
    assert_eq!(damage(dir.path())[0].keys, 4);
}

#[test]
fn a_restored_snapshot_opens_and_the_damaged_file_is_kept() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&[new_key(1), new_key(2)], NOW).unwrap();
    vault.lock();
    let snapshots = damage(dir.path());

    let missing = restore_snapshot(dir.path(), "../keyfolio.sqlite3", NOW);
    assert!(matches!(missing, Err(VaultError::NoSuchSnapshot)), "{missing:?}");
    let kept = restore_snapshot(dir.path(), &snapshots[0].name, NOW).unwrap().unwrap();
    assert_eq!(kept.file_name().unwrap(), "keyfolio-damaged-20261118-110640.sqlite3");
    assert_eq!(fs::read(kept).unwrap(), b"this was a database once");
    let vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    assert_eq!(vault.keys().unwrap(), stored);
    vault.open_key(stored[1].id).unwrap();
}

#[test]
fn a_lost_database_beside_snapshots_is_damage_not_a_fresh_start() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    create(dir.path(), &keyring).insert(&[new_key(1)], NOW).unwrap();
    fs::remove_file(dir.path().join(DATABASE_FILE)).unwrap();
    let Presence::Damaged { snapshots } = Vault::inspect(dir.path()).unwrap() else {
        panic!("taken for a fresh start")
    };
    assert_eq!(restore_snapshot(dir.path(), &snapshots[0].name, NOW).unwrap(), None);
    assert_eq!(Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap().keys().unwrap().len(), 1);
}

#[test]
fn a_readable_vault_is_never_replaced_by_a_snapshot() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    create(dir.path(), &keyring).lock();
    let name = fs::read_dir(dir.path().join("snapshots")).unwrap().next().unwrap().unwrap().file_name();
    let refused = restore_snapshot(dir.path(), name.to_str().unwrap(), NOW);
    assert!(matches!(refused, Err(VaultError::AlreadyPresent)), "{refused:?}");
}

#[test]
fn a_damaged_snapshot_is_not_offered() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    create(dir.path(), &keyring).lock();
    let snapshot = files(&dir.path().join("snapshots")).remove(0);
    fs::write(snapshot, b"also ruined").unwrap();
    assert_eq!(damage(dir.path()), []);
}

#[test]
fn no_snapshot_outlives_the_purge_of_a_key_it_holds() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&[new_key(1), new_key(2)], NOW).unwrap();
    vault.remove(stored[0].id, NOW).unwrap();
    let ciphertext: Vec<u8> = rusqlite::Connection::open(dir.path().join(DATABASE_FILE))
        .unwrap()
        .query_row("SELECT sealed FROM keys WHERE id = ?1", [stored[0].id.to_string()], |row| row.get(0))
        .unwrap();
    let holders = || -> Vec<_> {
        files(dir.path())
            .into_iter()
            .filter(|path| fs::read(path).unwrap().windows(ciphertext.len()).any(|window| window == ciphertext))
            .collect()
    };
    assert!(holders().len() >= 2, "before: the database (or its log) and a snapshot hold it");
    assert_eq!(vault.purge(stored[0].id, NOW + 9).unwrap().traces_left, None);
    assert_eq!(holders(), Vec::<std::path::PathBuf>::new());
    vault.lock();
    let left: Vec<_> = damage(dir.path()).into_iter().map(|snapshot| (snapshot.taken_at, snapshot.keys)).collect();
    assert_eq!(left, [(NOW + 9, 1)]);
}

#[test]
fn no_snapshot_opens_with_a_passphrase_that_was_changed() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    vault.add_passphrase_slot(PASSPHRASE, NOW).unwrap();
    vault.add_passphrase_slot("the second passphrase", NOW + 1).unwrap();
    vault.lock();
    for snapshot in damage(dir.path()) {
        fs::remove_file(dir.path().join(DATABASE_FILE)).unwrap();
        restore_snapshot(dir.path(), &snapshot.name, NOW).unwrap();
        let old = Vault::open(dir.path(), Unlock::Passphrase(PASSPHRASE), NOW);
        assert!(matches!(old, Err(VaultError::PassphraseWrong)), "{}: {old:?}", snapshot.name);
        fs::write(dir.path().join(DATABASE_FILE), b"ruined again").unwrap();
    }
}
