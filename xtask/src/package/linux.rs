//! Debian and RPM packages, through Tauri's bundler.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::Tool;
use crate::{app, frontend};

/// Builds the release and its packages; returns where they are.
pub fn build(root: &Path) -> Result<Vec<PathBuf>, String> {
    let bundles = app::target_folder(root)?.join("release/bundle");
    // An older package must not be taken for this one.
    if bundles.exists() {
        fs::remove_dir_all(&bundles).map_err(|error| format!("could not clear {}: {error}", bundles.display()))?;
    }
    let tauri = frontend::package_program(root, "tauri");
    Tool::new(tauri).within(root).args(["build", "--bundles", "deb,rpm", "--", "--locked"]).aside().run()?;
    let folder = super::folder(root)?;
    let mut packages = Vec::new();
    for kind in ["deb", "rpm"] {
        let made = bundles.join(kind);
        let entries = fs::read_dir(&made).map_err(|error| format!("could not read {}: {error}", made.display()))?;
        for file in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if file.extension().is_some_and(|found| found == kind) {
                let kept = folder.join(file.file_name().unwrap_or_default());
                fs::copy(&file, &kept).map_err(|error| format!("could not copy {}: {error}", file.display()))?;
                packages.push(kept);
            }
        }
    }
    Ok(packages)
}
