//! Which key can do this? For areas, capabilities and operations, with and without an app in mind.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use asc_access::{
    AppReach, AppScope, Area, AskedHalf, Basis, Half, Method, Observation, Outcome, Question, Reason, Role, Subject,
    VisibleApps, catalogue, evaluate, operation, operations, who_can,
};
use asc_key::KeyKind::{self, Individual, Team};

use Method::{Delete, Get, Patch, Post};

fn subjects() -> Vec<Subject> {
    let of = |kind| Role::ALL.iter().map(move |role| Subject::new(kind, &[*role])).chain([Subject::new(kind, &[])]);
    of(Team).chain(of(Individual)).collect()
}

fn calls(kind: KeyKind, role: Role, method: Method, path: &str) -> (Half, Basis) {
    let found = operation(method, path).unwrap_or_else(|| panic!("no operation {method} {path}"));
    let answer = who_can(&Question::Operation(found), &AppScope::Any, &Subject::new(kind, &[role]), &[]);
    (answer.value, answer.basis)
}

#[test]
fn an_area_is_answered_by_the_halves_of_its_cell() {
    for subject in subjects() {
        for (area, cell) in Area::ALL.iter().zip(evaluate(&subject, &[])) {
            let ask = |half| who_can(&Question::Area { area: *area, half }, &AppScope::Any, &subject, &[]);
            let read = ask(AskedHalf::Read);
            assert_eq!((read.value, read.basis, read.reason), (cell.read.value, cell.read.basis, cell.read.reason));
            let write = ask(AskedHalf::Write);
            assert_eq!(
                (write.value, write.basis, write.reason),
                (cell.write.value, cell.write.basis, cell.write.reason)
            );
            let any = ask(AskedHalf::Any);
            assert!(any.value == read.value || any.value == write.value);
            assert_eq!(any.value.reach(), read.value.reach().max(write.value.reach()), "{subject:?} {area}");
        }
    }
}

#[test]
fn an_answer_names_the_capabilities_that_decided() {
    let ask = |kind, role, area, half| {
        let answer = who_can(&Question::Area { area, half }, &AppScope::Any, &Subject::new(kind, &[role]), &[]);
        answer.parts.iter().map(|part| part.capability).collect::<Vec<_>>()
    };
    assert_eq!(ask(Team, Role::Sales, Area::Sales, AskedHalf::Read), ["sales_reports"]);
    assert_eq!(ask(Team, Role::Sales, Area::Sales, AskedHalf::Write), Vec::<&str>::new(), "nothing to write");
    assert_eq!(
        ask(Team, Role::Developer, Area::Apps, AskedHalf::Write),
        ["metadata_write", "app_review", "featuring", "game_center"],
        "Game Center is what lifts a Developer’s closed half"
    );
    assert_eq!(
        ask(Team, Role::Finance, Area::Apps, AskedHalf::Write),
        ["metadata_write", "app_review", "featuring"],
        "details that change nothing are left out"
    );
}

#[test]
fn a_capability_is_answered_as_the_catalogue_has_it() {
    for subject in subjects() {
        let Some(role) = subject.roles.first() else { continue };
        for capability in catalogue().capabilities() {
            let finding = capability.finding(subject.kind, *role);
            let answer = who_can(&Question::Capability(capability), &AppScope::Any, &subject, &[]);
            assert_eq!((answer.value, answer.basis), (finding.value, finding.basis), "{subject:?} {}", capability.code);
            let parts: Vec<_> = answer.parts.iter().map(|part| part.capability).collect();
            assert_eq!(parts, [capability.code]);
        }
    }
}

