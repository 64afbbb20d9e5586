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

use crate::answer::{Answer, Evidence, Sent};
use crate::conversation::{Conversation, Exchange, Signer};
use crate::line::Line;
use crate::listing;
use crate::probes::{self, BASELINE, Depth, Known, Question, Reading};
use crate::trouble::Trouble;
use crate::verdict::{Hints, Observed, Report, RuledOut, Sibling, Verdict, causes};

/// Failing questions after which the rest is left for another time.
const MOST_TROUBLES: usize = 2;

/// Questions answered 401 after which it is asked again whether the key is alive.
const MOST_UNAUTHORISED: usize = 2;

/// Requests after which a normal check does not go on to list the apps.
const MOST_REQUESTS: usize = 12;

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
    /// Whether to list the apps by name, too: asked when the key was accepted and the whole of a normal check stays
    /// within twelve requests. Must not wait for a person.
    pub apps: Box<dyn FnOnce() -> bool + Send>,
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
    let Inquiry { key, shape, signer, issuers, sibling, hints, depth, vendor, apps } = inquiry;
    let mut talk = line.converse(key, shape.clone(), signer);
    progress(0, 1);
    let First { exchange: first, ruled_out } = first(&mut talk, &issuers).await;
    let judged =
        if first.answer == Ok(Answer::Forbidden) { talk.get(&probes::second_baseline()).await } else { first.clone() };
    let verdict = judge(&judged.answer, &shape, &talk);
    let mut findings =
        Findings { verdict, evidence: judged.evidence, ruled_out, observed: Vec::new(), interrupted: None };
    let mut unrecognised = first.answer == Ok(Answer::Unauthorised);
    let mut hints = hints;
    if matches!(findings.verdict, Verdict::Alive | Verdict::Otherwise { .. }) {
        let app = first.answer.as_ref().ok().and_then(first_app);
        let kind = talk.shape().kind();
        let known = Known { kind, app: app.as_deref(), vendor: vendor.as_deref(), now: line.apple_now() };
        findings.observed.extend(of_the_first(&first));
        unrecognised = ask_all(&mut talk, &probes::plan(depth, known), &mut findings, &mut progress).await;
        hints.worked_before = true;
    }
    let mut compared = Vec::new();
    if unrecognised {
        let sibling = ask_sibling(line, talk.key(), sibling, &mut compared).await;
        let causes = causes(talk.shape().kind(), hints, sibling);
        findings.verdict = Verdict::Unrecognised { causes, sibling };
    }
    let Findings { verdict, evidence, ruled_out, observed, interrupted } = findings;
    let room = depth == Depth::Thorough || talk.sent().len() < MOST_REQUESTS;
    let sees = observed.iter().any(|one| one.capability == BASELINE && one.reading == Reading::CanRead);
    let lists = room && sees && interrupted.is_none() && apps();
    let apps = if lists { listing::apps(&mut talk).await.ok() } else { None };
    let shape = talk.shape().clone();
    let (clock_off, rate) = (line.clock_off(), talk.rate().cloned());
    let mut sent = talk.into_sent();
    sent.append(&mut compared);
    Report { verdict, shape, evidence, ruled_out, observed, apps, interrupted, clock_off, rate, sent }
}

/// What an answer to a question that every key is expected to be allowed says about the key.
fn judge(answer: &Result<Answer, Trouble>, recorded: &TokenShape, talk: &Conversation) -> Verdict {
    match answer {
        Ok(Answer::Allowed(_) | Answer::RoleRefuses | Answer::NotFound) => accepted(recorded, talk),
        Ok(Answer::AgreementMissing) => Verdict::AgreementMissing,
        Ok(Answer::Unauthorised | Answer::Forbidden) => Verdict::RefusedEverywhere,
        // Being told that the question is wrong is no statement about the key.
        Ok(Answer::Mistaken) => Verdict::NotChecked { trouble: Trouble::Garbled },
        Err(trouble) => Verdict::NotChecked { trouble: trouble.clone() },
    }
}

