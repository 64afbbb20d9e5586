//! What is risky about a place, before a key lies there.
//!
//! A warning is never a refusal: people have reasons. It names what was seen, and nothing is guessed from what was
//! not: a folder without a warning is one where none of these signs was found.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::ignore::is_listed;
use super::surroundings;
use asc_key::codes;

codes! {
    /// Services that keep a folder in step with their computers.
    Cloud {
        /// iCloud Drive, or a Desktop and Documents folder kept in it.
        Icloud = "icloud",
        /// Dropbox.
        Dropbox = "dropbox",
        /// OneDrive.
        Onedrive = "onedrive",
        /// Google Drive.
        GoogleDrive = "google_drive",
        /// Box.
        Box = "box",
        /// Nextcloud or ownCloud.
        Nextcloud = "nextcloud",
        /// Proton Drive.
        ProtonDrive = "proton_drive",
        /// pCloud.
        Pcloud = "pcloud",
        /// MEGA.
        Mega = "mega",
        /// Syncthing, which keeps to one's own computers.
        Syncthing = "syncthing",
        /// Another one that macOS lists as cloud storage.
        Other = "other",
    }
}

/// Something risky about a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "HandoffPlaceWarning"))]
pub enum PlaceWarning {
    /// Inside a git work tree: the next commit may take the key along.
    GitWorkTree {
        /// The top of the work tree.
        root: String,
        /// Its `.gitignore` names the file already.
        listed: bool,
    },
    /// A service copies what is in it.
    CloudFolder {
        /// Which.
        service: Cloud,
    },
    /// Everybody who uses this computer may put files there, or swap them.
    EverybodyWrites,
    /// The folder belongs to another user.
    AnothersFolder,
    /// What lies there is removed sooner or later, and often seen by others.
    Temporary,
    /// Outside the user's own folder, so its rights are those of everybody.
    OutsideHome,
}

/// What is known about this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ground<'a> {
    /// The user's folder.
    pub home: Option<&'a Path>,
    /// The folder for temporary files.
    pub temporary: Option<&'a Path>,
}

/// What a system knows about a folder.
pub(super) struct Surroundings {
    /// Everybody may create files in it.
    pub(super) everybody_may_add: bool,
    /// Everybody may rename what is in it.
    pub(super) everybody_may_swap: bool,
    /// It is another user's, and not the system's.
    pub(super) anothers: bool,
    /// Names of its extended attributes.
    pub(super) marks: Vec<String>,
}

/// Folder names, in lower case, and whether the name has to be complete.
const NAMES: [(&str, bool, Cloud); 17] = [
    ("mobile documents", true, Cloud::Icloud),
    ("com~apple~clouddocs", true, Cloud::Icloud),
    ("icloud drive", true, Cloud::Icloud),
    ("iclouddrive", true, Cloud::Icloud),
    ("dropbox", true, Cloud::Dropbox),
    ("dropbox (", false, Cloud::Dropbox),
    ("onedrive", true, Cloud::Onedrive),
    ("onedrive -", false, Cloud::Onedrive),
    ("google drive", true, Cloud::GoogleDrive),
    ("googledrive", true, Cloud::GoogleDrive),
    ("box sync", true, Cloud::Box),
    ("nextcloud", true, Cloud::Nextcloud),
    ("owncloud", true, Cloud::Nextcloud),
    ("proton drive", true, Cloud::ProtonDrive),
    ("pcloud drive", true, Cloud::Pcloud),
    ("pclouddrive", true, Cloud::Pcloud),
    ("megasync", true, Cloud::Mega),
];

/// Beginnings of the folders in `Library/CloudStorage`, where macOS keeps them all.
const CLOUD_STORAGE: [(&str, Cloud); 6] = [
    ("dropbox", Cloud::Dropbox),
    ("onedrive", Cloud::Onedrive),
    ("googledrive", Cloud::GoogleDrive),
    ("box-", Cloud::Box),
    ("protondrive", Cloud::ProtonDrive),
    ("nextcloud", Cloud::Nextcloud),
];

/// Files that services leave at the top of what they keep.
const MARKERS: [(&str, Cloud); 5] = [
    (".dropbox.cache", Cloud::Dropbox),
    (".stfolder", Cloud::Syncthing),
    (".owncloudsync.log", Cloud::Nextcloud),
    (".nextcloudsync.log", Cloud::Nextcloud),
    (".tmp.driveupload", Cloud::GoogleDrive),
];

