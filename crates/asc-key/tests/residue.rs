//! After a key is gone, no copy of it is left in this process: our own memory is read through /proc and searched.
//!
//! Alone in its file: other tests running beside it would hold keys of their own.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use asc_key::{PrivateKey, file, parse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::{Zeroize as _, Zeroizing};

/// What is searched for, kept inverted so that the needle does not find itself.
struct Needle(Vec<u8>);

impl Needle {
    fn new(bytes: &[u8]) -> Self {
        Self(bytes.iter().map(|byte| !byte).collect())
    }

    fn count(&self, memory: &[u8]) -> usize {
        let (first, rest) = self.0.split_first().unwrap();
        let starts = memory.iter().enumerate().filter(|(_, byte)| **byte == !first).map(|(at, _)| at + 1);
        starts
            .filter(|at| {
                memory.get(*at..at + rest.len()).is_some_and(|seen| seen.iter().zip(rest).all(|(a, b)| *a == !b))
            })
            .count()
    }
}

/// The scalar as bytes, and the stretch of base64 in the middle of the PEM body that holds half of it.
fn needles(key: &PrivateKey) -> [Needle; 2] {
    let der = key.to_pkcs8_der();
    let mut text = Zeroizing::new([0u8; 24]);
    STANDARD.encode_slice(&der[48..66], text.as_mut_slice()).unwrap();
    [Needle::new(&der[36..68]), Needle::new(text.as_slice())]
}

/// Copies of each needle in all memory this process can write to.
fn copies(needles: &[Needle; 2]) -> [usize; 2] {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let memory = File::open("/proc/self/mem").unwrap();
    let mut found = [0, 0];
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let from = u64::from_str_radix(from, 16).unwrap();
        let to = u64::from_str_radix(to, 16).unwrap();
        let mut region = vec![0; usize::try_from(to - from).unwrap()];
        if memory.read_exact_at(&mut region, from).is_ok() {
            for (needle, count) in needles.iter().zip(&mut found) {
                *count += needle.count(&region);
            }
        }
        // A hit must not be found again as a copy in this buffer.
        region.zeroize();
    }
    found
}

/// Everything that happens to a key in its life here.
#[inline(never)]
fn life_of_a_key(path: &Path) -> [Needle; 2] {
    let bytes = file::read(path).unwrap();
    let parsed = parse(&bytes, Some("throwaway")).unwrap();
    let needles = needles(&parsed.key);
    let sealed = parsed.key.to_pkcs8_der();
    let pem = parsed.key.to_pkcs8_pem();
    let again = PrivateKey::from_pkcs8_der(&sealed).unwrap();
    assert_eq!(again.sign(b"message"), parsed.key.sign(b"message"));
    let [raw, text] = copies(&needles);
    assert!(raw > 0 && text > 0, "the search finds a key that is there: {raw}, {text}");
    drop(pem);
    needles
}

#[test]
fn nothing_is_left_of_a_key_that_was_dropped() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    for name in [
        "AuthKey_2X9R4HXF34.p8",
        "repair-many-at-once.p8",
        "repair-utf16-le.p8",
        "repair-quoted-and-escaped.p8",
        "repair-base64-of-pem.p8",
        "repair-raw-der.p8",
        "json-fastlane.json",
        "json-rcodesign.json",
        "ask-pbkdf2-aes256.p8",
        "ask-scrypt.p8",
    ] {
        let needles = life_of_a_key(&folder.join(name));
        assert_eq!(copies(&needles), [0, 0], "copies left of {name} (raw, base64)");
    }
}
