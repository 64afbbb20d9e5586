use asc_access::{Access, AppReach, AppScope, Area, AskedHalf, Basis, Cell, Half, Level, Method, Part, Reason, Role};
use asc_key::KeyKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{KeyRef, PlanView};

/// Every key in use over the eleven areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GridView {
    /// Version of the catalogue.
    pub catalogue_version: String,
    /// Date of the catalogue, `YYYY-MM-DD` or `YYYY-MM`.
    pub catalogue_date: String,
    /// Every key that is not archived.
    pub rows: Vec<GridRow>,
    /// What keys may do, each answer once: keys that cannot be told apart share one.
    pub answers: Vec<GridAnswer>,
}

/// One key of the grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GridRow {
    /// Which.
    pub key: KeyRef,
    /// Index into `answers`.
    pub answer: usize,
}

/// What one or more keys may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GridAnswer {
    /// Which apps they reach.
    pub apps: AppReach,
    /// How far they reach over all areas; for sorting, never shown.
    pub size: usize,
    /// One per area, in ledger order.
    pub cells: Vec<GridCell>,
}

/// A cell without its parts; the ledger has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GridCell {
    /// The cell in one word.
    pub level: Level,
    /// Words under `access.label.<code>`, when the level alone says too little.
    pub label: Option<&'static str>,
    /// The weakest of what its deciding parts rest on.
    pub basis: Basis,
    /// Left half.
    pub read: Access,
    /// Right half.
    pub write: Access,
    /// An answer of Apple and the table say different things.
    pub contradicted: bool,
    /// An answer of Apple's in it was given more than 30 days ago.
    pub stale: bool,
}

impl GridCell {
    /// `cell` without its parts. Answers given before `stale_before` (milliseconds since 1970) are stale.
    #[must_use]
    pub fn new(cell: &Cell, stale_before: i64) -> Self {
        Self {
            level: cell.level,
            label: cell.label,
            basis: cell.basis,
            read: cell.read,
            write: cell.write,
            contradicted: cell.contradicted,
            stale: cell.parts.iter().any(|part| part.observed.is_some_and(|answer| answer.at < stale_before)),
        }
    }
}

/// What is asked of every key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "about", rename_all = "snake_case")]
#[ts(rename = "Question")]
pub enum QuestionRef {
    /// An area, or half of it.
    Area {
        /// Which.
        area: Area,
        /// Which half.
        half: AskedHalf,
    },
    /// One capability.
    Capability {
        /// Its code.
        capability: String,
    },
    /// One operation of the API.
    Operation {
        /// How it is called.
        method: Method,
        /// Path, or path template.
        path: String,
    },
}

/// Which apps a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "AppScope")]
pub enum AppScopeCode {
    /// Whichever the key reaches.
    Any,
    /// All apps of the team.
    Every,
    /// This app, by Apple's ID.
    One(String),
}

impl From<AppScopeCode> for AppScope {
    fn from(code: AppScopeCode) -> Self {
        match code {
            AppScopeCode::Any => Self::Any,
            AppScopeCode::Every => Self::Every,
            AppScopeCode::One(app) => Self::One(app),
        }
    }
}

/// "Which of my keys can ...?"
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct WhoCanRequest {
    /// What.
    pub question: QuestionRef,
    /// For which apps.
    pub scope: AppScopeCode,
}

/// What every key in use answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WhoCanView {
    /// Every key that is not archived: those that can first, the smallest first among them.
    pub answers: Vec<KeyAnswer>,
    /// The key to create for it, when the sources know one.
    pub create: Option<PlanView>,
    /// Roles of which the sources say that they can: of a Team key first, then of an Individual key's owner.
    pub bearers: Vec<Bearer>,
}

/// A kind of key with a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Bearer {
    /// Team or Individual.
    pub kind: KeyKind,
    /// Its role, or its owner's.
    pub role: Role,
}

/// What one key answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeyAnswer {
    /// Which.
    pub key: KeyRef,
    /// Whether it can.
    pub value: Half,
    /// The weakest of what decided it.
    pub basis: Basis,
    /// Why.
    pub reason: Reason,
    /// The capabilities that decided.
    pub parts: Vec<Part>,
    /// How far the key reaches over all areas; for sorting, never shown.
    pub size: usize,
}

/// Every operation of Apple's API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OperationsView {
    /// Version of Apple's API description.
    pub version: String,
    /// In the order of Apple's description.
    pub operations: Vec<OperationView>,
    /// What `class` points to.
    pub classes: Vec<OperationClass>,
}

/// One operation of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct OperationView {
    /// How it is called.
    pub method: Method,
    /// Path template, such as `/v1/apps/{id}`.
    pub path: &'static str,
    /// The row of the ledger it belongs to.
    pub area: Area,
    /// No source ties this resource to the roles of that area.
    pub guessed: bool,
    /// Apple marks it as deprecated.
    pub deprecated: bool,
    /// It reads or changes the links between records, not the records.
    pub relationship: bool,
    /// Index into `classes`: operations that are decided alike.
    pub class: usize,
}

/// Operations decided by the same capabilities: how many keys in use can call them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct OperationClass {
    /// Keys that can, for every record or for some.
    pub can: usize,
    /// Keys for which it is open.
    pub maybe: usize,
}
