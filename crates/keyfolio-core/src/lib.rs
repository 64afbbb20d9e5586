//! The use cases of Keyfolio: take keys in, keep them, list them, compare them, let them go.
//!
//! This crate joins the file ([`asc_key`]), the vault ([`vault`]) and the permission catalogue ([`asc_access`])
//! and knows nothing of windows. Every request is one method of [`Keyfolio`] and every answer is plain data from
//! [`view`]. What it refuses: to hand out key bytes, to store anything before the user confirmed it, to delete
//! anything because a keyring or a disk misbehaved.
//!
//! Methods may wait for the disk or the OS keyring; call them off the thread that draws.

mod activity;
mod ask;
pub mod bindings;
mod environment;
mod failure;
mod guards;
mod handing;
mod import;
mod library;
mod links;
mod permissions;
mod preferences;
#[cfg(feature = "samples")]
pub mod samples;
mod scalar;
pub mod self_test;
mod session;
mod teams;
mod tokens;
pub mod view;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use vault::{DataDirLock, LockTrouble};
pub use zeroize;

pub use environment::{Clock, Environment, Places, Way};
pub use handing::{GhTool, Suggestion};
pub use import::Pasted;

use activity::Unnoted;
use ask::Apple;
use handing::Handing;
use import::Imports;
use preferences::Preferences;
use session::Session;
use view::{AppEvent, AppStatus, Appearance, Asking, Deed, Hint, IpcError, Platform};

/// Hears what the core says unasked. Called from any thread, never with a lock held.
pub type Listener = Box<dyn Fn(&AppEvent) + Send + Sync>;

/// The application, without its window.
pub struct Keyfolio {
    environment: Environment,
    session: Mutex<Session>,
    /// Signalled when the first attempt to open the vault has ended.
    settled: Condvar,
    /// Held during an attempt to open or make the vault: the keyring may be showing its prompt meanwhile.
    attempt: Mutex<()>,
    imports: Imports,
    handing: Handing,
    unnoted: Unnoted,
    preferences: Preferences,
    apple: Apple,
    listener: Listener,
    _only_one: DataDirLock,
}

/// Why the application cannot start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// Another one works on the same data.
    #[error("another Keyfolio works on the same data")]
    AlreadyRunning,
    /// The data folder cannot be made or written.
    #[error("the data folder cannot be used")]
    FolderUnusable,
}

impl Keyfolio {
    /// Takes the data folder for itself. The vault is opened later, by [`Self::open_in_background`].
    ///
    /// # Errors
    /// When another program holds the folder, or it cannot be used.
    pub fn start(environment: Environment, listener: Listener) -> Result<Self, StartError> {
        let only_one = DataDirLock::acquire(&environment.data_dir).map_err(|trouble| match trouble {
            LockTrouble::AlreadyRunning => StartError::AlreadyRunning,
            LockTrouble::Disk(_) => StartError::FolderUnusable,
        })?;
        Ok(Self {
            session: Mutex::new(Session::Opening),
            settled: Condvar::new(),
            attempt: Mutex::new(()),
            imports: Imports::default(),
            handing: Handing::default(),
            unnoted: Unnoted::default(),
            apple: Apple::default(),
            preferences: Preferences::load(&environment.data_dir),
            listener,
            _only_one: only_one,
            environment,
        })
    }

    /// Everything the window needs for its first frame.
    #[must_use]
    pub fn status(&self) -> AppStatus {
        AppStatus {
            platform: Platform::current(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            profile: self.environment.profile,
            vault: self.vault_status(),
            appearance: self.appearance(),
            hints_seen: self.preferences.hints_seen(),
            asking: self.preferences.asking(),
            clipboard_seconds: self.preferences.clipboard_seconds(),
        }
    }

    /// How the window is drawn.
    #[must_use]
    pub fn appearance(&self) -> Appearance {
        self.preferences.appearance()
    }

    /// Chooses light, dark or the system's, for this and every later start.
    ///
    /// # Errors
    /// When the choice cannot be written; it then holds until the program ends.
    pub fn set_appearance(&self, appearance: Appearance) -> Result<(), IpcError> {
        let written = self.preferences.set_appearance(appearance);
        self.tell(AppEvent::StatusChanged);
        written
    }

    /// Notes that a hint was dismissed, for this and every later start.
    ///
    /// # Errors
    /// When that cannot be written; the hint then stays away until the program ends.
    pub fn hint_seen(&self, hint: Hint) -> Result<(), IpcError> {
        let written = self.preferences.hint_seen(hint);
        self.tell(AppEvent::StatusChanged);
        written
    }

    /// Chooses when Apple is asked, for this and every later start.
    ///
    /// # Errors
    /// When the choice cannot be written; it then holds until the program ends.
    pub fn set_asking(self: &Arc<Self>, asking: Asking) -> Result<(), IpcError> {
        let changed = self.preferences.asking() != asking;
        let written = self.preferences.set_asking(asking);
        if changed {
            self.note(&Deed::AskingChanged { asking }, None);
            self.schedule();
        }
        self.tell(AppEvent::StatusChanged);
        written
    }

    fn tell(&self, event: AppEvent) {
        (self.listener)(&event);
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> i64 {
        (self.environment.clock)()
    }
}
