//! The ledger as the window reads it, and what a kill left half said.

use std::collections::HashMap;
use std::path::Path;

use asc_key::{Fingerprint, file, parse};
use handoff::write::{PlaceWarning, WriteRefusal, sweep};
use handoff::{Output, Tool, produce, produce_env, prove_file};
use serde::de::DeserializeOwned;
use serde_json::Value;
use vault::{Handoff, Receipt, ReceiptFilter, Vault};

use super::{Bearing, destination, form_of, handoff_of, stored, unknown};
use crate::library::key_ref;
use crate::view::{Deed, HandoffBy, IpcError, KeyRef, NotedHandoff, ReceiptChange, ReceiptQuery, ReceiptView};
use crate::{Keyfolio, activity};

impl Keyfolio {
    /// Where keys went, newest first.
    ///
    /// # Errors
    /// `key_not_found` for what is no key's name; when the vault is closed or cannot be read.
    pub fn receipts(&self, query: &ReceiptQuery) -> Result<Vec<ReceiptView>, IpcError> {
        let filter = ReceiptFilter {
            key: query.key.as_deref().map(key_ref).transpose()?,
            tool: query.tool.map(|tool| tool.code().to_owned()),
        };
        let (receipts, now_stored) = self.with_vault(|vault| Ok((vault.receipts(&filter)?, by_fingerprint(vault)?)))?;
        Ok(receipts.iter().map(|receipt| self.receipt_view(receipt, &now_stored)).collect())
    }

    /// Notes a place a key is in already.
    ///
    /// # Errors
    /// `handoff` with `destination`; `key_not_found`; when the vault is closed or the disk refuses.
    pub fn receipt_note(&self, noted: &NotedHandoff) -> Result<ReceiptView, IpcError> {
        let to = destination(&noted.destination)?;
        let recipe = handoff::recipe(noted.tool).ok_or(unknown())?;
        let (id, now) = (key_ref(&noted.key)?, self.now());
        let receipt = self.with_vault(|vault| {
            let record = stored(vault, id)?;
            let handoff = handoff_of(&record, recipe, None, to, HandoffBy::Noted, now);
            Ok(vault.write(now, |writing| {
                let receipt = writing.hand_off(&handoff)?;
                activity::note(writing, &handed_off(&receipt.handoff), Some(&record))?;
                Ok(receipt)
            })?)
        })?;
        self.handed(&receipt)
    }

    /// Says that a key is no longer somewhere, or is there after all.
    ///
    /// # Errors
    /// `handoff` with `unknown` for no receipt; when the vault is closed or the disk refuses.
    pub fn receipt_change(&self, change: &ReceiptChange) -> Result<ReceiptView, IpcError> {
        let now = self.now();
        let receipt = self.with_vault(|vault| {
            Ok(vault.write(now, |writing| {
                let before = writing.receipt(change.id)?;
                if before.gone_at.is_some() == change.gone {
                    return Ok(before);
                }
                let after = writing.set_gone(change.id, change.gone.then_some(now))?;
                let Handoff { tool, destination, key, .. } = after.handoff.clone();
                // The key as it is; when it is gone, the entry says only which tool and where.
                let about = writing.key(key.id).ok();
                let deed = Deed::HandoffGone { tool, destination, gone: change.gone };
                activity::note(writing, &deed, about.as_ref())?;
                Ok(after)
            })?)
        })?;
        self.handed(&receipt)
    }

    /// Tells the window about a receipt, and answers with it.
    pub(super) fn handed(&self, receipt: &Receipt) -> Result<ReceiptView, IpcError> {
        self.tell_handed();
        let now_stored = self.with_vault(|vault| by_fingerprint(vault)).unwrap_or_default();
        Ok(self.receipt_view(receipt, &now_stored))
    }

    fn receipt_view(&self, receipt: &Receipt, now_stored: &HashMap<Fingerprint, KeyRef>) -> ReceiptView {
        let Handoff { at, key, tool, form, destination, way, path, warnings } = &receipt.handoff;
        // The same key may have been removed and stored anew.
        let as_now_stored = now_stored.get(&key.fingerprint).cloned();
        ReceiptView {
            id: receipt.id,
            at: *at,
            key: as_now_stored.unwrap_or_else(|| key.id.to_string()),
            key_name: key.name.clone(),
            key_id: key.key_id.to_string(),
            kind: key.kind,
            fingerprint: key.fingerprint.to_string(),
            tool: tool_of(tool),
            form: form.clone(),
            destination: destination.clone(),
            by: decoded(way).unwrap_or(HandoffBy::Noted),
            path: path.as_deref().map(|path| self.environment.places.shorten(path)),
            file_there: path.as_deref().map(Path::is_file),
            warnings: warnings_of(warnings),
            gone_at: receipt.gone_at,
        }
    }

