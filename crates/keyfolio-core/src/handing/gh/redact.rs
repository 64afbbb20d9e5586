//! What a program said, without anything of the key it was given: in none of the encodings people use, however the
//! program cut it up.

use std::collections::HashSet;
use std::fmt::Write as _;

use asc_key::PrivateKey;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use handoff::Output;
use zeroize::Zeroizing;

/// What stands where something was taken out.
const TAKEN_OUT: &str = "[…]";

/// So many characters in a row of a secret's make it one. Fewer are in many words, and tell nothing.
const TELLING: usize = 8;

/// The most lines shown, and the most characters of them.
const MOST_LINES: usize = 6;
const MOST_CHARACTERS: usize = 600;

/// Everything a key could be said as, in pieces of [`TELLING`] characters.
pub(super) struct Redaction {
    texts: Vec<Zeroizing<String>>,
}

impl Redaction {
    /// For one key and what was made of it.
    pub(super) fn of(outputs: &[Output], key: &PrivateKey) -> Self {
        let der = key.to_pkcs8_der();
        let pem = key.to_pkcs8_pem();
        // The line before and after a key is in every setting's name.
        let body = |text: &str| Zeroizing::new(text.replace("BEGIN PRIVATE KEY", "").replace("END PRIVATE KEY", ""));
        let mut texts: Vec<_> = outputs.iter().map(|output| solid(&body(output.expose()))).collect();
        texts.push(solid(&body(&pem)));
        texts.push(hex(&der));
        // Base64 of a text differs with where in it a group of three begins.
        let told = outputs.iter().map(|output| output.expose().as_bytes()).chain([pem.as_bytes(), &**der]);
        for bytes in told {
            texts.extend((0..3).filter_map(|from| bytes.get(from..)).map(base64));
        }
        Self { texts }
    }

    /// The first lines of what was said; none if that was nothing, or nothing that can be shown.
    pub(super) fn of_text(&self, said: &[u8]) -> Option<String> {
        let said = Zeroizing::new(String::from_utf8_lossy(said).into_owned());
        let pieces = self.pieces();
        let mut shown = String::new();
        for line in said.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_LINES) {
            let line = without_controls(line);
            let words: Vec<&str> =
                line.split(' ').map(|word| if tells(&pieces, word) { TAKEN_OUT } else { word }).collect();
            if !shown.is_empty() {
                shown.push('\n');
            }
            shown.extend(words.join(" ").chars().take(MOST_CHARACTERS));
        }
        let shown: String = shown.chars().take(MOST_CHARACTERS).collect();
        // Cut into words, or one character a line: then nothing of it is shown.
        if shown.is_empty() || tells(&pieces, &shown) { None } else { Some(shown) }
    }

    fn pieces(&self) -> HashSet<&[u8]> {
        self.texts.iter().flat_map(|text| text.as_bytes().windows(TELLING)).collect()
    }
}

/// Whether there is anything of a secret in a text, letters and digits alone considered.
fn tells(pieces: &HashSet<&[u8]>, text: &str) -> bool {
    let solid = solid(text);
    let lower = Zeroizing::new(solid.to_ascii_lowercase());
    let found = |text: &str| text.as_bytes().windows(TELLING).any(|piece| pieces.contains(piece));
    found(&solid) || found(&lower)
}

/// Letters and digits alone: line ends, their escapes, signs and the two alphabets of base64 fall away.
fn solid(text: &str) -> Zeroizing<String> {
    let mut solid = Zeroizing::new(String::with_capacity(text.len()));
    let escaped = Zeroizing::new(text.replace("\\n", " "));
    solid.extend(escaped.chars().filter(char::is_ascii_alphanumeric));
    solid
}

fn without_controls(line: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(line.len()));
    text.extend(line.chars().filter(|c| !c.is_control()));
    text
}

fn base64(bytes: &[u8]) -> Zeroizing<String> {
    solid(&Zeroizing::new(STANDARD.encode(bytes)))
}

fn hex(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    for byte in bytes {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
