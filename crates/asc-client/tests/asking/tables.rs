//! The three tables of what an answer means, row by row: is the key alive, what does a 401 mean, what was read.

use asc_access::Role;
use asc_client::{
    Cause, Depth, Evidence, Inquiry, Reading, Report, RuledOut, Sibling, Trouble, Verdict, check, sees_app,
};
use asc_key::KeyKind;
use asc_key::token::TokenShape;
use asc_sim::{Fault, Page, Ruling, Trouble as Fails, Visible};

use crate::{HARBOUR, ISSUER, LANTERN, NOON, OTHER_ISSUER, Scene, issuer, team};

const UNEXPLAINED: Fails = Fails::Status { status: 403, page: Page::Json };

fn always(scene: &Scene, fails: Fails) {
    scene.apple.fault(Fault::new(fails).always());
}

/// The status and Apple's code a verdict rests on.
fn rests_on(evidence: &Evidence) -> (Option<u16>, &str) {
    (evidence.status, evidence.apple.as_ref().map_or("", |apple| apple.error.as_str()))
}

fn observed<'a>(report: &'a Report, capability: &str) -> Option<(Reading, &'a Evidence)> {
    report.observed.iter().find(|one| one.capability == capability).map(|one| (one.reading, &one.evidence))
}

fn not_checked(trouble: Trouble) -> Verdict {
    Verdict::NotChecked { trouble }
}

#[tokio::test]
async fn is_the_key_alive() {
    type Row = (&'static str, fn(&Scene), Verdict, (Option<u16>, &'static str), Option<Reading>);
    let rows: [Row; 12] = [
        ("200", |_| {}, Verdict::Alive, (Some(200), ""), Some(Reading::CanRead)),
        (
            "200 with an empty list",
            |scene| scene.apple.change(|world| world.set_visible("jonas", Visible::only(&[]))).unwrap(),
            Verdict::Alive,
            (Some(200), ""),
            Some(Reading::CanRead),
        ),
        (
            "403 by the role",
            |scene| scene.apple.change(|world| world.rule(Ruling::refuse("/v1/apps", Role::Developer))),
            Verdict::Alive,
            (Some(403), "FORBIDDEN_ERROR"),
            Some(Reading::RoleRefuses),
        ),
        (
            "403 by a missing agreement",
            |scene| scene.apple.change(|world| world.set_agreement(ISSUER, false)).unwrap(),
            Verdict::AgreementMissing,
            (Some(403), "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED"),
            None,
        ),
        (
            "401",
            |scene| scene.apple.change(|world| world.revoke("H4S9KD3WM7XB")).unwrap(),
            Verdict::Unrecognised {
                causes: vec![Cause::Revoked, Cause::UnknownIssuer, Cause::WrongKeyId, Cause::LookAlike],
                sibling: Sibling::None,
            },
            (Some(401), "NOT_AUTHORIZED"),
            None,
        ),
        (
            "403 with another code, for apps only",
            |scene| scene.apple.fault(Fault::new(UNEXPLAINED).under("/v1/apps").times(1)),
            Verdict::Alive,
            (Some(200), ""),
            Some(Reading::Unclear),
        ),
        (
            "403 on everything",
            |scene| always(scene, UNEXPLAINED),
            Verdict::RefusedEverywhere,
            (Some(403), "UNEXPECTED_ERROR"),
            None,
        ),
        (
            "429",
            |scene| always(scene, Fails::RateLimited { retry_after: Some("60".to_owned()) }),
            not_checked(Trouble::RateLimited { until: NOON + 60_000 }),
            (Some(429), "RATE_LIMIT_EXCEEDED"),
            None,
        ),
        (
            "5xx",
            |scene| always(scene, Fails::Status { status: 503, page: Page::Html }),
            not_checked(Trouble::Server { status: 503 }),
            (Some(503), ""),
            None,
        ),
        ("network", |scene| always(scene, Fails::Reset), not_checked(Trouble::Cut), (None, ""), None),
        (
            "somebody else's page",
            |scene| always(scene, Fails::CaptivePortal),
            not_checked(Trouble::Portal),
            (Some(200), ""),
            None,
        ),
        (
            "400",
            |scene| always(scene, Fails::Status { status: 400, page: Page::Json }),
            not_checked(Trouble::Garbled),
            (Some(400), "UNEXPECTED_ERROR"),
            None,
        ),
    ];
    for (row, provoke, verdict, evidence, apps) in rows {
        let scene = Scene::new();
        provoke(&scene);
        let report = scene.check(&scene.individual).await;
        let causes = matches!(verdict, Verdict::Unrecognised { .. });
        assert_eq!(report.verdict, verdict, "{row}");
        assert_eq!(rests_on(&report.evidence), evidence, "{row}");
        assert_eq!(observed(&report, "apps_read").map(|(reading, _)| reading), apps, "{row}");
        assert_eq!(report.ruled_out.is_empty(), !causes, "{row}");
        let alive = verdict == Verdict::Alive;
        assert_eq!(report.observed.is_empty(), !alive, "{row}: what cannot be known is not shown");
    }
}

