//! `docs/recipes.md` says what the tables say, in the window's words. It is written from them and compared here:
//! `KEYFOLIO_BLESS=1 cargo test -p handoff --test page` writes it anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap is the test's message")]

mod page;
mod words;

use std::path::PathBuf;
use std::{env, fs};

use handoff::{Instead, recipes};
use words::Words;

fn checkout(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

#[test]
fn the_page_about_recipes_is_current() {
    let (path, page) = (checkout("docs/recipes.md"), page::markdown(&Words::read()));
    if env::var_os("KEYFOLIO_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let stale = written.lines().zip(page.lines()).position(|(old, new)| old != new);
    assert!(
        written == page,
        "docs/recipes.md is stale, first in line {:?}: KEYFOLIO_BLESS=1 cargo test -p handoff --test page",
        stale.map_or(written.lines().count(), |line| line + 1)
    );
}

#[test]
fn every_form_and_every_other_way_has_words_and_no_word_is_left_over() {
    let words = Words::read();
    let forms: Vec<_> = recipes().iter().flat_map(|recipe| recipe.forms).collect();
    for form in &forms {
        assert!(!words.of("form", form.code).is_empty());
        for instead in form.individual.instead {
            match instead {
                Instead::Kind { kind } => assert!(!words.of("instead.kind", kind.code()).is_empty()),
                Instead::Form { tool, form } => {
                    assert!(!words.of("tool", tool.code()).is_empty() && !words.of("form", form).is_empty());
                }
            }
        }
    }
    let known: Vec<String> = forms.iter().map(|form| format!("handoff.form.{}", form.code)).collect();
    let left: Vec<_> = words.beginning("handoff.form.").filter(|key| !known.iter().any(|one| one == key)).collect();
    assert!(left.is_empty(), "words for forms that are not there: {left:?}");
}

#[test]
fn two_forms_of_a_tool_are_told_apart_by_their_words() {
    let words = Words::read();
    for recipe in recipes() {
        let mut titles: Vec<&str> = recipe.forms.iter().map(|form| words.of("form", form.code)).collect();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), recipe.forms.len(), "{}", recipe.tool);
    }
}
