//! Whom a build for tests and the demo asks instead of Apple: a simulator on this computer. No release contains this.
//!
//! Refuses to ask Apple itself: without a simulator it asks a port at which nobody listens, so that a test that forgot
//! to start one sends nothing to anybody.

use std::path::PathBuf;

use keyfolio_core::Environment;

/// `PORT:FOLDER`. In the folder lie the certificate of the simulator's authority and the key files it gave out.
const VARIABLE: &str = "KEYFOLIO_APPLE";
/// Reserved for a service nobody runs.
const NOBODY: u16 = 9;

/// The same start, asking the simulator that the environment names.
pub(crate) fn instead_of_apple(environment: Environment) -> Environment {
    let Some((port, folder)) = std::env::var(VARIABLE).ok().and_then(|told| read(&told)) else {
        return environment.asking_locally(NOBODY, None);
    };
    let authority = std::fs::read_to_string(folder.join("authority.pem")).ok();
    Environment { sample_files: Some(folder.join("keys")), ..environment.asking_locally(port, authority) }
}

fn read(told: &str) -> Option<(u16, PathBuf)> {
    let (port, folder) = told.split_once(':')?;
    Some((port.parse().ok()?, PathBuf::from(folder)))
}

#[cfg(test)]
mod tests {
    use super::read;
    use std::path::Path;

    #[test]
    fn a_port_and_a_folder_are_read_and_a_drive_letter_is_no_port() {
        let (port, folder) = read(r"8443:C:\Temp\apple").unwrap_or_default();
        assert_eq!((port, folder.as_path()), (8443, Path::new(r"C:\Temp\apple")));
        for nonsense in ["", "8443", r"C:\Temp", "70000:/tmp"] {
            assert!(read(nonsense).is_none(), "{nonsense}");
        }
    }
}
