//! Open, locked, or why not: the life of the vault within one run of the application.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use vault::{KeyringTrouble, NewSlots, Presence, SlotKind, SnapshotInfo, Unlock, Vault, VaultError};

use crate::view::{AppEvent, AppStatus, Deed, IpcError, LockReason, SnapshotView, VaultStatus};
use crate::{Keyfolio, activity, library};

/// How long the first frame waits for a keyring that answers at once, as most do.
const FIRST_FRAME_WAITS: Duration = Duration::from_millis(400);

/// Where the vault stands.
pub(crate) enum Session {
    /// The keyring is being asked.
    Opening,
    /// There is no vault, and no keyring to make one with.
    NeedsSetup(KeyringTrouble),
    /// Sealed.
    Locked { slots: Vec<SlotKind>, reason: LockReason, trouble: Option<KeyringTrouble> },
    /// Usable. Boxed: the other states are small.
    Open(Box<Vault>),
    /// The file is damaged.
    Damaged(Vec<SnapshotInfo>),
    /// Written by a newer version.
    TooNew { found: i64, known: i64 },
    /// The folder cannot be read.
    Unreachable,
}

impl Keyfolio {
    /// Opens the vault, or makes it on the very first start, without keeping the window waiting.
    pub fn open_in_background(self: &Arc<Self>) {
        let core = Arc::clone(self);
        std::thread::spawn(move || {
            core.open_now();
        });
    }

    /// Opens the vault by the OS keyring, or makes it on the very first start; says how it went by the status.
    pub fn open_now(self: &Arc<Self>) {
        let _attempt = self.attempt.lock().unwrap_or_else(PoisonError::into_inner);
        let session = self.try_keyring(LockReason::Start);
        self.settle(session);
    }

    /// Makes the vault with a passphrase slot, when the keyring cannot be used.
    ///
    /// # Errors
    /// When a vault exists, the passphrase is too short, or the disk refuses.
    pub fn vault_create(self: &Arc<Self>, passphrase: &str) -> Result<AppStatus, IpcError> {
        let _attempt = self.attempt.lock().unwrap_or_else(PoisonError::into_inner);
        let vault =
            Vault::create(&self.environment.data_dir, NewSlots { passphrase: Some(passphrase), os: None }, self.now())?;
        self.note_later(&Deed::VaultMade);
        self.settle(Session::Open(Box::new(vault)));
        Ok(self.status())
    }

