//! What Apple answered to a key, laid over what the catalogue says.
//!
//! Only requests that read are ever sent, so an answer speaks for reading: "allowed" proves it and says nothing
//! about writing; "refused" closes the capability, for who may not even read a thing does not change it. For the
//! same reason a key that is refused what an area's reading is made of is not shown as writing there. An answer
//! that differs from a settled statement of the catalogue wins, and the cell says that the two contradict each
//! other. What this refuses: to turn a writing half into "yes".

use serde::Serialize;

use crate::catalogue::{Capability, Weight};
use crate::codes::{Basis, Half, Outcome, Reason};
use crate::ledger::{Access, Part, Source};

/// One answer of Apple to a request that only reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Code of the capability that was tried.
    pub capability: &'static str,
    /// What Apple made of it.
    pub outcome: Outcome,
    /// Milliseconds since 1970.
    pub at: i64,
}

/// Apple's answer, as a part carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Observed {
    /// What Apple made of it.
    pub outcome: Outcome,
    /// Milliseconds since 1970.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub at: i64,
}

/// The newest answer about a capability; of two at the same moment, the refusal.
pub(crate) fn newest(evidence: &[Observation], capability: &Capability) -> Option<Observed> {
    let about = evidence.iter().filter(|one| one.capability == capability.code);
    about
        .max_by_key(|one| (one.at, one.outcome == Outcome::Refused))
        .map(|one| Observed { outcome: one.outcome, at: one.at })
}

/// The newest refusal, if all an area's reading is made of was refused. `None` where nothing is read.
pub(crate) fn shut(capabilities: &[&Capability], answers: &[Option<Observed>]) -> Option<Observed> {
    let both = capabilities.iter().zip(answers);
    let readers = both.filter(|(one, _)| one.weight == Weight::Decides && one.side.reads());
    let answers: Vec<Option<Observed>> = readers.map(|(_, answer)| *answer).collect();
    let refused = answers.iter().all(|one| one.is_some_and(|answer| answer.outcome == Outcome::Refused));
    if refused { answers.into_iter().flatten().max_by_key(|one| one.at) } else { None }
}

/// What the catalogue alone says about one capability of one key.
pub(crate) struct Documented {
    pub(crate) access: Access,
    pub(crate) note: Option<&'static str>,
    pub(crate) sources: Vec<Source>,
}

/// A capability with the answer to it, if any, and the refusal that shuts its area, if one does.
pub(crate) fn part(
    capability: &Capability,
    documented: Documented,
    answer: Option<Observed>,
    shut: Option<Observed>,
) -> Part {
    let Documented { access, note, sources } = documented;
    let closed = access.value.effect() == Half::No;
    let inherits = capability.side.writes() && !capability.side.reads() && answer.is_none() && !closed;
    let observed = answer.or(if inherits { shut } else { None });
    let (read, write) = match observed.map(|one| one.outcome) {
        None => (access, access),
        Some(Outcome::Allowed) => (Access::answered(Half::Yes), access),
        Some(Outcome::Refused) => {
            let refused = if access.value == Half::Never { Half::Never } else { Half::No };
            (Access::answered(refused), Access::answered(refused))
        }
    };
    let whole = match (capability.side.reads(), capability.side.writes()) {
        (true, false) => read,
        (false, _) => write,
        // Reading is proven; writing is still what the catalogue says, and so is the pair unless that is less.
        (true, true) if read != write && write.value != Half::Yes => Access { value: Half::Part, ..read },
        (true, true) => write,
    };
    Part {
        capability: capability.code,
        value: whole.value,
        basis: whole.basis,
        note,
        sources,
        documented: access.value,
        observed,
        read: (capability.side.reads() || read.value == Half::Yes && observed.is_some()).then_some(read),
        write: capability.side.writes().then_some(write),
    }
}

