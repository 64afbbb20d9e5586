//! The catalogue: what is known about roles, kinds and capabilities, each value with its evidence.
//!
//! Apple publishes no list of what each role may do through the API, so every value here is a reading of Apple's
//! pages, of its API description, or of what people saw, and says which. The catalogue refuses to round up: where
//! sources contradict each other the value is [`Half::Disputed`] and carries them all; where none was found it is
//! [`Half::Unknown`]. It is data, checked by the compiler (a missing role does not build) and by tests (no value
//! without a source).

mod either;
mod facts;
mod sources;
mod team_only;

use std::collections::BTreeSet;

use asc_key::KeyKind;
use serde::Serialize;

use crate::codes::{AppReach, Area, AskedHalf, Basis, Half, Role};
use crate::ledger::Source;

/// One value with its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What is allowed.
    pub value: Half,
    /// What that rests on.
    pub basis: Basis,
    /// Note code; words under `access.note.<code>`.
    pub note: Option<&'static str>,
    /// The evidence; for a disputed value, both sides.
    pub sources: &'static [Source],
}

impl Finding {
    const fn new(value: Half, basis: Basis, sources: &'static [Source]) -> Self {
        Self { value, basis, note: None, sources }
    }

    const fn note(self, code: &'static str) -> Self {
        Self { note: Some(code), ..self }
    }
}

const fn yes(basis: Basis, sources: &'static [Source]) -> Finding {
    Finding::new(Half::Yes, basis, sources)
}

const fn part(basis: Basis, sources: &'static [Source]) -> Finding {
    Finding::new(Half::Part, basis, sources)
}

const fn no(basis: Basis, sources: &'static [Source]) -> Finding {
    Finding::new(Half::No, basis, sources)
}

const fn never(basis: Basis, sources: &'static [Source]) -> Finding {
    Finding::new(Half::Never, basis, sources)
}

const fn disputed(sources: &'static [Source]) -> Finding {
    Finding::new(Half::Disputed, Basis::Disputed, sources)
}

const UNKNOWN: Finding = Finding::new(Half::Unknown, Basis::Unknown, &[]);

/// One finding per role; leaving a role out does not compile.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub struct ByRole {
    account_holder: Finding,
    admin: Finding,
    app_manager: Finding,
    developer: Finding,
    finance: Finding,
    marketing: Finding,
    sales: Finding,
    customer_support: Finding,
}

impl ByRole {
    const fn every(finding: Finding) -> Self {
        Self {
            account_holder: finding,
            admin: finding,
            app_manager: finding,
            developer: finding,
            finance: finding,
            marketing: finding,
            sales: finding,
            customer_support: finding,
        }
    }

    /// What is known for one role.
    #[must_use]
    pub const fn get(&self, role: Role) -> &Finding {
        match role {
            Role::AccountHolder => &self.account_holder,
            Role::Admin => &self.admin,
            Role::AppManager => &self.app_manager,
            Role::Developer => &self.developer,
            Role::Finance => &self.finance,
            Role::Marketing => &self.marketing,
            Role::Sales => &self.sales,
            Role::CustomerSupport => &self.customer_support,
        }
    }
}

/// Which half of its area a capability speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Reading.
    Read,
    /// Writing.
    Write,
    /// Reading and writing go together.
    Both,
}

impl Side {
    /// True if it speaks for reading.
    #[must_use]
    pub const fn reads(self) -> bool {
        matches!(self, Self::Read | Self::Both)
    }

    /// True if it speaks for writing.
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(self, Self::Write | Self::Both)
    }

    /// True if it speaks for the half asked about.
    #[must_use]
    pub const fn includes(self, half: AskedHalf) -> bool {
        match half {
            AskedHalf::Any => true,
            AskedHalf::Read => self.reads(),
            AskedHalf::Write => self.writes(),
        }
    }
}

/// What a capability means for the half it speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// The half is made of it.
    Decides,
    /// A corner of the area. Having it lifts a closed half to "part"; lacking it, or not knowing, changes nothing.
    Detail,
}

/// What an Individual key gets of a capability.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Individual {
    /// What its owner's roles give.
    AsOwner,
    /// This, whatever the owner's roles.
    Whatever(Finding),
}

/// One thing a key can or cannot do.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Capability {
    /// Stable code; words under `access.capability.<code>`.
    pub code: &'static str,
    /// The row it belongs to.
    pub area: Area,
    /// The half it speaks for.
    pub side: Side,
    /// What it means for that half.
    pub weight: Weight,
    /// What each role gives, to a Team key and, as its owner's role, to an Individual key.
    pub by_role: ByRole,
    /// What an Individual key gets.
    pub individual: Individual,
}

impl Capability {
    /// What is known for a key of this kind with this role.
    #[must_use]
    pub const fn finding(&self, kind: KeyKind, role: Role) -> &Finding {
        match (kind, &self.individual) {
            (KeyKind::Individual, Individual::Whatever(finding)) => finding,
            _ => self.by_role.get(role),
        }
    }

