//! The generated files say what the catalogue says, and every code has words.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "../examples/english/mod.rs"]
mod english;
#[path = "../examples/dump/page.rs"]
mod page;

use std::collections::BTreeSet;

use asc_access::{
    AppReach, Area, Basis, Half, Individual, LABELS, Level, Reason, Role, Task, TaskGroup, Zone, catalogue,
    selectable_roles,
};
use asc_key::KeyKind;

#[test]
fn generated_files_are_fresh() {
    for (path, expected) in page::files() {
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found.replace("\r\n", "\n") == expected,
            "{} is stale. Run: cargo run -p asc-access --example dump -- --write",
            path.display()
        );
    }
}

#[test]
fn every_code_has_words_and_all_words_have_a_code() {
    let mut expected = BTreeSet::new();
    let mut expect = |set: &str, codes: Vec<&'static str>| {
        for code in codes {
            expected.insert(format!("access.{set}.{code}"));
        }
    };
    let areas: Vec<_> = Area::ALL.iter().map(|one| one.code()).collect();
    expect("area", areas.clone());
    expect("area_short", areas.clone());
    expect("area_hint", areas);
    expect("zone", Zone::ALL.iter().map(|one| one.code()).collect());
    expect("capability", catalogue().capabilities().map(|one| one.code).collect());
    expect("note", notes());
    expect("label", LABELS.to_vec());
    expect("level", Level::ALL.iter().map(|one| one.code()).collect());
    expect("half", Half::ALL.iter().map(|one| one.code()).collect());
    expect("basis", Basis::ALL.iter().map(|one| one.code()).collect());
    expect("reason", Reason::ALL.iter().map(|one| one.code()).collect());
    expect("apps", AppReach::ALL.iter().map(|one| one.code()).collect());
    expect("permission", catalogue().permissions.iter().map(|one| one.code).collect());
    let roles: Vec<_> = Role::ALL.iter().map(|one| one.code()).collect();
    expect("role", roles.clone());
    expect("role_hint", roles);
    let tasks: Vec<_> = Task::ALL.iter().map(|one| one.code()).collect();
    expect("task", tasks.clone());
    expect("task_hint", tasks);
    expect("task_group", TaskGroup::ALL.iter().map(|one| one.code()).collect());

    let found: BTreeSet<String> = english::words().into_iter().map(|(key, _)| key).collect();
    assert_eq!(found, expected);
    assert_eq!(found.len(), english::words().len(), "a key is said twice");
}

#[test]
fn words_are_short_enough_for_where_they_stand() {
    for (key, text) in english::words() {
        let longest = match key.split('.').nth(1).unwrap() {
            "label" | "level" | "half" | "role" => 19,
            "area_short" | "task_group" => 20,
            "area" | "basis" | "zone" | "apps" => 29,
            "task" => 32,
            "capability" | "permission" => 52,
            _ => 140,
        };
        assert!(text.chars().count() <= longest, "{key} is longer than {longest}: {text}");
        assert!(!text.contains('\'') && !text.contains('{'), "{key} has a straight quote or a brace: {text}");
    }
}

fn notes() -> Vec<&'static str> {
    let capabilities = catalogue().capabilities().flat_map(|one| {
        let individual = match &one.individual {
            Individual::AsOwner => None,
            Individual::Whatever(finding) => finding.note,
        };
        Role::ALL.iter().filter_map(|role| one.by_role.get(*role).note).chain(individual)
    });
    let roles = [KeyKind::Team, KeyKind::Individual].into_iter().flat_map(selectable_roles);
    let scope = [Reason::AppsUnknown.code(), Reason::AppNotVisible.code()];
    capabilities.chain(roles.filter_map(|one| one.finding.note)).chain(scope).collect()
}
