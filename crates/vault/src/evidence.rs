//! What Apple answered about a key: the last verdict, the last attempt that taught nothing, the newest answer about
//! each capability, the allowance, the owner. It goes with its key: a purge takes it along.
//!
//! Documents and codes mean nothing here. Refuses to let a failed attempt touch what was learned before, and to let
//! one row that cannot be read hide another.

use std::collections::HashMap;

use asc_key::{IssuerId, KeyId, KeyKind};
use rusqlite::{Row, params};
use uuid::Uuid;

use crate::error::VaultError;
use crate::keys;
use crate::open::Vault;
use crate::records;
use crate::writing::Writing;

/// The identity Apple was asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedAs {
    /// Key ID.
    pub key_id: KeyId,
    /// Team or Individual.
    pub kind: KeyKind,
    /// Issuer ID, if one was named.
    pub issuer_id: Option<IssuerId>,
}

/// A verdict of Apple's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The whole of it, a JSON document.
    pub verdict: String,
    /// When it was given (milliseconds since 1970).
    pub at: i64,
    /// What was asked about.
    pub asked: AskedAs,
}

/// A JSON document and the moment (milliseconds since 1970) it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The document.
    pub document: String,
    /// The moment.
    pub at: i64,
}

/// What is left of a key's allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Calls allowed in an hour.
    pub limit: i64,
    /// Calls left.
    pub remaining: i64,
    /// When Apple said so (milliseconds since 1970).
    pub at: i64,
}

/// Everything known from asking about one key, but for the answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckRecord {
    /// The last verdict.
    pub settled: Option<Settled>,
    /// The last attempt that taught nothing, if no verdict came after it.
    pub unreached: Option<Dated>,
    /// When Apple last accepted the key (milliseconds since 1970).
    pub accepted_at: Option<i64>,
    /// What is left of the allowance.
    pub rate: Option<Allowance>,
    /// When the apps it sees were last listed with this key (milliseconds since 1970).
    pub apps_listed_at: Option<i64>,
    /// What its owner may do.
    pub owner: Option<Dated>,
    /// The roles the user kept although the answers fit others better: a role code each.
    pub roles_kept: Option<Vec<String>>,
}

/// The newest answer about one capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRecord {
    /// Code of the capability.
    pub capability: String,
    /// Code of what the answer means.
    pub reading: String,
    /// The request, readable.
    pub request: String,
    /// The HTTP status; none if nothing answered.
    pub status: Option<u16>,
    /// Apple's first error, a JSON document.
    pub apple: Option<String>,
    /// Apple's name for the request.
    pub request_id: Option<String>,
    /// When it was given (milliseconds since 1970).
    pub at: i64,
}

/// What a check brought; what is `None` or empty leaves what is stored as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckOutcome {
    /// A verdict. It ends the time of the last attempt that taught nothing.
    pub settled: Option<Settled>,
    /// Apple accepted the key at this moment (milliseconds since 1970).
    pub accepted_at: Option<i64>,
    /// An attempt that taught nothing, or not everything.
    pub unreached: Option<Dated>,
    /// Answers: each takes the place of the older one about the same capability.
    pub answers: Vec<AnswerRecord>,
    /// Older answers were given to another identity: those that are not replaced are deleted.
    pub forget_older_answers: bool,
    /// What is left of the allowance.
    pub rate: Option<Allowance>,
}

const CHECK: &str = "key, verdict, verdict_at, asked_key_id, asked_kind, asked_issuer, unreached, unreached_at, \
     accepted_at, rate_limit, rate_remaining, rate_at, apps_listed_at, owner, owner_at, roles_kept";
const ANSWER: &str = "key, capability, reading, request, status, apple, request_id, at";

impl Writing<'_> {
    /// Keeps what a check brought.
    ///
    /// # Errors
    /// [`VaultError::KeyNotFound`], [`VaultError::Disk`].
    pub fn record_check(&mut self, id: Uuid, outcome: &CheckOutcome) -> Result<(), VaultError> {
        let key = self.row_of_check(id)?;
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> Result<(), VaultError> {
            self.transaction.prepare_cached(sql)?.execute(values)?;
            Ok(())
        };
        if let Some(Settled { verdict, at, asked }) = &outcome.settled {
            run(
                "UPDATE checks SET verdict = ?2, verdict_at = ?3, asked_key_id = ?4, asked_kind = ?5, \
                 asked_issuer = ?6, unreached = NULL, unreached_at = NULL WHERE key = ?1",
                params![
                    key,
                    verdict,
                    at,
                    asked.key_id.as_str(),
                    asked.kind.code(),
                    asked.issuer_id.as_ref().map(IssuerId::as_str),
                ],
            )?;
        }
        if let Some(Dated { document, at }) = &outcome.unreached {
            run("UPDATE checks SET unreached = ?2, unreached_at = ?3 WHERE key = ?1", params![key, document, at])?;
        }
        if let Some(at) = outcome.accepted_at {
            run("UPDATE checks SET accepted_at = ?2 WHERE key = ?1", params![key, at])?;
        }
        if let Some(Allowance { limit, remaining, at }) = outcome.rate {
            run(
                "UPDATE checks SET rate_limit = ?2, rate_remaining = ?3, rate_at = ?4 WHERE key = ?1",
                params![key, limit, remaining, at],
            )?;
        }
        if outcome.forget_older_answers {
            run("DELETE FROM answers WHERE key = ?1", params![key])?;
        }
        for answer in &outcome.answers {
            run(
                "INSERT OR REPLACE INTO answers (key, capability, reading, request, status, apple, request_id, at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    key,
                    answer.capability,
                    answer.reading,
                    answer.request,
                    answer.status,
                    answer.apple,
                    answer.request_id,
                    answer.at,
                ],
            )?;
        }
        Ok(())
    }

    /// Keeps what was learned about the owner of an Individual key.
    ///
    /// # Errors
    /// As [`Self::record_check`].
    pub fn record_owner(&mut self, id: Uuid, owner: &Dated) -> Result<(), VaultError> {
        let key = self.row_of_check(id)?;
        self.transaction
            .prepare_cached("UPDATE checks SET owner = ?2, owner_at = ?3 WHERE key = ?1")?
            .execute(params![key, owner.document, owner.at])?;
        Ok(())
    }

    /// Remembers that the user kept these roles, or (`None`) that there is nothing kept.
    ///
    /// # Errors
    /// As [`Self::record_check`].
    pub fn keep_roles(&mut self, id: Uuid, roles: Option<&[String]>) -> Result<(), VaultError> {
        let key = self.row_of_check(id)?;
        self.transaction
            .prepare_cached("UPDATE checks SET roles_kept = ?2 WHERE key = ?1")?
            .execute(params![key, roles.map(records::encode_list)])?;
        Ok(())
    }

    /// Makes sure that the key has a row to write into, and says under which name.
    pub(crate) fn row_of_check(&self, id: Uuid) -> Result<String, VaultError> {
        keys::exists(&self.transaction, id)?;
        let key = id.to_string();
        self.transaction
            .prepare_cached("INSERT INTO checks (key) VALUES (?1) ON CONFLICT DO NOTHING")?
            .execute([&key])?;
        Ok(key)
    }
}

