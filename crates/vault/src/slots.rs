//! Slots: the ways to open one vault. Each wraps the same vault key under a key-encryption key of its own.
//!
//! Refuses to store a slot it has not just opened again, to run a key derivation with stored parameters outside
//! what this app would ever write (a hostile file could ask for terabytes), and to overwrite a keyring entry that
//! still works.

use std::fmt;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroize;

use crate::error::{KeyringTrouble, VaultError};
use crate::keyring::Keyring;
use crate::seal::{self, Sealed, VaultKey};

/// The shortest passphrase accepted, in Unicode characters.
pub const MINIMUM_PASSPHRASE_CHARS: usize = 12;

/// A way to open the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// The wrapping key lies in the operating system's keyring.
    Os,
    /// The wrapping key is derived from a passphrase.
    Passphrase,
}

impl SlotKind {
    /// The code used in the database and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Os => "os",
            Self::Passphrase => "passphrase",
        }
    }
}

impl fmt::Display for SlotKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Argon2id parameters (RFC 9106), stored beside the slot they made.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Derivation {
    salt: [u8; 16],
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Derivation {
    /// 64 MiB and three passes: RFC 9106's second recommended option, with one lane so that no thread pool is needed.
    fn fresh() -> Result<Self, VaultError> {
        let mut salt = [0; 16];
        seal::fill_random(&mut salt)?;
        Ok(Self { salt, memory_kib: 64 * 1024, passes: 3, lanes: 1 })
    }

    /// From the database, if a version of this app could have written it. Checked before a byte is allocated.
    fn from_columns(
        salt: Option<Vec<u8>>,
        memory_kib: Option<i64>,
        passes: Option<i64>,
        lanes: Option<i64>,
    ) -> Option<Self> {
        let bounded = |value: Option<i64>, range: std::ops::RangeInclusive<i64>| {
            u32::try_from(value.filter(|value| range.contains(value))?).ok()
        };
        Some(Self {
            salt: salt?.try_into().ok()?,
            memory_kib: bounded(memory_kib, 64 * 1024..=1024 * 1024)?,
            passes: bounded(passes, 3..=16)?,
            lanes: bounded(lanes, 1..=8)?,
        })
    }

    fn derive(&self, passphrase: &str) -> Result<VaultKey, VaultError> {
        let failed = || VaultError::Internal("the key derivation could not run");
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| failed())?;
        let mut blocks = Vec::new();
        blocks.try_reserve_exact(params.block_count()).map_err(|_| failed())?;
        blocks.resize(params.block_count(), Block::new());
        let mut key = VaultKey::zero();
        let derived = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
            passphrase.as_bytes(),
            &self.salt,
            key.bytes_mut(),
            &mut blocks,
        );
        blocks.iter_mut().for_each(Zeroize::zeroize);
        derived.map_err(|_| failed())?;
        Ok(key)
    }
}

/// A slot as stored.
pub(crate) struct Slot {
    kind: SlotKind,
    sealed: Sealed,
    derivation: Option<Derivation>,
}

impl Slot {
    fn wrap(
        vault: Uuid,
        kind: SlotKind,
        derivation: Option<Derivation>,
        kek: &VaultKey,
        key: &mut VaultKey,
    ) -> Result<Self, VaultError> {
        let sealed = seal::seal(kek, &associated_data(vault, kind, derivation.as_ref()), key.bytes_mut())?;
        Ok(Self { kind, sealed, derivation })
    }

    fn unwrap(&self, vault: Uuid, kek: &VaultKey) -> Option<VaultKey> {
        let opened = seal::open(kek, &associated_data(vault, self.kind, self.derivation.as_ref()), &self.sealed)?;
        let mut key = VaultKey::zero();
        if opened.len() != key.bytes_mut().len() {
            return None;
        }
        key.bytes_mut().copy_from_slice(&opened);
        Some(key)
    }
}

fn associated_data(vault: Uuid, kind: SlotKind, derivation: Option<&Derivation>) -> Vec<u8> {
    let mut data = [b"keyfolio slot\0".as_slice(), vault.as_bytes(), kind.code().as_bytes(), b"\0"].concat();
    if let Some(derivation) = derivation {
        data.extend_from_slice(&derivation.salt);
        for number in [derivation.memory_kib, derivation.passes, derivation.lanes] {
            data.extend_from_slice(&number.to_be_bytes());
        }
    }
    data
}

/// The user name of a vault's keyring entry. No dot: Windows joins user and service with one.
pub(crate) fn entry_user(vault: Uuid) -> String {
    format!("vault-{vault}")
}

