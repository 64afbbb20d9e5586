//! Putting a name to what is not a key file, so that the refusal can say what it is.

use crate::RefusalCode;

/// Characters that word processors and chat programs put in the place of hyphens.
const SMART_DASHES: [char; 9] =
    ['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}', '\u{fe58}', '\u{ff0d}'];
/// How a line of a public SSH key starts.
const SSH_LINES: [&str; 7] =
    ["ssh-rsa ", "ssh-ed25519 ", "ssh-dss ", "ecdsa-sha2-", "sk-ssh-", "PuTTY-User-Key-File-", "---- BEGIN SSH2 "];

/// A web page: an opening angle bracket, and a tag that only pages have.
pub(super) fn is_html(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('<') && {
        let lower = text.to_ascii_lowercase();
        ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| lower.contains(tag))
    }
}

/// Whether a BEGIN or END line of this text has dashes where hyphens belong.
pub(super) fn has_smart_dashes(text: &str) -> bool {
    text.lines().any(|line| (line.contains("BEGIN ") || line.contains("END ")) && line.contains(SMART_DASHES))
}

/// What a text without any PEM guard is, if it can be told.
pub(super) fn text_without_guards(text: &str) -> Option<RefusalCode> {
    let text = text.trim_start();
    if SSH_LINES.iter().any(|start| text.starts_with(start)) {
        return Some(RefusalCode::SshKey);
    }
    if has_smart_dashes(text) {
        return Some(RefusalCode::SmartDashes);
    }
    let upper = text.to_ascii_uppercase();
    let names_a_key = upper.contains("BEGIN ") && upper.contains("PRIVATE KEY");
    names_a_key.then_some(RefusalCode::Corrupted)
}

/// What a PEM block with this label is, unless it may be a key for us.
pub(super) fn label(label: &str) -> Option<RefusalCode> {
    Some(match label {
        "PRIVATE KEY" | "EC PRIVATE KEY" | "ENCRYPTED PRIVATE KEY" => return None,
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => RefusalCode::Certificate,
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => RefusalCode::CertificateRequest,
        "PUBLIC KEY" | "RSA PUBLIC KEY" | "EC PUBLIC KEY" => RefusalCode::PublicKey,
        "RSA PRIVATE KEY" => RefusalCode::RsaKey,
        "OPENSSH PRIVATE KEY" | "SSH2 ENCRYPTED PRIVATE KEY" => RefusalCode::SshKey,
        other if other.ends_with("PRIVATE KEY") => RefusalCode::OtherAlgorithm,
        _ => RefusalCode::NotAKey,
    })
}
