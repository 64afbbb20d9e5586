//! From a folder to an open vault and back: look, create, unlock, lock.
//!
//! Refuses to create where anything of a vault is left (a lost database with snapshots beside it is damage, not a
//! fresh start), and to write one byte before the vault key is in hand.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use uuid::Uuid;

use crate::error::{DiskTrouble, VaultError};
use crate::keyring::Keyring;
use crate::seal::VaultKey;
use crate::slots::{self, SlotKind};
use crate::snapshots::{self, SnapshotInfo};
use crate::writing::Writing;
use crate::{DATABASE_FILE, disk, schema};

/// What a data folder holds, told without opening the vault and without writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// No vault, and no trace of one.
    Absent,
    /// A vault that can be opened in these ways.
    Present {
        /// The slots it has.
        slots: Vec<SlotKind>,
    },
    /// A vault of a newer version of the app.
    TooNew {
        /// The schema number found.
        found: i64,
        /// The newest schema number this app knows.
        known: i64,
    },
    /// A database that cannot be read as a vault, or that is gone while its snapshots are there.
    Damaged {
        /// What can be restored, newest first.
        snapshots: Vec<SnapshotInfo>,
    },
}

/// The slots of a new vault: at least one.
#[derive(Clone, Copy, Default)]
pub struct NewSlots<'a> {
    /// Put a wrapping key into this keyring.
    pub os: Option<&'a dyn Keyring>,
    /// Derive a wrapping key from this passphrase.
    pub passphrase: Option<&'a str>,
}

