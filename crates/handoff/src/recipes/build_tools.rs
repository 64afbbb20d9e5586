//! Programs that build and publish.

use asc_access::{Basis, Task};
use asc_key::KeyKind;

use super::sources::{
    ASC_CLI, ASC_CLI_INDIVIDUAL, EAS, ELECTRON_APPLE_ID, ELECTRON_BUILDER, ELECTRON_NOTARIZE,
    ELECTRON_NOTARIZE_INDIVIDUAL, FASTLANE, FASTLANE_CODE, FASTLANE_INDIVIDUAL, NOTARYTOOL_HELP, RCODESIGN, TAURI,
};
use super::{TEAM_KEY, closed, disputed, instead, set, with_care};
use crate::codes::{Encoding, Language, Limit, Place, Tool, ToolGroup, Trap};
use crate::recipe::{Content, FileName, FileSpec, Form, Recipe, Setting, Snippet, Value};

const KEY_ANYWHERE: FileSpec =
    FileSpec { name: FileName::AuthKey, content: Content::P8, place: Place::PrivateFolder, folder: None };

const FASTLANE_JOBS: &[Task] = &[
    Task::UploadBuilds,
    Task::TestflightNotes,
    Task::TestflightInternal,
    Task::TestflightExternal,
    Task::EditMetadata,
    Task::SubmitReview,
    Task::Certificates,
    Task::RegisterDevices,
];

