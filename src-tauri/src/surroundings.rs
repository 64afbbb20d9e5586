//! Environment variables that must be right before the first library reads them.
//!
//! What opens a web view to others is taken away by replacing the program with a fresh start of the same file: it is
//! rare, and a variable that is only changed may already have been read.

use std::process::{Command, ExitCode};

use crate::platform;

/// Variables that open a web view to a debugger or a driver, in release builds too. Real-window tests need them.
#[cfg(not(feature = "e2e"))]
const OPENERS: &[&str] = &[
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
#[cfg(feature = "e2e")]
const OPENERS: &[&str] = &[];

/// Starts the program again without the variables that open a web view to others, if any is set. Answers with the
/// exit code when there is nothing left to do here.
pub(crate) fn close_to_others() -> Option<ExitCode> {
    let set: Vec<_> = OPENERS.iter().filter(|name| std::env::var_os(name).is_some()).collect();
    if set.is_empty() {
        return None;
    }
    let Ok(program) = std::env::current_exe() else { return Some(ExitCode::FAILURE) };
    let mut again = Command::new(program);
    again.args(std::env::args_os().skip(1));
    for name in set {
        again.env_remove(name);
    }
    Some(platform::replace_process(again))
}
