//! Where keys rest.
//!
//! One SQLite file holds every private key sealed with one random vault key, in the same row and the same
//! transaction as its metadata. The vault key itself is stored only wrapped, once per *slot*: `os` (the
//! wrapping key lies in the operating system's keyring) and `passphrase` (the wrapping key is derived from it).
//! Lose one slot and the other still opens the vault; lose both and the keys are gone, by design.
//!
//! What this crate refuses:
//! - to keep an unwrapped vault key anywhere but in an open [`Vault`], or to print, clone or serialize it;
//! - to list anything while locked: every record needs an open [`Vault`];
//! - to delete or replace anything because a keyring is missing, locked, reset or silent;
//! - to write to a file it does not understand (newer, damaged, someone else's);
//! - to say "done" before the bytes are on the disk.
//!
//! Beside the keys lie what Apple answered about them, what this application did, and where keys went: plain rows like
//! the other metadata, never a token. Everything is written through a [`Writing`], deeds and the notes about them
//! together.
//!
//! Time is passed in (milliseconds since 1970, UTC), so nothing here reads a clock.

mod activity;
mod disk;
mod error;
mod evidence;
mod keyring;
mod keys;
mod lock;
mod open;
mod os_slot;
mod purge;
mod receipts;
mod records;
mod schema;
mod seal;
mod slots;
mod snapshots;
mod teams;
mod writing;

pub use activity::{Entries, Entry, EntryFilter, Note, NotedKey};
pub use error::{DiskTrouble, KeyringTrouble, VaultError};
pub use evidence::{Allowance, AnswerRecord, AskedAs, CheckOutcome, CheckRecord, Dated, Settled};
pub use keyring::{Keyring, MemoryKeyring};
pub use lock::{DataDirLock, LockTrouble};
pub use open::{NewSlots, Presence, Unlock, Vault};
pub use os_slot::{Deadlines, KEYRING_SERVICE, OsKeyring};
pub use purge::Purged;
pub use receipts::{HandedKey, Handoff, Receipt, ReceiptFilter};
pub use records::{Change, KeyRecord, NewKey};
pub use seal::{Sealed, VaultKey};
pub use slots::{MINIMUM_PASSPHRASE_CHARS, SlotKind};
pub use snapshots::{SnapshotInfo, restore_snapshot};
pub use teams::{AppListing, AppRecord, IssuerRecord};
pub use writing::Writing;

/// The database's file name inside the data folder.
pub const DATABASE_FILE: &str = "keyfolio.sqlite3";
