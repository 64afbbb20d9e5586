//! Small files that make the next start look like the last one, and that nothing depends on.
//!
//! They lie beside the vault and hold nothing of what is sealed in it. Anybody who can write there can write anything into
//! them, so they are read up to a limit and judged by who asked. What cannot be read or written is as if it had never
//! been: no message is worth a window's place.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes; what we write is a tenth of it.
const LONGEST_FILE: u64 = 2048;

pub(crate) fn read<T: DeserializeOwned>(file: &Path) -> Option<T> {
    let mut text = String::new();
    File::open(file).ok()?.take(LONGEST_FILE).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// Beside and renamed: a crash leaves the old file or the new one.
pub(crate) fn write<T: Serialize>(file: &Path, content: &T) {
    let beside = file.with_extension("json.new");
    let _ = serde_json::to_vec(content)
        .map_err(io::Error::from)
        .and_then(|bytes| fs::write(&beside, bytes))
        .and_then(|()| fs::rename(&beside, file));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn what_was_written_is_read_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("view.json");
        assert_eq!(read::<Vec<u8>>(&file), None);
        for content in [vec![1_u8, 2], vec![3]] {
            write(&file, &content);
            assert_eq!(read(&file), Some(content));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_no_file_of_ours_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("view.json");
        for content in [b"".as_slice(), b"[1,", b"\0\xff\xfe", b"{}"] {
            fs::write(&file, content).unwrap();
            assert_eq!(read::<Vec<u8>>(&file), None, "{content:?}");
        }
        fs::write(&file, format!("{}[1]", " ".repeat(1 << 20))).unwrap();
        assert_eq!(read::<Vec<u8>>(&file), None);
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert_eq!(read::<Vec<u8>>(&file), None);
        write(&file, &[1_u8]);
        assert!(file.is_dir());
    }
}
