//! What the pages say, line by line, beside what the catalogue makes of it.
//!
//! Each line names one source, what it says in our words, and the value that follows. A change of the catalogue that
//! no longer agrees with a page it names fails here, on that line.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use asc_access::{Basis, Half, Role, catalogue};
use asc_key::KeyKind::{self, Individual, Team};

use Basis::{Derived, Documented, Reported, Spec};
use Half::{Disputed, Never, No, Part, Unknown, Yes};
use Role::{Admin, AppManager, CustomerSupport, Developer, Finance, Marketing, Sales};

struct Quote {
    says: &'static str,
    url: &'static str,
    kind: KeyKind,
    role: Role,
    capability: &'static str,
    value: Half,
    basis: Basis,
}

const fn quote(
    says: &'static str,
    url: &'static str,
    (kind, role): (KeyKind, Role),
    capability: &'static str,
    (value, basis): (Half, Basis),
) -> Quote {
    Quote { says, url, kind, role, capability, value, basis }
}

const KEY_GUIDE: &str =
    "https://developer.apple.com/documentation/appstoreconnectapi/creating-api-keys-for-app-store-connect-api";
const SALES_AND_FINANCE: &str = "https://developer.apple.com/documentation/appstoreconnectapi/sales-and-finance";
const ANALYTICS: &str = "https://developer.apple.com/documentation/appstoreconnectapi/analytics";
const ANALYTICS_DOWNLOAD: &str =
    "https://developer.apple.com/documentation/appstoreconnectapi/downloading-analytics-reports";
const REPORT_ROLES: &str = "https://developer.apple.com/documentation/analytics-reports";
const UPLOAD_BUILDS: &str = "https://developer.apple.com/help/app-store-connect/manage-builds/upload-builds";
const ROLE_PERMISSIONS: &str =
    "https://developer.apple.com/help/app-store-connect/reference/account-management/role-permissions";
const APP_INFORMATION: &str =
    "https://developer.apple.com/help/app-store-connect/reference/app-information/app-information";
const SUBMIT: &str =
    "https://developer.apple.com/help/app-store-connect/manage-submissions-to-app-review/submit-an-app";
const IN_APP_PURCHASES: &str = "https://developer.apple.com/help/app-store-connect/configure-in-app-purchase-settings/overview-for-configuring-in-app-purchases";
const AVAILABILITY: &str = "https://developer.apple.com/help/app-store-connect/manage-your-apps-availability/manage-availability-for-your-app-on-the-app-store";
const INTERNAL_TESTERS: &str =
    "https://developer.apple.com/help/app-store-connect/test-a-beta-version/add-internal-testers";
const EXTERNAL_TESTERS: &str =
    "https://developer.apple.com/help/app-store-connect/test-a-beta-version/invite-external-testers";
const SANDBOX: &str =
    "https://developer.apple.com/help/app-store-connect/test-in-app-purchases/create-a-sandbox-apple-account";
const NOMINATE: &str =
    "https://developer.apple.com/help/app-store-connect/manage-featuring-nominations/nominate-your-app-for-featuring";
const RESPOND: &str =
    "https://developer.apple.com/help/app-store-connect/monitor-ratings-and-reviews/respond-to-reviews";
const VIEW_REVIEWS: &str =
    "https://developer.apple.com/help/app-store-connect/monitor-ratings-and-reviews/view-ratings-and-reviews/";
const FINANCIAL: &str = "https://developer.apple.com/help/app-store-connect/getting-paid/download-financial-reports/";
const SPECIFICATION: &str =
    "https://developer.apple.com/sample-code/app-store-connect/app-store-connect-openapi-specification.zip";
const PROGRAM_ROLES: &str = "https://developer.apple.com/support/roles/";
const ROLE_TABLE_2020: &str = "https://github.com/tedgonzalez/app-store-connect-roles";
const NIGHTWATCH: &str = "https://github.com/ceclinux/nightwatch";
const TESTFLIGHT_TEXTS: &str = "https://github.com/fastlane/docs/issues/1050";
const NEW_VERSIONS: &str = "https://github.com/fastlane/fastlane/issues/21797";
const VANTAGE: &str = "https://github.com/vickipetrova/vantage";
const REPLIES_REFUSED: &str = "https://developer.apple.com/forums/thread/800545";
const SALES_REFUSED: &str = "https://github.com/jeonghwanko/mimi-seed-sdk/pull/19";
const XCC: &str = "https://github.com/finnvoor/xcc";
const WILLIKINS: &str = "https://github.com/Lightless-Labs/willikins";
const CUX_SHIP: &str = "https://pub.dev/packages/cux_ship";
const MAUI: &str = "https://github.com/dotnet/docs-maui/pull/2730";
const CONFETTI: &str = "https://github.com/joreilly/Confetti/pull/1787";
const SIGNING_BY_ROLE: &str = "https://zenn.dev/yorifuji/scraps/8718061a2b484a";
const NOTARY_DEVELOPER: &str = "https://developer.apple.com/forums/thread/749215";
const NOTARYTOOL_HELP: &str = "https://github.com/indygreg/apple-platform-rs/issues/260";
const ELECTRON_NOTARIZE: &str = "https://github.com/electron/notarize";
const ACCESS_LEVELS: &str = "https://aso.dev/app-store-connect/api-key-access-levels/";

