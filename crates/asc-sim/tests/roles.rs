//! What each role is answered, held against the published expectations row by row.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use asc_access::{Half, Method, Role, catalogue, operation, operations};
use asc_key::KeyKind;
use asc_sim::{BUILT_IN_RULINGS, Reason, Ruling, Visible};
use support::{ADMIN, FOREIGN, Ground, HIDDEN, ISSUER, OWN, SHOWN, code};

use Role::{AccountHolder, Admin, AppManager, CustomerSupport, Developer, Finance, Marketing, Sales};

const EVERYBODY: [Role; 7] = [Admin, AppManager, Developer, Marketing, Sales, CustomerSupport, Finance];
const SALES_REPORT: &str = "/v1/salesReports?filter[frequency]=DAILY&filter[reportType]=SALES\
    &filter[reportSubType]=SUMMARY&filter[vendorNumber]=85012345&filter[reportDate]=2026-11-20";
const FINANCE_REPORT: &str = "/v1/financeReports?filter[vendorNumber]=85012345&filter[reportType]=FINANCIAL\
    &filter[regionCode]=ZZ&filter[reportDate]=2026-10";

/// A probe, and the roles of a Team key that are not answered 403. Where a cell of the published table says
/// "disputed", "unknown" or nothing, the simulator's own choice stands here: refused.
const TABLE: [(&str, &[Role]); 31] = [
    // Apps: "Admin, App Manager, Developer, Marketing; Sales and Reports reads apps"; Finance not reported.
    ("/v1/apps?limit=1", &[Admin, AppManager, Developer, Marketing, Sales, CustomerSupport]),
    // Versions: "Sales and Reports 200".
    (
        "/v1/apps/6448311069/appStoreVersions?limit=1",
        &[Admin, AppManager, Developer, Marketing, Sales, CustomerSupport],
    ),
    // Review submissions: "Admin, App Manager, Developer (read)", "Sales and Reports 403".
    ("/v1/reviewSubmissions?filter[app]=6448311069&limit=1", &[Admin, AppManager, Developer]),
    // Price/availability: "weaker key 403, stronger 200".
    ("/v1/apps/6448311069/appAvailabilityV2", &[Admin, AppManager]),
    // In-app purchases: "Admin, App Manager, Developer, Marketing".
    ("/v1/apps/6448311069/inAppPurchasesV2?limit=1", &[Admin, AppManager, Developer, Marketing]),
    ("/v1/apps/6448311069/subscriptionGroups?limit=1", &[Admin, AppManager, Developer, Marketing]),
    // Reviews: "Admin, App Manager, Customer Support, Developer, Marketing".
    ("/v1/apps/6448311069/customerReviews?limit=1", &[Admin, AppManager, Developer, Marketing, CustomerSupport]),
    // Builds, TestFlight, beta review details: "Admin, App Manager, Developer".
    ("/v1/builds?limit=1", &[Admin, AppManager, Developer]),
    ("/v1/betaGroups?limit=1", &[Admin, AppManager, Developer]),
    ("/v1/betaTesters?limit=1", &[Admin, AppManager, Developer]),
    ("/v1/betaAppReviewDetails?filter[app]=6448311069", &[Admin, AppManager, Developer]),
    // Users: "Admin; others disputed", "Developer-level key 200".
    ("/v1/users?limit=1&fields[users]=roles", &[Admin, Developer]),
    ("/v1/userInvitations?limit=1&fields[userInvitations]=roles", &[Admin]),
    // The provisioning family: "Admin; App Manager/Developer disputed".
    ("/v1/certificates?limit=1&fields[certificates]=certificateType", &[Admin]),
    ("/v1/bundleIds?limit=1&fields[bundleIds]=platform", &[Admin]),
    ("/v1/profiles?limit=1&fields[profiles]=profileType", &[Admin]),
    ("/v1/devices?limit=1&fields[devices]=platform", &[Admin]),
    ("/v1/merchantIds?limit=1", &[Admin]),
    ("/v1/passTypeIds?limit=1", &[Admin]),
    // Sales: "Admin, Finance, Sales and Reports", "App Manager 403". Finance: "not Sales and Reports".
    (SALES_REPORT, &[Admin, Sales, Finance]),
    (FINANCE_REPORT, &[Admin, Finance]),
    // Analytics: "Admin, Finance, Sales and Reports", "App Manager 403".
    ("/v1/apps/6448311069/analyticsReportRequests?limit=1", &[Admin, Sales, Finance]),
    // Xcode Cloud, sandbox, Game Center, performance: "Admin, App Manager, Developer".
    ("/v1/ciProducts?limit=1", &[Admin, AppManager, Developer]),
    ("/v1/scmProviders?limit=1", &[Admin, AppManager, Developer]),
    ("/v2/sandboxTesters?limit=1", &[Admin, AppManager, Developer]),
    ("/v1/apps/6448311069/gameCenterDetail", &[Admin, AppManager, Developer]),
    ("/v1/apps/6448311069/perfPowerMetrics", &[Admin, AppManager, Developer]),
    // Featuring: "Admin, App Manager, Marketing".
    ("/v1/nominations?filter[state]=DRAFT&limit=1", &[Admin, AppManager, Marketing]),
    // Webhooks: unknown.
    ("/v1/apps/6448311069/webhooks?limit=1", &[Admin]),
    // Reference data: "expected for every valid key".
    ("/v1/territories?limit=1", &EVERYBODY),
    ("/v1/appCategories?limit=1", &EVERYBODY),
];

