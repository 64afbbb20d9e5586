//! What can go wrong, told apart by what the user can do about it.
//!
//! A code, never a sentence: words belong to the window. No variant carries key bytes, a passphrase, a path
//! or the text of a lower layer's error (keyring errors may hold the secret itself, so they are never formatted).

use std::io;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::slots::SlotKind;
use crate::snapshots::SnapshotInfo;

/// Why the operating system's keyring did not do what was asked. Nothing is ever deleted because of one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeyringTrouble {
    /// No keyring is running here (no session bus, no Secret Service provider, no logon session).
    #[error("no keyring is running")]
    NoService,
    /// The keyring runs but has no default collection (Linux) or no login keychain (macOS) to store into.
    #[error("the keyring has no default collection")]
    NoCollection,
    /// The keyring is locked and cannot ask for its password here.
    #[error("the keyring is locked")]
    Locked,
    /// The keyring asked, and the question was dismissed.
    #[error("the keyring's prompt was dismissed")]
    PromptDismissed,
    /// The keyring went away in the middle of the call; whether it took effect is not known.
    #[error("the keyring went away during the call")]
    Interrupted,
    /// The keyring did not answer within the deadline.
    #[error("the keyring did not answer in time")]
    NotResponding,
    /// The keyring is there and open, and holds no entry for this vault.
    #[error("the keyring holds no entry for this vault")]
    EntryMissing,
    /// The keyring holds an entry for this vault, and it does not open it.
    #[error("the keyring's entry does not open this vault")]
    EntryWrong,
    /// The keyring answered with a refusal of another kind.
    #[error("the keyring refused")]
    Refused,
}

/// Why the disk did not do what was asked. What was stored before is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum DiskTrouble {
    /// No space is left (or a quota is used up).
    #[error("the disk is full")]
    Full,
    /// The folder or file system cannot be written to.
    #[error("the disk is read-only")]
    ReadOnly,
    /// Any other failure to read or write.
    #[error("the disk failed")]
    Failed,
}

impl DiskTrouble {
    /// What an I/O error means to the person at the window.
    #[must_use]
    pub fn from_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Failed,
        }
    }
}

/// Everything the vault can answer instead of doing what was asked. After any of these the stored keys are as before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// There is no vault in this folder.
    #[error("there is no vault here")]
    Absent,
    /// There is a vault in this folder already; creating never replaces one.
    #[error("there is a vault here already")]
    AlreadyPresent,
    /// The vault was written by a newer version of the app; it was not touched.
    #[error("the vault is of schema {found}, this app knows up to {known}")]
    TooNew {
        /// The schema number found.
        found: i64,
        /// The newest schema number this app knows.
        known: i64,
    },
    /// The database file cannot be read as a vault; it was not touched.
    #[error("the vault file is damaged")]
    Damaged {
        /// Sealed copies that can be put in its place, newest first.
        snapshots: Vec<SnapshotInfo>,
    },
    /// One key's sealed bytes fail their authentication; every other key is unaffected.
    #[error("the sealed key {id} is damaged")]
    DamagedItem {
        /// The key concerned.
        id: Uuid,
    },
    /// The stored parameters of a slot are outside what this app would ever write; they were not used.
    #[error("the {0} slot is damaged")]
    DamagedSlot(SlotKind),
    /// The vault cannot be opened this way: it has no such slot.
    #[error("the vault has no {0} slot")]
    NoSuchSlot(SlotKind),
    /// A vault needs at least one slot to be opened with.
    #[error("a vault needs at least one slot")]
    NoSlot,
    /// The passphrase does not open the vault (or its slot was tampered with: the two cannot be told apart).
    #[error("the passphrase does not open the vault")]
    PassphraseWrong,
    /// The passphrase is too short to protect anything.
    #[error("a passphrase has at least {minimum} characters")]
    PassphraseTooShort {
        /// The fewest characters accepted.
        minimum: usize,
    },
    /// The operating system's keyring did not help.
    #[error(transparent)]
    Keyring(#[from] KeyringTrouble),
    /// No key has this identity.
    #[error("no such key")]
    KeyNotFound,
    /// No receipt, and nothing begun, has this number.
    #[error("no such receipt")]
    NoSuchReceipt,
    /// The row changed since the caller read it; nothing was written.
    #[error("the key was changed elsewhere")]
    ChangedElsewhere,
    /// The very same private key is stored already (and not removed).
    #[error("the same key is stored already")]
    AlreadyHave {
        /// The stored key.
        existing: Uuid,
    },
    /// A snapshot of this name is not there.
    #[error("no such snapshot")]
    NoSuchSnapshot,
    /// Another process holds the database for longer than we wait.
    #[error("another process is writing to the vault")]
    Busy,
    /// The disk did not do it.
    #[error(transparent)]
    Disk(#[from] DiskTrouble),
    /// The operating system gave no random bytes, or a caller broke a rule of this crate.
    #[error("internal: {0}")]
    Internal(&'static str),
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        Self::Disk(DiskTrouble::from_io(&error))
    }
}

impl From<rusqlite::Error> for VaultError {
    /// Maps SQLite's result codes. `Damaged` comes without snapshots here; `Store` adds them where it knows the folder.
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => DiskTrouble::Full.into(),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => DiskTrouble::ReadOnly.into(),
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => DiskTrouble::Failed.into(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { snapshots: Vec::new() },
            Some(_) => Self::Internal("an unexpected answer of SQLite"),
            None => match error {
                // A column that does not hold what the schema says: the file was changed by something else.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::Utf8Error(..) => Self::Damaged { snapshots: Vec::new() },
                _ => Self::Internal("an unexpected answer of the SQLite binding"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::DiskTrouble;

    #[test]
    fn a_disk_error_says_what_would_help() {
        let of = |kind| DiskTrouble::from_io(&Error::from(kind));
        assert_eq!(of(ErrorKind::StorageFull), DiskTrouble::Full);
        assert_eq!(of(ErrorKind::QuotaExceeded), DiskTrouble::Full);
        assert_eq!(of(ErrorKind::ReadOnlyFilesystem), DiskTrouble::ReadOnly);
        assert_eq!(of(ErrorKind::PermissionDenied), DiskTrouble::ReadOnly);
        assert_eq!(of(ErrorKind::Other), DiskTrouble::Failed);
    }
}
