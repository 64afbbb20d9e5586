//! The one thing the vault asks of a keyring: hold one short text under one user name.
//!
//! A seam, because tests, the demo profile and three operating systems answer it differently.
//! Implementations never log, never fall back to another store, and never treat "cannot say" as "not there".

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use crate::error::KeyringTrouble;

/// A keyring that holds the `os` slot's key-encryption key (44 base64 characters) per user name (`vault-<uuid>`).
pub trait Keyring: Send + Sync {
    /// Reads an entry. `Ok(None)` only when the keyring is open, has somewhere to hold entries, and holds no such one.
    ///
    /// # Errors
    /// Why the keyring could not say.
    fn read(&self, user: &str) -> Result<Option<Zeroizing<String>>, KeyringTrouble>;

    /// Writes an entry, replacing the one of the same user.
    ///
    /// # Errors
    /// Why it was not (or, for `Interrupted` and `NotResponding`, perhaps not) written.
    fn write(&self, user: &str, secret: &Zeroizing<String>) -> Result<(), KeyringTrouble>;

    /// Deletes an entry; one that is not there is as good.
    ///
    /// # Errors
    /// Why it was not (or perhaps not) deleted.
    fn delete(&self, user: &str) -> Result<(), KeyringTrouble>;
}

/// A keyring that lives and dies with its value: for tests and for the demo profile, never for real keys.
#[derive(Default)]
pub struct MemoryKeyring {
    entries: Mutex<HashMap<String, Zeroizing<String>>>,
    trouble: Mutex<Option<KeyringTrouble>>,
}

impl MemoryKeyring {
    /// An empty keyring that answers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on every call fails with `trouble`; `None` makes it work again, with everything it held.
    pub fn set_trouble(&self, trouble: Option<KeyringTrouble>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    /// The user names it holds entries for, sorted.
    #[must_use]
    pub fn users(&self) -> Vec<String> {
        let mut users: Vec<_> = self.entries.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect();
        users.sort();
        users
    }

    fn answers(&self) -> Result<(), KeyringTrouble> {
        match *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(trouble) => Err(trouble),
            None => Ok(()),
        }
    }
}

impl Keyring for MemoryKeyring {
    fn read(&self, user: &str) -> Result<Option<Zeroizing<String>>, KeyringTrouble> {
        self.answers()?;
        Ok(self.entries.lock().unwrap_or_else(PoisonError::into_inner).get(user).cloned())
    }

    fn write(&self, user: &str, secret: &Zeroizing<String>) -> Result<(), KeyringTrouble> {
        self.answers()?;
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).insert(user.to_owned(), secret.clone());
        Ok(())
    }

    fn delete(&self, user: &str) -> Result<(), KeyringTrouble> {
        self.answers()?;
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).remove(user);
        Ok(())
    }
}
