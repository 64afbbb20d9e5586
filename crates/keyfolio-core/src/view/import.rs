use asc_access::Role;
use asc_key::{KeyKind, KindBasis, LookAlike, RefusalCode, Repair};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Found, IpcError, IssuerView, KeySummary, KeyView};

/// How the files came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportOrigin {
    /// The native file dialog.
    Picker,
    /// Dropped on the window.
    Drop,
    /// From the clipboard.
    Paste,
    /// Found in the usual places.
    Discovery,
    /// Named when the program was started ("Open with").
    Arguments,
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Files are being read.
    Reading,
    /// Every file was read.
    Ready,
    /// The user stopped it; what was read stays on offer.
    Stopped,
}

/// Files on offer. Nothing is stored until the commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportView {
    /// Number of this import.
    pub id: u32,
    /// How the files came.
    pub origin: ImportOrigin,
    /// How far reading has come.
    pub state: ImportState,
    /// Files read.
    pub done: usize,
    /// Files to read.
    pub total: usize,
    /// One row per file read.
    pub rows: Vec<ImportRow>,
    /// The teams already known.
    pub issuers: Vec<IssuerView>,
}

/// One file on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportRow {
    /// Number of the row in this import.
    pub row: u32,
    /// The file's name; empty for pasted text.
    pub file_name: String,
    /// The folder it is in, shortened for display.
    pub folder: Option<String>,
    /// What it is.
    pub verdict: RowVerdict,
}

/// A key on offer, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Candidate {
    /// Suggested name; empty when the file name says no more than the Key ID.
    pub name: String,
    /// From the file name or the file.
    pub key_id: Option<String>,
    /// The Key ID has neither 10 nor 12 characters.
    pub key_id_unusual: bool,
    /// Suggested kind.
    pub kind: KeyKind,
    /// What the suggestion rests on.
    pub kind_basis: KindBasis,
    /// From the file.
    pub issuer_id: Option<String>,
    /// SHA-256 of the public key (SPKI DER), 64 hex digits.
    pub fingerprint: String,
    /// What had to be mended to read it.
    pub repairs: Vec<Repair>,
    /// The file name says it belongs to another Apple service.
    pub look_alike: Option<LookAlike>,
    /// What asking Apple has found, if it was asked.
    pub found: Option<Found>,
}

/// What a file on offer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum RowVerdict {
    /// Can be added.
    Ready {
        /// The key.
        candidate: Candidate,
    },
    /// Another key with this Key ID is stored: the user decides.
    Conflict {
        /// The key on offer.
        candidate: Candidate,
        /// The stored one.
        existing: KeySummary,
    },
    /// Encrypted.
    NeedsPassphrase {
        /// The passphrase tried last did not open it.
        wrong: bool,
    },
    /// This very key is stored.
    AlreadyHave {
        /// Where.
        existing: KeySummary,
    },
    /// This very key stands in another row.
    SameAsRow {
        /// That row.
        row: u32,
    },
    /// Left out.
    Refused {
        /// Why.
        code: RefusalCode,
    },
}

/// What to do when another key with the same Key ID is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConflictChoice {
    /// Store both; both are marked.
    KeepBoth,
    /// Store the new one and archive the stored one.
    Replace,
}

/// What the user decided for one row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct ImportChoice {
    /// The row.
    pub row: u32,
    /// The key's name.
    pub name: String,
    /// Apple's Key ID.
    pub key_id: String,
    /// Team or Individual.
    pub kind: KeyKind,
    /// The team's Issuer ID; may be added later.
    pub issuer_id: Option<String>,
    /// Empty means "not sure".
    pub roles: Vec<Role>,
    /// Needed when the Key ID is taken.
    pub conflict: Option<ConflictChoice>,
}

/// Everything the user decided.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct ImportCommit {
    /// The import.
    pub id: u32,
    /// The rows to add.
    pub choices: Vec<ImportChoice>,
}

/// What became of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportOutcome {
    /// Stored and on disk.
    pub added: Vec<KeyView>,
    /// Not stored; they stay on offer.
    pub failed: Vec<FailedRow>,
}

/// One row that was not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FailedRow {
    /// The row.
    pub row: u32,
    /// Why.
    pub error: IpcError,
}

/// What a drop holds, by file name alone, before anything is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct DropPreview {
    /// Files named like keys.
    pub keys: usize,
    /// Other files.
    pub others: usize,
    /// Folders.
    pub folders: usize,
    /// Names of files that look like another service's keys.
    pub look_alikes: Vec<String>,
}