    /// Opens the vault with a passphrase, or by the keyring when none is given. On first start, a keyring that
    /// has come to life makes the vault.
    ///
    /// # Errors
    /// When it stays closed; the status says what would open it.
    pub fn vault_unlock(self: &Arc<Self>, passphrase: Option<&str>) -> Result<AppStatus, IpcError> {
        let _attempt = self.attempt.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*self.session(), Session::Open(_)) {
            let session = match passphrase {
                Some(passphrase) => {
                    let opened = Vault::open(&self.environment.data_dir, Unlock::Passphrase(passphrase), self.now());
                    if matches!(opened, Err(VaultError::PassphraseWrong)) {
                        self.unnoted.refused(self.now());
                    }
                    let vault = opened?;
                    self.note_later(&Deed::Unlocked { by: SlotKind::Passphrase });
                    Session::Open(Box::new(vault))
                }
                None => self.try_keyring(LockReason::Keyring),
            };
            self.settle(session);
        }
        Ok(self.status())
    }

    /// Forgets the vault key, and every key on offer for import.
    pub fn vault_lock(&self) -> AppStatus {
        self.verify_stop();
        self.schedule_stop();
        let was_open = {
            let mut session = self.session();
            match &mut *session {
                Session::Open(vault) => {
                    self.note_later(&Deed::Locked);
                    self.unnoted.write_into(vault, self.now());
                    // Listing the ways in may fail on a bad disk; locking may not.
                    let slots = vault.slots().unwrap_or_default();
                    *session = Session::Locked { slots, reason: LockReason::User, trouble: None };
                    true
                }
                _ => false,
            }
        };
        if was_open {
            self.imports.clear();
            self.handing.forget_places();
            self.tell(AppEvent::StatusChanged);
        }
        self.status()
    }

    /// Adds a passphrase as a second way in.
    ///
    /// # Errors
    /// When locked, the passphrase is too short, or the disk refuses.
    pub fn vault_add_passphrase(&self, passphrase: &str) -> Result<AppStatus, IpcError> {
        let now = self.now();
        self.with_vault(|vault| {
            Ok(vault.write(now, |writing| {
                writing.add_passphrase_slot(passphrase)?;
                activity::note(writing, &Deed::PassphraseAdded, None)
            })?)
        })?;
        self.tell(AppEvent::StatusChanged);
        Ok(self.status())
    }

    /// Puts a snapshot in the damaged vault's place (which is kept beside it) and opens it.
    ///
    /// # Errors
    /// When the snapshot is gone or damaged too, or the disk refuses.
    pub fn vault_restore_snapshot(self: &Arc<Self>, name: &str) -> Result<AppStatus, IpcError> {
        let _attempt = self.attempt.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*self.session(), Session::Damaged(_)) {
            return Err(IpcError::VaultExists);
        }
        vault::restore_snapshot(&self.environment.data_dir, name, self.now())?;
        self.note_later(&Deed::SnapshotRestored);
        let session = self.try_keyring(LockReason::Start);
        self.settle(session);
        Ok(self.status())
    }

    /// Ends the run: erases what was removed, forgets the vault key, and in the demo erases everything.
    pub fn close(&self) {
        self.stop_asking();
        self.imports.clear();
        self.handing.forget_places();
        let session = std::mem::replace(&mut *self.session(), Session::Unreachable);
        if let Session::Open(mut vault) = session {
            self.unnoted.write_into(&mut vault, self.now());
            // What cannot be erased now is erased at the next start.
            let _ = library::erase_removed(&mut vault, self.now());
        }
        #[cfg(feature = "samples")]
        if self.environment.profile == crate::view::Profile::Demo {
            let _ = std::fs::remove_dir_all(&self.environment.data_dir);
        }
    }

    pub(crate) fn vault_status(&self) -> VaultStatus {
        let (session, _) = self
            .settled
            .wait_timeout_while(self.session(), FIRST_FRAME_WAITS, |session| matches!(session, Session::Opening))
            .unwrap_or_else(PoisonError::into_inner);
        match &*session {
            Session::Opening => VaultStatus::Opening,
            Session::NeedsSetup(trouble) => VaultStatus::NeedsSetup { trouble: *trouble },
            Session::Locked { slots, reason, trouble } => {
                VaultStatus::Locked { slots: slots.clone(), reason: *reason, trouble: *trouble }
            }
            Session::Open(vault) => VaultStatus::Open { slots: vault.slots().unwrap_or_default() },
            Session::Damaged(snapshots) => {
                VaultStatus::Damaged { snapshots: snapshots.iter().map(SnapshotView::from).collect() }
            }
            Session::TooNew { found, known } => VaultStatus::TooNew { found: *found, known: *known },
            Session::Unreachable => VaultStatus::Unreachable,
        }
    }

    /// Runs `act` on the open vault, and tells the window if something was noted in it.
    pub(crate) fn with_vault<T>(&self, act: impl FnOnce(&mut Vault) -> Result<T, IpcError>) -> Result<T, IpcError> {
        let (done, noted) = match &mut *self.session() {
            Session::Open(vault) => {
                let before = vault.noted();
                (act(vault), vault.noted() > before)
            }
            Session::NeedsSetup(_) => return Err(IpcError::VaultNotSetUp),
            Session::Opening | Session::Locked { .. } => return Err(IpcError::VaultLocked),
            Session::Damaged(_) | Session::TooNew { .. } => return Err(IpcError::VaultDamaged),
            Session::Unreachable => return Err(IpcError::DiskFailed),
        };
        if noted {
            self.tell(AppEvent::ActivityChanged);
        }
        done
    }

    /// Asks the keyring, without holding the session: it may show its own prompt for a minute.
    fn try_keyring(&self, reason: LockReason) -> Session {
        let dir = &self.environment.data_dir;
        let keyring = &*self.environment.keyring;
        let slots = match Vault::inspect(dir) {
            Ok(Presence::Absent) => {
                return match Vault::create(dir, NewSlots { os: Some(keyring), passphrase: None }, self.now()) {
                    Ok(vault) => {
                        self.note_later(&Deed::VaultMade);
                        Session::Open(Box::new(vault))
                    }
                    Err(VaultError::Keyring(trouble)) => Session::NeedsSetup(trouble),
                    Err(error) => failed(error),
                };
            }
            Ok(Presence::Present { slots }) => slots,
            Ok(Presence::TooNew { found, known }) => return Session::TooNew { found, known },
            Ok(Presence::Damaged { snapshots }) => return Session::Damaged(snapshots),
            Err(error) => return failed(error),
        };
        if !slots.contains(&SlotKind::Os) {
            return Session::Locked { slots, reason, trouble: None };
        }
        match Vault::open(dir, Unlock::Os(keyring), self.now()) {
            Ok(vault) => {
                self.note_later(&Deed::Unlocked { by: SlotKind::Os });
                Session::Open(Box::new(vault))
            }
            Err(VaultError::Keyring(trouble)) => {
                Session::Locked { slots, reason: LockReason::Keyring, trouble: Some(trouble) }
            }
            Err(error) => failed(error),
        }
    }

    /// Notes a step in the vault's own life when it is open, or as soon as it is.
    fn note_later(&self, deed: &Deed) {
        self.unnoted.push(activity::note_of(deed, None, self.now()));
    }

    /// Enters a state, tells the window, and does what an opened vault has waiting.
    fn settle(self: &Arc<Self>, mut session: Session) {
        if let Session::Open(vault) = &mut session {
            // A full disk keeps nobody from the keys: what cannot be noted or erased now is tried again.
            self.unnoted.write_into(vault, self.now());
            // Removals whose time to undo ended with the last run.
            let _ = library::erase_removed(vault, self.now());
            #[cfg(feature = "samples")]
            crate::samples::fill(vault, self.environment.samples, self.environment.sample_files.as_deref(), self.now());
        }
        let open = matches!(session, Session::Open(_));
        *self.session() = session;
        self.settled.notify_all();
        self.tell(AppEvent::StatusChanged);
        if open {
            self.settle_handoffs();
            self.begin_waiting_imports();
            self.schedule();
        }
    }
}

fn failed(error: VaultError) -> Session {
    match error {
        VaultError::Damaged { snapshots } => Session::Damaged(snapshots),
        VaultError::TooNew { found, known } => Session::TooNew { found, known },
        VaultError::DamagedSlot(_) => Session::Damaged(Vec::new()),
        _ => Session::Unreachable,
    }
}

impl From<&SnapshotInfo> for SnapshotView {
    fn from(info: &SnapshotInfo) -> Self {
        Self { name: info.name.clone(), taken_at: info.taken_at, keys: info.keys }
    }
}
