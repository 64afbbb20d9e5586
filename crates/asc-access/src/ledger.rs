//! The shapes of an answer: cells, the parts they are made of, rows of several keys side by side.
//!
//! Plain values made of codes; no sentences. They serialize to what the window reads.

use serde::Serialize;

use crate::codes::{Area, Basis, Difference, Half, Level, Reason, Zone};

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

/// One capability of an area, as it stands for one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "PartView"))]
pub struct Part {
    /// Capability code; its words are in i18n under `access.capability.<code>`.
    pub capability: &'static str,
    /// Whether the key has it.
    pub value: Half,
    /// What the value rests on.
    pub basis: Basis,
    /// Note code; words under `access.note.<code>`.
    pub note: Option<&'static str>,
    /// Where it is written. Empty only when the basis is `unknown`.
    pub sources: Vec<Source>,
}

/// What one key may do in one area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "CellView"))]
pub struct Cell {
    /// The cell in one word.
    pub level: Level,
    /// Left half: reading.
    pub read: Half,
    /// Right half: writing.
    pub write: Half,
    /// Words under `access.label.<code>`, when the level alone says too little ("Upload, view").
    pub label: Option<&'static str>,
    /// The weakest of what its deciding parts rest on.
    pub basis: Basis,
    /// Why the value is what it is.
    pub reason: Reason,
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

/// For two columns: areas where the first reaches further, the second does, same in effect, not settled.
///
/// An area where each can do something the other cannot counts for both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LedgerSummary {
    /// Areas where the first can do something the second cannot.
    pub first_further: usize,
    /// Areas where the second can do something the first cannot.
    pub second_further: usize,
    /// Areas with the same effect, whatever the reason.
    pub same: usize,
    /// Areas where missing or contradicting sources leave it open.
    pub unsettled: usize,
}