    /// The finding that excludes a kind of key from this whatever its roles: Apple's pages say never, or
    /// contradict others.
    #[must_use]
    pub const fn exclusion(&self, kind: KeyKind) -> Option<&Finding> {
        match (kind, &self.individual) {
            (KeyKind::Individual, Individual::Whatever(finding))
                if matches!(finding.value, Half::Never | Half::Disputed) =>
            {
                Some(finding)
            }
            _ => None,
        }
    }
}

/// Whether a role can be had by a key of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SelectableRole {
    /// The role.
    pub role: Role,
    /// `yes`, `no` or `disputed`, with the evidence.
    #[serde(flatten)]
    pub finding: Finding,
}

/// What is known about a role itself.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RoleFact {
    /// The role.
    pub role: Role,
    /// True if a user with this role can be limited to some apps.
    pub apps_can_be_limited: bool,
    /// The evidence.
    pub sources: &'static [Source],
}

/// A switch on a user besides the roles. It reaches the API through that user's Individual key, if at all.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct UserPermission {
    /// Apple's name for it in the API.
    pub code: &'static str,
    /// Roles that have it without being asked.
    pub default_for: &'static [Role],
    /// Roles it can be given to.
    pub grantable_to: &'static [Role],
    /// True if it makes all apps visible to a user who was limited to some.
    pub lifts_app_limit: bool,
    /// True if Apple marks it as deprecated.
    pub deprecated: bool,
    /// What the statement rests on.
    pub basis: Basis,
    /// The evidence.
    pub sources: &'static [Source],
}

/// Which apps a kind of key reaches; where there are several for a kind, the owner's roles decide.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct AppRule {
    /// The kind of key.
    pub kind: KeyKind,
    /// What it reaches.
    pub reach: AppReach,
    /// What the statement rests on.
    pub basis: Basis,
    /// The evidence.
    pub sources: &'static [Source],
}

/// Everything known, in one edition.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Catalogue {
    /// Version of this shape; rises when a reader of older data would misread it.
    pub schema: u32,
    /// Edition.
    pub version: &'static str,
    /// `YYYY-MM`: the state of the sources.
    pub date: &'static str,
    /// Every capability, in ledger order.
    pub capabilities: &'static [&'static [Capability]],
    /// The eight roles.
    pub roles: &'static [RoleFact],
    /// Roles of a Team key.
    pub team_roles: &'static [SelectableRole],
    /// Roles of the owner of an Individual key.
    pub individual_roles: &'static [SelectableRole],
    /// Switches on a user besides the roles.
    pub permissions: &'static [UserPermission],
    /// Which apps each kind reaches.
    pub apps: &'static [AppRule],
}

static CATALOGUE: Catalogue = Catalogue {
    schema: 1,
    version: "2026-10",
    date: "2026-10",
    capabilities: &[either::CAPABILITIES, team_only::CAPABILITIES],
    roles: facts::ROLES,
    team_roles: facts::TEAM_ROLES,
    individual_roles: facts::INDIVIDUAL_ROLES,
    permissions: facts::PERMISSIONS,
    apps: facts::APPS,
};

/// The catalogue of this build.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

impl Catalogue {
    /// Every capability, in ledger order.
    pub fn capabilities(&self) -> impl Iterator<Item = &'static Capability> + use<> {
        self.capabilities.iter().copied().flatten()
    }

    /// The capability with this code.
    #[must_use]
    pub fn capability(&self, code: &str) -> Option<&'static Capability> {
        self.capabilities().find(|one| one.code == code)
    }

    /// The capabilities of one area, in catalogue order.
    pub fn of(&self, area: Area) -> impl Iterator<Item = &'static Capability> + use<> {
        self.capabilities().filter(move |one| one.area == area)
    }

    /// Every source named anywhere, each once, by address.
    #[must_use]
    pub fn sources(&self) -> BTreeSet<Source> {
        let findings = self.capabilities().flat_map(|one| {
            let individual = match &one.individual {
                Individual::AsOwner => None,
                Individual::Whatever(finding) => Some(finding),
            };
            let by_role = Role::ALL.iter().map(|role| one.by_role.get(*role));
            by_role.chain(individual).map(|finding| finding.sources)
        });
        let selectable = self.team_roles.iter().chain(self.individual_roles);
        findings
            .chain(selectable.map(|role| role.finding.sources))
            .chain(self.roles.iter().map(|role| role.sources))
            .chain(self.permissions.iter().map(|one| one.sources))
            .chain(self.apps.iter().map(|rule| rule.sources))
            .flatten()
            .copied()
            .collect()
    }
}

/// The roles a key of this kind can have (for an Individual key: its owner), and how sure that is.
#[must_use]
pub fn selectable_roles(kind: KeyKind) -> &'static [SelectableRole] {
    match kind {
        KeyKind::Team => CATALOGUE.team_roles,
        KeyKind::Individual => CATALOGUE.individual_roles,
    }
}

/// Every address the catalogue names: the only pages the app opens from a cell.
#[must_use]
pub fn source_urls() -> BTreeSet<&'static str> {
    CATALOGUE.sources().iter().map(|source| source.url).collect()
}
