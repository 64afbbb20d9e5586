//! The English words for the codes of this crate: the source of `ui/src/i18n/en/access.json` and `docs/access.md`.
//!
//! They live outside the library, which ships codes only. Labels stand in narrow columns, so they stay short;
//! hints and notes are one sentence each. A test fails if a code has no words or words have no code.

use asc_access::Role;

/// Code and words of one set.
type Set = (&'static str, &'static [(&'static str, &'static str)]);

const AREA: Set = (
    "area",
    &[
        ("apps", "Apps & metadata"),
        ("builds", "Builds & TestFlight"),
        ("xcode_cloud", "Xcode Cloud"),
        ("pricing", "Pricing & availability"),
        ("reviews", "Customer reviews"),
        ("analytics", "Analytics reports"),
        ("users", "Users & access"),
        ("provisioning", "Certificates, IDs & profiles"),
        ("sales", "Sales reports"),
        ("finance", "Finance reports"),
        ("notary", "Notarization"),
    ],
);

const AREA_SHORT: Set = (
    "area_short",
    &[
        ("apps", "Apps & metadata"),
        ("builds", "Builds & TestFlight"),
        ("xcode_cloud", "Xcode Cloud"),
        ("pricing", "Pricing"),
        ("reviews", "Reviews"),
        ("analytics", "Analytics"),
        ("users", "Users & access"),
        ("provisioning", "Certs, IDs, profiles"),
        ("sales", "Sales reports"),
        ("finance", "Finance reports"),
        ("notary", "Notarize"),
    ],
);

const AREA_HINT: Set = (
    "area_hint",
    &[
        ("apps", "App records, versions, store texts, screenshots and review submissions."),
        ("builds", "Uploading builds, TestFlight groups and testers, performance data."),
        ("xcode_cloud", "Products, workflows and builds in Xcode Cloud."),
        ("pricing", "Prices, storefronts, in-app purchases and subscriptions."),
        ("reviews", "Ratings and reviews, and the answers to them."),
        ("analytics", "App Analytics, as downloadable reports."),
        ("users", "The people of the team, their roles and invitations."),
        ("provisioning", "Certificates, identifiers, devices, profiles and cloud signing."),
        ("sales", "Sales and Trends: units, proceeds and subscriptions."),
        ("finance", "Monthly financial reports: what Apple pays out."),
        ("notary", "Submitting Mac software to Apple’s notary service."),
    ],
);

const ZONE: Set = ("zone", &[("either", "Either key type"), ("team_only", "Team keys only")]);

const CAPABILITY: Set = (
    "capability",
    &[
        ("apps_read", "Read apps, versions and app information"),
        ("metadata_write", "Edit metadata, screenshots and localizations"),
        ("app_review", "Submit for review"),
        ("featuring", "Nominate for featuring, request promo codes"),
        ("game_center", "Manage Game Center"),
        ("webhooks", "Manage webhooks"),
        ("app_create", "Create an app record"),
        ("builds_upload", "Upload and read builds"),
        ("testflight_internal", "Manage internal TestFlight groups"),
        ("testflight_external", "Manage external TestFlight groups and beta texts"),
        ("performance", "Read performance metrics and diagnostics"),
        ("sandbox", "Manage sandbox testers"),
        ("xcode_cloud", "Manage workflows, start and read builds"),
        ("pricing", "Read and set prices and availability"),
        ("iap", "Manage in-app purchases and subscriptions"),
        ("reviews_read", "Read customer reviews"),
        ("reviews_reply", "Answer customer reviews"),
        ("analytics_read", "Download analytics reports"),
        ("analytics_request", "Request analytics reports"),
        ("users_read", "Read users and invitations"),
        ("users_manage", "Invite, change and remove users"),
        ("keys", "Create, list or revoke API keys"),
        ("provisioning_read", "Read certificates, identifiers, profiles and devices"),
        ("provisioning_write", "Create and delete them"),
        ("cloud_signing", "Sign in the cloud with xcodebuild"),
        ("sales_reports", "Download sales and trends reports"),
        ("finance_reports", "Download financial reports"),
        ("notary", "Submit to the notary service, read results"),
    ],
);

