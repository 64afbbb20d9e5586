//! What depends on a key: what breaks without it, and whether less would do.

use asc_access::{Role, Task};
use asc_key::KeyKind;
use handoff::Tool;
use keyfolio_core::view::*;

use crate::support::App;
use crate::{app, trouble};

fn noted(app: &App, key: &KeyView, tool: Tool, to: &str) -> ReceiptView {
    let noted = NotedHandoff { key: key.id.clone(), tool, destination: to.to_owned() };
    app.core.receipt_note(&noted).unwrap()
}

fn gone(app: &App, receipt: &ReceiptView, gone: bool) -> ReceiptView {
    app.core.receipt_change(&ReceiptChange { id: receipt.id, gone }).unwrap()
}

#[test]
fn what_breaks_is_every_place_the_key_still_is_in_once() {
    let app = app();
    let key = app.named("CI Release");
    let first = noted(&app, &key, Tool::Altool, "Mac mini");
    noted(&app, &key, Tool::Altool, "Mac mini");
    let other = noted(&app, &key, Tool::Altool, "MacBook");
    noted(&app, &key, Tool::Codemagic, "Mac mini");
    let places = |app: &App| {
        let breaks = app.core.uses(&key.id).unwrap().breaks;
        breaks.into_iter().map(|one| (one.tool.unwrap(), one.destination)).collect::<Vec<_>>()
    };
    let (mini, book) = ("Mac mini".to_owned(), "MacBook".to_owned());
    let newest = (Tool::Codemagic, mini.clone());
    assert_eq!(places(&app), [newest.clone(), (Tool::Altool, book), (Tool::Altool, mini.clone())]);
    assert_eq!(app.named("CI Release").handoffs, 3);
    gone(&app, &other, true);
    gone(&app, &first, true);
    assert_eq!(places(&app), [newest, (Tool::Altool, mini)], "a place holds until its last receipt is gone");
    assert_eq!(app.core.uses(&key.id).unwrap().receipts.len(), 4, "nothing is forgotten");
    assert_eq!(app.named("CI Release").handoffs, 2);
}

#[test]
fn a_smaller_role_is_proposed_with_the_keys_that_have_it() {
    let app = app();
    let admin = app.named("fastlane (old Mac mini)");
    assert_eq!(app.core.uses(&admin.id).unwrap().smaller, None, "it was handed to nobody");
    let receipt = noted(&app, &admin, Tool::Altool, "Mac mini");
    let uses = app.core.uses(&admin.id).unwrap();
    assert!(uses.jobs.contains(&Task::UploadBuilds) && !uses.open, "{uses:?}");
    let smaller = uses.smaller.unwrap();
    assert_eq!((smaller.has, smaller.role), (Role::Admin, Role::Developer));
    let developers = [app.named("TestFlight Upload").id, app.named("Notarize — GitHub Actions").id];
    assert!(developers.iter().all(|id| smaller.keys.contains(id)), "{:?}", smaller.keys);
    assert!(!smaller.keys.contains(&admin.id));

    noted(&app, &admin, Tool::KeyFile, "a drawer");
    let uses = app.core.uses(&admin.id).unwrap();
    assert_eq!((uses.open, uses.smaller), (true, None), "who knows what the drawer is for");
    gone(&app, &receipt, true);
    assert_eq!(app.core.uses(&admin.id).unwrap().jobs, []);
}

#[test]
fn one_smaller_role_covers_all_places_and_only_keys_every_tool_takes_are_named() {
    let app = app();
    let admin = app.named("fastlane (old Mac mini)");
    let kinds = |smaller: &SmallerView| {
        let keys = app.core.keys().unwrap().keys;
        let of = |id: &KeyRef| keys.iter().find(|key| key.id == *id).unwrap().kind;
        smaller.keys.iter().map(of).collect::<Vec<_>>()
    };
    noted(&app, &admin, Tool::Altool, "Mac mini");
    noted(&app, &admin, Tool::Notarytool, "MacBook");
    let uses = app.core.uses(&admin.id).unwrap();
    assert_eq!(uses.breaks.len(), 2);
    let both = uses.smaller.unwrap();
    assert_eq!(both.role, Role::Developer);
    assert!(!both.keys.is_empty());

    // ASO tools ask for an Issuer ID, which an Individual key does not have.
    noted(&app, &admin, Tool::AsoDev, "aso.dev");
    let all = app.core.uses(&admin.id).unwrap().smaller;
    let all = all.expect("App Manager does for all three");
    assert_eq!(all.role, Role::AppManager);
    assert!(kinds(&all).iter().all(|kind| *kind == KeyKind::Team), "{:?}", all.keys);
}

#[test]
fn nothing_smaller_is_said_of_an_individual_key_or_of_the_smallest() {
    let app = app();
    for key in [app.key(KeyKind::Individual), app.named("TestFlight Upload")] {
        noted(&app, &key, Tool::Altool, "Mac mini");
        assert_eq!(app.core.uses(&key.id).unwrap().smaller, None, "{}", key.name);
    }
}

#[test]
fn a_key_that_is_gone_breaks_what_it_is_in() {
    let app = app();
    let key = app.named("CI Release");
    noted(&app, &key, Tool::Codemagic, "the cloud");
    app.core.key_remove(&KeyRemoval { id: key.id.clone(), accept_loss: true }).unwrap();
    app.core.key_purge(&key.id).unwrap();
    let uses = app.core.uses(&key.id).unwrap();
    assert_eq!((uses.breaks.len(), uses.receipts[0].key_name.as_str(), uses.smaller), (1, "CI Release", None));
    let never = app.core.uses("00000000-0000-4000-8000-000000000000");
    assert_eq!(never, Err(IpcError::KeyNotFound));
    let change = ReceiptChange { id: 77, gone: true };
    assert_eq!(app.core.receipt_change(&change), Err(trouble(HandoffTrouble::Unknown)));
}
