//! A child that hands over a file is killed at every call that can leave something on the disk, or the disk says no.
//! What is found then is the old file or the new one, and after the next start a ledger that says which.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use asc_key::KeyKind;
use keyfolio_core::view::*;
use keyfolio_core::{Environment, Keyfolio, Places};
use tempfile::TempDir;
use vault::{Keyring, KeyringTrouble, Unlock, Vault};
use zeroize::Zeroizing;

use crate::{FILE, WHERE, place, signs, write_to};

/// Calls after which something can be on the disk that was not before.
const CALLS: [&str; 12] = [
    "openat",
    "fchmod",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "unlink",
    "unlinkat",
    "rename",
    "renameat",
    "renameat2",
];

/// The child asks for this name when it begins and ends, so that a trace tells its own work from what led up to it.
const BEGINS: &str = "/keyfolio-test-begins";
const ENDS: &str = "/keyfolio-test-ends";

/// A keyring kept in a folder, so that two processes can share it.
struct FolderKeyring(PathBuf);

impl Keyring for FolderKeyring {
    fn read(&self, user: &str) -> Result<Option<Zeroizing<String>>, KeyringTrouble> {
        Ok(fs::read_to_string(self.0.join(user)).ok().map(Zeroizing::new))
    }

    fn write(&self, user: &str, secret: &Zeroizing<String>) -> Result<(), KeyringTrouble> {
        fs::create_dir_all(&self.0).map_err(|_| KeyringTrouble::Refused)?;
        fs::write(self.0.join(user), secret.as_bytes()).map_err(|_| KeyringTrouble::Refused)
    }

    fn delete(&self, user: &str) -> Result<(), KeyringTrouble> {
        fs::remove_file(self.0.join(user)).map_err(|_| KeyringTrouble::Refused)
    }
}

/// The application on what lies in a folder.
fn open(root: &Path) -> Arc<Keyfolio> {
    let places = Places { home: Some(root.to_owned()), downloads: None, desktop: None };
    let environment = Environment {
        keyring: Arc::new(FolderKeyring(root.join("keyring"))),
        clock: Arc::new(|| 1_790_000_000_000),
        profile: Profile::Normal,
        samples: 2,
        ..Environment::of_the_user(root.join("data"), places).asking_locally(9, None)
    };
    let core = Arc::new(Keyfolio::start(environment, Box::new(|_| {})).unwrap());
    core.open_now();
    core
}

fn key(core: &Keyfolio) -> KeyView {
    core.keys().unwrap().keys.into_iter().find(|key| key.kind == KeyKind::Team).unwrap()
}

fn target(root: &Path) -> PathBuf {
    root.join("out/key.p8")
}

/// Not a test by itself: what a traced child does, and says how it went.
#[test]
fn task() {
    let Ok(root) = std::env::var("KEYFOLIO_TEST_ROOT") else { return };
    let root = Path::new(&root);
    let core = open(root);
    let placed = core.handoff_placed(&place("key_file", &key(&core), FILE), target(root)).unwrap();
    assert!(fs::metadata(BEGINS).is_err());
    let done = core.handoff_write(&WriteRequest { replace: true, ..write_to(placed.id) });
    assert!(fs::metadata(ENDS).is_err());
    println!("said {}", done.map_or_else(|error| format!("{error:?}"), |_| "done".to_owned()));
    // Without the work of closing: the next start finds what the write left.
    std::process::exit(0);
}

/// What the child said, if it lived to say it.
fn run(root: &Path, strace: &[&str]) -> Option<String> {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-s", "64"]).args(strace).arg("--").arg(std::env::current_exe().unwrap());
    command.args(["--exact", "kill::task", "--nocapture", "--test-threads=1"]);
    command.env("KEYFOLIO_TEST_ROOT", root).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let output = command.output().expect("these tests need strace");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.split("said ").nth(1).map(|rest| rest.lines().next().unwrap_or_default().to_owned())
}

/// A folder in memory where there is one, as after a first start; with or without a file where the key is to go.
fn scene(before: Option<&str>) -> TempDir {
    let ram = Path::new("/dev/shm");
    let root = if ram.is_dir() { TempDir::new_in(ram) } else { TempDir::new() }.unwrap();
    fs::create_dir(root.path().join("out")).unwrap();
    fs::create_dir(root.path().join("data")).unwrap();
    open(root.path()).close();
    if let Some(text) = before {
        fs::write(target(root.path()), text).unwrap();
    }
    root
}

/// Which calls of each kind are the write's own: the first and the last, counted from the start of the child.
fn own_calls(before: Option<&str>) -> BTreeMap<&'static str, (usize, usize)> {
    let (root, notes) = (scene(before), TempDir::new().unwrap());
    let trace = notes.path().join("trace");
    let calls = format!("trace={},statx", CALLS.join(","));
    assert_eq!(run(root.path(), &["-o", trace.to_str().unwrap(), "-e", &calls]).as_deref(), Some("done"));
    let trace = fs::read_to_string(trace).unwrap();
    let (lead, rest) = trace.split_once(BEGINS).unwrap();
    let (own, _) = rest.split_once(ENDS).unwrap();
    // The tracer counts for each thread by itself, and begins every line with its number.
    let thread = lead.lines().next_back().unwrap().split(' ').next().unwrap();
    let of_thread = |line: &&str, call: &str| {
        line.strip_prefix(thread).is_some_and(|said| said.trim_start().starts_with(&format!("{call}(")))
    };
    let count = |text: &str, call: &str| text.lines().filter(|line| of_thread(line, call)).count();
    let ranges = CALLS.map(|call| (call, (count(lead, call) + 1, count(lead, call) + count(own, call))));
    ranges.into_iter().filter(|(_, (first, last))| first <= last).collect()
}

