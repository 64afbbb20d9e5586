//! The keyring's own password prompt, on a display of its own: answered, dismissed, and left alone.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use vault::{Deadlines, Keyring, KeyringTrouble, OsKeyring};
use zeroize::Zeroizing;

use crate::bus::{Daemon, Starts, lock_collections, on_private_bus};

/// An X server of this test alone, known to the bus so that the prompter finds it.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Self {
        // The server picks a free number itself and says which.
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-noreset", "-screen", "0", "800x600x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("these tests need Xvfb and xdotool: apt-get install xvfb xdotool");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let name = format!(":{}", number.trim());
        let bus = zbus::blocking::Connection::session().unwrap();
        let environment = std::collections::HashMap::from([("DISPLAY", name.as_str()), ("GDK_BACKEND", "x11")]);
        bus.call_method(
            Some("org.freedesktop.DBus"),
            "/org/freedesktop/DBus",
            Some("org.freedesktop.DBus"),
            "UpdateActivationEnvironment",
            &(environment,),
        )
        .unwrap();
        Self { server, name }
    }

    fn tool(&self, arguments: &[&str]) -> bool {
        let mut tool = Command::new("xdotool");
        tool.args(arguments).env("DISPLAY", &self.name).stdout(Stdio::null()).stderr(Stdio::null());
        tool.status().expect("these tests need xdotool: apt-get install xdotool").success()
    }

    /// Waits for the prompt's window.
    fn awaits_prompt(&self) {
        let begun = Instant::now();
        while !self.tool(&["search", "--onlyvisible", "--name", "."]) {
            assert!(begun.elapsed() < Duration::from_secs(20), "no prompt came up");
            std::thread::yield_now();
        }
    }

    /// Types at the prompt, again and again if need be: a window that is shown does not take keys at once, and nothing
    /// tells when it does. What an earlier try left in the field is replaced.
    fn answer<T>(&self, strokes: &[&[&str]], asking: &std::thread::ScopedJoinHandle<'_, T>) {
        self.awaits_prompt();
        while !asking.is_finished() {
            self.tool(&["search", "--onlyvisible", "--name", ".", "windowfocus"]);
            self.tool(&["key", "ctrl+a"]);
            for stroke in strokes {
                self.tool(stroke);
            }
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[test]
fn a_dismissed_prompt_is_told_from_an_answered_one_and_may_take_its_time() {
    let name = "prompt::a_dismissed_prompt_is_told_from_an_answered_one_and_may_take_its_time";
    on_private_bus(name, Starts::Prompter, |_| {
        let display = Display::start();
        let deadlines = Deadlines { answer: Duration::from_secs(3), prompt: Duration::from_secs(60) };
        let keyring = OsKeyring::with_deadlines(deadlines);
        let _daemon = Daemon::unlocked();
        OsKeyring::new().write("vault-a", &Zeroizing::new("kept".to_owned())).unwrap();
        lock_collections();

        let dismissed = std::thread::scope(|scope| {
            let begun = Instant::now();
            let reading = scope.spawn(|| keyring.read("vault-a"));
            display.awaits_prompt();
            // A person takes longer than the deadline for a keyring that is not asking anybody.
            while begun.elapsed() <= deadlines.answer {
                std::thread::yield_now();
            }
            display.answer(&[&["key", "Escape"]], &reading);
            reading.join().unwrap()
        });
        assert_eq!(dismissed.err(), Some(KeyringTrouble::PromptDismissed));

        let answered = std::thread::scope(|scope| {
            let reading = scope.spawn(|| keyring.read("vault-a"));
            display.answer(&[&["type", "throwaway login password"], &["key", "Return"]], &reading);
            reading.join().unwrap()
        });
        assert_eq!(answered.unwrap().map(|text| text.to_string()).as_deref(), Some("kept"));
    });
}
