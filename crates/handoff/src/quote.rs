//! Putting a value into a line so that it stays a value.
//!
//! A key's name and a file's path are whatever people type. In a line that a shell, a YAML reader or a Fastfile will
//! read, they must come back as exactly the same text, or not be written at all: what cannot be quoted with
//! certainty is refused, never approximated. Control characters and characters that turn the direction of text are
//! refused everywhere; in a line that is to be pasted, both are ways to show one thing and mean another.

use crate::codes::Language;

/// The value cannot be written in this language with certainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unquotable;

/// `text` as a literal of `language`, quotation marks included.
///
/// # Errors
/// [`Unquotable`].
pub fn quoted(language: Language, text: &str) -> Result<String, Unquotable> {
    if text.is_empty() || text.chars().any(deceives) {
        return Err(Unquotable);
    }
    match language {
        // Quoted or not, a program takes it for an option.
        Language::Shell if text.starts_with('-') => Err(Unquotable),
        Language::Shell => Ok(shell(text)),
        Language::Ruby => Ok(single(text, "'", &['\\', '\''])),
        Language::Json | Language::Javascript => Ok(double(text)),
        Language::Yaml => Ok(if is_plain(text) { text.to_owned() } else { double(text) }),
        Language::Compose => Ok(double(&text.replace('$', "$$"))),
        // `${{` cannot be escaped there, so only what cannot contain it is written.
        Language::Workflow if is_plain(text) => Ok(text.to_owned()),
        Language::Workflow => Err(Unquotable),
    }
}

/// `text` as the value of a line of a dotenv file. Readers of these files agree on two forms only: a bare word, and
/// single quotes around text without quotes; the double-quoted form is for the key's own lines.
///
/// # Errors
/// [`Unquotable`].
pub fn dotenv(text: &str) -> Result<String, Unquotable> {
    if !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./:+=@,".contains(c)) {
        return Ok(text.to_owned());
    }
    // A backslash is literal in single quotes, except before a quote or another one in some readers.
    let ambiguous = |text: &str| text.contains('\'') || text.contains("\\\\") || text.ends_with('\\');
    if text.is_empty() || text.chars().any(deceives) || ambiguous(text) || text.contains('`') {
        return Err(Unquotable);
    }
    Ok(format!("'{text}'"))
}

/// Characters that a person does not see, or sees elsewhere than where they are.
fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{61c}' | '\u{200e}' | '\u{200f}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// Letters, digits and dashes, beginning with a letter or digit: a word in every language here. Words YAML reads as
/// numbers, dates or truth are none.
fn is_plain(text: &str) -> bool {
    let shaped = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && !text.starts_with('-');
    let letters = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    shaped && letters && !reads_as_something_else(text)
}

/// `1e10`, `0x1F`, `yes` and their like: a Key ID such as `12345678E9` is a number to a YAML reader.
fn reads_as_something_else(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let number = lower.starts_with(|c: char| c.is_ascii_digit())
        && lower.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, 'x' | 'o' | '-'));
    let uuid = text.len() == 36 && text.bytes().filter(|byte| *byte == b'-').count() == 4;
    let word = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"].contains(&lower.as_str());
    (number && !uuid) || word
}

/// POSIX: nothing is special between single quotes, so each quote is closed, escaped and opened again.
fn shell(text: &str) -> String {
    let bare = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./:".contains(&byte));
    // No tilde, which is the home folder where it is not text.
    if bare { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

fn single(text: &str, mark: &str, escaped: &[char]) -> String {
    let mut out = String::from(mark);
    for c in text.chars() {
        if escaped.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out + mark
}

/// JSON's string, which is also one of YAML's and of JavaScript's. Control characters were refused before.
fn double(text: &str) -> String {
    single(text, "\"", &['\\', '"'])
}
