//! Shut by default: what the window may load, reach and call is decided in files anyone can edit, so the
//! decisions are repeated here. Loosening one means changing two places and saying why.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use xtask::process::Tool;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn config() -> Value {
    serde_json::from_str(&read("tauri.conf.json")).unwrap()
}

#[test]
fn the_page_may_load_its_own_files_and_nothing_else() {
    let policy = &config()["app"]["security"]["csp"];
    let expected = [
        ("default-src", "'none'"),
        ("script-src", "'self'"),
        ("style-src", "'self'"),
        ("img-src", "'self'"),
        ("connect-src", "ipc: http://ipc.localhost"),
        ("object-src", "'none'"),
        ("base-uri", "'none'"),
        ("form-action", "'none'"),
        ("frame-ancestors", "'none'"),
    ];
    for (directive, sources) in expected {
        assert_eq!(policy[directive], sources, "{directive}");
    }
    assert_eq!(policy.as_object().unwrap().len(), expected.len(), "a directive nobody has looked at: {policy}");
    let security = &config()["app"]["security"];
    assert!(security["devCsp"].is_null() && security["dangerousDisableAssetCspModification"].is_null());
}

#[test]
fn the_page_is_given_no_more_of_tauri_than_it_needs() {
    let config = config();
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert_eq!(config["app"]["security"]["freezePrototype"], true);
    assert_eq!(config["app"]["security"]["capabilities"], serde_json::json!(["main"]));
    assert!(config["app"]["security"]["assetProtocol"].is_null());
    assert!(config["build"]["devUrl"].is_null(), "a development server is plain, unauthenticated HTTP");
    let windows = config["app"]["windows"].as_array().unwrap();
    assert_eq!(windows.len(), 1);
    assert!(windows[0]["url"].is_null() && windows[0]["devtools"].is_null());
}

#[test]
fn the_one_capability_allows_only_commands_of_our_own() {
    let folder = fs::read_dir(root().join("src-tauri/capabilities")).unwrap();
    let files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let capability: Value = serde_json::from_str(&fs::read_to_string(&files[0]).unwrap()).unwrap();

    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability["remote"].is_null());
    for permission in capability["permissions"].as_array().unwrap() {
        let name = permission.as_str().unwrap();
        assert!(name.starts_with("allow-"), "{name} is not one of our commands");
    }
}

#[test]
fn no_plugin_opens_a_side_door() {
    let lock = read("Cargo.lock");
    let plugins: Vec<_> = lock.lines().filter(|line| line.starts_with("name = \"tauri-plugin")).collect();
    assert!(plugins.is_empty(), "{plugins:?}");
    // The only package of Tauri's that the page may import is its invoke function.
    let packages: Value = serde_json::from_str(&read("ui/package.json")).unwrap();
    let runtime = packages["dependencies"].as_object().unwrap().keys();
    let tauri: Vec<_> = runtime.filter(|name| name.starts_with("@tauri-apps/")).collect();
    assert_eq!(tauri, ["@tauri-apps/api"]);
}

/// Every crate that ends up in what is built, with the features it is built with: `asc-client v0.1.0 (path); ts`.
fn built(what: &[&str]) -> Vec<String> {
    let tree = ["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}; {f}"];
    let printed = Tool::cargo().within(&root()).args(tree).args(what).read().unwrap();
    String::from_utf8(printed).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn only_a_build_for_tests_can_be_led_to_a_simulated_apple() {
    let features = |what: &[&str], of: &str| {
        let lines: Vec<String> = built(what).into_iter().filter(|line| line.starts_with(&format!("{of} v"))).collect();
        lines
            .iter()
            .filter_map(|line| line.rsplit("; ").next())
            .flat_map(|list| list.split(','))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let led = |what: &[&str]| {
        let way = features(what, "asc-client").iter().any(|feature| feature == "simulator");
        (way, features(what, "keyfolio-core").iter().any(|feature| feature == "samples"))
    };
    let (shipped, driven): (&[&str], &[&str]) =
        (&["--package", "keyfolio"], &["--package", "keyfolio", "--features", "e2e"]);
    assert_eq!(led(shipped), (false, false));
    assert_eq!(
        led(&["--workspace"]),
        (false, false),
        "building the whole workspace leaks a feature into the application"
    );
    assert_eq!(led(driven), (true, true), "this test sees features");
    for what in [shipped, driven] {
        assert!(!built(what).iter().any(|line| line.starts_with("asc-sim ")), "{what:?} contains the simulator itself");
    }
}

#[test]
fn no_manifest_asks_for_developer_tools() {
    let lists = ["Cargo.toml", "src-tauri/Cargo.toml"].map(read).join("\n");
    for feature in ["devtools", "protocol-asset", "dangerous"] {
        assert!(!lists.contains(feature), "a manifest names {feature}");
    }
}

#[test]
fn every_icon_the_bundle_lists_is_there() {
    let config = config();
    let icons = config["bundle"]["icon"].as_array().unwrap();
    assert!(!icons.is_empty());
    for icon in icons {
        let bytes = fs::read(root().join(icon.as_str().unwrap())).unwrap_or_else(|error| panic!("{icon}: {error}"));
        assert!(!bytes.is_empty(), "{icon} is empty");
    }
}

#[test]
fn the_readme_names_the_two_commands_and_shows_the_window() {
    let readme = read("README.md");
    assert!(readme.contains("cargo xtask run") && readme.contains("cargo xtask test"));
    let pictures: Vec<_> = readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| link.ends_with(".png"))
        .collect();
    assert!(!pictures.is_empty(), "a README without a picture of the window");
    for picture in pictures {
        assert!(root().join(picture).is_file(), "{picture} is missing");
    }
}
