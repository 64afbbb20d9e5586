//! Times the two bulk jobs a user waits for: judging 1,000 files, and storing 50 keys.
//!
//! `cargo run --release -p keyfolio-core --example bench -- --json`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops at the first surprise and prints what it measured"
)]

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use keyfolio_core::samples::throwaway_key;
use keyfolio_core::view::{AppEvent, ImportChoice, ImportCommit, ImportOrigin, ImportState, ImportView, RowVerdict};
use keyfolio_core::{Environment, Keyfolio, Places};

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

    if std::env::args().any(|argument| argument == "--json") {
        println!("{}", serde_json::json!({ "classify_1000_ms": classify_1000_ms, "store_50_ms": store_50_ms }));
    } else {
        println!("1,000 files classified in {classify_1000_ms:.0} ms\n50 keys stored in {store_50_ms:.0} ms");
    }
}
