//! Who may know whom, read from what cargo itself says about the workspace.
//!
//! Four rules, each an answer to a question a reviewer asks first. *Rooms*: which of our crates may depend on
//! which. *Keys to the rooms*: which outside crates only one room may name, because they are how one reaches the
//! window, the disk, the keyring or the network. *Purity*: what the two pure crates must not reach even through
//! others. *Stages*: what stands in for the world in tests and must not be part of anything that is shipped. A crate
//! that is not in the table is refused, so a new room is a decision and never an accident.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Every crate of the workspace, and the crates of the workspace it may depend on.
const ROOMS: [(&str, &[&str]); 10] = [
    ("asc-key", &[]),
    ("asc-access", &["asc-key"]),
    // Its tests ask the simulator, and are held against the catalogue.
    ("asc-client", &["asc-key", "asc-access", "asc-sim"]),
    ("asc-sim", &["asc-key", "asc-access"]),
    ("vault", &["asc-key"]),
    ("handoff", &["asc-key", "asc-access"]),
    // Its tests ask the simulator.
    ("keyfolio-core", &["asc-key", "asc-access", "asc-client", "asc-sim", "handoff", "vault"]),
    ("keyfolio-shell", &["keyfolio-core"]),
    ("keyfolio", &["keyfolio-shell"]),
    ("xtask", &[]),
];

/// Outside crates by the beginning of their name, and the only rooms that may name them.
const KEPT: [(&str, &[&str]); 19] = [
    ("tauri", &["keyfolio", "keyfolio-shell"]),
    ("wry", &["keyfolio-shell"]),
    ("tao", &["keyfolio-shell"]),
    ("rfd", &["keyfolio-shell"]),
    ("arboard", &["keyfolio-shell"]),
    ("open", &["keyfolio-shell"]),
    ("interprocess", &["keyfolio-shell"]),
    ("dirs", &["keyfolio-shell"]),
    ("glib", &["keyfolio-shell"]),
    ("rusqlite", &["vault"]),
    ("keyring", &["vault"]),
    ("zbus", &["vault"]),
    ("secret-service", &["vault"]),
    ("security-framework", &["vault"]),
    ("windows-native-keyring-store", &["vault"]),
    ("apple-native-keyring-store", &["vault"]),
    ("reqwest", &["asc-client", "asc-sim"]),
    ("hyper", &["asc-client"]),
    ("rustls", &["asc-client", "asc-sim"]),
];

/// What may only ever be named for tests: not behind a feature, not by a build script.
const STAGES: [&str; 1] = ["asc-sim"];

/// Crates without network, windows or an async runtime, and without files but for the one module that is for them.
const PURE: [&str; 3] = ["asc-key", "asc-access", "handoff"];

/// What a pure crate must not reach, however indirectly.
const IMPURE: [&str; 14] = [
    "arboard",
    "async-io",
    "hyper",
    "interprocess",
    "keyring-core",
    "mio",
    "notify",
    "reqwest",
    "rfd",
    "rusqlite",
    "smol",
    "tauri",
    "tokio",
    "zbus",
];

/// Every broken rule of a workspace, one sentence each. `metadata` is what `cargo metadata` prints, with its
/// resolved graph.
pub fn violations(metadata: &Value) -> Vec<String> {
    let workspace = Workspace::read(metadata);
    let mut found = Vec::new();
    for (name, package) in &workspace.members {
        let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| room == name) else {
            found.push(format!("{name} is not in the table of rooms; give it a place there"));
            continue;
        };
        for stage in staged(package) {
            found.push(format!("{name} must not contain {stage}: it is for tests, name it under dev-dependencies"));
        }
        for dependency in direct(package) {
            if workspace.members.contains_key(dependency) {
                // A crate may name itself in its tests, to switch on a feature of its own.
                if dependency != *name && !allowed.contains(&dependency) {
                    found.push(format!("{name} must not depend on {dependency}"));
                }
            } else if let Some((kept, holders)) = KEPT.iter().find(|(kept, _)| is_or_extends(dependency, kept))
                && !holders.contains(name)
            {
                found.push(format!("{name} must not name {dependency}: {kept} belongs to {holders:?}"));
            }
        }
    }
    for pure in PURE {
        for reached in workspace.reached_by(pure).intersection(&BTreeSet::from(IMPURE)) {
            found.push(format!("{pure} must stay pure, but reaches {reached}"));
        }
    }
    found
}

/// `tauri-build` and `keyring-core` belong with `tauri` and `keyring`; `openssl` has nothing to do with `open`.
fn is_or_extends(name: &str, kept: &str) -> bool {
    name.strip_prefix(kept).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

struct Workspace<'a> {
    members: BTreeMap<&'a str, &'a Value>,
    names: BTreeMap<&'a str, &'a str>,
    /// Package id to the ids of its normal dependencies: what ends up in the program.
    graph: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Workspace<'a> {
    fn read(metadata: &'a Value) -> Self {
        let ours: BTreeSet<_> = list(&metadata["workspace_members"]).filter_map(Value::as_str).collect();
        let named = |package: &'a Value| Some((package["id"].as_str()?, package["name"].as_str()?));
        let names = list(&metadata["packages"]).filter_map(named).collect();
        let members = list(&metadata["packages"]).filter(|package| ours.contains(text(&package["id"])));
        let members = members.map(|package| (text(&package["name"]), package)).collect();
        let nodes = list(&metadata["resolve"]["nodes"]);
        let graph = nodes.map(|node| (text(&node["id"]), normal_dependencies(node))).collect();
        Self { members, names, graph }
    }

    fn reached_by(&self, name: &str) -> BTreeSet<&'a str> {
        let Some(start) = self.members.get(name) else { return BTreeSet::new() };
        let mut open = vec![text(&start["id"])];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(self.graph.get(id).into_iter().flatten());
            }
        }
        seen.into_iter().filter_map(|id| self.names.get(id).copied()).collect()
    }
}

