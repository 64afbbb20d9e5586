//! What keys may do: the catalogue's answers for stored keys and for keys one could make, with Apple's laid over them.
//!
//! Without answers the catalogue knows keys by kind and roles only, and two hundred keys are a dozen of those: what is
//! alike is judged once, however many keys share it. Archived keys are not asked; they are out of use. Refuses to
//! answer about an operation or a capability that is not in the catalogue, and to promise anything of a key that
//! Apple turns away.

mod advice;
mod grid;
mod held;
mod questions;

pub(crate) use held::Held;

use asc_access::{Cell, Subject, catalogue, compare_cells};

use crate::Keyfolio;
use crate::ask::{Knowledge, STALE_AFTER, subject};
use crate::library::{key_ref, summary};
use crate::view::{ColumnRef, IpcError, Layer, LedgerColumn, LedgerView};

impl Keyfolio {
    /// Answers given before this moment are stale.
    pub(crate) fn stale_before(&self) -> i64 {
        self.now() - STALE_AFTER
    }

    /// The given columns side by side.
    ///
    /// # Errors
    /// `key_not_found`.
    pub fn ledger(&self, columns: &[ColumnRef], layer: Layer) -> Result<LedgerView, IpcError> {
        let columns = columns.iter().map(|column| self.ledger_column(column, layer)).collect::<Result<Vec<_>, _>>()?;
        let (columns, cells): (Vec<LedgerColumn>, Vec<(Subject, Vec<Cell>)>) = columns.into_iter().unzip();
        let ledger = compare_cells(&cells);
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

    fn ledger_column(
        &self,
        column: &ColumnRef,
        layer: Layer,
    ) -> Result<(LedgerColumn, (Subject, Vec<Cell>)), IpcError> {
        let (key, subject, evidence) = match column {
            ColumnRef::Key { id } => {
                let (key, now) = (key_ref(id)?, self.now());
                self.with_vault(|vault| {
                    let record = vault.key(key)?;
                    let knowledge = Knowledge::of_one(vault, key, now)?;
                    let known = knowledge.of(&record);
                    Ok((Some(summary(&record)), subject(&record, &known.apps), known.evidence))
                })?
            }
            ColumnRef::Hypothetical { kind, roles } => (None, Subject::new(*kind, roles), Vec::new()),
        };
        let cells = held::cells(layer, &subject, &evidence);
        let (kind, roles, apps) = (subject.kind, subject.roles.clone(), subject.app_reach());
        Ok((LedgerColumn { key, kind, roles, apps }, (subject, cells)))
    }
}
