//! What Linux and macOS share.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, ExitCode};

use interprocess::local_socket::{GenericFilePath, Name, ToFsName as _};
use rustix::process::{Resource, Rlimit, setrlimit};
use tauri::Url;

/// Bytes of a socket's path; `sun_path` has 104 on macOS.
const LONGEST_SOCKET: usize = 100;

/// A crash must not leave keys in a core file.
pub(super) fn no_core_file() {
    // Lowering a limit of one's own cannot fail; if it does, the limit was lower already.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// Becomes the other program; answers only when that failed.
pub(crate) fn replace_process(mut command: Command) -> ExitCode {
    let _never_returns_on_success = command.exec();
    ExitCode::FAILURE
}

/// A socket in the data folder, which only this user can enter.
pub(crate) fn instance_name(data_dir: &Path, digest: u64) -> io::Result<Name<'static>> {
    let in_data_dir = data_dir.join("instance");
    let path = match dirs::runtime_dir() {
        Some(runtime) if in_data_dir.as_os_str().len() > LONGEST_SOCKET => {
            runtime.join(format!("keyfolio-{digest:016x}"))
        }
        _ => in_data_dir,
    };
    path.to_fs_name::<GenericFilePath>()
}

/// The bundled page has no other address than `tauri://localhost` here.
pub(crate) const fn is_bundled_page(_: &Url) -> bool {
    false
}
