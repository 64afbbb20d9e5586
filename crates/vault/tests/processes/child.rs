//! The other process: does one task and says so only when the vault says so.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use uuid::Uuid;
use vault::{Change, CheckOutcome, DataDirLock, DiskTrouble, NewSlots, Unlock, Vault, VaultError};

use crate::support::{FolderKeyring, NOW, PASSPHRASE, answer, handoff, new_key, note, settled};

/// Calls that can leave something on a disk. A kill before any other call is a kill before the next of these.
pub(crate) const WRITES: [&str; 12] = [
    "pwrite64",
    "writev",
    "pwritev",
    "fdatasync",
    "fsync",
    "ftruncate",
    "unlink",
    "unlinkat",
    "rename",
    "copy_file_range",
    "mkdir",
    "chmod",
];

/// Where a child works: a data folder and the keyring that opens it.
pub(crate) struct Place {
    pub(crate) data: PathBuf,
    pub(crate) keyring: FolderKeyring,
}

impl Place {
    pub(crate) fn in_folder(root: &Path) -> Self {
        Self { data: root.join("data"), keyring: FolderKeyring(root.join("keyring")) }
    }

    pub(crate) fn open(&self) -> Result<Vault, VaultError> {
        Vault::open(&self.data, Unlock::Os(&self.keyring), NOW)
    }
}

/// A child with a task, to be run as it is or under strace.
fn command(root: &Path, task: &str, strace: &[String]) -> Command {
    let this = std::env::current_exe().unwrap();
    let mut command = if strace.is_empty() {
        Command::new(this)
    } else {
        let mut command = Command::new("strace");
        command.args(strace).arg("--").arg(this);
        command
    };
    command.args(["--exact", "child::task", "--nocapture", "--test-threads=1"]);
    command.env("KEYFOLIO_TEST_ROOT", root).env("KEYFOLIO_TEST_TASK", task);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a child to its end, of whatever kind.
pub(crate) fn run(root: &Path, task: &str, strace: &[String]) -> Output {
    command(root, task, strace).output().unwrap_or_else(|error| panic!("{}: {error}", needs_strace(strace)))
}

/// Starts a child and leaves it running.
pub(crate) fn start(root: &Path, task: &str) -> std::process::Child {
    command(root, task, &[]).spawn().unwrap()
}

/// Starts a child that goes on until its input is closed.
pub(crate) fn start_held(root: &Path, task: &str) -> std::process::Child {
    command(root, task, &[]).stdin(Stdio::piped()).spawn().unwrap()
}

fn needs_strace(strace: &[String]) -> &'static str {
    if strace.is_empty() {
        "the test could not start itself"
    } else {
        "these tests need strace: apt-get install strace"
    }
}

/// The lines a child said, without the test harness's own.
pub(crate) fn said(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(|line| Some(line.split_once("SAID ")?.1.to_owned())).collect()
}

fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("SAID {what}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Not a test of its own: what the children of the other tests do. Without a task there is nothing to do.
#[test]
fn task() {
    let (Ok(root), Ok(task)) = (std::env::var("KEYFOLIO_TEST_ROOT"), std::env::var("KEYFOLIO_TEST_TASK")) else {
        return;
    };
    let place = Place::in_folder(Path::new(&root));
    match perform(&place, &task) {
        Ok(()) => {}
        Err(VaultError::Disk(DiskTrouble::Full)) => say("disk full"),
        Err(VaultError::Disk(DiskTrouble::ReadOnly)) => say("disk read-only"),
        Err(VaultError::Disk(DiskTrouble::Failed)) => say("disk failed"),
        Err(error) => say(&format!("unexpected {error:?}")),
    }
}

/// Says "done" the moment the vault's call returns: before closing the vault, which would sync what was not synced yet.
fn perform(place: &Place, task: &str) -> Result<(), VaultError> {
    let later = NOW + 60_000;
    match task {
        "create" => {
            let slots = NewSlots { os: Some(&place.keyring), passphrase: None };
            let _vault = Vault::create(&place.data, slots, later)?;
            say("done");
            return Ok(());
        }
        "lock" => {
            let held = DataDirLock::acquire(&place.data);
            say(if held.is_ok() { "held" } else { "running already" });
            // Until the parent closes our input there is nothing to do but hold it.
            let _ = std::io::read_to_string(std::io::stdin());
            return Ok(());
        }
        "restore snapshot" => {
            let newest = crate::support::files(&place.data.join("snapshots")).pop().expect("a snapshot");
            let name = newest.file_name().unwrap().to_str().unwrap().to_owned();
            vault::restore_snapshot(&place.data, &name, later)?;
            say("done");
            return Ok(());
        }
        _ => {}
    }
    let mut vault = place.open()?;
    let (kept, removed) = (vault.keys()?, vault.removed()?);
    // Each task is noted in the writing that does it, as the app does: both or neither is what the kills are about.
    let done = match task {
        "import" => vault.write(later, |writing| {
            let stored = writing.insert(&[new_key(11), new_key(12), new_key(13)])?;
            stored.iter().try_for_each(|key| writing.note(&note("added", Some(key))))
        }),
        "remove" => vault.write(later, |writing| {
            let removed = writing.remove(kept[0].id)?;
            writing.note(&note("removed", Some(&removed)))
        }),
        "bring back" => vault.write(later, |writing| {
            let restored = writing.restore(removed[0].id)?;
            writing.note(&note("restored", Some(&restored)))
        }),
        "correct" => {
            let change = Change {
                key_id: Some("CORRECTED1".parse().unwrap()),
                name: Some("Corrected".to_owned()),
                ..Change::default()
            };
            vault.write(later, |writing| {
                let after = writing.update(kept[0].id, kept[0].version, &change)?;
                writing.note(&note("corrected", Some(&after)))
            })
        }
        // Opening it was all there was to do.
        "open" => Ok(()),
        "check" => {
            let outcome = CheckOutcome {
                settled: Some(settled("{}", &kept[1])),
                answers: ["apps", "builds", "users"].map(|capability| answer(capability, "refused")).to_vec(),
                forget_older_answers: true,
                ..CheckOutcome::default()
            };
            vault.write(later, |writing| {
                writing.record_check(kept[1].id, &outcome)?;
                writing.note(&note("checked", Some(&kept[1])))
            })
        }
        "purge" => vault.write(later, |writing| {
            writing.note(&note("erased", removed.first()))?;
            writing.purge_all_removed().map(drop)
        }),
        "begin hand-off" => {
            vault.write(later, |writing| writing.begin_handoff(&handoff(&kept[0], "eas", "the new Mac")).map(drop))
        }
        "finish hand-off" => vault.write(later, |writing| {
            let receipt = writing.finish_handoff(1)?;
            writing.set_gone(receipt.id, Some(later))?;
            writing.note(&note("handed over", Some(&kept[1])))
        }),
        "add passphrase" => vault.write(later, |writing| {
            writing.add_passphrase_slot(PASSPHRASE)?;
            writing.note(&note("passphrase added", None))
        }),
        "many" => (20..).try_for_each(|seed| {
            let stored = vault.insert(&[new_key(seed), new_key(seed + 10_000)], later)?;
            say(&format!("stored {} {}", stored[0].id, stored[1].id));
            if seed.is_multiple_of(3) {
                vault.remove(stored[1].id, later)?;
                say(&format!("removed {}", stored[1].id));
            }
            Ok(())
        }),
        "count" => {
            let id: Uuid = kept[0].id;
            let mut added = 0;
            while added < 500 {
                let seen = vault.key(id)?;
                let count: u32 = seen.notes.parse().unwrap_or(0);
                let change = Change { notes: Some((count + 1).to_string()), ..Change::default() };
                match vault.update(id, seen.version, &change, later) {
                    Ok(_) => added += 1,
                    Err(VaultError::ChangedElsewhere) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        }
        unknown => panic!("no task is called {unknown}"),
    };
    if done.is_ok() {
        say("done");
    }
    done
}