    /// Settles what was begun before the last run ended, or before the vault was locked: unfinished files go, and
    /// what left becomes a receipt. What cannot be settled now is tried again at the next opening.
    pub(crate) fn settle_handoffs(&self) {
        let _files = self.handing.files();
        let Ok(begun) = self.with_vault(|vault| Ok(vault.handoffs_begun()?)) else { return };
        let mut changed = false;
        for (number, handoff) in begun {
            let Some(left) = self.has_left(number, &handoff) else { continue };
            let now = self.now();
            let settled = self.with_vault(|vault| {
                Ok(vault.write(now, |writing| {
                    if !left {
                        return writing.drop_handoff(number);
                    }
                    let receipt = writing.finish_handoff(number)?;
                    let about = writing.key(receipt.handoff.key.id).ok();
                    activity::note(writing, &handed_off(&receipt.handoff), about.as_ref())
                })?)
            });
            if settled.is_ok() {
                self.handing.open_ended().remove(&number);
                changed |= left;
            }
        }
        if changed {
            self.tell_handed();
        }
    }

    /// Whether the key went where it was to go; none while that cannot be said.
    fn has_left(&self, number: i64, handoff: &Handoff) -> Option<bool> {
        let Some(path) = &handoff.path else {
            // Nobody was there to see how it ended: that the key may be there is what has to be remembered.
            return self.handing.open_ended().get(&number).copied().unwrap_or(Some(true));
        };
        let folder = path.parent()?;
        match sweep(folder) {
            Ok(_) => {}
            Err(WriteRefusal::NoFolder) if folder.parent().is_some_and(Path::exists) => return Some(false),
            // A drive that is not here may come back, with an unfinished file on it.
            Err(_) => return None,
        }
        Some(self.holds(path, handoff))
    }

    /// Whether the file is what was to be written. When the key itself is gone by now, whether it holds that key.
    fn holds(&self, path: &Path, handoff: &Handoff) -> bool {
        if let Ok(made) = self.with_vault(|vault| made_again(vault, handoff)) {
            return made.iter().any(|output| prove_file(output, path).is_ok());
        }
        let held = file::read(path).ok().and_then(|bytes| parse(&bytes, None).ok());
        held.is_some_and(|parsed| parsed.key.fingerprint() == handoff.key.fingerprint)
    }
}

/// Every file a form could have been written as.
fn made_again(vault: &Vault, handoff: &Handoff) -> Result<Vec<Output>, IpcError> {
    let (_, form) = form_of(handoff.form.as_deref().unwrap_or_default())?;
    let key = vault.open_key(handoff.key.id)?;
    let bearing = Bearing::of(vault.key(handoff.key.id)?)?;
    let bearer = bearing.bearer(None);
    let mut made = produce(form, &bearer, &key)?;
    made.extend(produce_env(form, &bearer, &key));
    Ok(made)
}

/// The deed of a hand-off.
pub(super) fn handed_off(handoff: &Handoff) -> Deed {
    Deed::HandedOff {
        tool: handoff.tool.clone(),
        destination: handoff.destination.clone(),
        by: decoded(&handoff.way).unwrap_or(HandoffBy::Noted),
    }
}

/// The tool behind a code; none for one of another version.
fn tool_of(code: &str) -> Option<Tool> {
    Tool::ALL.iter().copied().find(|tool| tool.code() == code)
}

/// The code under which the way a key left is kept.
pub(super) const fn code_of(by: HandoffBy) -> &'static str {
    match by {
        HandoffBy::File => "file",
        HandoffBy::Clipboard => "clipboard",
        HandoffBy::Gh => "gh",
        HandoffBy::Noted => "noted",
    }
}

fn decoded<T: DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(Value::String(code.to_owned())).ok()
}

/// Warnings as they were kept; one of another version is left out.
fn warnings_of(document: &str) -> Vec<PlaceWarning> {
    let kept: Vec<Value> = serde_json::from_str(document).unwrap_or_default();
    kept.into_iter().filter_map(|warning| serde_json::from_value(warning).ok()).collect()
}

fn by_fingerprint(vault: &Vault) -> Result<HashMap<Fingerprint, KeyRef>, IpcError> {
    Ok(vault.keys()?.into_iter().map(|record| (record.fingerprint, record.id.to_string())).collect())
}
