//! The setup as people meet it, step by step: installed over an older version, refused, interrupted, moved, removed.
//!
//! It runs the very file that is packed, at a desk of its own under Wine. Each case is a test, and they go on from one
//! another as one person's story would. Wine has no WebView2 and cannot open Keyfolio's window: where the program must
//! be running, it is the older version's, which is a stand-in.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::desk::{Desk, Running, wait_until};
use super::{Content, Facts, content, write};
use crate::counts::Tally;
use crate::process::Outcome;

const SETUP: &str = "Set up Keyfolio";
const UNINSTALLER: &str = "Uninstall Keyfolio";
const PROGRAM: &str = "Keyfolio";
const AT_WORK: &str = "Keyfolio is at work.";

/// The script's own exit codes.
const DONE: i32 = 0;
const CANCELLED: i32 = 1;
const RUNNING: i32 = 3;
const CANNOT_WRITE: i32 = 4;
const NEWER_INSTALLED: i32 = 5;

const UNINSTALL_KEY: &str = r"Microsoft\Windows\CurrentVersion\Uninstall\Keyfolio";
const P8_KEY: &str = r"HKCU\Software\Classes\.p8";
const WEBVIEW2_KEY: &str = r"HKCU\Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";

/// A folder whose name needs no quotes: Wine quotes arguments with spaces, and a setup takes `/D=` only unquoted.
const ELSEWHERE: &str = r"C:\Tools\Keyfolio";

/// What Credential Manager holds: ours, and one that only begins like ours.
const OUR_CREDENTIAL: &str = "vault-4711.dev.keyfolio.desktop";
const FOREIGN_CREDENTIAL: &str = "vault-4711.example";

