//! Whose key this seems to be: what the file name and the file itself say, joined into one suggestion.
//!
//! Nothing inside a `.p8` names its Key ID or kind, so everything here is a suggestion with its basis. Where
//! nothing is known, nothing is said: there is no default kind in this crate.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::file_name::NameHints;
use crate::{FileHints, IssuerId, KeyId, KeyKind};

/// What a suggested kind rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum KindBasis {
    /// The prefix of the file name and the length of the Key ID agree.
    PrefixAndLength,
    /// The prefix alone; the Key ID has an unusual length.
    Prefix,
    /// The length of the Key ID alone. It also wins over a contradicting prefix: tools that look for `AuthKey_`
    /// only make people rename their `ApiKey_` files, while nobody changes a Key ID.
    Length,
    /// The file itself names an Issuer ID, which only Team keys have.
    IssuerInFile,
    /// Apple was asked and accepts the key as this kind. Never made here: only whoever asks can say so.
    Asked,
    /// Nothing is known. Never made here: whoever has to preselect something says so with this.
    Default,
}

/// Other Apple keys that are built exactly like an App Store Connect API key and are told apart by name only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum LookAlike {
    /// A key for the App Store Server API and offers, downloaded as `SubscriptionKey_...`.
    InAppPurchase,
}

impl LookAlike {
    /// The code used in data.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::InAppPurchase => "in_app_purchase",
        }
    }
}

impl fmt::Display for LookAlike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names no known look-alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a known look-alike")]
pub struct InvalidLookAlike;

impl FromStr for LookAlike {
    type Err = InvalidLookAlike;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == Self::InAppPurchase.code() { Ok(Self::InAppPurchase) } else { Err(InvalidLookAlike) }
    }
}

/// The joined suggestion of file name and file content. Content wins: it was written on purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The Key ID, if either names one.
    pub key_id: Option<KeyId>,
    /// The Issuer ID, which only a file of another tool carries.
    pub issuer_id: Option<IssuerId>,
    /// The kind and what the suggestion rests on.
    pub kind: Option<(KeyKind, KindBasis)>,
    /// Set when the name belongs to another kind of Apple key.
    pub look_alike: Option<LookAlike>,
}

impl Identity {
    /// Joins the two sources.
    #[must_use]
    pub fn suggest(name: &NameHints, file: &FileHints) -> Self {
        let key_id = file.key_id.as_ref().or(name.key_id.as_ref()).cloned();
        // The name's suggestion measured the name's Key ID; it says nothing about another one in the file.
        let from_name = name.kind.filter(|_| file.key_id.is_none() || file.key_id == name.key_id);
        let from_length = || Some((key_id.as_ref()?.usual_kind()?, KindBasis::Length));
        let kind = if name.look_alike.is_some() {
            None
        } else if file.issuer_id.is_some() {
            // altool wants an Issuer ID even for an Individual key, so an ID of that length still speaks louder.
            from_length()
                .filter(|(kind, _)| *kind == KeyKind::Individual)
                .or(Some((KeyKind::Team, KindBasis::IssuerInFile)))
        } else {
            from_name.or_else(from_length)
        };
        Self { key_id, issuer_id: file.issuer_id.clone(), kind, look_alike: name.look_alike }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;
    use crate::file_name;

    const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";

    fn in_file(key_id: &str, issuer_id: Option<&str>) -> FileHints {
        FileHints { key_id: key_id.parse().ok(), issuer_id: issuer_id.map(|id| id.parse().unwrap()) }
    }

    #[test]
    fn what_the_file_says_goes_before_its_name() {
        let name = file_name::hints("AuthKey_2X9R4HXF34.json");
        let identity = Identity::suggest(&name, &in_file("7GX4KQ2M9LRT", None));
        assert_eq!(identity.key_id.unwrap().as_str(), "7GX4KQ2M9LRT");
        assert_eq!(identity.kind, Some((KeyKind::Individual, KindBasis::Length)));
    }

    #[test]
    fn an_issuer_in_the_file_means_team() {
        let identity = Identity::suggest(&NameHints::default(), &in_file("D83848D23", Some(ISSUER)));
        assert_eq!(identity.kind, Some((KeyKind::Team, KindBasis::IssuerInFile)));
        assert_eq!(identity.issuer_id.unwrap().as_str(), ISSUER);
    }

    #[test]
    fn an_individual_key_with_a_placeholder_issuer_stays_individual() {
        let identity = Identity::suggest(&NameHints::default(), &in_file("7GX4KQ2M9LRT", Some(ISSUER)));
        assert_eq!(identity.kind, Some((KeyKind::Individual, KindBasis::Length)));
    }

    #[test]
    fn nothing_known_means_nothing_said() {
        assert_eq!(Identity::suggest(&NameHints::default(), &FileHints::default()), Identity::default());
    }
}
