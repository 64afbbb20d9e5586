use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DropPreview, ImportState, RunView};

/// What the core tells the window unasked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AppEvent {
    /// Ask for the status again.
    StatusChanged,
    /// Ask for the keys again.
    KeysChanged,
    /// Keys are being checked, or no longer.
    RunChanged {
        /// How it goes; none once it was dismissed.
        run: Option<RunView>,
    },
    /// Ask for the activity again.
    ActivityChanged,
    /// Ask for receipts again.
    HandoffsChanged,
    /// Files are held over the window.
    DropHover {
        /// What they are, by name.
        preview: DropPreview,
    },
    /// They were taken away, or dropped.
    DropLeft,
    /// An import exists or moved on.
    ImportChanged {
        /// Which.
        id: u32,
        /// How far reading has come.
        state: ImportState,
        /// Files read.
        done: usize,
        /// Files to read.
        total: usize,
    },
}

/// What of a key may be copied: none of it is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CopyField {
    /// Apple's Key ID.
    KeyId,
    /// The team's Issuer ID.
    IssuerId,
    /// The public key's fingerprint.
    Fingerprint,
}

/// Pages the window may open in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FixedLink {
    /// Users and Access > Integrations > App Store Connect API.
    AscIntegrations,
    /// The Individual Keys tab beside it.
    AscIndividualKeys,
    /// Users and Access > People.
    AscUsers,
    /// Business: agreements to be signed.
    AscAgreements,
    /// Apple's status of its developer services.
    AppleStatus,
    /// Apple's page about the errors of this API.
    AppleErrors,
    /// Apple's page about tokens: the rules the inspector judges by.
    AppleTokens,
}

/// A page to open: one of ours, or a source the catalogue names. Anything else is refused.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// One of ours.
    Fixed(FixedLink),
    /// A source URL of the catalogue.
    Source(String),
}
