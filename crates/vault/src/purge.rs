//! Making a removed key's ciphertext go away: from the database, from its write-ahead log, from the snapshots.
//!
//! A snapshot exists to bring keys back, a purge to make that impossible; the purge wins. The transaction that deletes
//! also leaves a mark, and the mark is cleared only when a new snapshot is on the disk and every older one is gone.
//! A kill or a full disk in between is made good at the next opening. Refuses to purge a key that is not removed.

use uuid::Uuid;

use crate::error::{DiskTrouble, VaultError};
use crate::open::Vault;
use crate::snapshots;
use crate::writing::Writing;

/// What a purge did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purged {
    /// Keys deleted for good.
    pub keys: usize,
    /// Why older snapshots (or the write-ahead log) still hold their ciphertext, if they do.
    /// It is tried again at every opening and with every purge.
    pub traces_left: Option<DiskTrouble>,
}

impl Writing<'_> {
    /// Deletes one removed key for good, with what Apple answered about it. What was noted about it stays: the
    /// entries hold its name, kind and roles of then.
    ///
    /// # Errors
    /// [`VaultError::KeyNotFound`] when it is not among the removed, [`VaultError::Disk`].
    pub fn purge(&mut self, id: Uuid) -> Result<(), VaultError> {
        match self.delete_removed("id = ?1", &id.to_string())? {
            0 => Err(VaultError::KeyNotFound),
            _ => Ok(()),
        }
    }

    /// Deletes every removed key for good, as [`Self::purge`] does one; says how many.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub fn purge_all_removed(&mut self) -> Result<usize, VaultError> {
        self.delete_removed("?1 = ''", "")
    }

    fn delete_removed(&mut self, condition: &str, value: &str) -> Result<usize, VaultError> {
        let sql = format!("DELETE FROM keys WHERE {condition} AND removed_at IS NOT NULL");
        let deleted = self.transaction.execute(&sql, [value])?;
        if deleted > 0 {
            self.transaction.execute("UPDATE vault SET retire_snapshots = 1", [])?;
            self.forget_apps_of_nobody()?;
        }
        // Also without a deletion: what an earlier one left is tried again.
        self.after.retire = true;
        Ok(deleted)
    }
}

impl Vault {
    /// [`Writing::purge`] and nothing else.
    ///
    /// # Errors
    /// As there; nothing is deleted then.
    pub fn purge(&mut self, id: Uuid, now_ms: i64) -> Result<Purged, VaultError> {
        let ((), traces_left) = self.write_and_tidy(now_ms, |writing| writing.purge(id))?;
        Ok(Purged { keys: 1, traces_left })
    }

    /// [`Writing::purge_all_removed`] and nothing else.
    ///
    /// # Errors
    /// As there; nothing is deleted then.
    pub fn purge_all_removed(&mut self, now_ms: i64) -> Result<Purged, VaultError> {
        let (keys, traces_left) = self.write_and_tidy(now_ms, |writing| writing.purge_all_removed())?;
        Ok(Purged { keys, traces_left })
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
        self.connection.execute("UPDATE vault SET retire_snapshots = 0", [])?;
        self.snapshot_trouble = None;
        Ok(())
    }
}
