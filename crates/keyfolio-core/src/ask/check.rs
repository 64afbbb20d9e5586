//! Everything known from asking Apple about one key, for whoever looks closely.

use asc_access::{Capability, catalogue, evaluate, size_of};
use asc_client::{Evidence, Sibling};
use asc_key::KeyKind;
use uuid::Uuid;
use vault::{KeyRecord, Vault};

use super::knowledge::{Knowledge, Known, subject};
use super::stored::{self, OwnerFound, Settled};
use crate::Keyfolio;
use crate::activity;
use crate::library::{key_ref, roles_of, summary};
use crate::view::{
    AnswerView, AppEvent, CheckView, Deed, ExchangeView, IpcError, KeySummary, OwnerView, RateView, RoleFit,
    StandingCode, UnrecognisedView,
};

/// The capability that looking up a person needs.
const READS_USERS: &str = "users_read";

impl Keyfolio {
    /// Everything known from asking Apple about one key.
    ///
    /// # Errors
    /// `key_not_found`, or the vault is closed.
    pub fn check(&self, id: &str) -> Result<CheckView, IpcError> {
        let (key, now) = (key_ref(id)?, self.now());
        self.with_vault(|vault| {
            let record = here(vault, key)?;
            let records = vault.keys()?;
            let knowledge = Knowledge::read(vault, now)?;
            Ok(view(&record, &records, &knowledge))
        })
    }

    /// Keeps the recorded roles although the answers fit others better; nothing more is said about that until the
    /// recorded roles are others.
    ///
    /// # Errors
    /// `key_not_found`, or the vault cannot be written.
    pub fn roles_keep(&self, id: &str) -> Result<(), IpcError> {
        let (key, now) = (key_ref(id)?, self.now());
        self.with_vault(|vault| {
            let record = here(vault, key)?;
            let knowledge = Knowledge::of_one(vault, key, now)?;
            let Some(fit) = fit(&record, &knowledge.of(&record)) else { return Ok(()) };
            vault.write(now, |writing| {
                writing.keep_roles(key, Some(&record.roles))?;
                activity::note(writing, &Deed::RolesKept { instead_of: fit.roles }, Some(&record))
            })?;
            Ok(())
        })?;
        self.tell(AppEvent::KeysChanged);
        Ok(())
    }
}

/// A key that was not removed.
pub(crate) fn here(vault: &Vault, key: Uuid) -> Result<KeyRecord, IpcError> {
    let record = vault.key(key)?;
    if record.removed_at.is_some() { Err(IpcError::KeyNotFound) } else { Ok(record) }
}

/// Whether the answers fit other roles better than the recorded ones, unless the user said to keep those.
fn fit(record: &KeyRecord, known: &Known<'_>) -> Option<RoleFit> {
    if !known.weighs_roles() {
        return None;
    }
    asc_access::roles_that_fit(record.kind, &roles_of(record), &known.evidence).map(RoleFit::from)
}

impl From<asc_access::RoleFit> for RoleFit {
    fn from(fit: asc_access::RoleFit) -> Self {
        let asc_access::RoleFit { roles, agrees, recorded_agrees, of } = fit;
        Self { roles, agrees, recorded_agrees, of }
    }
}

impl From<Evidence> for ExchangeView {
    fn from(evidence: Evidence) -> Self {
        let Evidence { request, status, apple, request_id, at } = evidence;
        Self { request, status, apple, request_id, at }
    }
}

fn view(record: &KeyRecord, records: &[KeyRecord], knowledge: &Knowledge) -> CheckView {
    let known = knowledge.of(record);
    let document = known.check.and_then(|check| check.settled.as_ref()).filter(|_| known.standing.at.is_some());
    let settled = document.and_then(|settled| stored::read::<Settled>(&settled.verdict));
    let unrecognised = settled.as_ref().filter(|settled| settled.code == StandingCode::Unrecognised);
    CheckView {
        key: record.id.to_string(),
        unrecognised: unrecognised.map(|settled| UnrecognisedView {
            causes: settled.causes.clone(),
            sibling: settled.sibling.unwrap_or(Sibling::None),
            ruled_out: settled.ruled_out.clone(),
        }),
        requests: settled.as_ref().map_or(0, |settled| settled.requests),
        clock_off: settled.as_ref().and_then(|settled| settled.clock_off),
        interrupted: settled.as_ref().and_then(|settled| settled.interrupted.clone()),
        exchange: settled.map(|settled| settled.exchange.into()),
        answers: answers(knowledge, &known),
        fit: fit(record, &known),
        rate: known.check.and_then(|check| check.rate).map(|rate| RateView {
            limit: rate.limit,
            remaining: rate.remaining,
            at: rate.at,
        }),
        owner: owner(records, &known),
        could_look_up: could_look_up(record, records, knowledge),
        works_as: known.works_as,
        standing: known.standing,
    }
}

/// The answers in catalogue order.
fn answers(knowledge: &Knowledge, known: &Known<'_>) -> Vec<AnswerView> {
    let answer = |capability: &Capability| {
        let answer = known.answers.iter().find(|answer| answer.capability == capability.code)?;
        Some(AnswerView {
            capability: answer.capability.clone(),
            area: capability.area,
            reading: stored::reading(answer),
            exchange: stored::exchange(answer).into(),
            stale: knowledge.is_stale(answer.at),
        })
    };
    catalogue().capabilities().filter_map(answer).collect()
}

fn owner(records: &[KeyRecord], known: &Known<'_>) -> Option<OwnerView> {
    let dated = known.check?.owner.as_ref()?;
    let found = OwnerFound::read(dated)?;
    let (roles, others) = found.roles();
    let asked_with = records.iter().find(|record| record.id.to_string() == found.asked_with);
    Some(OwnerView {
        roles,
        others,
        apps: found.apps(),
        provisioning: found.provisioning,
        at: dated.at,
        asked_with: asked_with.map(summary),
    })
}

/// Team keys in use that can read people: those Apple accepts and let, or, where that was not asked, those whose role
/// is documented to. The smallest first.
fn could_look_up(record: &KeyRecord, records: &[KeyRecord], knowledge: &Knowledge) -> Vec<KeySummary> {
    if record.kind == KeyKind::Team {
        return Vec::new();
    }
    let team = |other: &&KeyRecord| {
        let in_use = other.kind == KeyKind::Team && other.archived_at.is_none();
        in_use && (record.issuer_id.is_none() || other.issuer_id == record.issuer_id)
    };
    let mut able: Vec<(usize, &KeyRecord)> = records
        .iter()
        .filter(team)
        .filter_map(|other| {
            let known = knowledge.of(other);
            if known.standing.code != StandingCode::Verified {
                return None;
            }
            let cells = evaluate(&subject(other, &known.apps), &[]);
            let mut parts = cells.iter().flat_map(|cell| &cell.parts);
            let documented = parts.find(|part| part.capability == READS_USERS).is_some_and(|part| part.value.reaches());
            let answer = known.answers.iter().find(|answer| answer.capability == READS_USERS);
            let observed = answer.and_then(|answer| stored::reading(answer).allowed());
            observed.unwrap_or(documented).then(|| (size_of(&cells), other))
        })
        .collect();
    able.sort_by_key(|(size, _)| *size);
    able.into_iter().map(|(_, other)| summary(other)).collect()
}