#[test]
fn operations_people_ask_about() {
    use Half::{Disputed, Never, No, Part, Unknown, Yes};
    let table = [
        (Team, Role::Developer, Post, "/v1/buildUploads", Yes, Basis::Documented),
        (Team, Role::Developer, Patch, "/v1/betaBuildLocalizations/{id}", No, Basis::Reported),
        (Team, Role::Developer, Get, "/v1/betaGroups", Yes, Basis::Documented),
        (Team, Role::Developer, Post, "/v1/appStoreVersions", No, Basis::Reported),
        (Team, Role::Developer, Patch, "/v2/inAppPurchases/{id}", Part, Basis::Derived),
        (Team, Role::Developer, Post, "/v1/inAppPurchasePriceSchedules", No, Basis::Derived),
        (Team, Role::Developer, Post, "/v1/ciBuildRuns", Yes, Basis::Reported),
        (Team, Role::AppManager, Post, "/v1/reviewSubmissions", Yes, Basis::Derived),
        (Team, Role::AppManager, Post, "/v1/customerReviewResponses", Disputed, Basis::Disputed),
        (Team, Role::AppManager, Get, "/v1/certificates", Disputed, Basis::Disputed),
        (Team, Role::AppManager, Get, "/v1/salesReports", No, Basis::Reported),
        (Team, Role::Sales, Get, "/v1/salesReports", Yes, Basis::Documented),
        (Team, Role::Sales, Get, "/v1/financeReports", No, Basis::Documented),
        (Team, Role::Sales, Post, "/v1/analyticsReportRequests", No, Basis::Documented),
        (Team, Role::Admin, Post, "/v1/analyticsReportRequests", Yes, Basis::Documented),
        (Team, Role::Admin, Delete, "/v1/users/{id}", Yes, Basis::Documented),
        (Team, Role::Admin, Post, "/v1/webhooks", Unknown, Basis::Unknown),
        (Individual, Role::Admin, Post, "/v1/certificates", Never, Basis::Documented),
        (Individual, Role::Admin, Get, "/v1/salesReports", Never, Basis::Documented),
        (Individual, Role::Admin, Get, "/v1/analyticsReports/{id}", Unknown, Basis::Unknown),
        (Individual, Role::Marketing, Patch, "/v1/appInfoLocalizations/{id}", Yes, Basis::Derived),
        (Individual, Role::CustomerSupport, Post, "/v1/customerReviewResponses", Yes, Basis::Derived),
    ];
    for (kind, role, method, path, value, basis) in table {
        assert_eq!(calls(kind, role, method, path), (value, basis), "{kind} {role} {method} {path}");
    }
}

#[test]
fn what_depends_on_the_record_is_answered_in_part() {
    let groups = operation(Post, "/v1/betaGroups").unwrap();
    let seen = [Observation { capability: "testflight_internal", outcome: Outcome::Refused, at: 1 }];
    let admin = Subject::new(Team, &[Role::Admin]);
    let answer = who_can(&Question::Operation(groups), &AppScope::Any, &admin, &seen);
    assert_eq!((answer.value, answer.reason), (Half::Part, Reason::Role));
    assert_eq!(answer.parts.len(), 2);
}

#[test]
fn reading_that_apple_answered_holds_for_operations_that_read() {
    let sales = Subject::new(Team, &[Role::Sales]);
    let seen = [Observation { capability: "xcode_cloud", outcome: Outcome::Allowed, at: 1 }];
    let ask = |method, path| {
        let answer = who_can(&Question::Operation(operation(method, path).unwrap()), &AppScope::Any, &sales, &seen);
        (answer.value, answer.reason)
    };
    assert_eq!(ask(Get, "/v1/ciProducts"), (Half::Yes, Reason::Answered));
    assert_eq!(ask(Post, "/v1/ciBuildRuns"), (Half::Unknown, Reason::NoSource));
}

#[test]
fn no_operation_is_answered_with_more_than_its_area_allows() {
    for subject in subjects() {
        let cells = evaluate(&subject, &[]);
        for one in operations() {
            let answer = asc_access::answer(&Question::Operation(one), &AppScope::Any, &subject, &cells);
            assert!(!answer.parts.is_empty(), "{} {}", one.method, one.path);
            assert!(answer.value == Half::Unknown || answer.parts.iter().any(|part| !part.sources.is_empty()));
            let cell = Area::ALL.iter().zip(&cells).find(|(area, _)| **area == one.area).map(|(_, cell)| cell).unwrap();
            if answer.value.reaches() {
                let reaches = cell.read.value.reaches() || cell.write.value.reaches();
                assert!(reaches, "{subject:?} {} {}", one.method, one.path);
            }
            if cell.read.value == Half::Never && cell.write.value == Half::Never {
                assert_eq!((answer.value, answer.reason), (Half::Never, Reason::Kind), "{} {}", one.method, one.path);
            }
        }
    }
}

