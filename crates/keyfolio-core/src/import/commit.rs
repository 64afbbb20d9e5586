//! Storing what the user chose: checked row by row, written in one transaction.

use std::sync::Arc;

use asc_client::Depth;
use asc_key::{FileHints, IssuerId, KeyId, Parsed, Repair};
use vault::{KeyRecord, NewKey, Vault};

use super::offer::{Content, Row};
use super::{Import, file_name_of};
use crate::library::{self, checked_name, checked_roles};
use crate::view::{
    AppEvent, ConflictChoice, Deed, FailedRow, ImportChoice, ImportCommit, ImportOutcome, IpcError, VerifyRequest,
};
use crate::{Keyfolio, activity};

impl Keyfolio {
    /// Stores the chosen rows. Rows that cannot be stored are named with the reason and stay on offer; the others
    /// are on disk when this returns. An error means that nothing was stored.
    ///
    /// # Errors
    /// `import_gone`, the vault is closed, or the disk refuses.
    pub fn import_commit(self: &Arc<Self>, commit: &ImportCommit) -> Result<ImportOutcome, IpcError> {
        let import = self.imports.get(commit.id)?;
        let now = self.now();
        let outcome = self.with_vault(|vault| store(vault, &import, &commit.choices, now))?;
        if !outcome.added.is_empty() {
            self.tell(AppEvent::KeysChanged);
            if self.preferences.asking().on_add {
                let keys = outcome.added.iter().map(|key| key.id.clone()).collect();
                // They are stored, whatever becomes of asking.
                let _ = self.verify(&VerifyRequest { keys: Some(keys), depth: Depth::Normal });
            }
        }
        Ok(outcome)
    }
}

/// What a row keeps when its key is taken out.
struct Readings {
    repairs: Vec<Repair>,
    hints: FileHints,
}

fn store(vault: &mut Vault, import: &Import, choices: &[ImportChoice], now: i64) -> Result<ImportOutcome, IpcError> {
    let mut progress = import.progress();
    let mut new: Vec<NewKey> = Vec::new();
    let mut taken_from: Vec<(usize, Readings)> = Vec::new();
    let mut failed = Vec::new();
    for choice in choices {
        let Some(index) = progress.rows.iter().position(|row| row.number == choice.row) else {
            failed.push(FailedRow { row: choice.row, error: IpcError::ImportGone });
            continue;
        };
        match prepare(vault, &mut progress.rows[index], choice, &new) {
            Ok((key, readings)) => {
                new.push(key);
                taken_from.push((index, readings));
            }
            Err(error) => failed.push(FailedRow { row: choice.row, error }),
        }
    }
    let stored = vault.write(now, |writing| {
        let replaced: Vec<KeyRecord> =
            new.iter().filter_map(|new| new.archives).map(|id| writing.key(id)).collect::<Result<_, _>>()?;
        let stored = writing.insert(&new)?;
        for before in &replaced {
            let after = writing.key(before.id)?;
            for deed in activity::between(before, &after) {
                activity::note(writing, &deed, Some(&after))?;
            }
        }
        for record in &stored {
            let deed = Deed::KeyAdded { file_name: record.source_name.clone() };
            activity::note(writing, &deed, Some(record))?;
        }
        Ok(stored)
    });
    if stored.is_err() {
        // What was not stored goes back on offer.
        for ((index, readings), new) in taken_from.into_iter().zip(new) {
            let Readings { repairs, hints } = readings;
            progress.rows[index].content = Content::Key(Box::new(Parsed { key: new.key, repairs, hints }));
        }
    }
    let stored = stored?;
    let added = library::views(vault, Some(&stored), now)?;
    Ok(ImportOutcome { added, failed })
}

/// Takes the key out of its row when everything the user typed makes sense.
fn prepare(
    vault: &mut Vault,
    row: &mut Row,
    choice: &ImportChoice,
    before: &[NewKey],
) -> Result<(NewKey, Readings), IpcError> {
    let name = checked_name(&choice.name)?;
    let roles = checked_roles(choice.kind, &choice.roles)?;
    let key_id: KeyId = choice.key_id.parse().map_err(|_| IpcError::KeyIdInvalid)?;
    let issuer_id: Option<IssuerId> = match &choice.issuer_id {
        Some(text) => Some(text.parse().map_err(|_| IpcError::IssuerIdInvalid)?),
        None => None,
    };
    let Content::Key(parsed) = &row.content else { return Err(IpcError::ImportGone) };
    if let Some(existing) = vault.find_by_fingerprint(&parsed.key.fingerprint())?
        && existing.removed_at.is_none()
    {
        return Err(IpcError::AlreadyHave { existing: library::summary(&existing) });
    }
    let taken = vault.find_by_key_id(&key_id)?.into_iter().next();
    let archives = match (taken, choice.conflict) {
        (Some(existing), None) => return Err(IpcError::KeyIdTaken { existing: library::summary(&existing) }),
        (Some(existing), Some(ConflictChoice::Replace)) => Some(existing.id),
        (Some(_), Some(ConflictChoice::KeepBoth)) | (None, _) => None,
    };
    // Two rows of one import with one Key ID: the first is stored, the second is then a conflict to decide. One
    // key in two rows is never stored twice, whatever Key IDs were typed.
    let fingerprint = parsed.key.fingerprint();
    let twice = |other: &NewKey| {
        (choice.conflict.is_none() && other.key_id == key_id) || other.key.fingerprint() == fingerprint
    };
    if before.iter().any(twice) {
        return Err(IpcError::KeyIdTwice);
    }
    let source_name = row.path.as_deref().map(file_name_of);
    let look_alike = row.identity(&parsed.hints).look_alike;
    let Content::Key(parsed) = std::mem::replace(&mut row.content, Content::Stored) else {
        return Err(IpcError::Internal);
    };
    let Parsed { key, repairs, hints } = *parsed;
    let new = NewKey {
        key,
        name,
        key_id,
        kind: choice.kind,
        roles,
        issuer_id,
        source_name,
        look_alike,
        sources: row.path.iter().cloned().collect(),
        archives,
    };
    Ok((new, Readings { repairs, hints }))
}
