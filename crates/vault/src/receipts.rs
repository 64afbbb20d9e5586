//! Where keys went: one receipt for each time one left. A receipt is written with what it says, or before it as
//! something *begun*, which is settled afterwards; so a kill leaves no key somewhere without a line that says where.
//!
//! Receipts are never deleted: triggers in the database refuse it, and a purge leaves them. All that may change is
//! whether the key is still there. What a tool, a form or a warning means belongs to the caller. Refuses to hold
//! anything of a key but its names and the fingerprint of its public half.

use std::collections::HashMap;
use std::path::PathBuf;

use asc_key::{Fingerprint, KeyId, KeyKind};
use rusqlite::{Row, ToSql, named_params, params};
use uuid::Uuid;

use crate::disk;
use crate::error::VaultError;
use crate::open::Vault;
use crate::records::{self, KeyRecord};
use crate::writing::Writing;

/// A key as it was when it was handed over; it may be gone by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedKey {
    /// The vault's name for it.
    pub id: Uuid,
    /// What the user called it.
    pub name: String,
    /// Apple's Key ID.
    pub key_id: KeyId,
    /// Team or Individual.
    pub kind: KeyKind,
    /// SHA-256 of the public key: the same whenever the same key is stored again.
    pub fingerprint: Fingerprint,
}

impl From<&KeyRecord> for HandedKey {
    fn from(record: &KeyRecord) -> Self {
        Self {
            id: record.id,
            name: record.name.clone(),
            key_id: record.key_id.clone(),
            kind: record.kind,
            fingerprint: record.fingerprint,
        }
    }
}

/// A key leaves, or has left. Never the key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    /// When (milliseconds since 1970).
    pub at: i64,
    /// Which key.
    pub key: HandedKey,
    /// Code of the tool.
    pub tool: String,
    /// Code of the form; none if it is not known.
    pub form: Option<String>,
    /// Where, in the user's words.
    pub destination: String,
    /// Code of how it left.
    pub way: String,
    /// The file it is in.
    pub path: Option<PathBuf>,
    /// What was risky about the place, a JSON document.
    pub warnings: String,
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Counts up.
    pub id: i64,
    /// What it says.
    pub handoff: Handoff,
    /// When the user said that the key is no longer there (milliseconds since 1970).
    pub gone_at: Option<i64>,
}

/// Which receipts; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReceiptFilter {
    /// Of this key, under whatever identity the same key was stored then.
    pub key: Option<Uuid>,
    /// For this tool.
    pub tool: Option<String>,
}

const COLUMNS: &str = "at, key, key_name, key_id, key_kind, fingerprint, tool, form, destination, way, path, warnings";

impl Writing<'_> {
    /// Notes that a key was handed over.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub fn hand_off(&mut self, handoff: &Handoff) -> Result<Receipt, VaultError> {
        let id = self.add_handoff("receipts", handoff)?;
        Ok(Receipt { id, handoff: handoff.clone(), gone_at: None })
    }

    /// Notes that a key is about to leave; says under which number.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub fn begin_handoff(&mut self, handoff: &Handoff) -> Result<i64, VaultError> {
        self.add_handoff("handoffs_begun", handoff)
    }

    /// What was begun is done: it becomes a receipt.
    ///
    /// # Errors
    /// [`VaultError::NoSuchReceipt`] when nothing was begun under this number, [`VaultError::Disk`].
    pub fn finish_handoff(&mut self, begun: i64) -> Result<Receipt, VaultError> {
        let added = self.transaction.execute(
            &format!("INSERT INTO receipts ({COLUMNS}) SELECT {COLUMNS} FROM handoffs_begun WHERE id = ?1"),
            [begun],
        )?;
        if added == 0 {
            return Err(VaultError::NoSuchReceipt);
        }
        let id = self.transaction.last_insert_rowid();
        self.drop_handoff(begun)?;
        self.receipt(id)
    }

    /// What was begun came to nothing. Nothing happens if that is known already.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub fn drop_handoff(&mut self, begun: i64) -> Result<(), VaultError> {
        self.transaction.prepare_cached("DELETE FROM handoffs_begun WHERE id = ?1")?.execute([begun])?;
        Ok(())
    }

    /// Notes since when (milliseconds since 1970) a key is no longer where a receipt says, or that it is there after
    /// all.
    ///
    /// # Errors
    /// [`VaultError::NoSuchReceipt`], [`VaultError::Disk`].
    pub fn set_gone(&mut self, id: i64, gone_at: Option<i64>) -> Result<Receipt, VaultError> {
        self.transaction
            .prepare_cached("UPDATE receipts SET gone_at = ?2 WHERE id = ?1")?
            .execute(params![id, gone_at])?;
        self.receipt(id)
    }

    /// One receipt, as it is in this writing.
    ///
    /// # Errors
    /// [`VaultError::NoSuchReceipt`], also for one that cannot be read; [`VaultError::Disk`].
    pub fn receipt(&self, id: i64) -> Result<Receipt, VaultError> {
        let mut statement =
            self.transaction.prepare_cached(&format!("SELECT id, {COLUMNS}, gone_at FROM receipts WHERE id = ?1"))?;
        let mut rows = statement.query([id])?;
        rows.next()?.and_then(decode).ok_or(VaultError::NoSuchReceipt)
    }

    fn add_handoff(&mut self, table: &str, handoff: &Handoff) -> Result<i64, VaultError> {
        let Handoff { at, key, tool, form, destination, way, path, warnings } = handoff;
        self.transaction
            .prepare_cached(&format!(
                "INSERT INTO {table} ({COLUMNS}) VALUES (:at, :key, :key_name, :key_id, :key_kind, :fingerprint, \
                 :tool, :form, :destination, :way, :path, :warnings)"
            ))?
            .execute(named_params! {
                ":at": at,
                ":key": key.id.to_string(),
                ":key_name": key.name,
                ":key_id": key.key_id.as_str(),
                ":key_kind": key.kind.code(),
                ":fingerprint": key.fingerprint.to_string(),
                ":tool": tool,
                ":form": form,
                ":destination": destination,
                ":way": way,
                ":path": path.as_deref().map(disk::path_to_bytes),
                ":warnings": warnings,
            })?;
        Ok(self.transaction.last_insert_rowid())
    }
}

