//! Each state is told apart, deletes nothing, and is over without a restart when it is over.

use std::time::{Duration, Instant};

use vault::{
    Deadlines, KEYRING_SERVICE, Keyring, KeyringTrouble, NewSlots, OsKeyring, Presence, SlotKind, Unlock, Vault,
    VaultError,
};
use zeroize::Zeroizing;

use crate::bus::{Daemon, Starts, lock_collections, on_private_bus, without_bus};
use crate::support::{NOW, PASSPHRASE, new_key};

const SECRET: &str = "bm90IGEgcmVhbCBrZXksIGp1c3QgYSB0ZXN0IGVudHJ5";

fn secret() -> Zeroizing<String> {
    Zeroizing::new(SECRET.to_owned())
}

fn read(keyring: &OsKeyring, user: &str) -> Result<Option<String>, KeyringTrouble> {
    keyring.read(user).map(|found| found.map(|text| text.to_string()))
}

#[test]
fn an_open_keyring_keeps_what_it_is_given_also_over_its_own_restart() {
    on_private_bus("states::an_open_keyring_keeps_what_it_is_given_also_over_its_own_restart", Starts::Nothing, |_| {
        let keyring = OsKeyring::new();
        {
            let _daemon = Daemon::unlocked();
            assert_eq!(read(&keyring, "vault-a"), Ok(None));
            keyring.write("vault-a", &secret()).unwrap();
            keyring.write("vault-b", &Zeroizing::new("another".to_owned())).unwrap();
            keyring.write("vault-b", &Zeroizing::new("the second".to_owned())).unwrap();
            assert_eq!(read(&keyring, "vault-a"), Ok(Some(SECRET.to_owned())));
        }
        let _daemon = Daemon::unlocked();
        assert_eq!(read(&keyring, "vault-a"), Ok(Some(SECRET.to_owned())));
        assert_eq!(read(&keyring, "vault-b"), Ok(Some("the second".to_owned())));
        keyring.delete("vault-a").unwrap();
        keyring.delete("vault-a").unwrap();
        assert_eq!(read(&keyring, "vault-a"), Ok(None));
        assert_eq!(read(&keyring, "vault-b"), Ok(Some("the second".to_owned())));
    });
}

#[test]
fn among_two_hundred_other_entries_ours_is_found_and_only_ours_is_touched() {
    on_private_bus(
        "states::among_two_hundred_other_entries_ours_is_found_and_only_ours_is_touched",
        Starts::Nothing,
        |_| {
            let (keyring, _daemon) = (OsKeyring::new(), Daemon::unlocked());
            let service =
                secret_service::blocking::SecretService::connect(secret_service::EncryptionType::Plain).unwrap();
            let collection = service.get_default_collection().unwrap();
            for number in 0..200 {
                let user = format!("vault-{number}");
                let names = [("service", KEYRING_SERVICE), ("username", user.as_str())];
                collection.create_item("other", names.into(), user.as_bytes(), false, "text/plain").unwrap();
            }
            assert_eq!(read(&keyring, "vault-mine"), Ok(None));
            keyring.write("vault-mine", &secret()).unwrap();
            assert_eq!(read(&keyring, "vault-mine"), Ok(Some(SECRET.to_owned())));
            assert_eq!(read(&keyring, "vault-117"), Ok(Some("vault-117".to_owned())));
            keyring.delete("vault-mine").unwrap();
            assert_eq!(read(&keyring, "vault-mine"), Ok(None));
            assert_eq!(collection.get_all_items().unwrap().len(), 200);
        },
    );
}

#[test]
fn no_bus_is_no_service_at_once() {
    without_bus("states::no_bus_is_no_service_at_once", || {
        let begun = Instant::now();
        let keyring = OsKeyring::new();
        assert_eq!(read(&keyring, "vault-a"), Err(KeyringTrouble::NoService));
        assert_eq!(keyring.write("vault-a", &secret()), Err(KeyringTrouble::NoService));
        assert!(begun.elapsed() < Duration::from_secs(5));
    });
}

