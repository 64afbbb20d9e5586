//! Keys side by side: which rows differ, and who stands alone.
//!
//! Differences are told on what keys can *do*. "No access" and "Never" have the same effect for different reasons,
//! which is a difference of its own kind; an open question on either side is never counted as a difference.

use serde::Serialize;

use crate::catalogue::{Capability, Individual, Weight, catalogue};
use crate::codes::{Area, Difference, Half};
use crate::evaluate::evaluate;
use crate::evidence::Observation;
use crate::ledger::{Cell, LedgerRow, LedgerSummary, Part};
use crate::subject::Subject;

/// Rows in ledger order and, for two columns or more, who can do what no other can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// One row per area.
    pub rows: Vec<LedgerRow>,
    /// Only for two columns or more.
    pub summary: Option<LedgerSummary>,
}

/// Puts keys side by side, each with what Apple answered to it.
#[must_use]
pub fn compare(columns: &[(Subject, Vec<Observation>)]) -> Comparison {
    let evaluated = columns.iter().map(|(subject, evidence)| (subject.clone(), evaluate(subject, evidence)));
    compare_cells(&evaluated.collect::<Vec<_>>())
}

/// Puts keys side by side by their cells, one per area in ledger order: whatever layer of knowledge they come from.
#[must_use]
pub fn compare_cells(columns: &[(Subject, Vec<Cell>)]) -> Comparison {
    let mut summary = LedgerSummary { alone: vec![0; columns.len()], ..LedgerSummary::default() };
    let rows = Area::ALL
        .iter()
        .enumerate()
        .map(|(row, area)| {
            let cells: Vec<Cell> = columns.iter().filter_map(|(_, column)| column.get(row)).cloned().collect();
            let entries: Vec<Entry<'_>> = columns.iter().map(|(subject, _)| subject).zip(&cells).collect();
            let difference = pairs(&entries)
                .map(|(one, other)| Gap::between(*area, one, other))
                .fold(Gap::default(), Gap::with)
                .difference();
            count(&mut summary, *area, difference, &cells);
            LedgerRow { area: *area, zone: area.zone(), cells, difference }
        })
        .collect();
    Comparison { rows, summary: (columns.len() >= 2).then_some(summary) }
}

type Entry<'a> = (&'a Subject, &'a Cell);

fn pairs<'a>(entries: &'a [Entry<'a>]) -> impl Iterator<Item = (Entry<'a>, Entry<'a>)> {
    entries.iter().enumerate().flat_map(|(at, one)| entries.iter().skip(at + 1).map(|other| (*one, *other)))
}

fn count(summary: &mut LedgerSummary, area: Area, difference: Difference, cells: &[Cell]) {
    let capabilities = catalogue().of(area).count();
    let alone: Vec<bool> = (0..cells.len())
        .map(|column| (0..capabilities).any(|capability| stands_alone(column, capability, cells)))
        .collect();
    for (total, here) in summary.alone.iter_mut().zip(&alone) {
        *total += usize::from(*here);
    }
    match difference {
        Difference::None | Difference::Reason => summary.same += 1,
        Difference::Unsettled => summary.unsettled += 1,
        Difference::Effect => summary.differ += usize::from(!alone.contains(&true)),
    }
}

/// True if this column settledly goes further in this capability than every other one settledly does.
fn stands_alone(column: usize, capability: usize, cells: &[Cell]) -> bool {
    let part = |cell: &Cell| cell.parts.get(capability).map(|part| part.value);
    let mut others = cells.iter().enumerate().filter(|(at, _)| *at != column).filter_map(|(_, cell)| part(cell));
    let Some(here) = cells.get(column).and_then(part) else { return false };
    here.reaches() && others.all(|there| further(here, there))
}

fn further(here: Half, there: Half) -> bool {
    here.is_settled() && there.is_settled() && here.effect().reach() > there.effect().reach()
}

/// What lies between two cells of a row.
#[derive(Clone, Copy, Default)]
struct Gap {
    further: bool,
    open: bool,
    other_reason: bool,
}

impl Gap {
    fn between(area: Area, (first, one): Entry<'_>, (second, other): Entry<'_>) -> Self {
        let mut gap = Self::default();
        for (capability, (here, there)) in catalogue().of(area).zip(one.parts.iter().zip(&other.parts)) {
            gap.further |= further(here.value, there.value) || further(there.value, here.value);
            gap.open |= capability.weight == Weight::Decides && open(capability, (first, here), (second, there));
        }
        let halves = |cell: &Cell| [cell.read.value, cell.write.value];
        gap.other_reason =
            halves(one).iter().zip(halves(other)).any(|(here, there)| (*here == Half::Never) != (there == Half::Never));
        gap
    }

    const fn with(self, other: Self) -> Self {
        Self {
            further: self.further || other.further,
            open: self.open || other.open,
            other_reason: self.other_reason || other.other_reason,
        }
    }

    const fn difference(self) -> Difference {
        if self.further {
            Difference::Effect
        } else if self.open {
            Difference::Unsettled
        } else if self.other_reason {
            Difference::Reason
        } else {
            Difference::None
        }
    }
}

/// True if it cannot be told whether two keys differ here. Not so when the same question is open for both and its
/// answer, whatever it is, will be the same: known and equal roles, asked of the same kind of key or of something
/// an Individual key simply takes from its owner.
fn open(capability: &Capability, (first, here): (&Subject, &Part), (second, there): (&Subject, &Part)) -> bool {
    if here.value.is_settled() && there.value.is_settled() {
        return false;
    }
    let same_roles = !first.roles.is_empty()
        && first.roles.iter().all(|role| second.roles.contains(role))
        && second.roles.iter().all(|role| first.roles.contains(role));
    let same_source = first.kind == second.kind || matches!(capability.individual, Individual::AsOwner);
    !(same_roles && same_source && here.value == there.value)
}
