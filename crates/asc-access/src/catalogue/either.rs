//! What either kind of key can reach, given the role.
//!
//! The pattern of most entries: Apple's help page for a task names the roles a *user* needs, and Apple says keys
//! have the roles of users, so the value is derived from both pages. Where somebody tried a key, that is used
//! instead. A report nobody can look up is not a source, and its cell stays unknown.

use super::sources::{
    ACCESS_LEVELS, ANALYTICS, ANALYTICS_DOWNLOAD, APP_INFORMATION, APP_MANAGER_REPLIES, APPS, AVAILABILITY,
    DEVELOPER_KEY_AND_BETA_REVIEW, DEVELOPER_KEY_AND_TESTFLIGHT, DEVELOPER_KEY_AND_VERSIONS,
    DEVELOPER_KEY_AND_XCODE_CLOUD, EXTERNAL_TESTERS, IN_APP_PURCHASES, INTERNAL_TESTERS, KEY_GUIDE, NOMINATE,
    PROGRAM_ROLES, RESPOND_TO_REVIEWS, REVIEW_ROLES, ROLE_PERMISSIONS, ROLE_TABLE_2020, SALES_KEY_AND_SUBMISSIONS,
    SANDBOX_ACCOUNT, SPECIFICATION, SUBMIT, UPLOAD_BUILDS, USERS_AS_ADMIN_SIGN, VIEW_REVIEWS,
};
use super::{ByRole, Capability, Finding, Individual, Side, UNKNOWN, Weight, disputed, never, no, part, yes};
use crate::codes::{Area, Basis, Half};
use crate::ledger::Source;

use Basis::{Derived, Documented, Reported, Spec};
use Individual::{AsOwner, Whatever};
use Side::{Both, Read, Write};
use Weight::{Decides, Detail};

/// Roles of users hold for keys, and the role's description covers it.
const BY_DESCRIPTION: &[Source] = &[KEY_GUIDE, ROLE_PERMISSIONS];
const METADATA: &[Source] = &[KEY_GUIDE, APP_INFORMATION];
const SUBMITTING: &[Source] = &[KEY_GUIDE, SUBMIT];
const FEATURING: &[Source] = &[KEY_GUIDE, NOMINATE];
const UPLOADING: &[Source] = &[KEY_GUIDE, UPLOAD_BUILDS];
const INTERNAL: &[Source] = &[KEY_GUIDE, INTERNAL_TESTERS];
const EXTERNAL: &[Source] = &[KEY_GUIDE, EXTERNAL_TESTERS];
const SANDBOX: &[Source] = &[KEY_GUIDE, SANDBOX_ACCOUNT];
const PRICING: &[Source] = &[KEY_GUIDE, AVAILABILITY];
const PURCHASES: &[Source] = &[KEY_GUIDE, IN_APP_PURCHASES];
const READING_REVIEWS: &[Source] = &[KEY_GUIDE, VIEW_REVIEWS];
const REPLYING: &[Source] = &[KEY_GUIDE, RESPOND_TO_REVIEWS];
const REQUESTING_ANALYTICS: &[Source] = &[ANALYTICS_DOWNLOAD, ANALYTICS];

const NO_APP_ENDPOINT: &[Source] = &[SPECIFICATION, APPS];
const NO_KEY_ENDPOINT: &[Source] = &[SPECIFICATION];
/// Nobody published what happened, or the reports contradict what is published.
const UNTRACEABLE: Finding = Finding::new(Half::Unknown, Basis::Unknown, &[INTERNAL_TESTERS, ROLE_TABLE_2020]);

