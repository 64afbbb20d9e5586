//! From a kind and roles to eleven cells.
//!
//! Pure: the same question gives the same answer, from the catalogue alone. Three rules keep it honest. Roles
//! join: a key with several reaches what any of them reaches, so adding one never takes anything away. An unknown
//! role is not guessed: a value stands only if every role such a key can have agrees on it. And a half is "no" only
//! if nothing under it is known to be allowed.

use asc_key::KeyKind;

use crate::catalogue::{Capability, Finding, Side, Weight, catalogue, selectable_roles};
use crate::codes::{Area, Basis, Half, Level, Reason, Role};
use crate::ledger::{Cell, Part};

/// What a key of this kind with these roles may do: one cell per area, in ledger order.
///
/// For an Individual key the roles are its owner's. Empty means the roles are not known.
#[must_use]
pub fn evaluate(kind: KeyKind, roles: &[Role]) -> Vec<Cell> {
    Area::ALL.iter().map(|area| cell(*area, kind, roles)).collect()
}

fn cell(area: Area, kind: KeyKind, roles: &[Role]) -> Cell {
    let capabilities: Vec<&Capability> = catalogue().of(area).collect();
    let parts: Vec<Part> = capabilities.iter().map(|one| part(one, kind, roles)).collect();
    let weighed: Vec<Weighed> = capabilities
        .iter()
        .zip(&parts)
        .map(|(capability, part)| Weighed { side: capability.side, weight: capability.weight, part })
        .collect();

    let read = half(&weighed, Side::reads).unwrap_or(Half::No);
    // Nothing can be written in a reports area; the empty half follows the kind of closure beside it.
    let nothing_to_write = if read == Half::Never { Half::Never } else { Half::No };
    let write = half(&weighed, Side::writes).unwrap_or(nothing_to_write);
    let level = level(read, write);
    let reason = reason(read, write, roles, kind, &capabilities);
    Cell {
        level,
        read,
        write,
        label: label(area, level, read, write, &parts),
        basis: basis(level, &weighed),
        reason,
        parts,
    }
}

/// A part together with what the catalogue says it counts for.
struct Weighed<'a> {
    side: Side,
    weight: Weight,
    part: &'a Part,
}

fn part(capability: &Capability, kind: KeyKind, roles: &[Role]) -> Part {
    let found = if roles.is_empty() {
        agreed(capability, kind)
    } else {
        let findings: Vec<&Finding> = roles.iter().map(|role| capability.finding(kind, *role)).collect();
        Some(join(&findings))
    };
    let (value, basis, note, sources) = found.unwrap_or((Half::Unknown, Basis::Unknown, None, Vec::new()));
    Part { capability: capability.code, value, basis, note, sources }
}

