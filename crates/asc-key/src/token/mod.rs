//! Tokens: what Apple accepts instead of the key itself, made here and nowhere else.
//!
//! A token is a signed note (a JWT) that says who asks, for which service and until when. Libraries make any note
//! one describes; Apple accepts few of them and answers the rest with the same 401. So the rules live here, before
//! the signature: the shape belongs to the kind of key, a lifetime counts from a back-dated `iat`, and a token that
//! lives for months reads Xcode Cloud and nothing else.
//!
//! What this module refuses: to look at a clock (the time is passed in), to sign what Apple is known to refuse, to
//! hand the key to another library (see `docs/decisions/0006-asking-apple.md`), and to let a token be copied,
//! printed or serialized by accident: a token is a secret for as long as it lives.
//!
//! Source: <https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests>

mod inspect;
mod lifetime;
mod mint;
mod scope;

pub use inspect::{Finding, Inspection, NotAToken, Rule, Ruling, TokenClaims, TokenHeader, Weight, bare, inspect};
pub use lifetime::{MAX_LONG_SECONDS, MAX_SECONDS, MIN_SECONDS, WhyNotLonger, longest};
pub use mint::{Token, TokenRefusal, TokenRequest, TokenShape, mint};
pub use scope::{InvalidScope, Scope, ScopeEntry, ScopeMethod};

/// The `aud` claim of every token for the App Store Connect API.
pub const AUDIENCE: &str = "appstoreconnect-v1";
/// The `sub` claim of every token of an Individual key.
pub const INDIVIDUAL_SUBJECT: &str = "user";
