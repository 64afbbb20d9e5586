//! From the bytes of a file to one private key: charset, then wrapping (quotes, JSON, base64), then PEM, then DER.
//!
//! Each layer undoes one kind of damage, notes it as a [`Repair`] and hands on to the next. A layer never guesses:
//! what could be read in two ways is refused. Layers nest at most as deep as [`Layer`] allows.

pub(crate) mod der;
mod encrypted;
mod json;
mod pem;
mod recognise;
mod text;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::file::MAX_FILE_BYTES;
use crate::{IssuerId, KeyId, PrivateKey, Refusal, RefusalCode};

/// Something harmless that was wrong with the file and was put right in memory. The file itself is never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Repair {
    /// A UTF-8 byte order mark at the start.
    ByteOrderMark,
    /// UTF-16 text, with or without its mark.
    Utf16,
    /// CRLF or CR line endings.
    LineEndings,
    /// Blanks around lines, or empty lines inside the key.
    Indentation,
    /// The file stops right after the END line.
    MissingFinalNewline,
    /// Guards and body on one line, or a body that was never wrapped.
    OneLine,
    /// The two characters `\n` where a line should end.
    EscapedNewlines,
    /// The whole PEM text once more in base64, as kept in CI variables.
    Base64OfPem,
    /// The body without its BEGIN and END lines.
    BareBase64,
    /// Binary DER instead of text.
    RawDer,
    /// Quotation marks around everything.
    Quotes,
    /// SEC1 (`EC PRIVATE KEY`, RFC 5915) instead of PKCS#8.
    Sec1Converted,
    /// Taken out of another tool's JSON file.
    FromJson,
    /// Opened with its passphrase.
    Decrypted,
}

/// What the content says about the key's owner. Plain `.p8` files say nothing; JSON files of other tools do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileHints {
    /// `key_id` of the JSON file.
    pub key_id: Option<KeyId>,
    /// `issuer_id` of the JSON file.
    pub issuer_id: Option<IssuerId>,
}

/// One key, and how it was found.
#[derive(Debug)]
pub struct Parsed {
    /// The key.
    pub key: PrivateKey,
    /// What was repaired, each once, in the order of [`Repair`].
    pub repairs: Vec<Repair>,
    /// What the content says about its owner.
    pub hints: FileHints,
}

/// Reads exactly one P-256 private key out of the content of a file, of at most
/// [`MAX_FILE_BYTES`] bytes. `passphrase` is used only if the key is encrypted.
///
/// # Errors
/// [`Refusal::NeedsPassphrase`] or [`Refusal::WrongPassphrase`] for an encrypted key; otherwise the
/// [`RefusalCode`] that names what the bytes are or what is wrong with them.
pub fn parse(bytes: &[u8], passphrase: Option<&str>) -> Result<Parsed, Refusal> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(RefusalCode::TooLarge.into());
    }
    let mut reading = Reading { passphrase, repairs: Vec::new(), hints: FileHints::default() };
    let key = reading.content(bytes, Layer::File)?;
    let Reading { mut repairs, hints, .. } = reading;
    repairs.sort_unstable();
    repairs.dedup();
    Ok(Parsed { key, repairs, hints })
}

/// Where a piece of content was found. Ordered: a layer opens only layers after it, which bounds the nesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    /// The file as it is.
    File,
    /// Base64 that was the whole file.
    Base64,
    /// The key's value inside a JSON file.
    Json,
    /// Base64 that was that value.
    Base64InJson,
}

/// One run of [`parse`]: what was learned on the way down.
struct Reading<'a> {
    passphrase: Option<&'a str>,
    repairs: Vec<Repair>,
    hints: FileHints,
}

