//! One app per data folder. The database would survive two writers; two windows that show different truths would not.
//!
//! The lock is the operating system's on an open file, so it vanishes with the process, however that ends.
//! The file itself means nothing and is never removed: removing it would let two processes lock two files of one name.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::disk;
use crate::error::DiskTrouble;

/// Held for as long as this process owns the data folder.
#[derive(Debug)]
pub struct DataDirLock {
    _file: File,
}

/// Why the data folder is not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LockTrouble {
    /// Another running app holds it: focus that one.
    #[error("another instance holds the data folder")]
    AlreadyRunning,
    /// The folder or the lock file could not be made.
    #[error(transparent)]
    Disk(#[from] DiskTrouble),
}

impl DataDirLock {
    /// Takes the folder (created for its owner alone if need be), or says at once that another app has it.
    ///
    /// # Errors
    /// [`LockTrouble::AlreadyRunning`], or what the disk said.
    pub fn acquire(dir: &Path) -> Result<Self, LockTrouble> {
        let open = || {
            disk::private_dir(dir)?;
            disk::private_file().create(true).truncate(false).open(dir.join("lock"))
        };
        let file = open().map_err(|error| DiskTrouble::from_io(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockTrouble::AlreadyRunning),
            Err(TryLockError::Error(error)) => Err(DiskTrouble::from_io(&error).into()),
        }
    }
}
