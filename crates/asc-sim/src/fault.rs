//! Everything that can go wrong between Apple and a client, on demand.
//!
//! A fault waits for the next requests it concerns, is used as often as it says, and is gone. The world answers
//! first, so that the log says what the answer would have been; then the fault replaces or spoils it.

use std::time::Duration;

/// A fault, and which requests it concerns.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) trouble: Trouble,
    pub(crate) left: Option<u32>,
    pub(crate) key: Option<String>,
    pub(crate) under: Option<String>,
    pub(crate) skip: u32,
}

impl Fault {
    /// Meets the next request, once.
    #[must_use]
    pub const fn new(trouble: Trouble) -> Self {
        Self { trouble, left: Some(1), key: None, under: None, skip: 0 }
    }

    /// That often.
    #[must_use]
    pub const fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// Until [`Simulator::calm`](crate::Simulator::calm).
    #[must_use]
    pub const fn always(mut self) -> Self {
        self.left = None;
        self
    }

    /// Lets this many of the requests it concerns pass first.
    #[must_use]
    pub const fn after(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }

    /// Only requests whose token names this Key ID.
    #[must_use]
    pub fn for_key(mut self, key_id: &str) -> Self {
        self.key = Some(key_id.to_owned());
        self
    }

    /// Only requests whose path begins like this.
    #[must_use]
    pub fn under(mut self, path: &str) -> Self {
        self.under = Some(path.to_owned());
        self
    }

    fn concerns(&self, key_id: Option<&str>, path: &str) -> bool {
        let key = self.key.as_deref().is_none_or(|key| key_id == Some(key));
        key && self.under.as_deref().is_none_or(|under| path.starts_with(under))
    }
}

/// The fault a request meets, if any; it counts as used.
pub(crate) fn next(faults: &mut Vec<Fault>, key_id: Option<&str>, path: &str) -> Option<Trouble> {
    let at = faults.iter().position(|fault| fault.concerns(key_id, path))?;
    let fault = &mut faults[at];
    if fault.skip > 0 {
        fault.skip -= 1;
        return None;
    }
    let trouble = fault.trouble.clone();
    match &mut fault.left {
        None => {}
        Some(left) => {
            *left = left.saturating_sub(1);
            if *left == 0 {
                faults.remove(at);
            }
        }
    }
    Some(trouble)
}

/// What the body of a faulty status is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Apple's error format.
    Json,
    /// A gateway's page.
    Html,
    /// Nothing at all.
    Empty,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// 401 to a good token.
    Unauthorized,
    /// 429. Whether Apple sends `Retry-After` is not known, so it is stated: seconds, a date, or nonsense.
    RateLimited {
        /// The header's value.
        retry_after: Option<String>,
    },
    /// 403 with the code of a missing agreement.
    AgreementMissing,
    /// 403 with the code of a role that does not allow it.
    Forbidden,
    /// Any status, such as 500, 502 or 503.
    Status {
        /// The status.
        status: u16,
        /// What it is explained with.
        page: Page,
    },
    /// 200 with the sign-in page of a hotel.
    CaptivePortal,
    /// Somewhere else.
    Redirect {
        /// 301, 302, 303, 307 or 308.
        status: u16,
        /// The `Location`.
        to: String,
    },
    /// A whole answer whose JSON ends in the middle.
    TruncatedJson,
    /// A whole answer whose body is not JSON although it says so.
    BrokenJson,
    /// Says it is longer than it is, and closes.
    ShortBody,
    /// Waits before the first byte, then sends the whole answer in pieces.
    Slow {
        /// Before the first byte of the head.
        first_byte: Duration,
        /// Between two bytes of the head.
        in_head: Duration,
        /// Between two pieces of the body.
        in_body: Duration,
        /// Bytes of such a piece.
        piece: usize,
    },
    /// The head, and then nothing, with the connection open.
    Stall,
    /// Nothing at all, with the connection open.
    Silence,
    /// A body of so many bytes, truthfully announced.
    Huge {
        /// Its length.
        bytes: u64,
    },
    /// A body that never ends and is not announced.
    Endless,
    /// Closes in order, without an answer.
    CloseEarly,
    /// Resets the connection, without an answer.
    Reset,
    /// Leaves `Date` out.
    NoDate,
    /// A `Date` that is off by so many seconds, while tokens are still judged by the true clock.
    DateOff(i64),
    /// Another `X-Rate-Limit`.
    RateHeader(String),
    /// Another address of the next page.
    NextLink(String),
}

impl Trouble {
    /// A short name for the log.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::RateLimited { .. } => "rate_limited",
            Self::AgreementMissing => "agreement_missing",
            Self::Forbidden => "forbidden",
            Self::Status { .. } => "status",
            Self::CaptivePortal => "captive_portal",
            Self::Redirect { .. } => "redirect",
            Self::TruncatedJson => "truncated_json",
            Self::BrokenJson => "broken_json",
            Self::ShortBody => "short_body",
            Self::Slow { .. } => "slow",
            Self::Stall => "stall",
            Self::Silence => "silence",
            Self::Huge { .. } => "huge",
            Self::Endless => "endless",
            Self::CloseEarly => "close_early",
            Self::Reset => "reset",
            Self::NoDate => "no_date",
            Self::DateOff(_) => "date_off",
            Self::RateHeader(_) => "rate_header",
            Self::NextLink(_) => "next_link",
        }
    }
}
