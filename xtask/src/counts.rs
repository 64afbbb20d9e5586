//! Reading how many tests each runner passed and failed.
//!
//! A test that was skipped or ignored is no pass: it counts as failed, and so does a runner that ran nothing.
//! Otherwise a suite could go green by shrinking.

use serde_json::Value;

/// Tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ran and held.
    pub passed: u64,
    /// Ran and did not hold, or was left out.
    pub failed: u64,
}

impl Tally {
    /// Adds another runner's counts.
    pub const fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    /// Takes the runner's own word into account: a run that failed, or ran nothing, has at least one failure.
    pub const fn judged(self, success: bool) -> Self {
        if (success && self.passed > 0) || self.failed > 0 {
            return self;
        }
        Self { failed: 1, ..self }
    }
}

/// `cargo test`: one line per test program, `test result: ok. 3 passed; 0 failed; 0 ignored; ...`.
pub fn of_cargo(output: &str) -> Tally {
    let lines = output.lines().filter_map(|line| line.trim_start().strip_prefix("test result: "));
    lines.fold(Tally::default(), |sum, line| {
        let left_out = before(line, " ignored") + before(line, " filtered out");
        sum.plus(Tally { passed: before(line, " passed"), failed: before(line, " failed") + left_out })
    })
}

/// The number that stands right before `word`; 0 when there is none.
fn before(line: &str, word: &str) -> u64 {
    let number = line.split(word).next().filter(|start| start.len() < line.len());
    number.and_then(|start| start.rsplit(' ').next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Vitest's JSON report.
pub fn of_vitest(report: &Value) -> Tally {
    let count = |name: &str| report[name].as_u64().unwrap_or(0);
    let left_out = count("numPendingTests") + count("numTodoTests");
    Tally { passed: count("numPassedTests"), failed: count("numFailedTests") + left_out }
}

/// `node --test` in TAP: totals as comments at the end, `# pass 3`.
pub fn of_node(report: &str) -> Tally {
    let count = |name: &str| {
        let line = report.lines().rev().find_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    let left_out = count("cancelled") + count("skipped") + count("todo");
    Tally { passed: count("pass"), failed: count("fail") + left_out }
}

#[cfg(test)]
mod tests {
    use super::{Tally, of_cargo, of_node, of_vitest};
    use serde_json::json;

    const NOTHING: Tally = Tally { passed: 0, failed: 0 };

    #[test]
    fn cargo_test_programs_add_up() {
        let output = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s\n\
                      test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s\n";
        assert_eq!(of_cargo(output), Tally { passed: 13, failed: 2 });
    }

    #[test]
    fn tests_left_out_count_as_failed() {
        let cargo = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0s";
        assert_eq!(of_cargo(cargo), Tally { passed: 5, failed: 3 });
        let vitest = json!({"numPassedTests": 7, "numFailedTests": 0, "numPendingTests": 1, "numTodoTests": 1});
        assert_eq!(of_vitest(&vitest), Tally { passed: 7, failed: 2 });
        let node = "# tests 4\n# pass 2\n# fail 0\n# cancelled 1\n# skipped 1\n# todo 0\n";
        assert_eq!(of_node(node), Tally { passed: 2, failed: 2 });
    }

    #[test]
    fn a_runner_that_failed_or_ran_nothing_is_a_failure() {
        assert_eq!(NOTHING.judged(true), Tally { passed: 0, failed: 1 });
        assert_eq!(Tally { passed: 4, failed: 0 }.judged(false), Tally { passed: 4, failed: 1 });
        assert_eq!(Tally { passed: 4, failed: 2 }.judged(false), Tally { passed: 4, failed: 2 });
        assert_eq!(Tally { passed: 4, failed: 0 }.judged(true), Tally { passed: 4, failed: 0 });
    }

    #[test]
    fn output_without_counts_is_nothing() {
        assert_eq!(of_cargo("error: could not compile `vault`"), NOTHING);
        assert_eq!(of_vitest(&json!({})), NOTHING);
        assert_eq!(of_node("TAP version 13\n"), NOTHING);
    }
}
