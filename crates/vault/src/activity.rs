//! What was done with the vault, entry by entry. Entries are added in the writing that does what they say, and never
//! changed or deleted: triggers in the database refuse it, and a purge of a key leaves what was noted about it.
//!
//! What an entry means belongs to the caller: its code, its group and its details are text here. Refuses to interpret
//! what is searched for: a pattern's letters are letters.

use rusqlite::{Row, ToSql, named_params};
use uuid::Uuid;

use asc_key::KeyKind;

use crate::error::VaultError;
use crate::open::Vault;
use crate::records::{self, KeyRecord};
use crate::writing::Writing;

/// Something that was done. Never a private key, a token, a passphrase, or a person's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When (milliseconds since 1970).
    pub at: i64,
    /// Code of what it was.
    pub what: String,
    /// Code of the group it belongs to.
    pub topic: String,
    /// It did not work, or found something wrong.
    pub failure: bool,
    /// The key it was about, as it was then.
    pub key: Option<NotedKey>,
    /// The text it can be found by, in the form searches are made in.
    pub found_by: String,
    /// The rest, a JSON document.
    pub detail: String,
}

/// A key as it was when something happened to it; it may be gone by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedKey {
    /// The vault's name for it.
    pub id: Uuid,
    /// What the user called it.
    pub name: String,
    /// Team or Individual.
    pub kind: KeyKind,
    /// Role codes.
    pub roles: Vec<String>,
}

impl From<&KeyRecord> for NotedKey {
    fn from(record: &KeyRecord) -> Self {
        Self { id: record.id, name: record.name.clone(), kind: record.kind, roles: record.roles.clone() }
    }
}

/// An entry as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Counts up.
    pub id: i64,
    /// What it says.
    pub note: Note,
}

/// Which entries; what is `None` (or `false`) does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Of this group.
    pub topic: Option<String>,
    /// Only what failed.
    pub failures: bool,
    /// About this key.
    pub key: Option<Uuid>,
    /// Not before this moment (milliseconds since 1970).
    pub since: Option<i64>,
    /// With this in [`Note::found_by`], letter by letter.
    pub text: Option<String>,
    /// Older than the entry of this number.
    pub before: Option<i64>,
}

/// Entries, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entries {
    /// One that cannot be read is left out.
    pub entries: Vec<Entry>,
    /// Older ones match as well.
    pub more: bool,
}

const COLUMNS: &str = "id, at, what, topic, failure, key, key_name, key_kind, key_roles, found_by, detail";

impl Writing<'_> {
    /// Notes what this writing does.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub fn note(&mut self, note: &Note) -> Result<(), VaultError> {
        let key = note.key.as_ref();
        self.transaction
            .prepare_cached(
                "INSERT INTO activity (at, what, topic, failure, key, key_name, key_kind, key_roles, found_by, detail) \
                 VALUES (:at, :what, :topic, :failure, :key, :key_name, :key_kind, :key_roles, :found_by, :detail)",
            )?
            .execute(named_params! {
                ":at": note.at,
                ":what": note.what,
                ":topic": note.topic,
                ":failure": note.failure,
                ":key": key.map(|key| key.id.to_string()),
                ":key_name": key.map(|key| key.name.as_str()),
                ":key_kind": key.map(|key| key.kind.code()),
                ":key_roles": key.map(|key| records::encode_list(&key.roles)),
                ":found_by": note.found_by,
                ":detail": note.detail,
            })?;
        self.after.noted += 1;
        Ok(())
    }
}

impl Vault {
    /// The newest entries that match, at most `limit` of them.
    ///
    /// # Errors
    /// [`VaultError::Disk`], [`VaultError::Damaged`].
    pub fn entries(&self, filter: &EntryFilter, limit: usize) -> Result<Entries, VaultError> {
        let key = filter.key.map(|id| id.to_string());
        let mut conditions = Vec::new();
        let mut values: Vec<(&str, &dyn ToSql)> = Vec::new();
        if filter.failures {
            conditions.push("failure = 1");
        }
        let mut only = |condition, name, value| {
            conditions.push(condition);
            values.push((name, value));
        };
        if let Some(topic) = &filter.topic {
            only("topic = :topic", ":topic", topic);
        }
        if let Some(key) = &key {
            only("key = :key", ":key", key);
        }
        if let Some(since) = &filter.since {
            only("at >= :since", ":since", since);
        }
        if let Some(text) = &filter.text {
            // Not LIKE: it has wildcards, and a limit to how long a pattern may be.
            only("instr(found_by, :text) > 0", ":text", text);
        }
        if let Some(before) = &filter.before {
            only("id < :before", ":before", before);
        }
        let condition = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        let sql = format!("SELECT {COLUMNS} FROM activity WHERE {condition} ORDER BY id DESC");
        let read = || -> Result<Entries, VaultError> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(&*values)?;
            let mut page = Entries::default();
            // Row by row, so that a page is full however many rows before it cannot be read.
            while let Some(row) = rows.next()? {
                let Some(entry) = decode(row) else { continue };
                if page.entries.len() == limit {
                    page.more = true;
                    break;
                }
                page.entries.push(entry);
            }
            Ok(page)
        };
        read().map_err(|error| self.explain(error))
    }

    /// Every key there is an entry about, as it was in its newest one; the one last noted first.
    ///
    /// # Errors
    /// As [`Self::entries`].
    pub fn noted_keys(&self) -> Result<Vec<NotedKey>, VaultError> {
        self.rows(
            "SELECT key, key_name, key_kind, key_roles FROM activity \
             WHERE id IN (SELECT max(id) FROM activity WHERE key IS NOT NULL GROUP BY key) ORDER BY id DESC",
            [],
            |row| decode_key(row, 0).flatten(),
        )
    }
}

fn decode(row: &Row<'_>) -> Option<Entry> {
    Some(Entry {
        id: row.get(0).ok()?,
        note: Note {
            at: row.get(1).ok()?,
            what: row.get(2).ok()?,
            topic: row.get(3).ok()?,
            failure: row.get(4).ok()?,
            key: decode_key(row, 5)?,
            found_by: row.get(9).ok()?,
            detail: row.get(10).ok()?,
        },
    })
}

/// The key noted in the four columns from `first` on: `None` when they cannot be read, `Some(None)` when there is none.
fn decode_key(row: &Row<'_>, first: usize) -> Option<Option<NotedKey>> {
    let Some(id) = records::optional(row, first)? else { return Some(None) };
    Some(Some(NotedKey {
        id,
        name: row.get(first + 1).ok()?,
        kind: records::text(row, first + 2)?,
        roles: records::list(row, first + 3)?,
    }))
}
