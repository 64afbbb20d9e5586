//! Times what a user waits for: judging 1,000 files, storing 50 keys, and asking what 200 keys may do.
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

use asc_access::{Area, AskedHalf, Task};
use keyfolio_core::samples::throwaway_key;
use keyfolio_core::view::{
    AdviseRequest, AppEvent, AppScopeCode, ImportChoice, ImportCommit, ImportOrigin, ImportState, ImportView, Layer,
    QuestionRef, RowVerdict, WhoCanRequest,
};
use keyfolio_core::{Environment, Keyfolio, Places};
use serde::Serialize;

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
    let figures: BTreeMap<&str, f64> = bulk.into_iter().chain(permissions()).collect();
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
