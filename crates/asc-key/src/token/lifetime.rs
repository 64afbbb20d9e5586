//! How long a token may live: Apple counts from `iat`, so back-dating it spends part of the time.

use super::scope::{Scope, ScopeMethod};
use crate::codes;

/// Apple's advice for a single call is two minutes; less than that is lost to clocks and slow networks.
pub const MIN_SECONDS: u64 = 2 * 60;
/// The most Apple accepts for ordinary requests, counted from `iat` to `exp`.
pub const MAX_SECONDS: u64 = 20 * 60;
/// "Six months", as 180 days: shorter than any six months of the calendar.
pub const MAX_LONG_SECONDS: u64 = 180 * 24 * 60 * 60;

codes! {
    /// Why a token may not live longer than twenty minutes.
    WhyNotLonger {
        /// It has no scope.
        NoScope = "no_scope",
        /// An entry of its scope is not a GET.
        EntryWrites = "entry_writes",
        /// An entry of its scope names a resource that is not on Apple's list.
        OtherResource = "other_resource",
    }
}

/// The resources a long-lived token may name, by the path of their collection. Apple lists them by title: Build
/// Actions, Build Runs, Git References, Issues, macOS Versions, Products, Providers, Power and Performance Metrics
/// and Logs, Pull Requests, Repositories, Test Results, Workflows, Xcode Versions.
const LONG_LIVED: [&str; 13] = [
    "ciBuildActions",
    "ciBuildRuns",
    "ciIssues",
    "ciMacOsVersions",
    "ciProducts",
    "ciTestResults",
    "ciWorkflows",
    "ciXcodeVersions",
    "diagnosticSignatures",
    "scmGitReferences",
    "scmProviders",
    "scmPullRequests",
    "scmRepositories",
];
/// Power and performance metrics hang below an app or a build instead.
const LONG_LIVED_BELOW: [(&str, &str); 3] =
    [("apps", "perfPowerMetrics"), ("builds", "perfPowerMetrics"), ("builds", "diagnosticSignatures")];

/// The most seconds from `iat` to `exp` that Apple accepts for this scope, and why it is not more.
#[must_use]
pub fn longest(scope: &Scope) -> (u64, Option<WhyNotLonger>) {
    let why = if scope.entries().is_empty() {
        Some(WhyNotLonger::NoScope)
    } else if scope.entries().iter().any(|entry| entry.method() != ScopeMethod::Get) {
        Some(WhyNotLonger::EntryWrites)
    } else if !scope.entries().iter().all(|entry| on_the_list(entry.path())) {
        Some(WhyNotLonger::OtherResource)
    } else {
        None
    };
    (if why.is_none() { MAX_LONG_SECONDS } else { MAX_SECONDS }, why)
}

fn on_the_list(path: &str) -> bool {
    let mut segments = path.split('/').skip(1);
    let versioned = segments.next().and_then(|first| first.strip_prefix('v'));
    if !versioned.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
        return false;
    }
    let collection = segments.next().unwrap_or_default();
    let below = segments.nth(1).unwrap_or_default();
    LONG_LIVED.contains(&collection) || LONG_LIVED_BELOW.contains(&(collection, below))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn only_reading_xcode_cloud_and_performance_lives_for_months() {
        for (entries, why) in [
            (&[][..], Some(WhyNotLonger::NoScope)),
            (&["GET /v1/apps"], Some(WhyNotLonger::OtherResource)),
            (&["GET /v1/ciProducts"], None),
            (&["GET /v1/ciProducts", "GET /v1/ciWorkflows/1234/buildRuns"], None),
            (&["GET /v1/ciProducts", "GET /v1/apps"], Some(WhyNotLonger::OtherResource)),
            (&["GET /v1/ciProducts", "POST /v1/ciBuildRuns"], Some(WhyNotLonger::EntryWrites)),
            (&["GET /v1/apps/123/perfPowerMetrics"], None),
            (&["GET /v1/builds/123/diagnosticSignatures?filter[diagnosticType]=HANGS"], None),
            (&["GET /v1/diagnosticSignatures/7/logs"], None),
            (&["GET /v1/apps/123/builds"], Some(WhyNotLonger::OtherResource)),
            (&["GET /v1/perfPowerMetrics"], Some(WhyNotLonger::OtherResource)),
            (&["GET /v1/ciArtifacts/1"], Some(WhyNotLonger::OtherResource)),
            (&["GET /v1/ciProductsAndMore"], Some(WhyNotLonger::OtherResource)),
            (&["GET /notary/v2/submissions"], Some(WhyNotLonger::OtherResource)),
            (&["GET /v/ciProducts"], Some(WhyNotLonger::OtherResource)),
        ] {
            let scope = Scope::parse(entries).unwrap();
            let limit = if why.is_none() { MAX_LONG_SECONDS } else { MAX_SECONDS };
            assert_eq!(longest(&scope), (limit, why), "{entries:?}");
        }
    }
}
