//! `cargo xtask release`: from packages made on three systems to one draft that a person reads and releases.
//!
//! Refuses a tag that is not the version, a package that is not what its builder made, and a set with one missing.
//! Nothing here makes anything public: the draft is seen by maintainers only until one of them publishes it.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::package::sums;
use crate::process::{Outcome, Tool};
use crate::version;

/// Endings of what every release has, and for whom.
const EXPECTED: [(&str, &str); 9] = [
    (".deb", "Debian, Ubuntu"),
    (".rpm", "Fedora, openSUSE"),
    (".AppImage", "other Linux"),
    ("-linux.cdx.json", "bill of materials"),
    (".dmg", "macOS"),
    ("-macos.cdx.json", "bill of materials"),
    ("-setup.exe", "Windows"),
    (".msi", "Windows in companies"),
    ("-windows.cdx.json", "bill of materials"),
];

/// Fails unless `tag` may become a release.
pub fn check(root: &Path, tag: &str) -> Outcome {
    let section = version::ready(root, tag)?;
    println!("{tag} is version {}, and the changelog tells of it:\n\n{}", section.version, section.text);
    Ok(())
}

/// Takes the packages out of `folder`'s subfolders (one for each system, with the sums its builder took) into
/// `folder` itself, and writes the sums of all of them.
pub fn gather(folder: &Path) -> Outcome {
    for system in subfolders(folder)? {
        sums::check(&system)?;
        for file in sums::files(&system)? {
            let kept = folder.join(file.file_name().unwrap_or_default());
            if kept.exists() {
                return Err(format!("Two systems made a {}.", kept.display()));
            }
            fs::rename(&file, &kept).map_err(|error| format!("could not move {}: {error}", file.display()))?;
        }
        fs::remove_dir_all(&system).map_err(|error| format!("could not remove {}: {error}", system.display()))?;
    }
    let files = sums::files(folder)?;
    let names = files.iter().filter_map(|file| file.file_name()?.to_str());
    complete(version::CURRENT, &Vec::from_iter(names))?;
    sums::write(folder)
}

/// Drafts the release `tag` on GitHub with everything in `folder`. Needs GitHub's own program, its `GH_TOKEN`, and
/// `GITHUB_REPOSITORY` (`owner/name`), which every workflow has.
pub fn create(root: &Path, tag: &str, folder: &Path) -> Outcome {
    let section = version::ready(root, tag)?;
    sums::check(folder)?;
    let notes = folder.with_extension("notes.md");
    let repository = env::var("GITHUB_REPOSITORY").map_err(|_| "GITHUB_REPOSITORY is not set.")?;
    let text = notes_of(&repository, tag, &section.text);
    fs::write(&notes, text).map_err(|error| format!("could not write {}: {error}", notes.display()))?;
    let title = format!("Keyfolio {}", section.version);
    let asked = ["release", "create", tag, "--draft", "--verify-tag", "--title", &title];
    let gh = Tool::new("gh").within(root).args(asked).arg("--notes-file").arg(&notes);
    gh.args(sums::files(folder)?).arg(folder.join(sums::FILE)).run()
}

/// What the release says: the changelog's words, and how to be sure of a download.
fn notes_of(repository: &str, tag: &str, changes: &str) -> String {
    format!(
        "{changes}\n\n### Is it the real one?\n\n\
         `sha256sum --ignore-missing -c {}` compares a download with the list. \
         `gh attestation verify FILE --repo {repository}` shows that it was built from the tag `{tag}` of this \
         repository and by nobody's own computer.\n",
        sums::FILE
    )
}

/// Every kind of package exactly once, each of this version, and nothing else.
fn complete(version: &str, names: &[&str]) -> Outcome {
    let mut trouble = Vec::new();
    for (ending, whom) in EXPECTED {
        match names.iter().filter(|name| name.ends_with(ending)).count() {
            1 => {}
            0 => trouble.push(format!("No *{ending} ({whom}).")),
            many => trouble.push(format!("{many} times *{ending} ({whom}).")),
        }
    }
    for name in names {
        if !name.contains(version) {
            trouble.push(format!("{name} is not of version {version}."));
        }
        if !EXPECTED.iter().any(|(ending, _)| name.ends_with(ending)) {
            trouble.push(format!("Nobody expects {name}."));
        }
    }
    if trouble.is_empty() { Ok(()) } else { Err(trouble.join("\n")) }
}

fn subfolders(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    let mut folders: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use std::fs;

    use super::{EXPECTED, complete, gather};
    use crate::package::sums;
    use crate::version;

    #[test]
    fn packages_of_three_systems_become_one_set_with_one_list() {
        let version = version::CURRENT;
        let scratch = tempfile::tempdir().unwrap();
        for (system, endings) in [("linux", &EXPECTED[..4]), ("macos", &EXPECTED[4..6]), ("windows", &EXPECTED[6..])] {
            let folder = scratch.path().join(system);
            fs::create_dir(&folder).unwrap();
            for (ending, _) in endings {
                fs::write(folder.join(format!("keyfolio_{version}{ending}")), system).unwrap();
            }
            sums::write(&folder).unwrap();
        }

        gather(scratch.path()).unwrap();

        let list = fs::read_to_string(scratch.path().join(sums::FILE)).unwrap();
        assert_eq!(list.lines().count(), EXPECTED.len());
        assert!(!scratch.path().join("linux").exists());
    }

    #[test]
    fn a_package_changed_on_the_way_stops_the_release() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("linux");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("keyfolio.deb"), "made").unwrap();
        sums::write(&folder).unwrap();
        fs::write(folder.join("keyfolio.deb"), "swapped").unwrap();

        assert!(gather(scratch.path()).is_err_and(|trouble| trouble.contains("is not the file")));
    }

    #[test]
    fn a_set_with_a_stranger_a_gap_or_another_version_is_refused() {
        let whole: Vec<String> = EXPECTED.iter().map(|(ending, _)| format!("keyfolio-1.2.3{ending}")).collect();
        let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
        assert_eq!(complete("1.2.3", &whole), Ok(()));

        assert!(complete("1.2.3", &whole[1..]).is_err_and(|trouble| trouble == "No *.deb (Debian, Ubuntu)."));
        let more = [whole.clone(), vec!["keyfolio-1.2.3.zip"]].concat();
        assert!(complete("1.2.3", &more).is_err_and(|trouble| trouble == "Nobody expects keyfolio-1.2.3.zip."));
        assert!(complete("1.2.4", &whole).is_err_and(|trouble| trouble.contains("is not of version 1.2.4")));
    }
}
