//! The same under a tracer: what the system is really asked for, killed at every call, refused by the disk.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use handoff::write::{Existing, Rights, WriteRefusal, sweep, write};

use crate::{folder, names_in, output};

/// Calls after which something can be on the disk that was not before.
const CALLS: [&str; 7] = ["openat", "fchmod", "write", "fsync", "renameat2", "renameat", "unlinkat"];

/// Not a test by itself: what a traced child does, and says how it went.
#[test]
fn task() {
    let Ok(root) = env::var("KEYFOLIO_TEST_ROOT") else { return };
    if let Ok(mask) = env::var("KEYFOLIO_TEST_UMASK") {
        rustix::process::umask(rustix::fs::Mode::from_raw_mode(u32::from_str_radix(&mask, 8).unwrap()));
    }
    let existing = if env::var("KEYFOLIO_TEST_REPLACE").is_ok() { Existing::Replace } else { Existing::Keep };
    let done = write(&output(), &Path::new(&root).join("key.json"), existing, Rights::Required);
    println!("said {}", done.map_or_else(WriteRefusal::code, |_| "done"));
}

/// What the child said, if it lived to say it.
fn run(root: &Path, variables: &[(&str, &str)], strace: &[&str]) -> Option<String> {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-s", "8"]).args(strace).arg("--").arg(env::current_exe().unwrap());
    command.args(["--exact", "child::task", "--nocapture", "--test-threads=1"]);
    command.env("KEYFOLIO_TEST_ROOT", root).envs(variables.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let said = command.output().unwrap();
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    said.split("said ").nth(1).map(|rest| rest.lines().next().unwrap_or_default().to_owned())
}

/// The calls of one undisturbed run as the tracer writes them, of the thread that writes: it counts for each by itself.
fn traced(variables: &[(&str, &str)]) -> Vec<String> {
    let (root, notes) = (folder(), folder());
    let trace = notes.path().join("trace");
    let calls = format!("trace={},linkat", CALLS.join(","));
    assert_eq!(run(root.path(), variables, &["-o", trace.to_str().unwrap(), "-e", &calls]).as_deref(), Some("done"));
    let trace = fs::read_to_string(trace).unwrap();
    let thread = trace.lines().find(|line| line.contains(".keyfolio-handoff-"));
    let thread = thread.unwrap().split(' ').next().unwrap();
    trace.lines().filter(|line| line.split(' ').next() == Some(thread)).map(str::to_owned).collect()
}

#[test]
fn the_file_is_created_for_its_owner_without_following_or_replacing_anything() {
    let calls = traced(&[("KEYFOLIO_TEST_UMASK", "000")]);
    let created = calls.iter().find(|line| line.contains(".keyfolio-handoff-") && line.contains("openat")).unwrap();
    for flag in ["O_CREAT", "O_EXCL", "O_NOFOLLOW", "O_CLOEXEC", "0600"] {
        assert!(created.contains(flag), "{created}");
    }
    assert!(calls.iter().any(|line| line.contains("renameat2") && line.contains("RENAME_NOREPLACE")), "{calls:#?}");
    let fsyncs = calls.iter().filter(|line| line.contains("fsync")).count();
    assert_eq!(fsyncs, 2, "the file, then the folder");
}

#[test]
fn whatever_the_umask_the_owner_reads_and_nobody_else() {
    for mask in ["000", "022", "077", "777"] {
        let root = folder();
        assert_eq!(run(root.path(), &[("KEYFOLIO_TEST_UMASK", mask)], &["-e", "trace=none"]).as_deref(), Some("done"));
        let mode = fs::metadata(root.path().join("key.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o600, "umask {mask}");
    }
}

/// Kills a child at each of the last calls of each kind, and looks at what is there.
fn killed_everywhere(variables: &[(&str, &str)], before: Option<&str>) {
    let new = output();
    let (mut kills, mut unfinished, mut whole_though_killed) = (0, 0, 0);
    for call in CALLS {
        let count = traced(variables).iter().filter(|line| line.contains(&format!(" {call}("))).count();
        // A test binary opens and writes much before it comes to our file; ours are the last ones.
        for at in count.saturating_sub(8) + 1..=count {
            let root = folder();
            if let Some(text) = before {
                fs::write(root.path().join("key.json"), text).unwrap();
            }
            let inject = format!("inject={call}:signal=SIGKILL:when={at}");
            let said = run(root.path(), variables, &["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject]);
            let found = fs::read_to_string(root.path().join("key.json")).ok();
            let whole = found.as_deref() == Some(new.expose());
            assert!(whole || (found.as_deref() == before && said.is_none()), "{call} {at}: {said:?}, {found:?}");
            whole_though_killed += usize::from(whole && said.is_none());
            for name in names_in(root.path()).iter().filter(|name| *name != "key.json") {
                unfinished += 1;
                let mode = fs::metadata(root.path().join(name)).unwrap().permissions().mode();
                assert_eq!(mode & 0o077, 0, "{name} after {call} {at}");
            }
            sweep(root.path()).unwrap();
            assert!(names_in(root.path()).iter().all(|name| name == "key.json"), "{:?}", names_in(root.path()));
            kills += 1;
        }
    }
    // Else the kills came before or after our file, and prove nothing.
    assert!(unfinished >= 3 && whole_though_killed >= 1, "{kills} {unfinished} {whole_though_killed}");
}

#[test]
fn killed_at_any_call_there_is_no_file_or_all_of_it() {
    killed_everywhere(&[("KEYFOLIO_TEST_UMASK", "000")], None);
}

#[test]
fn killed_at_any_call_there_is_the_old_file_or_the_new_one() {
    killed_everywhere(&[("KEYFOLIO_TEST_REPLACE", "1")], Some("the old one"));
}

#[test]
fn a_disk_that_says_no_leaves_nothing_behind() {
    let cases = [
        ("fsync:error=ENOSPC:when=1", "handoff_disk_full"),
        ("fsync:error=EDQUOT:when=1", "handoff_disk_full"),
        ("fsync:error=EIO:when=1", "handoff_failed"),
        ("renameat2:error=EROFS", "handoff_not_allowed"),
        ("renameat2:error=EEXIST", "handoff_exists"),
    ];
    for (fault, code) in cases {
        let root = folder();
        let inject = format!("inject={fault}");
        assert_eq!(run(root.path(), &[], &["-o", "/dev/null", "-e", &inject]).as_deref(), Some(code), "{fault}");
        assert!(names_in(root.path()).is_empty(), "{fault}");
    }
}

#[test]
fn what_cannot_be_proved_on_the_disk_is_taken_back() {
    let calls = traced(&[]);
    let opened: Vec<_> = calls.iter().filter(|line| line.contains(" openat(")).collect();
    let proof = opened.iter().rposition(|line| line.contains("/key.json")).unwrap() + 1;
    let inject = format!("inject=openat:error=EIO:when={proof}");
    for (variables, before) in [(vec![], None), (vec![("KEYFOLIO_TEST_REPLACE", "1")], Some("the old one"))] {
        let root = folder();
        if let Some(text) = before {
            fs::write(root.path().join("key.json"), text).unwrap();
        }
        let said = run(root.path(), &variables, &["-o", "/dev/null", "-e", "trace=openat", "-e", &inject]);
        assert_eq!(said.as_deref(), Some("handoff_changed_meanwhile"));
        assert!(names_in(root.path()).is_empty(), "{:?}", names_in(root.path()));
    }
}

#[test]
fn where_renaming_cannot_refuse_to_replace_a_second_name_does() {
    for fault in ["EINVAL", "ENOSYS"] {
        let root = folder();
        let inject = format!("inject=renameat2:error={fault}");
        assert_eq!(run(root.path(), &[], &["-o", "/dev/null", "-e", &inject]).as_deref(), Some("done"));
        assert_eq!(fs::read_to_string(root.path().join("key.json")).unwrap(), output().expose());
        assert_eq!(names_in(root.path()), ["key.json"]);
    }
}

#[test]
fn a_folder_that_is_not_ours_is_not_written_to() {
    let root = folder();
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let target = root.path().join("key.json");
    // Rights do not bind root; another user's number does, for this thread alone.
    let written = std::thread::spawn(move || {
        let nobody = rustix::process::Uid::from_raw(65534);
        if rustix::process::geteuid().is_root() {
            rustix::thread::set_thread_res_uid(nobody, nobody, nobody).unwrap();
        }
        write(&output(), &target, Existing::Keep, Rights::Required)
    });
    assert_eq!(written.join().unwrap(), Err(WriteRefusal::NotAllowed));
    assert!(names_in(root.path()).is_empty());
}
