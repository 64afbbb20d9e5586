//! PEM (RFC 7468): exactly one private key between its guards and nothing else around it.
//!
//! Layout damage is repaired: line endings, blanks, everything on one line. Guards are not: a damaged guard
//! means that the file was edited, and what else was edited cannot be known.

use super::der::{self, Expected};
use super::{Repair, recognise, text};
use crate::{PrivateKey, Refusal, RefusalCode};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";
/// Longest line other tools still write; OpenSSL reads no PEM with longer ones by default.
const LONGEST_LINE: usize = 76;

/// Whether the text has a BEGIN or END guard, so that it means to be PEM.
pub(super) fn has_guard(text: &str) -> bool {
    text.contains(BEGIN) || text.contains(END)
}

/// One block, borrowed from the text.
struct Block<'a> {
    label: &'a str,
    body: &'a str,
}

/// The blocks of a text, and whether something else surrounds them.
struct Blocks<'a> {
    list: Vec<Block<'a>>,
    surrounded: bool,
}

/// Reads the one key of a PEM text.
pub(super) fn key(text: &str, passphrase: Option<&str>, repairs: &mut Vec<Repair>) -> Result<PrivateKey, Refusal> {
    let Blocks { list, surrounded } = blocks(text)?;
    let block = match list.as_slice() {
        [] => return Err(RefusalCode::Truncated.into()),
        [block] => block,
        // `openssl ecparam -genkey` writes the name of the curve as a block of its own before a SEC1 key.
        [parameters, block] if parameters.label == "EC PARAMETERS" && block.label == "EC PRIVATE KEY" => {
            curve_block(parameters)?;
            block
        }
        several => return Err(several_blocks(several).into()),
    };
    if let Some(code) = recognise::label(block.label) {
        return Err(code.into());
    }
    if block.body.contains("Proc-Type:") || block.body.contains("DEK-Info:") {
        return Err(RefusalCode::EncryptedUnsupported.into());
    }
    layout(text, block, repairs);
    let expected = if block.label == "EC PRIVATE KEY" { Expected::Sec1 } else { Expected::Pkcs8 };
    match decode(block) {
        // The name of a thing that is no key says more than what stands beside it.
        Err(refusal @ Refusal::Because(_)) => Err(refusal),
        Ok(body) => match der::key(&body, expected, passphrase, repairs) {
            Err(refusal @ Refusal::Because(_)) => Err(refusal),
            _ if surrounded => Err(RefusalCode::TrailingData.into()),
            verdict => verdict,
        },
        Err(refusal) => Err(refusal),
    }
}

/// Cuts the text into blocks.
fn blocks(text: &str) -> Result<Blocks<'_>, Refusal> {
    let damaged = |otherwise: RefusalCode| {
        Refusal::from(if recognise::has_smart_dashes(text) { RefusalCode::SmartDashes } else { otherwise })
    };
    let mut found = Blocks { list: Vec::new(), surrounded: false };
    let mut rest = text;
    while let Some(begin) = rest.find(BEGIN) {
        let before = &rest[..begin];
        if before.contains(END) {
            return Err(damaged(RefusalCode::Truncated));
        }
        found.surrounded |= !before.trim().is_empty();
        let (label, after) =
            rest[begin + BEGIN.len()..].split_once(DASHES).ok_or_else(|| damaged(RefusalCode::Truncated))?;
        if label.contains(['\n', '\r']) {
            return Err(damaged(RefusalCode::Corrupted));
        }
        let (body, after) = after.split_once(END).ok_or_else(|| damaged(RefusalCode::Truncated))?;
        if body.contains(BEGIN) {
            return Err(damaged(RefusalCode::Truncated));
        }
        let end_label = format!("{label}{DASHES}");
        let after = match after.strip_prefix(end_label.as_str()) {
            Some(after) => after,
            None if end_label.starts_with(after.trim_end()) => {
                return Err(damaged(RefusalCode::Truncated));
            }
            None => return Err(damaged(RefusalCode::Corrupted)),
        };
        found.list.push(Block { label, body });
        rest = after;
    }
    if rest.contains(END) {
        return Err(damaged(RefusalCode::Truncated));
    }
    found.surrounded |= !rest.trim().is_empty();
    Ok(found)
}

/// The verdict on a text of several blocks, none of which can be the key alone.
fn several_blocks(list: &[Block<'_>]) -> RefusalCode {
    match list.iter().filter(|block| block.label.ends_with("PRIVATE KEY")).count() {
        0 => recognise::label(list[0].label).unwrap_or(RefusalCode::NotAKey),
        1 => RefusalCode::TrailingData,
        _ => RefusalCode::TwoKeys,
    }
}

/// Checks the block that names the curve of the key after it.
fn curve_block(block: &Block<'_>) -> Result<(), Refusal> {
    der::curve(&decode(block)?)
}

fn decode(block: &Block<'_>) -> Result<zeroize::Zeroizing<Vec<u8>>, Refusal> {
    let text::Base64 { bytes, cut } = text::base64(block.body).map_err(|_| RefusalCode::Corrupted)?;
    if bytes.is_empty() {
        return Err(RefusalCode::Truncated.into());
    }
    if cut {
        // A quarter of all cuts leaves one character over; the length in the DER tells a cut from a typing error.
        let short = matches!(der::outermost(&bytes), Err(Refusal::Because(RefusalCode::Truncated)));
        return Err(if short { RefusalCode::Truncated } else { RefusalCode::Corrupted }.into());
    }
    Ok(bytes)
}

/// Notes what is unusual about the layout. None of it changes the bytes of the key.
fn layout(text: &str, block: &Block<'_>, repairs: &mut Vec<Repair>) {
    let lines = |text| str::split(text, ['\n', '\r']);
    let guards_alone = {
        let first = lines(block.body).next().unwrap_or_default();
        let last = lines(block.body).next_back().unwrap_or_default();
        first.trim().is_empty() && last.trim().is_empty() && block.body.contains(['\n', '\r'])
    };
    let one_line = !guards_alone || lines(block.body).any(|line| line.trim().len() > LONGEST_LINE);
    if one_line {
        repairs.push(Repair::OneLine);
    }
    let is_single_line = lines(text.trim()).nth(1).is_none();
    let blank = |c: char| c.is_whitespace() && c != '\n' && c != '\r';
    let blanks = lines(text).any(|line| {
        line.starts_with(blank) || line.ends_with(blank) || line.trim().contains(blank) && !line.contains(DASHES)
    });
    if !is_single_line && (blanks || has_empty_line(block.body)) {
        repairs.push(Repair::Indentation);
    }
}

/// Whether a line between the guards is empty. Looks only: a copy of the body would be one more thing to wipe.
fn has_empty_line(body: &str) -> bool {
    let line_end = if body.contains('\n') { '\n' } else { '\r' };
    let mut lines = body.split(line_end);
    lines.next();
    lines.next_back();
    lines.any(|line| line.trim().is_empty())
}
