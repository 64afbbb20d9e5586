//! Which key for these jobs: the smallest one there is, else the one to make.
//!
//! A key fits only if every capability the jobs need is a settled "yes" for it; what is open makes it "nearly".
//! Fits come smallest first, because the key that can do least besides the job is the one to hand over. What this
//! refuses: to suggest anything Apple's pages exclude or contradict each other on. That holds for keys one could
//! make and for keys one has; even an Individual key that was seen reading sales reports is not put forward for
//! them, since Apple says it should not.

mod plan;

use crate::catalogue::{Capability, catalogue};
use crate::codes::{Area, Basis, Half, Reason, Role};
use crate::evaluate::evaluate;
use crate::evidence::Observation;
use crate::ledger::{Cell, Source};
use crate::question::{Question, decide};
use crate::subject::{AppScope, Subject, size_of};
use crate::tasks::Task;

use asc_key::KeyKind;

pub use plan::{key_for, tasks_for};

/// What to do about some tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// Keys that can do all of it, smallest first.
    pub fits: Vec<Fit>,
    /// Keys that can do one of the tasks, or for which one is open.
    pub nearly: Vec<Near>,
    /// The one key to make for everything that is not [`open`](Self::open).
    pub create: Option<Plan>,
    /// Smaller keys that do the same together, when the one key would reach much further; else empty.
    pub split: Vec<Plan>,
    /// What Apple's guide closes to Individual keys.
    pub closed: Vec<Closed>,
    /// Tasks for which the sources settle on no key that can be made.
    pub open: Vec<Task>,
}

/// A key that can do all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Index into the keys handed in.
    pub key: usize,
    /// See [`size`](crate::size).
    pub size: usize,
    /// Per task, what it rests on.
    pub proofs: Vec<Proof>,
    /// Areas it reaches that no task needs.
    pub beyond: Vec<Area>,
}

/// That a key can do a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The task.
    pub task: Task,
    /// The weakest of what its needs rest on.
    pub basis: Basis,
}

/// A key that can do some of it, or perhaps all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Index into the keys handed in.
    pub key: usize,
    /// What stands in the way, in the order of the tasks.
    pub missing: Vec<Missing>,
    /// Areas it reaches that no task needs.
    pub beyond: Vec<Area>,
}

/// A capability that is not settled as "yes".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The task that needs it.
    pub task: Task,
    /// Its code.
    pub capability: &'static str,
    /// What is known instead; never `yes`.
    pub value: Half,
    /// What that rests on.
    pub basis: Basis,
    /// Note code; words under `access.note.<code>`.
    pub note: Option<&'static str>,
}

/// A key to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Team or Individual.
    pub kind: KeyKind,
    /// The smallest role that does it; for an Individual key, a role of its owner.
    pub role: Role,
    /// What it is for. May be empty for a key that answers a [`Question`](crate::Question) no job is about.
    pub tasks: Vec<Task>,
    /// The weakest of what it rests on.
    pub basis: Basis,
    /// Areas it reaches that no task needs.
    pub beyond: Vec<Area>,
    /// Who can make it; empty for an Individual key, which its owner makes.
    pub created_by: &'static [Role],
    /// What the other kind of key with this role would get of the same.
    pub other_kind: Half,
    /// A smaller role that would do, if Apple offers it for keys of this kind, on which sources disagree.
    pub smaller_if_offered: Option<Role>,
    /// The evidence, each source once.
    pub sources: Vec<Source>,
}

/// A task that Apple's guide closes to Individual keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The task.
    pub task: Task,
    /// `never`, or `disputed` where others report success.
    pub value: Half,
}

