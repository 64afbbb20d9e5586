//! The Keyfolio program. Everything is in the shell library; only Tauri's generated context must be made here,
//! beside `tauri.conf.json`.

// No console window behind the application on Windows.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    keyfolio_shell::run(|| tauri::generate_context!())
}