#[test]
fn a_bus_without_a_keyring_is_no_service_until_one_starts() {
    on_private_bus("states::a_bus_without_a_keyring_is_no_service_until_one_starts", Starts::Nothing, |_| {
        let keyring = OsKeyring::new();
        assert_eq!(read(&keyring, "vault-a"), Err(KeyringTrouble::NoService));
        assert_eq!(keyring.write("vault-a", &secret()), Err(KeyringTrouble::NoService));
        let _daemon = Daemon::unlocked();
        assert_eq!(read(&keyring, "vault-a"), Ok(None));
        keyring.write("vault-a", &secret()).unwrap();
        assert_eq!(read(&keyring, "vault-a"), Ok(Some(SECRET.to_owned())));
    });
}

#[test]
fn no_collection_is_not_taken_for_a_missing_entry() {
    on_private_bus("states::no_collection_is_not_taken_for_a_missing_entry", Starts::Nothing, |_| {
        let keyring = OsKeyring::new();
        let _daemon = Daemon::not_unlocked();
        assert_eq!(read(&keyring, "vault-a"), Err(KeyringTrouble::NoCollection));
        assert_eq!(keyring.write("vault-a", &secret()), Err(KeyringTrouble::NoCollection));
    });
}

#[test]
fn a_locked_keyring_that_cannot_ask_is_locked_and_keeps_its_entry() {
    on_private_bus("states::a_locked_keyring_that_cannot_ask_is_locked_and_keeps_its_entry", Starts::Nothing, |_| {
        let keyring = OsKeyring::new();
        {
            let _daemon = Daemon::unlocked();
            keyring.write("vault-a", &secret()).unwrap();
            lock_collections();
            assert_eq!(read(&keyring, "vault-a"), Err(KeyringTrouble::Locked));
            assert_eq!(read(&keyring, "vault-other"), Err(KeyringTrouble::Locked), "nobody can say what is in it");
            assert_eq!(keyring.write("vault-a", &secret()), Err(KeyringTrouble::Locked));
            assert_eq!(keyring.write("vault-new", &secret()), Err(KeyringTrouble::Locked));
        }
        let _daemon = Daemon::unlocked();
        assert_eq!(read(&keyring, "vault-a"), Ok(Some(SECRET.to_owned())));
    });
}

#[test]
fn a_hanging_keyring_is_given_up_in_time_and_works_again_when_it_wakes() {
    on_private_bus(
        "states::a_hanging_keyring_is_given_up_in_time_and_works_again_when_it_wakes",
        Starts::Nothing,
        |_| {
            let answer = Duration::from_millis(1500);
            let keyring = OsKeyring::with_deadlines(Deadlines { answer, prompt: Duration::from_secs(4) });
            let daemon = Daemon::unlocked();
            keyring.write("vault-a", &secret()).unwrap();
            daemon.signal("STOP");
            for _ in 0..2 {
                let begun = Instant::now();
                assert_eq!(read(&keyring, "vault-a"), Err(KeyringTrouble::NotResponding));
                let took = begun.elapsed();
                assert!(took >= answer && took < answer * 2, "gave up after {took:?}");
            }
            assert_eq!(
                keyring.write("vault-a", &Zeroizing::new("too late".to_owned())),
                Err(KeyringTrouble::NotResponding)
            );
            daemon.signal("CONT");
            // On a busy machine the first answers after waking may still come too late; that they come is what counts.
            let woke = Instant::now();
            let found = loop {
                match read(&keyring, "vault-a") {
                    Err(KeyringTrouble::NotResponding) if woke.elapsed() < Duration::from_secs(30) => {}
                    answer => break answer,
                }
            };
            assert_eq!(found, Ok(Some(SECRET.to_owned())), "a write that was given up did not happen after all");
        },
    );
}

