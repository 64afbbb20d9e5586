//! A core on a temporary folder with a keyring in memory, and throwaway key files to feed it.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyfolio_core::samples::throwaway_key;
use keyfolio_core::view::*;
use keyfolio_core::{Environment, Keyfolio, Places};
use tempfile::TempDir;
use vault::MemoryKeyring;

pub(crate) struct App {
    pub(crate) core: Arc<Keyfolio>,
    pub(crate) events: Receiver<AppEvent>,
    pub(crate) keyring: Arc<MemoryKeyring>,
    pub(crate) folder: Arc<TempDir>,
}

/// A first start with a keyring that works.
pub(crate) fn app() -> App {
    let app = start(Arc::new(TempDir::new().unwrap()), Arc::new(MemoryKeyring::new()));
    app.core.open_now();
    app
}

/// A first start with this many of the sample keys.
pub(crate) fn app_with_samples(count: usize) -> App {
    let app = start_with(count, Arc::new(TempDir::new().unwrap()), Arc::new(MemoryKeyring::new()));
    app.core.open_now();
    app
}

/// A start on a given folder and keyring; the vault is not open yet.
pub(crate) fn start(folder: Arc<TempDir>, keyring: Arc<MemoryKeyring>) -> App {
    start_with(0, folder, keyring)
}

fn start_with(samples: usize, folder: Arc<TempDir>, keyring: Arc<MemoryKeyring>) -> App {
    let nobody = Environment::of_the_user(PathBuf::new(), Places::default()).asking_locally(9, None);
    start_in(folder, keyring, |environment| Environment { samples, apple: nobody.apple, ..environment })
}

/// A start in an environment that differs. What is added is not checked, unless a preference says so.
pub(crate) fn start_in(
    folder: Arc<TempDir>,
    keyring: Arc<MemoryKeyring>,
    how: impl FnOnce(Environment) -> Environment,
) -> App {
    let (send, events) = channel();
    let send = Mutex::new(send);
    let data_dir = folder.path().join("data");
    if !data_dir.exists() {
        std::fs::create_dir(&data_dir).unwrap();
        std::fs::write(data_dir.join("preferences.json"), r#"{"asking":{"on_add":false}}"#).unwrap();
    }
    let environment = Environment {
        keyring: keyring.clone(),
        clock: Arc::new(|| 1_790_000_000_000),
        profile: Profile::Normal,
        ..Environment::of_the_user(
            data_dir,
            Places { home: Some(folder.path().join("home")), downloads: None, desktop: None },
        )
    };
    let listener = move |event: &AppEvent| {
        // A test that has ended no longer listens.
        let _ = send.lock().unwrap().send(event.clone());
    };
    let core = Arc::new(Keyfolio::start(how(environment), Box::new(listener)).unwrap());
    App { core, events, keyring, folder }
}

impl App {
    /// The same folder and keyring after the program was closed.
    pub(crate) fn restarted(self) -> App {
        let App { core, folder, keyring, .. } = self;
        core.close();
        drop(core);
        let again = start(folder, keyring);
        again.core.open_now();
        again
    }

    /// A file in the home folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("home").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// A file with a fresh key.
    pub(crate) fn key_file(&self, name: &str) -> PathBuf {
        self.file(name, throwaway_key().to_pkcs8_pem().as_bytes())
    }

    /// Offers files and waits until they are read.
    pub(crate) fn offer(&self, files: &[&Path]) -> ImportView {
        let files = files.iter().map(|file| file.to_path_buf()).collect();
        let id = self.core.import_files(ImportOrigin::Drop, files).unwrap();
        self.when_read(id)
    }

    pub(crate) fn when_read(&self, id: u32) -> ImportView {
        loop {
            match self.events.recv_timeout(Duration::from_secs(20)).expect("the import ends") {
                AppEvent::ImportChanged { id: of, state, .. } if of == id && state != ImportState::Reading => {
                    return self.core.import_view(id).unwrap();
                }
                _ => {}
            }
        }
    }

    /// Adds files as the window would with everything left as suggested.
    pub(crate) fn add(&self, files: &[&Path]) -> Vec<KeyView> {
        let view = self.offer(files);
        let choices = view.rows.iter().map(choice).collect();
        let outcome = self.core.import_commit(&ImportCommit { id: view.id, choices }).unwrap();
        assert_eq!(outcome.failed, []);
        outcome.added
    }
}

/// The choice the window makes of a row that is ready.
pub(crate) fn choice(row: &ImportRow) -> ImportChoice {
    let (RowVerdict::Ready { candidate } | RowVerdict::Conflict { candidate, .. }) = &row.verdict else {
        panic!("not on offer: {row:?}")
    };
    ImportChoice {
        row: row.row,
        name: if candidate.name.is_empty() { "A key".to_owned() } else { candidate.name.clone() },
        key_id: candidate.key_id.clone().unwrap_or_else(|| "AAAAAAAAAA".to_owned()),
        kind: candidate.kind,
        issuer_id: candidate.issuer_id.clone(),
        roles: Vec::new(),
        conflict: None,
    }
}

/// A path as this system writes it.
pub(crate) fn native(path: &str) -> String {
    path.replace('/', std::path::MAIN_SEPARATOR_STR)
}