/// What a check has found so far.
struct Findings {
    verdict: Verdict,
    evidence: Evidence,
    ruled_out: Vec<RuledOut>,
    observed: Vec<Observed>,
    interrupted: Option<Trouble>,
}

/// The first answer that says anything, and what was tried in vain if none did.
struct First {
    exchange: Exchange,
    ruled_out: Vec<RuledOut>,
}

/// The baseline: as recorded and, if that is not recognised, once in every other shape. Leaves the conversation in
/// the shape that is accepted, or in the recorded one.
async fn first(talk: &mut Conversation, issuers: &[IssuerId]) -> First {
    let found = |exchange| First { exchange, ruled_out: Vec::new() };
    let asked = talk.get(&probes::baseline()).await;
    if asked.answer != Ok(Answer::Unauthorised) {
        return found(asked);
    }
    let as_recorded = talk.sent().len();
    let recorded = talk.shape().clone();
    let others = others(&recorded, issuers);
    let mut refused = Vec::new();
    for shape in &others {
        talk.reshape(shape.clone());
        let other = talk.try_once(&probes::baseline()).await;
        match &other.answer {
            Ok(Answer::Unauthorised | Answer::Forbidden) => refused.push(shape),
            Ok(Answer::Mistaken) => {}
            _ => return found(other),
        }
    }
    let tries = talk.sent().get(..as_recorded).unwrap_or_default();
    let mut ruled_out: Vec<RuledOut> = glitch(tries).into_iter().collect();
    ruled_out.extend(talk.clock().map(|off| RuledOut::Clock { off: off.abs() }));
    ruled_out.extend(no_other(recorded.kind(), &others, &refused));
    talk.reshape(recorded);
    First { exchange: asked, ruled_out }
}

/// A passing glitch is ruled out by a second try.
fn glitch(tries: &[Sent]) -> Option<RuledOut> {
    let refused = || tries.iter().filter(|one| one.status == Some(401));
    let (first, last) = (refused().next()?, refused().next_back()?);
    let tries = u32::try_from(refused().count()).ok().filter(|tries| *tries > 1)?;
    Some(RuledOut::Glitch { tries, seconds: (last.at - first.at) / 1000 })
}

/// What the shapes that were refused rule out. "Every other Issuer ID" is said only if it was every one.
fn no_other(recorded: KeyKind, others: &[TokenShape], refused: &[&TokenShape]) -> Vec<RuledOut> {
    let teams = |shapes: &mut dyn Iterator<Item = &TokenShape>| shapes.filter(|one| one.issuer().is_some()).count();
    let tried = teams(&mut refused.iter().copied());
    let all = tried > 0 && tried == teams(&mut others.iter());
    let other_kind = match recorded {
        KeyKind::Team => refused.contains(&&TokenShape::Individual).then_some(KeyKind::Individual),
        KeyKind::Individual => all.then_some(KeyKind::Team),
    };
    let other_kind = other_kind.map(|kind| RuledOut::OtherKind { kind });
    other_kind.into_iter().chain(all.then_some(RuledOut::OtherIssuers { tried })).collect()
}

/// Every shape but the recorded one: the other kind first.
fn others(recorded: &TokenShape, issuers: &[IssuerId]) -> Vec<TokenShape> {
    let individual = (recorded.kind() == KeyKind::Team).then_some(TokenShape::Individual);
    let teams = issuers.iter().filter(|issuer| recorded.issuer() != Some(*issuer)).cloned().map(TokenShape::Team);
    individual.into_iter().chain(teams).collect()
}

/// Apple took the token: in the recorded shape, or in another.
fn accepted(recorded: &TokenShape, talk: &Conversation) -> Verdict {
    let works = talk.shape();
    if works == recorded {
        return Verdict::Alive;
    }
    Verdict::Otherwise { kind: works.kind(), issuer: works.issuer().cloned() }
}