/// What is there after the next start.
struct Found {
    text: Option<String>,
    receipts: usize,
}

/// Starts again, and holds the ledger against the disk.
fn found_after(root: &Path, before: Option<&str>) -> Found {
    let text = fs::read_to_string(target(root)).ok();
    let core = open(root);
    let key = key(&core);
    let new = text.as_deref() != before;
    if new {
        signs(text.as_deref().expect("what was there is there, or the key is"), &key);
    }
    let receipts = core.receipts(&ReceiptQuery::default()).unwrap();
    let query = ActivityQuery { group: Some(ActivityGroup::Handoffs), ..ActivityQuery::default() };
    let deeds = core.activity(&query).unwrap().entries;
    assert_eq!((receipts.len(), deeds.len()), (usize::from(new), usize::from(new)), "{receipts:?} {deeds:?}");
    for receipt in &receipts {
        assert_eq!((receipt.destination.as_str(), receipt.file_there), (WHERE, Some(true)));
        assert_eq!(deeds[0].key.as_ref().unwrap().id, key.id);
    }
    assert_eq!(core.keys().unwrap().keys.iter().map(|key| key.handoffs).sum::<usize>(), receipts.len());
    let names: Vec<_> = fs::read_dir(root.join("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), usize::from(text.is_some()), "nothing unfinished is left: {names:?}");
    core.close();
    drop(core);
    let vault = Vault::open(&root.join("data"), Unlock::Os(&FolderKeyring(root.join("keyring"))), 0).unwrap();
    assert_eq!(vault.handoffs_begun().unwrap(), []);
    Found { text, receipts: receipts.len() }
}

#[test]
fn nothing_is_written_to_but_the_vault_and_the_chosen_folder() {
    let (root, notes) = (scene(None), TempDir::new().unwrap());
    let trace = notes.path().join("trace");
    let calls = "trace=openat,openat2,memfd_create,write,writev,pwrite64,pwritev2,statx";
    assert_eq!(run(root.path(), &["-y", "-o", trace.to_str().unwrap(), "-e", calls]).as_deref(), Some("done"));
    let trace = fs::read_to_string(trace).unwrap();
    let own = trace.split_once(BEGINS).unwrap().1.split_once(ENDS).unwrap().0;
    let writes = |line: &&str| ["write", "O_WRONLY", "O_RDWR", "memfd"].iter().any(|sign| line.contains(sign));
    let written: Vec<_> = own.lines().filter(writes).collect();
    let places = ["data", "out"].map(|folder| root.path().join(folder).display().to_string());
    for line in &written {
        assert!(places.iter().any(|place| line.contains(place)), "{line}");
    }
    for place in &places {
        assert!(written.iter().any(|line| line.contains(place)), "{place}: {written:#?}");
    }
}

fn killed_everywhere(before: Option<&str>) {
    let (mut kills, mut old, mut new_though_killed) = (0, 0, 0);
    for (call, (first, last)) in own_calls(before) {
        for at in first..=last {
            let root = scene(before);
            let inject = format!("inject={call}:signal=SIGKILL:when={at}");
            let said = run(root.path(), &["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject]);
            let found = found_after(root.path(), before);
            let new = found.text.as_deref() != before;
            assert!(new || said.is_none(), "{call} {at}: {said:?}, and the file is not there");
            assert_eq!(found.receipts, usize::from(new), "{call} {at}");
            kills += 1;
            old += usize::from(!new);
            new_though_killed += usize::from(new && said.is_none());
        }
    }
    // Else the kills came before or after the write, and prove nothing.
    assert!(old >= 5 && new_though_killed >= 3, "{kills} kills, {old} old, {new_though_killed} new");
}

#[test]
fn killed_at_any_call_there_is_no_file_and_no_receipt_or_both() {
    killed_everywhere(None);
}

#[test]
fn killed_at_any_call_there_is_the_old_file_and_no_receipt_or_the_new_one_and_its_receipt() {
    killed_everywhere(Some("the old one"));
}

#[test]
fn a_disk_that_says_no_at_any_call_leaves_a_ledger_that_is_true() {
    let own = own_calls(None);
    let (mut refused, mut done) = (0, 0);
    for call in ["pwrite64", "fdatasync", "fsync", "renameat2"] {
        let Some((first, last)) = own.get(call).copied() else { continue };
        for at in first..=last {
            for error in ["ENOSPC", "EIO"] {
                let root = scene(None);
                let inject = format!("inject={call}:error={error}:when={at}");
                let said = run(root.path(), &["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject]);
                let said = said.expect("an error is no end");
                let found = found_after(root.path(), None);
                assert!(said != "done" || found.receipts == 1, "{call} {at} {error}: done, and not there");
                assert!(
                    said == "done" || said.contains("Disk") || said.contains("Failed"),
                    "{call} {at} {error}: {said}"
                );
                refused += usize::from(said != "done");
                done += usize::from(said == "done");
            }
        }
    }
    assert!(refused >= 4, "{refused} {done}");
}
