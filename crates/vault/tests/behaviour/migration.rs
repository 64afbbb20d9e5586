//! A vault of an older version of the app, opened by this one.

use std::fs;

use tempfile::TempDir;
use vault::{
    Change, CheckOutcome, DATABASE_FILE, Entries, EntryFilter, KeyRecord, MemoryKeyring, Presence, ReceiptFilter,
    Unlock, Vault, VaultError, restore_snapshot,
};

use crate::support::{NOW, answer, as_schema, create, files, folder, handoff, new_key, note, schema_of, settled};

/// The schemas there were before this one.
const OLDER: [usize; 3] = [1, 2, 3];

/// The schema of today.
const NEWEST: (i64, i64) = (4, 4);

fn pair(number: usize) -> (i64, i64) {
    let number = i64::try_from(number).unwrap();
    (number, number)
}

/// A vault of an older schema with two keys (one of them edited), a removed one and a named team, and what it listed.
fn of_schema(number: usize) -> (TempDir, MemoryKeyring, Vec<KeyRecord>) {
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
    as_schema(number, dir.path());
    assert_eq!(schema_of(&dir.path().join(DATABASE_FILE)), pair(number));
    (dir, keyring, listed)
}

#[test]
fn everything_in_it_is_there_and_can_be_guarded() {
    for number in OLDER {
        let (dir, keyring, listed) = of_schema(number);
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
}

#[test]
fn what_it_was_is_kept_as_a_snapshot_that_opens() {
    for number in OLDER {
        let (dir, keyring, listed) = of_schema(number);
        Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap().lock();
        let snapshots = files(&dir.path().join("snapshots"));
        assert_eq!(snapshots.iter().map(|path| schema_of(path)).collect::<Vec<_>>(), [pair(number)]);
        assert_eq!(schema_of(&dir.path().join(DATABASE_FILE)), NEWEST);

        fs::write(dir.path().join(DATABASE_FILE), b"ruined").unwrap();
        let Presence::Damaged { snapshots } = Vault::inspect(dir.path()).unwrap() else { panic!("damage is noticed") };
        restore_snapshot(dir.path(), &snapshots[0].name, NOW).unwrap();
        assert_eq!(Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap().keys().unwrap(), listed);
    }
}

#[test]
fn without_room_for_the_snapshot_it_stays_what_it_was() {
    for number in OLDER {
        let (dir, keyring, _) = of_schema(number);
        // Something else sits where snapshots go.
        fs::write(dir.path().join("snapshots"), b"in the way").unwrap();
        let opened = Vault::open(dir.path(), Unlock::Os(&keyring), NOW);
        assert!(matches!(opened, Err(VaultError::Disk(_))), "{opened:?}");
        assert_eq!(schema_of(&dir.path().join(DATABASE_FILE)), pair(number));
    }
}

#[test]
fn the_wrong_key_changes_nothing() {
    for number in OLDER {
        let (dir, _, _) = of_schema(number);
        let opened = Vault::open(dir.path(), Unlock::Os(&MemoryKeyring::new()), NOW);
        assert!(matches!(opened, Err(VaultError::Keyring(_))), "{opened:?}");
        assert_eq!(schema_of(&dir.path().join(DATABASE_FILE)), pair(number));
        assert!(!dir.path().join("snapshots").exists());
    }
}

#[test]
fn what_is_new_can_be_kept_in_it() {
    for number in OLDER {
        let (dir, keyring, listed) = of_schema(number);
        let mut vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
        assert!(vault.checks().unwrap().is_empty() && vault.answers().unwrap().is_empty());
        assert_eq!(vault.entries(&EntryFilter::default(), 10).unwrap(), Entries::default());
        let team = listed[1].issuer_id.clone().unwrap();
        let outcome = CheckOutcome {
            settled: Some(settled("{}", &listed[1])),
            answers: vec![answer("apps", "granted")],
            ..CheckOutcome::default()
        };
        vault
            .write(NOW, |writing| {
                writing.record_check(listed[1].id, &outcome)?;
                writing.set_vendor_number(&team, Some("81234567"))?;
                writing.hand_off(&handoff(&listed[1], "fastlane", "the Mac in the office"))?;
                writing.note(&note("checked", Some(&listed[1])))
            })
            .unwrap();
        vault.lock();
        let vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
        assert_eq!(vault.answers_of(listed[1].id).unwrap(), outcome.answers);
        let known = &vault.issuers().unwrap()[&team];
        assert_eq!((known.name.as_deref(), known.vendor_number.as_deref()), (Some("Tideline Apps"), Some("81234567")));
        assert_eq!(vault.entries(&EntryFilter::default(), 10).unwrap().entries.len(), 1);
        assert_eq!(vault.receipts(&ReceiptFilter::default()).unwrap().len(), 1);
    }
}
