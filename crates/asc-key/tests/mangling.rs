//! Whatever way a key file was mangled that the parser claims to repair: the identical key, and the repair named.
//! And whatever the bytes: an answer, never a panic.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use std::fs;
use std::path::Path;

use asc_key::{Parsed, PrivateKey, Refusal, RefusalCode, Repair, file_name, parse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

/// PKCS#8 without a public point, up to the scalar.
const BEFORE_SCALAR: [u8; 34] = [
    0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04,
];
/// `[0]` naming prime256v1, which SEC1 needs and PKCS#8 leaves out.
const CURVE: [u8; 12] = [0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

fn key() -> impl Strategy<Value = PrivateKey> {
    any::<[u8; 32]>().prop_filter_map("a scalar in range", |scalar| {
        PrivateKey::from_pkcs8_der(&[&BEFORE_SCALAR[..], &[0x20], &scalar].concat()).ok()
    })
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Pem,
    BareBase64,
    RawDer,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Charset {
    Utf8,
    Utf8WithMark,
    Utf16 { big_endian: bool, mark: bool },
}

/// Everything that can happen to a file, independently of each other.
#[derive(Clone, Debug)]
struct Mangling {
    sec1: bool,
    form: Form,
    line_end: &'static str,
    indent: &'static str,
    one_line: bool,
    final_newline: bool,
    escaped: bool,
    quotes: Option<char>,
    base64: bool,
    json: bool,
    charset: Charset,
}

prop_compose! {
    fn mangling()(
        sec1 in any::<bool>(),
        form in prop_oneof![8 => Just(Form::Pem), 1 => Just(Form::BareBase64), 1 => Just(Form::RawDer)],
        line_end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        indent in prop_oneof![Just(""), Just("  "), Just("\t"), Just("\u{a0}")],
        one_line in prop::bool::weighted(0.2),
        final_newline in any::<bool>(),
        escaped in prop::bool::weighted(0.3),
        quotes in prop_oneof![2 => Just(None), 1 => Just(Some('"')), 1 => Just(Some('\''))],
        base64 in prop::bool::weighted(0.3),
        json in prop::bool::weighted(0.2),
        charset in prop_oneof![
            3 => Just(Charset::Utf8),
            1 => Just(Charset::Utf8WithMark),
            2 => (any::<bool>(), any::<bool>()).prop_map(|(big_endian, mark)| Charset::Utf16 { big_endian, mark }),
        ],
    ) -> Mangling {
        Mangling { sec1, form, line_end, indent, one_line, final_newline, escaped, quotes, base64, json, charset }
    }
}

/// The same key in the SEC1 structure: the inner half of PKCS#8 plus the name of the curve.
fn sec1(pkcs8: &[u8]) -> Vec<u8> {
    let mut der = vec![0x30, 0x77];
    der.extend_from_slice(&pkcs8[31..68]);
    der.extend_from_slice(&CURVE);
    der.extend_from_slice(&pkcs8[68..]);
    der
}

impl Mangling {
    /// The mangled file and the repairs it needs.
    fn apply(&self, key: &PrivateKey) -> (Vec<u8>, Vec<Repair>) {
        let mut repairs = Vec::new();
        let pkcs8 = key.to_pkcs8_der();
        let der = if self.sec1 { sec1(&pkcs8) } else { pkcs8.to_vec() };
        if self.sec1 {
            repairs.push(Repair::Sec1Converted);
        }
        let text = match self.form {
            Form::RawDer => {
                repairs.push(Repair::RawDer);
                repairs.sort_unstable();
                return (der, repairs);
            }
            Form::BareBase64 => {
                repairs.push(Repair::BareBase64);
                STANDARD.encode(&der)
            }
            Form::Pem => self.pem(&der, &mut repairs),
        };
        let bytes = self.charset(&text, &mut repairs);
        repairs.sort_unstable();
        repairs.dedup();
        (bytes, repairs)
    }

    fn pem(&self, der: &[u8], repairs: &mut Vec<Repair>) -> String {
        let label = if self.sec1 { "EC PRIVATE KEY" } else { "PRIVATE KEY" };
        let body = STANDARD.encode(der);
        let mut lines = vec![format!("-----BEGIN {label}-----")];
        lines.extend(body.as_bytes().chunks(64).map(|line| String::from_utf8(line.to_vec()).unwrap()));
        lines.push(format!("-----END {label}-----"));
        let mut text = if self.one_line {
            repairs.push(Repair::OneLine);
            lines.concat()
        } else {
            if !self.indent.is_empty() {
                repairs.push(Repair::Indentation);
            }
            let indented: Vec<String> = lines.iter().map(|line| format!("{}{line}", self.indent)).collect();
            indented.join(self.line_end)
        };
        if self.final_newline {
            text.push_str(self.line_end);
        }
        let wrapped = self.escaped && text.contains(['\n', '\r']) || self.quotes.is_some() || self.base64 || self.json;
        if !self.final_newline && !wrapped {
            repairs.push(Repair::MissingFinalNewline);
        }
        if self.escaped && text.contains(['\n', '\r']) {
            repairs.push(Repair::EscapedNewlines);
            text = text.replace('\r', "\\r").replace('\n', "\\n");
        }
        if let Some(quote) = self.quotes {
            repairs.push(Repair::Quotes);
            text = format!("{quote}{text}{quote}");
        }
        if text.contains('\r') {
            repairs.push(Repair::LineEndings);
        }
        if self.base64 {
            text = STANDARD.encode(&text);
            if !self.json {
                repairs.push(Repair::Base64OfPem);
            }
        }
        if self.json {
            repairs.push(Repair::FromJson);
            text = serde_json::json!({ "key_id": "2X9R4HXF34", "key": text }).to_string();
        }
        text
    }

    fn charset(&self, text: &str, repairs: &mut Vec<Repair>) -> Vec<u8> {
        match self.charset {
            Charset::Utf8 => text.as_bytes().to_vec(),
            Charset::Utf8WithMark => {
                repairs.push(Repair::ByteOrderMark);
                [b"\xef\xbb\xbf", text.as_bytes()].concat()
            }
            Charset::Utf16 { big_endian, mark } => {
                repairs.push(Repair::Utf16);
                // Without a mark only plain ASCII shows what it is.
                let mark = mark || !text.is_ascii();
                let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
                units.flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
            }
        }
    }
}

fn fixtures() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    // The costly ones are left out: a changed byte must not turn this into a test of the key derivation's speed.
    paths.retain(|path| !path.file_name().unwrap().to_str().unwrap().starts_with("ask-"));
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mangling_yields_the_identical_key_and_names_the_repairs(key in key(), mangling in mangling()) {
        let (bytes, repairs) = mangling.apply(&key);
        let parsed = parse(&bytes, None);
        prop_assert!(parsed.is_ok(), "{:?}", parsed.unwrap_err());
        let Parsed { key: found, repairs: named, .. } = parsed.unwrap();
        prop_assert_eq!(found.to_pkcs8_der(), key.to_pkcs8_der());
        prop_assert_eq!(named, repairs);
    }

    #[test]
    fn a_cut_file_is_never_a_key(key in key(), cut in 27usize..232) {
        // From behind the BEGIN line to just before the last hyphen.
        let pem = key.to_pkcs8_pem();
        prop_assert_eq!(parse(&pem.as_bytes()[..cut], None).unwrap_err(), Refusal::from(RefusalCode::Truncated));
    }

    #[test]
    fn cut_der_is_never_a_key(key in key(), cut in 1usize..138) {
        let refusal = parse(&key.to_pkcs8_der()[..cut], None).unwrap_err();
        // A lone "0" is a text as well as a beginning of DER.
        let expected = if cut == 1 { RefusalCode::NotAKey } else { RefusalCode::Truncated };
        prop_assert_eq!(refusal, Refusal::from(expected));
    }

    #[test]
    fn arbitrary_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(parse(&bytes, Some("")).is_err());
    }

    #[test]
    fn arbitrary_text_gets_an_answer(text in "(-----(BEGIN|END) (EC )?PRIVATE KEY-----|[A-Za-z0-9+/=]{0,8}|[\\\\nr\"'{}:, \r\n–]){0,40}") {
        let _ = parse(text.as_bytes(), Some(""));
    }

    #[test]
    fn a_changed_byte_gets_an_answer(
        which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>(), how in 0..3,
    ) {
        let all = fixtures();
        let mut bytes = which.get(&all).clone();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at),
            }
        }
        if let Ok(parsed) = parse(&bytes, None) {
            // Whatever came out is a whole key: it survives being sealed.
            let again = PrivateKey::from_pkcs8_der(&parsed.key.to_pkcs8_der()).unwrap();
            prop_assert_eq!(again.fingerprint(), parsed.key.fingerprint());
        }
    }

    #[test]
    fn any_name_gets_an_answer(name in "(AuthKey_|apikey_|SubscriptionKey_|.{0,4}|[A-Z0-9]{0,13}){0,6}") {
        if let Some(id) = file_name::hints(&name).key_id {
            prop_assert!(name.to_uppercase().contains(id.as_str()));
        }
    }
}
