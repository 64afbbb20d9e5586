//! What every test of the vault needs: throwaway keys, a keyring in a file, a folder on RAM.
#![allow(dead_code, reason = "each test binary uses its own part of this module")]

use std::fs;
use std::path::{Path, PathBuf};

use asc_key::{KeyKind, PrivateKey};
use tempfile::TempDir;
use vault::{
    AnswerRecord, AskedAs, DATABASE_FILE, HandedKey, Handoff, KeyRecord, Keyring, KeyringTrouble, NewKey, NewSlots,
    Note, NotedKey, Settled, Vault,
};
use zeroize::Zeroizing;

/// A moment; every test counts on from here.
pub(crate) const NOW: i64 = 1_795_000_000_000;

/// A passphrase long enough, used in tests only.
pub(crate) const PASSPHRASE: &str = "throwaway test passphrase";

/// The scalar of a throwaway key, recognisable in a hex dump. Never a key of Apple's.
pub(crate) fn scalar(seed: u16) -> [u8; 32] {
    let mut scalar = *b"\x01keyfolio throwaway test key\0\0\0\0";
    scalar[30..].copy_from_slice(&seed.to_be_bytes());
    scalar
}

/// A throwaway private key: one per seed.
pub(crate) fn private_key(seed: u16) -> PrivateKey {
    // PKCS#8 (RFC 5958) around an ECPrivateKey (RFC 5915) of prime256v1 without its public key.
    let mut der = vec![
        0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20,
    ];
    der.extend_from_slice(&scalar(seed));
    PrivateKey::from_pkcs8_der(&der).expect("a throwaway key is a valid key")
}

/// A key to store, its fields derived from the seed.
pub(crate) fn new_key(seed: u16) -> NewKey {
    NewKey {
        key: private_key(seed),
        name: format!("Throwaway {seed}"),
        key_id: format!("TEST{seed:06}").parse().expect("a Key ID"),
        kind: if seed.is_multiple_of(2) { KeyKind::Team } else { KeyKind::Individual },
        roles: if seed.is_multiple_of(2) { vec!["APP_MANAGER".to_owned()] } else { Vec::new() },
        issuer_id: seed
            .is_multiple_of(2)
            .then(|| "69a6de70-03db-47e3-e053-5b8c7c11a4d1".parse().expect("an Issuer ID")),
        source_name: Some(format!("AuthKey_TEST{seed:06}.p8")),
        look_alike: None,
        sources: vec![PathBuf::from(format!("/downloads/AuthKey_TEST{seed:06}.p8"))],
        archives: None,
    }
}

/// A folder in memory where there is one: what is tested is order and completeness, not the speed of this disk.
pub(crate) fn folder() -> TempDir {
    let ram = Path::new("/dev/shm");
    if ram.is_dir() { tempfile::tempdir_in(ram) } else { tempfile::tempdir() }.expect("a temporary folder")
}

/// A keyring kept in a folder, so that two processes can share it.
pub(crate) struct FolderKeyring(pub(crate) PathBuf);

impl Keyring for FolderKeyring {
    fn read(&self, user: &str) -> Result<Option<Zeroizing<String>>, KeyringTrouble> {
        match fs::read_to_string(self.0.join(user)) {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(KeyringTrouble::Refused),
        }
    }

    fn write(&self, user: &str, secret: &Zeroizing<String>) -> Result<(), KeyringTrouble> {
        fs::create_dir_all(&self.0).map_err(|_| KeyringTrouble::Refused)?;
        fs::write(self.0.join(user), secret.as_bytes()).map_err(|_| KeyringTrouble::Refused)
    }

    fn delete(&self, user: &str) -> Result<(), KeyringTrouble> {
        let _ = fs::remove_file(self.0.join(user));
        Ok(())
    }
}

/// A new vault with an `os` slot in `keyring`.
pub(crate) fn create(dir: &Path, keyring: &dyn Keyring) -> Vault {
    Vault::create(dir, NewSlots { os: Some(keyring), passphrase: None }, NOW).expect("a new vault")
}

/// The schemas older versions of the app made, as they made them: the first, and what each later one added to it.
const OLDER: [&str; 3] = [
    include_str!("../../src/schema_1.sql"),
    include_str!("../../src/schema_2.sql"),
    include_str!("../../src/schema_3.sql"),
];

