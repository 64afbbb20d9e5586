//! What was done is written down where it is done, and found again.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::sync::Arc;

use asc_access::{Area, Role};
use asc_key::KeyKind;
use keyfolio_core::view::*;
use support::{App, app, choice, start};
use tempfile::TempDir;
use vault::{KeyringTrouble, MemoryKeyring, Note, SlotKind, Unlock, Vault};

const PASSPHRASE: &str = "correct horse battery";
const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011a9b3";

fn page(app: &App, query: ActivityQuery) -> ActivityPage {
    app.core.activity(&query).unwrap()
}

fn entries(app: &App) -> Vec<ActivityEntry> {
    page(app, ActivityQuery::default()).entries
}

/// Every deed, oldest first.
fn deeds(app: &App) -> Vec<Deed> {
    entries(app).into_iter().rev().map(|entry| entry.deed).collect()
}

/// The deeds that `act` added, oldest first.
fn of(app: &App, act: impl FnOnce(&App)) -> Vec<Deed> {
    let before = deeds(app).len();
    act(app);
    deeds(app).split_off(before)
}

fn patched(app: &App, key: &KeyView, patch: KeyPatch) -> KeyView {
    app.core.key_update(&KeyUpdate { id: key.id.clone(), version: key.version, patch }).unwrap()
}

fn removal(key: &KeyView) -> KeyRemoval {
    KeyRemoval { id: key.id.clone(), accept_loss: true }
}

fn by_passphrase() -> App {
    let keyring = Arc::new(MemoryKeyring::new());
    keyring.set_trouble(Some(KeyringTrouble::NoService));
    let app = start(Arc::new(TempDir::new().unwrap()), keyring);
    app.core.open_now();
    app.core.vault_create(PASSPHRASE).unwrap();
    app
}

#[test]
fn keys_that_come_and_go_are_noted_one_by_one() {
    let app = app();
    let files = [app.key_file("AuthKey_AAAAAAAAAA.p8"), app.key_file("AuthKey_BBBBBBBBBB.p8")];
    let added = |name: &str| Deed::KeyAdded { file_name: Some(name.to_owned()) };
    let mut keys = Vec::new();
    let noted = of(&app, |app| keys = app.add(&[&files[0], &files[1]]));
    assert_eq!(noted, [added("AuthKey_AAAAAAAAAA.p8"), added("AuthKey_BBBBBBBBBB.p8")]);
    let noted = of(&app, |app| {
        app.core.key_remove(&removal(&keys[0])).unwrap();
        app.core.key_restore(&keys[0].id).unwrap();
        app.core.key_remove(&removal(&keys[0])).unwrap();
        app.core.key_purge(&keys[0].id).unwrap();
    });
    assert_eq!(noted, [Deed::KeyRemoved, Deed::KeyRestored, Deed::KeyRemoved, Deed::KeyErased]);
    let newest = entries(&app).remove(0);
    let of_then =
        ActivityKey { id: keys[0].id.clone(), name: keys[0].name.clone(), kind: KeyKind::Team, roles: vec![] };
    assert_eq!((newest.group, newest.failure, newest.key), (ActivityGroup::Keys, false, Some(of_then)));
}

#[test]
fn a_key_whose_place_is_taken_was_archived() {
    let app = app();
    app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]);
    let view = app.offer(&[&app.key_file("again/AuthKey_AAAAAAAAAA.p8")]);
    let replace = ImportChoice { conflict: Some(ConflictChoice::Replace), ..choice(&view.rows[0]) };
    let noted = of(&app, |app| {
        assert_eq!(app.core.import_commit(&ImportCommit { id: view.id, choices: vec![replace] }).unwrap().failed, []);
    });
    let added = Deed::KeyAdded { file_name: Some("AuthKey_AAAAAAAAAA.p8".to_owned()) };
    assert_eq!(noted, [Deed::KeyArchived, added]);
}

