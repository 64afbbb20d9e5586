//! The shape of a recipe: what a tool takes, as data.
//!
//! A recipe is a table entry, checked by the compiler and by tests, never a function per tool. It holds names,
//! order and places; it holds no sentence and no secret. Everything in it has a basis and a source with a date.

use asc_access::{Basis, Half, Source, Task};
use asc_key::KeyKind;
use serde::Serialize;

use crate::codes::{Encoding, Keep, Language, Limit, Place, Tool, ToolGroup, Trap};

/// How one tool takes a key.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// The tool.
    pub tool: Tool,
    /// The heading it stands under.
    pub group: ToolGroup,
    /// What the tool is used for, the usual job first. What a key must be able to do follows from these, through
    /// the catalogue. Empty if that depends on who reads the file.
    pub jobs: &'static [Task],
    /// The ways it takes a key, the best first.
    pub forms: &'static [Form],
    /// The page that says a short-lived token does as well as the key, if one does. Such a token ends by itself.
    pub token: Option<Source>,
    /// The evidence for names, formats and limits.
    pub sources: &'static [Source],
}

impl Recipe {
    /// The form with this code.
    #[must_use]
    pub fn form(&self, code: &str) -> Option<&'static Form> {
        self.forms.iter().find(|form| form.code == code)
    }

    /// True if a short-lived token does as well as the key.
    #[must_use]
    pub const fn takes_token(&self) -> bool {
        self.token.is_some()
    }

    /// True if the tool can use a key of this kind in at least one form.
    #[must_use]
    pub fn takes(&self, kind: KeyKind) -> bool {
        self.forms.iter().any(|form| form.takes(kind))
    }
}

/// One way to give a key to a tool.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Stable, unique among all forms.
    pub code: &'static str,
    /// What its names and formats rest on.
    pub basis: Basis,
    /// What becomes of an Individual key.
    pub individual: Individual,
    /// Files to write.
    pub files: &'static [FileSpec],
    /// Variables and secrets to set, in order.
    pub settings: &'static [Setting],
    /// Where the settings go; unused without any.
    pub settings_place: Place,
    /// Lines to paste.
    pub snippets: &'static [Snippet],
    /// What to know before.
    pub traps: &'static [Trap],
}

impl Form {
    /// True unless it is known that a key of this kind does not work.
    #[must_use]
    pub const fn takes(&self, kind: KeyKind) -> bool {
        match kind {
            KeyKind::Team => true,
            KeyKind::Individual => !matches!(self.individual.value, Half::No | Half::Never),
        }
    }

    /// True if its settings can be set with GitHub's command line tool ([`crate::deliver`]).
    #[must_use]
    pub const fn gh(&self) -> bool {
        !self.settings.is_empty() && matches!(self.settings_place, Place::RepositorySecrets)
    }

    /// The settings for a key of this kind. One that would hold a missing Issuer ID is left out, never empty.
    pub fn settings_for(&self, kind: KeyKind) -> impl Iterator<Item = &'static Setting> + use<> {
        self.settings.iter().filter(move |one| match kind {
            KeyKind::Team => one.only != Some(KeyKind::Individual),
            KeyKind::Individual => one.only != Some(KeyKind::Team) && !matches!(one.value, Value::IssuerId),
        })
    }
}

/// What becomes of an Individual key in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "HandoffIndividual"))]
pub struct Individual {
    /// `yes`, `part` (with care), `no`, `disputed` or `unknown`.
    pub value: Half,
    /// What that rests on.
    pub basis: Basis,
    /// Why it is not simply "yes".
    pub limit: Option<Limit>,
    /// What to do instead, the best first; empty where it works.
    pub instead: &'static [Instead],
}

/// Another way to the same end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "way", rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "HandoffInstead"))]
pub enum Instead {
    /// A key of the other kind.
    Kind {
        /// Which.
        kind: KeyKind,
    },
    /// Another recipe that takes this key.
    Form {
        /// Its tool.
        tool: Tool,
        /// Its form.
        form: &'static str,
    },
}

/// The name of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileName {
    /// `AuthKey_<Key ID>.p8`, which most tools look for whatever the kind.
    AuthKey,
    /// As App Store Connect names the download: `AuthKey_...` or, for an Individual key, `ApiKey_...`.
    AsDownloaded,
    /// The same for every key.
    Fixed(&'static str),
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The key as PEM, with a final newline.
    P8,
    /// fastlane's API key file.
    FastlaneJson,
    /// rcodesign's unified key file.
    RcodesignJson,
}

/// A file to write. Its mode is always 0600.
#[derive(Clone, Copy, Debug)]
pub struct FileSpec {
    /// Its name.
    pub name: FileName,
    /// What it holds.
    pub content: Content,
    /// What kind of place it belongs in.
    pub place: Place,
    /// A folder the tool looks into by itself, with `~` for the home folder.
    pub folder: Option<&'static str>,
}

/// A variable or a secret.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What it is set to.
    pub value: Value,
    /// Set for keys of one kind only.
    pub only: Option<KeyKind>,
}

impl Setting {
    /// Whether it is the key itself.
    #[must_use]
    pub const fn keep(&self) -> Keep {
        match self.value {
            Value::Key(_) => Keep::Secret,
            _ => Keep::Variable,
        }
    }
}

/// What a setting is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// The Key ID.
    KeyId,
    /// The Issuer ID; left out for an Individual key.
    IssuerId,
    /// This text.
    Text(&'static str),
    /// Where the form's file lies.
    Path,
    /// The private key.
    Key(Encoding),
}

/// Lines to paste. Slots stand between `‹` and `›`: `key_id`, `issuer_id`, `path` and `name` (the key's name as its
/// owner calls it). A value is quoted for the language where it stands, quotation marks included.
#[derive(Clone, Copy, Debug)]
pub struct Snippet {
    /// What it is written in.
    pub language: Language,
    /// Where it goes.
    pub place: Place,
    /// For a Team key.
    pub team: &'static str,
    /// For an Individual key, if the form takes one.
    pub individual: Option<&'static str>,
}

impl Snippet {
    /// The template for a key of this kind.
    #[must_use]
    pub const fn template(&self, kind: KeyKind) -> Option<&'static str> {
        match kind {
            KeyKind::Team => Some(self.team),
            KeyKind::Individual => self.individual,
        }
    }
}
