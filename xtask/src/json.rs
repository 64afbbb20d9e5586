//! Reading what other programs print as JSON.

use serde_json::Value;

/// Parses JSON, naming where it came from when it is none.
pub fn parse(from: &str, text: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(text).map_err(|error| format!("{from} printed no readable JSON: {error}"))
}
