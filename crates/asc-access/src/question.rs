//! Which key can do this? One question, one key, one answer.
//!
//! The answer names the capabilities that decided, so that "why" never needs a second look. A question about some
//! apps takes away what the key's owner does not see; it never adds anything, and where Apple has not said which
//! apps those are, a "yes" becomes "unknown" instead of a promise.

use crate::catalogue::{Capability, Weight, catalogue};
use crate::codes::{Area, AskedHalf, Basis, Half, Reason};
use crate::evaluate::evaluate;
use crate::evidence::Observation;
use crate::ledger::{Access, Cell, Part};
use crate::operations::Operation;
use crate::subject::{AppScope, Subject};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub enum Question {
    /// May it read or write in an area?
    Area {
        /// The row of the ledger.
        area: Area,
        /// Which half of it.
        half: AskedHalf,
    },
    /// Does it have a capability, whole?
    Capability(&'static Capability),
    /// May it call an operation?
    Operation(&'static Operation),
}

/// What one key's answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whether it can.
    pub value: Half,
    /// The weakest of what decided it.
    pub basis: Basis,
    /// Why.
    pub reason: Reason,
    /// The capabilities that decided.
    pub parts: Vec<Part>,
}

/// One key's answer.
#[must_use]
pub fn who_can(question: &Question, scope: &AppScope, subject: &Subject, evidence: &[Observation]) -> Answer {
    answer(question, scope, subject, &evaluate(subject, evidence))
}

/// One key's answer, from cells [`evaluate`] gave for it. For asking one key many questions.
#[must_use]
pub fn answer(question: &Question, scope: &AppScope, subject: &Subject, cells: &[Cell]) -> Answer {
    let (Access { value, basis, reason }, parts) = decide(question, scope, subject, cells);
    Answer { value, basis, reason, parts: parts.into_iter().cloned().collect() }
}

/// The same with the parts where they are.
pub(crate) fn decide<'a>(
    question: &Question,
    scope: &AppScope,
    subject: &Subject,
    cells: &'a [Cell],
) -> (Access, Vec<&'a Part>) {
    let area = question.area();
    let cell = Area::ALL.iter().zip(cells).find(|(one, _)| **one == area).map(|(_, cell)| cell);
    let (access, parts) = cell.and_then(|cell| ask(question, cell)).unwrap_or((Access::UNSAID, Vec::new()));
    (within(scope, area, subject, access), parts)
}

impl Question {
    /// The row of the ledger it is about.
    #[must_use]
    pub const fn area(&self) -> Area {
        match self {
            Self::Area { area, .. } => *area,
            Self::Capability(capability) => capability.area,
            Self::Operation(operation) => operation.area,
        }
    }
}

type Asked<'a> = Option<(Access, Vec<&'a Part>)>;

fn ask<'a>(question: &Question, cell: &'a Cell) -> Asked<'a> {
    let named = |codes: &[&str]| cell.parts.iter().filter(|part| codes.contains(&part.capability)).collect::<Vec<_>>();
    match question {
        Question::Area { area, half } => {
            let writing = match half {
                AskedHalf::Read => false,
                AskedHalf::Write => true,
                AskedHalf::Any => cell.write.value.reach() > cell.read.value.reach(),
            };
            let access = if writing { cell.write } else { cell.read };
            Some((access, deciding(*area, writing, access, cell)))
        }
        Question::Capability(capability) => {
            let parts = named(&[capability.code]);
            Some((parts.first()?.whole(), parts))
        }
        Question::Operation(operation) => {
            let parts = named(operation.capabilities);
            let writing = operation.method.writes();
            let accesses: Vec<Access> = parts.iter().map(|part| part.access(writing)).collect();
            Some((Access::join(&accesses, &[])?, parts))
        }
    }
}

/// The parts that made a half what it is: those it consists of, and the details that lifted it.
fn deciding(area: Area, writing: bool, access: Access, cell: &Cell) -> Vec<&Part> {
    let parts = catalogue().of(area).zip(&cell.parts);
    let on_side = parts.filter(|(one, _)| if writing { one.side.writes() } else { one.side.reads() });
    let counts = |one: &Capability, part: &Part| {
        one.weight == Weight::Decides || (access.value == Half::Part && part.value.reaches())
    };
    on_side.filter(|(one, part)| counts(one, part)).map(|(_, part)| part).collect()
}

impl Part {
    /// Both sides together, for the reason of the side that makes it no more than it is.
    pub(crate) fn whole(&self) -> Access {
        let side = [self.write, self.read].into_iter().flatten().find(|one| one.basis == self.basis);
        let reason = side.map_or(Reason::Role, |one| one.reason);
        Access { value: self.value, basis: self.basis, reason }
    }

    /// Its reading or writing; what has only one side stands for both.
    fn access(&self, writing: bool) -> Access {
        let side = if writing { self.write } else { self.read };
        side.unwrap_or_else(|| self.whole())
    }
}

fn within(scope: &AppScope, area: Area, subject: &Subject, access: Access) -> Access {
    if !area.is_per_app() || access.value.effect() == Half::No {
        return access;
    }
    match subject.covers(scope) {
        // Which apps a person sees is only ever known from Apple's answer.
        Half::No => Access { value: Half::No, basis: Basis::Observed, reason: Reason::AppNotVisible },
        Half::Unknown if access.value.reaches() => {
            Access { value: Half::Unknown, basis: Basis::Unknown, reason: Reason::AppsUnknown }
        }
        _ => access,
    }
}
