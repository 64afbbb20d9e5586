//! The answers that are no resources: sales and finance reports in gzip, performance metrics.
//!
//! A wrong vendor number is a 400, a day without sales a 404 that still means "allowed". Whether Apple judges the
//! role before the vendor number is not known; here the role comes first.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::answer::{Answer, GZIP};
use crate::listing::required;
use crate::query::Target;
use crate::world::Team;

/// Newest report, for a request that names no date.
const NEWEST: &str = "";

pub(crate) fn sales(team: &Team, target: &Target) -> Answer {
    report(team, &team.sales, "/v1/salesReports", target)
}

pub(crate) fn finance(team: &Team, target: &Target) -> Answer {
    report(team, &team.finance, "/v1/financeReports", target)
}

fn report(team: &Team, reports: &[(String, String)], path: &str, target: &Target) -> Answer {
    if let Some(refusal) = required(path, target) {
        return refusal;
    }
    let vendor = "filter[vendorNumber]";
    if target.get(vendor) != team.vendor.as_deref() || team.vendor.is_none() {
        return Answer::parameter("INVALID", vendor, "Invalid vendor number specified");
    }
    let date = target.get("filter[reportDate]").unwrap_or(NEWEST);
    let mut found = reports.iter().filter(|(day, _)| date == NEWEST || day == date);
    found.next_back().map_or_else(Answer::no_report, |(_, text)| Answer::new(200, GZIP, gzip(text)))
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let written = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

pub(crate) fn metrics() -> Answer {
    Answer::json(&json!({"version": "1.0", "insights": {"trendingUp": [], "regressions": []}, "productData": []}))
}