#[tokio::test]
async fn what_a_401_means_is_found_in_this_order() {
    type Row = (&'static str, fn(&mut Scene) -> Inquiry, Verdict, usize);
    let rows: [Row; 6] = [
        (
            "a passing glitch: asked again with a fresh token",
            |scene| {
                scene.apple.fault(Fault::new(Fails::Unauthorized).times(1));
                scene.admin.inquiry()
            },
            Verdict::Alive,
            1,
        ),
        (
            "the clock: asked again with Apple's time",
            |scene| {
                scene.apple.change(|world| world.set_clock_offset(-3600));
                scene.admin.inquiry()
            },
            Verdict::Alive,
            1,
        ),
        (
            "an Individual key recorded as a Team key",
            |scene| scene.individual.recorded_as(team()).inquiry(),
            Verdict::Otherwise { kind: KeyKind::Individual, issuer: None },
            3,
        ),
        (
            "a Team key recorded as Individual, its issuer known",
            |scene| scene.admin.recorded_as(TokenShape::Individual).inquiry(),
            Verdict::Otherwise { kind: KeyKind::Team, issuer: Some(issuer()) },
            3,
        ),
        (
            "a Team key with another team's issuer, its own known",
            |scene| scene.admin.recorded_as(TokenShape::Team(OTHER_ISSUER.parse().unwrap())).inquiry(),
            Verdict::Otherwise { kind: KeyKind::Team, issuer: Some(issuer()) },
            4,
        ),
        (
            "a Team key recorded as Individual, no issuer known",
            |scene| Inquiry { issuers: Vec::new(), ..scene.admin.recorded_as(TokenShape::Individual).inquiry() },
            Verdict::Unrecognised {
                causes: vec![Cause::Revoked, Cause::UnknownIssuer, Cause::WrongKeyId, Cause::LookAlike],
                sibling: Sibling::None,
            },
            3,
        ),
    ];
    for (row, provoke, verdict, refused) in rows {
        let mut scene = Scene::new();
        let inquiry = provoke(&mut scene);
        let report = check(&scene.line, inquiry, |_, _| {}).await;
        assert_eq!(report.verdict, verdict, "{row}");
        assert_eq!(report.sent.iter().filter(|one| one.status == Some(401)).count(), refused, "{row}");
    }
}

#[tokio::test]
async fn wrong_ids_a_revoked_key_and_a_look_alike_are_answered_alike_and_each_is_named() {
    type Row = (&'static str, fn(&Scene) -> Inquiry, Cause);
    let rows: [Row; 4] = [
        ("wrong Key ID", |scene| scene.admin.called("N4Q8ZB7LKD").inquiry(), Cause::WrongKeyId),
        (
            "wrong Issuer ID, the right one unknown",
            |scene| {
                let elsewhere = TokenShape::Team(OTHER_ISSUER.parse().unwrap());
                Inquiry { issuers: Vec::new(), ..scene.admin.recorded_as(elsewhere).inquiry() }
            },
            Cause::WrongIssuer,
        ),
        (
            "revoked",
            |scene| {
                scene.apple.change(|world| world.revoke("4JH6M2YB8S")).unwrap();
                scene.admin.inquiry()
            },
            Cause::Revoked,
        ),
        ("a key for another service", |scene| scene.admin.called("9QZ7T2LM4W").inquiry(), Cause::LookAlike),
    ];
    let mut told = Vec::new();
    for (row, provoke, cause) in rows {
        let scene = Scene::new();
        let report = check(&scene.line, provoke(&scene), |_, _| {}).await;
        let Verdict::Unrecognised { causes, sibling } = &report.verdict else { panic!("{row}: {report:?}") };
        assert!(causes.contains(&cause), "{row}: {causes:?}");
        assert_eq!(rests_on(&report.evidence), (Some(401), "NOT_AUTHORIZED"), "{row}");
        assert!(report.ruled_out.contains(&RuledOut::Glitch { tries: 3, seconds: 0 }), "{row}");
        assert!(report.ruled_out.contains(&RuledOut::OtherKind { kind: KeyKind::Individual }), "{row}");
        told.push((causes.clone(), *sibling));
    }
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "nothing in the answer tells them apart: {told:?}");
}

#[tokio::test]
async fn what_the_answer_to_a_question_means() {
    type Row = (&'static str, fn(&Scene) -> Inquiry, &'static str, Reading, (Option<u16>, &'static str));
    let thorough = |inquiry: Inquiry| Inquiry { depth: Depth::Thorough, ..inquiry };
    let rows: [Row; 9] = [
        ("200", |scene| scene.admin.inquiry(), "builds_upload", Reading::CanRead, (Some(200), "")),
        (
            "404 on something an app may have",
            |scene| scene.admin.inquiry(),
            "game_center",
            Reading::NothingThere,
            (Some(404), "NOT_FOUND"),
        ),
        (
            "404 for a day without sales",
            |scene| scene.admin.inquiry(),
            "sales_reports",
            Reading::NothingThere,
            (Some(404), "NOT_FOUND"),
        ),
        (
            "403 by the role",
            |scene| scene.developer.inquiry(),
            "sales_reports",
            Reading::RoleRefuses,
            (Some(403), "FORBIDDEN_ERROR"),
        ),
        (
            "401 to a Team key that is alive",
            |scene| {
                scene.apple.fault(Fault::new(Fails::Unauthorized).under("/v1/users").always());
                scene.admin.inquiry()
            },
            "users_read",
            Reading::Unclear,
            (Some(401), "NOT_AUTHORIZED"),
        ),
        (
            "401 to an Individual key on provisioning",
            |scene| scene.individual.inquiry(),
            "provisioning_read",
            Reading::ClosedToKind,
            (Some(401), "NOT_AUTHORIZED"),
        ),
        (
            "400",
            |scene| Inquiry { vendor: Some("1".to_owned()), ..scene.admin.inquiry() },
            "sales_reports",
            Reading::Mistaken,
            (Some(400), "PARAMETER_ERROR.INVALID"),
        ),
        (
            "403 with another code",
            |scene| {
                scene.apple.fault(Fault::new(UNEXPLAINED).under("/v1/users").always());
                scene.admin.inquiry()
            },
            "users_read",
            Reading::Unclear,
            (Some(403), "UNEXPECTED_ERROR"),
        ),
        (
            "anything else",
            |scene| {
                let teapot = Fails::Status { status: 418, page: Page::Empty };
                scene.apple.fault(Fault::new(teapot).under("/v1/users").always());
                scene.admin.inquiry()
            },
            "users_read",
            Reading::NotLearned,
            (Some(418), ""),
        ),
    ];
    for (row, provoke, capability, reading, evidence) in rows {
        let scene = Scene::new();
        let report = check(&scene.line, thorough(provoke(&scene)), |_, _| {}).await;
        assert_eq!(report.verdict, Verdict::Alive, "{row}");
        let (told, rests) = observed(&report, capability).unwrap_or_else(|| panic!("{row}: {report:?}"));
        assert_eq!((told, rests_on(rests)), (reading, evidence), "{row}");
        let sent = report.sent.iter().rfind(|one| one.request == rests.request).unwrap();
        assert_eq!((sent.reading, sent.status), (Some(reading), rests.status), "{row}: on record");
    }
}

#[tokio::test]
async fn an_agreement_that_ends_in_the_middle_says_nothing_of_any_area() {
    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::AgreementMissing).under("/v1/users").always());
    let report = scene.check(&scene.admin).await;
    assert_eq!((report.verdict, report.observed), (Verdict::AgreementMissing, vec![]));
    assert!(report.evidence.request.starts_with("GET /v1/users"), "the answer it rests on");
}

#[tokio::test]
async fn an_app_that_is_not_found_is_an_app_that_is_not_seen() {
    let scene = Scene::new();
    let mut talk = scene.talk(&scene.individual);
    for (row, app, seen) in
        [("the owner's", HARBOUR, true), ("not the owner's", LANTERN, false), ("another team's", "1", false)]
    {
        assert_eq!(sees_app(&mut talk, app).await, Ok(seen), "{row}");
    }
}
