//! Every file in `tests/files`, as the inspector sees it, against the expectations in `tests/verdicts.txt`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap is the test's message")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use asc_key::{Refusal, RefusalCode, Repair, parse};
use serde_json::{Value, json};

#[path = "../examples/inspect.rs"]
#[allow(dead_code, reason = "the program's main is not called here")]
mod inspect;

const TABLE: &str = include_str!("verdicts.txt");

fn files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files")
}

fn seen(name: &str) -> Value {
    serde_json::to_value(inspect::inspect(&files().join(name))).unwrap()
}

/// The rows: file, verdict, code, repairs, key, Key ID, kind, issuer, look-alike; `-` for nothing.
fn rows() -> impl Iterator<Item = [&'static str; 9]> {
    TABLE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).map(|line| {
        let cells: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        cells.try_into().unwrap_or_else(|cells: Vec<_>| panic!("{} cells instead of 9: {line}", cells.len()))
    })
}

/// What OpenSSL computed when the files were made: `a` and `b` to SHA-256 of the public key.
fn fingerprints() -> BTreeMap<String, String> {
    let text = fs::read_to_string(files().join("openssl-fingerprints.txt")).unwrap();
    text.lines().map(|line| line.split_once(' ').unwrap()).map(|(key, hex)| (key.to_owned(), hex.to_owned())).collect()
}

/// Files that `openssl pkey -check` calls valid, to the fingerprint it computed.
fn valid_to_openssl() -> BTreeMap<String, String> {
    let text = fs::read_to_string(files().join("openssl-valid.txt")).unwrap();
    text.lines().map(|line| line.split_once('\t').unwrap()).map(|(key, hex)| (key.to_owned(), hex.to_owned())).collect()
}

#[test]
fn every_file_gets_the_verdict_in_the_table() {
    let fingerprints = fingerprints();
    let text = |cell: &str| if cell == "-" { Value::Null } else { json!(cell) };
    for [file, verdict, code, repairs, key, key_id, kind, issuer_id, look_alike] in rows() {
        let repairs: Vec<&str> = repairs.split(',').filter(|repair| *repair != "-").collect();
        let expected = json!({
            "file": files().join(file).to_str().unwrap(),
            "verdict": verdict,
            "code": text(code),
            "repairs": repairs,
            "fingerprint": fingerprints.get(key),
            "key_id": text(key_id),
            "kind": text(kind),
            "issuer_id": text(issuer_id),
            "look_alike": text(look_alike),
        });
        assert_eq!(seen(file), expected, "{file}");
    }
}

#[test]
fn the_table_and_the_folder_hold_the_same_files() {
    let listed: BTreeSet<String> = rows().map(|row| row[0].to_owned()).collect();
    let present: BTreeSet<String> = fs::read_dir(files())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".p8") || name.ends_with(".json"))
        .collect();
    assert_eq!(listed, present);
    assert!(listed.len() >= 40, "{} files", listed.len());
}

#[test]
fn every_kind_of_repair_and_of_wrong_content_has_a_file() {
    let repairs: BTreeSet<&str> = rows().flat_map(|row| row[3].split(',')).collect();
    let codes: BTreeSet<&str> = rows().map(|row| row[2]).collect();
    let missing: Vec<&str> =
        RefusalCode::ALL.iter().map(|code| code.code()).filter(|code| !codes.contains(code)).collect();
    // These five depend on the file system, not on content; tests/opening has them.
    assert_eq!(missing, ["not_regular_file", "not_found", "unreadable", "cloud_placeholder", "empty_folder"]);
    // Thirteen ways to be repaired without a passphrase, and the dash.
    assert_eq!(repairs.len(), 14, "{repairs:?}");
}

#[test]
fn openssl_agrees_on_the_keys_that_are_accepted() {
    let openssl = valid_to_openssl();
    for [file, verdict, ..] in rows() {
        if let Some(hex) = openssl.get(file).filter(|_| matches!(verdict, "accept" | "repair")) {
            assert_eq!(seen(file)["fingerprint"], json!(hex), "{file}");
        }
        // OpenSSL 3.0 does not read version 2 of PKCS#8, which RFC 5958 defines.
        if verdict == "accept" && file != "accept-version-2.p8" {
            assert!(openssl.contains_key(file), "{file} is accepted, but not valid to OpenSSL");
        }
    }
}

#[test]
fn openssl_agrees_on_the_keys_that_are_wrong() {
    let openssl = valid_to_openssl();
    for [file, _, code, ..] in rows() {
        if matches!(code, "zero_scalar" | "scalar_out_of_range" | "public_key_mismatch" | "truncated") {
            assert!(!openssl.contains_key(file), "{file} is refused as {code}, but valid to OpenSSL");
        }
    }
}

#[test]
fn a_passphrase_opens_what_asked_for_one() {
    let key = &fingerprints()["a"];
    for [file, verdict, ..] in rows().filter(|row| row[1] == "ask") {
        let bytes = fs::read(files().join(file)).unwrap();
        let open = |passphrase| parse(&bytes, Some(passphrase));
        assert_eq!(verdict, "ask");
        assert_eq!(open("wrong").unwrap_err(), Refusal::WrongPassphrase, "{file}");
        assert_eq!(open("").unwrap_err(), Refusal::WrongPassphrase, "{file}");
        match open("throwaway") {
            Ok(parsed) => {
                assert_eq!(parsed.key.fingerprint().to_string(), *key, "{file}");
                assert!(parsed.repairs.contains(&Repair::Decrypted), "{file}");
            }
            Err(refusal) => {
                assert_eq!((file, refusal), ("ask-then-rsa.p8", RefusalCode::RsaKey.into()));
            }
        }
    }
}

#[test]
fn wrong_passphrases_never_say_anything_else() {
    // One in 256 wrong passphrases leaves valid padding behind. One round of PBKDF2 makes 2,000 tries cheap.
    let bytes = fs::read(files().join("ask-pbkdf2-aes128.p8")).unwrap();
    for number in 0..2_000 {
        let refusal = parse(&bytes, Some(&format!("wrong {number}"))).unwrap_err();
        assert_eq!(refusal, Refusal::WrongPassphrase, "wrong {number}");
    }
}

#[test]
fn what_is_written_is_what_openssl_writes() {
    let pem = fs::read(files().join("AuthKey_2X9R4HXF34.p8")).unwrap();
    let key = parse(&pem, None).unwrap().key;
    assert_eq!(key.to_pkcs8_pem().as_bytes(), pem);
    assert_eq!(*key.to_pkcs8_der(), fs::read(files().join("repair-raw-der.p8")).unwrap());
    assert_eq!(key.public_key_der(), fs::read(files().join("refuse-public-key-der.p8")).unwrap());
}

#[test]
fn a_line_has_every_field_in_order_and_no_key() {
    let line = serde_json::to_string(&inspect::inspect(Path::new("no/such/AuthKey_2X9R4HXF34.p8"))).unwrap();
    assert_eq!(
        line,
        r#"{"file":"no/such/AuthKey_2X9R4HXF34.p8","verdict":"refuse","code":"not_found","repairs":[],"fingerprint":null,"key_id":"2X9R4HXF34","kind":"team","issuer_id":null,"look_alike":null}"#
    );
    let body = fs::read_to_string(files().join("AuthKey_2X9R4HXF34.p8")).unwrap();
    let line = serde_json::to_string(&inspect::inspect(&files().join("AuthKey_2X9R4HXF34.p8"))).unwrap();
    assert!(body.lines().all(|text| !line.contains(text)));
}
