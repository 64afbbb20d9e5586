//! What a key may do: the sourced catalogue of App Store Connect roles and areas, and its evaluation.

mod codes;
mod ledger;

pub use codes::{AppReach, Area, Basis, Difference, Half, Level, Reason, Role, UnknownCode, Zone};
pub use ledger::{Cell, LedgerRow, LedgerSummary, Part, Source};
