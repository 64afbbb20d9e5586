//! The line to Apple: one connection pool, one clock correction, shared by every key that asks.
//!
//! What one key learns about the way to Apple serves the others: how far this computer's clock is off, and that Apple
//! is there at all. What is about a key (its token, its allowance) stays with its [`Conversation`].

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use asc_key::KeyId;
use asc_key::token::TokenShape;

use crate::conversation::{Conversation, Signer};
use crate::ground::Ground;
use crate::origin::Origin;
use crate::transport::{Connection, NoTransport, ProxyInUse, Transport};

/// Seconds by which a clock may differ before it is called wrong. Apple's tolerance is not documented; tokens are
/// back-dated by more than this.
const CLOCK_TOLERANCE: i64 = 30;
/// Seconds of the furthest correction. A token for another year, made because a server said so, would be worth
/// something to whoever keeps it; and a clock that is off by more than a month fails at the certificate.
const FURTHEST_CORRECTION: i64 = 31 * 86_400;
/// Milliseconds for which an accepted token shows that Apple is there.
const LATELY: i64 = 2 * 60 * 1000;

/// The line to Apple.
#[derive(Debug)]
pub struct Line {
    pub(crate) transport: Transport,
    pub(crate) ground: Arc<dyn Ground>,
    learned: Arc<Learned>,
}

/// Apple's clock beside this computer's, as a reply showed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockCompared {
    /// Seconds this computer's clock was behind (negative: ahead); zero if that is no more than a clock may be off.
    pub behind: i64,
    /// When, in milliseconds since 1970 by this computer's clock.
    pub at: i64,
}

/// What outlives a change of the proxy.
#[derive(Debug)]
struct Learned {
    /// Seconds to add to this computer's clock to get Apple's.
    skew: AtomicI64,
    /// When that was last seen, by the clock and by what no change of the clock moves.
    compared: Mutex<Option<(ClockCompared, Instant)>>,
    /// When a token of each key was last accepted, in milliseconds since 1970.
    accepted: Mutex<HashMap<KeyId, i64>>,
    /// Until when keys are left alone, in milliseconds since 1970.
    rests: Mutex<HashMap<KeyId, i64>>,
}

impl Line {
    /// Prepares the line. Nothing is sent before somebody asks.
    ///
    /// # Errors
    /// [`NoTransport`] if this system offers no way to connect safely.
    pub fn open(connection: &Connection, ground: Arc<dyn Ground>) -> Result<Arc<Self>, NoTransport> {
        let transport = Transport::new(connection)?;
        let learned = Learned {
            skew: AtomicI64::new(0),
            compared: Mutex::default(),
            accepted: Mutex::default(),
            rests: Mutex::default(),
        };
        Ok(Arc::new(Self { transport, ground, learned: Arc::new(learned) }))
    }

    /// The same line over a new connection, because the system's proxy may have changed. What was learned stays.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn again(&self, connection: &Connection) -> Result<Arc<Self>, NoTransport> {
        let transport = Transport::new(connection)?;
        let (ground, learned) = (Arc::clone(&self.ground), Arc::clone(&self.learned));
        Ok(Arc::new(Self { transport, ground, learned }))
    }

    /// Begins asking with one key.
    #[must_use]
    pub fn converse(self: &Arc<Self>, key: KeyId, shape: TokenShape, signer: Box<dyn Signer>) -> Conversation {
        Conversation::new(Arc::clone(self), key, shape, signer)
    }

    /// Where requests go.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        self.transport.origin()
    }

    /// The proxy they go through, if any.
    #[must_use]
    pub const fn proxy(&self) -> Option<&ProxyInUse> {
        self.transport.proxy()
    }

    /// Seconds this computer's clock is behind Apple's (negative: ahead), if that is more than a clock may be off.
    #[must_use]
    pub fn clock_off(&self) -> Option<i64> {
        Some(self.learned.skew.load(Ordering::Relaxed)).filter(|skew| *skew != 0)
    }

    /// What was last seen of Apple's clock, for whoever makes a token and hears no answer that would correct it. `None`
    /// if nothing was seen, or this computer's clock was set since: what was seen then says nothing about it now.
    #[must_use]
    pub fn clock_compared(&self) -> Option<ClockCompared> {
        let compared = *self.learned.compared.lock().unwrap_or_else(PoisonError::into_inner);
        let (seen, then) = compared?;
        let passed = i64::try_from(then.elapsed().as_millis()).unwrap_or(i64::MAX);
        let set_by = (self.ground.now() - seen.at).saturating_sub(passed).div_euclid(1000);
        (set_by.abs() <= CLOCK_TOLERANCE).then_some(seen)
    }

    /// Apple's time in seconds since 1970, as well as it is known.
    pub(crate) fn apple_now(&self) -> u64 {
        let seconds = self.ground.now().div_euclid(1000) + self.learned.skew.load(Ordering::Relaxed);
        u64::try_from(seconds).unwrap_or_default()
    }

    /// Seconds from this computer's clock to Apple's, as it is now; `None` if that is further than anybody's clock.
    pub(crate) fn measure(&self, apple: i64) -> Option<i64> {
        let measured = apple - self.ground.now().div_euclid(1000);
        (measured.abs() <= FURTHEST_CORRECTION).then_some(measured)
    }

    /// Learns Apple's time from a reply received now. True if the correction changed by more than a clock may be off.
    pub(crate) fn learn_time(&self, apple: Option<i64>) -> bool {
        let Some(measured) = apple.and_then(|apple| self.measure(apple)) else { return false };
        let skew = if measured.abs() > CLOCK_TOLERANCE { measured } else { 0 };
        let before = self.learned.skew.swap(skew, Ordering::Relaxed);
        let seen = ClockCompared { behind: skew, at: self.ground.now() };
        *self.learned.compared.lock().unwrap_or_else(PoisonError::into_inner) = Some((seen, Instant::now()));
        (skew - before).abs() > CLOCK_TOLERANCE
    }

    /// Notes that Apple accepted a token of this key now.
    pub(crate) fn note_accepted(&self, key: &KeyId) {
        let mut accepted = self.learned.accepted.lock().unwrap_or_else(PoisonError::into_inner);
        accepted.insert(key.clone(), self.ground.now());
    }

    /// Leaves a key alone until then.
    pub(crate) fn rest(&self, key: &KeyId, until: i64) {
        let mut rests = self.learned.rests.lock().unwrap_or_else(PoisonError::into_inner);
        rests.insert(key.clone(), until);
    }

    /// Until when a key is to be left alone, if it is; in milliseconds since 1970.
    #[must_use]
    pub fn rests_until(&self, key: &KeyId) -> Option<i64> {
        let rests = self.learned.rests.lock().unwrap_or_else(PoisonError::into_inner);
        rests.get(key).copied().filter(|until| *until > self.ground.now())
    }

    /// Whether Apple accepted a token of another key within the last two minutes.
    pub(crate) fn accepted_lately(&self, but: &KeyId) -> bool {
        let accepted = self.learned.accepted.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.ground.now();
        accepted.iter().any(|(key, at)| key != but && now.saturating_sub(*at) <= LATELY)
    }
}
