//! Waiting that ends when the simulator does.
//!
//! Slow answers are made of pauses, and a test that has seen enough must not sit them out.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Open until the simulator stops.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    closed: Mutex<bool>,
    changed: Condvar,
}

/// The simulator is stopping.
pub(crate) struct Stopping;

impl Gate {
    pub(crate) fn close(&self) {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }

    pub(crate) fn is_closed(&self) -> bool {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits that long, or less if the simulator stops.
    pub(crate) fn pause(&self, time: Duration) -> Result<(), Stopping> {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(closed, time, |closed| !*closed);
        let (closed, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if *closed { Err(Stopping) } else { Ok(()) }
    }
}
