//! What a file name says about the key in it. App Store Connect writes the Key ID there and nowhere else.
//!
//! Downloads are named `AuthKey_<ID>.p8` (Team) and `ApiKey_<ID>.p8` (Individual); browsers and people add
//! ` (1)`, `copy` and more. A name is only ever a suggestion: it is matched leniently and never trusted.

use std::ffi::OsStr;

use crate::{KeyId, KeyKind, KindBasis, LookAlike};

/// What a name suggests. All empty for a name that says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameHints {
    /// The Key ID.
    pub key_id: Option<KeyId>,
    /// The kind and what the suggestion rests on.
    pub kind: Option<(KeyKind, KindBasis)>,
    /// Another kind of Apple key, by its prefix.
    pub look_alike: Option<LookAlike>,
}

/// What stands before the Key ID.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    /// Apple's name for a Team key.
    Team,
    /// Apple's name for an Individual key.
    Individual,
    /// Apple's name for an In-App Purchase key.
    Subscription,
    /// A spelling people choose; says "key", not which kind.
    Plain,
}

/// Prefixes in lower case. `api_key_` is what fastlane users name any key, so it does not mean Individual.
const PREFIXES: [(&str, Prefix); 5] = [
    ("subscriptionkey_", Prefix::Subscription),
    ("authkey_", Prefix::Team),
    ("apikey_", Prefix::Individual),
    ("auth_key_", Prefix::Plain),
    ("api_key_", Prefix::Plain),
];

/// Reads a file name (not a path). Works on any text, however long or strange.
#[must_use]
pub fn hints(name: &str) -> NameHints {
    // The ASCII mapping keeps every byte position, so that positions found in `lower` hold in `name`.
    let lower = name.to_ascii_lowercase();
    let found = PREFIXES.iter().find_map(|(text, prefix)| Some((*prefix, after_prefix(name, &lower, text)?)));
    match found {
        Some((Prefix::Subscription, after)) => {
            NameHints { key_id: leading_id(after), kind: None, look_alike: Some(LookAlike::InAppPurchase) }
        }
        Some((prefix, after)) => {
            let key_id = leading_id(after);
            let kind = key_id.as_ref().and_then(|id| kind(prefix, id));
            NameHints { key_id, kind, look_alike: None }
        }
        None => {
            let key_id = bare_id(name);
            let kind = key_id.as_ref().and_then(|id| kind(Prefix::Plain, id));
            NameHints { key_id, kind, look_alike: None }
        }
    }
}

/// Reads a file name as the system gives it; bytes that are no text are no hint.
#[must_use]
pub fn hints_os(name: &OsStr) -> NameHints {
    hints(&name.to_string_lossy())
}

/// The rest of the name after a prefix that starts a word ("Copy of AuthKey_...", but not "MyAuthKey_...").
fn after_prefix<'a>(name: &'a str, lower: &str, prefix: &str) -> Option<&'a str> {
    let starts_word = |at: usize| !name[..at].ends_with(|c: char| c.is_alphanumeric());
    lower.match_indices(prefix).find(|(at, _)| starts_word(*at)).map(|(at, text)| &name[at + text.len()..])
}

/// The Key ID at the start of `text`, ended by anything but a letter or digit: `.p8`, ` (1)`, ` copy`, `-2`.
fn leading_id(text: &str) -> Option<KeyId> {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let run = &text[..end];
    // A word such as "production" has the shape, too; Key IDs come in upper case.
    let is_word = run.bytes().all(|b| b.is_ascii_alphabetic()) && run.bytes().any(|b| b.is_ascii_lowercase());
    if is_word { None } else { run.parse().ok() }
}

/// A name that is nothing but a Key ID, as fastlane's documentation has it (`D83848D23.json`). Without a prefix
/// more is asked: upper case, a usual length, and letters as well as digits, or any date would pass.
fn bare_id(name: &str) -> Option<KeyId> {
    let id = leading_id(name)?;
    let run = &name[..id.as_str().len()];
    let rest = &name[run.len()..];
    let mixed = run.bytes().any(|b| b.is_ascii_digit()) && run.bytes().any(|b| b.is_ascii_uppercase());
    let upper = !run.bytes().any(|b| b.is_ascii_lowercase());
    let ends = rest.is_empty() || rest.starts_with(['.', ' ', '(']);
    (mixed && upper && ends && id.is_usual()).then_some(id)
}

