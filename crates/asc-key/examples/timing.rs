//! Times making one token, and the signature alone, in this process: one JSON line of microseconds.
//!
//! `sh crates/asc-key/tests/independent/run.sh times` asks OpenSSL, PyJWT and jose in the same run;
//! `cargo xtask bench` does so, too. The key is compiled in, known to everybody and good for nothing.

#![allow(clippy::print_stdout, reason = "printing what was measured is what this program is for")]

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use asc_key::token::{Scope, TokenRequest, TokenShape, mint};
use asc_key::{KeyId, parse};
use serde_json::json;

const KEY: &[u8] = include_bytes!("../tests/files/AuthKey_2X9R4HXF34.p8");
const KEY_ID: &str = "2X9R4HXF34";
const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";
/// Turns to measure.
const TURNS: usize = 5000;

fn main() -> Result<(), Box<dyn Error>> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let key = parse(KEY, None)?.key;
    let id: KeyId = KEY_ID.parse()?;
    let shape = TokenShape::Team(ISSUER.parse()?);
    let request = TokenRequest { shape, valid_for: 600, backdated: 60, scope: Scope::default() };
    let token = mint(&key, &id, &request, now)?;
    // What a token's signature is over: the text before the last dot.
    let signed = token.expose().rsplit_once('.').ok_or("a token has three parts")?.0.as_bytes();
    let sign = middle(|| {
        black_box(key.sign(black_box(signed)));
    });
    let mint = middle(|| {
        black_box(mint(&key, &id, black_box(&request), now).is_ok());
    });
    println!("{}", json!({ "mint_us": micros(mint), "sign_us": micros(sign) }));
    Ok(())
}

/// The middle of all turns: what a busy computer does in between is left out.
fn middle(mut turn: impl FnMut()) -> Duration {
    let time = |turn: &mut dyn FnMut()| {
        let start = Instant::now();
        turn();
        start.elapsed()
    };
    let mut times: Vec<_> = (0..TURNS).map(|_| time(&mut turn)).collect();
    times.sort_unstable();
    times[TURNS / 2]
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
