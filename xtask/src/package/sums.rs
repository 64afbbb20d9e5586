//! `SHA256SUMS`: what anybody can hold a downloaded package against, with `sha256sum -c SHA256SUMS`.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::process::Outcome;

/// Name of the list.
pub const FILE: &str = "SHA256SUMS";

/// Writes the list for every file in `folder` but itself. Names stand in order, so that the same files give the same
/// list.
pub fn write(folder: &Path) -> Outcome {
    let mut list = String::new();
    for file in files(folder)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        list.push_str(&format!("{}  {name}\n", of(&file)?));
    }
    let path = folder.join(FILE);
    fs::write(&path, list).map_err(|error| format!("could not write {}: {error}", path.display()))
}

/// Holds every file in `folder` against its list: none missing, none changed, none besides.
pub fn check(folder: &Path) -> Outcome {
    let path = folder.join(FILE);
    let list = fs::read_to_string(&path).map_err(|error| format!("could not read {}: {error}", path.display()))?;
    let mut listed = Vec::new();
    for line in list.lines() {
        let (sum, name) = line.split_once("  ").ok_or_else(|| format!("{}: not a sum: {line}", path.display()))?;
        let file = folder.join(name);
        if of(&file)? != sum {
            return Err(format!("{} is not the file its sum was taken of", file.display()));
        }
        listed.push(file);
    }
    let strangers: Vec<_> = files(folder)?.into_iter().filter(|file| !listed.contains(file)).collect();
    if strangers.is_empty() { Ok(()) } else { Err(format!("Without a sum in {}: {strangers:?}", path.display())) }
}

/// The files of a folder in order of their names, without the list.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> = paths.filter(|path| path.is_file() && !path.ends_with(FILE)).collect();
    files.sort();
    Ok(files)
}

fn of(file: &Path) -> Result<String, String> {
    let bytes = fs::read(file).map_err(|error| format!("could not read {}: {error}", file.display()))?;
    Ok(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use std::fs;

    use super::{FILE, check, write};

    #[test]
    fn the_list_has_the_form_sha256sum_reads() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path();
        fs::write(folder.join("b.deb"), "").unwrap();
        fs::write(folder.join("a.dmg"), "abc").unwrap();

        write(folder).unwrap();
        write(folder).unwrap();

        assert_eq!(
            fs::read_to_string(folder.join(FILE)).unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.dmg\n\
             e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b.deb\n"
        );
        assert_eq!(check(folder), Ok(()));
    }

    #[test]
    fn a_changed_a_missing_and_an_unlisted_file_are_refused() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path();
        fs::write(folder.join("a.deb"), "abc").unwrap();
        write(folder).unwrap();

        fs::write(folder.join("b.deb"), "").unwrap();
        assert!(check(folder).is_err_and(|trouble| trouble.contains("b.deb")));
        fs::remove_file(folder.join("b.deb")).unwrap();
        fs::write(folder.join("a.deb"), "abd").unwrap();
        assert!(check(folder).is_err_and(|trouble| trouble.contains("is not the file")));
        fs::remove_file(folder.join("a.deb")).unwrap();
        assert!(check(folder).is_err_and(|trouble| trouble.contains("could not read")));
    }
}
