//! The table itself: complete, sourced, and honest about Individual keys.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::collections::BTreeSet;

use asc_access::{AppScope, Basis, Half, Role, Subject, Task};
use asc_key::KeyKind;
use handoff::{
    Encoding, Instead, Keep, Language, NotPossible, Place, Tool, Trap, Value, ValueShown, fitting, form, least_role,
    plain_env, produce, produce_env, recipe, recipes, sheet, smaller_role,
};
use support::{ISSUER, Names, forms, some_key};

#[test]
fn every_tool_has_one_recipe_with_a_form() {
    let tools: Vec<Tool> = recipes().iter().map(|one| one.tool).collect();
    assert_eq!(tools, Tool::ALL, "one recipe per tool, in the order of the menu");
    assert!(recipes().iter().all(|one| !one.forms.is_empty()));
    let codes: BTreeSet<&str> = forms().map(|one| one.code).collect();
    assert_eq!(codes.len(), forms().count(), "a form's code is unique");
    assert!(codes.iter().all(|code| form(code).is_some()));
}

#[test]
fn every_recipe_names_its_sources_with_a_date() {
    for one in recipes() {
        assert!(!one.sources.is_empty(), "{}", one.tool);
        for source in one.sources {
            assert!(source.url.starts_with("https://") && source.date.len() >= 7, "{source:?}");
        }
        let documented = one.sources.iter().any(|source| source.basis == Basis::Documented);
        let claimed = one.forms.iter().any(|form| form.basis == Basis::Documented);
        assert!(!claimed || documented, "{} claims documentation and names none", one.tool);
    }
}

#[test]
fn whoever_is_told_that_a_token_is_safer_can_use_one() {
    for one in recipes() {
        let told = one.forms.iter().any(|form| form.traps.contains(&Trap::TokenIsSafer));
        assert_eq!(told, one.takes_token(), "{}", one.tool);
        assert!(one.token.is_none_or(|source| one.sources.contains(&source)), "{} names no source for it", one.tool);
    }
    assert!(recipe(Tool::EnvFile).unwrap().takes_token() && !recipe(Tool::Fastlane).unwrap().takes_token());
}

#[test]
fn only_settings_of_a_repository_are_set_with_its_command_line_tool() {
    let codes: Vec<&str> = forms().filter(|form| form.gh()).map(|form| form.code).collect();
    assert_eq!(codes, ["github_secrets", "github_apple_actions"]);
}

#[test]
fn what_is_not_simply_yes_says_why_and_what_else_there_is() {
    for form in forms() {
        let one = form.individual;
        assert_eq!(one.value == Half::Yes, one.limit.is_none(), "{}", form.code);
        assert_eq!(one.value == Half::Unknown, one.basis == Basis::Unknown, "{}", form.code);
        let closed = matches!(one.value, Half::No | Half::Disputed | Half::Unknown);
        assert_eq!(closed, !one.instead.is_empty(), "{}", form.code);
        for instead in one.instead {
            if let Instead::Form { tool, form: code } = instead {
                let other = recipe(*tool).and_then(|one| one.form(code)).unwrap();
                assert!(other.takes(KeyKind::Individual), "{} sends an Individual key to {code}", form.code);
            }
        }
    }
}

#[test]
fn an_individual_key_leaves_no_trace_of_an_issuer() {
    let names = Names::individual();
    for form in forms().filter(|form| form.takes(KeyKind::Individual)) {
        let bearer = names.bearer("Mina", Some("/keys/AuthKey.p8"));
        let shown = serde_json::to_string(&sheet(form, &bearer).unwrap()).unwrap().to_lowercase();
        // altool insists on the argument and does not use it: the one documented exception, with the Key ID in it.
        let shown = shown.replace("--api-issuer 7gx4kq2m9lrt", "");
        assert!(!shown.replace("needs_issuer", "").replace("stand_in_issuer", "").contains("issuer"), "{shown}");
        let outputs = produce(form, &bearer, &some_key()).unwrap();
        assert!(outputs.iter().all(|output| !output.expose().contains("issuer")), "{}", form.code);
        if let Ok(env) = produce_env(form, &bearer, &some_key()) {
            assert!(!env.expose().contains("ISSUER"), "{}", form.code);
        }
    }
}