#[test]
fn a_change_is_noted_for_what_it_changed_and_for_nothing_else() {
    let app = app();
    let key = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    let mut now = key.clone();
    let all = KeyPatch {
        name: Some("CI".into()),
        kind: Some(KeyKind::Individual),
        key_id: Some("BBBBBBBBBB".into()),
        roles: Some(vec![Role::Developer]),
        notes: Some("of the build machine".into()),
        archived: Some(true),
        ..KeyPatch::default()
    };
    let noted = of(&app, |app| now = patched(app, &key, all.clone()));
    let expected = [
        Deed::KeyRenamed { from: key.name.clone() },
        Deed::IdentityChanged {
            from_kind: KeyKind::Team,
            to_kind: KeyKind::Individual,
            from_key_id: Some("AAAAAAAAAA".into()),
            issuer_changed: false,
        },
        Deed::RolesChanged { from: vec![], to: vec![Role::Developer] },
        Deed::DetailsChanged,
        Deed::KeyArchived,
    ];
    assert_eq!(noted, expected);
    let key_then = entries(&app).remove(0).key.unwrap();
    assert_eq!(
        (key_then.name.as_str(), key_then.kind, key_then.roles),
        ("CI", KeyKind::Individual, vec![Role::Developer])
    );
    assert_eq!(of(&app, |app| now = patched(app, &now, all)), [], "saying the same again changes nothing");
    let small = [
        (KeyPatch { archived: Some(false), ..KeyPatch::default() }, Deed::KeyUnarchived),
        (
            KeyPatch { issuer_id: Some(Some(ISSUER.into())), ..KeyPatch::default() },
            Deed::IdentityChanged {
                from_kind: KeyKind::Individual,
                to_kind: KeyKind::Individual,
                from_key_id: None,
                issuer_changed: true,
            },
        ),
        (KeyPatch { tags: Some(vec!["ci".into()]), ..KeyPatch::default() }, Deed::DetailsChanged),
        (
            KeyPatch {
                guards: Some(vec![Guard { area: Area::Finance, limit: GuardLimit::Reach }]),
                ..KeyPatch::default()
            },
            Deed::DetailsChanged,
        ),
    ];
    for (patch, deed) in small {
        assert_eq!(of(&app, |app| now = patched(app, &now, patch)), [deed]);
    }
}

#[test]
fn what_was_refused_was_not_done() {
    let app = app();
    let key = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    let named = patched(&app, &key, KeyPatch { name: Some("CI".into()), ..KeyPatch::default() });
    let noted = of(&app, |app| {
        let stale = KeyPatch { name: Some("Another".into()), ..KeyPatch::default() };
        let stale = KeyUpdate { id: key.id.clone(), version: key.version, patch: stale };
        assert_eq!(app.core.key_update(&stale), Err(IpcError::ChangedElsewhere));
        assert_eq!(app.core.key_restore(&named.id), Err(IpcError::KeyNotFound));
        assert_eq!(app.core.key_purge(&named.id), Err(IpcError::KeyNotFound));
        assert!(app.core.vault_add_passphrase("short").is_err());
        assert!(app.core.issuer_set_vendor(ISSUER, "a number").is_err());
    });
    assert_eq!(noted, []);
}

#[test]
fn teams_are_noted_without_a_key() {
    let app = app();
    let renamed = |to: &str| Deed::TeamRenamed { issuer_id: ISSUER.to_owned(), to: to.to_owned() };
    let vendor = Deed::VendorNumberChanged { issuer_id: ISSUER.to_owned() };
    let noted = of(&app, |app| {
        for name in ["Tideline Apps", "Tideline Apps", ""] {
            app.core.issuer_rename(ISSUER, name).unwrap();
        }
        for number in ["81234567", " 81234567 ", ""] {
            app.core.issuer_set_vendor(ISSUER, number).unwrap();
        }
    });
    assert_eq!(noted, [renamed("Tideline Apps"), renamed(""), vendor.clone(), vendor]);
    assert!(entries(&app).iter().take(4).all(|entry| entry.key.is_none() && entry.group == ActivityGroup::Changes));
}

