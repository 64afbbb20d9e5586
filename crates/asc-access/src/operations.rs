//! Every operation of the API, and the ledger area it belongs to.
//!
//! Apple's description of the API lists operations but says nothing about roles, so the way from an operation to
//! what a key may do leads over its area and the capabilities in it. Both are given by rule, on the name of the
//! resource: an operation belongs to the resource it starts at; from an app, on which everything hangs, it belongs
//! to what it asks for. Where no source ties a resource to the roles of an area, the rule says it is a guess. The
//! list refuses to be partial: a test fails if one operation is left without an area or a capability.

use std::sync::LazyLock;

use serde::Serialize;

use crate::codes::{Area, Method};

/// The version of Apple's description of the API that [`operations`] lists.
pub const API_VERSION: &str = "4.4.1";

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
    /// The capabilities of that area that decide it. Where there are several, it depends on the record which one.
    pub capabilities: &'static [&'static str],
}

impl Operation {
    /// True if it reads or changes the links between records, not the records.
    #[must_use]
    pub fn is_relationship(&self) -> bool {
        self.path.contains("/relationships/")
    }
}

/// Where the resources whose name begins like this belong.
struct Rule {
    name: &'static str,
    area: Area,
    guessed: bool,
    reads: &'static [&'static str],
    writes: &'static [&'static str],
}

/// Reading and writing are decided by the same capabilities.
const fn both(name: &'static str, area: Area, by: &'static [&'static str]) -> Rule {
    split(name, area, by, by)
}

const fn split(
    name: &'static str,
    area: Area,
    reads: &'static [&'static str],
    writes: &'static [&'static str],
) -> Rule {
    Rule { name, area, guessed: false, reads, writes }
}

const fn store(name: &'static str) -> Rule {
    split(name, Area::Apps, &["apps_read"], &["metadata_write"])
}

/// Reading follows who works with builds, as Apple's roles have it; writing has rules of its own.
const fn beta(name: &'static str, writes: &'static [&'static str]) -> Rule {
    split(name, Area::Builds, &["builds_upload"], writes)
}

const fn provisioning(name: &'static str) -> Rule {
    split(name, Area::Provisioning, &["provisioning_read"], &["provisioning_write"])
}

const fn guess(rule: Rule) -> Rule {
    Rule { guessed: true, ..rule }
}

/// Which of the two it takes depends on whether the group's testers belong to the team.
const GROUPS: &[&str] = &["testflight_internal", "testflight_external"];
/// Apple names more roles for reading submissions than for submitting, and a report names fewer.
const SUBMISSIONS: &[&str] = &["apps_read", "app_review"];

/// By the name of the resource, or of a resource and what is asked of it. The longest match counts.
const RULES: &[Rule] = &[
    store("accessibilityDeclarations"),
    guess(split("actors", Area::Users, &["users_read"], &["users_manage"])),
    store("ageRatingDeclarations"),
    guess(store("alternativeDistribution")),
    split("analyticsReport", Area::Analytics, &["analytics_read"], &["analytics_request"]),
    guess(store("androidToIosAppMapping")),
    store("app"),
    both("appAvailabilit", Area::Pricing, &["pricing"]),
    both("appPrice", Area::Pricing, &["pricing"]),
    split("appStoreVersionPhasedReleases", Area::Apps, &["apps_read"], &["app_review"]),
    split("appStoreVersionReleaseRequests", Area::Apps, &["apps_read"], &["app_review"]),
    split("appStoreVersionSubmissions", Area::Apps, SUBMISSIONS, &["app_review"]),
    guess(both("backgroundAsset", Area::Builds, &["builds_upload"])),
    beta("beta", &["testflight_external"]),
    beta("betaGroups", GROUPS),
    beta("betaTesters", GROUPS),
    beta("betaTesterInvitations", GROUPS),
    both("build", Area::Builds, &["builds_upload"]),
    beta("buildBeta", GROUPS),
    both("builds/diagnosticSignatures", Area::Builds, &["performance"]),
    both("builds/perfPowerMetrics", Area::Builds, &["performance"]),
    beta("builds/betaGroups", GROUPS),
    beta("builds/individualTesters", GROUPS),
    provisioning("bundleId"),
    provisioning("certificates"),
    both("ci", Area::XcodeCloud, &["xcode_cloud"]),
    split("customerReview", Area::Reviews, &["reviews_read"], &["reviews_reply"]),
    provisioning("devices"),
    both("diagnosticSignatures", Area::Builds, &["performance"]),
    both("endAppAvailabilityPreOrders", Area::Pricing, &["pricing"]),
    store("endUserLicenseAgreement"),
    both("financeReports", Area::Finance, &["finance_reports"]),
    both("gameCenter", Area::Apps, &["game_center"]),
    both("inAppPurchase", Area::Pricing, &["iap"]),
    split("inAppPurchasePrice", Area::Pricing, &["iap"], &["pricing"]),
    guess(store("marketplace")),
    guess(both("marketplaceWebhooks", Area::Apps, &["webhooks"])),
    guess(provisioning("merchantIds")),
    both("metrics", Area::Builds, &["builds_upload"]),
    both("nominations", Area::Apps, &["featuring"]),
    guess(provisioning("passTypeIds")),
    both("perfPowerMetrics", Area::Builds, &["performance"]),
    both("preReleaseVersions", Area::Builds, &["builds_upload"]),
    provisioning("profiles"),
    both("promotedPurchases", Area::Pricing, &["iap"]),
    split("reviewSubmission", Area::Apps, SUBMISSIONS, &["app_review"]),
    store("routingAppCoverages"),
    both("salesReports", Area::Sales, &["sales_reports"]),
    both("sandboxTesters", Area::Builds, &["sandbox"]),
    both("scm", Area::XcodeCloud, &["xcode_cloud"]),
    store("searchKeywords"),
    both("subscription", Area::Pricing, &["iap"]),
    split("subscriptionPrice", Area::Pricing, &["iap"], &["pricing"]),
    split("subscriptions/prices", Area::Pricing, &["iap"], &["pricing"]),
    guess(both("territories", Area::Pricing, &["pricing"])),
    both("territoryAvailabilities", Area::Pricing, &["pricing"]),
    split("user", Area::Users, &["users_read"], &["users_manage"]),
    guess(both("webhook", Area::Apps, &["webhooks"])),
    both("winBackOffers", Area::Pricing, &["iap"]),
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
    let method: Method = fields.next()?.parse().ok()?;
    let path = fields.next()?;
    let deprecated = fields.next() == Some("deprecated");
    let Rule { area, guessed, reads, writes, .. } = rule(path)?;
    let capabilities = if method.writes() { writes } else { reads };
    Some(Operation { method, path, deprecated, area: *area, guessed: *guessed, capabilities })
}

fn rule(path: &str) -> Option<&'static Rule> {
    let mut names = path.split('/').skip(2).filter(|name| !name.starts_with('{') && *name != "relationships");
    let resource = names.next()?;
    let name = match (resource, names.next()) {
        ("apps", Some(asked)) => asked.to_owned(),
        (_, Some("customerReviews")) => "customerReviews".to_owned(),
        (_, Some(asked)) => format!("{resource}/{asked}"),
        (_, None) => resource.to_owned(),
    };
    RULES.iter().filter(|rule| name.starts_with(rule.name)).max_by_key(|rule| rule.name.len())
}
