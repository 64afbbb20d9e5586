//! Environment variables that must be right before the first library reads them.
//!
//! Changing them in a running process needs `unsafe`, because another thread could be reading them; so the program
//! replaces itself with a fresh start of the same file instead, once, and only when something has to change.

use std::ffi::{OsStr, OsString};
use std::process::{Command, ExitCode};

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

/// Where there is no graphics processor, `WebKitGTK` draws through an emulated one, which costs about 60 MB and a
/// second at start. Drawing straight into memory is faster and looks the same. Without the shared-buffer renderer
/// `WebKitWebDriver` cannot take pictures, so real-window tests only keep the drawing itself off the emulation.
const DRAW_IN_MEMORY: &str =
    if cfg!(feature = "e2e") { "WEBKIT_SKIA_ENABLE_CPU_RENDERING" } else { "WEBKIT_DISABLE_DMABUF_RENDERER" };

/// Either one: whoever has chosen keeps the choice.
const DRAWING: [&str; 2] = ["WEBKIT_SKIA_ENABLE_CPU_RENDERING", "WEBKIT_DISABLE_DMABUF_RENDERER"];

/// Starts the program again with the right variables, if any is wrong. Answers with the exit code when there is
/// nothing left to do here.
pub(crate) fn put_right() -> Option<ExitCode> {
    let changes = changes(|name| std::env::var_os(name), has_graphics_processor());
    if changes.is_empty() {
        return None;
    }
    let Ok(program) = std::env::current_exe() else { return Some(ExitCode::FAILURE) };
    let mut again = Command::new(program);
    again.args(std::env::args_os().skip(1));
    for (name, value) in changes {
        match value {
            Some(value) => again.env(name, value),
            None => again.env_remove(name),
        };
    }
    Some(replace_process(again))
}

/// What has to change, by name: a new value, or none to take the variable away.
fn changes(
    variable: impl Fn(&str) -> Option<OsString>,
    graphics_processor: bool,
) -> Vec<(&'static str, Option<&'static OsStr>)> {
    let mut changes: Vec<_> =
        OPENERS.iter().filter(|name| variable(name).is_some()).map(|name| (*name, None)).collect();
    if !graphics_processor && DRAWING.iter().all(|name| variable(name).is_none()) {
        changes.push((DRAW_IN_MEMORY, Some(OsStr::new("1"))));
    }
    changes
}

/// The kernel gives every usable one a render node.
#[cfg(target_os = "linux")]
fn has_graphics_processor() -> bool {
    let nodes = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    nodes.map(|node| node.file_name()).any(|name| name.as_encoded_bytes().starts_with(b"renderD"))
}

/// The question is about `WebKitGTK`.
#[cfg(not(target_os = "linux"))]
const fn has_graphics_processor() -> bool {
    true
}

#[cfg(unix)]
fn replace_process(mut command: Command) -> ExitCode {
    use std::os::unix::process::CommandExt as _;
    let _never_returns_on_success = command.exec();
    ExitCode::FAILURE
}

#[cfg(windows)]
fn replace_process(mut command: Command) -> ExitCode {
    match command.spawn() {
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(set: &'static [&'static str]) -> impl Fn(&str) -> Option<OsString> {
        move |name| set.contains(&name).then(|| OsString::from("1"))
    }

    #[test]
    fn a_usual_start_changes_nothing() {
        assert_eq!(changes(given(&[]), true), []);
    }

    #[test]
    #[cfg(not(feature = "e2e"))]
    fn what_opens_the_web_view_to_others_is_taken_away() {
        let changed = changes(given(&["TAURI_WEBVIEW_AUTOMATION", "HOME"]), true);
        assert_eq!(changed, [("TAURI_WEBVIEW_AUTOMATION", None)]);
    }

    #[test]
    fn without_a_graphics_processor_the_page_is_drawn_in_memory_unless_the_user_chose() {
        assert_eq!(changes(given(&[]), false), [(DRAW_IN_MEMORY, Some(OsStr::new("1")))]);
        assert_eq!(changes(given(&["WEBKIT_DISABLE_DMABUF_RENDERER"]), false), []);
    }
}
