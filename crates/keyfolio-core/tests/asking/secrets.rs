//! What is stored of asking: no token, no key, whatever happened.

use std::fs;

use asc_access::Role;
use asc_client::Depth;
use asc_key::parse;
use asc_sim::{Fault, Pair, Trouble as Fails};

use crate::{Scene, team};

#[test]
fn no_token_and_no_key_is_in_any_file() {
    let pairs = [Pair::generate(), Pair::generate()];
    let own = team().team_key("2X9R4HXF34", &[Role::Admin], &pairs[0].public_key_der()).individual_key(
        "H4S9KD3WM7XB",
        "jonas",
        &pairs[1].public_key_der(),
    );
    let scene = Scene::new(own);
    let keys = [
        scene.team_key(&pairs[0], "2X9R4HXF34", &[Role::Admin]),
        scene.individual_key(&pairs[1], "H4S9KD3WM7XB", &[Role::Developer]),
        scene.team_key(&Pair::generate(), "N4Q8ZB7LKD", &[]),
    ];
    scene.apple.fault(Fault::new(Fails::Unauthorized).after(5).times(2));
    scene.begin_run(&keys.iter().collect::<Vec<_>>(), Depth::Thorough);
    scene.when_over();
    let data = scene.app.folder.path().join("data");
    // Once with the log of the database beside it, once without.
    for open in [true, false] {
        if !open {
            scene.app.core.close();
        }
        let files: Vec<_> = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(files.iter().any(|file| fs::read(file).is_ok_and(|bytes| holds(&bytes, b"GET /v1/apps"))));
        for file in files.iter().filter(|file| file.is_file()) {
            let bytes = fs::read(file).unwrap();
            assert!(!holds(&bytes, b"eyJ"), "a token is in {}", file.display());
            for pair in &pairs {
                let der = parse(pair.p8().as_bytes(), None).unwrap().key.to_pkcs8_der();
                // A scalar stands in every encoding of its key.
                for secret in der.windows(32).filter(|window| is_scalar(&der, window)) {
                    assert!(!holds(&bytes, secret), "a key is in {}", file.display());
                }
            }
        }
    }
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// The octet string of 32 bytes after `04 20` (RFC 5915).
fn is_scalar(der: &[u8], window: &[u8]) -> bool {
    der.windows(34).any(|octets| octets[..2] == [0x04, 0x20] && &octets[2..] == window)
}
