//! Where the program may ask which system it runs on, read from its source.
//!
//! A condition on the system hides its other side from everybody who builds on one system. So there are few places for
//! them, each known here with its reason, and `cargo xtask cross` compiles every side of each. Tests may ask wherever
//! they are: a test that is left out hides nothing that ships.

use std::path::Path;
use std::{fs, io};

/// The places, and why each has to ask.
const PLACES: [(&str, &str); 8] = [
    ("crates/asc-key/src/file/", "opening a file a stranger put there"),
    ("crates/handoff/src/write/", "a file that is its owner's alone"),
    ("crates/vault/src/disk/", "rights and paths"),
    ("crates/vault/src/os_slot/", "the system's keyring"),
    ("crates/keyfolio-core/src/handing/gh/", "ending a program and what it started"),
    ("crates/keyfolio-core/src/view/status.rs", "words follow the system"),
    ("src-tauri/src/platform/", "window, process, sockets"),
    ("src-tauri/app/main.rs", "no console window on Windows"),
];

/// Folders whose code ships.
const SHIPPED: [&str; 6] = [
    "crates/asc-key/src",
    "crates/asc-access/src",
    "crates/handoff/src",
    "crates/vault/src",
    "crates/keyfolio-core/src",
    "src-tauri",
];

/// Every line outside the known places that asks which system it is on, as `file:line`.
pub fn scattered(root: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for folder in SHIPPED {
        let folder = root.join(folder);
        let files = sources(&folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
        for file in files {
            let text =
                fs::read_to_string(&file).map_err(|error| format!("could not read {}: {error}", file.display()))?;
            let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            if !PLACES.iter().any(|(place, _)| name.starts_with(place)) {
                found.extend(questions(&text).map(|line| format!("{name}:{line}")));
            }
        }
    }
    Ok(found)
}

fn sources(folder: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(sources(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Numbers of the lines with a condition on the system, up to the file's tests.
fn questions(text: &str) -> impl Iterator<Item = usize> {
    const SYSTEMS: [&str; 5] = ["target_os", "target_family", "target_env", "unix", "windows"];
    let code = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
    let conditions = code.enumerate().filter(|(_, line)| {
        let conditional = ["cfg(", "cfg!(", "cfg_attr("].iter().find_map(|word| line.split_once(word));
        conditional.is_some_and(|(_, condition)| {
            let mut words = condition.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
            words.any(|word| SYSTEMS.contains(&word))
        })
    });
    conditions.map(|(place, _)| place + 1)
}

#[cfg(test)]
mod tests {
    use super::questions;

    #[test]
    fn every_form_of_the_question_is_seen() {
        let text = "#[cfg(unix)]\nfn a() {}\nif cfg!(windows) {}\n#[cfg_attr(target_os = \"macos\", path = \"x\")]\n\
                    #[cfg(all(feature = \"e2e\", not(target_family = \"unix\")))]\n";
        assert_eq!(questions(text).collect::<Vec<_>>(), [1, 3, 4, 5]);
    }

    #[test]
    fn features_words_and_tests_are_no_question() {
        let text =
            "#[cfg(feature = \"windows_like\")]\nlet windows = unix;\n#[cfg(test)]\nmod tests {\n#[cfg(unix)]\n}\n";
        assert_eq!(questions(text).count(), 0);
    }
}
