//! The shape of the answers: lists and pages, single records, people and what they see, reports.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::io::Read as _;

use flate2::read::GzDecoder;
use serde_json::json;
use support::{Ground, HIDDEN, SHOWN, body, code};

#[test]
fn a_list_is_cut_into_pages_whose_links_lead_to_the_end() {
    let ground = Ground::new();
    let mut target = "/v1/builds?limit=4&fields[builds]=version".to_owned();
    let mut sizes = Vec::new();
    let mut found = Vec::new();
    loop {
        let page = body(ground.get(&target));
        let data = page["data"].as_array().unwrap();
        sizes.push(data.len());
        found.extend(data.iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        assert_eq!(page["meta"]["paging"], json!({"total": 10, "limit": 4}));
        let Some(next) = page["links"]["next"].as_str() else { break };
        next.strip_prefix(&ground.apple.origin()).unwrap().clone_into(&mut target);
        assert!(target.contains("fields%5Bbuilds%5D=version"), "the next page asks for the same: {target}");
    }
    assert_eq!(sizes, [4, 4, 2]);
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 10);
}

#[test]
fn a_limit_out_of_range_is_apples_parameter_error() {
    let ground = Ground::new();
    for limit in ["0", "201", "-1", "many"] {
        let answer = ground.get(&format!("/v1/apps?limit={limit}"));
        assert_eq!((answer.status().as_u16(), code(answer).as_str()), (400, "PARAMETER_ERROR.INVALID"), "{limit}");
    }
    let answer = ground.get("/v1/apps?cursor=elsewhere");
    assert_eq!(code(answer), "PARAMETER_ERROR.INVALID");
}

#[test]
fn only_the_fields_that_were_asked_for_come() {
    let ground = Ground::new();
    let sparse = body(ground.get("/v1/apps?limit=1&fields[apps]=bundleId"));
    assert_eq!(sparse["data"][0]["attributes"], json!({"bundleId": "com.example.harbour"}));
    let whole = body(ground.get(&format!("/v1/apps/{SHOWN}")));
    assert_eq!(whole["data"]["type"], "apps");
    assert_eq!(whole["data"]["attributes"]["name"], "Harbour");
    let people = body(ground.get("/v1/users?limit=1&fields[users]=roles"));
    assert_eq!(people["data"][0]["attributes"], json!({"roles": ["DEVELOPER"]}), "no name, no address");
    assert_eq!(people["data"][0]["relationships"], json!(null));
}

#[test]
fn a_strong_team_key_sees_what_a_person_may_see() {
    let ground = Ground::new();
    let answer = body(ground.get("/v1/users?filter[username]=mina@example.com&include=visibleApps&fields[apps]=name"));
    let person = &answer["data"][0];
    assert_eq!(person["attributes"]["allAppsVisible"], false);
    assert_eq!(person["attributes"]["provisioningAllowed"], false);
    assert_eq!(person["relationships"]["visibleApps"]["data"], json!([{"type": "apps", "id": SHOWN}]));
    assert_eq!(answer["included"].as_array().unwrap().len(), 1);
    assert_eq!(answer["included"][0]["attributes"], json!({"name": "Harbour"}));
    assert_eq!(body(ground.get("/v1/users?filter[username]=vera@example.com"))["data"], json!([]));
    assert_eq!(body(ground.get("/v1/users/mina/visibleApps"))["data"][0]["id"], SHOWN);
    let bare = body(ground.get("/v1/users/mina/relationships/visibleApps"));
    assert_eq!(bare["data"], json!([{"type": "apps", "id": SHOWN}]));
}

#[test]
fn lists_show_an_individual_key_only_the_apps_of_its_owner() {
    let ground = Ground::new();
    assert_eq!(body(ground.get_own("/v1/apps"))["meta"]["paging"]["total"], 1);
    assert_eq!(body(ground.get_own("/v1/builds"))["meta"]["paging"]["total"], 5);
    assert_eq!(body(ground.get("/v1/builds"))["meta"]["paging"]["total"], 10);
    let of_hidden = body(ground.get_own(&format!("/v1/builds?filter[app]={HIDDEN}")));
    assert_eq!(of_hidden["data"], json!([]), "a filter is no app's address: empty, not missing");
    assert_eq!(ground.get_own(&format!("/v1/builds/{HIDDEN}-1")).status(), 404);
}

