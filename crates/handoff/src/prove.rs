//! "Works" is a claim, and this is how it is earned: the output is read back and what comes out signs a token that
//! the stored key's public half accepts.
//!
//! It proves the form, on this computer. It does not prove that Apple still knows the key, and not that the tool is
//! of a version that reads the form; the words for it must not say more.

use std::path::Path;

use asc_key::file;
use asc_key::token::{Rule, Scope, TokenRequest, TokenShape, inspect, mint};
use thiserror::Error;

use crate::read::{Found, read};
use crate::render::Output;

/// The moment the probe is made for, in seconds since 1970: long past, so that it is good for nothing.
const PROBE_TIME: u64 = 1_000_000_000;
/// How long the probe lives, in seconds.
const PROBE_SECONDS: u64 = 300;

/// Why an output must not be called working. Nothing is said of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotProven {
    /// The form cannot be read back.
    #[error("what was written cannot be read back")]
    Unreadable,
    /// It holds another key.
    #[error("what was written holds another key")]
    OtherKey,
    /// It names another Key ID.
    #[error("what was written names another Key ID")]
    OtherKeyId,
    /// It names another Issuer ID, or none where there is one.
    #[error("what was written names another Issuer ID")]
    OtherIssuer,
    /// It has a place for an Issuer ID with nothing in it.
    #[error("what was written has an empty Issuer ID")]
    IssuerEmpty,
    /// It names an Issuer ID for an Individual key.
    #[error("what was written names an Issuer ID for an Individual key")]
    IssuerForIndividual,
    /// What was read back does not sign for the key's public half.
    #[error("what was written does not sign for this key")]
    DoesNotSign,
    /// The file on the disk is not what was written.
    #[error("the file is not what was written")]
    OtherFile,
}

impl NotProven {
    /// The code as written in data.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "handoff_unreadable",
            Self::OtherKey => "handoff_other_key",
            Self::OtherKeyId => "handoff_other_key_id",
            Self::OtherIssuer => "handoff_other_issuer",
            Self::IssuerEmpty => "handoff_issuer_empty",
            Self::IssuerForIndividual => "handoff_issuer_for_individual",
            Self::DoesNotSign => "handoff_does_not_sign",
            Self::OtherFile => "handoff_other_file",
        }
    }
}

/// Reads an output back and lets what comes out sign.
///
/// # Errors
/// [`NotProven`].
pub fn prove(output: &Output) -> Result<(), NotProven> {
    prove_text(output, &output.text)
}

/// The same for what lies on the disk now.
///
/// # Errors
/// [`NotProven`]; [`NotProven::OtherFile`] also if there is no readable file.
pub fn prove_file(output: &Output, path: &Path) -> Result<(), NotProven> {
    let bytes = file::read(path).map_err(|_| NotProven::OtherFile)?;
    if bytes.as_slice() != output.text.as_bytes() {
        return Err(NotProven::OtherFile);
    }
    prove_text(output, std::str::from_utf8(&bytes).map_err(|_| NotProven::OtherFile)?)
}

pub(crate) fn prove_text(output: &Output, text: &str) -> Result<(), NotProven> {
    let expected = &output.expected;
    let found = read(&output.written_as, text, expected)?;
    if found.key.fingerprint() != expected.fingerprint {
        return Err(NotProven::OtherKey);
    }
    if found.key_id.as_ref().is_some_and(|id| *id != expected.key_id) {
        return Err(NotProven::OtherKeyId);
    }
    match (&found.issuer, expected.shape.issuer()) {
        (Some(_), None) => return Err(NotProven::IssuerForIndividual),
        (found_issuer, issuer) if found.carries_ids && found_issuer.as_ref() != issuer => {
            return Err(NotProven::OtherIssuer);
        }
        _ => {}
    }
    signs(&found, output)
}

