//! The private key itself, in memory: made valid once, then it can only sign, be sealed and be wiped.
//!
//! General key parsers accept a zero scalar, a scalar above the group order or a public point of another key, and
//! fail only when signing. Here all of that is decided at construction, ending with a signature that is verified.
//! The type cannot be cloned, printed, compared or serialized, and its memory is zeroed when it goes.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p256::PublicKey;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::sec1::ToSec1Point as _;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::parse::der;
use crate::{Fingerprint, Refusal, RefusalCode};

/// Bytes of a P-256 scalar.
const SCALAR_BYTES: usize = 32;
/// Bytes of an uncompressed P-256 point: `04 || x || y`.
const POINT_BYTES: usize = 65;

/// PKCS#8 version 0, id-ecPublicKey with prime256v1, and an RFC 5915 key: everything before the scalar.
/// The layout is the one OpenSSL and Apple write, 138 bytes in all.
const PKCS8_BEFORE_SCALAR: [u8; 36] = [
    0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
    0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01, 0x04, 0x20,
];
/// `[1] BIT STRING` around the public point, between scalar and point.
const PKCS8_BEFORE_POINT: [u8; 5] = [0xa1, 0x44, 0x03, 0x42, 0x00];
/// SubjectPublicKeyInfo of a P-256 key (RFC 5480), everything before the point.
const SPKI_BEFORE_POINT: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// Characters per line of a PEM body (RFC 7468).
const PEM_LINE: usize = 64;

/// A valid P-256 private key. Signs ES256; gives its bytes only for sealing and for a copy the user asked for.
pub struct PrivateKey {
    signing: SigningKey,
    point: [u8; POINT_BYTES],
}

impl PrivateKey {
    /// Reads one PKCS#8 key (RFC 5958), strictly: no PEM, no repairs, nothing after it.
    ///
    /// # Errors
    /// The same codes as [`parse`](crate::parse); SEC1 and encrypted keys are `not_a_key` here.
    pub fn from_pkcs8_der(bytes: &[u8]) -> Result<Self, Refusal> {
        der::pkcs8(bytes)
    }

    /// Builds the key from its scalar and every public point the file states, and proves that it signs.
    pub(crate) fn from_parts(scalar: &[u8], stated_points: &[&[u8]]) -> Result<Self, Refusal> {
        let significant = &scalar[scalar.iter().take_while(|byte| **byte == 0).count()..];
        if significant.is_empty() {
            return Err(RefusalCode::ZeroScalar.into());
        }
        if significant.len() > SCALAR_BYTES {
            return Err(RefusalCode::ScalarOutOfRange.into());
        }
        if scalar.len() != SCALAR_BYTES {
            return Err(RefusalCode::Corrupted.into());
        }
        let signing = SigningKey::from_slice(scalar).map_err(|_| RefusalCode::ScalarOutOfRange)?;
        let public = PublicKey::from(signing.verifying_key());
        let agrees = |point: &&[u8]| PublicKey::from_sec1_bytes(point).is_ok_and(|stated| stated == public);
        if !stated_points.iter().all(agrees) {
            return Err(RefusalCode::PublicKeyMismatch.into());
        }
        let mut point = [0; POINT_BYTES];
        point.copy_from_slice(public.to_sec1_point(false).as_bytes());
        let key = Self { signing, point };
        key.prove()?;
        Ok(key)
    }

    /// One signature, verified: a key that cannot do this must not be stored.
    fn prove(&self) -> Result<(), Refusal> {
        let message = b"asc-key self-test";
        let signature = Signature::from_slice(&self.sign(message)).map_err(|_| RefusalCode::Corrupted)?;
        Ok(self.signing.verifying_key().verify(message, &signature).map_err(|_| RefusalCode::Corrupted)?)
    }

    /// The key as PKCS#8 DER, 138 bytes, always in the same layout whatever the file looked like. For sealing.
    #[must_use]
    pub fn to_pkcs8_der(&self) -> Zeroizing<Vec<u8>> {
        let length = PKCS8_BEFORE_SCALAR.len() + SCALAR_BYTES + PKCS8_BEFORE_POINT.len() + POINT_BYTES;
        // One allocation of the final size: growing would leave copies behind.
        let mut der = Zeroizing::new(Vec::with_capacity(length));
        let scalar = Zeroizing::new(<[u8; SCALAR_BYTES]>::from(self.signing.to_bytes()));
        der.extend_from_slice(&PKCS8_BEFORE_SCALAR);
        der.extend_from_slice(scalar.as_slice());
        der.extend_from_slice(&PKCS8_BEFORE_POINT);
        der.extend_from_slice(&self.point);
        der
    }

