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
    let judged =
        inspect(token.expose(), PROBE_TIME, Some(&expected.public_key)).map_err(|_| NotProven::DoesNotSign)?;
    let signature = judged.rulings.iter().find(|ruling| ruling.rule == Rule::Signature);
    let accepted = signature.is_some_and(|ruling| ruling.finding.is_none()) && !judged.refused();
    accepted.then_some(()).ok_or(NotProven::DoesNotSign)
}
