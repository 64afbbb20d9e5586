//! The keys in an open vault: list, find, insert, change, remove, bring back, unseal.
//!
//! Every change is one transaction that is on the disk when the call returns. Refuses to overwrite a row that
//! changed since it was read, to hold the same private key twice, and to hand out a secret whose seal, place or
//! fingerprint is not exactly what was stored.

use std::path::{Path, PathBuf};

use asc_key::{Fingerprint, IssuerId, KeyId, PrivateKey};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use uuid::Uuid;

use crate::disk;
use crate::error::VaultError;
use crate::open::{self, Vault};
use crate::records::{self, COLUMNS, Change, KeyRecord, NewKey};
use crate::seal::{self, ITEM_SCHEMA, ItemBinding, Sealed, VaultKey};
use crate::writing::Writing;

impl Vault {
    /// The keys that are not removed, oldest first. A row that cannot be read is left out and counted by
    /// [`Self::unreadable_rows`].
    ///
    /// # Errors
    /// [`VaultError::Disk`], [`VaultError::Damaged`].
    pub fn keys(&self) -> Result<Vec<KeyRecord>, VaultError> {
        self.list("removed_at IS NULL ORDER BY added_at, rowid")
    }

    /// The removed keys that can still be brought back, last removed first.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn removed(&self) -> Result<Vec<KeyRecord>, VaultError> {
        self.list("removed_at IS NOT NULL ORDER BY removed_at DESC, rowid DESC")
    }

    /// How many rows hold a value this app would not have written.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn unreadable_rows(&self) -> Result<usize, VaultError> {
        let count = || -> Result<usize, VaultError> {
            let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS} FROM keys"))?;
            let rows =
                statement.query_map([], |row| Ok(records::decode(row).is_none()))?.collect::<Result<Vec<_>, _>>()?;
            Ok(rows.into_iter().filter(|unreadable| *unreadable).count())
        };
        count().map_err(|error| self.explain(error))
    }

    /// One key, removed or not.
    ///
    /// # Errors
    /// [`VaultError::KeyNotFound`], and as [`Self::keys`].
    pub fn key(&self, id: Uuid) -> Result<KeyRecord, VaultError> {
        record(&self.connection, id).map_err(|error| self.explain(error))
    }

    /// The stored copy of this very key, if there is one; a removed copy only when no other exists.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn find_by_fingerprint(&self, fingerprint: &Fingerprint) -> Result<Option<KeyRecord>, VaultError> {
        let found = self.list_where(
            "fingerprint = ?1 ORDER BY removed_at IS NOT NULL, removed_at DESC",
            &fingerprint.to_string(),
        )?;
        Ok(found.into_iter().next())
    }

    /// The keys (not removed) that carry this Key ID. More than one means a conflict the user has not resolved.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn find_by_key_id(&self, key_id: &KeyId) -> Result<Vec<KeyRecord>, VaultError> {
        self.list_where("key_id = ?1 AND removed_at IS NULL ORDER BY added_at, rowid", key_id.as_str())
    }

    /// Unseals one key.
    ///
    /// # Errors
    /// [`VaultError::KeyNotFound`]; [`VaultError::DamagedItem`] when its seal does not open in its place;
    /// [`VaultError::Disk`].
    pub fn open_key(&self, id: Uuid) -> Result<PrivateKey, VaultError> {
        let open = || {
            let record = record(&self.connection, id)?;
            unseal(&self.connection, self.id, &self.key, &record)
        };
        open().map_err(|error| self.explain(error))
    }

    /// Where this key was seen as a file, first seen first.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub fn sources(&self, id: Uuid) -> Result<Vec<PathBuf>, VaultError> {
        let read = || -> Result<Vec<PathBuf>, VaultError> {
            let mut statement =
                self.connection.prepare("SELECT path FROM sources WHERE key = ?1 ORDER BY seen_at, path")?;
            let paths = statement.query_map([id.to_string()], |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?;
            Ok(paths.into_iter().map(disk::path_from_bytes).collect())
        };
        read().map_err(|error| self.explain(error))
    }

    fn list(&self, condition: &str) -> Result<Vec<KeyRecord>, VaultError> {
        self.list_where(&format!("?1 = '' AND {condition}"), "")
    }

    fn list_where(&self, condition: &str, value: &str) -> Result<Vec<KeyRecord>, VaultError> {
        self.rows(&format!("SELECT {COLUMNS} FROM keys WHERE {condition}"), [value], records::decode)
    }
}

