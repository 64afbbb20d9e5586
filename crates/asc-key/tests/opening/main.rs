//! Opening what a stranger may have put under a name: every answer comes within a second, and it is the right one.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use asc_key::RefusalCode;
use asc_key::file::{MAX_FILE_BYTES, read};
use tempfile::TempDir;

const KEY: &[u8] = include_bytes!("../files/AuthKey_2X9R4HXF34.p8");
const DEADLINE: Duration = Duration::from_secs(1);

/// The answer for a path, which must come in time.
fn answer(path: &Path) -> Result<Vec<u8>, RefusalCode> {
    let (sender, receiver) = mpsc::channel();
    let path = path.to_owned();
    let shown = path.display().to_string();
    thread::spawn(move || {
        let _ = sender.send(read(&path).map(|bytes| bytes.to_vec()));
    });
    let answer = receiver.recv_timeout(DEADLINE).map_err(|_| format!("no answer within a second: {shown}")).unwrap();
    answer.map_err(|refusal| RefusalCode::ALL.iter().copied().find(|code| refusal == (*code).into()).unwrap())
}

fn folder_with(name: impl AsRef<Path>, content: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    (folder, path)
}

#[test]
fn a_regular_file_is_read_whole_up_to_the_limit() {
    let (_folder, path) = folder_with("AuthKey_2X9R4HXF34.p8", KEY);
    assert_eq!(answer(&path).unwrap(), KEY);
    for (length, expected) in [(0, None), (MAX_FILE_BYTES, None), (MAX_FILE_BYTES + 1, Some(RefusalCode::TooLarge))] {
        fs::write(&path, vec![b'x'; length]).unwrap();
        assert_eq!(answer(&path).map(|bytes| bytes.len()), expected.map_or(Ok(length), Err), "{length} bytes");
    }
}

#[test]
fn a_folder_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("AuthKey_2X9R4HXF34.p8");
    fs::create_dir(&path).unwrap();
    for folder in [path.as_path(), folder.path(), Path::new("."), Path::new("/")] {
        assert_eq!(answer(folder), Err(RefusalCode::NotRegularFile), "{folder:?}");
    }
}

#[test]
fn a_name_of_nothing_is_not_found() {
    let (folder, path) = folder_with("AuthKey_2X9R4HXF34.p8", KEY);
    assert_eq!(answer(&path.join("AuthKey_2X9R4HXF34.p8")), Err(RefusalCode::NotFound), "a file is no folder");
    fs::remove_file(&path).unwrap();
    for path in [path, folder.path().join("gone/key.p8"), PathBuf::new(), PathBuf::from("a\0b.p8")] {
        assert_eq!(answer(&path), Err(RefusalCode::NotFound), "{path:?}");
    }
}

#[test]
fn a_name_may_hold_spaces_and_any_script() {
    for name in ["Zoë’s Schlüssel (1).p8", "鍵 – ключ.p8", "مفتاح.p8", "🔑 .p8", "e\u{301}.p8"] {
        let (_folder, path) = folder_with(name, KEY);
        assert_eq!(answer(&path).unwrap(), KEY, "{name:?}");
    }
}

#[test]
fn a_stand_in_for_a_file_in_the_cloud_is_recognised() {
    let (folder, placeholder) = folder_with(".AuthKey_2X9R4HXF34.p8.icloud", b"bplist00");
    assert_eq!(answer(&placeholder), Err(RefusalCode::CloudPlaceholder));
    assert_eq!(answer(&folder.path().join("AuthKey_2X9R4HXF34.p8")), Err(RefusalCode::CloudPlaceholder));
    assert_eq!(answer(&folder.path().join("AuthKey_OTHER12345.p8")), Err(RefusalCode::NotFound));
}