/// Refuses a passphrase that would only look like protection.
pub(crate) fn accept_passphrase(passphrase: &str) -> Result<(), VaultError> {
    if passphrase.chars().count() < MINIMUM_PASSPHRASE_CHARS {
        return Err(VaultError::PassphraseTooShort { minimum: MINIMUM_PASSPHRASE_CHARS });
    }
    Ok(())
}

/// A new passphrase slot, with the key that opens it.
pub(crate) fn for_passphrase(
    vault: Uuid,
    key: &mut VaultKey,
    passphrase: &str,
) -> Result<(Slot, VaultKey), VaultError> {
    accept_passphrase(passphrase)?;
    let derivation = Derivation::fresh()?;
    let kek = derivation.derive(passphrase)?;
    Ok((Slot::wrap(vault, SlotKind::Passphrase, Some(derivation), &kek, key)?, kek))
}

/// A new `os` slot, with the key that opens it, which lies in the keyring before this returns.
///
/// An entry the keyring already holds for this vault is used as it is: it may be what another slot row (one in a
/// snapshot, or one whose commit was cut short) opens with, and overwriting it could be the loss of the last way in.
pub(crate) fn for_keyring(
    vault: Uuid,
    key: &mut VaultKey,
    keyring: &dyn Keyring,
) -> Result<(Slot, VaultKey), VaultError> {
    let user = entry_user(vault);
    let held = keyring.read(&user)?.and_then(|text| VaultKey::from_base64(&text));
    let kek = match held {
        Some(kek) => kek,
        None => {
            let kek = VaultKey::random()?;
            keyring.write(&user, &kek.to_base64())?;
            // "Written" is believed only when it reads back: a slot that cannot be opened is worse than none.
            let kept = keyring.read(&user)?.ok_or(KeyringTrouble::EntryMissing)?;
            if !VaultKey::from_base64(&kept).is_some_and(|kept| kept.same_as(&kek)) {
                return Err(KeyringTrouble::EntryWrong.into());
            }
            kek
        }
    };
    Ok((Slot::wrap(vault, SlotKind::Os, None, &kek, key)?, kek))
}

/// Opens the vault key with the keyring's entry.
pub(crate) fn open_with_keyring(slot: &Slot, vault: Uuid, keyring: &dyn Keyring) -> Result<VaultKey, VaultError> {
    let text = keyring.read(&entry_user(vault))?.ok_or(KeyringTrouble::EntryMissing)?;
    let kek = VaultKey::from_base64(&text).ok_or(KeyringTrouble::EntryWrong)?;
    Ok(slot.unwrap(vault, &kek).ok_or(KeyringTrouble::EntryWrong)?)
}

/// Opens the vault key with a passphrase.
pub(crate) fn open_with_passphrase(slot: &Slot, vault: Uuid, passphrase: &str) -> Result<VaultKey, VaultError> {
    let derivation = slot.derivation.as_ref().ok_or(VaultError::DamagedSlot(SlotKind::Passphrase))?;
    let kek = derivation.derive(passphrase)?;
    slot.unwrap(vault, &kek).ok_or(VaultError::PassphraseWrong)
}

/// The slots there are, in a fixed order.
pub(crate) fn kinds(connection: &Connection) -> Result<Vec<SlotKind>, VaultError> {
    let mut statement = connection.prepare("SELECT kind FROM slots")?;
    let codes = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok([SlotKind::Os, SlotKind::Passphrase]
        .into_iter()
        .filter(|kind| codes.iter().any(|code| code == kind.code()))
        .collect())
}

/// Reads one slot.
pub(crate) fn read(connection: &Connection, kind: SlotKind) -> Result<Slot, VaultError> {
    let columns = connection
        .query_row(
            "SELECT nonce, sealed, salt, memory_kib, passes, lanes FROM slots WHERE kind = ?1",
            [kind.code()],
            |row| {
                Ok((
                    row.get::<_, Vec<u8>>(0)?,
                    row.get::<_, Vec<u8>>(1)?,
                    row.get::<_, Option<Vec<u8>>>(2)?,
                    row.get::<_, Option<i64>>(3)?,
                    row.get::<_, Option<i64>>(4)?,
                    row.get::<_, Option<i64>>(5)?,
                ))
            },
        )
        .optional()?;
    let (nonce, sealed, salt, memory_kib, passes, lanes) = columns.ok_or(VaultError::NoSuchSlot(kind))?;
    let damaged = || VaultError::DamagedSlot(kind);
    let derivation = match kind {
        SlotKind::Os => None,
        SlotKind::Passphrase => Some(Derivation::from_columns(salt, memory_kib, passes, lanes).ok_or_else(damaged)?),
    };
    Ok(Slot { kind, sealed: Sealed::from_columns(&nonce, sealed).ok_or_else(damaged)?, derivation })
}

