//! Every operation has an area, and the ones people ask about have the right one.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may stop at the first surprise and show counts")]

use std::collections::BTreeSet;

use asc_access::{API_VERSION, Area, Method, catalogue, operation, operations};

#[test]
fn all_1263_operations_have_an_area() {
    println!("Apple’s description {API_VERSION}");
    for area in Area::ALL {
        let of_area = || operations().iter().filter(|one| one.area == *area);
        let guessed = of_area().filter(|one| one.guessed).count();
        println!("{area:<14} {:>4} operations, {guessed:>3} by guess", of_area().count());
    }
    let listed = include_str!("../data/operations.tsv").lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(listed, 1263);
    assert_eq!(operations().len(), listed, "an operation was left without an area");
    let distinct: BTreeSet<_> = operations().iter().map(|one| (one.method, one.path)).collect();
    assert_eq!(distinct.len(), listed, "an operation is listed twice");
    assert_eq!(distinct.iter().map(|(_, path)| path).collect::<BTreeSet<_>>().len(), 966);
}

#[test]
fn counts_by_method_and_age_are_those_of_apples_description() {
    let count = |method| operations().iter().filter(|one| one.method == method).count();
    let counts = [Method::Get, Method::Post, Method::Patch, Method::Delete].map(count);
    assert_eq!(counts, [797, 176, 158, 132]);
    assert_eq!(operations().iter().filter(|one| one.deprecated).count(), 159);
}

#[test]
fn notarization_is_another_api_and_every_other_area_has_operations() {
    for area in Area::ALL {
        let any = operations().iter().any(|one| one.area == *area);
        assert_eq!(any, *area != Area::Notary, "{area}");
    }
}

#[test]
fn areas_of_operations_people_ask_about() {
    use Method::{Delete, Get, Patch, Post};
    let table = [
        (Get, "/v1/apps", Area::Apps),
        (Patch, "/v1/apps/{id}", Area::Apps),
        (Patch, "/v1/appStoreVersionLocalizations/{id}", Area::Apps),
        (Post, "/v1/reviewSubmissions", Area::Apps),
        (Post, "/v1/nominations", Area::Apps),
        (Get, "/v1/apps/{id}/gameCenterDetail", Area::Apps),
        (Get, "/v1/apps/{id}/builds", Area::Builds),
        (Post, "/v1/buildUploads", Area::Builds),
        (Post, "/v1/betaGroups", Area::Builds),
        (Get, "/v1/apps/{id}/perfPowerMetrics", Area::Builds),
        (Get, "/v1/apps/{id}/metrics/betaTesterUsages", Area::Builds),
        (Get, "/v2/sandboxTesters", Area::Builds),
        (Post, "/v1/ciBuildRuns", Area::XcodeCloud),
        (Get, "/v1/apps/{id}/ciProduct", Area::XcodeCloud),
        (Get, "/v1/scmProviders", Area::XcodeCloud),
        (Get, "/v1/apps/{id}/appAvailabilityV2", Area::Pricing),
        (Post, "/v1/appPriceSchedules", Area::Pricing),
        (Post, "/v2/inAppPurchases", Area::Pricing),
        (Get, "/v1/apps/{id}/subscriptionGroups", Area::Pricing),
        (Get, "/v1/apps/{id}/customerReviews", Area::Reviews),
        (Get, "/v1/appStoreVersions/{id}/customerReviews", Area::Reviews),
        (Post, "/v1/customerReviewResponses", Area::Reviews),
        (Post, "/v1/analyticsReportRequests", Area::Analytics),
        (Get, "/v1/apps/{id}/analyticsReportRequests", Area::Analytics),
        (Get, "/v1/users/{id}/visibleApps", Area::Users),
        (Delete, "/v1/userInvitations/{id}", Area::Users),
        (Post, "/v1/certificates", Area::Provisioning),
        (Get, "/v1/bundleIds/{id}/app", Area::Provisioning),
        (Get, "/v1/salesReports", Area::Sales),
        (Get, "/v1/financeReports", Area::Finance),
    ];
    for (method, path, area) in table {
        let found = operation(method, path).unwrap_or_else(|| panic!("no operation {method} {path}"));
        assert_eq!((found.path, found.area), (path, area), "{method} {path}");
        assert!(!found.guessed, "{method} {path}");
    }
}