/// Everything a manifest names: normal, development and build dependencies, for every platform.
fn direct(package: &Value) -> BTreeSet<&str> {
    list(&package["dependencies"]).map(|dependency| text(&dependency["name"])).collect()
}

/// What a manifest names of [`STAGES`] for anything but its tests, even where a feature has to ask for it.
fn staged(package: &Value) -> BTreeSet<&str> {
    let shipped = list(&package["dependencies"]).filter(|dependency| dependency["kind"] != "dev");
    shipped.map(|dependency| text(&dependency["name"])).filter(|name| STAGES.contains(name)).collect()
}

fn normal_dependencies(node: &Value) -> Vec<&str> {
    let normal = |edge: &&Value| list(&edge["dep_kinds"]).any(|kind| kind["kind"].is_null());
    list(&node["deps"]).filter(normal).map(|edge| text(&edge["pkg"])).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::violations;

    /// A workspace of crates, each with the names its manifest lists; the graph has the same arrows.
    fn workspace(crates: &[(&str, &[&str])], outside: &[(&str, &[&str])]) -> Value {
        let arrows = |names: &[&str]| names.iter().map(|name| json!({"name": name})).collect::<Vec<_>>();
        let edges = |names: &[&str]| {
            names.iter().map(|name| json!({"pkg": name, "dep_kinds": [{"kind": null}]})).collect::<Vec<_>>()
        };
        let all = || crates.iter().chain(outside);
        json!({
            "workspace_members": crates.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            "packages": all().map(|(name, to)| json!({"id": name, "name": name, "dependencies": arrows(to)})).collect::<Vec<_>>(),
            "resolve": {"nodes": all().map(|(name, to)| json!({"id": name, "deps": edges(to)})).collect::<Vec<_>>()},
        })
    }

    #[test]
    fn the_intended_arrows_are_allowed() {
        let intended = workspace(
            &[
                ("asc-key", &["p256"]),
                ("vault", &["asc-key", "rusqlite", "keyring-core"]),
                ("keyfolio-core", &["asc-key", "vault", "keyfolio-core"]),
                ("keyfolio-shell", &["keyfolio-core", "tauri"]),
                ("keyfolio", &["keyfolio-shell", "tauri-build"]),
            ],
            &[("p256", &[]), ("rusqlite", &[])],
        );
        assert_eq!(violations(&intended), Vec::<String>::new());
    }

    #[test]
    fn an_arrow_against_the_grain_is_refused() {
        let planted = workspace(&[("asc-key", &[]), ("asc-access", &[]), ("vault", &["asc-access"])], &[]);
        assert_eq!(violations(&planted), ["vault must not depend on asc-access"]);
    }

    #[test]
    fn another_room_must_not_name_what_one_room_keeps() {
        let planted = workspace(&[("keyfolio-core", &["rusqlite", "tauri-runtime", "openssl"])], &[]);
        let found = violations(&planted).join("\n");
        assert!(found.contains("keyfolio-core must not name rusqlite"), "{found}");
        assert!(found.contains("keyfolio-core must not name tauri-runtime"), "{found}");
        assert!(!found.contains("openssl"), "{found}");
    }

    #[test]
    fn only_the_client_and_its_counterpart_speak_to_the_network() {
        let planted = workspace(&[("keyfolio-shell", &["reqwest"]), ("asc-client", &["reqwest", "hyper-util"])], &[]);
        assert_eq!(
            violations(&planted),
            [r#"keyfolio-shell must not name reqwest: reqwest belongs to ["asc-client", "asc-sim"]"#]
        );
    }

    #[test]
    fn the_simulator_is_named_for_tests_only() {
        let named = |kind: Value| {
            let dependency = json!({"name": "asc-sim", "kind": kind, "optional": true});
            let mut workspace = workspace(&[("asc-client", &[]), ("asc-sim", &[])], &[]);
            workspace["packages"][0]["dependencies"] = json!([dependency]);
            violations(&workspace)
        };
        assert_eq!(named(json!("dev")), Vec::<String>::new());
        for kind in [Value::Null, json!("build")] {
            let refused = "asc-client must not contain asc-sim: it is for tests, name it under dev-dependencies";
            assert_eq!(named(kind), [refused]);
        }
    }

    #[test]
    fn purity_is_judged_through_every_other_crate() {
        let planted = workspace(
            &[("asc-key", &["harmless"])],
            &[("harmless", &["deeper"]), ("deeper", &["tokio"]), ("tokio", &[])],
        );
        assert_eq!(violations(&planted), ["asc-key must stay pure, but reaches tokio"]);
    }

    #[test]
    fn a_crate_without_a_place_is_refused() {
        let planted = workspace(&[("keyfolio-helpers", &[])], &[]);
        assert_eq!(violations(&planted), ["keyfolio-helpers is not in the table of rooms; give it a place there"]);
    }
}
