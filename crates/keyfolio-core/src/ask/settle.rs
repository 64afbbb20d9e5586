//! What becomes of a report: the verdict, the answers, the apps, the team's agreement and the note about it, in one
//! writing, or nothing of it.
//!
//! Trouble is kept beside what Apple said before and replaces none of it. A report about IDs the key no longer has is
//! dropped: it answers a question nobody asks any more.

use asc_access::{Half, evaluate};
use asc_client::{Observed, Reading, Report, Verdict};
use asc_key::token::TokenShape;
use asc_key::{IssuerId, KeyKind};
use uuid::Uuid;
use vault::{Allowance, AnswerRecord, AppListing, AppRecord, AskedAs, CheckOutcome, Dated, KeyRecord, Vault};

use super::knowledge::{Knowledge, is_about, subject};
use super::stored::{self, Settled};
use super::tally::End;
use crate::Keyfolio;
use crate::activity;
use crate::view::{AppsSeen, Deed, IpcError, RequestLine, StandingCode, WorksAs};

impl Keyfolio {
    /// Keeps what a check found about a key, and says how the check ended.
    ///
    /// # Errors
    /// When the key is gone or has other IDs now, or the vault cannot be written.
    pub(super) fn settle_check(&self, key: Uuid, asked: &AskedAs, report: &Report) -> Result<End, IpcError> {
        let now = self.now();
        self.with_vault(|vault| {
            let record = vault.key(key)?;
            if record.removed_at.is_some() || !is_about(&record, asked) {
                return Err(IpcError::ChangedElsewhere);
            }
            let works_as = works_as(&record, report);
            let settled = Settled::of(report, works_as);
            let deed = deed(&record, settled.as_ref(), report);
            let outcome = outcome(vault, &record, settled.clone(), report, now)?;
            let apps = report.apps.as_ref().map(|apps| listing(apps, report));
            let agreement = agreement(vault, report)?;
            vault.write(now, |writing| {
                writing.record_check(key, &outcome)?;
                if let Some(apps) = &apps {
                    writing.record_apps(key, apps)?;
                }
                if let Some((issuer, missing)) = &agreement {
                    writing.set_agreement_missing(issuer, *missing)?;
                }
                activity::note(writing, &deed, Some(&record))
            })?;
            Ok(end(settled.as_ref()))
        })
    }
}

fn end(settled: Option<&Settled>) -> End {
    match settled.map(|settled| settled.code) {
        None | Some(StandingCode::Unchecked) => End::Unreached,
        Some(StandingCode::Verified) => End::Verified,
        Some(StandingCode::Otherwise | StandingCode::AgreementMissing) => End::Noted,
        Some(StandingCode::Unrecognised | StandingCode::RefusedEverywhere) => End::Rejected,
    }
}

/// The shape Apple accepted, where the record says another or leaves it open.
fn works_as(record: &KeyRecord, report: &Report) -> Option<WorksAs> {
    let accepted = matches!(report.verdict, Verdict::Alive | Verdict::Otherwise { .. } | Verdict::AgreementMissing);
    let works_as = WorksAs { kind: report.shape.kind(), issuer_id: report.shape.issuer().map(ToString::to_string) };
    let same_team = record.kind == KeyKind::Individual || record.issuer_id.as_ref() == report.shape.issuer();
    (accepted && !(record.kind == works_as.kind && same_team)).then_some(works_as)
}

fn outcome(
    vault: &Vault,
    record: &KeyRecord,
    settled: Option<Settled>,
    report: &Report,
    now: i64,
) -> Result<CheckOutcome, IpcError> {
    let knowledge = Knowledge::of_one(vault, record.id, now)?;
    let known = knowledge.of(record);
    let at = report.evidence.at;
    let unreached = match &report.verdict {
        Verdict::NotChecked { trouble } => Some(Dated { document: stored::write(trouble), at }),
        _ => None,
    };
    let accepted = settled.as_ref().is_some_and(|settled| settled.worked);
    let older_are_others = settled.is_some() && known.standing.code == StandingCode::Unchecked;
    let settled = settled.map(|settled| {
        let settled = Settled { worked: settled.worked || known.worked, ..honest(settled, record) };
        let asked = super::knowledge::identity(record);
        vault::Settled { verdict: stored::write(&settled), at, asked }
    });
    Ok(CheckOutcome {
        settled,
        accepted_at: accepted.then_some(at),
        unreached,
        answers: report.observed.iter().filter(|one| replaces(one, known.answers)).map(stored::answer).collect(),
        forget_older_answers: older_are_others,
        rate: report.rate.as_ref().and_then(|rate| {
            let (limit, remaining) = (rate.hour_limit()?, rate.hour_left()?);
            Some(Allowance { limit, remaining, at })
        }),
    })
}

