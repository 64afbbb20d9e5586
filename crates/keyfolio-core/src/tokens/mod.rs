//! Tokens: one is made for whoever needs a call and not the key, and one somebody pasted is judged.
//!
//! A token is as good as its key for as long as it lives, so it is treated as one: kept in memory alone and only the
//! newest, wiped when it ends, when another is made, when the vault is locked and at the end. It leaves as a text the
//! user asked for, to be copied or looked at, and in no view. That one was made is noted nowhere.
//!
//! What it refuses: to sign what Apple is known to refuse, to make up an Issuer ID, and to keep a token on a disk.

mod inspector;
mod snippets;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use asc_key::token::{self, MIN_SECONDS, Scope, ScopeEntry, Token, TokenRefusal, TokenRequest, TokenShape, longest};
use asc_key::{IssuerId, KeyId, KeyKind};
use tokio::task::AbortHandle;
use vault::KeyRecord;
use zeroize::Zeroizing;

use crate::Keyfolio;
use crate::ask::here;
use crate::library::key_ref;
use crate::view::{
    ClockSeen, IpcError, KeyRef, ScopeTrouble, TokenClaimsView, TokenCopy, TokenPlan, TokenSnippet, TokenView,
    TokenWish,
};
use inspector::Looked;
use snippets::Call;

/// Seconds a token begins in the past, where its lifetime leaves room for that: a clock may be as much ahead of
/// Apple's, and Apple answers a token from the future with 401. Apple's lifetime counts from there.
const BACKDATED: u64 = 60;

/// The one token that was made last, and the one that was pasted last.
#[derive(Default)]
pub(crate) struct Tokens {
    made: Mutex<Kept>,
    looked: Mutex<Option<Looked>>,
}

#[derive(Default)]
struct Kept {
    /// The number of the last one.
    last: u32,
    token: Option<Made>,
}

/// A token that was made, for as long as it lives.
struct Made {
    view: TokenView,
    token: Token,
    call: Call,
    /// Who wipes it then.
    end: Option<AbortHandle>,
}

impl Drop for Made {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            end.abort();
        }
    }
}

impl Tokens {
    fn made(&self) -> MutexGuard<'_, Kept> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn looked(&self) -> MutexGuard<'_, Option<Looked>> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wipes whatever is kept.
    pub(crate) fn forget(&self) {
        self.made().token = None;
        *self.looked() = None;
    }

    fn drop_made(&self, id: u32) {
        self.made().token.take_if(|made| made.view.id == id);
    }
}

/// What time a token is made at.
#[derive(Clone, Copy)]
struct Times {
    /// Seconds since 1970 by Apple's clock, as well as it is known.
    now: u64,
    /// Seconds Apple's clock is ahead.
    ahead: i64,
}

impl Times {
    fn of(here: i64, clock: Option<ClockSeen>) -> Self {
        let ahead = clock.map_or(0, |clock| clock.ahead);
        let now = here.div_euclid(1000).saturating_add(ahead);
        Self { now: u64::try_from(now).unwrap_or_default(), ahead }
    }
}

impl Keyfolio {
    /// What a token would say, and whether Apple would take it. Nothing is signed for this, and a wish that cannot be
    /// granted as it is says why.
    ///
    /// # Errors
    /// `key_not_found`, `issuer_id_missing`, or the vault is closed.
    pub fn token_plan(&self, wish: &TokenWish) -> Result<TokenPlan, IpcError> {
        let key = key_ref(&wish.key)?;
        let record = self.with_vault(|vault| here(vault, key))?;
        let shape = shape(&record)?;
        let (scope, scope_trouble) = readable(&wish.scope);
        let (most, why_not_longer) = longest(&scope);
        let times = Times::of(self.now(), self.clock_seen());
        let request = request(shape, wish.seconds.min(most), most, scope);
        let call = Call::of(&request.scope);
        let snippet = |form| TokenSnippet { form, text: call.text(form, None).to_string() };
        Ok(TokenPlan {
            claims: claims(&record.key_id, &request, times.now),
            least: MIN_SECONDS,
            most,
            why_not_longer,
            scope_trouble,
            snippets: snippets::AROUND.into_iter().map(snippet).collect(),
        })
    }

    /// Makes a token, in place of the one before. The key is unsealed for this one signature and wiped with it.
    ///
    /// # Errors
    /// `key_not_found`, `issuer_id_missing`, `token_lifetime`, `token_scope`, or the vault is closed.
    pub fn token_mint(self: &Arc<Self>, wish: &TokenWish) -> Result<TokenView, IpcError> {
        let key = key_ref(&wish.key)?;
        let scope = Scope::parse(&wish.scope).map_err(|why| IpcError::TokenScope { why })?;
        let (most, _) = longest(&scope);
        let times = Times::of(self.now(), self.clock_seen());
        let view = self.with_vault(|vault| {
            let record = here(vault, key)?;
            let shape = shape(&record)?;
            if !(MIN_SECONDS..=most).contains(&wish.seconds) {
                return Err(IpcError::TokenLifetime { least: MIN_SECONDS, most });
            }
            let request = request(shape, wish.seconds, most, scope);
            let token = token::mint(&vault.open_key(key)?, &record.key_id, &request, times.now)?;
            // Kept while the vault is held open: one that is locked meanwhile takes the token with it.
            Ok(self.keep(&wish.key, &record, &request, token, times))
        })?;
        self.wipe_when_over(view.id, wish.seconds);
        Ok(view)
    }

