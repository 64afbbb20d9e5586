//! Counting a run: every key is in exactly one place, from waiting to one of five ends.

use asc_client::{Depth, Trouble};
use uuid::Uuid;

use crate::view::{LaneView, RunView};

/// Where a key of a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Not asked yet.
    Waiting,
    /// In a lane.
    Asking { done: usize, of: usize },
    /// Over.
    Ended(End),
}

/// How it ended for one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Apple accepts it.
    Verified,
    /// Apple accepts it, but not as recorded, or with an agreement missing.
    Noted,
    /// Apple does not recognise it, or refuses everything.
    Rejected,
    /// Nothing was learned.
    Unreached,
    /// It was not asked, or the answer is about IDs it no longer has.
    Left,
}

/// A key of a run.
struct Entry {
    key: Uuid,
    depth: Depth,
    place: Place,
    /// Handed to the lanes.
    given: bool,
}

/// All keys of a run, in the order they were wished for.
#[derive(Default)]
pub(super) struct Tally {
    entries: Vec<Entry>,
    /// The keys handed to the lanes, in that order, by their index above.
    given: Vec<usize>,
    pub(super) scheduled: bool,
    pub(super) stopped: bool,
    pub(super) over: bool,
    pub(super) trouble: Option<Trouble>,
}

impl Tally {
    /// Nothing yet.
    pub(super) fn new(scheduled: bool) -> Self {
        Self { scheduled, ..Self::default() }
    }

    /// Wishes for a key. One that waits or is being asked is not asked twice.
    pub(super) fn wish(&mut self, key: Uuid, depth: Depth) {
        match self.entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) if matches!(entry.place, Place::Ended(_)) => {
                *entry = Entry { key, depth, place: Place::Waiting, given: false };
            }
            Some(_) => {}
            None => self.entries.push(Entry { key, depth, place: Place::Waiting, given: false }),
        }
    }

    /// The keys that wait and were not handed to the lanes yet; from now on they are.
    pub(super) fn give(&mut self) -> Vec<(Uuid, Depth)> {
        let mut keys = Vec::new();
        for (index, entry) in self.entries.iter_mut().enumerate() {
            if entry.place == Place::Waiting && !entry.given {
                entry.given = true;
                self.given.push(index);
                keys.push((entry.key, entry.depth));
            }
        }
        keys
    }

    /// New lanes count from the beginning.
    pub(super) fn new_lanes(&mut self) {
        self.given.clear();
    }

    /// The key in this place of the lanes' order.
    pub(super) fn key(&self, given: usize) -> Option<Uuid> {
        Some(self.entries.get(*self.given.get(given)?)?.key)
    }

    pub(super) fn put(&mut self, given: usize, place: Place) {
        if let Some(entry) = self.given.get(given).and_then(|index| self.entries.get_mut(*index)) {
            entry.place = place;
        }
    }

    /// Takes a key out of what the lanes were to be handed: it cannot be asked about.
    pub(super) fn cannot_ask(&mut self, key: Uuid) {
        self.given.retain(|index| self.entries[*index].key != key);
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == key) {
            entry.place = Place::Ended(End::Left);
        }
    }

    /// Keys that were wished for so late that the lanes had closed.
    pub(super) fn has_more(&self) -> bool {
        self.entries.iter().any(|entry| entry.place == Place::Waiting && !entry.given)
    }

    /// Nothing more is asked: what has not ended is left.
    pub(super) fn end(&mut self) {
        for entry in self.entries.iter_mut().filter(|entry| !matches!(entry.place, Place::Ended(_))) {
            entry.place = Place::Ended(End::Left);
        }
        self.over = true;
    }

    pub(super) fn count(&self, end: End) -> usize {
        self.entries.iter().filter(|entry| entry.place == Place::Ended(end)).count()
    }

    pub(super) fn total(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn view(&self) -> RunView {
        let those = |place: Place| self.entries.iter().filter(move |entry| entry.place == place);
        let refs = |place| those(place).map(|entry| entry.key.to_string()).collect();
        let lane = |entry: &Entry| match entry.place {
            Place::Asking { done, of } => Some(LaneView { key: entry.key.to_string(), done, of }),
            Place::Waiting | Place::Ended(_) => None,
        };
        RunView {
            over: self.over,
            stopped: self.stopped,
            scheduled: self.scheduled,
            total: self.total(),
            verified: self.count(End::Verified),
            noted: self.count(End::Noted),
            rejected: self.count(End::Rejected),
            unreached: self.count(End::Unreached),
            left: refs(Place::Ended(End::Left)),
            again: refs(Place::Ended(End::Unreached)),
            trouble: self.trouble.clone(),
            lanes: self.entries.iter().filter_map(lane).collect(),
            waiting: refs(Place::Waiting),
        }
    }
}
