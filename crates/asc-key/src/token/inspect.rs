//! Reading any token somebody has, and saying rule by rule whether Apple would take it.
//!
//! A 401 does not say which rule a token breaks. Here every rule is asked, none stops the others, and what cannot
//! be known without the key is said to be unchecked. What is returned never holds the signature, so it is no longer
//! a token: header and claims are public.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::pkcs8::DecodePublicKey as _;
use serde_json::{Map, Value};

use super::lifetime::{self, MAX_SECONDS};
use super::scope::{InvalidScope, Scope, ScopeMethod};
use super::{AUDIENCE, INDIVIDUAL_SUBJECT};
use crate::codes;
use crate::{IssuerId, KeyId};

/// The `aud` claim of the Enterprise Program API, which has another host and other keys.
const ENTERPRISE_AUDIENCE: &str = "apple-developer-enterprise-v1";
/// Bytes of the longest text looked at; a token for this API has a few hundred.
const MAX_BYTES: usize = 16 * 1024;
/// Bytes of an ES256 signature.
const SIGNATURE_BYTES: usize = 64;
/// base64url (RFC 7515), with padding tolerated: whether a token was padded is not what one wants to know of it.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

codes! {
    /// Why a text is no token at all.
    NotAToken {
        /// Nothing there.
        Empty = "token_empty",
        /// Far longer than any token.
        TooLarge = "token_too_large",
        /// A private key: it must not be pasted where a token belongs.
        PrivateKey = "token_is_a_key",
        /// Not three parts joined by dots.
        Parts = "token_parts",
        /// The header or the claims are not base64url.
        Encoding = "token_encoding",
        /// The header or the claims are not a JSON object.
        Json = "token_json",
    }
}

impl std::error::Error for NotAToken {}

codes! {
    /// What a token is judged by, in the order it is read.
    Rule {
        /// `alg` is ES256.
        Algorithm = "algorithm",
        /// `kid` is a Key ID.
        KeyId = "key_id",
        /// `typ` is JWT.
        Type = "type",
        /// `aud` is App Store Connect.
        Audience = "audience",
        /// `iss` or `sub`, as the kind of key wants it.
        Holder = "holder",
        /// `iat` is there and not in the future.
        IssuedAt = "issued_at",
        /// `exp` is there and not over.
        Expiry = "expiry",
        /// From `iat` to `exp`.
        Lifetime = "lifetime",
        /// The grammar of `scope`.
        Scope = "scope",
        /// The signature belongs to the text and the key.
        Signature = "signature",
    }
}

codes! {
    /// How much a finding matters.
    Weight {
        /// Apple refuses the token for it.
        Refused = "refused",
        /// Apple documents it otherwise, but tokens like this are seen to work, or nobody knows.
        Unusual = "unusual",
        /// Cannot be told from what was given.
        Unchecked = "unchecked",
    }
}

