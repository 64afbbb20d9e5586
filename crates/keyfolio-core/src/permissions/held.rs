//! The keys in use, sorted into what the catalogue can tell apart.

use asc_access::{AppReach, Cell, Subject, evaluate, size_of};
use vault::KeyRecord;

use super::NO_EVIDENCE;
use crate::Keyfolio;
use crate::library::roles_of;
use crate::view::{IpcError, KeyRef};

/// A stored key as the catalogue sees it.
pub(crate) fn subject(record: &KeyRecord) -> Subject {
    Subject::new(record.kind, &roles_of(record))
}

/// Every key in use, in library order.
pub(super) struct Held {
    /// What the catalogue can tell apart, each judged once.
    pub(super) alike: Vec<Alike>,
    /// Each key with its place in `alike`.
    pub(super) keys: Vec<(KeyRef, usize)>,
}

/// Keys with the same kind and roles.
pub(super) struct Alike {
    pub(super) subject: Subject,
    /// What they may do: one cell per area, in ledger order.
    pub(super) cells: Vec<Cell>,
    /// See [`asc_access::size`].
    pub(super) size: usize,
    pub(super) apps: AppReach,
    /// How many keys these are.
    pub(super) count: usize,
}

impl Keyfolio {
    pub(super) fn held(&self) -> Result<Held, IpcError> {
        let records = self.with_vault(|vault| Ok(vault.keys()?))?;
        let mut held = Held { alike: Vec::new(), keys: Vec::new() };
        for record in records.iter().filter(|record| record.archived_at.is_none()) {
            let place = held.place(subject(record));
            held.keys.push((record.id.to_string(), place));
        }
        Ok(held)
    }
}

impl Held {
    fn place(&mut self, subject: Subject) -> usize {
        if let Some(known) = self.alike.iter().position(|alike| alike.subject == subject) {
            self.alike[known].count += 1;
            return known;
        }
        let cells = evaluate(&subject, NO_EVIDENCE);
        self.alike.push(Alike { size: size_of(&cells), apps: subject.app_reach(), count: 1, cells, subject });
        self.alike.len() - 1
    }

    /// The keys that are alike in this way, in library order.
    pub(super) fn keys_of(&self, place: usize) -> impl Iterator<Item = &KeyRef> {
        self.keys.iter().filter(move |(_, of)| *of == place).map(|(key, _)| key)
    }
}