/// The part with nothing in it but Apple's answer, or the refusal that shuts its area. What the catalogue says stays
/// beside it, for comparing; and what it says is closed to the kind of key is not blamed on a role when refused.
pub(crate) fn answered_only(capability: &Capability, told: &Part, shut: Option<Observed>) -> Part {
    let silent = Documented { access: Access::UNASKED, note: None, sources: Vec::new() };
    let answered = part(capability, silent, told.observed, shut);
    let refused = answered.observed.is_some_and(|one| one.outcome == Outcome::Refused);
    if !(refused && told.documented == Half::Never) {
        return Part { documented: told.documented, ..answered };
    }
    let never = |half: Option<Access>| half.map(|_| Access::answered(Half::Never));
    let (read, write) = (never(answered.read), never(answered.write));
    Part { value: Half::Never, documented: Half::Never, read, write, ..answered }
}

/// True if an answer of Apple and a settled statement of the catalogue differ in effect.
pub(crate) fn contradicts(capability: &Capability, part: &Part) -> bool {
    part.observed.is_some_and(|one| differs(capability, part.documented, one.outcome))
}

/// The same for any statement. An answer that allows speaks for reading only, so it says nothing against a capability
/// that only writes.
pub(crate) fn differs(capability: &Capability, documented: Half, outcome: Outcome) -> bool {
    match outcome {
        Outcome::Allowed => capability.side.reads() && documented.effect() == Half::No,
        Outcome::Refused => documented.reaches(),
    }
}

impl Access {
    /// Nothing in the catalogue speaks for it.
    pub(crate) const UNSAID: Self = Self { value: Half::Unknown, basis: Basis::Unknown, reason: Reason::NoSource };
    /// Apple was not asked, and nothing else is told.
    pub(crate) const UNASKED: Self = Self { value: Half::Unknown, basis: Basis::Unknown, reason: Reason::NotAsked };

    /// Decided by Apple's answer. What the kind of key closes stays closed for that reason.
    pub(crate) const fn answered(value: Half) -> Self {
        let reason = if matches!(value, Half::Never) { Reason::Kind } else { Reason::Answered };
        Self { value, basis: Basis::Observed, reason }
    }

    /// What several accesses come to: "yes" or "never" only if all say so, "no" only if none is allowed or open.
    /// Details lift a closed result to "part" and change nothing else. `None` if nothing decides.
    pub(crate) fn join(deciding: &[Self], details: &[Self]) -> Option<Self> {
        let first = deciding.first()?;
        let reaches = |one: &&Self| one.value.reaches();
        let has = |value| deciding.iter().any(|one| one.value == value);
        let value = if deciding.iter().all(|one| one.value == first.value) {
            first.value
        } else if deciding.iter().any(|one| reaches(&one)) {
            Half::Part
        } else if has(Half::Disputed) {
            Half::Disputed
        } else if has(Half::Unknown) {
            Half::Unknown
        } else {
            Half::No
        };
        let lifting: Vec<&Self> = details.iter().filter(reaches).collect();
        let lifted = !value.reaches() && value != Half::Never && !lifting.is_empty();
        let value = if lifted { Half::Part } else { value };
        let decided = deciding.iter().filter(|one| one.value.is_settled());
        let basis = match value {
            Half::Unknown => Basis::Unknown,
            Half::Disputed => Basis::Disputed,
            _ => decided.chain(lifting.into_iter().filter(|_| lifted)).map(|one| one.basis).max()?,
        };
        Some(Self { value, basis, reason: reason(value, basis, deciding) })
    }
}

fn reason(value: Half, basis: Basis, deciding: &[Access]) -> Reason {
    let any = |reason| deciding.iter().any(|one| !one.value.is_settled() && one.reason == reason);
    match value {
        Half::Never => Reason::Kind,
        Half::Unknown | Half::Disputed if any(Reason::RoleUnknown) => Reason::RoleUnknown,
        Half::Disputed => Reason::SourcesDisagree,
        Half::Unknown if any(Reason::NotAsked) => Reason::NotAsked,
        Half::Unknown => Reason::NoSource,
        _ if basis == Basis::Observed => Reason::Answered,
        _ => Reason::Role,
    }
}
