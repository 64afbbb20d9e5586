//! What is shown before anything is written: names, places, lines, and of the secret nothing but its length.
//!
//! Everything here may reach the window and be printed. It is made from the key's names alone; the key itself is not
//! even asked for.

use asc_key::token::TokenShape;
use asc_key::{IssuerId, KeyId, KeyKind};
use serde::Serialize;
use thiserror::Error;

use crate::codes::{Encoding, Keep, Language, Limit, Place, Trap};
use crate::quote::{dotenv, quoted};
use crate::recipe::{Content, FileName, FileSpec, Form, Individual, Instead, Setting, Value};
use crate::render::{BASE64_DER_CHARACTERS, BASE64_PEM_CHARACTERS, PEM_CHARACTERS, PEM_ESCAPED_CHARACTERS};

/// The rights of every file written here.
pub const FILE_MODE: u32 = 0o600;

/// A key as everybody may know it.
#[derive(Clone, Copy, Debug)]
pub struct Bearer<'a> {
    /// Its Key ID.
    pub key_id: &'a KeyId,
    /// Its kind, with the Issuer ID if that is a Team key's: an Individual key cannot carry one by mistake.
    pub shape: &'a TokenShape,
    /// What its owner calls it.
    pub name: &'a str,
    /// Where the form's file lies or will lie, absolute; `None` while that is not chosen.
    pub path: Option<&'a str>,
}

impl Bearer<'_> {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        self.shape.kind()
    }
}

/// Why there is nothing to hand over in this form.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotPossible {
    /// The tool cannot use an Individual key this way.
    #[error("this form does not take an Individual key")]
    Individual {
        /// Why.
        limit: Option<Limit>,
        /// What to do instead.
        instead: &'static [Instead],
    },
    /// The name or the path has characters that cannot be written there with certainty.
    #[error("{slot} cannot be written there")]
    Unquotable {
        /// `name` or `path`.
        slot: &'static str,
    },
    /// The form sets no secret, so there is no file of variables to protect.
    #[error("this form has no file of variables")]
    NoEnvFile,
}

impl NotPossible {
    /// The code as written in data.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Individual { .. } => "handoff_individual",
            Self::Unquotable { .. } => "handoff_unquotable",
            Self::NoEnvFile => "handoff_no_env_file",
        }
    }
}

/// One form, filled in for one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "HandoffSheet"))]
pub struct Sheet {
    /// The form's code.
    pub form: &'static str,
    /// Files to write.
    pub files: Vec<FileShown>,
    /// Variables and secrets to set, in order.
    pub settings: Vec<SettingShown>,
    /// Where the settings go, if there are any.
    pub settings_place: Option<Place>,
    /// Whether the settings can also be written as one file of variables.
    pub env_file: bool,
    /// Lines to paste.
    pub snippets: Vec<SnippetShown>,
    /// What to know before.
    pub traps: &'static [Trap],
    /// What becomes of an Individual key, if this is one.
    pub individual: Option<Individual>,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "HandoffFile"))]
pub struct FileShown {
    /// Its suggested name.
    pub name: String,
    /// How the key is written in it.
    pub encoding: Encoding,
    /// Its rights.
    pub mode: u32,
    /// What kind of place it belongs in.
    pub place: Place,
    /// A folder the tool looks into by itself, with `~` for the home folder.
    pub folder: Option<&'static str>,
}

/// A variable or a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "HandoffSetting"))]
pub struct SettingShown {
    /// Its name.
    pub name: &'static str,
    /// Who may see its value.
    pub keep: Keep,
    /// Its value.
    pub value: ValueShown,
}

/// A value, as far as it may be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "HandoffValue"))]
pub enum ValueShown {
    /// No secret.
    Plain {
        /// The value.
        text: String,
    },
    /// Where the file will lie, which is not chosen yet.
    PathOpen,
    /// The private key.
    Hidden {
        /// How it is written.
        encoding: Encoding,
        /// How long that is, in characters.
        characters: usize,
    },
}

/// Lines to paste.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "HandoffSnippet"))]
pub struct SnippetShown {
    /// What they are written in.
    pub language: Language,
    /// Where they go.
    pub place: Place,
    /// The lines.
    pub text: String,
}

/// Fills a form in for a key.
///
/// # Errors
/// [`NotPossible`].
pub fn sheet(form: &Form, bearer: &Bearer<'_>) -> Result<Sheet, NotPossible> {
    admit(form, bearer)?;
    let kind = bearer.kind();
    let settings: Vec<SettingShown> = form.settings_for(kind).map(|one| shown(one, bearer)).collect();
    let templates = form.snippets.iter().filter_map(|one| Some((one, one.template(kind)?)));
    let snippets = templates.map(|(one, template)| {
        let text = fill(one.language, template, form, bearer)?;
        Ok(SnippetShown { language: one.language, place: one.place, text })
    });
    Ok(Sheet {
        form: form.code,
        files: form.files.iter().map(|file| file_shown(file, bearer)).collect(),
        settings_place: (!settings.is_empty()).then_some(form.settings_place),
        settings,
        env_file: has_env_file(form),
        snippets: snippets.collect::<Result<_, _>>()?,
        traps: form.traps,
        individual: (kind == KeyKind::Individual).then_some(form.individual),
    })
}

