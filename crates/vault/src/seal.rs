//! Sealing: XChaCha20-Poly1305 with everything that must not be swapped as associated data.
//!
//! A sealed key opens only in its vault, in its row, under its Key ID and in its format; a slot only in its
//! vault, as its kind, with its own derivation parameters. Refuses to open anything else, with one answer.
//! Source: draft-irtf-cfrg-xchacha-03 (24-byte random nonces make a counter unnecessary).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::VaultError;

/// The format number of sealed items this app writes; part of every item's associated data.
pub(crate) const ITEM_SCHEMA: u32 = 1;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;

/// A 32-byte key: the vault key, or a key-encryption key that wraps it. On the heap so that moving it leaves no copy;
/// wiped on drop; deliberately without `Clone`, `Debug`, `Display` and `Serialize`.
pub struct VaultKey(Box<[u8; KEY_BYTES]>);

impl VaultKey {
    /// A new random key.
    pub(crate) fn random() -> Result<Self, VaultError> {
        let mut key = Self::zero();
        fill_random(key.0.as_mut())?;
        Ok(key)
    }

    /// For a derivation or decoding to write into.
    pub(crate) fn zero() -> Self {
        Self(Box::new([0; KEY_BYTES]))
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8; KEY_BYTES] {
        &mut self.0
    }

    /// As the keyring holds it: KWallet keeps only UTF-8, so base64 everywhere.
    pub(crate) fn to_base64(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(self.0.as_ref()))
    }

    /// `None` unless the text is exactly one key.
    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        // The decoder wants room for whole groups of three bytes.
        let mut buffer = Zeroizing::new([0_u8; KEY_BYTES + 1]);
        let length = STANDARD.decode_slice(text, buffer.as_mut()).ok()?;
        if length != KEY_BYTES {
            return None;
        }
        let mut key = Self::zero();
        key.0.copy_from_slice(&buffer[..KEY_BYTES]);
        Some(key)
    }

    /// Compares without an early exit.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0.iter()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
    }
}

impl Drop for VaultKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for VaultKey {}

/// Ciphertext with its nonce: safe to store, useless without the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// 24 random bytes, new for every sealing.
    pub nonce: [u8; NONCE_BYTES],
    /// The plaintext's length plus a 16-byte tag.
    pub ciphertext: Vec<u8>,
}

impl Sealed {
    /// From two database columns; `None` if they cannot be a sealing.
    pub(crate) fn from_columns(nonce: &[u8], ciphertext: Vec<u8>) -> Option<Self> {
        let nonce = nonce.try_into().ok()?;
        (ciphertext.len() > TAG_BYTES).then_some(Self { nonce, ciphertext })
    }
}

/// What a sealed private key is bound to.
pub(crate) struct ItemBinding<'a> {
    pub(crate) vault: Uuid,
    pub(crate) item: Uuid,
    pub(crate) schema: u32,
    pub(crate) key_id: &'a str,
}

impl ItemBinding<'_> {
    fn associated_data(&self) -> Vec<u8> {
        // Fixed widths first and the one free length last: no two bindings spell the same bytes.
        [
            b"keyfolio item\0".as_slice(),
            self.vault.as_bytes(),
            self.item.as_bytes(),
            &self.schema.to_be_bytes(),
            self.key_id.as_bytes(),
        ]
        .concat()
    }
}

/// Seals a private key's DER for its place.
pub(crate) fn seal_item(key: &VaultKey, binding: &ItemBinding<'_>, der: &[u8]) -> Result<Sealed, VaultError> {
    seal(key, &binding.associated_data(), der)
}

/// Opens a sealed private key; `None` if any bit of it, or of its place, is not what was sealed.
pub(crate) fn open_item(key: &VaultKey, binding: &ItemBinding<'_>, sealed: &Sealed) -> Option<Zeroizing<Vec<u8>>> {
    open(key, &binding.associated_data(), sealed)
}

/// Seals `plaintext` under a fresh nonce.
pub(crate) fn seal(key: &VaultKey, associated_data: &[u8], plaintext: &[u8]) -> Result<Sealed, VaultError> {
    let mut nonce = [0; NONCE_BYTES];
    fill_random(&mut nonce)?;
    seal_with_nonce(key, nonce, associated_data, plaintext)
}

