//! What was done stays written down, and is found again.

use vault::{
    CheckOutcome, DATABASE_FILE, Entries, EntryFilter, KeyRecord, MemoryKeyring, Note, NotedKey, Unlock, Vault,
    VaultError,
};

use crate::support::{NOW, answer, create, folder, new_key, note};

fn all(vault: &Vault) -> Vec<Note> {
    found(vault, &EntryFilter::default())
}

fn found(vault: &Vault, filter: &EntryFilter) -> Vec<Note> {
    vault.entries(filter, 1000).unwrap().entries.into_iter().map(|entry| entry.note).collect()
}

fn write_down(vault: &mut Vault, notes: &[Note]) {
    vault.write(NOW, |writing| notes.iter().try_for_each(|note| writing.note(note))).unwrap();
}

#[test]
fn an_entry_comes_back_as_it_was_written() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    let notes = [
        Note {
            failure: true,
            detail: r#"{"from":"'; DROP TABLE activity; --\u0000"}"#.to_owned(),
            ..note("checked", Some(&key))
        },
        Note { at: NOW - 5, topic: "of another version".to_owned(), ..note("unlocked", None) },
    ];
    write_down(&mut vault, &notes);
    vault.lock();
    let vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    let [first, second] = notes;
    assert_eq!(all(&vault), [second, first], "newest first, in the order they were written");
}

#[test]
fn entries_cannot_be_changed_deleted_or_replaced() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    write_down(&mut vault, &[note("one", None), note("two", None)]);
    let before = vault.entries(&EntryFilter::default(), 10).unwrap();
    let file = rusqlite::Connection::open(dir.path().join(DATABASE_FILE)).unwrap();
    for tried in [
        "UPDATE activity SET what = 'nothing'",
        "UPDATE activity SET id = 77 WHERE id = 1",
        "UPDATE OR REPLACE activity SET id = 1 WHERE id = 2",
        "DELETE FROM activity WHERE id = 1",
        "DELETE FROM activity",
        "REPLACE INTO activity (id, at, what, topic, failure, found_by, detail) VALUES (1, 0, 'other', '', 0, '', '')",
        "INSERT OR IGNORE INTO activity (id, at, what, topic, failure, found_by, detail) VALUES (1, 0, 'other', '', 0, '', '')",
        "INSERT INTO activity (id, at, what, topic, failure, found_by, detail) VALUES (2, 0, 'other', '', 0, '', '') \
         ON CONFLICT (id) DO UPDATE SET what = excluded.what",
    ] {
        let refused = file.execute(tried, []).unwrap_err();
        assert!(refused.to_string().contains("activity is only added to"), "{tried}: {refused}");
    }
    assert_eq!(vault.entries(&EntryFilter::default(), 10).unwrap(), before);
}

#[test]
fn a_deed_and_its_note_are_there_together_or_not_at_all() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    let outcome = CheckOutcome { answers: vec![answer("apps", "granted")], ..CheckOutcome::default() };
    let failed: Result<(), _> = vault.write(NOW, |writing| {
        writing.note(&note("checked", Some(&key)))?;
        writing.record_check(key.id, &outcome)?;
        writing.remove(key.id)?;
        Err(VaultError::ChangedElsewhere)
    });
    assert!(matches!(failed, Err(VaultError::ChangedElsewhere)));
    assert_eq!((all(&vault), vault.noted()), (vec![], 0));
    assert!(vault.answers().unwrap().is_empty());
    assert_eq!(vault.keys().unwrap(), std::slice::from_ref(&key));
    vault
        .write(NOW, |writing| {
            writing.record_check(key.id, &outcome)?;
            writing.note(&note("checked", Some(&key)))
        })
        .unwrap();
    assert_eq!((all(&vault).len(), vault.noted(), vault.answers().unwrap().len()), (1, 1, 1));
}

#[test]
fn a_key_is_remembered_as_it_was_called_then_also_after_a_purge() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let mut key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    for name in ["First name", "Second name"] {
        let change = vault::Change { name: Some(name.to_owned()), ..vault::Change::default() };
        vault
            .write(NOW, |writing| {
                key = writing.update(key.id, key.version, &change)?;
                writing.note(&note("renamed", Some(&key)))
            })
            .unwrap();
    }
    vault.remove(key.id, NOW).unwrap();
    vault.purge(key.id, NOW).unwrap();
    let names = |notes: Vec<Note>| notes.into_iter().map(|note| note.key.unwrap().name).collect::<Vec<_>>();
    assert_eq!(
        names(found(&vault, &EntryFilter { key: Some(key.id), ..EntryFilter::default() })),
        ["Second name", "First name"]
    );
    assert_eq!(vault.noted_keys().unwrap(), [NotedKey::from(&key)]);
}

#[test]
fn keys_are_listed_once_the_one_last_noted_first() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let keys = vault.insert(&[new_key(2), new_key(3), new_key(4)], NOW).unwrap();
    let order: Vec<_> =
        [0, 1, 2, 0].iter().map(|at| note("checked", Some(&keys[*at]))).chain([note("locked", None)]).collect();
    write_down(&mut vault, &order);
    let listed: Vec<_> = vault.noted_keys().unwrap().into_iter().map(|key| key.id).collect();
    assert_eq!(listed, [keys[0].id, keys[2].id, keys[1].id]);
}

