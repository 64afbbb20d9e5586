//! One key, from "is it alive" to what it can read.
//!
//! The decision about a 401, in this order: ask again with a fresh token; compare the clocks and ask with Apple's
//! time; ask as the other kind and with every other known Issuer ID; ask with another key that is known to work. Only
//! then is the key called unrecognised, with every cause that fits. What an answer cannot tell is not told: a missing
//! agreement, a network without a way out and a spent allowance leave everything known before as it was.

use std::fmt;
use std::sync::Arc;

use asc_key::token::TokenShape;
use asc_key::{IssuerId, KeyId, KeyKind};
use serde_json::Value;

use crate::answer::{Answer, Evidence};
use crate::conversation::{Conversation, Exchange, Signer};
use crate::line::Line;
use crate::probes::{self, BASELINE, Depth, Known, Question, Reading};
use crate::trouble::Trouble;
use crate::verdict::{Hints, Observed, Report, Sibling, Verdict, causes};

/// Failing questions after which the rest is left for another time.
const MOST_TROUBLES: usize = 2;

/// What to ask about a key.
pub struct Inquiry {
    /// Its Key ID.
    pub key: KeyId,
    /// Its recorded shape.
    pub shape: TokenShape,
    /// Whoever holds it.
    pub signer: Box<dyn Signer>,
    /// Every Issuer ID known here; tried when the recorded one is refused.
    pub issuers: Vec<IssuerId>,
    /// Another key that worked lately; asked when this one is not recognised.
    pub sibling: Option<Another>,
    /// For putting causes in order.
    pub hints: Hints,
    /// How much to ask.
    pub depth: Depth,
    /// The team's vendor number, without which no report can be asked for.
    pub vendor: Option<String>,
}

/// Another key, to compare with.
pub struct Another {
    /// Its Key ID.
    pub key: KeyId,
    /// Its shape.
    pub shape: TokenShape,
    /// Whoever holds it.
    pub signer: Box<dyn Signer>,
}

impl fmt::Debug for Another {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Another").field("key", &self.key).finish_non_exhaustive()
    }
}

impl fmt::Debug for Inquiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inquiry").field("key", &self.key).field("depth", &self.depth).finish_non_exhaustive()
    }
}

/// Checks one key. `progress` hears after every question how many of how many are done.
pub async fn check(line: &Arc<Line>, inquiry: Inquiry, mut progress: impl FnMut(usize, usize) + Send) -> Report {
    let Inquiry { key, shape, signer, issuers, sibling, hints, depth, vendor } = inquiry;
    let mut talk = line.converse(key, shape.clone(), signer);
    let mut requests = 0;
    progress(0, 1);
    let mut first = talk.get(&probes::baseline()).await;
    requests += first.requests;
    let mut verdict = Verdict::Alive;
    if first.answer == Ok(Answer::Unauthorised) {
        match another_shape(&mut talk, &issuers, &mut requests).await {
            Ok(Some(exchange)) => {
                first = exchange;
                let works = talk.shape();
                verdict = Verdict::Otherwise { kind: works.kind(), issuer: works.issuer().cloned() };
            }
            Ok(None) => {
                let sibling = ask_sibling(line, sibling).await;
                let causes = causes(shape.kind(), hints, sibling);
                return report(Verdict::Unrecognised { causes, sibling }, first.evidence, &talk, requests);
            }
            Err(trouble) => return report(Verdict::NotChecked { trouble }, first.evidence, &talk, requests),
        }
    }
    let evidence = first.evidence.clone();
    let app = match &first.answer {
        Ok(Answer::Allowed(document)) => first_id(document),
        Ok(Answer::RoleRefuses | Answer::NotFound) => None,
        Ok(Answer::AgreementMissing) => return report(Verdict::AgreementMissing, evidence, &talk, requests),
        Ok(Answer::Forbidden) => {
            let second = talk.get(&probes::second_baseline()).await;
            requests += second.requests;
            match second.answer {
                Ok(Answer::Allowed(_) | Answer::RoleRefuses) => None,
                Ok(Answer::AgreementMissing) => {
                    return report(Verdict::AgreementMissing, second.evidence, &talk, requests);
                }
                Ok(_) => return report(Verdict::RefusedEverywhere, evidence, &talk, requests),
                Err(trouble) => return report(Verdict::NotChecked { trouble }, evidence, &talk, requests),
            }
        }
        // Being told that the question is wrong is no statement about the key.
        Ok(Answer::Mistaken | Answer::Unauthorised) => {
            return report(Verdict::NotChecked { trouble: Trouble::Garbled }, evidence, &talk, requests);
        }
        Err(trouble) => {
            return report(Verdict::NotChecked { trouble: trouble.clone() }, evidence, &talk, requests);
        }
    };
    let known =
        Known { kind: talk.shape().kind(), app: app.as_deref(), vendor: vendor.as_deref(), now: line.apple_now() };
    let questions = probes::plan(depth, known);
    let mut report = report(verdict, evidence, &talk, requests);
    if let Some(observed) = of_the_first(&first) {
        report.observed.push(observed);
    }
    ask_all(&mut talk, &questions, &mut report, &mut progress).await;
    report.rate = talk.rate().cloned();
    report.clock_off = line.clock_off();
    report
}

