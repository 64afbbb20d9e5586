//! Jobs in the words of the people who have them, and what a key needs for each.
//!
//! The way from "upload builds from CI" to a role leads over capabilities: a task names those it cannot do without,
//! and nothing that merely comes along. Every capability the API has an operation for is needed by some task. Where
//! the catalogue has no entry as fine as the job (TestFlight notes are part of the beta texts that come with
//! external groups), the nearest one is named here, and its own note tells what is known.

use crate::codes::codes;

codes! {
    /// The rows of the task menu.
    TaskGroup {
        /// Builds and what is done with them.
        Builds = "builds",
        /// The product page and its customers.
        Store = "store",
        /// Numbers and money.
        Reports = "reports",
        /// Signing, devices, people.
        Team = "team",
        /// Bundles of jobs as they are handed to others.
        People = "people",
    }
}

codes! {
    /// A job a key is wanted for.
    Task {
        /// Upload builds, as a build machine does.
        UploadBuilds = "upload_builds",
        /// Say what is new in a build, for its testers.
        TestflightNotes = "testflight_notes",
        /// Manage groups of testers inside the team.
        TestflightInternal = "testflight_internal",
        /// Manage groups of testers outside the team.
        TestflightExternal = "testflight_external",
        /// Manage workflows, start and read builds in Xcode Cloud.
        XcodeCloud = "xcode_cloud",
        /// Have Apple check Mac software that is not in the store.
        Notarize = "notarize",
        /// Read crashes, hangs and energy use.
        Performance = "performance",
        /// Manage sandbox testers.
        SandboxTesters = "sandbox_testers",
        /// Edit metadata, screenshots and localizations.
        EditMetadata = "edit_metadata",
        /// Change prices and availability.
        Prices = "prices",
        /// Manage in-app purchases and subscriptions, prices and submission included.
        InAppPurchases = "in_app_purchases",
        /// Submit for review.
        SubmitReview = "submit_review",
        /// Read customer reviews.
        ReadReviews = "read_reviews",
        /// Answer customer reviews.
        AnswerReviews = "answer_reviews",
        /// Nominate for featuring.
        Featuring = "featuring",
        /// Manage Game Center.
        GameCenter = "game_center",
        /// Be told of events by webhook.
        Webhooks = "webhooks",
        /// Download sales and trends reports.
        SalesReports = "sales_reports",
        /// Download financial reports.
        FinanceReports = "finance_reports",
        /// Download analytics reports that were requested.
        ReadAnalytics = "read_analytics",
        /// Request analytics reports.
        RequestAnalytics = "request_analytics",
        /// Manage certificates, identifiers and profiles.
        Certificates = "certificates",
        /// Sign in the cloud with xcodebuild.
        CloudSigning = "cloud_signing",
        /// Register devices for development.
        RegisterDevices = "register_devices",
        /// Invite, change and remove users.
        ManageUsers = "manage_users",
        /// Store texts and nothing else, for someone outside.
        AsoContractor = "aso_contractor",
        /// A service that collects sales and analytics.
        AnalyticsService = "analytics_service",
        /// Someone who reads and answers reviews.
        ReviewDesk = "review_desk",
        /// A machine that uploads, writes TestFlight notes and submits.
        CiMachine = "ci_machine",
    }
}

/// Who will hold the key, which says what kind of key it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A build machine: outlives people, so a Team key.
    Machine,
    /// Somebody else's service: as a machine.
    Service,
    /// One person, whose key should end with their account and see only their apps.
    Person,
    /// Not said by the job.
    Any,
}

impl Task {
    /// The row of the menu it stands in.
    #[must_use]
    pub const fn group(self) -> TaskGroup {
        match self {
            Self::UploadBuilds
            | Self::TestflightNotes
            | Self::TestflightInternal
            | Self::TestflightExternal
            | Self::XcodeCloud
            | Self::Notarize
            | Self::Performance
            | Self::SandboxTesters => TaskGroup::Builds,
            Self::EditMetadata
            | Self::Prices
            | Self::InAppPurchases
            | Self::SubmitReview
            | Self::ReadReviews
            | Self::AnswerReviews
            | Self::Featuring
            | Self::GameCenter
            | Self::Webhooks => TaskGroup::Store,
            Self::SalesReports | Self::FinanceReports | Self::ReadAnalytics | Self::RequestAnalytics => {
                TaskGroup::Reports
            }
            Self::Certificates | Self::CloudSigning | Self::RegisterDevices | Self::ManageUsers => TaskGroup::Team,
            Self::AsoContractor | Self::AnalyticsService | Self::ReviewDesk | Self::CiMachine => TaskGroup::People,
        }
    }

    /// Codes of the capabilities it cannot be done without.
    #[must_use]
    pub const fn needs(self) -> &'static [&'static str] {
        match self {
            Self::UploadBuilds => &["builds_upload"],
            Self::TestflightInternal => &["testflight_internal"],
            Self::TestflightNotes | Self::TestflightExternal => &["testflight_external"],
            Self::XcodeCloud => &["xcode_cloud"],
            Self::Notarize => &["notary"],
            Self::Performance => &["performance"],
            Self::SandboxTesters => &["sandbox"],
            Self::EditMetadata | Self::AsoContractor => &["apps_read", "metadata_write"],
            Self::Prices => &["pricing"],
            Self::InAppPurchases => &["iap"],
            Self::SubmitReview => &["app_review"],
            Self::ReadReviews => &["reviews_read"],
            Self::AnswerReviews | Self::ReviewDesk => &["reviews_read", "reviews_reply"],
            Self::Featuring => &["featuring"],
            Self::GameCenter => &["game_center"],
            Self::Webhooks => &["webhooks"],
            Self::SalesReports => &["sales_reports"],
            Self::FinanceReports => &["finance_reports"],
            Self::ReadAnalytics => &["analytics_read"],
            Self::RequestAnalytics => &["analytics_read", "analytics_request"],
            Self::Certificates | Self::RegisterDevices => &["provisioning_read", "provisioning_write"],
            Self::CloudSigning => &["cloud_signing"],
            Self::ManageUsers => &["users_read", "users_manage"],
            Self::AnalyticsService => &["sales_reports", "analytics_read"],
            Self::CiMachine => &["builds_upload", "testflight_external", "app_review"],
        }
    }

    /// Who will hold the key.
    #[must_use]
    pub const fn holder(self) -> Holder {
        match self {
            Self::UploadBuilds | Self::Notarize | Self::CloudSigning | Self::CiMachine | Self::Webhooks => {
                Holder::Machine
            }
            Self::AnalyticsService => Holder::Service,
            Self::AsoContractor | Self::ReviewDesk => Holder::Person,
            _ => Holder::Any,
        }
    }
}
