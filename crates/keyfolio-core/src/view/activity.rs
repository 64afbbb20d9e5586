//! What this application did, as the Activity page shows it.

use asc_access::Role;
use asc_client::{Reading, Trouble};
use asc_key::KeyKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vault::SlotKind;

use super::{Asking, HandoffBy, KeyRef, StandingCode};

/// What an entry is about, for filtering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActivityGroup {
    /// Apple was asked.
    Verification,
    /// Keys came, went or were put aside.
    Keys,
    /// Names, roles, IDs and notes were changed.
    Changes,
    /// Keys were handed to tools.
    Handoffs,
    /// Locked, unlocked, settings.
    Vault,
    /// Something did not work.
    Failures,
}

/// One request of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RequestLine {
    /// `GET` and the target, readable.
    pub request: String,
    /// The HTTP status; none if nothing answered.
    pub status: Option<u16>,
    /// What the answer means; none for the first question, which only asks whether the key is alive.
    pub reading: Option<Reading>,
}

/// What happened. Entries never hold a private key, a token, a passphrase or an address of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Deed {
    /// A key was stored.
    KeyAdded {
        /// The name of the file it came from.
        file_name: Option<String>,
    },
    /// A key was hidden, to be erased.
    KeyRemoved,
    /// A removed key was brought back.
    KeyRestored,
    /// A removed key's secret was erased.
    KeyErased,
    /// Put aside.
    KeyArchived,
    /// Taken back.
    KeyUnarchived,
    /// Another name.
    KeyRenamed {
        /// Before.
        from: String,
    },
    /// Other roles.
    RolesChanged {
        /// Before.
        from: Vec<Role>,
        /// After.
        to: Vec<Role>,
    },
    /// Another kind, Issuer ID or Key ID.
    IdentityChanged {
        /// Kind before.
        from_kind: KeyKind,
        /// Kind after.
        to_kind: KeyKind,
        /// Key ID before, if it changed.
        from_key_id: Option<String>,
        /// The Issuer ID changed.
        issuer_changed: bool,
    },
    /// Notes, tags or guards.
    DetailsChanged,
    /// A team got a name.
    TeamRenamed {
        /// Which.
        issuer_id: String,
        /// After.
        to: String,
    },
    /// A team's vendor number was noted, changed or taken away.
    VendorNumberChanged {
        /// Which team's.
        issuer_id: String,
    },
    /// Apple was asked about a key.
    Checked {
        /// How it stands.
        standing: StandingCode,
        /// What stood in the way, if nothing was learned or the questions ended early.
        trouble: Option<Trouble>,
        /// Answers that say what the catalogue says.
        agree: usize,
        /// Answers that say anything.
        of: usize,
        /// Every request, in order.
        requests: Vec<RequestLine>,
    },
    /// A run over several keys ended.
    RunOver {
        /// Accepted, noted ones included.
        verified: usize,
        /// Not recognised, or refused everything.
        rejected: usize,
        /// Nothing learned, or not asked.
        unreached: usize,
        /// By the schedule.
        scheduled: bool,
    },
    /// The roles and apps of an Individual key's owner were looked up.
    OwnerLookedUp {
        /// The name of the Team key that asked.
        with: String,
        /// Whether a person was found.
        found: bool,
    },
    /// A look-up, or another request, did not work.
    AskingFailed {
        /// Why.
        trouble: Trouble,
    },
    /// The answers fit other roles better, and the user kept the recorded ones.
    RolesKept {
        /// What would have fitted.
        instead_of: Vec<Role>,
    },
    /// A key was handed to a tool.
    HandedOff {
        /// To which; its code, because tools come and go.
        tool: String,
        /// Where, in the user's words.
        destination: String,
        /// How.
        by: HandoffBy,
    },
    /// The user says that a key is no longer somewhere, or is again.
    HandoffGone {
        /// Which tool.
        tool: String,
        /// Where.
        destination: String,
        /// No longer.
        gone: bool,
    },
    /// The vault was made.
    VaultMade,
    /// The vault was opened.
    Unlocked {
        /// How.
        by: SlotKind,
    },
    /// A wrong passphrase was typed; noted when the vault is open again.
    UnlockRefused {
        /// How often.
        times: u32,
    },
    /// The vault was locked.
    Locked,
    /// A passphrase was added.
    PassphraseAdded,
    /// An older copy was put in a damaged vault's place.
    SnapshotRestored,
    /// When Apple is asked was changed.
    AskingChanged {
        /// After.
        asking: Asking,
    },
    /// Written by another version; its words are not known here.
    Other,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ActivityEntry {
    /// Counts up.
    #[ts(type = "number")]
    pub id: i64,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
    /// What happened.
    pub deed: Deed,
    /// Its group.
    pub group: ActivityGroup,
    /// It did not work, or found something wrong.
    pub failure: bool,
    /// The key it was about.
    pub key: Option<ActivityKey>,
}

/// A key as it was called when something happened to it; it may be gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ActivityKey {
    /// Identity in this vault.
    pub id: KeyRef,
    /// Its name then.
    pub name: String,
    /// Its kind then.
    pub kind: KeyKind,
    /// Its roles then.
    pub roles: Vec<Role>,
}

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default)]
pub struct ActivityQuery {
    /// Of this group; `failures` cuts across the others.
    pub group: Option<ActivityGroup>,
    /// About this key.
    pub key: Option<KeyRef>,
    /// Not before this moment, in milliseconds since 1970.
    #[ts(type = "number | null")]
    pub since: Option<i64>,
    /// With this text in the key's name or the entry's details, whatever its case and accents.
    pub text: Option<String>,
    /// Older than this entry.
    #[ts(type = "number | null")]
    pub before: Option<i64>,
    /// At most so many; 200 is the most, and what 0 means.
    pub limit: usize,
}

/// Entries, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct ActivityPage {
    /// The entries.
    pub entries: Vec<ActivityEntry>,
    /// There are older ones.
    pub more: bool,
    /// Keys that any entry is about, by their newest names, for the filter; the one last heard of first.
    pub keys: Vec<ActivityKey>,
}
