//! The front end in `ui/`: its packages and its build.
//!
//! Packages are installed exactly as locked and without running their install scripts. The built pages must hold
//! no address of another machine: the window never loads anything from the network.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::process::{Outcome, Tool};

/// Text that begins like an address but is a name: XML namespaces, the local IPC, error references of Svelte.
const NAMES: [&str; 6] = [
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1998/Math/MathML",
    "http://ipc.localhost",
    "https://svelte.dev/e/",
];

/// `npm` in the `ui` folder.
pub fn npm(root: &Path) -> Tool {
    Tool::new("npm").within(&root.join("ui")).env("npm_config_update_notifier", "false").env("npm_config_fund", "false")
}

/// A program of the installed packages.
pub fn package_program(root: &Path, name: &str) -> PathBuf {
    let name = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
    root.join("ui/node_modules/.bin").join(name)
}

/// Installs the locked packages, unless exactly these are installed already.
pub fn install(root: &Path) -> Outcome {
    let lock = root.join("ui/package-lock.json");
    let wanted = fs::read(&lock).map_err(|error| format!("could not read {}: {error}", lock.display()))?;
    let stamp = root.join("ui/node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    npm(root).args(["ci", "--ignore-scripts", "--no-audit"]).aside().run()?;
    fs::write(&stamp, wanted).map_err(|error| format!("could not write {}: {error}", stamp.display()))
}

/// Builds `ui/dist` and refuses a result that names another machine.
pub fn build(root: &Path) -> Outcome {
    npm(root).args(["run", "build"]).aside().run()?;
    let found = remote_addresses(&root.join("ui/dist"))?;
    if found.is_empty() {
        return Ok(());
    }
    Err(format!("The built pages name other machines; nothing may be loaded from the network:\n{}", found.join("\n")))
}

/// Every remote address in the pages, scripts and styles under `folder`, as `file: address`.
pub fn remote_addresses(folder: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for file in files_under(folder).map_err(|error| format!("could not read {}: {error}", folder.display()))? {
        let readable = file
            .extension()
            .is_some_and(|kind| ["html", "js", "css", "svg", "json"].iter().any(|known| kind == *known));
        if !readable {
            continue;
        }
        let text = fs::read_to_string(&file).map_err(|error| format!("could not read {}: {error}", file.display()))?;
        found.extend(addresses(&text).map(|address| format!("{}: {address}", file.display())));
    }
    Ok(found)
}

fn files_under(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files.extend(files_under(&path)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}

fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices("://").filter_map(|(middle, _)| {
        let scheme = ["https", "http", "wss", "ws", "ftp"].iter().find(|scheme| text[..middle].ends_with(**scheme))?;
        Some(middle - scheme.len())
    });
    let addresses = starts.map(|start| {
        let rest = &text[start..];
        let end = rest.find(|sign: char| sign.is_whitespace() || "\"'`)<>\\".contains(sign)).unwrap_or(rest.len());
        &rest[..end]
    });
    addresses.filter(|address| !NAMES.iter().any(|name| address.starts_with(name)))
}

#[cfg(test)]
mod tests {
    use super::addresses;

    fn found(text: &str) -> Vec<&str> {
        addresses(text).collect()
    }

    #[test]
    fn a_remote_script_style_or_socket_is_found() {
        assert_eq!(found(r#"<script src="https://cdn.example/x.js"></script>"#), ["https://cdn.example/x.js"]);
        assert_eq!(found("@import url(http://fonts.example/a.css);"), ["http://fonts.example/a.css"]);
        assert_eq!(found("new WebSocket('wss://live.example/')"), ["wss://live.example/"]);
    }

    #[test]
    fn namespaces_and_error_references_are_no_addresses() {
        assert!(found(r#"createElementNS("http://www.w3.org/2000/svg")"#).is_empty());
        assert!(found("throw Error(`https://svelte.dev/e/lifecycle_outside_component`)").is_empty());
        assert!(found("a://b").is_empty());
    }
}