    /// The key as PEM (RFC 7468, label `PRIVATE KEY`) with a final newline. For a copy the user asked for.
    #[must_use]
    pub fn to_pkcs8_pem(&self) -> Zeroizing<String> {
        let der = self.to_pkcs8_der();
        let mut body = Zeroizing::new([0u8; 192]);
        // 138 bytes become 184 characters; the buffer cannot be too small.
        let written = STANDARD.encode_slice(der.as_slice(), body.as_mut_slice()).unwrap_or(0);
        let mut pem = Zeroizing::new(String::with_capacity(256));
        pem.push_str("-----BEGIN PRIVATE KEY-----\n");
        for line in body[..written].chunks(PEM_LINE) {
            line.iter().for_each(|byte| pem.push(char::from(*byte)));
            pem.push('\n');
        }
        pem.push_str("-----END PRIVATE KEY-----\n");
        pem
    }

    /// SHA-256 of the public key's SubjectPublicKeyInfo.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::from_bytes(Sha256::digest(self.public_key_der()).into())
    }

    /// The public half as SubjectPublicKeyInfo DER (RFC 5480), 91 bytes. Not a secret.
    #[must_use]
    pub fn public_key_der(&self) -> Vec<u8> {
        [SPKI_BEFORE_POINT.as_slice(), &self.point].concat()
    }

    /// ES256 (RFC 7518): ECDSA over SHA-256 of `message` as raw `r || s`, deterministic (RFC 6979).
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let signature: Signature = self.signing.sign(message);
        signature.to_bytes().into()
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(redacted)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    fn unhex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    /// The key of RFC 6979, appendix A.2.5. Public: never a secret of anyone.
    fn rfc_6979() -> PrivateKey {
        let scalar = unhex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
        PrivateKey::from_parts(&scalar, &[]).unwrap()
    }

    #[test]
    fn the_public_point_and_the_signatures_are_those_of_rfc_6979() {
        let key = rfc_6979();
        let point = "0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6\
                     7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299";
        assert_eq!(key.point.as_slice(), unhex(point));
        let sample = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716\
                      F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8";
        assert_eq!(key.sign(b"sample").as_slice(), unhex(sample));
        let test = "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367\
                    019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083";
        assert_eq!(key.sign(b"test").as_slice(), unhex(test));
    }

    #[test]
    fn a_point_may_be_stated_compressed_but_must_be_this_keys() {
        let scalar = unhex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
        let mut compressed = unhex("0360FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6");
        assert!(PrivateKey::from_parts(&scalar, &[&compressed]).is_ok());
        compressed[0] = 2; // the same x, the other y
        assert_eq!(PrivateKey::from_parts(&scalar, &[&compressed]).unwrap_err(), RefusalCode::PublicKeyMismatch.into());
    }

    #[test]
    fn the_largest_scalar_is_the_order_minus_one() {
        let mut scalar = unhex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550");
        assert!(PrivateKey::from_parts(&scalar, &[]).is_ok());
        scalar[31] += 1;
        assert_eq!(PrivateKey::from_parts(&scalar, &[]).unwrap_err(), RefusalCode::ScalarOutOfRange.into());
        assert_eq!(PrivateKey::from_parts(&[0; 40], &[]).unwrap_err(), RefusalCode::ZeroScalar.into());
        assert_eq!(PrivateKey::from_parts(&[1; 31], &[]).unwrap_err(), RefusalCode::Corrupted.into());
    }

    #[test]
    fn what_is_sealed_reads_back_as_the_same_key() {
        let key = rfc_6979();
        let back = PrivateKey::from_pkcs8_der(&key.to_pkcs8_der()).unwrap();
        assert_eq!(back.fingerprint(), key.fingerprint());
        assert_eq!(back.to_pkcs8_der(), key.to_pkcs8_der());
        assert_eq!(key.to_pkcs8_der().len(), 138);
    }

    #[test]
    fn only_bare_pkcs8_is_unsealed() {
        let der = rfc_6979().to_pkcs8_der();
        let sec1 = &der[29..];
        assert_eq!(PrivateKey::from_pkcs8_der(sec1).unwrap_err(), RefusalCode::NotAKey.into());
        assert_eq!(PrivateKey::from_pkcs8_der(&der[..137]).unwrap_err(), RefusalCode::Truncated.into());
        let pem = rfc_6979().to_pkcs8_pem();
        assert_eq!(PrivateKey::from_pkcs8_der(pem.as_bytes()).unwrap_err(), RefusalCode::Corrupted.into());
    }
}