type Joined = (Half, Basis, Option<&'static str>, Vec<crate::ledger::Source>);

/// What several roles give together: the furthest of them, with the evidence of those that reach it.
fn join(findings: &[&Finding]) -> Joined {
    let furthest = findings.iter().map(|one| one.value).max_by_key(|value| value.reach()).unwrap_or(Half::Unknown);
    let mut winners: Vec<&&Finding> = findings.iter().filter(|one| one.value == furthest).collect();
    winners.sort_by_key(|one| one.basis);
    let basis = winners.first().map_or(Basis::Unknown, |one| one.basis);
    let note = winners.iter().find_map(|one| one.note);
    let mut sources = Vec::new();
    for source in winners.iter().flat_map(|one| one.sources) {
        if !sources.contains(source) {
            sources.push(*source);
        }
    }
    (furthest, basis, note, sources)
}

/// What every role such a key can have agrees on, at the strength of the weakest.
fn agreed(capability: &Capability, kind: KeyKind) -> Option<Joined> {
    let findings: Vec<&Finding> = selectable_roles(kind)
        .iter()
        .filter(|candidate| candidate.finding.value != Half::No)
        .map(|candidate| capability.finding(kind, candidate.role))
        .collect();
    let first = findings.first()?;
    if findings.iter().any(|one| one.value != first.value) {
        return None;
    }
    let weakest = findings.iter().map(|one| one.basis).max()?;
    let (value, _, note, sources) = join(&findings);
    Some((value, weakest, note, sources))
}

/// One half of the cell, or `None` if the area has no capability on that side.
fn half(weighed: &[Weighed<'_>], on_side: fn(Side) -> bool) -> Option<Half> {
    let values = |weight: Weight| {
        weighed.iter().filter(move |one| one.weight == weight && on_side(one.side)).map(|one| one.part.value)
    };
    let deciding: Vec<Half> = values(Weight::Decides).collect();
    let first = *deciding.first()?;
    if deciding.iter().all(|value| *value == first) && matches!(first, Half::Yes | Half::Never) {
        return Some(first);
    }
    let reaches = |value: &Half| matches!(value, Half::Yes | Half::Part);
    Some(if deciding.iter().any(reaches) || values(Weight::Detail).any(|value| reaches(&value)) {
        Half::Part
    } else if deciding.contains(&Half::Disputed) {
        Half::Disputed
    } else if deciding.contains(&Half::Unknown) {
        Half::Unknown
    } else {
        Half::No
    })
}

const fn level(read: Half, write: Half) -> Level {
    use Half::{Disputed, Never, No, Part, Unknown, Yes};
    match (read, write) {
        (Yes, Yes) => Level::Manage,
        (Part, _) | (_, Part | Yes) => Level::Limited,
        (Yes, _) => Level::View,
        (Disputed, _) | (_, Disputed) => Level::Disputed,
        (Unknown, _) | (_, Unknown) => Level::Unclear,
        (Never, Never) => Level::Never,
        (No | Never, No | Never) => Level::None,
    }
}

/// The weakest basis the cell's certain parts rest on; an open cell rests on nothing.
fn basis(level: Level, weighed: &[Weighed<'_>]) -> Basis {
    match level {
        Level::Unclear => Basis::Unknown,
        Level::Disputed => Basis::Disputed,
        _ => weighed
            .iter()
            .filter(|one| one.weight == Weight::Decides && one.part.value.is_settled())
            .map(|one| one.part.basis)
            .max()
            .unwrap_or(Basis::Unknown),
    }
}

fn reason(read: Half, write: Half, roles: &[Role], kind: KeyKind, capabilities: &[&Capability]) -> Reason {
    if read == Half::Never && write == Half::Never {
        return Reason::Kind;
    }
    if !(read.is_settled() && write.is_settled()) {
        let split = |one: &&Capability| one.weight == Weight::Decides && agreed(one, kind).is_none();
        if roles.is_empty() && capabilities.iter().any(split) {
            return Reason::RoleUnknown;
        }
        let disputed = read == Half::Disputed || write == Half::Disputed;
        return if disputed { Reason::SourcesDisagree } else { Reason::NoSource };
    }
    Reason::Role
}

/// A label where the level alone says too little. Words under `access.label.<code>`.
fn label(area: Area, level: Level, read: Half, write: Half, parts: &[Part]) -> Option<&'static str> {
    let has = |code: &str| parts.iter().any(|one| one.capability == code && one.value == Half::Yes);
    match (area, level) {
        (Area::Apps, Level::Limited) if has("metadata_write") => Some("edit_metadata_view"),
        (Area::Apps, Level::Limited) if has("game_center") => Some("game_center_view"),
        (Area::Builds, Level::Limited) if has("builds_upload") => Some("upload_view"),
        (Area::Pricing, Level::Limited) => Some("in_app_purchases"),
        (Area::Reviews, Level::Manage) => Some("reply_view"),
        (Area::Reviews, Level::View) if !write.is_settled() => Some("view_reply_open"),
        (Area::Analytics, Level::Manage) => Some("request_download"),
        (Area::Analytics | Area::Sales | Area::Finance, Level::View) => Some("download"),
        (Area::Notary, Level::Manage) => Some("submit"),
        (_, Level::View) if !write.is_settled() => Some("view_write_open"),
        (_, Level::Unclear) if read == Half::Unknown && write == Half::No => Some("view_open"),
        _ => None,
    }
}

/// Every label code [`evaluate`] can give.
pub const LABELS: &[&str] = &[
    "edit_metadata_view",
    "game_center_view",
    "upload_view",
    "in_app_purchases",
    "reply_view",
    "view_reply_open",
    "request_download",
    "download",
    "submit",
    "view_write_open",
    "view_open",
];