const NOTE: Set = (
    "note",
    &[
        ("sales_reads_versions", "Seen listing an app’s versions."),
        ("developer_no_versions", "A Developer key is reported to be refused; Apple’s page doesn’t name the role."),
        ("developer_reads_submissions", "Said to read submissions. Apple’s page doesn’t name the role for submitting."),
        ("sales_submissions_refused", "Tried with a Sales and Reports key: even reading submissions is refused."),
        ("no_leaderboard_scores", "All but leaderboard scores."),
        ("no_endpoint", "The API has no operation for this. It takes the website."),
        (
            "developer_internal_groups",
            "Apple’s page names Account Holder, Admin and App Manager. Success with a Developer key is told, but we found no report to point to.",
        ),
        ("developer_beta_texts_refused", "Tried with a Developer key: reading works, writing is refused."),
        ("iap_no_prices_no_submission", "Creates and edits, but sets no prices and submits nothing."),
        ("iap_no_prices", "Creates and edits, but sets no prices."),
        (
            "app_manager_replies",
            "One Apple page includes App Manager, another doesn’t, and App Manager keys are reported to be refused.",
        ),
        (
            "individual_analytics",
            "Apple closes sales and finance reports to Individual keys and doesn’t mention analytics.",
        ),
        ("developer_reads_users", "Told both ways, and we found no report that shows the answer."),
        ("app_manager_users", "A role table of 2020 says yes; later lists say no."),
        ("answers_401", "Apple answers 401 here, as if the key were wrong."),
        (
            "portal_access",
            "Users need a separate permission for this. Whether a key brings it along isn’t documented, and reports differ.",
        ),
        ("signing_refused", "Xcode stops with “Cloud signing permission error.”"),
        ("signing_needs_issuer", "Also needs an Issuer ID, which an Individual key doesn’t use."),
        (
            "individual_notary",
            "Apple’s guide excludes Individual keys. The tool’s own help describes how to use one, and success is reported with Xcode 26.",
        ),
        (
            "role_maybe_not_offered",
            "Apple may not offer this role for Team keys: an older help page excluded it, and reports differ.",
        ),
        ("role_is_a_person", "The Account Holder is a person, not a role of a Team key."),
        ("role_called_sales_and_reports", "Apple calls it Sales and Reports when you make a key."),
        ("apps_unknown", "It isn’t known which apps the key’s owner sees."),
        ("app_not_visible", "The key’s owner doesn’t see this app."),
        ("owner_role_left_out", "Apple’s page leaves this role out of its list, then says all users may make a key."),
    ],
);

const LABEL: Set = (
    "label",
    &[
        ("edit_metadata_view", "Edit metadata, view"),
        ("game_center_view", "View, Game Center"),
        ("upload_view", "Upload, view"),
        ("in_app_purchases", "In-app purchases"),
        ("reply_view", "View, reply"),
        ("view_reply_open", "View, reply?"),
        ("request_download", "Request, download"),
        ("download", "Download"),
        ("submit", "Submit"),
        ("view_write_open", "View, edit?"),
        ("view_open", "View?"),
    ],
);

const LEVEL: Set = (
    "level",
    &[
        ("manage", "Manage"),
        ("limited", "Limited"),
        ("view", "View"),
        ("none", "No access"),
        ("never", "Never"),
        ("unclear", "Unclear"),
        ("disputed", "Disputed"),
    ],
);

const HALF: Set = (
    "half",
    &[
        ("yes", "Yes"),
        ("part", "In part"),
        ("no", "No"),
        ("never", "Never"),
        ("unknown", "Unknown"),
        ("disputed", "Disputed"),
    ],
);

const BASIS: Set = (
    "basis",
    &[
        ("observed", "Answered by Apple"),
        ("documented", "Documented by Apple"),
        ("spec", "Apple’s API description"),
        ("quoted", "Apple, quoted by others"),
        ("derived", "Follows from Apple’s pages"),
        ("reported", "Reported by others"),
        ("disputed", "Sources disagree"),
        ("unknown", "Not documented"),
    ],
);

