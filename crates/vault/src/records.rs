//! What is known about a key besides its secret, and the shapes in which it comes and changes.
//!
//! Refuses to hold key bytes in anything that can be listed: a [`KeyRecord`] is metadata only.

use std::path::PathBuf;
use std::str::FromStr;

use asc_key::{Fingerprint, IssuerId, KeyId, KeyKind, LookAlike, PrivateKey};
use rusqlite::{Params, Row};
use uuid::Uuid;

use crate::error::VaultError;
use crate::open::Vault;

/// One stored key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRecord {
    /// This vault's name for the key; never shown, never Apple's.
    pub id: Uuid,
    /// Counts up with every change of the row; send it back with [`crate::Vault::update`].
    pub version: i64,
    /// What the user calls it.
    pub name: String,
    /// Apple's Key ID.
    pub key_id: KeyId,
    /// Team or Individual.
    pub kind: KeyKind,
    /// Role codes as Apple spells them (`APP_MANAGER`); empty means "not sure". Meaning belongs to the access catalogue.
    pub roles: Vec<String>,
    /// The team's Issuer ID; `None` when unknown, and for Individual keys.
    pub issuer_id: Option<IssuerId>,
    /// SHA-256 of the public key (SPKI DER).
    pub fingerprint: Fingerprint,
    /// Free text.
    pub notes: String,
    /// Free labels, in the user's order.
    pub tags: Vec<String>,
    /// When it was stored (milliseconds since 1970).
    pub added_at: i64,
    /// When it was archived.
    pub archived_at: Option<i64>,
    /// When it was removed: its secret is still sealed here until it is purged.
    pub removed_at: Option<i64>,
    /// The name (never the path) of the file it came from.
    pub source_name: Option<String>,
    /// What it may be instead of an App Store Connect API key.
    pub look_alike: Option<LookAlike>,
    /// Codes of what it must not reach, in the user's order. Like `roles`, they mean nothing here.
    pub guards: Vec<String>,
}

/// A key to be stored.
#[derive(Debug)]
pub struct NewKey {
    /// The secret itself.
    pub key: PrivateKey,
    /// What the user calls it.
    pub name: String,
    /// Apple's Key ID.
    pub key_id: KeyId,
    /// Team or Individual.
    pub kind: KeyKind,
    /// Role codes; empty means "not sure".
    pub roles: Vec<String>,
    /// The team's Issuer ID.
    pub issuer_id: Option<IssuerId>,
    /// The name of the file it came from.
    pub source_name: Option<String>,
    /// What it may be instead.
    pub look_alike: Option<LookAlike>,
    /// Where the same key was seen as a file: the answer to "is this the only copy?".
    pub sources: Vec<PathBuf>,
    /// A stored key this one takes the place of: archived in the same transaction, so that nothing is lost.
    pub archives: Option<Uuid>,
}

/// A change of a record; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// A new name.
    pub name: Option<String>,
    /// A corrected Key ID; the secret is sealed anew under it.
    pub key_id: Option<KeyId>,
    /// Another kind.
    pub kind: Option<KeyKind>,
    /// Other roles.
    pub roles: Option<Vec<String>>,
    /// Another Issuer ID, or (`Some(None)`) none.
    pub issuer_id: Option<Option<IssuerId>>,
    /// Other notes.
    pub notes: Option<String>,
    /// Other tags.
    pub tags: Option<Vec<String>>,
    /// Into the archive or out of it.
    pub archived: Option<bool>,
    /// Other guards.
    pub guards: Option<Vec<String>>,
}

/// The columns of a record, in the order [`decode`] reads them.
pub(crate) const COLUMNS: &str = "id, version, name, key_id, kind, roles, issuer_id, fingerprint, notes, tags, \
     added_at, archived_at, removed_at, source_name, look_alike, guards";

/// Reads a record; `None` when a value is not one this app would have written, so that one bad row hides no other.
pub(crate) fn decode(row: &Row<'_>) -> Option<KeyRecord> {
    Some(KeyRecord {
        id: text(row, 0)?,
        version: row.get(1).ok()?,
        name: row.get(2).ok()?,
        key_id: text(row, 3)?,
        kind: text(row, 4)?,
        roles: list(row, 5)?,
        issuer_id: optional(row, 6)?,
        fingerprint: text(row, 7)?,
        notes: row.get(8).ok()?,
        tags: list(row, 9)?,
        added_at: row.get(10).ok()?,
        archived_at: row.get(11).ok()?,
        removed_at: row.get(12).ok()?,
        source_name: row.get(13).ok()?,
        look_alike: optional(row, 14)?,
        guards: list(row, 15)?,
    })
}

impl Vault {
    /// Every row that can be read: one that cannot hides no other.
    pub(crate) fn rows<T, C: FromIterator<T>>(
        &self,
        sql: &str,
        parameters: impl Params,
        decode: impl Fn(&Row<'_>) -> Option<T>,
    ) -> Result<C, VaultError> {
        let read = || -> Result<Vec<Option<T>>, VaultError> {
            let mut statement = self.connection.prepare_cached(sql)?;
            Ok(statement.query_map(parameters, |row| Ok(decode(row)))?.collect::<Result<_, _>>()?)
        };
        Ok(read().map_err(|error| self.explain(error))?.into_iter().flatten().collect())
    }
}

/// A value kept as text.
pub(crate) fn text<T: FromStr>(row: &Row<'_>, column: usize) -> Option<T> {
    row.get_ref(column).ok()?.as_str().ok()?.parse().ok()
}

/// A value kept as text, or `Some(None)` for none at all.
pub(crate) fn optional<T: FromStr>(row: &Row<'_>, column: usize) -> Option<Option<T>> {
    match row.get_ref(column).ok()?.as_str_or_null().ok()? {
        Some(value) => value.parse().ok().map(Some),
        None => Some(None),
    }
}

/// A list kept by [`encode_list`].
pub(crate) fn list(row: &Row<'_>, column: usize) -> Option<Vec<String>> {
    serde_json::from_str(row.get_ref(column).ok()?.as_str().ok()?).ok()
}

/// A list column's text.
pub(crate) fn encode_list(list: &[String]) -> String {
    serde_json::Value::from(list.to_vec()).to_string()
}
