//! Folders, rights and names of Windows. A file inherits the rights of its folder: in a user's profile that is the
//! user, the system and the administrators, and outside it [`super::warnings`] says so.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::places::Surroundings;
use super::{Entry, Existing};

/// A folder by its name; while a file in it is open, Windows does not let it be renamed.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        if metadata.is_dir() { Ok(Self(path.to_owned())) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    pub(super) fn entry(&self, name: &OsStr) -> io::Result<Entry> {
        match fs::symlink_metadata(self.0.join(name)) {
            Ok(metadata) if metadata.is_symlink() => Ok(Entry::Link),
            Ok(metadata) if metadata.is_file() => Ok(Entry::File),
            Ok(_) => Ok(Entry::Other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Entry::Nothing),
            Err(error) => Err(error),
        }
    }

    /// A new file. Others may rename and remove it while it is open, which is how it gets its name, but not read it.
    pub(super) fn create(&self, name: &str) -> io::Result<File> {
        const FILE_SHARE_DELETE: u32 = 4;
        OpenOptions::new().write(true).create_new(true).share_mode(FILE_SHARE_DELETE).open(self.0.join(name))
    }

    /// By inheritance; see above.
    #[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "elsewhere it looks and can fail")]
    pub(super) const fn is_private(&self, _: &File) -> io::Result<bool> {
        Ok(true)
    }

    /// Gives the finished file its name. A second name for the same file does not replace anything, a rename does.
    pub(super) fn name(&self, unfinished: &str, name: &OsStr, existing: Existing) -> io::Result<()> {
        let (from, to) = (self.0.join(unfinished), self.0.join(name));
        if existing == Existing::Replace {
            return fs::rename(from, to);
        }
        fs::hard_link(&from, to).map_err(|error| match error.kind() {
            // A name too long is a path that leads nowhere, though its folder and what is to be named are there.
            io::ErrorKind::NotFound if from.is_file() => io::ErrorKind::InvalidFilename.into(),
            _ => error,
        })?;
        fs::remove_file(from)
    }

    /// Nothing that stable code could ask for.
    #[allow(clippy::unused_self, reason = "elsewhere it looks")]
    pub(super) const fn mark(&self, _: &File) {}

    /// Not without a mark: the file of that name may be somebody else's by now.
    #[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "elsewhere it removes and can fail")]
    pub(super) const fn take_back(&self, _: &OsStr, (): ()) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    /// There is no such call: NTFS journals names itself.
    #[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "elsewhere it can fail")]
    pub(super) const fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Rights are lists there, which the standard library does not read; the place in the profile speaks instead.
pub(super) const fn surroundings(_: &Path, _: &Metadata) -> Surroundings {
    Surroundings { everybody_may_add: false, everybody_may_swap: false, anothers: false, marks: Vec::new() }
}