/// Whether the tool takes this key in this form at all.
pub(crate) fn admit(form: &Form, bearer: &Bearer<'_>) -> Result<(), NotPossible> {
    if form.takes(bearer.kind()) {
        return Ok(());
    }
    Err(NotPossible::Individual { limit: form.individual.limit, instead: form.individual.instead })
}

/// Whether the settings, with the key among them, can be one file of variables.
pub(crate) fn has_env_file(form: &Form) -> bool {
    let read_from_files = matches!(form.settings_place, Place::BuildEnvironment | Place::EnvFile);
    read_from_files && form.settings.iter().any(|one| one.keep() == Keep::Secret)
}

/// The suggested name of a file.
#[must_use]
pub fn file_name(file: &FileSpec, bearer: &Bearer<'_>) -> String {
    let id = bearer.key_id;
    match (file.name, bearer.kind()) {
        (FileName::AuthKey, _) | (FileName::AsDownloaded, KeyKind::Team) => format!("AuthKey_{id}.p8"),
        (FileName::AsDownloaded, KeyKind::Individual) => format!("ApiKey_{id}.p8"),
        (FileName::Fixed(name), _) => name.to_owned(),
    }
}

fn file_shown(file: &FileSpec, bearer: &Bearer<'_>) -> FileShown {
    FileShown {
        name: file_name(file, bearer),
        encoding: match file.content {
            Content::P8 | Content::FastlaneJson => Encoding::Pem,
            Content::RcodesignJson => Encoding::Base64Der,
        },
        mode: FILE_MODE,
        place: file.place,
        folder: file.folder,
    }
}

fn shown(setting: &Setting, bearer: &Bearer<'_>) -> SettingShown {
    let value = match setting.value {
        Value::Key(encoding) => ValueShown::Hidden { encoding, characters: characters(encoding) },
        Value::Path => bearer.path.map_or(ValueShown::PathOpen, |path| ValueShown::Plain { text: path.to_owned() }),
        plain => ValueShown::Plain { text: plain_text(plain, bearer).unwrap_or_default().to_owned() },
    };
    SettingShown { name: setting.name, keep: setting.keep(), value }
}

/// A value that is no secret and no path. `None` for a missing Issuer ID, whose setting is left out before.
pub(crate) fn plain_text<'a>(value: Value, bearer: &Bearer<'a>) -> Option<&'a str> {
    match value {
        Value::KeyId => Some(bearer.key_id.as_str()),
        Value::IssuerId => bearer.shape.issuer().map(IssuerId::as_str),
        Value::Text(text) => Some(text),
        Value::Path => bearer.path,
        Value::Key(_) => None,
    }
}

const fn characters(encoding: Encoding) -> usize {
    match encoding {
        Encoding::Pem => PEM_CHARACTERS,
        Encoding::PemEscaped => PEM_ESCAPED_CHARACTERS,
        Encoding::Base64Pem => BASE64_PEM_CHARACTERS,
        Encoding::Base64Der => BASE64_DER_CHARACTERS,
    }
}

/// Fills the slots of a template, each value quoted for the language.
fn fill(language: Language, template: &str, form: &Form, bearer: &Bearer<'_>) -> Result<String, NotPossible> {
    let mut text = String::with_capacity(template.len() + 128);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('‹') {
        let (slot, after) = after.split_once('›').unwrap_or((after, ""));
        text.push_str(before);
        text.push_str(&value(slot, language, form, bearer)?);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

fn value(slot: &str, language: Language, form: &Form, bearer: &Bearer<'_>) -> Result<String, NotPossible> {
    let unquotable = |slot| move |_| NotPossible::Unquotable { slot };
    match slot {
        "key_id" => quoted(language, bearer.key_id.as_str()).map_err(unquotable("key_id")),
        // A template for an Individual key has no such slot; a test sees to that.
        "issuer_id" => {
            quoted(language, bearer.shape.issuer().map_or("", IssuerId::as_str)).map_err(unquotable("issuer_id"))
        }
        "name" => quoted(language, bearer.name).map_err(unquotable("name")),
        _ => {
            let open =
                || format!("/path/to/{}", form.files.first().map_or_else(String::new, |one| file_name(one, bearer)));
            let path = bearer.path.map_or_else(open, str::to_owned);
            quoted(language, &path).map_err(unquotable("path"))
        }
    }
}

/// The lines of a form's settings as far as they are no secret, for a file of variables that holds only a path.
///
/// # Errors
/// [`NotPossible`]: the form does not take the key, or the path cannot be written there.
pub fn plain_env(form: &Form, bearer: &Bearer<'_>) -> Result<String, NotPossible> {
    admit(form, bearer)?;
    let mut text = String::new();
    for one in form.settings_for(bearer.kind()) {
        if let Some(value) = plain_text(one.value, bearer) {
            let value = dotenv(value).map_err(|_| NotPossible::Unquotable { slot: "path" })?;
            text.push_str(&format!("{}={value}\n", one.name));
        }
    }
    Ok(text)
}
