//! Many keys: lanes, events, stopping. Real time, because time is what these are about.

use std::sync::Arc;
use std::time::{Duration, Instant};

use asc_client::{Event, Here, Inquiry, LANES, Line, Run, TlsTrouble, Trouble, Verdict};
use asc_sim::{Fault, Front, Pair, Simulator, Team, Trouble as Fails, World};
use tokio::runtime::Handle;

use crate::{ISSUER, Key, connection, team};

/// A team with so many Admin keys, and no apps: a check asks five questions.
fn many(keys: usize) -> (Simulator, Vec<Key>) {
    let pairs: Vec<Pair> = (0..keys).map(|_| Pair::generate()).collect();
    let named: Vec<_> =
        pairs.iter().enumerate().map(|(at, pair)| Key::new(pair, &format!("KEY{at:07}"), team())).collect();
    let mut own = Team::new(ISSUER, "Blue Anchor");
    for (pair, key) in pairs.iter().zip(&named) {
        own = own.team_key(key.id.as_str(), &[asc_access::Role::Admin], &pair.public_key_der());
    }
    (Simulator::start(World::new().team(own)).unwrap(), named)
}

fn inquiries(keys: &[Key]) -> Vec<Inquiry> {
    keys.iter().map(|key| Inquiry { vendor: None, ..key.inquiry() }).collect()
}

async fn all(mut run: Run) -> Vec<Event> {
    let mut events = Vec::new();
    while let Some(event) = run.next().await {
        events.push(event);
    }
    events
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_keys_share_a_few_connections() {
    let (apple, keys) = many(50);
    let line = Line::open(&connection(&apple), Arc::new(Here)).unwrap();
    let events = all(Run::start(&Handle::current(), line, inquiries(&keys))).await;
    let reports = events.iter().filter_map(|event| match event {
        Event::Ended { report, .. } => Some((report.verdict.clone(), report.sent.len())),
        _ => None,
    });
    assert_eq!(reports.collect::<Vec<_>>(), vec![(Verdict::Alive, 5); 50]);
    assert_eq!(events.last(), Some(&Event::Over { ended: 50, left: 0, trouble: None }));
    assert_eq!(apple.requests().len(), 250);
    // How long it takes is measured by `cargo run -p asc-client --example fifty`.
    // A lane may ask again before its connection is put back, so there can be a few more than lanes.
    assert!(apple.connections() < 50, "{} connections", apple.connections());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn never_more_than_four_at_a_time_and_every_key_once() {
    let (apple, keys) = many(11);
    apple.change(|world| world.set_latency(Duration::from_millis(5)));
    let line = Line::open(&connection(&apple), Arc::new(Here)).unwrap();
    let events = all(Run::start(&Handle::current(), line, inquiries(&keys))).await;
    let mut under_way = 0_i32;
    let mut began = vec![0; 11];
    let mut ended = vec![0; 11];
    for event in &events {
        match event {
            Event::Began { key } => {
                under_way += 1;
                began[*key] += 1;
            }
            Event::Ended { key, .. } => {
                under_way -= 1;
                ended[*key] += 1;
            }
            Event::Asked { key, done, of } => {
                assert!(done <= of && began[*key] == 1 && ended[*key] == 0);
            }
            Event::Over { .. } => {}
        }
        assert!((0..=4).contains(&under_way));
    }
    assert_eq!((began, ended), (vec![1; 11], vec![1; 11]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_takes_less_than_a_second_even_from_a_server_that_is_silent() {
    let (apple, keys) = many(20);
    apple.fault(Fault::new(Fails::Silence).after(12).always());
    let line = Line::open(&connection(&apple), Arc::new(Here)).unwrap();
    let mut run = Run::start(&Handle::current(), line, inquiries(&keys));
    let reins = run.reins();
    let mut ended = 0;
    // Four lanes are caught by the silence sooner or later.
    while let Ok(event) = tokio::time::timeout(Duration::from_millis(700), run.next()).await {
        ended += usize::from(matches!(event, Some(Event::Ended { .. })));
    }
    let stopped = Instant::now();
    reins.stop();
    let events = all(run).await;
    assert!(stopped.elapsed() < Duration::from_secs(1), "{:?}", stopped.elapsed());
    assert_eq!(events.last(), Some(&Event::Over { ended, left: 20 - ended, trouble: None }));
    assert!(!events.iter().any(|event| matches!(event, Event::Ended { .. })));
    assert!(ended < 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_the_way_of_one_key_is_not_tried_with_fifty() {
    let (apple, keys) = many(50);
    apple.front(Front::UnknownAuthority);
    let line = Line::open(&connection(&apple), Arc::new(Here)).unwrap();
    let events = all(Run::start(&Handle::current(), line, inquiries(&keys))).await;
    let Some(Event::Over { ended, left, trouble }) = events.last() else { panic!("{events:?}") };
    assert_eq!(*trouble, Some(Trouble::Tls { why: TlsTrouble::UntrustedIssuer }));
    assert!((1..=LANES).contains(ended) && ended + left == 50, "{ended} {left}");
    assert!(apple.connections() <= LANES, "{}", apple.connections());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_nobody_listens_to_stops() {
    let (apple, keys) = many(20);
    apple.change(|world| world.set_latency(Duration::from_millis(50)));
    let line = Line::open(&connection(&apple), Arc::new(Here)).unwrap();
    let mut run = Run::start(&Handle::current(), line, inquiries(&keys));
    run.next().await;
    drop(run);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let soon = apple.requests().len();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(apple.requests().len(), soon, "nothing is asked after the run was dropped");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_added_on_the_way_are_asked_like_the_others() {
    let (apple, keys) = many(9);
    apple.change(|world| world.set_latency(Duration::from_millis(5)));
    let line = Line::open(&connection(&apple), Arc::new(Here)).unwrap();
    let mut run = Run::start(&Handle::current(), line, inquiries(&keys[..2]));
    assert_eq!(run.next().await, Some(Event::Began { key: 0 }));
    run.reins().add(inquiries(&keys[2..]));
    let events = all(run).await;
    let mut ended: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Ended { key, report } if report.verdict == Verdict::Alive => Some(*key),
            _ => None,
        })
        .collect();
    ended.sort_unstable();
    assert_eq!(ended, (0..9).collect::<Vec<_>>());
    assert_eq!(events.last(), Some(&Event::Over { ended: 9, left: 0, trouble: None }));
}

#[tokio::test]
async fn a_run_of_nothing_is_over() {
    let (apple, _) = many(0);
    let line = Line::open(&connection(&apple), Arc::new(Here)).unwrap();
    assert_eq!(
        all(Run::start(&Handle::current(), line, Vec::new())).await,
        [Event::Over { ended: 0, left: 0, trouble: None }]
    );
}
