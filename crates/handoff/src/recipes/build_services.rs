//! Machines of others that build.

use asc_access::{Basis, Task};
use asc_key::KeyKind;

use super::sources::{
    APPLE_ACTIONS, BITRISE, CIRCLECI, CODEMAGIC, FASTLANE, FASTLANE_INDIVIDUAL, GITHUB_SECRETS, XCODE_CLOUD,
};
use super::{TEAM_KEY, closed, instead, set, with_care, works};
use crate::codes::{Encoding, Language, Limit, Place, Tool, ToolGroup, Trap};
use crate::recipe::{Content, FileName, FileSpec, Form, Instead, Recipe, Setting, Snippet, Value};

/// What takes an Individual key where a service does not.
const FASTLANE_INSTEAD: &[Instead] = &[TEAM_KEY, instead(Tool::Fastlane, "fastlane_env")];

const PUBLISHING: &[Task] = &[
    Task::UploadBuilds,
    Task::TestflightNotes,
    Task::TestflightExternal,
    Task::SubmitReview,
    Task::EditMetadata,
    Task::Certificates,
];

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        tool: Tool::GithubActions,
        group: ToolGroup::BuildServices,
        jobs: PUBLISHING,
        forms: &[
            Form {
                code: "github_secrets",
                basis: Basis::Reported,
                individual: with_care(Basis::Reported, Limit::RecentVersionsOnly),
                files: &[],
                settings: &[
                    set("APP_STORE_CONNECT_KEY_ID", Value::KeyId),
                    set("APP_STORE_CONNECT_ISSUER_ID", Value::IssuerId),
                    set("APP_STORE_CONNECT_PRIVATE_KEY", Value::Key(Encoding::Base64Pem)),
                ],
                settings_place: Place::RepositorySecrets,
                snippets: &[Snippet {
                    language: Language::Workflow,
                    place: Place::WorkflowFile,
                    team: "- name: Upload\n  env:\n    \
                           APP_STORE_CONNECT_API_KEY_KEY_ID: ${{ vars.APP_STORE_CONNECT_KEY_ID }}\n    \
                           APP_STORE_CONNECT_API_KEY_ISSUER_ID: ${{ vars.APP_STORE_CONNECT_ISSUER_ID }}\n    \
                           APP_STORE_CONNECT_API_KEY_KEY: ${{ secrets.APP_STORE_CONNECT_PRIVATE_KEY }}\n    \
                           APP_STORE_CONNECT_API_KEY_IS_KEY_CONTENT_BASE64: \"true\"\n  \
                           run: bundle exec fastlane beta",
                    individual: Some(
                        "- name: Upload\n  env:\n    \
                         APP_STORE_CONNECT_API_KEY_KEY_ID: ${{ vars.APP_STORE_CONNECT_KEY_ID }}\n    \
                         APP_STORE_CONNECT_API_KEY_KEY: ${{ secrets.APP_STORE_CONNECT_PRIVATE_KEY }}\n    \
                         APP_STORE_CONNECT_API_KEY_IS_KEY_CONTENT_BASE64: \"true\"\n  \
                         run: bundle exec fastlane beta",
                    ),
                }],
                traps: &[Trap::WholeFileInBase64, Trap::FileStaysOnRunner, Trap::OlderVersionsRefuseIndividual],
            },
            Form {
                code: "github_apple_actions",
                basis: Basis::Documented,
                individual: closed(
                    Basis::Documented,
                    Limit::NeedsIssuer,
                    &[TEAM_KEY, instead(Tool::GithubActions, "github_secrets")],
                ),
                files: &[],
                settings: &[
                    set("APPSTORE_API_KEY_ID", Value::KeyId),
                    set("APPSTORE_ISSUER_ID", Value::IssuerId),
                    set("APPSTORE_API_PRIVATE_KEY", Value::Key(Encoding::Pem)),
                ],
                settings_place: Place::RepositorySecrets,
                snippets: &[Snippet {
                    language: Language::Workflow,
                    place: Place::WorkflowFile,
                    team: "- uses: apple-actions/upload-testflight-build@v3\n  with:\n    \
                           app-path: path/to/App.ipa\n    \
                           issuer-id: ${{ vars.APPSTORE_ISSUER_ID }}\n    \
                           api-key-id: ${{ vars.APPSTORE_API_KEY_ID }}\n    \
                           api-private-key: ${{ secrets.APPSTORE_API_PRIVATE_KEY }}",
                    individual: None,
                }],
                traps: &[Trap::LineBreaksGetLost],
            },
        ],
        token: None,
        sources: &[GITHUB_SECRETS, APPLE_ACTIONS, FASTLANE, FASTLANE_INDIVIDUAL],
    },
    Recipe {
        tool: Tool::XcodeCloud,
        group: ToolGroup::BuildServices,
        // Its own builds need no key; these are what people's own scripts in it do with one.
        jobs: &[Task::TestflightNotes, Task::TestflightExternal, Task::EditMetadata, Task::SubmitReview],
        forms: &[Form {
            code: "xcode_cloud_secrets",
            basis: Basis::Derived,
            individual: works(Basis::Derived),
            files: &[],
            settings: &[
                set("ASC_KEY_ID", Value::KeyId),
                set("ASC_ISSUER_ID", Value::IssuerId),
                set("ASC_PRIVATE_KEY_B64", Value::Key(Encoding::Base64Pem)),
                Setting { name: "ASC_KEY_TYPE", value: Value::Text("individual"), only: Some(KeyKind::Individual) },
            ],
            settings_place: Place::XcodeCloudEnvironment,
            snippets: &[],
            traps: &[Trap::NoKeyNeeded, Trap::WholeFileInBase64],
        }],
        token: None,
        sources: &[XCODE_CLOUD],
    },
    Recipe {
        tool: Tool::Codemagic,
        group: ToolGroup::BuildServices,
        jobs: PUBLISHING,
        forms: &[Form {
            code: "codemagic_variables",
            basis: Basis::Documented,
            individual: closed(Basis::Reported, Limit::NeedsIssuer, FASTLANE_INSTEAD),
            files: &[],
            settings: &[
                set("APP_STORE_CONNECT_KEY_IDENTIFIER", Value::KeyId),
                set("APP_STORE_CONNECT_ISSUER_ID", Value::IssuerId),
                set("APP_STORE_CONNECT_PRIVATE_KEY", Value::Key(Encoding::Pem)),
            ],
            settings_place: Place::CodemagicGroup,
            snippets: &[Snippet {
                language: Language::Yaml,
                place: Place::CodemagicYaml,
                team: "publishing:\n  app_store_connect:\n    \
                       api_key: $APP_STORE_CONNECT_PRIVATE_KEY\n    \
                       key_id: $APP_STORE_CONNECT_KEY_IDENTIFIER\n    \
                       issuer_id: $APP_STORE_CONNECT_ISSUER_ID",
                individual: None,
            }],
            traps: &[Trap::LineBreaksGetLost],
        }],
        token: None,
        sources: &[CODEMAGIC],
    },
    Recipe {
        tool: Tool::Bitrise,
        group: ToolGroup::BuildServices,
        jobs: &[Task::UploadBuilds, Task::Certificates],
        forms: &[Form {
            code: "bitrise_step",
            basis: Basis::Documented,
            individual: closed(Basis::Reported, Limit::NeedsIssuer, FASTLANE_INSTEAD),
            files: &[FileSpec { name: FileName::AuthKey, content: Content::P8, place: Place::Dashboard, folder: None }],
            settings: &[],
            settings_place: Place::BitriseSecrets,
            snippets: &[Snippet {
                language: Language::Yaml,
                place: Place::StepInputs,
                team: "- deploy-to-itunesconnect-application-loader:\n    inputs:\n    \
                       - connection: \"off\"\n    \
                       - api_key_path: $BITRISEIO_ASC_KEY_URL\n    \
                       - api_issuer: ‹issuer_id›",
                individual: None,
            }],
            traps: &[Trap::FileNameMatters],
        }],
        token: None,
        sources: &[BITRISE],
    },
    Recipe {
        tool: Tool::Circleci,
        group: ToolGroup::BuildServices,
        jobs: PUBLISHING,
        forms: &[Form {
            code: "circleci_context",
            basis: Basis::Reported,
            individual: with_care(Basis::Reported, Limit::RecentVersionsOnly),
            files: &[],
            settings: &[
                set("APP_STORE_CONNECT_API_KEY_KEY_ID", Value::KeyId),
                set("APP_STORE_CONNECT_API_KEY_ISSUER_ID", Value::IssuerId),
                set("APP_STORE_CONNECT_API_KEY_KEY", Value::Key(Encoding::Base64Pem)),
                set("APP_STORE_CONNECT_API_KEY_IS_KEY_CONTENT_BASE64", Value::Text("true")),
            ],
            settings_place: Place::CircleciContext,
            snippets: &[Snippet {
                language: Language::Yaml,
                place: Place::CircleciConfig,
                team: "workflows:\n  release:\n    jobs:\n      - upload:\n          context: app-store-connect",
                individual: Some(
                    "workflows:\n  release:\n    jobs:\n      - upload:\n          context: app-store-connect",
                ),
            }],
            traps: &[Trap::WholeFileInBase64, Trap::OlderVersionsRefuseIndividual, Trap::ProvisioningNeedsTeam],
        }],
        token: None,
        sources: &[CIRCLECI, FASTLANE, FASTLANE_INDIVIDUAL],
    },
];
