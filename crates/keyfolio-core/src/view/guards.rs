use asc_access::Area;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What of an area a guard keeps a key from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GuardLimit {
    /// All of it: neither reading nor writing.
    Reach,
    /// Writing only.
    Write,
}

/// "This key must not reach that area", pinned by the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
pub struct Guard {
    /// Which area.
    pub area: Area,
    /// What of it.
    pub limit: GuardLimit,
}

/// Whether a key keeps to a guard, as far as anyone knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GuardState {
    /// It cannot do what the guard forbids.
    Holds,
    /// It can, all of it or some.
    Broken,
    /// Nobody knows: the role is not known, no source says, or sources disagree.
    Open,
}

/// A guard of a key and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct GuardView {
    /// Which area.
    pub area: Area,
    /// What of it.
    pub limit: GuardLimit,
    /// Whether what is known about the key keeps to it.
    pub state: GuardState,
}

/// A reason to look at a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Attention {
    /// Apple does not recognise it.
    Unrecognised,
    /// Apple refuses it everything.
    RefusedEverywhere,
    /// It works as another kind, or with another Issuer ID, than recorded.
    WorksOtherwise,
    /// Apple's answers fit other roles better than the recorded ones.
    RolesDiffer,
    /// It can do what a guard of it forbids.
    GuardBroken {
        /// The guard's area.
        area: Area,
        /// The guard's limit.
        limit: GuardLimit,
    },
    /// Another stored key claims the same Key ID.
    KeyIdTwice,
    /// Its file name says it belongs to another Apple service.
    LookAlike,
}
