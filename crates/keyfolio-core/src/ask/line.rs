//! The way to Apple, made when the first question is asked: a few threads for asking, and the line they share.

use std::fmt;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use asc_client::{Ground, Line, NoTransport, TlsTrouble, Trouble, Wait};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::environment::Clock;
use crate::view::{AppleLine, ClockSeen, IpcError};
use crate::{Environment, Keyfolio};

/// Threads that ask. What they wait for is the network, so two serve four keys.
const THREADS: usize = 2;

/// What asking needs, as far as it was needed yet.
#[derive(Default)]
pub(super) struct Open {
    threads: Option<Threads>,
    line: Option<Arc<Line>>,
}

/// Threads that end in their own time: nobody who drops them waits for an answer of Apple's.
struct Threads(Option<Runtime>);

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// The ground the line stands on: waiting and chance from outside, the time from the one clock there is.
struct OnClock {
    clock: Clock,
    ground: Arc<dyn Ground>,
}

impl fmt::Debug for OnClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnClock").field("ground", &self.ground).finish_non_exhaustive()
    }
}

impl Ground for OnClock {
    fn now(&self) -> i64 {
        (self.clock)()
    }

    fn wait(&self, time: Duration) -> Wait<'_> {
        self.ground.wait(time)
    }

    fn chance(&self) -> u32 {
        self.ground.chance()
    }
}

impl Keyfolio {
    /// The way to Apple as it is now: the address, and the system's proxy if there is one. Nothing is sent.
    ///
    /// # Errors
    /// `not_reached` when this system offers no safe way.
    pub fn apple_line(&self) -> Result<AppleLine, IpcError> {
        let line = self.line_again().map_err(|trouble| IpcError::NotReached { trouble })?;
        let proxy = line.proxy();
        Ok(AppleLine {
            origin: line.origin().to_string(),
            proxy: proxy.map(|proxy| proxy.host.clone()),
            proxy_signs_in: proxy.is_some_and(|proxy| proxy.password),
            clock_off: line.clock_off(),
        })
    }

    /// Apple's clock beside this computer's, as last seen. Nothing is sent to find out.
    pub(crate) fn clock_seen(&self) -> Option<ClockSeen> {
        let compared = self.apple.open().line.as_ref()?.clock_compared()?;
        Some(ClockSeen { ahead: compared.behind, at: compared.at })
    }

    /// The threads that ask; made now if these are the first questions. `None` if the system has none left to give.
    pub(crate) fn threads(&self) -> Option<Handle> {
        let mut open = self.apple.open();
        if let Some(Threads(Some(runtime))) = &open.threads {
            return Some(runtime.handle().clone());
        }
        let mut builder = Builder::new_multi_thread();
        let runtime = builder.worker_threads(THREADS).thread_name("keyfolio-ask").enable_all().build().ok()?;
        let handle = runtime.handle().clone();
        open.threads = Some(Threads(Some(runtime)));
        Some(handle)
    }

    /// The line, over a connection as the system wants it now. What was learned about Apple's clock stays.
    pub(crate) fn line_again(&self) -> Result<Arc<Line>, Trouble> {
        let connection = (self.environment.apple)();
        let mut open = self.apple.open();
        let line = match &open.line {
            Some(line) => line.again(&connection),
            None => Line::open(&connection, Arc::new(OnClock::of(&self.environment))),
        };
        let line = line.map_err(no_way)?;
        open.line = Some(Arc::clone(&line));
        Ok(line)
    }
}

impl OnClock {
    fn of(environment: &Environment) -> Self {
        Self { clock: Arc::clone(&environment.clock), ground: Arc::clone(&environment.ground) }
    }
}

impl super::Apple {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the threads go; what they were at is dropped.
    pub(super) fn hang_up(&self) {
        *self.open() = Open::default();
    }
}

/// What stands in the way when not even a connection can be prepared.
const fn no_way(why: NoTransport) -> Trouble {
    match why {
        NoTransport::ProxySettings => Trouble::Proxy,
        NoTransport::NoTrust => Trouble::Tls { why: TlsTrouble::UntrustedIssuer },
        NoTransport::Setup => Trouble::Tls { why: TlsTrouble::Other },
    }
}
