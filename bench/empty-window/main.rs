//! The yardstick of `cargo xtask bench`: the least a Tauri program can be, one window with an empty page. It is
//! built from the same lock file, with the same Tauri features and the same profile as Keyfolio.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("bench/empty-window/tauri.conf.json"))
}
