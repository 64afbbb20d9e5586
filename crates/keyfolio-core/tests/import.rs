//! Taking keys in, as the window does it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is the test's message")]

mod support;

use asc_key::{KeyKind, RefusalCode};
use keyfolio_core::Pasted;
use keyfolio_core::samples::throwaway_key;
use keyfolio_core::view::*;
use keyfolio_core::zeroize::Zeroizing;
use support::{app, choice, native};

#[test]
fn a_dropped_key_is_offered_with_what_its_name_says_and_is_there_after_a_restart() {
    let app = app();
    let file = app.key_file("AuthKey_7GX4KQ2M9L.p8");

    let view = app.offer(&[&file]);
    let [row] = view.rows.as_slice() else { panic!("one row: {view:?}") };
    let RowVerdict::Ready { candidate } = &row.verdict else { panic!("ready: {row:?}") };
    assert_eq!(candidate.key_id.as_deref(), Some("7GX4KQ2M9L"));
    assert_eq!((candidate.kind, candidate.name.as_str()), (KeyKind::Team, ""));
    assert_eq!(row.folder.as_deref(), Some("~"));

    let chosen = ImportChoice { name: "CI Release".into(), ..choice(row) };
    let outcome = app.core.import_commit(&ImportCommit { id: view.id, choices: vec![chosen] }).unwrap();
    assert_eq!((outcome.added.len(), outcome.failed.len()), (1, 0));

    let app = app.restarted();
    let keys = app.core.keys().unwrap().keys;
    assert_eq!(keys, outcome.added);
    assert_eq!(keys[0].source_name.as_deref(), Some("AuthKey_7GX4KQ2M9L.p8"));
}

#[test]
fn nothing_is_stored_before_the_user_says_so() {
    let app = app();
    let view = app.offer(&[&app.key_file("AuthKey_7GX4KQ2M9L.p8")]);
    app.core.import_cancel(view.id);
    assert_eq!(app.core.keys().unwrap().keys, []);
    assert_eq!(app.core.import_view(view.id), Err(IpcError::ImportGone));
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let app = app();
    let good = app.key_file("AuthKey_AAAAAAAAAA.p8");
    let bad = app.file("Distribution.cer", "<!doctype html><title>Sign In</title>");
    let view = app.offer(&[&bad, &good]);
    assert_eq!(view.rows[0].verdict, RowVerdict::Refused { code: RefusalCode::HtmlPage });
    assert!(matches!(view.rows[1].verdict, RowVerdict::Ready { .. }));
}

#[test]
fn the_same_key_again_is_recognised_whatever_its_file_is_called() {
    let app = app();
    let key = throwaway_key();
    let first = app.file("AuthKey_AAAAAAAAAA.p8", key.to_pkcs8_pem().as_bytes());
    let added = app.add(&[&first]);
    let again = app.file("renamed.p8", key.to_pkcs8_pem().as_bytes());
    let view = app.offer(&[&again]);
    assert_eq!(view.rows[0].verdict, RowVerdict::AlreadyHave { existing: (&added[0]).into() });
}

#[test]
fn the_same_key_twice_in_one_drop_is_offered_once() {
    let app = app();
    let key = throwaway_key();
    let one = app.file("AuthKey_AAAAAAAAAA.p8", key.to_pkcs8_pem().as_bytes());
    let two = app.file("AuthKey_AAAAAAAAAA (1).p8", key.to_pkcs8_pem().as_bytes());
    let view = app.offer(&[&one, &two]);
    assert!(matches!(view.rows[0].verdict, RowVerdict::Ready { .. }));
    assert_eq!(view.rows[1].verdict, RowVerdict::SameAsRow { row: 0 });
}

