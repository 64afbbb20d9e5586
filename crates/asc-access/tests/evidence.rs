//! Apple's answers laid over the catalogue: what one proves, what it closes, and what it never does.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use asc_access::{
    Access, Area, AskedHalf, Basis, Cell, Difference, Half, Level, Observation, Observed, Outcome, Part, Question,
    Reason, Role, Side, Subject, Weight, answer, catalogue, compare, evaluate,
};
use asc_key::KeyKind::{self, Individual, Team};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use Outcome::{Allowed, Refused};

fn seen(capability: &'static str, outcome: Outcome, at: i64) -> Observation {
    Observation { capability, outcome, at }
}

fn cell_of(subject: &Subject, evidence: &[Observation], area: Area) -> Cell {
    let at = Area::ALL.iter().position(|one| *one == area).unwrap();
    evaluate(subject, evidence).into_iter().nth(at).unwrap()
}

fn cell(kind: KeyKind, role: Role, evidence: &[Observation], area: Area) -> Cell {
    cell_of(&Subject::new(kind, &[role]), evidence, area)
}

fn part(cell: &Cell, capability: &str) -> Part {
    cell.parts.iter().find(|one| one.capability == capability).unwrap().clone()
}

const fn access(value: Half, basis: Basis, reason: Reason) -> Access {
    Access { value, basis, reason }
}

const ANSWERED_YES: Access = access(Half::Yes, Basis::Observed, Reason::Answered);
const ANSWERED_NO: Access = access(Half::No, Basis::Observed, Reason::Answered);

#[test]
fn an_answer_proves_reading_and_leaves_writing_to_the_catalogue() {
    let before = cell(Team, Role::Developer, &[], Area::Builds);
    let after = cell(Team, Role::Developer, &[seen("builds_upload", Allowed, 7)], Area::Builds);
    assert_eq!(after.read, ANSWERED_YES);
    assert_eq!(after.write, before.write);
    assert!(!after.contradicted);
    let upload = part(&after, "builds_upload");
    assert_eq!((upload.value, upload.basis, upload.documented), (Half::Yes, Basis::Documented, Half::Yes));
    assert_eq!(upload.observed, Some(Observed { outcome: Allowed, at: 7 }));
}

#[test]
fn what_no_source_settled_is_settled_for_reading_only() {
    let after = cell(Team, Role::Sales, &[seen("xcode_cloud", Allowed, 1)], Area::XcodeCloud);
    assert_eq!((after.read, after.level, after.label), (ANSWERED_YES, Level::View, Some("view_write_open")));
    assert_eq!(after.write, access(Half::Unknown, Basis::Unknown, Reason::NoSource));
    assert_eq!(part(&after, "xcode_cloud").value, Half::Part, "it reads; whether it writes is open");
    assert!(!after.contradicted, "nothing was said that could be contradicted");
}

#[test]
fn a_refusal_closes_reading_and_writing_and_contradicts_what_was_documented() {
    let after = cell(Team, Role::Developer, &[seen("builds_upload", Refused, 1)], Area::XcodeCloud);
    assert_eq!(after, cell(Team, Role::Developer, &[], Area::XcodeCloud), "an answer speaks for its own area");
    let after = cell(Team, Role::Admin, &[seen("xcode_cloud", Refused, 1)], Area::XcodeCloud);
    assert_eq!((after.read, after.write, after.level), (ANSWERED_NO, ANSWERED_NO, Level::None));
    assert_eq!(after.basis, Basis::Observed);
    assert!(after.contradicted);
    assert_eq!(part(&after, "xcode_cloud").documented, Half::Yes);
}

#[test]
fn a_refusal_the_catalogue_expected_is_no_contradiction() {
    let after = cell(Team, Role::Developer, &[seen("sales_reports", Refused, 1)], Area::Sales);
    assert_eq!((after.read, after.contradicted), (ANSWERED_NO, false));
}

#[test]
fn who_may_not_read_an_area_is_not_shown_as_writing_in_it() {
    let before = cell(Individual, Role::CustomerSupport, &[], Area::Reviews);
    assert_eq!((before.read.value, before.write.value), (Half::Yes, Half::Yes));
    let after = cell(Individual, Role::CustomerSupport, &[seen("reviews_read", Refused, 5)], Area::Reviews);
    assert_eq!((after.read, after.write, after.contradicted), (ANSWERED_NO, ANSWERED_NO, true));
    assert_eq!(part(&after, "reviews_reply").observed, Some(Observed { outcome: Refused, at: 5 }));
}