/// Forty entries about two keys: every other one about the first, every third a failure, every fifth of the vault.
fn forty(vault: &mut Vault) -> Vec<KeyRecord> {
    let keys = vault.insert(&[new_key(2), new_key(3)], NOW).unwrap();
    let notes: Vec<_> = (0..40_i64)
        .map(|number| Note {
            at: NOW + number,
            failure: number % 3 == 0,
            topic: if number % 5 == 0 { "vault" } else { "keys" }.to_owned(),
            found_by: format!("entry {number}."),
            ..note("checked", keys.get(if number % 2 == 0 { 0 } else { 1 }))
        })
        .collect();
    write_down(vault, &notes);
    keys
}

#[test]
fn filters_narrow_each_other_down() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let keys = forty(&mut vault);
    let times = |filter: EntryFilter| found(&vault, &filter).iter().map(|note| note.at - NOW).collect::<Vec<_>>();
    let every = EntryFilter::default;
    assert_eq!(times(every()), (0..40).rev().collect::<Vec<_>>());
    assert_eq!(times(EntryFilter { topic: Some("vault".into()), ..every() }), [35, 30, 25, 20, 15, 10, 5, 0]);
    assert_eq!(times(EntryFilter { topic: Some("vault".into()), failures: true, ..every() }), [30, 15, 0]);
    let first = EntryFilter { key: Some(keys[0].id), failures: true, since: Some(NOW + 12), ..every() };
    assert_eq!(times(first.clone()), [36, 30, 24, 18, 12]);
    assert_eq!(times(EntryFilter { text: Some("y 3".into()), ..first.clone() }), [36, 30]);
    assert_eq!(times(EntryFilter { text: Some("entry 3.".into()), ..every() }), [3]);
    assert_eq!(times(EntryFilter { topic: Some("nothing".into()), ..every() }), [0; 0]);
    // The number of an entry is one more than its time here.
    assert_eq!(times(EntryFilter { before: Some(25), ..first }), [18, 12]);
}

#[test]
fn pages_join_without_a_gap_or_a_repeat() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    forty(&mut vault);
    let (mut filter, mut seen, mut pages) = (EntryFilter::default(), Vec::new(), 0);
    loop {
        let Entries { entries, more } = vault.entries(&filter, 16).unwrap();
        // What comes in while somebody reads does not move the pages.
        write_down(&mut vault, &[note("meanwhile", None)]);
        filter.before = entries.last().map(|entry| entry.id);
        seen.extend(entries.into_iter().map(|entry| entry.id));
        pages += 1;
        if !more {
            break;
        }
    }
    assert_eq!((seen, pages), ((1..=40).rev().collect::<Vec<i64>>(), 3));
    assert!(!vault.entries(&EntryFilter { before: Some(41), ..EntryFilter::default() }, 40).unwrap().more);
}

#[test]
fn what_is_searched_for_is_letters_and_nothing_else() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let texts = ["100% sure", "a_b", "axb", "it's \"quoted\"", r"back\slash", "*[a-z]?", "\u{1F511} ключ"];
    let notes: Vec<_> = texts.iter().map(|text| Note { found_by: (*text).to_owned(), ..note("typed", None) }).collect();
    write_down(&mut vault, &notes);
    let search = |text: &str| {
        let filter = EntryFilter { text: Some(text.to_owned()), ..EntryFilter::default() };
        found(&vault, &filter).into_iter().map(|note| note.found_by).collect::<Vec<_>>()
    };
    for text in texts {
        assert_eq!(search(text), [text]);
    }
    assert_eq!(search("%"), ["100% sure"]);
    assert_eq!(search("_"), ["a_b"]);
    assert_eq!(search("*"), ["*[a-z]?"]);
    assert_eq!(search("' OR 1=1 --"), [""; 0]);
    assert_eq!(search(&"x".repeat(200_000)), [""; 0], "longer than any pattern may be");
    assert_eq!(search("\0"), [""; 0]);
}

#[test]
fn an_entry_that_cannot_be_read_hides_no_other() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    write_down(&mut vault, &[note("one", Some(&key)), note("two", None)]);
    rusqlite::Connection::open(dir.path().join(DATABASE_FILE))
        .unwrap()
        .execute(
            "INSERT INTO activity (at, what, topic, failure, key, key_name, key_kind, key_roles, found_by, detail) \
             VALUES (0, 'three', '', 0, 'no identity', 'X', 'neither', '[', '', '')",
            [],
        )
        .unwrap();
    assert_eq!(all(&vault).iter().map(|note| note.what.as_str()).collect::<Vec<_>>(), ["two", "one"]);
    let newest = vault.entries(&EntryFilter::default(), 1).unwrap();
    assert_eq!((newest.entries[0].note.what.as_str(), newest.more), ("two", true), "nor does it end a page");
    assert_eq!(vault.noted_keys().unwrap().len(), 1);
}

#[test]
fn a_snapshot_holds_it_and_numbers_go_on_where_they_were() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    write_down(&mut vault, &[note("one", None)]);
    vault.insert(&[new_key(2)], NOW).unwrap();
    vault.lock();
    std::fs::write(dir.path().join(DATABASE_FILE), b"ruined").unwrap();
    let newest = crate::support::files(&dir.path().join("snapshots")).pop().unwrap();
    vault::restore_snapshot(dir.path(), newest.file_name().unwrap().to_str().unwrap(), NOW).unwrap();
    let mut vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    write_down(&mut vault, &[note("two", None)]);
    let entries = vault.entries(&EntryFilter::default(), 10).unwrap().entries;
    assert_eq!(
        entries.iter().map(|entry| (entry.id, entry.note.what.as_str())).collect::<Vec<_>>(),
        [(2, "two"), (1, "one")]
    );
    let file = rusqlite::Connection::open(dir.path().join(DATABASE_FILE)).unwrap();
    assert!(file.execute("DELETE FROM activity", []).is_err(), "a restored log is as it was: only added to");
}
