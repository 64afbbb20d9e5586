//! `cargo xtask test`: every check of the project, in order, timed, with one summary line.
//!
//! A step that fails does not stop the others, but steps that need its result are not run and count as failed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use crate::counts::{self, Tally};
use crate::package::release;
use crate::prerequisites::{self, Purpose};
use crate::process::{Outcome, Tool};
use crate::{app, cross, frontend, package};

/// One check. `run` returns test counts where a test runner was asked, none for checks that only hold or not.
#[derive(Debug)]
pub struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// What the machine must be ready for.
    pub(crate) purpose: Purpose,
    pub(crate) needs: &'static [&'static str],
    pub(crate) run: fn(&Path) -> Result<Option<Tally>, String>,
}

/// Which steps to run; each brings the steps it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection<'a> {
    /// One group.
    Group(Group),
    /// Every group that can be done on this machine.
    All,
    /// One step, by name.
    Only(&'a str),
}

/// Steps that are asked for together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Everything about the system this runs on.
    Here,
    /// The gate for the other systems.
    Elsewhere,
    /// What people install: built, installed, used, removed.
    Packages,
}

impl Group {
    const ALL: [Self; 3] = [Self::Here, Self::Elsewhere, Self::Packages];

    const fn steps(self) -> &'static [Step] {
        match self {
            Self::Here => &STEPS,
            Self::Elsewhere => &cross::STEPS,
            Self::Packages => &package::STEPS,
        }
    }

    /// Why it cannot be done on this machine, if so.
    fn unavailable(self) -> Option<String> {
        match self {
            Self::Here => None,
            Self::Elsewhere => cross::unavailable(),
            Self::Packages => package::unavailable(),
        }
    }
}

const STEPS: [Step; 10] = [
    Step {
        name: "fmt",
        about: "Rust formatting",
        purpose: Purpose::Test,
        needs: &[],
        run: |root| held(cargo(root, "fmt --all --check").run()),
    },
    Step {
        name: "npm",
        about: "front-end packages",
        purpose: Purpose::FrontEnd,
        needs: &[],
        run: |root| held(frontend::install(root)),
    },
    Step {
        name: "ui-build",
        about: "front-end build",
        purpose: Purpose::FrontEnd,
        needs: &["npm"],
        run: |root| held(frontend::build(root)),
    },
    Step {
        name: "ui-check",
        about: "front-end types",
        purpose: Purpose::FrontEnd,
        needs: &["npm"],
        run: |root| held(npm_script(root, "check").run()),
    },
    Step {
        name: "ui-lint",
        about: "front-end lint",
        purpose: Purpose::FrontEnd,
        needs: &["npm"],
        run: |root| held(npm_script(root, "lint").run()),
    },
    Step {
        name: "ui-test",
        about: "front-end tests",
        purpose: Purpose::FrontEnd,
        needs: &["npm"],
        run: front_end_tests,
    },
    Step {
        name: "clippy",
        about: "Rust lint",
        purpose: Purpose::Test,
        needs: &["ui-build"],
        run: |root| held(clippy(root)),
    },
    Step { name: "rust-test", about: "Rust tests", purpose: Purpose::Test, needs: &["ui-build"], run: rust_tests },
    Step {
        name: "e2e-build",
        about: "app for the real window",
        purpose: Purpose::Test,
        needs: &["ui-build"],
        run: |root| held(build_both(root)),
    },
    Step {
        name: "e2e",
        about: "end to end in the real window",
        purpose: Purpose::Test,
        needs: &["e2e-build"],
        run: real_window_tests,
    },
];

/// Steps that drive the real window: only Linux has a WebDriver for the web view Tauri uses there.
const REAL_WINDOW: [&str; 2] = ["e2e-build", "e2e"];

/// Runs the selected steps and what they need. A group that cannot be done on this machine is a failure when it was
/// asked for, and said to be left out when everything was.
pub fn run(root: &Path, selection: Selection<'_>) -> Outcome {
    if let Selection::Group(group) = selection
        && let Some(reason) = group.unavailable()
    {
        return Err(reason);
    }
    let chosen = chosen(selection)?;
    for purpose in purposes(&chosen) {
        prerequisites::ensure(purpose)?;
    }

    let mut report = Report::default();
    for step in all().filter(|step| chosen.contains(step.name)) {
        if REAL_WINDOW.contains(&step.name) && !cfg!(target_os = "linux") {
            println!("\n== {} is not available on {}: its web view has no WebDriver here", step.name, env::consts::OS);
            continue;
        }
        println!("\n== {} ({})", step.name, step.about);
        report.take(step, root);
    }
    if chosen.contains("wine-test") {
        println!("\n{}", cross::NOT_SHOWN);
    }
    if selection == Selection::All {
        for reason in Group::ALL.into_iter().filter_map(Group::unavailable) {
            println!("\nNot done: {reason}");
        }
    }
    report.conclude()
}

