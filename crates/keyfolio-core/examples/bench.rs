//! Times what a user waits for: judging 1,000 files, storing 50 keys, asking what 200 keys may do, listing 200 that Apple
//! was asked about, and looking through 10,000 entries of activity.
//!
//! `cargo run --release -p keyfolio-core --example bench -- --json`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops at the first surprise and prints what it measured"
)]

use std::collections::BTreeMap;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use asc_access::{Area, AskedHalf, Role, Task};
use asc_key::KeyKind;
use asc_sim::{Pair, Simulator, Team, World};
use keyfolio_core::samples::throwaway_key;
use keyfolio_core::view::{
    ActivityQuery, AdviseRequest, AppEvent, AppScopeCode, ImportChoice, ImportCommit, ImportOrigin, ImportRow,
    ImportState, ImportView, Layer, QuestionRef, RowVerdict, WhoCanRequest,
};
use keyfolio_core::{Environment, Keyfolio, Places};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;
use vault::{MemoryKeyring, NewSlots, Note, NotedKey, Vault};

/// A team that does not exist.
const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011a9b3";

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (send, events) = channel::<AppEvent>();
    let send: Mutex<Sender<AppEvent>> = Mutex::new(send);
    let environment = Environment::demo(folder.path().join("vault"), Places::default(), 0);
    let core = Arc::new(
        Keyfolio::start(environment, Box::new(move |event| send.lock().unwrap().send(event.clone()).unwrap())).unwrap(),
    );
    core.open_now();

    let offer = |count: usize, prefix: &str| -> (f64, ImportView) {
        let files: Vec<_> = (0..count)
            .map(|number| {
                let path = folder.path().join(format!("AuthKey_{prefix}{number:06}.p8"));
                std::fs::write(&path, throwaway_key().to_pkcs8_pem().as_bytes()).unwrap();
                path
            })
            .collect();
        let start = Instant::now();
        let id = core.import_files(ImportOrigin::Drop, files).unwrap();
        let done =
            |event| matches!(event, AppEvent::ImportChanged { id: of, state: ImportState::Ready, .. } if of == id);
        while !done(events.recv().unwrap()) {}
        let view = core.import_view(id).unwrap();
        (start.elapsed().as_secs_f64() * 1000.0, view)
    };

    let (classify_1000_ms, view) = offer(1000, "MANY");
    assert!(view.rows.iter().all(|row| matches!(row.verdict, RowVerdict::Ready { .. })));

    let (_, view) = offer(50, "SOME");
    let choices = view
        .rows
        .iter()
        .map(|row| {
            let RowVerdict::Ready { candidate } = &row.verdict else { panic!("a fresh key is ready") };
            ImportChoice {
                row: row.row,
                name: format!("Key {}", row.row),
                key_id: candidate.key_id.clone().unwrap(),
                kind: candidate.kind,
                issuer_id: None,
                roles: Vec::new(),
                conflict: None,
            }
        })
        .collect();
    let start = Instant::now();
    let outcome = core.import_commit(&ImportCommit { id: view.id, choices }).unwrap();
    let store_50_ms = start.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(outcome.added.len(), 50);
    core.close();

    let bulk = [("classify_1000_ms", classify_1000_ms), ("store_50_ms", store_50_ms)];
    let figures = bulk.into_iter().chain(permissions()).chain(verified()).chain(activity());
    let figures: BTreeMap<&str, f64> = figures.collect();
    if std::env::args().any(|argument| argument == "--json") {
        println!("{}", serde_json::json!(figures));
    } else {
        for (name, milliseconds) in figures {
            println!("{name:<20} {milliseconds:>10.2}");
        }
    }
}

/// The questions about permissions, asked of 200 keys.
fn permissions() -> Vec<(&'static str, f64)> {
    let folder = tempfile::tempdir().unwrap();
    let environment = Environment::demo(folder.path().join("vault"), Places::default(), 200);
    let core = Arc::new(Keyfolio::start(environment, Box::new(|_| {})).unwrap());
    core.open_now();
    let scope = AppScopeCode::Every;
    let finance = QuestionRef::Area { area: Area::Finance, half: AskedHalf::Any };
    let question = WhoCanRequest { question: finance, scope: scope.clone() };
    let jobs = AdviseRequest { tasks: vec![Task::CiMachine], scope };
    let figures = vec![
        ("grid_200_ms", median(|| core.grid(Layer::Combined).unwrap())),
        ("who_can_200_ms", median(|| core.who_can(&question).unwrap())),
        ("advise_200_ms", median(|| core.advise(&jobs).unwrap())),
        ("operations_200_ms", median(|| core.operations().unwrap())),
    ];
    core.close();
    figures
}

