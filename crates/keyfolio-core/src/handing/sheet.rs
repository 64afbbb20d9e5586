//! A form filled in for a key, and the proof that every secret part of it works.

use asc_key::PrivateKey;
use handoff::{Form, Sheet, produce, produce_env, prove, sheet};

use super::{Bearing, form_of, stored};
use crate::Keyfolio;
use crate::library::key_ref;
use crate::view::{HandoffPair, IpcError, SheetView};

impl Keyfolio {
    /// A form filled in for a key. Every secret part is made, read back, has signed and is wiped before this answers.
    ///
    /// # Errors
    /// `handoff` with `unknown`, `unquotable` or `not_proven`; `key_not_found`; when the vault is closed or cannot be
    /// read.
    pub fn handoff_sheet(&self, pair: &HandoffPair) -> Result<SheetView, IpcError> {
        let (_, form) = form_of(&pair.form)?;
        let id = key_ref(&pair.key)?;
        let (record, key) = self.with_vault(|vault| Ok((stored(vault, id)?, vault.open_key(id)?)))?;
        if !form.takes(record.kind) {
            return Ok(SheetView::No { limit: form.individual.limit, instead: form.individual.instead });
        }
        let bearing = match Bearing::of(record) {
            Err(IpcError::IssuerIdMissing) => return Ok(SheetView::NeedsIssuer),
            bearing => bearing?,
        };
        let sheet = sheet(form, &bearing.bearer(None))?;
        let proved = prove_all(form, &bearing, &sheet, &key)?;
        Ok(SheetView::Yes { sheet: Box::new(sheet), proved_at: proved.then(|| self.now()) })
    }
}

/// Whether there is a secret part: then every one of them works.
fn prove_all(form: &'static Form, bearing: &Bearing, sheet: &Sheet, key: &PrivateKey) -> Result<bool, IpcError> {
    let bearer = bearing.bearer(None);
    let outputs = produce(form, &bearer, key)?;
    outputs.iter().try_for_each(prove)?;
    if sheet.env_file {
        prove(&produce_env(form, &bearer, key)?)?;
    }
    Ok(!outputs.is_empty())
}
