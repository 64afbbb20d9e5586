//! Keys side by side: the catalogue's answer for stored keys and for keys one could make.

use asc_access::{Column, catalogue, compare};

use crate::Keyfolio;
use crate::library::{key_ref, roles_of, summary};
use crate::view::{ColumnRef, IpcError, LedgerColumn, LedgerView};

impl Keyfolio {
    /// The documented layer for the given columns.
    ///
    /// # Errors
    /// `key_not_found`.
    pub fn ledger(&self, columns: &[ColumnRef]) -> Result<LedgerView, IpcError> {
        let columns = columns.iter().map(|column| self.ledger_column(column)).collect::<Result<Vec<_>, _>>()?;
        let ledger = compare(
            &columns.iter().map(|column| Column { kind: column.kind, roles: column.roles.clone() }).collect::<Vec<_>>(),
        );
        let catalogue = catalogue();
        Ok(LedgerView {
            catalogue_version: catalogue.version.to_owned(),
            catalogue_date: catalogue.date.to_owned(),
            columns,
            rows: ledger.rows,
            summary: ledger.summary,
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
        Ok(LedgerColumn { key, kind, roles, apps: asc_access::app_reach(kind) })
    }
}
