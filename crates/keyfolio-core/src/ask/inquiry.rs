//! What to ask about a stored key, and who signs for it.
//!
//! A signature is made over the open vault, each time one is needed: unseal, sign, wipe. So a vault that was locked
//! meanwhile signs nothing more, and no key waits in memory for an answer.

use std::sync::{Arc, Weak};

use asc_client::{Another, Depth, Hints, Inquiry, Signer, Unsigned};
use asc_key::token::{Token, TokenRequest, TokenShape, mint};
use asc_key::{IssuerId, KeyId, KeyKind};
use uuid::Uuid;
use vault::{AskedAs, KeyRecord};

use super::A_DAY;
use super::check::here;
use super::knowledge::{Knowledge, Known, identity};
use crate::Keyfolio;
use crate::view::{IpcError, StandingCode};

/// Who is asked about, and what.
pub(super) struct Asked {
    pub(super) key: Uuid,
    /// The identity the answer will be about.
    pub(super) identity: AskedAs,
    pub(super) inquiry: Inquiry,
}

/// Whoever signs for a stored key. It does not keep the application alive.
pub(crate) fn signer(core: &Arc<Keyfolio>, key: Uuid, key_id: KeyId) -> Box<dyn Signer> {
    let core = Arc::downgrade(core);
    Box::new(move |request: &TokenRequest, now: u64| sign(&core, key, &key_id, request, now))
}

fn sign(core: &Weak<Keyfolio>, key: Uuid, key_id: &KeyId, request: &TokenRequest, now: u64) -> Result<Token, Unsigned> {
    let core = core.upgrade().ok_or(Unsigned)?;
    // The key is unsealed for this one signature and wiped with it.
    let token = core.with_vault(|vault| {
        here(vault, key)?;
        Ok(mint(&vault.open_key(key)?, key_id, request, now))
    });
    token.map_err(|_| Unsigned)?.map_err(|_| Unsigned)
}

impl Keyfolio {
    /// What to ask about these keys; those that are gone are not among them.
    pub(super) fn inquiries(self: &Arc<Self>, keys: &[(Uuid, Depth)]) -> Result<Vec<Asked>, IpcError> {
        let now = self.now();
        let (records, knowledge) = self.with_vault(|vault| Ok((vault.keys()?, Knowledge::read(vault, now)?)))?;
        let scene = Scene::of(&records, &knowledge, now);
        let asked = keys.iter().filter_map(|(key, depth)| {
            let (record, known) = scene.keys.iter().find(|(record, _)| record.id == *key)?;
            let inquiry = self.inquiry(&scene, record, known, *depth);
            Some(Asked { key: *key, identity: identity(record), inquiry })
        });
        Ok(asked.collect())
    }

    fn inquiry(self: &Arc<Self>, scene: &Scene<'_>, record: &KeyRecord, known: &Known<'_>, depth: Depth) -> Inquiry {
        let team = record.issuer_id.as_ref().and_then(|issuer| scene.knowledge.issuers.get(issuer));
        let sibling = scene.sibling(record).map(|other| Another {
            key: other.key_id.clone(),
            shape: shape(other, &scene.issuers),
            signer: signer(self, other.id, other.key_id.clone()),
        });
        let source = record.source_name.as_deref().unwrap_or_default().to_ascii_uppercase();
        Inquiry {
            key: record.key_id.clone(),
            shape: shape(record, &scene.issuers),
            signer: signer(self, record.id, record.key_id.clone()),
            sibling,
            hints: Hints {
                worked_before: known.worked,
                look_alike: record.look_alike.is_some(),
                key_id_typed: !source.contains(record.key_id.as_str()),
                issuer_proven: scene.proves_issuer(record),
            },
            depth,
            vendor: team.and_then(|team| team.vendor_number.clone()),
            apps: self.wants_apps(record),
            issuers: scene.issuers.clone(),
        }
    }

    /// Whether the apps this key sees were not listed for a day; found out when its turn has come, because another
    /// key of the team may have listed them by then.
    fn wants_apps(self: &Arc<Self>, record: &KeyRecord) -> Box<dyn FnOnce() -> bool + Send> {
        let (core, key, kind, issuer) = (Arc::downgrade(self), record.id, record.kind, record.issuer_id.clone());
        Box::new(move || {
            let Some(core) = core.upgrade() else { return false };
            let since = core.now() - A_DAY;
            let listed = core.with_vault(|vault| {
                Ok(match (kind, &issuer) {
                    (KeyKind::Team, Some(issuer)) => vault.issuers()?.get(issuer).and_then(|team| team.apps_listed_at),
                    _ => vault.check(key)?.apps_listed_at,
                })
            });
            listed.is_ok_and(|at| at.is_none_or(|at| at < since))
        })
    }
}

/// What the other keys say about one.
struct Scene<'a> {
    knowledge: &'a Knowledge,
    keys: Vec<(&'a KeyRecord, Known<'a>)>,
    /// Every Issuer ID known here, each once.
    issuers: Vec<IssuerId>,
    now: i64,
}

impl<'a> Scene<'a> {
    fn of(records: &'a [KeyRecord], knowledge: &'a Knowledge, now: i64) -> Self {
        let keys = records.iter().map(|record| (record, knowledge.of(record))).collect();
        Self { knowledge, keys, issuers: knowledge.all_issuers(records), now }
    }

    /// Another key that was verified within a day: of the same team if there is one, then the last verified.
    fn sibling(&self, record: &KeyRecord) -> Option<&KeyRecord> {
        let others = self.keys.iter().filter(|(other, _)| other.id != record.id).filter_map(|(other, known)| {
            let standing = &known.standing;
            let at = standing.at.filter(|at| standing.code == StandingCode::Verified && *at >= self.now - A_DAY)?;
            Some((record.issuer_id.is_some() && other.issuer_id == record.issuer_id, at, *other))
        });
        others.max_by_key(|(same_team, at, _)| (*same_team, *at)).map(|(_, _, other)| other)
    }

    /// Whether another key works with the same Issuer ID.
    fn proves_issuer(&self, record: &KeyRecord) -> bool {
        let team = |one: &KeyRecord| (one.kind == KeyKind::Team).then(|| one.issuer_id.clone()).flatten();
        let accepted = [StandingCode::Verified, StandingCode::AgreementMissing];
        team(record).is_some_and(|issuer| {
            let mut others = self.keys.iter().filter(|(other, _)| other.id != record.id);
            others
                .any(|(other, known)| team(other).as_ref() == Some(&issuer) && accepted.contains(&known.standing.code))
        })
    }
}

/// The shape a key is asked about in: the recorded one. A Team key whose team nobody named begins with a team that is
/// known here, and goes on through the others.
fn shape(record: &KeyRecord, issuers: &[IssuerId]) -> TokenShape {
    match record.kind {
        KeyKind::Individual => TokenShape::Individual,
        KeyKind::Team => {
            let issuer = record.issuer_id.as_ref().or(issuers.first());
            issuer.cloned().map_or(TokenShape::Individual, TokenShape::Team)
        }
    }
}
