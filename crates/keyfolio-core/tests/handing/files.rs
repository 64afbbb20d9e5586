//! Files: proposed, chosen, written for their owner alone, and noted.

use std::fs;
use std::path::Path;

use asc_key::KeyKind;
use handoff::ValueShown;
use handoff::write::PlaceWarning;
use keyfolio_core::view::*;

use crate::support::{App, native};
use crate::{FILE, app, place, sheet_of, signs, trouble, write_to};

#[test]
fn the_tools_own_folder_is_proposed_and_made_for_its_owner_alone() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let request = PlaceRequest { known_folder: true, ..place("altool_flags", &key, FILE) };
    let suggested = app.core.handoff_suggest(&request).unwrap();
    assert_eq!(suggested.name, format!("AuthKey_{}.p8", key.key_id));
    let folder = suggested.folder.unwrap();
    assert!(folder.starts_with(app.folder.path().join("home")) && !folder.exists());
    let path = folder.join(&suggested.name);
    let placed = app.core.handoff_placed(&request, path.clone()).unwrap();
    assert!(!placed.exists && !folder.exists(), "choosing writes nothing");
    let receipt = app.core.handoff_write(&write_to(placed.id)).unwrap();
    assert_eq!(receipt.path, Some(placed.path));
    signs(&fs::read_to_string(&path).unwrap(), &key);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!((mode(folder.as_path()), mode(&path)), (0o700, 0o600));
    }
}

#[test]
fn a_file_of_variables_is_proposed_by_its_name() {
    let app = app();
    let request = place("fastlane_env", &app.key(KeyKind::Team), HandoffPart::EnvFile);
    let suggested = app.core.handoff_suggest(&request).unwrap();
    assert_eq!((suggested.name.as_str(), suggested.folder), (".env", None));
}

#[test]
fn the_lines_to_paste_name_the_chosen_path() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let path = app.place("with blanks/key's.json");
    let before = sheet_of(app.sheet("fastlane_json", &key));
    assert_eq!(before.settings[0].value, ValueShown::PathOpen);
    let placed = app.placed("fastlane_json", &key, FILE, &path);
    let text = path.to_str().unwrap().to_owned();
    assert_eq!(placed.sheet.settings[0].value, ValueShown::Plain { text });
    assert!(placed.sheet.snippets[0].text.contains("with blanks"), "{}", placed.sheet.snippets[0].text);
    let hostile = app.core.handoff_placed(&place("fastlane_json", &key, FILE), app.place("two\nlines"));
    assert_eq!(hostile, Err(trouble(HandoffTrouble::Unquotable)));
}

#[test]
fn a_file_that_is_there_is_replaced_when_that_is_said_and_never_else() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let path = app.place("key.p8");
    fs::write(&path, "the old one").unwrap();
    let placed = app.placed("key_file", &key, FILE, &path);
    assert!(placed.exists);
    let refused = app.core.handoff_write(&write_to(placed.id));
    assert_eq!(refused, Err(trouble(HandoffTrouble::Exists)));
    assert_eq!(fs::read_to_string(&path).unwrap(), "the old one");
    assert_eq!((app.receipts().len(), app.deeds().len()), (0, 0));
    app.core.handoff_write(&WriteRequest { replace: true, ..write_to(placed.id) }).unwrap();
    signs(&fs::read_to_string(&path).unwrap(), &key);
    assert_eq!(app.receipts().len(), 1);
    let twice = app.core.handoff_write(&WriteRequest { replace: true, ..write_to(placed.id) });
    assert_eq!(twice, Err(trouble(HandoffTrouble::PlaceGone)), "a place is used once");
}

#[test]
fn what_stands_in_the_way_is_said_and_leaves_no_receipt() {
    let app = app();
    let key = app.key(KeyKind::Team);
    fs::create_dir(app.place("a folder")).unwrap();
    let link = cfg!(unix).then(|| (app.place("a link"), HandoffTrouble::Link));
    #[cfg(unix)]
    std::os::unix::fs::symlink("/elsewhere", app.place("a link")).unwrap();
    let cases = [
        (app.place("a folder"), HandoffTrouble::NotAFile),
        (app.folder.path().join("nowhere/key.p8"), HandoffTrouble::NoFolder),
    ];
    for (path, why) in cases.into_iter().chain(link) {
        let placed = app.placed("key_file", &key, FILE, &path);
        let request = WriteRequest { replace: true, ..write_to(placed.id) };
        assert_eq!(app.core.handoff_write(&request), Err(trouble(why)), "{}", path.display());
    }
    assert_eq!((app.receipts().len(), app.deeds().len()), (0, 0));
    let app = app.restarted();
    assert_eq!(app.receipts(), [], "nor after the next start");
}

#[test]
fn in_a_repository_the_warning_is_kept_and_the_line_is_added_when_wished() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let root = app.place("repo/.git/HEAD").parent().unwrap().parent().unwrap().to_owned();
    let (kept, wished) = (root.join("kept.p8"), root.join("wished.p8"));
    let listed = |receipt: &ReceiptView| {
        receipt.warnings.iter().find_map(|warning| match warning {
            PlaceWarning::GitWorkTree { listed, .. } => Some(*listed),
            _ => None,
        })
    };
    let placed = app.placed("key_file", &key, FILE, &kept);
    assert_eq!(placed.ignore.as_ref().unwrap().line, "/kept.p8");
    let receipt = app.core.handoff_write(&write_to(placed.id)).unwrap();
    assert_eq!(listed(&receipt), Some(false));
    assert!(!root.join(".gitignore").exists());

    let placed = app.placed("key_file", &key, FILE, &wished);
    let receipt = app.core.handoff_write(&WriteRequest { ignore: true, ..write_to(placed.id) }).unwrap();
    assert_eq!(listed(&receipt), Some(true));
    assert_eq!(fs::read_to_string(root.join(".gitignore")).unwrap(), "/wished.p8\n");
    assert_eq!(app.placed("key_file", &key, FILE, &wished).ignore, None, "it stands there already");
    let app = app.restarted();
    assert_eq!(app.receipts().iter().map(listed).collect::<Vec<_>>(), [Some(true), Some(false)]);
}

