//! Any name gets an answer, and a Key ID that is suggested stands in the name.
#![no_main]

use asc_key::file_name;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|name: &str| {
    let hints = file_name::hints(name);
    if let Some(id) = &hints.key_id {
        assert!(name.to_ascii_uppercase().contains(id.as_str()));
    }
    assert!(hints.kind.is_none() || hints.key_id.is_some());
});