const REASON: Set = (
    "reason",
    &[
        ("kind", "Apple closes this to Individual keys, whatever their owner’s role."),
        ("role", "The role decides this."),
        ("role_unknown", "The key’s role isn’t known, and the roles it could have differ here."),
        ("no_source", "No source we found says."),
        ("not_asked", "Apple was not asked about this."),
        ("sources_disagree", "Sources contradict each other."),
        ("answered", "Apple’s own answer to this key decides this."),
        ("nothing_to_write", "Reports are only read. There is nothing to write here."),
        ("apps_unknown", "The role allows this, but it isn’t known which apps the key’s owner sees."),
        ("app_not_visible", "The role allows this, but the key’s owner doesn’t see this app."),
    ],
);

const APPS: Set = (
    "apps",
    &[
        ("all_always", "All apps, always"),
        ("all_by_role", "All apps, through the role"),
        ("as_owner", "The owner’s apps"),
    ],
);

const PERMISSION: Set = (
    "permission",
    &[
        ("provisioningAllowed", "Access to Certificates, Identifiers & Profiles"),
        ("CLOUD_MANAGED_APP_DISTRIBUTION", "Cloud-managed distribution certificate"),
        ("CLOUD_MANAGED_DEVELOPER_ID", "Cloud-managed Developer ID certificate"),
        ("CREATE_APPS", "Create apps"),
        ("ACCESS_TO_REPORTS", "Access to Reports"),
        ("GENERATE_INDIVIDUAL_KEYS", "Generate Individual API keys"),
    ],
);

const ROLE: Set = (
    "role",
    &[
        ("ACCOUNT_HOLDER", "Account Holder"),
        ("ADMIN", "Admin"),
        ("APP_MANAGER", "App Manager"),
        ("DEVELOPER", "Developer"),
        ("FINANCE", "Finance"),
        ("MARKETING", "Marketing"),
        ("SALES", "Sales and Reports"),
        ("CUSTOMER_SUPPORT", "Customer Support"),
    ],
);

const ROLE_HINT: Set = (
    "role_hint",
    &[
        ("ACCOUNT_HOLDER", "Everything, including agreements. One person per team."),
        ("ADMIN", "All apps, users and keys."),
        ("APP_MANAGER", "Everything about an app, from metadata to price and release."),
        ("DEVELOPER", "Builds and delivery."),
        ("FINANCE", "Payments, financial reports and tax."),
        ("MARKETING", "Store texts, artwork and featuring."),
        ("SALES", "Sales, downloads and analytics. A person’s role is called Sales."),
        ("CUSTOMER_SUPPORT", "Reads and answers customer reviews."),
    ],
);

const TASK_GROUP: Set = (
    "task_group",
    &[
        ("builds", "Builds"),
        ("store", "Store"),
        ("reports", "Reports"),
        ("team", "Team"),
        ("people", "For someone else"),
    ],
);

const TASK: Set = (
    "task",
    &[
        ("upload_builds", "Upload builds"),
        ("testflight_notes", "Set TestFlight notes"),
        ("testflight_internal", "Internal test groups"),
        ("testflight_external", "External test groups"),
        ("xcode_cloud", "Run Xcode Cloud"),
        ("notarize", "Notarize a Mac app"),
        ("performance", "Read crashes and performance"),
        ("sandbox_testers", "Manage sandbox testers"),
        ("edit_metadata", "Edit metadata and screenshots"),
        ("prices", "Change prices"),
        ("in_app_purchases", "Manage in-app purchases"),
        ("submit_review", "Submit for review"),
        ("read_reviews", "Read reviews"),
        ("answer_reviews", "Answer reviews"),
        ("featuring", "Nominate for featuring"),
        ("game_center", "Manage Game Center"),
        ("webhooks", "Manage webhooks"),
        ("sales_reports", "Sales reports"),
        ("finance_reports", "Financial reports"),
        ("read_analytics", "Read analytics"),
        ("request_analytics", "Request analytics"),
        ("certificates", "Certificates and profiles"),
        ("cloud_signing", "Cloud signing"),
        ("register_devices", "Register devices"),
        ("manage_users", "Manage users"),
        ("aso_contractor", "ASO contractor, metadata only"),
        ("analytics_service", "Analytics service"),
        ("review_desk", "Review desk"),
        ("ci_machine", "Build, test and release machine"),
    ],
);

