//! What only systems with pipes, devices and owners in the file tree can put under a name.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use asc_key::file::read;
use asc_key::{RefusalCode, parse};

use crate::{KEY, answer, folder_with};

const OTHER_KEY: &[u8] = include_bytes!("../files/repair-many-at-once.p8");

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn what_is_no_regular_file_is_refused_without_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    make_pipe(&path("pipe.p8"));
    let _socket = UnixListener::bind(path("socket.p8")).unwrap();
    fs::create_dir(path("folder.p8")).unwrap();
    symlink(path("loop-b.p8"), path("loop-a.p8")).unwrap();
    symlink(path("loop-a.p8"), path("loop-b.p8")).unwrap();
    symlink(path("pipe.p8"), path("link-to-pipe.p8")).unwrap();
    symlink("/dev/zero", path("link-to-zero.p8")).unwrap();
    for name in ["pipe.p8", "socket.p8", "folder.p8", "loop-a.p8", "link-to-pipe.p8", "link-to-zero.p8"] {
        assert_eq!(answer(&path(name)), Err(RefusalCode::NotRegularFile), "{name}");
    }
    for device in ["/dev/zero", "/dev/null", "/dev/random", "/", "."] {
        assert_eq!(answer(Path::new(device)), Err(RefusalCode::NotRegularFile), "{device}");
    }
}

#[test]
fn a_pipe_that_somebody_writes_to_is_refused_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("AuthKey_2X9R4HXF34.p8");
    make_pipe(&path);
    let both_ends = fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    std::io::Write::write_all(&mut &both_ends, KEY).unwrap();
    assert_eq!(answer(&path), Err(RefusalCode::NotRegularFile));
}

#[test]
fn ten_sparse_gibibytes_are_too_large_and_not_read() {
    let (_folder, path) = folder_with("AuthKey_2X9R4HXF34.p8", KEY);
    File::options().write(true).open(&path).unwrap().set_len(10 << 30).unwrap();
    assert_eq!(answer(&path), Err(RefusalCode::TooLarge));
}

#[test]
fn a_link_to_nothing_is_not_found() {
    let folder = tempfile::tempdir().unwrap();
    symlink(folder.path().join("gone.p8"), folder.path().join("dangling.p8")).unwrap();
    assert_eq!(answer(&folder.path().join("dangling.p8")), Err(RefusalCode::NotFound));
    // Longer than any file system allows, so the system refuses to look.
    assert_eq!(answer(&folder.path().join("x".repeat(300))), Err(RefusalCode::Unreadable));
}

#[test]
fn the_longest_and_the_strangest_names_are_names() {
    let longest = format!("AuthKey_2X9R4HXF34 {}.p8", "x".repeat(255 - 22));
    assert_eq!(longest.len(), 255);
    let (_folder, path) = folder_with(longest, KEY);
    assert_eq!(answer(&path).unwrap(), KEY);
    for name in ["\u{202e}8p.key", "<img onerror=alert(1)>.p8", "new\nline.p8", " "] {
        let (_folder, path) = folder_with(name, KEY);
        assert_eq!(answer(&path).unwrap(), KEY, "{name:?}");
    }
}

// File systems of macOS refuse names that are no UTF-8.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_utf8_is_a_name() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let (_folder, path) = folder_with(OsStr::from_bytes(b"AuthKey_2X9R4HXF34 \xff\xfe.p8"), KEY);
    assert_eq!(answer(&path).unwrap(), KEY);
    let hints = asc_key::file_name::hints_os(path.file_name().unwrap());
    assert_eq!(hints.key_id.unwrap().as_str(), "2X9R4HXF34");
}

/// Runs `check` as a user without rights over other users' files; root may read everything.
fn without_privileges(check: impl FnOnce() + Send) {
    thread::scope(|scope| {
        scope.spawn(|| {
            #[cfg(target_os = "linux")]
            if rustix::process::geteuid().is_root() {
                let nobody = rustix::process::Uid::from_raw(65534);
                // For this one thread only, which ends right after.
                rustix::thread::set_thread_res_uid(nobody, nobody, nobody).unwrap();
            }
            check();
        });
    });
}

#[test]
fn a_file_of_somebody_else_is_unreadable() {
    let (folder, path) = folder_with("AuthKey_2X9R4HXF34.p8", KEY);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    without_privileges(|| assert_eq!(read(&path).unwrap_err(), RefusalCode::Unreadable.into()));
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o000)).unwrap();
    without_privileges(|| assert_eq!(read(&path).unwrap_err(), RefusalCode::Unreadable.into()));
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_name_that_changes_hands_yields_one_whole_key_every_time() {
    let (folder, path) = folder_with("AuthKey_2X9R4HXF34.p8", KEY);
    assert!(parse(KEY, None).is_ok() && parse(OTHER_KEY, None).is_ok() && KEY.len() != OTHER_KEY.len());
    let done = AtomicBool::new(false);
    let (mut first, mut second) = (0, 0);
    thread::scope(|scope| {
        scope.spawn(|| {
            let next = folder.path().join("next.p8");
            for key in [OTHER_KEY, KEY].iter().cycle() {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                fs::write(&next, key).unwrap();
                fs::rename(&next, &path).unwrap();
            }
        });
        while first + second < 10_000 || first == 0 || second == 0 {
            let bytes = read(&path).unwrap();
            if *bytes == KEY {
                first += 1;
            } else if *bytes == OTHER_KEY {
                second += 1;
            } else {
                done.store(true, Ordering::Relaxed);
                assert_eq!(*bytes, KEY, "neither of the two keys");
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}
