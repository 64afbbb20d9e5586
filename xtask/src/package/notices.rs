//! Whose work a package holds besides ours, and under which terms: most licenses ask for their text to come along.
//!
//! Read from what the program is really made of: the crates linked into it and the packages its pages are built with,
//! as locked. Refuses to leave one out: a dependency that names no license is a failure.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::json;
use crate::process::Tool;

/// How the files with terms are called, whatever their ending and case.
const TERMS: [&str; 6] = ["license", "licence", "copying", "copyright", "notice", "unlicense"];

const BEGINNING: &str = "\
Keyfolio is made with the work of others. Each is named here with its license, followed by the terms as its authors
deliver them. The Rust standard library is part of the program too: Copyright (c) The Rust Project Contributors,
MIT OR Apache-2.0, https://github.com/rust-lang/rust/blob/master/COPYRIGHT. SQLite is in the public domain.
";

/// Somebody's work and its terms.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Work {
    name: String,
    version: String,
    license: String,
    /// Texts of the license, as delivered. May be empty: some name a license and deliver no text.
    terms: BTreeSet<String>,
}

/// The text for users of the program for `target`; for this machine's own without one.
pub fn of_the_program(root: &Path, target: Option<&str>) -> Result<String, String> {
    let mut works = crates(root, target)?;
    works.extend(page_packages(root)?);
    Ok(written(&works))
}

/// Equal terms are given once, with everybody they are from.
fn written(works: &BTreeSet<Work>) -> String {
    let mut text = format!("{BEGINNING}\n");
    for Work { name, version, license, .. } in works {
        text += &format!("{name} {version}: {license}\n");
    }
    let mut by_terms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for work in works {
        for terms in &work.terms {
            by_terms.entry(terms).or_default().push(&work.name);
        }
    }
    let mut by_terms: Vec<_> = by_terms.into_iter().map(|(terms, names)| (names, terms)).collect();
    by_terms.sort();
    for (mut names, terms) in by_terms {
        names.dedup();
        text += &format!("\n{}\n{}\n\n{terms}\n", "=".repeat(78), names.join(", "));
    }
    text
}

/// The crates in the program: what is linked into it, without what only helps to build or test it. Only `cargo tree`
/// knows which they are, and only `cargo metadata` where.
fn crates(root: &Path, target: Option<&str>) -> Result<BTreeSet<Work>, String> {
    let asked = ["tree", "--locked", "--package", "keyfolio", "--features", "tauri/custom-protocol"];
    let form = ["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"];
    let host = Tool::new("rustc").within(root).args(["--print", "host-tuple"]).read()?;
    let host = String::from_utf8_lossy(&host);
    let target = target.unwrap_or(host.trim());
    let tree = Tool::cargo().within(root).args(asked).args(form).args(["--target", target]).read()?;
    let tree = String::from_utf8_lossy(&tree).into_owned();
    let linked = linked(&tree);
    // Those of other systems need not be downloaded.
    let question = ["metadata", "--format-version=1", "--locked", "--filter-platform"];
    let metadata = json::parse("cargo metadata", &Tool::cargo().within(root).args(question).arg(target).read()?)?;
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default().iter();
    // Ours have no source.
    let foreign = packages.filter(|package| {
        !package["source"].is_null() && linked.contains(&(text(&package["name"]), text(&package["version"])))
    });
    let works = foreign.map(|package| {
        let manifest = PathBuf::from(text(&package["manifest_path"]));
        work(package, manifest.parent().unwrap_or(&manifest))
    });
    works.collect()
}

/// Names and versions from lines as `serde v1.0.0 (*)`.
fn linked(tree: &str) -> BTreeSet<(&str, &str)> {
    let crates = tree.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next()?, words.next()?.strip_prefix('v')?))
    });
    crates.collect()
}

/// The packages the pages are built with, and what these depend on.
fn page_packages(root: &Path) -> Result<BTreeSet<Work>, String> {
    let lock = fs::read(root.join("ui/package-lock.json")).map_err(|error| format!("ui/package-lock.json: {error}"))?;
    let lock = json::parse("ui/package-lock.json", &lock)?;
    let names = |package: &Value| {
        let needed = package["dependencies"].as_object().into_iter().flatten();
        needed.map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    let mut open = names(&lock["packages"][""]);
    let mut works = BTreeSet::new();
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        let place = format!("node_modules/{name}");
        let package = &lock["packages"][&place];
        if !seen.insert(name.clone()) || package["optional"] == true {
            continue;
        }
        open.extend(names(package));
        let mut named = package.clone();
        named["name"] = Value::String(name);
        works.insert(work(&named, &root.join("ui").join(place))?);
    }
    Ok(works)
}

fn work(package: &Value, folder: &Path) -> Result<Work, String> {
    let name = text(&package["name"]);
    let license = text(&package["license"]);
    if license.is_empty() {
        return Err(format!("{name} names no license"));
    }
    let terms = terms(folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    Ok(Work {
        name: name.to_owned(),
        version: text(&package["version"]).to_owned(),
        license: license.to_owned(),
        terms,
    })
}

fn terms(folder: &Path) -> std::io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if file.is_file() && TERMS.iter().any(|term| name.starts_with(term)) {
            let bytes = fs::read(&file)?;
            let text = String::from_utf8_lossy(&bytes).replace('\r', "");
            let text: Vec<&str> = text.lines().map(str::trim_end).collect();
            found.insert(text.join("\n").trim_matches('\n').to_owned());
        }
    }
    Ok(found)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Work, linked, work, written};
    use serde_json::json;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn crates_are_told_apart_by_their_versions() {
        let tree = "keyfolio v0.1.0 (/keyfolio)\ntauri v2.12.5\nsyn v1.0.109\nsyn v2.0.119 (*)\n";
        let expected = [("keyfolio", "0.1.0"), ("syn", "1.0.109"), ("syn", "2.0.119"), ("tauri", "2.12.5")];
        assert_eq!(linked(tree), BTreeSet::from(expected));
    }

    #[test]
    fn equal_terms_are_given_once_with_everybody_they_are_from() {
        let by = |name: &str| Work {
            name: name.into(),
            version: "1.0.0".into(),
            license: "MIT".into(),
            terms: BTreeSet::from(["Do as you like.".into()]),
        };
        let text = written(&BTreeSet::from([by("one"), by("two")]));
        assert!(
            text.contains("one 1.0.0: MIT\ntwo 1.0.0: MIT\n") && text.contains("one, two\n\nDo as you like."),
            "{text}"
        );
        assert_eq!(text.matches("Do as you like.").count(), 1);
    }

    #[test]
    fn work_without_a_license_is_refused() {
        let nameless = json!({"name": "stray", "version": "1.0.0", "license": null});
        assert!(work(&nameless, Path::new(".")).is_err_and(|trouble| trouble.contains("stray")));
    }
}
