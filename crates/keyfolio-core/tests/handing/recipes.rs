//! Every form for every kind of key: shown, proved, handed over, read back and signed with.

use std::fs;

use asc_key::KeyKind;
use handoff::{Tool, ValueShown};
use keyfolio_core::view::*;

use crate::{FILE, ISSUER, a_clip, app, copy_of, place, secrets, sheet_of, signs, trouble, variable};

#[test]
fn every_form_for_every_kind_hands_over_a_key_that_signs_or_says_why_not() {
    let app = app();
    let (mut handed, mut refused) = (0, Vec::new());
    for kind in [KeyKind::Team, KeyKind::Individual] {
        let key = app.key(kind);
        for form in app.core.recipes().iter().flat_map(|recipe| &recipe.forms) {
            let before = app.receipts().len();
            let (sheet, proved_at) = match app.sheet(form.code, &key) {
                SheetView::Yes { sheet, proved_at } => (*sheet, proved_at),
                SheetView::No { limit, instead } => {
                    assert!(kind == KeyKind::Individual && limit.is_some() && !instead.is_empty(), "{}", form.code);
                    let asked = app.core.handoff_placed(&place(form.code, &key, FILE), app.place("refused"));
                    assert_eq!(asked, Err(trouble(HandoffTrouble::Individual)), "{}", form.code);
                    refused.push(form.code);
                    continue;
                }
                SheetView::NeedsIssuer => panic!("{} has an issuer", key.name),
            };
            for (index, file) in sheet.files.iter().enumerate() {
                let path = app.place(&format!("{}-{kind:?}/{}", form.code, file.name));
                app.write(form.code, &key, HandoffPart::File { index }, &path);
                signs(&fs::read_to_string(path).unwrap(), &key);
            }
            if sheet.env_file {
                let path = app.place(&format!("{}-{kind:?}/.env", form.code));
                app.write(form.code, &key, HandoffPart::EnvFile, &path);
                let text = fs::read_to_string(path).unwrap();
                assert_eq!(text.contains(ISSUER), kind == KeyKind::Team, "{}", form.code);
                for name in secrets(&sheet) {
                    signs(variable(&text, name), &key);
                }
            }
            for name in secrets(&sheet) {
                let copied = |text: &str| {
                    signs(text, &key);
                    Ok(a_clip())
                };
                app.core.handoff_copy(&copy_of(form.code, &key, name), copied).unwrap();
            }
            let ways = sheet.files.len() + usize::from(sheet.env_file) + secrets(&sheet).count();
            assert_eq!(app.receipts().len() - before, ways, "one receipt for each: {}", form.code);
            assert_eq!(proved_at.is_some(), ways > 0, "{}", form.code);
            handed += ways;
        }
    }
    assert_eq!(app.deeds().len().min(200), handed.min(200));
    assert!(handed > 40 && refused.len() > 3, "{handed} {refused:?}");
}

#[test]
fn what_is_shown_holds_nothing_of_the_key() {
    let app = app();
    let key = app.key(KeyKind::Team);
    for form in app.core.recipes().iter().flat_map(|recipe| &recipe.forms) {
        let shown = sheet_of(app.sheet(form.code, &key));
        let said = format!("{shown:?}");
        assert!(!said.contains("PRIVATE KEY-") && !said.contains("MIG"), "{}", form.code);
        for setting in &shown.settings {
            let plain = matches!(setting.value, ValueShown::Plain { .. });
            assert!(plain || secrets(&shown).any(|name| name == setting.name) || form.files > 0, "{}", form.code);
        }
    }
}

#[test]
fn a_team_key_without_its_issuer_is_asked_for_it_and_nothing_is_handed_over() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let patch = KeyPatch { issuer_id: Some(None), ..KeyPatch::default() };
    app.core.key_update(&KeyUpdate { id: key.id.clone(), version: key.version, patch }).unwrap();
    assert_eq!(app.sheet("fastlane_json", &key), SheetView::NeedsIssuer);
    let placed = app.core.handoff_placed(&place("fastlane_json", &key, FILE), app.place("x"));
    assert_eq!(placed, Err(IpcError::IssuerIdMissing));
    let copied = app.core.handoff_copy(&copy_of("github_secrets", &key, "APP_STORE_CONNECT_PRIVATE_KEY"), |_| {
        panic!("nothing is copied")
    });
    assert_eq!(copied, Err(IpcError::IssuerIdMissing));
    assert_eq!(app.receipts(), []);
}

