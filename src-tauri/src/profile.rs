//! Which data this start works on, read from the command line.
//!
//! Arguments are file paths to offer for import, as "Open with" passes them. But for `--self-test`, which opens no
//! window, nothing else is understood: there is no switch that moves the vault, weakens a check or points the program
//! at another server.

use std::path::{Path, PathBuf};

use keyfolio_core::{Environment, Places};

#[cfg(feature = "e2e")]
use crate::simulator;

/// A start of the program.
pub(crate) struct Start {
    pub(crate) environment: Environment,
    pub(crate) data_dir: PathBuf,
    pub(crate) files: Vec<PathBuf>,
    /// Where the look of the window is kept for the next start; nowhere in the demo.
    pub(crate) looks: Option<PathBuf>,
}

impl Start {
    pub(crate) fn from_arguments(identifier: &str) -> Self {
        #[cfg(feature = "e2e")]
        if let Some(start) = demo(identifier) {
            return start;
        }
        let data_dir = data_root().join(identifier).join("vault");
        let environment = Environment::of_the_user(data_dir.clone(), places());
        #[cfg(feature = "e2e")]
        let environment = simulator::instead_of_apple(environment);
        Self {
            environment,
            looks: Some(data_dir.clone()),
            data_dir,
            files: file_arguments(std::env::args_os().skip(1)),
        }
    }
}

/// `--demo [COUNT]`: sample keys in a folder and a keyring that vanish with the process.
#[cfg(feature = "e2e")]
fn demo(identifier: &str) -> Option<Start> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() != Some("--demo") {
        return None;
    }
    let count = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(12);
    let data_dir = std::env::temp_dir().join(format!("{identifier}-demo-{}", std::process::id()));
    let environment = simulator::instead_of_apple(Environment::demo(data_dir.clone(), places(), count));
    Some(Start { environment, data_dir, files: Vec::new(), looks: None })
}

fn data_root() -> PathBuf {
    dirs::data_local_dir().or_else(dirs::home_dir).unwrap_or_else(|| PathBuf::from("."))
}

fn places() -> Places {
    Places { home: dirs::home_dir(), downloads: dirs::download_dir(), desktop: dirs::desktop_dir() }
}

fn file_arguments(arguments: impl Iterator<Item = std::ffi::OsString>) -> Vec<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    arguments.filter(|argument| !is_option(Path::new(argument))).map(|argument| here.join(argument)).collect()
}

/// Desktop environments and debuggers add switches of their own (`-psn_0_12345` on macOS).
fn is_option(argument: &Path) -> bool {
    argument.as_os_str().as_encoded_bytes().first().is_none_or(|byte| *byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_file_names_are_taken_from_the_command_line() {
        let arguments = ["-psn_0_1", "--inspect", "", "AuthKey_A.p8"].map(std::ffi::OsString::from);
        let files = file_arguments(arguments.into_iter());
        assert_eq!(files.len(), 1);
        assert!(files[0].is_absolute() && files[0].ends_with("AuthKey_A.p8"));
    }
}
