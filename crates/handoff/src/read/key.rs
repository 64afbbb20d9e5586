//! The four encodings of a key, read strictly.

use asc_key::PrivateKey;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::codes::Encoding;

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";

/// The key in `text`, or `None` if it is not exactly one key in exactly this encoding.
pub(super) fn decode(encoding: Encoding, text: &str) -> Option<PrivateKey> {
    match encoding {
        Encoding::Pem => pem(text),
        Encoding::PemEscaped if text.contains(['\n', '\r']) => None,
        Encoding::PemEscaped => pem(&unescaped(text)),
        Encoding::Base64Pem => pem(std::str::from_utf8(&base64(text)?).ok()?),
        Encoding::Base64Der => PrivateKey::from_pkcs8_der(&base64(text)?).ok(),
    }
}

/// The same for a value a reader of variables has unquoted: both kinds of line end have become one.
pub(super) fn from_env(encoding: Encoding, value: &str) -> Option<PrivateKey> {
    match encoding {
        Encoding::Pem | Encoding::PemEscaped => pem(value),
        other => decode(other, value),
    }
}

/// RFC 7468, strictly: guards on lines of their own, 64 characters to a line, a line end after the last.
fn pem(text: &str) -> Option<PrivateKey> {
    let body =
        text.strip_prefix(BEGIN)?.strip_prefix('\n')?.strip_suffix('\n')?.strip_suffix(END)?.strip_suffix('\n')?;
    let mut joined = Zeroizing::new(String::with_capacity(body.len()));
    let mut lines = body.split('\n').peekable();
    while let Some(line) = lines.next() {
        let full = line.len() == 64;
        if !full && (lines.peek().is_some() || line.is_empty() || line.len() > 64) {
            return None;
        }
        joined.push_str(line);
    }
    PrivateKey::from_pkcs8_der(&base64(&joined)?).ok()
}

fn unescaped(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((line, after)) = rest.split_once("\\n") {
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Padded, canonical, nothing else in it.
fn base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    // The size of the result is known before, so nothing is left behind by growing.
    let mut bytes = Zeroizing::new(vec![0; text.len() / 4 * 3 + 3]);
    let length = STANDARD.decode_slice(text, &mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}
