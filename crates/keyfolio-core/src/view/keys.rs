use asc_access::{Level, Role};
use asc_key::{KeyKind, LookAlike};
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use super::{AppView, AppsSeen, Attention, Guard, GuardView, Standing};

/// A stored key's identity inside this vault (UUID), never Apple's Key ID.
pub type KeyRef = String;

/// One stored key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeyView {
    /// Identity in this vault.
    pub id: KeyRef,
    /// Row version: send it back with an update; a stale one is refused with `changed_elsewhere`.
    #[ts(type = "number")]
    pub version: i64,
    /// The user's name for it.
    pub name: String,
    /// Apple's Key ID.
    pub key_id: String,
    /// Team or Individual, as declared by the user.
    pub kind: KeyKind,
    /// Empty means "not sure". A Team key has at most one; an Individual key has its owner's.
    pub roles: Vec<Role>,
    /// The team's Issuer ID.
    pub issuer_id: Option<String>,
    /// SHA-256 of the public key (SPKI DER), 64 hex digits.
    pub fingerprint: String,
    /// Free text.
    pub notes: String,
    /// Free words.
    pub tags: Vec<String>,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub added_at: i64,
    /// Milliseconds since 1970, when archived.
    #[ts(type = "number | null")]
    pub archived_at: Option<i64>,
    /// The file name it came from, as shown to people (never a path).
    pub source_name: Option<String>,
    /// The file name says it belongs to another Apple service.
    pub look_alike: Option<LookAlike>,
    /// Other keys in use that claim the same Key ID.
    pub conflicts_with: Vec<KeyRef>,
    /// One level per area, in ledger order, Apple's answers laid over what is documented.
    pub reach: Vec<Level>,
    /// Any of `reach` rests on an answer of Apple's to this key.
    pub observed: bool,
    /// How it stands with Apple.
    pub standing: Standing,
    /// Which apps it reaches, as far as Apple has said.
    pub apps: AppsSeen,
    /// Places it was handed to and still is in, as far as the ledger knows.
    pub handoffs: usize,
    /// What this key must not reach, as pinned by the user.
    pub guards: Vec<GuardView>,
    /// Why it wants to be looked at; empty when nothing does.
    pub attention: Vec<Attention>,
}

/// The whole library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeyList {
    /// Every key that is not removed, archived ones included.
    pub keys: Vec<KeyView>,
    /// The teams these keys name.
    pub issuers: Vec<IssuerView>,
    /// Every app Apple has named, by name.
    pub apps: Vec<AppView>,
}

/// A team, known by its Issuer ID.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IssuerView {
    /// UUID, lower case.
    pub issuer_id: String,
    /// The user's name for the team.
    pub name: Option<String>,
    /// Number of stored keys that carry it.
    pub keys: usize,
    /// Without it, no sales or financial report can be asked for.
    pub vendor_number: Option<String>,
    /// When Apple last said that an agreement of the team is missing, unless it has answered otherwise since;
    /// milliseconds since 1970.
    #[ts(type = "number | null")]
    pub agreement_missing: Option<i64>,
}

/// Enough of a stored key to point at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeySummary {
    /// Identity in this vault.
    pub id: KeyRef,
    /// The user's name for it.
    pub name: String,
    /// Apple's Key ID.
    pub key_id: String,
    /// Team or Individual.
    pub kind: KeyKind,
    /// On the archived shelf.
    pub archived: bool,
}

/// A change to one key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct KeyUpdate {
    /// Which key.
    pub id: KeyRef,
    /// The version the change was made on.
    #[ts(type = "number")]
    pub version: i64,
    /// What changes.
    pub patch: KeyPatch,
}

/// Absent fields stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct KeyPatch {
    /// New name.
    pub name: Option<String>,
    /// New kind.
    pub kind: Option<KeyKind>,
    /// New roles.
    pub roles: Option<Vec<Role>>,
    /// New Key ID.
    pub key_id: Option<String>,
    /// New Issuer ID; `null` clears it.
    #[serde(deserialize_with = "present")]
    #[ts(optional, as = "Option<Option<String>>")]
    pub issuer_id: Option<Option<String>>,
    /// New notes.
    pub notes: Option<String>,
    /// New tags.
    pub tags: Option<Vec<String>>,
    /// Put on or take from the archived shelf.
    pub archived: Option<bool>,
    /// What it must not reach, all of it.
    pub guards: Option<Vec<Guard>>,
}

/// Tells `null` (clear) from an absent field (keep).
fn present<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// What removing would lose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RemovalCheck {
    /// No file seen before still holds this key.
    pub only_known_copy: bool,
    /// Files that still hold it, shortened for display.
    pub copies: Vec<String>,
}

/// A request to remove a key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct KeyRemoval {
    /// Which key.
    pub id: KeyRef,
    /// The user accepted that no other copy is known.
    pub accept_loss: bool,
}
