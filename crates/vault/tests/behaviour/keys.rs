//! Storing, finding, changing, removing and bringing back keys.

use std::ffi::OsString;
use std::path::PathBuf;

use asc_key::KeyKind;
use uuid::Uuid;
use vault::{Change, MemoryKeyring, Unlock, Vault, VaultError};

use crate::support::{NOW, create, folder, new_key, private_key};

fn scene() -> (tempfile::TempDir, MemoryKeyring, Vault) {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let vault = create(dir.path(), &keyring);
    (dir, keyring, vault)
}

#[test]
fn what_was_stored_is_there_after_a_restart_with_its_secret() {
    let (dir, keyring, mut vault) = scene();
    let stored = vault.insert(&[new_key(2), new_key(3)], NOW).unwrap();
    vault.lock();

    let vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    assert_eq!(vault.keys().unwrap(), stored);
    for (seed, record) in [(2, &stored[0]), (3, &stored[1])] {
        let (expected, opened) = (private_key(seed), vault.open_key(record.id).unwrap());
        assert_eq!(*opened.to_pkcs8_der(), *expected.to_pkcs8_der());
        assert_eq!(record.fingerprint, expected.fingerprint());
        assert_eq!(record.name, format!("Throwaway {seed}"));
        assert_eq!((record.version, record.added_at, record.removed_at), (1, NOW, None));
    }
    assert_eq!((stored[0].kind, stored[0].roles.as_slice()), (KeyKind::Team, ["APP_MANAGER".to_owned()].as_slice()));
    assert_eq!((stored[1].kind, stored[1].issuer_id.is_none()), (KeyKind::Individual, true));
}

#[test]
fn the_same_key_is_refused_and_nothing_of_the_batch_is_stored() {
    let (_dir, _, mut vault) = scene();
    let first = vault.insert(&[new_key(1)], NOW).unwrap();
    let again = vault.insert(&[new_key(2), new_key(1)], NOW);
    assert!(matches!(again, Err(VaultError::AlreadyHave { existing }) if existing == first[0].id), "{again:?}");
    assert_eq!(vault.keys().unwrap(), first);
    let twice = vault.insert(&[new_key(5), new_key(5)], NOW);
    assert!(matches!(twice, Err(VaultError::AlreadyHave { .. })), "{twice:?}");
}

#[test]
fn a_key_is_found_by_its_fingerprint_and_by_its_key_id() {
    let (_dir, _, mut vault) = scene();
    let mut namesake = new_key(2);
    namesake.key_id = new_key(1).key_id;
    let stored = vault.insert(&[new_key(1), namesake], NOW).unwrap();
    assert_eq!(vault.find_by_fingerprint(&private_key(2).fingerprint()).unwrap().as_ref(), Some(&stored[1]));
    assert_eq!(vault.find_by_fingerprint(&private_key(9).fingerprint()).unwrap(), None);
    assert_eq!(vault.find_by_key_id(&stored[0].key_id).unwrap(), stored);
}

#[test]
fn a_change_keeps_what_it_does_not_name_and_counts_the_version_up() {
    let (_dir, _, mut vault) = scene();
    let before = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    let change = Change {
        name: Some("CI".to_owned()),
        issuer_id: Some(None),
        tags: Some(vec!["build".to_owned(), "\"quoted\"".to_owned()]),
        archived: Some(true),
        ..Change::default()
    };
    let after = vault.update(before.id, 1, &change, NOW + 5).unwrap();
    assert_eq!(vault.key(before.id).unwrap(), after);
    let expected = vault::KeyRecord {
        version: 2,
        name: "CI".to_owned(),
        issuer_id: None,
        tags: vec!["build".to_owned(), "\"quoted\"".to_owned()],
        archived_at: Some(NOW + 5),
        ..before
    };
    assert_eq!(after, expected);

    let later = vault.update(after.id, 2, &Change { archived: Some(true), ..Change::default() }, NOW + 9).unwrap();
    assert_eq!(later.archived_at, Some(NOW + 5), "archiving again keeps the day");
    let out = vault.update(after.id, 3, &Change { archived: Some(false), ..Change::default() }, NOW + 9).unwrap();
    assert_eq!(out.archived_at, None);
}

#[test]
fn a_stale_change_is_refused_and_writes_nothing() {
    let (_dir, _, mut vault) = scene();
    let id = vault.insert(&[new_key(1)], NOW).unwrap()[0].id;
    let rename = |name: &str| Change { name: Some(name.to_owned()), ..Change::default() };
    vault.update(id, 1, &rename("first"), NOW).unwrap();
    assert!(matches!(vault.update(id, 1, &rename("second"), NOW), Err(VaultError::ChangedElsewhere)));
    assert_eq!(vault.key(id).unwrap().name, "first");
    assert!(matches!(vault.update(Uuid::nil(), 1, &rename("none"), NOW), Err(VaultError::KeyNotFound)));
}

#[test]
fn a_corrected_key_id_keeps_the_secret_openable() {
    let (dir, keyring, mut vault) = scene();
    let id = vault.insert(&[new_key(1)], NOW).unwrap()[0].id;
    let change = Change { key_id: Some("CORRECTED1".parse().unwrap()), ..Change::default() };
    vault.update(id, 1, &change, NOW).unwrap();
    vault.lock();
    let vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    assert_eq!(vault.key(id).unwrap().key_id.as_str(), "CORRECTED1");
    assert_eq!(vault.open_key(id).unwrap().fingerprint(), private_key(1).fingerprint());
}

