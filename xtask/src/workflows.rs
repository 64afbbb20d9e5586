//! House rules for `.github/workflows`, read line by line, so that a workflow stays a thin caller of this program.
//!
//! What a workflow does can be done on anybody's computer only if its steps are `cargo xtask`. And what it runs of
//! others must not change under it: every action is a commit, every container a digest. Refuses what it cannot read,
//! such as a script of several lines. It does not replace a linter; docs/releasing.md names those used.

use std::fs;
use std::path::Path;

/// What else a step may run: the compiler, a signing program by version, and the end of a secret.
const ALSO_RUN: [&str; 3] =
    ["rustup toolchain install 1.", "cargo install --locked artifact-signing-cli@", "rm -f \"$RUNNER_TEMP\"/keyfolio-"];

/// Every broken rule of the checkout's workflows, as `file:line: sentence`.
pub fn violations(root: &Path) -> Result<Vec<String>, String> {
    let folder = root.join(".github/workflows");
    let entries = fs::read_dir(&folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| format!("could not read {}: {error}", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.extend(of_workflow(&text).into_iter().map(|trouble| format!("{name}:{trouble}")));
    }
    Ok(found)
}

fn of_workflow(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut jobs = 0;
    let mut limits = 0;
    for (place, line) in text.lines().enumerate() {
        let line = line.trim_start().trim_start_matches("- ");
        let Some((key, value)) = line.split_once(": ") else { continue };
        let trouble = match key {
            "run" => runs_elsewhere(value),
            "uses" => may_change(value, "@", 40),
            "image" => may_change(value, "@sha256:", 64),
            _ => None,
        };
        found.extend(trouble.map(|trouble| format!("{}: {trouble}: {value}", place + 1)));
        jobs += usize::from(key == "runs-on");
        limits += usize::from(key == "timeout-minutes");
    }
    let held = |needle: &str| text.matches(needle).count();
    if jobs != limits {
        found.push("0: a job without timeout-minutes".into());
    }
    if !text.contains("\npermissions: {}\n") {
        found.push("0: every right is to be given to a job by name: permissions: {}".into());
    }
    if held("actions/checkout@") != held("persist-credentials: false") {
        found.push("0: a checkout that keeps its token".into());
    }
    found
}

fn runs_elsewhere(command: &str) -> Option<&'static str> {
    let known = command.starts_with("cargo xtask ") || ALSO_RUN.iter().any(|known| command.starts_with(known));
    let several = [";", "&&", "|", "${{"].iter().any(|sign| command.contains(sign));
    (!known || several).then_some("a step is one call of cargo xtask")
}

fn may_change(used: &str, mark: &str, digits: usize) -> Option<&'static str> {
    let pinned = used.split_once(mark).is_some_and(|(_, rest)| {
        let rest = rest.split(' ').next().unwrap_or_default();
        rest.len() == digits && rest.bytes().all(|digit| digit.is_ascii_hexdigit())
    });
    (!pinned).then_some("not held to a commit or digest")
}

#[cfg(test)]
mod tests {
    use super::of_workflow;

    const GOOD: &str = "on: push\n\npermissions: {}\n\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    \
                        container:\n      image: rust@sha256:6258907abe69656e41cd992e0b705cdcfabcbbe3db374f92ed2d47121282d4a1\n    \
                        steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          \
                        persist-credentials: false\n      - run: cargo xtask test\n";

    #[test]
    fn a_thin_caller_is_fine() {
        assert_eq!(of_workflow(GOOD), Vec::<String>::new());
    }

    #[test]
    fn every_way_of_doing_more_is_seen() {
        for (good, bad, complaint) in [
            ("cargo xtask test", "make", "one call of cargo xtask"),
            ("cargo xtask test", "|", "one call of cargo xtask"),
            ("cargo xtask test", "cargo xtask test && curl example.com", "one call of cargo xtask"),
            ("cargo xtask test", "cargo xtask test ${{ github.head_ref }}", "one call of cargo xtask"),
            ("checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "checkout@v7", "not held to"),
            ("rust@sha256:6258907abe", "rust@sha256:", "not held to"),
            ("    timeout-minutes: 5\n", "", "timeout-minutes"),
            ("permissions: {}", "permissions: write-all", "every right"),
            ("persist-credentials: false", "persist-credentials: true", "keeps its token"),
        ] {
            let found = of_workflow(&GOOD.replacen(good, bad, 1));
            assert!(found.len() == 1 && found.iter().all(|trouble| trouble.contains(complaint)), "{bad}: {found:?}");
        }
    }
}