/// Rewrites the database of a locked vault as the version of the app with this schema would have left it: its very
/// tables, the same rows without what it did not know. Snapshots go, so that the next one found is a new one.
pub(crate) fn as_schema(number: usize, dir: &Path) {
    let (database, old) = (dir.join(DATABASE_FILE), dir.join("old"));
    let made = rusqlite::Connection::open(&old).expect("a new file");
    OLDER[..number].iter().for_each(|step| made.execute_batch(step).expect("the older schema"));
    made.execute("ATTACH ?1 AS now", [database.to_str().expect("a Unicode path")]).expect("the vault as it is");
    // In the order they were made: what is referred to comes before what refers to it.
    let tables: String = made
        .query_row(
            "SELECT group_concat(name) FROM (SELECT name FROM main.sqlite_schema \
             WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'issuers' ORDER BY rowid)",
            [],
            |row| row.get(0),
        )
        .expect("the tables");
    for table in tables.split(',').chain(["issuers"]) {
        let columns: String = made
            .query_row("SELECT group_concat(name) FROM pragma_table_info(?1, 'main')", [table], |row| row.get(0))
            .expect("the table's columns");
        let copy = format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}");
        made.execute(&copy, []).expect("the rows");
    }
    let marks = format!(
        "DETACH now; PRAGMA application_id = 0x4b79666f; PRAGMA user_version = {number}; PRAGMA journal_mode = WAL"
    );
    made.execute_batch(&marks).expect("the marks of a vault");
    made.close().expect("a closed file");
    fs::rename(&old, &database).expect("the old file in its place");
    fs::remove_dir_all(dir.join("snapshots")).expect("the folder of snapshots");
}

/// The schema number a database file carries, and the one its tables are of.
pub(crate) fn schema_of(database: &Path) -> (i64, i64) {
    let file = rusqlite::Connection::open(database).expect("a database");
    let number = file.pragma_query_value(None, "user_version", |row| row.get(0)).expect("its schema number");
    let tables = "SELECT 1 + (SELECT count(*) FROM pragma_table_info('keys') WHERE name = 'guards') \
                  + (SELECT count(*) FROM sqlite_schema WHERE name IN ('activity', 'receipts') AND type = 'table')";
    (number, file.query_row(tables, [], |row| row.get(0)).expect("its tables"))
}

/// A note about a key, or about none.
pub(crate) fn note(what: &str, about: Option<&KeyRecord>) -> Note {
    Note {
        at: NOW,
        what: what.to_owned(),
        topic: "keys".to_owned(),
        failure: false,
        key: about.map(NotedKey::from),
        found_by: about.map(|key| key.name.to_lowercase()).unwrap_or_default(),
        detail: "{}".to_owned(),
    }
}

/// An answer about a capability.
pub(crate) fn answer(capability: &str, reading: &str) -> AnswerRecord {
    AnswerRecord {
        capability: capability.to_owned(),
        reading: reading.to_owned(),
        request: format!("GET /v1/{capability}?limit=1"),
        status: Some(200),
        apple: None,
        request_id: Some("THROWAWAY-REQUEST".to_owned()),
        at: NOW,
    }
}

/// A verdict on a key as it is recorded.
pub(crate) fn settled(verdict: &str, key: &KeyRecord) -> Settled {
    let asked = AskedAs { key_id: key.key_id.clone(), kind: key.kind, issuer_id: key.issuer_id.clone() };
    Settled { verdict: verdict.to_owned(), at: NOW, asked }
}

/// A key leaves for a place.
pub(crate) fn handoff(key: &KeyRecord, tool: &str, destination: &str) -> Handoff {
    Handoff {
        at: NOW,
        key: HandedKey::from(key),
        tool: tool.to_owned(),
        form: Some(format!("{tool}_json")),
        destination: destination.to_owned(),
        way: "file".to_owned(),
        path: Some(PathBuf::from("/home/someone/key.json")),
        warnings: "[]".to_owned(),
    }
}

/// Copies a folder and what is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the copy's folder");
    for entry in fs::read_dir(from).expect("the folder to copy") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("its type").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Every file below a folder.
pub(crate) fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}