#[test]
fn another_key_under_a_taken_key_id_waits_for_a_decision() {
    let app = app();
    let stored = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    let view = app.offer(&[&app.key_file("copies/AuthKey_AAAAAAAAAA.p8")]);
    let RowVerdict::Conflict { existing, .. } = &view.rows[0].verdict else { panic!("conflict: {view:?}") };
    assert_eq!(existing.id, stored.id);

    let undecided = ImportCommit { id: view.id, choices: vec![choice(&view.rows[0])] };
    let outcome = app.core.import_commit(&undecided).unwrap();
    assert!(matches!(outcome.failed[0].error, IpcError::KeyIdTaken { .. }));

    let both = ImportChoice { conflict: Some(ConflictChoice::KeepBoth), ..choice(&view.rows[0]) };
    let outcome = app.core.import_commit(&ImportCommit { id: view.id, choices: vec![both] }).unwrap();
    assert_eq!(outcome.added[0].conflicts_with, [stored.id]);
}

#[test]
fn replacing_archives_the_old_key_loses_nothing_and_leaves_no_conflict() {
    let app = app();
    let stored = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    let view = app.offer(&[&app.key_file("copies/AuthKey_AAAAAAAAAA.p8")]);
    let replace = ImportChoice { conflict: Some(ConflictChoice::Replace), ..choice(&view.rows[0]) };
    app.core.import_commit(&ImportCommit { id: view.id, choices: vec![replace] }).unwrap();
    let keys = app.core.keys().unwrap().keys;
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().find(|key| key.id == stored.id).unwrap().archived_at.is_some());
    let replacement = keys.iter().find(|key| key.id != stored.id).unwrap();
    assert!(replacement.conflicts_with.is_empty() && replacement.attention.is_empty());
}

#[test]
fn two_rows_with_one_key_id_do_not_both_slip_in() {
    let app = app();
    let view = app.offer(&[&app.key_file("a/AuthKey_AAAAAAAAAA.p8"), &app.key_file("b/AuthKey_AAAAAAAAAA.p8")]);
    let choices = view.rows.iter().map(choice).collect();
    let outcome = app.core.import_commit(&ImportCommit { id: view.id, choices }).unwrap();
    assert_eq!(outcome.added.len(), 1);
    assert_eq!(outcome.failed, [FailedRow { row: 1, error: IpcError::KeyIdTwice }]);
    let view = app.core.import_view(view.id).unwrap();
    assert!(matches!(view.rows[0].verdict, RowVerdict::Conflict { .. }), "the second row is now a conflict to decide");
}

#[test]
fn what_cannot_be_stored_stays_on_offer_with_the_reason() {
    let app = app();
    let view = app.offer(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]);
    let good = choice(&view.rows[0]);
    for (bad, error) in [
        (ImportChoice { name: "  ".into(), ..good.clone() }, IpcError::NameEmpty),
        (ImportChoice { key_id: "short".into(), ..good.clone() }, IpcError::KeyIdInvalid),
        (ImportChoice { issuer_id: Some("not a uuid".into()), ..good.clone() }, IpcError::IssuerIdInvalid),
        (
            ImportChoice { name: "n".repeat(201), ..good.clone() },
            IpcError::TextTooLong { field: TextField::Name, maximum: 200 },
        ),
    ] {
        let outcome = app.core.import_commit(&ImportCommit { id: view.id, choices: vec![bad] }).unwrap();
        assert_eq!(outcome.failed, [FailedRow { row: 0, error }]);
    }
    let outcome = app.core.import_commit(&ImportCommit { id: view.id, choices: vec![good] }).unwrap();
    assert_eq!(outcome.added.len(), 1);
}

#[test]
fn a_folder_is_looked_into_one_level_deep() {
    let app = app();
    app.key_file("keys/AuthKey_AAAAAAAAAA.p8");
    app.key_file("keys/deeper/AuthKey_BBBBBBBBBB.p8");
    app.file("keys/package.json", "{}");
    app.file("keys/readme.txt", "no key here");
    let view = app.offer(&[&app.folder.path().join("home/keys")]);
    assert_eq!(view.rows.iter().map(|row| row.file_name.as_str()).collect::<Vec<_>>(), ["AuthKey_AAAAAAAAAA.p8"]);
}

#[test]
fn a_folder_without_keys_is_named_and_not_ignored() {
    let app = app();
    app.file("photos/cat.jpg", "meow");
    let view = app.offer(&[&app.folder.path().join("home/photos")]);
    assert_eq!(view.rows[0].verdict, RowVerdict::Refused { code: RefusalCode::EmptyFolder });
}

