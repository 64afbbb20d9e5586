use asc_access::{AppReach, Area, Basis, Half, Role, Source, Task, TaskGroup};
use asc_key::KeyKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AppScopeCode, KeyRef};

/// A line of the menu of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct TaskView {
    /// The job; words under `access.task.<code>`.
    pub task: Task,
    /// Where it stands.
    pub group: TaskGroup,
}

/// Jobs a key is wanted for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct AdviseRequest {
    /// The jobs; none asks for the menu alone.
    pub tasks: Vec<Task>,
    /// For which apps.
    pub scope: AppScopeCode,
}

/// What to do about some jobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AdviceView {
    /// Date of the catalogue, `YYYY-MM-DD` or `YYYY-MM`.
    pub catalogue_date: String,
    /// Every task there is, in the order people see them.
    pub menu: Vec<TaskView>,
    /// Keys that can do all of it, smallest first.
    pub fits: Vec<FitView>,
    /// Keys that can do some of it, or for which it is open.
    pub nearly: Vec<NearView>,
    /// The key to create for all of it.
    pub create: Option<PlanView>,
    /// Smaller keys that do it together, when one for all reaches much further.
    pub split: Vec<PlanView>,
    /// What Apple's guide closes to Individual keys.
    pub closed: Vec<ClosedView>,
    /// Tasks no role is documented to do.
    pub open: Vec<Task>,
}

/// A key in use that can do all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FitView {
    /// Which.
    pub key: KeyRef,
    /// Which apps it reaches.
    pub apps: AppReach,
    /// How far it reaches over all areas; for sorting, never shown.
    pub size: usize,
    /// Per task, what it rests on.
    pub proofs: Vec<ProofView>,
    /// Areas it reaches beyond the tasks.
    pub beyond: Vec<Area>,
}

/// That a key can do a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ProofView {
    /// The task.
    pub task: Task,
    /// The weakest of what that rests on.
    pub basis: Basis,
}

/// A key in use that can do some of it, or perhaps all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NearView {
    /// Which.
    pub key: KeyRef,
    /// Which apps it reaches.
    pub apps: AppReach,
    /// What stands in the way.
    pub missing: Vec<MissingView>,
    /// Areas it reaches beyond the tasks.
    pub beyond: Vec<Area>,
}

/// A capability a key does not surely have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct MissingView {
    /// The task that needs it.
    pub task: Task,
    /// Words under `access.capability.<code>`.
    pub capability: &'static str,
    /// What is known instead of "yes".
    pub value: Half,
    /// What that rests on.
    pub basis: Basis,
    /// Note code; words under `access.note.<code>`.
    pub note: Option<&'static str>,
}

/// A key to create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanView {
    /// Team or Individual.
    pub kind: KeyKind,
    /// Its role, or a role of its owner.
    pub role: Role,
    /// What it is for; after a question, jobs that come down to it (perhaps none).
    pub tasks: Vec<Task>,
    /// The weakest of what it rests on.
    pub basis: Basis,
    /// Areas it reaches beyond the tasks.
    pub beyond: Vec<Area>,
    /// Who can make it; empty for an Individual key, which its owner makes.
    #[ts(as = "Vec<Role>")]
    pub created_by: &'static [Role],
    /// What the other kind of key with the same role would get of the same tasks.
    pub other_kind: Half,
    /// A smaller role that would do, if App Store Connect offers it for keys.
    pub smaller_if_offered: Option<Role>,
    /// Where it is written, each source once.
    pub sources: Vec<Source>,
}

/// A task Apple's guide closes to Individual keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ClosedView {
    /// The task.
    pub task: Task,
    /// `never` or `disputed`.
    pub value: Half,
}
