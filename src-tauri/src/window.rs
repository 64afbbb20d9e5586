//! The one window: where it may go, what may be dropped on it, and when it shows.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use keyfolio_core::Keyfolio;
use keyfolio_core::view::{Appearance, ImportOrigin};
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, DragDropEvent, Manager, Theme, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent};

use crate::ipc::{TitleBarTouch, ZoomStep};
use crate::kept_view::ViewFile;
use crate::placement::Keeper;
use crate::platform;

/// How long after loading the page may take for its first frame before the window is shown all the same.
const FIRST_FRAME_AT_LAST: Duration = Duration::from_secs(3);

pub(crate) const MAIN: &str = "main";

/// Opens the window declared in `tauri.conf.json`. Where the system may show it before its page has drawn, it does;
/// elsewhere it stays hidden until the page says `ready`, so that nobody sees it empty.
pub(crate) fn open(app: &AppHandle, core: &Arc<Keyfolio>) -> tauri::Result<()> {
    let Some(config) = app.config().app.windows.iter().find(|window| window.label == MAIN).cloned() else {
        return Err(tauri::Error::WindowNotFound);
    };
    let builder = WebviewWindowBuilder::from_config(app, &config)?
        .theme(theme(core.appearance()))
        .initialization_script(app.state::<ViewFile>().script())
        // A page cannot be kept from navigating by its content security policy alone.
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                show_at_last(window);
            }
        });
    let window = platform::frame(builder).build()?;
    app.state::<Keeper>().put(&window);
    platform::show_early(&window);

    let (core, app) = (Arc::clone(core), app.clone());
    window.on_window_event(move |event| match event {
        WindowEvent::DragDrop(drag) => on_drag(&core, &app, drag),
        WindowEvent::Moved(_) | WindowEvent::Resized(_) => Keeper::moved(&app),
        WindowEvent::CloseRequested { .. } => Keeper::keep(&app),
        _ => {}
    });
    Ok(())
}

/// Paths stay on this side: the window is told how many files there are and, once they are read, what they are.
fn on_drag(core: &Arc<Keyfolio>, app: &AppHandle, drag: &DragDropEvent) {
    match drag {
        DragDropEvent::Enter { paths, .. } => core.drop_hover(paths),
        DragDropEvent::Drop { paths, .. } => {
            core.drop_left();
            core.import_files(ImportOrigin::Drop, paths.clone());
            // The keyboard is still with the program the files came from; the Issuer ID is pasted here next.
            focus(app);
        }
        DragDropEvent::Leave => core.drop_left(),
        _ => {}
    }
}

/// The bundled page and nothing else.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        _ => platform::is_bundled_page(url),
    }
}

const fn theme(appearance: Appearance) -> Option<Theme> {
    match appearance {
        Appearance::System => None,
        Appearance::Light => Some(Theme::Light),
        Appearance::Dark => Some(Theme::Dark),
    }
}

/// Keeps the window's frame in step with the appearance the user chose.
pub(crate) fn appearance_follows(app: AppHandle) -> impl Fn() + Send + Sync + 'static {
    move || {
        let appearance = app.state::<Arc<Keyfolio>>().appearance();
        if let Some(window) = app.get_webview_window(MAIN) {
            // A frame that keeps its old colour is no reason to stop.
            let _ = window.set_theme(theme(appearance));
        }
    }
}

/// Factors of the zoom, as browsers step them.
const ZOOMS: [f64; 9] = [0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5];
const UNZOOMED: usize = 2;

/// How far the window is zoomed in: a place in [`ZOOMS`].
pub(crate) struct Zoom(AtomicUsize);

impl Default for Zoom {
    fn default() -> Self {
        Self(AtomicUsize::new(UNZOOMED))
    }
}

impl Zoom {
    pub(crate) fn change(&self, window: &WebviewWindow, step: ZoomStep) {
        let from = self.0.load(Ordering::Relaxed);
        let to = match step {
            ZoomStep::In => (from + 1).min(ZOOMS.len() - 1),
            ZoomStep::Out => from.saturating_sub(1),
            ZoomStep::Reset => UNZOOMED,
        };
        self.0.store(to, Ordering::Relaxed);
        // A window that keeps its size is no reason to stop.
        let _ = window.set_zoom(ZOOMS[to]);
    }
}

/// Whether there is something to see. Until then the window stays hidden, whoever asks for it.
#[derive(Default)]
pub(crate) struct Drawn(AtomicBool);

/// There is something to see: shows the window, once. After that only the user's closing hides it and asking brings it
/// back.
pub(crate) fn show(window: &WebviewWindow) {
    if window.state::<Drawn>().0.swap(true, Ordering::AcqRel) {
        return;
    }
    if window.state::<Keeper>().was_maximized() {
        // Only now: some systems show a window that they maximise.
        let _ = window.maximize();
    }
    // A window that cannot be shown is closed by the desktop, which ends the program.
    let _ = window.show();
    Keeper::moved(window.app_handle());
}

/// A page that fails before its first frame must not leave a program without a window.
fn show_at_last(window: WebviewWindow) {
    std::thread::spawn(move || {
        std::thread::sleep(FIRST_FRAME_AT_LAST);
        show(&window);
    });
}

/// Brings the window to the front: for a second start, files from elsewhere, a click in the Dock.
pub(crate) fn focus(app: &AppHandle) {
    if !app.state::<Drawn>().0.load(Ordering::Acquire) {
        // It comes by itself in a moment, and to the front.
        return;
    }
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// What a title bar does, for a page that reaches up to the window's edge. The page may not ask Tauri for it: that is
/// two more permissions, and each names a window, not a gesture.
pub(crate) fn title_bar_touched(window: &WebviewWindow, touch: TitleBarTouch) {
    // A window that stays where it is, is no reason to stop.
    let _ = match (touch, window.is_maximized()) {
        (TitleBarTouch::Drag, _) => window.start_dragging(),
        (TitleBarTouch::DoubleClick, Ok(true)) => window.unmaximize(),
        (TitleBarTouch::DoubleClick, _) => window.maximize(),
    };
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn the_window_goes_nowhere_else() {
        assert!(is_ours(&"tauri://localhost/index.html".parse().unwrap()));
        for elsewhere in [
            "https://evil.example/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "tauri://evil.example/",
            "javascript:alert(1)",
            "blob:https://evil.example/1",
        ] {
            assert!(!is_ours(&elsewhere.parse().unwrap()), "{elsewhere} was let through");
        }
    }
}