#[test]
fn a_keyring_killed_in_the_middle_of_a_call_interrupts_it_and_keeps_the_last_entry() {
    on_private_bus(
        "states::a_keyring_killed_in_the_middle_of_a_call_interrupts_it_and_keeps_the_last_entry",
        Starts::Nothing,
        |_| {
            let keyring = OsKeyring::new();
            let daemon = Daemon::unlocked();
            keyring.write("vault-a", &secret()).unwrap();
            // Stopped, the call is certainly in its middle when the kill comes.
            daemon.signal("STOP");
            let trouble = std::thread::scope(|scope| {
                let writing = scope.spawn(|| keyring.write("vault-a", &Zeroizing::new("never arrives".to_owned())));
                while !daemon.has_unread_input() {
                    std::thread::yield_now();
                }
                daemon.signal("KILL");
                writing.join().unwrap()
            });
            assert_eq!(trouble, Err(KeyringTrouble::Interrupted));
            drop(daemon);
            let _daemon = Daemon::unlocked();
            assert_eq!(read(&keyring, "vault-a"), Ok(Some(SECRET.to_owned())));
        },
    );
}

#[test]
fn a_vanished_entry_or_collection_deletes_nothing_and_is_mended() {
    on_private_bus("states::a_vanished_entry_or_collection_deletes_nothing_and_is_mended", Starts::Nothing, |home| {
        let (data, keyring) = (home.join("vault"), OsKeyring::new());
        let both = NewSlots { os: Some(&keyring), passphrase: Some(PASSPHRASE) };
        let refused = Vault::create(&data, both, NOW);
        assert!(matches!(refused, Err(VaultError::Keyring(KeyringTrouble::NoService))), "{refused:?}");

        let stored = {
            let _daemon = Daemon::unlocked();
            let mut vault = Vault::create(&data, both, NOW).unwrap();
            vault.insert(&[new_key(1), new_key(2)], NOW).unwrap()
        };
        // The keyring was reset: a fresh daemon on an emptied folder, first without a collection, then with a new one.
        std::fs::remove_dir_all(home.join("data/keyrings")).unwrap();
        {
            let _daemon = Daemon::not_unlocked();
            let opened = Vault::open(&data, Unlock::Os(&keyring), NOW);
            assert!(matches!(opened, Err(VaultError::Keyring(KeyringTrouble::NoCollection))), "{opened:?}");
        }
        let _daemon = Daemon::unlocked();
        let opened = Vault::open(&data, Unlock::Os(&keyring), NOW);
        assert!(matches!(opened, Err(VaultError::Keyring(KeyringTrouble::EntryMissing))), "{opened:?}");
        assert_eq!(
            Vault::inspect(&data).unwrap(),
            Presence::Present { slots: vec![SlotKind::Os, SlotKind::Passphrase] }
        );

        let mut vault = Vault::open(&data, Unlock::Passphrase(PASSPHRASE), NOW).unwrap();
        assert_eq!(vault.keys().unwrap(), stored);
        vault.add_os_slot(&keyring, NOW).unwrap();
        vault.lock();
        let vault = Vault::open(&data, Unlock::Os(&keyring), NOW).unwrap();
        for record in stored {
            assert_eq!(vault.open_key(record.id).unwrap().fingerprint(), record.fingerprint);
        }
    });
}

#[test]
fn two_entries_of_one_name_are_not_trusted() {
    on_private_bus("states::two_entries_of_one_name_are_not_trusted", Starts::Nothing, |_| {
        let (keyring, _daemon) = (OsKeyring::new(), Daemon::unlocked());
        let service = secret_service::blocking::SecretService::connect(secret_service::EncryptionType::Dh).unwrap();
        let collection = service.get_default_collection().unwrap();
        for text in [b"one".as_slice(), b"two"] {
            let names = [("service", KEYRING_SERVICE), ("username", "vault-a")];
            collection.create_item("twin", names.into(), text, false, "text/plain").unwrap();
        }
        assert_eq!(read(&keyring, "vault-a"), Err(KeyringTrouble::EntryWrong));
    });
}
