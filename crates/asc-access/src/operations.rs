//! Every operation of the API, and the ledger area it belongs to.
//!
//! Apple's description of the API lists operations but says nothing about roles, so the way from an operation to
//! what a key may do leads over its area. Areas are given by rule, on the name of the resource: an operation belongs
//! to the resource it starts at; from an app, on which everything hangs, it belongs to what it asks for. Where no
//! source ties a resource to the roles of an area, the rule says it is a guess. The list refuses to be partial: a
//! test fails if one operation is left without an area.

use std::sync::LazyLock;

use serde::Serialize;

use crate::codes::{Area, Method};

/// One operation of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Operation {
    /// How it is called.
    pub method: Method,
    /// Path template, such as `/v1/apps/{id}`.
    pub path: &'static str,
    /// Apple marks it as deprecated.
    pub deprecated: bool,
    /// The row of the ledger it belongs to.
    pub area: Area,
    /// No source ties this resource to the roles of that area.
    pub guessed: bool,
}

/// The resources whose name begins like this, their area, and whether that is a guess. The longest match counts.
const RULES: &[(&str, Area, bool)] = &[
    ("accessibilityDeclarations", Area::Apps, false),
    ("actors", Area::Users, true),
    ("ageRatingDeclarations", Area::Apps, false),
    ("alternativeDistribution", Area::Apps, true),
    ("analyticsReport", Area::Analytics, false),
    ("androidToIosAppMapping", Area::Apps, true),
    ("app", Area::Apps, false),
    ("appAvailabilit", Area::Pricing, false),
    ("appPrice", Area::Pricing, false),
    ("backgroundAsset", Area::Builds, true),
    ("beta", Area::Builds, false),
    ("build", Area::Builds, false),
    ("bundleId", Area::Provisioning, false),
    ("certificates", Area::Provisioning, false),
    ("ci", Area::XcodeCloud, false),
    ("customerReview", Area::Reviews, false),
    ("devices", Area::Provisioning, false),
    ("diagnosticSignatures", Area::Builds, false),
    ("endAppAvailabilityPreOrders", Area::Pricing, false),
    ("endUserLicenseAgreement", Area::Apps, false),
    ("financeReports", Area::Finance, false),
    ("gameCenter", Area::Apps, false),
    ("inAppPurchase", Area::Pricing, false),
    ("marketplace", Area::Apps, true),
    ("merchantIds", Area::Provisioning, true),
    ("metrics", Area::Builds, false),
    ("nominations", Area::Apps, false),
    ("passTypeIds", Area::Provisioning, true),
    ("perfPowerMetrics", Area::Builds, false),
    ("preReleaseVersions", Area::Builds, false),
    ("profiles", Area::Provisioning, false),
    ("promotedPurchases", Area::Pricing, false),
    ("reviewSubmission", Area::Apps, false),
    ("routingAppCoverages", Area::Apps, false),
    ("salesReports", Area::Sales, false),
    ("sandboxTesters", Area::Builds, false),
    ("scm", Area::XcodeCloud, false),
    ("searchKeywords", Area::Apps, false),
    ("subscription", Area::Pricing, false),
    ("territories", Area::Pricing, true),
    ("territoryAvailabilities", Area::Pricing, false),
    ("user", Area::Users, false),
    ("webhook", Area::Apps, true),
    ("winBackOffers", Area::Pricing, false),
];

static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let lines = include_str!("../data/operations.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(read).collect()
});

/// Every operation of the API, in the order of Apple's description.
#[must_use]
pub fn operations() -> &'static [Operation] {
    &OPERATIONS
}

/// The operation a request calls: `path` is a template (`/v1/apps/{id}`) or a real path without its query
/// (`/v1/apps/6448311069`). `None` if the API has no such operation.
#[must_use]
pub fn operation(method: Method, path: &str) -> Option<&'static Operation> {
    let mut answering = operations().iter().filter(|one| one.method == method && answers(one.path, path));
    // A template that spells a segment out is meant before one that takes anything there.
    let first = answering.next()?;
    Some(answering.fold(first, |best, one| if wildcards(one.path) < wildcards(best.path) { one } else { best }))
}

fn wildcards(template: &str) -> usize {
    template.matches('{').count()
}

fn answers(template: &str, path: &str) -> bool {
    let mut wanted = template.split('/');
    let mut given = path.split('/');
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(want), Some(have)) if want == have || (want.starts_with('{') && !have.is_empty()) => {}
            _ => return false,
        }
    }
}

fn read(line: &'static str) -> Option<Operation> {
    let mut fields = line.split('\t');
    let method = fields.next()?.parse().ok()?;
    let path = fields.next()?;
    let deprecated = fields.next() == Some("deprecated");
    let (area, guessed) = area_of(path)?;
    Some(Operation { method, path, deprecated, area, guessed })
}

fn area_of(path: &str) -> Option<(Area, bool)> {
    let mut names = path.split('/').skip(2).filter(|name| !name.starts_with('{') && *name != "relationships");
    let resource = names.next()?;
    let asked = names.next();
    match (resource, asked) {
        ("apps", Some(asked)) => rule(asked),
        (_, Some("customerReviews")) => rule("customerReviews"),
        _ => rule(resource),
    }
}

fn rule(name: &str) -> Option<(Area, bool)> {
    let matching = RULES.iter().filter(|(prefix, ..)| name.starts_with(prefix));
    matching.max_by_key(|(prefix, ..)| prefix.len()).map(|(_, area, guessed)| (*area, *guessed))
}
