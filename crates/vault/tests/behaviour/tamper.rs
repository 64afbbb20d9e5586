//! A file that was changed behind our back: refused where it matters, isolated where it can be, never a panic.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use vault::{DATABASE_FILE, KeyringTrouble, MemoryKeyring, NewSlots, SlotKind, Unlock, Vault, VaultError};

use crate::support::{NOW, PASSPHRASE, create, folder, new_key, private_key};

fn raw(dir: &std::path::Path) -> Connection {
    Connection::open(dir.join(DATABASE_FILE)).unwrap()
}

#[test]
fn every_byte_of_a_sealed_key_counts_and_the_others_stay_readable() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&[new_key(1), new_key(2)], NOW).unwrap();
    let (victim, other) = (stored[0].id, stored[1].id);
    let file = raw(dir.path());
    for column in ["nonce", "sealed"] {
        let right: Vec<u8> = file
            .query_row(&format!("SELECT {column} FROM keys WHERE id = ?1"), [victim.to_string()], |row| row.get(0))
            .unwrap();
        let put = |bytes: &[u8]| {
            file.execute(&format!("UPDATE keys SET {column} = ?2 WHERE id = ?1"), params![victim.to_string(), bytes])
                .unwrap();
        };
        for at in 0..right.len() {
            let mut wrong = right.clone();
            wrong[at] ^= 0x40;
            put(&wrong);
            let opened = vault.open_key(victim);
            assert!(
                matches!(opened, Err(VaultError::DamagedItem { id }) if id == victim),
                "{column}[{at}]: {opened:?}"
            );
        }
        put(&right[..right.len() - 1]);
        assert!(matches!(vault.open_key(victim), Err(VaultError::DamagedItem { .. })), "{column} cut short");
        put(&[]);
        assert!(matches!(vault.open_key(victim), Err(VaultError::DamagedItem { .. })), "{column} empty");
        put(&right);
    }
    assert_eq!(vault.open_key(victim).unwrap().fingerprint(), private_key(1).fingerprint());
    assert_eq!(vault.open_key(other).unwrap().fingerprint(), private_key(2).fingerprint());
}

#[test]
fn a_secret_moved_to_another_row_or_key_id_or_fingerprint_does_not_open() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let ids: Vec<_> = vault.insert(&[new_key(1), new_key(2)], NOW).unwrap().iter().map(|key| key.id).collect();
    let file = raw(dir.path());
    let damaged = |what: &str| {
        let opened = vault.open_key(ids[0]);
        assert!(matches!(opened, Err(VaultError::DamagedItem { .. })), "{what}: {opened:?}");
    };
    file.execute_batch("CREATE TEMP TABLE kept AS SELECT id, nonce, sealed FROM keys").unwrap();
    let restore = "UPDATE keys SET (nonce, sealed) = (SELECT nonce, sealed FROM kept WHERE kept.id = keys.id)";

    let swap = "UPDATE keys SET (nonce, sealed) = (SELECT nonce, sealed FROM kept WHERE kept.id <> keys.id)";
    file.execute(swap, []).unwrap();
    damaged("the two rows' seals swapped");
    file.execute(restore, []).unwrap();
    vault.open_key(ids[0]).unwrap();

    file.execute("UPDATE keys SET key_id = 'OTHERKEYID' WHERE id = ?1", [ids[0].to_string()]).unwrap();
    damaged("another Key ID");
    file.execute("UPDATE keys SET key_id = 'TEST000001', item_schema = 2 WHERE id = ?1", [ids[0].to_string()]).unwrap();
    damaged("another format");
    let foreign = private_key(7).fingerprint().to_string();
    file.execute(
        "UPDATE keys SET item_schema = 1, fingerprint = ?2 WHERE id = ?1",
        params![ids[0].to_string(), foreign],
    )
    .unwrap();
    damaged("another fingerprint");
}

#[test]
fn a_seal_of_another_vault_does_not_open_even_under_the_same_names() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let id = vault.insert(&[new_key(1)], NOW).unwrap()[0].id;
    vault.lock();
    raw(dir.path()).execute("UPDATE vault SET id = '00000000-0000-4000-8000-000000000000'", []).unwrap();
    let user = keyring.users().remove(0);
    let entry = vault::Keyring::read(&keyring, &user).unwrap().unwrap();
    vault::Keyring::write(&keyring, "vault-00000000-0000-4000-8000-000000000000", &entry).unwrap();
    let opened = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).map(|vault| vault.open_key(id).map(drop));
    assert!(matches!(opened, Err(VaultError::Keyring(KeyringTrouble::EntryWrong))), "{opened:?}");
}

#[test]
fn every_byte_of_a_slot_counts() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    create(dir.path(), &keyring).lock();
    let file = raw(dir.path());
    for column in ["nonce", "sealed"] {
        let right: Vec<u8> = file.query_row(&format!("SELECT {column} FROM slots"), [], |row| row.get(0)).unwrap();
        for at in 0..right.len() {
            let mut wrong = right.clone();
            wrong[at] ^= 1;
            file.execute(&format!("UPDATE slots SET {column} = ?1"), [&wrong]).unwrap();
            let opened = Vault::open(dir.path(), Unlock::Os(&keyring), NOW);
            assert!(
                matches!(opened, Err(VaultError::Keyring(KeyringTrouble::EntryWrong))),
                "{column}[{at}]: {opened:?}"
            );
        }
        file.execute(&format!("UPDATE slots SET {column} = ?1"), [&right]).unwrap();
    }
    Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
}

