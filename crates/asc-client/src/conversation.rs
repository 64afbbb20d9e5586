//! Asking with one key: its token, its allowance, and the patience of [`retry`](crate::retry).
//!
//! A token lives five minutes, in memory, and is made again at half its life, after a 401, and when the clock turns
//! out to be wrong. The key is elsewhere: whoever holds it signs when asked to. After Apple asked this key to slow
//! down nothing more is sent with it until the time is over.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use asc_key::KeyId;
use asc_key::token::{Scope, Token, TokenRequest, TokenShape};
use thiserror::Error;

use crate::answer::{self, Answer, Evidence, Reply, Sent};
use crate::apple_error::AppleError;
use crate::headers::Rate;
use crate::line::Line;
use crate::origin::Target;
use crate::probes::Reading;
use crate::retry::{self, Cause, Next};
use crate::trouble::Trouble;

/// Seconds a token for asking lives, from now.
const TOKEN_SECONDS: u64 = 5 * 60;
/// Seconds it is back-dated by, against clocks that run ahead unnoticed.
const BACKDATED_SECONDS: u64 = 60;

/// No token could be made: the vault is locked, or the key is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the key could not sign")]
pub struct Unsigned;

/// Whoever holds the key. Called from an asynchronous task, so it must not wait for a person.
pub trait Signer: Send {
    /// Makes a token at `now`, in seconds since 1970 by Apple's clock.
    ///
    /// # Errors
    /// [`Unsigned`], which ends the conversation.
    fn sign(&mut self, request: &TokenRequest, now: u64) -> Result<Token, Unsigned>;
}

impl<F: FnMut(&TokenRequest, u64) -> Result<Token, Unsigned> + Send> Signer for F {
    fn sign(&mut self, request: &TokenRequest, now: u64) -> Result<Token, Unsigned> {
        self(request, now)
    }
}

/// What came of one question, after every retry.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// What Apple said, or why nothing was learned.
    pub answer: Result<Answer, Trouble>,
    /// What can be shown and stored.
    pub evidence: Evidence,
    /// Requests it took.
    pub requests: u32,
}

/// Asks with one key.
pub struct Conversation {
    line: Arc<Line>,
    key: KeyId,
    signer: Box<dyn Signer>,
    shape: TokenShape,
    token: Option<Held>,
    rate: Option<Rate>,
    /// Seconds Apple's clock was ahead of this computer's (negative: behind) in the last reply that carried one.
    clock: Option<i64>,
    sent: Vec<Sent>,
}

/// A token and when it is to be replaced, in seconds of Apple's clock.
struct Held {
    token: Token,
    replace_at: u64,
}

/// How often one question was asked.
struct Count {
    requests: u32,
    unauthorised: u32,
    most_unauthorised: u32,
}

impl fmt::Debug for Conversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conversation").field("key", &self.key).field("kind", &self.shape.kind()).finish_non_exhaustive()
    }
}

impl Conversation {
    pub(crate) fn new(line: Arc<Line>, key: KeyId, shape: TokenShape, signer: Box<dyn Signer>) -> Self {
        Self { line, key, signer, shape, token: None, rate: None, clock: None, sent: Vec::new() }
    }

    /// The line this conversation uses.
    #[must_use]
    pub const fn line(&self) -> &Arc<Line> {
        &self.line
    }

    /// The key's ID.
    pub(crate) const fn key(&self) -> &KeyId {
        &self.key
    }

    /// The shape of its tokens.
    #[must_use]
    pub const fn shape(&self) -> &TokenShape {
        &self.shape
    }

    /// From now on, tokens of another shape.
    pub fn reshape(&mut self, shape: TokenShape) {
        self.shape = shape;
        self.token = None;
    }

    /// What Apple last said is left of the key's allowance.
    #[must_use]
    pub const fn rate(&self) -> Option<&Rate> {
        self.rate.as_ref()
    }

    /// Seconds Apple's clock is ahead of this computer's (negative: behind), if a reply carried the time.
    pub(crate) const fn clock(&self) -> Option<i64> {
        self.clock
    }

    /// Every request sent so far, in order.
    #[must_use]
    pub fn sent(&self) -> &[Sent] {
        &self.sent
    }

    /// Every request sent, when nothing more is asked.
    pub(crate) fn into_sent(self) -> Vec<Sent> {
        self.sent
    }

    /// Notes what the last answer means.
    pub(crate) fn note(&mut self, reading: Reading) {
        if let Some(last) = self.sent.last_mut() {
            last.reading = Some(reading);
        }
    }

    /// Reads one target, patiently.
    pub async fn get(&mut self, target: &Target) -> Exchange {
        self.ask(target, retry::TRIES_UNAUTHORISED).await
    }

    /// Reads one target, believing the first 401: for trying shapes, most of which are wrong.
    pub async fn try_once(&mut self, target: &Target) -> Exchange {
        self.ask(target, 1).await
    }

