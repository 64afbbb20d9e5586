//! Every recipe, in the order of its headings.
//!
//! What is written here was read in the tools' documentation or code, or was reported by their users, and says which.
//! A name that is only somebody's habit (GitHub has none of its own) is marked as reported, too.

mod apple;
mod build_services;
mod build_tools;
mod elsewhere;
mod sources;

use std::sync::LazyLock;

use asc_access::{Basis, Half};
use asc_key::KeyKind;

use crate::codes::{Limit, Tool};
use crate::recipe::{Form, Individual, Instead, Recipe, Setting, Value};

static RECIPES: LazyLock<Vec<&'static Recipe>> = LazyLock::new(|| {
    let all = [apple::RECIPES, build_services::RECIPES, build_tools::RECIPES, elsewhere::RECIPES];
    all.into_iter().flatten().collect()
});

/// Every recipe.
#[must_use]
pub fn recipes() -> &'static [&'static Recipe] {
    &RECIPES
}

/// The recipe of a tool. Each has one.
#[must_use]
pub fn recipe(tool: Tool) -> Option<&'static Recipe> {
    RECIPES.iter().copied().find(|one| one.tool == tool)
}

/// The form with this code, with its recipe.
#[must_use]
pub fn form(code: &str) -> Option<(&'static Recipe, &'static Form)> {
    RECIPES.iter().find_map(|recipe| Some((*recipe, recipe.form(code)?)))
}

/// An Individual key works.
const fn works(basis: Basis) -> Individual {
    Individual { value: Half::Yes, basis, limit: None, instead: &[] }
}

/// An Individual key works with care.
const fn with_care(basis: Basis, limit: Limit) -> Individual {
    Individual { value: Half::Part, basis, limit: Some(limit), instead: &[] }
}

/// An Individual key does not work.
const fn closed(basis: Basis, limit: Limit, instead: &'static [Instead]) -> Individual {
    Individual { value: Half::No, basis, limit: Some(limit), instead }
}

/// Sources contradict each other about Individual keys.
const fn disputed(instead: &'static [Instead]) -> Individual {
    Individual { value: Half::Disputed, basis: Basis::Disputed, limit: Some(Limit::SourcesDisagree), instead }
}

/// Nobody says what becomes of an Individual key.
const fn untried(instead: &'static [Instead]) -> Individual {
    Individual { value: Half::Unknown, basis: Basis::Unknown, limit: Some(Limit::NotTried), instead }
}

const TEAM_KEY: Instead = Instead::Kind { kind: KeyKind::Team };

const fn instead(tool: Tool, form: &'static str) -> Instead {
    Instead::Form { tool, form }
}

const fn set(name: &'static str, value: Value) -> Setting {
    Setting { name, value, only: None }
}
