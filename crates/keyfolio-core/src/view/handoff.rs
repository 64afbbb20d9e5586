//! Giving keys to tools: recipes, what would be written, and the ledger of where each key went.

use asc_access::{Basis, Role, Source, Task};
use asc_key::KeyKind;
use handoff::write::PlaceWarning;
use handoff::{Individual, Instead, Limit, Sheet, Tool, ToolGroup};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AppScopeCode, Clip, KeyRef, NearView};

/// One tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecipeView {
    /// The tool; words under `handoff.tool.<code>`.
    pub tool: Tool,
    /// Where it stands.
    pub group: ToolGroup,
    /// What it is used for, the usual job first; none if that depends on who reads the file.
    #[ts(as = "Vec<Task>")]
    pub jobs: &'static [Task],
    /// The ways it takes a key, the best first.
    pub forms: Vec<FormView>,
    /// It takes Individual keys in the best of its forms, as far as known.
    pub individual: Individual,
    /// The smallest role of a Team key that does all its jobs.
    pub least: Option<Role>,
    /// It takes a short-lived token as well, which is safer than the key.
    pub takes_token: bool,
    /// The evidence for names, formats and limits.
    #[ts(as = "Vec<Source>")]
    pub sources: &'static [Source],
}

/// One way to give a key to a tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormView {
    /// Its code; words under `handoff.form.<code>`.
    pub code: &'static str,
    /// What names and formats rest on.
    pub basis: Basis,
    /// What becomes of an Individual key.
    pub individual: Individual,
    /// Files it writes.
    pub files: usize,
    /// Settings that are shown to everyone.
    pub variables: usize,
    /// Settings that hold the key.
    pub secrets: usize,
    /// Its settings can be set with GitHub's command line tool.
    pub gh: bool,
}

/// Which key for a form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct FittingRequest {
    /// The form's code.
    pub form: String,
    /// Jobs, if not all those of the recipe.
    pub tasks: Option<Vec<Task>>,
    /// For which apps.
    pub scope: AppScopeCode,
}

/// Keys in use, for a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FittingView {
    /// Keys that can do all of it, the smallest first. Keys about whose rights nothing is asked come in the order of
    /// the list.
    pub fits: Vec<KeyRef>,
    /// Keys that can do some of it, or for which it is open.
    pub nearly: Vec<NearView>,
    /// Keys the tool cannot use.
    pub refused: Vec<RefusedKey>,
    /// The role to make a Team key with, if none fits.
    pub create: Option<Role>,
}

/// A key a tool cannot use, whatever it may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RefusedKey {
    /// Which.
    pub key: KeyRef,
    /// Why, and what to do instead.
    pub individual: Individual,
}

/// A form and a key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct HandoffPair {
    /// The form's code.
    pub form: String,
    /// Which key.
    pub key: KeyRef,
}

/// A form filled in for a key, and the proof that it works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "can", rename_all = "snake_case")]
pub enum SheetView {
    /// What would be handed over. Holds no secret.
    Yes {
        /// The form, filled in.
        sheet: Box<Sheet>,
        /// When every secret part was made, read back and had signed; milliseconds since 1970. None for a form
        /// without a secret part.
        #[ts(type = "number | null")]
        proved_at: Option<i64>,
    },
    /// The tool cannot use this key this way.
    No {
        /// Why.
        limit: Option<Limit>,
        /// What to do instead, the best first.
        #[ts(as = "Vec<Instead>")]
        instead: &'static [Instead],
    },
    /// The Issuer ID of this Team key is not known; it has to be entered first.
    NeedsIssuer,
}

/// What of a form is handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum HandoffPart {
    /// A file, by its place in the sheet.
    File {
        /// From 0.
        index: usize,
    },
    /// All settings as one file of variables.
    EnvFile,
    /// The value of one setting.
    Setting {
        /// Its name.
        name: String,
    },
}

/// Where a file should go.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct PlaceRequest {
    /// The form's code.
    pub form: String,
    /// Which key.
    pub key: KeyRef,
    /// Which file.
    pub part: HandoffPart,
    /// The folder the tool looks into by itself, without asking; else a dialog asks.
    pub known_folder: bool,
    /// Title of the dialog.
    pub title: String,
}

/// A place that was chosen. Nothing is written yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlaceView {
    /// Its number, for [`WriteRequest`].
    pub id: u32,
    /// The path, shortened for display.
    pub path: String,
    /// There is a file of that name, which would be replaced.
    pub exists: bool,
    /// What is risky about it.
    pub warnings: Vec<PlaceWarning>,
    /// The line that keeps the file out of the next commit, and the file it would be added to; none when there is
    /// no repository or it stands there already.
    pub ignore: Option<IgnoreView>,
    /// The lines to paste, with this path in them.
    pub sheet: Box<Sheet>,
}

/// A line for `.gitignore`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IgnoreView {
    /// The file, shortened for display.
    pub file: String,
    /// The line.
    pub line: String,
}

