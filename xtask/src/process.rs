//! Starting other programs: one place that shows, captures and explains them.
//!
//! A program that fails is always an error that names the program and what it said; nothing here turns a
//! non-zero exit into a quiet success.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;

/// What a piece of work comes to: done, or a sentence for the person at the terminal.
pub type Outcome = Result<(), String>;

/// A program about to be started.
#[derive(Debug)]
pub struct Tool {
    command: Command,
    name: String,
}

/// A finished program: whether it succeeded, and everything it printed.
#[derive(Debug)]
pub struct Finished {
    /// True for exit code 0.
    pub success: bool,
    /// Standard output and standard error, each in order, as they were also shown.
    pub output: String,
}

impl Tool {
    /// A program found on PATH, or at a path. On Windows `npm` is really the script `npm.cmd`.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let name = program.to_string_lossy().into_owned();
        let real = if cfg!(windows) && matches!(name.as_str(), "npm" | "npx") {
            OsString::from(format!("{name}.cmd"))
        } else {
            program.to_owned()
        };
        Self { command: Command::new(real), name }
    }

    /// The cargo that started this task, so that a chosen toolchain stays chosen.
    pub fn cargo() -> Self {
        Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())).called("cargo")
    }

    /// What it is called in messages, where its path says too little or too much.
    pub fn called(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Adds one argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub fn args<I: IntoIterator<Item = A>, A: AsRef<OsStr>>(mut self, arguments: I) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets the working folder.
    pub fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Sets one environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Hides one environment variable from it.
    pub fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Sends what it prints to standard error, so that standard output stays the task's own answer.
    pub fn aside(mut self) -> Self {
        self.command.stdout(io::stderr());
        self
    }

    /// Runs it on this terminal.
    pub fn run(mut self) -> Outcome {
        let status = self.command.status().map_err(|error| self.not_started(&error))?;
        self.judge(status, "")
    }

    /// Runs it silently and returns its standard output.
    pub fn read(mut self) -> Result<Vec<u8>, String> {
        let output = self.command.stdin(Stdio::null()).output().map_err(|error| self.not_started(&error))?;
        self.judge(output.status, &String::from_utf8_lossy(&output.stderr))?;
        Ok(output.stdout)
    }

    /// As [`Self::read`], with a file for its standard input.
    pub fn read_fed(mut self, file: &Path) -> Result<Vec<u8>, String> {
        let input = File::open(file).map_err(|error| format!("could not read {}: {error}", file.display()))?;
        let output = self.command.stdin(input).output().map_err(|error| self.not_started(&error))?;
        self.judge(output.status, &String::from_utf8_lossy(&output.stderr))?;
        Ok(output.stdout)
    }

    /// True when it starts and exits with code 0; prints nothing.
    pub fn succeeds(mut self) -> bool {
        let quiet = self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    }

    /// Runs it silently and returns its exit code.
    pub fn code(mut self) -> Result<i32, String> {
        let quiet = self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let status = quiet.status().map_err(|error| self.not_started(&error))?;
        status.code().ok_or_else(|| format!("{} was ended from outside ({status}).", self.name))
    }

    /// Starts it silently and goes on; `output` is where its standard output goes.
    pub fn start(mut self, output: Stdio) -> Result<Child, String> {
        let quiet = self.command.stdin(Stdio::null()).stdout(output).stderr(Stdio::null());
        quiet.spawn().map_err(|error| self.not_started(&error))
    }

    /// Starts it to talk with: its standard input and output are pipes.
    pub fn converse(mut self) -> Result<Child, String> {
        let piped = self.command.stdin(Stdio::piped()).stdout(Stdio::piped());
        piped.spawn().map_err(|error| self.not_started(&error))
    }

    /// Runs it, showing its output as it comes and keeping a copy.
    pub fn watch(mut self) -> Result<Finished, String> {
        let piped = self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().map_err(|error| self.not_started(&error))?;
        let errors = child.stderr.take().map(|stream| thread::spawn(move || tee(stream, io::stderr())));
        let printed = child.stdout.take().map(|stream| tee(stream, io::stdout())).unwrap_or_default();
        let complained = errors.and_then(|reader| reader.join().ok()).unwrap_or_default();
        let status = child.wait().map_err(|error| self.not_started(&error))?;
        let output = [printed, complained].concat();
        Ok(Finished { success: status.success(), output: String::from_utf8_lossy(&output).into_owned() })
    }

    fn not_started(&self, error: &io::Error) -> String {
        format!("{} could not be started: {error}", self.name)
    }

    fn judge(&self, status: ExitStatus, said: &str) -> Outcome {
        if status.success() {
            return Ok(());
        }
        let said = said.trim();
        let said = if said.is_empty() { String::new() } else { format!("\n{said}") };
        Err(format!("{} failed ({status}).{said}", self.name))
    }
}

/// Copies a stream to the terminal while keeping it. A closed terminal must not stop the program that writes.
fn tee(mut from: impl Read, mut to: impl Write) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut chunk = [0; 8192];
    while let Ok(count @ 1..) = from.read(&mut chunk) {
        kept.extend_from_slice(&chunk[..count]);
        drop(to.write_all(&chunk[..count]).and_then(|()| to.flush()));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::Tool;

    #[test]
    fn a_program_that_fails_is_an_error_with_its_own_words() {
        let trouble = Tool::cargo().arg("no-such-subcommand").read().err().unwrap_or_default();

        assert!(trouble.starts_with("cargo failed"), "{trouble}");
        assert!(trouble.contains("no-such-subcommand"), "{trouble}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let trouble = Tool::new("keyfolio-no-such-program").run().err().unwrap_or_default();

        assert!(trouble.starts_with("keyfolio-no-such-program could not be started"), "{trouble}");
    }
}
