//! Each answer of Apple's, and what a check makes of it.

use asc_access::{Role, catalogue};
use asc_client::{Depth, Verdict, check};
use asc_sim::{Fault, Page, Trouble as Fails, Visible};

use crate::{HARBOUR, Scene, VENDOR, reading};

#[tokio::test]
async fn an_admin_reads_everything_in_twelve_requests_with_one_token() {
    let scene = Scene::new();
    let report = scene.check(&scene.admin).await;
    assert_eq!(report.verdict, Verdict::Alive);
    assert_eq!((report.sent.len(), scene.admin.minted.load(std::sync::atomic::Ordering::SeqCst)), (12, 1));
    assert_eq!(report.interrupted, None);
    let seen = scene.seen();
    assert_eq!(seen.len(), 12);
    for request in &seen {
        assert_eq!(request.method, "GET", "{}", request.target);
    }
    for capability in ["apps_read", "provisioning_read", "users_read", "builds_upload", "xcode_cloud", "analytics_read"]
    {
        assert_eq!(reading(&report, capability), Some("can_read"), "{capability}");
    }
    // Nothing was sold three days ago; being told so is being allowed.
    assert_eq!(reading(&report, "sales_reports"), Some("nothing_there"));
    assert!(report.observed.iter().all(|one| one.evidence.status.is_some() && one.evidence.at >= crate::NOON));
    assert_eq!(report.rate.unwrap().hour_left(), Some(3488));
}

#[tokio::test]
async fn every_capability_asked_about_is_one_of_the_catalogue() {
    let scene = Scene::new();
    let mut inquiry = scene.admin.inquiry();
    inquiry.depth = Depth::Thorough;
    let report = check(&scene.line, inquiry, |_, _| {}).await;
    assert_eq!((report.observed.len(), report.interrupted), (20, None));
    for observed in &report.observed {
        let known = catalogue().capabilities().any(|capability| capability.code == observed.capability);
        assert!(known, "{}", observed.capability);
        assert_ne!(observed.reading.code(), "mistaken", "{}", observed.capability);
    }
}

#[tokio::test]
async fn a_role_shows_in_what_is_refused() {
    let scene = Scene::new();
    let developer = scene.check(&scene.developer).await;
    assert_eq!(developer.verdict, Verdict::Alive);
    assert_eq!(reading(&developer, "builds_upload"), Some("can_read"));
    assert_eq!(reading(&developer, "sales_reports"), Some("role_refuses"));
    assert_eq!(reading(&developer, "finance_reports"), Some("role_refuses"));
    let refused = developer.observed.iter().find(|one| one.capability == "finance_reports").unwrap();
    assert_eq!(refused.evidence.status, Some(403));
    assert_eq!(refused.evidence.apple.as_ref().unwrap().error, "FORBIDDEN_ERROR");

    let sales = scene.check(&scene.sales).await;
    assert_eq!(reading(&sales, "app_review"), Some("role_refuses"));
    assert_eq!(reading(&sales, "sales_reports"), Some("nothing_there"));
    assert_eq!(reading(&sales, "finance_reports"), Some("role_refuses"));
}

#[tokio::test]
async fn a_key_that_may_not_list_apps_is_alive_all_the_same() {
    let scene = Scene::new();
    scene.apple.change(|world| world.rule(asc_sim::Ruling::refuse("/v1/apps", Role::Finance)));
    let report = scene.check(&scene.finance).await;
    assert_eq!(report.verdict, Verdict::Alive);
    assert_eq!(reading(&report, "apps_read"), Some("role_refuses"));
    assert_eq!(reading(&report, "finance_reports"), Some("can_read"));
    // Without an app there is nothing to ask about prices.
    assert_eq!(reading(&report, "pricing"), None);
}

#[tokio::test]
async fn a_team_without_apps_is_a_team_with_a_working_key() {
    let scene = Scene::new();
    scene.apple.change(|world| world.set_visible("jonas", Visible::only(&[]))).unwrap();
    let report = scene.check(&scene.individual).await;
    assert_eq!(report.verdict, Verdict::Alive);
    assert_eq!(reading(&report, "apps_read"), Some("can_read"));
    assert_eq!(reading(&report, "pricing"), None);
}

