//! What the window is told about asking Apple: how a key stands, what a check found, how a run is going.

use asc_access::{Area, Role};
use asc_client::{AppleError, Cause, Depth, Reading, RuledOut, Sibling, Trouble};
use asc_key::KeyKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{KeyRef, KeySummary};

/// How a key stands with Apple, in one word. Only an answer of Apple's changes it; a network that is not there does not.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StandingCode {
    /// Apple was never asked about this key with these IDs.
    #[default]
    Unchecked,
    /// Apple accepts it as recorded.
    Verified,
    /// Apple accepts it as another kind, or with another Issuer ID, than recorded.
    Otherwise,
    /// Apple accepts it and refuses everything until the team's agreement is signed.
    AgreementMissing,
    /// Apple does not recognise it, however it was asked.
    Unrecognised,
    /// Apple refuses everything and names no reason that is known.
    RefusedEverywhere,
}

/// An attempt that taught nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Unreached {
    /// What stood in the way.
    pub trouble: Trouble,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
}

/// How a key stands, as its row in the list says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Standing {
    /// Apple's last answer in one word.
    pub code: StandingCode,
    /// When it was given, in milliseconds since 1970.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
    /// It was given more than 30 days ago.
    pub stale: bool,
    /// The last attempt, if it came after that answer and taught nothing.
    pub unreached: Option<Unreached>,
}

/// Which apps a key reaches, as far as Apple has said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "seen", rename_all = "snake_case")]
pub enum AppsSeen {
    /// Apple was not asked.
    #[default]
    Unknown,
    /// Every app of its team.
    All,
    /// These.
    Some {
        /// Apple's app IDs.
        ids: Vec<String>,
    },
}

/// An app as Apple named it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AppView {
    /// Apple's ID, a number as text.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its bundle ID.
    pub bundle_id: String,
    /// The team it belongs to, if a Team key listed it.
    pub issuer_id: Option<String>,
}

/// Answers that fit other roles better than the recorded ones. A suggestion: Apple never says a key's role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoleFit {
    /// The role that fits best, or the few that fit equally well, likely first.
    pub roles: Vec<Role>,
    /// Answers it agrees with.
    pub agrees: usize,
    /// Answers the recorded roles agree with.
    pub recorded_agrees: usize,
    /// Answers that tell roles apart at all.
    pub of: usize,
}

/// One exchange with Apple, as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExchangeView {
    /// `GET` and the target, readable: `GET /v1/apps?limit=1&fields[apps]=bundleId`.
    pub request: String,
    /// The HTTP status; none if nothing answered.
    pub status: Option<u16>,
    /// Apple's first error, if it named one.
    pub apple: Option<AppleError>,
    /// Apple's name for the request.
    pub request_id: Option<String>,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
}

/// The newest answer about one capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AnswerView {
    /// Code of the capability; words under `access.capability.<code>`.
    pub capability: String,
    /// The area it belongs to.
    pub area: Area,
    /// What the answer means.
    pub reading: Reading,
    /// The exchange.
    pub exchange: ExchangeView,
    /// It was given more than 30 days ago.
    pub stale: bool,
}

/// Why Apple may not recognise a key, and what was tried before saying so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UnrecognisedView {
    /// Likely to unlikely.
    pub causes: Vec<Cause>,
    /// What another key got at the same moment.
    pub sibling: Sibling,
    /// What it is not.
    pub ruled_out: Vec<RuledOut>,
}

/// What is left of a key's allowance, as Apple last said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct RateView {
    /// Requests per rolling hour.
    #[ts(type = "number")]
    pub limit: i64,
    /// What is left.
    #[ts(type = "number")]
    pub remaining: i64,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
}

/// What the owner of an Individual key may do, as a Team key saw it. No name, no address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OwnerView {
    /// Roles the catalogue knows.
    pub roles: Vec<Role>,
    /// Roles and extra permissions it does not know, in Apple's spelling.
    pub others: Vec<String>,
    /// Which apps the owner sees.
    pub apps: AppsSeen,
    /// May use certificates, identifiers and profiles (not through an Individual key).
    pub provisioning: bool,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
    /// The Team key that asked, if it is still here.
    pub asked_with: Option<KeySummary>,
}