/// Writes to a chosen place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct WriteRequest {
    /// The place.
    pub id: u32,
    /// Where that is, in the user's words.
    pub destination: String,
    /// The file there may be replaced.
    pub replace: bool,
    /// The folder cannot keep files to their owner, and the user wants it all the same.
    pub accept_rights: bool,
    /// Add the line to `.gitignore`, too.
    pub ignore: bool,
}

/// Copies one secret setting to the clipboard.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct SecretCopy {
    /// The form's code.
    pub form: String,
    /// Which key.
    pub key: KeyRef,
    /// The setting's name.
    pub setting: String,
    /// Where it will be pasted, in the user's words.
    pub destination: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SecretCopied {
    /// What is on the clipboard now.
    pub clip: Clip,
    /// Its receipt.
    pub receipt: ReceiptView,
}

/// Sets all settings of a form with GitHub's command line tool.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct GhRequest {
    /// The form's code.
    pub form: String,
    /// Which key.
    pub key: KeyRef,
    /// `owner/name`.
    pub repository: String,
    /// An environment of the repository.
    pub environment: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GhView {
    /// Every setting, in order.
    pub steps: Vec<GhStep>,
    /// The receipt, if the secret was set, or may have been. With the vault locked meanwhile it comes when that is opened.
    pub receipt: Option<ReceiptView>,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GhStep {
    /// Its name.
    pub name: String,
    /// How it went.
    pub outcome: GhOutcome,
    /// What the tool said when it refused: its first lines, with nothing of the key in them.
    pub said: Option<String>,
}

/// How a run of GitHub's tool ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GhOutcome {
    /// It said yes.
    Set,
    /// It said no.
    Refused,
    /// It did not end in time and was stopped; whether the setting is there is not known.
    TimedOut,
    /// It could not be started.
    NotStarted,
    /// Not tried, because an earlier one failed.
    Skipped,
}

/// How a key left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandoffBy {
    /// As a file written here.
    File,
    /// By the clipboard.
    Clipboard,
    /// By GitHub's command line tool.
    Gh,
    /// Not from here: the user says it is there.
    Noted,
}

/// One line of the ledger: where a key went. Never the key itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptView {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
    /// When it went; milliseconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
    /// Which key; it may be gone.
    pub key: KeyRef,
    /// What the key was called then.
    pub key_name: String,
    /// Its Key ID then.
    pub key_id: String,
    /// Its kind then.
    pub kind: KeyKind,
    /// First bytes of the SHA-256 of its public key: 64 hex digits.
    pub fingerprint: String,
    /// The tool; none when a newer version wrote one this version does not know.
    pub tool: Option<Tool>,
    /// The form's code; none for a noted one.
    pub form: Option<String>,
    /// Where, in the user's words.
    pub destination: String,
    /// How.
    pub by: HandoffBy,
    /// The file, shortened for display.
    pub path: Option<String>,
    /// Whether that file is still there; none when it was no file.
    pub file_there: Option<bool>,
    /// What was risky about the place.
    pub warnings: Vec<PlaceWarning>,
    /// When the user said the key is no longer there; milliseconds since 1970.
    #[ts(type = "number | null")]
    pub gone_at: Option<i64>,
}

/// Which receipts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default)]
pub struct ReceiptQuery {
    /// Of this key.
    pub key: Option<KeyRef>,
    /// Of this tool.
    pub tool: Option<Tool>,
}

/// A place a key is in that it was not handed to from here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct NotedHandoff {
    /// Which key.
    pub key: KeyRef,
    /// The tool.
    pub tool: Tool,
    /// Where, in the user's words.
    pub destination: String,
}

/// A change to a receipt: receipts are never erased.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct ReceiptChange {
    /// Which.
    #[ts(type = "number")]
    pub id: i64,
    /// Whether the key is no longer there.
    pub gone: bool,
}

/// What depends on a key, as far as the ledger knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UsesView {
    /// Every receipt of this key, newest first.
    pub receipts: Vec<ReceiptView>,
    /// What would stop working if it were revoked: one line per place it still is in.
    pub breaks: Vec<BreakView>,
    /// The jobs of everything it was handed to.
    pub jobs: Vec<Task>,
    /// Some of it is for no job in particular, so nothing can be said about a smaller role.
    pub open: bool,
    /// A smaller role that would cover all of `jobs`.
    pub smaller: Option<SmallerView>,
}

/// A place that would stop working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BreakView {
    /// The tool; none when a newer version wrote one this version does not know.
    pub tool: Option<Tool>,
    /// Where, in the user's words.
    pub destination: String,
    /// The last time it was handed there; milliseconds since 1970.
    #[ts(type = "number")]
    pub at: i64,
    /// The jobs it is there for.
    pub jobs: Vec<Task>,
}

/// A smaller role that does the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SmallerView {
    /// The role the key has.
    pub has: Role,
    /// The smallest that covers its hand-offs.
    pub role: Role,
    /// Keys in use that already have it, or less, and cover them.
    pub keys: Vec<KeyRef>,
}
