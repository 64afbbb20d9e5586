//! What a key may do: a sourced catalogue of App Store Connect roles and capabilities, and its evaluation.
//!
//! App Store Connect shows one word per key, and its API says nothing about roles at all. This crate answers from
//! what Apple documents and what people saw, and keeps the two apart: every value has a basis, a source and a date,
//! contradictions are shown as such, and what nobody documents stays unknown.
//!
//! What it refuses to do: guess, ask the network, read files, look at a clock, hold sentences (it speaks in
//! [codes](Level)), or know any key but by its kind, its roles and what Apple answered to it.
//!
//! ```
//! use asc_access::{Area, Level, Reason, Role, Subject, evaluate};
//! use asc_key::KeyKind;
//!
//! let cells = evaluate(&Subject::new(KeyKind::Individual, &[Role::Admin]), &[]);
//! let (area, cell) = Area::ALL.iter().zip(&cells).nth(8).unwrap();
//! assert_eq!((*area, cell.level, cell.read.reason), (Area::Sales, Level::Never, Reason::Kind));
//! ```

mod advise;
mod catalogue;
mod codes;
mod compare;
mod evaluate;
mod evidence;
mod fit;
mod ledger;
mod operations;
mod question;
mod subject;
mod tasks;

pub use advise::{Advice, Closed, Fit, Missing, Near, Plan, Proof, advise, key_for, tasks_for};
pub use catalogue::{
    AppRule, ByRole, Capability, Catalogue, Finding, Individual, RoleFact, SelectableRole, Side, UserPermission,
    Weight, catalogue, selectable_roles, source_urls,
};
pub use codes::{
    AppReach, Area, AskedHalf, Basis, Difference, Half, Level, Method, Outcome, Reason, Role, UnknownCode, Zone,
};
pub use compare::{Comparison, compare, compare_cells};
pub use evaluate::{LABELS, evaluate, observed_only};
pub use evidence::{Observation, Observed};
pub use fit::{RoleFit, roles_that_fit};
pub use ledger::{Access, Cell, LedgerRow, LedgerSummary, Part, Source};
pub use operations::{API_VERSION, Operation, operation, operations};
pub use question::{Answer, Question, answer, who_can};
pub use subject::{AppScope, Subject, VisibleApps, app_reach, size, size_of};
pub use tasks::{Holder, Task, TaskGroup};
