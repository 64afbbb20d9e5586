//! What a machine must have before Keyfolio can be built or tested, and how it gets it.
//!
//! Everything is probed for real (a library answers to pkg-config, a program starts), never by asking a package
//! database, so a machine set up by other means is not told to install what it has. Packages are installed only
//! as root or after a yes; otherwise the exact command is printed.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use crate::process::{Outcome, Tool};

/// Oldest Node.js that the front end's build tool runs on, as (major, minor).
const NODE: (u32, u32) = (20, 19);

/// What is about to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Build and test the front end alone.
    FrontEnd,
    /// Compile the application and its front end.
    Build,
    /// Also drive the real window: display server, keyring, WebDriver.
    Test,
    /// Compile for macOS and Windows and run Windows programs, on Debian.
    Cross,
    /// Also make the Windows setup, and try it under Wine.
    Setup,
    /// Compile the application and make packages of it.
    Pack,
    /// Also make packages, install them in a root of their own and use them there.
    Package,
}

/// How to see whether something is there.
#[derive(Debug)]
enum Probe {
    /// pkg-config knows the library.
    Library(&'static str),
    /// A header the C compiler would find.
    Header(&'static str),
    /// A command that exits with 0.
    Command(&'static [&'static str]),
}

/// A Debian package and the sign that it, or its equivalent, is installed.
struct Package {
    name: &'static str,
    probe: Probe,
}

const fn package(name: &'static str, probe: Probe) -> Package {
    Package { name, probe }
}

const TO_BUILD: [Package; 5] = [
    package("build-essential", Probe::Command(&["cc", "--version"])),
    package("pkg-config", Probe::Command(&["pkg-config", "--version"])),
    package("libwebkit2gtk-4.1-dev", Probe::Library("webkit2gtk-4.1")),
    package("librsvg2-dev", Probe::Library("librsvg-2.0")),
    package("libxdo-dev", Probe::Header("/usr/include/xdo.h")),
];

const TO_TEST: [Package; 17] = [
    package("webkit2gtk-driver", Probe::Command(&["which", "WebKitWebDriver"])),
    package("xvfb", Probe::Command(&["which", "Xvfb"])),
    package("openbox", Probe::Command(&["openbox", "--version"])),
    package("dbus-daemon", Probe::Command(&["dbus-daemon", "--version"])),
    package("dbus-bin", Probe::Command(&["which", "dbus-send"])),
    package("gnome-keyring", Probe::Command(&["gnome-keyring-daemon", "--version"])),
    package("gcr", Probe::Header("/usr/libexec/gcr-prompter")),
    package("strace", Probe::Command(&["which", "strace"])),
    package("iproute2", Probe::Command(&["which", "ss"])),
    package("libsecret-tools", Probe::Command(&["which", "secret-tool"])),
    package("xdotool", Probe::Command(&["which", "xdotool"])),
    package("xclip", Probe::Command(&["which", "xclip"])),
    package("x11-utils", Probe::Command(&["which", "xprop"])),
    package("weston", Probe::Command(&["weston", "--version"])),
    package("python3-gi", Probe::Command(&["/usr/bin/python3", "-c", "import gi"])),
    package(
        "gir1.2-gtk-3.0",
        Probe::Command(&["/usr/bin/python3", "-c", "import gi; gi.require_version('Gtk', '3.0')"]),
    ),
    package("fonts-inter", Probe::Command(&["sh", "-c", "fc-list | grep -q Inter"])),
];

const TO_PACK: [Package; 2] = [
    package("dpkg-dev", Probe::Command(&["dpkg-shlibdeps", "--version"])),
    package("rpm", Probe::Command(&["rpmbuild", "--version"])),
];

const TO_TRY_PACKAGES: [Package; 5] = [
    package("mmdebstrap", Probe::Command(&["mmdebstrap", "--version"])),
    package("lintian", Probe::Command(&["lintian", "--version"])),
    package("desktop-file-utils", Probe::Command(&["which", "desktop-file-validate"])),
    package("appstream", Probe::Command(&["appstreamcli", "--version"])),
    package(
        "gir1.2-atspi-2.0",
        Probe::Command(&["/usr/bin/python3", "-c", "import gi; gi.require_version('Atspi', '2.0')"]),
    ),
];

const TO_SETUP: [Package; 2] = [
    package("nsis", Probe::Header("/usr/share/nsis/Stubs/lzma-amd64-unicode")),
    package("xvfb", Probe::Command(&["which", "Xvfb"])),
];

const TO_CROSS: [Package; 4] = [
    package("build-essential", Probe::Command(&["cc", "--version"])),
    package("gcc-mingw-w64-x86-64-posix", Probe::Command(&["x86_64-w64-mingw32-gcc", "--version"])),
    package("wine", Probe::Command(&["wine", "--version"])),
    package("python3-pip", Probe::Command(&["python3", "-m", "pip", "--version"])),
];

/// Checks everything `purpose` needs, installs what may be installed, and says plainly what is still missing.
pub fn ensure(purpose: Purpose) -> Outcome {
    match std::env::consts::OS {
        "linux" => ensure_packages(purpose)?,
        "macos" => ensure_xcode()?,
        "windows" => ensure_webview2()?,
        other => return Err(format!("Keyfolio is built for Linux, macOS and Windows, not for {other}.")),
    }
    ensure_node()?;
    if purpose == Purpose::Test {
        ensure_rust_component("fmt", "rustfmt")?;
        ensure_rust_component("clippy", "clippy")?;
    }
    Ok(())
}

impl Probe {
    fn found(&self) -> bool {
        match self {
            Self::Library(name) => Tool::new("pkg-config").args(["--exists", name]).succeeds(),
            Self::Header(path) => Path::new(path).exists(),
            Self::Command([program, arguments @ ..]) => Tool::new(program).args(arguments).succeeds(),
            Self::Command([]) => false,
        }
    }
}

fn missing(purpose: Purpose) -> Vec<&'static str> {
    let needed: &[&[Package]] = match purpose {
        Purpose::FrontEnd => &[],
        Purpose::Build => &[&TO_BUILD],
        Purpose::Test => &[&TO_BUILD, &TO_TEST],
        Purpose::Cross => &[&TO_CROSS],
        Purpose::Setup => &[&TO_CROSS, &TO_SETUP],
        Purpose::Pack => &[&TO_BUILD, &TO_PACK],
        Purpose::Package => &[&TO_BUILD, &TO_TEST, &TO_PACK, &TO_TRY_PACKAGES],
    };
    needed.iter().copied().flatten().filter(|package| !package.probe.found()).map(|package| package.name).collect()
}

