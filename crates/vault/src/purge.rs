//! Making a removed key's ciphertext go away: from the database, from its write-ahead log, from the snapshots.
//!
//! A snapshot exists to bring keys back, a purge to make that impossible; the purge wins. The transaction that deletes
//! also leaves a mark, and the mark is cleared only when a new snapshot is on the disk and every older one is gone.
//! A kill or a full disk in between is made good at the next opening. Refuses to purge a key that is not removed.

use rusqlite::Transaction;
use uuid::Uuid;

use crate::error::{DiskTrouble, VaultError};
use crate::open::Vault;
use crate::snapshots;

/// What a purge did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purged {
    /// Keys deleted for good.
    pub keys: usize,
    /// Why older snapshots (or the write-ahead log) still hold their ciphertext, if they do.
    /// It is tried again at every opening and with every purge.
    pub traces_left: Option<DiskTrouble>,
}

impl Vault {
    /// Deletes one removed key for good.
    ///
    /// # Errors
    /// [`VaultError::KeyNotFound`] when it is not among the removed, [`VaultError::Disk`]; nothing is deleted then.
    pub fn purge(&mut self, id: Uuid, now_ms: i64) -> Result<Purged, VaultError> {
        self.write(|transaction, _, _| {
            let deleted =
                transaction.execute("DELETE FROM keys WHERE id = ?1 AND removed_at IS NOT NULL", [id.to_string()])?;
            if deleted == 0 {
                return Err(VaultError::KeyNotFound);
            }
            mark(transaction)
        })?;
        Ok(Purged { keys: 1, traces_left: self.finish_retiring(now_ms) })
    }

    /// Deletes every removed key for good.
    ///
    /// # Errors
    /// [`VaultError::Disk`]; nothing is deleted then.
    pub fn purge_all_removed(&mut self, now_ms: i64) -> Result<Purged, VaultError> {
        let keys = self.write(|transaction, _, _| {
            let deleted = transaction.execute("DELETE FROM keys WHERE removed_at IS NOT NULL", [])?;
            if deleted > 0 {
                mark(transaction)?;
            }
            Ok(deleted)
        })?;
        Ok(Purged { keys, traces_left: self.finish_retiring(now_ms) })
    }

    /// Does what a set mark asks for; without one, nothing. Says why it could not.
    pub(crate) fn finish_retiring(&mut self, now_ms: i64) -> Option<DiskTrouble> {
        let retired = self.retire(now_ms);
        retired.err().map(|error| {
            let trouble = self.disk_trouble(error);
            self.snapshot_trouble = Some(trouble);
            trouble
        })
    }

    fn retire(&mut self, now_ms: i64) -> Result<(), VaultError> {
        let marked: bool = self.connection.query_row("SELECT retire_snapshots FROM vault", [], |row| row.get(0))?;
        if !marked {
            return Ok(());
        }
        // `secure_delete` has zeroed the rows in the database pages; the log still holds older images of them.
        let busy: bool = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Err(VaultError::Busy);
        }
        let newest = snapshots::take(&self.connection, &self.dir, now_ms)?;
        snapshots::keep_only(&self.dir, &newest)?;
        self.write(|transaction, _, _| {
            transaction.execute("UPDATE vault SET retire_snapshots = 0", [])?;
            Ok(())
        })?;
        self.snapshot_trouble = None;
        Ok(())
    }
}

fn mark(transaction: &Transaction<'_>) -> Result<(), VaultError> {
    transaction.execute("UPDATE vault SET retire_snapshots = 1", [])?;
    Ok(())
}