/// Asks every question, until one answer says that the others are pointless.
async fn ask_all(
    talk: &mut Conversation,
    questions: &[Question],
    report: &mut Report,
    progress: &mut (impl FnMut(usize, usize) + Send),
) {
    let mut troubles = 0;
    for (done, question) in questions.iter().enumerate() {
        progress(done + 1, questions.len() + 1);
        let exchange = if question.closed_to_individual {
            talk.try_once(&question.target).await
        } else {
            talk.get(&question.target).await
        };
        report.requests += exchange.requests;
        match &exchange.answer {
            Ok(Answer::AgreementMissing) => {
                // The team's affair, not the key's: no capability is shown as refused, or as anything.
                report.verdict = Verdict::AgreementMissing;
                report.evidence = exchange.evidence;
                report.observed.clear();
                return;
            }
            Err(trouble) => {
                troubles += 1;
                let alone = matches!(trouble, Trouble::TooLarge | Trouble::Garbled | Trouble::Server { .. });
                if !alone || troubles >= MOST_TROUBLES {
                    report.interrupted = Some(trouble.clone());
                    return;
                }
            }
            Ok(_) => {}
        }
        let reading = probes::meaning(question, &exchange.answer);
        report.observed.push(Observed { capability: question.capability, reading, evidence: exchange.evidence });
    }
    progress(questions.len() + 1, questions.len() + 1);
}

/// The baseline is a question, too.
fn of_the_first(first: &Exchange) -> Option<Observed> {
    let reading = match &first.answer {
        Ok(Answer::Allowed(_)) => Reading::CanRead,
        Ok(Answer::RoleRefuses) => Reading::RoleRefuses,
        _ => return None,
    };
    Some(Observed { capability: BASELINE, reading, evidence: first.evidence.clone() })
}

/// Tries every other shape once. Leaves the conversation in the one that works, or in the recorded one.
async fn another_shape(
    talk: &mut Conversation,
    issuers: &[IssuerId],
    requests: &mut u32,
) -> Result<Option<Exchange>, Trouble> {
    let recorded = talk.shape().clone();
    let others = others(&recorded, issuers);
    for shape in others {
        talk.reshape(shape);
        let exchange = talk.try_once(&probes::baseline()).await;
        *requests += exchange.requests;
        match &exchange.answer {
            Ok(answer) if answer.token_accepted() => return Ok(Some(exchange)),
            Ok(_) => {}
            Err(trouble) => {
                talk.reshape(recorded);
                return Err(trouble.clone());
            }
        }
    }
    talk.reshape(recorded);
    Ok(None)
}

/// Every shape but the recorded one: the other kind first.
fn others(recorded: &TokenShape, issuers: &[IssuerId]) -> Vec<TokenShape> {
    let individual = (recorded.kind() == KeyKind::Team).then_some(TokenShape::Individual);
    let teams = issuers.iter().filter(|issuer| recorded.issuer() != Some(*issuer)).cloned().map(TokenShape::Team);
    individual.into_iter().chain(teams).collect()
}

/// What a key that worked lately gets now. Not asked if some key was accepted a moment ago.
async fn ask_sibling(line: &Arc<Line>, sibling: Option<Another>) -> Sibling {
    if line.accepted_lately() {
        return Sibling::Works;
    }
    let Some(Another { key, shape, signer }) = sibling else { return Sibling::None };
    match line.converse(key, shape, signer).get(&probes::baseline()).await.answer {
        Ok(Answer::Unauthorised | Answer::Forbidden) => Sibling::Refused,
        Ok(_) => Sibling::Works,
        Err(_) => Sibling::NoAnswer,
    }
}

fn report(verdict: Verdict, evidence: Evidence, talk: &Conversation, requests: u32) -> Report {
    Report {
        verdict,
        evidence,
        observed: Vec::new(),
        interrupted: None,
        clock_off: talk.line().clock_off(),
        rate: talk.rate().cloned(),
        requests,
    }
}

/// The ID of the first app of a list. Apple's are numbers; anything else is not put into a path.
fn first_id(document: &Value) -> Option<String> {
    let id = document.get("data")?.as_array()?.first()?.get("id")?.as_str()?;
    is_id(id).then(|| id.to_owned())
}

/// Whether a text is safe to be a step of a path.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