#[test]
fn every_operation_is_decided_by_capabilities_of_its_own_area_and_half() {
    for one in operations() {
        assert!(!one.capabilities.is_empty(), "{} {}", one.method, one.path);
        for code in one.capabilities {
            let capability = catalogue().capability(code).unwrap();
            assert_eq!(capability.area, one.area, "{} {}", one.method, one.path);
            assert!(!one.method.writes() || capability.side.writes(), "{} {} by {code}", one.method, one.path);
        }
    }
    let used: BTreeSet<&str> = operations().iter().flat_map(|one| one.capabilities).copied().collect();
    let unused: Vec<&str> =
        catalogue().capabilities().map(|one| one.code).filter(|code| !used.contains(code)).collect();
    // The API has no operation for the first two; the last two are not called through it.
    assert_eq!(unused, ["app_create", "keys", "cloud_signing", "notary"]);
}

#[test]
fn capabilities_of_operations_people_ask_about() {
    use Method::{Delete, Get, Patch, Post};
    let table: [(Method, &str, &[&str]); 26] = [
        (Get, "/v1/apps", &["apps_read"]),
        (Patch, "/v1/appInfoLocalizations/{id}", &["metadata_write"]),
        (Post, "/v1/appStoreVersionReleaseRequests", &["app_review"]),
        (Post, "/v1/reviewSubmissions", &["app_review"]),
        (Get, "/v1/reviewSubmissions", &["apps_read", "app_review"]),
        (Post, "/v1/gameCenterLeaderboards", &["game_center"]),
        (Get, "/v1/apps/{id}/gameCenterDetail", &["game_center"]),
        (Post, "/v1/webhooks", &["webhooks"]),
        (Post, "/v1/nominations", &["featuring"]),
        (Post, "/v1/buildUploads", &["builds_upload"]),
        (Get, "/v1/betaGroups", &["builds_upload"]),
        (Post, "/v1/betaGroups", &["testflight_internal", "testflight_external"]),
        (Post, "/v1/builds/{id}/relationships/betaGroups", &["testflight_internal", "testflight_external"]),
        (Delete, "/v1/apps/{id}/relationships/betaTesters", &["testflight_internal", "testflight_external"]),
        (Patch, "/v1/betaBuildLocalizations/{id}", &["testflight_external"]),
        (Get, "/v1/builds/{id}/perfPowerMetrics", &["performance"]),
        (Post, "/v1/appPriceSchedules", &["pricing"]),
        (Post, "/v2/inAppPurchases", &["iap"]),
        (Post, "/v1/subscriptionPrices", &["pricing"]),
        (Delete, "/v1/subscriptions/{id}/relationships/prices", &["pricing"]),
        (Post, "/v1/customerReviewResponses", &["reviews_reply"]),
        (Post, "/v1/analyticsReportRequests", &["analytics_request"]),
        (Delete, "/v1/users/{id}", &["users_manage"]),
        (Post, "/v1/certificates", &["provisioning_write"]),
        (Get, "/v1/profiles", &["provisioning_read"]),
        (Get, "/v1/financeReports", &["finance_reports"]),
    ];
    for (method, path, capabilities) in table {
        let found = operation(method, path).unwrap_or_else(|| panic!("no operation {method} {path}"));
        assert_eq!(found.capabilities, capabilities, "{method} {path}");
    }
}

#[test]
fn links_between_records_are_told_from_the_records() {
    assert!(operation(Method::Get, "/v1/apps/{id}/relationships/builds").unwrap().is_relationship());
    assert!(!operation(Method::Get, "/v1/apps/{id}/builds").unwrap().is_relationship());
}

#[test]
fn what_no_source_places_is_marked_as_a_guess() {
    for path in ["/v1/webhooks/{id}", "/v1/actors", "/v1/territories", "/v1/apps/{id}/webhooks"] {
        assert!(operation(Method::Get, path).unwrap().guessed, "{path}");
    }
}

#[test]
fn a_real_path_finds_its_template() {
    let found = operation(Method::Get, "/v1/apps/6448311069/builds").unwrap();
    assert_eq!((found.path, found.area), ("/v1/apps/{id}/builds", Area::Builds));
}

#[test]
fn what_the_api_does_not_have_is_not_found() {
    for (method, path) in [
        (Method::Post, "/v1/apps"),
        (Method::Get, "/v1/apiKeys"),
        (Method::Get, "/v1/apps/"),
        (Method::Get, "/v1/apps/1/2/3/4"),
        (Method::Get, ""),
    ] {
        assert_eq!(operation(method, path), None, "{method} {path}");
    }
}