#[test]
fn what_is_closed_anyway_keeps_its_own_evidence() {
    let after = cell(Team, Role::Admin, &[seen("apps_read", Refused, 1)], Area::Apps);
    let create = part(&after, "app_create");
    assert_eq!((create.value, create.basis, create.observed), (Half::No, Basis::Spec, None));
}

#[test]
fn where_reading_is_made_of_two_things_one_refusal_leaves_the_other() {
    let half = cell(Team, Role::Admin, &[seen("pricing", Refused, 1)], Area::Pricing);
    assert_eq!((half.read.value, half.level, half.label), (Half::Part, Level::Limited, Some("in_app_purchases")));
    let none = cell(Team, Role::Admin, &[seen("pricing", Refused, 1), seen("iap", Refused, 2)], Area::Pricing);
    assert_eq!((none.read, none.write), (ANSWERED_NO, ANSWERED_NO));
}

#[test]
fn what_apple_closes_to_individual_keys_stays_closed_for_that_reason_when_refused() {
    let after = cell(Individual, Role::Admin, &[seen("provisioning_read", Refused, 1)], Area::Provisioning);
    let closed = access(Half::Never, Basis::Observed, Reason::Kind);
    assert_eq!((after.level, after.read, after.contradicted), (Level::Never, closed, false));
    assert_eq!(after.write, access(Half::Never, Basis::Documented, Reason::Kind));
}

#[test]
fn an_individual_key_seen_reading_sales_contradicts_apples_guide_in_plain_sight() {
    let after = cell(Individual, Role::Admin, &[seen("sales_reports", Allowed, 1)], Area::Sales);
    assert_eq!((after.level, after.read, after.contradicted), (Level::View, ANSWERED_YES, true));
    assert_eq!(after.write, access(Half::No, Basis::Spec, Reason::NothingToWrite));
    assert_eq!(part(&after, "sales_reports").documented, Half::Never);
}

#[test]
fn the_newest_answer_counts_and_of_two_at_once_the_refusal() {
    let value = |first, second| cell(Team, Role::Sales, &[first, second], Area::Sales).read.value;
    assert_eq!(value(seen("sales_reports", Refused, 1), seen("sales_reports", Allowed, 2)), Half::Yes);
    assert_eq!(value(seen("sales_reports", Allowed, 2), seen("sales_reports", Refused, 1)), Half::Yes);
    assert_eq!(value(seen("sales_reports", Refused, 3), seen("sales_reports", Allowed, 2)), Half::No);
    assert_eq!(value(seen("sales_reports", Refused, 2), seen("sales_reports", Allowed, 2)), Half::No);
    assert_eq!(value(seen("sales_reports", Allowed, 2), seen("sales_reports", Refused, 2)), Half::No);
}

#[test]
fn reading_that_was_answered_says_nothing_about_a_capability_that_only_writes() {
    let after = cell(Team, Role::Developer, &[seen("testflight_external", Allowed, 1)], Area::Builds);
    let external = part(&after, "testflight_external");
    assert_eq!((external.value, external.basis), (Half::No, Basis::Reported));
    assert!(!after.contradicted, "reading beta review details works for a Developer; changing them is refused");
}

#[test]
fn reports_have_nothing_to_write() {
    for (role, area) in [(Role::Sales, Area::Sales), (Role::Finance, Area::Finance), (Role::Developer, Area::Sales)] {
        let write = cell(Team, role, &[], area).write;
        assert_eq!(write, access(Half::No, Basis::Spec, Reason::NothingToWrite), "{role}");
        let any = asc_access::operations().iter().any(|one| one.area == area && one.method.writes());
        assert!(!any, "{area} has an operation that writes");
    }
}

#[test]
fn an_answer_tells_two_keys_of_the_same_role_apart() {
    let role = Subject::new(Team, &[Role::Sales]);
    let silent = compare(&[(role.clone(), vec![]), (role.clone(), vec![])]);
    assert!(silent.rows.iter().all(|row| row.difference == Difference::None));
    let told = compare(&[(role.clone(), vec![seen("sales_reports", Refused, 1)]), (role, vec![])]);
    let sales = told.rows.iter().find(|row| row.area == Area::Sales).unwrap();
    assert_eq!(sales.difference, Difference::Effect);
    assert_eq!(told.summary.unwrap().alone, [0, 1]);
}