fn apps(ids: &[&str]) -> VisibleApps {
    VisibleApps::Some(ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>())
}

#[test]
fn a_team_key_covers_every_app_and_an_individual_key_what_its_owner_sees() {
    let one = AppScope::One("1".to_owned());
    let owner = |role, apps| Subject { apps, ..Subject::new(Individual, &[role]) };
    let table = [
        (Subject::new(Team, &[Role::Marketing]), Half::Yes, Half::Yes),
        (Subject { apps: apps(&[]), ..Subject::new(Team, &[]) }, Half::Yes, Half::Yes),
        (owner(Role::Admin, VisibleApps::Unknown), Half::Yes, Half::Yes),
        (owner(Role::Finance, VisibleApps::Unknown), Half::Yes, Half::Yes),
        (owner(Role::Marketing, VisibleApps::Unknown), Half::Unknown, Half::Unknown),
        (owner(Role::Marketing, VisibleApps::All), Half::Yes, Half::Yes),
        (owner(Role::Marketing, apps(&["1"])), Half::Yes, Half::No),
        (owner(Role::Marketing, apps(&["2"])), Half::No, Half::No),
        (owner(Role::Admin, apps(&["2"])), Half::No, Half::No),
        (Subject::new(Individual, &[]), Half::Unknown, Half::Unknown),
    ];
    for (subject, of_one, of_every) in table {
        assert_eq!(subject.covers(&AppScope::Any), Half::Yes, "{subject:?}");
        assert_eq!(subject.covers(&one), of_one, "{subject:?}");
        assert_eq!(subject.covers(&AppScope::Every), of_every, "{subject:?}");
    }
    assert_eq!(Subject::new(Individual, &[Role::Finance]).app_reach(), AppReach::AllByRole);
}

#[test]
fn a_question_about_an_app_takes_away_and_never_adds() {
    let scopes = [AppScope::Every, AppScope::One("1".to_owned())];
    let seen = [VisibleApps::Unknown, VisibleApps::All, apps(&["1"]), apps(&["2"])];
    for subject in
        subjects().iter().flat_map(|one| seen.iter().map(|apps| Subject { apps: apps.clone(), ..one.clone() }))
    {
        for (scope, area) in scopes.iter().flat_map(|scope| Area::ALL.iter().map(move |area| (scope, *area))) {
            let question = Question::Area { area, half: AskedHalf::Read };
            let (any, told) =
                (who_can(&question, &AppScope::Any, &subject, &[]), who_can(&question, scope, &subject, &[]));
            assert!(told.value.reach() <= any.value.reach(), "{subject:?} {area}");
            let changed = told.value != any.value;
            assert_eq!(
                changed,
                matches!(told.reason, Reason::AppsUnknown | Reason::AppNotVisible),
                "{subject:?} {area}"
            );
            assert!(!changed || (subject.kind == Individual && area.is_per_app()), "{subject:?} {area}");
        }
    }
}

#[test]
fn an_unseen_app_is_a_no_and_unknown_apps_are_no_promise() {
    let question = Question::Area { area: Area::Apps, half: AskedHalf::Write };
    let marketing = |apps| Subject { apps, ..Subject::new(Individual, &[Role::Marketing]) };
    let ask = |subject: &Subject| {
        let answer = who_can(&question, &AppScope::One("1".to_owned()), subject, &[]);
        (answer.value, answer.basis, answer.reason)
    };
    assert_eq!(ask(&marketing(VisibleApps::Unknown)), (Half::Unknown, Basis::Unknown, Reason::AppsUnknown));
    assert_eq!(ask(&marketing(apps(&["2"]))), (Half::No, Basis::Observed, Reason::AppNotVisible));
    assert_eq!(ask(&marketing(apps(&["1"]))), (Half::Part, Basis::Derived, Reason::Role));
}