#[tokio::test]
async fn an_individual_key_is_not_sent_where_apple_says_never() {
    let scene = Scene::new();
    let report = scene.check(&scene.individual).await;
    assert_eq!(report.verdict, Verdict::Alive);
    for capability in ["provisioning_read", "sales_reports", "finance_reports"] {
        assert_eq!(reading(&report, capability), None, "{capability}");
    }
    assert!(scene.seen().iter().all(|request| !request.path.contains("certificates")));

    let mut inquiry = scene.individual.inquiry();
    inquiry.depth = Depth::Thorough;
    let report = check(&scene.line, inquiry, |_, _| {}).await;
    assert_eq!(reading(&report, "provisioning_read"), Some("closed_to_kind"));
    let tried = scene.seen().iter().filter(|request| request.path == "/v1/certificates").count();
    assert_eq!(tried, 1, "a 401 that was expected is not asked for three times");
}

#[tokio::test]
async fn a_missing_agreement_says_nothing_about_the_key() {
    let scene = Scene::new();
    scene.apple.change(|world| world.set_agreement(crate::ISSUER, false)).unwrap();
    let report = scene.check(&scene.admin).await;
    assert_eq!(report.verdict, Verdict::AgreementMissing);
    assert_eq!((report.observed.len(), report.sent.len()), (0, 1));
    let apple = report.evidence.apple.unwrap();
    assert_eq!(apple.error, "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED");

    scene.apple.change(|world| world.set_agreement(crate::ISSUER, true)).unwrap();
    assert_eq!(scene.check(&scene.admin).await.verdict, Verdict::Alive);
}

#[tokio::test]
async fn an_agreement_that_ends_during_a_check_takes_back_what_was_seen() {
    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::AgreementMissing).after(4));
    let report = scene.check(&scene.admin).await;
    assert_eq!(report.verdict, Verdict::AgreementMissing);
    assert_eq!((report.observed.len(), report.sent.len()), (0, 5));
}

#[tokio::test]
async fn a_refusal_without_a_known_reason_is_checked_against_something_everybody_may_read() {
    let scene = Scene::new();
    let unexplained = Fails::Status { status: 403, page: Page::Json };
    scene.apple.fault(Fault::new(unexplained.clone()).under("/v1/apps").times(1));
    let report = scene.check(&scene.admin).await;
    assert_eq!(report.verdict, Verdict::Alive);
    assert_eq!(scene.seen()[1].path, "/v1/territories");

    scene.apple.fault(Fault::new(unexplained).always());
    let report = scene.check(&scene.admin).await;
    assert_eq!((report.verdict, report.observed.len()), (Verdict::RefusedEverywhere, 0));
}

#[tokio::test]
async fn a_wrong_vendor_number_is_our_mistake_and_not_the_keys() {
    let scene = Scene::new();
    let mut inquiry = scene.admin.inquiry();
    inquiry.vendor = Some("1".to_owned());
    let report = check(&scene.line, inquiry, |_, _| {}).await;
    assert_eq!(reading(&report, "sales_reports"), Some("mistaken"));

    let mut inquiry = scene.admin.inquiry();
    inquiry.vendor = None;
    let report = check(&scene.line, inquiry, |_, _| {}).await;
    assert_eq!(reading(&report, "sales_reports"), None);
    assert_eq!(report.sent.len(), 10);
}

#[tokio::test]
async fn reports_are_asked_for_as_apple_wants_them() {
    let scene = Scene::new();
    scene.stage.pass(-86_400);
    let report = scene.check(&scene.admin).await;
    assert_eq!(reading(&report, "sales_reports"), Some("can_read"));
    assert_eq!(reading(&report, "finance_reports"), Some("can_read"));
    let seen = scene.seen();
    let sales = seen.iter().find(|request| request.path == "/v1/salesReports").unwrap();
    assert!(sales.query.contains(&("filter[vendorNumber]".to_owned(), VENDOR.to_owned())));
    assert!(sales.query.contains(&("filter[reportDate]".to_owned(), "2026-10-30".to_owned())));
}

#[tokio::test]
async fn progress_is_heard_of_and_ends() {
    let scene = Scene::new();
    let mut heard = Vec::new();
    check(&scene.line, scene.admin.inquiry(), |done, of| heard.push((done, of))).await;
    assert_eq!(heard.first(), Some(&(0, 1)));
    assert_eq!(heard.last(), Some(&(12, 12)));
    assert!(heard.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    assert!(scene.seen().iter().any(|request| request.target.contains(HARBOUR)));
}
