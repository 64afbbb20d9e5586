//! The stored keys: listed, changed, put aside and let go.

use std::collections::HashMap;

use asc_access::{Cell, Role, evaluate, roles_that_fit};
use asc_key::{KeyKind, file, parse};
use uuid::Uuid;
use vault::{AppRecord, Change, KeyRecord, Vault, VaultError};

use crate::ask::{Knowledge, subject};
use crate::view::{
    AppEvent, AppView, CopyField, Deed, IpcError, KeyList, KeyRemoval, KeySummary, KeyUpdate, KeyView, RemovalCheck,
    TextField,
};
use crate::{Keyfolio, activity, guards, teams};

pub(crate) const LONGEST_NAME: usize = 200;
const LONGEST_NOTES: usize = 10_000;
const LONGEST_TAG: usize = 60;
const MOST_TAGS: usize = 40;

impl Keyfolio {
    /// The whole library, oldest first.
    ///
    /// # Errors
    /// When the vault is closed or cannot be read.
    pub fn keys(&self) -> Result<KeyList, IpcError> {
        let now = self.now();
        self.with_vault(|vault| {
            let keys = views(vault, None, now)?;
            let issuers = teams::of(vault, &keys)?;
            let apps = vault.apps()?.into_iter().map(AppView::from).collect();
            Ok(KeyList { keys, issuers, apps })
        })
    }

    /// Changes one key.
    ///
    /// # Errors
    /// `changed_elsewhere` when it is not the version the change was made on, or what is wrong with the change.
    pub fn key_update(&self, update: &KeyUpdate) -> Result<KeyView, IpcError> {
        let id = key_ref(&update.id)?;
        let now = self.now();
        let view = self.with_vault(|vault| {
            let before = vault.key(id)?;
            let change = change(&before, update)?;
            let after = vault.write(now, |writing| {
                let after = writing.update(id, update.version, &change)?;
                for deed in activity::between(&before, &after) {
                    activity::note(writing, &deed, Some(&after))?;
                }
                Ok(after)
            })?;
            one_view(vault, &after, now)
        })?;
        self.tell(AppEvent::KeysChanged);
        Ok(view)
    }

    /// Says what removing would lose: whether any file seen before still holds this very key.
    ///
    /// # Errors
    /// When there is no such key.
    pub fn key_removal_check(&self, id: &str) -> Result<RemovalCheck, IpcError> {
        let id = key_ref(id)?;
        let (record, sources) = self.with_vault(|vault| Ok((vault.key(id)?, vault.sources(id)?)))?;
        let copies: Vec<String> = sources
            .iter()
            .filter(|path| {
                let held = file::read(path).ok().and_then(|bytes| parse(&bytes, None).ok());
                held.is_some_and(|parsed| parsed.key.fingerprint() == record.fingerprint)
            })
            .map(|path| self.environment.places.shorten(path))
            .collect();
        Ok(RemovalCheck { only_known_copy: copies.is_empty(), copies })
    }

    /// Hides a key. It can be restored until it is purged, at the latest when the program starts again.
    ///
    /// # Errors
    /// `only_known_copy` when no file still holds it and the user has not accepted that.
    pub fn key_remove(&self, removal: &KeyRemoval) -> Result<(), IpcError> {
        if !removal.accept_loss && self.key_removal_check(&removal.id)?.only_known_copy {
            return Err(IpcError::OnlyKnownCopy);
        }
        let id = key_ref(&removal.id)?;
        let now = self.now();
        self.with_vault(|vault| {
            Ok(vault.write(now, |writing| {
                let removed = writing.remove(id)?;
                activity::note(writing, &Deed::KeyRemoved, Some(&removed))
            })?)
        })?;
        self.tell(AppEvent::KeysChanged);
        Ok(())
    }

    /// Brings a removed key back.
    ///
    /// # Errors
    /// `key_not_found` when it was purged, `already_have` when it was imported again meanwhile.
    pub fn key_restore(&self, id: &str) -> Result<KeyView, IpcError> {
        let id = key_ref(id)?;
        let now = self.now();
        let view = self.with_vault(|vault| {
            let written = vault.write(now, |writing| {
                let restored = writing.restore(id)?;
                activity::note(writing, &Deed::KeyRestored, Some(&restored))?;
                Ok(restored)
            });
            let restored = match written {
                Err(VaultError::AlreadyHave { existing }) => {
                    return Err(IpcError::AlreadyHave { existing: summary(&vault.key(existing)?) });
                }
                restored => restored?,
            };
            one_view(vault, &restored, now)
        })?;
        self.tell(AppEvent::KeysChanged);
        Ok(view)
    }

