use asc_client::Trouble;
use asc_key::token::InvalidScope;
use serde::Serialize;
use ts_rs::TS;
use vault::KeyringTrouble;

use super::KeySummary;

/// Every way a request can end without doing what was asked. Codes and typed fields; the reader has the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum IpcError {
    /// The vault is locked.
    VaultLocked,
    /// There is no vault yet.
    VaultNotSetUp,
    /// The vault exists already.
    VaultExists,
    /// The passphrase does not open it.
    PassphraseWrong,
    /// The passphrase is too short.
    PassphraseTooShort {
        /// Characters needed.
        minimum: usize,
    },
    /// The OS keyring did not do its part.
    Keyring {
        /// What is wrong with it.
        trouble: KeyringTrouble,
    },
    /// No such key, or it was removed.
    KeyNotFound,
    /// The key was changed in the meantime.
    ChangedElsewhere,
    /// No other copy of the key is known; ask first.
    OnlyKnownCopy,
    /// This very key is stored.
    AlreadyHave {
        /// Where.
        existing: KeySummary,
    },
    /// Another key with this Key ID is stored.
    KeyIdTaken {
        /// Which.
        existing: KeySummary,
    },
    /// Another row of the same import has this Key ID.
    KeyIdTwice,
    /// Not a Key ID.
    KeyIdInvalid,
    /// Not an Issuer ID.
    IssuerIdInvalid,
    /// A key needs a name.
    NameEmpty,
    /// A text is too long.
    TextTooLong {
        /// Which.
        field: TextField,
        /// Characters allowed.
        maximum: usize,
    },
    /// A Team key has one role.
    TooManyRoles,
    /// The import was cancelled, finished or dropped when the vault was locked.
    ImportGone,
    /// Nothing on the clipboard could be a key.
    ClipboardEmpty,
    /// The clipboard does not answer.
    ClipboardUnavailable,
    /// No key in the usual places.
    NothingFound,
    /// The disk is full.
    DiskFull,
    /// The disk cannot be written.
    DiskReadOnly,
    /// The disk reported an error.
    DiskFailed,
    /// The vault, or this key in it, is damaged.
    VaultDamaged,
    /// More than an export may hold.
    ExportTooLarge {
        /// MiB allowed.
        maximum: usize,
    },
    /// The file could not be written where the user wanted it.
    ExportFailed,
    /// No such operation or capability in the catalogue.
    NotInCatalogue,
    /// Not a vendor number.
    VendorNumberInvalid,
    /// Nothing was learned from Apple.
    NotReached {
        /// What stood in the way.
        trouble: Trouble,
    },
    /// Apple refused what was asked.
    AppleRefused {
        /// The HTTP status.
        status: u16,
    },
    /// The team has nobody with that address.
    NoSuchPerson,
    /// The Issuer ID of this Team key is not known.
    IssuerIdMissing,
    /// A token would live too short or too long.
    TokenLifetime {
        /// Least seconds from now.
        #[ts(type = "number")]
        least: u64,
        /// Most seconds from now.
        #[ts(type = "number")]
        most: u64,
    },
    /// An entry of the scope does not follow the grammar.
    TokenScope {
        /// Why.
        why: InvalidScope,
    },
    /// The token has ended, was replaced or went when the vault was locked.
    TokenGone,
    /// Nothing was handed over, or not all of it.
    Handoff {
        /// Why.
        why: HandoffTrouble,
    },
    /// The browser could not be opened, or the page is not on the list.
    LinkFailed,
    /// A defect of ours. Nothing was changed.
    Internal,
}

/// A text the user types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TextField {
    /// A key's name.
    Name,
    /// A key's notes.
    Notes,
    /// One tag, or the number of tags.
    Tags,
    /// A team's name.
    TeamName,
}

/// Why a key was not handed over. What was there before is untouched, unless it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandoffTrouble {
    /// No such form, part or receipt.
    Unknown,
    /// The tool cannot use this kind of key this way.
    Individual,
    /// The name or the path has characters that cannot be written there with certainty.
    Unquotable,
    /// What was made does not read back as this key; it was not handed over.
    NotProven,
    /// The place was chosen too long ago, or the vault was locked since.
    PlaceGone,
    /// No name for a file.
    Name,
    /// The folder is not there.
    NoFolder,
    /// There is a file of that name now.
    Exists,
    /// There is a link of that name.
    Link,
    /// There is a folder, a pipe or a device of that name.
    NotAFile,
    /// The folder may not be written to.
    NotAllowed,
    /// The disk is full.
    DiskFull,
    /// The file system cannot keep the file to its owner.
    RightsNotKept,
    /// Something else changed the file while it was written; what lies there now is not what was written.
    ChangedMeanwhile,
    /// The disk failed in another way.
    Failed,
    /// Where it goes was not said, or is too long.
    Destination,
    /// Not `owner/name`, or not the name of an environment.
    Repository,
    /// GitHub's command line tool is not on this computer.
    NoGh,
}
