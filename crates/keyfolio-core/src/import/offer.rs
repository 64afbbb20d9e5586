//! A file on offer: what was read of it, and how it relates to the keys that are stored.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use asc_key::{FileHints, Identity, KeyKind, KindBasis, Parsed, Refusal, RefusalCode, file, file_name, parse};
use zeroize::Zeroizing;

use super::file_name_of;
use super::intake::Item;
use crate::environment::Places;
use crate::view::{Candidate, Found, ImportRow, KeySummary, KeyView, RowVerdict};

/// One file on offer.
pub(super) struct Row {
    pub(super) number: u32,
    /// `None` for pasted text.
    pub(super) path: Option<PathBuf>,
    pub(super) content: Content,
    /// What asking Apple has found.
    pub(super) found: Option<Found>,
}

/// What was read.
pub(super) enum Content {
    /// A key.
    Key(Box<Parsed>),
    /// An encrypted key, kept to try passphrases on.
    Encrypted { bytes: Zeroizing<Vec<u8>>, wrong: bool },
    /// Left out.
    Refused(RefusalCode),
    /// Added to the vault; the row is done with.
    Stored,
    /// A file of a folder that turned out to be something else altogether: not worth a row.
    Unrelated,
}

impl Content {
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        match parse(bytes, None) {
            Ok(parsed) => Self::Key(Box::new(parsed)),
            Err(Refusal::Because(code)) => Self::Refused(code),
            Err(Refusal::NeedsPassphrase | Refusal::WrongPassphrase) => {
                Self::Encrypted { bytes: Zeroizing::new(bytes.to_vec()), wrong: false }
            }
        }
    }

    fn of_file(path: &Path) -> Self {
        match file::read(path) {
            Ok(bytes) => Self::of_bytes(&bytes),
            Err(Refusal::Because(code)) => Self::Refused(code),
            // Reading asks for no passphrase.
            Err(Refusal::NeedsPassphrase | Refusal::WrongPassphrase) => Self::Refused(RefusalCode::Unreadable),
        }
    }

    /// Tries a passphrase; anything but an encrypted key stays as it is.
    pub(super) fn unlock(&mut self, passphrase: &str) {
        let Self::Encrypted { bytes, wrong } = self else { return };
        match parse(bytes, Some(passphrase)) {
            Ok(parsed) => *self = Self::Key(Box::new(parsed)),
            Err(Refusal::NeedsPassphrase | Refusal::WrongPassphrase) => *wrong = true,
            Err(Refusal::Because(code)) => *self = Self::Refused(code),
        }
    }
}

/// Whether this is a private key, encrypted or not.
pub(crate) fn is_a_key(bytes: &[u8]) -> bool {
    !matches!(Content::of_bytes(bytes), Content::Refused(_))
}

/// Whether a file whose name says nothing holds a key.
pub(crate) fn holds_a_key(path: &Path) -> bool {
    !matches!(Content::of_file(path), Content::Refused(_))
}

impl Row {
    pub(super) fn read(number: u32, item: Item) -> Self {
        let (path, content) = match item {
            Item::File(path) => {
                let content = Content::of_file(&path);
                (path, content)
            }
            Item::Maybe(path) => {
                let content = match Content::of_file(&path) {
                    Content::Refused(_) => Content::Unrelated,
                    content => content,
                };
                (path, content)
            }
            Item::Folder(path, code) => (path, Content::Refused(code)),
        };
        Self { number, path: Some(path), content, found: None }
    }

    pub(super) fn pasted(content: Content) -> Self {
        Self { number: 0, path: None, content, found: None }
    }

    pub(super) fn file_name(&self) -> String {
        self.path.as_deref().map(file_name_of).unwrap_or_default()
    }

    pub(super) fn identity(&self, hints: &FileHints) -> Identity {
        Identity::suggest(&file_name::hints(&self.file_name()), hints)
    }
}

/// The rows as the window sees them.
pub(super) fn describe(rows: &[Row], stored: &[KeyView], places: &Places) -> Vec<ImportRow> {
    let stored_by_fingerprint: HashMap<_, _> = stored.iter().map(|key| (key.fingerprint.as_str(), key)).collect();
    let mut first_row: HashMap<String, u32> = HashMap::new();
    let verdict = |row: &Row| -> Option<RowVerdict> {
        Some(match &row.content {
            Content::Key(parsed) => {
                let fingerprint = parsed.key.fingerprint().to_string();
                if let Some(existing) = stored_by_fingerprint.get(fingerprint.as_str()) {
                    return Some(RowVerdict::AlreadyHave { existing: KeySummary::from(*existing) });
                }
                match first_row.get(&fingerprint) {
                    Some(&first) => return Some(RowVerdict::SameAsRow { row: first }),
                    None => first_row.insert(fingerprint, row.number),
                };
                let candidate = candidate(row, parsed);
                let taken = candidate.key_id.as_ref().and_then(|id| stored.iter().find(|key| key.key_id == *id));
                match taken {
                    Some(existing) => RowVerdict::Conflict { candidate, existing: existing.into() },
                    None => RowVerdict::Ready { candidate },
                }
            }
            Content::Encrypted { wrong, .. } => RowVerdict::NeedsPassphrase { wrong: *wrong },
            Content::Refused(code) => RowVerdict::Refused { code: *code },
            Content::Stored | Content::Unrelated => return None,
        })
    };
    let mut verdict = verdict;
    rows.iter()
        .filter_map(|row| {
            Some(ImportRow {
                row: row.number,
                file_name: row.file_name(),
                folder: row.path.as_deref().and_then(Path::parent).map(|folder| places.shorten(folder)),
                verdict: verdict(row)?,
            })
        })
        .collect()
}

fn candidate(row: &Row, parsed: &Parsed) -> Candidate {
    let identity = row.identity(&parsed.hints);
    let (kind, kind_basis) = identity.kind.unwrap_or((KeyKind::Team, KindBasis::Default));
    let issuer_id = identity.issuer_id.as_ref().map(ToString::to_string);
    // What Apple says counts for more than any name.
    let (kind, kind_basis, issuer_id) = match &row.found {
        Some(Found::As { works_as }) => (works_as.kind, KindBasis::Asked, works_as.issuer_id.clone()),
        _ => (kind, kind_basis, issuer_id),
    };
    Candidate {
        name: suggested_name(row, &identity),
        key_id_unusual: identity.key_id.as_ref().is_some_and(|id| !id.is_usual()),
        key_id: identity.key_id.map(|id| id.to_string()),
        kind,
        kind_basis,
        issuer_id,
        fingerprint: parsed.key.fingerprint().to_string(),
        repairs: parsed.repairs.clone(),
        look_alike: identity.look_alike,
        found: row.found.clone(),
    }
}

/// The file's own name, unless it is the one Apple gave it, which says no more than the Key ID.
fn suggested_name(row: &Row, identity: &Identity) -> String {
    let name = row.file_name();
    let stem = Path::new(&name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let says_the_key_id = identity.key_id.as_ref().is_some_and(|id| stem.to_ascii_uppercase().contains(id.as_str()));
    if says_the_key_id { String::new() } else { stem }
}
