//! Encrypted PKCS#8 (RFC 5958 with PBES2, RFC 8018): opened with a passphrase, within bounds.
//!
//! The file chooses how much work its opening takes, so a hostile file could freeze the app or take all memory.
//! The parameters are judged before any work is done. SHA-1 and 3DES inside PBES2 are opened, since older tools
//! wrote nothing else and the key is sealed properly afterwards; PBES1 (MD5, DES, RC2) is refused.

use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::der::Decode as _;
use pkcs8::pkcs5::pbes2::Kdf;
use pkcs8::pkcs5::{EncryptionScheme, Error, pbes2};
use zeroize::Zeroizing;

use crate::{Refusal, RefusalCode};

/// Rounds of PBKDF2: three times what OWASP asks for HMAC-SHA-256; well under two seconds.
const MAX_PBKDF2_ROUNDS: u32 = 2_000_000;
/// Memory that scrypt touches over all its lanes, in bytes: the strongest setting OWASP lists (N=2^17, r=8, p=1).
const MAX_SCRYPT_BYTES: u64 = 128 * 1024 * 1024;

/// Opens an `EncryptedPrivateKeyInfo`; the result is DER of some kind.
pub(super) fn open(bytes: &[u8], passphrase: Option<&str>) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let info = EncryptedPrivateKeyInfoRef::from_der(bytes).map_err(|_| RefusalCode::EncryptedUnsupported)?;
    let EncryptionScheme::Pbes2(scheme) = &info.encryption_algorithm else {
        return Err(RefusalCode::EncryptedUnsupported.into());
    };
    if !is_bounded(&scheme.kdf) || !fits(scheme) {
        return Err(RefusalCode::EncryptedUnsupported.into());
    }
    let passphrase = passphrase.ok_or(Refusal::NeedsPassphrase)?;
    let mut buffer = Zeroizing::new(info.encrypted_data.as_bytes().to_vec());
    let length = match scheme.decrypt_in_place(passphrase, buffer.as_mut_slice()) {
        Ok(plain) => plain.len(),
        Err(Error::DecryptFailed) => return Err(Refusal::WrongPassphrase),
        Err(_) => return Err(RefusalCode::EncryptedUnsupported.into()),
    };
    buffer.truncate(length);
    // CBC has no seal: one wrong passphrase in 256 leaves valid padding, and then noise instead of DER.
    super::der::outermost(&buffer).map_err(|_| Refusal::WrongPassphrase)?;
    Ok(buffer)
}

fn is_bounded(kdf: &Kdf) -> bool {
    match kdf {
        Kdf::Pbkdf2(pbkdf2) => (1..=MAX_PBKDF2_ROUNDS).contains(&pbkdf2.iteration_count),
        Kdf::Scrypt(scrypt) => {
            let lanes = u64::from(scrypt.block_size) * u64::from(scrypt.parallelization);
            let touched = scrypt.cost_parameter.checked_mul(lanes).and_then(|blocks| blocks.checked_mul(128));
            scrypt.cost_parameter >= 2
                && scrypt.cost_parameter.is_power_of_two()
                && lanes >= 1
                && touched.is_some_and(|bytes| bytes <= MAX_SCRYPT_BYTES)
        }
        _ => false,
    }
}

/// Whether the key that the KDF is told to make fits the cipher; found out now, not after asking.
fn fits(scheme: &pbes2::Parameters) -> bool {
    scheme.kdf.key_length().is_none_or(|length| usize::from(length) == scheme.encryption.key_size())
}
