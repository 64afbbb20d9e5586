//! Linux: `WebKitGTK`, X11 or Wayland.

use std::fs;
use std::path::{Path, PathBuf};

use arboard::SetExtLinux as _;
use tauri::menu::Menu;
use tauri::window::Color;
use tauri::{AppHandle, RunEvent, Theme, WebviewWindow, Wry};

use super::{Window, unix};
use crate::window;

pub(crate) use super::unix::{instance_name, is_bundled_page, replace_process};

/// Chooses how the page is drawn, once, before any thread is started and `WebKitGTK` reads the environment.
pub(crate) fn prepare_drawing() {
    if let Some(way) = way_of_drawing(&Graphics::of_this_computer()) {
        // Slower drawing is no reason to stop.
        let _ = glib::setenv(way, "1", false);
    }
}

/// `WebKitGTK` hands its pictures over in memory of the graphics processor.
const WITHOUT_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
/// It draws in main memory, without any graphics processor.
const IN_MAIN_MEMORY: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";
/// Whoever set one of these has chosen how to draw, and keeps the choice.
const CHOICES: [&str; 5] = [
    WITHOUT_DMABUF,
    IN_MAIN_MEMORY,
    "WEBKIT_DISABLE_COMPOSITING_MODE",
    "WEBKIT_DMABUF_RENDERER_FORCE_SHM",
    "__NV_DISABLE_EXPLICIT_SYNC",
];

/// What decides how to draw.
struct Graphics {
    /// One of [`CHOICES`] is made.
    chosen: bool,
    /// NVIDIA's own kernel driver is loaded (never the free `nouveau`).
    nvidia: bool,
    /// The driver of the graphics processor that the computer starts on, if the kernel names one: in a laptop with two,
    /// the one that draws the desktop.
    first: Option<String>,
    /// The kernel gives every usable graphics processor a render node.
    render_node: bool,
}

/// The variable that makes the page appear, and fast, where it would not by itself.
///
/// NVIDIA's driver cannot make the buffers that `WebKitGTK` wants to hand over. Under X11 the window stays blank
/// ("Failed to create GBM buffer", <https://github.com/tauri-apps/tauri/issues/9304>); under Wayland it stays blank or
/// the compositor ends the program ("Error 71 (Protocol error)", <https://github.com/tauri-apps/tauri/issues/10702>,
/// <https://bugs.webkit.org/show_bug.cgi?id=280210>). `__NV_DISABLE_EXPLICIT_SYNC` helps with the second and draws
/// faster, but not with the first, and a page as still as ours does not feel the difference; so one remedy for both.
///
/// Without a graphics processor `WebKitGTK` draws through an emulated one, which costs about 60 MB and half a second at
/// start. Drawing straight into memory is faster and looks the same.
fn way_of_drawing(graphics: &Graphics) -> Option<&'static str> {
    let Graphics { chosen, nvidia, first, render_node } = graphics;
    let drawn_by_another = first.as_deref().is_some_and(|driver| driver != "nvidia");
    match (chosen, nvidia, render_node) {
        (true, ..) => None,
        (false, true, _) if !drawn_by_another => Some(WITHOUT_DMABUF),
        (false, _, true) => None,
        (false, _, false) => Some(IN_MAIN_MEMORY),
    }
}

impl Graphics {
    fn of_this_computer() -> Self {
        let entries = |folder| fs::read_dir(folder).into_iter().flatten().flatten();
        let device = |card: fs::DirEntry| card.path().join("device");
        let is_first = |device: &PathBuf| fs::read(device.join("boot_vga")).is_ok_and(|flag| flag.starts_with(b"1"));
        let driver = |device: PathBuf| {
            let driver = fs::read_link(device.join("driver")).ok()?;
            Some(driver.file_name()?.to_string_lossy().into_owned())
        };
        Self {
            chosen: CHOICES.iter().any(|name| std::env::var_os(name).is_some()),
            nvidia: Path::new("/proc/driver/nvidia/version").exists(),
            first: entries("/sys/class/drm").map(device).find(is_first).and_then(driver),
            render_node: entries("/dev/dri").any(|node| node.file_name().as_encoded_bytes().starts_with(b"renderD")),
        }
    }
}

