//! A key as the catalogue sees it: its kind, its roles, the apps it reaches.
//!
//! Nothing else about a key changes what it may do, so nothing else is known here: no ID, no name, no secret. What
//! it refuses: to guess the apps of a person. Until Apple has said which ones the owner sees, that stays unknown.

use std::collections::BTreeSet;

use asc_key::KeyKind;

use crate::catalogue::catalogue;
use crate::codes::{AppReach, Half, Role};
use crate::evaluate::evaluate;
use crate::ledger::Cell;

/// A key, or one that could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Team or Individual.
    pub kind: KeyKind,
    /// Its role, or its owner's roles; empty means not known.
    pub roles: Vec<Role>,
    /// The apps the owner of an Individual key may see. Irrelevant to a Team key.
    pub apps: VisibleApps,
}

/// The apps a person may see, as far as Apple has said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum VisibleApps {
    /// Apple was not asked.
    #[default]
    Unknown,
    /// Every app of the team.
    All,
    /// These, by Apple's app ID.
    Some(BTreeSet<String>),
}

/// Which apps a question is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AppScope {
    /// Whichever the key reaches.
    #[default]
    Any,
    /// All apps of the team.
    Every,
    /// One app, by Apple's app ID.
    One(String),
}

impl Subject {
    /// A key of which only kind and roles are known.
    #[must_use]
    pub fn new(kind: KeyKind, roles: &[Role]) -> Self {
        Self { kind, roles: roles.to_vec(), apps: VisibleApps::Unknown }
    }

    /// Which apps it reaches, by kind and roles.
    #[must_use]
    pub fn app_reach(&self) -> AppReach {
        app_reach(self.kind, &self.roles)
    }

    /// Whether it reaches the apps asked about: `yes`, `no` or `unknown`.
    #[must_use]
    pub fn covers(&self, scope: &AppScope) -> Half {
        if *scope == AppScope::Any || self.kind == KeyKind::Team {
            return Half::Yes;
        }
        match (&self.apps, scope) {
            (VisibleApps::All, _) => Half::Yes,
            (VisibleApps::Some(apps), AppScope::One(app)) if apps.contains(app) => Half::Yes,
            (VisibleApps::Some(_), _) => Half::No,
            (VisibleApps::Unknown, _) if self.app_reach() == AppReach::AllByRole => Half::Yes,
            (VisibleApps::Unknown, _) => Half::Unknown,
        }
    }
}

/// Which apps a key of this kind with these roles reaches. Any one role that cannot be limited to some apps opens
/// them all.
#[must_use]
pub fn app_reach(kind: KeyKind, roles: &[Role]) -> AppReach {
    let unlimited = |role: &Role| catalogue().roles.iter().any(|fact| fact.role == *role && !fact.apps_can_be_limited);
    match kind {
        KeyKind::Team => AppReach::AllAlways,
        KeyKind::Individual if roles.iter().any(unlimited) => AppReach::AllByRole,
        KeyKind::Individual => AppReach::AsOwner,
    }
}

/// How far a key reaches, for putting the smallest first; a number without a unit. What sources allow weighs most,
/// but what they leave open counts too: between two keys that can do the same, the one with fewer questions is
/// the smaller one.
#[must_use]
pub fn size(subject: &Subject) -> usize {
    size_of(&evaluate(subject, &[]))
}

/// The same, from cells already evaluated. What Apple answered is left out: it tells how far a key was tried, not
/// how far it goes.
#[must_use]
pub fn size_of(cells: &[Cell]) -> usize {
    let weight = |value| match value {
        Half::Yes => 8,
        Half::Part => 4,
        Half::Disputed => 2,
        Half::Unknown => 1,
        Half::No | Half::Never => 0,
    };
    cells.iter().flat_map(|cell| &cell.parts).map(|part| weight(part.documented)).sum()
}
