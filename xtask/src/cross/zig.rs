//! A C compiler for macOS: SQLite is C, and its build must succeed before Rust is looked at.
//!
//! Apple's comes only with Apple's SDK. Zig brings a Clang and enough headers for plain C, as a package of PyPI.

use std::path::Path;

use super::kit::{self, Kit};
use super::rust::MACOS;
use crate::process::{Outcome, Tool};

/// Version and SHA-256 of the package, as pip takes them.
const ZIG: &str = "\
ziglang==0.17.1 --hash=sha256:ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54";

/// Stands in for Apple's `cc`: it leaves out the options that only Apple's understands.
const CC: &str = include_str!("zig-cc.sh");
const AR: &str = "#!/bin/sh\nexec \"${0%/*}/ziglang/zig\" ar \"$@\"\n";

pub(super) fn set_up(kit: &Kit) -> Outcome {
    let recipe = [ZIG, CC, AR].join("\n");
    kit.part("zig", "a C compiler for macOS (Zig, from PyPI)", &recipe, |folder| {
        let list = folder.join("requirements.txt");
        kit::write(&list, ZIG)?;
        Tool::new("python3")
            .args(["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"])
            .args(["--disable-pip-version-check", "--root-user-action=ignore"])
            .arg("--target")
            .arg(folder)
            .arg("--requirement")
            .arg(&list)
            .read()?;
        program(&folder.join("cc"), CC)?;
        program(&folder.join("ar"), AR)
    })
}

/// Adds the compiler to a cargo that may build for macOS.
pub(super) fn compiling(kit: &Kit, cargo: Tool) -> Tool {
    let folder = kit.folder().join("zig");
    let suffix = MACOS.replace('-', "_");
    cargo
        .env(&format!("CC_{suffix}"), folder.join("cc"))
        .env(&format!("CXX_{suffix}"), folder.join("cc"))
        .env(&format!("AR_{suffix}"), folder.join("ar"))
        .env("ZIG_GLOBAL_CACHE_DIR", folder.join("cache"))
        .env("ZIG_LOCAL_CACHE_DIR", folder.join("cache"))
}

/// Writes a script that can be started.
fn program(path: &Path, text: &str) -> Outcome {
    kit::write(path, text)?;
    Tool::new("chmod").arg("+x").arg(path).run()
}
