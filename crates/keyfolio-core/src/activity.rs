//! What this application did: deeds become entries in the vault, entries become deeds again.
//!
//! A deed that changes the vault is noted by [`note`] in the very writing that does it. What happens while the vault is
//! closed (a wrong passphrase), or as it opens and closes, is kept by [`Unnoted`] until there is a vault to note it in.
//! Refuses to fail over an entry of another version: it is shown as one whose words are not known.

mod changes;
mod search;

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};
use vault::{EntryFilter, KeyRecord, Note, NotedKey, Vault, VaultError, Writing};

pub(crate) use changes::between;

use crate::Keyfolio;
use crate::library::key_ref;
use crate::view::{
    ActivityEntry, ActivityGroup, ActivityKey, ActivityPage, ActivityQuery, Deed, IpcError, StandingCode,
};

/// The longest page.
const MOST_ENTRIES: usize = 200;

/// The field of a deed that says which one it is; an entry has a column for it.
const WHAT: &str = "what";

impl Keyfolio {
    /// What this application did, newest first.
    ///
    /// # Errors
    /// When the vault is closed or cannot be read, or the key is none.
    pub fn activity(&self, query: &ActivityQuery) -> Result<ActivityPage, IpcError> {
        let filter = EntryFilter {
            topic: query.group.filter(|group| *group != ActivityGroup::Failures).map(topic),
            failures: query.group == Some(ActivityGroup::Failures),
            key: query.key.as_deref().map(key_ref).transpose()?,
            since: query.since,
            text: query.text.as_deref().map(search::fold).filter(|text| !text.is_empty()),
            before: query.before,
        };
        let limit = if query.limit == 0 { MOST_ENTRIES } else { query.limit.min(MOST_ENTRIES) };
        self.with_vault(|vault| {
            let page = vault.entries(&filter, limit)?;
            Ok(ActivityPage {
                entries: page.entries.into_iter().map(entry).collect(),
                more: page.more,
                keys: vault.noted_keys()?.into_iter().map(ActivityKey::from).collect(),
            })
        })
    }

    /// Notes a deed that is no change of the vault: at once while it is open, and else, or when the disk refuses, with
    /// the next one.
    pub(crate) fn note(&self, deed: &Deed, about: Option<&KeyRecord>) {
        let now = self.now();
        self.unnoted.push(note_of(deed, about, now));
        // A closed vault is no trouble: the note waits for it.
        let _ = self.with_vault(|vault| {
            self.unnoted.write_into(vault, now);
            Ok(())
        });
    }
}

/// Notes a deed in the writing that does it. `about` is the key as it is when that is done.
pub(crate) fn note(writing: &mut Writing<'_>, deed: &Deed, about: Option<&KeyRecord>) -> Result<(), VaultError> {
    let note = note_of(deed, about, writing.now_ms());
    writing.note(&note)
}

/// Deeds waiting for a vault to be noted in.
#[derive(Default)]
pub(crate) struct Unnoted(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    notes: Vec<Note>,
    /// Wrong passphrases since the last note, and when the last of them was tried. One entry for all, so that a child
    /// at the keyboard does not fill the log.
    refused: Option<(u32, i64)>,
}

impl Unnoted {
    /// A note to be written when that can be done.
    pub(crate) fn push(&self, note: Note) {
        let mut waiting = self.waiting();
        waiting.settle_refusals();
        waiting.notes.push(note);
    }

    /// A wrong passphrase was tried.
    pub(crate) fn refused(&self, now: i64) {
        let mut waiting = self.waiting();
        let times = waiting.refused.map_or(0, |(times, _)| times);
        waiting.refused = Some((times.saturating_add(1), now));
    }