#[test]
fn a_list_nobody_filled_is_an_empty_success() {
    let ground = Ground::new();
    for target in ["/v1/ciProducts", "/v1/betaTesters", &format!("/v1/apps/{SHOWN}/appEvents"), "/v1/devices"] {
        let answer = ground.get(target);
        assert_eq!(answer.status(), 200, "{target}");
        assert_eq!(answer.headers()["content-type"], "application/json");
        assert_eq!(body(answer)["data"], json!([]), "{target}");
    }
    let answer = ground.get("/v1/builds/1");
    assert_eq!((answer.status().as_u16(), code(answer).as_str()), (404, "NOT_FOUND"));
}

#[test]
fn a_filter_that_is_missing_or_unknown_is_the_callers_fault() {
    let ground = Ground::new();
    for (target, expected) in [
        ("/v1/nominations", "PARAMETER_ERROR.REQUIRED"),
        ("/v1/actors", "PARAMETER_ERROR.REQUIRED"),
        ("/v1/betaAppReviewDetails?filter[app]=", "PARAMETER_ERROR.REQUIRED"),
        ("/v1/apps?filter[colour]=red", "PARAMETER_ERROR.ILLEGAL"),
        ("/v1/salesReports?filter[vendorNumber]=85012345", "PARAMETER_ERROR.REQUIRED"),
    ] {
        let answer = ground.get(target);
        assert_eq!((answer.status().as_u16(), code(answer).as_str()), (400, expected), "{target}");
    }
}

#[test]
fn reports_are_compressed_missing_on_a_quiet_day_and_bound_to_the_vendor() {
    let ground = Ground::new();
    let report = |vendor: &str, day: &str| {
        let kind = "filter[frequency]=DAILY&filter[reportType]=SALES&filter[reportSubType]=SUMMARY";
        ground.get(&format!("/v1/salesReports?{kind}&filter[vendorNumber]={vendor}{day}"))
    };
    let answer = report("85012345", "&filter[reportDate]=2026-11-20");
    assert_eq!(answer.headers()["content-type"], "application/a-gzip");
    let mut text = String::new();
    GzDecoder::new(answer.bytes().unwrap().as_ref()).read_to_string(&mut text).unwrap();
    assert_eq!(text, "Units\n42\n");

    let quiet = report("85012345", "&filter[reportDate]=2026-11-21");
    assert_eq!((quiet.status().as_u16(), code(quiet).as_str()), (404, "NOT_FOUND"));
    assert_eq!(report("85012345", "").status(), 200, "without a date: the newest");

    let answer = report("1", "");
    assert_eq!(answer.status(), 400);
    assert_eq!(body(answer)["errors"][0]["detail"], "Invalid vendor number specified");
}

#[test]
fn metrics_and_reports_refuse_a_form_they_do_not_have_in_plain_text() {
    let ground = Ground::new();
    for target in [format!("/v1/apps/{SHOWN}/perfPowerMetrics"), "/v1/salesReports".to_owned()] {
        let request = ground.client.get(ground.url(&target)).header("Accept", "application/json");
        let answer = request.bearer_auth(ground.admin_token()).send().unwrap();
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["content-type"]),
            (406, &"text/plain".parse().unwrap())
        );
    }
}

#[test]
fn nothing_is_ever_written() {
    let ground = Ground::new();
    let url = ground.url(&format!("/v1/apps/{SHOWN}"));
    let answer = ground.client.patch(url).bearer_auth(ground.admin_token()).body("{}").send().unwrap();
    assert_eq!((answer.status().as_u16(), code(answer).as_str()), (422, "ENTITY_UNPROCESSABLE"));
    let seen = ground.apple.take_requests();
    assert_eq!(seen[0].method, "PATCH", "a test can see that somebody tried");
}