#[test]
fn a_removed_key_leaves_the_list_and_comes_back_whole() {
    let (_dir, _, mut vault) = scene();
    let stored = vault.insert(&[new_key(1), new_key(2)], NOW).unwrap();
    vault.remove(stored[0].id, NOW + 1).unwrap();
    assert_eq!(vault.keys().unwrap(), stored[1..]);
    assert_eq!(vault.removed().unwrap()[0].removed_at, Some(NOW + 1));
    assert!(matches!(vault.remove(stored[0].id, NOW), Err(VaultError::KeyNotFound)));
    assert_eq!(vault.find_by_fingerprint(&stored[0].fingerprint).unwrap().unwrap().id, stored[0].id);

    let back = vault.write(NOW, |writing| writing.restore(stored[0].id)).unwrap();
    assert_eq!(back, vault::KeyRecord { version: 3, ..stored[0].clone() });
    assert_eq!(vault.open_key(back.id).unwrap().fingerprint(), back.fingerprint);
    assert_eq!(vault.sources(back.id).unwrap(), new_key(1).sources);
    assert!(matches!(vault.write(NOW, |writing| writing.restore(back.id)), Err(VaultError::KeyNotFound)));
}

#[test]
fn a_removed_key_that_was_stored_again_does_not_come_back_twice() {
    let (_dir, _, mut vault) = scene();
    let old = vault.insert(&[new_key(1)], NOW).unwrap()[0].id;
    vault.remove(old, NOW).unwrap();
    let new = vault.insert(&[new_key(1)], NOW).unwrap()[0].id;
    assert!(
        matches!(vault.write(NOW, |writing| writing.restore(old)), Err(VaultError::AlreadyHave { existing }) if existing == new)
    );
    assert_eq!(vault.find_by_fingerprint(&private_key(1).fingerprint()).unwrap().unwrap().id, new);
}

#[test]
fn a_key_that_takes_anothers_place_archives_it_with_the_same_stroke() {
    let (_dir, _, mut vault) = scene();
    let old = vault.insert(&[new_key(1)], NOW).unwrap()[0].id;
    let replacement = vault::NewKey { archives: Some(old), ..new_key(2) };
    let new = vault.insert(&[replacement], NOW + 1).unwrap()[0].id;
    assert_eq!(vault.key(old).unwrap().archived_at, Some(NOW + 1));
    assert_eq!(vault.key(new).unwrap().archived_at, None);
    assert!(vault.removed().unwrap().is_empty());

    vault.remove(old, NOW).unwrap();
    let gone = vault::NewKey { archives: Some(old), ..new_key(3) };
    assert!(matches!(vault.insert(&[gone], NOW), Err(VaultError::KeyNotFound)));
    assert_eq!(vault.keys().unwrap().len(), 1, "neither the new key nor the archiving is there");
}

#[test]
fn only_removed_keys_can_be_purged_and_then_they_are_gone() {
    let (_dir, _, mut vault) = scene();
    let stored = vault.insert(&[new_key(1), new_key(2), new_key(3)], NOW).unwrap();
    assert!(matches!(vault.purge(stored[0].id, NOW), Err(VaultError::KeyNotFound)));
    vault.remove(stored[0].id, NOW).unwrap();
    vault.remove(stored[1].id, NOW).unwrap();
    assert_eq!(vault.purge(stored[0].id, NOW).unwrap(), vault::Purged { keys: 1, traces_left: None });
    assert!(matches!(vault.open_key(stored[0].id), Err(VaultError::KeyNotFound)));
    assert_eq!(vault.purge_all_removed(NOW).unwrap(), vault::Purged { keys: 1, traces_left: None });
    assert_eq!(vault.purge_all_removed(NOW).unwrap().keys, 0);
    assert!(vault.removed().unwrap().is_empty());
    assert_eq!(vault.keys().unwrap(), stored[2..]);
}

/// A path that is no Unicode: stray bytes on Linux and macOS, half of a surrogate pair on Windows.
fn odd_path() -> PathBuf {
    #[cfg(unix)]
    let odd: OsString = std::os::unix::ffi::OsStringExt::from_vec(b"/home/\xff\xfe/AuthKey.p8".to_vec());
    #[cfg(windows)]
    let odd: OsString = std::os::windows::ffi::OsStringExt::from_wide(&[0x43, 0x3a, 0x5c, 0xd800, 0x2e, 0x70, 0x38]);
    odd.into()
}

#[test]
fn a_path_that_is_not_unicode_comes_back_as_it_was() {
    let (_dir, _, mut vault) = scene();
    let odd = odd_path();
    assert!(odd.to_str().is_none());
    let id = vault.insert(&[vault::NewKey { sources: vec![odd.clone()], ..new_key(1) }], NOW).unwrap()[0].id;
    vault.add_source(id, &odd, NOW + 1).unwrap();
    vault.add_source(id, &PathBuf::from("/later"), NOW + 2).unwrap();
    assert_eq!(vault.sources(id).unwrap(), [odd, PathBuf::from("/later")]);
    assert!(matches!(vault.add_source(Uuid::nil(), &PathBuf::from("/x"), NOW), Err(VaultError::KeyNotFound)));
}

#[test]
fn issuers_keep_their_names() {
    let (_dir, _, mut vault) = scene();
    let issuer = new_key(2).issuer_id.unwrap();
    vault.write(NOW, |writing| writing.set_issuer_name(&issuer, Some("Example Ltd"))).unwrap();
    vault.write(NOW, |writing| writing.set_issuer_name(&issuer, Some("Example GmbH"))).unwrap();
    assert_eq!(vault.issuers().unwrap()[&issuer].name.as_deref(), Some("Example GmbH"));
    vault.write(NOW, |writing| writing.set_issuer_name(&issuer, None)).unwrap();
    assert_eq!(vault.issuers().unwrap()[&issuer].name, None);
}