    /// Writes what waits. What the disk refuses goes on waiting: it holds up nothing else.
    pub(crate) fn write_into(&self, vault: &mut Vault, now: i64) {
        let mut waiting = self.waiting();
        waiting.settle_refusals();
        if waiting.notes.is_empty() {
            return;
        }
        let written = vault.write(now, |writing| waiting.notes.iter().try_for_each(|note| writing.note(note)));
        if written.is_ok() {
            waiting.notes.clear();
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn settle_refusals(&mut self) {
        if let Some((times, at)) = self.refused.take() {
            self.notes.push(note_of(&Deed::UnlockRefused { times }, None, at));
        }
    }
}

/// A deed as the vault keeps it.
pub(crate) fn note_of(deed: &Deed, about: Option<&KeyRecord>, at: i64) -> Note {
    let mut detail = match serde_json::to_value(deed) {
        Ok(Value::Object(fields)) => fields,
        // Every deed is a tagged object; an empty one decodes as "other".
        _ => Map::new(),
    };
    let what = match detail.remove(WHAT) {
        Some(Value::String(what)) => what,
        _ => String::new(),
    };
    let detail = Value::Object(detail);
    let found_by = search::found_by(about.map(|key| key.name.as_str()), &detail);
    Note {
        at,
        what,
        topic: topic(group(deed)),
        failure: failed(deed),
        key: about.map(NotedKey::from),
        found_by,
        detail: detail.to_string(),
    }
}

fn entry(entry: vault::Entry) -> ActivityEntry {
    let vault::Entry { id, note } = entry;
    let group = serde_json::from_value(Value::String(note.topic)).unwrap_or(ActivityGroup::Vault);
    ActivityEntry {
        id,
        at: note.at,
        deed: deed(note.what, &note.detail).unwrap_or(Deed::Other),
        group,
        failure: note.failure,
        key: note.key.map(ActivityKey::from),
    }
}

/// The deed behind an entry; `None` for one this version does not know.
fn deed(what: String, detail: &str) -> Option<Deed> {
    let mut fields: Map<String, Value> = serde_json::from_str(detail).ok()?;
    fields.insert(WHAT.to_owned(), Value::String(what));
    serde_json::from_value(Value::Object(fields)).ok()
}

/// The code under which a group is kept.
fn topic(group: ActivityGroup) -> String {
    let code = match group {
        ActivityGroup::Verification => "verification",
        ActivityGroup::Keys => "keys",
        ActivityGroup::Changes => "changes",
        ActivityGroup::Handoffs => "handoffs",
        ActivityGroup::Vault => "vault",
        ActivityGroup::Failures => "failures",
    };
    code.to_owned()
}

fn group(deed: &Deed) -> ActivityGroup {
    match deed {
        Deed::Checked { .. } | Deed::RunOver { .. } | Deed::OwnerLookedUp { .. } | Deed::AskingFailed { .. } => {
            ActivityGroup::Verification
        }
        Deed::KeyAdded { .. }
        | Deed::KeyRemoved
        | Deed::KeyRestored
        | Deed::KeyErased
        | Deed::KeyArchived
        | Deed::KeyUnarchived => ActivityGroup::Keys,
        Deed::KeyRenamed { .. }
        | Deed::RolesChanged { .. }
        | Deed::IdentityChanged { .. }
        | Deed::DetailsChanged
        | Deed::TeamRenamed { .. }
        | Deed::VendorNumberChanged { .. }
        | Deed::RolesKept { .. } => ActivityGroup::Changes,
        Deed::HandedOff { .. } | Deed::HandoffGone { .. } => ActivityGroup::Handoffs,
        Deed::VaultMade
        | Deed::Unlocked { .. }
        | Deed::UnlockRefused { .. }
        | Deed::Locked
        | Deed::PassphraseAdded
        | Deed::SnapshotRestored
        | Deed::AskingChanged { .. }
        | Deed::Other => ActivityGroup::Vault,
    }
}

/// Whether a deed did not work, or found something wrong.
fn failed(deed: &Deed) -> bool {
    match deed {
        Deed::Checked { standing, trouble, .. } => {
            trouble.is_some() || !matches!(standing, StandingCode::Verified | StandingCode::Unchecked)
        }
        Deed::RunOver { rejected, unreached, .. } => rejected + unreached > 0,
        Deed::OwnerLookedUp { found, .. } => !found,
        Deed::AskingFailed { .. } | Deed::UnlockRefused { .. } => true,
        _ => false,
    }
}

impl From<NotedKey> for ActivityKey {
    fn from(key: NotedKey) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name,
            kind: key.kind,
            roles: key.roles.iter().filter_map(|code| code.parse().ok()).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
