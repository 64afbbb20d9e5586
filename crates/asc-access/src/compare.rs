//! Keys side by side: which rows differ, and who reaches further.
//!
//! Differences are told on what keys can *do*. "No access" and "Never" have the same effect for different reasons,
//! which is a difference of its own kind; an open question on either side is never counted as a difference.

use asc_key::KeyKind;
use serde::Serialize;

use crate::catalogue::{Capability, Individual, Weight, catalogue};
use crate::codes::{Area, Difference, Half, Role};
use crate::evaluate::evaluate;
use crate::ledger::{Cell, LedgerRow, LedgerSummary};

/// What stands in a column: a key's kind and roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Team or Individual.
    pub kind: KeyKind,
    /// Its role, or its owner's roles; empty means not known.
    pub roles: Vec<Role>,
}

/// Rows in ledger order and, for exactly two columns, who reaches further where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// One row per area.
    pub rows: Vec<LedgerRow>,
    /// Only for two columns.
    pub summary: Option<LedgerSummary>,
}

/// Puts columns side by side.
#[must_use]
pub fn compare(columns: &[Column]) -> Comparison {
    let evaluated: Vec<Vec<Cell>> = columns.iter().map(|one| evaluate(one.kind, &one.roles)).collect();
    let mut summary = LedgerSummary::default();
    let rows = Area::ALL
        .iter()
        .enumerate()
        .map(|(row, area)| {
            let cells: Vec<Cell> = evaluated.iter().filter_map(|column| column.get(row)).cloned().collect();
            let gaps = pairs(columns, &cells).map(|(first, second)| Gap::between(*area, first, second));
            let gap = gaps.fold(Gap::default(), Gap::with);
            gap.count(&mut summary);
            LedgerRow { area: *area, zone: area.zone(), cells, difference: gap.difference() }
        })
        .collect();
    Comparison { rows, summary: (columns.len() == 2).then_some(summary) }
}

type Entry<'a> = (&'a Column, &'a Cell);

fn pairs<'a>(columns: &'a [Column], cells: &'a [Cell]) -> impl Iterator<Item = (Entry<'a>, Entry<'a>)> {
    let entries: Vec<Entry<'a>> = columns.iter().zip(cells).collect();
    let last = entries.len();
    (0..last).flat_map(move |first| {
        let entries = entries.clone();
        (first + 1..last).filter_map(move |second| Some((*entries.get(first)?, *entries.get(second)?)))
    })
}

/// What lies between two cells of a row.
#[derive(Clone, Copy, Default)]
struct Gap {
    first_further: bool,
    second_further: bool,
    open: bool,
    other_reason: bool,
}

impl Gap {
    fn between(area: Area, first: Entry<'_>, second: Entry<'_>) -> Self {
        let mut gap = Self::default();
        let parts = first.1.parts.iter().zip(&second.1.parts);
        for (capability, (one, other)) in catalogue().of(area).zip(parts) {
            if one.value.is_settled() && other.value.is_settled() {
                let (here, there) = (one.value.effect().reach(), other.value.effect().reach());
                gap.first_further |= here > there;
                gap.second_further |= there > here;
            } else if capability.weight == Weight::Decides && !same_question(capability, first.0, second.0) {
                gap.open = true;
            }
        }
        let halves = |cell: &Cell| [cell.read, cell.write];
        gap.other_reason = halves(first.1)
            .iter()
            .zip(halves(second.1))
            .any(|(one, other)| (*one == Half::Never) != (other == Half::Never));
        gap
    }

    const fn with(self, other: Self) -> Self {
        Self {
            first_further: self.first_further || other.first_further,
            second_further: self.second_further || other.second_further,
            open: self.open || other.open,
            other_reason: self.other_reason || other.other_reason,
        }
    }

    const fn difference(self) -> Difference {
        if self.first_further || self.second_further {
            Difference::Effect
        } else if self.open {
            Difference::Unsettled
        } else if self.other_reason {
            Difference::Reason
        } else {
            Difference::None
        }
    }

    fn count(self, summary: &mut LedgerSummary) {
        summary.first_further += usize::from(self.first_further);
        summary.second_further += usize::from(self.second_further);
        match self.difference() {
            Difference::None | Difference::Reason => summary.same += 1,
            Difference::Unsettled => summary.unsettled += 1,
            Difference::Effect => {}
        }
    }
}

/// True if whatever the open answer turns out to be, it is the same for both: the same known roles, asked either
/// of the same kind of key or of something an Individual key simply takes from its owner.
fn same_question(capability: &Capability, first: &Column, second: &Column) -> bool {
    let same_roles = !first.roles.is_empty()
        && first.roles.iter().all(|role| second.roles.contains(role))
        && second.roles.iter().all(|role| first.roles.contains(role));
    same_roles && (first.kind == second.kind || matches!(capability.individual, Individual::AsOwner))
}