    /// Erases a removed key.
    ///
    /// # Errors
    /// When it is not removed, or the disk refuses.
    pub fn key_purge(&self, id: &str) -> Result<(), IpcError> {
        let id = key_ref(id)?;
        let now = self.now();
        self.with_vault(|vault| {
            Ok(vault.write(now, |writing| {
                // A row that cannot be read can be erased all the same.
                let gone = writing.key(id).ok();
                writing.purge(id)?;
                activity::note(writing, &Deed::KeyErased, gone.as_ref())
            })?)
        })
    }

    /// The text behind "Copy": identifiers and fingerprints, none of them secret.
    ///
    /// # Errors
    /// When there is no such key, or it has no Issuer ID.
    pub fn copy_text(&self, id: &str, what: CopyField) -> Result<String, IpcError> {
        let record = self.with_vault(|vault| Ok(vault.key(key_ref(id)?)?))?;
        match what {
            CopyField::KeyId => Ok(record.key_id.to_string()),
            CopyField::IssuerId => record.issuer_id.map(|id| id.to_string()).ok_or(IpcError::IssuerIdInvalid),
            CopyField::Fingerprint => Ok(record.fingerprint.to_string()),
        }
    }
}

/// Erases every removed key: the time to take a removal back is over.
pub(crate) fn erase_removed(vault: &mut Vault, now: i64) -> Result<(), VaultError> {
    let removed = vault.removed()?;
    vault.write(now, |writing| {
        for key in &removed {
            activity::note(writing, &Deed::KeyErased, Some(key))?;
        }
        writing.purge_all_removed()?;
        Ok(())
    })
}

pub(crate) fn key_ref(id: &str) -> Result<Uuid, IpcError> {
    id.parse().map_err(|_| IpcError::KeyNotFound)
}

fn change(before: &KeyRecord, update: &KeyUpdate) -> Result<Change, IpcError> {
    let patch = &update.patch;
    let kind = patch.kind.unwrap_or(before.kind);
    let roles = match (&patch.roles, patch.kind) {
        (Some(roles), _) => Some(checked_roles(kind, roles)?),
        // The owner of an Individual key may have several roles, a Team key has one: do not guess which.
        (None, Some(KeyKind::Team)) if before.roles.len() > 1 => Some(Vec::new()),
        (None, _) => None,
    };
    Ok(Change {
        name: patch.name.as_deref().map(checked_name).transpose()?,
        key_id: patch.key_id.as_deref().map(|id| id.parse().map_err(|_| IpcError::KeyIdInvalid)).transpose()?,
        kind: patch.kind,
        roles,
        issuer_id: match &patch.issuer_id {
            Some(Some(text)) => Some(Some(text.parse().map_err(|_| IpcError::IssuerIdInvalid)?)),
            Some(None) => Some(None),
            None => None,
        },
        notes: patch.notes.as_deref().map(|notes| checked(TextField::Notes, notes, LONGEST_NOTES)).transpose()?,
        tags: patch.tags.as_deref().map(checked_tags).transpose()?,
        archived: patch.archived,
        guards: patch.guards.as_deref().map(guards::encode),
    })
}

pub(crate) fn checked(field: TextField, text: &str, maximum: usize) -> Result<String, IpcError> {
    if text.chars().count() > maximum { Err(IpcError::TextTooLong { field, maximum }) } else { Ok(text.to_owned()) }
}

pub(crate) fn checked_name(name: &str) -> Result<String, IpcError> {
    match name.trim() {
        "" => Err(IpcError::NameEmpty),
        name => checked(TextField::Name, name, LONGEST_NAME),
    }
}

fn checked_tags(tags: &[String]) -> Result<Vec<String>, IpcError> {
    if tags.len() > MOST_TAGS {
        return Err(IpcError::TextTooLong { field: TextField::Tags, maximum: MOST_TAGS });
    }
    let mut kept: Vec<String> = Vec::new();
    for tag in tags {
        let tag = checked(TextField::Tags, tag.trim(), LONGEST_TAG)?;
        if !tag.is_empty() && !kept.contains(&tag) {
            kept.push(tag);
        }
    }
    Ok(kept)
}

