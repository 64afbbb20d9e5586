//! Why a file did not become a key: one code per cause, so that a person can be told what the file is instead.
//!
//! Codes, never sentences: the words live in the user interface. A refusal carries no bytes of the file.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! refusal_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)+) => {
        /// Why a file was refused for good. The serialized form is the code itself.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum RefusalCode { $($(#[$doc])* $name,)+ }

        impl RefusalCode {
            /// Every code, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code as written in data and in the words of the interface.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

refusal_codes! {
    /// No bytes, or white space only.
    Empty = "empty",
    /// Over [`MAX_FILE_BYTES`](crate::file::MAX_FILE_BYTES); a key file has about 250 bytes.
    TooLarge = "too_large",
    /// A folder, pipe, socket, device or a loop of links.
    NotRegularFile = "not_regular_file",
    /// No such file (any more).
    NotFound = "not_found",
    /// The system does not let this user read it, or reading failed.
    Unreadable = "unreadable",
    /// Only a placeholder is on this computer; the content is in the cloud.
    CloudPlaceholder = "cloud_placeholder",
    /// An X.509 certificate.
    Certificate = "certificate",
    /// A certificate signing request.
    CertificateRequest = "certificate_request",
    /// A public key: the harmless half.
    PublicKey = "public_key",
    /// An RSA private key.
    RsaKey = "rsa_key",
    /// An Ed25519 private key.
    Ed25519Key = "ed25519_key",
    /// A private key of another algorithm (DSA, X25519, Ed448, ML-DSA ...).
    OtherAlgorithm = "other_algorithm",
    /// An elliptic-curve key on P-384.
    P384Key = "p384_key",
    /// An elliptic-curve key on P-521.
    P521Key = "p521_key",
    /// An elliptic-curve key on secp256k1.
    Secp256k1Key = "secp256k1_key",
    /// An elliptic-curve key on another named curve.
    OtherCurve = "other_curve",
    /// The curve is spelled out as numbers instead of named, which can hide another curve.
    ExplicitParameters = "explicit_parameters",
    /// The private number is zero: no key at all.
    ZeroScalar = "zero_scalar",
    /// The private number is not below the order of the curve.
    ScalarOutOfRange = "scalar_out_of_range",
    /// The public point in the file belongs to another private key.
    PublicKeyMismatch = "public_key_mismatch",
    /// More than one private key.
    TwoKeys = "two_keys",
    /// Something else besides the key: before it, after it or inside its encoding.
    TrailingData = "trailing_data",
    /// A word processor turned hyphens of the BEGIN or END line into dashes.
    SmartDashes = "smart_dashes",
    /// The beginning or the end is missing.
    Truncated = "truncated",
    /// Meant to be a key, but damaged.
    Corrupted = "corrupted",
    /// A PKCS#12 container (`.p12`, `.pfx`).
    Pkcs12 = "pkcs12",
    /// A web page saved under the name of the key, usually a sign-in page.
    HtmlPage = "html_page",
    /// A key of SSH or PuTTY.
    SshKey = "ssh_key",
    /// Encrypted in a way that is outdated, unknown or absurdly expensive to open.
    EncryptedUnsupported = "encrypted_unsupported",
    /// JSON without a private key in it.
    JsonWithoutKey = "json_without_key",
    /// Nothing that resembles a key.
    NotAKey = "not_a_key",
    /// A folder without any key file. Never made here: whoever looks through folders reports it.
    EmptyFolder = "empty_folder",
}

impl fmt::Display for RefusalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why [`parse`](crate::parse) or [`file::read`](crate::file::read) gave no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The key is encrypted: ask for its passphrase and try again.
    NeedsPassphrase,
    /// The key is encrypted and the passphrase given does not open it: ask again.
    WrongPassphrase,
    /// Refused for good.
    Because(RefusalCode),
}

impl Refusal {
    /// The code: `needs_passphrase`, `wrong_passphrase` or the code of the refusal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NeedsPassphrase => "needs_passphrase",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::Because(code) => code.code(),
        }
    }

    /// Whether a passphrase would help.
    #[must_use]
    pub const fn asks(self) -> bool {
        matches!(self, Self::NeedsPassphrase | Self::WrongPassphrase)
    }
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self::Because(code)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn the_code_in_data_is_the_code_in_rust() {
        for code in RefusalCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.code());
        }
    }
}
