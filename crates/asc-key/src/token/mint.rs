//! Making a token: claims in the shape of the key's kind, signed by the key where it lies.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use thiserror::Error;
use zeroize::Zeroizing;

use super::lifetime::{self, MIN_SECONDS, WhyNotLonger};
use super::scope::Scope;
use super::{AUDIENCE, INDIVIDUAL_SUBJECT};
use crate::{IssuerId, KeyId, KeyKind, PrivateKey};

/// Characters of 64 signature bytes in base64url without padding.
const SIGNATURE_CHARACTERS: usize = 86;

/// Who asks. The two shapes exclude each other: Apple answers a mixture with 401 on everything.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TokenShape {
    /// `iss` names the team; no `sub`.
    Team(IssuerId),
    /// `sub` is the word `user`; no `iss`.
    Individual,
}

impl TokenShape {
    /// The kind of key this shape belongs to.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        match self {
            Self::Team(_) => KeyKind::Team,
            Self::Individual => KeyKind::Individual,
        }
    }

    /// The Issuer ID, which only a Team key's token names.
    #[must_use]
    pub const fn issuer(&self) -> Option<&IssuerId> {
        match self {
            Self::Team(issuer) => Some(issuer),
            Self::Individual => None,
        }
    }
}

/// What a token should say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRequest {
    /// Who asks.
    pub shape: TokenShape,
    /// Seconds from now until it ends.
    pub valid_for: u64,
    /// Seconds by which its beginning lies in the past, against a clock that runs ahead of Apple's. They count
    /// towards the lifetime.
    pub backdated: u64,
    /// What it is good for; empty leaves that to the role of the key.
    pub scope: Scope,
}

/// Why no token was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenRefusal {
    /// It would end too soon to be of use.
    #[error("a token lives for {least} seconds or more")]
    TooShort {
        /// The least number of seconds from now.
        least: u64,
    },
    /// Apple refuses a token that lives this long.
    #[error("this token may live for {most} seconds, of which back-dating spends {backdated}")]
    TooLong {
        /// The most seconds from `iat` to `exp`.
        most: u64,
        /// How many of them back-dating spends.
        backdated: u64,
        /// What keeps it from living for months.
        why: Option<WhyNotLonger>,
    },
    /// The time given lies before 1970 or beyond what a number holds.
    #[error("the time given is no time a token can carry")]
    Time,
}

impl TokenRefusal {
    /// The code as written in data.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "token_too_short",
            Self::TooLong { .. } => "token_too_long",
            Self::Time => "token_time",
        }
    }
}

/// A signed token. A secret until it ends: never cloned, printed, compared or serialized, wiped when dropped.
pub struct Token {
    text: Zeroizing<String>,
    issued_at: u64,
    expires_at: u64,
}

impl Token {
    /// The token itself, for the one header it belongs in or a copy the user asked for.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Its `iat`, in seconds since 1970.
    #[must_use]
    pub const fn issued_at(&self) -> u64 {
        self.issued_at
    }

    /// Its `exp`, in seconds since 1970.
    #[must_use]
    pub const fn expires_at(&self) -> u64 {
        self.expires_at
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(redacted)")
    }
}

#[derive(Serialize)]
struct Header<'a> {
    alg: &'static str,
    kid: &'a str,
    typ: &'static str,
}

#[derive(Serialize)]
struct Claims<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'static str>,
    iat: u64,
    exp: u64,
    aud: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scope: Vec<String>,
}

/// Makes one token. `now` is in seconds since 1970, by Apple's clock if it is known to differ.
///
/// # Errors
/// [`TokenRefusal`], before anything is signed.
pub fn mint(key: &PrivateKey, key_id: &KeyId, request: &TokenRequest, now: u64) -> Result<Token, TokenRefusal> {
    let issued_at = now.checked_sub(request.backdated).ok_or(TokenRefusal::Time)?;
    let expires_at = now.checked_add(request.valid_for).ok_or(TokenRefusal::Time)?;
    if request.valid_for < MIN_SECONDS {
        return Err(TokenRefusal::TooShort { least: MIN_SECONDS });
    }
    let (most, why) = lifetime::longest(&request.scope);
    if expires_at - issued_at > most {
        return Err(TokenRefusal::TooLong { most, backdated: request.backdated, why });
    }
    let individual = request.shape == TokenShape::Individual;
    let claims = Claims {
        iss: request.shape.issuer().map(IssuerId::as_str),
        sub: individual.then_some(INDIVIDUAL_SUBJECT),
        iat: issued_at,
        exp: expires_at,
        aud: AUDIENCE,
        scope: request.scope.entries().iter().map(ToString::to_string).collect(),
    };
    let header = part(&Header { alg: "ES256", kid: key_id.as_str(), typ: "JWT" });
    let claims = part(&claims);
    // One allocation of the final size: growing would leave copies behind.
    let mut text = Zeroizing::new(String::with_capacity(header.len() + claims.len() + 2 + SIGNATURE_CHARACTERS));
    text.push_str(&header);
    text.push('.');
    text.push_str(&claims);
    let signature = Zeroizing::new(key.sign(text.as_bytes()));
    let mut encoded = Zeroizing::new([0u8; SIGNATURE_CHARACTERS]);
    // 64 bytes become exactly 86 characters; the buffer cannot be too small.
    let written = URL_SAFE_NO_PAD.encode_slice(signature.as_slice(), encoded.as_mut_slice()).unwrap_or(0);
    text.push('.');
    encoded[..written].iter().for_each(|byte| text.push(char::from(*byte)));
    Ok(Token { text, issued_at, expires_at })
}

/// One part of a JWT. Numbers, identifiers and scope entries always serialize.
fn part(value: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(value).unwrap_or_default())
}
