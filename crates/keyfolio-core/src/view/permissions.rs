use asc_access::{AppReach, LedgerRow, LedgerSummary, Role};
use asc_key::KeyKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{KeyRef, KeySummary};

/// What stands in a column of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ColumnRef {
    /// A stored key.
    Key {
        /// Which.
        id: KeyRef,
    },
    /// A key one could make.
    Hypothetical {
        /// Team or Individual.
        kind: KeyKind,
        /// Its role, or its owner's roles.
        roles: Vec<Role>,
    },
}

/// Which layer of knowledge is asked for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Apple's answers laid over what is documented.
    #[default]
    Combined,
    /// Apple's answers alone; everything else is unknown.
    Observed,
    /// What is documented alone, as if nobody had asked.
    Documented,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LedgerColumn {
    /// The stored key, if it is one.
    pub key: Option<KeySummary>,
    /// Team or Individual.
    pub kind: KeyKind,
    /// Its role, or its owner's roles.
    pub roles: Vec<Role>,
    /// Which apps it reaches.
    pub apps: AppReach,
}

/// Keys side by side over the eleven areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LedgerView {
    /// Version of the catalogue.
    pub catalogue_version: String,
    /// Date of the catalogue, `YYYY-MM-DD` or `YYYY-MM`.
    pub catalogue_date: String,
    /// Heads, left to right.
    pub columns: Vec<LedgerColumn>,
    /// One row per area, in ledger order.
    pub rows: Vec<LedgerRow>,
    /// For two columns or more.
    pub summary: Option<LedgerSummary>,
    /// Answers of Apple's given before this moment are more than 30 days old; milliseconds since 1970.
    #[ts(type = "number")]
    pub stale_before: i64,
}
