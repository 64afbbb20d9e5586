//! `keyfolio --self-test`: a short report on the terminal and an exit code, no window.
//!
//! For packages ("does what was installed work here?") and for whoever reports a bug. Refuses company: with any other
//! argument it is not understood, so that no file can be named this way. On Windows a release has no console; its report
//! can be sent to a file, and the exit code is there in any case.

use std::ffi::OsStr;
use std::process::ExitCode;

use keyfolio_core::self_test::{self, Check};
use keyfolio_core::view::Platform;

/// Runs it when the command line asks for it and for nothing else.
pub(crate) fn asked() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let alone = arguments.next().is_some_and(|first| first == OsStr::new("--self-test")) && arguments.next().is_none();
    alone.then(run)
}

#[allow(clippy::print_stdout, reason = "the report is for the terminal")]
fn run() -> ExitCode {
    let checks = self_test::of_this_computer(&std::env::temp_dir());
    println!("Keyfolio {} on {}", env!("CARGO_PKG_VERSION"), system());
    for Check { part, trouble } in &checks {
        match trouble {
            None => println!("  ok      {part}"),
            Some(trouble) => println!("  FAILED  {part}: {trouble}"),
        }
    }
    if checks.iter().all(|check| check.trouble.is_none()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

const fn system() -> &'static str {
    match Platform::current() {
        Platform::Linux => "Linux",
        Platform::Macos => "macOS",
        Platform::Windows => "Windows",
    }
}
