//! Judging a token somebody has: rule by rule, and by whose signature it bears.
//!
//! There is no field to type or paste a token into: it comes from the clipboard straight to here, is kept in memory
//! while it is looked at, and what goes to the window has no signature any more. A private key that was pasted by
//! mistake is put on offer for import instead. Nothing is sent.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use asc_key::token::{
    self, Finding, Inspection, MAX_SECONDS, NotAToken, Rule, Scope, TokenClaims, TokenHeader, bare, inspect, longest,
};
use asc_key::{Fingerprint, KeyId, KeyKind, file};
use vault::{KeyRecord, Vault};
use zeroize::Zeroizing;

use super::{BACKDATED, Times, parts};
use crate::import::{holds_a_key, is_a_key, named_like_a_key};
use crate::library::summary;
use crate::view::{
    ClockSeen, ImportOrigin, Inspected, InspectionView, IpcError, KeySummary, RulingView, TokenClaimsView,
};
use crate::{Keyfolio, Pasted};

/// A token that is looked at.
pub(super) struct Looked {
    text: Zeroizing<String>,
    /// What came of each key its signature was tried with. That does not change as time passes, and a key is
    /// unsealed for it once.
    tried: HashMap<Fingerprint, bool>,
}

impl Keyfolio {
    /// Judges the token that was pasted. A private key is put on offer for import and shown nowhere.
    ///
    /// # Errors
    /// The vault is closed.
    pub fn inspect_pasted(self: &Arc<Self>, pasted: Pasted) -> Result<Inspected, IpcError> {
        self.with_vault(|_| Ok(()))?;
        self.inspect_clear();
        match pasted {
            Pasted::Text(text) => self.inspect_text(text),
            Pasted::Files(files) => self.inspect_files(files),
        }
    }

    /// Judges the same token again, as time has passed or keys have come.
    ///
    /// # Errors
    /// The vault is closed.
    pub fn inspect_again(&self) -> Result<Option<InspectionView>, IpcError> {
        let clock = self.clock_seen();
        self.with_vault(|vault| {
            let mut looked = self.tokens.looked();
            looked.as_mut().map(|looked| self.judge(vault, looked, clock)).transpose()
        })
    }

    /// Forgets the token that was pasted.
    pub fn inspect_clear(&self) {
        *self.tokens.looked() = None;
    }

    fn inspect_text(self: &Arc<Self>, text: Zeroizing<String>) -> Result<Inspected, IpcError> {
        let found = bare(&text).and_then(|token| inspect(token, 0, None).map(|_| Zeroizing::new(token.to_owned())));
        match found {
            Ok(token) => {
                let clock = self.clock_seen();
                let inspection = self.with_vault(|vault| {
                    let mut looked = Looked { text: token, tried: HashMap::new() };
                    let inspection = self.judge(vault, &mut looked, clock)?;
                    // Kept while the vault is held open: one that is locked meanwhile takes the token with it.
                    *self.tokens.looked() = Some(looked);
                    Ok(inspection)
                })?;
                Ok(Inspected::Token { inspection: Box::new(inspection) })
            }
            Err(why) if why == NotAToken::PrivateKey || is_a_key(text.as_bytes()) => {
                match self.import_pasted(Pasted::Text(text)) {
                    Ok(import) => Ok(Inspected::PrivateKey { import }),
                    Err(IpcError::ClipboardEmpty) => Ok(Inspected::Nothing { why }),
                    Err(error) => Err(error),
                }
            }
            Err(why) => Ok(Inspected::Nothing { why }),
        }
    }

    /// Key files go where key files go; of anything else the first is read, as text.
    fn inspect_files(self: &Arc<Self>, files: Vec<PathBuf>) -> Result<Inspected, IpcError> {
        if files.iter().any(|file| named_like_a_key(file) || holds_a_key(file)) {
            let import = self.import_files(ImportOrigin::Paste, files).ok_or(IpcError::VaultLocked)?;
            return Ok(Inspected::PrivateKey { import });
        }
        let Some(first) = files.first() else { return Ok(Inspected::Nothing { why: NotAToken::Empty }) };
        let text = file::read(first).ok().and_then(|bytes| std::str::from_utf8(&bytes).ok().map(str::to_owned));
        match text {
            Some(text) => self.inspect_text(Zeroizing::new(text)),
            // A folder, a picture, a file that is far too large: whatever it is, it is no text with a token in it.
            None => Ok(Inspected::Nothing { why: NotAToken::Parts }),
        }
    }

