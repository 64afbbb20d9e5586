//! Reading the registry as `reg export` writes it: UTF-16 text, a line for each key and value.

use std::collections::BTreeMap;

/// Keys in lower case, each with its values as written after `=`, strings unquoted. An empty name is the key's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Registry {
    keys: BTreeMap<String, BTreeMap<String, String>>,
}

impl Registry {
    /// Reads an export.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let text = String::from_utf16(&units).map_err(|_| "the registry's export is not UTF-16")?;
        let mut keys: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let mut key = None;
        // A long binary value goes on after a backslash at the line's end.
        for line in text.replace("\\\r\n", "").lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                key = Some(keys.entry(name.to_lowercase()).or_default());
            } else if let (Some(key), Some((name, value))) = (key.as_mut(), assignment(line)) {
                key.insert(name, value);
            }
        }
        Ok(Self { keys })
    }

    /// A value of a key under `HKEY_CURRENT_USER\Software`.
    pub(super) fn value(&self, key: &str, name: &str) -> Option<&str> {
        let key = format!(r"HKEY_CURRENT_USER\Software\{key}").to_lowercase();
        self.keys.get(&key)?.get(name).map(String::as_str)
    }

    /// Every key and value that mentions `word`, whatever its case.
    pub(super) fn mentions(&self, word: &str) -> Vec<String> {
        let word = word.to_lowercase();
        let all = self.keys.iter().flat_map(|(key, values)| {
            let values = values.iter().map(move |(name, value)| format!("{key} \"{name}\" = {value}"));
            std::iter::once(key.clone()).chain(values)
        });
        all.filter(|line| line.to_lowercase().contains(&word)).collect()
    }
}

/// `"name"="value"`, `@="value"` or `"name"=dword:0000002a`, as name and value.
fn assignment(line: &str) -> Option<(String, String)> {
    let (name, value) = match line.strip_prefix("@=") {
        Some(value) => (String::new(), value),
        None => {
            let (name, value) = line.strip_prefix('"')?.split_once("\"=")?;
            (unescaped(name), value)
        }
    };
    let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    Some((name, quoted.map_or_else(|| value.to_owned(), unescaped)))
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    plain
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::Registry;

    #[test]
    fn keys_and_values_are_read_as_windows_means_them() {
        let text = "\u{feff}Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Ä]\r\n\
                    @=\"C:\\\\Zoë\\\\\\\"a b\\\".exe\"\r\n\"Size\"=dword:0000002a\r\n\"Bits\"=hex:01,\\\r\n  02\r\n";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let registry = Registry::parse(&bytes).unwrap();
        assert_eq!(registry.value("ä", ""), Some(r#"C:\Zoë\"a b".exe"#));
        assert_eq!(registry.value("Ä", "Size"), Some("dword:0000002a"));
        assert_eq!(registry.value("Ä", "Bits"), Some("hex:01,  02"));
        assert_eq!(registry.mentions("ZOË").len(), 1);
    }
}
