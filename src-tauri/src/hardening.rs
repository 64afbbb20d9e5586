//! What the process does to itself before the first window.

use std::path::Path;
use std::process::ExitCode;

/// A panic says where, never what: its message may have been made from a file or an answer.
#[allow(clippy::print_stderr, reason = "a panic has no other place to be reported")]
pub(crate) fn report_panics_by_place() {
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => eprintln!("Keyfolio stopped a task at {}:{}. Nothing was lost.", place.file(), place.line()),
        None => eprintln!("Keyfolio stopped a task. Nothing was lost."),
    }));
}

/// A crash must not leave keys in a core file.
#[cfg(unix)]
pub(crate) fn forbid_core_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // Lowering a limit of one's own cannot fail; if it does, the limit was lower already.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });

    // Keeps other programs of the same user from reading our memory. The GTK file dialog runs in this process
    // and survives it; a portal dialog would not. Real-window tests attach to the process.
    #[cfg(all(target_os = "linux", not(feature = "e2e"), not(debug_assertions)))]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// Windows writes no dump unless an administrator asked for it.
#[cfg(windows)]
pub(crate) const fn forbid_core_dumps() {}

/// There is no window to say it in.
#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
pub(crate) fn report_no_window(error: &tauri::Error) -> ExitCode {
    eprintln!("Keyfolio could not open its window: {error}. Nothing was changed.");
    ExitCode::FAILURE
}

/// There is no window to say it in.
#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
pub(crate) fn report_unusable_folder(folder: &Path) -> ExitCode {
    eprintln!("Keyfolio cannot use its folder {}. Nothing was changed.", folder.display());
    ExitCode::FAILURE
}
