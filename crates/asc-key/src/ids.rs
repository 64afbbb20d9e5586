//! The public names around a key: Key ID, Issuer ID, kind and fingerprint. None of them is a secret.
//!
//! They exist as types so that a Key ID can never be passed where an Issuer ID belongs, and so that text from a
//! file name or a form is checked once, at the edge. What does not have the right shape is refused, never trimmed
//! into it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A Key ID as App Store Connect lists it, for example `2X9R4HXF34`: 8 to 20 characters `A-Z0-9`.
///
/// Team keys are seen with 10 characters and Individual keys with 12; other lengths are accepted because Apple
/// documents none, and [`KeyId::is_usual`] tells them apart. Lower case is raised when parsed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(as = "String"))]
pub struct KeyId(String);

/// The text is not 8 to 20 letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a Key ID has 8 to 20 letters and digits")]
pub struct InvalidKeyId;

impl KeyId {
    /// Length of every Team key's ID seen so far, in characters.
    pub const TEAM_LENGTH: usize = 10;
    /// Length of every Individual key's ID seen so far, in characters.
    pub const INDIVIDUAL_LENGTH: usize = 12;

    /// The Key ID as Apple writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the length is one that real keys have been seen with (10 or 12).
    #[must_use]
    pub fn is_usual(&self) -> bool {
        self.usual_kind().is_some()
    }

    /// The kind whose keys have IDs of this length, as far as anyone has seen. A suggestion, not a fact.
    #[must_use]
    pub fn usual_kind(&self) -> Option<KeyKind> {
        match self.0.len() {
            Self::TEAM_LENGTH => Some(KeyKind::Team),
            Self::INDIVIDUAL_LENGTH => Some(KeyKind::Individual),
            _ => None,
        }
    }
}

impl FromStr for KeyId {
    type Err = InvalidKeyId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shaped = (8..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if shaped { Ok(Self(text.to_ascii_uppercase())) } else { Err(InvalidKeyId) }
    }
}

impl TryFrom<String> for KeyId {
    type Error = InvalidKeyId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<KeyId> for String {
    fn from(id: KeyId) -> Self {
        id.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An Issuer ID: the UUID shown above the list of Team keys, one per team, kept in lower case.
///
/// Only the 8-4-4-4-12 shape is checked: real Issuer IDs carry version digits that no UUID standard defines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(as = "String"))]
pub struct IssuerId(String);

/// The text does not have the 8-4-4-4-12 shape of a UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an Issuer ID has the shape 8-4-4-4-12 in hexadecimal")]
pub struct InvalidIssuerId;

impl IssuerId {
    /// The Issuer ID in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for IssuerId {
    type Err = InvalidIssuerId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shaped = text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        if shaped { Ok(Self(text.to_ascii_lowercase())) } else { Err(InvalidIssuerId) }
    }
}

impl TryFrom<String> for IssuerId {
    type Error = InvalidIssuerId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<IssuerId> for String {
    fn from(id: IssuerId) -> Self {
        id.0
    }
}

impl fmt::Display for IssuerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The two kinds of App Store Connect API keys. Nothing inside the file tells them apart.
///
/// Source: <https://developer.apple.com/documentation/appstoreconnectapi/creating-api-keys-for-app-store-connect-api>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum KeyKind {
    /// Belongs to the team; its token names the Issuer ID.
    Team,
    /// Belongs to one user and has that user's rights; its token has no Issuer ID.
    Individual,
}

impl KeyKind {
    /// The code used in data: `team` or `individual`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Individual => "individual",
        }
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names no kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a key is either `team` or `individual`")]
pub struct InvalidKeyKind;

impl FromStr for KeyKind {
    type Err = InvalidKeyKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "team" => Ok(Self::Team),
            "individual" => Ok(Self::Individual),
            _ => Err(InvalidKeyKind),
        }
    }
}

/// SHA-256 of the public key (SubjectPublicKeyInfo, DER): the same for every copy of one key, whatever its file
/// name or encoding. Shown as 64 hexadecimal digits; `openssl pkey -pubout -outform DER | sha256sum` prints it too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(as = "String"))]
pub struct Fingerprint([u8; 32]);

/// The text is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a fingerprint has 64 hexadecimal digits")]
pub struct InvalidFingerprint;

impl Fingerprint {
    /// Wraps a SHA-256 digest.
    #[must_use]
    pub const fn from_bytes(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The 32 bytes of the digest.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl FromStr for Fingerprint {
    type Err = InvalidFingerprint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(InvalidFingerprint);
        }
        let mut digest = [0u8; 32];
        for (at, byte) in digest.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| InvalidFingerprint)?;
        }
        Ok(Self(digest))
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = InvalidFingerprint;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn a_key_id_is_raised_to_upper_case_and_measured() {
        let id: KeyId = "2x9r4hxf34".parse().unwrap();
        assert_eq!(id.as_str(), "2X9R4HXF34");
        assert!(id.is_usual());
        assert_eq!(id.usual_kind(), Some(KeyKind::Team));
        assert_eq!("ABCDEF123456".parse::<KeyId>().unwrap().usual_kind(), Some(KeyKind::Individual));
        assert!(!"D83848D23".parse::<KeyId>().unwrap().is_usual());
    }

    #[test]
    fn what_is_no_key_id_is_refused() {
        for text in ["", "SHORT12", "ABCDEFGHIJKLMNOPQRSTU", "2X9R4HXF3 ", "2X9R-HXF34", "2X9R4HXÉ4", "２X9R4HXF34"] {
            assert_eq!(text.parse::<KeyId>(), Err(InvalidKeyId), "{text:?}");
        }
    }

    #[test]
    fn an_issuer_id_needs_the_shape_only_not_a_uuid_version() {
        let id: IssuerId = "57246542-96FE-1A63-E053-0824D011072A".parse().unwrap();
        assert_eq!(id.as_str(), "57246542-96fe-1a63-e053-0824d011072a");
        for text in [
            "",
            "57246542-96fe-1a63-e053-0824d011072",
            "5724654296fe1a63e0530824d011072a1234",
            "57246542-96fe-1a63-e053-0824d011072g",
        ] {
            assert_eq!(text.parse::<IssuerId>(), Err(InvalidIssuerId), "{text:?}");
        }
    }

    #[test]
    fn stored_text_is_checked_again_when_read_back() {
        assert_eq!(serde_json::to_string(&"2X9R4HXF34".parse::<KeyId>().unwrap()).unwrap(), "\"2X9R4HXF34\"");
        assert!(serde_json::from_str::<KeyId>("\"no\"").is_err());
        assert!(serde_json::from_str::<IssuerId>("\"no\"").is_err());
        assert!(serde_json::from_str::<Fingerprint>("\"no\"").is_err());
        assert_eq!(serde_json::to_string(&KeyKind::Individual).unwrap(), "\"individual\"");
    }

    #[test]
    fn a_fingerprint_reads_back_what_it_shows() {
        let shown = Fingerprint::from_bytes(std::array::from_fn(|at| u8::try_from(at * 8).unwrap())).to_string();
        assert_eq!(shown.len(), 64);
        assert_eq!(shown.parse::<Fingerprint>().unwrap().to_string(), shown);
        assert_eq!("zz".repeat(32).parse::<Fingerprint>(), Err(InvalidFingerprint));
    }
}