/// The same questions and the list, of 200 keys that each have answers of their own from Apple.
fn verified() -> Vec<(&'static str, f64)> {
    let folder = tempfile::tempdir().unwrap();
    let mut team = Team::new(ISSUER, "Bench").app("6448311069", "Harbour", "com.example.harbour");
    let roles = [Role::Admin, Role::AppManager, Role::Developer, Role::Sales, Role::Finance, Role::Marketing];
    let mut files = Vec::new();
    for (number, role) in (0..200).zip(roles.into_iter().cycle()) {
        let (pair, id) = (Pair::generate(), format!("VERI{number:06}"));
        team = team.team_key(&id, &[role], &pair.public_key_der());
        let file = folder.path().join(format!("AuthKey_{id}.p8"));
        std::fs::write(&file, pair.p8()).unwrap();
        files.push(file);
    }
    let apple = Simulator::start(World::new().team(team)).unwrap();
    let (send, events) = channel::<AppEvent>();
    let send = Mutex::new(send);
    let environment = Environment::demo(folder.path().join("vault"), Places::default(), 0)
        .asking_locally(apple.port(), Some(apple.authority_pem().to_owned()));
    let listener = move |event: &AppEvent| send.lock().unwrap().send(event.clone()).unwrap();
    let core = Arc::new(Keyfolio::start(environment, Box::new(listener)).unwrap());
    core.open_now();
    let id = core.import_files(ImportOrigin::Drop, files).unwrap();
    while !matches!(events.recv().unwrap(), AppEvent::ImportChanged { state: ImportState::Ready, .. }) {}
    let choice = |row: &ImportRow| ImportChoice {
        row: row.row,
        name: format!("Key {}", row.row),
        key_id: row.file_name["AuthKey_".len()..row.file_name.len() - ".p8".len()].to_owned(),
        kind: KeyKind::Team,
        issuer_id: Some(ISSUER.to_owned()),
        roles: vec![roles[row.row as usize % roles.len()]],
        conflict: None,
    };
    let choices = core.import_view(id).unwrap().rows.iter().map(choice).collect();
    // What was added is checked right away.
    core.import_commit(&ImportCommit { id, choices }).unwrap();
    let start = Instant::now();
    let run = loop {
        if let AppEvent::RunChanged { run: Some(run) } = events.recv().unwrap()
            && run.over
        {
            break run;
        }
    };
    let verify = start.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(run.verified, 200, "{run:?}");
    let jobs = AdviseRequest { tasks: vec![Task::CiMachine], scope: AppScopeCode::Every };
    let figures = vec![
        ("verify_200_ms", verify),
        ("keys_verified_200_ms", median(|| core.keys().unwrap())),
        ("grid_verified_200_ms", median(|| core.grid(Layer::Combined).unwrap())),
        ("advise_verified_200_ms", median(|| core.advise(&jobs).unwrap())),
    ];
    core.close();
    figures
}

/// A page of 10,000 entries, checks of 200 keys for the most part: the newest, what one key did, and a search for what
/// is nowhere, which has to look at every entry.
fn activity() -> Vec<(&'static str, f64)> {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("vault");
    let keyring = Arc::new(MemoryKeyring::new());
    let mut vault = Vault::create(&data_dir, NewSlots { os: Some(&*keyring), passphrase: None }, 0).unwrap();
    let keys: Vec<_> = (0..200).map(|_| Uuid::new_v4()).collect();
    let requests = vec![
        json!({ "request": "GET /v1/apps?limit=1&fields[apps]=bundleId", "status": 200, "reading": "granted" });
        12
    ];
    let detail =
        json!({ "standing": "verified", "trouble": null, "agree": 10, "of": 12, "requests": requests }).to_string();
    let note = |number: usize| Note {
        at: 0,
        what: "checked".to_owned(),
        topic: "verification".to_owned(),
        failure: number.is_multiple_of(9),
        key: Some(NotedKey {
            id: keys[number % keys.len()],
            name: format!("Key {}", number % keys.len()),
            kind: KeyKind::Team,
            roles: vec!["APP_MANAGER".to_owned()],
        }),
        found_by: format!("key {}\n{}", number % keys.len(), "get /v1/apps?limit=1&fields[apps]=bundleid\n".repeat(12)),
        detail: detail.clone(),
    };
    vault.write(0, |writing| (0..10_000).try_for_each(|number| writing.note(&note(number)))).unwrap();
    vault.lock();
    let environment = Environment { keyring, ..Environment::demo(data_dir, Places::default(), 0) };
    let core = Arc::new(Keyfolio::start(environment, Box::new(|_| {})).unwrap());
    core.open_now();
    let page = |query: ActivityQuery| move |core: &Keyfolio| core.activity(&query).unwrap();
    let newest = page(ActivityQuery { limit: 50, ..ActivityQuery::default() });
    let of_key = page(ActivityQuery { key: Some(keys[7].to_string()), limit: 50, ..ActivityQuery::default() });
    let nowhere = page(ActivityQuery { text: Some("nowhere".to_owned()), limit: 50, ..ActivityQuery::default() });
    let figures = vec![
        ("activity_10000_ms", median(|| newest(&core))),
        ("activity_of_key_10000_ms", median(|| of_key(&core))),
        ("activity_search_10000_ms", median(|| nowhere(&core))),
    ];
    core.close();
    figures
}

/// Milliseconds from the question to what the window reads, the middle of twenty.
fn median<T: Serialize>(ask: impl Fn() -> T) -> f64 {
    let mut times: Vec<f64> = (0..20)
        .map(|_| {
            let start = Instant::now();
            serde_json::to_vec(&ask()).unwrap();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
