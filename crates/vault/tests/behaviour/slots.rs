//! Opening: with the keyring, with the passphrase, and what is said when neither does.

use static_assertions::assert_not_impl_any;
use vault::{
    Keyring, KeyringTrouble, MemoryKeyring, NewSlots, Presence, SlotKind, Unlock, Vault, VaultError, VaultKey,
};
use zeroize::Zeroizing;

use crate::support::{NOW, PASSPHRASE, create, folder, new_key, private_key};

assert_not_impl_any!(VaultKey: Clone, std::fmt::Debug, std::fmt::Display, serde::Serialize, AsRef<[u8]>, std::ops::Deref);
assert_not_impl_any!(Vault: Clone, serde::Serialize);
assert_not_impl_any!(asc_key::PrivateKey: Clone, std::fmt::Display, serde::Serialize, std::ops::Deref);

#[test]
fn a_passphrase_opens_the_vault_where_there_is_no_keyring() {
    let dir = folder();
    let mut vault = Vault::create(dir.path(), NewSlots { os: None, passphrase: Some(PASSPHRASE) }, NOW).unwrap();
    let id = vault.insert(&[new_key(1)], NOW).unwrap()[0].id;
    vault.lock();
    assert_eq!(Vault::inspect(dir.path()).unwrap(), Presence::Present { slots: vec![SlotKind::Passphrase] });

    let wrong = Vault::open(dir.path(), Unlock::Passphrase("another long passphrase"), NOW);
    assert!(matches!(wrong, Err(VaultError::PassphraseWrong)), "{wrong:?}");
    let none = Vault::open(dir.path(), Unlock::Os(&MemoryKeyring::new()), NOW);
    assert!(matches!(none, Err(VaultError::NoSuchSlot(SlotKind::Os))), "{none:?}");
    let vault = Vault::open(dir.path(), Unlock::Passphrase(PASSPHRASE), NOW).unwrap();
    assert_eq!(vault.open_key(id).unwrap().fingerprint(), private_key(1).fingerprint());
}

#[test]
fn a_vault_without_a_way_in_is_not_created() {
    let dir = folder();
    assert!(matches!(Vault::create(dir.path(), NewSlots::default(), NOW), Err(VaultError::NoSlot)));
    let short = NewSlots { os: None, passphrase: Some("elevenchars") };
    assert!(matches!(Vault::create(dir.path(), short, NOW), Err(VaultError::PassphraseTooShort { minimum: 12 })));
    assert_eq!(Vault::inspect(dir.path()).unwrap(), Presence::Absent);
}

#[test]
fn a_passphrase_is_measured_in_characters_not_bytes() {
    let dir = folder();
    let eleven = NewSlots { os: None, passphrase: Some("äöüäöüäöüäö") };
    assert!(matches!(Vault::create(dir.path(), eleven, NOW), Err(VaultError::PassphraseTooShort { .. })));
}

#[test]
fn an_added_passphrase_opens_what_the_keyring_opened_and_a_changed_one_replaces_it() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    vault.add_passphrase_slot(PASSPHRASE, NOW).unwrap();
    assert_eq!(vault.slots().unwrap(), [SlotKind::Os, SlotKind::Passphrase]);
    vault.add_passphrase_slot("the second passphrase", NOW).unwrap();
    vault.lock();
    assert!(matches!(Vault::open(dir.path(), Unlock::Passphrase(PASSPHRASE), NOW), Err(VaultError::PassphraseWrong)));
    Vault::open(dir.path(), Unlock::Passphrase("the second passphrase"), NOW).unwrap().lock();
    Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
}

#[test]
fn an_empty_keyring_deletes_nothing_and_is_mended_with_the_passphrase() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    vault.add_passphrase_slot(PASSPHRASE, NOW).unwrap();
    let stored = vault.insert(&[new_key(1)], NOW).unwrap();
    vault.lock();
    keyring.delete(&keyring.users()[0]).unwrap();

    let missing = Vault::open(dir.path(), Unlock::Os(&keyring), NOW);
    assert!(matches!(missing, Err(VaultError::Keyring(KeyringTrouble::EntryMissing))), "{missing:?}");
    let mut vault = Vault::open(dir.path(), Unlock::Passphrase(PASSPHRASE), NOW).unwrap();
    assert_eq!(vault.keys().unwrap(), stored);
    vault.add_os_slot(&keyring, NOW).unwrap();
    vault.lock();
    assert_eq!(Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap().keys().unwrap(), stored);
}

#[test]
fn a_foreign_keyring_entry_is_called_wrong_whatever_its_shape() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    create(dir.path(), &keyring).lock();
    let user = keyring.users().remove(0);
    let right = keyring.read(&user).unwrap().unwrap();
    for foreign in
        ["", "not base64!", "c2hvcnQ=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", &format!("{}A", *right)]
    {
        keyring.write(&user, &Zeroizing::new(foreign.to_owned())).unwrap();
        let wrong = Vault::open(dir.path(), Unlock::Os(&keyring), NOW);
        assert!(matches!(wrong, Err(VaultError::Keyring(KeyringTrouble::EntryWrong))), "{foreign:?}: {wrong:?}");
    }
    keyring.write(&user, &right).unwrap();
    Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
}

#[test]
fn every_keyring_trouble_is_passed_on_and_ends_with_the_trouble() {
    use KeyringTrouble::{Interrupted, Locked, NoCollection, NoService, NotResponding, PromptDismissed, Refused};
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    create(dir.path(), &keyring).lock();
    for trouble in [NoService, NoCollection, Locked, PromptDismissed, Interrupted, NotResponding, Refused] {
        keyring.set_trouble(Some(trouble));
        let refused = Vault::open(dir.path(), Unlock::Os(&keyring), NOW);
        assert!(matches!(refused, Err(VaultError::Keyring(told)) if told == trouble), "{trouble:?}: {refused:?}");
        let other = folder();
        let created = Vault::create(other.path(), NewSlots { os: Some(&keyring), passphrase: None }, NOW);
        assert!(matches!(created, Err(VaultError::Keyring(told)) if told == trouble), "{trouble:?}: {created:?}");
        assert_eq!(Vault::inspect(other.path()).unwrap(), Presence::Absent, "a refused creation leaves nothing");
        keyring.set_trouble(None);
        Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap().lock();
    }
}

#[test]
fn a_working_keyring_entry_is_never_overwritten() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let user = keyring.users().remove(0);
    let before = keyring.read(&user).unwrap();
    vault.add_os_slot(&keyring, NOW).unwrap();
    assert_eq!(keyring.read(&user).unwrap(), before);
}

#[test]
fn a_vault_prints_neither_its_key_nor_its_records() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let vault = create(dir.path(), &keyring);
    let printed = format!("{vault:?}");
    assert!(printed.starts_with("Vault { id: ") && !printed.contains("key"), "{printed}");
}

#[test]
fn trouble_has_the_codes_the_window_knows() {
    let codes = [KeyringTrouble::NoService, KeyringTrouble::PromptDismissed, KeyringTrouble::EntryWrong]
        .map(|trouble| serde_json::to_string(&trouble).unwrap());
    assert_eq!(codes, ["\"no_service\"", "\"prompt_dismissed\"", "\"entry_wrong\""]);
}