#[test]
fn every_tool_says_what_it_takes() {
    let app = app();
    let recipes = app.core.recipes();
    assert_eq!(recipes.len(), Tool::ALL.len());
    for recipe in &recipes {
        assert_eq!(recipe.least.is_some(), !recipe.jobs.is_empty(), "{}", recipe.tool);
        assert!(recipe.forms.iter().any(|form| form.individual == recipe.individual), "{}", recipe.tool);
        let best = recipe.forms.iter().map(|form| form.individual.value.reach()).max().unwrap();
        assert_eq!(recipe.individual.value.reach(), best, "{}", recipe.tool);
        for source in recipe.sources {
            let link = Link::Source(source.url.to_owned());
            assert_eq!(app.core.link_url(&link), Ok(source.url), "a source can be opened");
        }
    }
    let gh: Vec<_> = recipes.iter().filter(|recipe| recipe.forms.iter().any(|form| form.gh)).collect();
    assert_eq!(gh.iter().map(|recipe| recipe.tool).collect::<Vec<_>>(), [Tool::GithubActions]);
    let other = Link::Source("https://example.com/".to_owned());
    assert_eq!(app.core.link_url(&other), Err(IpcError::LinkFailed));
}

fn fitting(app: &crate::support::App, form: &str) -> FittingView {
    let request = FittingRequest { form: form.to_owned(), tasks: None, scope: AppScopeCode::Any };
    app.core.fitting(&request).unwrap()
}

#[test]
fn the_smallest_key_that_does_it_comes_first_and_what_a_tool_cannot_use_is_named() {
    let app = app();
    let keys = app.core.keys().unwrap().keys;
    let named = |id: &KeyRef| keys.iter().find(|key| key.id == *id).unwrap();
    let upload = fitting(&app, "altool_flags");
    assert_eq!(named(&upload.fits[0]).roles, [asc_access::Role::Developer]);
    assert_eq!(upload.create, None);
    let aso = fitting(&app, "aso_upload");
    assert!(!aso.refused.is_empty());
    for refused in &aso.refused {
        assert_eq!(named(&refused.key).kind, KeyKind::Individual);
        assert!(!refused.individual.instead.is_empty());
    }
    assert!(aso.fits.iter().chain(aso.nearly.iter().map(|near| &near.key)).all(|id| named(id).kind == KeyKind::Team));
}

#[test]
fn a_form_for_no_job_in_particular_fits_every_key_in_the_order_of_the_list() {
    let app = app();
    let fitting = fitting(&app, "key_file");
    let listed: Vec<_> = app.core.keys().unwrap().keys.into_iter().map(|key| key.id).collect();
    assert_eq!((fitting.fits, fitting.nearly.len(), fitting.create), (listed, 0, None));
}

#[test]
fn what_is_not_there_is_not_known() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let unknown = || trouble(HandoffTrouble::Unknown);
    let pair = HandoffPair { form: "nothing".to_owned(), key: key.id.clone() };
    assert_eq!(app.core.handoff_sheet(&pair), Err(unknown()));
    let pair = HandoffPair { form: "key_file".to_owned(), key: "nobody".to_owned() };
    assert_eq!(app.core.handoff_sheet(&pair), Err(IpcError::KeyNotFound));
    for part in [HandoffPart::File { index: 7 }, HandoffPart::EnvFile, HandoffPart::Setting { name: "X".into() }] {
        assert_eq!(app.core.handoff_placed(&place("key_file", &key, part), app.place("x")), Err(unknown()));
    }
    let copied = app.core.handoff_copy(&copy_of("github_secrets", &key, "OTHER"), |_| panic!("nothing is copied"));
    assert_eq!(copied, Err(unknown()));
    let removal = KeyRemoval { id: key.id.clone(), accept_loss: true };
    app.core.key_remove(&removal).unwrap();
    let pair = HandoffPair { form: "key_file".to_owned(), key: key.id };
    assert_eq!(app.core.handoff_sheet(&pair), Err(IpcError::KeyNotFound), "a removed key is handed to nobody");
}
