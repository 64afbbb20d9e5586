//! macOS: WKWebView, which needs nothing before it draws.

use super::{Window, unix};

pub(crate) use super::unix::{instance_name, is_bundled_page, replace_process};

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