#[test]
fn a_part_serializes_with_apples_answer() {
    let cell = cell(Team, Role::Sales, &[seen("sales_reports", Allowed, 1_700_000_000_000)], Area::Sales);
    let told = serde_json::to_value(&cell.parts[0]).unwrap();
    assert_eq!(told["observed"], serde_json::json!({ "outcome": "allowed", "at": 1_700_000_000_000_i64 }));
    assert_eq!(told["documented"], "yes");
    let mut fields: Vec<_> = told.as_object().unwrap().keys().cloned().collect();
    fields.sort_unstable();
    assert_eq!(fields, ["basis", "capability", "documented", "note", "observed", "sources", "value"]);
}

fn kind() -> impl Strategy<Value = KeyKind> {
    select(vec![Team, Individual])
}

fn roles(fewest: usize) -> impl Strategy<Value = Vec<Role>> {
    subsequence(Role::ALL.to_vec(), fewest..=Role::ALL.len())
}

fn evidence() -> impl Strategy<Value = Vec<Observation>> {
    let codes: Vec<&'static str> = catalogue().capabilities().map(|one| one.code).collect();
    let one = (select(codes), select(vec![Allowed, Refused]), 0..4_i64);
    prop::collection::vec(one.prop_map(|(capability, outcome, at)| seen(capability, outcome, at)), 0..12)
}

fn capability_value(code: &str, subject: &Subject, cells: &[Cell]) -> Half {
    let capability = catalogue().capability(code).unwrap();
    answer(&Question::Capability(capability), &asc_access::AppScope::Any, subject, cells).value
}