/// One token from what was read, judged by the rules Apple applies and by the public half of the stored key.
fn signs(found: &Found, output: &Output) -> Result<(), NotProven> {
    let expected = &output.expected;
    let shape = match (found.carries_ids, &found.issuer) {
        (true, Some(issuer)) => TokenShape::Team(issuer.clone()),
        (true, None) => TokenShape::Individual,
        (false, _) => expected.shape.clone(),
    };
    let key_id = found.key_id.as_ref().unwrap_or(&expected.key_id);
    let request = TokenRequest { shape, valid_for: PROBE_SECONDS, backdated: 0, scope: Scope::default() };
    let token = mint(&found.key, key_id, &request, PROBE_TIME).map_err(|_| NotProven::DoesNotSign)?;
    let judged = inspect(token.expose(), PROBE_TIME, Some(&expected.public_key)).map_err(|_| NotProven::DoesNotSign)?;
    let signature = judged.rulings.iter().find(|ruling| ruling.rule == Rule::Signature);
    let accepted = signature.is_some_and(|ruling| ruling.finding.is_none()) && !judged.refused();
    accepted.then_some(()).ok_or(NotProven::DoesNotSign)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use asc_key::{KeyId, PrivateKey};

    use super::*;
    use crate::{Bearer, form, produce, produce_env};

    const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";
    /// Throwaway: PKCS#8 up to a scalar anybody can write after it.
    const BEFORE_SCALAR: &[u8] =
        b"\x30\x41\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\
                                   \xce\x3d\x03\x01\x07\x04\x27\x30\x25\x02\x01\x01\x04\x20";

    fn output(code: &str, key_id: &str, team: bool, scalar: u8) -> Output {
        let key = PrivateKey::from_pkcs8_der(&[BEFORE_SCALAR, &[scalar; 32]].concat()).unwrap();
        let key_id: KeyId = key_id.parse().unwrap();
        let shape = if team { TokenShape::Team(ISSUER.parse().unwrap()) } else { TokenShape::Individual };
        let bearer = Bearer { key_id: &key_id, shape: &shape, name: "x", path: None };
        let (_, form) = form(code).unwrap();
        produce_env(form, &bearer, &key).unwrap_or_else(|_| produce(form, &bearer, &key).unwrap().remove(0))
    }

    /// What happens to an output on its way.
    type Change = fn(&str) -> String;

    /// What a changed output is judged to be.
    fn judged(code: &str, team: bool, change: impl Fn(&str) -> String) -> Result<(), NotProven> {
        let output = output(code, "2X9R4HXF34", team, 0x42);
        prove_text(&output, &change(output.expose()))
    }

    #[test]
    fn another_key_in_the_same_form_is_not_this_key() {
        for code in ["key_file", "fastlane_json", "rcodesign_json", "fastlane_env", "env_pem", "env_base64_der"] {
            let other = output(code, "2X9R4HXF34", true, 0x17);
            assert_eq!(judged(code, true, str::to_owned), Ok(()), "{code}");
            assert_eq!(judged(code, true, |_| other.expose().to_owned()), Err(NotProven::OtherKey), "{code}");
        }
    }

    #[test]
    fn another_id_is_not_this_keys() {
        for code in ["fastlane_json", "rcodesign_json", "fastlane_env", "env_pem_escaped"] {
            let other_id = |text: &str| text.replace("2X9R4HXF34", "2X9R4HXF35");
            assert_eq!(judged(code, true, other_id), Err(NotProven::OtherKeyId), "{code}");
            let other_issuer = |text: &str| text.replace(ISSUER, "57246542-96fe-1a63-e053-0824d011072b");
            assert_eq!(judged(code, true, other_issuer), Err(NotProven::OtherIssuer), "{code}");
        }
    }

    #[test]
    fn an_individual_key_with_an_issuer_is_not_called_working() {
        let field = format!("{{\n  \"issuer_id\": \"{ISSUER}\",");
        assert_eq!(judged("fastlane_json", false, |t| t.replacen('{', &field, 1)), Err(NotProven::IssuerForIndividual));
        for empty in ["\"\"", "null", "\" \""] {
            let field = format!("{{\n  \"issuer_id\": {empty},");
            assert_eq!(judged("fastlane_json", false, |t| t.replacen('{', &field, 1)), Err(NotProven::IssuerEmpty));
        }
        let line = format!("{{}}ASC_ISSUER_ID={ISSUER}\n");
        assert_eq!(judged("env_pem", false, |t| line.replace("{}", t)), Err(NotProven::Unreadable));
    }

    #[test]
    fn a_team_key_without_its_issuer_is_not_called_working() {
        let without = |text: &str| text.lines().filter(|l| !l.contains(ISSUER)).map(|l| format!("{l}\n")).collect();
        assert_eq!(judged("fastlane_json", true, without), Err(NotProven::OtherIssuer));
        assert_eq!(judged("fastlane_env", true, without), Err(NotProven::Unreadable));
    }

    #[test]
    fn what_some_taker_stumbles_over_is_unreadable() {
        let changes: [(&str, Change); 12] = [
            ("key_file", |text| text.replace('\n', "\r\n")),
            ("key_file", |text| text.trim_end().to_owned()),
            ("key_file", |text| format!("{text}\n")),
            ("key_file", |text| text.replace("PRIVATE KEY", "EC PRIVATE KEY")),
            ("key_file", |text| format!("\u{feff}{text}")),
            ("fastlane_json", |text| text.replace("\\n", " ")),
            ("fastlane_json", |text| text.replace("\"key\"", "\"key_content\"")),
            ("rcodesign_json", |text| text.replace("\"private_key\"", "\"key\"")),
            ("fastlane_env", |text| text.replace("=true", "=false")),
            ("env_pem", |text| text.replace('"', "")),
            ("env_base64_pem", |text| text.replace('=', " = ")),
            ("env_base64_der", |text| text.replace("ASC_PRIVATE_KEY_DER_B64", "ASC_PRIVATE_KEY_B64")),
        ];
        for (code, change) in changes {
            assert_eq!(judged(code, true, change), Err(NotProven::Unreadable), "{code}");
        }
        for cut in [0, 1, 40, 200] {
            assert_eq!(judged("key_file", true, |text| text[..cut].to_owned()), Err(NotProven::Unreadable));
        }
    }
}