/// How to open a vault.
#[derive(Clone, Copy)]
pub enum Unlock<'a> {
    /// With the entry in the operating system's keyring.
    Os(&'a dyn Keyring),
    /// With the passphrase.
    Passphrase(&'a str),
}

/// An open vault. Holds the vault key until it is dropped or [locked](Self::lock).
pub struct Vault {
    pub(crate) connection: Connection,
    pub(crate) dir: PathBuf,
    pub(crate) id: Uuid,
    pub(crate) key: VaultKey,
    pub(crate) snapshot_trouble: Option<DiskTrouble>,
    pub(crate) noted: u64,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Vault {
    /// Looks at a folder. Needs no key, writes nothing.
    ///
    /// # Errors
    /// [`VaultError::Disk`] or [`VaultError::Busy`] when the folder cannot be looked at.
    pub fn inspect(dir: &Path) -> Result<Presence, VaultError> {
        match look(dir) {
            Ok((_, _, slots)) => Ok(Presence::Present { slots }),
            Err(VaultError::Absent) => Ok(Presence::Absent),
            Err(VaultError::TooNew { found, known }) => Ok(Presence::TooNew { found, known }),
            Err(VaultError::Damaged { snapshots }) => Ok(Presence::Damaged { snapshots }),
            Err(error) => Err(error),
        }
    }

    /// Creates a vault with the given slots and opens it. It appears in the folder complete or not at all.
    ///
    /// # Errors
    /// [`VaultError::AlreadyPresent`] when the folder holds anything of a vault, [`VaultError::NoSlot`],
    /// [`VaultError::PassphraseTooShort`], [`VaultError::Keyring`], [`VaultError::Disk`].
    pub fn create(dir: &Path, new: NewSlots<'_>, now_ms: i64) -> Result<Self, VaultError> {
        if Self::inspect(dir)? != Presence::Absent {
            return Err(VaultError::AlreadyPresent);
        }
        if new.os.is_none() && new.passphrase.is_none() {
            return Err(VaultError::NoSlot);
        }
        if let Some(passphrase) = new.passphrase {
            slots::accept_passphrase(passphrase)?;
        }
        let id = Uuid::from_bytes(random_uuid()?);
        let made = build(dir, id, new, now_ms);
        if made.is_err() {
            if let Some(keyring) = new.os {
                // Ours, of this very attempt, for a vault that never was; if it stays, it opens nothing.
                let _ = keyring.delete(&slots::entry_user(id));
            }
            remove_unfinished(dir).ok();
        }
        made.map_err(|error| disk::explain(dir, error))
    }

    /// Opens the vault. A failed attempt changes nothing, in the folder or in the keyring.
    ///
    /// # Errors
    /// [`VaultError::Absent`], [`VaultError::TooNew`], [`VaultError::Damaged`]; [`VaultError::NoSuchSlot`],
    /// [`VaultError::DamagedSlot`], [`VaultError::PassphraseWrong`], [`VaultError::Keyring`]; [`VaultError::Disk`].
    pub fn open(dir: &Path, unlock: Unlock<'_>, now_ms: i64) -> Result<Self, VaultError> {
        let (looking, id, _) = look(dir)?;
        let key = match unlock {
            Unlock::Os(keyring) => slots::open_with_keyring(&slots::read(&looking, SlotKind::Os)?, id, keyring),
            Unlock::Passphrase(passphrase) => {
                slots::open_with_passphrase(&slots::read(&looking, SlotKind::Passphrase)?, id, passphrase)
            }
        }?;
        drop(looking);
        let attach = || {
            let mut connection = schema::connect(&dir.join(DATABASE_FILE))?;
            if schema::is_older(&connection)? {
                // The way back to what the older app wrote. Without it nothing is changed.
                snapshots::take(&connection, dir, now_ms)?;
                schema::migrate(&mut connection)?;
            }
            Ok(connection)
        };
        let connection = attach().map_err(|error| disk::explain(dir, error))?;
        let mut vault = Self { connection, dir: dir.to_owned(), id, key, snapshot_trouble: None, noted: 0 };
        vault.finish_retiring(now_ms);
        Ok(vault)
    }

    /// Locks: the vault key is wiped, the database closed.
    pub fn lock(self) {
        drop(self);
    }

    /// The ways this vault can be opened.
    ///
    /// # Errors
    /// What the disk said.
    pub fn slots(&self) -> Result<Vec<SlotKind>, VaultError> {
        slots::kinds(&self.connection).map_err(|error| self.explain(error))
    }

    /// [`Writing::add_passphrase_slot`] and nothing else.
    ///
    /// # Errors
    /// As there; the slots are as before then.
    pub fn add_passphrase_slot(&mut self, passphrase: &str, now_ms: i64) -> Result<(), VaultError> {
        self.write(now_ms, |writing| writing.add_passphrase_slot(passphrase))
    }

    /// Adds the `os` slot, or mends one whose keyring entry is missing or wrong. Does nothing if it opens already.
    ///
    /// # Errors
    /// [`VaultError::Keyring`], [`VaultError::Disk`]; the slots are as before then.
    pub fn add_os_slot(&mut self, keyring: &dyn Keyring, now_ms: i64) -> Result<(), VaultError> {
        let opens = match slots::read(&self.connection, SlotKind::Os) {
            Ok(slot) => match slots::open_with_keyring(&slot, self.id, keyring) {
                Ok(key) => key.same_as(&self.key),
                Err(VaultError::Keyring(crate::KeyringTrouble::EntryMissing | crate::KeyringTrouble::EntryWrong)) => {
                    false
                }
                Err(error) => return Err(error),
            },
            Err(VaultError::NoSuchSlot(_) | VaultError::DamagedSlot(_)) => false,
            Err(error) => return Err(self.explain(error)),
        };
        if opens {
            return Ok(());
        }
        let made = slots::for_keyring(self.id, &mut self.key, keyring)?;
        self.write(now_ms, |writing| writing.store_slot(&made))
    }

    /// Why the last snapshot could not be taken, if it could not. The vault itself is fine then.
    #[must_use]
    pub fn snapshot_trouble(&self) -> Option<DiskTrouble> {
        self.snapshot_trouble
    }

    /// A snapshot of what is committed. Failing to take one takes nothing back; it is remembered and told.
    pub(crate) fn snapshot(&mut self, now_ms: i64) {
        self.snapshot_trouble =
            snapshots::take(&self.connection, &self.dir, now_ms).err().map(|error| self.disk_trouble(error));
    }

    pub(crate) fn disk_trouble(&self, error: VaultError) -> DiskTrouble {
        match self.explain(error) {
            VaultError::Disk(trouble) => trouble,
            _ => DiskTrouble::Failed,
        }
    }

    pub(crate) fn explain(&self, error: VaultError) -> VaultError {
        disk::explain(&self.dir, error)
    }
}

impl Writing<'_> {
    /// Adds the passphrase slot, or changes the passphrase. The old one opens nothing that is left behind:
    /// snapshots that knew it are replaced.
    ///
    /// # Errors
    /// [`VaultError::PassphraseTooShort`], [`VaultError::Disk`].
    pub fn add_passphrase_slot(&mut self, passphrase: &str) -> Result<(), VaultError> {
        let made = slots::for_passphrase(self.vault, self.key, passphrase)?;
        self.store_slot(&made)
    }

    fn store_slot(&mut self, (slot, kek): &(slots::Slot, VaultKey)) -> Result<(), VaultError> {
        if slots::store(&self.transaction, self.vault, slot, kek, self.key, self.now_ms)? {
            self.transaction.execute("UPDATE vault SET retire_snapshots = 1", [])?;
            self.after.retire = true;
        } else {
            self.after.snapshot = true;
        }
        Ok(())
    }
}

/// Opens the database for reading only and says whose it is.
pub(crate) fn look(dir: &Path) -> Result<(Connection, Uuid, Vec<SlotKind>), VaultError> {
    let path = dir.join(DATABASE_FILE);
    if !path.try_exists()? {
        let snapshots = snapshots::list(dir);
        let trace = !snapshots.is_empty() || disk::companion(&path, "-wal").try_exists()?;
        return Err(if trace { VaultError::Damaged { snapshots } } else { VaultError::Absent });
    }
    let look = || {
        let connection = schema::connect_to_look(&path)?;
        schema::check(&connection)?;
        let damaged = || VaultError::Damaged { snapshots: Vec::new() };
        let id: Option<String> = connection.query_row("SELECT id FROM vault", [], |row| row.get(0)).optional()?;
        let id = id.and_then(|text| text.parse().ok()).ok_or_else(damaged)?;
        let slots = slots::kinds(&connection)?;
        if slots.is_empty() {
            return Err(damaged());
        }
        Ok((connection, id, slots))
    };
    look().map_err(|error| disk::explain(dir, error))
}

fn build(dir: &Path, id: Uuid, new: NewSlots<'_>, now_ms: i64) -> Result<Vault, VaultError> {
    disk::private_dir(dir)?;
    remove_unfinished(dir)?;
    let path = dir.join(DATABASE_FILE);
    let unfinished = disk::companion(&path, ".new");
    drop(disk::private_file().create_new(true).open(&unfinished)?);

    let mut key = VaultKey::random()?;
    let mut made = Vec::new();
    if let Some(keyring) = new.os {
        made.push(slots::for_keyring(id, &mut key, keyring)?);
    }
    if let Some(passphrase) = new.passphrase {
        made.push(slots::for_passphrase(id, &mut key, passphrase)?);
    }

    let mut connection = schema::connect(&unfinished)?;
    schema::migrate(&mut connection)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction
        .execute("INSERT INTO vault (only_row, id, created_at) VALUES (1, ?1, ?2)", params![id.to_string(), now_ms])?;
    for (slot, kek) in &made {
        slots::store(&transaction, id, slot, kek, &key, now_ms)?;
    }
    transaction.commit()?;
    // Closing folds the write-ahead log into the file, so that one rename moves everything.
    connection.close().map_err(|(_, error)| error)?;
    disk::sync_file(&unfinished)?;
    fs::rename(&unfinished, &path)?;
    disk::sync_dir(dir)?;

    let connection = schema::connect(&path)?;
    let mut vault = Vault { connection, dir: dir.to_owned(), id, key, snapshot_trouble: None, noted: 0 };
    vault.snapshot(now_ms);
    Ok(vault)
}

/// What an interrupted creation or restore may have left.
fn remove_unfinished(dir: &Path) -> std::io::Result<()> {
    let unfinished = disk::companion(&dir.join(DATABASE_FILE), ".new");
    for suffix in ["", "-wal", "-shm", "-journal"] {
        disk::remove_if_there(&disk::companion(&unfinished, suffix))?;
    }
    Ok(())
}

pub(crate) fn random_uuid() -> Result<[u8; 16], VaultError> {
    let mut bytes = [0; 16];
    crate::seal::fill_random(&mut bytes)?;
    Ok(*uuid::Builder::from_random_bytes(bytes).as_uuid().as_bytes())
}
