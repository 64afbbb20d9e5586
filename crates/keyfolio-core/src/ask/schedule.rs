//! Checking again by itself, if the user chose so: quietly, not at once, and not often.
//!
//! Looked at a minute after the vault was opened and every hour from then on. What is due is one run, marked as the
//! schedule's. Where there is no network nothing is said about it, but that the keys were not reached.

use std::sync::{Arc, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use asc_client::Depth;
use tokio::task::AbortHandle;
use uuid::Uuid;

use super::A_DAY;
use super::knowledge::Knowledge;
use crate::Keyfolio;
use crate::view::{IpcError, Recheck, StandingCode};

/// From the opening of the vault to the first look.
const AT_FIRST: Duration = Duration::from_secs(60);
/// From one look to the next.
const EVERY: Duration = Duration::from_secs(60 * 60);

impl Keyfolio {
    /// Begins to look, if the user wants that and the vault is open; else stops.
    pub(crate) fn schedule(self: &Arc<Self>) {
        self.schedule_stop();
        if period(self.preferences.asking().recheck).is_none() || self.with_vault(|_| Ok(())).is_err() {
            return;
        }
        let Some(threads) = self.threads() else { return };
        let (core, ground) = (Arc::downgrade(self), Arc::clone(&self.environment.ground));
        let task = threads.spawn(async move {
            ground.wait(AT_FIRST).await;
            while look(&core) {
                ground.wait(EVERY).await;
            }
        });
        *self.scheduled() = Some(task.abort_handle());
    }

    /// Looks no more.
    pub(crate) fn schedule_stop(&self) {
        if let Some(task) = self.scheduled().take() {
            task.abort();
        }
    }

    fn scheduled(&self) -> MutexGuard<'_, Option<AbortHandle>> {
        self.apple.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The keys in use whose last answer is older than the period. A key Apple was never asked about is not: nobody
    /// said to send it yet.
    fn due(&self, period: i64) -> Result<Vec<Uuid>, IpcError> {
        let now = self.now();
        self.with_vault(|vault| {
            let knowledge = Knowledge::read(vault, now)?;
            let keys = vault.keys()?.into_iter().filter(|record| record.archived_at.is_none());
            let due = |standing: &crate::view::Standing| {
                standing.code != StandingCode::Unchecked && standing.at.is_some_and(|at| now - at >= period)
            };
            Ok(keys.filter(|record| due(&knowledge.of(record).standing)).map(|record| record.id).collect())
        })
    }
}

/// One look. False when there is nothing to look at any more.
fn look(core: &Weak<Keyfolio>) -> bool {
    let Some(core) = core.upgrade() else { return false };
    let Some(period) = period(core.preferences.asking().recheck) else { return false };
    let Ok(due) = core.due(period) else { return false };
    if !due.is_empty() {
        core.ask_about(&due, Depth::Normal, true);
    }
    true
}

/// Milliseconds after which a key is due.
const fn period(recheck: Recheck) -> Option<i64> {
    match recheck {
        Recheck::Off => None,
        Recheck::Weekly => Some(7 * A_DAY),
        Recheck::Monthly => Some(30 * A_DAY),
    }
}
