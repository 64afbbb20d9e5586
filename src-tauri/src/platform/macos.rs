//! macOS: WKWebView, which needs nothing before it draws.

use std::path::PathBuf;

use super::{Window, unix};

pub(crate) use super::unix::{instance_name, is_bundled_page, replace_process};

/// The system's dialog begins where the user saved last.
pub(crate) const fn saving_begins_in() -> Option<PathBuf> {
    None
}

/// Nothing to prepare.
pub(crate) const fn prepare_drawing() {}

/// A crash report of the system holds no memory of ours; a core file would.
pub(crate) fn forbid_core_dumps() {
    unix::no_core_file();
}

/// The page reaches up to the window's edge; the three buttons lie on it.
pub(crate) fn frame(window: Window<'_>) -> Window<'_> {
    window.title_bar_style(tauri::TitleBarStyle::Overlay).hidden_title(true)
}

/// The terminal, or the system's log, has what there is to say.
pub(crate) const fn explain_no_window() {}
