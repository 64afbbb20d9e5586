//! Other people's judgement of our tokens: PyJWT and jose verify what `asc-key` signs.
//!
//! A mistake in how a token is made could be made again in how it is checked. So both of these are strangers: other
//! languages, other cryptography, fetched from PyPI and npm as locked beside the test, which says how to ask them.
//! Refuses to take silence, or one of the two, for consent.

use std::path::Path;

use crate::app;
use crate::counts::Tally;
use crate::process::Tool;

const ASK: &str = "crates/asc-key/tests/independent/run.sh";
const VERIFIERS: [&str; 2] = ["PyJWT", "jose"];

/// Has every kind of token verified by both.
pub fn verify(root: &Path) -> Result<Option<Tally>, String> {
    let ask = Tool::new("sh").called(ASK).arg(root.join(ASK)).env("CARGO_TARGET_DIR", app::target_folder(root)?);
    let said = ask.read()?;
    let said = String::from_utf8_lossy(&said);
    println!("{}", said.trim());
    let passed =
        VERIFIERS.map(|verifier| passed(&said, verifier).ok_or(format!("{verifier} verified nothing: {said}")));
    passed
        .into_iter()
        .try_fold(Tally::default(), |sum, passed| Ok(sum.plus(Tally { passed: passed?, failed: 0 })))
        .map(Some)
}

/// The number in a verifier's `jose: 4 passed`.
fn passed(said: &str, verifier: &str) -> Option<u64> {
    let line = said.lines().find(|line| line.starts_with(verifier))?;
    line.trim().strip_suffix(" passed")?.rsplit(' ').next()?.parse().ok().filter(|count| *count > 0)
}

#[cfg(test)]
mod tests {
    use super::passed;

    #[test]
    fn only_a_full_sentence_of_the_verifier_itself_counts() {
        let said = "PyJWT 2.15.1: 4 passed\njose: 0 passed\n";
        assert_eq!(passed(said, "PyJWT"), Some(4));
        assert_eq!(passed(said, "jose"), None);
        assert_eq!(passed("4 passed", "jose"), None);
    }
}
