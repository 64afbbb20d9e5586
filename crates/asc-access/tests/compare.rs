//! Keys side by side: what differs, for what reason, and who stands alone.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use asc_access::{
    Area, Comparison, Difference, Half, LedgerRow, LedgerSummary, Observation, Outcome, Role, Subject, catalogue,
    evaluate,
};
use asc_key::KeyKind::{Individual, Team};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use Area::{Apps, Pricing, Reviews, Sales, XcodeCloud};

type Key = (Subject, Vec<Observation>);

fn compare(columns: &[Subject]) -> Comparison {
    let columns: Vec<_> = columns.iter().map(|one| (one.clone(), Vec::new())).collect();
    asc_access::compare(&columns)
}

fn row(rows: &[LedgerRow], area: Area) -> &LedgerRow {
    rows.iter().find(|row| row.area == area).unwrap()
}

#[test]
fn no_access_and_never_have_the_same_effect_for_another_reason() {
    let comparison = compare(&[Subject::new(Team, &[Role::AppManager]), Subject::new(Individual, &[Role::Developer])]);
    assert_eq!(row(&comparison.rows, Sales).difference, Difference::Reason);
    assert_eq!(row(&comparison.rows, Pricing).difference, Difference::Effect);
    assert_eq!(row(&comparison.rows, Reviews).difference, Difference::Unsettled);
    assert_eq!(row(&comparison.rows, XcodeCloud).difference, Difference::None);
    let summary = LedgerSummary { alone: vec![3, 0], same: 3, differ: 0, unsettled: 5 };
    assert_eq!(comparison.summary, Some(summary));
}

#[test]
fn each_may_do_something_the_other_cannot_in_one_area() {
    let comparison = compare(&[Subject::new(Team, &[Role::Sales]), Subject::new(Team, &[Role::CustomerSupport])]);
    let summary = comparison.summary.unwrap();
    assert!(summary.alone.iter().all(|areas| *areas > 0), "{summary:?}");
}

#[test]
fn a_key_does_not_differ_from_itself_even_where_nobody_knows() {
    for role in Role::ALL {
        let comparison = compare(&[Subject::new(Individual, &[*role]), Subject::new(Individual, &[*role])]);
        assert!(comparison.rows.iter().all(|row| row.difference == Difference::None), "{role}");
        assert_eq!(comparison.summary.unwrap().same, 11);
    }
}

#[test]
fn two_keys_of_unknown_role_are_not_called_the_same() {
    let comparison = compare(&[Subject::new(Team, &[]), Subject::new(Team, &[])]);
    assert_eq!(row(&comparison.rows, Apps).difference, Difference::Unsettled);
}

#[test]
fn two_columns_or_more_have_a_summary() {
    let columns =
        [Subject::new(Team, &[Role::Admin]), Subject::new(Team, &[Role::Sales]), Subject::new(Individual, &[])];
    assert!(compare(&columns[..1]).summary.is_none());
    assert!(compare(&columns[..2]).summary.is_some());
    let three = compare(&columns);
    assert_eq!(three.summary.as_ref().map(|summary| summary.alone.len()), Some(3));
    assert!(three.rows.iter().all(|row| row.cells.len() == 3));
    assert_eq!(row(&three.rows, Sales).difference, Difference::Effect);
}

#[test]
fn with_three_columns_standing_alone_is_more_than_differing() {
    let admin = || Subject::new(Team, &[Role::Admin]);
    let comparison = compare(&[admin(), admin(), Subject::new(Team, &[Role::Sales])]);
    let summary = comparison.summary.unwrap();
    assert_eq!(summary.alone, [0, 0, 0], "what one Admin can, the other can");
    assert!(summary.differ > 0);
}

fn subject() -> impl Strategy<Value = Subject> {
    let roles = subsequence(Role::ALL.to_vec(), 0..=3);
    (select(vec![Team, Individual]), roles).prop_map(|(kind, roles)| Subject::new(kind, &roles))
}

fn column() -> impl Strategy<Value = Key> {
    let codes: Vec<&'static str> = catalogue().capabilities().map(|one| one.code).collect();
    let outcome = select(vec![Outcome::Allowed, Outcome::Refused]);
    let one = (select(codes), outcome, 0..3_i64);
    let one = one.prop_map(|(capability, outcome, at)| Observation { capability, outcome, at });
    (subject(), prop::collection::vec(one, 0..6))
}

proptest! {
    #[test]
    fn the_order_of_columns_changes_only_the_order_of_the_answers(columns in prop::collection::vec(column(), 2..=4)) {
        let there = asc_access::compare(&columns);
        let turned: Vec<Key> = columns.iter().rev().cloned().collect();
        let back = asc_access::compare(&turned);
        for (one, other) in there.rows.iter().zip(&back.rows) {
            prop_assert_eq!(one.difference, other.difference);
            prop_assert_eq!(one.cells.iter().rev().collect::<Vec<_>>(), other.cells.iter().collect::<Vec<_>>());
        }
        let (there, back) = (there.summary.unwrap(), back.summary.unwrap());
        prop_assert_eq!(there.alone.into_iter().rev().collect::<Vec<_>>(), back.alone);
        prop_assert_eq!((there.same, there.differ, there.unsettled), (back.same, back.differ, back.unsettled));
    }

    #[test]
    fn every_row_counts_once(columns in prop::collection::vec(column(), 2..=4)) {
        let comparison = asc_access::compare(&columns);
        let summary = comparison.summary.unwrap();
        let rows = |wanted: &[Difference]| comparison.rows.iter().filter(|row| wanted.contains(&row.difference)).count();
        prop_assert_eq!(summary.same, rows(&[Difference::None, Difference::Reason]));
        prop_assert_eq!(summary.unsettled, rows(&[Difference::Unsettled]));
        prop_assert_eq!(summary.alone.len(), columns.len());
        // Counted anew from the cells: areas where some column goes further than every other, all of it settled.
        let mut alone = vec![0; columns.len()];
        let mut somebody = 0;
        for row in &comparison.rows {
            let value = |column: usize, at: usize| row.cells[column].parts[at].value;
            let stands = |column: usize| (0..row.cells[0].parts.len()).any(|at| {
                let here = value(column, at);
                here.reaches() && (0..columns.len()).filter(|other| *other != column).all(|other| {
                    let there = value(other, at);
                    there == Half::No || there == Half::Never || (there == Half::Part && here == Half::Yes)
                })
            });
            let standing: Vec<usize> = (0..columns.len()).filter(|column| stands(*column)).collect();
            standing.iter().for_each(|column| alone[*column] += 1);
            somebody += usize::from(!standing.is_empty());
            prop_assert!(standing.is_empty() || row.difference == Difference::Effect);
        }
        prop_assert_eq!(&summary.alone, &alone);
        prop_assert_eq!(summary.differ, rows(&[Difference::Effect]) - somebody);
        prop_assert!(columns.len() > 2 || summary.differ == 0, "of two, one goes further");
    }

    #[test]
    fn a_column_beside_itself_stands_nowhere_alone(column in column()) {
        let comparison = asc_access::compare(&[column.clone(), column.clone()]);
        prop_assert_eq!(&comparison.summary.unwrap().alone, &[0, 0]);
        prop_assert!(comparison.rows.iter().all(|row| row.difference != Difference::Effect));
        let alone = asc_access::compare(std::slice::from_ref(&column));
        prop_assert!(alone.summary.is_none());
        let cells: Vec<_> = alone.rows.into_iter().flat_map(|row| row.cells).collect();
        prop_assert_eq!(cells, evaluate(&column.0, &column.1));
    }
}