codes! {
    /// What is wrong with a token.
    Finding {
        /// There is no `alg`.
        NoAlgorithm = "no_algorithm",
        /// `alg` is not ES256, the only one Apple takes.
        OtherAlgorithm = "other_algorithm",
        /// There is no `kid`.
        NoKeyId = "no_key_id",
        /// `kid` does not look like a Key ID.
        OddKeyId = "odd_key_id",
        /// `typ` is missing or not `JWT`.
        OtherType = "other_type",
        /// There is no `aud`.
        NoAudience = "no_audience",
        /// `aud` is for the Enterprise Program API.
        EnterpriseAudience = "enterprise_audience",
        /// `aud` is for something else.
        OtherAudience = "other_audience",
        /// Neither `iss` nor `sub`: nobody asks.
        NoHolder = "no_holder",
        /// Both `iss` and `sub`: the shapes of the two kinds mixed.
        MixedHolder = "mixed_holder",
        /// `iss` does not look like an Issuer ID.
        OddIssuer = "odd_issuer",
        /// `sub` is not the word `user`.
        OtherSubject = "other_subject",
        /// There is no `iat`.
        NoIssuedAt = "no_issued_at",
        /// `iat` is later than now.
        IssuedLater = "issued_later",
        /// There is no `exp`.
        NoExpiry = "no_expiry",
        /// `exp` is over.
        Expired = "expired",
        /// `iat` or `exp` is not a whole number of seconds.
        NotATime = "not_a_time",
        /// It lives longer than twenty minutes and may not.
        TooLong = "too_long",
        /// It ends before it begins.
        EndsFirst = "ends_first",
        /// `scope` is not a list of texts.
        ScopeNotAList = "scope_not_a_list",
        /// An entry of `scope` does not follow the grammar.
        ScopeGrammar = "scope_grammar",
        /// An entry of `scope` is not a GET, which is all Apple describes for this API.
        ScopeWrites = "scope_writes",
        /// `scope` has more or longer entries than this program would sign.
        ScopeTooLong = "scope_too_long",
        /// The signature is not base64url.
        SignatureEncoding = "signature_encoding",
        /// There is no signature.
        NoSignature = "no_signature",
        /// The signature is DER, as OpenSSL writes it, instead of 64 bytes.
        SignatureIsDer = "signature_is_der",
        /// The signature does not have 64 bytes.
        SignatureLength = "signature_length",
        /// The signature was not made by this key over this text.
        SignatureMismatch = "signature_mismatch",
        /// No key was given to check the signature with.
        SignatureUnchecked = "signature_unchecked",
    }
}

impl Finding {
    /// How much it matters.
    #[must_use]
    pub const fn weight(self) -> Weight {
        match self {
            Self::OddKeyId
            | Self::OtherType
            | Self::OddIssuer
            | Self::NoIssuedAt
            | Self::ScopeWrites
            | Self::ScopeTooLong => Weight::Unusual,
            Self::SignatureUnchecked => Weight::Unchecked,
            _ => Weight::Refused,
        }
    }
}

/// One rule, and what is wrong by it. `None` means it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The rule.
    pub rule: Rule,
    /// What is wrong.
    pub finding: Option<Finding>,
}

/// The header, as far as it was text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenHeader {
    /// `alg`.
    pub algorithm: Option<String>,
    /// `kid`.
    pub key_id: Option<String>,
    /// `typ`.
    pub r#type: Option<String>,
}

/// The claims, as far as they were readable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenClaims {
    /// `iss`.
    pub issuer: Option<String>,
    /// `sub`.
    pub subject: Option<String>,
    /// `aud`.
    pub audience: Option<String>,
    /// `iat`, in seconds since 1970.
    pub issued_at: Option<u64>,
    /// `exp`, in seconds since 1970.
    pub expires_at: Option<u64>,
    /// `scope`.
    pub scope: Vec<String>,
    /// The names of all other claims, sorted.
    pub others: Vec<String>,
}

/// What a token says, and how it fares by every rule. Holds no signature: no longer a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The header.
    pub header: TokenHeader,
    /// The claims.
    pub claims: TokenClaims,
    /// Every rule, in order.
    pub rulings: Vec<Ruling>,
}

impl Inspection {
    /// Whether any rule is broken in a way Apple refuses.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.rulings.iter().filter_map(|ruling| ruling.finding).any(|finding| finding.weight() == Weight::Refused)
    }
}

/// Reads a token, with or without `Bearer` before it, and judges it at `now` (seconds since 1970). With a public key
/// (SubjectPublicKeyInfo, DER) its signature is checked, too.
///
/// # Errors
/// [`NotAToken`] if there is nothing to judge.
pub fn inspect(text: &str, now: u64, public_key: Option<&[u8]>) -> Result<Inspection, NotAToken> {
    let text = bare(text)?;
    let parts: Vec<&str> = text.split('.').collect();
    let [header, claims, signature] = parts[..] else { return Err(NotAToken::Parts) };
    let (header, claims) = (object(header)?, object(claims)?);
    let signed = &text[..text.len() - signature.len() - 1];
    let rulings = Rule::ALL.iter().map(|rule| {
        let finding = match rule {
            Rule::Algorithm => algorithm(&header),
            Rule::KeyId => key_id(&header),
            Rule::Type => (header.get("typ").and_then(Value::as_str) != Some("JWT")).then_some(Finding::OtherType),
            Rule::Audience => audience(&claims),
            Rule::Holder => holder(&claims),
            Rule::IssuedAt => issued_at(&claims, now),
            Rule::Expiry => expiry(&claims, now),
            Rule::Lifetime => lifetime(&claims, now),
            Rule::Scope => scope(&claims),
            Rule::Signature => signature_of(signed, signature, public_key),
        };
        Ruling { rule: *rule, finding }
    });
    let rulings = rulings.collect();
    Ok(Inspection { header: read_header(&header), claims: read_claims(&claims), rulings })
}

