//! One program per vault: a second start brings the first window to the front and hands its files over.
//!
//! The lock in the data folder (taken by the core) decides who is first. This socket only carries the message,
//! so nothing is lost if it cannot be opened: a second start then ends without effect.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use interprocess::local_socket::prelude::*;
use interprocess::local_socket::{ListenerOptions, Stream};
use keyfolio_core::Keyfolio;
use keyfolio_core::view::ImportOrigin;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager};

use crate::{platform, window};

/// More than any file manager passes at once.
const LONGEST_MESSAGE: u64 = 1024 * 1024;

/// What a second start says.
#[derive(Serialize, Deserialize)]
struct Message {
    files: Vec<PathBuf>,
}

/// Listens as long as the program runs.
pub(crate) fn listen(data_dir: &Path, app: AppHandle) {
    let name = platform::instance_name(data_dir, digest(data_dir));
    let listener = name.and_then(|name| ListenerOptions::new().name(name).try_overwrite(true).create_sync());
    if let Ok(listener) = listener {
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if let Some(message) = read(stream) {
                    offer(&app, message.files);
                }
            }
        });
    }
}

fn read(stream: Stream) -> Option<Message> {
    let mut line = Vec::new();
    BufReader::new(stream.take(LONGEST_MESSAGE)).read_until(b'\n', &mut line).ok()?;
    serde_json::from_slice(&line).ok()
}

/// Shows the window, and offers files that something else has named: a second start, or the system itself.
pub(crate) fn offer(app: &AppHandle, files: Vec<PathBuf>) {
    window::focus(app);
    if !files.is_empty() {
        app.state::<Arc<Keyfolio>>().import_files(ImportOrigin::Arguments, files);
    }
}

/// Passes the files of a second start to the first.
pub(crate) fn hand_over(data_dir: &Path, files: &[PathBuf]) -> ExitCode {
    let name = platform::instance_name(data_dir, digest(data_dir));
    let told = name.and_then(Stream::connect).and_then(|mut stream| {
        let mut line = serde_json::to_vec(&Message { files: files.to_vec() })?;
        line.push(b'\n');
        stream.write_all(&line)
    });
    if told.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Short enough for any name, and the same for every start on this folder.
fn digest(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}
