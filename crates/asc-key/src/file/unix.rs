//! Opening on Linux and macOS, where a name can be a pipe, a terminal or a device.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::RefusalCode;

pub(super) fn open(path: &Path) -> io::Result<File> {
    // NONBLOCK: a pipe without a writer answers at once. NOCTTY: a terminal does not become ours.
    OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | libc::O_CLOEXEC | libc::O_NOCTTY).open(path)
}

/// What it means that an open file does not say what it is: a disk or a server that went away.
pub(super) const fn of_metadata(_: &io::Error) -> RefusalCode {
    RefusalCode::Unreadable
}

/// A loop of links, a socket, or a device without a driver.
pub(super) fn is_no_file(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::ELOOP | libc::ENXIO | libc::ENODEV | libc::EOPNOTSUPP))
}

/// Newer macOS versions keep the name of a file in iCloud and drop its content: `SF_DATALESS` of `<sys/stat.h>`.
#[cfg(target_os = "macos")]
pub(super) fn is_dataless(metadata: &Metadata) -> bool {
    use std::os::macos::fs::MetadataExt as _;
    metadata.st_flags() & 0x4000_0000 != 0
}

/// No file system here keeps a name without its content.
#[cfg(not(target_os = "macos"))]
pub(super) const fn is_dataless(_: &Metadata) -> bool {
    false
}
