//! A Rust that compiles for macOS and Windows, out of Debian's packages.
//!
//! Debian carries a recent compiler and the standard library's source, but no compiled standard library for other
//! systems, and its packages push a rustup from Debian off the machine. So they are unpacked instead of installed,
//! and the standard library is compiled once per target. Development goes on with the Rust the machine has.

use std::path::{Path, PathBuf};
use std::{env, fs};

use super::kit::{self, Kit};
use crate::process::{Outcome, Tool};

/// Macs of today; nothing here depends on the processor.
pub(super) const MACOS: &str = "aarch64-apple-darwin";
/// Windows through MinGW, the one Windows toolchain there is on Debian.
pub(crate) const WINDOWS: &str = "x86_64-pc-windows-gnu";

/// The compiler, its source, and the libraries it is linked with, in Debian 12.
const PACKAGES: [&str; 11] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "libstd-rust-web-1.96",
    "libstd-rust-web-dev",
    "libllvm22",
    "libgit2-1.5",
    "libhttp-parser2.9",
    "libmbedcrypto7",
    "libmbedtls14",
    "libmbedx509-1",
];

/// What programs and tests link with: both ways to panic, macros, the test harness.
const STANDARD_LIBRARY: &str = "-Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test";

pub(super) fn set_up(kit: &Kit) -> Outcome {
    kit.part("rust", "the compiler (Debian packages, unpacked)", &PACKAGES.join("\n"), unpack)?;
    for target in [WINDOWS, MACOS] {
        let about = format!("the standard library for {target} (about a minute)");
        // Inside the compiler's part: a new compiler takes the old library with it.
        kit.part(libraries_of(target), &about, STANDARD_LIBRARY, |folder| compile_std(kit, folder, target))?;
    }
    Ok(())
}

/// The compiler's own cargo, with everything set that it needs to run from where it was unpacked.
pub(super) fn cargo(kit: &Kit) -> Tool {
    let root = kit.folder().join("rust/usr");
    let programs = root.join("bin");
    let paths = env::var_os("PATH").unwrap_or_default();
    // Only a PATH with the separator in one of its folders cannot be joined; the compiler is named in full below.
    let paths = env::join_paths([programs.clone()].into_iter().chain(env::split_paths(&paths))).unwrap_or(paths);
    Tool::new(programs.join("cargo"))
        .called("cargo")
        .env("PATH", paths)
        .env("RUSTC", programs.join("rustc"))
        .env("RUSTDOC", programs.join("rustdoc"))
        .env("LD_LIBRARY_PATH", root.join("lib/x86_64-linux-gnu"))
}

fn libraries_of(target: &str) -> PathBuf {
    Path::new("rust/usr/lib/rustlib").join(target)
}

fn unpack(folder: &Path) -> Outcome {
    let download = || Tool::new("apt-get").within(folder).args(["download", "-qq"]).args(PACKAGES);
    if download().read().is_err() {
        // A machine that has never asked knows no packages; only root may ask.
        Tool::new("apt-get").args(["update", "-qq"]).read().map_err(|trouble| format!("{trouble}\n{AS_ROOT}"))?;
        download().read()?;
    }
    for package in named(folder, "deb")? {
        Tool::new("dpkg-deb").arg("--extract").arg(&package).arg(folder).read()?;
        fs::remove_file(&package).map_err(|error| format!("could not remove {}: {error}", package.display()))?;
    }
    Ok(())
}

const AS_ROOT: &str = "The packages could not be downloaded. Try again after: sudo apt-get update";

/// Compiles the standard library with an empty program around it, and keeps what the compiler looks for.
fn compile_std(kit: &Kit, folder: &Path, target: &str) -> Outcome {
    let (program, kept) = (folder.join("empty"), folder.join("lib"));
    for folder in [&program, &kept] {
        fs::create_dir_all(folder).map_err(|error| format!("could not make {}: {error}", folder.display()))?;
    }
    kit::write(
        &program.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n",
    )?;
    kit::write(&program.join("lib.rs"), "")?;
    cargo(kit)
        .within(&program)
        // The option is unstable, and this is not a nightly compiler.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", program.join("target"))
        .args(["build", "--quiet", "--release", STANDARD_LIBRARY, "--target", target])
        .run()?;
    let compiled = program.join("target").join(target).join("release/deps");
    for library in named(&compiled, "rlib")?.into_iter().chain(named(&compiled, "rmeta")?) {
        let name = library.file_name().unwrap_or_default();
        if !name.as_encoded_bytes().starts_with(b"libempty-") {
            fs::copy(&library, kept.join(name))
                .map_err(|error| format!("could not copy {}: {error}", library.display()))?;
        }
    }
    fs::remove_dir_all(&program).map_err(|error| format!("could not remove {}: {error}", program.display()))
}

/// The files of a folder whose names end like this.
fn named(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(files.filter(|file| file.extension().is_some_and(|found| found == ending)).collect())
}
