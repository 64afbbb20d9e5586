//! Every tool, and which key for it: the tables of `handoff` as the window reads them.

use std::sync::LazyLock;

use asc_access::AppScope;
use asc_key::KeyKind;
use handoff::{Form, Keep, Recipe, least_role};

use super::form_of;
use crate::Keyfolio;
use crate::permissions::Held;
use crate::view::{FittingRequest, FittingView, FormView, IpcError, KeyRef, Layer, RecipeView, RefusedKey};

/// Made once: the least role of every tool is asked of the catalogue.
static RECIPES: LazyLock<Vec<RecipeView>> =
    LazyLock::new(|| handoff::recipes().iter().map(|recipe| recipe_view(recipe)).collect());

impl Keyfolio {
    /// Every tool.
    #[must_use]
    pub fn recipes(&self) -> Vec<RecipeView> {
        RECIPES.clone()
    }

    /// Which keys are right for a form.
    ///
    /// # Errors
    /// `handoff` with `unknown` for no form; when the vault is closed or cannot be read.
    pub fn fitting(&self, request: &FittingRequest) -> Result<FittingView, IpcError> {
        let (recipe, form) = form_of(&request.form)?;
        let tasks = request.tasks.as_deref().unwrap_or(recipe.jobs);
        let held = self.held(Layer::Combined)?.of_use();
        let subjects = held.subjects();
        let fitting = handoff::fitting(form, tasks, &AppScope::from(request.scope.clone()), &subjects);
        let keys = |place: usize| held.keys_of(place).cloned();
        Ok(FittingView {
            fits: if tasks.is_empty() {
                held.taken_by(form)
            } else {
                fitting.fits.iter().flat_map(|fit| keys(fit.key)).collect()
            },
            nearly: fitting.nearly.iter().flat_map(|near| held.nearly(near)).collect(),
            refused: fitting
                .refused
                .iter()
                .flat_map(|(place, individual)| {
                    keys(*place).map(move |key| RefusedKey { key, individual: *individual })
                })
                .collect(),
            create: fitting.create.filter(|_| !tasks.is_empty()),
        })
    }
}

impl Held {
    /// Keys a form takes, whatever they may do, in library order.
    fn taken_by(&self, form: &Form) -> Vec<KeyRef> {
        let taken = self.keys.iter().filter(|(_, place)| form.takes(self.alike[*place].subject.kind));
        taken.map(|(key, _)| key.clone()).collect()
    }
}

fn recipe_view(recipe: &'static Recipe) -> RecipeView {
    // The first of the best: forms stand in the order they are recommended in.
    let best = recipe.forms.iter().rev().max_by_key(|form| form.individual.value.reach());
    RecipeView {
        tool: recipe.tool,
        group: recipe.group,
        jobs: recipe.jobs,
        forms: recipe.forms.iter().map(form_view).collect(),
        individual: best.unwrap_or(&recipe.forms[0]).individual,
        least: if recipe.jobs.is_empty() { None } else { least_role(KeyKind::Team, recipe.jobs) },
        takes_token: recipe.takes_token(),
        sources: recipe.sources,
    }
}

fn form_view(form: &Form) -> FormView {
    let count = |keep| form.settings.iter().filter(|setting| setting.keep() == keep).count();
    FormView {
        code: form.code,
        basis: form.basis,
        individual: form.individual,
        files: form.files.len(),
        variables: count(Keep::Variable),
        secrets: count(Keep::Secret),
        gh: form.gh(),
    }
}
