//! `cargo xtask`: reads the command line and hands over to the tasks of the library.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::path::Path;
use std::process::ExitCode;

use xtask::process::{Outcome, Tool};
use xtask::steps::{Group, Selection};
use xtask::{app, bench, demo, draft, icons, package, steps};

const USAGE: &str = "\
cargo xtask run [--release] [FILE...]     check or install what is needed, build, start the application
cargo xtask test [--only STEP]            every check and test, ending with one line: N passed, N failed
cargo xtask cross                         compile for macOS and Windows, run the tests under Wine (on Debian)
cargo xtask package [windows]             make this system's packages (or, on Debian, the Windows setup)
cargo xtask test --packages               make them, install them, use them, remove them (on Debian, as root)
cargo xtask test --all                    all three
cargo xtask package appimage | signed     the AppImage; this system's packages again, signed (docs/releasing.md)
cargo xtask release check TAG             may this tag become a release?
cargo xtask release gather FOLDER         packages of three systems into one set with its sums
cargo xtask release draft TAG FOLDER      a draft of the release on GitHub
cargo xtask demo                          start it on throwaway sample keys, with a simulated Apple to command
cargo xtask demo --screenshot [FILE]      pictures of the demo, FILE-light.png and FILE-dark.png, without a display
cargo xtask bench [--json]                measure start, memory, import and size
cargo xtask bindings                      regenerate the front end's types from the Rust types
cargo xtask icons                         regenerate icons/ from its two SVG drawings";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match perform(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            if !trouble.is_empty() {
                eprintln!("{trouble}");
            }
            ExitCode::FAILURE
        }
    }
}

fn perform(arguments: &[&str]) -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask stands in no folder")?;
    match arguments {
        ["run", "--release", files @ ..] => app::run(root, true, files),
        ["run", files @ ..] => app::run(root, false, files),
        ["test"] => steps::run(root, Selection::Group(Group::Here)),
        ["test", "--packages"] => steps::run(root, Selection::Group(Group::Packages)),
        ["test", "--all"] => steps::run(root, Selection::All),
        ["test", "--only", step] => steps::run(root, Selection::Only(step)),
        ["cross"] => steps::run(root, Selection::Group(Group::Elsewhere)),
        ["package"] => package::run(root),
        ["package", "appimage"] => package::appimage(root),
        ["package", "signed"] => package::signed(root),
        ["release", "check", tag] => draft::check(root, tag),
        ["release", "gather", folder] => draft::gather(Path::new(folder)),
        ["release", "draft", tag, folder] => draft::create(root, tag, Path::new(folder)),
        ["package", "windows"] => package::windows(root),
        ["demo"] => demo::run(root),
        ["demo", "--screenshot"] => app::screenshots(root, Path::new("keyfolio.png")),
        ["demo", "--screenshot", file] => app::screenshots(root, Path::new(file)),
        ["bench"] => bench::run(root, bench::Form::Table),
        ["bench", "--json"] => bench::run(root, bench::Form::Json),
        ["bindings"] => bindings(root),
        ["icons"] => icons::draw(root),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => Err(format!("cargo xtask does not know: {}\n\n{USAGE}", unknown.join(" "))),
    }
}

/// The test that fails on stale bindings also writes them, when told to.
fn bindings(root: &Path) -> Outcome {
    let test = ["test", "--package", "keyfolio-shell", "--lib", "bindings"];
    Tool::cargo().within(root).args(test).env("KEYFOLIO_BLESS", "1").run()
}
