//! The secret parts, made at the moment they are written and not before.
//!
//! Each is an [`Output`]: it can be written, proved and wiped. It cannot be cloned, compared, printed or serialized,
//! and nothing else in this crate holds a byte of a key.

use std::fmt;

use asc_key::token::TokenShape;
use asc_key::{Fingerprint, KeyId, PrivateKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::codes::Encoding;
use crate::quote::dotenv;
use crate::recipe::{Content, FileSpec, Form, Value};
use crate::sheet::{Bearer, NotPossible, admit, file_name, has_env_file, plain_text};

/// Characters of a P-256 key as PEM: 184 of base64 in three lines, BEGIN and END, five line ends.
pub(crate) const PEM_CHARACTERS: usize = 241;
/// The same on one line: each of the five line ends takes two characters.
pub(crate) const PEM_ESCAPED_CHARACTERS: usize = PEM_CHARACTERS + 5;
/// 241 bytes in base64, padded.
pub(crate) const BASE64_PEM_CHARACTERS: usize = 324;
/// 138 bytes in base64.
pub(crate) const BASE64_DER_CHARACTERS: usize = 184;

/// Where an output goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// A file, with its suggested name.
    File {
        /// The name.
        name: String,
    },
    /// The value of a secret.
    Setting {
        /// The secret's name.
        name: &'static str,
    },
}

/// How an output is read back, by whoever takes it.
#[derive(Clone, Copy)]
pub(crate) enum WrittenAs {
    /// The key alone.
    Key(Encoding),
    /// A JSON file with the IDs beside the key.
    FastlaneJson,
    /// A JSON file with the IDs beside the key.
    RcodesignJson,
    /// A file of variables, with the settings' names.
    Env(&'static Form),
}

/// One secret part of a hand-off. Wiped when dropped.
pub struct Output {
    pub(crate) carrier: Carrier,
    pub(crate) written_as: WrittenAs,
    pub(crate) text: Zeroizing<String>,
    pub(crate) expected: Expected,
}

/// What has to come out when an output is read back. All of it public.
#[derive(Clone)]
pub(crate) struct Expected {
    pub(crate) key_id: KeyId,
    pub(crate) shape: TokenShape,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) public_key: Vec<u8>,
}

impl Output {
    /// Where it goes.
    #[must_use]
    pub const fn carrier(&self) -> &Carrier {
        &self.carrier
    }

    /// The secret itself, for the one file, input stream or clipboard it is meant for.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Which key it holds.
    #[must_use]
    pub const fn fingerprint(&self) -> Fingerprint {
        self.expected.fingerprint
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Output({:?}, redacted)", self.carrier)
    }
}

/// Everything secret in a form: its files first, then its secrets, in the order of the sheet. Empty for a form that
/// only names a path.
///
/// # Errors
/// [`NotPossible`] if the tool does not take this key.
pub fn produce(form: &'static Form, bearer: &Bearer<'_>, key: &PrivateKey) -> Result<Vec<Output>, NotPossible> {
    admit(form, bearer)?;
    let files = form.files.iter().map(|file| produce_file(file, bearer, key));
    let secrets = form.settings_for(bearer.kind()).filter_map(|one| match one.value {
        Value::Key(encoding) => Some(Output {
            carrier: Carrier::Setting { name: one.name },
            written_as: WrittenAs::Key(encoding),
            text: encode(encoding, key),
            expected: expected(bearer, key),
        }),
        _ => None,
    });
    Ok(files.chain(secrets).collect())
}

