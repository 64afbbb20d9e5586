//! Opening on Windows, where devices have names in every folder and a folder cannot be opened as a file.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::os::windows::fs::MetadataExt as _;
use std::path::Path;

use crate::RefusalCode;

/// `FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS` of the Windows API: reading would start a download.
const RECALL_ON_DATA_ACCESS: u32 = 0x0040_0000;

/// `ERROR_INVALID_FUNCTION` and `ERROR_INVALID_PARAMETER`: the answers of devices to a question about files.
const NOT_FOR_DEVICES: [i32; 2] = [1, 87];

pub(super) fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// What it means that an open file does not say what it is: `NUL`, `CON` and the like cannot.
pub(super) fn of_metadata(error: &io::Error) -> RefusalCode {
    match error.raw_os_error() {
        Some(code) if NOT_FOR_DEVICES.contains(&code) => RefusalCode::NotRegularFile,
        _ => RefusalCode::Unreadable,
    }
}

/// Opening says "access denied" for folders, which the caller looks into; nothing else is told apart.
pub(super) const fn is_no_file(_: &io::Error) -> bool {
    false
}

/// `OneDrive` keeps the name of a file and drops its content.
pub(super) fn is_dataless(metadata: &Metadata) -> bool {
    metadata.file_attributes() & RECALL_ON_DATA_ACCESS != 0
}
