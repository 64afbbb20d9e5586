//! Throwaway sample keys, made afresh each time: for the demo, the benchmarks and the real-window tests.
//!
//! The names and Key IDs are invented and the private keys are random numbers. Apple knows none of them; a simulated
//! Apple may, and then the key files it wrote are taken.

use std::fs;
use std::path::Path;

use asc_key::{KeyId, KeyKind, PrivateKey, parse};
use vault::{NewKey, Vault};

use crate::scalar::from_scalar;

/// A team that does not exist.
const ISSUER_ID: &str = "57246542-96fe-1a63-e053-0824d011a9b3";

/// Name, Key ID, kind, roles.
type Sample = (&'static str, &'static str, KeyKind, &'static [&'static str]);

const SAMPLES: [Sample; 12] = [
    ("CI Release", "7GX4KQ2M9L", KeyKind::Team, &["APP_MANAGER"]),
    ("TestFlight Upload", "R2N8V5TQ4C", KeyKind::Team, &["DEVELOPER"]),
    ("Notarize — GitHub Actions", "K9D3WX7PZ2", KeyKind::Team, &["DEVELOPER"]),
    ("fastlane (old Mac mini)", "4JH6M2YB8S", KeyKind::Team, &["ADMIN"]),
    ("Sales → Warehouse", "V5C9QL3RT7", KeyKind::Team, &["SALES"]),
    ("Month-end export", "M8T2ZF6KX4", KeyKind::Team, &["FINANCE"]),
    ("Reviews bot", "B7W4NS9HD3", KeyKind::Team, &["CUSTOMER_SUPPORT"]),
    ("Store copy sync", "P3L7XR2VG6", KeyKind::Team, &[]),
    ("Mina Okafor — MacBook Pro", "Y6F2CT8JN5QA", KeyKind::Individual, &["DEVELOPER"]),
    ("Jonas Weber", "H4S9KD3WM7XB", KeyKind::Individual, &["APP_MANAGER"]),
    ("Priya (contractor)", "Z2Q6VB5XL9RC", KeyKind::Individual, &["MARKETING"]),
    ("Tomás — previous laptop", "C8N3RG7TF4PD", KeyKind::Individual, &["DEVELOPER", "CUSTOMER_SUPPORT"]),
];

/// A random P-256 private key.
///
/// # Panics
/// When the operating system has no randomness.
#[must_use]
#[allow(clippy::expect_used, reason = "samples have nobody to report to")]
pub fn throwaway_key() -> PrivateKey {
    let mut scalar = [0; 32];
    loop {
        getrandom::fill(&mut scalar).expect("the operating system has randomness");
        // All but one number in four thousand million is a key.
        if let Ok(key) = from_scalar(&scalar) {
            return key;
        }
    }
}

/// Fills an empty vault with `count` sample keys. Those with a file in `files`, named after the Key ID as Apple names
/// downloads, are that file's key.
///
/// # Panics
/// When they cannot be stored.
#[allow(clippy::expect_used, reason = "samples have nobody to report to")]
pub fn fill(vault: &mut Vault, count: usize, files: Option<&Path>, now: i64) {
    if count == 0 || vault.keys().is_ok_and(|keys| !keys.is_empty()) {
        return;
    }
    let new: Vec<NewKey> = (0..count).map(|index| sample(index, files)).collect();
    vault.insert(&new, now).expect("samples can be stored");
}

fn sample(index: usize, files: Option<&Path>) -> NewKey {
    let (name, key_id, kind, roles) = SAMPLES[index % SAMPLES.len()];
    let round = index / SAMPLES.len();
    let (name, key_id) = if round == 0 {
        (name.to_owned(), key_id.to_owned())
    } else {
        (format!("{name} {}", round + 1), format!("{}{round:04}", &key_id[..key_id.len() - 4]))
    };
    NewKey {
        key: files.and_then(|folder| from_file(folder, &key_id)).unwrap_or_else(throwaway_key),
        name,
        key_id: key_id.parse::<KeyId>().ok().unwrap_or_else(|| unreachable!("sample Key IDs are Key IDs")),
        kind,
        roles: roles.iter().map(ToString::to_string).collect(),
        issuer_id: if kind == KeyKind::Team { ISSUER_ID.parse().ok() } else { None },
        source_name: None,
        look_alike: None,
        sources: Vec::new(),
        archives: None,
    }
}

fn from_file(folder: &Path, key_id: &str) -> Option<PrivateKey> {
    let content =
        ["AuthKey", "ApiKey"].iter().find_map(|kind| fs::read(folder.join(format!("{kind}_{key_id}.p8"))).ok())?;
    parse(&content, None).ok().map(|parsed| parsed.key)
}