pub(crate) fn checked_roles(kind: KeyKind, roles: &[Role]) -> Result<Vec<String>, IpcError> {
    if kind == KeyKind::Team && roles.len() > 1 {
        return Err(IpcError::TooManyRoles);
    }
    let mut codes: Vec<String> = Vec::new();
    for role in roles {
        let code = role.to_string();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(codes)
}

/// Roles as the catalogue knows them; one it no longer knows counts as "not sure".
pub(crate) fn roles_of(record: &KeyRecord) -> Vec<Role> {
    record.roles.iter().filter_map(|code| code.parse().ok()).collect()
}

pub(crate) fn summary(record: &KeyRecord) -> KeySummary {
    KeySummary {
        id: record.id.to_string(),
        name: record.name.clone(),
        key_id: record.key_id.to_string(),
        kind: record.kind,
        archived: record.archived_at.is_some(),
    }
}

impl From<&KeyView> for KeySummary {
    fn from(key: &KeyView) -> Self {
        Self {
            id: key.id.clone(),
            name: key.name.clone(),
            key_id: key.key_id.clone(),
            kind: key.kind,
            archived: key.archived_at.is_some(),
        }
    }
}

fn one_view(vault: &Vault, record: &KeyRecord, now: i64) -> Result<KeyView, IpcError> {
    views(vault, Some(std::slice::from_ref(record)), now)?.pop().ok_or(IpcError::Internal)
}

/// What is the same for keys with the same kind, roles and kinds of answers, whenever those were given.
struct Judged {
    cells: Vec<Cell>,
    roles_differ: bool,
}

/// The given keys, or all of them, each with the keys in use that claim the same Key ID.
pub(crate) fn views(vault: &Vault, only: Option<&[KeyRecord]>, now: i64) -> Result<Vec<KeyView>, IpcError> {
    let all = vault.keys()?;
    let knowledge = Knowledge::read(vault, now)?;
    let held = vault.places_held()?;
    let mut by_key_id: HashMap<&str, Vec<Uuid>> = HashMap::new();
    // A key put aside because another took its place is no rival of it.
    for record in all.iter().filter(|record| record.archived_at.is_none()) {
        by_key_id.entry(record.key_id.as_str()).or_default().push(record.id);
    }
    let mut alike: HashMap<_, Judged> = HashMap::new();
    let view = |record: &KeyRecord| {
        let known = knowledge.of(record);
        let subject = subject(record, &known.apps);
        let outcomes: Vec<_> = known.evidence.iter().map(|one| (one.capability, one.outcome)).collect();
        let judged = alike.entry((subject.kind, subject.roles.clone(), outcomes)).or_insert_with(|| Judged {
            cells: evaluate(&subject, &known.evidence),
            roles_differ: roles_that_fit(subject.kind, &subject.roles, &known.evidence).is_some(),
        });
        let same_key_id = by_key_id.get(record.key_id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let roles_differ = judged.roles_differ && known.weighs_roles();
        let mut key = KeyView {
            id: record.id.to_string(),
            version: record.version,
            name: record.name.clone(),
            key_id: record.key_id.to_string(),
            kind: record.kind,
            roles: subject.roles,
            issuer_id: record.issuer_id.as_ref().map(ToString::to_string),
            fingerprint: record.fingerprint.to_string(),
            notes: record.notes.clone(),
            tags: record.tags.clone(),
            added_at: record.added_at,
            archived_at: record.archived_at,
            source_name: record.source_name.clone(),
            look_alike: record.look_alike,
            conflicts_with: same_key_id.iter().filter(|id| **id != record.id).map(ToString::to_string).collect(),
            reach: judged.cells.iter().map(|cell| cell.level).collect(),
            observed: !known.evidence.is_empty(),
            handoffs: held.get(&record.fingerprint).copied().unwrap_or(0),
            guards: guards::judge(&record.guards, &judged.cells),
            standing: known.standing,
            apps: known.apps,
            attention: Vec::new(),
        };
        key.attention = guards::attention(&key, roles_differ);
        key
    };
    Ok(only.unwrap_or(&all).iter().map(view).collect())
}

impl From<AppRecord> for AppView {
    fn from(app: AppRecord) -> Self {
        let AppRecord { id, name, bundle_id, issuer_id } = app;
        Self { id, name, bundle_id, issuer_id: issuer_id.map(|issuer| issuer.to_string()) }
    }
}
