//! A token somebody has: what is wrong with it, who signed it, and what becomes of a private key pasted by mistake.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is the test's message")]

mod support;

use asc_key::token::{
    Finding, MAX_LONG_SECONDS, NotAToken, Rule, Scope, TokenRequest, TokenShape, Weight, WhyNotLonger, mint,
};
use asc_key::{KeyKind, PrivateKey};
use keyfolio_core::samples::throwaway_key;
use keyfolio_core::view::*;
use keyfolio_core::zeroize::Zeroizing;
use keyfolio_core::{Environment, Pasted};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use support::{App, app, choice, start_in};

const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";
/// What the clock of these tests says, in seconds.
const NOW: u64 = 1_790_000_000;

/// Takes a key in under this Key ID.
fn store(app: &App, key: &PrivateKey, key_id: &str) -> KeyView {
    let file = app.file(&format!("AuthKey_{key_id}.p8"), key.to_pkcs8_pem().as_bytes());
    let view = app.offer(&[&file]);
    let choices = vec![ImportChoice { issuer_id: Some(ISSUER.to_owned()), ..choice(&view.rows[0]) }];
    let outcome = app.core.import_commit(&ImportCommit { id: view.id, choices }).unwrap();
    outcome.added.into_iter().next().unwrap()
}

/// A token of a key that may not be here, made by something that is not this application.
fn token_of(key: &PrivateKey, key_id: &str, seconds: u64) -> String {
    let shape = TokenShape::Team(ISSUER.parse().unwrap());
    let request = TokenRequest { shape, valid_for: seconds, backdated: 0, scope: Scope::default() };
    mint(key, &key_id.parse().unwrap(), &request, NOW).unwrap().expose().to_owned()
}

fn pasted(app: &App, text: &str) -> Inspected {
    app.core.inspect_pasted(Pasted::Text(Zeroizing::new(text.to_owned()))).unwrap()
}

fn judged(app: &App, text: &str) -> InspectionView {
    let Inspected::Token { inspection } = pasted(app, text) else { panic!("a token") };
    *inspection
}

fn signature(inspection: &InspectionView) -> (Option<Finding>, Option<Weight>) {
    let ruling = inspection.rulings.iter().find(|ruling| ruling.rule == Rule::Signature).unwrap();
    (ruling.finding, ruling.weight)
}

fn name(key: Option<&KeySummary>) -> Option<&str> {
    key.map(|key| key.key_id.as_str())
}

/// What a token says, under a signature of no key.
fn unsigned(header: &str, claims: &str) -> String {
    use base64_of as part;
    format!("{}.{}.{}", part(header), part(claims), "A".repeat(86))
}

/// base64url without padding.
fn base64_of(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let three = |bytes: &[u8]| {
        let number = bytes.iter().chain([0, 0].iter()).take(3).fold(0usize, |sum, byte| sum << 8 | usize::from(*byte));
        let letters = [18, 12, 6, 0].map(|shift| char::from(ALPHABET[number >> shift & 63]));
        letters.into_iter().take(bytes.len() + 1).collect::<String>()
    };
    text.as_bytes().chunks(3).map(three).collect()
}

#[test]
fn a_good_token_keeps_every_rule_and_its_key_is_found() {
    let app = app();
    let key = throwaway_key();
    store(&app, &throwaway_key(), "AAAAAAAAAA");
    store(&app, &key, "2X9R4HXF34");
    let token = token_of(&key, "2X9R4HXF34", 600);
    let seen = judged(&app, &format!("Authorization: Bearer {token}\n"));
    assert!(seen.rulings.iter().all(|ruling| ruling.finding.is_none() && ruling.weight.is_none()), "{seen:?}");
    assert_eq!(seen.rulings.iter().map(|ruling| ruling.rule).collect::<Vec<_>>(), Rule::ALL);
    assert_eq!((seen.refused, seen.shape, seen.lifetime, seen.most), (false, Some(KeyKind::Team), Some(600), 1200));
    assert_eq!((name(seen.named.as_ref()), name(seen.signed_by.as_ref())), (Some("2X9R4HXF34"), Some("2X9R4HXF34")));
    assert_eq!((seen.tried, seen.set_duration, seen.clock), (1, None, None), "the key it names is tried first");
    assert_eq!(seen.claims.iss.as_deref(), Some(ISSUER));
    let (public, signed) = token.rsplit_once('.').unwrap();
    assert_eq!((seen.parts.join("."), seen.signature_characters), (public.to_owned(), signed.len()));
    assert!(!serde_json::to_string(&seen).unwrap().contains(&signed[..12]));
}

