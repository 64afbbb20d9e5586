//! A release that does not tell who built it, where or when: the same commit gives the same program.
//!
//! It knows Apple's address and nobody else's: refuses to hand out a program in which the ways of a test build to another
//! server can be read.
//!
//! Compilers write the place of every source file into the program, for the messages of panics. For a release these
//! places are `/cargo` and `/keyfolio`, whatever the builder's home is called, and the time is the commit's. Refuses to
//! hand out a program in which the builder's own folders can still be read.
//!
//! Said to the compiler by environment variables, so that it holds for `cargo`, for Tauri's program around it and for
//! another system's cargo alike.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::app;
use crate::process::{Outcome, Tool};

/// `tool`, started so that the release build in it is the same everywhere. Replaces any `RUSTFLAGS`.
pub fn anywhere(root: &Path, tool: Tool) -> Result<Tool, String> {
    anywhere_from(root, tool, &[])
}

/// The same for builds in folders of their own, `others`, and what these are called instead.
pub fn anywhere_from(root: &Path, tool: Tool, others: &[(PathBuf, &'static str)]) -> Result<Tool, String> {
    let mut flags = OsString::new();
    for (from, to) in places(root)?.iter().chain(others) {
        if !flags.is_empty() {
            flags.push("\u{1f}");
        }
        flags.push("--remap-path-prefix=");
        flags.push(from);
        flags.push("=");
        flags.push(to);
    }
    let tool = tool.env("CARGO_ENCODED_RUSTFLAGS", flags).env("CARGO_INCREMENTAL", "0");
    Ok(tool.env("SOURCE_DATE_EPOCH", time(root)?.to_string()))
}

/// The commit's time, in seconds since 1970; `SOURCE_DATE_EPOCH` where there is no checkout to ask.
/// <https://reproducible-builds.org/docs/source-date-epoch/>
pub fn time(root: &Path) -> Result<u64, String> {
    let given = env::var("SOURCE_DATE_EPOCH").ok();
    let said = match given {
        Some(said) => said,
        None => {
            let asked = Tool::new("git").within(root).args(["log", "-1", "--format=%ct"]).read();
            let asked = asked.map_err(|trouble| format!("{trouble}\nOutside a checkout, set SOURCE_DATE_EPOCH."))?;
            String::from_utf8_lossy(&asked).into_owned()
        }
    };
    said.trim().parse().map_err(|_| format!("not a time in seconds since 1970: {said:?}"))
}

/// Fails when the builder's folders can be read in `program`.
pub fn names_nobody(root: &Path, program: &Path) -> Outcome {
    let bytes = fs::read(program).map_err(|error| format!("could not read {}: {error}", program.display()))?;
    let mut folders: Vec<PathBuf> = places(root)?.into_iter().map(|(from, _)| from).collect();
    folders.extend(home());
    let found = readable(&bytes, &folders);
    if found.is_empty() {
        return Ok(());
    }
    Err(format!("{} names folders of this machine: {}", program.display(), found.join(", ")))
}

/// What only a build with the `e2e` feature contains: the variables that lead it to a simulated Apple and shorten the life
/// of a secret on the clipboard, whom it trusts there, a sample key.
const OF_TESTS: [&str; 4] =
    ["KEYFOLIO_APPLE", "KEYFOLIO_CLIPBOARD_SECONDS", "authority.pem", "fastlane (old Mac mini)"];

/// Fails when `program` is a build for tests, which can be led to another server than Apple's.
pub fn knows_apple_only(program: &Path) -> Outcome {
    let bytes = fs::read(program).map_err(|error| format!("could not read {}: {error}", program.display()))?;
    let found: Vec<_> = OF_TESTS.into_iter().filter(|part| holds(&bytes, part)).collect();
    if found.is_empty() {
        return Ok(());
    }
    Err(format!("{} is a build for tests: it knows {}", program.display(), found.join(", ")))
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

/// The builder's folders and what they are called instead. The compiler takes the last that fits, so what lies inside
/// another folder comes after it.
fn places(root: &Path) -> Result<Vec<(PathBuf, &'static str)>, String> {
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(home()?.join(".cargo")));
    let sysroot = Tool::new("rustc").within(root).args(["--print", "sysroot"]).read()?;
    let library = Path::new(String::from_utf8_lossy(&sysroot).trim()).join("lib/rustlib/src/rust");
    let mut places = vec![(library, "/rustc/source")];
    places.extend(cargo.map(|folder| (folder, "/cargo")));
    places.push((root.to_owned(), "/keyfolio"));
    places.push((app::target_folder(root)?, "/keyfolio/target"));
    Ok(places)
}

/// The builder's home, unless it is the top of everything.
fn home() -> Option<PathBuf> {
    env::home_dir().filter(|home| home.parent().is_some())
}

/// Those of `folders` under which `bytes` names something.
fn readable(bytes: &[u8], folders: &[PathBuf]) -> Vec<String> {
    let separator = std::path::MAIN_SEPARATOR;
    let prefixes = folders.iter().map(|folder| format!("{}{separator}", folder.display()));
    prefixes.filter(|prefix| holds(bytes, prefix)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::{knows_apple_only, readable};
    use std::path::{MAIN_SEPARATOR, PathBuf};

    #[test]
    fn a_build_for_tests_is_known_by_what_only_it_contains() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        let judged = |content: &str| {
            std::fs::write(&program, content).map_err(|_| String::new()).and_then(|()| knows_apple_only(&program))
        };
        assert_eq!(judged("api.appstoreconnect.apple.com"), Ok(()));
        assert!(judged("main KEYFOLIO_APPLE main").is_err_and(|trouble| trouble.contains("knows KEYFOLIO_APPLE")));
        assert!(judged("authority.pem").is_err());
    }

    #[test]
    fn a_folder_of_the_builder_is_found_in_a_program() {
        let program = format!("panicked at home{MAIN_SEPARATOR}src{MAIN_SEPARATOR}main.rs");
        let folders = ["home", "src", "hom", "other"].map(PathBuf::from);
        assert_eq!(
            readable(program.as_bytes(), &folders),
            [format!("home{MAIN_SEPARATOR}"), format!("src{MAIN_SEPARATOR}")]
        );
    }
}
