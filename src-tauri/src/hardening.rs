//! What the process does to itself before the first window.

use std::path::Path;
use std::process::ExitCode;

/// Variables that open a web view to a debugger or a driver, in release builds too.
#[cfg(not(feature = "e2e"))]
const DEBUG_VARIABLES: [&str; 9] = [
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    "WEBVIEW2_BROWSER_EXECUTABLE_FOLDER",
    "WEBVIEW2_USER_DATA_FOLDER",
    "WEBVIEW2_CHANNEL_SEARCH_KIND",
    "WEBVIEW2_RELEASE_CHANNEL_PREFERENCE",
    "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER",
];

/// Starts the program again without the variables that open a web view to others, if any is set. Taking them
/// from the running process would need `unsafe`: another thread could be reading them.
#[cfg(not(feature = "e2e"))]
pub(crate) fn restart_without_debug_variables() -> Option<ExitCode> {
    if !DEBUG_VARIABLES.iter().any(|name| std::env::var_os(name).is_some()) {
        return None;
    }
    let Ok(program) = std::env::current_exe() else { return Some(ExitCode::FAILURE) };
    let mut again = std::process::Command::new(program);
    again.args(std::env::args_os().skip(1));
    for name in DEBUG_VARIABLES {
        again.env_remove(name);
    }
    Some(replace_process(again))
}

/// Builds for real-window tests let the driver in.
#[cfg(feature = "e2e")]
pub(crate) const fn restart_without_debug_variables() -> Option<ExitCode> {
    None
}

#[cfg(all(unix, not(feature = "e2e")))]
fn replace_process(mut command: std::process::Command) -> ExitCode {
    use std::os::unix::process::CommandExt as _;
    let _never_returns_on_success = command.exec();
    ExitCode::FAILURE
}

#[cfg(all(windows, not(feature = "e2e")))]
fn replace_process(mut command: std::process::Command) -> ExitCode {
    match command.spawn() {
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

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