/// Beginnings of extended attributes.
const MARKS: [(&str, Cloud); 3] = [
    ("com.dropbox.", Cloud::Dropbox),
    ("user.com.dropbox.", Cloud::Dropbox),
    ("com.apple.icloud.desktop", Cloud::Icloud),
];

/// What is risky about writing to `target`. Links on the way are followed for this question, and only for it: a
/// link into a synchronized folder is a synchronized folder.
#[must_use]
pub fn warnings(target: &Path, ground: &Ground<'_>) -> Vec<PlaceWarning> {
    let Some(named) = target.parent() else { return Vec::new() };
    let real = fs::canonicalize(named).unwrap_or_else(|_| named.to_owned());
    let mut found = Vec::new();
    if let Some(root) = work_tree(&real) {
        let file = target.file_name().map(|name| real.join(name)).unwrap_or_else(|| real.clone());
        found.push(PlaceWarning::GitWorkTree {
            listed: is_listed(root, &file),
            root: root.to_string_lossy().into_owned(),
        });
    }
    if let Some(service) = cloud(&real).or_else(|| by_name(named)) {
        found.push(PlaceWarning::CloudFolder { service });
    }
    let around: Vec<Surroundings> = real.ancestors().filter_map(look).collect();
    let open_above = around.iter().skip(1).any(|one| one.everybody_may_swap);
    if open_above || around.first().is_some_and(|one| one.everybody_may_add) {
        found.push(PlaceWarning::EverybodyWrites);
    }
    if around.first().is_some_and(|one| one.anothers) {
        found.push(PlaceWarning::AnothersFolder);
    }
    if is_temporary(&real, ground) {
        found.push(PlaceWarning::Temporary);
    } else if outside_home(&real, ground) {
        found.push(PlaceWarning::OutsideHome);
    }
    found
}

fn look(folder: &Path) -> Option<Surroundings> {
    Some(surroundings(folder, &fs::metadata(folder).ok()?))
}

/// The top of the git work tree a folder lies in. `.git` is a file in linked work trees and submodules.
pub(super) fn work_tree(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|one| one.join(".git").symlink_metadata().is_ok())
}

fn cloud(folder: &Path) -> Option<Cloud> {
    by_name(folder).or_else(|| {
        folder.ancestors().find_map(|one| {
            let marker = MARKERS.iter().find(|(name, _)| one.join(name).symlink_metadata().is_ok());
            let mark = || {
                let marks = look(one)?.marks;
                MARKS
                    .iter()
                    .find(|(start, _)| marks.iter().any(|mark| mark.starts_with(start)))
                    .map(|(_, service)| *service)
            };
            marker.map(|(_, service)| *service).or_else(mark)
        })
    })
}

fn by_name(folder: &Path) -> Option<Cloud> {
    let names: Vec<String> =
        folder.components().map(|part| part.as_os_str().to_string_lossy().to_lowercase()).collect();
    let stored = names.iter().position(|name| name == "cloudstorage").and_then(|at| names.get(at + 1));
    if let Some(name) = stored {
        let known = CLOUD_STORAGE.iter().find(|(start, _)| name.starts_with(start));
        return Some(known.map_or(Cloud::Other, |(_, service)| *service));
    }
    let known = |name: &String| {
        let fits = |(text, whole, _): &&(&str, bool, Cloud)| if *whole { name == text } else { name.starts_with(text) };
        NAMES.iter().find(fits).map(|(_, _, service)| *service)
    };
    names.iter().find_map(known)
}

fn is_temporary(folder: &Path, ground: &Ground<'_>) -> bool {
    let usual = ["/tmp", "/var/tmp", "/private/tmp", "/private/var/tmp", "/dev/shm"].map(PathBuf::from);
    let given = ground.temporary.map(|path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()));
    usual.iter().chain(&given).any(|one| folder.starts_with(one))
}

/// Only where a file's rights are inherited does its place in the profile decide who may read it.
fn outside_home(folder: &Path, ground: &Ground<'_>) -> bool {
    let Some(home) = ground.home else { return false };
    let home = fs::canonicalize(home).unwrap_or_else(|_| home.to_owned());
    cfg!(windows) && !folder.starts_with(home)
}
