//! The keys in use, sorted into what can be told apart.

use asc_access::{AppReach, Cell, Observation, Subject, evaluate, observed_only, size_of};

use crate::Keyfolio;
use crate::ask::{Knowledge, subject};
use crate::view::{IpcError, KeyRef, Layer, StandingCode};

/// Every key in use, in library order.
pub(crate) struct Held {
    /// What can be told apart, each judged once.
    pub(crate) alike: Vec<Alike>,
    /// Each key with its place in `alike`.
    pub(crate) keys: Vec<(KeyRef, usize)>,
}

/// Keys with the same kind, roles and visible apps, and the same answers of Apple's.
pub(crate) struct Alike {
    pub(crate) subject: Subject,
    pub(super) evidence: Vec<Observation>,
    /// Apple does not recognise them, or refuses them everything: whatever their role could, they do not.
    pub(super) rejected: bool,
    /// What they may do: one cell per area, in ledger order.
    pub(super) cells: Vec<Cell>,
    /// See [`asc_access::size`].
    pub(super) size: usize,
    pub(super) apps: AppReach,
    /// How many keys these are.
    pub(super) count: usize,
}

/// What is known in one layer of a key with this evidence.
pub(super) fn cells(layer: Layer, subject: &Subject, evidence: &[Observation]) -> Vec<Cell> {
    match layer {
        Layer::Combined => evaluate(subject, evidence),
        Layer::Observed => observed_only(&evaluate(subject, evidence)),
        Layer::Documented => evaluate(subject, &[]),
    }
}

/// Whether Apple turns a key away, so that no role helps it.
pub(super) const fn is_rejected(standing: StandingCode) -> bool {
    matches!(standing, StandingCode::Unrecognised | StandingCode::RefusedEverywhere)
}

impl Keyfolio {
    pub(crate) fn held(&self, layer: Layer) -> Result<Held, IpcError> {
        let now = self.now();
        let (records, knowledge) = self.with_vault(|vault| Ok((vault.keys()?, Knowledge::read(vault, now)?)))?;
        let mut held = Held { alike: Vec::new(), keys: Vec::new() };
        for record in records.iter().filter(|record| record.archived_at.is_none()) {
            let known = knowledge.of(record);
            let evidence = if layer == Layer::Documented { Vec::new() } else { known.evidence };
            let rejected = layer != Layer::Documented && is_rejected(known.standing.code);
            let place = held.place(layer, subject(record, &known.apps), evidence, rejected);
            held.keys.push((record.id.to_string(), place));
        }
        Ok(held)
    }
}

impl Held {
    fn place(&mut self, layer: Layer, subject: Subject, evidence: Vec<Observation>, rejected: bool) -> usize {
        let same = |alike: &Alike| alike.rejected == rejected && alike.evidence == evidence && alike.subject == subject;
        if let Some(known) = self.alike.iter().position(same) {
            self.alike[known].count += 1;
            return known;
        }
        let cells = cells(layer, &subject, &evidence);
        let (size, apps) = (size_of(&cells), subject.app_reach());
        self.alike.push(Alike { subject, evidence, rejected, cells, size, apps, count: 1 });
        self.alike.len() - 1
    }

    /// What can be told apart, as the catalogue takes it; the places are those in `alike`.
    pub(crate) fn subjects(&self) -> Vec<(Subject, Vec<Observation>)> {
        self.alike.iter().map(|alike| (alike.subject.clone(), alike.evidence.clone())).collect()
    }

    /// The keys that are alike in this way, in library order.
    pub(crate) fn keys_of(&self, place: usize) -> impl Iterator<Item = &KeyRef> {
        self.keys.iter().filter(move |(_, of)| *of == place).map(|(key, _)| key)
    }
}