/// The kind, with its basis. Where prefix and length contradict each other, the length is believed.
fn kind(prefix: Prefix, id: &KeyId) -> Option<(KeyKind, KindBasis)> {
    let by_prefix = match prefix {
        Prefix::Team => Some(KeyKind::Team),
        Prefix::Individual => Some(KeyKind::Individual),
        Prefix::Subscription | Prefix::Plain => None,
    };
    match (by_prefix, id.usual_kind()) {
        (Some(prefix), Some(length)) if prefix == length => Some((prefix, KindBasis::PrefixAndLength)),
        (_, Some(length)) => Some((length, KindBasis::Length)),
        (Some(prefix), None) => Some((prefix, KindBasis::Prefix)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;
    use KeyKind::{Individual, Team};
    use KindBasis::{Length, Prefix as ByPrefix, PrefixAndLength};

    #[test]
    fn names_as_people_have_them() {
        let table = [
            // As downloaded.
            ("AuthKey_2X9R4HXF34.p8", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            ("ApiKey_7GX4KQ2M9LRT.p8", Some("7GX4KQ2M9LRT"), Some((Individual, PrefixAndLength))),
            ("AuthKey_ABCDEFGHIJ.p8", Some("ABCDEFGHIJ"), Some((Team, PrefixAndLength))),
            // Case changed on the way.
            ("authkey_2x9r4hxf34.P8", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            ("APIKEY_7GX4KQ2M9LRT.P8", Some("7GX4KQ2M9LRT"), Some((Individual, PrefixAndLength))),
            // Copies.
            ("AuthKey_2X9R4HXF34 (1).p8", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            ("AuthKey_2X9R4HXF34(12).p8", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            ("AuthKey_2X9R4HXF34 copy.p8", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            ("AuthKey_2X9R4HXF34 2.p8", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            ("AuthKey_2X9R4HXF34 - Copy.p8", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            ("AuthKey_2X9R4HXF34_old.p8", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            ("Copy of AuthKey_2X9R4HXF34.p8", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            ("acme-AuthKey_2X9R4HXF34.p8.txt", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            (".AuthKey_2X9R4HXF34.p8.icloud", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            ("AuthKey_2X9R4HXF34", Some("2X9R4HXF34"), Some((Team, PrefixAndLength))),
            // Prefix and length disagree, or one of them says nothing.
            ("AuthKey_7GX4KQ2M9LRT.p8", Some("7GX4KQ2M9LRT"), Some((Individual, Length))),
            ("ApiKey_2X9R4HXF34.p8", Some("2X9R4HXF34"), Some((Team, Length))),
            ("AuthKey_D83848D23.p8", Some("D83848D23"), Some((Team, ByPrefix))),
            ("ApiKey_D83848D2345.p8", Some("D83848D2345"), Some((Individual, ByPrefix))),
            ("api_key_2X9R4HXF34.json", Some("2X9R4HXF34"), Some((Team, Length))),
            ("auth_key_D83848D23.json", Some("D83848D23"), None),
            ("2X9R4HXF34.p8", Some("2X9R4HXF34"), Some((Team, Length))),
            ("7GX4KQ2M9LRT (1).json", Some("7GX4KQ2M9LRT"), Some((Individual, Length))),
            // Nothing to see.
            ("", None, None),
            ("key.p8", None, None),
            ("api_key.json", None, None),
            ("AuthKey_.p8", None, None),
            ("AuthKey_SHORT.p8", None, None),
            ("AuthKey_production.p8", None, None),
            ("AuthKey_ABCDEFGHIJKLMNOPQRSTUVWXYZ.p8", None, None),
            ("AuthKey_2X9R4HXF3É.p8", None, None),
            ("MyAuthKey_2X9R4HXF34.p8", None, None),
            ("DISTRIBUTE.p8", None, None),
            ("2026112301.p8", None, None),
            ("AuthKey.p8", None, None),
        ];
        for (name, key_id, kind) in table {
            let found = hints(name);
            assert_eq!(found.key_id.as_ref().map(KeyId::as_str), key_id, "{name}");
            assert_eq!(found.kind, kind, "{name}");
            assert_eq!(found.look_alike, None, "{name}");
        }
    }

    #[test]
    fn an_in_app_purchase_key_is_called_what_it_is_and_gets_no_kind() {
        for name in ["SubscriptionKey_9QZ7T2LM4W.p8", "subscriptionkey_9QZ7T2LM4W (2).p8"] {
            let found = hints(name);
            assert_eq!(found.look_alike, Some(LookAlike::InAppPurchase), "{name}");
            assert_eq!(found.key_id.unwrap().as_str(), "9QZ7T2LM4W");
            assert_eq!(found.kind, None);
        }
    }

    #[test]
    fn strange_names_are_no_trouble() {
        for name in ["\u{202e}8p.AuthKey_2X9R4HXF34", "AuthKey_\0\0\0", "İAuthKey_2X9R4HXF34", "<img onerror=x>.p8"] {
            assert!(hints(name).key_id.is_none_or(|id| id.is_usual()));
        }
        assert_eq!(hints(&"AuthKey_".repeat(10_000)), NameHints::default());
        assert_eq!(hints("\u{202e}AuthKey_2X9R4HXF34\u{202c}.p8").key_id.unwrap().as_str(), "2X9R4HXF34");
    }
}