const TASK_HINT: Set = (
    "task_hint",
    &[
        ("upload_builds", "From a build machine or by hand, with Transporter, altool or the API."),
        (
            "testflight_notes",
            "What testers read about a build. No source treats these texts apart from external groups.",
        ),
        ("testflight_internal", "Groups of people who are on the team."),
        ("testflight_external", "Groups of people outside the team, their invitations and beta review."),
        ("xcode_cloud", "Workflows, starting builds, reading results."),
        ("notarize", "Mac software given out outside the App Store."),
        ("performance", "Diagnostics and power metrics of your builds."),
        ("sandbox_testers", "Accounts that try purchases without paying."),
        ("edit_metadata", "Store texts, screenshots and localizations, and reading the app they belong to."),
        ("prices", "Prices, and the countries an app is sold in."),
        (
            "in_app_purchases",
            "Products and subscriptions with prices and submission. Some roles create them without that.",
        ),
        ("submit_review", "Send a version to App Review and release it."),
        ("read_reviews", "Ratings and what customers wrote."),
        ("answer_reviews", "Public answers under customers’ reviews."),
        ("featuring", "Tell Apple’s editors about an app or an update."),
        ("game_center", "Leaderboards, achievements and matchmaking."),
        ("webhooks", "Have Apple call an address when something happens. No source says which role may set this up."),
        ("sales_reports", "Sales and Trends: units, proceeds, subscriptions. Needs a vendor number."),
        ("finance_reports", "What Apple pays out each month. Needs a vendor number."),
        ("read_analytics", "Download reports that an Admin has requested."),
        ("request_analytics", "Start a report. Once it runs, a smaller key can download it."),
        ("certificates", "Read, create and delete certificates, identifiers and profiles."),
        ("cloud_signing", "Let xcodebuild sign with Apple’s cloud-managed certificates."),
        ("register_devices", "Add test devices for development builds."),
        ("manage_users", "Invite people, change their roles and apps, remove them."),
        (
            "aso_contractor",
            "Store texts and screenshots. The person can be limited to some apps, and their key with them.",
        ),
        ("analytics_service", "Collects sales and analytics reports of all apps."),
        ("review_desk", "A person who reads and answers reviews."),
        ("ci_machine", "Uploads builds, writes TestFlight notes and submits for review."),
    ],
);

const SETS: &[Set] = &[
    AREA, AREA_SHORT, AREA_HINT, ZONE, CAPABILITY, NOTE, LABEL, LEVEL, HALF, BASIS, REASON, APPS, PERMISSION, ROLE,
    ROLE_HINT, TASK_GROUP, TASK, TASK_HINT,
];

/// Every key with its words, in reading order: `access.<set>.<code>`.
pub(crate) fn words() -> Vec<(String, &'static str)> {
    let keyed = |(set, entries): &Set| {
        let set = *set;
        entries.iter().map(move |(code, text)| (format!("access.{set}.{code}"), *text)).collect::<Vec<_>>()
    };
    SETS.iter().flat_map(keyed).collect()
}

/// The words for one code, or the key itself so that a gap is seen.
pub(crate) fn word(set: &str, code: &str) -> String {
    let key = format!("access.{set}.{code}");
    words().iter().find(|(known, _)| *known == key).map_or(key, |(_, text)| (*text).to_owned())
}

/// "Admin, Developer", or a dash.
pub(crate) fn roles(roles: &[Role]) -> String {
    if roles.is_empty() {
        return "–".to_owned();
    }
    roles.iter().map(|role| word("role", role.code())).collect::<Vec<_>>().join(", ")
}
