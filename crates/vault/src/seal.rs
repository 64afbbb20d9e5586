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
