//! Teams and their apps: what the user calls a team, its vendor number, the agreement it wants for, the apps Apple
//! named. All of it public to the team's own keys; none of it secret.
//!
//! Refuses to forget which team an app belongs to because a key that cannot know listed it.

use std::collections::{BTreeMap, HashMap};

use asc_key::IssuerId;
use rusqlite::{Row, params};
use uuid::Uuid;

use crate::error::VaultError;
use crate::open::Vault;
use crate::records;
use crate::writing::Writing;

/// What is known about a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssuerRecord {
    /// The user's name for it.
    pub name: Option<String>,
    /// The number sales and financial reports are asked for with.
    pub vendor_number: Option<String>,
    /// When Apple last said that an agreement is missing, unless it has answered otherwise since (milliseconds since
    /// 1970).
    pub agreement_missing_at: Option<i64>,
    /// When all its apps were last listed, with whichever of its keys (milliseconds since 1970).
    pub apps_listed_at: Option<i64>,
}

/// An app as Apple named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppRecord {
    /// Apple's ID, a number as text.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its bundle ID.
    pub bundle_id: String,
    /// The team it belongs to, if a Team key listed it.
    pub issuer_id: Option<IssuerId>,
}

/// Apps listed with one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppListing {
    /// The team, when a Team key asked: the apps are then the team's. `None`: they are what this one key sees.
    pub team: Option<IssuerId>,
    /// The apps; their own `issuer_id` is not read.
    pub apps: Vec<AppRecord>,
    /// There are no others: apps that are not listed are gone.
    pub whole: bool,
    /// When (milliseconds since 1970).
    pub at: i64,
}

impl Writing<'_> {
    /// Keeps a listing of apps.
    ///
    /// # Errors
    /// [`VaultError::KeyNotFound`], [`VaultError::Disk`].
    pub fn record_apps(&mut self, id: Uuid, listing: &AppListing) -> Result<(), VaultError> {
        let key = self.row_of_check(id)?;
        let team = listing.team.as_ref().map(IssuerId::as_str);
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> Result<(), VaultError> {
            self.transaction.prepare_cached(sql)?.execute(values)?;
            Ok(())
        };
        if listing.whole {
            match team {
                // An app that left the team may still be what another key saw; then only the team is taken away.
                Some(team) => run("UPDATE apps SET issuer_id = NULL WHERE issuer_id = ?1", params![team])?,
                None => run("DELETE FROM key_apps WHERE key = ?1", params![key])?,
            }
        }
        for app in &listing.apps {
            run(
                "INSERT INTO apps (id, name, bundle_id, issuer_id, seen_at) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, bundle_id = excluded.bundle_id, \
                 issuer_id = coalesce(excluded.issuer_id, issuer_id), seen_at = excluded.seen_at",
                params![app.id, app.name, app.bundle_id, team, listing.at],
            )?;
            if team.is_none() {
                run("INSERT INTO key_apps (key, app) VALUES (?1, ?2) ON CONFLICT DO NOTHING", params![key, app.id])?;
            }
        }
        run("UPDATE checks SET apps_listed_at = ?2 WHERE key = ?1", params![key, listing.at])?;
        if let Some(issuer) = listing.team.as_ref() {
            self.set_of_issuer(issuer, "apps_listed_at", &listing.at)?;
        }
        self.transaction
            .prepare_cached("DELETE FROM apps WHERE issuer_id IS NULL AND id NOT IN (SELECT app FROM key_apps)")?
            .execute([])?;
        Ok(())
    }

    /// Names a team, or (`None`) takes its name away.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub fn set_issuer_name(&mut self, issuer: &IssuerId, name: Option<&str>) -> Result<(), VaultError> {
        self.set_of_issuer(issuer, "name", &name)
    }

    /// Notes a team's vendor number, or (`None`) forgets it.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub fn set_vendor_number(&mut self, issuer: &IssuerId, number: Option<&str>) -> Result<(), VaultError> {
        self.set_of_issuer(issuer, "vendor_number", &number)
    }

    /// Notes that an agreement of the team was missing at this moment, or (`None`) that none is.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub fn set_agreement_missing(&mut self, issuer: &IssuerId, at: Option<i64>) -> Result<(), VaultError> {
        self.set_of_issuer(issuer, "agreement_missing_at", &at)
    }

    /// `column` is one of ours, never a caller's text.
    fn set_of_issuer(
        &self,
        issuer: &IssuerId,
        column: &'static str,
        value: &dyn rusqlite::ToSql,
    ) -> Result<(), VaultError> {
        self.transaction
            .prepare_cached(&format!(
                "INSERT INTO issuers (issuer_id, {column}) VALUES (?1, ?2) \
                 ON CONFLICT (issuer_id) DO UPDATE SET {column} = excluded.{column}"
            ))?
            .execute(params![issuer.as_str(), value])?;
        Ok(())
    }

    /// After keys were purged: an app none of those left can see is nobody's business here.
    pub(crate) fn forget_apps_of_nobody(&self) -> Result<(), VaultError> {
        self.transaction
            .prepare_cached(
                "DELETE FROM apps WHERE id NOT IN (SELECT app FROM key_apps) \
                 AND (issuer_id IS NULL OR issuer_id NOT IN (SELECT issuer_id FROM keys WHERE issuer_id IS NOT NULL))",
            )?
            .execute([])?;
        Ok(())
    }
}

