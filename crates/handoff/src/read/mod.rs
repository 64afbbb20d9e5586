//! Reading an output back the way its taker does.
//!
//! Nothing here shares code with what writes: a mistake made twice would prove itself. And it is stricter than any
//! taker: what the forms do not need, a blank, an extra field, an empty Issuer ID, is refused, because some taker
//! somewhere stumbles over it. What it refuses to do is help: no repair, no guess.

mod env;
mod json;
mod key;

use asc_key::{IssuerId, KeyId, KeyKind, PrivateKey};

use crate::codes::Encoding;
use crate::prove::NotProven;
use crate::recipe::{Form, Value};
use crate::render::{Expected, WrittenAs};

/// What was found in an output.
pub(crate) struct Found {
    pub(crate) key: PrivateKey,
    /// The Key ID, where the form carries one.
    pub(crate) key_id: Option<KeyId>,
    /// Whether the form carries IDs at all, so that a missing Issuer ID means something.
    pub(crate) carries_ids: bool,
    /// The Issuer ID, if it is there.
    pub(crate) issuer: Option<IssuerId>,
}

/// Reads an output back.
pub(crate) fn read(written_as: &WrittenAs, text: &str, expected: &Expected) -> Result<Found, NotProven> {
    match written_as {
        WrittenAs::Key(encoding) => Ok(Found {
            key: key::decode(*encoding, text).ok_or(NotProven::Unreadable)?,
            key_id: None,
            carries_ids: false,
            issuer: None,
        }),
        WrittenAs::FastlaneJson => json::read(text, "key", Encoding::Pem),
        WrittenAs::RcodesignJson => json::read(text, "private_key", Encoding::Base64Der),
        WrittenAs::Env(form) => of_env(form, text, expected.shape.kind()),
    }
}

/// The settings of a form, from a file of variables: each there once, none besides.
fn of_env(form: &Form, text: &str, kind: KeyKind) -> Result<Found, NotProven> {
    let mut variables = env::variables(text).ok_or(NotProven::Unreadable)?;
    let (mut found_key, mut key_id, mut issuer) = (None, None, None);
    for setting in form.settings_for(kind) {
        let at = variables.iter().position(|(name, _)| *name == setting.name).ok_or(NotProven::Unreadable)?;
        let (_, value) = variables.remove(at);
        match setting.value {
            Value::KeyId => key_id = Some(value.parse().map_err(|_| NotProven::Unreadable)?),
            Value::IssuerId => issuer = Some(value.parse().map_err(|_| NotProven::Unreadable)?),
            Value::Text(text) if value.as_str() != text => return Err(NotProven::Unreadable),
            Value::Text(_) | Value::Path => {}
            Value::Key(encoding) => found_key = key::from_env(encoding, &value),
        }
    }
    if !variables.is_empty() {
        return Err(NotProven::Unreadable);
    }
    Ok(Found { key: found_key.ok_or(NotProven::Unreadable)?, key_id, carries_ids: true, issuer })
}