    async fn ask(&mut self, target: &Target, most_unauthorised: u32) -> Exchange {
        let mut count = Count { requests: 0, unauthorised: 0, most_unauthorised };
        let mut evidence = Evidence { request: format!("GET {target}"), ..Evidence::default() };
        loop {
            if let Some(until) = self.line.rests_until(&self.key) {
                evidence.at = self.line.ground.now();
                return Exchange { answer: Err(Trouble::RateLimited { until }), evidence, requests: count.requests };
            }
            let reply = self.once(target).await;
            evidence = seen(evidence.request, reply.as_ref().ok(), self.line.ground.now());
            if !matches!(reply, Err(Trouble::Unsigned)) {
                count.requests += 1;
                self.sent.push(sent(&self.key, &evidence));
            }
            let head = reply.as_ref().map(|reply| (reply.head.date, reply.head.retry_after)).unwrap_or_default();
            let answer = reply.and_then(|reply| self.learn(&reply));
            let next = match self.cause(&answer, head.0, &mut count) {
                Some((cause, tries)) => retry::next(cause, tries, head.1, self.line.ground.chance()),
                None => return Exchange { answer, evidence, requests: count.requests },
            };
            match (next, &answer) {
                (Next::After(wait), _) => self.line.ground.wait(wait).await,
                // The next turn of the loop says until when.
                (Next::Stop(rest), Err(Trouble::RateLimited { until })) if !rest.is_zero() => {
                    self.line.rest(&self.key, until + milliseconds(rest));
                }
                (Next::Stop(_), _) => return Exchange { answer, evidence, requests: count.requests },
            }
        }
    }

    /// Why a question deserves to be asked again, and how often it was asked in vain; `None` if it does not.
    fn cause(
        &mut self,
        answer: &Result<Answer, Trouble>,
        apple: Option<i64>,
        count: &mut Count,
    ) -> Option<(Cause, u32)> {
        match answer {
            Ok(Answer::Unauthorised) => {
                count.unauthorised += 1;
                self.token = None;
                let clock = self.line.learn_time(apple);
                // A wrong clock explains the 401, so the corrected token deserves a try of its own.
                let again = count.unauthorised < count.most_unauthorised || clock && count.unauthorised == 1;
                again.then_some((Cause::Unauthorised { clock }, count.unauthorised))
            }
            Err(Trouble::Server { .. } | Trouble::Cut) => Some((Cause::Failing, count.requests)),
            Err(Trouble::RateLimited { .. }) => Some((Cause::Limited, count.requests)),
            _ => None,
        }
    }

    /// One request. The token is made when there is none fresh enough.
    async fn once(&mut self, target: &Target) -> Result<Reply, Trouble> {
        let now = self.line.apple_now();
        if self.token.as_ref().is_none_or(|held| now >= held.replace_at || now < held.token.issued_at()) {
            let request = TokenRequest {
                shape: self.shape.clone(),
                valid_for: TOKEN_SECONDS,
                backdated: BACKDATED_SECONDS,
                scope: Scope::default(),
            };
            let token = self.signer.sign(&request, now).map_err(|Unsigned| Trouble::Unsigned)?;
            self.token = Some(Held { token, replace_at: now + TOKEN_SECONDS / 2 });
        }
        let Some(held) = &self.token else { return Err(Trouble::Unsigned) };
        let ground = &self.line.ground;
        self.line.transport.get(target, &held.token, || ground.now()).await
    }

    /// Takes from a reply what concerns more than this question, then reads it.
    fn learn(&mut self, reply: &Reply) -> Result<Answer, Trouble> {
        if let Some(apple) = reply.head.date {
            self.clock = self.line.measure(apple);
        }
        if let Some(rate) = &reply.head.rate {
            self.rate = Some(rate.clone());
            if let Some(rest) = rate.rest() {
                let rest = milliseconds(reply.head.retry_after.unwrap_or(rest));
                self.line.rest(&self.key, self.line.ground.now() + rest);
            }
        }
        let page = || answer::read(reply) == Err(Trouble::Portal);
        let answer = match reply.status {
            429 if !page() => Err(Trouble::RateLimited { until: self.line.ground.now() }),
            status @ 500..=599 if status != 511 => Err(Trouble::Server { status }),
            _ => answer::read(reply),
        };
        if answer.as_ref().is_ok_and(Answer::token_accepted) {
            self.line.note_accepted(&self.key);
            self.line.learn_time(reply.head.date);
        }
        answer
    }
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 2)
}

/// What can be shown and stored of a reply, or of its absence.
fn seen(request: String, reply: Option<&Reply>, at: i64) -> Evidence {
    let Some(reply) = reply else { return Evidence { request, at, ..Evidence::default() } };
    Evidence {
        request,
        status: Some(reply.status),
        apple: AppleError::read(&reply.body),
        request_id: reply.head.request_id.clone(),
        at,
    }
}

/// A request as it goes on record, before anybody knows what its answer means.
fn sent(key: &KeyId, evidence: &Evidence) -> Sent {
    let Evidence { request, status, at, .. } = evidence.clone();
    Sent { key: key.clone(), request, status, reading: None, at }
}
