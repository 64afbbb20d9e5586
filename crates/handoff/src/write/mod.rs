//! Writing a secret where a tool will look for it: its owner's alone from the first byte, whole or not at all.
//!
//! The file is made under a name nobody knows, in the same folder, with mode 0600 at its creation; it gets its own
//! name only when every byte is on the disk. So whoever kills this program finds the old file or the new one. The
//! folder is held open meanwhile, so that what was checked is what is written to.
//!
//! What it refuses: to replace anything unasked, to replace a link or anything but a file, to follow one, to write
//! with wider rights because a file system knows no better unless that was accepted, and to write what was not
//! proved. What differs between systems is in `unix.rs` and `windows.rs`.

mod ignore;
mod places;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use thiserror::Error;

#[cfg(unix)]
use unix::{Folder, private_folder, surroundings};
#[cfg(windows)]
use windows::{Folder, private_folder, surroundings};

pub use ignore::{IgnoreLine, ignore_line};
pub use places::{Cloud, Ground, PlaceWarning, warnings};

use crate::prove::{NotProven, prove, prove_file};
use crate::render::Output;

/// How the names of unfinished files begin. Sixteen hexadecimal digits follow.
const UNFINISHED: &str = ".keyfolio-handoff-";

/// What to do when there is a file of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leave it and say so.
    Keep,
    /// The user was asked and wants it replaced.
    Replace,
}

/// What to do where rights cannot be kept, as on a memory stick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// Write nothing there.
    Required,
    /// The user was told and wants it all the same.
    AsFolderAllows,
}

/// What an entry of a folder is, links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Nothing,
    File,
    Link,
    Other,
}

/// A file that was written and proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// There was a file of that name before.
    pub replaced: bool,
    /// It is its owner's alone. False only with [`Rights::AsFolderAllows`].
    pub private: bool,
}

/// Why nothing was written. Whatever it is, what was there before is untouched and no part of the secret is left,
/// except with [`WriteRefusal::NotProvenAfter`]: then the new file is removed as far as it can still be told from
/// another, and one it replaced is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WriteRefusal {
    /// The path names no file in a folder.
    #[error("that is no name for a file")]
    Name,
    /// The folder is not there.
    #[error("the folder is not there")]
    NoFolder,
    /// There is a file of that name, and replacing it was not asked for.
    #[error("there is a file of that name")]
    Exists,
    /// There is a link of that name. What it leads to is nobody's to overwrite.
    #[error("there is a link of that name")]
    Link,
    /// There is a folder, a pipe or a device of that name.
    #[error("there is something of that name that is no file")]
    NotAFile,
    /// The folder may not be written to.
    #[error("the folder may not be written to")]
    NotAllowed,
    /// The disk is full, or the user's share of it.
    #[error("the disk is full")]
    DiskFull,
    /// The folder's file system does not keep rights; nothing was written to it yet.
    #[error("files there cannot be kept to their owner")]
    RightsNotKept,
    /// The disk failed in another way.
    #[error("the file could not be written")]
    Failed,
    /// The output does not read back as this key; it was not written.
    #[error(transparent)]
    NotProven(NotProven),
    /// What lies on the disk now is not what was written: something else changed it.
    #[error("the file was changed while it was written")]
    NotProvenAfter(NotProven),
}

impl WriteRefusal {
    /// The code as written in data.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "handoff_name",
            Self::NoFolder => "handoff_no_folder",
            Self::Exists => "handoff_exists",
            Self::Link => "handoff_link",
            Self::NotAFile => "handoff_not_a_file",
            Self::NotAllowed => "handoff_not_allowed",
            Self::DiskFull => "handoff_disk_full",
            Self::RightsNotKept => "handoff_rights_not_kept",
            Self::Failed => "handoff_failed",
            Self::NotProven(why) => why.code(),
            Self::NotProvenAfter(_) => "handoff_changed_meanwhile",
        }
    }

    fn of(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::NotFound | Kind::NotADirectory => Self::NoFolder,
            Kind::AlreadyExists => Self::Exists,
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Self::NotAllowed,
            Kind::StorageFull | Kind::QuotaExceeded => Self::DiskFull,
            Kind::InvalidFilename | Kind::InvalidInput => Self::Name,
            Kind::IsADirectory => Self::NotAFile,
            _ => Self::Failed,
        }
    }
}

