//! Guards: what a key must not reach, as its user pinned it, held against what is known about the key.
//!
//! A guard is judged, never enforced: Apple decides what a key may do, and nothing here can take a right away. It
//! refuses to pass for kept while nobody knows: an open half makes an open guard.

use asc_access::{Area, Cell};

use crate::view::{Attention, Guard, GuardLimit, GuardState, GuardView, KeyView, StandingCode};

/// The codes under which guards are stored, each once, in the order given.
pub(crate) fn encode(guards: &[Guard]) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for guard in guards {
        let code = format!("{}:{}", guard.area, limit_code(guard.limit));
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// The guard behind a stored code; `None` for one this version does not know.
fn decode(code: &str) -> Option<Guard> {
    let (area, limit) = code.split_once(':')?;
    let limit = [GuardLimit::Reach, GuardLimit::Write].into_iter().find(|known| limit_code(*known) == limit)?;
    Some(Guard { area: area.parse().ok()?, limit })
}

const fn limit_code(limit: GuardLimit) -> &'static str {
    match limit {
        GuardLimit::Reach => "reach",
        GuardLimit::Write => "write",
    }
}

/// Stored guards, each with how it stands. `cells` is the key's access, one cell per area in ledger order.
pub(crate) fn judge(codes: &[String], cells: &[Cell]) -> Vec<GuardView> {
    let view = |Guard { area, limit }| {
        let cell = Area::ALL.iter().zip(cells).find(|(of, _)| **of == area).map(|(_, cell)| cell);
        GuardView { area, limit, state: cell.map_or(GuardState::Open, |cell| state(limit, cell)) }
    };
    codes.iter().filter_map(|code| decode(code)).map(view).collect()
}

fn state(limit: GuardLimit, cell: &Cell) -> GuardState {
    let forbidden = match limit {
        GuardLimit::Reach => &[cell.read.value, cell.write.value][..],
        GuardLimit::Write => &[cell.write.value],
    };
    if forbidden.iter().any(|half| half.reaches()) {
        GuardState::Broken
    } else if forbidden.iter().any(|half| !half.is_settled()) {
        GuardState::Open
    } else {
        GuardState::Holds
    }
}

/// Why a key wants to be looked at, the gravest first. One that was put aside does not.
pub(crate) fn attention(key: &KeyView, roles_differ: bool) -> Vec<Attention> {
    if key.archived_at.is_some() {
        return Vec::new();
    }
    let standing = match key.standing.code {
        StandingCode::Unrecognised => Some(Attention::Unrecognised),
        StandingCode::RefusedEverywhere => Some(Attention::RefusedEverywhere),
        StandingCode::Otherwise => Some(Attention::WorksOtherwise),
        // An agreement is the team's affair.
        StandingCode::Unchecked | StandingCode::Verified | StandingCode::AgreementMissing => None,
    };
    let broken = key.guards.iter().filter(|guard| guard.state == GuardState::Broken);
    let broken = broken.map(|guard| Attention::GuardBroken { area: guard.area, limit: guard.limit });
    let first = standing.into_iter().chain(roles_differ.then_some(Attention::RolesDiffer)).chain(broken);
    first
        .chain((!key.conflicts_with.is_empty()).then_some(Attention::KeyIdTwice))
        .chain(key.look_alike.map(|_| Attention::LookAlike))
        .collect()
}