fn all() -> impl Iterator<Item = &'static Step> {
    Group::ALL.into_iter().flat_map(Group::steps)
}

fn chosen(selection: Selection<'_>) -> Result<BTreeSet<&'static str>, String> {
    let names = |group: Group| group.steps().iter().map(|step| step.name);
    let mut open: Vec<&str> = match selection {
        Selection::Group(group) => names(group).collect(),
        Selection::All => {
            Group::ALL.into_iter().filter(|group| group.unavailable().is_none()).flat_map(names).collect()
        }
        Selection::Only(name) => vec![name],
    };
    let mut chosen = BTreeSet::new();
    while let Some(name) = open.pop() {
        let Some(step) = all().find(|step| step.name == name) else {
            let known: Vec<_> = all().map(|step| step.name).collect();
            return Err(format!("There is no step {name}. Steps: {}", known.join(", ")));
        };
        chosen.insert(step.name);
        open.extend(step.needs);
    }
    Ok(chosen)
}

/// What the machine must be ready for. The gate alone needs neither the window's libraries nor its tests'.
fn purposes(chosen: &BTreeSet<&str>) -> BTreeSet<Purpose> {
    all().filter(|step| chosen.contains(step.name)).map(|step| step.purpose).collect()
}

/// What came of each step.
#[derive(Debug, Default)]
struct Report {
    tally: Tally,
    rows: Vec<(&'static str, Duration, String)>,
    trouble: BTreeMap<&'static str, String>,
}

impl Report {
    fn take(&mut self, step: &Step, root: &Path) {
        let begun = Instant::now();
        let answer = match step.needs.iter().find(|need| self.trouble.contains_key(*need)) {
            Some(need) => Err(format!("not run: {need} failed")),
            None => (step.run)(root),
        };
        let (tally, verdict) = match answer {
            Ok(None) => (Tally::default(), "ok".to_owned()),
            Ok(Some(tally)) => (tally, format!("{} passed, {} failed", tally.passed, tally.failed)),
            Err(trouble) => {
                eprintln!("{trouble}");
                (Tally { passed: 0, failed: 1 }, first_line(&trouble))
            }
        };
        if tally.failed > 0 {
            self.trouble.insert(step.name, verdict.clone());
        }
        self.tally = self.tally.plus(tally);
        self.rows.push((step.name, begun.elapsed(), verdict));
    }

    fn conclude(&self) -> Outcome {
        println!();
        for (name, time, verdict) in &self.rows {
            let mark = if self.trouble.contains_key(name) { "FAILED" } else { "ok" };
            println!("{mark:>6}  {name:<10} {:>7.1} s  {verdict}", time.as_secs_f64());
        }
        println!("\n{} passed, {} failed", self.tally.passed, self.tally.failed);
        if self.tally.failed == 0 { Ok(()) } else { Err(String::new()) }
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

pub(crate) fn held(outcome: Outcome) -> Result<Option<Tally>, String> {
    outcome.map(|()| None)
}

fn cargo(root: &Path, arguments: &str) -> Tool {
    Tool::cargo().within(root).args(arguments.split(' '))
}

fn npm_script(root: &Path, script: &str) -> Tool {
    frontend::npm(root).args(["run", script])
}

/// Twice: the code that exists only in a release, and the code that exists only in real-window tests.
fn clippy(root: &Path) -> Outcome {
    cargo(root, "clippy --workspace --all-targets --locked -- -D warnings").run()?;
    cargo(root, "clippy --workspace --all-targets --locked --features keyfolio/e2e -- -D warnings").run()
}

/// The program as it is shipped, and the one that lets itself be driven; each must be recognisable as what it is.
fn build_both(root: &Path) -> Outcome {
    release::knows_apple_only(&app::build_shut(root)?)?;
    let driven = app::build(root)?;
    match release::knows_apple_only(&driven) {
        Err(_) => Ok(()),
        Ok(()) => Err(format!("{} is not recognised as a build for tests", driven.display())),
    }
}

fn rust_tests(root: &Path) -> Result<Option<Tally>, String> {
    let finished = cargo(root, "test --workspace --locked --no-fail-fast").watch()?;
    Ok(Some(counts::of_cargo(&finished.output).judged(finished.success)))
}

fn front_end_tests(root: &Path) -> Result<Option<Tally>, String> {
    let report = fresh_report(root, "vitest.json")?;
    let finished = npm_script(root, "test")
        .args(["--", "--reporter=default", "--reporter=json"])
        .arg(format!("--outputFile.json={}", report.display()))
        .watch()?;
    let counted = fs::read(&report).ok().and_then(|text| serde_json::from_slice(&text).ok());
    Ok(Some(counted.map(|json| counts::of_vitest(&json)).unwrap_or_default().judged(finished.success)))
}

fn real_window_tests(root: &Path) -> Result<Option<Tally>, String> {
    let report = fresh_report(root, "e2e.tap")?;
    let finished = Tool::new("node")
        .within(root)
        .env("KEYFOLIO_BINARY", app::binary(root, "debug")?)
        .env("KEYFOLIO_SIMULATOR", app::simulator(root)?)
        .env("KEYFOLIO_SHUT_BINARY", app::target_folder(root)?.join("xtask/keyfolio-shut"))
        .args(["--test", "--test-concurrency=1"])
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
        .arg("--test-reporter=tap")
        .arg(format!("--test-reporter-destination={}", report.display()))
        .args(test_files(&root.join("e2e"))?)
        .watch()?;
    let counted = fs::read_to_string(&report).unwrap_or_default();
    Ok(Some(counts::of_node(&counted).judged(finished.success)))
}

fn test_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    if files.is_empty() { Err(format!("no tests in {}", folder.display())) } else { Ok(files) }
}

/// A place for a runner's report, with last run's report gone: an old success must not be read as a new one.
pub(crate) fn fresh_report(root: &Path, name: &str) -> Result<PathBuf, String> {
    let folder = app::target_folder(root)?.join("xtask");
    let report = folder.join(name);
    let cleared =
        fs::create_dir_all(&folder).and_then(|()| if report.exists() { fs::remove_file(&report) } else { Ok(()) });
    cleared.map_err(|error| format!("could not prepare {}: {error}", report.display()))?;
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::{Group, Purpose, REAL_WINDOW, Report, STEPS, Selection, Step, Tally, all, chosen, purposes};
    use std::path::Path;

    fn step(
        name: &'static str,
        needs: &'static [&'static str],
        run: fn(&Path) -> Result<Option<Tally>, String>,
    ) -> Step {
        Step { name, about: "", purpose: Purpose::FrontEnd, needs, run }
    }

    #[test]
    fn counts_and_failed_checks_add_up_and_fail_the_whole() {
        let mut report = Report::default();
        report.take(&step("tests", &[], |_| Ok(Some(Tally { passed: 12, failed: 0 }))), Path::new("."));
        assert!(report.conclude().is_ok());

        report.take(&step("lint", &[], |_| Err("unused variable".into())), Path::new("."));
        report.take(&step("more", &["lint"], |_| Ok(Some(Tally { passed: 100, failed: 0 }))), Path::new("."));

        assert_eq!(report.tally, Tally { passed: 12, failed: 2 }, "a step whose need failed is not run");
        assert!(report.conclude().is_err());
    }

    #[test]
    fn one_step_brings_what_it_needs_and_no_more() {
        let steps = chosen(Selection::Only("e2e")).unwrap_or_default();
        assert_eq!(steps.into_iter().collect::<Vec<_>>(), ["e2e", "e2e-build", "npm", "ui-build"]);
        assert!(chosen(Selection::Only("everything")).is_err_and(|trouble| trouble.contains("rust-test")));
    }

    #[test]
    fn what_is_asked_for_decides_what_runs_and_what_the_machine_needs() {
        let names = |selection| chosen(selection).unwrap_or_default();
        let here = names(Selection::Group(Group::Here));
        assert!(!here.contains("windows") && here.len() == STEPS.len());
        assert!(!purposes(&here).contains(&Purpose::Cross) && !purposes(&here).contains(&Purpose::Package));

        let elsewhere = names(Selection::Group(Group::Elsewhere));
        assert!(elsewhere.contains("windows") && elsewhere.contains("ui-build") && !elsewhere.contains("rust-test"));
        assert_eq!(Vec::from_iter(purposes(&elsewhere)), [Purpose::FrontEnd, Purpose::Cross]);

        let packages = names(Selection::Group(Group::Packages));
        assert!(packages.contains("package-session") && !packages.contains("e2e"));
        assert!(purposes(&packages).contains(&Purpose::Package));
    }

    #[test]
    fn every_need_names_an_earlier_step() {
        for (place, step) in all().enumerate() {
            for need in step.needs {
                assert!(all().take(place).any(|earlier| earlier.name == *need), "{} needs {need}", step.name);
            }
        }
        assert!(REAL_WINDOW.iter().all(|name| STEPS.iter().any(|step| step.name == *name)));
    }
}