fn ensure_packages(purpose: Purpose) -> Outcome {
    let wanted = missing(purpose);
    if wanted.is_empty() {
        return Ok(());
    }
    let names = wanted.join(" ");
    if !Tool::new("apt-get").arg("--version").succeeds() {
        return Err(format!(
            "Missing on this machine, by their Debian names: {names}\nInstall your distribution's equivalents and try again."
        ));
    }
    let root = Tool::new("id").arg("-u").read().is_ok_and(|id| id.trim_ascii() == b"0");
    if !root {
        let by_hand = format!("sudo apt-get update && sudo apt-get install --no-install-recommends {names}");
        println!("Keyfolio needs these Debian packages: {names}");
        if !agreed("Install them now with sudo? [y/N] ") {
            return Err(format!("Nothing was installed. To do it yourself:\n  {by_hand}"));
        }
    }
    println!("Installing {names}");
    apt_get(root).args(["update", "-q"]).run()?;
    apt_get(root).args(["install", "-qy", "--no-install-recommends"]).args(&wanted).run()?;

    let still = missing(purpose);
    if still.is_empty() { Ok(()) } else { Err(format!("Installed, but still not found: {}", still.join(" "))) }
}

/// `apt-get`, waiting up to five minutes for another installation to finish.
fn apt_get(root: bool) -> Tool {
    const PATIENCE: [&str; 2] = ["-o", "DPkg::Lock::Timeout=300"];
    if root {
        return Tool::new("apt-get").args(PATIENCE).env("DEBIAN_FRONTEND", "noninteractive");
    }
    Tool::new("sudo").args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(PATIENCE)
}

