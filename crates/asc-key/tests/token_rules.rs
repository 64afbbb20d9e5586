//! What the rules for tokens mean to whoever asks for one, and to whoever holds one that Apple refused.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use asc_key::token::{
    Finding, MAX_LONG_SECONDS, NotAToken, Rule, Scope, TokenRefusal, TokenRequest, TokenShape, Weight, WhyNotLonger,
    inspect, mint,
};
use asc_key::{KeyId, PrivateKey, parse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// 3 November 2026, 09:20 UTC.
const NOW: u64 = 1_793_697_600;
const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";

fn key() -> PrivateKey {
    parse(include_bytes!("files/AuthKey_2X9R4HXF34.p8"), None).unwrap().key
}

fn other_key() -> PrivateKey {
    parse(include_bytes!("files/ApiKey_7GX4KQ2M9LRT.p8"), None).unwrap().key
}

fn key_id() -> KeyId {
    "2X9R4HXF34".parse().unwrap()
}

fn team() -> TokenShape {
    TokenShape::Team(ISSUER.parse().unwrap())
}

fn request(shape: TokenShape) -> TokenRequest {
    TokenRequest { shape, valid_for: 300, backdated: 60, scope: Scope::default() }
}

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn each_kind_of_key_gets_its_own_claims_and_not_the_others() {
    for (shape, claims) in [
        (team(), json!({"iss": ISSUER, "iat": NOW - 60, "exp": NOW + 300, "aud": "appstoreconnect-v1"})),
        (
            TokenShape::Individual,
            json!({"sub": "user", "iat": NOW - 60, "exp": NOW + 300, "aud": "appstoreconnect-v1"}),
        ),
    ] {
        let token = mint(&key(), &key_id(), &request(shape), NOW).unwrap();
        let parts: Vec<&str> = token.expose().split('.').collect();
        assert_eq!(decoded(parts[0]), json!({"alg": "ES256", "kid": "2X9R4HXF34", "typ": "JWT"}));
        assert_eq!(decoded(parts[1]), claims);
        assert_eq!((token.issued_at(), token.expires_at()), (NOW - 60, NOW + 300));
    }
}

#[test]
fn a_scope_travels_as_a_list_of_texts() {
    let scope = Scope::parse(&["GET /v1/apps?filter[platform]=IOS", "GET /v1/builds"]).unwrap();
    let token = mint(&key(), &key_id(), &TokenRequest { scope, ..request(team()) }, NOW).unwrap();
    let claims = decoded(token.expose().split('.').nth(1).unwrap());
    assert_eq!(claims["scope"], json!(["GET /v1/apps?filter[platform]=IOS", "GET /v1/builds"]));
}

#[test]
fn back_dating_spends_part_of_the_twenty_minutes() {
    let minted = |valid_for, backdated| {
        mint(&key(), &key_id(), &TokenRequest { valid_for, backdated, ..request(team()) }, NOW).map(|_| ())
    };
    let too_long = |backdated| TokenRefusal::TooLong { most: 1200, backdated, why: Some(WhyNotLonger::NoScope) };
    assert_eq!(minted(1200, 0), Ok(()));
    assert_eq!(minted(1201, 0), Err(too_long(0)));
    assert_eq!(minted(1140, 60), Ok(()));
    assert_eq!(minted(1141, 60), Err(too_long(60)));
    assert_eq!(minted(120, 0), Ok(()));
    assert_eq!(minted(119, 0), Err(TokenRefusal::TooShort { least: 120 }));
    assert_eq!(minted(300, NOW + 1), Err(TokenRefusal::Time));
    assert_eq!(minted(u64::MAX, 0), Err(TokenRefusal::Time));
}

#[test]
fn months_are_for_reading_what_apple_lists() {
    let minted = |entries: &[&str], valid_for| {
        let scope = Scope::parse(entries).unwrap();
        mint(&key(), &key_id(), &TokenRequest { valid_for, scope, ..request(team()) }, NOW).map(|_| ())
    };
    let refused = |why| Err(TokenRefusal::TooLong { most: 1200, backdated: 60, why: Some(why) });
    let months = MAX_LONG_SECONDS - 60;
    assert_eq!(minted(&["GET /v1/ciProducts", "GET /v1/apps/1/perfPowerMetrics"], months), Ok(()));
    assert_eq!(minted(&[], months), refused(WhyNotLonger::NoScope));
    assert_eq!(minted(&["GET /v1/ciProducts", "GET /v1/apps"], months), refused(WhyNotLonger::OtherResource));
    assert_eq!(minted(&["POST /v1/ciBuildRuns"], months), refused(WhyNotLonger::EntryWrites));
    let beyond = Err(TokenRefusal::TooLong { most: MAX_LONG_SECONDS, backdated: 60, why: None });
    assert_eq!(minted(&["GET /v1/ciProducts"], months + 1), beyond);
}

/// A token of given parts, signed by the usual key.
fn forged(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(key().sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// A good token with one member of its header or claims changed, or taken out by `null`.
fn changed(part: &str, member: &str, value: Value) -> String {
    let mut header = json!({"alg": "ES256", "kid": "2X9R4HXF34", "typ": "JWT"});
    let mut claims = json!({"iss": ISSUER, "iat": NOW, "exp": NOW + 600, "aud": "appstoreconnect-v1"});
    let object = if part == "header" { &mut header } else { &mut claims };
    let object = object.as_object_mut().unwrap();
    if value.is_null() {
        object.remove(member)
    } else {
        object.insert(member.to_owned(), value)
    };
    forged(&header, &claims)
}

/// Everything that is wrong with a token, rule by rule.
fn findings(token: &str) -> Vec<(Rule, Finding)> {
    let inspection = inspect(token, NOW + 10, Some(&key().public_key_der())).unwrap();
    let wrong = inspection.rulings.iter();
    wrong.filter_map(|ruling| Some((ruling.rule, ruling.finding?))).collect()
}

#[test]
fn every_broken_rule_is_named_and_no_other() {
    let claim = |name, value| changed("claims", name, value);
    for (token, rule, finding) in [
        (changed("header", "alg", json!("HS256")), Rule::Algorithm, Finding::OtherAlgorithm),
        (changed("header", "alg", json!("none")), Rule::Algorithm, Finding::OtherAlgorithm),
        (changed("header", "alg", Value::Null), Rule::Algorithm, Finding::NoAlgorithm),
        (changed("header", "kid", Value::Null), Rule::KeyId, Finding::NoKeyId),
        (changed("header", "kid", json!("2x9r4hxf34")), Rule::KeyId, Finding::OddKeyId),
        (changed("header", "kid", json!("AuthKey_2X9R4HXF34")), Rule::KeyId, Finding::OddKeyId),
        (changed("header", "typ", Value::Null), Rule::Type, Finding::OtherType),
        (claim("aud", Value::Null), Rule::Audience, Finding::NoAudience),
        (claim("aud", json!("apple-developer-enterprise-v1")), Rule::Audience, Finding::EnterpriseAudience),
        (claim("aud", json!(["appstoreconnect-v1"])), Rule::Audience, Finding::OtherAudience),
        (claim("aud", json!("https://appleid.apple.com")), Rule::Audience, Finding::OtherAudience),
        (claim("iss", Value::Null), Rule::Holder, Finding::NoHolder),
        (claim("sub", json!("user")), Rule::Holder, Finding::MixedHolder),
        (claim("iss", json!("ABCDE12345")), Rule::Holder, Finding::OddIssuer),
        (claim("iat", Value::Null), Rule::IssuedAt, Finding::NoIssuedAt),
        (claim("iat", json!(NOW + 11)), Rule::IssuedAt, Finding::IssuedLater),
        (claim("iat", json!(NOW.to_string())), Rule::IssuedAt, Finding::NotATime),
        (claim("exp", Value::Null), Rule::Expiry, Finding::NoExpiry),
        (claim("exp", json!(NOW + 10)), Rule::Expiry, Finding::Expired),
        (claim("exp", json!(NOW + 1201)), Rule::Lifetime, Finding::TooLong),
        (claim("scope", json!("GET /v1/apps")), Rule::Scope, Finding::ScopeNotAList),
        (claim("scope", json!(["GET /v1/apps", 7])), Rule::Scope, Finding::ScopeNotAList),
        (claim("scope", json!(["get /v1/apps"])), Rule::Scope, Finding::ScopeGrammar),
        (claim("scope", json!(["POST /v1/apps"])), Rule::Scope, Finding::ScopeWrites),
        (claim("scope", json!(vec!["GET /v1/apps"; 40])), Rule::Scope, Finding::ScopeTooLong),
    ] {
        assert_eq!(findings(&token), [(rule, finding)], "{token}");
    }
}

#[test]
fn the_subject_of_an_individual_key_is_the_word_user() {
    let header = json!({"alg": "ES256", "kid": "7GX4KQ2M9LRT", "typ": "JWT"});
    let claims = |sub: &str| json!({"sub": sub, "iat": NOW, "exp": NOW + 600, "aud": "appstoreconnect-v1"});
    assert_eq!(findings(&forged(&header, &claims("user"))), []);
    assert_eq!(findings(&forged(&header, &claims("me@example.com"))), [(Rule::Holder, Finding::OtherSubject)]);
}

#[test]
fn an_end_before_the_beginning_breaks_two_rules() {
    let token = changed("claims", "exp", json!(NOW - 1));
    assert_eq!(findings(&token), [(Rule::Expiry, Finding::Expired), (Rule::Lifetime, Finding::EndsFirst)]);
}

#[test]
fn months_are_judged_by_the_scope() {
    let header = json!({"alg": "ES256", "kid": "2X9R4HXF34", "typ": "JWT"});
    let claims = |scope: Value| json!({"iss": ISSUER, "iat": NOW, "exp": NOW + 90 * 86_400, "aud": "appstoreconnect-v1", "scope": scope});
    assert_eq!(findings(&forged(&header, &claims(json!(["GET /v1/ciBuildRuns/7"])))), []);
    let too_long = [(Rule::Lifetime, Finding::TooLong)];
    assert_eq!(findings(&forged(&header, &claims(json!(["GET /v1/apps"])))), too_long);
    assert_eq!(findings(&forged(&header, &claims(json!([])))), too_long);
}

#[test]
fn a_signature_is_judged_by_its_form_and_by_the_key() {
    let good = changed("claims", "exp", json!(NOW + 600));
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let with = |signature: &str| findings(&format!("{signed}.{signature}"));
    assert_eq!(with(""), [(Rule::Signature, Finding::NoSignature)]);
    assert_eq!(with("a+b/"), [(Rule::Signature, Finding::SignatureEncoding)]);
    assert_eq!(with(&signature[..84]), [(Rule::Signature, Finding::SignatureLength)]);
    let raw = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let mut flipped = raw;
    flipped[63] ^= 1;
    assert_eq!(with(&URL_SAFE_NO_PAD.encode(flipped)), [(Rule::Signature, Finding::SignatureMismatch)]);

    let judged = |key: Option<&[u8]>| inspect(&good, NOW, key).unwrap().rulings.last().unwrap().finding;
    assert_eq!(judged(Some(&key().public_key_der())), None);
    assert_eq!(judged(Some(&other_key().public_key_der())), Some(Finding::SignatureMismatch));
    assert_eq!(judged(Some(b"no key")), Some(Finding::SignatureMismatch));
    assert_eq!(judged(None), Some(Finding::SignatureUnchecked));
}

#[test]
fn what_openssl_signs_is_called_der() {
    // Longest DER form: both halves have their top bit set. Found by trying other claims until one does.
    let header = json!({"alg": "ES256", "kid": "2X9R4HXF34", "typ": "JWT"});
    let signed = (0..100).find_map(|at| {
        let claims = json!({"iss": ISSUER, "iat": NOW, "exp": NOW + 600, "aud": "appstoreconnect-v1", "n": at});
        let token = forged(&header, &claims);
        let (signed, signature) = token.rsplit_once('.')?;
        let raw = URL_SAFE_NO_PAD.decode(signature).ok()?;
        (raw[0] >= 0x80 && raw[32] >= 0x80).then(|| (signed.to_owned(), raw))
    });
    let (signed, raw) = signed.unwrap();
    let der = [&[0x30, 70, 0x02, 33, 0], &raw[..32], &[0x02, 33, 0], &raw[32..]].concat();
    let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(der));
    assert_eq!(findings(&token), [(Rule::Signature, Finding::SignatureIsDer)]);
}

#[test]
fn a_token_is_found_in_what_people_paste() {
    let token = changed("claims", "exp", json!(NOW + 600));
    for pasted in [
        format!("  {token}\r\n"),
        format!("Bearer {token}"),
        format!("bearer   {token}"),
        format!("Authorization: Bearer {token}\n"),
        format!("curl -H 'Authorization: Bearer {token}' \"https://api.appstoreconnect.apple.com/v1/apps\""),
        format!("printf 'Authorization: Bearer %s' '{token}' |\n  curl --header @- 'https://x.example/a.b.c'"),
        format!("let token = \"{token}\";"),
        format!("export ASC_TOKEN={token}\n"),
        format!("The token is {token}."),
    ] {
        assert!(!inspect(&pasted, NOW, None).unwrap().refused(), "{pasted}");
    }
    for (pasted, why) in [
        (String::new(), NotAToken::Empty),
        ("Bearer ".to_owned(), NotAToken::Empty),
        ("hello".to_owned(), NotAToken::Parts),
        ("a.b.c.d.e".to_owned(), NotAToken::Parts),
        ("ä.b.c".to_owned(), NotAToken::Encoding),
        ("aGk.aGk.aGk".to_owned(), NotAToken::Json),
        ("W10.W10.".to_owned(), NotAToken::Json),
        (key().to_pkcs8_pem().to_string(), NotAToken::PrivateKey),
        ("x".repeat(20_000), NotAToken::TooLarge),
    ] {
        assert_eq!(inspect(&pasted, NOW, None).unwrap_err(), why);
    }
}

#[test]
fn an_inspection_keeps_what_was_said_and_drops_the_signature() {
    let token = changed("claims", "bid", json!("com.example.app"));
    let inspection = inspect(&token, NOW, None).unwrap();
    assert_eq!(inspection.claims.others, ["bid"]);
    assert_eq!(inspection.claims.issuer.as_deref(), Some(ISSUER));
    assert_eq!((inspection.claims.issued_at, inspection.claims.expires_at), (Some(NOW), Some(NOW + 600)));
    assert_eq!(inspection.header.key_id.as_deref(), Some("2X9R4HXF34"));
    let signature = token.rsplit_once('.').unwrap().1;
    assert!(!format!("{inspection:?}").contains(signature));
}

#[test]
fn only_what_apple_refuses_counts_as_refused() {
    for finding in Finding::ALL {
        let refused = finding.weight() == Weight::Refused;
        let tolerated = ["odd_key_id", "other_type", "odd_issuer", "no_issued_at", "scope_writes", "scope_too_long"];
        let open = tolerated.contains(&finding.code()) || finding.code() == "signature_unchecked";
        assert_eq!(refused, !open, "{finding}");
    }
}
