//! Where keys went stays written down, whatever becomes of the keys.

use std::collections::HashMap;
use std::path::PathBuf;

use vault::{
    Change, DATABASE_FILE, Handoff, KeyRecord, MemoryKeyring, Receipt, ReceiptFilter, Unlock, Vault, VaultError,
};

use crate::support::{NOW, create, folder, handoff, new_key};

fn every(vault: &Vault) -> Vec<Receipt> {
    vault.receipts(&ReceiptFilter::default()).unwrap()
}

fn of(vault: &Vault, key: &KeyRecord) -> Vec<String> {
    let filter = ReceiptFilter { key: Some(key.id), ..ReceiptFilter::default() };
    vault.receipts(&filter).unwrap().into_iter().map(|receipt| receipt.handoff.destination).collect()
}

fn hand_off(vault: &mut Vault, handoff: &Handoff) -> Receipt {
    vault.write(NOW, |writing| writing.hand_off(handoff)).unwrap()
}

/// A path this system allows and no text holds.
fn not_unicode() -> PathBuf {
    #[cfg(unix)]
    let name: std::ffi::OsString = std::os::unix::ffi::OsStringExt::from_vec(b"/home/\xff/key.p8".to_vec());
    #[cfg(windows)]
    let name: std::ffi::OsString = std::os::windows::ffi::OsStringExt::from_wide(&[0x43, 0x3a, 0x5c, 0xd800]);
    name.into()
}

#[test]
fn a_receipt_comes_back_as_it_was_written() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let keys = vault.insert(&[new_key(2), new_key(3)], NOW).unwrap();
    let named = handoff(&keys[0], "fastlane", "'; DROP TABLE receipts; --\u{202e}");
    let first = Handoff { path: Some(not_unicode()), ..named };
    let second = Handoff { form: None, path: None, ..handoff(&keys[1], "of another version", "") };
    let written = [hand_off(&mut vault, &second), hand_off(&mut vault, &first)];
    vault.lock();
    let vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    let found = every(&vault);
    assert_eq!(found.iter().rev().cloned().collect::<Vec<_>>(), written, "newest first");
    assert_eq!(found.into_iter().map(|one| one.handoff).collect::<Vec<_>>(), [first, second]);
    assert_eq!(vault.receipts(&ReceiptFilter { tool: Some("fastlane".into()), key: None }).unwrap().len(), 1);
}

#[test]
fn receipts_cannot_be_changed_deleted_or_replaced() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    for destination in ["one", "two"] {
        hand_off(&mut vault, &handoff(&key, "fastlane", destination));
    }
    let before = every(&vault);
    let file = rusqlite::Connection::open(dir.path().join(DATABASE_FILE)).unwrap();
    let columns = "id, at, key, key_name, key_id, key_kind, fingerprint, tool, destination, way, warnings";
    let mut tried: Vec<String> = columns.split(", ").map(|name| format!("UPDATE receipts SET {name} = 7")).collect();
    tried.extend(
        [
            "UPDATE receipts SET form = NULL",
            "UPDATE receipts SET path = NULL",
            "UPDATE receipts SET rowid = 77 WHERE id = 1",
            "UPDATE OR REPLACE receipts SET id = 1 WHERE id = 2",
            "UPDATE receipts SET gone_at = 1, destination = 'elsewhere'",
            "DELETE FROM receipts WHERE id = 1",
            "DELETE FROM receipts",
        ]
        .map(str::to_owned),
    );
    tried.extend(["REPLACE", "INSERT OR IGNORE", "INSERT"].map(|verb| {
        format!("{verb} INTO receipts ({columns}) VALUES (1, 0, '', '', '', '', '', '', 'elsewhere', '', '')")
    }));
    for tried in tried {
        let refused = file.execute(&tried, []).unwrap_err();
        assert!(refused.to_string().contains("receipts are only added to"), "{tried}: {refused}");
    }
    assert_eq!(every(&vault), before);
}

#[test]
fn only_whether_the_key_is_still_there_changes() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    let receipt = hand_off(&mut vault, &handoff(&key, "fastlane", "the old Mac"));
    for gone_at in [Some(NOW + 5), None, Some(NOW + 9)] {
        let changed = vault.write(NOW, |writing| writing.set_gone(receipt.id, gone_at)).unwrap();
        assert_eq!(changed, Receipt { gone_at, ..receipt.clone() });
        assert_eq!(every(&vault), [changed]);
    }
    let missing = vault.write(NOW, |writing| writing.set_gone(77, None));
    assert!(matches!(missing, Err(VaultError::NoSuchReceipt)), "{missing:?}");
}

