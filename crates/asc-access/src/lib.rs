//! What a key may do: a sourced catalogue of App Store Connect roles and capabilities, and its evaluation.
//!
//! App Store Connect shows one word per key, and its API says nothing about roles at all. This crate answers from
//! what Apple documents and what people saw, and keeps the two apart: every value has a basis, a source and a date,
//! contradictions are shown as such, and what nobody documents stays unknown.
//!
//! What it refuses to do: guess, ask the network, read files, look at a clock, hold sentences (it speaks in
//! [codes](Level)), or know any key but by its kind and roles.
//!
//! ```
//! use asc_access::{Area, Level, Reason, Role, evaluate};
//! use asc_key::KeyKind;
//!
//! let cells = evaluate(KeyKind::Individual, &[Role::Admin]);
//! let (area, cell) = Area::ALL.iter().zip(&cells).nth(8).unwrap();
//! assert_eq!((*area, cell.level, cell.reason), (Area::Sales, Level::Never, Reason::Kind));
//! ```

mod catalogue;
mod codes;
mod compare;
mod evaluate;
mod ledger;
mod operations;

pub use catalogue::{
    AppRule, ByRole, Capability, Catalogue, Finding, Individual, RoleFact, SelectableRole, Side, UserPermission,
    Weight, app_reach, catalogue, selectable_roles, source_urls,
};
pub use codes::{AppReach, Area, Basis, Difference, Half, Level, Method, Reason, Role, UnknownCode, Zone};
pub use compare::{Column, Comparison, compare};
pub use evaluate::{LABELS, evaluate};
pub use ledger::{Cell, LedgerRow, LedgerSummary, Part, Source};
pub use operations::{Operation, operation, operations};
