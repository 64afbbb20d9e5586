//! Killed at every write: the old state or the new one, never one between, and what was said to be done is done.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use tempfile::TempDir;
use vault::{CheckOutcome, DATABASE_FILE, EntryFilter, Presence, ReceiptFilter, Vault};

use crate::child::{self, Place, WRITES};
use crate::support::{NOW, answer, as_schema, copy_folder, create, folder, handoff, new_key, schema_of};

/// Two keys kept, one removed, one asked about, snapshots of each step.
pub(crate) fn scene() -> TempDir {
    let root = folder();
    let place = Place::in_folder(root.path());
    let mut vault = create(&place.data, &place.keyring);
    let stored = vault.insert(&[new_key(1), new_key(2), new_key(3)], NOW).unwrap();
    vault.remove(stored[2].id, NOW).unwrap();
    let outcome = CheckOutcome { answers: vec![answer("apps", "granted")], ..CheckOutcome::default() };
    for key in &stored[1..] {
        vault.write(NOW, |writing| writing.record_check(key.id, &outcome)).unwrap();
    }
    vault.write(NOW, |writing| writing.begin_handoff(&handoff(&stored[1], "fastlane", "the old Mac"))).unwrap();
    vault.lock();
    root
}

/// Everything a user could see, what was noted included, and proof that every seal opens. The state before and after a task, to compare with.
pub(crate) fn state(place: &Place) -> Vec<String> {
    let vault = place.open().unwrap_or_else(|error| panic!("the vault does not open any more: {error:?}"));
    let database = rusqlite::Connection::open(place.data.join(DATABASE_FILE)).unwrap();
    let verdict: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    let marked: i64 = database.query_row("SELECT retire_snapshots FROM vault", [], |row| row.get(0)).unwrap();
    assert_eq!(marked, 0, "opening makes good what a kill left half done");
    let mut state: Vec<String> = vault
        .keys()
        .unwrap()
        .into_iter()
        .chain(vault.removed().unwrap())
        .map(|record| {
            let secret = vault.open_key(record.id).expect("every listed key opens");
            assert_eq!(secret.fingerprint(), record.fingerprint);
            format!("{} {} {} removed {:?}", record.fingerprint, record.name, record.key_id, record.removed_at)
        })
        .collect();
    state.extend(vault.slots().unwrap().iter().map(ToString::to_string));
    let mut known: Vec<String> = vault.checks().unwrap().iter().map(|check| format!("{check:?}")).collect();
    known.extend(vault.answers().unwrap().iter().map(|answers| format!("{answers:?}")));
    // By what they say: identities differ from run to run.
    known.iter_mut().for_each(|line| *line = line.split_once(", ").unwrap_or_default().1.to_owned());
    known.sort();
    state.extend(known);
    let entries = vault.entries(&EntryFilter::default(), 100).unwrap().entries;
    state.extend(entries.into_iter().map(|entry| {
        format!("{} {} {}", entry.id, entry.note.what, entry.note.key.map(|key| key.name).unwrap_or_default())
    }));
    let receipts = vault.receipts(&ReceiptFilter::default()).unwrap();
    state.extend(receipts.into_iter().map(|one| format!("{} {} {:?}", one.id, one.handoff.destination, one.gone_at)));
    let begun = vault.handoffs_begun().unwrap();
    state.extend(begun.into_iter().map(|(id, handoff)| format!("begun {id} {}", handoff.destination)));
    state
}