/// In catalogue order.
const QUOTES: &[Quote] = &[
    quote(
        "a Sales and Reports key was seen listing an app's versions",
        NIGHTWATCH,
        (Team, Sales),
        "apps_read",
        (Yes, Reported),
    ),
    quote(
        "editing app information takes Account Holder, Admin, App Manager or Marketing",
        APP_INFORMATION,
        (Team, Marketing),
        "metadata_write",
        (Yes, Derived),
    ),
    quote(
        "a Developer key was refused creating a version",
        NEW_VERSIONS,
        (Team, Developer),
        "metadata_write",
        (No, Reported),
    ),
    quote(
        "submitting takes Account Holder, Admin or App Manager",
        SUBMIT,
        (Team, AppManager),
        "app_review",
        (Yes, Derived),
    ),
    quote(
        "a Sales and Reports key was refused even the list of submissions",
        NIGHTWATCH,
        (Team, Sales),
        "app_review",
        (No, Reported),
    ),
    quote(
        "nominating takes Account Holder, Admin, App Manager or Marketing",
        NOMINATE,
        (Team, Marketing),
        "featuring",
        (Yes, Derived),
    ),
    quote(
        "a Developer manages Game Center, leaderboard scores apart",
        ROLE_TABLE_2020,
        (Team, Developer),
        "game_center",
        (Yes, Reported),
    ),
    quote("no operation creates an app", SPECIFICATION, (Team, Admin), "app_create", (No, Spec)),
    quote(
        "uploading takes Account Holder, Admin, App Manager or Developer",
        UPLOAD_BUILDS,
        (Team, Developer),
        "builds_upload",
        (Yes, Documented),
    ),
    quote("uploading leaves Marketing out", UPLOAD_BUILDS, (Team, Marketing), "builds_upload", (No, Derived)),
    quote(
        "internal groups take Account Holder, Admin or App Manager",
        INTERNAL_TESTERS,
        (Team, AppManager),
        "testflight_internal",
        (Yes, Derived),
    ),
    quote(
        "external groups take Account Holder, Admin or App Manager",
        EXTERNAL_TESTERS,
        (Team, AppManager),
        "testflight_external",
        (Yes, Derived),
    ),
    quote(
        "a Developer key was refused writing TestFlight texts",
        TESTFLIGHT_TEXTS,
        (Team, Developer),
        "testflight_external",
        (No, Reported),
    ),
    quote("a Developer reads metrics", ROLE_TABLE_2020, (Team, Developer), "performance", (Yes, Reported)),
    quote(
        "sandbox accounts take Account Holder, Admin, App Manager or Developer",
        SANDBOX,
        (Team, Developer),
        "sandbox",
        (Yes, Derived),
    ),
    quote("a Developer key works with Xcode Cloud", XCC, (Team, Developer), "xcode_cloud", (Yes, Reported)),
    quote(
        "prices and availability take Account Holder, Admin or App Manager",
        AVAILABILITY,
        (Team, Developer),
        "pricing",
        (No, Derived),
    ),
    quote(
        "creating in-app purchases includes Developer, prices do not",
        IN_APP_PURCHASES,
        (Team, Developer),
        "iap",
        (Part, Derived),
    ),
    quote("Sales is not among the keys that read reviews", VANTAGE, (Team, Sales), "reviews_read", (No, Reported)),
    quote(
        "reading reviews includes Customer Support",
        VIEW_REVIEWS,
        (Individual, CustomerSupport),
        "reviews_read",
        (Yes, Derived),
    ),
    quote(
        "answering reviews takes Account Holder, Admin or Customer Support",
        RESPOND,
        (Individual, CustomerSupport),
        "reviews_reply",
        (Yes, Derived),
    ),
    quote(
        "the roles page lets App Manager answer reviews",
        PROGRAM_ROLES,
        (Team, AppManager),
        "reviews_reply",
        (Disputed, Basis::Disputed),
    ),
    quote(
        "App Manager keys were refused answering reviews",
        REPLIES_REFUSED,
        (Team, AppManager),
        "reviews_reply",
        (Disputed, Basis::Disputed),
    ),
    quote(
        "analytics reports are for Admin, Finance, Sales and Reports",
        ANALYTICS,
        (Team, Sales),
        "analytics_read",
        (Yes, Documented),
    ),
    quote(
        "Individual keys: analytics is not mentioned",
        KEY_GUIDE,
        (Individual, Admin),
        "analytics_read",
        (Unknown, Basis::Unknown),
    ),
    quote(
        "requesting analytics takes an Admin",
        ANALYTICS_DOWNLOAD,
        (Team, Admin),
        "analytics_request",
        (Yes, Documented),
    ),
    quote(
        "requesting analytics takes an Admin",
        ANALYTICS_DOWNLOAD,
        (Team, Finance),
        "analytics_request",
        (No, Documented),
    ),
    quote("an Admin has access to users", ROLE_PERMISSIONS, (Team, Admin), "users_read", (Yes, Derived)),
    quote("an Admin manages users", ROLE_PERMISSIONS, (Team, Admin), "users_manage", (Yes, Documented)),
    quote(
        "a role table of 2020 lets App Manager manage users",
        ROLE_TABLE_2020,
        (Team, AppManager),
        "users_manage",
        (Disputed, Basis::Disputed),
    ),
    quote("a later list does not", ACCESS_LEVELS, (Team, AppManager), "users_manage", (Disputed, Basis::Disputed)),
    quote("no operation lists, creates or revokes keys", SPECIFICATION, (Individual, Admin), "keys", (Never, Spec)),
    quote("an Admin key lists certificates", WILLIKINS, (Team, Admin), "provisioning_read", (Yes, Reported)),
    quote(
        "Individual keys are kept out of provisioning",
        KEY_GUIDE,
        (Individual, Admin),
        "provisioning_read",
        (Never, Documented),
    ),
    quote(
        "Individual keys are answered 401 there",
        CUX_SHIP,
        (Individual, Developer),
        "provisioning_read",
        (Never, Documented),
    ),
    quote("registering devices works with Admin keys only", MAUI, (Team, Admin), "provisioning_write", (Yes, Reported)),
    quote("an App Manager key fails cloud signing", CONFETTI, (Team, AppManager), "cloud_signing", (No, Reported)),
    quote(
        "cloud signing was tried role by role; a Developer key failed",
        SIGNING_BY_ROLE,
        (Team, Developer),
        "cloud_signing",
        (No, Reported),
    ),
    quote("sales reports name Sales and Reports", REPORT_ROLES, (Team, Sales), "sales_reports", (Yes, Documented)),
    quote(
        "an App Manager key was refused sales reports",
        SALES_REFUSED,
        (Team, AppManager),
        "sales_reports",
        (No, Reported),
    ),
    quote(
        "Individual keys are kept out of Sales and Finance",
        SALES_AND_FINANCE,
        (Individual, Finance),
        "sales_reports",
        (Never, Documented),
    ),
    quote(
        "financial reports take Account Holder, Admin or Finance",
        FINANCIAL,
        (Team, Finance),
        "finance_reports",
        (Yes, Derived),
    ),
    quote(
        "financial reports leave Sales and Reports out",
        REPORT_ROLES,
        (Team, Sales),
        "finance_reports",
        (No, Documented),
    ),
    quote(
        "Individual keys are kept out of Sales and Finance",
        KEY_GUIDE,
        (Individual, Admin),
        "finance_reports",
        (Never, Documented),
    ),
    quote("a Developer Team key is enough to notarize", NOTARY_DEVELOPER, (Team, Developer), "notary", (Yes, Reported)),
    quote(
        "Individual keys can't be used to notarize",
        KEY_GUIDE,
        (Individual, Developer),
        "notary",
        (Disputed, Basis::Disputed),
    ),
    quote(
        "the tool's help tells how to use an Individual key",
        NOTARYTOOL_HELP,
        (Individual, Developer),
        "notary",
        (Disputed, Basis::Disputed),
    ),
    quote(
        "Individual keys work with Xcode 26",
        ELECTRON_NOTARIZE,
        (Individual, Developer),
        "notary",
        (Disputed, Basis::Disputed),
    ),
];

#[test]
fn the_catalogue_agrees_with_the_pages_it_names() {
    for Quote { says, url, kind, role, capability, value, basis } in QUOTES {
        let finding = catalogue().capability(capability).unwrap().finding(*kind, *role);
        let about = format!("{kind} {role} {capability}: {says} ({url})");
        assert_eq!((finding.value, finding.basis), (*value, *basis), "{about}");
        assert!(finding.sources.iter().any(|source| source.url == *url), "the page is not named: {about}");
    }
}

#[test]
fn every_capability_a_source_speaks_of_is_quoted() {
    let quoted: BTreeSet<&str> = QUOTES.iter().map(|one| one.capability).collect();
    let silent: Vec<&str> =
        catalogue().capabilities().map(|one| one.code).filter(|code| !quoted.contains(code)).collect();
    assert_eq!(silent, ["webhooks"], "of these no source says who may");
    let order: Vec<usize> = QUOTES
        .iter()
        .map(|one| catalogue().capabilities().position(|known| known.code == one.capability).unwrap())
        .collect();
    assert!(order.is_sorted());
}