impl Reading<'_> {
    fn content(&mut self, bytes: &[u8], layer: Layer) -> Result<PrivateKey, Refusal> {
        match text::decode(bytes, &mut self.repairs)? {
            text::Content::Der(der) => {
                self.repairs.push(if layer == Layer::File { Repair::RawDer } else { Repair::BareBase64 });
                der::key(der, der::Expected::Anything, self.passphrase, &mut self.repairs)
            }
            text::Content::Text(text) => self.text(&text, layer),
        }
    }

    fn text(&mut self, whole: &str, layer: Layer) -> Result<PrivateKey, Refusal> {
        let (text, quoted) = text::unquoted(whole);
        if text.is_empty() {
            return Err(RefusalCode::Empty.into());
        }
        if quoted {
            self.repairs.push(Repair::Quotes);
        }
        if text.starts_with('{')
            && layer < Layer::Json
            && let Some(found) = json::credentials(text)?
        {
            return self.json(found);
        }
        if recognise::is_html(text) {
            return Err(RefusalCode::HtmlPage.into());
        }
        let unescaped = text::unescaped(text);
        if unescaped.is_some() {
            self.repairs.push(Repair::EscapedNewlines);
        }
        // A value taken out of quotes or JSON has no last line to end; a file has.
        let is_file = layer == Layer::File && !quoted && unescaped.is_none();
        let text = unescaped.as_ref().map_or(if quoted { text } else { whole }, |text| text.as_str());
        if text.contains('\r') {
            self.repairs.push(Repair::LineEndings);
        }
        if pem::has_guard(text) {
            return self.pem(text, layer, is_file);
        }
        if let Some(code) = recognise::text_without_guards(text) {
            return Err(code.into());
        }
        self.base64(text, layer)
    }

    fn pem(&mut self, text: &str, layer: Layer, is_file: bool) -> Result<PrivateKey, Refusal> {
        if layer == Layer::Base64 {
            self.repairs.push(Repair::Base64OfPem);
        }
        if is_file && !text.ends_with(['\n', '\r']) {
            self.repairs.push(Repair::MissingFinalNewline);
        }
        pem::key(text, self.passphrase, &mut self.repairs)
    }

    fn json(&mut self, found: json::Credentials) -> Result<PrivateKey, Refusal> {
        self.repairs.push(Repair::FromJson);
        self.hints = found.hints;
        self.text(&found.key, Layer::Json).map_err(|refusal| match refusal {
            Refusal::Because(RefusalCode::Empty | RefusalCode::NotAKey) => RefusalCode::JsonWithoutKey.into(),
            other => other,
        })
    }

    fn base64(&mut self, text: &str, layer: Layer) -> Result<PrivateKey, Refusal> {
        let inner = match layer {
            Layer::File => Layer::Base64,
            Layer::Json => Layer::Base64InJson,
            Layer::Base64 | Layer::Base64InJson => return Err(RefusalCode::NotAKey.into()),
        };
        let decoded: Zeroizing<Vec<u8>> = match text::base64(text) {
            Ok(text::Base64 { bytes, .. }) if text::looks_like_content(&bytes) => bytes,
            _ => return Err(RefusalCode::NotAKey.into()),
        };
        let before = self.repairs.len();
        let key = self.content(&decoded, inner);
        if inner == Layer::Base64InJson {
            // Base64 is how these JSON files are meant to be, not damage.
            let mut at = 0;
            self.repairs.retain(|repair| {
                at += 1;
                at <= before || !matches!(repair, Repair::BareBase64 | Repair::Base64OfPem)
            });
        }
        key
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn the_limit_counts_bytes() {
        assert_eq!(parse(&vec![b' '; MAX_FILE_BYTES], None).unwrap_err(), RefusalCode::Empty.into());
        assert_eq!(parse(&vec![b' '; MAX_FILE_BYTES + 1], None).unwrap_err(), RefusalCode::TooLarge.into());
    }

    #[test]
    fn base64_of_base64_is_not_unwrapped_for_ever() {
        let mut text = b"-----BEGIN PRIVATE KEY-----".to_vec();
        for _ in 0..3 {
            text = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &text).into_bytes();
        }
        assert_eq!(parse(&text, None).unwrap_err(), RefusalCode::NotAKey.into());
    }
}
