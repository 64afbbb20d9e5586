//! GitHub's tool, played by scripts that behave and scripts that do not.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use asc_key::KeyKind;
use keyfolio_core::GhTool;
use keyfolio_core::view::*;

use crate::support::App;
use crate::{ISSUER, app_with, signs, trouble};

const REPOSITORY: &str = "tideline/fernweh-ios";

/// An application that finds this script, and waits so long for it.
fn with(stub: &str, patience: Duration) -> App {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handing/stubs").join(stub);
    app_with(GhTool { folders: vec![PathBuf::from("relative"), folder], patience })
}

fn patient(stub: &str) -> App {
    with(stub, Duration::from_secs(30))
}

fn request(key: &KeyView) -> GhRequest {
    GhRequest {
        form: "github_secrets".to_owned(),
        key: key.id.clone(),
        repository: REPOSITORY.to_owned(),
        environment: None,
    }
}

fn outcomes(view: &GhView) -> Vec<GhOutcome> {
    view.steps.iter().map(|step| step.outcome).collect()
}

#[test]
fn every_setting_is_set_in_order_and_the_secret_is_no_argument() {
    for kind in [KeyKind::Team, KeyKind::Individual] {
        let app = patient("records");
        assert!(app.core.gh_found());
        let key = app.key(kind);
        let view = app.core.gh_set(&GhRequest { environment: Some("release".into()), ..request(&key) }).unwrap();
        assert!(outcomes(&view).iter().all(|outcome| *outcome == GhOutcome::Set));
        let home = app.folder.path().join("home");
        let arguments = fs::read_to_string(home.join("arguments")).unwrap();
        let lines: Vec<&str> = arguments.lines().collect();
        assert_eq!(lines.len(), view.steps.len());
        for (line, step) in lines.iter().zip(&view.steps) {
            assert!(line.contains(&step.name) && line.ends_with("--repo tideline/fernweh-ios --env release"), "{line}");
        }
        assert_eq!(arguments.contains(ISSUER), kind == KeyKind::Team, "{arguments}");
        let input = fs::read_to_string(home.join("input")).unwrap();
        signs(&input, &key);
        let environment = fs::read_to_string(home.join("environment")).unwrap();
        assert!(!arguments.contains(&input) && !environment.contains(input.trim()));
        assert!(environment.contains("GH_PROMPT_DISABLED=1"));

        let receipt = view.receipt.unwrap();
        assert_eq!((receipt.by, receipt.destination.as_str()), (HandoffBy::Gh, "tideline/fernweh-ios (release)"));
        assert_eq!(app.receipts(), [receipt]);
        assert_eq!(app.deeds().len(), 1);
        assert_eq!(app.restarted().receipts().len(), 1);
    }
}

