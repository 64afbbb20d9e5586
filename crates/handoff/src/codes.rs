//! The codes: every closed set of words this crate speaks in. Their words live in the window's language file, under
//! `handoff.<set>.<code>`.

use asc_key::codes;

codes! {
    /// Who takes the key.
    Tool {
        /// `xcrun notarytool`.
        Notarytool = "notarytool",
        /// `xcrun altool`.
        Altool = "altool",
        /// `xcodebuild`.
        Xcodebuild = "xcodebuild",
        /// Transporter and `iTMSTransporter`.
        Transporter = "transporter",
        /// GitHub Actions.
        GithubActions = "github_actions",
        /// Xcode Cloud.
        XcodeCloud = "xcode_cloud",
        /// Codemagic and its command line tools.
        Codemagic = "codemagic",
        /// Bitrise.
        Bitrise = "bitrise",
        /// CircleCI.
        Circleci = "circleci",
        /// fastlane.
        Fastlane = "fastlane",
        /// Expo Application Services.
        Eas = "eas",
        /// The Tauri bundler.
        Tauri = "tauri",
        /// electron-builder and `@electron/notarize`.
        Electron = "electron",
        /// rcodesign of apple-platform-rs.
        Rcodesign = "rcodesign",
        /// The `asc` command line tool.
        AscCli = "asc_cli",
        /// ASO.dev, and services like it that ask for both IDs and the file.
        AsoDev = "aso_dev",
        /// RevenueCat.
        Revenuecat = "revenuecat",
        /// Whatever reads variables from a file.
        EnvFile = "env_file",
        /// Docker and Compose secrets.
        Container = "container",
        /// The file as Apple gave it.
        KeyFile = "key_file",
    }
}

codes! {
    /// The headings recipes stand under.
    ToolGroup {
        /// From Apple.
        Apple = "apple",
        /// Machines of others that build.
        BuildServices = "build_services",
        /// Programs that build and publish.
        BuildTools = "build_tools",
        /// Services that read or edit the store.
        Services = "services",
        /// No tool in particular.
        Anything = "anything",
    }
}

codes! {
    /// How a private key is written down. Four are in use, and every tool takes but one or two of them.
    Encoding {
        /// Lines between BEGIN and END, as in the file Apple gives.
        Pem = "pem",
        /// The same on one line, each line's end as the two characters `\n`.
        PemEscaped = "pem_escaped",
        /// The whole file once more in base64, BEGIN and END included.
        Base64Pem = "base64_pem",
        /// Base64 of the binary form alone: what stands between BEGIN and END, without line breaks.
        Base64Der = "base64_der",
    }
}

codes! {
    /// Whether a setting is shown to everyone who may see the project, or to the build alone.
    Keep {
        /// It names something and gives nothing away.
        Variable = "variable",
        /// It is the key.
        Secret = "secret",
    }
}

codes! {
    /// What a snippet is written in; decides how a value is quoted in it.
    Language {
        /// A POSIX shell.
        Shell = "shell",
        /// A Fastfile.
        Ruby = "ruby",
        /// JSON.
        Json = "json",
        /// YAML that nothing else reads a second time.
        Yaml = "yaml",
        /// A GitHub workflow: `${{ }}` is evaluated even between quotes, so nothing of a user's is put there.
        Workflow = "workflow",
        /// A Compose file: YAML in which `$` starts a variable.
        Compose = "compose",
        /// A JavaScript module.
        Javascript = "javascript",
    }
}

codes! {
    /// Where a piece goes.
    Place {
        /// A terminal.
        Terminal = "terminal",
        /// A script of the build.
        BuildScript = "build_script",
        /// The environment of the machine that builds.
        BuildEnvironment = "build_environment",
        /// The folder Apple's tools look in for keys.
        PrivateKeysFolder = "private_keys_folder",
        /// A folder outside every repository.
        PrivateFolder = "private_folder",
        /// `fastlane/Fastfile`.
        Fastfile = "fastfile",
        /// Settings of the repository or its environment: secrets and variables.
        RepositorySecrets = "repository_secrets",
        /// A file in `.github/workflows`.
        WorkflowFile = "workflow_file",
        /// A variable group of the team or the application.
        CodemagicGroup = "codemagic_group",
        /// Bitrise's storage for files.
        BitriseFiles = "bitrise_files",
        /// The inputs of a step.
        StepInputs = "step_inputs",
        /// A context of the organization.
        CircleciContext = "circleci_context",
        /// `.circleci/config.yml`.
        CircleciConfig = "circleci_config",
        /// `codemagic.yaml`.
        CodemagicYaml = "codemagic_yaml",
        /// `eas.json`, the submit profile.
        EasJson = "eas_json",
        /// The workflow's environment, marked as secret.
        XcodeCloudEnvironment = "xcode_cloud_environment",
        /// The packaging script of the application.
        PackagingScript = "packaging_script",
        /// The service's page for credentials.
        Dashboard = "dashboard",
        /// `compose.yaml`.
        ComposeFile = "compose_file",
        /// A file that is read when the program starts.
        EnvFile = "env_file",
    }
}

