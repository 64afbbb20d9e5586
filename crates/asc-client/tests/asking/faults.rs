//! Apple answers badly, late or not at all, or somebody else answers.

use std::time::Duration;

use asc_client::{Answer, Connection, Exchange, Line, Phase, Target, Trouble, Verdict, check};
use asc_sim::{Fault, Page, Trouble as Fails};

use crate::{NOON, Scene, connection, reading};

async fn asked(scene: &Scene, fault: Fault) -> (Exchange, Vec<u64>) {
    let before = scene.stage.waits().len();
    scene.apple.fault(fault);
    let exchange = scene.talk(&scene.admin).get(&Target::new("/v1/apps").with("limit", "1")).await;
    scene.apple.calm();
    (exchange, scene.stage.waits().split_off(before))
}

#[tokio::test]
async fn a_failing_server_is_asked_four_times_and_later_each_time() {
    for status in [500, 502, 503, 504] {
        for page in [Page::Json, Page::Html, Page::Empty] {
            let scene = Scene::new();
            let (exchange, waits) = asked(&scene, Fault::new(Fails::Status { status, page }).always()).await;
            assert_eq!(exchange.answer, Err(Trouble::Server { status }));
            assert_eq!((exchange.requests, waits), (4, vec![500, 1000, 2000]));
            assert_eq!(exchange.evidence.status, Some(status));
        }
    }
    let scene = Scene::new();
    let (exchange, _) = asked(&scene, Fault::new(Fails::Status { status: 503, page: Page::Html }).times(3)).await;
    assert!(matches!(exchange.answer, Ok(Answer::Allowed(_))), "{:?}", exchange.answer);
}

#[tokio::test]
async fn a_cut_connection_is_tried_again() {
    for fails in [Fails::CloseEarly, Fails::Reset, Fails::ShortBody] {
        let scene = Scene::new();
        let (exchange, _) = asked(&scene, Fault::new(fails.clone()).times(1)).await;
        assert!(matches!(exchange.answer, Ok(Answer::Allowed(_))), "{fails:?}: {:?}", exchange.answer);
        let (exchange, waits) = asked(&scene, Fault::new(fails.clone()).always()).await;
        assert_eq!((exchange.answer, waits.len()), (Err(Trouble::Cut), 3), "{fails:?}");
    }
}

#[tokio::test]
async fn half_a_document_is_no_answer() {
    for fails in [Fails::TruncatedJson, Fails::BrokenJson] {
        let scene = Scene::new();
        let (exchange, waits) = asked(&scene, Fault::new(fails.clone()).always()).await;
        assert_eq!((exchange.answer, waits.len()), (Err(Trouble::Garbled), 0), "{fails:?}");
    }
}

#[tokio::test]
async fn a_sign_in_page_or_a_redirect_is_a_network_in_the_way() {
    let scene = Scene::new();
    let (exchange, _) = asked(&scene, Fault::new(Fails::CaptivePortal)).await;
    assert_eq!(exchange.answer, Err(Trouble::Portal));
    let here = scene.apple.origin();
    for status in [301, 302, 303, 307, 308] {
        for to in [
            "https://evil.example/v1/apps".to_owned(),
            format!("{here}/v1/users"),
            format!("http://localhost:{}/v1/apps", scene.apple.port()),
            "/v1/users".to_owned(),
        ] {
            scene.seen();
            let (exchange, _) = asked(&scene, Fault::new(Fails::Redirect { status, to: to.clone() })).await;
            assert_eq!(exchange.answer, Err(Trouble::Portal), "{status} {to}");
            assert_eq!(scene.seen().len(), 1, "nothing followed {status} to {to}");
        }
    }
}

#[tokio::test]
async fn a_spent_allowance_ends_the_questions_and_is_respected_afterwards() {
    let scene = Scene::new();
    let limited = Fault::new(Fails::RateLimited { retry_after: Some("600".to_owned()) }).after(3).times(1);
    scene.apple.fault(limited);
    let report = scene.check(&scene.admin).await;
    let until = NOON + 600_000;
    assert_eq!((report.verdict, report.observed.len()), (Verdict::Alive, 3));
    assert_eq!(report.interrupted, Some(Trouble::RateLimited { until }));
    assert_eq!(scene.line.rests_until(&scene.admin.id), Some(until));
    assert_eq!(scene.seen().len(), 4);

    let again = scene.check(&scene.admin).await;
    assert_eq!(again.verdict, Verdict::NotChecked { trouble: Trouble::RateLimited { until } });
    assert_eq!(scene.seen(), [], "a resting key is not sent");
    assert_eq!(scene.check(&scene.developer).await.verdict, Verdict::Alive, "the allowance is the key's own");

    scene.stage.pass(601);
    assert_eq!(scene.check(&scene.admin).await.verdict, Verdict::Alive);
}

