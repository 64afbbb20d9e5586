//! What keys may do: the catalogue's answers for stored keys and for keys one could make.
//!
//! The catalogue knows keys by kind and roles only, and two hundred keys are a dozen of those: each is judged once,
//! however many keys share it. Archived keys are not asked; they are out of use. Refuses to answer about an operation
//! or a capability that is not in the catalogue.

mod advice;
mod grid;
mod held;
mod questions;

use asc_access::{Observation, Subject, catalogue, compare};

pub(crate) use held::subject;

use crate::Keyfolio;
use crate::library::{key_ref, roles_of, summary};
use crate::view::{ColumnRef, IpcError, Layer, LedgerColumn, LedgerView};

/// What Apple answered to a key. Keyfolio does not ask yet.
pub(crate) const NO_EVIDENCE: &[Observation] = &[];

/// How long an answer of Apple's counts as fresh, in milliseconds: 30 days.
const FRESH_FOR: i64 = 30 * 24 * 60 * 60 * 1000;

impl Keyfolio {
    /// Answers given before this moment are stale.
    pub(crate) fn stale_before(&self) -> i64 {
        self.now() - FRESH_FOR
    }

    /// The given columns side by side.
    ///
    /// # Errors
    /// `key_not_found`.
    pub fn ledger(&self, columns: &[ColumnRef], _layer: Layer) -> Result<LedgerView, IpcError> {
        let columns = columns.iter().map(|column| self.ledger_column(column)).collect::<Result<Vec<_>, _>>()?;
        let subjects = columns.iter().map(|column| (Subject::new(column.kind, &column.roles), NO_EVIDENCE.to_vec()));
        let ledger = compare(&subjects.collect::<Vec<_>>());
        let catalogue = catalogue();
        Ok(LedgerView {
            catalogue_version: catalogue.version.to_owned(),
            catalogue_date: catalogue.date.to_owned(),
            columns,
            rows: ledger.rows,
            summary: ledger.summary,
            stale_before: self.stale_before(),
        })
    }

    fn ledger_column(&self, column: &ColumnRef) -> Result<LedgerColumn, IpcError> {
        let (key, kind, roles) = match column {
            ColumnRef::Key { id } => {
                let record = self.with_vault(|vault| Ok(vault.key(key_ref(id)?)?))?;
                (Some(summary(&record)), record.kind, roles_of(&record))
            }
            ColumnRef::Hypothetical { kind, roles } => (None, *kind, roles.clone()),
        };
        let apps = asc_access::app_reach(kind, &roles);
        Ok(LedgerColumn { key, kind, roles, apps })
    }
}