#[test]
fn a_place_is_forgotten_when_it_is_dropped_or_the_vault_is_locked() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let path = app.place("key.p8");
    let gone = || Err(trouble(HandoffTrouble::PlaceGone));
    let dropped = app.placed("key_file", &key, FILE, &path).id;
    app.core.handoff_place_drop(dropped);
    assert_eq!(app.core.handoff_write(&write_to(dropped)), gone());

    let placed = app.placed("key_file", &key, FILE, &path).id;
    app.core.vault_lock();
    assert_eq!(app.core.handoff_write(&write_to(placed)), gone());
    app.core.vault_unlock(None).unwrap();
    assert_eq!(app.core.handoff_write(&write_to(placed)), gone(), "opening it again brings no place back");
    assert!(!path.exists());
    assert!(app.placed("key_file", &key, FILE, &path).id > placed, "no number twice");
}

#[test]
fn a_path_is_shown_short_and_destinations_are_asked_for() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let placed = app.placed("key_file", &key, FILE, &app.place("home/key.p8"));
    assert_eq!(placed.path, native("~/key.p8"));
    let unsaid = WriteRequest { destination: " ".to_owned(), ..write_to(placed.id) };
    assert_eq!(app.core.handoff_write(&unsaid), Err(trouble(HandoffTrouble::Destination)));
    app.core.handoff_write(&write_to(placed.id)).unwrap();
}

/// A place is chosen, something happens, and only then it is written.
#[track_caller]
fn written_after(happens: impl FnOnce(&App, &KeyView, &Path), why: IpcError) {
    let app = app();
    let key = app.key(KeyKind::Team);
    let path = app.place("out/key.p8");
    let placed = app.placed("key_file", &key, FILE, &path);
    happens(&app, &key, &path);
    let before = path.symlink_metadata().ok().map(|found| found.file_type());
    assert_eq!(app.core.handoff_write(&WriteRequest { replace: true, ..write_to(placed.id) }), Err(why));
    assert_eq!(path.symlink_metadata().ok().map(|found| found.file_type()), before, "what is there stays");
    assert_eq!((app.receipts().len(), app.deeds().len()), (0, 0));
    assert_eq!(app.restarted().receipts(), [], "nor after the next start");
}

#[test]
fn a_key_removed_since_the_place_was_chosen_is_written_nowhere() {
    let removal = |key: &KeyView| KeyRemoval { id: key.id.clone(), accept_loss: true };
    written_after(|app, key, _| app.core.key_remove(&removal(key)).map(drop).unwrap(), IpcError::KeyNotFound);
    let purged = |app: &App, key: &KeyView, _: &Path| {
        app.core.key_remove(&removal(key)).unwrap();
        app.core.key_purge(&key.id).unwrap();
    };
    written_after(purged, IpcError::KeyNotFound);
}

#[test]
fn an_issuer_id_taken_away_since_the_place_was_chosen_is_asked_for() {
    let patch = KeyPatch { issuer_id: Some(None), ..KeyPatch::default() };
    let taken = |app: &App, key: &KeyView, _: &Path| {
        app.core.key_update(&KeyUpdate { id: key.id.clone(), version: key.version, patch }).unwrap();
    };
    written_after(taken, IpcError::IssuerIdMissing);
}

#[test]
fn a_folder_removed_or_a_folder_put_there_since_the_place_was_chosen_is_said() {
    let removed = |_: &_, _: &_, path: &Path| fs::remove_dir(path.parent().unwrap()).unwrap();
    written_after(removed, trouble(HandoffTrouble::NoFolder));
    let put = |_: &_, _: &_, path: &Path| fs::create_dir(path).unwrap();
    written_after(put, trouble(HandoffTrouble::NotAFile));
}

#[cfg(unix)]
#[test]
fn a_link_put_there_since_the_place_was_chosen_is_not_followed() {
    let linked = |app: &App, _: &_, path: &Path| {
        fs::write(app.place("theirs"), "theirs").unwrap();
        std::os::unix::fs::symlink(app.place("theirs"), path).unwrap();
    };
    written_after(linked, trouble(HandoffTrouble::Link));
}

#[test]
fn a_name_the_disk_cannot_hold_is_said() {
    let app = app();
    let key = app.key(KeyKind::Team);
    // Linux counts bytes, the others letters.
    let of_letters = cfg!(target_os = "linux").then(|| "é".repeat(128));
    for name in ["x".repeat(300)].into_iter().chain(of_letters) {
        let placed = app.placed("key_file", &key, FILE, &app.folder.path().join(name));
        assert_eq!(app.core.handoff_write(&write_to(placed.id)), Err(trouble(HandoffTrouble::Name)));
    }
    assert_eq!((app.receipts().len(), app.deeds().len()), (0, 0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_text_is_refused_before_anything_is_noted() {
    use std::os::unix::ffi::OsStrExt as _;
    let app = app();
    let folder = app.folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir(&folder).unwrap();
    let asked = app.core.handoff_placed(&place("key_file", &app.key(KeyKind::Team), FILE), folder.join("key.p8"));
    assert_eq!(asked, Err(trouble(HandoffTrouble::Unquotable)));
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
}
