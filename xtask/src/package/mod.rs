//! `cargo xtask package`: what people install, made from what is checked in, and used before anybody else does.
//!
//! Packages go to `target/packages`, which holds one run's and nothing older. They are made without the `e2e` feature;
//! the sessions that install and use them therefore work by keyboard and eyes, as a person would.

pub mod appimage;
pub mod linux;
pub mod macos;
pub mod news;
pub mod notices;
pub mod release;
pub mod sbom;
pub mod signing;
pub mod sums;
pub mod windows;

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::prerequisites::{self, Purpose};
use crate::process::Outcome;
use crate::steps::{self, Selection, Step, held};
use crate::{app, cross, frontend};

/// The steps of `cargo xtask test --packages`.
pub const STEPS: [Step; 4] = [
    Step {
        name: "package",
        about: "packages for Linux",
        purpose: Purpose::Pack,
        needs: &["ui-build"],
        run: |root| held(linux::build(root).map(drop)),
    },
    Step {
        name: "package-session",
        about: "packages installed, used and removed",
        purpose: Purpose::Package,
        needs: &["package"],
        run: linux::session,
    },
    Step {
        name: "setup",
        about: "Windows setup",
        purpose: Purpose::Setup,
        needs: &["ui-build", "cross-kit"],
        run: |root| held(windows::build_here(root).map(drop)),
    },
    Step {
        name: "setup-session",
        about: "Windows setup installed, used and removed",
        purpose: Purpose::Setup,
        needs: &["setup"],
        run: windows::session::run,
    },
];

/// Why packages cannot be tried on this machine, if so.
pub fn unavailable() -> Option<String> {
    cross::unavailable().map(|_| {
        "the packages installed and removed, which happens in a Debian of its own, and for Windows with the compilers of \
         Debian 12 (x86-64). `cargo xtask package` makes your own system's."
            .to_owned()
    })
}

/// Makes this system's packages.
pub fn run(root: &Path) -> Outcome {
    prerequisites::ensure(Purpose::Pack)?;
    frontend::install(root)?;
    frontend::build(root)?;
    let folder = folder(root)?;
    // The sums are of everything in it, so nothing older may be there.
    fs::remove_dir_all(&folder).map_err(|error| format!("could not clear {}: {error}", folder.display()))?;
    let made = match env::consts::OS {
        "linux" => linux::build(root)?,
        "macos" => macos::build(root)?,
        "windows" => windows::build_there(root)?,
        other => return Err(format!("There are no packages for {other}.")),
    };
    describe(root, env::consts::OS, made)
}

/// Makes the AppImage of what [`run`] compiled.
pub fn appimage(root: &Path) -> Outcome {
    describe(root, "linux", vec![appimage::build(root)?])
}

/// Signs what [`run`] compiled.
pub fn signed(root: &Path) -> Outcome {
    describe(root, env::consts::OS, signing::sign(root)?)
}

/// What goes with the packages of a system: what is inside them, and everybody's sum. Prints what was made.
fn describe(root: &Path, system: &str, mut made: Vec<PathBuf>) -> Outcome {
    let folder = folder(root)?;
    made.push(sbom::write(root, &folder, system)?);
    sums::write(&folder)?;
    made.push(folder.join(sums::FILE));
    for file in made {
        println!("{}", file.display());
    }
    Ok(())
}

/// The one file with that ending in `folder`, where a bundler has put it.
fn made(folder: &Path, ending: &str) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let found: Vec<_> = files.filter(|file| file.extension().is_some_and(|found| found == ending)).collect();
    match found.as_slice() {
        [file] => Ok(file.clone()),
        _ => Err(format!("Not one .{ending} in {}: {found:?}", folder.display())),
    }
}

/// Copies a package to `target/packages`, over an older one of its name.
fn keep(root: &Path, file: &Path) -> Result<PathBuf, String> {
    let kept = folder(root)?.join(file.file_name().unwrap_or_default());
    fs::copy(file, &kept).map_err(|error| format!("could not copy {}: {error}", file.display()))?;
    Ok(kept)
}

/// Makes the Windows setup, on Debian.
pub fn windows(root: &Path) -> Outcome {
    steps::run(root, Selection::Only("setup"))
}

/// Where packages are put: `target/packages`.
pub fn folder(root: &Path) -> Result<PathBuf, String> {
    let folder = app::target_folder(root)?.join("packages");
    fs::create_dir_all(&folder).map_err(|error| format!("could not make {}: {error}", folder.display()))?;
    Ok(folder)
}
