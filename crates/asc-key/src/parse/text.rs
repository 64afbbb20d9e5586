//! Charset and wrapping: from bytes to text a PEM reader can look at, or to DER.
//!
//! Every buffer made here may hold key text, so every one is allocated once at its final size and zeroed when
//! dropped. Bytes that are no text at all are still looked at (a Windows-1252 dash tells a story), never accepted.

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::Repair;
use super::der::SEQUENCE;
use crate::{Refusal, RefusalCode};

/// Standard alphabet; padding is stripped before decoding, since half of the world leaves it out.
const UNPADDED: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// What a run of bytes is.
pub(super) enum Content<'a> {
    /// Text, in UTF-8 whatever it was before.
    Text(Zeroizing<String>),
    /// Bytes that start like DER and are no text.
    Der(&'a [u8]),
}

/// Reads the charset.
pub(super) fn decode<'a>(bytes: &'a [u8], repairs: &mut Vec<Repair>) -> Result<Content<'a>, Refusal> {
    if let Some(order) = Utf16::of(bytes) {
        repairs.push(Repair::Utf16);
        return order.decode(bytes).map(Content::Text);
    }
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => {
            repairs.push(Repair::ByteOrderMark);
            rest
        }
        None => bytes,
    };
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(is_binary_control) => Ok(Content::Text(Zeroizing::new(text.to_owned()))),
        _ if bytes.first() == Some(&SEQUENCE) => Ok(Content::Der(bytes)),
        Ok(text) => Ok(Content::Text(Zeroizing::new(text.to_owned()))),
        Err(_) => Ok(Content::Text(windows_1252(bytes))),
    }
}

/// Whether decoded base64 is worth a second look: PEM text in some charset, JSON, or DER.
pub(super) fn looks_like_content(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.first() == Some(&SEQUENCE)
        || Utf16::of(bytes).is_some()
        || std::str::from_utf8(bytes).is_ok_and(|text| text.contains("BEGIN ") || text.trim_start().starts_with('{'))
}

/// Control characters that no text file has.
fn is_binary_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\u{80}'..='\u{9f}')
}

/// Not UTF-8, so read as Windows-1252, of which only the dashes and quotes matter here.
fn windows_1252(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 3));
    for byte in bytes {
        text.push(match byte {
            0x91 | 0x92 => '\u{2019}',
            0x93 | 0x94 => '\u{201d}',
            0x96 => '\u{2013}',
            0x97 => '\u{2014}',
            other => char::from(*other),
        });
    }
    text
}

/// The two byte orders of UTF-16.
#[derive(Clone, Copy)]
enum Utf16 {
    Little,
    Big,
}

impl Utf16 {
    /// By its mark, or by every other byte being zero at the start (ASCII in UTF-16).
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xfe, ..] => return Some(Self::Little),
            [0xfe, 0xff, ..] => return Some(Self::Big),
            _ if bytes.len() < 8 => return None,
            _ => {}
        }
        let start = &bytes[..bytes.len().min(32) & !1];
        let zero = |offset: usize| start[offset..].iter().step_by(2).all(|byte| *byte == 0);
        let ascii = |offset: usize| start[offset..].iter().step_by(2).all(|byte| (1..0x80).contains(byte));
        if ascii(0) && zero(1) {
            Some(Self::Little)
        } else if zero(0) && ascii(1) {
            Some(Self::Big)
        } else {
            None
        }
    }

    fn decode(self, bytes: &[u8]) -> Result<Zeroizing<String>, Refusal> {
        if bytes.len() % 2 == 1 {
            return Err(RefusalCode::Truncated.into());
        }
        let units = bytes.chunks_exact(2).map(|pair| match self {
            Self::Little => u16::from_le_bytes([pair[0], pair[1]]),
            Self::Big => u16::from_be_bytes([pair[0], pair[1]]),
        });
        let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
        char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .skip_while(|c| *c == '\u{feff}')
            .for_each(|c| text.push(c));
        Ok(text)
    }
}

/// The trimmed text without one pair of quotation marks around it, and whether there was one.
pub(super) fn unquoted(text: &str) -> (&str, bool) {
    let text = text.trim();
    let mut inner = text.chars();
    let paired = matches!(
        (inner.next(), inner.next_back()),
        (Some('"'), Some('"'))
            | (Some('\''), Some('\''))
            | (Some('`'), Some('`'))
            | (Some('\u{201c}' | '\u{201d}' | '\u{201e}'), Some('\u{201c}' | '\u{201d}'))
            | (Some('\u{2018}' | '\u{2019}'), Some('\u{2018}' | '\u{2019}'))
    );
    if paired { (inner.as_str(), true) } else { (text, false) }
}

/// The text with literal `\n` and `\r` (any number of backslashes) as line breaks, if it has any.
pub(super) fn unescaped(text: &str) -> Option<Zeroizing<String>> {
    if !text.contains("\\n") && !text.contains("\\r") {
        return None;
    }
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = rest[at..].trim_start_matches('\\');
        let backslashes = rest.len() - at - after.len();
        rest = match after.as_bytes().first() {
            Some(b'n') => {
                out.push('\n');
                &after[1..]
            }
            // Escaped CRLF is one line break; an escaped CR alone is one, too.
            Some(b'r') => {
                if !after[1..].trim_start_matches('\\').starts_with('n') || !after[1..].starts_with('\\') {
                    out.push('\n');
                }
                &after[1..]
            }
            _ => {
                out.push_str(&rest[at..at + backslashes]);
                after
            }
        };
    }
    out.push_str(rest);
    Some(out)
}

/// Decoded base64.
pub(super) struct Base64 {
    /// The bytes.
    pub(super) bytes: Zeroizing<Vec<u8>>,
    /// One character hangs over: the text was cut.
    pub(super) cut: bool,
}

/// The text is not base64.
pub(super) struct NotBase64;

/// Decodes base64 with white space anywhere and padding optional.
pub(super) fn base64(text: &str) -> Result<Base64, NotBase64> {
    let mut packed = Zeroizing::new(Vec::with_capacity(text.len()));
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        packed.push(u8::try_from(c).map_err(|_| NotBase64)?);
    }
    let padding = packed.iter().rev().take_while(|byte| **byte == b'=').count();
    if padding > 2 {
        return Err(NotBase64);
    }
    let mut length = packed.len() - padding;
    let cut = length % 4 == 1;
    length -= usize::from(cut);
    let mut bytes = Zeroizing::new(vec![0; length / 4 * 3 + 3]);
    let written = UNPADDED.decode_slice(&packed[..length], bytes.as_mut_slice()).map_err(|_| NotBase64)?;
    bytes.truncate(written);
    Ok(Base64 { bytes, cut })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn every_spelling_of_an_escaped_line_break_is_one_line_break() {
        for text in [r"a\nb", r"a\\nb", r"a\r\nb", r"a\rb", r"a\\r\\nb"] {
            assert_eq!(unescaped(text).unwrap().as_str(), "a\nb", "{text}");
        }
        assert!(unescaped(r"C:\Users").is_none());
        assert_eq!(unescaped(r"a\tb\n").unwrap().as_str(), "a\\tb\n");
    }

    #[test]
    fn only_matching_quotes_are_taken_off() {
        assert_eq!(unquoted(" \"a\" "), ("a", true));
        assert_eq!(unquoted("\u{201c}a\u{201d}"), ("a", true));
        assert_eq!(unquoted("\"a'"), ("\"a'", false));
        assert_eq!(unquoted("\""), ("\"", false));
    }
}
