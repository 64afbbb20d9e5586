//! `cargo xtask cross`: Keyfolio for macOS and Windows, compiled and tested from Debian at every change. Other
//! people's verifiers of our tokens, which come for this Debian only, are asked on the way.
//!
//! Most users sit where nobody here looks day to day. So every line for macOS is compiled, the Windows application is
//! compiled and linked, and the crates' tests run as Windows programs under Wine. What that takes is fetched from
//! Debian and PyPI into a folder outside the checkout, once.
//!
//! Refuses to pass what it did not see: a target without its compiler is a failure, never a skipped check, and what
//! no machine but the real one can show is listed after every run.

pub(crate) mod kit;
mod rust;
pub(crate) mod wine;
mod zig;

use std::fs;
use std::path::{Path, PathBuf};

use crate::counts::{self, Tally};
use crate::independent;
use crate::prerequisites::Purpose;
use crate::process::{Outcome, Tool};
use crate::steps::{Step, held};
use kit::Kit;
use rust::MACOS;
pub(crate) use rust::WINDOWS;

/// What this gate adds to the steps of `cargo xtask test`.
pub const STEPS: [Step; 7] = [
    Step {
        name: "cross-kit",
        about: "compilers for macOS and Windows, Wine",
        purpose: Purpose::Cross,
        needs: &[],
        run: |_| held(set_up()),
    },
    Step {
        name: "macos",
        about: "every target compiles for macOS",
        purpose: Purpose::Cross,
        needs: &["ui-build", "cross-kit"],
        run: |root| held(macos(root)),
    },
    Step {
        name: "windows",
        about: "every target compiles and links for Windows",
        purpose: Purpose::Cross,
        needs: &["ui-build", "cross-kit"],
        run: |root| held(windows(root)),
    },
    Step {
        name: "wine-test",
        about: "Rust tests and self-test as Windows programs",
        purpose: Purpose::Cross,
        needs: &["windows"],
        run: wine_tests,
    },
    Step {
        name: "jwt",
        about: "tokens verified by PyJWT and jose",
        purpose: Purpose::Cross,
        needs: &[],
        run: independent::verify,
    },
    Step {
        name: "callers",
        about: "snippets called with by curl, HTTPie, Node.js and Python",
        purpose: Purpose::Cross,
        needs: &[],
        run: independent::call,
    },
    Step {
        name: "readers",
        about: "what is handed over, read by other people's tools",
        purpose: Purpose::Cross,
        needs: &[],
        run: independent::read,
    },
];

/// What stays unseen however green the gate is; said after every run.
pub const NOT_SHOWN: &str = "\
The gate for macOS and Windows cannot show:
  - a macOS program: linking needs Apple's SDK, so nothing of it was linked or run, the Keychain included
  - the Windows window: Wine has no WebView2 runtime
  - the real Credential Manager, file systems and rights of Windows: Wine stands in for them
  - the MSVC toolchain, which releases for Windows are made with: the GNU one stands in for it";

/// Why the gate does nothing on this machine, if so.
pub fn unavailable() -> Option<String> {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let field = |name: &str| {
        let value = release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
        Some(value.trim_matches('"'))
    };
    let found = (std::env::consts::ARCH, field("ID"), field("VERSION_ID"));
    (found != ("x86_64", Some("debian"), Some("12"))).then(|| {
        "the gate for macOS and Windows, which runs only on Debian 12 (x86-64): it unpacks that release's compilers. \
         `cargo xtask test` covers your own system."
            .to_owned()
    })
}

fn set_up() -> Outcome {
    let kit = Kit::open()?;
    println!("Kept in {}", kit.folder().display());
    rust::set_up(&kit)?;
    zig::set_up(&kit)?;
    wine::set_up(&kit)
}

fn macos(root: &Path) -> Outcome {
    let kit = Kit::open()?;
    cargo(&kit, root, "check --workspace --all-targets --locked --features keyfolio/e2e --target", MACOS).run()?;
    cargo(&kit, root, "check --workspace --all-targets --locked --target", MACOS).run()
}

/// Building checks everything on the way, and shows that it links. What exists only in real-window tests comes first and
/// without the tests, which would all be linked twice; what is left in the end is what users get.
fn windows(root: &Path) -> Outcome {
    let kit = Kit::open()?;
    cargo(&kit, root, "build --workspace --locked --features keyfolio/e2e --target", WINDOWS).run()?;
    cargo(&kit, root, "build --workspace --all-targets --locked --target", WINDOWS).run()
}

/// And the application itself, as far as it goes without a window. Without xtask, whose tests start cargo: there is
/// none for Windows here.
fn wine_tests(root: &Path) -> Result<Option<Tally>, String> {
    let kit = Kit::open()?;
    let tests = cargo(&kit, root, "test --workspace --exclude xtask --locked --no-fail-fast --target", WINDOWS);
    // WebView2Loader.dll is put there, which the shell's tests are linked with.
    let application = built(&kit).join(WINDOWS).join("debug");
    let finished = wine::running(&kit, tests, &application).watch();
    println!("\nThe application's own self-test:");
    let whole = wine::program(&kit, &application.join("keyfolio.exe")).arg("--self-test").run();
    wine::stop(&kit);
    let finished = finished?;
    let own = whole.map_or(Tally { passed: 0, failed: 1 }, |()| Tally { passed: 1, failed: 0 });
    Ok(Some(counts::of_cargo(&finished.output).judged(finished.success).plus(own)))
}

/// The Windows application as users get it, without what only real-window tests need. `prepared` has the last word on
/// how cargo is started. `WebView2Loader.dll`, without which a MinGW build does not start, lies beside it.
pub(crate) fn windows_release(
    root: &Path,
    prepared: impl FnOnce(&Path, Tool) -> Result<Tool, String>,
) -> Result<PathBuf, String> {
    let kit = Kit::open()?;
    let build = "build --release --package keyfolio --locked --features tauri/custom-protocol --target";
    // To optimize across crates, the compiler would need more of the standard library than this kit's has.
    let cargo = cargo(&kit, root, build, WINDOWS).env("CARGO_PROFILE_RELEASE_LTO", "false");
    prepared(kit.folder(), cargo)?.run()?;
    Ok(built(&kit).join(WINDOWS).join("release/keyfolio.exe"))
}

/// A Windows that nothing was installed in yet, copied to `folder`.
pub(crate) fn fresh_windows(folder: &Path) -> Outcome {
    let kit = Kit::open()?;
    wine::stop(&kit);
    Tool::new("cp").args(["--archive", "--reflink=auto"]).arg(wine::prefix(&kit)).arg(folder).run()
}

fn built(kit: &Kit) -> PathBuf {
    kit.folder().join("target")
}

/// Warnings fail: only a compiler for that system gives them, and nobody would see them.
fn cargo(kit: &Kit, root: &Path, arguments: &str, target: &str) -> Tool {
    let cargo = rust::cargo(kit).within(root).env("CARGO_TARGET_DIR", built(kit));
    let cargo = cargo.env("RUSTFLAGS", "-Dwarnings").env("CARGO_PROFILE_DEV_DEBUG", "0");
    zig::compiling(kit, cargo).args(arguments.split(' ')).arg(target)
}
