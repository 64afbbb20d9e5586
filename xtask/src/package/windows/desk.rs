//! A Windows desk to try a setup at: a Wine folder and a screen of its own, and a hand that reads and presses windows.
//!
//! The user's own folder has a name with a space and a letter beyond ASCII, as people's folders have. Everything ends
//! when the desk is dropped.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::registry::Registry;
use crate::cross::{self, wine};
use crate::process::{Outcome, Tool};

const HAND: &str = include_str!("hand.c");
const USER: &str = "Zoë Nowak";

/// How long a program may take to end when nothing holds it up any more.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) struct Desk {
    work: PathBuf,
    windows: PathBuf,
    hand: PathBuf,
    screen: Child,
    display: String,
}

impl Desk {
    /// Sets one up in `work`, which is emptied.
    pub(super) fn set_up(work: &Path) -> Result<Self, String> {
        let emptied = if work.exists() { fs::remove_dir_all(work) } else { Ok(()) };
        emptied
            .and_then(|()| fs::create_dir_all(work))
            .map_err(|error| format!("could not prepare {}: {error}", work.display()))?;
        let windows = work.join("windows");
        cross::fresh_windows(&windows)?;
        let hand = make_hand(work)?;
        let (screen, display) = begin_screen()?;
        let desk = Self { work: work.to_owned(), windows, hand, screen, display };
        desk.wake();
        let folders = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";
        for (name, place) in [("Local AppData", "Local"), ("AppData", "Roaming")] {
            let place = format!(r"C:\users\{USER}\AppData\{place}");
            desk.wine().args(["reg", "add", folders, "/v", name, "/d", &place, "/f"]).read()?;
        }
        Ok(desk)
    }

    /// A program that runs until its message is answered: a stand-in for one whose window Wine cannot open.
    pub(super) fn stand_in(&self) -> &Path {
        &self.hand
    }

    /// A folder for the test's own files.
    pub(super) fn work(&self) -> &Path {
        &self.work
    }

    /// Where Windows keeps the user's data of local programs, as a path of this file system.
    pub(super) fn local_data(&self) -> PathBuf {
        self.user_data().join("Local")
    }

    /// The same as Windows calls it.
    pub(super) fn local_data_in_windows(&self) -> String {
        format!(r"C:\users\{USER}\AppData\Local")
    }

    /// Local and roaming.
    pub(super) fn user_data(&self) -> PathBuf {
        self.drive().join("users").join(USER).join("AppData")
    }

    /// Drive C.
    pub(super) fn drive(&self) -> PathBuf {
        self.windows.join("drive_c")
    }

    /// Wine at this desk; the program comes as its first argument.
    pub(super) fn wine(&self) -> Tool {
        self.at_desk(Tool::new("wine"))
    }

