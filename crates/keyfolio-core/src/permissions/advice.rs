//! Which key for these jobs: one of those in use, or one to make.

use asc_access::{AppScope, Closed, Fit, Missing, Near, Plan, Proof, Task, advise, catalogue};

use super::held::Held;
use crate::Keyfolio;
use crate::view::{
    AdviceView, AdviseRequest, ClosedView, FitView, IpcError, Layer, MissingView, NearView, PlanView, ProofView,
    TaskView,
};

impl Keyfolio {
    /// The keys in use that do these jobs, smallest first, and the key to make.
    ///
    /// # Errors
    /// When the vault is closed or cannot be read.
    pub fn advise(&self, request: &AdviseRequest) -> Result<AdviceView, IpcError> {
        let held = self.held(Layer::Combined)?.of_use();
        let advice = advise(&request.tasks, &AppScope::from(request.scope.clone()), &held.subjects());
        Ok(AdviceView {
            catalogue_date: catalogue().date.to_owned(),
            menu: Task::ALL.iter().map(|task| TaskView { task: *task, group: task.group() }).collect(),
            fits: advice.fits.iter().flat_map(|fit| held.fits(fit)).collect(),
            nearly: advice.nearly.iter().flat_map(|near| held.nearly(near)).collect(),
            create: advice.create.map(PlanView::from),
            split: advice.split.into_iter().map(PlanView::from).collect(),
            closed: advice.closed.iter().map(ClosedView::from).collect(),
            open: advice.open,
        })
    }
}

/// The catalogue speaks of kinds of keys; the user has keys.
impl Held {
    /// Without the keys that Apple turns away: no job is given to one of them.
    pub(crate) fn of_use(mut self) -> Self {
        let mut place = 0;
        let places: Vec<Option<usize>> = self
            .alike
            .iter()
            .map(|alike| {
                (!alike.rejected).then(|| {
                    place += 1;
                    place - 1
                })
            })
            .collect();
        self.keys = self.keys.into_iter().filter_map(|(key, of)| Some((key, places[of]?))).collect();
        self.alike.retain(|alike| !alike.rejected);
        self
    }

    fn fits<'a>(&'a self, fit: &'a Fit) -> impl Iterator<Item = FitView> + 'a {
        self.keys_of(fit.key).map(|key| FitView {
            key: key.clone(),
            apps: self.alike[fit.key].apps,
            size: fit.size,
            proofs: fit.proofs.iter().map(ProofView::from).collect(),
            beyond: fit.beyond.clone(),
        })
    }

    pub(crate) fn nearly<'a>(&'a self, near: &'a Near) -> impl Iterator<Item = NearView> + 'a {
        self.keys_of(near.key).map(|key| NearView {
            key: key.clone(),
            apps: self.alike[near.key].apps,
            missing: near.missing.iter().map(MissingView::from).collect(),
            beyond: near.beyond.clone(),
        })
    }
}

impl From<&Proof> for ProofView {
    fn from(proof: &Proof) -> Self {
        Self { task: proof.task, basis: proof.basis }
    }
}

impl From<&Missing> for MissingView {
    fn from(missing: &Missing) -> Self {
        let Missing { task, capability, value, basis, note } = *missing;
        Self { task, capability, value, basis, note }
    }
}

impl From<&Closed> for ClosedView {
    fn from(closed: &Closed) -> Self {
        Self { task: closed.task, value: closed.value }
    }
}

impl From<Plan> for PlanView {
    fn from(plan: Plan) -> Self {
        Self {
            kind: plan.kind,
            role: plan.role,
            tasks: plan.tasks,
            basis: plan.basis,
            beyond: plan.beyond,
            created_by: plan.created_by,
            other_kind: plan.other_kind,
            smaller_if_offered: plan.smaller_if_offered,
            sources: plan.sources,
        }
    }
}