impl Vault {
    /// What is known about teams.
    ///
    /// # Errors
    /// [`VaultError::Disk`], [`VaultError::Damaged`].
    pub fn issuers(&self) -> Result<BTreeMap<IssuerId, IssuerRecord>, VaultError> {
        fn decode(row: &Row<'_>) -> Option<(IssuerId, IssuerRecord)> {
            let record = IssuerRecord {
                name: row.get(1).ok()?,
                vendor_number: row.get(2).ok()?,
                agreement_missing_at: row.get(3).ok()?,
                apps_listed_at: row.get(4).ok()?,
            };
            Some((records::text(row, 0)?, record))
        }
        self.rows(
            "SELECT issuer_id, name, vendor_number, agreement_missing_at, apps_listed_at FROM issuers",
            [],
            decode,
        )
    }

    /// Every app Apple has named, by name.
    ///
    /// # Errors
    /// As [`Self::issuers`].
    pub fn apps(&self) -> Result<Vec<AppRecord>, VaultError> {
        fn decode(row: &Row<'_>) -> Option<AppRecord> {
            Some(AppRecord {
                id: row.get(0).ok()?,
                name: row.get(1).ok()?,
                bundle_id: row.get(2).ok()?,
                issuer_id: records::optional(row, 3)?,
            })
        }
        self.rows("SELECT id, name, bundle_id, issuer_id FROM apps ORDER BY name, id", [], decode)
    }

    /// Which apps each Individual key sees, by the apps' names. A key whose listing was empty is not among them; its
    /// [`CheckRecord::apps_listed_at`](crate::CheckRecord::apps_listed_at) says that it was listed.
    ///
    /// # Errors
    /// As [`Self::issuers`].
    pub fn apps_seen(&self) -> Result<HashMap<Uuid, Vec<String>>, VaultError> {
        fn decode(row: &Row<'_>) -> Option<(Uuid, String)> {
            Some((records::text(row, 0)?, row.get(1).ok()?))
        }
        let sql = "SELECT key, app FROM key_apps JOIN apps ON apps.id = app ORDER BY name, app";
        let rows: Vec<_> = self.rows(sql, [], decode)?;
        let mut seen: HashMap<Uuid, Vec<String>> = HashMap::new();
        for (key, app) in rows {
            seen.entry(key).or_default().push(app);
        }
        Ok(seen)
    }
}