/// The form's settings as one file of variables.
///
/// # Errors
/// [`NotPossible::NoEnvFile`] for a form without a secret among its settings or one that no such file is for.
pub fn produce_env(form: &'static Form, bearer: &Bearer<'_>, key: &PrivateKey) -> Result<Output, NotPossible> {
    admit(form, bearer)?;
    if !has_env_file(form) {
        return Err(NotPossible::NoEnvFile);
    }
    // One allocation of more than the final size: growing would leave copies behind.
    let mut text = Zeroizing::new(String::with_capacity(env_size(form, bearer)));
    for one in form.settings_for(bearer.kind()) {
        text.push_str(one.name);
        text.push('=');
        match (one.value, plain_text(one.value, bearer)) {
            (Value::Key(encoding), _) => {
                let quotes = matches!(encoding, Encoding::Pem | Encoding::PemEscaped);
                text.push_str(if quotes { "\"" } else { "" });
                text.push_str(&encode(encoding, key));
                text.push_str(if quotes { "\"" } else { "" });
            }
            (_, value) => {
                let value = dotenv(value.unwrap_or_default()).map_err(|_| NotPossible::Unquotable { slot: "path" })?;
                text.push_str(&value);
            }
        }
        text.push('\n');
    }
    Ok(Output {
        carrier: Carrier::File { name: ".env".to_owned() },
        written_as: WrittenAs::Env(form),
        text,
        expected: expected(bearer, key),
    })
}

fn env_size(form: &Form, bearer: &Bearer<'_>) -> usize {
    let value = |value| plain_text(value, bearer).map_or(BASE64_PEM_CHARACTERS, str::len);
    form.settings.iter().map(|one| one.name.len() + value(one.value) + 8).sum()
}

fn produce_file(file: &FileSpec, bearer: &Bearer<'_>, key: &PrivateKey) -> Output {
    let issuer = bearer.shape.issuer().map(|issuer| ("issuer_id", issuer.as_str()));
    let key_id = ("key_id", bearer.key_id.as_str());
    let (written_as, text) = match file.content {
        Content::P8 => (WrittenAs::Key(Encoding::Pem), encode(Encoding::Pem, key)),
        Content::FastlaneJson => {
            let fields = [Some(key_id), issuer];
            // JSON's line end inside a string is the same two characters.
            (WrittenAs::FastlaneJson, json(&fields, "key", &encode(Encoding::PemEscaped, key)))
        }
        Content::RcodesignJson => {
            let fields = [issuer, Some(key_id)];
            (WrittenAs::RcodesignJson, json(&fields, "private_key", &encode(Encoding::Base64Der, key)))
        }
    };
    let carrier = Carrier::File { name: file_name(file, bearer) };
    Output { carrier, written_as, text, expected: expected(bearer, key) }
}

fn expected(bearer: &Bearer<'_>, key: &PrivateKey) -> Expected {
    Expected {
        key_id: bearer.key_id.clone(),
        shape: bearer.shape.clone(),
        fingerprint: key.fingerprint(),
        public_key: key.public_key_der(),
    }
}

/// An object of strings. Every value is of an alphabet JSON leaves alone: IDs, base64, PEM with escaped line ends.
/// Written by hand, because a serializer builds its text in buffers that nobody wipes.
fn json(fields: &[Option<(&str, &str)>], key_name: &str, key: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(key.len() + 256));
    text.push_str("{\n");
    for (name, value) in fields.iter().flatten() {
        for part in ["  \"", name, "\": \"", value, "\",\n"] {
            text.push_str(part);
        }
    }
    for part in ["  \"", key_name, "\": \"", key, "\"\n}\n"] {
        text.push_str(part);
    }
    text
}

/// The key in one of its four encodings. Buffers have their final size from the start, and are wiped.
fn encode(encoding: Encoding, key: &PrivateKey) -> Zeroizing<String> {
    match encoding {
        Encoding::Pem => key.to_pkcs8_pem(),
        Encoding::PemEscaped => {
            let mut line = Zeroizing::new(String::with_capacity(PEM_ESCAPED_CHARACTERS));
            for c in key.to_pkcs8_pem().chars() {
                if c == '\n' { line.push_str("\\n") } else { line.push(c) }
            }
            line
        }
        Encoding::Base64Pem => base64(key.to_pkcs8_pem().as_bytes()),
        Encoding::Base64Der => base64(&key.to_pkcs8_der()),
    }
}

fn base64(bytes: &[u8]) -> Zeroizing<String> {
    let mut buffer = Zeroizing::new([0u8; 512]);
    // At most 241 bytes, 324 characters: the buffer cannot be too small.
    let written = STANDARD.encode_slice(bytes, buffer.as_mut_slice()).unwrap_or(0);
    let mut text = Zeroizing::new(String::with_capacity(written));
    buffer[..written].iter().for_each(|byte| text.push(char::from(*byte)));
    text
}