/// Stores a slot (in place of one of its kind) and opens what was stored, before the caller commits.
/// Says whether there was one of its kind before.
pub(crate) fn store(
    transaction: &Transaction<'_>,
    vault: Uuid,
    slot: &Slot,
    kek: &VaultKey,
    key: &VaultKey,
    now_ms: i64,
) -> Result<bool, VaultError> {
    let replaced = transaction.execute("DELETE FROM slots WHERE kind = ?1", [slot.kind.code()])? > 0;
    let derivation = slot.derivation.as_ref();
    transaction.execute(
        "INSERT INTO slots (kind, nonce, sealed, salt, memory_kib, passes, lanes, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            slot.kind.code(),
            slot.sealed.nonce.as_slice(),
            slot.sealed.ciphertext,
            derivation.map(|d| d.salt.as_slice()),
            derivation.map(|d| d.memory_kib),
            derivation.map(|d| d.passes),
            derivation.map(|d| d.lanes),
            now_ms,
        ],
    )?;
    let stored = read(transaction, slot.kind)?;
    if !stored.unwrap(vault, kek).is_some_and(|opened| opened.same_as(key)) {
        return Err(VaultError::Internal("a slot that was just written does not open"));
    }
    Ok(replaced)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot set up its scene should stop there")]

    use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
    use uuid::Uuid;

    use super::{Derivation, Slot, SlotKind, VaultKey};

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// RFC 9106, section 5.3 (with a secret and associated data, which the vault does not use).
    #[test]
    fn the_derivation_is_the_published_algorithm() {
        let params = ParamsBuilder::new()
            .m_cost(32)
            .t_cost(3)
            .p_cost(4)
            .data(AssociatedData::new(&[4; 12]).unwrap())
            .build()
            .unwrap();
        let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
        let mut tag = [0; 32];
        argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
        assert_eq!(hex(&tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    /// Another implementation's answer (the reference C code, through argon2-cffi) for what the vault writes.
    #[test]
    fn other_software_derives_the_same_key_from_a_passphrase() {
        let derivation = Derivation { salt: *b"sixteen byte slt", ..Derivation::fresh().unwrap() };
        assert_eq!((derivation.memory_kib, derivation.passes, derivation.lanes), (65_536, 3, 1));
        let mut key = derivation.derive("throwaway test passphrase").unwrap();
        assert_eq!(hex(key.bytes_mut()), "9a67ef90c12960389a2946ffa9ff69bf9ff6ef52762528bde8cc8672dcc301f5");
    }

    #[test]
    fn every_byte_of_a_passphrase_slot_counts() {
        let vault = Uuid::from_u128(1);
        // Parameters no vault is written with: here they only have to be bound to the slot.
        let derivation = Derivation { salt: [9; 16], memory_kib: 8, passes: 1, lanes: 1 };
        let (kek, mut key) = (derivation.derive("any").unwrap(), VaultKey::random().unwrap());
        let right = Slot::wrap(vault, SlotKind::Passphrase, Some(derivation), &kek, &mut key).unwrap();
        let wrapped = || Slot { kind: right.kind, sealed: right.sealed.clone(), derivation: right.derivation.clone() };
        assert!(right.unwrap(vault, &kek).unwrap().same_as(&key));
        let mut tampered = Vec::new();
        for at in 0..right.sealed.nonce.len() {
            let mut slot = wrapped();
            slot.sealed.nonce[at] ^= 1;
            tampered.push(slot);
        }
        for at in 0..right.sealed.ciphertext.len() {
            let mut slot = wrapped();
            slot.sealed.ciphertext[at] ^= 1;
            tampered.push(slot);
        }
        for change in [
            |d: &mut Derivation| d.salt[0] ^= 1,
            |d: &mut Derivation| d.memory_kib += 1,
            |d: &mut Derivation| d.passes += 1,
            |d: &mut Derivation| d.lanes += 1,
        ] {
            let mut slot = wrapped();
            slot.derivation.iter_mut().for_each(change);
            tampered.push(slot);
        }
        tampered.push(Slot { kind: SlotKind::Os, ..wrapped() });
        assert!(tampered.iter().all(|slot| slot.unwrap(vault, &kek).is_none()));
        assert!(right.unwrap(Uuid::from_u128(2), &kek).is_none(), "another vault's slot");
        assert!(right.unwrap(vault, &key).is_none(), "another key");
        key.bytes_mut()[0] ^= 1;
        assert!(!right.unwrap(vault, &kek).unwrap().same_as(&key));
    }
}
