//! The key to make: which kind, which role.
//!
//! Only roles a key of that kind settledly can have are put forward, and only for what they settledly do. A machine
//! or a service gets a Team key, which outlives people; a person gets an Individual key if that does it. For jobs
//! that do not say who holds the key, a Team key, unless that takes an Admin where one person's smaller role does.

use std::cmp::Reverse;
use std::sync::LazyLock;

use asc_key::KeyKind;

use super::{Plan, areas, beyond, needs};
use crate::catalogue::{Capability, Weight, catalogue, selectable_roles};
use crate::codes::{Area, AskedHalf, Basis, Half, Role};
use crate::evaluate::evaluate;
use crate::ledger::{Access, Cell, Part, Source};
use crate::question::{Question, decide};
use crate::subject::{AppScope, Subject, size_of};
use crate::tasks::{Holder, Task, TaskGroup};

/// At most this many keys in place of one.
const MOST_KEYS: usize = 3;
/// At most this many jobs for a question.
const MOST_JOBS: usize = 3;
/// One key reaches "much further" than several if it reaches at least this many areas more.
const MUCH_FURTHER: usize = 2;

/// A key that could be made.
struct Candidate {
    subject: Subject,
    role: Role,
    /// `yes`, `no` or `disputed`: whether a key of this kind can have this role.
    possible: Half,
    cells: Vec<Cell>,
    size: usize,
}

static CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| {
    let kinds = [KeyKind::Team, KeyKind::Individual].into_iter();
    let roles = kinds.flat_map(|kind| selectable_roles(kind).iter().map(move |one| (kind, one)));
    roles
        .map(|(kind, one)| {
            let subject = Subject::new(kind, &[one.role]);
            let cells = evaluate(&subject, &[]);
            Candidate { subject, role: one.role, possible: one.finding.value, size: size_of(&cells), cells }
        })
        .collect()
});

fn candidate(kind: KeyKind, role: Role) -> Option<&'static Candidate> {
    CANDIDATES.iter().find(|one| one.subject.kind == kind && one.role == role)
}

impl Candidate {
    fn answers(&self, questions: &[Question]) -> impl Iterator<Item = (Access, Vec<&Part>)> {
        questions.iter().map(|one| decide(one, &AppScope::Any, &self.subject, &self.cells))
    }

    fn does(&self, questions: &[Question]) -> bool {
        self.answers(questions).all(|(access, _)| access.value == Half::Yes)
    }

    fn does_task(&self, task: Task) -> bool {
        allowed_kinds(&[task]).contains(&self.subject.kind) && self.does(&questions(&[task]))
    }

    /// Smaller first. The Account Holder is one particular person, so an Admin is put before them.
    fn order(&self, needed: &[Area]) -> (usize, usize, bool) {
        (beyond(&self.cells, needed).len(), self.size, self.role == Role::AccountHolder)
    }

    fn areas(&self) -> Vec<Area> {
        beyond(&self.cells, &[])
    }

    /// The two roles that reach everything.
    const fn is_everything(&self) -> bool {
        matches!(self.role, Role::AccountHolder | Role::Admin)
    }

    fn plan(&self, tasks: &[Task], questions: &[Question]) -> Plan {
        let kind = self.subject.kind;
        let needed: Vec<Area> = questions.iter().map(Question::area).collect();
        let (accesses, parts): (Vec<Access>, Vec<_>) = self.answers(questions).unzip();
        let mut sources: Vec<Source> = Vec::new();
        for source in parts.into_iter().flatten().flat_map(|part| &part.sources) {
            if !sources.contains(source) {
                sources.push(*source);
            }
        }
        Plan {
            kind,
            role: self.role,
            tasks: tasks.to_vec(),
            basis: accesses.iter().map(|one| one.basis).max().unwrap_or(Basis::Unknown),
            beyond: beyond(&self.cells, &needed),
            created_by: match kind {
                KeyKind::Team => &[Role::AccountHolder, Role::Admin],
                KeyKind::Individual => &[],
            },
            other_kind: self.other_kind(questions),
            smaller_if_offered: self.smaller_if_offered(questions, &needed),
            sources,
        }
    }

