//! What Apple answered: kept beside its key, replaced by what is newer, gone when the key is.

use std::fs;

use vault::{
    Allowance, AnswerRecord, CheckOutcome, CheckRecord, DATABASE_FILE, Dated, KeyRecord, MemoryKeyring, Unlock, Vault,
    VaultError,
};

use crate::support::{NOW, answer, create, folder, new_key, settled};

fn dated(document: &str, at: i64) -> Dated {
    Dated { document: document.to_owned(), at }
}

fn answered(answers: &[AnswerRecord]) -> CheckOutcome {
    CheckOutcome { answers: answers.to_vec(), ..CheckOutcome::default() }
}

fn check(vault: &mut Vault, key: &KeyRecord, outcome: &CheckOutcome) {
    vault.write(NOW, |writing| writing.record_check(key.id, outcome)).unwrap();
}

#[test]
fn everything_a_check_brought_is_there_after_a_restart() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&[new_key(2), new_key(3)], NOW).unwrap();
    let refused = AnswerRecord {
        status: Some(403),
        apple: Some(r#"{"code":"FORBIDDEN_ERROR","title":"It's a 'quoted' \u0000 %_ title"}"#.to_owned()),
        ..answer("users", "refused")
    };
    let silent = AnswerRecord { status: None, request_id: None, ..answer("builds", "nothing") };
    let outcome = CheckOutcome {
        settled: Some(settled(r#"{"verdict":"accepted"}"#, &stored[0])),
        accepted_at: Some(NOW),
        unreached: Some(dated(r#"{"trouble":"ended early"}"#, NOW + 1)),
        answers: vec![refused, silent],
        forget_older_answers: false,
        rate: Some(Allowance { limit: 3500, remaining: 3488, at: NOW + 2 }),
    };
    let owner = dated(r#"{"roles":["DEVELOPER"]}"#, NOW + 3);
    vault
        .write(NOW, |writing| {
            writing.record_check(stored[0].id, &outcome)?;
            writing.record_owner(stored[0].id, &owner)?;
            writing.keep_roles(stored[0].id, Some(&["ADMIN".to_owned()]))
        })
        .unwrap();
    vault.lock();

    let vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    let expected = CheckRecord {
        settled: outcome.settled,
        unreached: outcome.unreached,
        accepted_at: outcome.accepted_at,
        rate: outcome.rate,
        apps_listed_at: None,
        owner: Some(owner),
        roles_kept: Some(vec!["ADMIN".to_owned()]),
    };
    assert_eq!(vault.check(stored[0].id).unwrap(), expected);
    assert_eq!(vault.checks().unwrap(), [(stored[0].id, expected)].into());
    let mut in_order = outcome.answers;
    in_order.sort_by(|one, other| one.capability.cmp(&other.capability));
    assert_eq!(vault.answers_of(stored[0].id).unwrap(), in_order);
    assert_eq!(vault.answers().unwrap(), [(stored[0].id, in_order)].into());
    // The other key was never asked about.
    assert_eq!(vault.check(stored[1].id).unwrap(), CheckRecord::default());
    assert_eq!(vault.answers_of(stored[1].id).unwrap(), []);
}

#[test]
fn an_attempt_that_taught_nothing_leaves_what_was_learned_and_ends_with_the_next_verdict() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    let learned = CheckOutcome {
        settled: Some(settled("{}", &key)),
        accepted_at: Some(NOW),
        ..answered(&[answer("apps", "granted")])
    };
    check(&mut vault, &key, &learned);
    let attempt = CheckOutcome { unreached: Some(dated("{}", NOW + 1)), ..CheckOutcome::default() };
    check(&mut vault, &key, &attempt);
    let record = vault.check(key.id).unwrap();
    assert_eq!(
        (&record.settled, record.accepted_at, &record.unreached),
        (&learned.settled, Some(NOW), &attempt.unreached)
    );
    assert_eq!(vault.answers_of(key.id).unwrap(), learned.answers);
    check(&mut vault, &key, &learned);
    assert_eq!(vault.check(key.id).unwrap().unreached, None);
}

#[test]
fn the_newest_answer_about_a_capability_takes_the_older_ones_place() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    check(&mut vault, &key, &answered(&[answer("apps", "granted"), answer("users", "refused")]));
    check(&mut vault, &key, &answered(&[answer("users", "granted")]));
    assert_eq!(vault.answers_of(key.id).unwrap(), [answer("apps", "granted"), answer("users", "granted")]);
    let of_another_identity = CheckOutcome { forget_older_answers: true, ..answered(&[answer("builds", "granted")]) };
    check(&mut vault, &key, &of_another_identity);
    assert_eq!(vault.answers_of(key.id).unwrap(), [answer("builds", "granted")]);
}

#[test]
fn roles_kept_can_be_let_go() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let key = vault.insert(&[new_key(2)], NOW).unwrap().remove(0);
    vault.write(NOW, |writing| writing.keep_roles(key.id, Some(&[]))).unwrap();
    assert_eq!(vault.check(key.id).unwrap().roles_kept, Some(Vec::new()), "kept: not sure");
    vault.write(NOW, |writing| writing.keep_roles(key.id, None)).unwrap();
    assert_eq!(vault.check(key.id).unwrap().roles_kept, None);
}

#[test]
fn nothing_is_kept_about_a_key_that_is_not_there() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let nobody = uuid::Uuid::new_v4();
    let kept = vault.write(NOW, |writing| writing.record_check(nobody, &answered(&[answer("apps", "granted")])));
    assert!(matches!(kept, Err(VaultError::KeyNotFound)), "{kept:?}");
    assert!(vault.checks().unwrap().is_empty() && vault.answers().unwrap().is_empty());
}

#[test]
fn it_waits_with_a_removed_key_and_goes_with_a_purged_one_out_of_every_file() {
    const WORD: &[u8] = b"recognisable verdict";
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&[new_key(2), new_key(4)], NOW).unwrap();
    for key in &stored {
        let outcome = CheckOutcome {
            settled: Some(settled("recognisable verdict", key)),
            ..answered(&[answer("apps", "recognisable verdict")])
        };
        check(&mut vault, key, &outcome);
    }
    vault.remove(stored[0].id, NOW).unwrap();
    vault.write(NOW, |writing| writing.restore(stored[0].id)).unwrap();
    assert!(vault.check(stored[0].id).unwrap().settled.is_some(), "brought back with the key");
    for key in &stored {
        vault.remove(key.id, NOW).unwrap();
    }
    vault.purge(stored[0].id, NOW).unwrap();
    assert_eq!(vault.checks().unwrap().into_keys().collect::<Vec<_>>(), [stored[1].id]);
    assert_eq!(vault.answers().unwrap().into_keys().collect::<Vec<_>>(), [stored[1].id]);
    vault.purge_all_removed(NOW).unwrap();
    vault.lock();
    for path in crate::support::files(dir.path()) {
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(WORD.len()).any(|window| window == WORD), "{} remembers", path.display());
    }
}