fn seal_with_nonce(
    key: &VaultKey,
    nonce: [u8; NONCE_BYTES],
    associated_data: &[u8],
    plaintext: &[u8],
) -> Result<Sealed, VaultError> {
    // Room for the tag from the start: growing would leave a copy of the plaintext behind.
    let mut buffer = Zeroizing::new(Vec::with_capacity(plaintext.len() + TAG_BYTES));
    buffer.extend_from_slice(plaintext);
    cipher(key)
        .encrypt_in_place(&XNonce::from(nonce), associated_data, &mut *buffer)
        .map_err(|_| VaultError::Internal("a plaintext too long to seal"))?;
    Ok(Sealed { nonce, ciphertext: std::mem::take(&mut *buffer) })
}

/// Opens a sealing, or says only that it does not open.
pub(crate) fn open(key: &VaultKey, associated_data: &[u8], sealed: &Sealed) -> Option<Zeroizing<Vec<u8>>> {
    let mut buffer = Zeroizing::new(sealed.ciphertext.clone());
    cipher(key).decrypt_in_place(&XNonce::from(sealed.nonce), associated_data, &mut *buffer).ok()?;
    Some(buffer)
}

fn cipher(key: &VaultKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.0.as_ref().into())
}

/// Random bytes of the operating system.
pub(crate) fn fill_random(bytes: &mut [u8]) -> Result<(), VaultError> {
    getrandom::fill(bytes).map_err(|_| VaultError::Internal("the operating system gave no random bytes"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot set up its scene should stop there")]

    use proptest::prelude::*;

    use super::{ItemBinding, Sealed, VaultKey, open, open_item, seal, seal_item, seal_with_nonce};
    use uuid::Uuid;

    fn counting_key(first: u8) -> VaultKey {
        let mut key = VaultKey::zero();
        (first..).zip(key.bytes_mut()).for_each(|(number, byte)| *byte = number);
        key
    }

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn sealing_is_the_published_algorithm() {
        let plaintext = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let associated_data = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let nonce = std::array::from_fn(|at| 0x40 + u8::try_from(at).unwrap());
        let sealed = seal_with_nonce(&counting_key(0x80), nonce, &associated_data, plaintext).unwrap();
        let hex: String = sealed.ciphertext.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216\
             cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13\
             b52ec0875924c1c7987947deafd8780acf49"
        );
        assert_eq!(open(&counting_key(0x80), &associated_data, &sealed).unwrap().as_slice(), plaintext);
    }

    #[test]
    fn the_same_plaintext_never_seals_to_the_same_bytes() {
        let key = counting_key(1);
        let (one, other) = (seal(&key, b"place", b"secret").unwrap(), seal(&key, b"place", b"secret").unwrap());
        assert_ne!(one.nonce, other.nonce);
        assert_ne!(one.ciphertext, other.ciphertext);
    }

    #[test]
    fn a_key_survives_its_text_form_and_nothing_else_is_taken_for_one() {
        let key = counting_key(7);
        assert!(VaultKey::from_base64(&key.to_base64()).unwrap().same_as(&key));
        assert!(!counting_key(8).same_as(&key));
        for foreign in ["", "AAAA", "not base64 at all", &"A".repeat(42), &"A".repeat(48), &"A".repeat(4096)] {
            assert!(VaultKey::from_base64(foreign).is_none(), "{foreign:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_in_its_place_and_nowhere_else(
            secret in prop::collection::vec(any::<u8>(), 1..300),
            vault: u128, item: u128, schema: u32, key_id in "[A-Z0-9]{1,16}",
            flip: prop::sample::Index, bit in 0..8_u8,
        ) {
            let key = counting_key(1);
            let place = || ItemBinding { vault: Uuid::from_u128(vault), item: Uuid::from_u128(item), schema, key_id: &key_id };
            let sealed = seal_item(&key, &place(), &secret).unwrap();
            let opened = open_item(&key, &place(), &sealed);
            prop_assert_eq!(opened.as_ref().map(|opened| opened.as_slice()), Some(secret.as_slice()));

            let longer = format!("{key_id}0");
            for elsewhere in [
                ItemBinding { vault: Uuid::from_u128(vault ^ 1), ..place() },
                ItemBinding { item: Uuid::from_u128(item ^ 1), ..place() },
                ItemBinding { schema: schema ^ 1, ..place() },
                ItemBinding { key_id: &longer, ..place() },
            ] {
                prop_assert!(open_item(&key, &elsewhere, &sealed).is_none());
            }
            prop_assert!(open_item(&counting_key(2), &place(), &sealed).is_none());
            let mut flipped = Sealed { nonce: sealed.nonce, ciphertext: sealed.ciphertext.clone() };
            let at = flip.index(flipped.ciphertext.len());
            flipped.ciphertext[at] ^= 1 << bit;
            prop_assert!(open_item(&key, &place(), &flipped).is_none());
        }
    }
}
