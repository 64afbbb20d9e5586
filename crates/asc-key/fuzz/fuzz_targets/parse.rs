//! Any bytes get an answer, in time and memory; what comes out as a key is one.
//!
//! The passphrase is always given, so that the key derivation and its limits are reached.
#![no_main]

use asc_key::{PrivateKey, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(parsed) = parse(bytes, Some("throwaway")) {
        let again = PrivateKey::from_pkcs8_der(&parsed.key.to_pkcs8_der()).expect("a sealed key opens again");
        assert_eq!(again.fingerprint(), parsed.key.fingerprint());
        assert!(parsed.repairs.is_sorted());
    }
});