#[test]
fn the_usual_places_are_searched_and_nothing_else() {
    let app = app();
    assert_eq!(app.core.import_discovered(), Err(IpcError::NothingFound));
    app.key_file(".appstoreconnect/private_keys/AuthKey_AAAAAAAAAA.p8");
    app.key_file("private_keys/AuthKey_BBBBBBBBBB.p8");
    app.key_file("elsewhere/AuthKey_CCCCCCCCCC.p8");
    let id = app.core.import_discovered().unwrap();
    let view = app.when_read(id);
    let folders: Vec<_> = view.rows.iter().filter_map(|row| row.folder.as_deref()).collect();
    assert_eq!(folders, [native("~/.appstoreconnect/private_keys"), native("~/private_keys")]);
}

#[test]
fn pasted_text_is_a_key_or_a_clear_no() {
    let app = app();
    let pem = Zeroizing::new(throwaway_key().to_pkcs8_pem().replace('\n', "\\n"));
    let id = app.core.import_pasted(Pasted::Text(pem)).unwrap();
    let view = app.core.import_view(id).unwrap();
    let RowVerdict::Ready { candidate } = &view.rows[0].verdict else { panic!("ready: {view:?}") };
    assert_eq!(candidate.key_id, None, "text has no file name to read a Key ID from");
    assert!(!candidate.repairs.is_empty());
    let shopping = Pasted::Text(Zeroizing::new("milk, eggs".to_owned()));
    assert_eq!(app.core.import_pasted(shopping), Err(IpcError::ClipboardEmpty));
}

#[test]
fn two_hundred_files_can_be_stopped_and_what_was_read_stays() {
    let app = app();
    let files: Vec<_> = (0..200).map(|number| app.key_file(&format!("AuthKey_MANY{number:06}.p8"))).collect();
    let id = app.core.import_files(ImportOrigin::Drop, files).unwrap();
    app.core.import_stop(id).unwrap();
    let view = app.when_read(id);
    assert_eq!(view.state, ImportState::Stopped);
    assert_eq!((view.rows.len(), view.total), (view.done, 200));
}

#[test]
fn files_that_come_while_the_vault_is_closed_wait_for_it() {
    let first = app();
    first.core.vault_lock();
    let file = first.key_file("AuthKey_AAAAAAAAAA.p8");
    assert_eq!(first.core.import_files(ImportOrigin::Arguments, vec![file]), None);
    first.core.vault_unlock(None).unwrap();
    let view = first.when_read(1);
    assert!(matches!(view.rows[0].verdict, RowVerdict::Ready { .. }));
}

#[test]
fn locking_forgets_the_keys_on_offer() {
    let app = app();
    let view = app.offer(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]);
    app.core.vault_lock();
    app.core.vault_unlock(None).unwrap();
    assert_eq!(app.core.import_view(view.id), Err(IpcError::ImportGone));
}

#[test]
fn a_drop_is_sorted_by_name_before_it_happens() {
    let app = app();
    let paths = [
        app.key_file("AuthKey_AAAAAAAAAA.p8"),
        app.key_file("SubscriptionKey_9QZ4T7LM2X.p8"),
        app.file("notes.txt", ""),
        app.folder.path().join("home"),
    ];
    app.core.drop_hover(&paths);
    let hover = app.events.try_iter().last();
    let preview =
        DropPreview { keys: 1, others: 1, folders: 1, look_alikes: vec!["SubscriptionKey_9QZ4T7LM2X.p8".to_owned()] };
    assert_eq!(hover, Some(AppEvent::DropHover { preview }));
}

#[test]
fn a_second_program_on_the_same_data_is_refused() {
    let app = app();
    let environment = keyfolio_core::Environment::demo(app.folder.path().join("data"), Default::default(), 0);
    let second = keyfolio_core::Keyfolio::start(environment, Box::new(|_| {}));
    assert_eq!(second.err(), Some(keyfolio_core::StartError::AlreadyRunning));
}