#[test]
fn they_outlive_the_key_and_find_it_again_when_it_comes_back() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let keys = vault.insert(&[new_key(2), new_key(3)], NOW).unwrap();
    hand_off(&mut vault, &handoff(&keys[0], "fastlane", "the old Mac"));
    hand_off(&mut vault, &handoff(&keys[1], "fastlane", "of another key"));
    vault
        .write(NOW, |writing| {
            let renamed = Change { name: Some("Renamed".to_owned()), ..Change::default() };
            writing.update(keys[0].id, keys[0].version, &renamed)
        })
        .unwrap();
    vault.remove(keys[0].id, NOW).unwrap();
    vault.purge(keys[0].id, NOW).unwrap();
    assert_eq!(of(&vault, &keys[0]), ["the old Mac"]);
    assert_eq!(every(&vault)[1].handoff.key.name, keys[0].name, "as it was called then");

    let again = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    assert_ne!(again.id, keys[0].id);
    hand_off(&mut vault, &handoff(&again, "fastlane", "the new Mac"));
    for key in [&again, &keys[0]] {
        assert_eq!(of(&vault, key), ["the new Mac", "the old Mac"]);
    }
}

#[test]
fn a_key_is_in_a_place_once_until_it_is_said_to_be_gone() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let keys = vault.insert(&[new_key(2), new_key(3)], NOW).unwrap();
    let places = [("fastlane", "Mac"), ("fastlane", "Mac"), ("eas", "Mac"), ("fastlane", "CI")];
    let receipts: Vec<_> =
        places.iter().map(|(tool, place)| hand_off(&mut vault, &handoff(&keys[0], tool, place))).collect();
    let held = |vault: &Vault| vault.places_held().unwrap();
    assert_eq!(held(&vault), HashMap::from([(keys[0].fingerprint, 3)]));
    for (gone, left) in [(0, 3), (1, 2), (2, 1)] {
        vault.write(NOW, |writing| writing.set_gone(receipts[gone].id, Some(NOW))).unwrap();
        assert_eq!(held(&vault), HashMap::from([(keys[0].fingerprint, left)]));
    }
    vault.write(NOW, |writing| writing.set_gone(receipts[3].id, Some(NOW))).unwrap();
    assert_eq!(held(&vault), HashMap::new());
}

#[test]
fn what_is_begun_is_no_receipt_until_it_is_done() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    let (one, two) = (handoff(&key, "fastlane", "one"), handoff(&key, "fastlane", "two"));
    let begun = vault.write(NOW, |writing| Ok([writing.begin_handoff(&one)?, writing.begin_handoff(&two)?])).unwrap();
    vault.remove(key.id, NOW).unwrap();
    vault.purge(key.id, NOW).unwrap();
    vault.lock();
    let mut vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    assert_eq!(vault.handoffs_begun().unwrap(), [(begun[0], one.clone()), (begun[1], two)]);
    assert_eq!((every(&vault).len(), vault.places_held().unwrap().len()), (0, 0));

    let failed: Result<(), _> = vault.write(NOW, |writing| {
        writing.finish_handoff(begun[0])?;
        Err(VaultError::ChangedElsewhere)
    });
    assert!(failed.is_err());
    assert_eq!((every(&vault).len(), vault.handoffs_begun().unwrap().len()), (0, 2));

    let receipt = vault.write(NOW, |writing| writing.finish_handoff(begun[0])).unwrap();
    vault.write(NOW, |writing| writing.drop_handoff(begun[1])).unwrap();
    assert_eq!(every(&vault), [Receipt { id: receipt.id, handoff: one, gone_at: None }]);
    assert_eq!(vault.handoffs_begun().unwrap(), []);
    let twice = vault.write(NOW, |writing| writing.finish_handoff(begun[0]));
    assert!(matches!(twice, Err(VaultError::NoSuchReceipt)), "{twice:?}");
}

#[test]
fn a_receipt_that_cannot_be_read_hides_no_other() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    hand_off(&mut vault, &handoff(&key, "fastlane", "the Mac"));
    let file = rusqlite::Connection::open(dir.path().join(DATABASE_FILE)).unwrap();
    for table in ["receipts", "handoffs_begun"] {
        let row = format!(
            "INSERT INTO {table} (at, key, key_name, key_id, key_kind, fingerprint, tool, destination, way, warnings) \
             VALUES (0, 'no identity', '', '?', 'neither', 'xyz', '', '', '', '')"
        );
        file.execute(&row, []).unwrap();
    }
    assert_eq!(every(&vault).len(), 1);
    assert_eq!(vault.handoffs_begun().unwrap(), []);
    assert_eq!(vault.places_held().unwrap(), HashMap::from([(key.fingerprint, 1)]));
}
