//! What is known of a key after asking, in one word and its reasons.

use asc_key::token::TokenShape;
use asc_key::{IssuerId, KeyKind};
use serde::{Deserialize, Serialize};

use crate::answer::{Evidence, Sent};
use crate::headers::Rate;
use crate::listing::App;
use crate::probes::Reading;
use crate::trouble::Trouble;
use asc_key::codes;

codes! {
    /// Why Apple may not recognise a key. A 401 does not say which it is; a list of these goes from likely to unlikely.
    Cause {
        /// Apple refuses every key at the moment, also ones that worked before.
        AppleDown = "apple_down",
        /// The key was revoked.
        Revoked = "revoked",
        /// The Issuer ID belongs to another team.
        WrongIssuer = "wrong_issuer",
        /// The Key ID belongs to another file.
        WrongKeyId = "wrong_key_id",
        /// A Team key of a team whose Issuer ID is not known here.
        UnknownIssuer = "unknown_issuer",
        /// A key for another service of Apple's, which looks the same.
        LookAlike = "look_alike",
    }
}

codes! {
    /// What another key, known to work, got at the same moment.
    Sibling {
        /// It works: Apple is there, and refuses this key only.
        Works = "works",
        /// It is refused, too.
        Refused = "refused",
        /// It got no answer.
        NoAnswer = "no_answer",
        /// There was none to ask.
        None = "none",
    }
}

/// What was tried before a key is called unrecognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RuledOut {
    /// A passing glitch: it was refused every time.
    Glitch {
        /// Requests with the recorded shape.
        tries: u32,
        /// Seconds from the first to the last.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        seconds: i64,
    },
    /// The clock: Apple's answer carried the time.
    Clock {
        /// Seconds between the clocks, without a sign.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        off: i64,
    },
    /// It was refused as the other kind, too.
    OtherKind {
        /// As which.
        kind: KeyKind,
    },
    /// It was refused with every other Issuer ID known here, too.
    OtherIssuers {
        /// How many.
        tried: usize,
    },
}

/// What is known of the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Verdict {
    /// Apple accepts it.
    Alive,
    /// Apple accepts it, but as another kind, or with another Issuer ID, than recorded.
    Otherwise {
        /// The kind it works as.
        kind: KeyKind,
        /// The Issuer ID it works with.
        issuer: Option<IssuerId>,
    },
    /// Apple accepts it, and refuses everything until the team's agreement is signed.
    AgreementMissing,
    /// Apple does not recognise it, however it was asked.
    Unrecognised {
        /// Likely to unlikely.
        causes: Vec<Cause>,
        /// What another key got at the same moment.
        sibling: Sibling,
    },
    /// Apple refuses everything and gives no reason that is known: revoked, or allowed nothing at all.
    RefusedEverywhere,
    /// Nothing was learned. What was known before stays as it was.
    NotChecked {
        /// Why.
        trouble: Trouble,
    },
}

/// What one question taught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Code of the capability in the catalogue.
    pub capability: &'static str,
    /// What the answer means.
    pub reading: Reading,
    /// What can be shown and stored of it.
    pub evidence: Evidence,
}

/// One check of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What is known of the key now.
    pub verdict: Verdict,
    /// The shape Apple accepted; the recorded one if it accepted none.
    pub shape: TokenShape,
    /// The exchange the verdict rests on.
    pub evidence: Evidence,
    /// What was tried before the key was called unrecognised; empty unless it is.
    pub ruled_out: Vec<RuledOut>,
    /// What each question taught; empty unless the key is alive.
    pub observed: Vec<Observed>,
    /// Every app the key sees, if they were to be listed and were.
    pub apps: Option<Vec<App>>,
    /// Why the questions ended early, if they did.
    pub interrupted: Option<Trouble>,
    /// Seconds this computer's clock is behind Apple's (negative: ahead), if it is off.
    pub clock_off: Option<i64>,
    /// What is left of the key's allowance.
    pub rate: Option<Rate>,
    /// Every request that was sent, in order, the comparison with another key included.
    pub sent: Vec<Sent>,
}

/// What is known about a key beside its IDs, for putting causes in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Apple accepted it before, with the same IDs.
    pub worked_before: bool,
    /// Its name belongs to another service of Apple's.
    pub look_alike: bool,
    /// Its Key ID was typed by somebody instead of read from a file name.
    pub key_id_typed: bool,
    /// Another key works with the same Issuer ID.
    pub issuer_proven: bool,
}

/// The honest list, likely to unlikely.
pub(crate) fn causes(kind: KeyKind, hints: Hints, sibling: Sibling) -> Vec<Cause> {
    let team = kind == KeyKind::Team;
    let mut ranked: Vec<(i32, Cause)> = vec![
        (if hints.worked_before { 9 } else { 5 }, Cause::Revoked),
        (if hints.look_alike { 10 } else { 2 }, Cause::LookAlike),
        (if hints.key_id_typed { 7 } else { 3 }, Cause::WrongKeyId),
    ];
    if team {
        ranked.push((if hints.issuer_proven { 1 } else { 6 }, Cause::WrongIssuer));
    } else {
        ranked.push((4, Cause::UnknownIssuer));
    }
    if sibling == Sibling::Refused {
        ranked.push((11, Cause::AppleDown));
    }
    // What worked with the same IDs has the right ones and is no other service's.
    ranked.retain(|(_, cause)| !hints.worked_before || matches!(cause, Cause::Revoked | Cause::AppleDown));
    ranked.sort_by_key(|(weight, _)| -weight);
    ranked.into_iter().map(|(_, cause)| cause).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_go_from_likely_to_unlikely() {
        use Cause::{AppleDown, LookAlike, Revoked, UnknownIssuer, WrongIssuer, WrongKeyId};
        let new = Hints::default();
        let team = |hints| causes(KeyKind::Team, hints, Sibling::Works);
        assert_eq!(team(new), [WrongIssuer, Revoked, WrongKeyId, LookAlike]);
        assert_eq!(team(Hints { issuer_proven: true, ..new }), [Revoked, WrongKeyId, LookAlike, WrongIssuer]);
        assert_eq!(team(Hints { key_id_typed: true, ..new }), [WrongKeyId, WrongIssuer, Revoked, LookAlike]);
        assert_eq!(team(Hints { look_alike: true, ..new }), [LookAlike, WrongIssuer, Revoked, WrongKeyId]);
        assert_eq!(team(Hints { worked_before: true, ..new }), [Revoked]);
        assert_eq!(causes(KeyKind::Individual, new, Sibling::None), [Revoked, UnknownIssuer, WrongKeyId, LookAlike]);
        let worked = Hints { worked_before: true, ..new };
        assert_eq!(causes(KeyKind::Team, worked, Sibling::Refused), [AppleDown, Revoked]);
    }
}
