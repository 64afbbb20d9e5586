//! Linux: `WebKitGTK`, X11 or Wayland.

use std::path::PathBuf;

use super::{Window, unix};

pub(crate) use super::unix::{instance_name, is_bundled_page, replace_process};

/// Where there is no graphics processor, `WebKitGTK` draws through an emulated one, which costs about 60 MB and half
/// a second at start. Drawing straight into memory is faster and looks the same. Whoever has chosen how to draw
/// keeps the choice. To be called before any thread is started.
pub(crate) fn prepare_drawing() {
    const DRAW_IN_MEMORY: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";
    const OTHER_CHOICES: [&str; 2] = ["WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE"];
    let chosen = OTHER_CHOICES.iter().any(|name| std::env::var_os(name).is_some());
    if !chosen && !has_graphics_processor() {
        // Slower drawing is no reason to stop.
        let _ = glib::setenv(DRAW_IN_MEMORY, "1", false);
    }
}

/// The kernel gives every usable one a render node.
fn has_graphics_processor() -> bool {
    let nodes = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    nodes.map(|node| node.file_name()).any(|name| name.as_encoded_bytes().starts_with(b"renderD"))
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

/// The desktop's own frame.
pub(crate) const fn frame(window: Window<'_>) -> Window<'_> {
    window
}

/// The terminal, or the system's log, has what there is to say.
pub(crate) const fn explain_no_window() {}