#[tokio::test]
async fn the_allowance_apple_counts_is_read_before_it_runs_out() {
    let scene = Scene::new();
    scene.apple.change(|world| world.set_hour_limit(5));
    let report = scene.check(&scene.admin).await;
    assert_eq!((report.observed.len(), report.sent.len()), (5, 5));
    assert_eq!(report.interrupted, Some(Trouble::RateLimited { until: NOON + 900_000 }));
    assert_eq!(report.rate.unwrap().hour_left(), Some(0));
    assert!(scene.seen().iter().all(|request| request.status == 200), "no 429 had to be provoked");
}

#[tokio::test]
async fn every_wish_of_a_busy_server_has_its_schedule() {
    for (retry_after, waits, rest) in [
        (None, vec![500, 1000, 2000], Some(900)),
        (Some("2"), vec![2125, 2250, 2500], Some(2)),
        (Some("20"), vec![20_125, 20_250, 20_500], Some(20)),
        (Some("60"), vec![], Some(60)),
        (Some("99999999"), vec![], Some(900)),
        (Some("Fri, 31 Dec 9999 23:59:59 GMT"), vec![], Some(900)),
        (Some("-7"), vec![125, 250, 500], None),
        (Some("soon"), vec![500, 1000, 2000], Some(900)),
    ] {
        let scene = Scene::new();
        let fails = Fails::RateLimited { retry_after: retry_after.map(str::to_owned) };
        let (exchange, waited) = asked(&scene, Fault::new(fails).always()).await;
        assert_eq!(waited, waits, "{retry_after:?}");
        let passed = i64::try_from(waits.iter().sum::<u64>()).unwrap();
        let until = NOON + passed + rest.unwrap_or(0) * 1000;
        assert_eq!(exchange.answer, Err(Trouble::RateLimited { until }), "{retry_after:?}");
        assert_eq!(exchange.evidence.status, Some(429), "{retry_after:?}");
    }
}

#[tokio::test]
async fn one_question_that_fails_does_not_end_a_check_and_two_do() {
    let scene = Scene::new();
    scene.apple.fault(Fault::new(Fails::Status { status: 500, page: Page::Json }).under("/v1/users").always());
    let report = scene.check(&scene.admin).await;
    assert_eq!((report.verdict, report.interrupted), (Verdict::Alive, None));
    assert_eq!((report.observed.len(), report.sent.len()), (12, 15));
    let users = report.observed.iter().find(|one| one.capability == "users_read").unwrap();
    assert_eq!((users.reading.code(), users.evidence.status), ("not_learned", Some(500)));

    scene.apple.fault(Fault::new(Fails::Status { status: 500, page: Page::Json }).under("/v1/builds").always());
    let report = scene.check(&scene.admin).await;
    assert_eq!(report.interrupted, Some(Trouble::Server { status: 500 }));
    assert_eq!(reading(&report, "provisioning_read"), Some("can_read"), "what was learned before stays");
}

/// Real time: these limits are what keeps a person from waiting.
fn hurried(scene: &Scene) -> Connection {
    let mut connection = connection(&scene.apple);
    connection.deadlines.idle = Duration::from_millis(300);
    connection.deadlines.total = Duration::from_millis(900);
    connection
}

#[tokio::test]
async fn silence_stalling_and_dripping_all_end_in_time() {
    let scene = Scene::new();
    let line = scene.line.again(&hurried(&scene)).unwrap();
    let drip = Fails::Slow {
        first_byte: Duration::ZERO,
        in_head: Duration::ZERO,
        in_body: Duration::from_millis(150),
        piece: 4,
    };
    let slow_head = Fails::Slow {
        first_byte: Duration::ZERO,
        in_head: Duration::from_millis(50),
        in_body: Duration::ZERO,
        piece: 64,
    };
    for fails in [Fails::Silence, Fails::Stall, drip, slow_head] {
        scene.apple.fault(Fault::new(fails.clone()).always());
        let began = std::time::Instant::now();
        let report = check(&line, scene.admin.inquiry(), |_, _| {}).await;
        scene.apple.calm();
        let trouble = Trouble::Timeout { phase: Phase::Answering };
        assert_eq!(report.verdict, Verdict::NotChecked { trouble }, "{fails:?}");
        assert!(began.elapsed() < Duration::from_secs(3), "{fails:?} took {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_body_larger_than_any_answer_is_not_read() {
    let scene = Scene::new();
    for fails in [Fails::Huge { bytes: 1 << 30 }, Fails::Endless] {
        let (exchange, _) = asked(&scene, Fault::new(fails.clone())).await;
        assert_eq!(exchange.answer, Err(Trouble::TooLarge), "{fails:?}");
    }
}

#[tokio::test]
async fn nobody_there_is_told_from_somebody_who_refuses() {
    let scene = Scene::new();
    let connection = connection(&scene.apple);
    let Scene { apple, stage, admin, .. } = scene;
    drop(apple);
    let line = Line::open(&connection, stage).unwrap();
    let report = check(&line, admin.inquiry(), |_, _| {}).await;
    assert_eq!(report.verdict, Verdict::NotChecked { trouble: Trouble::Refused });
}