    fn judge(&self, vault: &Vault, looked: &mut Looked, clock: Option<ClockSeen>) -> Result<InspectionView, IpcError> {
        let at = self.now();
        // It was read before it was kept.
        let read = inspect(&looked.text, Times::of(at, clock).now, None).map_err(|_| IpcError::Internal)?;
        let whose = Whose::find(vault, looked, &read)?;
        let rulings = read.rulings.iter().map(|ruling| {
            let finding = if ruling.rule == Rule::Signature { whose.finding } else { ruling.finding };
            RulingView { rule: ruling.rule, finding, weight: finding.map(Finding::weight) }
        });
        let rulings: Vec<_> = rulings.collect();
        let claims = &read.claims;
        let (parts, signature_characters) = parts(&looked.text);
        let (most, _) = longest(&Scope::parse(&claims.scope).unwrap_or_default());
        let lifetime = claims.issued_at.zip(claims.expires_at).and_then(|(begin, end)| end.checked_sub(begin));
        Ok(InspectionView {
            parts,
            signature_characters,
            claims: TokenClaimsView::of(&read.header, claims),
            refused: rulings.iter().any(|ruling| ruling.weight == Some(token::Weight::Refused)),
            rulings,
            shape: shape(claims),
            lifetime,
            most,
            set_duration: lifetime.and_then(|lifetime| instead_of(lifetime, most)),
            named: whose.named,
            signed_by: whose.signed_by,
            tried: whose.tried,
            at,
            clock,
        })
    }
}

/// Whose signature it is.
struct Whose {
    finding: Option<Finding>,
    named: Option<KeySummary>,
    signed_by: Option<KeySummary>,
    tried: usize,
}

impl Whose {
    /// Tries the key the token names, then all others, until one fits.
    fn find(vault: &Vault, looked: &mut Looked, read: &Inspection) -> Result<Self, IpcError> {
        let kid: Option<KeyId> = read.header.key_id.as_deref().and_then(|kid| kid.parse().ok());
        let is_named = |record: &KeyRecord| Some(&record.key_id) == kid.as_ref();
        let mut records = vault.keys()?;
        // Stable: within each half the oldest first.
        records.sort_by_key(|record| !is_named(record));
        let named = records.first().filter(|first| is_named(first));
        let finding = signature(read);
        if finding != Some(Finding::SignatureUnchecked) {
            // It is none, whoever made it.
            return Ok(Self { finding, named: named.map(summary), signed_by: None, tried: 0 });
        }
        let (mut tried, mut named_tried, mut signer) = (0, false, None);
        for record in &records {
            // A key whose seal does not open is said elsewhere; it signed nothing today.
            let Some(signed) = looked.signed_by(vault, record) else { continue };
            tried += 1;
            named_tried |= is_named(record);
            if signed {
                signer = Some(record);
                break;
            }
        }
        let finding = match signer {
            Some(signer) if is_named(signer) => None,
            _ if named_tried => Some(Finding::SignatureMismatch),
            // The key it names is not here, so nobody can tell; another's signature is said beside it.
            _ => Some(Finding::SignatureUnchecked),
        };
        let named = signer.filter(|signer| is_named(signer)).or(named);
        Ok(Self { finding, named: named.map(summary), signed_by: signer.map(summary), tried })
    }
}

impl Looked {
    /// Whether this key made the signature; `None` if it does not open.
    fn signed_by(&mut self, vault: &Vault, record: &KeyRecord) -> Option<bool> {
        if let Some(known) = self.tried.get(&record.fingerprint) {
            return Some(*known);
        }
        // One key at a time, wiped before the next: only its public half is looked with.
        let public_key = vault.open_key(record.id).ok()?.public_key_der();
        let signed = inspect(&self.text, 0, Some(&public_key)).is_ok_and(|judged| signature(&judged).is_none());
        self.tried.insert(record.fingerprint, signed);
        Some(signed)
    }
}

fn signature(inspection: &Inspection) -> Option<Finding> {
    let rulings = &inspection.rulings;
    rulings.iter().find(|ruling| ruling.rule == Rule::Signature).and_then(|ruling| ruling.finding)
}

/// The kind of key these claims are for; none when they are mixed or missing.
const fn shape(claims: &TokenClaims) -> Option<KeyKind> {
    match (&claims.issuer, &claims.subject) {
        (Some(_), None) => Some(KeyKind::Team),
        (None, Some(_)) => Some(KeyKind::Individual),
        _ => None,
    }
}

/// What to set where a duration was meant to be the most there is, and dating back went on top of it.
fn instead_of(lifetime: u64, most: u64) -> Option<u64> {
    let by_dating_back = most == MAX_SECONDS && (MAX_SECONDS + 1..=MAX_SECONDS + BACKDATED).contains(&lifetime);
    by_dating_back.then_some(MAX_SECONDS - BACKDATED)
}

impl TokenClaimsView {
    fn of(header: &TokenHeader, claims: &TokenClaims) -> Self {
        Self {
            alg: header.algorithm.clone(),
            kid: header.key_id.clone(),
            typ: header.r#type.clone(),
            iss: claims.issuer.clone(),
            sub: claims.subject.clone(),
            aud: claims.audience.clone(),
            iat: claims.issued_at,
            exp: claims.expires_at,
            scope: claims.scope.clone(),
            others: claims.others.clone(),
        }
    }
}
