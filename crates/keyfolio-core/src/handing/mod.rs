//! Handing keys to tools: what a tool takes, where a file of it goes, and the ledger of where each key went.
//!
//! What a form looks like is the recipes' ([`handoff`]), what a key may do the catalogue's, what is remembered the
//! vault's; here they are joined. A key leaves in three ways: as a file that was proved on the disk, by the
//! clipboard, or by the input of GitHub's own tool. Each leaves a receipt in the same writing as the deed, or what a
//! kill left half said is settled when the vault is opened again. Refuses to show a secret to anybody but the one
//! who takes it, to hand anything over without words for where it goes, and to call anything working that has not
//! signed.

mod gh;
mod ledger;
mod place;
mod recipes;
mod sheet;
mod uses;
mod write;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use asc_key::token::TokenShape;
use asc_key::{KeyKind, PrivateKey};
use handoff::write::WriteRefusal;
use handoff::{Bearer, Carrier, Form, NotPossible, NotProven, Output, Recipe, produce, produce_env};
use uuid::Uuid;
use vault::{HandedKey, Handoff, KeyRecord, Vault};

use crate::view::{AppEvent, HandoffBy, HandoffPart, HandoffTrouble, IpcError};
use crate::{Keyfolio, library};

pub use gh::GhTool;
use ledger::code_of;
use place::Places;
pub use place::Suggestion;

/// The longest text for where a key goes, in characters.
const LONGEST_DESTINATION: usize = 200;

/// What is under way, in memory only.
#[derive(Default)]
pub(crate) struct Handing {
    places: Mutex<Places>,
    /// Held while a file is written or swept, so that no sweep takes an unfinished file from under a write.
    files: Mutex<()>,
    /// Hand-offs begun that the vault may be locked under: none while it is not known how they end, else whether the
    /// key left.
    open_ended: Mutex<BTreeMap<i64, Option<bool>>>,
}

impl Handing {
    /// Forgets every chosen place.
    pub(crate) fn forget_places(&self) {
        self.places().clear();
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn files(&self) -> MutexGuard<'_, ()> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open_ended(&self) -> MutexGuard<'_, BTreeMap<i64, Option<bool>>> {
        self.open_ended.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keyfolio {
    fn tell_handed(&self) {
        self.tell(AppEvent::HandoffsChanged);
        // Every key says in how many places it is.
        self.tell(AppEvent::KeysChanged);
    }
}

/// A stored key as a form is filled in for it.
struct Bearing {
    record: KeyRecord,
    shape: TokenShape,
}

impl Bearing {
    /// # Errors
    /// `issuer_id_missing` for a Team key without one: no form can do without it.
    fn of(record: KeyRecord) -> Result<Self, IpcError> {
        let shape = match record.kind {
            KeyKind::Individual => TokenShape::Individual,
            KeyKind::Team => TokenShape::Team(record.issuer_id.clone().ok_or(IpcError::IssuerIdMissing)?),
        };
        Ok(Self { record, shape })
    }

    /// `path` is where the form's file lies.
    fn bearer<'a>(&'a self, path: Option<&'a str>) -> Bearer<'a> {
        Bearer { key_id: &self.record.key_id, shape: &self.shape, name: &self.record.name, path }
    }

    /// One secret part of a form.
    fn produce(&self, form: &'static Form, part: &HandoffPart, key: &PrivateKey) -> Result<Output, IpcError> {
        let bearer = self.bearer(None);
        match part {
            HandoffPart::EnvFile => Ok(produce_env(form, &bearer, key)?),
            HandoffPart::File { index } if *index < form.files.len() => {
                // Files come first, in the order of the sheet.
                produce(form, &bearer, key)?.into_iter().nth(*index).ok_or(unknown())
            }
            HandoffPart::File { .. } => Err(unknown()),
            HandoffPart::Setting { name } => produce(form, &bearer, key)?
                .into_iter()
                .find(|output| matches!(output.carrier(), Carrier::Setting { name: of } if of == name))
                .ok_or(unknown()),
        }
    }
}

/// A key that is not removed.
fn stored(vault: &Vault, id: Uuid) -> Result<KeyRecord, IpcError> {
    let record = vault.key(id)?;
    if record.removed_at.is_some() { Err(IpcError::KeyNotFound) } else { Ok(record) }
}

fn form_of(code: &str) -> Result<(&'static Recipe, &'static Form), IpcError> {
    handoff::form(code).ok_or(unknown())
}

/// Where something goes, in the user's words.
fn destination(text: &str) -> Result<String, IpcError> {
    let text = text.trim();
    let fits = !text.is_empty() && !text.chars().any(char::is_control);
    match library::checked(crate::view::TextField::Name, text, LONGEST_DESTINATION) {
        Ok(text) if fits => Ok(text),
        _ => Err(HandoffTrouble::Destination.into()),
    }
}

/// What the ledger will say. Without a file.
fn handoff_of(record: &KeyRecord, recipe: &Recipe, form: Option<&Form>, to: String, by: HandoffBy, at: i64) -> Handoff {
    Handoff {
        at,
        key: HandedKey::from(record),
        tool: recipe.tool.code().to_owned(),
        form: form.map(|form| form.code.to_owned()),
        destination: to,
        way: code_of(by).to_owned(),
        path: None,
        warnings: "[]".to_owned(),
    }
}

fn unknown() -> IpcError {
    HandoffTrouble::Unknown.into()
}

impl From<HandoffTrouble> for IpcError {
    fn from(why: HandoffTrouble) -> Self {
        Self::Handoff { why }
    }
}

impl From<NotPossible> for IpcError {
    fn from(not: NotPossible) -> Self {
        match not {
            NotPossible::Individual { .. } => HandoffTrouble::Individual,
            NotPossible::Unquotable { .. } => HandoffTrouble::Unquotable,
            NotPossible::NoEnvFile => HandoffTrouble::Unknown,
        }
        .into()
    }
}

impl From<NotProven> for IpcError {
    fn from(_: NotProven) -> Self {
        HandoffTrouble::NotProven.into()
    }
}

impl From<WriteRefusal> for IpcError {
    fn from(refusal: WriteRefusal) -> Self {
        match refusal {
            WriteRefusal::Name => HandoffTrouble::Name,
            WriteRefusal::NoFolder => HandoffTrouble::NoFolder,
            WriteRefusal::Exists => HandoffTrouble::Exists,
            WriteRefusal::Link => HandoffTrouble::Link,
            WriteRefusal::NotAFile => HandoffTrouble::NotAFile,
            WriteRefusal::NotAllowed => HandoffTrouble::NotAllowed,
            WriteRefusal::DiskFull => HandoffTrouble::DiskFull,
            WriteRefusal::RightsNotKept => HandoffTrouble::RightsNotKept,
            WriteRefusal::Failed => HandoffTrouble::Failed,
            WriteRefusal::NotProven(_) => HandoffTrouble::NotProven,
            WriteRefusal::NotProvenAfter(_) => HandoffTrouble::ChangedMeanwhile,
        }
        .into()
    }
}
