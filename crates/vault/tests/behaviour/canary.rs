//! No plaintext of a key in any file of the data folder, whatever was done.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use vault::{Change, MemoryKeyring, NewSlots, Unlock, Vault};

use crate::support::{NOW, PASSPHRASE, files, folder, new_key, private_key, scalar};

/// The forms in which a key could lie in a file: its scalar, its DER, hexadecimal, the PEM body on one line and
/// wrapped, UTF-16, the base64 of the PEM, and the three ways base64 can be shifted.
fn canaries(seed: u16) -> Vec<(&'static str, Vec<u8>)> {
    let secret = scalar(seed);
    let der = private_key(seed).to_pkcs8_der();
    let body = STANDARD.encode(&*der);
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    // The scalar begins 36 bytes into the DER: 48 base64 digits before it, and its middle in any alignment.
    let middle = body[52..88].to_owned();
    vec![
        ("scalar", secret[1..].to_vec()),
        ("hex", hex(&secret[1..]).into_bytes()),
        ("HEX", hex(&secret[1..]).to_uppercase().into_bytes()),
        ("PEM body", middle.clone().into_bytes()),
        ("PEM body in UTF-16", middle.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("base64 of the scalar", STANDARD.encode(&secret[1..31]).into_bytes()),
        ("base64, shifted", STANDARD.encode(&secret[2..29]).into_bytes()),
        ("base64, shifted again", STANDARD.encode(&secret[3..30]).into_bytes()),
        ("PEM armour", b"PRIVATE KEY".to_vec()),
    ]
}

fn hunt(dir: &std::path::Path, after: &str) {
    for path in files(dir) {
        let bytes = fs::read(&path).unwrap();
        for seed in 1..=4 {
            for (form, canary) in canaries(seed) {
                let found = bytes.windows(canary.len()).any(|window| window == canary);
                assert!(!found, "after {after}, {} holds the {form} of key {seed}", path.display());
            }
        }
        let found = bytes.windows(PASSPHRASE.len()).any(|window| window == PASSPHRASE.as_bytes());
        assert!(!found, "after {after}, {} holds the passphrase", path.display());
    }
}

#[test]
fn no_file_ever_holds_a_key_in_the_clear() {
    // The hunt itself must be able to find.
    let bait = folder();
    fs::write(bait.path().join("bait"), &*private_key(1).to_pkcs8_pem()).unwrap();
    assert!(std::panic::catch_unwind(|| hunt(bait.path(), "planting")).is_err(), "the hunt finds nothing");

    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault =
        Vault::create(dir.path(), NewSlots { os: Some(&keyring), passphrase: Some(PASSPHRASE) }, NOW).unwrap();
    let stored = vault.insert(&(1..=4).map(new_key).collect::<Vec<_>>(), NOW).unwrap();
    hunt(dir.path(), "storing");
    vault.open_key(stored[0].id).unwrap();
    hunt(dir.path(), "opening");
    vault
        .update(stored[1].id, 1, &Change { key_id: Some("NEWKEYID01".parse().unwrap()), ..Change::default() }, NOW)
        .unwrap();
    hunt(dir.path(), "correcting a Key ID");
    vault.remove(stored[2].id, NOW).unwrap();
    hunt(dir.path(), "removing");
    vault.purge_all_removed(NOW).unwrap();
    vault.add_passphrase_slot(&format!("{PASSPHRASE} two"), NOW).unwrap();
    hunt(dir.path(), "purging and changing the passphrase");
    vault.lock();
    hunt(dir.path(), "locking");
    Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
    hunt(dir.path(), "opening again");
}

#[test]
fn no_file_holds_the_key_that_opens_the_vault() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    crate::support::create(dir.path(), &keyring).insert(&[new_key(1)], NOW).unwrap();
    let text = vault::Keyring::read(&keyring, &keyring.users()[0]).unwrap().unwrap();
    let bytes = STANDARD.decode(text.as_bytes()).unwrap();
    assert_eq!((text.len(), bytes.len()), (44, 32));
    for path in files(dir.path()) {
        let content = fs::read(&path).unwrap();
        for secret in [text.as_bytes(), bytes.as_slice()] {
            assert!(!content.windows(secret.len()).any(|window| window == secret), "{}", path.display());
        }
    }
}
