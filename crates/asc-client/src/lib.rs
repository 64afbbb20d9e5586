//! Asks Apple: one host, reading only, every answer explained.
//!
//! A 401 from App Store Connect explains nothing, and half of what a key may do is written down nowhere. This crate
//! asks, so that the program can say what happened and why: whether a key is alive, under which kind and issuer, what
//! it can read, and, when nothing was learned, what stood in the way. It holds no key: it asks whoever holds one for
//! a short-lived token and forgets it afterwards.
//!
//! What it refuses: every method but GET, every host but Apple's, redirects, endless bodies, and to call a key bad
//! because of one 401, a missing agreement, or a network that is not there.

mod answer;
mod apple_error;
mod check;
mod conversation;
mod ground;
mod headers;
mod identify;
mod line;
mod listing;
mod origin;
mod probes;
mod retry;
mod run;
mod transport;
mod trouble;
mod verdict;

/// Whether this build can reach Apple's host and no other. True in every release; a self-test can insist on it.
pub const KNOWS_APPLE_ONLY: bool = !cfg!(feature = "simulator");

pub use answer::{Answer, Evidence, Sent};
pub use apple_error::AppleError;
pub use check::{Another, Inquiry, check};
pub use conversation::{Conversation, Exchange, Signer, Unsigned};
pub use ground::{Ground, Here, Wait};
pub use headers::Rate;
pub use identify::{Identified, identify};
pub use line::{ClockCompared, Line};
pub use listing::{App, Owner, Unlisted, apps, owner, sees_app};
pub use origin::{Origin, Target};
pub use probes::{Depth, Reading};
pub use run::{Event, LANES, Reins, Run};
pub use transport::{Connection, Deadlines, NoTransport, ProxyInUse, SystemProxy};
pub use trouble::{Phase, TlsTrouble, Trouble};
pub use verdict::{Cause, Hints, Observed, Report, RuledOut, Sibling, Verdict};
