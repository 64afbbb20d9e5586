//! The requests that only the window makes. Passphrases are wiped when the request has been answered.

use keyfolio_core::view::{Appearance, Asking, ColumnRef, CopyField, Hint, KeyRef, Layer, Link};
use keyfolio_core::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A passphrase typed by the user: no Debug, wiped on drop.
#[derive(Deserialize, TS)]
pub(crate) struct NewPassphraseRequest {
    #[ts(type = "string")]
    pub(crate) passphrase: Zeroizing<String>,
}

/// A passphrase, or none for the keyring.
#[derive(Deserialize, TS)]
pub(crate) struct PassphraseRequest {
    #[ts(type = "string | null")]
    pub(crate) passphrase: Option<Zeroizing<String>>,
}

/// The passphrase of an encrypted file.
#[derive(Deserialize, TS)]
pub(crate) struct RowPassphraseRequest {
    pub(crate) id: u32,
    pub(crate) row: u32,
    #[ts(type = "string")]
    pub(crate) passphrase: Zeroizing<String>,
}

/// A token on its way to the eyes of the user: no Debug, wiped when it was sent.
#[derive(Serialize, TS)]
#[serde(transparent)]
#[ts(as = "String")]
pub(crate) struct Revealed(pub(crate) Zeroizing<String>);

/// Which way to zoom.
#[derive(Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ZoomStep {
    In,
    Out,
    Reset,
}

/// What the user does where a title bar would be.
#[derive(Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TitleBarTouch {
    /// Pulls at it: the window follows.
    Drag,
    /// Clicks it twice: the window fills the screen, or goes back.
    DoubleClick,
}

macro_rules! requests {
    ($($name:ident { $($field:ident: $type:ty),* })*) => {
        $(
            #[derive(Deserialize, TS)]
            pub(crate) struct $name { $(pub(crate) $field: $type),* }
        )*

        /// The TypeScript of every request in this file.
        #[cfg(test)]
        pub(super) fn declarations(config: &ts_rs::Config) -> Vec<String> {
            vec![
                NewPassphraseRequest::decl(config),
                PassphraseRequest::decl(config),
                RowPassphraseRequest::decl(config),
                Revealed::decl(config),
                ZoomStep::decl(config),
                TitleBarTouch::decl(config),
                $($name::decl(config)),*
            ]
        }
    };
}

requests! {
    AppearanceRequest { appearance: Appearance }
    SnapshotRequest { name: String }
    KeyRequest { id: KeyRef }
    IssuerRenameRequest { issuer_id: String, name: String }
    CopyRequest { id: KeyRef, what: CopyField }
    ImportRequest { id: u32 }
    LedgerRequest { columns: Vec<ColumnRef>, layer: Layer }
    GridRequest { layer: Layer }
    IssuerVendorRequest { issuer_id: String, vendor_number: String }
    AskingRequest { asking: Asking }
    ExportCopyRequest { text: String }
    HintRequest { hint: Hint }
    LinkRequest { link: Link }
    ZoomRequest { step: ZoomStep }
    TokenRequest { id: u32 }
    ClipboardRequest { seconds: u32 }
    PlaceDropRequest { id: u32 }
    TitleBarRequest { touch: TitleBarTouch }
}