/// One change and nothing else: what is noted about, or is more than one change, is a [`Vault::write`].
impl Vault {
    /// [`Writing::insert`] and nothing else.
    ///
    /// # Errors
    /// As there.
    pub fn insert(&mut self, new: &[NewKey], now_ms: i64) -> Result<Vec<KeyRecord>, VaultError> {
        self.write(now_ms, |writing| writing.insert(new))
    }

    /// [`Writing::update`] and nothing else.
    ///
    /// # Errors
    /// As there.
    pub fn update(
        &mut self,
        id: Uuid,
        expected_version: i64,
        change: &Change,
        now_ms: i64,
    ) -> Result<KeyRecord, VaultError> {
        self.write(now_ms, |writing| writing.update(id, expected_version, change))
    }

    /// [`Writing::remove`] and nothing else.
    ///
    /// # Errors
    /// As there.
    pub fn remove(&mut self, id: Uuid, now_ms: i64) -> Result<KeyRecord, VaultError> {
        self.write(now_ms, |writing| writing.remove(id))
    }

    /// [`Writing::add_source`] and nothing else.
    ///
    /// # Errors
    /// As there.
    pub fn add_source(&mut self, id: Uuid, path: &Path, now_ms: i64) -> Result<(), VaultError> {
        self.write(now_ms, |writing| writing.add_source(id, path))
    }
}