#[test]
fn the_vaults_own_life_is_noted_around_the_times_it_is_closed() {
    let app = by_passphrase();
    app.core.vault_lock();
    assert_eq!(app.core.activity(&ActivityQuery::default()), Err(IpcError::VaultLocked));
    for _ in 0..3 {
        assert_eq!(app.core.vault_unlock(Some("wrong horse battery")), Err(IpcError::PassphraseWrong));
    }
    app.core.vault_unlock(Some(PASSPHRASE)).unwrap();
    app.core.vault_add_passphrase("another horse battery").unwrap();
    let unlocked = Deed::Unlocked { by: SlotKind::Passphrase };
    let expected =
        [Deed::VaultMade, Deed::Locked, Deed::UnlockRefused { times: 3 }, unlocked.clone(), Deed::PassphraseAdded];
    assert_eq!(deeds(&app), expected);
    let failures = page(&app, ActivityQuery { group: Some(ActivityGroup::Failures), ..ActivityQuery::default() });
    assert_eq!(failures.entries.iter().map(|entry| &entry.deed).collect::<Vec<_>>(), [&expected[2]]);
    let app = app.restarted();
    app.core.vault_unlock(Some("another horse battery")).unwrap();
    assert_eq!(deeds(&app).split_off(5), [unlocked]);
}

#[test]
fn a_start_by_the_keyring_makes_the_vault_and_then_unlocks_it() {
    let app = app().restarted();
    assert_eq!(deeds(&app), [Deed::VaultMade, Deed::Unlocked { by: SlotKind::Os }]);
}

#[test]
fn a_removal_that_can_no_longer_be_undone_is_noted_as_erased() {
    let app = app();
    let key = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    app.core.key_remove(&removal(&key)).unwrap();
    let app = app.restarted();
    let about = page(&app, ActivityQuery { key: Some(key.id.clone()), ..ActivityQuery::default() });
    assert_eq!(about.entries[0].deed, Deed::KeyErased);
    assert_eq!((about.entries.len(), about.keys.len()), (3, 1));
    assert_eq!(about.keys[0].name, key.name, "its name outlives it");
}

#[test]
fn a_restored_snapshot_says_so_in_what_it_brought_back() {
    let app = app();
    app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]);
    let App { core, folder, keyring, .. } = app;
    core.close();
    drop(core);
    std::fs::write(folder.path().join("data").join(vault::DATABASE_FILE), b"not a database any more").unwrap();
    let app = start(folder, keyring);
    app.core.open_now();
    let VaultStatus::Damaged { snapshots } = app.core.status().vault else { panic!("damage is noticed") };
    app.core.vault_restore_snapshot(&snapshots[0].name).unwrap();
    let tail = deeds(&app).split_off(2);
    assert_eq!(tail, [Deed::SnapshotRestored, Deed::Unlocked { by: SlotKind::Os }]);
}

#[test]
fn the_window_hears_of_every_entry_and_of_nothing_else() {
    let app = app();
    let news = |app: &App| app.events.try_iter().filter(|event| *event == AppEvent::ActivityChanged).count();
    let key = app.add(&[&app.key_file("AuthKey_AAAAAAAAAA.p8")]).remove(0);
    assert_eq!(news(&app), 1);
    patched(&app, &key, KeyPatch { name: Some("CI".into()), ..KeyPatch::default() });
    assert_eq!(news(&app), 1);
    entries(&app);
    app.core.keys().unwrap();
    app.core.issuer_rename(ISSUER, "").unwrap();
    assert_eq!(news(&app), 0);
}

