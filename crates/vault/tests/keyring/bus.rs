//! A private session bus, and the daemon on it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const INSTALL: &str = "these tests need a private keyring: apt-get install dbus gnome-keyring gcr xvfb xdotool";

/// Which other programs the bus may start by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Starts {
    Nothing,
    Prompter,
}

/// Runs `body` in this test's own process on a bus of its own, or with no bus at all. `name` is the test's full name.
pub(crate) fn on_private_bus(name: &str, starts: Starts, body: impl FnOnce(&Path)) {
    if let Some(home) = std::env::var_os("KEYFOLIO_TEST_HOME") {
        return body(Path::new(&home));
    }
    let home = crate::support::folder();
    let config = home.path().join("bus.conf");
    fs::write(&config, bus_config(home.path(), starts)).unwrap();
    let mut command = Command::new("dbus-run-session");
    command.arg("--config-file").arg(&config).arg("--");
    finish(command, name, home.path());
}

/// The same without any bus.
pub(crate) fn without_bus(name: &str, body: impl FnOnce()) {
    if std::env::var_os("KEYFOLIO_TEST_HOME").is_some() {
        return body();
    }
    let home = crate::support::folder();
    let mut command = Command::new("env");
    command.arg(format!("DBUS_SESSION_BUS_ADDRESS=unix:path={}/no-such-bus", home.path().display()));
    finish(command, name, home.path());
}

fn finish(mut command: Command, name: &str, home: &Path) {
    let output = command
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env("KEYFOLIO_TEST_HOME", home)
        .envs(private_home(home))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap_or_else(|error| panic!("{INSTALL} ({error})"));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "{name} on its own bus:\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
}

fn private_home(home: &Path) -> Vec<(&'static str, PathBuf)> {
    let runtime = home.join("runtime");
    fs::create_dir_all(&runtime).unwrap();
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).unwrap();
    }
    vec![
        ("HOME", home.to_owned()),
        ("XDG_DATA_HOME", home.join("data")),
        ("XDG_CONFIG_HOME", home.join("config")),
        ("XDG_CACHE_HOME", home.join("cache")),
        ("XDG_RUNTIME_DIR", runtime),
    ]
}

fn bus_config(home: &Path, starts: Starts) -> String {
    let services = home.join("services");
    fs::create_dir_all(&services).unwrap();
    if starts == Starts::Prompter {
        let installed = "/usr/share/dbus-1/services/org.gnome.keyring.SystemPrompter.service";
        fs::copy(installed, services.join("org.gnome.keyring.SystemPrompter.service")).expect(INSTALL);
    }
    format!(
        "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
         \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig><type>session</type>\
         <listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth><servicedir>{}</servicedir>\
         <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>\
         <allow own=\"*\"/></policy></busconfig>",
        services.display()
    )
}

/// A running gnome-keyring; ends with its value.
pub(crate) struct Daemon(Child);

impl Daemon {
    /// A daemon whose login keyring is open (and made, if there was none): what a desktop session has.
    pub(crate) fn unlocked() -> Self {
        Self::start(&["--unlock"], "throwaway login password")
    }

    /// A daemon nobody has opened: what a session without a login keyring, or with a locked one, has.
    pub(crate) fn not_unlocked() -> Self {
        Self::start(&[], "")
    }

    fn start(arguments: &[&str], password: &str) -> Self {
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--components=secrets"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{INSTALL} ({error})"));
        daemon.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        // It says where its control socket is once it is up; the name on the bus is awaited below.
        let mut line = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let bus = zbus::blocking::Connection::session().unwrap();
        let owned = zbus::blocking::fdo::DBusProxy::new(&bus).unwrap();
        let name = zbus::names::BusName::try_from("org.freedesktop.secrets").unwrap();
        while !owned.name_has_owner(name.clone()).unwrap() {
            assert!(daemon.try_wait().unwrap().is_none(), "gnome-keyring-daemon ended at once");
            std::thread::yield_now();
        }
        Self(daemon)
    }

    /// Has anything been sent to it that it has not read? Asked of a stopped daemon, whose reply somebody then awaits.
    pub(crate) fn has_unread_input(&self) -> bool {
        let table = Command::new("ss").args(["-xpH"]).output().expect("these tests need ss: apt-get install iproute2");
        let mark = format!("pid={},", self.0.id());
        String::from_utf8_lossy(&table.stdout).lines().filter(|line| line.contains(&mark)).any(|line| {
            // Columns: kind, state, bytes received and not read, …
            line.split_whitespace().nth(2).is_some_and(|unread| unread != "0")
        })
    }

    /// Sends it a signal (`STOP`, `CONT`, `KILL`).
    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("kill").arg(format!("-{signal}")).arg(self.0.id().to_string()).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Locks every collection, as "lock keyring" in the desktop's own tool does.
pub(crate) fn lock_collections() {
    let service = secret_service::blocking::SecretService::connect(secret_service::EncryptionType::Dh).unwrap();
    for collection in service.get_all_collections().unwrap() {
        collection.lock().unwrap();
    }
}
