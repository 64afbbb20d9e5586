//! Which roles Apple's answers fit: every rule of inference by name, and what must hold for every set of answers.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use asc_access::Outcome::{Allowed, Refused};
use asc_access::Role::{self, AccountHolder, Admin, AppManager, CustomerSupport, Developer, Finance, Marketing, Sales};
use asc_access::{Half, Observation, Outcome, RoleFit, catalogue, roles_that_fit, selectable_roles};
use asc_key::KeyKind::{self, Individual, Team};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// What Apple made of a capability.
type Answer = (&'static str, Outcome);

fn seen(answers: &[Answer]) -> Vec<Observation> {
    answers.iter().map(|(capability, outcome)| Observation { capability, outcome: *outcome, at: 1 }).collect()
}

fn fit(kind: KeyKind, recorded: &[Role], answers: &[Answer]) -> Option<RoleFit> {
    roles_that_fit(kind, recorded, &seen(answers))
}

fn roles(kind: KeyKind, recorded: &[Role], answers: &[Answer]) -> Vec<Role> {
    fit(kind, recorded, answers).map(|fit| fit.roles).unwrap_or_default()
}

const SALES: &str = "sales_reports";
const FINANCE: &str = "finance_reports";
const CERTIFICATES: &str = "provisioning_read";
const SUBMISSIONS: &str = "app_review";
const AVAILABILITY: &str = "pricing";
const BUILDS: &str = "builds_upload";
const ANALYTICS: &str = "analytics_read";

#[test]
fn every_rule_of_inference_leads_to_its_role() {
    let rules: [(&str, &[Answer], Role); 9] = [
        ("sales, finance and certificates", &[(SALES, Allowed), (FINANCE, Allowed), (CERTIFICATES, Allowed)], Admin),
        ("sales only", &[(SALES, Allowed), (FINANCE, Refused), (SUBMISSIONS, Refused)], Sales),
        ("reports but no certificates", &[(SALES, Allowed), (FINANCE, Allowed), (CERTIFICATES, Refused)], Finance),
        ("availability but no sales", &[(SALES, Refused), (AVAILABILITY, Allowed)], AppManager),
        ("builds only", &[(SALES, Refused), (AVAILABILITY, Refused), (BUILDS, Allowed)], Developer),
        ("analytics and certificates", &[(ANALYTICS, Allowed), (CERTIFICATES, Allowed)], Admin),
        ("analytics but no submissions", &[(ANALYTICS, Allowed), (SUBMISSIONS, Refused)], Sales),
        ("availability but no analytics", &[(ANALYTICS, Refused), (AVAILABILITY, Allowed)], AppManager),
        (
            "builds only, without a vendor number",
            &[(ANALYTICS, Refused), (AVAILABILITY, Refused), (BUILDS, Allowed)],
            Developer,
        ),
    ];
    for (rule, answers, role) in rules {
        for recorded in [Admin, AppManager, Developer, Finance, Sales, Marketing, CustomerSupport] {
            let told = roles(Team, &[recorded], answers);
            let silent = recorded == role || explains(recorded, answers);
            assert_eq!(told, if silent { vec![] } else { vec![role] }, "{rule}, recorded as {recorded}");
        }
    }
}

/// Whether a role contradicts no answer: then nothing is suggested, however well another would fit.
fn explains(role: Role, answers: &[Answer]) -> bool {
    answers.iter().all(|(code, outcome)| {
        let said = catalogue().capability(code).unwrap().finding(Team, role).value;
        match outcome {
            Allowed => said != Half::No || !catalogue().capability(code).unwrap().side.reads(),
            Refused => !said.reaches(),
        }
    })
}

#[test]
fn the_numbers_are_those_of_the_answers_that_tell_roles_apart() {
    let answers = [
        ("apps_read", Allowed),
        (CERTIFICATES, Refused),
        ("users_read", Allowed),
        (AVAILABILITY, Refused),
        (BUILDS, Allowed),
        ("xcode_cloud", Allowed),
        ("iap", Allowed),
        (ANALYTICS, Refused),
    ];
    let told = fit(Team, &[AppManager], &answers).unwrap();
    // Apps, users and Xcode Cloud are refused to nobody for certain. Developers and certificates are disputed.
    assert_eq!(told, RoleFit { roles: vec![Developer], agrees: 4, recorded_agrees: 3, of: 5 });
}

#[test]
fn nothing_is_suggested_while_the_recorded_roles_explain_every_answer() {
    assert_eq!(fit(Team, &[Developer], &[(BUILDS, Allowed), (SALES, Refused), (AVAILABILITY, Refused)]), None);
    assert_eq!(fit(Team, &[Admin], &[(BUILDS, Allowed), (AVAILABILITY, Allowed)]), None);
    assert_eq!(fit(Team, &[Admin], &[]), None);
    assert_eq!(fit(Team, &[Marketing, Developer], &[(BUILDS, Allowed), ("featuring", Allowed)]), None);
}

#[test]
fn what_is_disputed_or_unknown_proves_nothing() {
    // Sources disagree on an App Manager and certificates; nobody says what Marketing does in Xcode Cloud.
    assert_eq!(fit(Team, &[AppManager], &[(CERTIFICATES, Refused), (AVAILABILITY, Allowed)]), None);
    assert_eq!(fit(Team, &[Marketing], &[("xcode_cloud", Refused), ("xcode_cloud", Allowed)]), None);
}

#[test]
fn answers_a_developer_explains_never_make_an_admin() {
    let answers = [(BUILDS, Allowed), (CERTIFICATES, Allowed), ("users_read", Allowed), ("iap", Allowed)];
    for recorded in [Finance, Sales, CustomerSupport] {
        assert_eq!(roles(Team, &[recorded], &answers), [Developer], "{recorded}");
    }
}

#[test]
fn a_key_of_unknown_role_gets_at_most_two_to_choose_from() {
    assert_eq!(fit(Team, &[], &[]), None);
    assert_eq!(fit(Team, &[], &[(BUILDS, Allowed)]), None, "three roles upload");
    assert_eq!(roles(Team, &[], &[(BUILDS, Allowed), (AVAILABILITY, Refused)]), [Developer]);
    assert_eq!(roles(Team, &[], &[(AVAILABILITY, Allowed)]), [AppManager], "Admin explains it, too, and reaches more");
    assert_eq!(roles(Team, &[], &[(AVAILABILITY, Allowed), (ANALYTICS, Allowed)]), [Admin]);
}

#[test]
fn an_individual_key_is_never_given_what_only_a_team_key_has() {
    assert_eq!(roles(Individual, &[Developer], &[(AVAILABILITY, Allowed)]), [AppManager]);
    assert_eq!(roles(Individual, &[AppManager], &[(AVAILABILITY, Refused), (BUILDS, Allowed)]), [Developer]);
    // Sales and certificates are closed to the kind, and analytics are nowhere mentioned: none of them tells a role.
    let closed = [(SALES, Refused), (CERTIFICATES, Refused), (ANALYTICS, Allowed)];
    assert_eq!(fit(Individual, &[Developer], &closed), None);
    assert_eq!(fit(Individual, &[], &closed), None);
    // Reviews answered and builds: no single role the owner might have instead explains both without the other.
    let both = [("reviews_read", Refused), (BUILDS, Allowed)];
    assert_eq!(fit(Individual, &[Marketing, CustomerSupport], &both), None);
}

#[test]
fn the_newest_answer_counts() {
    let at = |outcome, at| Observation { capability: AVAILABILITY, outcome, at };
    let told = |first, second| roles_that_fit(Team, &[Developer], &[first, second]).map(|fit| fit.roles);
    assert_eq!(told(at(Refused, 1), at(Allowed, 2)), Some(vec![AppManager]));
    assert_eq!(told(at(Allowed, 1), at(Refused, 2)), None);
}

fn possible(kind: KeyKind) -> Vec<Role> {
    selectable_roles(kind).iter().filter(|one| one.finding.value != Half::No).map(|one| one.role).collect()
}

fn kind() -> impl Strategy<Value = KeyKind> {
    select(vec![Team, Individual])
}

/// Answers a key of this role would get, as far as the catalogue is certain; the rest by chance.
fn answers(kind: KeyKind, role: Role, chance: &[bool]) -> Vec<Observation> {
    let outcome = |value, chance| match value {
        Half::Yes | Half::Part => Allowed,
        Half::No | Half::Never => Refused,
        Half::Unknown | Half::Disputed => {
            if chance {
                Allowed
            } else {
                Refused
            }
        }
    };
    let told = |(capability, chance): (&asc_access::Capability, &bool)| Observation {
        capability: capability.code,
        outcome: outcome(capability.finding(kind, role).value, *chance),
        at: 1,
    };
    catalogue().capabilities().zip(chance).map(|(capability, chance)| told((capability, chance))).collect()
}

fn chances() -> impl Strategy<Value = Vec<bool>> {
    prop::collection::vec(any::<bool>(), catalogue().capabilities().count())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn one_more_answer_that_agrees_never_takes_a_right_suggestion_away(
        kind in kind(),
        truth in any::<prop::sample::Index>(),
        recorded in subsequence(Role::ALL.to_vec(), 0..=2),
        chance in chances(),
        known in subsequence((0..catalogue().capabilities().count()).collect::<Vec<_>>(), 1..14),
    ) {
        let possible = possible(kind);
        let truth = *truth.get(&possible);
        let all = answers(kind, truth, &chance);
        let known: Vec<Observation> = known.iter().map(|at| all[*at]).collect();
        let (last, rest) = known.split_last().unwrap();
        let before = roles_that_fit(kind, &recorded, rest);
        let agrees = catalogue().capability(last.capability).unwrap().finding(kind, truth).value.is_settled();
        if agrees && before.is_some_and(|fit| fit.roles.contains(&truth)) {
            let after = roles_that_fit(kind, &recorded, &known);
            prop_assert!(after.is_some_and(|fit| fit.roles.contains(&truth)), "{} {:?}", truth, known);
        }
    }

    #[test]
    fn a_suggestion_is_possible_better_and_small(
        kind in kind(),
        recorded in subsequence(Role::ALL.to_vec(), 0..=3),
        evidence in prop::collection::vec(
            (select(catalogue().capabilities().map(|one| one.code).collect::<Vec<_>>()), any::<bool>(), 0..3_i64),
            0..14,
        ),
    ) {
        let evidence: Vec<Observation> = evidence
            .into_iter()
            .map(|(capability, allowed, at)| Observation { capability, outcome: if allowed { Allowed } else { Refused }, at })
            .collect();
        let told = roles_that_fit(kind, &recorded, &evidence);
        let mut turned = evidence.clone();
        turned.reverse();
        turned.extend(&evidence);
        prop_assert_eq!(&roles_that_fit(kind, &recorded, &turned), &told, "order and saying a thing twice change nothing");
        if let Some(fit) = told {
            let most = if recorded.is_empty() { 2 } else { 4 };
            prop_assert!((1..=most).contains(&fit.roles.len()));
            prop_assert!(fit.agrees > fit.recorded_agrees && fit.agrees <= fit.of);
            prop_assert!(fit.roles.iter().all(|role| possible(kind).contains(role) && recorded != [*role]));
            prop_assert!(kind == Individual || !fit.roles.contains(&AccountHolder));
        }
    }
}
