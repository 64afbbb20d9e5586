//! Opening a file that a stranger may have put there: once, without waiting, regular files only, at most 16 KiB.
//!
//! A dropped path can be a pipe nobody writes to, a device that never ends, a sparse file of 10 GiB or a name that
//! changes owner between two looks. So the file is opened exactly once, everything is asked of that open file, and
//! reading stops one byte after the limit. This is the only module of the crate that touches the file system;
//! what differs between systems is in `unix.rs` and `windows.rs`.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::io::{self, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

#[cfg(unix)]
use unix as platform;
#[cfg(windows)]
use windows as platform;

use crate::{Refusal, RefusalCode};

/// Most bytes a key file may have. Real ones have about 250; other tools' JSON stays under 1,000.
pub const MAX_FILE_BYTES: usize = 16 * 1024;

/// Reads the file at `path` whole, or says why not.
///
/// # Errors
/// `not_found`, `unreadable`, `not_regular_file`, `too_large`, or `cloud_placeholder` when the content is not on
/// this computer (reading it would start a download).
pub fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    if is_icloud_placeholder(path) {
        return Err(RefusalCode::CloudPlaceholder.into());
    }
    let mut file = platform::open(path).map_err(|error| open_refusal(path, &error))?;
    let metadata = file.metadata().map_err(|error| platform::of_metadata(&error))?;
    if !metadata.is_file() {
        return Err(RefusalCode::NotRegularFile.into());
    }
    if platform::is_dataless(&metadata) {
        return Err(RefusalCode::CloudPlaceholder.into());
    }
    if metadata.len() > MAX_FILE_BYTES as u64 {
        return Err(RefusalCode::TooLarge.into());
    }
    // The length is only a claim (it can grow, and files of /proc claim 0): what counts is what can be read.
    let mut bytes = Zeroizing::new(vec![0; MAX_FILE_BYTES + 1]);
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Err(RefusalCode::Unreadable.into()),
        }
    }
    if filled > MAX_FILE_BYTES {
        return Err(RefusalCode::TooLarge.into());
    }
    bytes.truncate(filled);
    Ok(bytes)
}

/// What a failed open means for the person who chose the file.
fn open_refusal(path: &Path, error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::NotFound if has_icloud_placeholder(path) => RefusalCode::CloudPlaceholder,
        // A name with a NUL byte, or with a file where a folder should be, is the name of nothing.
        io::ErrorKind::NotFound | io::ErrorKind::InvalidInput | io::ErrorKind::NotADirectory => RefusalCode::NotFound,
        // A folder that may not be opened is a folder first.
        io::ErrorKind::PermissionDenied if path.is_dir() => RefusalCode::NotRegularFile,
        _ if platform::is_no_file(error) => RefusalCode::NotRegularFile,
        _ => RefusalCode::Unreadable,
    }
    .into()
}

/// The stand-in that older macOS versions leave for a file in iCloud: `.Name.p8.icloud`.
fn is_icloud_placeholder(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let name = name.as_encoded_bytes();
        name.starts_with(b".") && name.ends_with(b".icloud")
    })
}

/// Whether such a stand-in lies where the file should be.
fn has_icloud_placeholder(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let mut placeholder = std::ffi::OsString::from(".");
        placeholder.push(name);
        placeholder.push(".icloud");
        path.with_file_name(placeholder).symlink_metadata().is_ok()
    })
}
