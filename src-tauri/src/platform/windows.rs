//! Windows: WebView2, named pipes, no `exec`.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use arboard::SetExtWindows as _;
use interprocess::local_socket::{GenericNamespaced, Name, ToNsName as _};
use rfd::{MessageDialog, MessageLevel};
use tauri::menu::Menu;
use tauri::{AppHandle, RunEvent, Url, WebviewWindow, Wry};

use super::Window;

/// The page draws first.
pub(crate) const fn show_early(_: &WebviewWindow) {}

/// The system's dialog begins where the user saved last.
pub(crate) const fn saving_begins_in() -> Option<PathBuf> {
    None
}

/// The system keeps it out of the history and the cloud clipboard. The first of the three marks means the other two, but
/// there are programs that look for only one of them.
pub(crate) fn concealed(text: arboard::Set<'_>) -> arboard::Set<'_> {
    text.exclude_from_monitoring().exclude_from_cloud().exclude_from_history()
}

/// Nothing to prepare.
pub(crate) const fn prepare_drawing() {}

/// Windows writes no dump unless an administrator asked for it.
pub(crate) const fn forbid_core_dumps() {}

/// Starts the other program in our place; there is no way to become it.
pub(crate) fn replace_process(mut command: Command) -> ExitCode {
    match command.spawn() {
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// A pipe whose name is this user's data folder.
pub(crate) fn instance_name(_data_dir: &Path, digest: u64) -> io::Result<Name<'static>> {
    format!("keyfolio-{digest:016x}").to_ns_name::<GenericNamespaced>()
}

/// WebView2 knows no addresses of its own kind; the bundled page has this one.
pub(crate) fn is_bundled_page(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host_str() == Some("tauri.localhost") && url.port().is_none()
}

/// The system's own frame: Snap Layouts hang on it.
pub(crate) const fn frame(window: Window<'_>) -> Window<'_> {
    window
}

/// Programs like this one have no menu bar here: what it holds is in the window's menus and its palette.
pub(crate) fn show_menu_bar(_: &AppHandle, _: Menu<Wry>) -> tauri::Result<()> {
    Ok(())
}

/// Files come as arguments, and the window's end is the program's.
pub(crate) const fn on_event(_: &AppHandle, _: &RunEvent) {}

/// Whether there is a web view. Asked first, because Tauri would say it in its own words, and we again in ours.
pub(crate) fn can_show_pages() -> bool {
    tauri::webview_version().is_ok()
}

/// There is no terminal to say it in, and nearly always the one thing is missing that Windows 10 may lack.
pub(crate) fn explain_no_window() {
    MessageDialog::new()
        .set_level(MessageLevel::Error)
        .set_title("Keyfolio")
        .set_description(
            "Keyfolio could not open its window. Nothing was changed.\n\n\
             It needs the Microsoft Edge WebView2 runtime, which Windows 11 has and Windows 10 may lack. \
             Get the Evergreen installer from Microsoft and start Keyfolio again:\n\
             https://developer.microsoft.com/microsoft-edge/webview2/",
        )
        .show();
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::is_bundled_page;

    #[test]
    fn only_the_bundled_page_is_served_under_its_name() {
        assert!(is_bundled_page(&"http://tauri.localhost/index.html".parse().unwrap()));
        for elsewhere in
            ["http://tauri.localhost:8080/", "http://tauri.localhost.evil.example/", "ftp://tauri.localhost/"]
        {
            assert!(!is_bundled_page(&elsewhere.parse().unwrap()), "{elsewhere} was let through");
        }
    }
}