#[test]
fn what_it_refuses_is_said_and_nothing_more_is_tried() {
    let app = patient("refuses");
    let view = app.core.gh_set(&request(&app.key(KeyKind::Team))).unwrap();
    let failed = view.steps.iter().position(|step| step.outcome != GhOutcome::Set).unwrap();
    assert_eq!(view.steps[failed].outcome, GhOutcome::Refused);
    assert!(view.steps[failed + 1..].iter().all(|step| step.outcome == GhOutcome::Skipped && step.said.is_none()));
    let said = view.steps[failed].said.clone().unwrap();
    assert!(said.contains("APP_STORE_CONNECT_PRIVATE_KEY (https://api.github.com/repos/"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said:?}");
    assert_eq!((view.receipt, app.receipts().len(), app.deeds().len()), (None, 0, 0));
    assert_eq!(app.restarted().receipts(), []);
}

#[test]
fn who_does_not_end_is_ended_with_all_it_started() {
    let app = with("hangs", Duration::from_millis(300));
    let view = app.core.gh_set(&request(&app.key(KeyKind::Team))).unwrap();
    assert_eq!(outcomes(&view)[..2], [GhOutcome::TimedOut, GhOutcome::Skipped]);
    assert_eq!(view.steps[0].said.as_deref(), Some("still thinking"));
    assert_eq!((view.receipt, app.receipts().len()), (None, 0), "it was no secret that was being set");
    let started = fs::read_to_string(app.folder.path().join("home/started")).unwrap();
    assert_ended(started.trim());
}

#[test]
fn a_secret_that_may_have_been_set_has_a_receipt() {
    let app = with("hangs", Duration::from_millis(300));
    fs::write(app.folder.path().join("home/variables-are-fine"), "").unwrap();
    let view = app.core.gh_set(&request(&app.key(KeyKind::Team))).unwrap();
    assert_eq!(outcomes(&view).last(), Some(&GhOutcome::TimedOut));
    assert_eq!(app.receipts(), [view.receipt.unwrap()]);
}

/// Runs the tool, and has the vault locked while it runs.
fn locked_meanwhile(stub: &str) -> (App, GhView) {
    let app = with(stub, Duration::from_secs(20));
    let key = app.key(KeyKind::Team);
    let home = app.folder.path().join("home");
    let gate = home.join("gate");
    assert!(std::process::Command::new("mkfifo").arg(&gate).status().unwrap().success());
    let view = std::thread::scope(|scope| {
        let run = scope.spawn(|| app.core.gh_set(&request(&key)).unwrap());
        // Opened when the script has opened its end: it is in the middle of setting the secret.
        let mut held = fs::OpenOptions::new().write(true).open(&gate).unwrap();
        app.core.vault_lock();
        assert_eq!(app.core.receipts(&ReceiptQuery::default()), Err(IpcError::VaultLocked));
        std::io::Write::write_all(&mut held, b"go on\n").unwrap();
        drop(held);
        run.join().unwrap()
    });
    (app, view)
}

#[test]
fn what_it_set_while_the_vault_was_locked_is_noted_when_it_is_open() {
    let (app, view) = locked_meanwhile("waits");
    assert!(outcomes(&view).iter().all(|outcome| *outcome == GhOutcome::Set));
    assert_eq!(view.receipt, None);
    app.core.vault_unlock(None).unwrap();
    assert_eq!((app.receipts().len(), app.deeds().len()), (1, 1));
}

#[test]
fn what_it_refused_while_the_vault_was_locked_is_not() {
    let (app, view) = locked_meanwhile("waits_and_refuses");
    assert_eq!(outcomes(&view).last(), Some(&GhOutcome::Refused));
    app.core.vault_unlock(None).unwrap();
    assert_eq!((app.receipts().len(), app.deeds().len()), (0, 0));
    assert_eq!(app.restarted().receipts(), []);
}

#[test]
fn who_leaves_somebody_behind_is_not_waited_for() {
    let app = patient("leaves_one_behind");
    let begun = Instant::now();
    let view = app.core.gh_set(&request(&app.key(KeyKind::Team))).unwrap();
    assert!(outcomes(&view).iter().all(|outcome| *outcome == GhOutcome::Set));
    assert!(begun.elapsed() < Duration::from_secs(20));
    let started = fs::read_to_string(app.folder.path().join("home/started")).unwrap();
    assert_ended(started.trim());
}

/// A process that was killed is gone, or waits for its parent to notice.
fn assert_ended(id: &str) {
    let until = Instant::now() + Duration::from_secs(10);
    while Instant::now() < until {
        let output = std::process::Command::new("ps").args(["-o", "stat=", "-p", id]).output().unwrap();
        let state = String::from_utf8(output.stdout).unwrap();
        if state.trim().is_empty() || state.trim().starts_with('Z') {
            return;
        }
    }
    panic!("{id} goes on");
}

#[test]
fn who_shouts_is_heard_only_so_far() {
    let app = patient("shouts");
    let view = app.core.gh_set(&request(&app.key(KeyKind::Team))).unwrap();
    assert_eq!(outcomes(&view)[0], GhOutcome::Refused);
    let said = view.steps[0].said.clone().unwrap();
    assert!(said.starts_with("no, no, no\n") && said.len() <= 600, "{} bytes", said.len());
}

#[test]
fn whoever_repeats_the_secret_is_not_repeated() {
    let ways = ["plain", "base64", "shifted", "hex", "upper", "der", "pieces", "escaped"];
    // The one form gives the key in base64, the other as it is.
    for form in ["github_secrets", "github_apple_actions"] {
        let app = patient("tells");
        let key = app.key(KeyKind::Team);
        let home = app.folder.path().join("home");
        let mut taken = None;
        let setting = sheet_secret(&app, form, &key);
        let copied = |text: &str| {
            taken = Some(text.to_owned());
            Ok(crate::a_clip())
        };
        app.core.handoff_copy(&crate::copy_of(form, &key, setting), copied).unwrap();
        let parsed = asc_key::parse(taken.unwrap().as_bytes(), None).unwrap().key;
        let der = parsed.to_pkcs8_der();
        let hex: String = der.iter().map(|byte| format!("{byte:02x}")).collect();
        let pem = parsed.to_pkcs8_pem();
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        for way in ways {
            fs::write(home.join("how"), way).unwrap();
            let view = app.core.gh_set(&GhRequest { form: form.to_owned(), ..request(&key) }).unwrap();
            let step = view.steps.iter().find(|step| step.outcome == GhOutcome::Refused).unwrap();
            assert_eq!(step.name, setting, "it was told the secret");
            let said = step.said.clone().unwrap_or_default();
            let solid: String = said.chars().filter(char::is_ascii_alphanumeric).collect();
            for secret in [&hex, &hex.to_uppercase(), &body] {
                let told = secret.as_bytes().windows(8).any(|piece| {
                    std::str::from_utf8(piece).is_ok_and(|piece| said.contains(piece) || solid.contains(piece))
                });
                assert!(!told, "{form} {way}: {said}");
            }
            let shown = said.starts_with("could not set the secret");
            assert!(shown || (said.is_empty() && ["pieces", "der"].contains(&way)), "{way}: {said}");
        }
    }
}

fn sheet_secret(app: &App, form: &str, key: &KeyView) -> &'static str {
    crate::secrets(&crate::sheet_of(app.sheet(form, key))).next().unwrap()
}