const FASTLANE_TRAPS: &[Trap] = &[
    Trap::DurationAtMost1140,
    Trap::ProvisioningNeedsTeam,
    Trap::OlderVersionsRefuseIndividual,
    Trap::EnterpriseMustBeTold,
];

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        tool: Tool::Fastlane,
        group: ToolGroup::BuildTools,
        jobs: FASTLANE_JOBS,
        forms: &[
            Form {
                code: "fastlane_env",
                basis: Basis::Documented,
                individual: with_care(Basis::Reported, Limit::RecentVersionsOnly),
                files: &[],
                settings: &[
                    set("APP_STORE_CONNECT_API_KEY_KEY_ID", Value::KeyId),
                    set("APP_STORE_CONNECT_API_KEY_ISSUER_ID", Value::IssuerId),
                    set("APP_STORE_CONNECT_API_KEY_KEY", Value::Key(Encoding::Base64Pem)),
                    set("APP_STORE_CONNECT_API_KEY_IS_KEY_CONTENT_BASE64", Value::Text("true")),
                ],
                settings_place: Place::BuildEnvironment,
                snippets: &[Snippet {
                    language: Language::Ruby,
                    place: Place::Fastfile,
                    team: "app_store_connect_api_key",
                    individual: Some("app_store_connect_api_key"),
                }],
                traps: &[
                    Trap::WholeFileInBase64,
                    Trap::DurationAtMost1140,
                    Trap::ProvisioningNeedsTeam,
                    Trap::OlderVersionsRefuseIndividual,
                ],
            },
            Form {
                code: "fastlane_json",
                basis: Basis::Documented,
                individual: with_care(Basis::Reported, Limit::RecentVersionsOnly),
                files: &[FileSpec {
                    name: FileName::Fixed("app_store_connect_api_key.json"),
                    content: Content::FastlaneJson,
                    place: Place::PrivateFolder,
                    folder: None,
                }],
                settings: &[set("APP_STORE_CONNECT_API_KEY_PATH", Value::Path)],
                settings_place: Place::BuildEnvironment,
                snippets: &[Snippet {
                    language: Language::Shell,
                    place: Place::Terminal,
                    team: "fastlane pilot upload --api_key_path ‹path›",
                    individual: Some("fastlane pilot upload --api_key_path ‹path›"),
                }],
                traps: FASTLANE_TRAPS,
            },
            Form {
                code: "fastlane_lane",
                basis: Basis::Documented,
                individual: with_care(Basis::Reported, Limit::RecentVersionsOnly),
                files: &[KEY_ANYWHERE],
                settings: &[],
                settings_place: Place::BuildEnvironment,
                snippets: &[Snippet {
                    language: Language::Ruby,
                    place: Place::Fastfile,
                    team: "app_store_connect_api_key(\n  key_id: ‹key_id›,\n  issuer_id: ‹issuer_id›,\n  key_filepath: ‹path›\n)",
                    individual: Some("app_store_connect_api_key(\n  key_id: ‹key_id›,\n  key_filepath: ‹path›\n)"),
                }],
                traps: FASTLANE_TRAPS,
            },
        ],
        token: None,
        sources: &[FASTLANE, FASTLANE_CODE, FASTLANE_INDIVIDUAL],
    },
    Recipe {
        tool: Tool::Eas,
        group: ToolGroup::BuildTools,
        jobs: &[Task::UploadBuilds],
        forms: &[
            Form {
                code: "eas_profile",
                basis: Basis::Documented,
                individual: closed(
                    Basis::Reported,
                    Limit::NeedsIssuer,
                    &[TEAM_KEY, instead(Tool::Altool, "altool_flags")],
                ),
                files: &[KEY_ANYWHERE],
                settings: &[],
                settings_place: Place::BuildEnvironment,
                snippets: &[Snippet {
                    language: Language::Json,
                    place: Place::EasJson,
                    team: "{\n  \"submit\": {\n    \"production\": {\n      \"ios\": {\n        \
                           \"ascApiKeyPath\": ‹path›,\n        \
                           \"ascApiKeyId\": ‹key_id›,\n        \
                           \"ascApiKeyIssuerId\": ‹issuer_id›\n      }\n    }\n  }\n}",
                    individual: None,
                }],
                traps: &[Trap::CommitPathNotFile],
            },
            Form {
                code: "eas_env",
                basis: Basis::Documented,
                individual: closed(
                    Basis::Reported,
                    Limit::NeedsIssuer,
                    &[TEAM_KEY, instead(Tool::Altool, "altool_flags")],
                ),
                files: &[KEY_ANYWHERE],
                settings: &[
                    set("EXPO_ASC_KEY_ID", Value::KeyId),
                    set("EXPO_ASC_ISSUER_ID", Value::IssuerId),
                    set("EXPO_ASC_API_KEY_PATH", Value::Path),
                ],
                settings_place: Place::BuildEnvironment,
                snippets: &[],
                traps: &[Trap::CommitPathNotFile],
            },
        ],
        token: None,
        sources: &[EAS],
    },
    Recipe {
        tool: Tool::Tauri,
        group: ToolGroup::BuildTools,
        jobs: &[Task::Notarize],
        forms: &[Form {
            code: "tauri_env",
            basis: Basis::Documented,
            individual: closed(
                Basis::Documented,
                Limit::NeedsIssuer,
                &[TEAM_KEY, instead(Tool::Notarytool, "notarytool_profile")],
            ),
            files: &[KEY_ANYWHERE],
            settings: &[
                set("APPLE_API_KEY", Value::KeyId),
                set("APPLE_API_ISSUER", Value::IssuerId),
                set("APPLE_API_KEY_PATH", Value::Path),
            ],
            settings_place: Place::BuildEnvironment,
            snippets: &[],
            traps: &[Trap::ApiKeyMeansId, Trap::AgreementIsNoKeyFault],
        }],
        token: None,
        sources: &[TAURI],
    },
    Recipe {
        tool: Tool::Electron,
        group: ToolGroup::BuildTools,
        jobs: &[Task::Notarize],
        forms: &[
            Form {
                code: "electron_builder",
                basis: Basis::Reported,
                individual: closed(
                    Basis::Reported,
                    Limit::NeedsIssuer,
                    &[TEAM_KEY, instead(Tool::Electron, "electron_notarize")],
                ),
                files: &[KEY_ANYWHERE],
                settings: &[
                    set("APPLE_API_KEY", Value::Path),
                    set("APPLE_API_KEY_ID", Value::KeyId),
                    set("APPLE_API_ISSUER", Value::IssuerId),
                ],
                settings_place: Place::BuildEnvironment,
                snippets: &[],
                traps: &[Trap::ApiKeyMeansPath, Trap::AppleIdWins, Trap::AgreementIsNoKeyFault],
            },
            Form {
                code: "electron_notarize",
                basis: Basis::Documented,
                individual: disputed(&[TEAM_KEY]),
                files: &[KEY_ANYWHERE],
                settings: &[],
                settings_place: Place::BuildEnvironment,
                snippets: &[Snippet {
                    language: Language::Javascript,
                    place: Place::PackagingScript,
                    team: "await notarize({\n  appPath,\n  appleApiKey: ‹path›,\n  appleApiKeyId: ‹key_id›,\n  appleApiIssuer: ‹issuer_id›,\n});",
                    individual: Some(
                        "await notarize({\n  appPath,\n  appleApiKey: ‹path›,\n  appleApiKeyId: ‹key_id›,\n});",
                    ),
                }],
                traps: &[
                    Trap::ApiKeyMeansPath,
                    Trap::IndividualDisputed,
                    Trap::OlderVersionsRefuseIndividual,
                    Trap::AgreementIsNoKeyFault,
                ],
            },
        ],
        token: None,
        sources: &[
            ELECTRON_BUILDER,
            ELECTRON_APPLE_ID,
            ELECTRON_NOTARIZE,
            ELECTRON_NOTARIZE_INDIVIDUAL,
            NOTARYTOOL_HELP,
        ],
    },
    Recipe {
        tool: Tool::Rcodesign,
        group: ToolGroup::BuildTools,
        jobs: &[Task::Notarize],
        forms: &[Form {
            code: "rcodesign_json",
            basis: Basis::Documented,
            individual: closed(
                Basis::Reported,
                Limit::NeedsIssuer,
                &[TEAM_KEY, instead(Tool::Notarytool, "notarytool_profile")],
            ),
            files: &[FileSpec {
                name: FileName::Fixed("app-store-connect-key.json"),
                content: Content::RcodesignJson,
                place: Place::PrivateFolder,
                folder: None,
            }],
            settings: &[],
            settings_place: Place::BuildEnvironment,
            snippets: &[Snippet {
                language: Language::Shell,
                place: Place::Terminal,
                team: "rcodesign notary-submit --api-key-file ‹path› --staple App.app",
                individual: None,
            }],
            traps: &[Trap::BinaryInBase64, Trap::AgreementIsNoKeyFault],
        }],
        token: None,
        sources: &[RCODESIGN],
    },
    Recipe {
        tool: Tool::AscCli,
        group: ToolGroup::BuildTools,
        jobs: &[
            Task::UploadBuilds,
            Task::TestflightNotes,
            Task::TestflightExternal,
            Task::EditMetadata,
            Task::SubmitReview,
            Task::AnswerReviews,
            Task::SalesReports,
            Task::Certificates,
        ],
        forms: &[Form {
            code: "asc_env",
            basis: Basis::Documented,
            individual: with_care(Basis::Reported, Limit::RecentVersionsOnly),
            files: &[],
            settings: &[
                set("ASC_KEY_ID", Value::KeyId),
                set("ASC_ISSUER_ID", Value::IssuerId),
                set("ASC_PRIVATE_KEY_B64", Value::Key(Encoding::Base64Pem)),
                Setting { name: "ASC_KEY_TYPE", value: Value::Text("individual"), only: Some(KeyKind::Individual) },
            ],
            settings_place: Place::BuildEnvironment,
            snippets: &[],
            traps: &[Trap::WholeFileInBase64, Trap::OlderVersionsRefuseIndividual],
        }],
        token: None,
        sources: &[ASC_CLI, ASC_CLI_INDIVIDUAL],
    },
];
