//! Building and starting the application.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::prerequisites::{self, Purpose};
use crate::process::{Outcome, Tool};
use crate::{frontend, json};

/// Cargo's target folder, wherever it was configured to be.
pub fn target_folder(root: &Path) -> Result<PathBuf, String> {
    let metadata = Tool::cargo().within(root).args(["metadata", "--format-version=1", "--no-deps"]).read()?;
    let metadata = json::parse("cargo metadata", &metadata)?;
    metadata["target_directory"].as_str().map(PathBuf::from).ok_or_else(|| "cargo named no target folder".to_owned())
}

/// The program of a build: `debug` or `release`.
pub fn binary(root: &Path, build: &str) -> Result<PathBuf, String> {
    let program = target_folder(root)?.join(build).join("keyfolio");
    Ok(program.with_extension(env::consts::EXE_EXTENSION))
}

/// Builds the program that real-window tests and the demo use. The whole workspace is named so that its
/// dependencies are built with the same features as for `cargo test`, and only once.
pub fn build(root: &Path) -> Result<PathBuf, String> {
    Tool::cargo().within(root).args(["build", "--workspace", "--locked", "--features", "keyfolio/e2e"]).run()?;
    binary(root, "debug")
}

/// The simulated Apple, which [`build`] builds as well.
pub fn simulator(root: &Path) -> Result<PathBuf, String> {
    Ok(binary(root, "debug")?.with_file_name("asc-sim").with_extension(env::consts::EXE_EXTENSION))
}

/// Builds the program without the `e2e` feature, to show that it lets no driver in. It is moved aside: the other
/// build has the same file name.
pub fn build_shut(root: &Path) -> Result<PathBuf, String> {
    Tool::cargo().within(root).args(["build", "--package", "keyfolio", "--locked"]).run()?;
    let built = binary(root, "debug")?;
    let kept = target_folder(root)?.join("xtask").join("keyfolio-shut").with_extension(env::consts::EXE_EXTENSION);
    let folder = kept.parent().unwrap_or(root);
    fs::create_dir_all(folder)
        .and_then(|()| fs::copy(&built, &kept))
        .map_err(|error| format!("could not copy {} to {}: {error}", built.display(), kept.display()))?;
    Ok(kept)
}

/// `cargo xtask run`: everything from nothing to the open window.
pub fn run(root: &Path, release: bool, files: &[&str]) -> Outcome {
    refuse_without_display()?;
    prerequisites::ensure(Purpose::Build)?;
    frontend::install(root)?;
    frontend::build(root)?;
    let release = release.then_some("--release");
    let cargo = Tool::cargo().within(root).args(["run", "--package", "keyfolio"]).args(release);
    let files = files.iter().filter_map(|file| std::path::absolute(file).ok());
    cargo.arg("--").args(files).run()
}

/// `cargo xtask demo --screenshot FILE`: pictures of the demo in light and dark, without a display.
pub fn screenshots(root: &Path, file: &Path) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(
            "Screenshots are made through a WebDriver that only Linux has. Start `cargo xtask demo` instead.".into()
        );
    }
    let file = env::current_dir().map_err(|error| error.to_string())?.join(file);
    let program = prepare_demo(root, Purpose::Test)?;
    let pictures = Tool::new("node").arg(root.join("e2e/screenshots.mjs")).arg(file);
    pictures.env("KEYFOLIO_BINARY", program).env("KEYFOLIO_SIMULATOR", simulator(root)?).run()
}

pub(crate) fn prepare_demo(root: &Path, purpose: Purpose) -> Result<PathBuf, String> {
    prerequisites::ensure(purpose)?;
    frontend::install(root)?;
    frontend::build(root)?;
    build(root)
}

pub(crate) fn refuse_without_display() -> Outcome {
    let there = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if !cfg!(target_os = "linux") || there("DISPLAY") || there("WAYLAND_DISPLAY") {
        return Ok(());
    }
    Err("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.\n\
         To see the application anyway: cargo xtask demo --screenshot"
        .into())
}
