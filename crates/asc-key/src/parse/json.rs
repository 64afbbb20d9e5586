//! JSON files of other tools that carry a key: fastlane's API key file and rcodesign's unified key file.
//!
//! fastlane: `{"key_id", "issuer_id", "key": PEM or base64 of it, ...}`, <https://docs.fastlane.tools/app-store-connect-api/>.
//! rcodesign: `{"issuer_id", "key_id", "private_key": base64 of the DER}`, <https://github.com/indygreg/apple-platform-rs>.
//! Other fields are ignored. A JSON parser decodes strings into buffers that nobody wipes, so the values are taken
//! as raw slices and unescaped here.

use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::FileHints;
use crate::{Refusal, RefusalCode};

/// What such a file holds.
pub(super) struct Credentials {
    /// The key as text: PEM, base64 of PEM, or base64 of DER.
    pub(super) key: Zeroizing<String>,
    /// The IDs beside it, as far as they have the right shape.
    pub(super) hints: FileHints,
}

/// The fields of interest, unread. Raw, so that a number or null in an optional field is no error.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow)]
    key_id: Option<&'a RawValue>,
    #[serde(borrow)]
    issuer_id: Option<&'a RawValue>,
    #[serde(borrow)]
    key: Option<&'a RawValue>,
    #[serde(borrow)]
    private_key: Option<&'a RawValue>,
}

/// Reads the file; `None` when the text only starts like JSON.
pub(super) fn credentials(text: &str) -> Result<Option<Credentials>, Refusal> {
    let fields: Fields<'_> = match serde_json::from_str(text) {
        Ok(fields) => fields,
        Err(error) => {
            return match error.classify() {
                Category::Syntax => Ok(None),
                Category::Eof => Err(RefusalCode::Truncated.into()),
                Category::Data | Category::Io => Err(RefusalCode::Corrupted.into()),
            };
        }
    };
    let key = match (fields.key.and_then(string), fields.private_key.and_then(string)) {
        (Some(_), Some(_)) => return Err(RefusalCode::TwoKeys.into()),
        (Some(key), None) | (None, Some(key)) => key,
        (None, None) => return Err(RefusalCode::JsonWithoutKey.into()),
    };
    let hints = FileHints {
        key_id: fields.key_id.and_then(string).and_then(|id| id.trim().parse().ok()),
        issuer_id: fields.issuer_id.and_then(string).and_then(|id| id.trim().parse().ok()),
    };
    Ok(Some(Credentials { key, hints }))
}

/// The text of a JSON string (RFC 8259, section 7), or `None` for any other value. The parser has checked it.
fn string(raw: &RawValue) -> Option<Zeroizing<String>> {
    let quoted = raw.get().strip_prefix('"')?.strip_suffix('"')?;
    let mut text = Zeroizing::new(String::with_capacity(quoted.len()));
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\x08',
                'f' => '\x0c',
                'u' => {
                    let digits = chars.as_str().get(..4)?;
                    chars.nth(3)?;
                    // Half of a surrogate pair cannot be part of a key or an ID.
                    char::from_u32(u32::from_str_radix(digits, 16).ok()?).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                plain => plain,
            },
            plain => plain,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn strings_read_as_the_json_parser_reads_them() {
        for text in [r#""""#, r#""a\n\r\t\b\f\\\/\"z""#, r#""\u002d\u00e9é\\n""#] {
            let raw: &RawValue = serde_json::from_str(text).unwrap();
            assert_eq!(string(raw).unwrap().as_str(), serde_json::from_str::<String>(text).unwrap(), "{text}");
        }
        assert!(string(serde_json::from_str("12").unwrap()).is_none());
    }
}
