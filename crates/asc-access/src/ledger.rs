//! The shapes of an answer: cells, the parts they are made of, rows of several keys side by side.
//!
//! Plain values made of codes; no sentences. They serialize to what the window reads.

use serde::Serialize;

use crate::codes::{Area, Basis, Difference, Half, Level, Reason, Zone};
use crate::evidence::Observed;

/// A page, thread or document a value rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "SourceView"))]
pub struct Source {
    /// Address, `https` only.
    pub url: &'static str,
    /// What it is, in our words.
    pub title: &'static str,
    /// What kind of evidence it is: `documented`, `quoted`, `spec` or `reported`.
    pub basis: Basis,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: when it was said, or else last read.
    pub date: &'static str,
}

/// One half of something, with why it is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Access {
    /// What is allowed.
    pub value: Half,
    /// The weakest of what decided it.
    pub basis: Basis,
    /// Why it is so.
    pub reason: Reason,
}

/// One capability of an area, as it stands for one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "PartView"))]
pub struct Part {
    /// Capability code; its words are in i18n under `access.capability.<code>`.
    pub capability: &'static str,
    /// Whether the key has it, everything known taken together.
    pub value: Half,
    /// What the value rests on.
    pub basis: Basis,
    /// Note code; words under `access.note.<code>`.
    pub note: Option<&'static str>,
    /// Where it is written. Empty only when no source says.
    pub sources: Vec<Source>,
    /// What the catalogue alone says.
    pub documented: Half,
    /// Apple's answer, when there is one.
    pub observed: Option<Observed>,
    /// Reading, where the capability speaks for it or Apple's answer does.
    #[serde(skip)]
    pub(crate) read: Option<Access>,
    /// Writing, where the capability speaks for it.
    #[serde(skip)]
    pub(crate) write: Option<Access>,
}

/// What one key may do in one area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "CellView"))]
pub struct Cell {
    /// The cell in one word.
    pub level: Level,
    /// Words under `access.label.<code>`, when the level alone says too little ("Upload, view").
    pub label: Option<&'static str>,
    /// The weakest of what its deciding parts rest on.
    pub basis: Basis,
    /// Left half: reading.
    pub read: Access,
    /// Right half: writing.
    pub write: Access,
    /// An answer of Apple and the catalogue say different things.
    pub contradicted: bool,
    /// Every capability of the area, in catalogue order.
    pub parts: Vec<Part>,
}

/// One area, one cell per column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LedgerRow {
    /// Which area.
    pub area: Area,
    /// Which block of the ledger.
    pub zone: Zone,
    /// One cell per column, in column order.
    pub cells: Vec<Cell>,
    /// How the cells differ.
    pub difference: Difference,
}

/// Columns side by side, counted in areas. An area where each of two can do something no other column can counts
/// for both, and in none of the other numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LedgerSummary {
    /// Per column: areas in which it can do something no other column can.
    pub alone: Vec<usize>,
    /// Areas with the same effect, whatever the reason.
    pub same: usize,
    /// Areas that differ without one column standing alone.
    pub differ: usize,
    /// Areas where missing or contradicting sources leave it open.
    pub unsettled: usize,
}
