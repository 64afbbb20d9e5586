//! Every page a value rests on, once, with what it is and when it was said or last read.
//!
//! A source is `quoted` where the page is Apple's but the wording was read through someone who quotes or
//! tabulates it; whoever relies on it should look at the page. Dates: the day of a report where it has one, else
//! the month the page was last read.

use crate::codes::Basis;
use crate::ledger::Source;

/// The month the pages without a date of their own were last read.
const READ: &str = "2026-10";

const fn apple(url: &'static str, title: &'static str) -> Source {
    Source { url, title, basis: Basis::Documented, date: READ }
}

const fn quoted(url: &'static str, title: &'static str) -> Source {
    Source { url, title, basis: Basis::Quoted, date: READ }
}

const fn reported(url: &'static str, title: &'static str, date: &'static str) -> Source {
    Source { url, title, basis: Basis::Reported, date }
}

// Apple, read directly.
pub(super) const KEY_GUIDE: Source = apple(
    "https://developer.apple.com/documentation/appstoreconnectapi/creating-api-keys-for-app-store-connect-api",
    "Apple: Creating API keys",
);
pub(super) const KEY_HELP: Source = apple(
    "https://developer.apple.com/help/app-store-connect/get-started/app-store-connect-api",
    "Apple help: App Store Connect API",
);
pub(super) const ROLE_PERMISSIONS: Source = apple(
    "https://developer.apple.com/help/app-store-connect/reference/account-management/role-permissions",
    "Apple help: Role permissions",
);
pub(super) const USER_ROLE: Source =
    apple("https://developer.apple.com/documentation/appstoreconnectapi/userrole", "Apple: UserRole");
pub(super) const USERS: Source =
    apple("https://developer.apple.com/documentation/appstoreconnectapi/users", "Apple: Users");
pub(super) const APPS: Source =
    apple("https://developer.apple.com/documentation/appstoreconnectapi/apps", "Apple: Apps");
pub(super) const SALES_AND_FINANCE: Source =
    apple("https://developer.apple.com/documentation/appstoreconnectapi/sales-and-finance", "Apple: Sales and Finance");
pub(super) const ANALYTICS: Source =
    apple("https://developer.apple.com/documentation/appstoreconnectapi/analytics", "Apple: Analytics");
pub(super) const ANALYTICS_DOWNLOAD: Source = apple(
    "https://developer.apple.com/documentation/appstoreconnectapi/downloading-analytics-reports",
    "Apple: Downloading analytics reports",
);
pub(super) const REPORT_ROLES: Source =
    apple("https://developer.apple.com/documentation/analytics-reports", "Apple: Analytics reports");
pub(super) const UPLOAD_BUILDS: Source = apple(
    "https://developer.apple.com/help/app-store-connect/manage-builds/upload-builds",
    "Apple help: Upload builds",
);

// Apple's published description of the API, counted.
pub(super) const SPECIFICATION: Source = Source {
    url: "https://developer.apple.com/sample-code/app-store-connect/app-store-connect-openapi-specification.zip",
    title: "Apple: OpenAPI description 4.4.1",
    basis: Basis::Spec,
    date: "2026-07",
};

// Apple, through others.
pub(super) const PROGRAM_ROLES: Source = quoted("https://developer.apple.com/support/roles/", "Apple: Program roles");
pub(super) const APP_INFORMATION: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/reference/app-information/app-information",
    "Apple help: App information",
);
pub(super) const AVAILABILITY: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/manage-your-apps-availability/manage-availability-for-your-app-on-the-app-store",
    "Apple help: Availability",
);
pub(super) const SUBMIT: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/manage-submissions-to-app-review/submit-an-app",
    "Apple help: Submit an app",
);
pub(super) const IN_APP_PURCHASES: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/configure-in-app-purchase-settings/overview-for-configuring-in-app-purchases",
    "Apple help: In-app purchases",
);
pub(super) const INTERNAL_TESTERS: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/test-a-beta-version/add-internal-testers",
    "Apple help: Internal testers",
);
pub(super) const EXTERNAL_TESTERS: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/test-a-beta-version/invite-external-testers",
    "Apple help: External testers",
);
pub(super) const SANDBOX_ACCOUNT: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/test-in-app-purchases/create-a-sandbox-apple-account",
    "Apple help: Sandbox accounts",
);
pub(super) const VIEW_REVIEWS: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/monitor-ratings-and-reviews/view-ratings-and-reviews/",
    "Apple help: View ratings and reviews",
);
pub(super) const RESPOND_TO_REVIEWS: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/monitor-ratings-and-reviews/respond-to-reviews",
    "Apple help: Respond to reviews",
);
pub(super) const NOMINATE: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/manage-featuring-nominations/nominate-your-app-for-featuring",
    "Apple help: Nominate for featuring",
);
pub(super) const FINANCIAL_REPORTS: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/getting-paid/download-financial-reports/",
    "Apple help: Download financial reports",
);
pub(super) const APP_ACCESS: Source = quoted(
    "https://developer.apple.com/help/app-store-connect/manage-your-team/edit-access-to-apps/",
    "Apple help: Edit access to apps",
);