#[test]
fn absurd_derivation_parameters_are_refused_before_any_work() {
    let dir = folder();
    Vault::create(dir.path(), NewSlots { os: None, passphrase: Some(PASSPHRASE) }, NOW).unwrap().lock();
    let file = raw(dir.path());
    let four_tebibytes = 4_i64 << 30;
    for (column, value) in [
        ("memory_kib", four_tebibytes),
        ("memory_kib", 1024 * 1024 + 1),
        ("memory_kib", 8),
        ("memory_kib", -1),
        ("passes", 1_000_000),
        ("passes", 1),
        ("lanes", 0),
        ("lanes", 1 << 24),
    ] {
        let right: i64 = file.query_row(&format!("SELECT {column} FROM slots"), [], |row| row.get(0)).unwrap();
        file.execute(&format!("UPDATE slots SET {column} = ?1"), [value]).unwrap();
        // The quickest of ten: what is measured is the work done, not what else this machine is doing.
        let took = (0..10)
            .map(|_| {
                let begun = Instant::now();
                let opened = Vault::open(dir.path(), Unlock::Passphrase(PASSPHRASE), NOW);
                let took = begun.elapsed();
                let refused = matches!(opened, Err(VaultError::DamagedSlot(SlotKind::Passphrase)));
                assert!(refused, "{column} = {value}: {opened:?}");
                took
            })
            .min();
        assert!(took < Some(Duration::from_millis(10)), "{column} = {value} took {took:?}");
        file.execute(&format!("UPDATE slots SET {column} = ?1"), [right]).unwrap();
    }
    Vault::open(dir.path(), Unlock::Passphrase(PASSPHRASE), NOW).unwrap();
}

#[test]
fn one_unreadable_row_hides_no_other_key() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&[new_key(1), new_key(2)], NOW).unwrap();
    raw(dir.path())
        .execute("UPDATE keys SET kind = 'neither', roles = '[' WHERE id = ?1", [stored[0].id.to_string()])
        .unwrap();
    assert_eq!(vault.keys().unwrap(), stored[1..]);
    assert_eq!(vault.unreadable_rows().unwrap(), 1);
    assert!(matches!(vault.key(stored[0].id), Err(VaultError::DamagedItem { .. })));
}

/// A small generator, seeded: the same thousand flips on every machine.
struct Flips(u64);

impl Flips {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

#[test]
fn a_thousand_flipped_bytes_never_panic_never_lie_about_a_secret_and_never_reach_the_snapshots() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let stored = vault.insert(&(1..=3).map(new_key).collect::<Vec<_>>(), NOW).unwrap();
    vault.lock();
    let path = dir.path().join(DATABASE_FILE);
    let sound = fs::read(&path).unwrap();
    let snapshots = crate::support::files(&dir.path().join("snapshots"));
    let copies: Vec<_> = snapshots.iter().map(|path| fs::read(path).unwrap()).collect();

    let mut flips = Flips(2026);
    let (mut refused, mut isolated, mut unharmed) = (0, 0, 0);
    for round in 0..1000 {
        let mut bytes = sound.clone();
        bytes[flips.next(sound.len())] ^= 1 << flips.next(8);
        fs::write(&path, &bytes).unwrap();
        let tried = panic::catch_unwind(AssertUnwindSafe(|| -> Result<usize, VaultError> {
            Vault::inspect(dir.path())?;
            let vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW)?;
            vault.keys()?;
            let mut opened = 0;
            for record in &stored {
                if let Ok(key) = vault.open_key(record.id) {
                    assert_eq!(key.fingerprint(), record.fingerprint, "a wrong secret was handed out");
                    opened += 1;
                }
            }
            Ok(opened)
        }));
        match tried {
            Ok(Ok(opened)) if opened == stored.len() => unharmed += 1,
            Ok(Ok(_)) => isolated += 1,
            Ok(Err(error)) => {
                refused += 1;
                assert!(!matches!(error, VaultError::Absent), "round {round}: damage was taken for a fresh start");
                assert_eq!(fs::read(&path).unwrap(), bytes, "round {round}: a refused file was written to");
            }
            Err(_) => panic!("round {round} panicked"),
        }
        for companion in ["-wal", "-shm"] {
            let _ = fs::remove_file(dir.path().join(format!("{DATABASE_FILE}{companion}")));
        }
    }
    assert!(refused > 0 && isolated > 0 && unharmed > 0, "{refused} refused, {isolated} isolated, {unharmed} unharmed");
    for (path, copy) in snapshots.iter().zip(copies) {
        assert!(fs::read(path).unwrap() == copy, "{} was changed", path.display());
    }
}
