//! Asking Apple: who is asked about, with whose signature, and what becomes of the answer.
//!
//! [`asc_client`] speaks with Apple and holds no key; the vault holds the keys and speaks with nobody. Here they
//! meet: a run takes keys through four lanes, each token is signed over the open vault and forgotten, and each
//! answer is stored with the note about it in one writing. Knowledge is laid over the record when it is read, so
//! that an answer about other IDs than the recorded ones is never taken for one about these.
//!
//! What it refuses: to send anything before somebody asked for it, to let trouble on the way change what Apple said
//! before, to go on while the vault is locked, and to keep a token, or a person's address, anywhere.

mod check;
mod inquiry;
mod knowledge;
mod line;
mod owner;
mod run;
mod schedule;
mod settle;
mod stored;
mod tally;

use std::sync::{Arc, Mutex};

use tokio::task::AbortHandle;

pub(crate) use check::here;
pub(crate) use knowledge::{Knowledge, STALE_AFTER, subject};

/// In milliseconds. For so long a key counts as one that works, and a listing of apps as complete.
const A_DAY: i64 = 24 * 60 * 60 * 1000;

/// What is under way between this application and Apple. Nothing at first.
#[derive(Default)]
pub(crate) struct Apple {
    open: Mutex<line::Open>,
    run: Mutex<Option<Arc<run::Current>>>,
    schedule: Mutex<Option<AbortHandle>>,
}
