//! A second opinion on every token: whatever may be minted is accepted by our own inspector and by other people's
//! parser (jsonwebtoken) over other people's curve (ring). PyJWT and jose are asked by `tests/independent`.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use asc_key::token::{MAX_SECONDS, MIN_SECONDS, Scope, TokenRequest, TokenShape, inspect, mint};
use asc_key::{KeyId, PrivateKey, parse};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result as JwtResult};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation, decode};
use proptest::prelude::*;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::Value;

/// Bytes of an uncompressed point at the end of a SubjectPublicKeyInfo.
const POINT_BYTES: usize = 65;

struct Ring(Vec<u8>);

impl jsonwebtoken::signature::Verifier<Vec<u8>> for Ring {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), jsonwebtoken::signature::Error> {
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.0);
        key.verify(message, signature).map_err(|_| jsonwebtoken::signature::Error::new())
    }
}

impl JwtVerifier for Ring {
    fn algorithm(&self) -> Algorithm {
        Algorithm::ES256
    }
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> JwtResult<Box<dyn JwtVerifier>> {
    match algorithm {
        Algorithm::ES256 => Ok(Box::new(Ring(key.try_get_as_bytes()?.to_vec()))),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

fn no_signer(_: &Algorithm, _: &EncodingKey) -> JwtResult<Box<dyn JwtSigner>> {
    Err(ErrorKind::InvalidAlgorithm.into())
}

static VERIFYING_ONLY: CryptoProvider =
    CryptoProvider { signer_factory: no_signer, verifier_factory: verifier, key_utils: KeyUtils::new_unimplemented() };

/// The claims, if the other library takes the token for what Apple wants.
fn second_opinion(token: &str, key: &PrivateKey) -> JwtResult<Value> {
    // Another test of this process may have been first; it installs the same.
    let _ = VERIFYING_ONLY.install_default();
    let spki = key.public_key_der();
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_audience(&["appstoreconnect-v1"]);
    // The tokens carry a made-up time; the inspector judges it.
    validation.validate_exp = false;
    let point = DecodingKey::from_ec_der(&spki[spki.len() - POINT_BYTES..]);
    decode::<Value>(token, &point, &validation).map(|token| token.claims)
}

fn key() -> PrivateKey {
    parse(include_bytes!("files/AuthKey_2X9R4HXF34.p8"), None).unwrap().key
}

fn shapes() -> impl Strategy<Value = TokenShape> {
    let issuer = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    prop_oneof![issuer.prop_map(|id| TokenShape::Team(id.parse().unwrap())), Just(TokenShape::Individual)]
}

fn requests() -> impl Strategy<Value = TokenRequest> {
    let entry = "GET /v1/[a-zA-Z]{1,12}(/[0-9]{1,9})?(\\?filter\\[[a-z]{1,8}\\]=[A-Z_,0-9]{0,10})?";
    let scope = prop::collection::vec(entry, 0..4).prop_map(|entries| Scope::parse(&entries).unwrap());
    (shapes(), MIN_SECONDS..=MAX_SECONDS, scope).prop_flat_map(|(shape, valid_for, scope)| {
        (0..=MAX_SECONDS - valid_for).prop_map(move |backdated| TokenRequest {
            shape: shape.clone(),
            valid_for,
            backdated,
            scope: scope.clone(),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_minted_is_accepted(request in requests(), id in "[A-Z0-9]{8,20}", now in 1_700_000_000..4_000_000_000_u64) {
        let (key, id) = (key(), id.parse::<KeyId>().unwrap());
        let token = mint(&key, &id, &request, now).unwrap();
        let inspection = inspect(token.expose(), now, Some(&key.public_key_der())).unwrap();
        prop_assert!(inspection.rulings.iter().all(|ruling| ruling.finding.is_none()), "{inspection:?}");
        prop_assert_eq!(inspection.header.key_id.as_deref(), Some(id.as_str()));

        let claims = second_opinion(token.expose(), &key).unwrap();
        prop_assert_eq!(claims["iat"].as_u64(), Some(now - request.backdated));
        prop_assert_eq!(claims["exp"].as_u64(), Some(now + request.valid_for));
        prop_assert_eq!(claims.get("iss").is_some(), claims.get("sub").is_none());
        prop_assert_eq!(claims.get("scope").is_some(), !request.scope.entries().is_empty());
    }

    #[test]
    fn no_text_makes_the_inspector_fall_over(text in "(\\PC{0,40}|[A-Za-z0-9_.-]{0,200})") {
        let _ = inspect(&text, 1_793_697_600, None);
    }

    #[test]
    fn a_token_with_one_character_changed_is_refused(at in any::<prop::sample::Index>(), to in "[A-Za-z0-9_-]") {
        let key = key();
        let request = TokenRequest { shape: TokenShape::Individual, valid_for: 300, backdated: 60, scope: Scope::default() };
        let token = mint(&key, &"7GX4KQ2M9LRT".parse().unwrap(), &request, 1_793_697_600).unwrap();
        let at = at.index(token.expose().len());
        let mut changed = token.expose().to_owned();
        changed.replace_range(at..=at, &to);
        prop_assume!(changed != token.expose());
        let ours = inspect(&changed, 1_793_697_600, Some(&key.public_key_der()));
        prop_assert!(ours.map_or(true, |inspection| inspection.refused()));
        prop_assert!(second_opinion(&changed, &key).is_err());
    }
}
