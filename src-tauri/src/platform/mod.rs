//! What differs between the three systems, one file each, all with the same functions.
//!
//! Nothing else in this crate asks which system it runs on, so a line for a system that is not at hand can be found,
//! and `cargo xtask cross` compiles it. Functions are here only when at least one system needs them to act.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
pub(crate) use linux::{
    can_show_pages, concealed, explain_no_window, forbid_core_dumps, frame, instance_name, is_bundled_page, on_event,
    prepare_drawing, replace_process, saving_begins_in, show_early, show_menu_bar,
};
#[cfg(target_os = "macos")]
pub(crate) use macos::{
    can_show_pages, concealed, explain_no_window, forbid_core_dumps, frame, instance_name, is_bundled_page, on_event,
    prepare_drawing, replace_process, saving_begins_in, show_early, show_menu_bar,
};
#[cfg(windows)]
pub(crate) use windows::{
    can_show_pages, concealed, explain_no_window, forbid_core_dumps, frame, instance_name, is_bundled_page, on_event,
    prepare_drawing, replace_process, saving_begins_in, show_early, show_menu_bar,
};

/// The window before it is made.
pub(crate) type Window<'a> = tauri::WebviewWindowBuilder<'a, tauri::Wry, tauri::AppHandle>;
