//! Asking Apple about a key on offer: which kind it is, and of which team. Nothing inside a `.p8` says so.
//!
//! The key stays where it was read to; each token is signed there. An import that is cancelled, or gone with the
//! locked vault, signs nothing more and asks nothing more.

use std::sync::{Arc, MutexGuard, PoisonError, Weak};

use asc_client::{Identified, LANES, Signer, Trouble, Unsigned, identify};
use asc_key::token::{TokenRequest, mint};
use asc_key::{IssuerId, KeyId, KeyKind};
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

use super::Import;
use super::offer::{Content, Row};
use crate::Keyfolio;
use crate::ask::Knowledge;
use crate::view::{Found, ImportView, IpcError, OfferQuestion, WorksAs};

/// How many rows are asked about at the same time.
static LANES_FOR_ROWS: Semaphore = Semaphore::const_new(LANES);

/// What is needed to ask about a row.
struct Question {
    key_id: KeyId,
    suggested: Option<KeyKind>,
    issuer: Option<IssuerId>,
}

impl Keyfolio {
    /// Asks Apple which kind of key a row is, and of which known team. Answers at once; what was found follows.
    ///
    /// # Errors
    /// `import_gone`; `key_id_invalid` when no Key ID is known to ask with, `issuer_id_invalid`; the vault is closed.
    pub fn import_ask(self: &Arc<Self>, asked: &OfferQuestion) -> Result<ImportView, IpcError> {
        let OfferQuestion { id, row, .. } = *asked;
        let import = self.imports.get(id)?;
        let now = self.now();
        let mut issuers = self.with_vault(|vault| {
            let records = vault.keys()?;
            Ok(Knowledge::read(vault, now)?.all_issuers(&records))
        })?;
        let Question { key_id, suggested, issuer } = {
            let mut progress = import.progress();
            let on_offer = progress.rows.iter_mut().find(|one| one.number == row).ok_or(IpcError::ImportGone)?;
            if on_offer.found == Some(Found::Asking) {
                drop(progress);
                return self.import_view(id);
            }
            let question = question(on_offer, asked)?;
            on_offer.found = Some(Found::Asking);
            question
        };
        // The team that the user, or the file itself, names is the likeliest.
        issuers.retain(|known| Some(known) != issuer.as_ref());
        issuers.splice(0..0, issuer);
        let signer = signer(&import, row, key_id.clone());
        let line = self.line_again();
        let (Some(threads), Ok(line)) = (self.threads(), &line) else {
            let trouble = line.err().unwrap_or(Trouble::Unsigned);
            import.found(row, Found::Unreached { trouble });
            return self.import_view(id);
        };
        let (core, line, of) = (Arc::downgrade(self), Arc::clone(line), Arc::downgrade(&import));
        let task = threads.spawn(async move {
            // Closed only if the program ends.
            let Ok(_lane) = LANES_FOR_ROWS.acquire().await else { return };
            let found = found(identify(&line, key_id, signer, suggested, &issuers).await);
            conclude(&core, &of, row, found);
        });
        import.asking().push(task.abort_handle());
        self.tell(import.news());
        self.import_view(id)
    }
}

/// Notes what was found and tells the window.
fn conclude(core: &Weak<Keyfolio>, import: &Weak<Import>, row: u32, found: Found) {
    let (Some(core), Some(import)) = (core.upgrade(), import.upgrade()) else { return };
    import.found(row, found);
    core.tell(import.news());
}

fn question(row: &Row, asked: &OfferQuestion) -> Result<Question, IpcError> {
    let Content::Key(parsed) = &row.content else { return Err(IpcError::ImportGone) };
    let identity = row.identity(&parsed.hints);
    let typed_key = asked.key_id.as_deref().map(|text| text.parse().map_err(|_| IpcError::KeyIdInvalid)).transpose()?;
    let typed_issuer =
        asked.issuer_id.as_deref().map(|text| text.parse().map_err(|_| IpcError::IssuerIdInvalid)).transpose()?;
    Ok(Question {
        key_id: typed_key.or(identity.key_id).ok_or(IpcError::KeyIdInvalid)?,
        suggested: identity.kind.map(|(kind, _)| kind),
        issuer: typed_issuer.or(identity.issuer_id),
    })
}

/// Whoever signs for a row. It does not keep the import alive.
fn signer(import: &Arc<Import>, row: u32, key_id: KeyId) -> Box<dyn Signer> {
    let import = Arc::downgrade(import);
    Box::new(move |request: &TokenRequest, now: u64| {
        let import = import.upgrade().ok_or(Unsigned)?;
        let progress = import.progress();
        let row = progress.rows.iter().find(|one| one.number == row).ok_or(Unsigned)?;
        let Content::Key(parsed) = &row.content else { return Err(Unsigned) };
        mint(&parsed.key, &key_id, request, now).map_err(|_| Unsigned)
    })
}

fn found(identified: Identified) -> Found {
    match identified {
        Identified::As { shape, .. } => {
            Found::As { works_as: WorksAs { kind: shape.kind(), issuer_id: shape.issuer().map(ToString::to_string) } }
        }
        Identified::Nobody { tried, .. } => Found::Nobody { tried: tried.len() },
        Identified::Unknown(trouble) => Found::Unreached { trouble },
    }
}

impl Import {
    fn found(&self, row: u32, found: Found) {
        if let Some(row) = self.progress().rows.iter_mut().find(|one| one.number == row) {
            row.found = Some(found);
        }
    }

    pub(super) fn stop_asking(&self) {
        self.asking().drain(..).for_each(|task| task.abort());
    }

    fn asking(&self) -> MutexGuard<'_, Vec<AbortHandle>> {
        self.asking.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
