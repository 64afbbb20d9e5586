//! What Apple has said, laid over the records when they are read.
//!
//! An answer belongs to the identity that was asked about: Key ID, kind and, for a Team key, Issuer ID. When the user
//! changes one of them the answer stays stored and counts no longer, unless the change is what the answer said the
//! key works as. So nothing has to be thrown away, and changing back brings everything back.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use asc_access::{Observation, Outcome, Subject, VisibleApps, catalogue};
use asc_key::{IssuerId, KeyKind};
use uuid::Uuid;
use vault::{AnswerRecord, AskedAs, CheckRecord, IssuerRecord, KeyRecord, Vault};

use super::stored::{self, Outline, OwnerFound};
use crate::library::roles_of;
use crate::view::{AppsSeen, IpcError, Standing, StandingCode, Unreached, WorksAs};

/// Milliseconds after which an answer is called stale.
pub(crate) const STALE_AFTER: i64 = 30 * super::A_DAY;

/// Everything Apple has said about the stored keys.
pub(crate) struct Knowledge {
    checks: HashMap<Uuid, CheckRecord>,
    answers: HashMap<Uuid, Vec<AnswerRecord>>,
    pub(crate) issuers: BTreeMap<IssuerId, IssuerRecord>,
    seen: HashMap<Uuid, Vec<String>>,
    now: i64,
}

/// What Apple has said about one key.
pub(crate) struct Known<'a> {
    pub(crate) standing: Standing,
    /// The shape it works in, where that is not the recorded one.
    pub(crate) works_as: Option<WorksAs>,
    pub(crate) apps: AppsSeen,
    /// The answers that count for it, as the catalogue takes them.
    pub(crate) evidence: Vec<Observation>,
    /// The answers that count for it, as they are stored.
    pub(super) answers: &'a [AnswerRecord],
    pub(super) check: Option<&'a CheckRecord>,
    /// Apple accepted it with the recorded IDs, now or earlier.
    pub(super) worked: bool,
    /// The user keeps the recorded roles, whatever the answers fit.
    roles_kept: bool,
}

impl Known<'_> {
    /// Whether the answers are held against the recorded roles.
    pub(crate) fn weighs_roles(&self) -> bool {
        self.standing.code == StandingCode::Verified && !self.roles_kept
    }
}

impl Knowledge {
    pub(crate) fn read(vault: &Vault, now: i64) -> Result<Self, IpcError> {
        Ok(Self {
            checks: vault.checks()?,
            answers: vault.answers()?,
            issuers: vault.issuers()?,
            seen: vault.apps_seen()?,
            now,
        })
    }

    /// The same for one key, without reading what was said about the others.
    pub(crate) fn of_one(vault: &Vault, key: Uuid, now: i64) -> Result<Self, IpcError> {
        Ok(Self {
            checks: HashMap::from([(key, vault.check(key)?)]),
            answers: HashMap::from([(key, vault.answers_of(key)?)]),
            issuers: vault.issuers()?,
            seen: vault.apps_seen()?,
            now,
        })
    }

