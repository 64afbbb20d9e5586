//! Folders, rights and names of Linux and macOS. Everything is done relative to the folder held open.

use std::ffi::OsStr;
use std::fs::{DirBuilder, File, Metadata};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::Path;

use rustix::fs::{
    AtFlags, CWD, FileType, Mode, OFlags, RenameFlags, Stat, fchmod, fstat, fsync, linkat, llistxattr, openat,
    renameat, renameat_with, statat, unlinkat,
};
use rustix::io::Errno;

use super::places::Surroundings;
use super::{Entry, Existing};

/// A folder held open: what happens to its name meanwhile does not matter.
pub(super) struct Folder(OwnedFd);

/// Which file it is, whatever it is called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    device: u64,
    number: u64,
}

impl Mark {
    #[allow(clippy::unnecessary_cast, reason = "the types of these fields differ between systems")]
    const fn of(stat: &Stat) -> Self {
        Self { device: stat.st_dev as u64, number: stat.st_ino as u64 }
    }
}

impl Folder {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(openat(CWD, path, flags, Mode::empty())?))
    }

    pub(super) fn entry(&self, name: &OsStr) -> io::Result<Entry> {
        match statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(match FileType::from_raw_mode(stat.st_mode) {
                FileType::RegularFile => Entry::File,
                FileType::Symlink => Entry::Link,
                _ => Entry::Other,
            }),
            Err(Errno::NOENT) => Ok(Entry::Nothing),
            Err(error) => Err(error.into()),
        }
    }

    /// A new file, 0600 whatever the umask: the creation cannot give more, and the second call undoes what the
    /// umask took from the owner.
    pub(super) fn create(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR)?;
        // Where rights are not kept this fails or does nothing; `is_private` asks what came of it.
        let _ = fchmod(&file, Mode::RUSR | Mode::WUSR);
        Ok(File::from(file))
    }

    pub(super) fn is_private(&self, file: &File) -> io::Result<bool> {
        Ok(Mode::from_raw_mode(fstat(file)?.st_mode) & (Mode::RWXG | Mode::RWXO) == Mode::empty())
    }

    /// Gives the finished file its name.
    pub(super) fn name(&self, unfinished: &str, name: &OsStr, existing: Existing) -> io::Result<()> {
        if existing == Existing::Replace {
            return Ok(renameat(&self.0, unfinished, &self.0, name)?);
        }
        match renameat_with(&self.0, unfinished, &self.0, name, RenameFlags::NOREPLACE) {
            // The file system does not know the flag. A second name for the same file does not replace anything
            // either; killed between the two calls, both names remain, and `sweep` removes the first.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                linkat(&self.0, unfinished, &self.0, name, AtFlags::empty())?;
                Ok(unlinkat(&self.0, unfinished, AtFlags::empty())?)
            }
            other => Ok(other?),
        }
    }

    /// What tells a file from every other one while it exists.
    pub(super) fn mark(&self, file: &File) -> Option<Mark> {
        fstat(file).ok().map(|stat| Mark::of(&stat))
    }

    /// Removes the file of that name if it is the marked one.
    pub(super) fn take_back(&self, name: &OsStr, mark: Option<Mark>) -> io::Result<()> {
        let stat = statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
        if mark == Some(Mark::of(&stat)) { Ok(unlinkat(&self.0, name, AtFlags::empty())?) } else { Ok(()) }
    }

    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::empty())?)
    }

    /// Makes the new name survive a power cut.
    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(fsync(&self.0)?)
    }
}

pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// What rights, owner and marks say about a folder.
pub(super) fn surroundings(folder: &Path, metadata: &Metadata) -> Surroundings {
    let me = rustix::process::geteuid().as_raw();
    let everybody = metadata.mode() & 0o002 != 0;
    Surroundings {
        everybody_may_add: everybody,
        everybody_may_swap: everybody && metadata.mode() & 0o1000 == 0,
        anothers: metadata.uid() != me && metadata.uid() != 0,
        marks: marks(folder),
    }
}

/// Names of the extended attributes, which some services leave on the folders they keep in step.
fn marks(folder: &Path) -> Vec<String> {
    let mut buffer = [0_u8; 4096];
    let read = llistxattr(folder, &mut buffer).unwrap_or(0);
    let names = buffer[..read].split(|byte| *byte == 0);
    names.filter(|name| !name.is_empty()).map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}
