//! Every key in use over every area.

use asc_access::catalogue;

use crate::Keyfolio;
use crate::view::{GridCell, GridRow, GridView, IpcError};

impl Keyfolio {
    /// One row per key in use, in library order.
    ///
    /// # Errors
    /// When the vault is closed or cannot be read.
    pub fn grid(&self) -> Result<GridView, IpcError> {
        let held = self.held()?;
        let cells: Vec<Vec<GridCell>> =
            held.alike.iter().map(|alike| alike.cells.iter().map(GridCell::from).collect()).collect();
        let row = |(key, place): &(String, usize)| {
            let alike = &held.alike[*place];
            GridRow { key: key.clone(), apps: alike.apps, size: alike.size, cells: cells[*place].clone() }
        };
        let catalogue = catalogue();
        Ok(GridView {
            catalogue_version: catalogue.version.to_owned(),
            catalogue_date: catalogue.date.to_owned(),
            rows: held.keys.iter().map(row).collect(),
        })
    }
}
