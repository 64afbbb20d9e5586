//! The workspace as it is, held against the rules of [`xtask::architecture`].

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use std::path::Path;

use serde_json::Value;
use xtask::architecture::violations;
use xtask::platforms;
use xtask::process::Tool;

fn metadata() -> Value {
    let compiler = String::from_utf8(Tool::new("rustc").arg("-vV").read().unwrap()).unwrap();
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    // Only this platform's packages: the others need not be downloaded to run the tests.
    let question = ["metadata", "--format-version=1", "--locked", "--filter-platform", host];
    serde_json::from_slice(&Tool::cargo().args(question).read().unwrap()).unwrap()
}

fn features_of(metadata: &Value, package: &str) -> Vec<String> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let ids: Vec<_> =
        packages.iter().filter(|candidate| candidate["name"] == package).map(|found| &found["id"]).collect();
    let nodes = nodes.iter().filter(|node| ids.contains(&&node["id"]));
    let features = nodes.flat_map(|node| node["features"].as_array().unwrap());
    features.map(|feature| feature.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_arrow_is_one_the_architecture_knows() {
    let found = violations(&metadata());
    assert!(found.is_empty(), "docs/architecture.md says who may know whom:\n{}", found.join("\n"));
}

#[test]
fn only_known_places_ask_which_system_they_are_on() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let found = platforms::scattered(root).unwrap();
    assert!(found.is_empty(), "move it into one of the places in xtask/src/platforms.rs:\n{}", found.join("\n"));
}

#[test]
fn tauri_is_built_without_developer_tools_or_file_access() {
    let features = features_of(&metadata(), "tauri");
    assert!(!features.is_empty());
    for unwanted in ["devtools", "protocol-asset", "isolation", "macos-private-api"] {
        assert!(!features.iter().any(|feature| feature == unwanted), "tauri is built with {unwanted}");
    }
}

#[test]
fn the_keyring_connection_brings_no_async_runtime() {
    // zbus panics inside a foreign runtime when anything in the tree switches this feature on.
    assert!(!features_of(&metadata(), "zbus").iter().any(|feature| feature == "tokio"));
}