    /// Wine on a disk with room for files of this many bytes at most. Scripts can hold a signal back, Rust's standard
    /// library cannot: without that, the system would end a program that writes more.
    pub(super) fn wine_with_room_for(&self, bytes: u64) -> Tool {
        let blocks = bytes / 512;
        let script = format!(r#"trap "" XFSZ; ulimit -f {blocks}; exec wine "$@""#);
        self.at_desk(Tool::new("sh").args(["-c", &script, "wine"]))
    }

    fn at_desk(&self, tool: Tool) -> Tool {
        // Wine takes arguments in the locale's encoding.
        wine::inside_of(&self.windows, tool).env("DISPLAY", &self.display).env("LC_ALL", "C.UTF-8")
    }

    /// Starts a program and lets it run.
    pub(super) fn start(&self, program: &Path) -> Result<Running, String> {
        let name = program.display().to_string();
        Ok(Running { child: self.wine().arg(program).start(Stdio::null())?, name })
    }

    /// Waits until the window with this title shows `words`; returns all its words, one text a line.
    pub(super) fn read(&self, title: &str, words: &str) -> Result<String, String> {
        let said = self.hand(["read", title, words]).read().map_err(|_| {
            let seen = self.picture();
            format!("no window \"{title}\" showed \"{words}\" (the screen: {seen})")
        })?;
        Ok(String::from_utf8_lossy(&said).replace('\r', ""))
    }

    /// Waits until the window with this title offers `label`, and presses it.
    pub(super) fn press(&self, title: &str, label: &str) -> Outcome {
        let pressed = self.hand(["press", title, label]).read();
        pressed
            .map(drop)
            .map_err(|_| format!("no window \"{title}\" offered \"{label}\" (the screen: {})", self.picture()))
    }

    /// Puts a credential into Credential Manager.
    pub(super) fn plant(&self, credential: &str) -> Outcome {
        self.hand(["plant", credential]).read().map(drop)
    }

    /// Is it still there?
    pub(super) fn planted(&self, credential: &str) -> bool {
        self.hand(["planted", credential]).succeeds()
    }

    /// What a program file tells about itself, as `Name: value`.
    pub(super) fn about(&self, program: &Path) -> Result<String, String> {
        let said = self.hand(["about"]).arg(program).read()?;
        Ok(String::from_utf8_lossy(&said).replace('\r', ""))
    }

    fn hand<const N: usize>(&self, arguments: [&str; N]) -> Tool {
        self.wine().arg(&self.hand).args(arguments)
    }

    /// The part of the registry that a setup for one user may write to.
    pub(super) fn registry(&self) -> Result<Registry, String> {
        let file = self.work.join("registry.reg");
        self.wine().args(["reg", "export", r"HKCU\Software"]).arg(&file).arg("/y").read()?;
        let bytes = fs::read(&file).map_err(|error| format!("could not read {}: {error}", file.display()))?;
        Registry::parse(&bytes)
    }

    /// Writes one string into the registry; an empty name is the key's own value.
    pub(super) fn write_registry(&self, key: &str, name: &str, value: &str) -> Outcome {
        let name = if name.is_empty() { vec!["/ve"] } else { vec!["/v", name] };
        self.wine().args(["reg", "add", key]).args(name).args(["/d", value, "/f"]).read().map(drop)
    }

    /// Removes a key and everything in it.
    pub(super) fn clear_registry(&self, key: &str) -> Outcome {
        self.wine().args(["reg", "delete", key, "/f"]).read().map(drop)
    }

    /// Keeps what is on the screen, for whoever reads a failure; returns where.
    fn picture(&self) -> String {
        let file = self.work.join("screen.png");
        let taken = Tool::new("import").env("DISPLAY", &self.display).args(["-window", "root"]).arg(&file).succeeds();
        if taken { file.display().to_string() } else { "no picture; ImageMagick takes one".to_owned() }
    }

    /// Ends every program at the desk.
    pub(super) fn clear(&self) {
        self.stop();
        self.wake();
    }

    /// The first program that needs a desktop begins one, and the desktop keeps that program's output open: nobody may
    /// be reading it.
    fn wake(&self) {
        let _ = self.hand(["wake", ""]).succeeds();
    }

    fn stop(&self) {
        // That nothing runs any more is as good.
        let _ = self.at_desk(Tool::new("wineserver")).arg("--kill").succeeds();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop();
        let _ = self.screen.kill();
        let _ = self.screen.wait();
    }
}

/// A program at work at the desk.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Waits for its end; returns its exit code.
    pub(super) fn ended(mut self) -> Result<i32, String> {
        if !wait_until(|| !self.runs()) {
            return Err(format!("{} did not end", self.name));
        }
        let status = self.child.wait().map_err(|error| format!("{}: {error}", self.name))?;
        status.code().ok_or_else(|| format!("{} was ended from outside", self.name))
    }

    /// Is it still at work?
    pub(super) fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

/// Waits until `done`, or until patience is at its end; returns which.
pub(super) fn wait_until(mut done: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if done() {
            return true;
        }
        thread::sleep(Duration::from_millis(50));
    }
    done()
}

fn make_hand(work: &Path) -> Result<PathBuf, String> {
    let (source, hand) = (work.join("hand.c"), work.join("hand.exe"));
    super::write(&source, HAND)?;
    let compiler = Tool::new("x86_64-w64-mingw32-gcc").args(["-O1", "-Wall", "-Werror", "-o"]).arg(&hand).arg(&source);
    compiler.args(["-ladvapi32", "-lshell32", "-lversion"]).read()?;
    Ok(hand)
}

/// A screen nobody looks at; it picks its own number and says it.
fn begin_screen() -> Result<(Child, String), String> {
    let server = Tool::new("Xvfb").args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
    let mut screen = server.start(Stdio::piped())?;
    let mut number = String::new();
    let said = screen.stdout.take().map(|output| BufReader::new(output).read_line(&mut number));
    match said {
        Some(Ok(1..)) => Ok((screen, format!(":{}", number.trim()))),
        _ => Err("Xvfb did not say which screen it is.".to_owned()),
    }
}
