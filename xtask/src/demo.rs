//! `cargo xtask demo`: the application on throwaway sample keys, beside a simulated Apple that knows them.
//!
//! The simulator is a program of its own and no part of the application. Its commands are read from this terminal, so
//! that whoever tries the application can be Apple for a while: revoke a key, change a role, let an agreement lapse.
//! Keys, certificate and simulator are made for this start and end with it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _, stdin};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout};

use crate::app;
use crate::prerequisites::Purpose;
use crate::process::{Outcome, Tool};

/// The team of the sample keys.
const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011a9b3";

/// What has happened at Apple before the demo begins: one key is gone, and one has another role than its owner thinks.
const BEFORE: [&str; 2] = ["revoke C8N3RG7TF4PD", "role K9D3WX7PZ2 APP_MANAGER"];

const HELP: &str = "\
The window asks a simulated Apple on this computer. Here you are Apple; the application notices at its next check.

  revoke KEY              such as: revoke 7GX4KQ2M9L
  role KEY ROLE           such as: role R2N8V5TQ4C SALES
  agreement off | on      an agreement of the team lapses, or is signed
  fault portal            the next answer is a hotel's sign-in page (calm: no more of that)
  keys | log              what Apple knows, and what it was asked
  help                    everything else

Two more key files to bring in, one of a team without an agreement and one for push notifications:";

/// Opens the window beside a simulated Apple, until it is closed.
pub fn run(root: &Path) -> Outcome {
    app::refuse_without_display()?;
    let program = app::prepare_demo(root, Purpose::Build)?;
    let apple = Apple::start(root)?;
    println!("\n{HELP}");
    for file in ["AuthKey_C6T9PX4WM2.p8", "AuthKey_N4Q8ZB7LKD.p8"] {
        println!("  {}", apple.folder.0.join("keys").join(file).display());
    }
    println!();
    let Apple { ready, commands, answers, folder, mut simulator } = apple;
    // Both threads may wait for ever and are left behind: the terminal does not say when the window is closed.
    std::thread::spawn(move || tell(commands));
    std::thread::spawn(move || answers.lines().map_while(Result::ok).for_each(|line| println!("{}", readable(&line))));
    let ended = Tool::new(program).env("KEYFOLIO_APPLE", ready).arg("--demo").run();
    // It would end with this program anyway; the folder must not go before it.
    let stopped = simulator.kill().and_then(|()| simulator.wait());
    drop(folder);
    stopped.map_err(|error| format!("the simulated Apple could not be stopped: {error}"))?;
    ended
}

/// A running simulator and the folder it wrote into.
struct Apple {
    /// Where it is, as the application wants to be told.
    ready: String,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    simulator: Child,
    folder: Throwaway,
}

impl Apple {
    fn start(root: &Path) -> Result<Self, String> {
        let folder = Throwaway::make(&app::target_folder(root)?.join("xtask").join("demo"))?;
        let tool = Tool::new(app::simulator(root)?).called("the simulated Apple").arg("--demo");
        let tool =
            tool.arg("--keys-out").arg(folder.0.join("keys")).arg("--ca-out").arg(folder.0.join("authority.pem"));
        let mut simulator = tool.converse()?;
        let (Some(mut commands), Some(answers)) = (simulator.stdin.take(), simulator.stdout.take()) else {
            return Err("the simulated Apple has no terminal".into());
        };
        let mut answers = BufReader::new(answers);
        let port = port(&line(&mut answers)?)?;
        for command in BEFORE {
            writeln!(commands, "{command}").map_err(|error| format!("the simulated Apple hears nothing: {error}"))?;
            let said = line(&mut answers)?;
            if !said.starts_with("ok") {
                return Err(format!("the simulated Apple refuses {command}: {said}"));
            }
        }
        let ready = format!("{port}:{}", folder.0.display());
        Ok(Self { ready, commands, answers, simulator, folder })
    }
}

fn line(answers: &mut BufReader<ChildStdout>) -> Result<String, String> {
    let mut line = String::new();
    answers.read_line(&mut line).map_err(|error| format!("the simulated Apple says nothing: {error}"))?;
    Ok(line.trim().to_owned())
}

/// The port in `listening 127.0.0.1:4321`.
fn port(said: &str) -> Result<u16, String> {
    let port = said.strip_prefix("listening ").and_then(|address| address.rsplit(':').next()?.parse().ok());
    port.ok_or_else(|| format!("the simulated Apple did not say where it is: {said:?}"))
}

/// Passes on what is typed, until there is no more terminal or no more simulator.
fn tell(mut commands: ChildStdin) {
    for line in stdin().lock().lines().map_while(Result::ok) {
        if matches!(line.trim(), "" | "stop") {
            continue;
        }
        if writeln!(commands, "{}", translated(line.trim())).is_err() {
            return;
        }
    }
    // Nobody is at the terminal. Closing its input would end the simulator under the window.
    loop {
        std::thread::park();
    }
}

/// A command in the simulator's words; of the team there is only one.
fn translated(line: &str) -> String {
    match line.split_whitespace().collect::<Vec<_>>()[..] {
        ["agreement", "off"] => format!("agreement {ISSUER} lapse"),
        ["agreement", "on"] => format!("agreement {ISSUER} sign"),
        _ => line.to_owned(),
    }
}

/// An answer for people: a list one a line.
fn readable(said: &str) -> String {
    match said.strip_prefix("ok ").and_then(|said| serde_json::from_str::<Vec<serde_json::Value>>(said).ok()) {
        Some(list) if list.is_empty() => "nothing yet".into(),
        Some(list) => list
            .iter()
            .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join("\n"),
        None => said.to_owned(),
    }
}

/// A folder for this start, emptied before it and gone after it.
struct Throwaway(PathBuf);

impl Throwaway {
    fn make(folder: &Path) -> Result<Self, String> {
        let cleared = if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) };
        let made = cleared.and_then(|()| fs::create_dir_all(folder));
        made.map_err(|error| format!("could not prepare {}: {error}", folder.display()))?;
        Ok(Self(folder.to_owned()))
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        // It holds throwaway keys; what is left of it goes before the next start.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::{ISSUER, port, readable, translated};

    #[test]
    fn the_team_need_not_be_named_and_all_else_is_passed_on() {
        assert_eq!(translated("agreement off"), format!("agreement {ISSUER} lapse"));
        assert_eq!(translated("agreement  on"), format!("agreement {ISSUER} sign"));
        for own in ["revoke 7GX4KQ2M9L", "agreement 69a6de7e sign", "help"] {
            assert_eq!(translated(own), own);
        }
    }

    #[test]
    fn lists_are_read_line_by_line() {
        assert_eq!(readable(r#"ok ["one team","two user"]"#), "one team\ntwo user");
        assert_eq!(readable("ok []"), "nothing yet");
        assert_eq!(readable("error no key X"), "error no key X");
    }

    #[test]
    fn its_port_is_read_from_what_it_says() {
        assert_eq!(port("listening 127.0.0.1:4321"), Ok(4321));
        assert!(port("ok").is_err());
    }
}