#[test]
fn one_unreadable_row_hides_no_other() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&[new_key(2), new_key(4)], NOW).unwrap();
    for key in &stored {
        let outcome = CheckOutcome {
            settled: Some(settled("{}", key)),
            ..answered(&[answer("apps", "granted"), answer("users", "refused")])
        };
        check(&mut vault, key, &outcome);
    }
    let file = rusqlite::Connection::open(dir.path().join(DATABASE_FILE)).unwrap();
    let broken = stored[0].id.to_string();
    file.execute("UPDATE checks SET asked_kind = 'neither' WHERE key = ?1", [&broken]).unwrap();
    file.execute("UPDATE answers SET status = 70000 WHERE key = ?1 AND capability = 'apps'", [&broken]).unwrap();
    assert_eq!(vault.checks().unwrap().into_keys().collect::<Vec<_>>(), [stored[1].id]);
    assert_eq!(vault.check(stored[0].id).unwrap(), CheckRecord::default());
    assert_eq!(vault.answers_of(stored[0].id).unwrap(), [answer("users", "refused")]);
    assert_eq!(vault.answers().unwrap()[&stored[1].id].len(), 2);
}

#[test]
fn thousands_of_checks_take_no_snapshot_and_leave_the_log_small() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&[new_key(2), new_key(4)], NOW).unwrap();
    let snapshots = crate::support::files(&dir.path().join("snapshots"));
    let answers: Vec<_> = (0..12).map(|number| answer(&format!("capability {number}"), "granted")).collect();
    let log = dir.path().join(format!("{DATABASE_FILE}-wal"));
    let mut longest = 0;
    for round in 0..3000_usize {
        let key = &stored[round % 2];
        let outcome = CheckOutcome { settled: Some(settled(&"x".repeat(2000), key)), ..answered(&answers) };
        check(&mut vault, key, &outcome);
        longest = longest.max(fs::metadata(&log).unwrap().len());
    }
    assert!(longest < 8 << 20, "the log grew to {longest} bytes");
    let size = fs::metadata(dir.path().join(DATABASE_FILE)).unwrap().len();
    assert!(size < 1 << 20, "two keys take {size} bytes");
    assert_eq!(crate::support::files(&dir.path().join("snapshots")), snapshots);
}
