//! The form in which activity is searched: as people type, without case, accents or the finer points of spelling.
//!
//! SQLite knows the case of ASCII letters only, so text is folded here, once when it is noted and once when it is asked
//! for: decomposed (Unicode's NFKD), without combining marks, and from lower case to upper case and back, which makes "ẞ",
//! "ß" and "ss", "ς" and "σ", "İ", "ı" and "i" the same. The underscores of codes and file names count as spaces, so that
//! "app manager" finds a change to `APP_MANAGER`. Entries keep the form of the day they were written.

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use serde_json::Value;

/// Between the texts of one entry: nothing that is typed runs across it.
const BETWEEN: char = '\n';

/// A text in the form searches are made in, without space around it.
pub(super) fn fold(text: &str) -> String {
    let marks = CanonicalCombiningClassMapBorrowed::new();
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let folded: String = decomposed
        .chars()
        .filter(|letter| marks.get_u8(*letter) == 0)
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == '_' || letter.is_whitespace() { ' ' } else { letter })
        .collect();
    folded.trim().to_owned()
}

/// Everything an entry can be found by: the key's name and every text of its details.
pub(super) fn found_by(name: Option<&str>, detail: &Value) -> String {
    let mut found: Vec<String> = name.map(fold).into_iter().collect();
    texts(detail, &mut found);
    found.retain(|text| !text.is_empty());
    found.join(&BETWEEN.to_string())
}

fn texts(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(fold(text)),
        Value::Array(values) => values.iter().for_each(|value| texts(value, into)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{fold, found_by};

    #[test]
    fn letters_that_people_take_for_the_same_are() {
        for (written, typed) in [
            ("Hauptstraße", "HAUPTSTRASSE"),
            ("STRAẞE", "straße"),
            ("İstanbul", "istanbul"),
            ("DIYARBAKIR", "diyarbakır"),
            ("Tomás", "tomas"),
            // The same name as macOS writes it into a file name, decomposed.
            ("Tom\u{e1}s", "Toma\u{301}s"),
            ("ΟΔΟΣ", "οδός"),
            ("ﬁnance", "Finance"),
            ("ＣＩ", "ci"),
            ("Ångström", "angstrom"),
            ("ключ", "КЛЮЧ"),
            ("APP_MANAGER", "app manager"),
        ] {
            assert_eq!(fold(written), fold(typed), "{written}");
        }
    }

    #[test]
    fn letters_that_differ_stay_apart() {
        for (one, other) in [("Łódź", "Wodz"), ("鍵", "键"), ("o", "0"), ("a%", "ab"), ("", "a")] {
            assert_ne!(fold(one), fold(other));
        }
    }

    #[test]
    fn nothing_typed_runs_across_two_texts() {
        let found = found_by(Some("CI"), &json!({ "from": "Release", "to": ["A\nB"], "times": 3 }));
        assert_eq!(found, "ci\nrelease\na b");
        assert!(!found.contains(&fold("CI\nRelease")));
    }
}
