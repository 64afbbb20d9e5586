//! Snapshots: sealed copies of the whole vault, for the day the one file cannot be read.
//!
//! One is taken after every import, after a purge, and before an older app's file is brought to a newer schema. The
//! newest three are kept. They hold ciphertext only, and one taken before a purge or before a slot was replaced
//! is deleted as soon as a newer one exists (see `purge`). A snapshot has its final name only once it is complete
//! and on the disk. Restoring never overwrites: the damaged file is kept beside the restored one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::VaultError;
use crate::open::{Presence, Vault};
use crate::{DATABASE_FILE, disk, schema};

const FOLDER: &str = "snapshots";
const SUFFIX: &str = ".sqlite3";
const UNFINISHED: &str = "unfinished";
const KEPT: usize = 3;

/// A snapshot that can be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotInfo {
    /// Its file name: what [`restore_snapshot`] takes.
    pub name: String,
    /// When it was taken (milliseconds since 1970).
    pub taken_at: i64,
    /// How many keys it lists (removed ones not counted).
    pub keys: usize,
}

fn folder(dir: &Path) -> PathBuf {
    dir.join(FOLDER)
}

fn time_in(name: &str) -> Option<i64> {
    name.strip_suffix(SUFFIX).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

/// File names of finished snapshots with their times, newest first.
fn names(dir: &Path) -> io::Result<Vec<(i64, String)>> {
    let entries = match fs::read_dir(folder(dir)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        if let Ok(name) = entry?.file_name().into_string()
            && let Some(time) = time_in(&name)
        {
            names.push((time, name));
        }
    }
    names.sort_unstable_by(|a, b| b.cmp(a));
    Ok(names)
}

/// The snapshots that could be restored now, newest first. One that is damaged itself is not offered.
pub(crate) fn list(dir: &Path) -> Vec<SnapshotInfo> {
    let Ok(names) = names(dir) else { return Vec::new() };
    names
        .into_iter()
        .filter_map(|(taken_at, name)| {
            let connection = schema::connect_to_look(&folder(dir).join(&name)).ok()?;
            schema::check(&connection).ok()?;
            let keys: i64 = connection
                .query_row("SELECT count(*) FROM keys WHERE removed_at IS NULL", [], |row| row.get(0))
                .ok()?;
            Some(SnapshotInfo { name, taken_at, keys: usize::try_from(keys).ok()? })
        })
        .collect()
}

/// Takes a snapshot of what is committed and drops the ones too many. Returns its name.
pub(crate) fn take(connection: &Connection, dir: &Path, now_ms: i64) -> Result<String, VaultError> {
    let folder = folder(dir);
    disk::private_dir(&folder)?;
    let unfinished = folder.join(UNFINISHED);
    disk::remove_if_there(&unfinished)?;
    disk::remove_if_there(&disk::companion(&unfinished, "-journal"))?;
    // VACUUM INTO fills an empty file but would create one with everyone's rights.
    drop(disk::private_file().create_new(true).open(&unfinished)?);
    let target = unfinished.to_str().ok_or(VaultError::Internal("the data folder's path is not Unicode"))?;
    // VACUUM writes live rows only: nothing of a deleted row can hide in a free page of the copy.
    connection.execute("VACUUM INTO ?1", [target])?;
    disk::sync_file(&unfinished)?;
    // Times only go up, or a clock set back would make the newest snapshot look like the oldest.
    let newest = names(dir)?.first().map_or(0, |(time, _)| *time);
    let name = format!("{:013}{SUFFIX}", now_ms.max(newest.saturating_add(1)));
    fs::rename(&unfinished, folder.join(&name))?;
    disk::sync_dir(&folder)?;
    for (_, old) in names(dir)?.into_iter().skip(KEPT) {
        disk::remove_if_there(&folder.join(old))?;
    }
    Ok(name)
}

/// Deletes every snapshot but the named one.
pub(crate) fn keep_only(dir: &Path, name: &str) -> Result<(), VaultError> {
    let folder = folder(dir);
    for (_, old) in names(dir)?.into_iter().filter(|(_, old)| old != name) {
        disk::remove_if_there(&folder.join(old))?;
    }
    disk::sync_dir(&folder)?;
    Ok(())
}

/// Puts a snapshot in the place of a damaged (or missing) database. The damaged file stays in the data folder as
/// `keyfolio-damaged-<UTC date and time>.sqlite3`; its path is returned.
///
/// # Errors
/// [`VaultError::AlreadyPresent`] when the database can be read, [`VaultError::TooNew`] when it is a newer app's,
/// [`VaultError::NoSuchSnapshot`], or what the disk said. A kill at any point leaves a state this can be called on again.
pub fn restore_snapshot(dir: &Path, name: &str, now_ms: i64) -> Result<Option<PathBuf>, VaultError> {
    match Vault::inspect(dir)? {
        Presence::Damaged { snapshots } if snapshots.iter().any(|snapshot| snapshot.name == name) => {}
        Presence::Damaged { .. } | Presence::Absent => return Err(VaultError::NoSuchSnapshot),
        Presence::Present { .. } => return Err(VaultError::AlreadyPresent),
        Presence::TooNew { found, known } => return Err(VaultError::TooNew { found, known }),
    }
    replace(dir, name, now_ms).map_err(|error| disk::explain(dir, error))
}

fn replace(dir: &Path, name: &str, now_ms: i64) -> Result<Option<PathBuf>, VaultError> {
    let database = dir.join(DATABASE_FILE);
    let copy = disk::companion(&database, ".new");
    disk::remove_if_there(&copy)?;
    let mut from = fs::File::open(folder(dir).join(name))?;
    let mut to = disk::private_file().create_new(true).open(&copy)?;
    io::copy(&mut from, &mut to)?;
    drop(to);
    // A snapshot taken while older ones were being retired carries the mark to do so; here it would retire the rest.
    let unmark = Connection::open(&copy)?;
    unmark.execute("UPDATE vault SET retire_snapshots = 0", [])?;
    unmark.close().map_err(|(_, error)| error)?;
    disk::sync_file(&copy)?;

    let aside = free_name(dir, now_ms)?;
    let mut kept = None;
    if database.try_exists()? {
        fs::rename(&database, &aside)?;
        kept = Some(aside.clone());
    }
    // A write-ahead log left beside the restored file would be replayed into it.
    let log = disk::companion(&database, "-wal");
    if log.try_exists()? {
        fs::rename(&log, disk::companion(&aside, "-wal"))?;
    }
    disk::remove_if_there(&disk::companion(&database, "-shm"))?;
    disk::sync_dir(dir)?;
    fs::rename(&copy, &database)?;
    disk::sync_dir(dir)?;
    Ok(kept)
}

/// A name for the damaged file that overwrites nothing.
fn free_name(dir: &Path, now_ms: i64) -> Result<PathBuf, VaultError> {
    let (year, month, day, seconds) = civil(now_ms);
    let stamp = format!("{year:04}{month:02}{day:02}-{:02}{:02}{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    for extra in 0..1000 {
        let extra = if extra == 0 { String::new() } else { format!("-{extra}") };
        let path = dir.join(format!("keyfolio-damaged-{stamp}{extra}{SUFFIX}"));
        if !path.try_exists()? && !disk::companion(&path, "-wal").try_exists()? {
            return Ok(path);
        }
    }
    Err(VaultError::Internal("a thousand damaged files of one second"))
}

/// UTC year, month, day and second of the day (the proleptic Gregorian calendar, counted in 400-year eras from March).
fn civil(ms: i64) -> (i64, i64, i64, i64) {
    let seconds = ms.div_euclid(1000);
    let days = seconds.div_euclid(86_400) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day, seconds.rem_euclid(86_400))
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(civil(0), (1970, 1, 1, 0));
        assert_eq!(civil(951_782_400_000), (2000, 2, 29, 0));
        assert_eq!(civil(1_735_689_599_999), (2024, 12, 31, 86_399));
        assert_eq!(civil(4_107_542_400_000), (2100, 3, 1, 0));
    }
}