    /// The token that was made last, while it lives.
    #[must_use]
    pub fn token(&self) -> Option<TokenView> {
        self.living(|made| made.view.clone())
    }

    /// The token in the form somebody wants to take it along in. A secret.
    ///
    /// # Errors
    /// `token_gone`.
    pub fn token_text(&self, copy: &TokenCopy) -> Result<Zeroizing<String>, IpcError> {
        let text =
            |made: &Made| (made.view.id == copy.id).then(|| made.call.text(copy.form, Some(made.token.expose())));
        self.living(text).flatten().ok_or(IpcError::TokenGone)
    }

    /// Wipes a token; it stays good with Apple until it ends. A newer one stays.
    pub fn token_drop(&self, id: u32) {
        self.tokens.drop_made(id);
    }

    /// Looks at the token that was made last, unless it has ended.
    fn living<T>(&self, look: impl FnOnce(&Made) -> T) -> Option<T> {
        let mut kept = self.tokens.made();
        let here = self.now();
        kept.token.take_if(|made| {
            let seen = ClockSeen { ahead: made.view.clock_corrected, at: here };
            Times::of(here, Some(seen)).now >= made.token.expires_at()
        });
        kept.token.as_ref().map(look)
    }

    fn keep(&self, key: &KeyRef, record: &KeyRecord, request: &TokenRequest, token: Token, times: Times) -> TokenView {
        let mut kept = self.tokens.made();
        kept.last += 1;
        let (parts, signature_characters) = parts(token.expose());
        let view = TokenView {
            id: kept.last,
            key: key.clone(),
            claims: claims(&record.key_id, request, times.now),
            parts,
            signature_characters,
            clock_corrected: times.ahead,
        };
        kept.token = Some(Made { view: view.clone(), token, call: Call::of(&request.scope), end: None });
        view
    }

    /// Has the token wiped when its time is over, whether anybody asks for it then or not. Where no thread is left to
    /// do it, or the computer sleeps meanwhile, the next look at it does.
    fn wipe_when_over(self: &Arc<Self>, id: u32, seconds: u64) {
        let Some(threads) = self.threads() else { return };
        let (core, ground) = (Arc::downgrade(self), Arc::clone(&self.environment.ground));
        let end = threads.spawn(async move {
            ground.wait(Duration::from_secs(seconds)).await;
            if let Some(core) = core.upgrade() {
                core.tokens.drop_made(id);
            }
        });
        let mut kept = self.tokens.made();
        match kept.token.as_mut().filter(|made| made.view.id == id) {
            Some(made) => made.end = Some(end.abort_handle()),
            None => end.abort(),
        }
    }
}

/// Who asks with this key.
fn shape(record: &KeyRecord) -> Result<TokenShape, IpcError> {
    match record.kind {
        KeyKind::Individual => Ok(TokenShape::Individual),
        KeyKind::Team => record.issuer_id.clone().map(TokenShape::Team).ok_or(IpcError::IssuerIdMissing),
    }
}

fn request(shape: TokenShape, seconds: u64, most: u64, scope: Scope) -> TokenRequest {
    TokenRequest { shape, valid_for: seconds, backdated: BACKDATED.min(most.saturating_sub(seconds)), scope }
}

/// The entries that are ones, and what is wrong with the others.
fn readable(entries: &[String]) -> (Scope, Vec<ScopeTrouble>) {
    let mut trouble = Vec::new();
    let mut good = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        match entry.parse::<ScopeEntry>() {
            Err(why) => trouble.push(ScopeTrouble { index, why }),
            Ok(_) if index >= Scope::MAX_ENTRIES => {
                trouble.push(ScopeTrouble { index, why: token::InvalidScope::TooLong });
            }
            Ok(_) => good.push(entry),
        }
    }
    // Each was read on its own, and there are not too many of them.
    (Scope::parse(&good).unwrap_or_default(), trouble)
}

/// What [`token::mint`] writes for this request.
fn claims(key_id: &KeyId, request: &TokenRequest, now: u64) -> TokenClaimsView {
    let individual = request.shape == TokenShape::Individual;
    TokenClaimsView {
        alg: Some("ES256".to_owned()),
        kid: Some(key_id.to_string()),
        typ: Some("JWT".to_owned()),
        iss: request.shape.issuer().map(IssuerId::to_string),
        sub: individual.then(|| token::INDIVIDUAL_SUBJECT.to_owned()),
        aud: Some(token::AUDIENCE.to_owned()),
        iat: Some(now.saturating_sub(request.backdated)),
        exp: Some(now.saturating_add(request.valid_for)),
        scope: request.scope.entries().iter().map(ToString::to_string).collect(),
        others: Vec::new(),
    }
}

/// Header and claims as they travel, and how long the signature is.
fn parts(token: &str) -> ([String; 2], usize) {
    let mut parts = token.splitn(3, '.');
    let mut part = || parts.next().unwrap_or_default();
    let public = [part().to_owned(), part().to_owned()];
    (public, part().len())
}

impl From<TokenRefusal> for IpcError {
    fn from(refusal: TokenRefusal) -> Self {
        match refusal {
            TokenRefusal::TooShort { least } => Self::TokenLifetime { least, most: token::MAX_SECONDS },
            TokenRefusal::TooLong { most, .. } => Self::TokenLifetime { least: MIN_SECONDS, most },
            TokenRefusal::Time => Self::Internal,
        }
    }
}
