//! A throwaway key pair, for what stands on the other side: the file a user would have, and its public half.
//!
//! It exists for tests and the demo. Nothing here is registered with anyone, and the simulator itself never asks
//! for the private half.

use std::fmt;

use rcgen::{KeyPair, PublicKeyData as _};

/// A P-256 key pair that Apple has never seen.
pub struct Pair(KeyPair);

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pair(throwaway)")
    }
}

impl Pair {
    /// A new one.
    ///
    /// # Panics
    /// When the operating system has no randomness.
    #[must_use]
    #[allow(clippy::expect_used, reason = "a throwaway key has nobody to report to")]
    pub fn generate() -> Self {
        Self(KeyPair::generate().expect("the operating system has randomness"))
    }

    /// The file Apple would offer for download: PKCS#8 in PEM.
    #[must_use]
    pub fn p8(&self) -> String {
        self.0.serialize_pem().replace("\r\n", "\n")
    }

    /// The public half as SubjectPublicKeyInfo in DER, 91 bytes.
    #[must_use]
    pub fn public_key_der(&self) -> Vec<u8> {
        self.0.subject_public_key_info()
    }
}
