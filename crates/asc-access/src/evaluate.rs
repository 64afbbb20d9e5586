//! From a kind, roles and Apple's answers to eleven cells.
//!
//! Pure: the same question gives the same answer, from the catalogue and the evidence handed in. Three rules keep
//! it honest. Roles join: a key with several reaches what any of them reaches, so adding one never takes anything
//! away. An unknown role is not guessed: a value stands only if every role such a key can have agrees on it. And a
//! half is "no" only if nothing under it is known to be allowed.

use asc_key::KeyKind;

use crate::catalogue::{Capability, Finding, Side, Weight, catalogue, selectable_roles};
use crate::codes::{Area, Basis, Half, Level, Reason, Role};
use crate::evidence::{Documented, Observation, Observed, answered_only, contradicts, newest, part, shut};
use crate::ledger::{Access, Cell, Part, Source};
use crate::subject::Subject;

/// What a key may do: one cell per area, in ledger order. Without evidence, the catalogue alone answers.
#[must_use]
pub fn evaluate(subject: &Subject, evidence: &[Observation]) -> Vec<Cell> {
    Area::ALL.iter().map(|area| cell(*area, subject, evidence)).collect()
}

fn cell(area: Area, subject: &Subject, evidence: &[Observation]) -> Cell {
    let capabilities: Vec<&Capability> = catalogue().of(area).collect();
    let answers: Vec<Option<Observed>> = capabilities.iter().map(|one| newest(evidence, one)).collect();
    let shut = shut(&capabilities, &answers);
    let parts: Vec<Part> = capabilities
        .iter()
        .zip(answers)
        .map(|(one, answer)| part(one, documented(one, subject.kind, &subject.roles), answer, shut))
        .collect();
    let contradicted = capabilities.iter().zip(&parts).any(|(capability, part)| contradicts(capability, part));
    assemble(area, &capabilities, parts, contradicted)
}

/// The same cells with nothing in them but Apple's answers: what was not asked is unknown, whatever is documented, and
/// so is all writing that no refusal closes. Where an answer and the catalogue differ, the cell still says so.
#[must_use]
pub fn observed_only(cells: &[Cell]) -> Vec<Cell> {
    let told = |(area, cell): (&Area, &Cell)| {
        let capabilities: Vec<&Capability> = catalogue().of(*area).collect();
        let answers: Vec<Option<Observed>> = cell.parts.iter().map(|part| part.observed).collect();
        let shut = shut(&capabilities, &answers);
        let parts = capabilities.iter().zip(&cell.parts).map(|(one, part)| answered_only(one, part, shut)).collect();
        assemble(*area, &capabilities, parts, cell.contradicted)
    };
    Area::ALL.iter().zip(cells).map(told).collect()
}

/// A cell from its parts.
fn assemble(area: Area, capabilities: &[&Capability], parts: Vec<Part>, contradicted: bool) -> Cell {
    let read = half(capabilities, &parts, Side::reads, |one| one.read).unwrap_or(Access::UNSAID);
    let write = half(capabilities, &parts, Side::writes, |one| one.write).unwrap_or_else(|| nothing_to_write(read));
    let level = level(read.value, write.value);
    Cell {
        level,
        label: label(area, level, read.value, write.value, &parts),
        basis: basis(level, capabilities, &parts),
        read,
        write,
        contradicted,
        parts,
    }
}

/// The half an area of reports does not have. Apple's description of the API shows that there is nothing to
/// write; where the kind of key closes reading, the empty half is closed with it, and where nothing is told of
/// reading, nothing is told of it.
const fn nothing_to_write(read: Access) -> Access {
    match (read.value, read.reason) {
        (Half::Never, _) | (_, Reason::NotAsked) => read,
        _ => Access { value: Half::No, basis: Basis::Spec, reason: Reason::NothingToWrite },
    }
}

fn documented(capability: &Capability, kind: KeyKind, roles: &[Role]) -> Documented {
    let found = if roles.is_empty() {
        agreed(capability, kind)
    } else {
        let findings: Vec<&Finding> = roles.iter().map(|role| capability.finding(kind, *role)).collect();
        Some(join(&findings))
    };
    let reason = match found.as_ref().map(|(value, ..)| value) {
        None => Reason::RoleUnknown,
        Some(Half::Never) => Reason::Kind,
        Some(Half::Unknown) => Reason::NoSource,
        Some(Half::Disputed) => Reason::SourcesDisagree,
        Some(Half::Yes | Half::Part | Half::No) => Reason::Role,
    };
    let (value, basis, note, sources) = found.unwrap_or((Half::Unknown, Basis::Unknown, None, Vec::new()));
    Documented { access: Access { value, basis, reason }, note, sources }
}

type Joined = (Half, Basis, Option<&'static str>, Vec<Source>);

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

/// One half of the cell, or `None` if the area has no deciding capability on that side.
fn half(
    capabilities: &[&Capability],
    parts: &[Part],
    on_side: fn(Side) -> bool,
    access: fn(&Part) -> Option<Access>,
) -> Option<Access> {
    let of = |weight: Weight| -> Vec<Access> {
        let here = capabilities.iter().zip(parts).filter(|(one, _)| one.weight == weight && on_side(one.side));
        here.filter_map(|(_, part)| access(part)).collect()
    };
    Access::join(&of(Weight::Decides), &of(Weight::Detail))
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
fn basis(level: Level, capabilities: &[&Capability], parts: &[Part]) -> Basis {
    match level {
        Level::Unclear => Basis::Unknown,
        Level::Disputed => Basis::Disputed,
        _ => {
            let deciding = capabilities.iter().zip(parts).filter(|(one, _)| one.weight == Weight::Decides);
            let certain = deciding.filter(|(_, part)| part.value.is_settled());
            certain.map(|(_, part)| part.basis).max().unwrap_or(Basis::Unknown)
        }
    }
}

/// A label where the level alone says too little. Words under `access.label.<code>`.
fn label(area: Area, level: Level, read: Half, write: Half, parts: &[Part]) -> Option<&'static str> {
    let has = |code: &str| parts.iter().any(|one| one.capability == code && one.value == Half::Yes);
    let reaches = |code: &str| parts.iter().any(|one| one.capability == code && one.value.reaches());
    match (area, level) {
        (Area::Apps, Level::Limited) if has("metadata_write") => Some("edit_metadata_view"),
        (Area::Apps, Level::Limited) if has("game_center") => Some("game_center_view"),
        (Area::Builds, Level::Limited) if has("builds_upload") => Some("upload_view"),
        (Area::Pricing, Level::Limited) if !reaches("pricing") => Some("in_app_purchases"),
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
