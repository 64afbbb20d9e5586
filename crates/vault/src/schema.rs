//! The database: its pragmas, its tables, and the way forward from one schema to the next.
//!
//! Migrations only go forward, in one transaction. A file of a newer schema, or of another application, is not opened
//! for writing at all.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::VaultError;

/// "Kyfo": marks the file as ours for `file(1)` and for us (SQLite header, offset 68).
pub(crate) const APPLICATION_ID: i64 = 0x4b79_666f;

/// One step per schema number, starting at 1.
const MIGRATIONS: &[&str] = &[
    include_str!("schema_1.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
];

/// The newest schema this app knows.
pub(crate) const KNOWN: i64 = MIGRATIONS.len() as i64;

/// How long a second process is waited for before the answer is `Busy`.
const BUSY: Duration = Duration::from_secs(5);

/// Prepared statements kept: about as many as there are.
const STATEMENTS_KEPT: usize = 64;

/// Opens an existing file for writing, with the guarantees everything else builds on.
pub(crate) fn connect(path: &Path) -> Result<Connection, VaultError> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    let journal: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if journal != "wal" {
        return Err(VaultError::Internal("the file system cannot hold a write-ahead log"));
    }
    // FULL: an acknowledged commit survives a power cut (NORMAL loses it in WAL mode). The two fullfsync
    // pragmas say the same to macOS, whose plain fsync stops at the drive's cache.
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}

/// Opens a file to look at it: not one byte of it is written, whatever it holds.
pub(crate) fn connect_to_look(path: &Path) -> Result<Connection, VaultError> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
    Ok(connection)
}

/// Is this file ours, of a schema we know, and sound?
pub(crate) fn check(connection: &Connection) -> Result<(), VaultError> {
    let damaged = || VaultError::Damaged { snapshots: Vec::new() };
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION_ID {
        return Err(damaged());
    }
    let found = version(connection)?;
    if found > KNOWN {
        return Err(VaultError::TooNew { found, known: KNOWN });
    }
    if found < 1 {
        return Err(damaged());
    }
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(damaged());
    }
    Ok(())
}

/// Is this a file of an older schema, to be brought forward before it is used?
pub(crate) fn is_older(connection: &Connection) -> Result<bool, VaultError> {
    Ok(version(connection)? < KNOWN)
}

/// The file's schema number.
fn version(connection: &Connection) -> Result<i64, VaultError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings a file (new or old) to [`KNOWN`], all of it or nothing.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), VaultError> {
    if version(connection)? == KNOWN {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again inside the transaction: another process may have migrated while we waited.
    let found = version(&transaction)?;
    if found > KNOWN {
        return Err(VaultError::TooNew { found, known: KNOWN });
    }
    for step in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", KNOWN)?;
    transaction.commit()?;
    Ok(())
}