/// The token alone: without white space, without the words it is sent with, and out of a command or a line of code
/// around it. Whether what is left is a token, [`inspect`] says.
///
/// # Errors
/// [`NotAToken`] when there is nothing, far too much, or a private key.
pub fn bare(text: &str) -> Result<&str, NotAToken> {
    if text.len() > MAX_BYTES {
        return Err(NotAToken::TooLarge);
    }
    if text.contains("PRIVATE KEY") {
        return Err(NotAToken::PrivateKey);
    }
    let text = without(without(text.trim(), "Authorization:"), "Bearer");
    if text.is_empty() { Err(NotAToken::Empty) } else { Ok(within(text).unwrap_or(text)) }
}

/// The first word that looks like a token. Every header begins with `{"`, which is `eyJ` in base64url.
fn within(text: &str) -> Option<&str> {
    let belongs = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '=');
    let words = text.split(|letter| !belongs(letter)).map(|word| word.trim_end_matches('.'));
    // `=` may be padding, or may set a variable.
    let mut values = words.map(|word| word.find("=eyJ").map_or(word, |at| &word[at + 1..]));
    values.find(|word| word.starts_with("eyJ") && word.matches('.').count() == 2)
}

fn without<'a>(text: &'a str, word: &str) -> &'a str {
    match text.get(..word.len()) {
        Some(start) if start.eq_ignore_ascii_case(word) => text[word.len()..].trim_start(),
        _ => text,
    }
}

fn object(part: &str) -> Result<Map<String, Value>, NotAToken> {
    let json = BASE64URL.decode(part).map_err(|_| NotAToken::Encoding)?;
    serde_json::from_slice(&json).map_err(|_| NotAToken::Json)
}