/// A Team key whose team nobody named cannot have a wrong Issuer ID; its team may be one that is not known here.
fn honest(mut settled: Settled, record: &KeyRecord) -> Settled {
    use asc_client::Cause::{UnknownIssuer, WrongIssuer};
    if record.kind == KeyKind::Team && record.issuer_id.is_none() {
        let wrong = settled.causes.iter_mut().filter(|cause| **cause == WrongIssuer);
        wrong.for_each(|cause| *cause = UnknownIssuer);
    }
    settled
}

/// An answer that allows or refuses takes the place of any older one; one that says neither only of its like.
fn replaces(observed: &Observed, older: &[AnswerRecord]) -> bool {
    let says = |reading: Reading| reading.allowed().is_some();
    let older = older.iter().find(|answer| answer.capability == observed.capability);
    observed.reading != Reading::NotLearned
        && (says(observed.reading) || older.is_none_or(|older| !says(stored::reading(older))))
}

fn listing(apps: &[asc_client::App], report: &Report) -> AppListing {
    let record = |app: &asc_client::App| AppRecord {
        id: app.id.clone(),
        name: app.name.clone(),
        bundle_id: app.bundle_id.clone(),
        issuer_id: None,
    };
    AppListing {
        team: report.shape.issuer().cloned(),
        apps: apps.iter().map(record).collect(),
        whole: true,
        at: report.evidence.at,
    }
}

/// What the report says about the agreement of the team that was asked with: missing since then, or no longer.
fn agreement(vault: &Vault, report: &Report) -> Result<Option<(IssuerId, Option<i64>)>, IpcError> {
    let TokenShape::Team(issuer) = &report.shape else { return Ok(None) };
    let missing = match &report.verdict {
        Verdict::AgreementMissing => Some(report.evidence.at),
        Verdict::Alive | Verdict::Otherwise { .. } => None,
        Verdict::Unrecognised { .. } | Verdict::RefusedEverywhere | Verdict::NotChecked { .. } => return Ok(None),
    };
    let before = vault.issuers()?.get(issuer).and_then(|team| team.agreement_missing_at);
    // A banner says since when; it does not begin anew with every key of the team.
    Ok((before.is_some() != missing.is_some()).then(|| (issuer.clone(), missing)))
}

fn deed(record: &KeyRecord, settled: Option<&Settled>, report: &Report) -> Deed {
    let trouble = match &report.verdict {
        Verdict::NotChecked { trouble } => Some(trouble.clone()),
        _ => report.interrupted.clone(),
    };
    let said: Vec<bool> = agreeing(record, report);
    Deed::Checked {
        standing: settled.map_or(StandingCode::Unchecked, |settled| settled.code),
        trouble,
        agree: said.iter().filter(|agrees| **agrees).count(),
        of: said.len(),
        requests: report
            .sent
            .iter()
            .map(|sent| RequestLine { request: sent.request.clone(), status: sent.status, reading: sent.reading })
            .collect(),
    }
}

/// For each answer that allows or refuses: whether the catalogue says the same.
fn agreeing(record: &KeyRecord, report: &Report) -> Vec<bool> {
    let cells = evaluate(&subject(record, &AppsSeen::Unknown), &[]);
    let documented = |capability: &str| {
        let mut parts = cells.iter().flat_map(|cell| &cell.parts);
        parts.find(|part| part.capability == capability).map_or(Half::Unknown, |part| part.documented)
    };
    let agrees = |observed: &Observed| {
        let documented = documented(observed.capability);
        let allowed = observed.reading.allowed()?;
        Some(if allowed { documented.reaches() } else { documented.effect() == Half::No })
    };
    report.observed.iter().filter_map(agrees).collect()
}
