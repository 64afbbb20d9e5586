use asc_client::Trouble;
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