/// Asks at the terminal. Without one the answer is no.
fn agreed(question: &str) -> bool {
    if !io::stdin().is_terminal() {
        return false;
    }
    print!("{question}");
    let mut answer = String::new();
    let asked = io::stdout().flush().and_then(|()| io::stdin().lock().read_line(&mut answer));
    asked.is_ok() && answer.trim().eq_ignore_ascii_case("y")
}

fn ensure_xcode() -> Outcome {
    if Tool::new("xcode-select").arg("-p").succeeds() {
        return Ok(());
    }
    Err("Missing: the Xcode command line tools. Get them with:\n  xcode-select --install".into())
}

/// The runtime's entries in the registry, for the machine and for the user.
/// <https://learn.microsoft.com/en-us/microsoft-edge/webview2/concepts/distribution#detect-if-a-webview2-runtime-is-already-installed>
fn ensure_webview2() -> Outcome {
    const CLIENT: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let found = [r"HKLM\SOFTWARE\WOW6432Node", r"HKCU\Software"].iter().any(|hive| {
        let key = format!(r"{hive}\{CLIENT}");
        Tool::new("reg").args(["query", &key, "/v", "pv"]).succeeds()
    });
    if found {
        return Ok(());
    }
    Err("Missing: the Microsoft Edge WebView2 runtime. Windows 11 has it; otherwise get the Evergreen installer:\n  \
         https://developer.microsoft.com/microsoft-edge/webview2/\n\
         If compiling stops at the linker, also install \"Desktop development with C++\" from the Visual Studio Build Tools."
        .into())
}

fn ensure_node() -> Outcome {
    let (major, minor) = NODE;
    let how = "Get the current LTS release from https://nodejs.org/ or your package manager; npm comes with it.";
    let Ok(said) = Tool::new("node").arg("--version").read() else {
        return Err(format!("Missing: Node.js {major}.{minor} or newer. {how}"));
    };
    let said = String::from_utf8_lossy(&said);
    if node_version(&said).is_none_or(|found| found < NODE) {
        return Err(format!("Node.js {} is too old; {major}.{minor} or newer is needed. {how}", said.trim()));
    }
    if Tool::new("npm").arg("--version").succeeds() { Ok(()) } else { Err(format!("Missing: npm. {how}")) }
}

/// `v20.19.4` as (20, 19).
fn node_version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().strip_prefix('v')?.split('.').map_while(|number| number.parse().ok());
    Some((numbers.next()?, numbers.next()?))
}

fn ensure_rust_component(subcommand: &str, component: &str) -> Outcome {
    if Tool::cargo().args([subcommand, "--version"]).succeeds() {
        return Ok(());
    }
    println!("Installing the Rust component {component}");
    Tool::new("rustup")
        .args(["component", "add", component])
        .run()
        .map_err(|trouble| format!("{trouble}\nMissing: the Rust component {component} (cargo {subcommand})."))
}

#[cfg(test)]
mod tests {
    use super::{NODE, Probe, node_version};

    #[test]
    fn node_versions_compare_as_numbers() {
        assert_eq!(node_version("v20.19.4\n"), Some((20, 19)));
        assert!(node_version("v20.9.0").is_some_and(|found| found < NODE));
        assert!(node_version("v100.0.0").is_some_and(|found| found > NODE));
        assert_eq!(node_version("20"), None);
    }

    #[test]
    fn an_absent_thing_is_not_found() {
        assert!(!Probe::Library("keyfolio-no-such-library").found());
        assert!(!Probe::Header("/keyfolio/no/such/header.h").found());
        assert!(!Probe::Command(&["keyfolio-no-such-program"]).found());
    }
}
