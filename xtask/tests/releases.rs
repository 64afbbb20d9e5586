//! What a release is made from, as it stands in this checkout.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use xtask::package::sbom;
use xtask::{version, workflows};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn config(name: &str) -> Value {
    serde_json::from_slice(&fs::read(root().join(name)).unwrap()).unwrap()
}

#[test]
fn there_is_one_version_and_nothing_disagrees() {
    assert_eq!(version::disagreements(&root()).unwrap(), Vec::<String>::new());
}

#[test]
fn a_tag_of_another_version_is_no_release() {
    assert!(version::ready(&root(), "v0.0.0").is_err_and(|trouble| trouble.contains("v0.0.0")));
}

#[test]
fn workflows_call_this_program_and_trust_nothing_that_may_change() {
    let found = workflows::violations(&root()).unwrap();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_bill_of_materials_names_what_ships_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let system = std::env::consts::OS;
    let written = sbom::write(&root(), folder.path(), system).unwrap();
    let bill: Value = serde_json::from_slice(&fs::read(&written).unwrap()).unwrap();
    let components = bill["components"].as_array().unwrap();
    let named = |name: &str| components.iter().filter(|component| component["name"] == name).count();

    let file = written.file_name().unwrap().to_str().unwrap();
    assert_eq!(file, format!("keyfolio-{}-{system}.cdx.json", version::CURRENT));
    for shipped in ["vault", "tauri", "p256", "sqlite", "svelte"] {
        assert_eq!(named(shipped), 1, "{shipped} is in the program");
    }
    for tool in ["xtask", "proptest", "serde_derive", "tauri-build", "vite", "typescript"] {
        assert_eq!(named(tool), 0, "{tool} only helps to build or test it");
    }
    for component in components.iter().filter(|component| component["purl"] != Value::Null) {
        let hashed = component["name"] == "sqlite" || component["hashes"][0]["content"].is_string();
        assert!(hashed && component["licenses"][0]["expression"] != "", "{component}");
    }
}

#[test]
fn macos_runs_it_hardened_and_without_an_exception() {
    let bundle = &config("tauri.macos.conf.json")["bundle"]["macOS"];
    assert_eq!(bundle["hardenedRuntime"], true);

    let entitlements = fs::read_to_string(root().join(bundle["entitlements"].as_str().unwrap())).unwrap();
    assert!(!entitlements.contains("<key>"), "packaging/macos/README.md says why there is none:\n{entitlements}");
    // The system's parser for entitlements refuses comments.
    assert!(!entitlements.contains("<!--"), "{entitlements}");
    assert!(root().join(bundle["infoPlist"].as_str().unwrap()).is_file());
}
