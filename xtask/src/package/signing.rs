//! `cargo xtask package signed`: this system's packages once more, with the signatures that people's computers ask for.
//!
//! Comes after `cargo xtask package`, and compiles nothing, so that no dependency's build code runs where the secrets
//! are. Refuses to start when one of them is missing: half a signature is worth less than none.
//!
//! The App Store Connect key for notarising is the kind of file Keyfolio is about, and is treated so: it is never an
//! argument and never printed, and lies on the disk, readable by its owner only, just as long as Apple's tool reads it.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, process};

use serde_json::json;

use super::{keep, macos, made};
use crate::process::Tool;
use crate::{app, frontend};

/// Signs this system's packages; returns where they are.
pub fn sign(root: &Path) -> Result<Vec<PathBuf>, String> {
    match env::consts::OS {
        "macos" => macos::sign(root),
        "windows" => windows(root),
        other => {
            Err(format!("Packages for {other} bear no signature; their sums and their provenance speak for them."))
        }
    }
}

/// What signing takes from the environment, and what Tauri would take by itself.
const SECRETS: [&str; 10] = [
    "APPLE_CERTIFICATE",
    "APPLE_CERTIFICATE_PASSWORD",
    "APPLE_API_KEY",
    "APPLE_API_ISSUER",
    "APPLE_API_KEY_P8",
    "APPLE_API_KEY_PATH",
    "APPLE_ID",
    "APPLE_PASSWORD",
    "APPLE_TEAM_ID",
    "AZURE_CLIENT_SECRET",
];

/// `tool` without any of them: compiling runs the build code of every dependency.
pub(super) fn without_secrets(tool: Tool) -> Tool {
    SECRETS.into_iter().fold(tool, Tool::without)
}

/// The value of an environment variable that signing cannot do without.
pub(super) fn needed(name: &str) -> Result<String, String> {
    let value = env::var(name).ok().filter(|value| !value.trim().is_empty());
    value.ok_or_else(|| format!("{name} is not set; docs/releasing.md says what it is."))
}

/// Setup and MSI, through Tauri's bundler, which calls `WINDOWS_SIGN_COMMAND` for the program and for each installer
/// with the file in place of `%1`.
fn windows(root: &Path) -> Result<Vec<PathBuf>, String> {
    let config = sign_command(&needed("WINDOWS_SIGN_COMMAND")?)?;
    let tauri = Tool::new(frontend::package_program(root, "tauri")).within(root);
    let tauri = super::windows::with_licenses(root, tauri)?;
    tauri.args(["bundle", "--bundles", "nsis,msi", "--config", &config]).aside().run()?;
    let bundles = app::target_folder(root)?.join("release/bundle");
    let mut packages = Vec::new();
    for (folder, ending) in [("nsis", "exe"), ("msi", "msi")] {
        let package = keep(root, &made(&bundles.join(folder), ending)?)?;
        let question = format!("(Get-AuthenticodeSignature -LiteralPath '{}').Status", package.display());
        let said = Tool::new("powershell").args(["-NoProfile", "-Command", &question]).read()?;
        let said = String::from_utf8_lossy(&said);
        if said.trim() != "Valid" {
            return Err(format!("The signature of {} is not valid: {}", package.display(), said.trim()));
        }
        packages.push(package);
    }
    Ok(packages)
}

/// Tauri's configuration for a command given as one line of words; the file's place must be a word of its own.
fn sign_command(line: &str) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        [program, arguments @ ..] if arguments.contains(&"%1") => {
            Ok(json!({"bundle": {"windows": {"signCommand": {"cmd": program, "args": arguments}}}}).to_string())
        }
        _ => Err("WINDOWS_SIGN_COMMAND must be a program and its arguments, one of them %1 for the file.".into()),
    }
}

/// The key that notarises: `APPLE_API_KEY` (its Key ID), `APPLE_API_ISSUER`, and the text of the `.p8` in
/// `APPLE_API_KEY_P8`. Gone from the disk when dropped.
#[derive(Debug)]
pub(super) struct NotaryKey {
    file: PathBuf,
    key_id: String,
    issuer: String,
}

impl NotaryKey {
    /// The runner's own scratch folder where there is one: it is emptied after each job whatever happens.
    pub(super) fn from_environment() -> Result<Self, String> {
        let (key_id, issuer, text) =
            (needed("APPLE_API_KEY")?, needed("APPLE_API_ISSUER")?, needed("APPLE_API_KEY_P8")?);
        let folder = env::var_os("RUNNER_TEMP").map_or_else(env::temp_dir, PathBuf::from);
        Self::at(&folder, key_id, issuer, &text)
    }

    fn at(folder: &Path, key_id: String, issuer: String, text: &str) -> Result<Self, String> {
        let file = folder.join(format!("keyfolio-notary-{}.p8", process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let opened = options.open(&file).map_err(|error| format!("could not make {}: {error}", file.display()))?;
        // From here on it is removed whatever happens.
        let key = Self { file, key_id, issuer };
        let mut opened = opened;
        opened
            .write_all(text.as_bytes())
            .map_err(|error| format!("could not write {}: {error}", key.file.display()))?;
        Ok(key)
    }

    /// For Tauri's bundler, which passes the file's place on to Apple's tool. It does not see the text.
    pub(super) fn shown_to(&self, tool: Tool) -> Tool {
        let tool = tool.env("APPLE_API_KEY", &self.key_id).env("APPLE_API_ISSUER", &self.issuer);
        tool.env("APPLE_API_KEY_PATH", &self.file).without("APPLE_API_KEY_P8")
    }

    /// For Apple's `notarytool`.
    pub(super) fn given_to(&self, tool: Tool) -> Tool {
        let tool = tool.args(["--key-id", &self.key_id, "--issuer", &self.issuer, "--key"]).arg(&self.file);
        tool.without("APPLE_API_KEY_P8")
    }
}

impl Drop for NotaryKey {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.file) {
            eprintln!("Remove {} yourself: {error}", self.file.display());
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use std::fs;

    use super::{NotaryKey, needed, sign_command};

    #[test]
    fn the_notary_key_is_its_owners_alone_and_goes_with_its_use() {
        let scratch = tempfile::tempdir().unwrap();
        let key = NotaryKey::at(scratch.path(), "KEY".into(), "ISSUER".into(), "throwaway").unwrap();
        let file = key.file.clone();

        assert_eq!(fs::read_to_string(&file).unwrap(), "throwaway");
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions()) & 0o777, 0o600);
        assert!(!format!("{key:?}").contains("throwaway"));
        assert!(NotaryKey::at(scratch.path(), String::new(), String::new(), "").is_err(), "wrote over a file");

        drop(key);
        assert!(!file.exists());
    }

    #[test]
    fn a_missing_secret_is_named() {
        assert!(needed("KEYFOLIO_NO_SUCH_SECRET").is_err_and(|trouble| trouble.starts_with("KEYFOLIO_NO_SUCH_SECRET")));
    }

    #[test]
    fn a_sign_command_needs_a_place_for_the_file() {
        let config = sign_command("signer -a account %1").unwrap();
        assert_eq!(config, r#"{"bundle":{"windows":{"signCommand":{"args":["-a","account","%1"],"cmd":"signer"}}}}"#);
        assert!(sign_command("signer file%1").is_err());
        assert!(sign_command("").is_err());
    }
}