pub(super) const CAPABILITIES: &[Capability] = &[
    // -------------------------------------------------------------------------------------------- apps
    Capability {
        code: "apps_read",
        area: Area::Apps,
        side: Read,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            developer: yes(Reported, &[DEVELOPER_KEY_AND_TESTFLIGHT]),
            finance: UNKNOWN,
            sales: yes(Reported, &[SALES_KEY_AND_SUBMISSIONS]).note("sales_reads_versions"),
            customer_support: yes(Derived, READING_REVIEWS),
            ..ByRole::every(yes(Derived, BY_DESCRIPTION))
        },
    },
    Capability {
        code: "metadata_write",
        area: Area::Apps,
        side: Write,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, METADATA),
            admin: yes(Derived, METADATA),
            app_manager: yes(Derived, METADATA),
            marketing: yes(Derived, METADATA),
            developer: no(Reported, &[DEVELOPER_KEY_AND_VERSIONS, APP_INFORMATION]).note("developer_no_versions"),
            ..ByRole::every(no(Derived, METADATA))
        },
    },
    Capability {
        code: "app_review",
        area: Area::Apps,
        side: Write,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, SUBMITTING),
            admin: yes(Derived, SUBMITTING),
            app_manager: yes(Derived, SUBMITTING),
            developer: no(Reported, &[SALES_KEY_AND_SUBMISSIONS, SUBMIT]).note("developer_reads_submissions"),
            sales: no(Reported, &[SALES_KEY_AND_SUBMISSIONS]).note("sales_submissions_refused"),
            ..ByRole::every(no(Derived, SUBMITTING))
        },
    },
    Capability {
        code: "featuring",
        area: Area::Apps,
        side: Write,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, FEATURING),
            admin: yes(Derived, FEATURING),
            app_manager: yes(Derived, FEATURING),
            marketing: yes(Derived, FEATURING),
            ..ByRole::every(no(Derived, FEATURING))
        },
    },
    Capability {
        code: "game_center",
        area: Area::Apps,
        side: Write,
        weight: Detail,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Reported, &[ROLE_TABLE_2020]),
            admin: yes(Reported, &[ROLE_TABLE_2020]),
            app_manager: yes(Reported, &[ROLE_TABLE_2020]),
            developer: yes(Reported, &[ROLE_TABLE_2020]).note("no_leaderboard_scores"),
            ..ByRole::every(UNKNOWN)
        },
    },
    Capability {
        code: "webhooks",
        area: Area::Apps,
        side: Write,
        weight: Detail,
        individual: AsOwner,
        by_role: ByRole::every(UNKNOWN),
    },
    Capability {
        code: "app_create",
        area: Area::Apps,
        side: Write,
        weight: Detail,
        individual: Whatever(never(Spec, NO_APP_ENDPOINT).note("no_endpoint")),
        by_role: ByRole::every(no(Spec, NO_APP_ENDPOINT).note("no_endpoint")),
    },
    // ------------------------------------------------------------------------------------------ builds
    Capability {
        code: "builds_upload",
        area: Area::Builds,
        side: Both,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, UPLOADING),
            admin: yes(Derived, UPLOADING),
            app_manager: yes(Derived, UPLOADING),
            developer: yes(Documented, &[UPLOAD_BUILDS]),
            ..ByRole::every(no(Derived, UPLOADING))
        },
    },
    Capability {
        code: "testflight_internal",
        area: Area::Builds,
        side: Write,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, INTERNAL),
            admin: yes(Derived, INTERNAL),
            app_manager: yes(Derived, INTERNAL),
            developer: UNTRACEABLE.note("developer_internal_groups"),
            marketing: UNKNOWN,
            ..ByRole::every(no(Derived, INTERNAL))
        },
    },
    Capability {
        code: "testflight_external",
        area: Area::Builds,
        side: Write,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, EXTERNAL),
            admin: yes(Derived, EXTERNAL),
            app_manager: yes(Derived, EXTERNAL),
            developer: no(Reported, &[DEVELOPER_KEY_AND_TESTFLIGHT, DEVELOPER_KEY_AND_BETA_REVIEW])
                .note("developer_beta_texts_refused"),
            ..ByRole::every(no(Derived, EXTERNAL))
        },
    },
    Capability {
        code: "performance",
        area: Area::Builds,
        side: Read,
        weight: Detail,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, &[KEY_GUIDE, ROLE_TABLE_2020]),
            admin: yes(Derived, &[KEY_GUIDE, ROLE_TABLE_2020]),
            app_manager: yes(Derived, &[KEY_GUIDE, ROLE_TABLE_2020]),
            developer: yes(Reported, &[ROLE_TABLE_2020]),
            ..ByRole::every(UNKNOWN)
        },
    },
    Capability {
        code: "sandbox",
        area: Area::Builds,
        side: Write,
        weight: Detail,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, SANDBOX),
            admin: yes(Derived, SANDBOX),
            app_manager: yes(Derived, SANDBOX),
            developer: yes(Derived, SANDBOX),
            ..ByRole::every(no(Derived, SANDBOX))
        },
    },
    // ------------------------------------------------------------------------------------- xcode_cloud
    Capability {
        code: "xcode_cloud",
        area: Area::XcodeCloud,
        side: Both,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, BY_DESCRIPTION),
            admin: yes(Derived, BY_DESCRIPTION),
            app_manager: yes(Derived, BY_DESCRIPTION),
            developer: yes(Reported, &[DEVELOPER_KEY_AND_XCODE_CLOUD]),
            ..ByRole::every(UNKNOWN)
        },
    },
    // ----------------------------------------------------------------------------------------- pricing
    Capability {
        code: "pricing",
        area: Area::Pricing,
        side: Both,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, PRICING),
            admin: yes(Derived, PRICING),
            app_manager: yes(Derived, PRICING),
            ..ByRole::every(no(Derived, PRICING))
        },
    },
    Capability {
        code: "iap",
        area: Area::Pricing,
        side: Both,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, PURCHASES),
            admin: yes(Derived, PURCHASES),
            app_manager: yes(Derived, PURCHASES),
            developer: part(Derived, PURCHASES).note("iap_no_prices_no_submission"),
            marketing: part(Derived, PURCHASES).note("iap_no_prices"),
            ..ByRole::every(no(Derived, PURCHASES))
        },
    },
    // ----------------------------------------------------------------------------------------- reviews
    Capability {
        code: "reviews_read",
        area: Area::Reviews,
        side: Read,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            app_manager: yes(Reported, &[REVIEW_ROLES, VIEW_REVIEWS]),
            sales: no(Reported, &[REVIEW_ROLES]),
            finance: no(Derived, READING_REVIEWS),
            ..ByRole::every(yes(Derived, READING_REVIEWS))
        },
    },
    Capability {
        code: "reviews_reply",
        area: Area::Reviews,
        side: Write,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, REPLYING),
            admin: yes(Reported, &[REVIEW_ROLES, RESPOND_TO_REVIEWS]),
            app_manager: disputed(&[PROGRAM_ROLES, RESPOND_TO_REVIEWS, APP_MANAGER_REPLIES])
                .note("app_manager_replies"),
            customer_support: yes(Derived, REPLYING),
            ..ByRole::every(no(Derived, REPLYING))
        },
    },
    // --------------------------------------------------------------------------------------- analytics
    Capability {
        code: "analytics_read",
        area: Area::Analytics,
        side: Read,
        weight: Decides,
        individual: Whatever(ANALYTICS_SILENT),
        by_role: ByRole {
            account_holder: yes(Derived, &[ANALYTICS, ROLE_PERMISSIONS]),
            admin: yes(Documented, &[ANALYTICS]),
            finance: yes(Documented, &[ANALYTICS]),
            sales: yes(Documented, &[ANALYTICS]),
            app_manager: no(Reported, &[ANALYTICS, ROLE_TABLE_2020]),
            ..ByRole::every(no(Derived, &[ANALYTICS]))
        },
    },
    Capability {
        code: "analytics_request",
        area: Area::Analytics,
        side: Write,
        weight: Decides,
        individual: Whatever(ANALYTICS_SILENT),
        by_role: ByRole {
            account_holder: yes(Derived, &[ANALYTICS_DOWNLOAD, ROLE_PERMISSIONS]),
            admin: yes(Documented, &[ANALYTICS_DOWNLOAD]),
            finance: no(Documented, REQUESTING_ANALYTICS),
            sales: no(Documented, REQUESTING_ANALYTICS),
            ..ByRole::every(no(Derived, REQUESTING_ANALYTICS))
        },
    },
    // ------------------------------------------------------------------------------------------- users
    Capability {
        code: "users_read",
        area: Area::Users,
        side: Read,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, BY_DESCRIPTION),
            admin: yes(Derived, BY_DESCRIPTION),
            developer: Finding::new(Half::Unknown, Basis::Unknown, &[USERS_AS_ADMIN_SIGN])
                .note("developer_reads_users"),
            ..ByRole::every(UNKNOWN)
        },
    },
    Capability {
        code: "users_manage",
        area: Area::Users,
        side: Write,
        weight: Decides,
        individual: AsOwner,
        by_role: ByRole {
            account_holder: yes(Derived, BY_DESCRIPTION),
            admin: yes(Documented, BY_DESCRIPTION),
            app_manager: disputed(&[ROLE_TABLE_2020, ACCESS_LEVELS]).note("app_manager_users"),
            ..ByRole::every(no(Derived, BY_DESCRIPTION))
        },
    },
    Capability {
        code: "keys",
        area: Area::Users,
        side: Write,
        weight: Detail,
        individual: Whatever(never(Spec, NO_KEY_ENDPOINT).note("no_endpoint")),
        by_role: ByRole::every(no(Spec, NO_KEY_ENDPOINT).note("no_endpoint")),
    },
];

/// Apple closes Sales and Finance to Individual keys and does not mention analytics.
const ANALYTICS_SILENT: Finding =
    Finding::new(Half::Unknown, Basis::Unknown, &[KEY_GUIDE, ANALYTICS]).note("individual_analytics");
