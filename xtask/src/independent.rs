//! Other people's judgement: PyJWT and jose verify what `asc-key` signs, the programs that snippets are for call with
//! them, and the tools that keys are handed to read what `handoff` writes and sign with it.
//!
//! A mistake in how something is made could be made again in how it is checked. So all of these are strangers: other
//! languages, other cryptography, fetched from PyPI, npm and crates.io as locked beside the tests, which say how to
//! ask them. Refuses to take silence, or a part of them, for consent.

use std::path::Path;

use crate::app;
use crate::counts::Tally;
use crate::process::Tool;

/// A script that prints one line per stranger, and whose lines have to be among them.
struct Opinion {
    script: &'static str,
    strangers: &'static [&'static str],
}

const TOKENS: Opinion = Opinion { script: "crates/asc-key/tests/independent/run.sh", strangers: &["PyJWT", "jose"] };

/// What `keyfolio-core` puts around a token, called against the simulator.
const SNIPPETS: Opinion = Opinion {
    script: "crates/keyfolio-core/tests/callers/run.sh",
    strangers: &["curl", "HTTPie", "Node.js", "Python"],
};

/// A reader's lines about files that were spoilt are asked for as well: who reads everything proves nothing.
const HANDED_OVER: Opinion = Opinion {
    script: "crates/handoff/tests/consumers/run.sh",
    strangers: &[
        "PyJWT 2.15.1, files and values signed with",
        "PyJWT 2.15.1, refused when damaged",
        "jose, files and values signed with",
        "jose, refused when damaged",
        "codemagic-cli-tools, tokens made",
        "codemagic-cli-tools, refused when damaged",
        "asc-cli, tokens made",
        "asc-cli, refused when damaged",
        "app-store-connect of rcodesign, tokens made",
        "app-store-connect of rcodesign, refused when damaged",
        "@expo/eas-json and apple-utils, tokens made",
        "@expo/eas-json and apple-utils, refused when damaged",
        "@electron/notarize, options accepted",
        "python-dotenv, files of variables",
        "python-dotenv, refused when damaged",
        "dotenv, files of variables",
        "dotenv, refused when damaged",
        "sh, files of variables",
        "compose-spec, Compose files",
        "git check-ignore, lines",
    ],
};

/// Has every kind of token verified by both.
pub fn verify(root: &Path) -> Result<Option<Tally>, String> {
    TOKENS.asked(root)
}

/// Has every snippet around a token called with by the program it is for, as far as a registry has it.
pub fn call(root: &Path) -> Result<Option<Tally>, String> {
    SNIPPETS.asked(root)
}

/// Has what every recipe writes read by whoever it is written for, as far as a registry has them.
pub fn read(root: &Path) -> Result<Option<Tally>, String> {
    HANDED_OVER.asked(root)
}

impl Opinion {
    fn asked(&self, root: &Path) -> Result<Option<Tally>, String> {
        let ask = Tool::new("sh").called(self.script).arg(root.join(self.script));
        let said = ask.env("CARGO_TARGET_DIR", app::target_folder(root)?).read()?;
        let said = String::from_utf8_lossy(&said);
        println!("{}", said.trim());
        self.judged(&said).map(Some)
    }

    /// Every stranger has passed something, and whatever else is said is of that kind, too.
    fn judged(&self, said: &str) -> Result<Tally, String> {
        let silent = self.strangers.iter().find(|name| !said.lines().any(|line| line.starts_with(**name)));
        if let Some(silent) = silent {
            return Err(format!("{silent}: nothing was said of it in: {said}"));
        }
        said.lines().try_fold(Tally::default(), |sum, line| {
            let passed = passed(line).ok_or(format!("passed nothing: {line}"))?;
            Ok(sum.plus(Tally { passed, failed: 0 }))
        })
    }
}

/// The number in a line like `jose: 4 passed`.
fn passed(line: &str) -> Option<u64> {
    line.trim().strip_suffix(" passed")?.rsplit(": ").next()?.parse().ok().filter(|count| *count > 0)
}

#[cfg(test)]
mod tests {
    use super::{Opinion, Tally, passed};

    #[test]
    fn only_a_full_sentence_of_the_stranger_itself_counts() {
        assert_eq!(passed("PyJWT 2.15.1: 4 passed"), Some(4));
        assert_eq!(passed("jose: 0 passed"), None);
        assert_eq!(passed("4 of 5"), None);
    }

    #[test]
    fn silence_of_one_is_no_consent_of_the_others() {
        let both = Opinion { script: "", strangers: &["PyJWT", "jose"] };
        assert_eq!(both.judged("PyJWT 2.15.1: 4 passed\njose: 3 passed\n"), Ok(Tally { passed: 7, failed: 0 }));
        assert!(both.judged("PyJWT 2.15.1: 4 passed\n").is_err_and(|trouble| trouble.starts_with("jose")));
        assert!(both.judged("PyJWT 2.15.1: 4 passed\njose: 0 passed\n").is_err());
        assert!(both.judged("PyJWT 2.15.1: 4 passed\njose: 3 passed\nTraceback\n").is_err());
    }
}
