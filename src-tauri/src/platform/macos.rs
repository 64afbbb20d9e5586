//! macOS: WKWebView, which needs nothing before it draws.

use std::path::PathBuf;

use arboard::SetExtApple as _;
use tauri::menu::Menu;
use tauri::window::{Color, Effect, EffectsBuilder};
use tauri::{AppHandle, LogicalPosition, Manager as _, RunEvent, TitleBarStyle, WebviewWindow, WindowEvent, Wry};

use super::{Window, unix};
use crate::{instance, window};

pub(crate) use super::unix::{instance_name, is_bundled_page, replace_process};

/// The page draws first.
pub(crate) const fn show_early(_: &WebviewWindow) {}

/// The system's dialog begins where the user saved last.
pub(crate) const fn saving_begins_in() -> Option<PathBuf> {
    None
}

/// Clipboard programs leave out of their histories what is marked as concealed (<http://nspasteboard.org>).
pub(crate) fn concealed(text: arboard::Set<'_>) -> arboard::Set<'_> {
    text.exclude_from_history()
}

/// Nothing to prepare.
pub(crate) const fn prepare_drawing() {}

/// A crash report of the system holds no memory of ours; a core file would.
pub(crate) fn forbid_core_dumps() {
    unix::no_core_file();
}

/// From the window's left edge to the first of its three buttons, and from its upper edge to their middle (which is how
/// Tauri counts), in points: in the middle of the page's 52-point bars, as far from one edge as from the other.
const BUTTONS: (f64, f64) = (18.0, 26.0);

/// The page reaches up to the window's edge and the three buttons lie on it. Behind the page is the system's sidebar
/// material; the page lets it through where its own sidebar is, and nowhere else. Where people have asked for less
/// transparency the system makes the material opaque by itself.
pub(crate) fn frame(window: Window<'_>) -> Window<'_> {
    window
        .title_bar_style(TitleBarStyle::Overlay)
        .hidden_title(true)
        .traffic_light_position(LogicalPosition::new(BUTTONS.0, BUTTONS.1))
        .transparent(true)
        // Not quite nothing: a window without any colour of its own loses its edge in dark mode
        // (https://github.com/tauri-apps/window-vibrancy/issues/49).
        .background_color(Color(0, 0, 0, 1))
        .effects(EffectsBuilder::new().effect(Effect::Sidebar).build())
}

/// One bar for the whole program, whether its window is open or not.
pub(crate) fn show_menu_bar(app: &AppHandle, menu: Menu<Wry>) -> tauri::Result<()> {
    app.set_menu(menu).map(drop)
}

/// Files opened in the Finder or dropped on the Dock come as events here, before the window or long after it. Closing the
/// window hides it and leaves the vault as it is; a click in the Dock brings it back, and quitting ends the program.
pub(crate) fn on_event(app: &AppHandle, event: &RunEvent) {
    match event {
        RunEvent::Opened { urls } => {
            instance::offer(app, urls.iter().filter_map(|url| url.to_file_path().ok()).collect());
        }
        RunEvent::Reopen { .. } => window::focus(app),
        RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } => {
            api.prevent_close();
            hide(app);
        }
        _ => {}
    }
}

/// A window that has a screen to itself would leave it behind empty; hiding the program takes the screen away too.
fn hide(app: &AppHandle) {
    let Some(window) = app.get_webview_window(window::MAIN) else { return };
    let hidden = match window.is_fullscreen() {
        Ok(true) => app.hide(),
        _ => window.hide(),
    };
    // A window that stays is closed again by whoever wanted it gone.
    let _ = hidden;
}

/// The web view is part of the system.
pub(crate) const fn can_show_pages() -> bool {
    true
}

/// The terminal, or the system's log, has what there is to say.
pub(crate) const fn explain_no_window() {}
