//! Whose key is this? Found by asking as every kind it could be.
//!
//! Nothing inside a `.p8` says Team or Individual, or which team. Apple accepts exactly one shape of token from each
//! key, so the shapes are tried: the suggested kind first, then the other, with every Issuer ID known here.

use std::sync::Arc;

use asc_key::token::TokenShape;
use asc_key::{IssuerId, KeyId, KeyKind};

use crate::answer::{Answer, Evidence};
use crate::conversation::Signer;
use crate::line::Line;
use crate::probes;
use crate::trouble::Trouble;

/// What trying every shape led to.
#[derive(Clone, Debug, PartialEq)]
pub enum Identified {
    /// Apple accepts this shape.
    As {
        /// The shape.
        shape: TokenShape,
        /// Whether the team has an agreement to sign, which leaves everything else open.
        agreement_missing: bool,
        /// The exchange that showed it.
        evidence: Evidence,
    },
    /// Apple accepts none of them: another team's, revoked, the wrong Key ID, or another service's.
    Nobody {
        /// The shapes tried.
        tried: Vec<TokenShape>,
        /// The last exchange.
        evidence: Evidence,
    },
    /// Nothing was learned.
    Unknown(Trouble),
}

/// Finds out which shape a key has.
pub async fn identify(
    line: &Arc<Line>,
    key: KeyId,
    signer: Box<dyn Signer>,
    suggested: Option<KeyKind>,
    issuers: &[IssuerId],
) -> Identified {
    let shapes = shapes(suggested, issuers);
    let mut evidence = Evidence::default();
    let Some(first) = shapes.first() else { return Identified::Nobody { tried: shapes, evidence } };
    let mut talk = line.converse(key, first.clone(), signer);
    // Twice around: Apple now and then refuses a good token, and a second look at each is cheap.
    for round in 0..2 {
        if round > 0 {
            line.ground.wait(std::time::Duration::from_millis(500)).await;
        }
        for shape in &shapes {
            talk.reshape(shape.clone());
            let exchange = talk.try_once(&probes::baseline()).await;
            match &exchange.answer {
                Ok(answer) if answer.token_accepted() => {
                    return Identified::As {
                        shape: shape.clone(),
                        agreement_missing: *answer == Answer::AgreementMissing,
                        evidence: exchange.evidence,
                    };
                }
                Ok(_) => evidence = exchange.evidence,
                Err(trouble) => return Identified::Unknown(trouble.clone()),
            }
        }
    }
    Identified::Nobody { tried: shapes, evidence }
}

fn shapes(suggested: Option<KeyKind>, issuers: &[IssuerId]) -> Vec<TokenShape> {
    let mut shapes: Vec<_> = issuers.iter().cloned().map(TokenShape::Team).collect();
    if suggested == Some(KeyKind::Team) {
        shapes.push(TokenShape::Individual);
    } else {
        shapes.insert(0, TokenShape::Individual);
    }
    shapes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn the_suggested_kind_is_tried_first() {
        let issuer: IssuerId = "57246542-96fe-1a63-e053-0824d011072a".parse().unwrap();
        let team = TokenShape::Team(issuer.clone());
        let issuers = [issuer];
        assert_eq!(shapes(Some(KeyKind::Team), &issuers), [team.clone(), TokenShape::Individual]);
        assert_eq!(shapes(Some(KeyKind::Individual), &issuers), [TokenShape::Individual, team.clone()]);
        assert_eq!(shapes(None, &issuers), [TokenShape::Individual, team]);
        assert_eq!(shapes(Some(KeyKind::Team), &[]), [TokenShape::Individual]);
    }
}
