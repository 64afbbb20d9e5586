//! What is stored of a check, as documents the vault keeps without reading them.
//!
//! No token, no key and no address of a person is among it. A document of another version that cannot be read counts
//! as nothing known: asking again is always possible, guessing is not.

use asc_access::Role;
use asc_client::{AppleError, Cause, Evidence, Observed, Owner, Reading, Report, RuledOut, Sibling, Trouble, Verdict};
use serde::{Deserialize, Serialize};
use vault::{AnswerRecord, Dated};

use crate::view::{AppsSeen, StandingCode, WorksAs};

/// The last verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Settled {
    pub(super) code: StandingCode,
    /// The shape Apple accepted, where it is not the recorded one.
    pub(super) works_as: Option<WorksAs>,
    /// Why it may not be recognised, likely to unlikely.
    pub(super) causes: Vec<Cause>,
    pub(super) sibling: Option<Sibling>,
    pub(super) ruled_out: Vec<RuledOut>,
    /// The exchange it rests on.
    pub(super) exchange: Evidence,
    /// Requests the check took.
    pub(super) requests: u32,
    pub(super) clock_off: Option<i64>,
    pub(super) interrupted: Option<Trouble>,
    /// Apple accepted the key with these IDs, now or earlier.
    pub(super) worked: bool,
}

/// What of a settled verdict is needed to list a key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Outline {
    pub(super) code: StandingCode,
    pub(super) works_as: Option<WorksAs>,
    pub(super) worked: bool,
}

/// What the owner of an Individual key may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OwnerFound {
    /// In Apple's spelling.
    pub(super) roles: Vec<String>,
    /// None means every app of the team.
    pub(super) apps: Option<Vec<String>>,
    pub(super) provisioning: bool,
    /// The Team key that asked.
    pub(super) asked_with: String,
}

/// Reads a document; `None` if it cannot be read.
pub(super) fn read<T: for<'a> Deserialize<'a>>(document: &str) -> Option<T> {
    serde_json::from_str(document).ok()
}

/// Writes a document. Codes, texts and numbers always serialize.
pub(super) fn write(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl Settled {
    /// What a report settles; `None` if it taught nothing about the key. `works_as` where it is not as recorded.
    pub(super) fn of(report: &Report, works_as: Option<WorksAs>) -> Option<Self> {
        let code = match &report.verdict {
            Verdict::Alive | Verdict::Otherwise { .. } if works_as.is_some() => StandingCode::Otherwise,
            Verdict::Alive | Verdict::Otherwise { .. } => StandingCode::Verified,
            Verdict::AgreementMissing => StandingCode::AgreementMissing,
            Verdict::Unrecognised { .. } => StandingCode::Unrecognised,
            Verdict::RefusedEverywhere => StandingCode::RefusedEverywhere,
            Verdict::NotChecked { .. } => return None,
        };
        let (causes, sibling) = match &report.verdict {
            Verdict::Unrecognised { causes, sibling } => (causes.clone(), Some(*sibling)),
            _ => (Vec::new(), None),
        };
        Some(Self {
            code,
            works_as,
            causes,
            sibling,
            ruled_out: report.ruled_out.clone(),
            exchange: report.evidence.clone(),
            requests: u32::try_from(report.sent.len()).unwrap_or(u32::MAX),
            clock_off: report.clock_off,
            interrupted: report.interrupted.clone(),
            worked: matches!(code, StandingCode::Verified | StandingCode::AgreementMissing),
        })
    }
}

/// An answer as it is stored.
pub(super) fn answer(observed: &Observed) -> AnswerRecord {
    let Evidence { request, status, apple, request_id, at } = observed.evidence.clone();
    AnswerRecord {
        capability: observed.capability.to_owned(),
        reading: observed.reading.code().to_owned(),
        request,
        status,
        apple: apple.as_ref().map(write),
        request_id,
        at,
    }
}

/// What a stored answer means. A reading of a newer version is unclear to this one.
pub(super) fn reading(answer: &AnswerRecord) -> Reading {
    let known = Reading::ALL.iter().copied().find(|known| known.code() == answer.reading);
    known.unwrap_or(Reading::Unclear)
}

/// The exchange of a stored answer.
pub(super) fn exchange(answer: &AnswerRecord) -> Evidence {
    Evidence {
        request: answer.request.clone(),
        status: answer.status,
        apple: answer.apple.as_deref().and_then(read::<AppleError>),
        request_id: answer.request_id.clone(),
        at: answer.at,
    }
}

impl OwnerFound {
    pub(super) fn of(owner: Owner, asked_with: String) -> Self {
        let apps = (!owner.all_apps).then_some(owner.apps);
        Self { roles: owner.roles, apps, provisioning: owner.provisioning, asked_with }
    }

    pub(super) fn read(owner: &Dated) -> Option<Self> {
        read(&owner.document)
    }

    /// The roles the catalogue knows, and the others in Apple's spelling.
    pub(super) fn roles(&self) -> (Vec<Role>, Vec<String>) {
        let known = self.roles.iter().filter_map(|role| role.parse().ok()).collect();
        let others = self.roles.iter().filter(|role| role.parse::<Role>().is_err()).cloned().collect();
        (known, others)
    }

    pub(super) fn apps(&self) -> AppsSeen {
        match &self.apps {
            None => AppsSeen::All,
            Some(ids) => AppsSeen::Some { ids: ids.clone() },
        }
    }
}
