use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vault::{KeyringTrouble, SlotKind};

use super::Asking;

/// The operating system, because words follow it ("Keychain", "Credential Manager", "keyring").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Any Linux desktop.
    Linux,
    /// macOS.
    Macos,
    /// Windows.
    Windows,
}

impl Platform {
    /// The platform this program was built for.
    #[must_use]
    pub const fn current() -> Self {
        if cfg!(target_os = "macos") {
            Self::Macos
        } else if cfg!(windows) {
            Self::Windows
        } else {
            Self::Linux
        }
    }
}

/// Whose data is on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// The user's own keys.
    Normal,
    /// Throwaway sample keys that vanish when the window closes.
    Demo,
}

/// How the window is drawn.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    /// Follow the operating system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// Something explained once, on the first run, and not again after it was dismissed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// How to read the strip of marks in a row of the list.
    ReachStrip,
}

/// Why a vault is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LockReason {
    /// The application has just started and only a passphrase opens this vault.
    Start,
    /// The user locked it.
    User,
    /// The OS keyring did not give the key-encryption key.
    Keyring,
}

/// The state of the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum VaultStatus {
    /// The keyring is being asked; it may be showing its own prompt.
    Opening,
    /// First start, and the OS keyring cannot be used.
    NeedsSetup {
        /// What is wrong with the keyring.
        trouble: KeyringTrouble,
    },
    /// Keys exist and are sealed.
    Locked {
        /// What can open it.
        slots: Vec<SlotKind>,
        /// Why it is locked.
        reason: LockReason,
        /// What is wrong with the keyring, when that is the reason.
        trouble: Option<KeyringTrouble>,
    },
    /// Keys can be listed and used.
    Open {
        /// What can open it next time.
        slots: Vec<SlotKind>,
    },
    /// The file is damaged. Nothing was changed.
    Damaged {
        /// Older copies that can be put in its place, newest first.
        snapshots: Vec<SnapshotView>,
    },
    /// A newer Keyfolio wrote this vault. Nothing was changed.
    TooNew {
        /// The vault's format.
        #[ts(type = "number")]
        found: i64,
        /// The newest format this program knows.
        #[ts(type = "number")]
        known: i64,
    },
    /// The data folder cannot be read or written.
    Unreachable,
}

/// A ciphertext copy of the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SnapshotView {
    /// File name inside the snapshots folder.
    pub name: String,
    /// Milliseconds since 1970.
    #[ts(type = "number")]
    pub taken_at: i64,
    /// Number of keys in it.
    pub keys: usize,
}

/// Everything the window needs to draw its first frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AppStatus {
    /// The operating system.
    pub platform: Platform,
    /// This program's version, `major.minor.patch`.
    pub version: String,
    /// Whose data is on screen.
    pub profile: Profile,
    /// The state of the vault.
    pub vault: VaultStatus,
    /// How the window is drawn.
    pub appearance: Appearance,
    /// First-run hints the user has dismissed.
    pub hints_seen: Vec<Hint>,
    /// Seconds a secret stays on the clipboard.
    pub clipboard_seconds: u32,
    /// When Apple is asked.
    pub asking: Asking,
}