impl Vault {
    /// What is known from asking, of every key that was ever asked about (removed ones included).
    ///
    /// # Errors
    /// [`VaultError::Disk`], [`VaultError::Damaged`].
    pub fn checks(&self) -> Result<HashMap<Uuid, CheckRecord>, VaultError> {
        self.rows(&format!("SELECT {CHECK} FROM checks"), [], decode_check)
    }

    /// What is known from asking about one key; the empty record when nothing is, or when it cannot be read.
    ///
    /// # Errors
    /// As [`Self::checks`].
    pub fn check(&self, id: Uuid) -> Result<CheckRecord, VaultError> {
        let sql = format!("SELECT {CHECK} FROM checks WHERE key = ?1");
        let found: Vec<_> = self.rows(&sql, [id.to_string()], decode_check)?;
        Ok(found.into_iter().next().map(|(_, record)| record).unwrap_or_default())
    }

    /// The newest answers about each capability, of every key that has any, in the order of the capabilities' codes.
    ///
    /// # Errors
    /// As [`Self::checks`].
    pub fn answers(&self) -> Result<HashMap<Uuid, Vec<AnswerRecord>>, VaultError> {
        let mut by_key: HashMap<Uuid, Vec<AnswerRecord>> = HashMap::new();
        let sql = format!("SELECT {ANSWER} FROM answers ORDER BY key, capability");
        let rows: Vec<_> = self.rows(&sql, [], decode_answer)?;
        for (id, answer) in rows {
            by_key.entry(id).or_default().push(answer);
        }
        Ok(by_key)
    }

    /// The newest answers one key got.
    ///
    /// # Errors
    /// As [`Self::checks`].
    pub fn answers_of(&self, id: Uuid) -> Result<Vec<AnswerRecord>, VaultError> {
        let sql = format!("SELECT {ANSWER} FROM answers WHERE key = ?1 ORDER BY capability");
        let rows: Vec<_> = self.rows(&sql, [id.to_string()], decode_answer)?;
        Ok(rows.into_iter().map(|(_, answer)| answer).collect())
    }
}

fn decode_check(row: &Row<'_>) -> Option<(Uuid, CheckRecord)> {
    let number = |column| row.get::<_, Option<i64>>(column).ok();
    let dated = |column| -> Option<Option<Dated>> {
        let document: Option<String> = row.get(column).ok()?;
        Some(document.zip(number(column + 1)?).map(|(document, at)| Dated { document, at }))
    };
    let verdict: Option<String> = row.get(1).ok()?;
    let settled = match verdict.zip(number(2)?) {
        Some((verdict, at)) => Some(Settled {
            verdict,
            at,
            asked: AskedAs {
                key_id: records::text(row, 3)?,
                kind: records::text(row, 4)?,
                issuer_id: records::optional(row, 5)?,
            },
        }),
        None => None,
    };
    let rate = match (number(9)?, number(10)?, number(11)?) {
        (Some(limit), Some(remaining), Some(at)) => Some(Allowance { limit, remaining, at }),
        _ => None,
    };
    let kept: Option<String> = row.get(15).ok()?;
    Some((
        records::text(row, 0)?,
        CheckRecord {
            settled,
            unreached: dated(6)?,
            accepted_at: number(8)?,
            rate,
            apps_listed_at: number(12)?,
            owner: dated(13)?,
            roles_kept: kept.map(|kept| serde_json::from_str(&kept)).transpose().ok()?,
        },
    ))
}

fn decode_answer(row: &Row<'_>) -> Option<(Uuid, AnswerRecord)> {
    Some((
        records::text(row, 0)?,
        AnswerRecord {
            capability: row.get(1).ok()?,
            reading: row.get(2).ok()?,
            request: row.get(3).ok()?,
            status: row.get(4).ok()?,
            apple: row.get(5).ok()?,
            request_id: row.get(6).ok()?,
            at: row.get(7).ok()?,
        },
    ))
}
