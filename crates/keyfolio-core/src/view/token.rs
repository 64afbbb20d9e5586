//! Tokens: what is shown before one is made, of one that was made, and of one somebody pasted.

use asc_key::KeyKind;
use asc_key::token::{Finding, InvalidScope, NotAToken, Rule, Weight, WhyNotLonger};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{KeyRef, KeySummary};

/// A token one would like to have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct TokenWish {
    /// Which key signs it.
    pub key: KeyRef,
    /// Seconds from now until it ends.
    #[ts(type = "number")]
    pub seconds: u64,
    /// Entries of the scope, such as `GET /v1/apps`; none leaves it to the role of the key.
    pub scope: Vec<String>,
}

/// What a token would say, and whether Apple would take it. Nothing is signed for this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TokenPlan {
    /// Header and claims as they would be, as if it were made now.
    pub claims: TokenClaimsView,
    /// Least seconds from now that make sense.
    #[ts(type = "number")]
    pub least: u64,
    /// Most seconds from now that this scope allows.
    #[ts(type = "number")]
    pub most: u64,
    /// What keeps it from living for months.
    pub why_not_longer: Option<WhyNotLonger>,
    /// Entries of the scope that are none: their index and why.
    pub scope_trouble: Vec<ScopeTrouble>,
    /// How to send it, with a placeholder where the token belongs. They call the first entry
    /// of the scope that reads.
    pub snippets: Vec<TokenSnippet>,
}

/// An entry of a scope that does not follow the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ScopeTrouble {
    /// Which, from 0.
    pub index: usize,
    /// Why.
    pub why: InvalidScope,
}

/// Header and claims, as far as they are readable. No secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct TokenClaimsView {
    /// `alg`.
    pub alg: Option<String>,
    /// `kid`.
    pub kid: Option<String>,
    /// `typ`.
    pub typ: Option<String>,
    /// `iss`.
    pub iss: Option<String>,
    /// `sub`.
    pub sub: Option<String>,
    /// `aud`.
    pub aud: Option<String>,
    /// `iat`, in seconds since 1970.
    #[ts(type = "number | null")]
    pub iat: Option<u64>,
    /// `exp`, in seconds since 1970.
    #[ts(type = "number | null")]
    pub exp: Option<u64>,
    /// `scope`.
    pub scope: Vec<String>,
    /// The names of all other claims.
    pub others: Vec<String>,
}

/// How a token can be taken along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TokenForm {
    /// The token alone.
    Token,
    /// The header line `Authorization: Bearer ...`.
    Header,
    /// A curl command.
    Curl,
    /// An HTTPie command.
    Httpie,
    /// A `.http` file of the REST clients in editors.
    Http,
    /// JavaScript, `fetch`.
    Javascript,
    /// Python, `urllib.request`.
    Python,
    /// Swift, `URLRequest`.
    Swift,
}

/// A text around a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TokenSnippet {
    /// What it is.
    pub form: TokenForm,
    /// The text, with a placeholder for the token.
    pub text: String,
}

/// A token that was made. It is kept in the memory of the application until it ends, another is made or the vault is
/// locked, and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TokenView {
    /// Its number; a newer token has another one.
    pub id: u32,
    /// Which key signed it.
    pub key: KeyRef,
    /// What it says.
    pub claims: TokenClaimsView,
    /// Its header and claims as they travel, in base64url: public, and no token without the signature.
    pub parts: [String; 2],
    /// Characters of the signature, which is not shown.
    pub signature_characters: usize,
    /// Seconds by which Apple's clock was seen ahead (or, negative, behind), as far as the token allowed for it.
    #[ts(type = "number")]
    pub clock_corrected: i64,
}

/// A copy of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
pub struct TokenCopy {
    /// Which token.
    pub id: u32,
    /// In which form.
    pub form: TokenForm,
}

/// What came of pasting into the inspector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Inspected {
    /// A token, judged.
    Token {
        /// How it fares.
        inspection: Box<InspectionView>,
    },
    /// A private key. It was not shown; it is on offer instead.
    PrivateKey {
        /// The import it is on offer in.
        import: u32,
    },
    /// Neither.
    Nothing {
        /// Why.
        why: NotAToken,
    },
}

/// A token somebody has, rule by rule. Judged here; nothing is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InspectionView {
    /// Header and claims as they travel, in base64url.
    pub parts: [String; 2],
    /// Characters of the signature, which is not shown.
    pub signature_characters: usize,
    /// What it says.
    pub claims: TokenClaimsView,
    /// Every rule, in the order they are read.
    pub rulings: Vec<RulingView>,
    /// A rule is broken that Apple refuses a token for.
    pub refused: bool,
    /// Which kind of key its claims are shaped for; none when they are mixed or missing.
    pub shape: Option<KeyKind>,
    /// Seconds from `iat` to `exp`.
    #[ts(type = "number | null")]
    pub lifetime: Option<u64>,
    /// Most seconds its scope allows.
    #[ts(type = "number")]
    pub most: u64,
    /// It lives too long only because it was dated back by this many seconds, as fastlane does; the duration to set
    /// there instead.
    #[ts(type = "number | null")]
    pub set_duration: Option<u64>,
    /// The stored key with this Key ID, if there is one.
    pub named: Option<KeySummary>,
    /// The stored key that made the signature.
    pub signed_by: Option<KeySummary>,
    /// Stored keys the signature was tried with.
    pub tried: usize,
    /// When it was judged, in milliseconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
    /// Seconds by which Apple's clock was last seen ahead (or, negative, behind) of this computer's, and when that
    /// was.
    pub clock: Option<ClockSeen>,
}

/// A comparison with Apple's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ClockSeen {
    /// Seconds Apple's is ahead.
    #[ts(type = "number")]
    pub ahead: i64,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
}

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct RulingView {
    /// Which.
    pub rule: Rule,
    /// What is wrong by it; none when it is kept.
    pub finding: Option<Finding>,
    /// How much that matters.
    pub weight: Option<Weight>,
}
