//! A Windows to run tests in: Wine, in a folder of its own, never the one of whoever runs the gate.

use std::path::{Path, PathBuf};

use super::kit::{self, Kit};
use super::rust::WINDOWS;
use crate::process::{Outcome, Tool};

/// Rust's standard library draws random numbers from `bcryptprimitives.dll`, which the Wine of Debian 12 lacks.
const RANDOM: &str = include_str!("bcryptprimitives.c");

pub(super) fn set_up(kit: &Kit) -> Outcome {
    let recipe = format!("Windows 10, a home of its own\n{RANDOM}");
    kit.part("wine", "a Windows folder for Wine", &recipe, |folder| {
        // It would lead "Documents" and the like to the real home folder.
        inside(kit, Tool::new("wine")).env("HOME", folder).args(["wineboot", "--init"]).read()?;
        inside(kit, Tool::new("wine")).args(["winecfg", "-v", "win10"]).read()?;
        let source = folder.join("bcryptprimitives.c");
        kit::write(&source, RANDOM)?;
        Tool::new("x86_64-w64-mingw32-gcc")
            .args(["-shared", "-O1", "-o"])
            .arg(folder.join("drive_c/windows/system32/bcryptprimitives.dll"))
            .arg(&source)
            .arg("-ladvapi32")
            .read()?;
        stop(kit);
        Ok(())
    })
}

/// A cargo whose Windows programs run under Wine, and find libraries where the application does: in `beside`.
pub(super) fn running(kit: &Kit, cargo: Tool, beside: &Path) -> Tool {
    let runner = format!("CARGO_TARGET_{}_RUNNER", WINDOWS.replace('-', "_").to_uppercase());
    // Wine shows the root of this file system as drive Z.
    let beside = format!("Z:{}", beside.display()).replace('/', r"\");
    inside(kit, cargo).env(&runner, "wine").env("WINEPATH", beside)
}

/// A Windows program.
pub(super) fn program(kit: &Kit, path: &Path) -> Tool {
    inside(kit, Tool::new("wine")).arg(path)
}

/// Ends what Wine keeps running in its folder. That it has ended already is as good.
pub(super) fn stop(kit: &Kit) {
    let _ = inside(kit, Tool::new("wineserver")).arg("--kill").succeeds();
}

fn inside(kit: &Kit, tool: Tool) -> Tool {
    inside_of(&prefix(kit), tool)
}

/// A tool whose Windows is the folder `windows`.
pub(crate) fn inside_of(windows: &Path, tool: Tool) -> Tool {
    tool.env("WINEPREFIX", windows)
        // Its running commentary on what it does not implement.
        .env("WINEDEBUG", "-all")
        // The first two it would offer to download; the third puts Windows programs into the desktop's menus.
        .env("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=")
}

pub(super) fn prefix(kit: &Kit) -> PathBuf {
    kit.folder().join("wine")
}
