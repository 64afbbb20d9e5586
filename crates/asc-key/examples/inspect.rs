//! One JSON line per file: would this file become a key, and if not, why?
//!
//! `cargo run -p asc-key --example inspect -- FILE...`
//!
//! The living documentation of this crate and a tool for bug reports: the lines hold public facts only, never key
//! bytes, so they can be pasted anywhere. It never asks for a passphrase. Refused files are an answer, not a
//! failure: the exit code is 0.

#![allow(clippy::print_stdout, reason = "printing the verdicts is what this program is for")]

use std::env;
use std::ffi::OsStr;
use std::path::Path;

use asc_key::{
    FileHints, Fingerprint, Identity, IssuerId, KeyId, KeyKind, LookAlike, Refusal, Repair, file, file_name,
};
use serde::Serialize;

/// One line. Every field is always there.
#[derive(Serialize)]
pub(crate) struct Line {
    file: String,
    verdict: &'static str,
    code: Option<&'static str>,
    repairs: Vec<Repair>,
    fingerprint: Option<Fingerprint>,
    key_id: Option<KeyId>,
    kind: Option<KeyKind>,
    issuer_id: Option<IssuerId>,
    look_alike: Option<LookAlike>,
}

pub(crate) fn inspect(path: &Path) -> Line {
    let parsed = file::read(path).and_then(|bytes| asc_key::parse(&bytes, None));
    let name = file_name::hints_os(path.file_name().unwrap_or(OsStr::new("")));
    let nothing = FileHints::default();
    let identity = Identity::suggest(&name, parsed.as_ref().map_or(&nothing, |parsed| &parsed.hints));
    let (verdict, code) = match &parsed {
        Ok(parsed) if parsed.repairs.is_empty() => ("accept", None),
        Ok(_) => ("repair", None),
        Err(refusal @ (Refusal::NeedsPassphrase | Refusal::WrongPassphrase)) => ("ask", Some(refusal.code())),
        Err(refusal) => ("refuse", Some(refusal.code())),
    };
    let fingerprint = parsed.as_ref().ok().map(|parsed| parsed.key.fingerprint());
    Line {
        file: path.to_string_lossy().into_owned(),
        verdict,
        code,
        repairs: parsed.map(|parsed| parsed.repairs).unwrap_or_default(),
        fingerprint,
        key_id: identity.key_id,
        kind: identity.kind.map(|(kind, _)| kind),
        issuer_id: identity.issuer_id,
        look_alike: identity.look_alike,
    }
}

fn main() -> serde_json::Result<()> {
    for path in env::args_os().skip(1) {
        println!("{}", serde_json::to_string(&inspect(Path::new(&path)))?);
    }
    Ok(())
}
