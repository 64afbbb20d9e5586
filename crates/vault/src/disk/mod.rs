//! Files only their owner may read, and the truth about why the disk said no.
//!
//! Refuses to create anything with wider rights first and narrow them later: the mode is set at creation. Also refuses
//! to lose a path that is not Unicode: one that comes back changed would make "is this the only copy?" a wrong answer.
//! What differs between systems is in `unix.rs` and `windows.rs`.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[cfg(unix)]
pub(crate) use unix::{path_from_bytes, path_to_bytes, private_dir, private_file, sync_dir};
#[cfg(windows)]
pub(crate) use windows::{path_from_bytes, path_to_bytes, private_dir, private_file, sync_dir};

use crate::error::{DiskTrouble, VaultError};

/// Flushes a whole file to the disk.
pub(crate) fn sync_file(path: &Path) -> io::Result<()> {
    // Windows flushes only through a handle that may write.
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Removes a file; one that is gone already is as good.
pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// `path` with `suffix` appended to its file name, as SQLite names its companions.
pub(crate) fn companion(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// SQLite reports "I/O error" for a full disk at fsync and for a read-only file system alike. Trying to write
/// beside the database tells the three apart, so that the user is told to free space only when that would help.
pub(crate) fn diagnose(dir: &Path) -> DiskTrouble {
    let probe = dir.join(".keyfolio-disk-probe");
    let tried = private_file().create(true).truncate(true).open(&probe).and_then(|mut file| {
        file.write_all(&[0_u8; 4096])?;
        file.sync_all()
    });
    // The answer is in `tried`; a probe that cannot be removed is empty of meaning and is truncated next time.
    let _ = fs::remove_file(&probe);
    match tried {
        Ok(()) => DiskTrouble::Failed,
        Err(error) => DiskTrouble::from_io(&error),
    }
}

/// Completes an error with what only the data folder can tell: the disk's real trouble, and the snapshots there are.
pub(crate) fn explain(dir: &Path, error: VaultError) -> VaultError {
    match error {
        VaultError::Disk(DiskTrouble::Failed) => VaultError::Disk(diagnose(dir)),
        VaultError::Damaged { .. } => VaultError::Damaged { snapshots: crate::snapshots::list(dir) },
        other => other,
    }
}