/// Everything known from asking Apple about one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckView {
    /// Which key.
    pub key: KeyRef,
    /// How it stands.
    pub standing: Standing,
    /// The kind it works as, where that is not the recorded one or its Issuer ID is another.
    pub works_as: Option<WorksAs>,
    /// Why it may not be recognised, where it is not.
    pub unrecognised: Option<UnrecognisedView>,
    /// The exchange the standing rests on.
    pub exchange: Option<ExchangeView>,
    /// Requests the last check took.
    pub requests: u32,
    /// Seconds this computer's clock was behind Apple's (negative: ahead), if it was off.
    #[ts(type = "number | null")]
    pub clock_off: Option<i64>,
    /// Why the questions of the last check ended early, if they did.
    pub interrupted: Option<Trouble>,
    /// The newest answer about each capability, in catalogue order.
    pub answers: Vec<AnswerView>,
    /// Answers that fit other roles better, unless the user said to keep the recorded ones.
    pub fit: Option<RoleFit>,
    /// What is left of the allowance.
    pub rate: Option<RateView>,
    /// What the owner of an Individual key may do, if it was looked up.
    pub owner: Option<OwnerView>,
    /// Team keys that can look it up, the smallest first. Empty for a Team key.
    pub could_look_up: Vec<KeySummary>,
}

/// The shape in which a key works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorksAs {
    /// Team or Individual.
    pub kind: KeyKind,
    /// With this Issuer ID.
    pub issuer_id: Option<String>,
}

/// A wish to check keys.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct VerifyRequest {
    /// Which; `null` means every key in use. Keys already being checked are not asked twice.
    pub keys: Option<Vec<KeyRef>>,
    /// How much to ask.
    pub depth: Depth,
}

/// A key that is being asked right now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LaneView {
    /// Which key.
    pub key: KeyRef,
    /// Questions answered.
    pub done: usize,
    /// Questions there are, as far as is known.
    pub of: usize,
}

/// A run over one or more keys: under way, or over and not yet dismissed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunView {
    /// Every key has ended or been left out.
    pub over: bool,
    /// It was stopped by the user (or by locking).
    pub stopped: bool,
    /// Started by the schedule, not by a person.
    pub scheduled: bool,
    /// Keys in it.
    pub total: usize,
    /// Keys Apple accepts.
    pub verified: usize,
    /// Keys Apple accepts, but not as recorded, or with an agreement missing.
    pub noted: usize,
    /// Keys Apple does not recognise or refuses everything.
    pub rejected: usize,
    /// Keys about which nothing was learned.
    pub unreached: usize,
    /// Keys not asked, because the run was stopped or something was in the way.
    pub left: Vec<KeyRef>,
    /// Keys about which nothing was learned, to try again.
    pub again: Vec<KeyRef>,
    /// What was in the way of all.
    pub trouble: Option<Trouble>,
    /// Being asked now, at most four.
    pub lanes: Vec<LaneView>,
    /// Not asked yet, in order.
    pub waiting: Vec<KeyRef>,
}

/// How often keys are checked without being told to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Recheck {
    /// Never.
    #[default]
    Off,
    /// When the last answer is a week old.
    Weekly,
    /// When the last answer is 30 days old.
    Monthly,
}

/// When Apple is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Asking {
    /// Keys are checked right after they were added.
    pub on_add: bool,
    /// Keys are checked again by themselves.
    pub recheck: Recheck,
}

impl Default for Asking {
    fn default() -> Self {
        Self { on_add: true, recheck: Recheck::Off }
    }
}

/// The way to Apple, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AppleLine {
    /// The one address keys are used with, for example `https://api.appstoreconnect.apple.com`.
    pub origin: String,
    /// The system's proxy, if requests go through one: host and port.
    pub proxy: Option<String>,
    /// The proxy gets a name and a password from the system's settings.
    pub proxy_signs_in: bool,
    /// Seconds this computer's clock was found to be behind Apple's (negative: ahead), if it is off.
    #[ts(type = "number | null")]
    pub clock_off: Option<i64>,
}

/// A wish to learn what the owner of an Individual key may do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct OwnerRequest {
    /// The Individual key.
    pub key: KeyRef,
    /// The Team key to ask with.
    pub with: KeyRef,
    /// The owner's address at Apple. Asked for, not kept.
    pub email: String,
}

/// A wish to learn what a key on offer is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct OfferQuestion {
    /// The import.
    pub id: u32,
    /// The row.
    pub row: u32,
    /// The Key ID as the user corrected it; without it, the one its file gives.
    pub key_id: Option<String>,
    /// An Issuer ID the user typed: one more team to ask for.
    pub issuer_id: Option<String>,
}

/// What asking Apple about a key on offer has found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Found {
    /// Apple is being asked.
    Asking,
    /// Apple accepts it in this shape.
    As {
        /// The shape.
        works_as: WorksAs,
    },
    /// Apple accepts none of the shapes tried.
    Nobody {
        /// How many.
        tried: usize,
    },
    /// Nothing was learned.
    Unreached {
        /// Why.
        trouble: Trouble,
    },
}
