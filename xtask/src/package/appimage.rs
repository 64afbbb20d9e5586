//! The AppImage, for Linux systems that know neither deb nor rpm. Tauri's bundler makes it from what
//! `cargo xtask package` compiled.
//!
//! Apart from the other packages, because the bundler fetches its tools from the network for this one; so it is made
//! when a release is, and nowhere else.

use std::path::{Path, PathBuf};

use crate::process::Tool;
use crate::{app, frontend};

/// Makes the AppImage; returns its place in `target/packages`.
pub fn build(root: &Path) -> Result<PathBuf, String> {
    let tauri = Tool::new(frontend::package_program(root, "tauri")).within(root);
    tauri.args(["bundle", "--bundles", "appimage"]).aside().run()?;
    super::keep(root, &super::made(&app::target_folder(root)?.join("release/bundle/appimage"), "AppImage")?)
}