#[test]
fn without_it_or_with_something_else_of_its_name_nothing_is_set() {
    let app = app_with(GhTool { folders: Vec::new(), patience: Duration::from_secs(1) });
    assert!(!app.core.gh_found());
    let key = app.key(KeyKind::Team);
    assert_eq!(app.core.gh_set(&request(&key)), Err(trouble(HandoffTrouble::NoGh)));

    let app = patient("unstartable");
    let view = app.core.gh_set(&request(&app.key(KeyKind::Team))).unwrap();
    assert_eq!(outcomes(&view)[..2], [GhOutcome::NotStarted, GhOutcome::Skipped]);
    assert_eq!((view.receipt, app.receipts().len()), (None, 0));
}

#[test]
fn what_is_no_repository_is_not_given_to_it() {
    let app = patient("records");
    let key = app.key(KeyKind::Team);
    for repository in ["", "fernweh", "--body=x/y", "https://example.com/a/b", "a/b/c"] {
        let asked = app.core.gh_set(&GhRequest { repository: repository.to_owned(), ..request(&key) });
        assert_eq!(asked, Err(trouble(HandoffTrouble::Repository)), "{repository}");
    }
    let asked = app.core.gh_set(&GhRequest { environment: Some("--org".into()), ..request(&key) });
    assert_eq!(asked, Err(trouble(HandoffTrouble::Repository)));
    let asked = app.core.gh_set(&GhRequest { form: "fastlane_json".to_owned(), ..request(&key) });
    assert_eq!(asked, Err(trouble(HandoffTrouble::Unknown)));
    assert!(!app.folder.path().join("home/arguments").exists());
}
