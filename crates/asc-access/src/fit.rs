//! Which roles Apple's answers fit, when they do not fit the recorded ones.
//!
//! No request tells a key's role, but answers rule roles out: who is refused prices is no App Manager. Only what the
//! catalogue has settled is compared; what is disputed or unknown neither agrees nor disagrees, and an answer that
//! rules out nobody is not counted at all. Of roles that explain the answers equally well, those that reach less come
//! first, and one that reaches more than another is left out: answers never make an Admin of a Developer.
//!
//! What it refuses: to suggest anything while the recorded roles explain every answer, or as well as any other; to
//! suggest to an Individual key, whose owner may have several roles, one that leaves an answer unexplained; and to
//! offer more than two roles for a key whose role nobody recorded.

use std::cmp::Reverse;

use asc_key::KeyKind;

use crate::catalogue::{Capability, catalogue, selectable_roles};
use crate::codes::{Half, Outcome, Role};
use crate::evidence::{Observation, differs, newest};

/// The most roles offered for a key whose role nobody recorded.
const MOST: usize = 2;

/// Answers that fit other roles better than the recorded ones. A suggestion: Apple never says a key's role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleFit {
    /// The role that fits best, or the few that fit equally well, likely first.
    pub roles: Vec<Role>,
    /// Answers the first of them agrees with.
    pub agrees: usize,
    /// Answers the recorded roles agree with; none if none are recorded.
    pub recorded_agrees: usize,
    /// Answers that tell roles apart at all.
    pub of: usize,
}

/// Says whether other roles fit Apple's answers better than the recorded ones (empty: not known). Of several answers
/// about one capability, the newest counts.
#[must_use]
pub fn roles_that_fit(kind: KeyKind, recorded: &[Role], evidence: &[Observation]) -> Option<RoleFit> {
    let answers: Vec<Told> = catalogue()
        .capabilities()
        .filter_map(|capability| Some(Told { capability, outcome: newest(evidence, capability)?.outcome }))
        .collect();
    let possible: Vec<Role> =
        selectable_roles(kind).iter().filter(|one| one.finding.value != Half::No).map(|one| one.role).collect();
    let tells = |told: &&Told| possible.iter().any(|role| told.stance(kind, &[*role]) == Stance::Against);
    let telling: Vec<&Told> = answers.iter().filter(tells).collect();
    let scored: Vec<(Role, Score)> = possible.iter().map(|role| (*role, Score::of(&telling, kind, &[*role]))).collect();
    let before = Score::of(&telling, kind, recorded);

    let better = |score: &Score| match kind {
        _ if recorded.is_empty() => score.against == 0,
        KeyKind::Team => score.against < before.against && score.agrees > before.agrees,
        KeyKind::Individual => score.against == 0 && before.against > 0 && score.agrees > before.agrees,
    };
    let fitting: Vec<(Role, Score)> = scored.iter().filter(|(_, score)| better(score)).copied().collect();
    if recorded.is_empty() && fitting.len() > MOST {
        return None;
    }
    let least = fitting.iter().map(|(_, score)| score.against).min()?;
    let mut best: Vec<(Role, Score)> = fitting.into_iter().filter(|(_, score)| score.against == least).collect();
    best.retain(|(role, score)| {
        let smaller = scored.iter().filter(|(other, _)| reaches_less(kind, *other, *role));
        smaller.map(|(_, its)| its.against).all(|against| against > score.against)
    });
    // There is one Account Holder per team, so everybody else is likelier.
    let everything: Vec<&Told> = answers.iter().collect();
    best.sort_by_key(|(role, score)| {
        let all = Score::of(&everything, kind, &[*role]).agrees;
        (*role == Role::AccountHolder, Reverse(score.agrees), Reverse(all), reach(kind, *role), *role)
    });
    let agrees = best.first()?.1.agrees;
    let roles = best.into_iter().map(|(role, _)| role).collect();
    (agrees > 0).then_some(RoleFit { roles, agrees, recorded_agrees: before.agrees, of: telling.len() })
}

/// Apple's newest answer about a capability.
struct Told {
    capability: &'static Capability,
    outcome: Outcome,
}

/// How a statement of the catalogue stands to an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stance {
    For,
    Against,
    Silent,
}

impl Told {
    fn stance(&self, kind: KeyKind, roles: &[Role]) -> Stance {
        let said = documented(self.capability, kind, roles);
        let same = match self.outcome {
            Outcome::Allowed => said.reaches(),
            Outcome::Refused => said.effect() == Half::No,
        };
        if differs(self.capability, said, self.outcome) {
            Stance::Against
        } else if same {
            Stance::For
        } else {
            Stance::Silent
        }
    }
}

/// How well roles explain answers.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Score {
    agrees: usize,
    against: usize,
}

impl Score {
    fn of(answers: &[&Told], kind: KeyKind, roles: &[Role]) -> Self {
        let count = |stance| answers.iter().filter(|told| told.stance(kind, roles) == stance).count();
        Self { agrees: count(Stance::For), against: count(Stance::Against) }
    }
}

/// What the catalogue says of several roles together: what the furthest of them reaches. Nothing, of no role.
fn documented(capability: &Capability, kind: KeyKind, roles: &[Role]) -> Half {
    let values = roles.iter().map(|role| capability.finding(kind, *role).value);
    values.max_by_key(|value| value.reach()).unwrap_or(Half::Unknown)
}

/// True if the first role is the smaller one: all it may reach, the second may, too, and the second may reach more, or
/// reaches for certain what is open for the first.
fn reaches_less(kind: KeyKind, role: Role, than: Role) -> bool {
    let (own, other) = (reach(kind, role), reach(kind, than));
    let pairs = || own.iter().zip(&other);
    let may = |reach: &u8| *reach > Half::No.reach();
    let within = pairs().all(|(own, other)| may(other) || !may(own));
    let more = pairs().any(|(own, other)| may(other) && !may(own));
    within && (more || own != other && pairs().all(|(own, other)| own <= other))
}

/// How far a role reaches in each capability.
fn reach(kind: KeyKind, role: Role) -> Vec<u8> {
    catalogue().capabilities().map(|one| one.finding(kind, role).value.effect().reach()).collect()
}
