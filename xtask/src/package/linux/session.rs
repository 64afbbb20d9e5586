//! The packages in use: each is installed in a Debian of its own, driven in the real window, and removed.
//!
//! That Debian is a folder with nothing in it but what Debian itself insists on, so that a library the package forgot
//! to ask for is missing there. It has its own processes and mounts, which go with the test however it ends. Refuses
//! to go on without the rights to do that.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::app;
use crate::counts::{self, Tally};
use crate::cross::kit::Kit;
use crate::process::{Outcome, Tool};
use crate::steps;

/// How the Debian begins. The oldest release the packages are for, which is also the one they are built on.
const DEBIAN: [&str; 4] = ["--mode=root", "--variant=minbase", "--format=tar", "bookworm"];

/// Its own mounts and processes, ended with the program that is started in them.
const APART: [&str; 7] = ["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"];

/// Installs, uses and removes what [`super::build`] made.
pub fn session(root: &Path) -> Result<Option<Tally>, String> {
    let kit = Kit::at(&home()?).map_err(|error| format!("could not keep a Debian for the packages: {error}"))?;
    apart_is_possible()?;
    kit.part("debian", "a Debian to install packages in", &DEBIAN.join(" "), |folder| {
        Tool::new("mmdebstrap").args(DEBIAN).arg(folder.join("base.tar")).run()
    })?;
    let archives = kit.folder().join("archives");
    fs::create_dir_all(&archives).map_err(|error| format!("could not make {}: {error}", archives.display()))?;

    // The simulated Apple is no part of any package; it stands beside them.
    Tool::cargo().within(root).args(["build", "--locked", "--package", "asc-sim"]).aside().run()?;

    let report = steps::fresh_report(root, "packages.tap")?;
    let finished = Tool::new("unshare")
        .within(root)
        .env("KEYFOLIO_PACKAGES", app::target_folder(root)?.join("packages"))
        .env("KEYFOLIO_DEBIAN", kit.folder())
        .env("KEYFOLIO_SIMULATOR", app::simulator(root)?)
        .args(APART)
        .args(["node", "--test"])
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
        .arg("--test-reporter=tap")
        .arg(format!("--test-reporter-destination={}", report.display()))
        .arg("e2e/packages.mjs")
        .watch()?;
    let counted = fs::read_to_string(&report).unwrap_or_default();
    Ok(Some(counts::of_node(&counted).judged(finished.success)))
}

/// `$PACKAGES_HOME`, else `~/.cache/keyfolio-packages`: what is fetched from Debian is fetched once.
fn home() -> Result<PathBuf, String> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("PACKAGES_HOME")
        .or_else(|| Some(set("HOME")?.join(".cache/keyfolio-packages")))
        .ok_or_else(|| "Neither PACKAGES_HOME nor HOME is set; the Debian for the packages needs a place.".to_owned())
}

fn apart_is_possible() -> Outcome {
    let possible = Tool::new("unshare").args(APART).args(["mount", "-t", "tmpfs", "none", "/mnt"]).read();
    possible.map(drop).map_err(|trouble| {
        format!(
            "{trouble}\nTrying the packages needs root and the right to mount (CAP_SYS_ADMIN); in a container, \
             `--privileged` gives it."
        )
    })
}
