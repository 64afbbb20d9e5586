//! What the process does to itself before the first window.

use std::path::Path;
use std::process::ExitCode;

use crate::platform;

/// A panic says where, never what: its message may have been made from a file or an answer.
#[allow(clippy::print_stderr, reason = "a panic has no other place to be reported")]
pub(crate) fn report_panics_by_place() {
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => eprintln!("Keyfolio stopped a task at {}:{}. Nothing was lost.", place.file(), place.line()),
        None => eprintln!("Keyfolio stopped a task. Nothing was lost."),
    }));
}

/// There is no window to say it in.
#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
pub(crate) fn report_no_window(error: &tauri::Error) -> ExitCode {
    eprintln!("Keyfolio could not open its window: {error}. Nothing was changed.");
    platform::explain_no_window();
    ExitCode::FAILURE
}

/// There is no window to say it in.
#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
pub(crate) fn report_unusable_folder(folder: &Path) -> ExitCode {
    eprintln!("Keyfolio cannot use its folder {}. Nothing was changed.", folder.display());
    ExitCode::FAILURE
}