/// Proves an output, writes it to `target` and proves what lies there.
///
/// # Errors
/// [`WriteRefusal`].
pub fn write(output: &Output, target: &Path, existing: Existing, rights: Rights) -> Result<Written, WriteRefusal> {
    prove(output).map_err(WriteRefusal::NotProven)?;
    let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else { return Err(WriteRefusal::Name) };
    if !target.is_absolute() {
        return Err(WriteRefusal::Name);
    }
    let of = |error: io::Error| WriteRefusal::of(&error);
    let folder = Folder::open(parent).map_err(of)?;
    let replaced = may_write(&folder, name, existing)?;

    let unfinished = unfinished_name().ok_or(WriteRefusal::Failed)?;
    let file = folder.create(&unfinished).map_err(of)?;
    let done = fill(&folder, &file, output, rights).and_then(|private| {
        folder.name(&unfinished, name, existing).map_err(|error| refused_name(&folder, name, &error))?;
        Ok(private)
    });
    let mark = folder.mark(&file);
    drop(file);
    let private = done.inspect_err(|_| {
        // The answer is the first error; what cannot be removed now is removed by `sweep`.
        let _ = folder.remove(&unfinished);
    })?;
    // The name is there; whether it survives a power cut is all that is left to fail.
    folder.sync().map_err(of)?;
    prove_file(output, target).map_err(|why| {
        // It can only be said to have failed: then no key may be left where nobody knows of it.
        let _ = folder.take_back(name, mark);
        WriteRefusal::NotProvenAfter(why)
    })?;
    Ok(Written { replaced, private })
}

/// Whether the name is free to be written: `true` if that replaces a file.
fn may_write(folder: &Folder, name: &OsStr, existing: Existing) -> Result<bool, WriteRefusal> {
    match folder.entry(name).map_err(|error| WriteRefusal::of(&error))? {
        Entry::Nothing => Ok(false),
        Entry::File if existing == Existing::Replace => Ok(true),
        Entry::File => Err(WriteRefusal::Exists),
        Entry::Link => Err(WriteRefusal::Link),
        Entry::Other => Err(WriteRefusal::NotAFile),
    }
}

/// Something took the name between the look and the write.
fn refused_name(folder: &Folder, name: &OsStr, error: &io::Error) -> WriteRefusal {
    match (WriteRefusal::of(error), folder.entry(name)) {
        (WriteRefusal::Exists, Ok(Entry::Link)) => WriteRefusal::Link,
        (WriteRefusal::Exists, Ok(Entry::Other)) => WriteRefusal::NotAFile,
        (other, _) => other,
    }
}

/// Narrows the empty file, fills it and waits for the disk. Answers whether it is its owner's alone.
fn fill(folder: &Folder, mut file: &File, output: &Output, rights: Rights) -> Result<bool, WriteRefusal> {
    let of = |error: io::Error| WriteRefusal::of(&error);
    let private = folder.is_private(file).map_err(of)?;
    if !private && rights == Rights::Required {
        return Err(WriteRefusal::RightsNotKept);
    }
    file.write_all(output.expose().as_bytes()).map_err(of)?;
    file.sync_all().map_err(of)?;
    Ok(private)
}

/// Creates a folder and what is missing above it, for its owner alone. Folders that are there keep their rights.
///
/// # Errors
/// [`WriteRefusal`].
pub fn create_folder(path: &Path) -> Result<(), WriteRefusal> {
    private_folder(path).map_err(|error| WriteRefusal::of(&error))
}

/// Removes what a killed write left in a folder: files with the name of an unfinished one. Answers how many.
///
/// Whoever writes notes the folder before and calls this at the next start.
///
/// # Errors
/// [`WriteRefusal`] if the folder cannot be looked into or a file cannot be removed.
pub fn sweep(folder: &Path) -> Result<usize, WriteRefusal> {
    let of = |error: io::Error| WriteRefusal::of(&error);
    let mut removed = 0;
    for entry in fs::read_dir(folder).map_err(of)? {
        let entry = entry.map_err(of)?;
        let unfinished = entry.file_name().to_str().is_some_and(is_unfinished);
        if unfinished && entry.file_type().map_err(of)?.is_file() {
            fs::remove_file(entry.path()).map_err(of)?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn unfinished_name() -> Option<String> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).ok()?;
    Some(format!("{UNFINISHED}{:016x}", u64::from_ne_bytes(bytes)))
}

fn is_unfinished(name: &str) -> bool {
    let digits = name.strip_prefix(UNFINISHED);
    digits.is_some_and(|digits| digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