#[test]
fn every_probe_is_answered_by_role_as_the_table_expects() {
    let ground = Ground::new();
    for (target, allowed) in TABLE {
        for role in EVERYBODY {
            ground.apple.change(|world| world.set_key_roles(ADMIN, &[role])).unwrap();
            let answer = ground.get(target);
            let status = answer.status().as_u16();
            // Allowed, and nothing there: no app here has Game Center.
            let expected = match (allowed.contains(&role), target.ends_with("gameCenterDetail")) {
                (true, false) => 200,
                (true, true) => 404,
                (false, _) => 403,
            };
            assert_eq!(status, expected, "{role} {target}");
            if status == 403 {
                assert_eq!(code(answer), "FORBIDDEN_ERROR", "{role} {target}");
            }
        }
    }
}

#[test]
fn an_individual_key_has_its_owners_rights_but_for_what_apple_closes() {
    let ground = Ground::new();
    for (role, target, expected) in [
        (Developer, "/v1/builds?limit=1", 200),
        (Developer, "/v1/apps/6448311069/appAvailabilityV2", 403),
        (Admin, "/v1/apps/6448311069/appAvailabilityV2", 200),
        // Provisioning says 401, whatever the owner may do, and so looks like a bad token.
        (Admin, "/v1/certificates?limit=1", 401),
        (AccountHolder, "/v1/bundleIds?limit=1", 401),
        (Developer, "/v1/profiles?limit=1", 401),
        (Developer, "/v1/devices?limit=1", 401),
        // Sales and finance never; the status is the simulator's choice.
        (Admin, SALES_REPORT, 403),
        (Finance, FINANCE_REPORT, 403),
        // Analytics: Apple is silent.
        (Admin, "/v1/apps/6448311069/analyticsReportRequests?limit=1", 403),
    ] {
        ground.apple.change(|world| world.set_user_roles("mina", &[role])).unwrap();
        let answer = ground.get_own(target);
        assert_eq!(answer.status().as_u16(), expected, "{role} {target}");
        if expected == 401 {
            assert_eq!(code(answer), "NOT_AUTHORIZED");
            assert_eq!(ground.apple.take_requests().pop().unwrap().reason, Some(Reason::ClosedToIndividual));
        }
    }
}

#[test]
fn an_app_of_others_and_an_app_not_shown_are_both_not_there() {
    let ground = Ground::new();
    for (app, expected) in [(SHOWN, 200), (HIDDEN, 404), (FOREIGN, 404), ("1", 404)] {
        for target in [format!("/v1/apps/{app}"), format!("/v1/apps/{app}/builds")] {
            let answer = ground.get_own(&target);
            assert_eq!(answer.status().as_u16(), expected, "{target}");
            if expected == 404 {
                assert_eq!(code(answer), "NOT_FOUND");
                assert_eq!(ground.apple.take_requests().pop().unwrap().reason, Some(Reason::NotVisible));
            }
        }
    }
    assert_eq!(ground.get(&format!("/v1/apps/{HIDDEN}")).status(), 200, "a Team key sees every app of its team");
    assert_eq!(ground.get(&format!("/v1/apps/{FOREIGN}")).status(), 404);

    ground.apple.change(|world| world.hide_app("mina@example.com", SHOWN)).unwrap();
    assert_eq!(ground.get_own(&format!("/v1/apps/{SHOWN}")).status(), 404);
    ground.apple.change(|world| world.set_visible("mina", Visible::All)).unwrap();
    assert_eq!(ground.get_own(&format!("/v1/apps/{HIDDEN}")).status(), 200);
    ground.apple.change(|world| world.hide_app("mina", HIDDEN)).unwrap();
    assert_eq!(ground.get_own(&format!("/v1/apps/{HIDDEN}")).status(), 404);
    // Nobody can hide an app from an Admin.
    ground.apple.change(|world| world.set_user_roles("mina", &[Admin])).unwrap();
    assert_eq!(ground.get_own(&format!("/v1/apps/{HIDDEN}")).status(), 200);
}

