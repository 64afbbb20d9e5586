//! Other people's judgement of our tokens: PyJWT and jose verify what `asc-key` signs.
//!
//! A mistake in how a token is made could be made again in how it is checked. So both of these are strangers: other
//! languages, other cryptography, fetched from PyPI and npm as locked beside the test. Refuses an answer for fewer
//! tokens than were made.

use std::fs;
use std::path::Path;

use crate::counts::Tally;
use crate::cross::kit::Kit;
use crate::process::Tool;
use crate::steps;

/// Where both verifiers and what they need are described.
const DESCRIBED: &str = "crates/asc-key/tests/independent";

/// Has every kind of token verified by both.
pub fn verify(root: &Path) -> Result<Option<Tally>, String> {
    let described = root.join(DESCRIBED);
    let recipe: Vec<String> = ["requirements.txt", "package-lock.json"]
        .into_iter()
        .map(|name| read(&described.join(name)))
        .collect::<Result<_, _>>()?;
    let kit = Kit::open()?;
    kit.part("independent", "PyJWT and jose", &recipe.join("\n"), |folder| {
        for file in ["package.json", "package-lock.json"] {
            fs::copy(described.join(file), folder.join(file))
                .map_err(|error| format!("could not copy {file}: {error}"))?;
        }
        Tool::new("npm").within(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).aside().run()?;
        let pip = Tool::new("python3").args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--root-user-action=ignore",
        ]);
        let pip = pip.args(["--require-hashes", "--only-binary=:all:", "--target"]).arg(folder.join("python"));
        pip.arg("--requirement").arg(described.join("requirements.txt")).aside().run()
    })?;
    let folder = kit.folder().join("independent");

    let example = ["run", "--quiet", "--locked", "--package", "asc-key", "--example", "mint"];
    let tokens = Tool::cargo().within(root).args(example).read()?;
    let made = tokens.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count() as u64;
    let file = steps::fresh_report(root, "tokens.jsonl")?;
    fs::write(&file, tokens).map_err(|error| format!("could not write {}: {error}", file.display()))?;

    let python = Tool::new("python3").env("PYTHONPATH", folder.join("python")).arg(described.join("verify.py"));
    // Where a program looks for packages is decided by where it lies.
    let script = folder.join("verify.mjs");
    fs::copy(described.join("verify.mjs"), &script).map_err(|error| format!("could not copy verify.mjs: {error}"))?;
    let mut tally = Tally::default();
    for verifier in [python, Tool::new("node").arg(script)] {
        let said = verifier.read_fed(&file)?;
        let said = String::from_utf8_lossy(&said);
        println!("{}", said.trim());
        if verified(&said) != Some(made) {
            return Err(format!("{made} tokens were made, and the answer is: {said}"));
        }
        tally = tally.plus(Tally { passed: made, failed: 0 });
    }
    Ok(Some(tally))
}

/// The number in `jose: 4 tokens verified`.
fn verified(said: &str) -> Option<u64> {
    said.trim().strip_suffix(" tokens verified")?.rsplit(' ').next()?.parse().ok()
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("could not read {}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::verified;

    #[test]
    fn only_a_full_sentence_counts() {
        assert_eq!(verified("PyJWT 2.15.1: 4 tokens verified\n"), Some(4));
        assert_eq!(verified("4 tokens"), None);
        assert_eq!(verified(""), None);
    }
}
