//! A token for whoever needs a call and not the key: what it says, how long it is kept, and what is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is the test's message")]

mod support;

use asc_key::KeyKind;
use asc_key::token::{Finding, InvalidScope, MAX_LONG_SECONDS, WhyNotLonger, inspect};
use keyfolio_core::Keyfolio;
use keyfolio_core::samples::throwaway_key;
use keyfolio_core::view::*;
use std::sync::Arc;
use support::{App, app, choice};

const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";
/// What the clock of these tests says, in seconds.
const NOW: u64 = 1_790_000_000;

/// Takes in a fresh key; says what is stored and what its public half is.
fn stored(app: &App, key_id: &str, kind: KeyKind, issuer: Option<&str>) -> (KeyView, Vec<u8>) {
    let key = throwaway_key();
    let file = app.file(&format!("AuthKey_{key_id}.p8"), key.to_pkcs8_pem().as_bytes());
    let view = app.offer(&[&file]);
    let row = choice(&view.rows[0]);
    let chosen = ImportChoice { kind, issuer_id: issuer.map(str::to_owned), ..row };
    let outcome = app.core.import_commit(&ImportCommit { id: view.id, choices: vec![chosen] }).unwrap();
    (outcome.added.into_iter().next().unwrap(), key.public_key_der())
}

fn team_key(app: &App) -> (KeyView, Vec<u8>) {
    stored(app, "2X9R4HXF34", KeyKind::Team, Some(ISSUER))
}

fn wish(key: &KeyView, seconds: u64, scope: &[&str]) -> TokenWish {
    TokenWish { key: key.id.clone(), seconds, scope: scope.iter().map(|&entry| entry.to_owned()).collect() }
}

fn text(core: &Keyfolio, token: &TokenView, form: TokenForm) -> Result<String, IpcError> {
    core.token_text(&TokenCopy { id: token.id, form }).map(|text| text.to_string())
}

#[test]
fn a_team_keys_token_names_the_team_and_is_signed_by_the_key() {
    let app = app();
    let (key, public_key) = team_key(&app);
    let scope = ["GET /v1/apps?filter[platform]=IOS"];
    let token = app.core.token_mint(&wish(&key, 600, &scope)).unwrap();
    let text = text(&app.core, &token, TokenForm::Token).unwrap();
    let judged = inspect(&text, NOW, Some(&public_key)).unwrap();
    assert!(judged.rulings.iter().all(|ruling| ruling.finding.is_none()), "{:?}", judged.rulings);
    let claims = TokenClaimsView {
        alg: Some("ES256".to_owned()),
        kid: Some("2X9R4HXF34".to_owned()),
        typ: Some("JWT".to_owned()),
        iss: Some(ISSUER.to_owned()),
        sub: None,
        aud: Some("appstoreconnect-v1".to_owned()),
        iat: Some(NOW - 60),
        exp: Some(NOW + 600),
        scope: vec![scope[0].to_owned()],
        others: Vec::new(),
    };
    assert_eq!(token.claims, claims);
    assert_eq!((judged.claims.issuer.as_deref(), judged.claims.subject), (Some(ISSUER), None));
    assert_eq!((judged.claims.issued_at, judged.claims.expires_at), (claims.iat, claims.exp));
    assert_eq!(judged.claims.scope, claims.scope);
}

#[test]
fn an_individual_keys_token_names_nobody() {
    let app = app();
    // Even where an Issuer ID is recorded with it.
    let (key, public_key) = stored(&app, "7GX4KQ2M9L", KeyKind::Individual, Some(ISSUER));
    let token = app.core.token_mint(&wish(&key, 120, &[])).unwrap();
    assert_eq!((token.claims.iss.as_deref(), token.claims.sub.as_deref()), (None, Some("user")));
    let text = text(&app.core, &token, TokenForm::Token).unwrap();
    let judged = inspect(&text, NOW, Some(&public_key)).unwrap();
    assert_eq!((judged.refused(), judged.claims.issuer, judged.claims.subject.as_deref()), (false, None, Some("user")));
}

#[test]
fn a_team_key_without_an_issuer_id_gets_no_token_that_apple_would_refuse() {
    let app = app();
    let (key, _) = stored(&app, "2X9R4HXF34", KeyKind::Team, None);
    assert_eq!(app.core.token_plan(&wish(&key, 600, &[])).unwrap_err(), IpcError::IssuerIdMissing);
    assert_eq!(app.core.token_mint(&wish(&key, 600, &[])).unwrap_err(), IpcError::IssuerIdMissing);
    assert_eq!(app.core.token(), None);
}

