//! One JSON line per kind of token, made with this crate's own throwaway test keys, for other people's verifiers.
//!
//! `sh crates/asc-key/tests/independent/run.sh` asks two of them.
//!
//! It never reads a key of yours: the keys are compiled in, known to everybody and good for nothing.

#![allow(clippy::print_stdout, reason = "printing worthless tokens is what this program is for")]

use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use asc_key::token::{MAX_LONG_SECONDS, Scope, TokenRequest, TokenShape, mint};
use asc_key::{KeyId, parse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

const TEAM_KEY: &[u8] = include_bytes!("../tests/files/AuthKey_2X9R4HXF34.p8");
const INDIVIDUAL_KEY: &[u8] = include_bytes!("../tests/files/ApiKey_7GX4KQ2M9LRT.p8");
const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";

fn main() -> Result<(), Box<dyn Error>> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let team = || ISSUER.parse().map(TokenShape::Team);
    let tokens = [
        (TEAM_KEY, "2X9R4HXF34", team()?, 300, &[][..]),
        (TEAM_KEY, "2X9R4HXF34", team()?, 1140, &["GET /v1/apps?filter[platform]=IOS", "GET /v1/builds"]),
        (TEAM_KEY, "2X9R4HXF34", team()?, MAX_LONG_SECONDS - 60, &["GET /v1/ciProducts"]),
        (INDIVIDUAL_KEY, "7GX4KQ2M9LRT", TokenShape::Individual, 120, &[]),
    ];
    for (file, id, shape, valid_for, scope) in tokens {
        let key = parse(file, None)?.key;
        let id: KeyId = id.parse()?;
        let request = TokenRequest { shape, valid_for, backdated: 60, scope: Scope::parse(scope)? };
        let token = mint(&key, &id, &request, now)?;
        let line = json!({
            "token": token.expose(),
            "public_key": STANDARD.encode(key.public_key_der()),
            "key_id": id,
            "issuer": request.shape.issuer(),
            "issued_at": token.issued_at(),
            "expires_at": token.expires_at(),
            "scope": scope,
        });
        println!("{line}");
    }
    Ok(())
}
