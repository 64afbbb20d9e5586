//! Does this copy of the program work on this computer? Asked without a window, before a bug report or by a package.
//!
//! Five parts, each on real ground: the arithmetic of signing, a vault on this disk, the keyring of this session, the
//! catalogue in this program, the way to Apple as far as it lies on this computer. Refuses to touch the user's vault:
//! the vault is a throwaway one in a folder of its own, the keyring's entry has a new random name, and both are gone
//! afterwards. Refuses to send anything to anybody.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use asc_access::{Area, Basis, Half, Role, Subject, catalogue, evaluate, operations};
use asc_client::{Connection, Here, KNOWS_APPLE_ONLY, Line};
use asc_key::{KeyKind, PrivateKey};
use uuid::Uuid;
use vault::{DATABASE_FILE, Keyring, MemoryKeyring, NewKey, NewSlots, OsKeyring, Unlock, Vault};
use zeroize::Zeroizing;

use crate::scalar::from_scalar;

/// One part of the program, and what came of trying it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was tried: `signing`, `vault`, `keyring`, `catalogue`, `apple`.
    pub part: &'static str,
    /// What went wrong, in English, for the terminal and a bug report. Never a path and never a secret.
    pub trouble: Option<String>,
}

/// [`run`] with the keyring of the operating system, which may ask the user to unlock it.
#[must_use]
pub fn of_this_computer(scratch: &Path) -> [Check; 5] {
    run(&OsKeyring::new(), scratch)
}

/// Tries every part, whatever came of the others. `scratch` is an existing folder in which a new one is made and erased.
#[must_use]
pub fn run(keyring: &dyn Keyring, scratch: &Path) -> [Check; 5] {
    [
        ("signing", signing()),
        ("vault", in_folder_of_its_own(scratch)),
        ("keyring", round_trip(keyring)),
        ("catalogue", whole_catalogue()),
        ("apple", line_to_apple()),
    ]
    .map(|(part, outcome)| Check { part, trouble: outcome.err() })
}

/// The example of RFC 6979, A.2.5: a published key, a message, and its ES256 signature.
const PUBLISHED_KEY: &str = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";
const MESSAGE: &[u8] = b"sample";
const SIGNATURE: &str = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716\
                         F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8";

/// The scalar of a throwaway key, recognisable in a file that should not hold it.
const THROWAWAY: &[u8; 32] = b"keyfolio self-test throwaway key";

fn private_key(scalar: &[u8]) -> Result<PrivateKey, String> {
    from_scalar(scalar).map_err(|_| "a valid key was refused".to_owned())
}

fn signing() -> Result<(), String> {
    let scalar: Vec<u8> = PUBLISHED_KEY.as_bytes().chunks(2).filter_map(from_hex).collect();
    let signature = private_key(&scalar)?.sign(MESSAGE);
    let signature: String = signature.iter().map(|byte| format!("{byte:02X}")).collect();
    expect(signature == SIGNATURE, "the signature is not the one RFC 6979 gives")
}

fn from_hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn in_folder_of_its_own(scratch: &Path) -> Result<(), String> {
    // A space and another script, because a user's name may have both.
    let folder = Erased(scratch.join(format!("keyfolio self-test é {}", Uuid::new_v4())));
    sealed_and_opened(&folder.0)
}

fn sealed_and_opened(dir: &Path) -> Result<(), String> {
    const NOW: i64 = 1_795_000_000_000;
    let keyring = MemoryKeyring::new();
    let slots = NewSlots { os: Some(&keyring), passphrase: None };
    let mut vault = Vault::create(dir, slots, NOW).map_err(said("making a vault"))?;
    let key = private_key(THROWAWAY)?;
    let fingerprint = key.fingerprint();
    let stored = vault.insert(&[throwaway(key)?], NOW).map_err(said("storing a key"))?;
    vault.lock();
    let file = std::fs::read(dir.join(DATABASE_FILE)).map_err(|_| "the vault's file cannot be read".to_owned())?;
    expect(!file.windows(THROWAWAY.len()).any(|bytes| bytes == THROWAWAY), "a key lies open in the vault's file")?;

    let vault = Vault::open(dir, Unlock::Os(&keyring), NOW).map_err(said("opening the vault"))?;
    let id = stored.first().map(|record| record.id).ok_or("the vault stored nothing")?;
    let opened = vault.open_key(id).map_err(said("opening a key"))?;
    vault.lock();
    expect(opened.fingerprint() == fingerprint, "the vault gave back another key")
}

fn throwaway(key: PrivateKey) -> Result<NewKey, String> {
    Ok(NewKey {
        key,
        name: "Throwaway".to_owned(),
        key_id: "SELFTEST00".parse().map_err(|_| "a valid Key ID was refused".to_owned())?,
        kind: KeyKind::Individual,
        roles: Vec::new(),
        issuer_id: None,
        source_name: None,
        look_alike: None,
        sources: Vec::new(),
        archives: None,
    })
}

fn round_trip(keyring: &dyn Keyring) -> Result<(), String> {
    let user = format!("self-test-{}", Uuid::new_v4());
    let secret = Zeroizing::new(format!("throwaway {}", Uuid::new_v4()));
    let written = keyring.write(&user, &secret).map_err(said("writing an entry"));
    let read = written.and_then(|()| keyring.read(&user).map_err(said("reading it")));
    // Also after a write that failed: it may have arrived all the same.
    let deleted = keyring.delete(&user);
    expect(read? == Some(secret), "the keyring gave back something else")?;
    deleted.map_err(said("deleting it"))?;
    let left = keyring.read(&user).map_err(said("looking again"))?;
    expect(left.is_none(), "the keyring kept what was deleted")
}

fn whole_catalogue() -> Result<(), String> {
    for kind in [KeyKind::Team, KeyKind::Individual] {
        for role in Role::ALL {
            let cells = evaluate(&Subject::new(kind, &[*role]), &[]);
            expect(cells.len() == Area::ALL.len(), "an area has no answer")?;
            for capability in catalogue().capabilities() {
                let finding = capability.finding(kind, *role);
                let sourced = finding.value == Half::Unknown || !finding.sources.is_empty();
                expect(
                    sourced && (finding.value == Half::Unknown) == (finding.basis == Basis::Unknown),
                    capability.code,
                )?;
            }
        }
    }
    expect(catalogue().capabilities().next().is_some() && !operations().is_empty(), "the catalogue is empty")
}

/// Whether a connection could be made, with the system's proxy and the system's authorities, and to whom. None is.
fn line_to_apple() -> Result<(), String> {
    let line = Line::open(&Connection::apple(), Arc::new(Here)).map_err(said("preparing a connection"))?;
    let known = line.origin().to_string() == "https://api.appstoreconnect.apple.com";
    // With samples it is no release, and may be led to a simulated Apple.
    expect(known && (KNOWS_APPLE_ONLY || cfg!(feature = "samples")), "another server than Apple's can be asked")
}

fn expect(holds: bool, otherwise: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

fn said<E: Display>(doing: &str) -> impl FnOnce(E) -> String {
    move |error| format!("{doing}: {error}")
}

/// A folder that is erased with its value.
struct Erased(PathBuf);

impl Drop for Erased {
    fn drop(&mut self) {
        // It holds nothing but throwaway data; what cannot be erased lies in the system's folder for such things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