#[test]
fn a_token_of_an_unknown_key_cannot_be_verified_and_that_is_said() {
    let app = app();
    store(&app, &throwaway_key(), "AAAAAAAAAA");
    store(&app, &throwaway_key(), "BBBBBBBBBB");
    let seen = judged(&app, &token_of(&throwaway_key(), "2X9R4HXF34", 600));
    assert_eq!(signature(&seen), (Some(Finding::SignatureUnchecked), Some(Weight::Unchecked)));
    assert_eq!((seen.refused, seen.named, seen.signed_by, seen.tried), (false, None, None, 2));
}

#[test]
fn a_token_that_names_one_key_and_is_signed_by_another_is_told_from_both() {
    let app = app();
    let key = throwaway_key();
    store(&app, &throwaway_key(), "2X9R4HXF34");
    store(&app, &key, "BBBBBBBBBB");
    let seen = judged(&app, &token_of(&key, "2X9R4HXF34", 600));
    assert_eq!(signature(&seen), (Some(Finding::SignatureMismatch), Some(Weight::Refused)));
    assert_eq!((name(seen.named.as_ref()), name(seen.signed_by.as_ref())), (Some("2X9R4HXF34"), Some("BBBBBBBBBB")));
    assert_eq!((seen.refused, seen.tried), (true, 2));
    // Whether the name in the token or the name in the vault is wrong, nobody can tell.
    let seen = judged(&app, &token_of(&key, "CCCCCCCCCC", 600));
    assert_eq!(signature(&seen), (Some(Finding::SignatureUnchecked), Some(Weight::Unchecked)));
    assert_eq!((name(seen.named.as_ref()), name(seen.signed_by.as_ref())), (None, Some("BBBBBBBBBB")));
}

#[test]
fn a_changed_token_is_not_signed() {
    let app = app();
    let key = throwaway_key();
    store(&app, &key, "2X9R4HXF34");
    let token = token_of(&key, "2X9R4HXF34", 600);
    let longer = token_of(&key, "2X9R4HXF34", 900);
    let parts = |token: &str| token.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (parts(&token), parts(&longer));
    let seen = judged(&app, &[one[0].as_str(), &other[1], &one[2]].join("."));
    assert_eq!((signature(&seen).0, seen.signed_by), (Some(Finding::SignatureMismatch), None));
    let seen = judged(&app, &format!("{}.{}.", one[0], one[1]));
    assert_eq!((signature(&seen).0, seen.tried), (Some(Finding::NoSignature), 0), "no key is unsealed for nothing");
}