fn string(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn read_header(header: &Map<String, Value>) -> TokenHeader {
    TokenHeader { algorithm: string(header, "alg"), key_id: string(header, "kid"), r#type: string(header, "typ") }
}

fn read_claims(claims: &Map<String, Value>) -> TokenClaims {
    let known = ["iss", "sub", "aud", "iat", "exp", "scope"];
    let entries = claims.get("scope").and_then(Value::as_array);
    TokenClaims {
        issuer: string(claims, "iss"),
        subject: string(claims, "sub"),
        audience: string(claims, "aud"),
        issued_at: claims.get("iat").and_then(Value::as_u64),
        expires_at: claims.get("exp").and_then(Value::as_u64),
        scope: entries.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
        others: claims.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect(),
    }
}

fn algorithm(header: &Map<String, Value>) -> Option<Finding> {
    match header.get("alg").and_then(Value::as_str) {
        Some("ES256") => None,
        Some(_) => Some(Finding::OtherAlgorithm),
        None => Some(Finding::NoAlgorithm),
    }
}

fn key_id(header: &Map<String, Value>) -> Option<Finding> {
    match header.get("kid").and_then(Value::as_str) {
        // Apple compares it as it stands, so lower case is as odd as a wrong length.
        Some(text) if text.parse::<KeyId>().is_ok_and(|id| id.as_str() == text) => None,
        Some(_) => Some(Finding::OddKeyId),
        None => Some(Finding::NoKeyId),
    }
}

fn audience(claims: &Map<String, Value>) -> Option<Finding> {
    match claims.get("aud") {
        None => Some(Finding::NoAudience),
        Some(audience) if audience == AUDIENCE => None,
        Some(audience) if audience == ENTERPRISE_AUDIENCE => Some(Finding::EnterpriseAudience),
        Some(_) => Some(Finding::OtherAudience),
    }
}

fn holder(claims: &Map<String, Value>) -> Option<Finding> {
    match (claims.get("iss"), claims.get("sub")) {
        (None, None) => Some(Finding::NoHolder),
        (Some(_), Some(_)) => Some(Finding::MixedHolder),
        (Some(issuer), None) => {
            let shaped = issuer.as_str().is_some_and(|text| text.parse::<IssuerId>().is_ok());
            (!shaped).then_some(Finding::OddIssuer)
        }
        (None, Some(subject)) => (subject != INDIVIDUAL_SUBJECT).then_some(Finding::OtherSubject),
    }
}

/// A claim in seconds: `Ok(None)` if it is not there.
fn seconds(claims: &Map<String, Value>, name: &str) -> Result<Option<u64>, Finding> {
    claims.get(name).map(|value| value.as_u64().ok_or(Finding::NotATime)).transpose()
}

fn issued_at(claims: &Map<String, Value>, now: u64) -> Option<Finding> {
    match seconds(claims, "iat") {
        Err(finding) => Some(finding),
        Ok(None) => Some(Finding::NoIssuedAt),
        Ok(Some(time)) => (time > now).then_some(Finding::IssuedLater),
    }
}

fn expiry(claims: &Map<String, Value>, now: u64) -> Option<Finding> {
    match seconds(claims, "exp") {
        Err(finding) => Some(finding),
        Ok(None) => Some(Finding::NoExpiry),
        Ok(Some(time)) => (time <= now).then_some(Finding::Expired),
    }
}

/// Without an `iat` the time left is all there is to measure.
fn lifetime(claims: &Map<String, Value>, now: u64) -> Option<Finding> {
    let end = seconds(claims, "exp").ok().flatten()?;
    let begin = seconds(claims, "iat").ok().flatten();
    if begin.is_some_and(|begin| begin >= end) {
        return Some(Finding::EndsFirst);
    }
    let entries = read_claims(claims).scope;
    let most = Scope::parse(&entries).map_or(MAX_SECONDS, |scope| lifetime::longest(&scope).0);
    (end.saturating_sub(begin.unwrap_or(now)) > most).then_some(Finding::TooLong)
}

fn scope(claims: &Map<String, Value>) -> Option<Finding> {
    let list = claims.get("scope")?.as_array();
    let Some(entries) = list.and_then(|list| list.iter().map(Value::as_str).collect::<Option<Vec<_>>>()) else {
        return Some(Finding::ScopeNotAList);
    };
    match Scope::parse(&entries) {
        Ok(scope) if scope.entries().iter().all(|entry| entry.method() == ScopeMethod::Get) => None,
        Ok(_) => Some(Finding::ScopeWrites),
        Err(InvalidScope::TooLong) => Some(Finding::ScopeTooLong),
        Err(_) => Some(Finding::ScopeGrammar),
    }
}

fn signature_of(signed: &str, signature: &str, public_key: Option<&[u8]>) -> Option<Finding> {
    if signature.is_empty() {
        return Some(Finding::NoSignature);
    }
    let Ok(bytes) = BASE64URL.decode(signature) else { return Some(Finding::SignatureEncoding) };
    if bytes.len() != SIGNATURE_BYTES {
        let der = Signature::from_der(&bytes).is_ok();
        return Some(if der { Finding::SignatureIsDer } else { Finding::SignatureLength });
    }
    let Some(key) = public_key else { return Some(Finding::SignatureUnchecked) };
    let valid = VerifyingKey::from_public_key_der(key)
        .ok()
        .zip(Signature::from_slice(&bytes).ok())
        .is_some_and(|(key, signature)| key.verify(signed.as_bytes(), &signature).is_ok());
    (!valid).then_some(Finding::SignatureMismatch)
}