impl Vault {
    /// Every receipt that matches, newest first. One that cannot be read is left out.
    ///
    /// # Errors
    /// [`VaultError::Disk`], [`VaultError::Damaged`].
    pub fn receipts(&self, filter: &ReceiptFilter) -> Result<Vec<Receipt>, VaultError> {
        let key = filter.key.map(|id| id.to_string());
        let mut sql = format!("SELECT id, {COLUMNS}, gone_at FROM receipts WHERE 1");
        let mut values: Vec<(&str, &dyn ToSql)> = Vec::new();
        if let Some(key) = &key {
            sql.push_str(
                " AND fingerprint IN (SELECT fingerprint FROM keys WHERE id = :key \
                 UNION SELECT fingerprint FROM receipts WHERE key = :key)",
            );
            values.push((":key", key));
        }
        if let Some(tool) = &filter.tool {
            sql.push_str(" AND tool = :tool");
            values.push((":tool", tool));
        }
        sql.push_str(" ORDER BY id DESC");
        self.rows(&sql, &*values, decode)
    }

    /// In how many places each key still is, a place being a tool and the words for where. Keys that are nowhere are
    /// not named.
    ///
    /// # Errors
    /// As [`Self::receipts`].
    pub fn places_held(&self) -> Result<HashMap<Fingerprint, usize>, VaultError> {
        self.rows(
            "SELECT fingerprint, count(*) FROM \
             (SELECT DISTINCT fingerprint, tool, destination FROM receipts WHERE gone_at IS NULL) GROUP BY fingerprint",
            [],
            |row| Some((records::text(row, 0)?, row.get::<_, u32>(1).ok()? as usize)),
        )
    }

    /// What was begun and never settled, oldest first, each with its number.
    ///
    /// # Errors
    /// As [`Self::receipts`].
    pub fn handoffs_begun(&self) -> Result<Vec<(i64, Handoff)>, VaultError> {
        self.rows(&format!("SELECT id, {COLUMNS} FROM handoffs_begun ORDER BY id"), [], |row| {
            Some((row.get(0).ok()?, decode_handoff(row)?))
        })
    }
}

fn decode(row: &Row<'_>) -> Option<Receipt> {
    Some(Receipt { id: row.get(0).ok()?, handoff: decode_handoff(row)?, gone_at: row.get(13).ok()? })
}

/// The hand-off in the twelve columns after the number.
fn decode_handoff(row: &Row<'_>) -> Option<Handoff> {
    let path: Option<Vec<u8>> = row.get(11).ok()?;
    Some(Handoff {
        at: row.get(1).ok()?,
        key: HandedKey {
            id: records::text(row, 2)?,
            name: row.get(3).ok()?,
            key_id: records::text(row, 4)?,
            kind: records::text(row, 5)?,
            fingerprint: records::text(row, 6)?,
        },
        tool: row.get(7).ok()?,
        form: row.get(8).ok()?,
        destination: row.get(9).ok()?,
        way: row.get(10).ok()?,
        path: path.map(disk::path_from_bytes),
        warnings: row.get(12).ok()?,
    })
}
