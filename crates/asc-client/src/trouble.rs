//! Why nothing was learned: everything between the question and an answer of Apple's.
//!
//! None of these says anything about a key. They are told apart because what to do differs: open a sign-in page, set
//! a clock, ask whoever runs the proxy, wait. No address, header or text of a server is kept in them.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use asc_key::codes;

codes! {
    /// Why the server at the other end could not prove to be Apple's. Nothing was sent to it.
    TlsTrouble {
        /// Its certificate comes from an authority this computer does not trust, such as a company's proxy whose
        /// root is not installed.
        UntrustedIssuer = "untrusted_issuer",
        /// Its certificate is for another name.
        WrongName = "wrong_name",
        /// Its certificate is over, or this computer's clock is ahead.
        Expired = "expired",
        /// Its certificate is not valid yet, or this computer's clock is behind.
        NotYetValid = "not_yet_valid",
        /// Its certificate was withdrawn.
        Revoked = "revoked",
        /// It speaks outdated TLS only.
        Outdated = "outdated",
        /// It does not speak TLS at all.
        NotTls = "not_tls",
        /// Anything else about TLS.
        Other = "other",
    }
}

codes! {
    /// What took too long.
    Phase {
        /// Reaching the server.
        Connecting = "connecting",
        /// The answer.
        Answering = "answering",
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Trouble {
    /// There is no way to the network.
    #[error("no network")]
    Offline,
    /// The name of Apple's host has no address here.
    #[error("the host's name could not be looked up")]
    Dns,
    /// Something at the address, or on the way, turned the connection down.
    #[error("the connection was turned down")]
    Refused,
    /// The connection ended in the middle.
    #[error("the connection was cut")]
    Cut,
    /// It took too long.
    #[error("no answer in time ({phase})")]
    Timeout {
        /// What took too long.
        phase: Phase,
    },
    /// The server is not provably Apple's.
    #[error("the server could not prove who it is ({why})")]
    Tls {
        /// Why not.
        why: TlsTrouble,
    },
    /// The proxy wants a name and a password.
    #[error("the proxy wants a password")]
    ProxyAuth,
    /// The proxy cannot be reached, or does not let the connection through.
    #[error("the proxy did not let the connection through")]
    Proxy,
    /// A web page or a redirect came instead of Apple's answer: a sign-in page of a network, or a filter.
    #[error("a web page answered instead of Apple")]
    Portal,
    /// More than an answer can be.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer cannot be read.
    #[error("the answer cannot be read")]
    Garbled,
    /// Apple's service failed, and kept failing.
    #[error("Apple's service answered {status}")]
    Server {
        /// The HTTP status.
        status: u16,
    },
    /// The key has used its allowance.
    #[error("the key may ask again later")]
    RateLimited {
        /// When to ask again, in milliseconds since 1970.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        until: i64,
    },
    /// The key could not sign: the vault is locked, or the key is gone.
    #[error("the key could not sign")]
    Unsigned,
}

impl Trouble {
    /// Whether it lies between this computer and Apple, so that asking with another key is useless right now.
    #[must_use]
    pub const fn is_in_the_way(&self) -> bool {
        match self {
            Self::Offline | Self::Dns | Self::Refused | Self::Tls { .. } | Self::Portal => true,
            Self::ProxyAuth | Self::Proxy => true,
            Self::Timeout { phase } => matches!(phase, Phase::Connecting),
            Self::Cut | Self::TooLarge | Self::Garbled | Self::Server { .. } => false,
            Self::RateLimited { .. } | Self::Unsigned => false,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use serde_json::json;

    use super::*;

    #[test]
    fn every_trouble_has_the_shape_the_interface_knows() {
        for (trouble, data) in [
            (Trouble::Offline, json!({"code": "offline"})),
            (Trouble::Dns, json!({"code": "dns"})),
            (Trouble::Refused, json!({"code": "refused"})),
            (Trouble::Cut, json!({"code": "cut"})),
            (Trouble::Timeout { phase: Phase::Connecting }, json!({"code": "timeout", "phase": "connecting"})),
            (Trouble::Tls { why: TlsTrouble::WrongName }, json!({"code": "tls", "why": "wrong_name"})),
            (Trouble::ProxyAuth, json!({"code": "proxy_auth"})),
            (Trouble::Proxy, json!({"code": "proxy"})),
            (Trouble::Portal, json!({"code": "portal"})),
            (Trouble::TooLarge, json!({"code": "too_large"})),
            (Trouble::Garbled, json!({"code": "garbled"})),
            (Trouble::Server { status: 503 }, json!({"code": "server", "status": 503})),
            (Trouble::RateLimited { until: 7 }, json!({"code": "rate_limited", "until": 7})),
            (Trouble::Unsigned, json!({"code": "unsigned"})),
        ] {
            assert_eq!(serde_json::to_value(&trouble).unwrap(), data);
        }
    }
}
