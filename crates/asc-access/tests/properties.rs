//! What must hold for every kind, every set of roles, every pair of keys.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use asc_access::{Area, Basis, Cell, Half, LABELS, Level, Role, Subject, Zone};
use asc_key::KeyKind;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn kind() -> impl Strategy<Value = KeyKind> {
    select(vec![KeyKind::Team, KeyKind::Individual])
}

fn roles() -> impl Strategy<Value = Vec<Role>> {
    subsequence(Role::ALL.to_vec(), 0..=Role::ALL.len()).prop_shuffle()
}

fn known_roles() -> impl Strategy<Value = Vec<Role>> {
    subsequence(Role::ALL.to_vec(), 1..=Role::ALL.len()).prop_shuffle()
}

fn evaluate(kind: KeyKind, roles: &[Role]) -> Vec<Cell> {
    asc_access::evaluate(&Subject::new(kind, roles), &[])
}

proptest! {
    #[test]
    fn every_answer_is_whole(kind in kind(), roles in roles()) {
        let cells = evaluate(kind, &roles);
        prop_assert_eq!(cells.len(), Area::ALL.len());
        for cell in cells {
            prop_assert!(!cell.parts.is_empty());
            prop_assert!(cell.label.is_none_or(|label| LABELS.contains(&label)));
            for part in &cell.parts {
                prop_assert!(part.value == Half::Unknown || !part.sources.is_empty(), "{} has no source", part.capability);
                prop_assert_eq!(part.value == Half::Unknown, part.basis == Basis::Unknown);
            }
        }
    }

    #[test]
    fn adding_a_role_never_removes_access(kind in kind(), roles in known_roles(), added in select(Role::ALL.to_vec())) {
        let mut more = roles.clone();
        more.push(added);
        for (before, after) in evaluate(kind, &roles).iter().zip(evaluate(kind, &more)) {
            prop_assert!(after.read.value.reach() >= before.read.value.reach());
            prop_assert!(after.write.value.reach() >= before.write.value.reach());
            for (one, joined) in before.parts.iter().zip(&after.parts) {
                prop_assert!(joined.value.reach() >= one.value.reach(), "{}", one.capability);
            }
        }
    }

    #[test]
    fn the_order_of_roles_and_saying_one_twice_change_no_value(kind in kind(), roles in known_roles()) {
        let mut other = roles.clone();
        other.reverse();
        other.extend(&roles);
        for (one, two) in evaluate(kind, &roles).iter().zip(evaluate(kind, &other)) {
            prop_assert_eq!((one.level, one.read, one.write, one.basis), (two.level, two.read, two.write, two.basis));
        }
    }

    #[test]
    fn admin_never_reaches_less_where_the_catalogue_is_certain(kind in kind(), role in select(Role::ALL.to_vec())) {
        for (admin, other) in evaluate(kind, &[Role::Admin]).iter().zip(evaluate(kind, &[role])) {
            for (high, low) in admin.parts.iter().zip(&other.parts) {
                if high.value.is_settled() && low.value.is_settled() {
                    prop_assert!(high.value.reach() >= low.value.reach(), "{} {role}", high.capability);
                }
            }
        }
    }

    #[test]
    fn an_individual_key_never_reaches_a_closed_area_nor_more_than_a_team_key(roles in roles()) {
        let team = evaluate(KeyKind::Team, &roles);
        let individual = evaluate(KeyKind::Individual, &roles);
        for ((area, team), individual) in Area::ALL.iter().zip(&team).zip(&individual) {
            if area.zone() == Zone::TeamOnly {
                prop_assert!(matches!(individual.level, Level::Never | Level::Disputed), "{area}");
            }
            for (one, other) in team.parts.iter().zip(&individual.parts) {
                let known = matches!(other.value, Half::Yes | Half::Part);
                prop_assert!(!known || one.value == other.value, "{}", one.capability);
            }
        }
    }

    #[test]
    fn an_unknown_role_claims_only_what_every_possible_role_has(kind in kind(), at in 0..Area::ALL.len()) {
        let unknown = &evaluate(kind, &[])[at];
        let possible = asc_access::selectable_roles(kind).iter().filter(|one| one.finding.value != Half::No);
        for role in possible.map(|one| one.role) {
            let known = &evaluate(kind, &[role])[at];
            for (guess, sure) in unknown.parts.iter().zip(&known.parts) {
                prop_assert!(guess.value == Half::Unknown || guess.value == sure.value, "{}", guess.capability);
            }
        }
    }
}