/// No core file, and no other program of the same user that reads our memory. The GTK file dialog runs in this process
/// and survives it; a portal dialog would not.
pub(crate) fn forbid_core_dumps() {
    unix::no_core_file();
    // Real-window tests and debuggers attach to the process.
    #[cfg(not(any(feature = "e2e", debug_assertions)))]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// GTK would begin wherever this program was started.
pub(crate) fn saving_begins_in() -> Option<PathBuf> {
    dirs::document_dir().or_else(dirs::home_dir)
}

/// Desktops' clipboard programs leave out of their histories what carries KDE's mark of a password.
pub(crate) fn concealed(text: arboard::Set<'_>) -> arboard::Set<'_> {
    text.exclude_from_history()
}

/// The page's own background, light and dark (`--bg` in the front end's tokens).
const PAPER: (Color, Color) = (Color(0xff, 0xff, 0xff, 0xff), Color(0x1d, 0x1d, 0x20, 0xff));

/// At once, in the colour the page will have: the desktop makes room for the window while the page loads. One after the
/// other, the page answers a quarter of a second later where there is no graphics processor.
pub(crate) fn show_early(window: &WebviewWindow) {
    let paper = if matches!(window.theme(), Ok(Theme::Dark)) { PAPER.1 } else { PAPER.0 };
    // A window that is white for a moment is no reason to stop.
    let _ = window.set_background_color(Some(paper));
    window::show(window);
}

/// The desktop's own frame.
pub(crate) const fn frame(window: Window<'_>) -> Window<'_> {
    window
}

/// The program is linked with its web view, and would not have started without it.
pub(crate) const fn can_show_pages() -> bool {
    true
}

/// The terminal, or the system's log, has what there is to say.
pub(crate) const fn explain_no_window() {}

/// The desktops here have no bar for it: what it holds is in the window's menus and its palette. Tests in the real
/// window hang it into the window, because it can be seen at work nowhere else.
pub(crate) fn show_menu_bar(app: &AppHandle, menu: Menu<Wry>) -> tauri::Result<()> {
    if cfg!(feature = "e2e") {
        app.set_menu(menu)?;
    }
    Ok(())
}

/// Files come as arguments, and the window's end is the program's.
pub(crate) const fn on_event(_: &AppHandle, _: &RunEvent) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_drawn_the_way_that_works() {
        for (what, nvidia, first, render_node, way) in [
            ("Intel or AMD", false, Some("i915"), true, None),
            ("a card the kernel does not rank", false, None, true, None),
            ("no graphics processor", false, None, false, Some(IN_MAIN_MEMORY)),
            ("a virtual screen", false, Some("bochs-drm"), false, Some(IN_MAIN_MEMORY)),
            ("nouveau", false, Some("nouveau"), true, None),
            ("NVIDIA alone", true, Some("nvidia"), true, Some(WITHOUT_DMABUF)),
            ("NVIDIA without kernel mode setting: no card, no node", true, None, false, Some(WITHOUT_DMABUF)),
            ("NVIDIA, on a board that ranks none", true, None, true, Some(WITHOUT_DMABUF)),
            ("a laptop with NVIDIA beside Intel", true, Some("i915"), true, None),
            ("a laptop with NVIDIA beside AMD", true, Some("amdgpu"), true, None),
            ("a laptop that starts on NVIDIA", true, Some("nvidia"), true, Some(WITHOUT_DMABUF)),
            ("a server with NVIDIA for computing", true, Some("ast"), false, Some(IN_MAIN_MEMORY)),
        ] {
            let graphics = Graphics { chosen: false, nvidia, first: first.map(str::to_owned), render_node };
            assert_eq!(way_of_drawing(&graphics), way, "{what}");
            assert_eq!(way_of_drawing(&Graphics { chosen: true, ..graphics }), None, "{what}, but somebody has chosen");
        }
    }
}