#[test]
fn what_is_planned_is_what_is_made() {
    let app = app();
    let (key, _) = team_key(&app);
    for (seconds, scope) in [(120, &[][..]), (1200, &["GET /v1/apps"]), (MAX_LONG_SECONDS, &["GET /v1/ciProducts"])] {
        let wish = wish(&key, seconds, scope);
        let plan = app.core.token_plan(&wish).unwrap();
        assert_eq!(plan.claims, app.core.token_mint(&wish).unwrap().claims);
    }
}

#[test]
fn back_dating_never_spends_what_the_lifetime_needs() {
    let app = app();
    let (key, _) = team_key(&app);
    for (seconds, backdated) in [(120, 60), (1140, 60), (1141, 59), (1199, 1), (1200, 0)] {
        let claims = app.core.token_mint(&wish(&key, seconds, &[])).unwrap().claims;
        assert_eq!((claims.iat, claims.exp), (Some(NOW - backdated), Some(NOW + seconds)));
    }
    let range = IpcError::TokenLifetime { least: 120, most: 1200 };
    for seconds in [0, 119, 1201, u64::MAX] {
        assert_eq!(app.core.token_mint(&wish(&key, seconds, &[])).unwrap_err(), range, "{seconds}");
    }
}

#[test]
fn only_reading_xcode_cloud_and_performance_may_last_for_months() {
    let app = app();
    let (key, _) = team_key(&app);
    for (scope, most, why) in [
        (&[][..], 1200, Some(WhyNotLonger::NoScope)),
        (&["GET /v1/ciProducts", "POST /v1/ciBuildRuns"], 1200, Some(WhyNotLonger::EntryWrites)),
        (&["GET /v1/ciProducts", "GET /v1/apps"], 1200, Some(WhyNotLonger::OtherResource)),
        (&["GET /v1/ciProducts", "GET /v1/apps/6448311069/perfPowerMetrics"], MAX_LONG_SECONDS, None),
    ] {
        let plan = app.core.token_plan(&wish(&key, 600, scope)).unwrap();
        assert_eq!((plan.least, plan.most, plan.why_not_longer), (120, most, why), "{scope:?}");
        assert!(app.core.token_mint(&wish(&key, most, scope)).is_ok());
        let refused = app.core.token_mint(&wish(&key, most + 1, scope)).unwrap_err();
        assert_eq!(refused, IpcError::TokenLifetime { least: 120, most });
    }
}

#[test]
fn each_wrong_entry_of_a_scope_is_named_and_none_is_signed() {
    let app = app();
    let (key, _) = team_key(&app);
    let scope = ["GET /v1/builds", "get /v1/apps", "GET /v1/apps", ""];
    let plan = app.core.token_plan(&wish(&key, 600, &scope)).unwrap();
    let trouble = |index, why| ScopeTrouble { index, why };
    assert_eq!(plan.scope_trouble, [trouble(1, InvalidScope::Method), trouble(3, InvalidScope::Shape)]);
    assert_eq!(plan.claims.scope, ["GET /v1/builds", "GET /v1/apps"], "what is good is shown as it would be");
    let refused = app.core.token_mint(&wish(&key, 600, &scope)).unwrap_err();
    assert_eq!(refused, IpcError::TokenScope { why: InvalidScope::Method });

    let many = ["GET /v1/apps"; 33];
    let plan = app.core.token_plan(&wish(&key, 600, &many)).unwrap();
    assert_eq!(plan.scope_trouble, [trouble(32, InvalidScope::TooLong)]);
    let refused = app.core.token_mint(&wish(&key, 600, &many)).unwrap_err();
    assert_eq!(refused, IpcError::TokenScope { why: InvalidScope::TooLong });
}

#[test]
fn the_snippets_call_what_the_scope_allows_and_hold_no_token_before_one_is_copied() {
    let app = app();
    let (key, _) = team_key(&app);
    let wish = wish(&key, 600, &["GET /v1/builds?limit=5"]);
    let plan = app.core.token_plan(&wish).unwrap();
    let token = app.core.token_mint(&wish).unwrap();
    let signed = text(&app.core, &token, TokenForm::Token).unwrap();
    assert_eq!(plan.snippets.len(), 7);
    for snippet in plan.snippets {
        assert!(snippet.text.contains("ASC_TOKEN") && !snippet.text.contains("eyJ"), "{snippet:?}");
        let copied = text(&app.core, &token, snippet.form).unwrap();
        assert!(copied.contains(&signed) && !copied.contains("ASC_TOKEN"));
        let calls = "https://api.appstoreconnect.apple.com/v1/builds?limit=5";
        let header = snippet.form == TokenForm::Header;
        assert!(header || (snippet.text.contains(calls) && copied.contains(calls)), "{snippet:?}");
    }
}