/// A case: what it shows, and how.
type Case = (&'static str, fn(&Story) -> Outcome);

const CASES: [Case; 19] = [
    ("an older version installs silently", older_version),
    ("an open Keyfolio is neither closed nor replaced silently", open_program_silently),
    ("asked first, setup closes an open Keyfolio and goes on; WebView2 is explained", open_program_asked),
    ("with WebView2, setup ends by running Keyfolio", runs_afterwards),
    ("the shipped setup updates it silently", update),
    ("keys outlive the update", keys_are_there),
    ("\"Installed apps\" lists version, publisher, size and how to uninstall", installed_apps),
    ("the Start menu leads to the program", start_menu),
    (".p8 files can be opened with it, and their default is still another program", open_with),
    ("the installed program passes its self-test", self_test),
    ("setup and program tell their name and version", version_resources),
    ("an older setup is refused, silently and with words", downgrade),
    ("a folder nobody can write to is refused", protected_folder),
    ("a full disk leaves the installed program as it was", full_disk),
    ("another folder on the command line moves the program", moved),
    ("silent uninstalling leaves nothing but the keys", silent_uninstall),
    ("pages: welcome, folder, installed", pages),
    ("uninstalling erases keys only when that was chosen and confirmed", erase_keys),
    ("without keys, uninstalling asks nothing and leaves nothing", uninstall_without_keys),
];

/// Builds the setup that is packed and goes through all cases. `None` never comes: it always counts.
pub fn run(root: &Path) -> Result<Option<Tally>, String> {
    let story = Story::begin(root)?;
    let mut tally = Tally::default();
    for (about, case) in CASES {
        match case(&story) {
            Ok(()) => {
                println!("  ok      {about}");
                tally.passed += 1;
            }
            Err(trouble) => {
                println!("  FAILED  {about}: {trouble}");
                tally.failed += 1;
                // Windows it left open would answer for those of the next.
                story.desk.clear();
            }
        }
    }
    Ok(Some(tally))
}

/// Everything the cases share. Nothing in it changes; the desk does.
#[derive(Debug)]
struct Story {
    desk: Desk,
    content: Content,
    setup: PathBuf,
    older: PathBuf,
    before: BTreeSet<PathBuf>,
}

impl Story {
    fn begin(root: &Path) -> Result<Self, String> {
        let facts = Facts::gather(root)?;
        let content = content(root)?;
        let setup = super::setup_file(root, &facts)?;
        if !setup.is_file() {
            return Err(format!("There is no {} to try; `cargo xtask package windows` makes it.", setup.display()));
        }
        let desk = Desk::set_up(&super::packing(root)?.join("session"))?;

        let older = desk.work().join("older-setup.exe");
        let olds = Content { version: "0.0.9".to_owned(), program: desk.stand_in().to_owned(), ..content.clone() };
        facts.make_setup(&olds, &desk.work().join("older"), &older)?;

        // What was there before us.
        desk.write_registry(P8_KEY, "", "Another.Program")?;
        fs::create_dir_all(desk.user_data()).map_err(|error| error.to_string())?;
        let before = files_under(&desk.user_data())?;
        for (place, text) in [("vault/keyfolio.db", "keys, sealed"), ("vault/snapshots/1.db", "earlier")] {
            write(&desk.local_data().join(&facts.identifier).join(place), text)?;
        }
        write(&desk.local_data().join(&facts.identifier).join("EBWebView/Default/Cache/1"), "pages")?;
        desk.plant(OUR_CREDENTIAL)?;
        desk.plant(FOREIGN_CREDENTIAL)?;
        Ok(Self { desk, content, setup, older, before })
    }

    /// Runs a setup silently and expects this exit code.
    fn silently(&self, setup: &Path, more: &[&str], code: i32) -> Outcome {
        let found = self.desk.wine().arg(setup).arg("/S").args(more).code()?;
        same("exit code", &found, &code)
    }

    fn installed(&self, name: &str) -> PathBuf {
        self.desk.local_data().join("Programs/Keyfolio").join(name)
    }

    fn elsewhere(&self, name: &str) -> PathBuf {
        self.desk.drive().join("Tools/Keyfolio").join(name)
    }

    fn data(&self, name: &str) -> PathBuf {
        self.desk.local_data().join("dev.keyfolio.desktop").join(name)
    }

    fn shortcut(&self) -> Result<PathBuf, String> {
        let found = files_under(&self.desk.drive().join("users"))?;
        let mut names = found.into_iter().filter(|file| file.ends_with("Start Menu/Programs/Keyfolio.lnk"));
        names.next().map(|name| self.desk.drive().join("users").join(name)).ok_or_else(|| "no shortcut".to_owned())
    }

    /// The program in `folder` is the one that is shipped, whole, with all that belongs to it.
    fn is_shipped(&self, file: impl Fn(&str) -> PathBuf) -> Outcome {
        let loader = read(&self.content.loader)?;
        same("keyfolio.exe", &(read(&file("keyfolio.exe"))? == read(&self.content.program)?), &true)?;
        same("WebView2Loader.dll", &(read(&file("WebView2Loader.dll"))? == loader), &true)?;
        let folder = file("keyfolio.exe");
        let names = files_under(folder.parent().unwrap_or(&folder))?;
        let names: Vec<_> = names.iter().map(|name| name.display().to_string()).collect();
        same(
            "files",
            &names,
            &["WebView2Loader.dll", "keyfolio.exe", "licenses.txt", "uninstall.exe"].map(String::from).to_vec(),
        )
    }

    /// The program of the older version is there, as it was.
    fn is_older(&self) -> Outcome {
        let found = read(&self.installed("keyfolio.exe"))? == read(self.desk.stand_in())?;
        same("keyfolio.exe is the older one", &found, &true)
    }

    /// Starts a stand-in that is installed.
    fn open(&self, program: &Path) -> Result<Running, String> {
        let running = self.desk.start(program)?;
        self.desk.read(PROGRAM, AT_WORK).map(|_| running)
    }

    fn value(&self, key: &str, name: &str, expected: &str) -> Outcome {
        let registry = self.desk.registry()?;
        same(&format!("{key} \"{name}\""), &registry.value(key, name), &Some(expected))
    }

    /// Nothing of ours is left in the registry, the Start menu, or among the user's files; `kept` are the exceptions.
    fn nothing_left_but(&self, kept: &[&str]) -> Outcome {
        let registry = self.desk.registry()?;
        // Where Wine keeps what Windows has Credential Manager for.
        let mut ours = registry.mentions("keyfolio");
        ours.retain(|line| !line.contains(r"\wine\credential manager"));
        same("the registry", &ours, &Vec::new())?;
        same("the default of .p8", &registry.value(r"Classes\.p8", ""), &Some("Another.Program"))?;
        same("OpenWithProgids", &registry.mentions(r"\.p8\OpenWithProgids"), &Vec::new())?;
        same("shortcut", &self.shortcut().is_ok(), &false)?;
        let mut left = files_under(&self.desk.user_data())?;
        // Windows' scratch folder is everybody's.
        left.retain(|file| !self.before.contains(file) && !file.starts_with("Local/Temp"));
        let left: Vec<_> = left.iter().map(|file| file.display().to_string()).collect();
        same("files", &left, &kept.iter().map(|&file| file.to_owned()).collect())?;
        let empty = [self.installed(""), self.elsewhere("")];
        same("empty folders", &empty.iter().any(|folder| folder.exists()), &false)?;
        same("the data folder", &self.data("").exists(), &!kept.is_empty())
    }

    /// An uninstaller works from a copy of itself, so that its own file can go; it has ended when that has.
    fn until_uninstalled(&self, uninstaller: &Path) -> Outcome {
        wait_until(|| !uninstaller.exists())
            .then_some(())
            .ok_or_else(|| format!("{} is still there", uninstaller.display()))
    }
}

fn older_version(story: &Story) -> Outcome {
    story.silently(&story.older, &[], DONE)?;
    story.is_older()?;
    story.value(UNINSTALL_KEY, "DisplayVersion", "0.0.9")
}

fn update(story: &Story) -> Outcome {
    story.silently(&story.setup, &[], DONE)?;
    story.is_shipped(|name| story.installed(name))
}

fn keys_are_there(story: &Story) -> Outcome {
    same("the vault", &read(&story.data("vault/keyfolio.db"))?, &b"keys, sealed".to_vec())?;
    same("its snapshot", &read(&story.data("vault/snapshots/1.db"))?, &b"earlier".to_vec())?;
    same("the credential", &story.desk.planted(OUR_CREDENTIAL), &true)
}

fn installed_apps(story: &Story) -> Outcome {
    let folder = format!(r"{}\Programs\Keyfolio", story.desk.local_data_in_windows());
    let bytes: u64 = ["keyfolio.exe", "WebView2Loader.dll", "licenses.txt"]
        .iter()
        .filter_map(|name| fs::metadata(story.installed(name)).ok())
        .map(|file| file.len())
        .sum();
    let registry = story.desk.registry()?;
    let value = |name: &str| registry.value(UNINSTALL_KEY, name).unwrap_or_default().to_owned();
    for (name, expected) in [
        ("DisplayName", "Keyfolio".to_owned()),
        ("DisplayVersion", story.content.version.clone()),
        ("Publisher", "The Keyfolio authors".to_owned()),
        ("DisplayIcon", format!(r"{folder}\keyfolio.exe,0")),
        ("InstallLocation", folder.clone()),
        ("UninstallString", format!(r#""{folder}\uninstall.exe""#)),
        ("QuietUninstallString", format!(r#""{folder}\uninstall.exe" /S"#)),
        ("NoModify", "dword:00000001".to_owned()),
        ("NoRepair", "dword:00000001".to_owned()),
    ] {
        same(name, &value(name), &expected)?;
    }
    let size = value("EstimatedSize");
    let size = size.strip_prefix("dword:").and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0);
    let real = bytes / 1024;
    same("EstimatedSize, within 1 MB", &(size.abs_diff(real) < 1024), &true)
}

fn start_menu(story: &Story) -> Outcome {
    let shortcut = read(&story.shortcut()?)?;
    let target: Vec<u8> =
        r"Zoë Nowak\AppData\Local\Programs\Keyfolio\keyfolio.exe".encode_utf16().flat_map(u16::to_le_bytes).collect();
    same("it names the program", &shortcut.windows(target.len()).any(|part| part == target), &true)
}

fn open_with(story: &Story) -> Outcome {
    let command = format!(r#""{}\Programs\Keyfolio\keyfolio.exe" "%1""#, story.desk.local_data_in_windows());
    story.value(r"Classes\.p8", "", "Another.Program")?;
    story.value(r"Classes\.p8\OpenWithProgids", "Keyfolio.p8", "")?;
    story.value(r"Classes\Keyfolio.p8\shell\open\command", "", &command)?;
    story.value(r"Classes\Applications\keyfolio.exe\SupportedTypes", ".p8", "")?;
    story.value(r"Classes\Applications\keyfolio.exe\shell\open\command", "", &command)
}

fn self_test(story: &Story) -> Outcome {
    let said = story.desk.wine().arg(story.installed("keyfolio.exe")).arg("--self-test").read()?;
    let said = String::from_utf8_lossy(&said);
    same("FAILED in its report", &said.contains("FAILED"), &false)?;
    same("ok in its report", &said.contains("  ok  "), &true)
}

fn version_resources(story: &Story) -> Outcome {
    let version = format!("ProductVersion: {}", story.content.version);
    for (file, description) in [(&story.setup, "Keyfolio setup"), (&story.installed("keyfolio.exe"), "Keyfolio")] {
        let about = story.desk.about(file)?;
        for line in [
            "ProductName: Keyfolio",
            &version,
            &format!("FileDescription: {description}"),
            "CompanyName: The Keyfolio authors",
        ] {
            shows(&about, line)?;
        }
    }
    Ok(())
}

fn downgrade(story: &Story) -> Outcome {
    story.silently(&story.older, &[], NEWER_INSTALLED)?;
    let setup = story.desk.start(&story.older)?;
    let said = story.desk.read(SETUP, "newer than 0.0.9")?;
    shows(&said, "Nothing was changed.")?;
    story.desk.press(SETUP, "OK")?;
    same("exit code", &setup.ended()?, &NEWER_INSTALLED)?;
    story.is_shipped(|name| story.installed(name))
}

fn protected_folder(story: &Story) -> Outcome {
    story.silently(&story.setup, &[r"/D=Z:\proc\keyfolio"], CANNOT_WRITE)?;
    story.is_shipped(|name| story.installed(name))
}

fn full_disk(story: &Story) -> Outcome {
    let code = story.desk.wine_with_room_for(4 << 20).arg(&story.setup).arg("/S").code()?;
    same("exit code", &code, &CANNOT_WRITE)?;
    story.is_shipped(|name| story.installed(name))
}

fn open_program_silently(story: &Story) -> Outcome {
    let mut program = story.open(&story.installed("keyfolio.exe"))?;
    story.silently(&story.older, &[], RUNNING)?;
    same("the program runs", &program.runs(), &true)?;
    story.desk.press(PROGRAM, "OK")?;
    program.ended()?;
    story.is_older()
}

fn open_program_asked(story: &Story) -> Outcome {
    let mut program = story.open(&story.installed("keyfolio.exe"))?;

    let setup = story.desk.start(&story.older)?;
    story.desk.press(SETUP, "Repair")?;
    shows(&story.desk.read(SETUP, "is open, and cannot be replaced")?, "Your keys are safe.")?;
    story.desk.press(SETUP, "Cancel")?;
    shows(&story.desk.read(SETUP, "was not installed")?, "What was there before is unchanged.")?;
    story.desk.press(SETUP, "Cancel")?;
    same("exit code", &setup.ended()?, &RUNNING)?;
    same("the program runs", &program.runs(), &true)?;

    let setup = story.desk.start(&story.older)?;
    story.desk.press(SETUP, "Repair")?;
    story.desk.read(SETUP, "is open, and cannot be replaced")?;
    story.desk.press(SETUP, "OK")?;
    let said = story.desk.read(SETUP, "One thing is missing: Microsoft Edge WebView2")?;
    program.ended()?;
    shows(&said, "[x] Open Microsoft's page in the browser")?;
    same("it offers to run", &said.contains("Run Keyfolio\n"), &false)?;
    story.desk.press(SETUP, "Open Microsoft's page in the browser")?;
    story.desk.press(SETUP, "Finish")?;
    same("exit code", &setup.ended()?, &DONE)?;
    story.is_older()
}

fn runs_afterwards(story: &Story) -> Outcome {
    story.desk.write_registry(WEBVIEW2_KEY, "pv", "140.0.1.2")?;
    let setup = story.desk.start(&story.older)?;
    story.desk.press(SETUP, "Repair")?;
    let said = story.desk.read(SETUP, "Run Keyfolio")?;
    shows(&said, "[x] Run Keyfolio")?;
    shows(&said, "What opens .p8 files by default was not changed.")?;
    same("it explains WebView2", &said.contains("WebView2"), &false)?;
    story.desk.press(SETUP, "Finish")?;
    same("exit code", &setup.ended()?, &DONE)?;
    story.desk.read(PROGRAM, AT_WORK)?;
    story.desk.press(PROGRAM, "OK")?;
    // It was the setup that started it; that it has ended shows in that a setup goes through again.
    let ended = wait_until(|| story.silently(&story.older, &[], DONE).is_ok());
    same("the program ended", &ended, &true)?;
    story.desk.clear_registry(WEBVIEW2_KEY)
}

fn moved(story: &Story) -> Outcome {
    story.silently(&story.setup, &[&format!("/D={ELSEWHERE}")], DONE)?;
    story.is_shipped(|name| story.elsewhere(name))?;
    same("the old folder", &story.installed("").exists(), &false)?;
    story.value(UNINSTALL_KEY, "InstallLocation", ELSEWHERE)
}

fn silent_uninstall(story: &Story) -> Outcome {
    let uninstaller = story.elsewhere("uninstall.exe");
    let shipped = read(&story.elsewhere("keyfolio.exe"))?;
    let exchange =
        |program: &[u8]| fs::write(story.elsewhere("keyfolio.exe"), program).map_err(|error| error.to_string());
    exchange(&read(story.desk.stand_in())?)?;
    let program = story.open(&story.elsewhere("keyfolio.exe"))?;
    // Told to work from where it is, it can give its exit code.
    story.silently(&uninstaller, &[&format!("_?={ELSEWHERE}")], RUNNING)?;
    story.desk.press(PROGRAM, "OK")?;
    program.ended()?;
    exchange(&shipped)?;

    story.silently(&uninstaller, &[], DONE)?;
    story.until_uninstalled(&uninstaller)?;
    let kept = ["vault/keyfolio.db", "vault/snapshots/1.db"].map(|file| format!("Local/dev.keyfolio.desktop/{file}"));
    story.nothing_left_but(&kept.each_ref().map(String::as_str))?;
    keys_are_there(story)
}

fn pages(story: &Story) -> Outcome {
    let setup = story.desk.start(&story.setup)?;
    shows(&story.desk.read(SETUP, "is installed for you alone")?, "Set up Keyfolio")?;
    story.desk.press(SETUP, "Next >")?;
    story.desk.read(SETUP, "they outlive updates and uninstalling")?;
    story.desk.press(SETUP, "Cancel")?;
    same("exit code", &setup.ended()?, &CANCELLED)?;
    same("something was installed", &story.installed("").exists(), &false)?;

    let setup = story.desk.start(&story.setup)?;
    story.desk.press(SETUP, "Next >")?;
    let folder = format!(r"{}\Programs\Keyfolio", story.desk.local_data_in_windows());
    shows(&story.desk.read(SETUP, "they outlive updates and uninstalling")?, &folder)?;
    story.desk.press(SETUP, "Install")?;
    story.desk.press(SETUP, "Open Microsoft's page in the browser")?;
    story.desk.press(SETUP, "Finish")?;
    same("exit code", &setup.ended()?, &DONE)?;
    story.is_shipped(|name| story.installed(name))
}

fn erase_keys(story: &Story) -> Outcome {
    let uninstaller = story.installed("uninstall.exe");
    story.desk.start(&uninstaller)?;
    let said = story.desk.read(UNINSTALLER, "What should happen to your keys?")?;
    for line in ["[x] Keep them", "[ ] Erase them", "[ ] (off) I understand that my keys cannot be downloaded again"] {
        shows(&said, line)?;
    }
    story.desk.press(UNINSTALLER, "Erase them")?;
    let said = story.desk.read(UNINSTALLER, "Erase them")?;
    shows(&said, "An erased key cannot be downloaded again")?;
    shows(&said, "(off) Uninstall")?;
    story.desk.press(UNINSTALLER, "I understand that my keys cannot be downloaded again")?;
    story.desk.press(UNINSTALLER, "Uninstall")?;
    story.desk.read(UNINSTALLER, "Your keys were erased with it.")?;
    story.desk.press(UNINSTALLER, "Close")?;
    story.until_uninstalled(&uninstaller)?;
    story.nothing_left_but(&[])?;
    same("our credential", &story.desk.planted(OUR_CREDENTIAL), &false)?;
    same("the foreign credential", &story.desk.planted(FOREIGN_CREDENTIAL), &true)
}

fn uninstall_without_keys(story: &Story) -> Outcome {
    story.silently(&story.setup, &[], DONE)?;
    let uninstaller = story.installed("uninstall.exe");
    story.desk.start(&uninstaller)?;
    let said = story.desk.read(UNINSTALLER, "You have no keys in Keyfolio.")?;
    same("it asks about keys", &said.contains("Erase them"), &false)?;
    story.desk.press(UNINSTALLER, "Uninstall")?;
    story.desk.read(UNINSTALLER, "Nothing of it is left in your account.")?;
    story.desk.press(UNINSTALLER, "Close")?;
    story.until_uninstalled(&uninstaller)?;
    story.nothing_left_but(&[])
}

/// Fails, naming both, unless they are equal.
fn same<T: PartialEq + Debug + ?Sized>(about: &str, found: &T, expected: &T) -> Outcome {
    if found == expected { Ok(()) } else { Err(format!("{about}: {found:?} instead of {expected:?}")) }
}

/// Fails unless one of the texts is, or holds, `words`.
fn shows(said: &str, words: &str) -> Outcome {
    if said.contains(words) { Ok(()) } else { Err(format!("\"{words}\" is not among:\n{said}")) }
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("could not read {}: {error}", file.display()))
}

/// Every file under a folder, by its path in it.
fn files_under(folder: &Path) -> Result<BTreeSet<PathBuf>, String> {
    fn gather(top: &Path, folder: &Path, found: &mut BTreeSet<PathBuf>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            // Wine links some of the user's folders to one another.
            if entry.file_type()?.is_dir() {
                gather(top, &path, found)?;
            } else {
                found.insert(path.strip_prefix(top).unwrap_or(&path).to_owned());
            }
        }
        Ok(())
    }
    let mut found = BTreeSet::new();
    gather(folder, folder, &mut found).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    Ok(found)
}
