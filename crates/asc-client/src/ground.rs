//! What this crate stands on: time, waiting, chance. Handed in, so that a test of an hour takes no time.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A wait that somebody may give up on by dropping it.
pub type Wait<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Time, waiting and chance.
pub trait Ground: fmt::Debug + Send + Sync {
    /// Milliseconds since 1970 by this computer's clock, right or wrong.
    fn now(&self) -> i64;
    /// Waits.
    fn wait(&self, time: Duration) -> Wait<'_>;
    /// Any number, to keep many clients from coming back at the same moment. Not for secrets.
    fn chance(&self) -> u32;
}

/// The computer itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Here;

impl Ground for Here {
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn wait(&self, time: Duration) -> Wait<'_> {
        Box::pin(tokio::time::sleep(time))
    }

    fn chance(&self) -> u32 {
        // Without randomness everybody waits equally long, which is no worse than not trying.
        getrandom::u32().unwrap_or_default()
    }
}
