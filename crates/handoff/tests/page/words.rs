//! The window's words, as they lie in its language files.

use std::collections::BTreeMap;
use std::fs;

use crate::checkout;

/// Key to text.
pub(crate) struct Words(BTreeMap<String, String>);

impl Words {
    pub(crate) fn read() -> Self {
        let file = |name: &str| -> BTreeMap<String, String> {
            serde_json::from_slice(&fs::read(checkout("ui/src/i18n/en").join(name)).unwrap()).unwrap()
        };
        let mut all = file("handoff.json");
        all.append(&mut file("access.json"));
        Self(all)
    }

    /// The words for a code of a recipe.
    pub(crate) fn of(&self, set: &str, code: &str) -> &str {
        self.get(&format!("handoff.{set}.{code}"))
    }

    /// The words for a code of the catalogue.
    pub(crate) fn access(&self, set: &str, code: &str) -> &str {
        self.get(&format!("access.{set}.{code}"))
    }

    pub(crate) fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.keys().map(String::as_str).filter(move |key| key.starts_with(start))
    }

    fn get(&self, key: &str) -> &str {
        self.0.get(key).unwrap_or_else(|| panic!("there are no words for {key}"))
    }
}
