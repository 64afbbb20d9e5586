//! One writing: changes and the notes about them, on the disk together or not at all.
//!
//! What is done and the entry that says so are two rows of one transaction, so nothing acknowledged is unlogged and
//! nothing is logged that did not happen. Refuses to be kept: a writing lives as long as the closure it is given to.

use rusqlite::{Transaction, TransactionBehavior};
use uuid::Uuid;

use crate::disk;
use crate::error::{DiskTrouble, VaultError};
use crate::open::Vault;
use crate::seal::VaultKey;

/// A transaction under way. Its steps see what the earlier ones did; the first error a caller returns undoes them all.
pub struct Writing<'v> {
    pub(crate) transaction: Transaction<'v>,
    pub(crate) vault: Uuid,
    pub(crate) key: &'v mut VaultKey,
    pub(crate) now_ms: i64,
    pub(crate) after: After,
}

/// What a commit brings with it.
#[derive(Default)]
pub(crate) struct After {
    /// Older snapshots hold too much now.
    pub(crate) retire: bool,
    /// Something came that only this file holds.
    pub(crate) snapshot: bool,
    /// Entries written.
    pub(crate) noted: u64,
}

impl Writing<'_> {
    /// The moment of this writing (milliseconds since 1970).
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }
}

impl Vault {
    /// Writes: every step of `work`, on the disk when this returns `Ok`; none of them when it or the disk says no.
    /// Snapshots follow keys, never evidence: one is taken after an [insertion](Writing::insert) alone.
    ///
    /// # Errors
    /// What `work` returned; [`VaultError::Busy`], [`VaultError::Disk`].
    pub fn write<T>(
        &mut self,
        now_ms: i64,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        Ok(self.write_and_tidy(now_ms, work)?.0)
    }

    /// How many entries were noted through this open vault: it went up if something new is to be read.
    #[must_use]
    pub fn noted(&self) -> u64 {
        self.noted
    }

    /// As [`Self::write`], with the reason why older snapshots could not be retired, if they had to be and could not.
    pub(crate) fn write_and_tidy<T>(
        &mut self,
        now_ms: i64,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, VaultError>,
    ) -> Result<(T, Option<DiskTrouble>), VaultError> {
        let run = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut writing =
                Writing { transaction, vault: self.id, key: &mut self.key, now_ms, after: After::default() };
            let done = work(&mut writing)?;
            let Writing { transaction, after, .. } = writing;
            transaction.commit()?;
            Ok((done, after))
        };
        let (done, after) = run().map_err(|error| disk::explain(&self.dir, error))?;
        self.noted += after.noted;
        if after.retire {
            let trouble = self.finish_retiring(now_ms);
            return Ok((done, trouble));
        }
        if after.snapshot {
            self.snapshot(now_ms);
        }
        Ok((done, None))
    }
}
