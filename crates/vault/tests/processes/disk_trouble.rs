//! A disk that is full, failing or read-only: said so, the old state intact, and the next try works.

use std::path::Path;

use crate::child::{self, Place};
use crate::kill::{counted, scene, state};
use crate::support::copy_folder;

fn failing(root: &Path, task: &str, call: &str, error: &str, when: &str) -> Vec<String> {
    let inject = format!("inject={call}:error={error}:when={when}");
    let strace = ["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject].map(str::to_owned);
    child::said(&child::run(root, task, &strace))
}

/// Each of the task's calls fails in turn.
fn fails_cleanly(task: &str, call: &str, error: &str) {
    let model = scene();
    let before = state(&Place::in_folder(model.path()));
    let copy = || {
        let root = crate::support::folder();
        copy_folder(model.path(), root.path());
        root
    };
    let calls = counted(copy().path(), task).into_iter().find(|(name, _)| *name == call).map_or(0, |(_, count)| count);
    let mut met = 0;
    for at in 1..=calls {
        let root = copy();
        let said = failing(root.path(), task, call, error, &at.to_string());
        let place = Place::in_folder(root.path());
        let now = state(&place);
        match said.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            // It was the snapshot's write, or one of the tidying up after the commit.
            ["done"] => assert_ne!(now, before, "{task}, {call} {at}: said to be done"),
            ["disk full" | "disk failed"] => {
                met += 1;
                // A sync that failed may still have reached the disk; then there is nothing to try again.
                if now == before {
                    assert_eq!(
                        child::said(&child::run(root.path(), task, &[])),
                        ["done"],
                        "{task}, {call} {at}: the next try"
                    );
                    assert_ne!(state(&place), before);
                }
            }
            _ => panic!("{task}, {call} {at}: {said:?}"),
        }
    }
    assert!(met > 0, "{task} never met a failing {call}");
}

#[test]
fn a_write_that_finds_the_disk_full() {
    fails_cleanly("import", "pwrite64", "ENOSPC");
    fails_cleanly("purge", "pwrite64", "ENOSPC");
    fails_cleanly("check", "pwrite64", "ENOSPC");
}

#[test]
fn a_sync_that_fails() {
    fails_cleanly("import", "fsync", "EIO");
    fails_cleanly("remove", "fsync", "EIO");
}

#[test]
fn a_disk_that_stays_full_is_called_full() {
    // SQLite meets it first when it grows its shared index, and calls that an I/O error; the vault's own probe, which
    // syncs a file beside the database, then finds the disk full as well.
    for task in ["import", "remove", "correct", "check", "add passphrase"] {
        let root = scene();
        let before = state(&Place::in_folder(root.path()));
        assert_eq!(failing(root.path(), task, "pwrite64,fsync", "ENOSPC", "1+"), ["disk full"], "{task}");
        assert_eq!(state(&Place::in_folder(root.path())), before, "{task}");
    }
}

#[test]
fn a_full_disk_at_the_sync_is_called_full_too() {
    let root = scene();
    let before = state(&Place::in_folder(root.path()));
    assert_eq!(failing(root.path(), "import", "fsync", "ENOSPC", "1+"), ["disk full"]);
    // The commit may have reached the log before the sync failed; then the keys are all there, each with its note, else none is.
    let now = state(&Place::in_folder(root.path()));
    assert!(now == before || now.len() == before.len() + 6, "{now:#?}");
}

#[test]
fn a_file_system_that_turned_read_only_is_called_read_only() {
    let root = scene();
    let before = state(&Place::in_folder(root.path()));
    // The probe that tells "read-only" from "failing" syncs a file of its own; there the same error comes back.
    assert_eq!(failing(root.path(), "remove", "pwrite64,fsync", "EROFS", "1+"), ["disk read-only"]);
    assert_eq!(state(&Place::in_folder(root.path())), before);
}

#[test]
fn a_snapshot_that_cannot_be_written_takes_nothing_back() {
    let root = scene();
    // The only directory call of an import is the snapshot's rename into place.
    assert_eq!(failing(root.path(), "import", "rename", "EIO", "1+"), ["done"]);
    assert_eq!(Place::in_folder(root.path()).open().unwrap().keys().unwrap().len(), 5);
}
