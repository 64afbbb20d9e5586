//! Every key in use over every area.

use asc_access::catalogue;

use super::held::Alike;
use crate::Keyfolio;
use crate::view::{GridAnswer, GridCell, GridRow, GridView, IpcError, Layer};

impl Keyfolio {
    /// One row per key in use, in library order.
    ///
    /// # Errors
    /// When the vault is closed or cannot be read.
    pub fn grid(&self, layer: Layer) -> Result<GridView, IpcError> {
        let held = self.held(layer)?;
        let stale_before = self.stale_before();
        let answer = |alike: &Alike| GridAnswer {
            apps: alike.apps,
            size: alike.size,
            cells: alike.cells.iter().map(|cell| GridCell::new(cell, stale_before)).collect(),
        };
        let catalogue = catalogue();
        Ok(GridView {
            catalogue_version: catalogue.version.to_owned(),
            catalogue_date: catalogue.date.to_owned(),
            rows: held.keys.iter().map(|(key, answer)| GridRow { key: key.clone(), answer: *answer }).collect(),
            answers: held.alike.iter().map(answer).collect(),
        })
    }
}
