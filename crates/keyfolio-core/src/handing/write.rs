//! A key leaves: into a file, or onto the clipboard.
//!
//! A file is noted as begun before its first byte is written, and becomes a receipt with its deed in one writing when
//! it was proved on the disk; so a kill leaves the old file or the new one, and a ledger that knows which. The vault
//! is held meanwhile: nobody locks it between a file and its receipt.

use std::fs;
use std::path::Path;

use handoff::write::{Existing, Rights, WriteRefusal, create_folder, ignore_line, write};
use handoff::{Output, prove, prove_file};
use vault::{Handoff, Receipt, Vault, VaultError};

use super::ledger::handed_off;
use super::place::Placed;
use super::{Bearing, destination, form_of, handoff_of, stored};
use crate::library::key_ref;
use crate::view::{
    Clip, HandoffBy, HandoffPart, HandoffTrouble, IpcError, ReceiptView, SecretCopied, SecretCopy, WriteRequest,
};
use crate::{Keyfolio, activity};

impl Keyfolio {
    /// Writes to a chosen place, for its owner alone, and notes it.
    ///
    /// # Errors
    /// `handoff` with what stood in the way; `vault_locked`; what the vault's own disk says. What was there before is
    /// untouched, unless it says otherwise.
    pub fn handoff_write(&self, request: &WriteRequest) -> Result<ReceiptView, IpcError> {
        let to = destination(&request.destination)?;
        let files = self.handing.files();
        let placed = self.handing.places().get(request.id)?;
        let written = self.with_vault(|vault| self.write_placed(vault, &placed, request, to));
        drop(files);
        let receipt = written.inspect_err(|_| self.tell_handed())?;
        self.handing.places().remove(request.id);
        self.handed(&receipt)
    }

    fn write_placed(
        &self,
        vault: &mut Vault,
        placed: &Placed,
        request: &WriteRequest,
        to: String,
    ) -> Result<Receipt, IpcError> {
        let Placed { recipe, form, key, part, path, known_folder } = placed;
        let now = self.now();
        let record = stored(vault, *key)?;
        let secret = vault.open_key(*key)?;
        let bearing = Bearing::of(record)?;
        let output = bearing.produce(form, part, &secret)?;
        drop(secret);
        if let (true, Some(folder)) = (known_folder, path.parent()) {
            create_folder(folder)?;
        }
        // Before the key lies there: no moment in which a commit could take it along.
        if let (true, Some(line)) = (request.ignore, ignore_line(path)) {
            line.add().map_err(|_| HandoffTrouble::NotAllowed)?;
        }
        let handoff = Handoff {
            path: Some(path.clone()),
            warnings: serde_json::to_string(&self.warnings(path)).map_err(|_| IpcError::Internal)?,
            ..handoff_of(&bearing.record, recipe, Some(form), to, HandoffBy::File, now)
        };
        let number = vault.write(now, |writing| writing.begin_handoff(&handoff))?;
        let existing = if request.replace { Existing::Replace } else { Existing::Keep };
        let rights = if request.accept_rights { Rights::AsFolderAllows } else { Rights::Required };
        let finish = |vault: &mut Vault| {
            vault.write(now, |writing| {
                let receipt = writing.finish_handoff(number)?;
                activity::note(writing, &handed_off(&receipt.handoff), Some(&bearing.record))?;
                Ok(receipt)
            })
        };
        match write(&output, path, existing, rights) {
            Ok(written) => finish(vault).map_err(|error| {
                // Nothing may lie there without a receipt. An older file cannot be brought back: then what was begun
                // stays noted, and is settled when the vault is opened again.
                if !written.replaced && prove_file(&output, path).is_ok() {
                    let _ = fs::remove_file(path);
                    forget(vault, number, now);
                }
                error.into()
            }),
            Err(refusal) => {
                if lies_there(&output, path, refusal) {
                    // It could not be made sure that it stays, but it is there.
                    finish(vault)?;
                } else if !matches!(refusal, WriteRefusal::NotProvenAfter(_)) {
                    // Where it could not be told what lies there, the next opening looks again.
                    forget(vault, number, now);
                }
                Err(refusal.into())
            }
        }
    }

    /// Hands one secret to `copy`, and notes it in the same writing. `copy` comes last: when it refuses, nothing is
    /// noted. It is called with the vault held, and must ask nothing of it.
    ///
    /// # Errors
    /// What `copy` says; as [`Self::handoff_write`].
    pub fn handoff_copy(
        &self,
        request: &SecretCopy,
        copy: impl FnOnce(&str) -> Result<Clip, IpcError>,
    ) -> Result<SecretCopied, IpcError> {
        let (recipe, form) = form_of(&request.form)?;
        let to = destination(&request.destination)?;
        let (id, now) = (key_ref(&request.key)?, self.now());
        let part = HandoffPart::Setting { name: request.setting.clone() };
        let (clip, receipt) = self.with_vault(|vault| {
            let record = stored(vault, id)?;
            let secret = vault.open_key(id)?;
            let bearing = Bearing::of(record)?;
            let output = bearing.produce(form, &part, &secret)?;
            prove(&output)?;
            let handoff = handoff_of(&bearing.record, recipe, Some(form), to, HandoffBy::Clipboard, now);
            let mut refused = None;
            let written = vault.write(now, |writing| {
                let receipt = writing.hand_off(&handoff)?;
                activity::note(writing, &handed_off(&handoff), Some(&bearing.record))?;
                let clip = copy(output.expose()).map_err(|error| {
                    refused = Some(error);
                    VaultError::Internal("nothing was copied")
                })?;
                Ok((clip, receipt))
            });
            written.map_err(|error| refused.unwrap_or_else(|| error.into()))
        })?;
        Ok(SecretCopied { clip, receipt: self.handed(&receipt)? })
    }
}

/// What was begun came to nothing. If the disk refuses to say so, the next opening finds out.
fn forget(vault: &mut Vault, number: i64, now: i64) {
    let _ = vault.write(now, |writing| writing.drop_handoff(number));
}

/// Whether a write that was refused got as far as giving the file its name.
fn lies_there(output: &Output, path: &Path, refusal: WriteRefusal) -> bool {
    let late = matches!(refusal, WriteRefusal::Failed | WriteRefusal::DiskFull | WriteRefusal::NotAllowed);
    late && prove_file(output, path).is_ok()
}