impl Writing<'_> {
    /// One key, removed or not, as the steps before have left it.
    ///
    /// # Errors
    /// [`VaultError::KeyNotFound`], [`VaultError::DamagedItem`], [`VaultError::Disk`].
    pub fn key(&self, id: Uuid) -> Result<KeyRecord, VaultError> {
        record(&self.transaction, id)
    }

    /// Stores keys: all of them or none, in the order given. The caller keeps the keys, to try again.
    ///
    /// # Errors
    /// [`VaultError::AlreadyHave`] for a key that is stored (and not removed) or given twice,
    /// [`VaultError::KeyNotFound`] for an `archives` that is not there, [`VaultError::Disk`].
    pub fn insert(&mut self, new: &[NewKey]) -> Result<Vec<KeyRecord>, VaultError> {
        self.after.snapshot |= !new.is_empty();
        new.iter().map(|one| self.insert_one(one)).collect()
    }

    /// Changes a record, if it is still the version the caller saw. A new Key ID seals the secret anew, in the same
    /// transaction.
    ///
    /// # Errors
    /// [`VaultError::ChangedElsewhere`], [`VaultError::KeyNotFound`] (also for a removed key),
    /// [`VaultError::DamagedItem`] when a new Key ID needs a seal that does not open, [`VaultError::Disk`].
    pub fn update(&mut self, id: Uuid, expected_version: i64, change: &Change) -> Result<KeyRecord, VaultError> {
        let before = self.key(id)?;
        if before.removed_at.is_some() {
            return Err(VaultError::KeyNotFound);
        }
        if before.version != expected_version {
            return Err(VaultError::ChangedElsewhere);
        }
        if let Some(key_id) = change.key_id.as_ref().filter(|key_id| **key_id != before.key_id) {
            reseal(&self.transaction, self.vault, self.key, &before, key_id)?;
        }
        let after = apply(before, change, self.now_ms);
        self.transaction.execute(
            "UPDATE keys SET version = ?2, name = ?3, key_id = ?4, kind = ?5, roles = ?6, issuer_id = ?7, notes = ?8, \
             tags = ?9, archived_at = ?10, guards = ?11 WHERE id = ?1",
            params![
                id.to_string(),
                after.version,
                after.name,
                after.key_id.as_str(),
                after.kind.code(),
                records::encode_list(&after.roles),
                after.issuer_id.as_ref().map(IssuerId::as_str),
                after.notes,
                records::encode_list(&after.tags),
                after.archived_at,
                records::encode_list(&after.guards),
            ],
        )?;
        Ok(after)
    }

    /// Takes a key out of the list. Its secret stays sealed here until it is purged.
    ///
    /// # Errors
    /// [`VaultError::KeyNotFound`], [`VaultError::Disk`].
    pub fn remove(&mut self, id: Uuid) -> Result<KeyRecord, VaultError> {
        mark_removed(&self.transaction, id, self.now_ms)?;
        self.key(id)
    }

    /// Brings a removed key back as it was.
    ///
    /// # Errors
    /// [`VaultError::KeyNotFound`] when it is not among the removed, [`VaultError::AlreadyHave`] when the same key
    /// was stored again in the meantime, [`VaultError::Disk`].
    pub fn restore(&mut self, id: Uuid) -> Result<KeyRecord, VaultError> {
        let removed = self.key(id)?;
        if removed.removed_at.is_none() {
            return Err(VaultError::KeyNotFound);
        }
        refuse_second(&self.transaction, &removed.fingerprint)?;
        self.transaction
            .execute("UPDATE keys SET removed_at = NULL, version = version + 1 WHERE id = ?1", [id.to_string()])?;
        self.key(id)
    }

    /// Notes that this key was seen in one more file.
    ///
    /// # Errors
    /// [`VaultError::KeyNotFound`], [`VaultError::Disk`].
    pub fn add_source(&mut self, id: Uuid, path: &Path) -> Result<(), VaultError> {
        exists(&self.transaction, id)?;
        insert_source(&self.transaction, id, path, self.now_ms)
    }

    fn insert_one(&self, new: &NewKey) -> Result<KeyRecord, VaultError> {
        if let Some(replaced) = new.archives {
            archive(&self.transaction, replaced, self.now_ms)?;
        }
        let fingerprint = new.key.fingerprint();
        refuse_second(&self.transaction, &fingerprint)?;
        let id = Uuid::from_bytes(open::random_uuid()?);
        let binding = ItemBinding { vault: self.vault, item: id, schema: ITEM_SCHEMA, key_id: new.key_id.as_str() };
        let sealed = seal::seal_item(self.key, &binding, &new.key.to_pkcs8_der())?;
        self.transaction.execute(
            "INSERT INTO keys (id, version, name, key_id, kind, roles, issuer_id, fingerprint, notes, tags, added_at, \
             source_name, look_alike, item_schema, nonce, sealed) \
             VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, '', '[]', ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                id.to_string(),
                new.name,
                new.key_id.as_str(),
                new.kind.code(),
                records::encode_list(&new.roles),
                new.issuer_id.as_ref().map(IssuerId::as_str),
                fingerprint.to_string(),
                self.now_ms,
                new.source_name,
                new.look_alike.map(|look_alike| look_alike.to_string()),
                ITEM_SCHEMA,
                sealed.nonce.as_slice(),
                sealed.ciphertext,
            ],
        )?;
        for source in &new.sources {
            insert_source(&self.transaction, id, source, self.now_ms)?;
        }
        self.key(id)
    }
}

/// Refuses a name no key goes by.
pub(crate) fn exists(connection: &Connection, id: Uuid) -> Result<(), VaultError> {
    let found = connection.prepare_cached("SELECT 1 FROM keys WHERE id = ?1")?.exists([id.to_string()])?;
    if found { Ok(()) } else { Err(VaultError::KeyNotFound) }
}

fn record(connection: &Connection, id: Uuid) -> Result<KeyRecord, VaultError> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM keys WHERE id = ?1"))?
        .query_row([id.to_string()], |row| Ok(records::decode(row)))
        .optional()?
        .ok_or(VaultError::KeyNotFound)?
        .ok_or(VaultError::DamagedItem { id })
}

fn refuse_second(connection: &Connection, fingerprint: &Fingerprint) -> Result<(), VaultError> {
    let existing: Option<String> = connection
        .query_row(
            "SELECT id FROM keys WHERE fingerprint = ?1 AND removed_at IS NULL",
            [fingerprint.to_string()],
            |row| row.get(0),
        )
        .optional()?;
    match existing.and_then(|id| id.parse().ok()) {
        Some(existing) => Err(VaultError::AlreadyHave { existing }),
        None => Ok(()),
    }
}

