//! Apple's own tools.

use asc_access::{Basis, Task};

use super::sources::{
    ALTOOL_MANUAL, CUX_SHIP, NOTARYTOOL_HELP, NOTARYTOOL_MANUAL, SIGNING_BY_ROLE, TOKENS, XCODEBUILD_MANUAL,
};
use super::{TEAM_KEY, closed, disputed, instead, untried, with_care};
use crate::codes::{Language, Limit, Place, Tool, ToolGroup, Trap};
use crate::recipe::{Content, FileName, FileSpec, Form, Recipe, Snippet};

/// Where altool, Transporter and rcodesign look by themselves.
const FOLDER: &str = "~/.appstoreconnect/private_keys";

const KEY_IN_FOLDER: FileSpec =
    FileSpec { name: FileName::AuthKey, content: Content::P8, place: Place::PrivateKeysFolder, folder: Some(FOLDER) };
const KEY_ANYWHERE: FileSpec =
    FileSpec { name: FileName::AuthKey, content: Content::P8, place: Place::PrivateFolder, folder: None };

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        tool: Tool::Notarytool,
        group: ToolGroup::Apple,
        jobs: &[Task::Notarize],
        forms: &[Form {
            code: "notarytool_profile",
            basis: Basis::Reported,
            individual: disputed(&[TEAM_KEY]),
            files: &[KEY_ANYWHERE],
            settings: &[],
            settings_place: Place::Terminal,
            snippets: &[
                Snippet {
                    language: Language::Shell,
                    place: Place::Terminal,
                    team: "xcrun notarytool store-credentials ‹name› --key ‹path› --key-id ‹key_id› --issuer ‹issuer_id›",
                    individual: Some("xcrun notarytool store-credentials ‹name› --key ‹path› --key-id ‹key_id›"),
                },
                Snippet {
                    language: Language::Shell,
                    place: Place::BuildScript,
                    team: "xcrun notarytool submit App.zip --keychain-profile ‹name› --wait",
                    individual: Some("xcrun notarytool submit App.zip --keychain-profile ‹name› --wait"),
                },
            ],
            traps: &[Trap::IndividualDisputed, Trap::AgreementIsNoKeyFault],
        }],
        token: None,
        sources: &[NOTARYTOOL_MANUAL, NOTARYTOOL_HELP],
    },
    Recipe {
        tool: Tool::Altool,
        group: ToolGroup::Apple,
        jobs: &[Task::UploadBuilds],
        forms: &[Form {
            code: "altool_flags",
            basis: Basis::Reported,
            individual: with_care(Basis::Reported, Limit::StandInIssuer),
            files: &[KEY_IN_FOLDER],
            settings: &[],
            settings_place: Place::Terminal,
            snippets: &[Snippet {
                language: Language::Shell,
                place: Place::Terminal,
                team: "xcrun altool --upload-app -f App.ipa -t ios --api-key ‹key_id› --api-issuer ‹issuer_id›",
                // altool wants the argument and does not use it, so the Key ID stands in; it is no Issuer ID.
                individual: Some(
                    "xcrun altool --upload-app -f App.ipa -t ios --api-key ‹key_id› --api-key-subject user --api-issuer ‹key_id›",
                ),
            }],
            traps: &[Trap::FileNameMatters],
        }],
        token: None,
        sources: &[ALTOOL_MANUAL, CUX_SHIP],
    },
    Recipe {
        tool: Tool::Xcodebuild,
        group: ToolGroup::Apple,
        jobs: &[Task::CloudSigning, Task::Certificates],
        forms: &[Form {
            code: "xcodebuild_flags",
            basis: Basis::Reported,
            individual: closed(Basis::Reported, Limit::ClosedByApple, &[TEAM_KEY]),
            files: &[KEY_ANYWHERE],
            settings: &[],
            settings_place: Place::BuildScript,
            snippets: &[Snippet {
                language: Language::Shell,
                place: Place::BuildScript,
                team: "xcodebuild -exportArchive -archivePath App.xcarchive -exportOptionsPlist ExportOptions.plist \\\n  \
                       -allowProvisioningUpdates -authenticationKeyPath ‹path› \\\n  \
                       -authenticationKeyID ‹key_id› -authenticationKeyIssuerID ‹issuer_id›",
                individual: None,
            }],
            traps: &[Trap::AbsolutePath, Trap::SigningNeedsAdmin],
        }],
        token: None,
        sources: &[XCODEBUILD_MANUAL, SIGNING_BY_ROLE],
    },
    Recipe {
        tool: Tool::Transporter,
        group: ToolGroup::Apple,
        jobs: &[Task::UploadBuilds],
        forms: &[Form {
            code: "transporter_flags",
            basis: Basis::Reported,
            individual: untried(&[TEAM_KEY, instead(Tool::Altool, "altool_flags")]),
            files: &[KEY_IN_FOLDER],
            settings: &[],
            settings_place: Place::Terminal,
            snippets: &[Snippet {
                language: Language::Shell,
                place: Place::Terminal,
                team: "xcrun iTMSTransporter -m upload -assetFile App.ipa -apiKey ‹key_id› -apiIssuer ‹issuer_id›",
                individual: None,
            }],
            traps: &[Trap::FileNameMatters, Trap::HomeFolderOnly],
        }],
        token: None,
        sources: &[ALTOOL_MANUAL, TOKENS],
    },
];