proptest! {
    #[test]
    fn answers_that_allow_never_turn_a_writing_half_into_yes(kind in kind(), roles in roles(0), mut evidence in evidence()) {
        evidence.iter_mut().for_each(|one| one.outcome = Allowed);
        let subject = Subject::new(kind, &roles);
        for (before, after) in evaluate(&subject, &[]).iter().zip(evaluate(&subject, &evidence)) {
            prop_assert_eq!(before.write.value.effect(), after.write.value.effect());
            prop_assert!(after.read.value.reach() >= before.read.value.reach());
            for (one, two) in before.parts.iter().zip(&after.parts) {
                let side = catalogue().capability(one.capability).unwrap().side;
                prop_assert!(side == Side::Read || two.value != Half::Yes || one.value == Half::Yes, "{}", one.capability);
            }
        }
    }

    #[test]
    fn answers_that_refuse_close_both_halves(kind in kind(), roles in roles(0), at in 0..Area::ALL.len()) {
        let area = Area::ALL[at];
        let reading = catalogue().of(area).filter(|one| one.weight == Weight::Decides && one.side.reads());
        let evidence: Vec<_> = reading.map(|one| seen(one.code, Refused, 1)).collect();
        let cell = cell_of(&Subject::new(kind, &roles), &evidence, area);
        for one in catalogue().of(area).filter(|one| one.weight == Weight::Decides) {
            prop_assert_eq!(part(&cell, one.code).value.effect(), Half::No, "{}", one.code);
        }
        // Crash reports are read with roles that need not read builds.
        prop_assert!(area == Area::Builds || cell.read.value.effect() == Half::No);
        prop_assert_eq!(cell.write.value.effect(), Half::No);
    }

    #[test]
    fn adding_a_role_never_removes_access_whatever_apple_answered(
        kind in kind(), roles in roles(1), added in select(Role::ALL.to_vec()), evidence in evidence(),
    ) {
        let few = Subject::new(kind, &roles);
        let more = Subject::new(kind, &[roles.as_slice(), &[added]].concat());
        for (before, after) in evaluate(&few, &evidence).iter().zip(evaluate(&more, &evidence)) {
            prop_assert!(after.read.value.reach() >= before.read.value.reach());
            prop_assert!(after.write.value.reach() >= before.write.value.reach());
            for (one, joined) in before.parts.iter().zip(&after.parts) {
                prop_assert!(joined.value.reach() >= one.value.reach(), "{}", one.capability);
            }
        }
    }

    #[test]
    fn without_evidence_only_the_catalogue_speaks(kind in kind(), roles in roles(0)) {
        let subject = Subject::new(kind, &roles);
        for cell in evaluate(&subject, &[]) {
            prop_assert!(!cell.contradicted);
            for half in [cell.read, cell.write] {
                prop_assert!(half.basis != Basis::Observed && half.reason != Reason::Answered);
            }
            for part in &cell.parts {
                prop_assert_eq!((part.value, part.observed), (part.documented, None));
                if let [role] = roles.as_slice() {
                    let finding = catalogue().capability(part.capability).unwrap().finding(kind, *role);
                    prop_assert_eq!((part.value, part.basis, part.note), (finding.value, finding.basis, finding.note));
                    prop_assert_eq!(part.sources.as_slice(), finding.sources);
                }
            }
        }
    }

    #[test]
    fn evidence_changes_no_other_area_and_its_order_changes_nothing(
        kind in kind(), roles in roles(0), evidence in evidence(),
    ) {
        let subject = Subject::new(kind, &roles);
        let all = evaluate(&subject, &evidence);
        let mut turned = evidence.clone();
        turned.reverse();
        prop_assert_eq!(&evaluate(&subject, &turned), &all);
        for (area, cell) in Area::ALL.iter().zip(&all) {
            let codes: Vec<_> = catalogue().of(*area).map(|one| one.code).collect();
            let own: Vec<_> = evidence.iter().filter(|one| codes.contains(&one.capability)).copied().collect();
            prop_assert_eq!(&cell_of(&subject, &own, *area), cell);
        }
    }

    #[test]
    fn a_contradiction_is_shown_exactly_where_an_answer_and_a_settled_value_differ(
        kind in kind(), roles in roles(0), evidence in evidence(),
    ) {
        let subject = Subject::new(kind, &roles);
        for cell in evaluate(&subject, &evidence) {
            let differs = cell.parts.iter().any(|part| match part.observed.map(|one| one.outcome) {
                Some(Refused) => part.documented.reaches(),
                Some(Allowed) => {
                    let reads = catalogue().capability(part.capability).unwrap().side.reads();
                    reads && matches!(part.documented, Half::No | Half::Never)
                }
                None => false,
            });
            prop_assert_eq!(cell.contradicted, differs);
        }
    }

    #[test]
    fn a_half_says_answered_exactly_if_nothing_but_answers_decided_it(
        kind in kind(), roles in roles(0), evidence in evidence(),
    ) {
        let subject = Subject::new(kind, &roles);
        let cells = evaluate(&subject, &evidence);
        for cell in &cells {
            for half in [cell.read, cell.write] {
                let answered = half.basis == Basis::Observed && half.value != Half::Never;
                prop_assert_eq!(half.reason == Reason::Answered, answered);
                prop_assert_eq!(half.value == Half::Never, half.reason == Reason::Kind);
                prop_assert_eq!(half.value == Half::Unknown, half.basis == Basis::Unknown);
                prop_assert_eq!(half.value == Half::Disputed, half.basis == Basis::Disputed);
            }
            for part in &cell.parts {
                prop_assert_eq!(capability_value(part.capability, &subject, &cells), part.value);
            }
        }
    }

    #[test]
    fn asking_for_an_area_gives_its_halves(kind in kind(), roles in roles(0), evidence in evidence(), at in 0..Area::ALL.len()) {
        let subject = Subject::new(kind, &roles);
        let cells = evaluate(&subject, &evidence);
        let cell = &cells[at];
        let ask = |half| {
            let question = Question::Area { area: Area::ALL[at], half };
            let told = answer(&question, &asc_access::AppScope::Any, &subject, &cells);
            (access(told.value, told.basis, told.reason), told.parts)
        };
        prop_assert_eq!(ask(AskedHalf::Read).0, cell.read);
        prop_assert_eq!(ask(AskedHalf::Write).0, cell.write);
        let any = ask(AskedHalf::Any).0;
        prop_assert_eq!(any.value.reach(), cell.read.value.reach().max(cell.write.value.reach()));
        prop_assert!(!ask(AskedHalf::Read).1.is_empty(), "an answer names what decided it");
    }
}
