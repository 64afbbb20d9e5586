//! Environment variables that must be right before the first library reads them.
//!
//! What opens a web view to others is taken away by replacing the program with a fresh start of the same file: it is
//! rare, and a variable that is only changed may already have been read.

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
    Some(replace_process(again))
}

/// Where there is no graphics processor, `WebKitGTK` draws through an emulated one, which costs about 60 MB and half
/// a second at start. Drawing straight into memory is faster and looks the same. Whoever has chosen how to draw
/// keeps the choice. To be called before any thread is started.
#[cfg(target_os = "linux")]
pub(crate) fn draw_in_memory_without_graphics_processor() {
    const DRAW_IN_MEMORY: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";
    const OTHER_CHOICES: [&str; 2] = ["WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE"];
    let chosen = OTHER_CHOICES.iter().any(|name| std::env::var_os(name).is_some());
    if !chosen && !has_graphics_processor() {
        // Slower drawing is no reason to stop.
        let _ = glib::setenv(DRAW_IN_MEMORY, "1", false);
    }
}

/// The kernel gives every usable one a render node.
#[cfg(target_os = "linux")]
fn has_graphics_processor() -> bool {
    let nodes = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    nodes.map(|node| node.file_name()).any(|name| name.as_encoded_bytes().starts_with(b"renderD"))
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
