//! Debian and RPM packages, made with Debian's and RPM's own tools.
//!
//! Tauri's tool builds the program but does not pack it: it names the desktop entry `Keyfolio.desktop`, which no Wayland
//! desktop finds for a window of `keyfolio`, leaves folders behind when an RPM is removed, knows no library versions, and packs in
//! whatever order and at whatever time it finds the files.

mod deb;
mod layout;
mod rpm;
mod session;

use std::fs;
use std::path::{Path, PathBuf};

use super::release;
use crate::process::{Outcome, Tool};
use crate::{app, frontend};
use layout::Facts;

pub use session::session;

/// Builds the release and its packages; returns where they are.
pub fn build(root: &Path) -> Result<Vec<PathBuf>, String> {
    let program = program(root)?;
    pack(root, &program)
}

/// Builds the program itself. Tauri's own tool does it, so that the pages are built and put in as for any other system.
fn program(root: &Path) -> Result<PathBuf, String> {
    let tauri = Tool::new(frontend::package_program(root, "tauri")).within(root);
    release::anywhere(root, tauri)?.args(["build", "--no-bundle", "--", "--locked"]).aside().run()?;
    let program = app::binary(root, "release")?;
    release::names_nobody(root, &program)?;
    release::knows_apple_only(&program)?;
    Ok(program)
}

/// Packs a program that is built.
fn pack(root: &Path, program: &Path) -> Result<Vec<PathBuf>, String> {
    let facts = Facts::gather(root)?;
    let packages = super::folder(root)?;
    let work = packages.with_file_name("packing");
    afresh(&work)?;
    // Older ones must not be taken for these.
    remove_packages(&packages)?;
    let deb = deb::pack(program, &facts, &work.join("deb"), &packages)?;
    let rpm = rpm::pack(program, &facts, &work.join("rpm"), &packages)?;
    fs::remove_dir_all(&work).map_err(|error| format!("could not remove {}: {error}", work.display()))?;
    Ok(vec![deb, rpm])
}

fn remove_packages(folder: &Path) -> Outcome {
    let entries = fs::read_dir(folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    for file in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if file.extension().is_some_and(|kind| kind == "deb" || kind == "rpm") {
            fs::remove_file(&file).map_err(|error| format!("could not remove {}: {error}", file.display()))?;
        }
    }
    Ok(())
}

/// Empties a folder, or begins it.
fn afresh(folder: &Path) -> Outcome {
    let cleared = if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) };
    cleared
        .and_then(|()| fs::create_dir_all(folder))
        .map_err(|error| format!("could not prepare {}: {error}", folder.display()))
}
