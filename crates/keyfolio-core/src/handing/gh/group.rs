//! A program and what it starts, ended as one. On Windows the program alone: a job object would need unsafe code.

use std::process::{Child, Command};

/// Has the program lead a group.
#[cfg(unix)]
pub(super) fn of_its_own(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

/// Has the program show no window of its own.
#[cfg(windows)]
pub(super) fn of_its_own(command: &mut Command) {
    use std::os::windows::process::CommandExt as _;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

/// Ends the program, if it has not ended, and its group.
#[cfg(unix)]
pub(super) fn kill(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    // Nobody is left to be killed: then all have ended.
    let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    let _ = child.kill();
}

/// Ends the program, if it has not ended.
#[cfg(windows)]
pub(super) fn kill(child: &mut Child) {
    let _ = child.kill();
}