    fn other_kind(&self, questions: &[Question]) -> Half {
        let other = match self.subject.kind {
            KeyKind::Team => KeyKind::Individual,
            KeyKind::Individual => KeyKind::Team,
        };
        let Some(twin) = candidate(other, self.role) else { return Half::No };
        let each: Vec<Access> = twin.answers(questions).map(|(access, _)| access).collect();
        let value = Access::join(&each, &[]).map_or(Half::Unknown, |one| one.value);
        match twin.possible {
            Half::Yes => value,
            not if value.reaches() => not,
            _ => value,
        }
    }

    fn smaller_if_offered(&self, questions: &[Question], needed: &[Area]) -> Option<Role> {
        if self.subject.kind == KeyKind::Individual {
            return None;
        }
        let disputed =
            CANDIDATES.iter().filter(|one| one.subject.kind == KeyKind::Team && one.possible == Half::Disputed);
        let smaller = disputed.filter(|one| one.order(needed) < self.order(needed) && one.does(questions));
        smaller.min_by_key(|one| one.order(needed)).map(|one| one.role)
    }
}

fn questions(tasks: &[Task]) -> Vec<Question> {
    tasks.iter().flat_map(|task| needs(*task)).map(Question::Capability).collect()
}

fn held_by_machine(tasks: &[Task]) -> bool {
    tasks.iter().any(|task| matches!(task.holder(), Holder::Machine | Holder::Service))
}

/// The kinds of key that suit whoever holds it, the better one first.
fn allowed_kinds(tasks: &[Task]) -> &'static [KeyKind] {
    if held_by_machine(tasks) {
        &[KeyKind::Team]
    } else if tasks.iter().any(|task| task.holder() == Holder::Person) {
        &[KeyKind::Individual, KeyKind::Team]
    } else {
        &[KeyKind::Team, KeyKind::Individual]
    }
}

pub(super) fn preferred_kind(tasks: &[Task]) -> KeyKind {
    allowed_kinds(tasks).first().copied().unwrap_or(KeyKind::Team)
}

fn smallest(kind: KeyKind, questions: &[Question]) -> Option<&'static Candidate> {
    let needed: Vec<Area> = questions.iter().map(Question::area).collect();
    let settled = CANDIDATES.iter().filter(|one| one.subject.kind == kind && one.possible == Half::Yes);
    settled.filter(|one| one.does(questions)).min_by_key(|one| one.order(&needed))
}

/// The smallest key of the better kind; of the other kind if the first would have to reach everything.
fn choose(kinds: &[KeyKind], questions: &[Question]) -> Option<&'static Candidate> {
    let mut found = kinds.iter().filter_map(|kind| smallest(*kind, questions));
    let better = found.next()?;
    if better.subject.kind == KeyKind::Individual || !better.is_everything() {
        return Some(better);
    }
    Some(found.next().filter(|other| !other.is_everything()).unwrap_or(better))
}

/// The key to make for all of these tasks.
pub(super) fn for_tasks(tasks: &[Task]) -> Option<Plan> {
    let questions = questions(tasks);
    if questions.is_empty() {
        return None;
    }
    choose(allowed_kinds(tasks), &questions).map(|one| one.plan(tasks, &questions))
}

/// The key to make so that the answer to a question is a settled "yes", and the jobs it would be made for. `None` if
/// the sources settle on none.
#[must_use]
pub fn key_for(question: &Question) -> Option<Plan> {
    let asked = [*question];
    let key = choose(&[KeyKind::Team, KeyKind::Individual], &asked)?;
    let jobs: Vec<Task> = jobs(question).into_iter().filter(|task| key.does(&questions(&[*task]))).collect();
    Some(key.plan(jobs.get(..MOST_JOBS).unwrap_or(&jobs), &asked))
}

/// The jobs a question is about: those that need nothing but what decides it. At most three, the one that takes the
/// smallest key first.
#[must_use]
pub fn tasks_for(question: &Question) -> Vec<Task> {
    let mut jobs = jobs(question);
    jobs.truncate(MOST_JOBS);
    jobs
}

