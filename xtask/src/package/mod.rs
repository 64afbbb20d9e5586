//! `cargo xtask package`: what people install, made from what is checked in, and used before anybody else does.
//!
//! Packages go to `target/packages`, which holds one run's and nothing older. They are made without the `e2e` feature;
//! the sessions that install and use them therefore work by keyboard and eyes, as a person would.

pub mod linux;
pub mod news;
pub mod notices;
pub mod release;

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::app;
use crate::prerequisites::{self, Purpose};
use crate::process::Outcome;
use crate::steps::{Step, held};

/// The steps of `cargo xtask test --packages`.
pub const STEPS: [Step; 2] = [
    Step {
        name: "package",
        about: "packages for Linux",
        purpose: Purpose::Build,
        needs: &["ui-build"],
        run: |root| held(linux::build(root).map(drop)),
    },
    Step {
        name: "package-session",
        about: "packages installed, used and removed",
        purpose: Purpose::Package,
        needs: &["package"],
        run: |_| Err("not there yet".into()),
    },
];

/// Why packages cannot be tried on this machine, if so.
pub fn unavailable() -> Option<String> {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    (!release.lines().any(|line| line == "ID=debian")).then(|| {
        "the packages installed and removed, which happens in a Debian of its own and needs Debian to make one. \
         `cargo xtask package` makes them."
            .to_owned()
    })
}

/// Makes this system's packages.
pub fn run(root: &Path) -> Outcome {
    prerequisites::ensure(Purpose::Build)?;
    let made = match env::consts::OS {
        "linux" => linux::build(root)?,
        other => return Err(format!("There are no packages for {other}.")),
    };
    for file in made {
        println!("{}", file.display());
    }
    Ok(())
}

/// Where packages are put: `target/packages`.
pub fn folder(root: &Path) -> Result<PathBuf, String> {
    let folder = app::target_folder(root)?.join("packages");
    fs::create_dir_all(&folder).map_err(|error| format!("could not make {}: {error}", folder.display()))?;
    Ok(folder)
}
