//! Every page a recipe rests on. Dates as in the catalogue of `asc-access`: the month a page without a date of its
//! own was last read.

use asc_access::{Basis, Source};

const READ: &str = "2026-10";

const fn documented(url: &'static str, title: &'static str) -> Source {
    Source { url, title, basis: Basis::Documented, date: READ }
}

const fn reported(url: &'static str, title: &'static str, date: &'static str) -> Source {
    Source { url, title, basis: Basis::Reported, date }
}

pub(super) const TOKENS: Source = documented(
    "https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests",
    "Apple: Generating tokens",
);
pub(super) const ANALYTICS_REPORTS: Source =
    documented("https://developer.apple.com/documentation/analytics-reports", "Apple: Analytics reports");
pub(super) const XCODE_CLOUD: Source = documented(
    "https://developer.apple.com/documentation/xcode/environment-variable-reference",
    "Apple: variables of your own in an Xcode Cloud workflow",
);
pub(super) const NOTARYTOOL_MANUAL: Source =
    reported("https://keith.github.io/xcode-man-pages/notarytool.1.html", "Manual page of notarytool", READ);
pub(super) const NOTARYTOOL_HELP: Source = reported(
    "https://github.com/indygreg/apple-platform-rs/issues/260",
    "notarytool help on Individual keys, quoted",
    "2026-01-23",
);
pub(super) const ALTOOL_MANUAL: Source =
    reported("https://keith.github.io/xcode-man-pages/altool.1.html", "Manual page of altool", READ);
pub(super) const XCODEBUILD_MANUAL: Source =
    reported("https://keith.github.io/xcode-man-pages/xcodebuild.1.html", "Manual page of xcodebuild", READ);
pub(super) const CUX_SHIP: Source =
    reported("https://pub.dev/packages/cux_ship", "cux_ship: altool with an Individual key", READ);
pub(super) const SIGNING_BY_ROLE: Source =
    reported("https://zenn.dev/yorifuji/scraps/8718061a2b484a", "Cloud signing tried role by role", "2023-03-29");
pub(super) const FASTLANE: Source =
    documented("https://docs.fastlane.tools/app-store-connect-api/", "fastlane: App Store Connect API");
pub(super) const FASTLANE_CODE: Source =
    reported("https://github.com/fastlane/fastlane", "fastlane: its code", "2026-07");
pub(super) const FASTLANE_INDIVIDUAL: Source =
    reported("https://github.com/fastlane/fastlane/issues/21959", "fastlane: older versions and Individual keys", READ);
pub(super) const CODEMAGIC: Source =
    documented("https://github.com/codemagic-ci-cd/cli-tools", "Codemagic: command line tools");
pub(super) const BITRISE: Source = documented(
    "https://github.com/bitrise-steplib/steps-deploy-to-itunesconnect-application-loader",
    "Bitrise: Deploy to App Store Connect, its step.yml",
);
pub(super) const APPLE_ACTIONS: Source =
    documented("https://github.com/Apple-Actions/upload-testflight-build", "Apple-Actions: upload-testflight-build");
pub(super) const GITHUB_SECRETS: Source = documented(
    "https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets",
    "GitHub: secrets in workflows",
);
pub(super) const CIRCLECI: Source = documented("https://circleci.com/docs/contexts/", "CircleCI: contexts");
pub(super) const EAS: Source = documented("https://github.com/expo/eas-cli", "Expo: eas-cli");
pub(super) const TAURI: Source =
    documented("https://v2.tauri.app/distribute/sign/macos/", "Tauri: signing and notarizing for macOS");
pub(super) const ELECTRON_NOTARIZE: Source =
    documented("https://github.com/electron/notarize", "@electron/notarize: its options");
pub(super) const ELECTRON_NOTARIZE_INDIVIDUAL: Source = reported(
    "https://github.com/electron/notarize/pull/246",
    "@electron/notarize: Individual keys from version 3 on; 2.5 insists on the Issuer ID",
    "2026-11",
);
pub(super) const ELECTRON_BUILDER: Source = reported(
    "https://github.com/electron-userland/electron-builder",
    "electron-builder 26.17: its code wants all three variables",
    "2026-11",
);
pub(super) const ELECTRON_APPLE_ID: Source = reported(
    "https://github.com/tashfeenahmed/freellmapi/pull/1034",
    "electron-builder: an Apple ID in the environment wins",
    "2026-08-25",
);
pub(super) const RCODESIGN: Source =
    documented("https://github.com/indygreg/apple-platform-rs", "apple-platform-rs: rcodesign");
pub(super) const ASC_CLI: Source =
    documented("https://github.com/rorkai/App-Store-Connect-CLI", "asc: variables and profiles");
pub(super) const ASC_CLI_INDIVIDUAL: Source =
    reported("https://github.com/rorkai/App-Store-Connect-CLI/issues/1633", "asc: Individual keys", "2026-06");
pub(super) const ASO_DEV: Source =
    reported("https://aso.dev/app-store-connect/api-key-access-levels/", "ASO.dev: which key it asks for", READ);
pub(super) const REVENUECAT: Source = reported(
    "https://www.revenuecat.com/docs/service-credentials/itunesconnect-app-specific-shared-secret/app-store-connect-api-key-configuration",
    "RevenueCat: App Store Connect API key",
    READ,
);
pub(super) const DOTENV: Source = documented("https://github.com/motdotla/dotenv", "dotenv: how values are quoted");
pub(super) const COMPOSE: Source =
    documented("https://docs.docker.com/reference/compose-file/secrets/", "Docker: secrets in Compose");
pub(super) const DOCKER_ENV_FILE: Source =
    reported("https://github.com/docker/cli/issues/4665", "docker run --env-file keeps quotation marks", "2023-11-17");