fn jobs(question: &Question) -> Vec<Task> {
    let of_area: Vec<&Capability> =
        catalogue().of(question.area()).filter(|one| one.weight == Weight::Decides).collect();
    let on_side = |half| of_area.iter().filter(move |one| one.side.includes(half)).map(|one| one.code);
    let (asked, reading): (Vec<&str>, bool) = match question {
        Question::Area { half, .. } => (on_side(*half).collect(), *half == AskedHalf::Read),
        Question::Capability(capability) => (vec![capability.code], false),
        Question::Operation(operation) => (operation.capabilities.to_vec(), !operation.method.writes()),
    };
    // Who writes reads first, so a job that writes may need both.
    let beside: Vec<&str> = if reading { Vec::new() } else { on_side(AskedHalf::Read).collect() };
    let about = |task: &Task| {
        let needs = task.needs();
        let within = needs.iter().all(|need| asked.contains(need) || beside.contains(need));
        task.group() != TaskGroup::People && within && needs.iter().any(|need| asked.contains(need))
    };
    let mut jobs: Vec<Task> = Task::ALL.iter().copied().filter(about).collect();
    jobs.sort_by_cached_key(|task| {
        choose(allowed_kinds(&[*task]), &questions(&[*task])).map_or(usize::MAX, |one| one.size)
    });
    jobs
}

/// Smaller keys that do the tasks together, if one key for all of them reaches much further, or would be shared
/// between a person and a machine. In the order of the tasks.
pub(super) fn split(tasks: &[Task]) -> Vec<Plan> {
    let Some(whole) = choose(allowed_kinds(tasks), &questions(tasks)) else { return Vec::new() };
    let (people, rest): (Vec<Task>, Vec<Task>) = tasks.iter().partition(|task| task.holder() == Holder::Person);
    let shared = !people.is_empty() && held_by_machine(&rest);
    let groups = if shared { vec![people, rest] } else { vec![tasks.to_vec()] };
    let Some(covers) = groups.iter().map(|group| cover(group, tasks.len())).collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    let mut parts: Vec<Share> = covers.into_iter().flatten().collect();
    parts.sort_by(|one, other| one.tasks.cmp(&other.tasks));

    let mut together: Vec<Area> = parts.iter().flat_map(|part| part.key.areas()).collect();
    together.sort_unstable();
    together.dedup();
    let smaller = parts.iter().all(|part| part.key.size < whole.size);
    let further = together.len() + MUCH_FURTHER <= whole.areas().len();
    if (2..=MOST_KEYS).contains(&parts.len()) && smaller && (further || shared) {
        parts.iter().map(|part| part.key.plan(&part.tasks, &questions(&part.tasks))).collect()
    } else {
        Vec::new()
    }
}

/// One of several keys, and the tasks it is for.
struct Share {
    key: &'static Candidate,
    tasks: Vec<Task>,
}

/// Keys that do the tasks together: again and again the one that does most of what is left, the smallest of those.
/// No key does as much as `too_many` tasks. `None` if a task is left over.
fn cover(tasks: &[Task], too_many: usize) -> Option<Vec<Share>> {
    let mut left = tasks.to_vec();
    let mut parts = Vec::new();
    while !left.is_empty() {
        let done = |one: &Candidate| left.iter().copied().filter(|task| one.does_task(*task)).collect::<Vec<_>>();
        let modest = CANDIDATES.iter().filter(|one| one.possible == Half::Yes && !one.is_everything());
        let useful = modest.map(|one| (done(one), one)).filter(|(done, _)| (1..too_many).contains(&done.len()));
        let (done, _) = useful.min_by_key(|(done, one)| (Reverse(done.len()), one.order(&areas(done))))?;
        left.retain(|task| !done.contains(task));
        // The role may exist for both kinds; which kind it should be is for the rule that decides it everywhere.
        let key = choose(allowed_kinds(&done), &questions(&done))?;
        parts.push(Share { key, tasks: done });
    }
    Some(parts)
}
