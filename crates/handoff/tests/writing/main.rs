//! A file that is its owner's alone from the first byte, whole or not at all, and never anybody else's overwritten.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a failed unwrap is the test's message; children speak")]

mod child;
mod places;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use handoff::write::{Existing, Rights, WriteRefusal, create_folder, sweep, write};
use handoff::{Output, form, produce};
use support::{Names, some_key};
use tempfile::TempDir;

pub(crate) fn output() -> Output {
    let names = Names::team();
    produce(form("fastlane_json").unwrap().1, &names.bearer("CI", None), &some_key()).unwrap().remove(0)
}

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    entries.collect()
}

fn try_write(target: &Path, existing: Existing) -> Result<bool, WriteRefusal> {
    write(&output(), target, existing, Rights::Required).map(|written| written.replaced)
}

#[test]
fn it_is_its_owners_alone_and_nothing_else_is_left() {
    let root = folder();
    let target = root.path().join("key.json");
    assert_eq!(try_write(&target, Existing::Keep), Ok(false));
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o7777, 0o600);
    assert_eq!(fs::read_to_string(&target).unwrap(), output().expose());
    assert_eq!(names_in(root.path()), ["key.json"]);
}

#[test]
fn a_file_is_replaced_only_when_that_was_asked_for() {
    let root = folder();
    let target = root.path().join("key.json");
    fs::write(&target, "mine").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(try_write(&target, Existing::Keep), Err(WriteRefusal::Exists));
    assert_eq!(fs::read_to_string(&target).unwrap(), "mine");
    assert_eq!(try_write(&target, Existing::Replace), Ok(true));
    assert_eq!(
        fs::metadata(&target).unwrap().permissions().mode() & 0o777,
        0o600,
        "the new file's rights, not the old"
    );
    assert_eq!(names_in(root.path()), ["key.json"]);
}

#[test]
fn a_planted_link_is_refused_and_what_it_leads_to_is_untouched() {
    let root = folder();
    let (target, elsewhere) = (root.path().join("key.json"), root.path().join("elsewhere"));
    fs::write(&elsewhere, "someone's").unwrap();
    for leads_to in [elsewhere.clone(), root.path().join("nowhere")] {
        symlink(&leads_to, &target).unwrap();
        for existing in [Existing::Keep, Existing::Replace] {
            assert_eq!(try_write(&target, existing), Err(WriteRefusal::Link));
        }
        fs::remove_file(&target).unwrap();
    }
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "someone's");
    assert_eq!(names_in(root.path()), ["elsewhere"]);
}

#[test]
fn a_link_swapped_in_at_any_moment_is_not_written_through() {
    let root = folder();
    let (target, elsewhere, aside) =
        (root.path().join("key.json"), root.path().join("elsewhere"), root.path().join("aside"));
    fs::write(&elsewhere, "someone's").unwrap();
    let (begin, ready) = std::sync::mpsc::channel();
    let done = std::sync::atomic::AtomicBool::new(false);
    let ordering = std::sync::atomic::Ordering::Relaxed;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(ordering) {
                symlink(&elsewhere, &aside).unwrap();
                fs::rename(&aside, &target).unwrap();
                let _ = begin.send(());
                let _ = fs::remove_file(&target);
            }
        });
        ready.recv().unwrap();
        for existing in [Existing::Keep, Existing::Replace].repeat(100) {
            if let Err(refusal) = try_write(&target, existing) {
                let expected = [WriteRefusal::Link, WriteRefusal::Exists].contains(&refusal);
                assert!(expected || matches!(refusal, WriteRefusal::NotProvenAfter(_)), "{refusal:?}");
            }
        }
        done.store(true, ordering);
    });
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "someone's");
    assert!(names_in(root.path()).iter().all(|name| ["elsewhere", "key.json"].contains(&name.as_str())));
}

#[test]
fn what_is_no_file_is_not_replaced() {
    let root = folder();
    let target = root.path().join("key.json");
    fs::create_dir(&target).unwrap();
    assert_eq!(try_write(&target, Existing::Replace), Err(WriteRefusal::NotAFile));
    assert!(names_in(&target).is_empty());
}

#[test]
fn what_names_no_file_is_said_so() {
    let root = folder();
    assert_eq!(try_write(Path::new("relative.json"), Existing::Keep), Err(WriteRefusal::Name));
    assert_eq!(try_write(Path::new("/"), Existing::Keep), Err(WriteRefusal::Name));
    assert_eq!(try_write(&root.path().join(".."), Existing::Keep), Err(WriteRefusal::Name));
    assert_eq!(try_write(&root.path().join("x".repeat(300)), Existing::Keep), Err(WriteRefusal::Name));
    assert_eq!(try_write(&root.path().join("a\0b"), Existing::Keep), Err(WriteRefusal::Name));
    assert_eq!(try_write(&root.path().join("missing/key.json"), Existing::Keep), Err(WriteRefusal::NoFolder));
    fs::write(root.path().join("file"), "").unwrap();
    assert_eq!(try_write(&root.path().join("file/key.json"), Existing::Keep), Err(WriteRefusal::NoFolder));
    assert_eq!(names_in(root.path()), ["file"]);
}

#[test]
fn new_folders_are_their_owners_alone_and_old_ones_stay_as_they_are() {
    let root = folder();
    let old = root.path().join("old");
    fs::create_dir(&old).unwrap();
    fs::set_permissions(&old, fs::Permissions::from_mode(0o755)).unwrap();
    create_folder(&old.join("new/private_keys")).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&old), mode(&old.join("new")), mode(&old.join("new/private_keys"))), (0o755, 0o700, 0o700));
}

#[test]
fn only_unfinished_files_of_ours_are_swept() {
    let root = folder();
    let mine = [".keyfolio-handoff-0123456789abcdef"];
    let not_mine = [".keyfolio-handoff-", ".keyfolio-handoff-0123456789abcdeg", "keyfolio-handoff-0123456789abcdef"];
    for name in mine.iter().chain(&not_mine) {
        fs::write(root.path().join(name), "x").unwrap();
    }
    symlink("/etc/passwd", root.path().join(".keyfolio-handoff-ffffffffffffffff")).unwrap();
    assert_eq!(sweep(root.path()), Ok(1));
    assert_eq!(names_in(root.path()).len(), 4);
}