/// How often the child of a task makes each writing call.
pub(crate) fn counted(root: &Path, task: &str) -> Vec<(&'static str, usize)> {
    let trace = root.join("trace");
    let output = child::run(
        root,
        task,
        &["-f".into(), "-o".into(), trace.display().to_string(), "-e".into(), format!("trace={}", WRITES.join(","))],
    );
    assert_eq!(child::said(&output), ["done"], "{}", String::from_utf8_lossy(&output.stderr));
    let trace = fs::read_to_string(trace).unwrap();
    WRITES
        .into_iter()
        .map(|call| (call, trace.lines().filter(|line| line.contains(&format!(" {call}("))).count()))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// Runs a task once for every writing call it makes, killed when it is about to make that call.
fn kill_everywhere(scene: &dyn Fn() -> TempDir, task: &str, check: &dyn Fn(&Path, bool)) {
    let model = scene();
    let counts = {
        let root = folder();
        copy_folder(model.path(), root.path());
        counted(root.path(), task)
    };
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    assert!(total >= 2, "{task} writes nothing?");
    for (call, count) in counts {
        for at in 1..=count {
            let root = folder();
            copy_folder(model.path(), root.path());
            let inject = format!("inject={call}:signal=SIGKILL:when={at}");
            let output = child::run(
                root.path(),
                task,
                &[
                    "-f".into(),
                    "-qq".into(),
                    "-o".into(),
                    "/dev/null".into(),
                    "-e".into(),
                    format!("trace={call}"),
                    "-e".into(),
                    inject,
                ],
            );
            let said = child::said(&output);
            assert!(said.is_empty() || said == ["done"], "{task}, {call} {at}: {said:?}");
            check(root.path(), !said.is_empty());
        }
    }
}

/// The common case: an open vault before and after.
fn old_or_new(task: &str) {
    let model = scene();
    let before = state(&Place::in_folder(model.path()));
    let after = {
        let root = folder();
        copy_folder(model.path(), root.path());
        assert_eq!(child::said(&child::run(root.path(), task, &[])), ["done"]);
        state(&Place::in_folder(root.path()))
    };
    assert_ne!(before, after, "{task} changes nothing?");
    let copy = || {
        let root = folder();
        copy_folder(model.path(), root.path());
        root
    };
    kill_everywhere(&copy, task, &|root, done| {
        let found = state(&Place::in_folder(root));
        assert!(found == after || (found == before && !done), "{task}, done: {done}: {found:#?}");
    });
}

#[test]
fn importing() {
    old_or_new("import");
}

#[test]
fn removing() {
    old_or_new("remove");
}

#[test]
fn bringing_back() {
    old_or_new("bring back");
}

#[test]
fn correcting_a_key_id() {
    old_or_new("correct");
}

#[test]
fn purging() {
    old_or_new("purge");
}

#[test]
fn adding_a_passphrase() {
    old_or_new("add passphrase");
}

#[test]
fn keeping_what_apple_answered() {
    old_or_new("check");
}

#[test]
fn beginning_to_hand_over() {
    old_or_new("begin hand-off");
}

#[test]
fn having_handed_over() {
    old_or_new("finish hand-off");
}

#[test]
fn creating() {
    kill_everywhere(&folder, "create", &|root, done| {
        let place = Place::in_folder(root);
        match Vault::inspect(&place.data).unwrap() {
            Presence::Present { .. } => assert_eq!(state(&place), ["os"]),
            Presence::Absent => {
                assert!(!done, "said to be created, and is not there");
                assert_eq!(
                    child::said(&child::run(root, "create", &[])),
                    ["done"],
                    "creating again is in the way of itself"
                );
            }
            other => panic!("a half-made vault: {other:?}"),
        }
    });
}

#[test]
fn opening_a_vault_of_an_older_version() {
    opening_a_vault_of_schema(1);
    opening_a_vault_of_schema(2);
    opening_a_vault_of_schema(3);
}

fn opening_a_vault_of_schema(number: usize) {
    let old = || {
        let root = scene();
        as_schema(number, &Place::in_folder(root.path()).data);
        root
    };
    let older = i64::try_from(number).unwrap();
    let expected = state(&Place::in_folder(old().path()));
    kill_everywhere(&old, "open", &|root, done| {
        let place = Place::in_folder(root);
        // Looked at in a copy: looking at a write-ahead log would already mend what opening has to mend.
        let copy = folder();
        copy_folder(&place.data, copy.path());
        let schema = schema_of(&copy.path().join(DATABASE_FILE));
        assert!(schema == (4, 4) || (schema == (older, older) && !done), "{schema:?}, done: {done}");
        if schema.0 == 4 {
            let snapshots = crate::support::files(&copy.path().join("snapshots"));
            let finished = |path: &&std::path::PathBuf| path.extension().is_some_and(|ending| ending == "sqlite3");
            assert_eq!(snapshots.iter().filter(finished).map(|path| schema_of(path).0).collect::<Vec<_>>(), [older]);
        }
        assert_eq!(state(&place), expected);
    });
}

#[test]
fn restoring_a_snapshot() {
    let ruined = || {
        let root = scene();
        fs::write(root.path().join("data").join(DATABASE_FILE), b"ruined").unwrap();
        fs::write(root.path().join("data").join(format!("{DATABASE_FILE}-wal")), b"ruined too").unwrap();
        root
    };
    kill_everywhere(&ruined, "restore snapshot", &|root, done| {
        let place = Place::in_folder(root);
        if let Presence::Damaged { snapshots } = Vault::inspect(&place.data).unwrap() {
            assert!(!done, "said to be restored, and is still damaged");
            vault::restore_snapshot(&place.data, &snapshots[0].name, NOW).unwrap();
        }
        assert_eq!(place.open().unwrap().keys().unwrap().len(), 3, "the snapshot is from before the removal");
        let kept = crate::support::files(&place.data)
            .iter()
            .any(|path| path.to_string_lossy().contains("keyfolio-damaged") && fs::read(path).unwrap() == b"ruined");
        assert!(kept, "the damaged file is gone");
    });
}

#[test]
fn killed_at_fifty_random_moments_everything_acknowledged_is_there() {
    for round in 0..50_usize {
        let root = scene();
        let mut running = child::start(root.path(), "many");
        // How far it is let before the kill differs from round to round; where the kill then strikes is up to chance.
        let mut lines = BufReader::new(running.stdout.take().unwrap()).lines();
        let mut acknowledged = Vec::new();
        while acknowledged.len() < 1 + round % 7 {
            let line = lines.next().expect("the child goes on until it is killed").unwrap();
            acknowledged.extend(line.split_once("SAID ").map(|(_, said)| said.to_owned()));
        }
        running.kill().unwrap();
        running.wait().unwrap();
        acknowledged
            .extend(lines.map_while(Result::ok).filter_map(|line| Some(line.split_once("SAID ")?.1.to_owned())));

        let place = Place::in_folder(root.path());
        state(&place);
        let vault = place.open().unwrap();
        for said in acknowledged {
            match said.split_whitespace().collect::<Vec<_>>()[..] {
                ["stored", first, second] => {
                    for id in [first, second] {
                        vault
                            .key(id.parse().unwrap())
                            .unwrap_or_else(|error| panic!("round {round}: {said}, but {error:?}"));
                    }
                }
                ["removed", id] => {
                    assert!(vault.key(id.parse().unwrap()).unwrap().removed_at.is_some(), "round {round}: {said}")
                }
                _ => panic!("unexpected: {said}"),
            }
        }
    }
}
