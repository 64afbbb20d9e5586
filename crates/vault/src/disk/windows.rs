//! Rights, folders and paths of Windows.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::os::windows::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

/// Creates the folder and its parents. What lies in a user's profile is that user's (and the administrators') alone by
/// inheritance, which is where the vault is.
pub(crate) fn private_dir(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)
}

/// Options for a file; it inherits the rights of its folder.
pub(crate) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options
}

/// There is no such call: NTFS journals renames and removals itself.
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(crate) const fn sync_dir(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The path's UTF-16 code units, little-endian.
pub(crate) fn path_to_bytes(path: &Path) -> Vec<u8> {
    path.as_os_str().encode_wide().flat_map(u16::to_le_bytes).collect()
}

/// The inverse of [`path_to_bytes`].
pub(crate) fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    PathBuf::from(OsString::from_wide(&units))
}
