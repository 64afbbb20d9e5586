//! A private key from its bare number, for keys that belong to nobody: samples and the self-test.

use asc_key::{PrivateKey, Refusal};

/// PKCS#8 (RFC 5958) around an RFC 5915 key without its public point: what stands before the 32 bytes of the scalar.
const BEFORE_SCALAR: [u8; 35] = [
    0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20,
];

/// The P-256 key whose scalar these 32 bytes are, most significant first.
///
/// # Errors
/// When the number is zero or beyond the order of the curve.
pub(crate) fn from_scalar(scalar: &[u8]) -> Result<PrivateKey, Refusal> {
    PrivateKey::from_pkcs8_der(&[&BEFORE_SCALAR, scalar].concat())
}