/// Asks every question, until one answer says that the others are pointless. True if the key is not recognised any
/// more: it was revoked in the middle.
async fn ask_all(
    talk: &mut Conversation,
    questions: &[Question],
    findings: &mut Findings,
    progress: &mut (impl FnMut(usize, usize) + Send),
) -> bool {
    let of = questions.len() + 1;
    let (mut troubles, mut unauthorised) = (0, 0);
    for (done, question) in questions.iter().enumerate() {
        progress(done + 1, of);
        let exchange = if question.closed_to_individual {
            talk.try_once(&question.target).await
        } else {
            talk.get(&question.target).await
        };
        match &exchange.answer {
            Ok(Answer::AgreementMissing) => {
                // The team's affair, not the key's: no capability is shown as refused, or as anything.
                findings.verdict = Verdict::AgreementMissing;
                findings.evidence = exchange.evidence;
                findings.observed.clear();
                return false;
            }
            Ok(Answer::Unauthorised) if !question.closed_to_individual => {
                unauthorised += 1;
                if unauthorised == MOST_UNAUTHORISED && !still_alive(talk, findings).await {
                    return true;
                }
            }
            Err(trouble) => {
                troubles += 1;
                let alone = matches!(trouble, Trouble::TooLarge | Trouble::Garbled | Trouble::Server { .. });
                if !alone || troubles >= MOST_TROUBLES {
                    findings.interrupted = Some(trouble.clone());
                    return false;
                }
            }
            Ok(_) => {}
        }
        let reading = probes::meaning(question, &exchange.answer);
        if exchange.requests > 0 {
            talk.note(reading);
        }
        findings.observed.push(Observed { capability: question.capability, reading, evidence: exchange.evidence });
    }
    progress(of, of);
    false
}

/// Asks the first question again. If the key is not recognised any more, nothing it was seen reading stands.
async fn still_alive(talk: &mut Conversation, findings: &mut Findings) -> bool {
    let before = talk.sent().len();
    let again = talk.get(&probes::baseline()).await;
    if again.answer != Ok(Answer::Unauthorised) {
        return true;
    }
    findings.evidence = again.evidence;
    findings.ruled_out.extend(glitch(talk.sent().get(before..).unwrap_or_default()));
    findings.observed.clear();
    false
}

/// The baseline is a question, too.
fn of_the_first(first: &Exchange) -> Option<Observed> {
    let reading = match &first.answer {
        Ok(Answer::Allowed(_)) => Reading::CanRead,
        Ok(Answer::RoleRefuses) => Reading::RoleRefuses,
        Ok(Answer::Forbidden) => Reading::Unclear,
        _ => return None,
    };
    Some(Observed { capability: BASELINE, reading, evidence: first.evidence.clone() })
}

/// What a key that worked lately gets now. Not asked if another key than this was accepted a moment ago.
async fn ask_sibling(line: &Arc<Line>, key: &KeyId, sibling: Option<Another>, sent: &mut Vec<Sent>) -> Sibling {
    if line.accepted_lately(key) {
        return Sibling::Works;
    }
    let Some(Another { key, shape, signer }) = sibling else { return Sibling::None };
    let mut talk = line.converse(key, shape, signer);
    let answer = talk.get(&probes::baseline()).await.answer;
    sent.extend(talk.into_sent());
    match answer {
        Ok(Answer::Unauthorised | Answer::Forbidden) => Sibling::Refused,
        Ok(_) => Sibling::Works,
        Err(_) => Sibling::NoAnswer,
    }
}

/// The ID of the first app of a list. Apple's are numbers; anything else is not put into a path.
fn first_app(answer: &Answer) -> Option<String> {
    let Answer::Allowed(document) = answer else { return None };
    let id = document.get("data")?.as_array()?.first()?.get("id")?.as_str()?;
    is_id(id).then(|| id.to_owned())
}

/// Whether a text is safe to be a step of a path.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
