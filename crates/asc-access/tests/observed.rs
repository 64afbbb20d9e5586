//! The layer of nothing but Apple's answers.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use asc_access::Outcome::{Allowed, Refused};
use asc_access::{
    Access, Area, Basis, Cell, Difference, Half, Level, Observation, Outcome, Reason, Role, Subject, catalogue,
    compare_cells, evaluate, observed_only,
};
use asc_key::KeyKind::{self, Individual, Team};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn seen(capability: &'static str, outcome: Outcome) -> Observation {
    Observation { capability, outcome, at: 1 }
}

fn observed(kind: KeyKind, roles: &[Role], evidence: &[Observation]) -> Vec<Cell> {
    observed_only(&evaluate(&Subject::new(kind, roles), evidence))
}

fn cell(kind: KeyKind, role: Role, evidence: &[Observation], area: Area) -> Cell {
    let at = Area::ALL.iter().position(|one| *one == area).unwrap();
    observed(kind, &[role], evidence).swap_remove(at)
}

const UNASKED: Access = Access { value: Half::Unknown, basis: Basis::Unknown, reason: Reason::NotAsked };

const fn answered(value: Half) -> Access {
    Access { value, basis: Basis::Observed, reason: Reason::Answered }
}

#[test]
fn before_anybody_asked_nothing_is_said() {
    for kind in [Team, Individual] {
        for cell in observed(kind, &[Role::Admin], &[]) {
            assert_eq!(
                (cell.level, cell.read, cell.write, cell.basis),
                (Level::Unclear, UNASKED, UNASKED, Basis::Unknown)
            );
            assert!(cell.parts.iter().all(|part| part.sources.is_empty() && part.note.is_none()));
        }
    }
}

#[test]
fn an_answer_that_allows_is_reading_and_leaves_writing_open() {
    let builds = cell(Team, Role::Admin, &[seen("builds_upload", Allowed)], Area::Builds);
    assert_eq!((builds.level, builds.read, builds.write), (Level::View, answered(Half::Yes), UNASKED));
    assert_eq!(builds.label, Some("view_write_open"));
    let sales = cell(Team, Role::Sales, &[seen("sales_reports", Allowed)], Area::Sales);
    assert_eq!((sales.level, sales.label), (Level::View, Some("download")));
    assert_eq!(sales.write.reason, Reason::NothingToWrite);
}

#[test]
fn a_refusal_closes_an_area_whatever_is_documented() {
    for role in [Role::CustomerSupport, Role::Developer] {
        let reviews = cell(Team, role, &[seen("reviews_read", Refused)], Area::Reviews);
        assert_eq!((reviews.level, reviews.read, reviews.write), (Level::None, answered(Half::No), answered(Half::No)));
    }
    let sales = cell(Team, Role::Developer, &[seen("sales_reports", Refused)], Area::Sales);
    assert_eq!((sales.level, sales.read), (Level::None, answered(Half::No)));
}

#[test]
fn where_reading_is_made_of_two_things_one_answer_says_only_its_own() {
    let one = cell(Team, Role::Admin, &[seen("pricing", Allowed)], Area::Pricing);
    assert_eq!((one.level, one.read.value), (Level::Limited, Half::Part));
    let parts: Vec<_> = one.parts.iter().map(|part| (part.capability, part.value)).collect();
    assert_eq!(parts, [("pricing", Half::Part), ("iap", Half::Unknown)]);
    let refused = cell(Team, Role::Admin, &[seen("pricing", Refused)], Area::Pricing);
    assert_eq!(refused.level, Level::Unclear, "in-app purchases were not asked about");
}

#[test]
fn what_is_closed_to_the_kind_is_not_blamed_on_the_role() {
    let evidence = [seen("provisioning_read", Refused)];
    let provisioning = cell(Individual, Role::Admin, &evidence, Area::Provisioning);
    assert_eq!((provisioning.level, provisioning.basis), (Level::Never, Basis::Observed));
    assert_eq!(provisioning.read, Access { reason: Reason::Kind, ..answered(Half::Never) });
    assert!(!provisioning.contradicted);
}

#[test]
fn a_contradiction_is_told_in_this_layer_too() {
    let cells = cell(Team, Role::Admin, &[seen("xcode_cloud", Refused)], Area::XcodeCloud);
    assert!(cells.contradicted);
    assert_eq!(cells.parts[0].documented, Half::Yes, "what it contradicts stays beside it");
}

#[test]
fn keys_side_by_side_differ_only_where_both_were_asked() {
    let subject = Subject::new(Team, &[Role::Admin]);
    let column = |evidence: &[Observation]| (subject.clone(), observed_only(&evaluate(&subject, evidence)));
    let columns = [column(&[seen("sales_reports", Allowed)]), column(&[seen("sales_reports", Refused)])];
    let told = compare_cells(&columns);
    let difference = |area| told.rows.iter().find(|row| row.area == area).unwrap().difference;
    assert_eq!((difference(Area::Sales), difference(Area::Finance)), (Difference::Effect, Difference::None));
}

fn evidence() -> impl Strategy<Value = Vec<Observation>> {
    let codes: Vec<&'static str> = catalogue().capabilities().map(|one| one.code).collect();
    let one = (select(codes), select(vec![Allowed, Refused]));
    prop::collection::vec(one.prop_map(|(capability, outcome)| seen(capability, outcome)), 0..12)
}

proptest! {
    #[test]
    fn roles_change_nothing_that_is_observed(
        kind in select(vec![Team, Individual]),
        roles in subsequence(Role::ALL.to_vec(), 0..=3),
        evidence in evidence(),
    ) {
        let one = observed(kind, &roles, &evidence);
        for (one, other) in one.iter().zip(observed(kind, &[Role::Admin], &evidence)) {
            prop_assert_eq!((one.level, one.read, one.write, one.basis), (other.level, other.read, other.write, other.basis));
        }
        prop_assert_eq!(observed_only(&one), one, "twice is once");
    }

    #[test]
    fn everything_said_was_answered(
        kind in select(vec![Team, Individual]),
        roles in subsequence(Role::ALL.to_vec(), 0..=3),
        evidence in evidence(),
    ) {
        for cell in observed(kind, &roles, &evidence) {
            for half in [cell.read, cell.write] {
                let said = half.basis == Basis::Observed || half == UNASKED || half.reason == Reason::NothingToWrite;
                prop_assert!(said, "{:?}", half);
            }
            prop_assert_ne!(cell.write.value, Half::Yes, "writing is never tested");
            for part in &cell.parts {
                prop_assert!(part.observed.is_some() || part.value == Half::Unknown, "{}", part.capability);
            }
        }
    }
}