/// Which of these keys does these tasks, and which key to make. Tasks count once, in their own order.
///
/// The scope is asked of the keys handed in. A key to make is suggested without it: a Team key reaches all apps, and
/// the apps of an Individual key are chosen for its owner in App Store Connect.
#[must_use]
pub fn advise(tasks: &[Task], scope: &AppScope, keys: &[(Subject, Vec<Observation>)]) -> Advice {
    let mut tasks = tasks.to_vec();
    tasks.sort_unstable();
    tasks.dedup();
    if tasks.is_empty() {
        return Advice::default();
    }
    let mut fits = Vec::new();
    let mut nearly = Vec::new();
    for (key, (subject, evidence)) in keys.iter().enumerate() {
        let held = Held { subject, cells: evaluate(subject, evidence), scope };
        let beyond = beyond(&held.cells, &areas(&tasks));
        match held.weigh(&tasks) {
            Weighed::Fits(proofs) => fits.push(Fit { key, size: size_of(&held.cells), proofs, beyond }),
            Weighed::Nearly(missing) => nearly.push((size_of(&held.cells), Near { key, missing, beyond })),
            Weighed::Closed => {}
        }
    }
    let preferred = plan::preferred_kind(&tasks);
    let kind = |fit: &Fit| keys.get(fit.key).map(|(subject, _)| subject.kind);
    fits.sort_by_key(|fit| (fit.beyond.len(), fit.size, kind(fit) != Some(preferred), fit.key));
    nearly.sort_by_key(|(size, near)| (near.missing.len(), *size, near.key));

    let (doable, open): (Vec<Task>, Vec<Task>) = tasks.iter().partition(|task| plan::for_tasks(&[**task]).is_some());
    Advice {
        fits,
        nearly: nearly.into_iter().map(|(_, near)| near).collect(),
        create: plan::for_tasks(&doable),
        split: plan::split(&doable),
        closed: tasks.iter().filter_map(|task| closed(*task)).collect(),
        open,
    }
}

fn needs(task: Task) -> impl Iterator<Item = &'static Capability> {
    task.needs().iter().filter_map(|code| catalogue().capability(code))
}

fn areas(tasks: &[Task]) -> Vec<Area> {
    tasks.iter().flat_map(|task| needs(*task)).map(|one| one.area).collect()
}

/// The areas in which these cells reach something, leaving out those that are needed.
fn beyond(cells: &[Cell], needed: &[Area]) -> Vec<Area> {
    let reached =
        Area::ALL.iter().zip(cells).filter(|(_, cell)| cell.read.value.reaches() || cell.write.value.reaches());
    reached.map(|(area, _)| *area).filter(|area| !needed.contains(area)).collect()
}

fn closed(task: Task) -> Option<Closed> {
    let values = needs(task).filter_map(|one| one.exclusion(KeyKind::Individual)).map(|finding| finding.value);
    values.min_by_key(|value| value.reach()).map(|value| Closed { task, value })
}

/// A key one has, evaluated.
struct Held<'a> {
    subject: &'a Subject,
    cells: Vec<Cell>,
    scope: &'a AppScope,
}

enum Weighed {
    Fits(Vec<Proof>),
    Nearly(Vec<Missing>),
    Closed,
}

impl Held<'_> {
    fn weigh(&self, tasks: &[Task]) -> Weighed {
        let mut proofs = Vec::new();
        let mut missing = Vec::new();
        let mut possible = false;
        for task in tasks {
            match self.proof(*task) {
                Ok(proof) => {
                    possible = true;
                    proofs.push(proof);
                }
                Err(lacking) => {
                    // A task of which one need is closed cannot be done, however many others are met.
                    possible |= lacking.iter().all(|one| one.value.effect() != Half::No);
                    missing.extend(lacking);
                }
            }
        }
        match (missing.is_empty(), possible) {
            (true, _) => Weighed::Fits(proofs),
            (false, true) => Weighed::Nearly(missing),
            (false, false) => Weighed::Closed,
        }
    }

    /// That it can do a task, or all that is missing for it.
    fn proof(&self, task: Task) -> Result<Proof, Vec<Missing>> {
        let mut weakest = Basis::Observed;
        let mut missing = Vec::new();
        for need in needs(task) {
            match self.basis(task, need) {
                Ok(basis) => weakest = weakest.max(basis),
                Err(lacking) => missing.push(lacking),
            }
        }
        if missing.is_empty() { Ok(Proof { task, basis: weakest }) } else { Err(missing) }
    }

    /// What a settled "yes" rests on, or what is known instead.
    fn basis(&self, task: Task, need: &'static Capability) -> Result<Basis, Missing> {
        let missing = |value, basis, note| Err(Missing { task, capability: need.code, value, basis, note });
        if let Some(finding) = need.exclusion(self.subject.kind) {
            return missing(finding.value, finding.basis, finding.note);
        }
        let (access, parts) = decide(&Question::Capability(need), self.scope, self.subject, &self.cells);
        match (access.value, access.reason) {
            (Half::Yes, _) => Ok(access.basis),
            (value, Reason::AppsUnknown | Reason::AppNotVisible) => {
                missing(value, access.basis, Some(access.reason.code()))
            }
            (value, _) => missing(value, access.basis, parts.first().and_then(|part| part.note)),
        }
    }
}
