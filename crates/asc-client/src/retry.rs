//! When to ask again, and when to stop: only for reading, a few times, later each time, and never all at once.
//!
//! Apple now and then answers 401 to a good token, and 5xx to a good question. Both pass. A server's own wish to be
//! left alone is honoured: short waits are waited, long ones end the attempt and say until when.

use std::time::Duration;

/// Tries for a 401 before it is believed.
pub(crate) const TRIES_UNAUTHORISED: u32 = 3;
/// Tries for a failing server, a cut connection or a spent allowance.
pub(crate) const TRIES_TROUBLE: u32 = 4;
/// The longest wait somebody is made to sit through.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a key rests that has used its allowance, if the server does not say.
const REST: Duration = Duration::from_secs(15 * 60);

/// Why a request is to be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// 401. `clock` is true if the clock was just found to be off, which explains it.
    Unauthorised { clock: bool },
    /// 5xx or a cut connection.
    Failing,
    /// 429.
    Limited,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Ask again after this time.
    After(Duration),
    /// Stop. For a spent allowance: how long to rest.
    Stop(Duration),
}

/// Decides, after `tries` requests that ended in this cause. `chance` spreads the waits over their upper half.
pub(crate) fn next(cause: Cause, tries: u32, retry_after: Option<Duration>, chance: u32) -> Next {
    let most = if matches!(cause, Cause::Unauthorised { .. }) { TRIES_UNAUTHORISED } else { TRIES_TROUBLE };
    let rest = if cause == Cause::Limited { retry_after.unwrap_or(REST) } else { Duration::ZERO };
    if tries >= most {
        return Next::Stop(rest);
    }
    let step = match cause {
        Cause::Unauthorised { clock: true } => return Next::After(Duration::ZERO),
        Cause::Unauthorised { clock: false } => Duration::from_millis(500),
        Cause::Failing | Cause::Limited => Duration::from_secs(1),
    };
    let backoff = spread(step * 2_u32.pow(tries.saturating_sub(1)), chance);
    match retry_after {
        Some(wished) if wished > PATIENCE => Next::Stop(rest),
        // Everybody was told the same time; coming back a little later than told breaks up the crowd.
        Some(wished) if cause != (Cause::Unauthorised { clock: false }) => Next::After(wished + backoff / 4),
        _ => Next::After(backoff),
    }
}

/// Somewhere between half of a time and the whole of it.
fn spread(time: Duration, chance: u32) -> Duration {
    let half = time / 2;
    half + half.mul_f64(f64::from(chance) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(cause: Cause, retry_after: Option<u64>, chance: u32) -> (Vec<u128>, Duration) {
        let mut waits = Vec::new();
        for tries in 1.. {
            match next(cause, tries, retry_after.map(Duration::from_secs), chance) {
                Next::After(wait) => waits.push(wait.as_millis()),
                Next::Stop(rest) => return (waits, rest),
            }
        }
        (waits, Duration::ZERO)
    }

    #[test]
    fn the_whole_schedule() {
        let none = Duration::ZERO;
        assert_eq!(schedule(Cause::Unauthorised { clock: false }, None, 0), (vec![250, 500], none));
        assert_eq!(schedule(Cause::Unauthorised { clock: false }, None, u32::MAX), (vec![500, 1000], none));
        assert_eq!(schedule(Cause::Unauthorised { clock: true }, None, 0), (vec![0, 0], none));
        assert_eq!(schedule(Cause::Failing, None, 0), (vec![500, 1000, 2000], none));
        assert_eq!(schedule(Cause::Failing, None, u32::MAX), (vec![1000, 2000, 4000], none));
        assert_eq!(schedule(Cause::Failing, Some(3), 0), (vec![3125, 3250, 3500], none));
        assert_eq!(schedule(Cause::Failing, Some(21), 0), (vec![], none));
        assert_eq!(schedule(Cause::Limited, None, 0), (vec![500, 1000, 2000], REST));
        assert_eq!(schedule(Cause::Limited, Some(20), 0).0, [20_125, 20_250, 20_500]);
        assert_eq!(schedule(Cause::Limited, Some(60), 0), (vec![], Duration::from_secs(60)));
        assert_eq!(schedule(Cause::Limited, Some(0), 0).0, [125, 250, 500]);
    }
}
