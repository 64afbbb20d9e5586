//! The folder and the file: rights, pragmas, versions, one owner.

use std::fs;

use rusqlite::Connection;
use vault::{DATABASE_FILE, DataDirLock, LockTrouble, MemoryKeyring, NewSlots, Presence, Unlock, Vault, VaultError};

use crate::support::{NOW, create, folder, new_key};

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_any_of_it() {
    use std::os::unix::fs::PermissionsExt;
    let parent = folder();
    let dir = parent.path().join("data");
    fs::create_dir(&dir).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
    let _lock = DataDirLock::acquire(&dir).unwrap();
    let mut vault = create(&dir, &MemoryKeyring::new());
    vault.insert(&[new_key(1)], NOW).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    assert_eq!(mode(&dir.join("snapshots")), 0o700);
    let found = crate::support::files(&dir);
    assert!(found.iter().any(|path| path.to_string_lossy().ends_with("-wal")), "{found:?}");
    for path in found {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn the_folder_may_have_any_name() {
    let (parent, keyring) = (folder(), MemoryKeyring::new());
    for name in ["Zoë’s Schlüssel (1)", "鍵 – ключ", "مفتاح", "🔑 100%41", "file#x&mode=memory", "it's"]
    {
        let dir = parent.path().join(name).join("vault");
        let _lock = DataDirLock::acquire(&dir).unwrap();
        let mut vault = create(&dir, &keyring);
        let stored = vault.insert(&[new_key(1)], NOW).unwrap();
        vault.lock();
        let vault = Vault::open(&dir, Unlock::Os(&keyring), NOW).unwrap();
        assert_eq!(vault.keys().unwrap(), stored, "{name}");
        assert!(vault.open_key(stored[0].id).is_ok(), "{name}");
    }
}

#[test]
fn a_second_creation_replaces_nothing() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&[new_key(1)], NOW).unwrap();
    vault.lock();
    let again = Vault::create(dir.path(), NewSlots { os: Some(&keyring), passphrase: None }, NOW);
    assert!(matches!(again, Err(VaultError::AlreadyPresent)), "{again:?}");
    assert_eq!(Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap().keys().unwrap(), stored);
}

#[test]
fn nothing_there_is_absent_and_looking_creates_nothing() {
    let dir = folder();
    assert_eq!(Vault::inspect(dir.path()).unwrap(), Presence::Absent);
    assert_eq!(Vault::inspect(&dir.path().join("not yet")).unwrap(), Presence::Absent);
    assert!(matches!(Vault::open(dir.path(), Unlock::Passphrase("irrelevant here"), NOW), Err(VaultError::Absent)));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_newer_vault_is_refused_without_touching_a_byte() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    create(dir.path(), &keyring).lock();
    let path = dir.path().join(DATABASE_FILE);
    let newer = Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 7).unwrap();
    newer.close().unwrap();
    let before = fs::read(&path).unwrap();

    assert_eq!(Vault::inspect(dir.path()).unwrap(), Presence::TooNew { found: 7, known: 4 });
    let opened = Vault::open(dir.path(), Unlock::Os(&keyring), NOW);
    assert!(matches!(opened, Err(VaultError::TooNew { found: 7, known: 4 })), "{opened:?}");
    let created = Vault::create(dir.path(), NewSlots { os: Some(&keyring), passphrase: None }, NOW);
    assert!(matches!(created, Err(VaultError::AlreadyPresent)), "{created:?}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn the_file_says_whose_it_is() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    create(dir.path(), &keyring).lock();
    let header = fs::read(dir.path().join(DATABASE_FILE)).unwrap();
    assert_eq!(&header[68..72], b"Kyfo");
}

#[test]
fn another_programs_database_is_not_taken_for_a_vault() {
    let dir = folder();
    let path = dir.path().join(DATABASE_FILE);
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(Vault::inspect(dir.path()).unwrap(), Presence::Damaged { snapshots: Vec::new() });
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn one_app_per_folder_until_it_ends() {
    let dir = folder();
    let first = DataDirLock::acquire(&dir.path().join("data")).unwrap();
    let second = DataDirLock::acquire(&dir.path().join("data"));
    assert_eq!(second.err(), Some(LockTrouble::AlreadyRunning));
    drop(first);
    DataDirLock::acquire(&dir.path().join("data")).unwrap();
}