#[test]
fn a_lapsed_agreement_hides_every_role_until_it_is_signed() {
    let ground = Ground::new();
    ground.apple.change(|world| world.set_agreement(ISSUER, false)).unwrap();
    for target in ["/v1/apps?limit=1", "/v1/users?limit=1", "/v1/builds?limit=1", SALES_REPORT] {
        let answer = ground.get(target);
        assert_eq!(answer.status(), 403, "{target}");
        assert_eq!(code(answer), "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED");
    }
    ground.apple.change(|world| world.set_agreement(ISSUER, true)).unwrap();
    assert_eq!(ground.get("/v1/apps?limit=1").status(), 200);
}

#[test]
fn several_roles_join_and_a_ruling_turns_one_answer() {
    let ground = Ground::new();
    ground.apple.change(|world| world.set_key_roles(ADMIN, &[Sales, Developer])).unwrap();
    assert_eq!(ground.get("/v1/builds?limit=1").status(), 200);
    assert_eq!(ground.get(SALES_REPORT).status(), 200);

    ground.apple.change(|world| world.rule(Ruling::refuse("/v1/builds", Developer)));
    assert_eq!(ground.get("/v1/builds?limit=1").status(), 403);
    ground.apple.change(|world| world.rule(Ruling::allow("/v1/certificates", Developer)));
    assert_eq!(ground.get("/v1/certificates?limit=1").status(), 200);
    assert_eq!(ground.get("/v1/profiles?limit=1").status(), 403);
}

#[test]
fn every_ruling_of_the_simulator_is_needed() {
    for (path, role, allowed, ground) in BUILT_IN_RULINGS {
        let operation = operation(Method::Get, path).unwrap();
        let needed = Role::ALL.iter().filter(|one| role.is_none_or(|role| role == **one)).any(|role| {
            let capabilities = operation.capabilities.iter().filter_map(|code| catalogue().capability(code));
            let values: Vec<Half> = capabilities.map(|one| one.finding(KeyKind::Team, *role).value).collect();
            !values.iter().all(|value| if allowed { value.reaches() } else { value.effect() == Half::No })
        });
        assert!(needed, "{path}: {ground}");
    }
}

#[test]
fn a_change_to_what_does_not_exist_is_an_error() {
    let ground = Ground::new();
    ground.apple.change(|world| {
        assert!(world.revoke("NOSUCHKEY1").is_err());
        assert!(world.set_key_roles(OWN, &[Admin]).is_err(), "an Individual key has no roles of its own");
        assert!(world.set_user_roles("nobody", &[Admin]).is_err());
        assert!(world.set_agreement("nobody", true).is_err());
        assert!(world.hide_app("nobody", SHOWN).is_err());
        assert!(world.remove_user("nobody").is_err());
        assert!(world.set_visible("nobody", Visible::All).is_err());
    });
}

#[test]
fn all_1263_operations_are_known_and_none_answers_an_error_of_its_own() {
    let ground = Ground::new();
    ground.apple.change(|world| world.set_hour_limit(5000));
    let token = ground.admin_token();
    let mut reads = 0;
    for operation in operations() {
        let target = operation.path.replace("/apps/{id}", &format!("/apps/{SHOWN}")).replace("{id}", "1");
        let url = ground.url(&target);
        let method = reqwest::Method::from_bytes(operation.method.code().as_bytes()).unwrap();
        let answer = ground.client.request(method, url).bearer_auth(&token).send().unwrap();
        let status = answer.status().as_u16();
        let expected: &[u16] = match operation.method {
            // 404: nothing there; 400: a filter has to be given. Writing: not carried out.
            Method::Get => &[200, 400, 404],
            _ => &[422],
        };
        assert!(expected.contains(&status), "{} {target}: {status}", operation.method);
        let reason = ground.apple.take_requests().pop().unwrap().reason;
        assert!(!matches!(reason, Some(Reason::Path | Reason::MethodNotAllowed)), "{target}");
        reads += usize::from(operation.method == Method::Get);
    }
    assert_eq!((operations().len(), reads), (1263, 797));
}

#[test]
fn a_path_apple_does_not_have_and_a_method_it_does_not_have_there() {
    let ground = Ground::new();
    let answer = ground.get("/v1/keys");
    assert_eq!((answer.status().as_u16(), code(answer).as_str()), (404, "PATH_ERROR"));
    let answer = ground.get("/v1/webhooks");
    assert_eq!((answer.status().as_u16(), code(answer).as_str()), (405, "METHOD_NOT_ALLOWED"));
}
