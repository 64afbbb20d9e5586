//! The real keyring of Windows: Credential Manager, with throwaway entries that go with the test.
//!
//! No test here meets an entry of whoever runs it: every user name is a new random one, and what is written under it
//! is deleted at the end, also of a test that fails.
#![cfg(windows)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot set up its scene should stop there")]

#[path = "support/mod.rs"]
mod support;

use std::sync::Mutex;

use keyring_core::api::CredentialStoreApi as _;
use uuid::Uuid;
use vault::{
    KEYRING_SERVICE, Keyring, KeyringTrouble, NewSlots, OsKeyring, Presence, SlotKind, Unlock, Vault, VaultError,
};
use zeroize::Zeroizing;

use crate::support::{NOW, PASSPHRASE, folder, new_key, private_key};

/// Credential Manager, remembering what to delete.
#[derive(Default)]
struct Throwaway {
    real: OsKeyring,
    written: Mutex<Vec<String>>,
}

impl Keyring for Throwaway {
    fn read(&self, user: &str) -> Result<Option<Zeroizing<String>>, KeyringTrouble> {
        self.real.read(user)
    }

    fn write(&self, user: &str, secret: &Zeroizing<String>) -> Result<(), KeyringTrouble> {
        self.written.lock().unwrap().push(user.to_owned());
        self.real.write(user, secret)
    }

    fn delete(&self, user: &str) -> Result<(), KeyringTrouble> {
        self.real.delete(user)
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        for user in self.written.get_mut().unwrap() {
            self.real.delete(user).unwrap();
        }
    }
}

fn new_user() -> String {
    format!("vault-throwaway-{}", Uuid::new_v4())
}

fn secret(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

fn read(keyring: &Throwaway, user: &str) -> Option<String> {
    keyring.read(user).unwrap().map(|text| text.to_string())
}

#[test]
fn an_entry_is_kept_replaced_and_deleted() {
    let (keyring, user, other) = (Throwaway::default(), new_user(), new_user());
    assert_eq!(read(&keyring, &user), None);
    keyring.write(&user, &secret("the first")).unwrap();
    keyring.write(&other, &secret("of another vault")).unwrap();
    keyring.write(&user, &secret("the second")).unwrap();
    assert_eq!(read(&keyring, &user).as_deref(), Some("the second"));
    keyring.delete(&user).unwrap();
    keyring.delete(&user).unwrap();
    assert_eq!(read(&keyring, &user), None);
    assert_eq!(read(&keyring, &other).as_deref(), Some("of another vault"));
}

#[test]
fn an_entry_stays_on_this_computer() {
    let (keyring, user) = (Throwaway::default(), new_user());
    keyring.write(&user, &secret("not for a roaming profile")).unwrap();
    keyring.write(&user, &secret("nor when replaced")).unwrap();
    let store = windows_native_keyring_store::Store::new().unwrap();
    let attributes = store.build(KEYRING_SERVICE, &user, None).unwrap().get_attributes().unwrap();
    assert_eq!(attributes["persistence"], "Local");
    assert_eq!(attributes["username"], user);
}

#[test]
fn a_vault_in_a_folder_of_any_name_opens_with_credential_manager() {
    let (parent, keyring) = (folder(), Throwaway::default());
    let dir = parent.path().join("Zoë’s Schlüssel – 鍵 ключ").join("a b");
    let mut vault = Vault::create(&dir, NewSlots { os: Some(&keyring), passphrase: None }, NOW).unwrap();
    let id = vault.insert(&[new_key(1)], NOW).unwrap()[0].id;
    vault.lock();
    assert_eq!(Vault::inspect(&dir).unwrap(), Presence::Present { slots: vec![SlotKind::Os] });
    let vault = Vault::open(&dir, Unlock::Os(&keyring), NOW).unwrap();
    assert_eq!(vault.open_key(id).unwrap().fingerprint(), private_key(1).fingerprint());
}

#[test]
fn a_lost_entry_is_named_and_costs_no_key() {
    let (dir, keyring) = (folder(), Throwaway::default());
    let mut vault =
        Vault::create(dir.path(), NewSlots { os: Some(&keyring), passphrase: Some(PASSPHRASE) }, NOW).unwrap();
    let stored = vault.insert(&[new_key(1)], NOW).unwrap();
    vault.lock();
    let user = keyring.written.lock().unwrap()[0].clone();
    keyring.delete(&user).unwrap();
    let opened = Vault::open(dir.path(), Unlock::Os(&keyring), NOW);
    assert!(matches!(opened, Err(VaultError::Keyring(KeyringTrouble::EntryMissing))), "{opened:?}");
    let vault = Vault::open(dir.path(), Unlock::Passphrase(PASSPHRASE), NOW).unwrap();
    assert_eq!(vault.keys().unwrap(), stored);
}