#[test]
fn a_view_of_a_token_is_no_token() {
    let app = app();
    let (key, _) = team_key(&app);
    let token = app.core.token_mint(&wish(&key, 600, &[])).unwrap();
    let signed = text(&app.core, &token, TokenForm::Token).unwrap();
    let (public, signature) = signed.rsplit_once('.').unwrap();
    assert_eq!(token.parts.join("."), public);
    assert_eq!(token.signature_characters, signature.len());
    assert!(!serde_json::to_string(&token).unwrap().contains(&signature[..12]));
    assert_eq!(app.core.token(), Some(token));
}

#[test]
fn a_newer_token_takes_the_place_of_the_one_before() {
    let app = app();
    let (key, _) = team_key(&app);
    let first = app.core.token_mint(&wish(&key, 600, &[])).unwrap();
    let second = app.core.token_mint(&wish(&key, 600, &[])).unwrap();
    assert_eq!(text(&app.core, &first, TokenForm::Header), Err(IpcError::TokenGone));
    // Whoever still shows the first one cannot drop the second.
    app.core.token_drop(first.id);
    assert!(text(&app.core, &second, TokenForm::Header).is_ok());
    app.core.token_drop(second.id);
    assert_eq!((app.core.token(), text(&app.core, &second, TokenForm::Token)), (None, Err(IpcError::TokenGone)));
}

#[test]
fn a_wish_that_is_refused_leaves_the_token_before_it() {
    let app = app();
    let (key, _) = team_key(&app);
    let token = app.core.token_mint(&wish(&key, 600, &[])).unwrap();
    app.core.token_mint(&wish(&key, 6000, &[])).unwrap_err();
    assert_eq!(app.core.token(), Some(token));
}

#[test]
fn a_locked_vault_has_no_tokens() {
    let app = app();
    let (key, _) = team_key(&app);
    let token = app.core.token_mint(&wish(&key, 600, &[])).unwrap();
    app.core.vault_lock();
    assert_eq!((app.core.token(), text(&app.core, &token, TokenForm::Token)), (None, Err(IpcError::TokenGone)));
    assert_eq!(app.core.token_mint(&wish(&key, 600, &[])).unwrap_err(), IpcError::VaultLocked);
    assert_eq!(app.core.token_plan(&wish(&key, 600, &[])).unwrap_err(), IpcError::VaultLocked);
    app.core.vault_unlock(None).unwrap();
    assert_eq!(app.core.token(), None, "what was locked away does not come back");
    assert!(app.core.token_mint(&wish(&key, 600, &[])).unwrap().id > token.id);
}

#[test]
fn a_closed_application_has_no_tokens() {
    let app = app();
    let (key, _) = team_key(&app);
    app.core.token_mint(&wish(&key, 600, &[])).unwrap();
    app.core.close();
    assert_eq!(app.core.token(), None);
}

#[test]
fn a_removed_key_signs_nothing() {
    let app = app();
    let (key, _) = team_key(&app);
    app.core.key_remove(&KeyRemoval { id: key.id.clone(), accept_loss: true }).unwrap();
    assert_eq!(app.core.token_mint(&wish(&key, 600, &[])).unwrap_err(), IpcError::KeyNotFound);
    let nobody = TokenWish { key: "nobody".to_owned(), ..wish(&key, 600, &[]) };
    assert_eq!(app.core.token_plan(&nobody).unwrap_err(), IpcError::KeyNotFound);
}

#[test]
fn nothing_is_noted_and_nothing_is_written() {
    let app = app();
    let (key, _) = team_key(&app);
    let before = app.core.activity(&ActivityQuery::default()).unwrap();
    let token = app.core.token_mint(&wish(&key, 600, &[])).unwrap();
    let signed = text(&app.core, &token, TokenForm::Token).unwrap();
    let folder = Arc::clone(&app.folder);
    assert_eq!(app.core.activity(&ActivityQuery::default()).unwrap(), before);
    app.core.close();
    let signature = signed.rsplit_once('.').unwrap().1.as_bytes();
    let mut files = 0;
    for file in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(signature.len()).any(|window| window == signature), "{}", path.display());
        }
    }
    assert!(files > 0);
}

#[test]
fn a_signature_of_anothers_key_is_not_this_ones() {
    let app = app();
    let (key, _) = team_key(&app);
    let (_, other) = stored(&app, "7GX4KQ2M9L", KeyKind::Individual, None);
    let token = app.core.token_mint(&wish(&key, 600, &[])).unwrap();
    let signed = text(&app.core, &token, TokenForm::Token).unwrap();
    let judged = inspect(&signed, NOW, Some(&other)).unwrap();
    assert_eq!(judged.rulings.last().unwrap().finding, Some(Finding::SignatureMismatch));
}
