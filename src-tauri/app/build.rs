//! Declares every command to Tauri's access control, so that nothing answers the window by default.

/// Reads the command table for its names only; the shell reads the same table for everything else.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident $arguments:tt -> $answer:ty = $body:expr;)*) => {
        const COMMANDS: &[&str] = &[
            "ready", "zoom", "title_bar", "menu_bar", "keep_view", "subscribe", "import_pick", "export_save",
            "handoff_place",
            $(stringify!($name)),*
        ];
    };
}
include!("../src/ipc/table.rs");

fn main() {
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
    println!("cargo::rerun-if-changed=src-tauri/src/ipc/table.rs");
    let windows = tauri_build::WindowsAttributes::new().app_manifest(include_str!("windows-manifest.xml"));
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS))
        .windows_attributes(windows);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("tauri-build: {error:#}");
    }
}