#[test]
fn a_team_key_names_its_issuer_wherever_a_tool_wants_it() {
    let names = Names::team();
    let bearer = names.bearer("CI", Some("/keys/AuthKey.p8"));
    for form in forms().filter(|form| !matches!(form.code, "key_file")) {
        let mut all = serde_json::to_string(&sheet(form, &bearer).unwrap()).unwrap();
        produce(form, &bearer, &some_key()).unwrap().iter().for_each(|output| all.push_str(output.expose()));
        assert!(all.contains(ISSUER) || all.contains("ISSUER"), "{}", form.code);
    }
}

#[test]
fn a_refused_individual_key_gets_the_reason_and_nothing_else() {
    let names = Names::individual();
    let bearer = names.bearer("Mina", None);
    for form in forms().filter(|form| !form.takes(KeyKind::Individual)) {
        let refused = NotPossible::Individual { limit: form.individual.limit, instead: form.individual.instead };
        assert_eq!(sheet(form, &bearer).unwrap_err(), refused);
        assert_eq!(produce(form, &bearer, &some_key()).unwrap_err(), refused);
        assert_eq!(produce_env(form, &bearer, &some_key()).unwrap_err(), refused);
        assert_eq!(plain_env(form, &bearer).unwrap_err(), refused);
    }
}

#[test]
fn a_sheet_shows_how_long_a_secret_is_and_no_part_of_it() {
    let (names, key) = (Names::team(), some_key());
    let bearer = names.bearer("CI", None);
    let der = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(key.to_pkcs8_der())
    };
    for form in forms() {
        let sheet = sheet(form, &bearer).unwrap();
        let text = serde_json::to_string(&sheet).unwrap() + &format!("{sheet:?}");
        assert!(!text.contains(&der[60..90]) && !text.contains("BEGIN PRIVATE"), "{}", form.code);
        let outputs = produce(form, &bearer, &key).unwrap();
        let hidden = sheet.settings.iter().filter_map(|one| match one.value {
            ValueShown::Hidden { characters, .. } => Some(characters),
            _ => None,
        });
        let secrets = outputs.iter().skip(form.files.len()).map(|output| output.expose().len());
        assert_eq!(hidden.collect::<Vec<_>>(), secrets.collect::<Vec<_>>(), "{}", form.code);
        assert!(outputs.iter().all(|output| !format!("{output:?}").contains(&der[60..90])));
    }
}

#[test]
fn only_the_key_is_kept_secret_and_only_where_it_is_set() {
    for form in forms() {
        for setting in form.settings {
            assert_eq!(setting.keep() == Keep::Secret, matches!(setting.value, Value::Key(_)), "{}", setting.name);
        }
    }
}

#[test]
fn a_wrong_base64_is_always_warned_of() {
    for form in forms() {
        let encodings = form.settings.iter().filter_map(|one| match one.value {
            Value::Key(encoding) => Some(encoding),
            _ => None,
        });
        for encoding in encodings {
            let trap = match encoding {
                Encoding::Pem => Trap::LineBreaksGetLost,
                Encoding::PemEscaped => Trap::EscapesMustBeExpanded,
                Encoding::Base64Pem => Trap::WholeFileInBase64,
                Encoding::Base64Der => Trap::BinaryInBase64,
            };
            assert!(form.traps.contains(&trap), "{} does not warn of {trap}", form.code);
        }
    }
}

#[test]
fn nothing_of_a_users_is_put_where_it_would_be_evaluated() {
    for snippet in forms().flat_map(|form| form.snippets).filter(|one| one.language == Language::Workflow) {
        let templates = [Some(snippet.team), snippet.individual];
        assert!(templates.into_iter().flatten().all(|one| !one.contains("‹name›") && !one.contains("‹path›")));
    }
}

#[test]
fn every_slot_is_one_that_can_be_filled() {
    for form in forms() {
        for snippet in form.snippets {
            for (template, issuer) in [(Some(snippet.team), true), (snippet.individual, false)] {
                let slots = template.unwrap_or_default().split('‹').skip(1).map(|rest| rest.split_once('›').unwrap().0);
                for slot in slots {
                    let known = matches!(slot, "key_id" | "path" | "name") || (issuer && slot == "issuer_id");
                    assert!(known, "{}: {slot}", form.code);
                    assert!(slot != "path" || !form.files.is_empty(), "{} names a path and writes no file", form.code);
                }
            }
        }
    }
}

