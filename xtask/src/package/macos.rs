//! The disk image for macOS: one program for Apple silicon and Intel, made on a Mac through Tauri's bundler.
//!
//! Made in two steps, so that nothing is compiled while the secrets are there: [`build`] compiles and signs "ad hoc",
//! which is enough to try it; [`sign`] bundles what was compiled once more, signed with a Developer ID and notarised.
//! Refuses to hand out as signed what macOS itself would not accept.
//!
//! Nobody has run this yet but in a compiler: see docs/platforms.md.

use std::fs;
use std::path::{Path, PathBuf};

use super::release;
use super::signing::{self, NotaryKey};
use crate::process::{Outcome, Tool};
use crate::{app, frontend};

/// Both processors in one program; Tauri's own name.
const UNIVERSAL: &str = "universal-apple-darwin";
const TARGETS: [&str; 2] = ["aarch64-apple-darwin", "x86_64-apple-darwin"];

/// Compiles the program and packs it; returns the disk image in `target/packages`.
pub fn build(root: &Path) -> Result<Vec<PathBuf>, String> {
    ensure_targets(root)?;
    let tauri = signing::without_secrets(release::anywhere(root, tauri(root))?);
    tauri.args(["build", "--no-bundle", "--target", UNIVERSAL, "--", "--locked"]).aside().run()?;
    let program = &built(root)?.join("keyfolio");
    release::names_nobody(root, program)?;
    release::knows_apple_only(program)?;
    Ok(vec![bundle(root, signing::without_secrets(tauri_with_identity(root, "-")))?])
}

/// Packs what [`build`] compiled, signed and notarised; replaces the disk image. Reads `APPLE_CERTIFICATE` and
/// `APPLE_CERTIFICATE_PASSWORD` (a Developer ID) and what [`NotaryKey`] needs.
pub fn sign(root: &Path) -> Result<Vec<PathBuf>, String> {
    let identity = signing::needed("APPLE_SIGNING_IDENTITY")?;
    for name in ["APPLE_CERTIFICATE", "APPLE_CERTIFICATE_PASSWORD"] {
        signing::needed(name)?;
    }
    let key = NotaryKey::from_environment()?;
    let image = bundle(root, key.shown_to(tauri_with_identity(root, &identity)))?;
    // The bundler notarises the application. The image gets its own ticket, so that it opens without a network too.
    key.given_to(Tool::new("xcrun").args(["notarytool", "submit", "--wait"]).arg(&image)).run()?;
    Tool::new("xcrun").args(["stapler", "staple"]).arg(&image).run()?;
    drop(key);
    accepted(&bundles(root)?.join("macos/Keyfolio.app"), &image)?;
    Ok(vec![image])
}

/// What macOS says on the computer of somebody who downloads it.
fn accepted(application: &Path, image: &Path) -> Outcome {
    Tool::new("codesign").args(["--verify", "--deep", "--strict"]).arg(application).run()?;
    for stapled in [application, image] {
        Tool::new("xcrun").args(["stapler", "validate"]).arg(stapled).run()?;
    }
    Tool::new("spctl").args(["--assess", "--type", "execute", "--verbose"]).arg(application).run()?;
    let opening = ["--assess", "--type", "open", "--context", "context:primary-signature", "--verbose"];
    Tool::new("spctl").args(opening).arg(image).run()
}

fn bundle(root: &Path, tauri: Tool) -> Result<PathBuf, String> {
    let bundles = bundles(root)?;
    // An older image must not be taken for this one.
    if bundles.exists() {
        fs::remove_dir_all(&bundles).map_err(|error| format!("could not clear {}: {error}", bundles.display()))?;
    }
    tauri.args(["bundle", "--bundles", "app,dmg", "--target", UNIVERSAL]).aside().run()?;
    let made = super::made(&bundles.join("dmg"), "dmg")?;
    super::keep(root, &made)
}

fn tauri(root: &Path) -> Tool {
    Tool::new(frontend::package_program(root, "tauri")).within(root)
}

/// `-` signs "ad hoc": sealed against damage, by nobody. Apple silicon starts no program without a signature.
fn tauri_with_identity(root: &Path, identity: &str) -> Tool {
    tauri(root).env("APPLE_SIGNING_IDENTITY", identity).env("CI", "true")
}

fn built(root: &Path) -> Result<PathBuf, String> {
    Ok(app::target_folder(root)?.join(UNIVERSAL).join("release"))
}

fn bundles(root: &Path) -> Result<PathBuf, String> {
    Ok(built(root)?.join("bundle"))
}

/// Both compilers' standard libraries, or how to get them.
fn ensure_targets(root: &Path) -> Outcome {
    let asked = |what: &[&str]| Tool::new("rustc").within(root).args(["--print"]).args(what).read();
    let missing: Vec<_> = TARGETS
        .into_iter()
        .filter(|target| {
            let library = asked(&["target-libdir", "--target", target]).unwrap_or_default();
            !Path::new(String::from_utf8_lossy(&library).trim()).is_dir()
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "A universal program needs Rust's standard library for both of Apple's processors. Get what is missing with:\n  \
         rustup target add {}",
        missing.join(" ")
    ))
}
