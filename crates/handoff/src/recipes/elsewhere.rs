//! Services that read or edit the store, and forms for no tool in particular.

use asc_access::{Basis, Task};

use super::sources::{ANALYTICS_REPORTS, ASO_DEV, COMPOSE, DOCKER_ENV_FILE, DOTENV, REVENUECAT, TOKENS};
use super::{TEAM_KEY, closed, set, works};
use crate::codes::{Encoding, Language, Limit, Place, Tool, ToolGroup, Trap};
use crate::recipe::{Content, FileName, FileSpec, Form, Recipe, Snippet, Value};

/// A file to upload on a page that asks for both IDs beside it.
const UPLOAD: FileSpec =
    FileSpec { name: FileName::AuthKey, content: Content::P8, place: Place::Dashboard, folder: None };
const SECRET_FILE: FileSpec =
    FileSpec { name: FileName::AsDownloaded, content: Content::P8, place: Place::PrivateFolder, folder: None };

const fn variables(code: &'static str, encoding: Encoding, traps: &'static [Trap]) -> Form {
    // One list per encoding, because a table entry cannot be computed.
    let settings = match encoding {
        Encoding::Pem => const { &[KEY_ID, ISSUER_ID, set("ASC_PRIVATE_KEY", Value::Key(Encoding::Pem))] },
        Encoding::PemEscaped => {
            const { &[KEY_ID, ISSUER_ID, set("ASC_PRIVATE_KEY", Value::Key(Encoding::PemEscaped))] }
        }
        Encoding::Base64Pem => {
            const { &[KEY_ID, ISSUER_ID, set("ASC_PRIVATE_KEY_B64", Value::Key(Encoding::Base64Pem))] }
        }
        Encoding::Base64Der => {
            const { &[KEY_ID, ISSUER_ID, set("ASC_PRIVATE_KEY_DER_B64", Value::Key(Encoding::Base64Der))] }
        }
    };
    Form {
        code,
        basis: Basis::Documented,
        individual: works(Basis::Documented),
        files: &[],
        settings,
        settings_place: Place::EnvFile,
        snippets: &[],
        traps,
    }
}

const KEY_ID: crate::recipe::Setting = set("ASC_KEY_ID", Value::KeyId);
const ISSUER_ID: crate::recipe::Setting = set("ASC_ISSUER_ID", Value::IssuerId);

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        tool: Tool::AsoDev,
        group: ToolGroup::Services,
        // Without answering reviews, which such tools also offer: whether App Manager may is disputed, and nobody is to
        // be advised to give an Admin key away for it. The tool itself asks for App Manager.
        jobs: &[Task::AsoContractor, Task::Prices, Task::InAppPurchases],
        forms: &[Form {
            code: "aso_upload",
            basis: Basis::Reported,
            individual: closed(Basis::Reported, Limit::NeedsIssuer, &[TEAM_KEY]),
            files: &[UPLOAD],
            settings: &[set("Key ID", Value::KeyId), set("Issuer ID", Value::IssuerId)],
            settings_place: Place::Dashboard,
            snippets: &[],
            traps: &[Trap::ServiceHoldsKey],
        }],
        token: None,
        sources: &[ASO_DEV, ANALYTICS_REPORTS],
    },
    Recipe {
        tool: Tool::Revenuecat,
        group: ToolGroup::Services,
        // It imports products and prices; reports are not among what it says the key is for.
        jobs: &[Task::InAppPurchases],
        forms: &[Form {
            code: "revenuecat_upload",
            basis: Basis::Reported,
            individual: closed(Basis::Reported, Limit::NeedsIssuer, &[TEAM_KEY]),
            files: &[UPLOAD],
            settings: &[set("Key ID", Value::KeyId), set("Issuer ID", Value::IssuerId)],
            settings_place: Place::Dashboard,
            snippets: &[],
            traps: &[Trap::TwoKindsOfKey, Trap::ServiceHoldsKey],
        }],
        token: None,
        sources: &[REVENUECAT],
    },
    Recipe {
        tool: Tool::EnvFile,
        group: ToolGroup::Anything,
        jobs: &[],
        forms: &[
            variables("env_base64_pem", Encoding::Base64Pem, &[Trap::WholeFileInBase64, Trap::TokenIsSafer]),
            variables("env_pem", Encoding::Pem, &[Trap::LineBreaksGetLost, Trap::QuotesAreLiteral, Trap::TokenIsSafer]),
            variables(
                "env_pem_escaped",
                Encoding::PemEscaped,
                &[Trap::EscapesMustBeExpanded, Trap::QuotesAreLiteral, Trap::TokenIsSafer],
            ),
            variables("env_base64_der", Encoding::Base64Der, &[Trap::BinaryInBase64, Trap::TokenIsSafer]),
        ],
        token: Some(TOKENS),
        sources: &[TOKENS, DOTENV, DOCKER_ENV_FILE],
    },
    Recipe {
        tool: Tool::Container,
        group: ToolGroup::Anything,
        jobs: &[],
        forms: &[Form {
            code: "compose_secret",
            basis: Basis::Documented,
            individual: works(Basis::Documented),
            files: &[SECRET_FILE],
            settings: &[],
            settings_place: Place::ComposeFile,
            snippets: &[
                Snippet {
                    language: Language::Compose,
                    place: Place::ComposeFile,
                    team: COMPOSE_TEAM,
                    individual: Some(COMPOSE_INDIVIDUAL),
                },
                Snippet {
                    language: Language::Shell,
                    place: Place::Terminal,
                    team: "docker secret create asc_private_key - < ‹path›",
                    individual: Some("docker secret create asc_private_key - < ‹path›"),
                },
            ],
            traps: &[Trap::StaysInImage, Trap::TokenIsSafer],
        }],
        token: Some(TOKENS),
        sources: &[COMPOSE, TOKENS],
    },
    Recipe {
        tool: Tool::KeyFile,
        group: ToolGroup::Anything,
        jobs: &[],
        forms: &[Form {
            code: "key_file",
            basis: Basis::Documented,
            individual: works(Basis::Documented),
            files: &[SECRET_FILE],
            settings: &[],
            settings_place: Place::PrivateFolder,
            snippets: &[],
            traps: &[Trap::FileNameMatters, Trap::TokenIsSafer],
        }],
        token: Some(TOKENS),
        sources: &[TOKENS],
    },
];

const COMPOSE_TEAM: &str = "services:\n  app:\n    environment:\n      \
                            ASC_KEY_ID: ‹key_id›\n      \
                            ASC_ISSUER_ID: ‹issuer_id›\n      \
                            ASC_PRIVATE_KEY_PATH: /run/secrets/asc_private_key\n    \
                            secrets:\n      - asc_private_key\n\
                            secrets:\n  asc_private_key:\n    file: ‹path›";
const COMPOSE_INDIVIDUAL: &str = "services:\n  app:\n    environment:\n      \
                                  ASC_KEY_ID: ‹key_id›\n      \
                                  ASC_PRIVATE_KEY_PATH: /run/secrets/asc_private_key\n    \
                                  secrets:\n      - asc_private_key\n\
                                  secrets:\n  asc_private_key:\n    file: ‹path›";