// Seen by users and tools.
pub(super) const DEVELOPER_KEY_AND_TESTFLIGHT: Source = reported(
    "https://github.com/fastlane/docs/issues/1050",
    "fastlane: a Developer key and TestFlight texts",
    "2021-04-13",
);
pub(super) const DEVELOPER_KEY_AND_VERSIONS: Source = reported(
    "https://github.com/fastlane/fastlane/issues/21797",
    "fastlane: a Developer key and new versions",
    "2024-01-25",
);
pub(super) const DEVELOPER_KEY_AND_BETA_REVIEW: Source = reported(
    "https://github.com/fastlane/fastlane/issues/17066",
    "fastlane: a Developer key and beta review details",
    "2020-09-03",
);
pub(super) const ROLE_TABLE_2020: Source = reported(
    "https://github.com/tedgonzalez/app-store-connect-roles",
    "Role table copied from App Store Connect",
    "2020-10",
);
pub(super) const ACCESS_LEVELS: Source =
    reported("https://aso.dev/app-store-connect/api-key-access-levels/", "aso.dev: API key access levels", READ);
pub(super) const SALES_KEY_AND_SUBMISSIONS: Source =
    reported("https://github.com/ceclinux/nightwatch", "Nightwatch: a Sales and Reports key, tried", "2026-10-02");
pub(super) const REVIEW_ROLES: Source =
    reported("https://github.com/vickipetrova/vantage", "Vantage: which keys read and answer reviews", "2026-08-20");
pub(super) const APP_MANAGER_REPLIES: Source = reported(
    "https://developer.apple.com/forums/thread/800545",
    "Apple forums: replies refused to App Manager keys",
    READ,
);
pub(super) const APP_MANAGER_AND_SALES: Source = reported(
    "https://github.com/jeonghwanko/mimi-seed-sdk/pull/19",
    "mimi-seed-sdk: sales reports refused to App Manager",
    READ,
);
pub(super) const USERS_AS_ADMIN_SIGN: Source = reported(
    "https://github.com/pathorsAI/parley/pull/264",
    "parley: reading users as a sign of a stronger key",
    "2026-08-19",
);
pub(super) const DEVELOPER_KEY_AND_XCODE_CLOUD: Source =
    reported("https://github.com/finnvoor/xcc", "xcc: Xcode Cloud with a Developer key", READ);
pub(super) const CERTIFICATES_BY_KEY: Source =
    reported("https://github.com/Lightless-Labs/willikins", "willikins: which keys list certificates", READ);
pub(super) const INDIVIDUAL_KEY_AND_PROVISIONING: Source =
    reported("https://pub.dev/packages/cux_ship", "cux_ship: Individual keys and provisioning", READ);
pub(super) const ONLY_ADMIN_REGISTERS: Source =
    reported("https://github.com/dotnet/docs-maui/pull/2730", ".NET MAUI docs: only Admin keys register", "2025-01-15");
pub(super) const APP_MANAGER_AND_SIGNING: Source = reported(
    "https://github.com/joreilly/Confetti/pull/1787",
    "Confetti: App Manager key fails cloud signing",
    "2026-08-08",
);
pub(super) const SIGNING_BY_ROLE: Source =
    reported("https://zenn.dev/yorifuji/scraps/8718061a2b484a", "Cloud signing tried role by role", "2023-03-29");
pub(super) const ADMIN_AND_SIGNING: Source = reported(
    "https://github.com/opendocument-app/OpenDocument.ios/pull/131",
    "OpenDocument: distribution signing needs Admin",
    "2026-08-02",
);
pub(super) const DEVELOPER_KEY_AND_NOTARY: Source = reported(
    "https://developer.apple.com/forums/thread/749215",
    "Apple forums: notarize with a Developer Team key",
    READ,
);
pub(super) const NOTARIZE_TOOL: Source =
    reported("https://github.com/electron/notarize", "electron/notarize: which keys work", "2026-07");
pub(super) const NOTARYTOOL_HELP: Source = reported(
    "https://github.com/indygreg/apple-platform-rs/issues/260",
    "notarytool help on Individual keys, quoted",
    "2026-01-23",
);
pub(super) const CLI_ROLE_SNAPSHOT: Source = reported(
    "https://github.com/rorkai/App-Store-Connect-CLI",
    "App Store Connect CLI: roles offered for keys",
    "2026-03-16",
);
