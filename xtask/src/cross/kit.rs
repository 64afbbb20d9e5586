//! The folder of everything the gate needs and the checkout must not hold.
//!
//! Each part is made whole or made again: it carries a copy of its recipe, written last, so that an interrupted or
//! outdated part is never mistaken for a good one.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::{env, io};

use crate::process::Outcome;

/// The folder, held by this process alone for as long as the value lives.
#[derive(Debug)]
pub(crate) struct Kit {
    folder: PathBuf,
    _held: File,
}

/// Holds a part's recipe.
const RECIPE: &str = ".recipe";

impl Kit {
    /// Opens (or begins) the folder: `$CROSS_HOME`, else `~/.cache/keyfolio-cross`. Waits while another run has it.
    pub(crate) fn open() -> Result<Self, String> {
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let folder = set("CROSS_HOME")
            .or_else(|| Some(set("HOME")?.join(".cache/keyfolio-cross")))
            .ok_or("Neither CROSS_HOME nor HOME is set; the compilers for other systems need a place.")?;
        Self::at(&folder).map_err(|error| format!("could not use {}: {error}", folder.display()))
    }

    pub(crate) fn at(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        let held = File::create(folder.join("lock"))?;
        match held.try_lock() {
            Err(TryLockError::WouldBlock) => {
                println!("Another run is using {}; waiting for it", folder.display());
                held.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error),
            Ok(()) => {}
        }
        Ok(Self { folder, _held: held })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the part `place` with `make`, unless it was made by this very `recipe`. `about` is said before.
    pub(crate) fn part(
        &self,
        place: impl AsRef<Path>,
        about: &str,
        recipe: &str,
        make: impl FnOnce(&Path) -> Outcome,
    ) -> Outcome {
        let folder = self.folder.join(place);
        let stamp = folder.join(RECIPE);
        if fs::read_to_string(&stamp).is_ok_and(|made| made == recipe) {
            return Ok(());
        }
        println!("Setting up {about}");
        afresh(&folder)?;
        make(&folder)?;
        write(&stamp, recipe)
    }
}

/// Empties a folder, or begins it.
fn afresh(folder: &Path) -> Outcome {
    let cleared = if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) };
    cleared
        .and_then(|()| fs::create_dir_all(folder))
        .map_err(|error| format!("could not prepare {}: {error}", folder.display()))
}

/// Writes a file, naming it when that fails.
pub(super) fn write(path: &Path, content: &str) -> Outcome {
    fs::write(path, content).map_err(|error| format!("could not write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use std::path::PathBuf;
    use std::{env, fs, process};

    use super::Kit;

    /// A folder that goes with the test.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            Self(env::temp_dir().join(format!("keyfolio-kit-{name}-{}", process::id())))
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_part_is_made_once_per_recipe_and_afresh_for_a_new_one() {
        let scratch = Scratch::new("recipe");
        let kit = Kit::at(&scratch.0).unwrap();
        let make = |recipe: &str, content: &str| {
            kit.part("part", "a part", recipe, |folder| super::write(&folder.join(content), content))
        };
        make("first", "a").unwrap();
        make("first", "b").unwrap();
        assert!(!scratch.0.join("part/b").exists(), "made again without need");
        make("second", "c").unwrap();
        assert!(scratch.0.join("part/c").exists() && !scratch.0.join("part/a").exists());
    }

    #[test]
    fn a_part_that_failed_is_not_taken_for_a_good_one() {
        let scratch = Scratch::new("failed");
        let kit = Kit::at(&scratch.0).unwrap();
        let failed = kit.part("part", "a part", "recipe", |folder| {
            super::write(&folder.join("half"), "half")?;
            Err("interrupted".into())
        });
        assert_eq!(failed, Err("interrupted".into()));
        kit.part("part", "a part", "recipe", |_| Ok(())).unwrap();
        assert!(!scratch.0.join("part/half").exists());
    }
}