fn archive(transaction: &Transaction<'_>, id: Uuid, now_ms: i64) -> Result<(), VaultError> {
    let archived = transaction.execute(
        "UPDATE keys SET archived_at = coalesce(archived_at, ?2), version = version + 1 WHERE id = ?1 AND removed_at IS NULL",
        params![id.to_string(), now_ms],
    )?;
    if archived == 0 { Err(VaultError::KeyNotFound) } else { Ok(()) }
}

fn mark_removed(transaction: &Transaction<'_>, id: Uuid, now_ms: i64) -> Result<(), VaultError> {
    let changed = transaction.execute(
        "UPDATE keys SET removed_at = ?2, version = version + 1 WHERE id = ?1 AND removed_at IS NULL",
        params![id.to_string(), now_ms],
    )?;
    if changed == 0 { Err(VaultError::KeyNotFound) } else { Ok(()) }
}

fn insert_source(transaction: &Transaction<'_>, id: Uuid, path: &Path, now_ms: i64) -> Result<(), VaultError> {
    transaction.execute(
        "INSERT INTO sources (key, path, seen_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        params![id.to_string(), disk::path_to_bytes(path), now_ms],
    )?;
    Ok(())
}

fn unseal(connection: &Connection, vault: Uuid, key: &VaultKey, record: &KeyRecord) -> Result<PrivateKey, VaultError> {
    let damaged = || VaultError::DamagedItem { id: record.id };
    let (schema, nonce, ciphertext): (u32, Vec<u8>, Vec<u8>) = connection.query_row(
        "SELECT item_schema, nonce, sealed FROM keys WHERE id = ?1",
        [record.id.to_string()],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    if schema != ITEM_SCHEMA {
        return Err(damaged());
    }
    let sealed = Sealed::from_columns(&nonce, ciphertext).ok_or_else(damaged)?;
    let binding = ItemBinding { vault, item: record.id, schema, key_id: record.key_id.as_str() };
    let der = seal::open_item(key, &binding, &sealed).ok_or_else(damaged)?;
    let opened = PrivateKey::from_pkcs8_der(&der).map_err(|_| damaged())?;
    // The fingerprint is outside the seal; a record that claims another key's must not pass for it.
    if opened.fingerprint() != record.fingerprint {
        return Err(damaged());
    }
    Ok(opened)
}

fn reseal(
    transaction: &Transaction<'_>,
    vault: Uuid,
    key: &VaultKey,
    before: &KeyRecord,
    key_id: &KeyId,
) -> Result<(), VaultError> {
    let secret = unseal(transaction, vault, key, before)?;
    let binding = ItemBinding { vault, item: before.id, schema: ITEM_SCHEMA, key_id: key_id.as_str() };
    let sealed = seal::seal_item(key, &binding, &secret.to_pkcs8_der())?;
    transaction.execute(
        "UPDATE keys SET nonce = ?2, sealed = ?3 WHERE id = ?1",
        params![before.id.to_string(), sealed.nonce.as_slice(), sealed.ciphertext],
    )?;
    Ok(())
}

fn apply(before: KeyRecord, change: &Change, now_ms: i64) -> KeyRecord {
    let change = change.clone();
    KeyRecord {
        version: before.version + 1,
        name: change.name.unwrap_or(before.name),
        key_id: change.key_id.unwrap_or(before.key_id),
        kind: change.kind.unwrap_or(before.kind),
        roles: change.roles.unwrap_or(before.roles),
        issuer_id: change.issuer_id.unwrap_or(before.issuer_id),
        notes: change.notes.unwrap_or(before.notes),
        tags: change.tags.unwrap_or(before.tags),
        guards: change.guards.unwrap_or(before.guards),
        archived_at: match change.archived {
            // Archiving what is archived keeps the day it happened.
            Some(true) => before.archived_at.or(Some(now_ms)),
            Some(false) => None,
            None => before.archived_at,
        },
        ..before
    }
}