#[test]
fn dating_back_on_top_of_twenty_minutes_is_recognised() {
    let app = app();
    for (lifetime, refused, instead) in [
        (1200, false, None),
        (1201, true, Some(1140)),
        (1260, true, Some(1140)),
        (1261, true, None),
        (3600, true, None),
    ] {
        let claims = format!(
            r#"{{"iss":"{ISSUER}","aud":"appstoreconnect-v1","iat":{},"exp":{}}}"#,
            NOW - 60,
            NOW - 60 + lifetime
        );
        let seen = judged(&app, &unsigned(r#"{"alg":"ES256","kid":"2X9R4HXF34","typ":"JWT"}"#, &claims));
        assert_eq!((seen.lifetime, seen.refused, seen.set_duration), (Some(lifetime), refused, instead));
    }
}

#[test]
fn what_may_live_for_months_is_not_held_against_it() {
    let app = app();
    let claims = format!(
        r#"{{"sub":"user","aud":"appstoreconnect-v1","iat":{NOW},"exp":{},"scope":["GET /v1/ciProducts"],"bid":1}}"#,
        NOW + 1230
    );
    let seen = judged(&app, &unsigned(r#"{"alg":"ES256","kid":"2X9R4HXF34","typ":"JWT"}"#, &claims));
    assert_eq!((seen.most, seen.refused, seen.set_duration), (MAX_LONG_SECONDS, false, None));
    assert_eq!((seen.shape, seen.claims.others), (Some(KeyKind::Individual), vec!["bid".to_owned()]));
}

#[test]
fn every_broken_rule_is_said_at_once() {
    let app = app();
    let header = r#"{"alg":"HS256","kid":"short","typ":"JOSE"}"#;
    let claims = format!(
        r#"{{"iss":"{ISSUER}","sub":"user","aud":"appstoreconnect-v2","iat":{},"exp":{},"scope":["GET v1"]}}"#,
        NOW + 90,
        NOW - 90
    );
    let seen = judged(&app, &unsigned(header, &claims));
    let findings: Vec<_> = seen.rulings.iter().map(|ruling| ruling.finding).collect();
    let expected = [
        Finding::OtherAlgorithm,
        Finding::OddKeyId,
        Finding::OtherType,
        Finding::OtherAudience,
        Finding::MixedHolder,
        Finding::IssuedLater,
        Finding::Expired,
        Finding::EndsFirst,
        Finding::ScopeGrammar,
        Finding::SignatureUnchecked,
    ];
    assert_eq!(findings, expected.map(Some));
    assert_eq!((seen.refused, seen.shape, seen.lifetime), (true, None, None));
}

#[test]
fn a_pasted_private_key_goes_on_offer_and_nothing_of_it_comes_back() {
    let app = app();
    let key = throwaway_key();
    let pem = key.to_pkcs8_pem();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    for text in [pem.as_str(), &body] {
        let answer = pasted(&app, text);
        let Inspected::PrivateKey { import } = answer else { panic!("{answer:?}") };
        assert_eq!(serde_json::to_string(&answer).unwrap(), format!(r#"{{"is":"private_key","import":{import}}}"#));
        let offered = app.core.import_view(import).unwrap();
        assert!(matches!(offered.rows[0].verdict, RowVerdict::Ready { .. }), "{offered:?}");
        assert!(!serde_json::to_string(&offered).unwrap().contains(&body[40..60]));
        assert_eq!(app.core.inspect_again(), Ok(None));
        app.core.import_cancel(import);
    }
}

#[test]
fn a_key_that_is_damaged_goes_on_offer_too_and_says_why() {
    let app = app();
    let pem = throwaway_key().to_pkcs8_pem();
    let Inspected::PrivateKey { import } = pasted(&app, &pem[..100]) else { panic!("a key") };
    assert!(matches!(app.core.import_view(import).unwrap().rows[0].verdict, RowVerdict::Refused { .. }));
}

#[test]
fn what_is_neither_is_said_to_be_nothing() {
    let app = app();
    for (text, why) in [
        ("", NotAToken::Empty),
        ("hello", NotAToken::Parts),
        ("a%.b.c", NotAToken::Encoding),
        ("aGk.aGk.aGk", NotAToken::Json),
        (&"x".repeat(20_000), NotAToken::TooLarge),
        ("PRIVATE KEY", NotAToken::PrivateKey),
    ] {
        assert_eq!(pasted(&app, text), Inspected::Nothing { why }, "{text:.20}");
    }
}

#[test]
fn a_file_is_read_as_what_it_is() {
    let app = app();
    let key = throwaway_key();
    store(&app, &key, "2X9R4HXF34");
    let files = |files: &[&PathBuf]| {
        app.core.inspect_pasted(Pasted::Files(files.iter().map(|&file| file.clone()).collect())).unwrap()
    };
    let token = app.file("token.txt", token_of(&key, "2X9R4HXF34", 600));
    let Inspected::Token { inspection } = files(&[&token]) else { panic!("a token") };
    assert_eq!(name(inspection.signed_by.as_ref()), Some("2X9R4HXF34"));

    let p8 = app.key_file("AuthKey_7GX4KQ2M9L.p8");
    let Inspected::PrivateKey { import } = files(&[&token, &p8]) else { panic!("a key") };
    assert!(app.when_read(import).rows.iter().any(|row| matches!(row.verdict, RowVerdict::Ready { .. })));
    let renamed = app.file("note.txt", throwaway_key().to_pkcs8_pem().as_bytes());
    assert!(matches!(files(&[&renamed]), Inspected::PrivateKey { .. }), "whatever it is called");

    let picture = app.file("picture.png", [0x89, 0x50, 0xff, 0xfe]);
    let folder = picture.parent().unwrap().to_owned();
    for (pasted, why) in [
        (&[&picture][..], NotAToken::Parts),
        (&[&folder], NotAToken::Parts),
        (&[&app.file("empty.txt", "")], NotAToken::Empty),
        (&[], NotAToken::Empty),
    ] {
        assert_eq!(files(pasted), Inspected::Nothing { why });
    }
}

#[test]
fn the_same_token_is_judged_as_time_passes_and_keys_come() {
    let passed = Arc::new(AtomicI64::new(0));
    let clock = Arc::clone(&passed);
    let app =
        start_in(Arc::new(tempfile::TempDir::new().unwrap()), Arc::new(vault::MemoryKeyring::new()), |environment| {
            Environment { clock: Arc::new(move || 1_790_000_000_000 + clock.load(Ordering::SeqCst)), ..environment }
        });
    app.core.open_now();
    let key = throwaway_key();
    let first = judged(&app, &token_of(&key, "2X9R4HXF34", 600));
    assert_eq!((first.refused, first.signed_by.is_some(), first.at), (false, false, 1_790_000_000_000));
    store(&app, &key, "2X9R4HXF34");
    passed.store(600_000, Ordering::SeqCst);
    let again = app.core.inspect_again().unwrap().unwrap();
    assert_eq!((again.refused, name(again.signed_by.as_ref())), (true, Some("2X9R4HXF34")));
    let expired: Vec<_> = again.rulings.iter().filter_map(|ruling| ruling.finding).collect();
    assert_eq!((expired, again.at), (vec![Finding::Expired], 1_790_000_600_000));
    app.core.inspect_clear();
    assert_eq!(app.core.inspect_again(), Ok(None));
}

#[test]
fn a_locked_vault_judges_nothing_and_forgets_what_was_pasted() {
    let app = app();
    let token = token_of(&throwaway_key(), "2X9R4HXF34", 600);
    judged(&app, &token);
    app.core.vault_lock();
    assert_eq!(app.core.inspect_again(), Err(IpcError::VaultLocked));
    let refused = app.core.inspect_pasted(Pasted::Text(Zeroizing::new(token)));
    assert_eq!(refused, Err(IpcError::VaultLocked));
    app.core.vault_unlock(None).unwrap();
    assert_eq!(app.core.inspect_again(), Ok(None));
}

#[test]
fn what_is_pasted_takes_the_place_of_what_was() {
    let app = app();
    judged(&app, &token_of(&throwaway_key(), "2X9R4HXF34", 600));
    pasted(&app, "hello");
    assert_eq!(app.core.inspect_again(), Ok(None));
}

#[test]
fn a_token_made_here_is_judged_good_here() {
    let app = app();
    let key = store(&app, &throwaway_key(), "2X9R4HXF34");
    let scope = vec!["GET /v1/apps?filter[platform]=IOS".to_owned()];
    let wish = TokenWish { key: key.id.clone(), seconds: 1200, scope };
    assert_eq!(app.core.token_plan(&wish).unwrap().why_not_longer, Some(WhyNotLonger::OtherResource));
    let token = app.core.token_mint(&wish).unwrap();
    for form in [TokenForm::Token, TokenForm::Header, TokenForm::Curl, TokenForm::Python, TokenForm::Swift] {
        let copied = app.core.token_text(&TokenCopy { id: token.id, form }).unwrap();
        let seen = judged(&app, &copied);
        assert!(seen.rulings.iter().all(|ruling| ruling.finding.is_none()), "{seen:?}");
        assert_eq!((seen.claims, seen.signed_by.unwrap().id), (token.claims.clone(), key.id.clone()));
    }
}
