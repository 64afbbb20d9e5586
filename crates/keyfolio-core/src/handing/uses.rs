//! What depends on a key, as far as the ledger knows: what would stop working, and whether less would do.

use asc_access::{AppScope, Role, Subject, Task, advise, size};
use asc_key::KeyKind;
use handoff::{recipe, smaller_role};

use crate::Keyfolio;
use crate::library::{key_ref, roles_of};
use crate::view::{BreakView, IpcError, KeyRef, Layer, ReceiptQuery, ReceiptView, SmallerView, UsesView};

impl Keyfolio {
    /// What depends on a key.
    ///
    /// # Errors
    /// `key_not_found`; when the vault is closed or cannot be read.
    pub fn uses(&self, id: &str) -> Result<UsesView, IpcError> {
        let key = key_ref(id)?;
        let receipts = self.receipts(&ReceiptQuery { key: Some(id.to_owned()), tool: None })?;
        // A key may be gone and still be somewhere.
        let record = match self.with_vault(|vault| Ok(vault.key(key)?)) {
            Err(IpcError::KeyNotFound) if !receipts.is_empty() => None,
            record => Some(record?),
        };
        let breaks = breaks(&receipts);
        let mut jobs: Vec<Task> = Vec::new();
        for job in breaks.iter().flat_map(|one| &one.jobs) {
            if !jobs.contains(job) {
                jobs.push(*job);
            }
        }
        let open = breaks.iter().any(|one| one.jobs.is_empty());
        let role =
            record.filter(|record| record.kind == KeyKind::Team).and_then(|record| match roles_of(&record)[..] {
                [role] => Some(role),
                _ => None,
            });
        let smaller = match role.filter(|_| !open && !jobs.is_empty()) {
            Some(has) => self.smaller(id, has, &jobs, &breaks)?,
            None => None,
        };
        Ok(UsesView { receipts, breaks, jobs, open, smaller })
    }

    fn smaller(
        &self,
        id: &str,
        has: Role,
        jobs: &[Task],
        breaks: &[BreakView],
    ) -> Result<Option<SmallerView>, IpcError> {
        let Some(role) = smaller_role(has, jobs) else { return Ok(None) };
        let most = size(&Subject::new(KeyKind::Team, &[role]));
        let held = self.held(Layer::Combined)?.of_use();
        let taken = |kind| breaks.iter().filter_map(|one| recipe(one.tool?)).all(|recipe| recipe.takes(kind));
        let enough = advise(jobs, &AppScope::Any, &held.subjects()).fits;
        let keys: Vec<KeyRef> = enough
            .iter()
            .filter(|fit| fit.size <= most && taken(held.alike[fit.key].subject.kind))
            .flat_map(|fit| held.keys_of(fit.key).cloned())
            .filter(|key| key != id)
            .collect();
        Ok(Some(SmallerView { has, role, keys }))
    }
}

/// One line per tool and place the key still is in, the one last handed to first.
fn breaks(receipts: &[ReceiptView]) -> Vec<BreakView> {
    let mut breaks: Vec<BreakView> = Vec::new();
    for receipt in receipts.iter().filter(|receipt| receipt.gone_at.is_none()) {
        let same = |one: &BreakView| one.tool == receipt.tool && one.destination == receipt.destination;
        // Receipts come newest first.
        if !breaks.iter().any(same) {
            breaks.push(BreakView {
                tool: receipt.tool,
                destination: receipt.destination.clone(),
                at: receipt.at,
                jobs: receipt.tool.and_then(recipe).map(|recipe| recipe.jobs.to_vec()).unwrap_or_default(),
            });
        }
    }
    breaks
}