#[test]
fn a_path_alone_makes_a_file_without_a_secret() {
    let names = Names::team();
    let tauri = form("tauri_env").unwrap().1;
    let bearer = names.bearer("CI", Some("/Users/mina/keys/AuthKey_2X9R4HXF34.p8"));
    let expected = format!(
        "APPLE_API_KEY=2X9R4HXF34\nAPPLE_API_ISSUER={ISSUER}\nAPPLE_API_KEY_PATH=/Users/mina/keys/AuthKey_2X9R4HXF34.p8\n"
    );
    assert_eq!(plain_env(tauri, &bearer).unwrap(), expected);
    assert_eq!(produce_env(tauri, &bearer, &some_key()).unwrap_err(), NotPossible::NoEnvFile);
}

#[test]
fn settings_of_a_web_page_are_no_file_of_variables() {
    for form in forms().filter(|form| matches!(form.settings_place, Place::Dashboard | Place::RepositorySecrets)) {
        let names = Names::team();
        assert_eq!(produce_env(form, &names.bearer("x", None), &some_key()).unwrap_err(), NotPossible::NoEnvFile);
    }
}

// ------------------------------------------------------------------------------------------------------ which key

fn keys(list: &[(KeyKind, Role)]) -> Vec<(Subject, Vec<asc_access::Observation>)> {
    list.iter().map(|(kind, role)| (Subject::new(*kind, &[*role]), Vec::new())).collect()
}

#[test]
fn the_smallest_key_that_uploads_comes_first() {
    let keys = keys(&[
        (KeyKind::Team, Role::Admin),
        (KeyKind::Team, Role::Developer),
        (KeyKind::Team, Role::AppManager),
        (KeyKind::Team, Role::Sales),
    ]);
    let altool = form("altool_flags").unwrap().1;
    let found = fitting(altool, &[Task::UploadBuilds], &AppScope::Any, &keys);
    assert_eq!(found.fits.iter().map(|fit| fit.key).collect::<Vec<_>>(), [1, 2, 0]);
    assert_eq!((found.create, found.refused.len()), (None, 0));
    assert_eq!(least_role(KeyKind::Team, &[Task::UploadBuilds]), Some(Role::Developer));
}

#[test]
fn a_key_the_tool_cannot_use_is_refused_whatever_it_may_do() {
    let keys = keys(&[(KeyKind::Individual, Role::Admin)]);
    let codemagic = form("codemagic_variables").unwrap().1;
    let found = fitting(codemagic, &[Task::UploadBuilds], &AppScope::Any, &keys);
    assert_eq!((found.fits.len(), found.nearly.len()), (0, 0));
    assert_eq!(found.refused, [(0, codemagic.individual)]);
    assert_eq!(found.create, Some(Role::Developer), "make a Developer key");
}

#[test]
fn cloud_signing_takes_an_admin() {
    assert_eq!(least_role(KeyKind::Team, recipe(Tool::Xcodebuild).unwrap().jobs), Some(Role::Admin));
    assert!(!form("xcodebuild_flags").unwrap().1.takes(KeyKind::Individual));
}

#[test]
fn notarizing_with_an_individual_key_stays_open() {
    let keys = keys(&[(KeyKind::Individual, Role::Developer), (KeyKind::Team, Role::Developer)]);
    let notary = form("notarytool_profile").unwrap().1;
    let found = fitting(notary, &[Task::Notarize], &AppScope::Any, &keys);
    assert_eq!(found.fits.iter().map(|fit| fit.key).collect::<Vec<_>>(), [1]);
    assert_eq!(found.nearly.iter().map(|near| near.key).collect::<Vec<_>>(), [0]);
    assert!(found.refused.is_empty());
}

#[test]
fn a_store_service_works_with_an_app_manager() {
    let keys = keys(&[(KeyKind::Team, Role::AppManager)]);
    for code in ["aso_upload", "revenuecat_upload"] {
        let (recipe, form) = form(code).unwrap();
        assert_eq!(fitting(form, recipe.jobs, &AppScope::Any, &keys).fits.len(), 1, "{code}");
        assert_eq!(least_role(KeyKind::Team, recipe.jobs), Some(Role::AppManager), "{code}");
    }
}

#[test]
fn the_hand_offs_of_a_key_may_need_less_than_it_has() {
    let uploads = [Task::UploadBuilds, Task::Notarize];
    assert_eq!(smaller_role(Role::Admin, &uploads), Some(Role::Developer), "a Developer key would cover both");
    assert_eq!(smaller_role(Role::Developer, &uploads), None);
}