    pub(crate) fn of(&self, record: &KeyRecord) -> Known<'_> {
        let check = self.checks.get(&record.id);
        let settled = check.and_then(|check| check.settled.as_ref());
        let outline = settled.and_then(|settled| Some((settled, stored::read::<Outline>(&settled.verdict)?)));
        let about = outline.and_then(|(settled, outline)| Some((settled.at, about(record, &settled.asked, outline)?)));
        let answers = match &about {
            Some(_) => self.answers.get(&record.id).map(Vec::as_slice).unwrap_or_default(),
            None => &[],
        };
        let (at, outline) = about.unzip();
        let standing = Standing {
            code: outline.as_ref().map_or(StandingCode::Unchecked, |outline| outline.code),
            at,
            stale: at.is_some_and(|at| self.is_stale(at)),
            unreached: check.and_then(|check| check.unreached.as_ref()).and_then(|unreached| {
                Some(Unreached { trouble: stored::read(&unreached.document)?, at: unreached.at })
            }),
        };
        Known {
            standing,
            worked: outline.as_ref().is_some_and(|outline| outline.worked),
            works_as: outline.and_then(|outline| outline.works_as),
            apps: self.apps(record, check),
            evidence: answers.iter().filter_map(observation).collect(),
            answers,
            check,
            roles_kept: check.and_then(|check| check.roles_kept.as_ref()) == Some(&record.roles),
        }
    }

    /// Every Issuer ID known here, each once.
    pub(crate) fn all_issuers(&self, records: &[KeyRecord]) -> Vec<IssuerId> {
        let of_keys = records.iter().filter_map(|record| record.issuer_id.as_ref());
        of_keys.chain(self.issuers.keys()).cloned().collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn is_stale(&self, at: i64) -> bool {
        at < self.now - STALE_AFTER
    }

    /// Which apps a key sees: what it listed itself or what its owner may see, whichever was said last.
    fn apps(&self, record: &KeyRecord, check: Option<&CheckRecord>) -> AppsSeen {
        if record.kind == KeyKind::Team {
            let team = record.issuer_id.as_ref().and_then(|issuer| self.issuers.get(issuer));
            let listed = team.is_some_and(|team| team.apps_listed_at.is_some());
            return if listed { AppsSeen::All } else { AppsSeen::Unknown };
        }
        let Some(check) = check else { return AppsSeen::Unknown };
        let owner = check.owner.as_ref().filter(|owner| check.apps_listed_at.is_none_or(|listed| owner.at > listed));
        if let Some(owner) = owner.and_then(OwnerFound::read) {
            return owner.apps();
        }
        match check.apps_listed_at {
            Some(_) => AppsSeen::Some { ids: self.seen.get(&record.id).cloned().unwrap_or_default() },
            None => AppsSeen::Unknown,
        }
    }
}

/// What an answer about one identity says about a record: nothing, if the record is about another.
fn about(record: &KeyRecord, asked: &AskedAs, outline: Outline) -> Option<Outline> {
    if is_about(record, asked) {
        return Some(outline);
    }
    let works_as = outline.works_as.as_ref()?;
    let issuer = record.issuer_id.as_ref().map(IssuerId::as_str);
    let same_team = record.kind == KeyKind::Individual || issuer == works_as.issuer_id.as_deref();
    let adopted = record.key_id == asked.key_id && record.kind == works_as.kind && same_team;
    adopted.then(|| Outline {
        code: if outline.code == StandingCode::Otherwise { StandingCode::Verified } else { outline.code },
        works_as: None,
        worked: true,
    })
}

/// Whether an answer to these IDs is about this record. To an Individual key, the Issuer ID does not matter.
pub(super) fn is_about(record: &KeyRecord, asked: &AskedAs) -> bool {
    let same_team = record.kind == KeyKind::Individual || record.issuer_id == asked.issuer_id;
    record.key_id == asked.key_id && record.kind == asked.kind && same_team
}

/// The identity a record is asked about with.
pub(super) fn identity(record: &KeyRecord) -> AskedAs {
    AskedAs { key_id: record.key_id.clone(), kind: record.kind, issuer_id: record.issuer_id.clone() }
}

/// A stored answer as the catalogue takes it; `None` if it allows and refuses nothing.
fn observation(answer: &AnswerRecord) -> Option<Observation> {
    let outcome = if stored::reading(answer).allowed()? { Outcome::Allowed } else { Outcome::Refused };
    Some(Observation { capability: catalogue().capability(&answer.capability)?.code, outcome, at: answer.at })
}

/// A stored key as the catalogue sees it.
pub(crate) fn subject(record: &KeyRecord, apps: &AppsSeen) -> Subject {
    let apps = match apps {
        AppsSeen::Unknown => VisibleApps::Unknown,
        AppsSeen::All => VisibleApps::All,
        AppsSeen::Some { ids } => VisibleApps::Some(ids.iter().cloned().collect()),
    };
    Subject { apps, ..Subject::new(record.kind, &roles_of(record)) }
}