#[test]
fn text_is_found_whatever_its_case_and_accents() {
    let app = app();
    for (name, file) in
        [("Straße 7", "AuthKey_AAAAAAAAAA.p8"), ("İZMİR", "AuthKey_BBBBBBBBBB.p8"), ("Tomás", "AuthKey_CCCCCCCCCC.p8")]
    {
        let key = app.add(&[&app.key_file(file)]).remove(0);
        patched(
            &app,
            &key,
            KeyPatch { name: Some(name.into()), roles: Some(vec![Role::AppManager]), ..KeyPatch::default() },
        );
    }
    let names = |text: &str| {
        let found = page(&app, ActivityQuery { text: Some(text.to_owned()), ..ActivityQuery::default() });
        let mut names: Vec<_> = found.entries.into_iter().map(|entry| entry.key.unwrap().name).collect();
        names.sort();
        names.dedup();
        names
    };
    for text in ["STRASSE", "straße", "stra\u{df}e 7"] {
        assert_eq!(names(text), ["Straße 7"], "{text}");
    }
    for text in ["izmir", "IZMIR", "İzmir"] {
        assert_eq!(names(text), ["İZMİR"], "{text}");
    }
    for text in ["TOMAS", "tomás", "Toma\u{301}s", "  tom "] {
        assert_eq!(names(text), ["Tomás"], "{text}");
    }
    // The file it came from; the key was called otherwise then.
    assert_eq!(names("authkey_bbbb"), ["A key"]);
    assert_eq!(names("app manager").len(), 3);
    for hostile in ["%", "' OR 1=1 --", "\0", "\\"] {
        assert_eq!(names(hostile), [""; 0], "{hostile:?}");
    }
}

#[test]
fn pages_end_where_they_are_told_to() {
    let app = app();
    for number in 0..5 {
        app.core.issuer_rename(ISSUER, &format!("Team {number}")).unwrap();
    }
    let changes = ActivityQuery { group: Some(ActivityGroup::Changes), limit: 3, ..ActivityQuery::default() };
    let first = page(&app, changes.clone());
    assert_eq!((first.entries.len(), first.more), (3, true));
    let rest = page(&app, ActivityQuery { before: Some(first.entries[2].id), ..changes.clone() });
    assert_eq!((rest.entries.len(), rest.more), (2, false));
    let later = ActivityQuery { since: Some(1_790_000_000_001), ..changes.clone() };
    assert_eq!(page(&app, later).entries, []);
    let everything = ActivityQuery { limit: usize::MAX, ..changes };
    assert_eq!(page(&app, everything).entries.len(), 5);
    let no_key = ActivityQuery { key: Some("not an identity".into()), ..ActivityQuery::default() };
    assert_eq!(app.core.activity(&no_key), Err(IpcError::KeyNotFound));
}

#[test]
fn an_entry_of_another_version_is_shown_for_what_is_known_of_it() {
    let App { core, folder, keyring, .. } = app();
    core.close();
    drop(core);
    let mut vault = Vault::open(&folder.path().join("data"), Unlock::Os(&*keyring), 0).unwrap();
    let strange = |what: &str, topic: &str, detail: &str| Note {
        at: 7,
        what: what.to_owned(),
        topic: topic.to_owned(),
        failure: true,
        key: None,
        found_by: String::new(),
        detail: detail.to_owned(),
    };
    let notes = [
        strange("sold", "trade", r#"{"to":"somebody"}"#),
        strange("key_renamed", "keys", "not a document"),
        strange("unlocked", "vault", r#"{"by":"a_slot_of_the_future"}"#),
    ];
    vault.write(0, |writing| notes.iter().try_for_each(|note| writing.note(note))).unwrap();
    vault.lock();
    let app = start(folder, keyring);
    app.core.open_now();
    let shown = entries(&app).split_off(1);
    assert!(shown.iter().take(3).all(|entry| entry.deed == Deed::Other && entry.failure && entry.at == 7));
    let groups: Vec<_> = shown.iter().take(3).map(|entry| entry.group).collect();
    assert_eq!(groups, [ActivityGroup::Vault, ActivityGroup::Keys, ActivityGroup::Vault]);
}
