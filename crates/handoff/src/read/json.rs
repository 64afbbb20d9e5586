//! JSON files of one object of strings. Strings are taken raw and unescaped here, because a parser decodes them into
//! buffers that nobody wipes.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::{Found, key};
use crate::codes::Encoding;
use crate::prove::NotProven;

/// Reads `key_id`, perhaps `issuer_id`, and the key from the field `name`. A further field, or one that is null or
/// empty, is refused.
pub(super) fn read(text: &str, name: &str, encoding: Encoding) -> Result<Found, NotProven> {
    let mut fields: BTreeMap<&str, &RawValue> = serde_json::from_str(text).map_err(|_| NotProven::Unreadable)?;
    let mut take = |name: &str| fields.remove(name).map(string);
    let (key, key_id, issuer) = (take(name), take("key_id"), take("issuer_id"));
    let key = key.flatten().and_then(|text| key::decode(encoding, &text)).ok_or(NotProven::Unreadable)?;
    let key_id = key_id.flatten().and_then(|text| text.parse().ok()).ok_or(NotProven::Unreadable)?;
    let issuer = match issuer {
        None => None,
        Some(text) => Some(text.and_then(|text| text.parse().ok()).ok_or(NotProven::IssuerEmpty)?),
    };
    if !fields.is_empty() {
        return Err(NotProven::Unreadable);
    }
    Ok(Found { key, key_id: Some(key_id), carries_ids: true, issuer })
}

/// The text of a string whose only escape is the line end.
fn string(raw: &RawValue) -> Option<Zeroizing<String>> {
    let quoted = raw.get().strip_prefix('"')?.strip_suffix('"')?;
    let mut text = Zeroizing::new(String::with_capacity(quoted.len()));
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.next() == Some('n') => text.push('\n'),
            '\\' => return None,
            plain => text.push(plain),
        }
    }
    Some(text)
}