codes! {
    /// What goes wrong with a tool that takes a key, worth knowing before.
    Trap {
        /// Here `APPLE_API_KEY` is the Key ID; the Electron tools call the path so.
        ApiKeyMeansId = "api_key_means_id",
        /// Here `APPLE_API_KEY` is the path; Tauri calls the Key ID so.
        ApiKeyMeansPath = "api_key_means_path",
        /// The file is found by its name, `AuthKey_<Key ID>.p8`, whatever the kind of the key.
        FileNameMatters = "file_name_matters",
        /// The path has to be absolute.
        AbsolutePath = "absolute_path",
        /// An Apple ID in `APPLE_ID` wins over the key, without a word.
        AppleIdWins = "apple_id_wins",
        /// The folder `private_keys` beside the project is not looked into; those in the home folder are.
        HomeFolderOnly = "home_folder_only",
        /// Base64 of the whole file; rcodesign wants another.
        WholeFileInBase64 = "whole_file_in_base64",
        /// Base64 of the binary form; nearly everybody else wants another.
        BinaryInBase64 = "binary_in_base64",
        /// Real line breaks get lost in many forms and shells.
        LineBreaksGetLost = "line_breaks_get_lost",
        /// Who does not turn `\n` into line breaks cannot read it.
        EscapesMustBeExpanded = "escapes_must_be_expanded",
        /// Tokens start 60 seconds early, so more than 1,140 seconds is refused by Apple.
        DurationAtMost1140 = "duration_at_most_1140",
        /// Certificates and profiles are closed to Individual keys.
        ProvisioningNeedsTeam = "provisioning_needs_team",
        /// Signing in the cloud takes an Admin.
        SigningNeedsAdmin = "signing_needs_admin",
        /// Older versions insist on an Issuer ID, or answer an Individual key with 401.
        OlderVersionsRefuseIndividual = "older_versions_refuse_individual",
        /// Apple says Individual keys are not supported; users and the tool's own help say they are.
        IndividualDisputed = "individual_disputed",
        /// 403 about a missing agreement is no fault of the key.
        AgreementIsNoKeyFault = "agreement_is_no_key_fault",
        /// An enterprise account has to be named as such.
        EnterpriseMustBeTold = "enterprise_must_be_told",
        /// There are two uploads for two different kinds of key.
        TwoKindsOfKey = "two_kinds_of_key",
        /// The variable with the file's address is called after the ID the file gets there.
        FileIdNamesVariable = "file_id_names_variable",
        /// A file the build writes stays on the machine until it is removed.
        FileStaysOnRunner = "file_stays_on_runner",
        /// The path may be committed, the file must not be.
        CommitPathNotFile = "commit_path_not_file",
        /// What is set while an image is built stays in the image.
        StaysInImage = "stays_in_image",
        /// `docker --env-file` takes quotation marks literally.
        QuotesAreLiteral = "quotes_are_literal",
        /// Xcode Cloud uploads its own builds without any key.
        NoKeyNeeded = "no_key_needed",
        /// Who holds the key can do all its role allows, until it is revoked.
        ServiceHoldsKey = "service_holds_key",
        /// Where a token will do, a token is safer: it ends by itself.
        TokenIsSafer = "token_is_safer",
    }
}

codes! {
    /// Why a tool cannot use an Individual key, or only with care.
    Limit {
        /// It insists on an Issuer ID, which an Individual key must not send.
        NeedsIssuer = "needs_issuer",
        /// What it does is closed to Individual keys by Apple.
        ClosedByApple = "closed_by_apple",
        /// Recent versions only.
        RecentVersionsOnly = "recent_versions_only",
        /// It insists on the argument but does not use it, so something stands in its place.
        StandInIssuer = "stand_in_issuer",
        /// Sources contradict each other.
        SourcesDisagree = "sources_disagree",
        /// Nobody was seen trying.
        NotTried = "not_tried",
    }
}
