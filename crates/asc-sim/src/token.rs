//! Whether a token is one Apple would take: the rules of its guide, each checked on its own, in a fixed order.
//!
//! The answer to the caller is always the same 401; the reason exists for the log only. The signature is verified
//! with *ring*, which shares no code with the one that signs in the application. What this refuses: to be lenient
//! where Apple's guide is exact, and to look at a key's private half, which it never has.
//!
//! Rules: <https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests>

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Map, Value};

use crate::query::Target;
use crate::seen::Reason;
use crate::world::{Key, Owner, Team, World};

/// `exp - iat` of an ordinary token, in seconds.
pub(crate) const LIFETIME: i64 = 20 * 60;
/// The same for a token whose scope is all reading of Xcode Cloud and metrics. Apple says "six months"; the longest
/// six months of a calendar are meant here.
pub(crate) const LONG_LIFETIME: i64 = 184 * 24 * 60 * 60;
const AUDIENCE: &str = "appstoreconnect-v1";

/// What Apple's guide names for tokens of up to six months, by the beginning of the resource.
const LONG_LIVED: [&str; 12] = [
    "ciBuildActions",
    "ciBuildRuns",
    "ciIssues",
    "ciMacOsVersions",
    "ciProducts",
    "ciTestResults",
    "ciWorkflows",
    "ciXcodeVersions",
    "scmGitReferences",
    "scmProviders",
    "scmPullRequests",
    "scmRepositories",
];
/// Power and performance metrics and logs hang below apps and builds, so their name may come last.
const LONG_LIVED_BELOW: [&str; 3] = ["perfPowerMetrics", "diagnosticSignatures", "logs"];

/// A token that was looked at.
pub(crate) struct Examined {
    /// The Key ID it names, whether or not it is true.
    pub(crate) key_id: Option<String>,
    /// Why it is refused, if it is.
    pub(crate) verdict: Result<(), Reason>,
}

/// Judges the `Authorization` header of one request at one moment (seconds since 1970).
pub(crate) fn examine(world: &World, header: Option<&str>, method: &str, target: &Target, now: i64) -> Examined {
    let Some(token) = header.and_then(bearer) else {
        return Examined { key_id: None, verdict: Err(Reason::NoToken) };
    };
    let Some(parts) = Parts::read(token) else {
        return Examined { key_id: None, verdict: Err(Reason::Malformed) };
    };
    let key_id = parts.header.get("kid").and_then(Value::as_str).map(ToOwned::to_owned);
    let verdict = judge(world, &parts, key_id.as_deref(), method, target, now);
    Examined { key_id, verdict }
}

fn judge(
    world: &World,
    parts: &Parts<'_>,
    key_id: Option<&str>,
    method: &str,
    target: &Target,
    now: i64,
) -> Result<(), Reason> {
    ensure(parts.text("alg") == Some("ES256"), Reason::Algorithm)?;
    ensure(parts.text("typ") == Some("JWT"), Reason::TokenType)?;
    let (team, key) = key_id.and_then(|id| world.key(id)).ok_or(Reason::UnknownKey)?;
    let verifier = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &key.point);
    ensure(verifier.verify(parts.signed.as_bytes(), &parts.signature).is_ok(), Reason::Signature)?;
    ensure(!key.revoked, Reason::RevokedKey)?;
    ensure(parts.claims.get("aud").and_then(Value::as_str) == Some(AUDIENCE), Reason::Audience)?;
    shape(&parts.claims, team, key)?;
    let scope = scope(&parts.claims)?;
    times(world, &parts.claims, &scope, now)?;
    ensure(scope.is_empty() || scope.iter().any(|entry| entry.covers(method, target)), Reason::Scope)
}

/// `iss` for a Team key, `sub: user` for an Individual key, never both.
fn shape(claims: &Map<String, Value>, team: &Team, key: &Key) -> Result<(), Reason> {
    let (issuer, subject) = (claims.get("iss"), claims.get("sub"));
    match &key.owner {
        Owner::Team(_) => {
            ensure(subject.is_none() && issuer.is_some(), Reason::OtherKind)?;
            ensure(issuer.and_then(Value::as_str) == Some(team.issuer.as_str()), Reason::Issuer)
        }
        Owner::User(user) => {
            ensure(issuer.is_none() && subject.and_then(Value::as_str) == Some("user"), Reason::OtherKind)?;
            ensure(team.users.iter().any(|one| one.id == *user), Reason::OwnerGone)
        }
    }
}

/// Not expired, not from the future, not too long. Widely used tools leave `iat` out and work; the token then
/// counts from now.
fn times(world: &World, claims: &Map<String, Value>, scope: &[Entry], now: i64) -> Result<(), Reason> {
    let expires = claims.get("exp").and_then(Value::as_i64).ok_or(Reason::Malformed)?;
    let issued = match claims.get("iat") {
        None => now,
        Some(at) => at.as_i64().ok_or(Reason::Malformed)?,
    };
    ensure(issued <= now.saturating_add(world.leeway), Reason::NotYetValid)?;
    ensure(expires.saturating_add(world.leeway) > now, Reason::Expired)?;
    let lasts = expires.saturating_sub(issued);
    let long = !scope.is_empty() && scope.iter().all(Entry::may_live_long);
    ensure(lasts <= if long { LONG_LIFETIME } else { LIFETIME }, Reason::Lifetime)
}

/// The entries of `scope`; none if the claim is absent.
fn scope(claims: &Map<String, Value>) -> Result<Vec<Entry>, Reason> {
    let Some(claim) = claims.get("scope") else { return Ok(Vec::new()) };
    let entries = claim.as_array().filter(|list| !list.is_empty()).ok_or(Reason::Scope)?;
    entries.iter().map(|entry| entry.as_str().and_then(Entry::read).ok_or(Reason::Scope)).collect()
}

/// One entry of a scope: `GET /v1/apps?filter[platform]=IOS`.
struct Entry {
    method: String,
    target: Target,
}

impl Entry {
    fn read(text: &str) -> Option<Self> {
        let (method, target) = text.split_once(' ')?;
        let shaped = target.starts_with('/') && !target.contains(' ');
        shaped.then(|| Self { method: method.to_owned(), target: Target::read(target) })
    }

    /// The same method, path and parameters; their order, `limit`, `cursor` and `sort` do not matter.
    fn covers(&self, method: &str, target: &Target) -> bool {
        let counted = |target: &Target| {
            let mut pairs = target.pairs.clone();
            pairs.retain(|(name, _)| !matches!(name.as_str(), "limit" | "cursor" | "sort"));
            pairs.sort();
            pairs
        };
        self.method == method && self.target.path == target.path && counted(&self.target) == counted(target)
    }

    fn may_live_long(&self) -> bool {
        let mut names = self.target.path.split('/').skip(2);
        let resource = names.next().unwrap_or_default();
        let below = names.last().unwrap_or(resource);
        self.method == "GET" && (LONG_LIVED.contains(&resource) || LONG_LIVED_BELOW.contains(&below))
    }
}

/// A token taken apart (RFC 7515, compact form).
struct Parts<'a> {
    signed: &'a str,
    header: Map<String, Value>,
    claims: Map<String, Value>,
    signature: Vec<u8>,
}

impl<'a> Parts<'a> {
    fn read(token: &'a str) -> Option<Self> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let object = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        Some(Self { signed, header: object(header)?, claims: object(claims)?, signature })
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.header.get(name).and_then(Value::as_str)
    }
}

/// RFC 7235: the scheme's case does not matter.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn ensure(holds: bool, otherwise: Reason) -> Result<(), Reason> {
    if holds { Ok(()) } else { Err(otherwise) }
}
