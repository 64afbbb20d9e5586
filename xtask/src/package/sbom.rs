//! The bill of materials: what is inside a package, for those who must know (CycloneDX 1.6, JSON).
//!
//! Written here, on top of `cargo tree`, because the usual generators read `cargo metadata`, whose features are those
//! of the whole workspace with its tests: for Linux they name some fifty crates that no package contains. And nothing
//! more needs to be installed on the machine that makes a release.
//!
//! Named are the crates that are linked for this system, with the hash the lock file holds them to, the C library one
//! of them brings along, and the packages the page is made from. Of the last, the build drops whatever the page never
//! calls; so the list may name too much there, never too little. Refuses to leave out what it cannot read.

use std::collections::{BTreeMap, BTreeSet};
use std::env::consts;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use crate::json;
use crate::process::{Outcome, Tool};

/// One component: where it comes from, and what it is made from in turn.
#[derive(Debug, Default, Clone, PartialEq)]
struct Component {
    name: String,
    version: String,
    licence: String,
    /// <https://github.com/package-url/purl-spec>; none for what is published nowhere.
    purl: Option<String>,
    hash: Option<(&'static str, String)>,
    needs: BTreeSet<String>,
}

/// Components by their reference.
type Bill = BTreeMap<String, Component>;

/// Writes `keyfolio-VERSION-SYSTEM.cdx.json` for the packages of `system` (`linux`, `macos` or `windows`) into
/// `folder`; returns its path.
pub fn write(root: &Path, folder: &Path, system: &str) -> Result<PathBuf, String> {
    let lock = read(&root.join("Cargo.lock"))?;
    let mut bill = Bill::new();
    let mut top = String::new();
    let targets = targets(system)?;
    for target in &targets {
        let asked = ["tree", "--locked", "--package", "keyfolio", "--features", "tauri/custom-protocol"];
        let form = ["--edges", "normal,no-proc-macro", "--prefix", "depth", "--format", "\t{p}\t{l}"];
        let tree = Tool::cargo().within(root).args(asked).args(form).args(["--target", target]).read()?;
        top = of_crates(&String::from_utf8_lossy(&tree), &checksums(&lock), &mut bill)?;
    }
    add_sqlite(root, &targets, &mut bill)?;
    let page = json::parse("ui/package-lock.json", read(&root.join("ui/package-lock.json"))?.as_bytes())?;
    of_page(&page, &top, &mut bill)?;

    let document = document(&top, &bill, &commit_time(root)?);
    let version = bill.get(&top).map(|component| component.version.as_str()).unwrap_or_default();
    let path = folder.join(format!("keyfolio-{version}-{system}.cdx.json"));
    let text = serde_json::to_string_pretty(&document).map_err(|error| error.to_string())?;
    fs::write(&path, text + "\n").map_err(|error| format!("could not write {}: {error}", path.display()))?;
    Ok(path)
}

/// What the packages of a system are compiled for. The Windows setup made on Debian is a GNU build.
fn targets(system: &str) -> Result<Vec<String>, String> {
    match system {
        "linux" => Ok(vec![format!("{}-unknown-linux-gnu", consts::ARCH)]),
        "macos" => Ok(vec!["aarch64-apple-darwin".into(), "x86_64-apple-darwin".into()]),
        "windows" => Ok(vec![format!("x86_64-pc-windows-{}", if cfg!(windows) { "msvc" } else { "gnu" })]),
        other => Err(format!("There are no packages for {other}.")),
    }
}

/// Reads `cargo tree` with depths (`2<tab>name v1.2.3 (path)<tab>licence`, ` (*)` after what was shown before) into
/// `bill`; returns the reference of the top.
fn of_crates(tree: &str, checksums: &BTreeMap<(String, String), String>, bill: &mut Bill) -> Result<String, String> {
    let mut above: Vec<String> = Vec::new();
    for line in tree.lines() {
        let unreadable = || format!("cargo tree printed what is not understood: {line}");
        let mut fields = line.split('\t');
        let depth: usize = fields.next().and_then(|depth| depth.parse().ok()).ok_or_else(unreadable)?;
        let mut words = fields.next().ok_or_else(unreadable)?.split(' ');
        let name = words.next().ok_or_else(unreadable)?.to_owned();
        let version = words.next().and_then(|word| word.strip_prefix('v')).ok_or_else(unreadable)?.to_owned();
        let licence = fields.next().ok_or_else(unreadable)?.trim_end_matches(" (*)").replace('/', " OR ");

        // Only what comes from the registry has a checksum; our own crates bear names that mean others there.
        let checksum = checksums.get(&(name.clone(), version.clone()));
        let purl = checksum.map(|_| format!("pkg:cargo/{name}@{version}"));
        let reference = purl.clone().unwrap_or_else(|| format!("keyfolio:{name}@{version}"));
        let hash = checksum.map(|sum| ("SHA-256", sum.clone()));
        above.truncate(depth);
        if let Some(parent) = above.last().and_then(|parent| bill.get_mut(parent)) {
            parent.needs.insert(reference.clone());
        }
        above.push(reference.clone());
        bill.entry(reference).or_insert(Component { name, version, licence, purl, hash, needs: BTreeSet::new() });
    }
    above.into_iter().next().ok_or_else(|| "cargo tree printed nothing".into())
}

/// Name and version to the checksum in `Cargo.lock`.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let field = |package: &str, name: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    let entry =
        |package: &str| Some(((field(package, "name")?, field(package, "version")?), field(package, "checksum")?));
    lock.split("[[package]]").filter_map(entry).collect()
}

/// SQLite itself: C code inside `libsqlite3-sys`, under a version and a name of its own by which its flaws are known.
fn add_sqlite(root: &Path, targets: &[String], bill: &mut Bill) -> Outcome {
    // Only these targets' packages: the others need not be downloaded.
    let filters = targets.iter().flat_map(|target| ["--filter-platform", target]);
    let asked = Tool::cargo().within(root).args(["metadata", "--format-version=1", "--locked"]);
    let metadata = asked.args(filters).read()?;
    let metadata = json::parse("cargo metadata", &metadata)?;
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let manifest =
        packages.find(|package| package["name"] == "libsqlite3-sys").map(|package| &package["manifest_path"]);
    let manifest = manifest.and_then(Value::as_str).ok_or("cargo metadata names no libsqlite3-sys")?;
    let header = read(&Path::new(manifest).with_file_name("sqlite3").join("sqlite3.h"))?;
    let version = sqlite_version(&header).ok_or("sqlite3.h names no version")?;
    let purl = format!("pkg:generic/sqlite@{version}");
    let holder = bill.values_mut().find(|component| component.name == "libsqlite3-sys");
    holder.ok_or("libsqlite3-sys is not linked")?.needs.insert(purl.clone());
    let sqlite = Component { name: "sqlite".into(), version, licence: "blessing".into(), ..Component::default() };
    bill.insert(purl.clone(), Component { purl: Some(purl), ..sqlite });
    Ok(())
}

fn sqlite_version(header: &str) -> Option<String> {
    let line = header.lines().find_map(|line| line.strip_prefix("#define SQLITE_VERSION "))?;
    Some(line.trim().trim_matches('"').to_owned())
}

/// Reads the page's packages, those for building it left out, from npm's lock file into `bill`, under `top`.
fn of_page(lock: &Value, top: &str, bill: &mut Bill) -> Outcome {
    const PLACE: &str = "node_modules/";
    let packages = lock["packages"].as_object().ok_or("ui/package-lock.json lists no packages")?;
    let only_for_building = |package: &Value| package["dev"] == true || package["devOptional"] == true;
    let purl = |name: &str, package: &Value| {
        let version = package["version"].as_str().unwrap_or_default();
        format!("pkg:npm/{}@{version}", name.replacen('@', "%40", 1))
    };
    let needs = |package: &Value| -> BTreeSet<String> {
        let named = package["dependencies"].as_object().into_iter().flatten();
        named.filter_map(|(name, _)| Some(purl(name, packages.get(&format!("{PLACE}{name}"))?))).collect()
    };
    for (place, package) in packages.iter().filter(|(_, package)| !only_for_building(package)) {
        let Some(name) = place.strip_prefix(PLACE) else {
            bill.get_mut(top).ok_or("the page belongs to nothing")?.needs.extend(needs(package));
            continue;
        };
        if name.contains(PLACE) {
            return Err(format!("ui/package-lock.json: {place} lies inside another package, which is not understood"));
        }
        let text = |field: &str| package[field].as_str().unwrap_or_default();
        let integrity = text("integrity").strip_prefix("sha512-").and_then(|sum| BASE64.decode(sum).ok());
        let integrity = integrity.ok_or_else(|| format!("ui/package-lock.json: {place} has no SHA-512"))?;
        let hash = integrity.iter().map(|byte| format!("{byte:02x}")).collect();
        let purl = purl(name, package);
        let component = Component {
            name: name.to_owned(),
            version: text("version").to_owned(),
            licence: text("license").to_owned(),
            purl: Some(purl.clone()),
            hash: Some(("SHA-512", hash)),
            needs: needs(package),
        };
        bill.insert(purl, component);
    }
    Ok(())
}

/// The commit's time, so that the same commit gives the same document.
fn commit_time(root: &Path) -> Result<String, String> {
    let time =
        Tool::new("git").within(root).args(["log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"]);
    Ok(String::from_utf8_lossy(&time.env("TZ", "UTC").read()?).trim().to_owned())
}

/// <https://cyclonedx.org/docs/1.6/json/>
fn document(top: &str, bill: &Bill, time: &str) -> Value {
    let components = bill.iter().filter(|(reference, _)| *reference != top);
    let components: Vec<_> = components.map(|(reference, component)| entry("library", reference, component)).collect();
    let needs = |(reference, component): (&String, &Component)| json!({"ref": reference, "dependsOn": component.needs});
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": time,
            "authors": [{"name": "The Keyfolio authors"}],
            "component": bill.get(top).map(|component| entry("application", top, component)),
        },
        "components": components,
        "dependencies": bill.iter().map(needs).collect::<Vec<_>>(),
    })
}

fn entry(kind: &str, reference: &str, component: &Component) -> Value {
    let mut entry = json!({
        "type": kind,
        "bom-ref": reference,
        "name": component.name,
        "version": component.version,
        "licenses": [{"expression": component.licence}],
    });
    if let Some(purl) = &component.purl {
        entry["purl"] = json!(purl);
    }
    if let Some((algorithm, hash)) = &component.hash {
        entry["hashes"] = json!([{"alg": algorithm, "content": hash}]);
    }
    entry
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("could not read {}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use serde_json::json;

    use super::{Bill, checksums, document, of_crates, of_page, sqlite_version};

    const TREE: &str = "0\tkeyfolio v0.1.0 (/home)\tMIT OR Apache-2.0\n\
                        1\tvault v0.1.0 (/home/crates/vault)\tMIT OR Apache-2.0\n\
                        2\tsha2 v0.11.1\tMIT/Apache-2.0\n\
                        1\tserde v1.0.2\tMIT\n\
                        2\tsha2 v0.11.1\tMIT/Apache-2.0 (*)\n";
    const LOCK: &str = "[[package]]\nname = \"sha2\"\nversion = \"0.11.1\"\nchecksum = \"aa\"\n\n\
                        [[package]]\nname = \"vault\"\nversion = \"0.1.0\"\n\n\
                        [[package]]\nname = \"serde\"\nversion = \"1.0.2\"\nchecksum = \"bb\"\n";

    #[test]
    fn a_tree_of_crates_keeps_its_arrows_licences_and_hashes() {
        let mut bill = Bill::new();
        assert_eq!(of_crates(TREE, &checksums(LOCK), &mut bill).unwrap(), "keyfolio:keyfolio@0.1.0");

        let arrows = |reference: &str| Vec::from_iter(bill[reference].needs.clone());
        assert_eq!(arrows("keyfolio:keyfolio@0.1.0"), ["keyfolio:vault@0.1.0", "pkg:cargo/serde@1.0.2"]);
        assert_eq!(arrows("keyfolio:vault@0.1.0"), ["pkg:cargo/sha2@0.11.1"]);
        assert_eq!(arrows("pkg:cargo/serde@1.0.2"), ["pkg:cargo/sha2@0.11.1"]);
        let sha2 = &bill["pkg:cargo/sha2@0.11.1"];
        assert_eq!((sha2.licence.as_str(), &sha2.hash), ("MIT OR Apache-2.0", &Some(("SHA-256", "aa".into()))));
        assert_eq!(bill["keyfolio:vault@0.1.0"].purl, None, "another vault has that name in the registry");
    }

    #[test]
    fn what_builds_the_page_is_not_in_it() {
        let lock = json!({"packages": {
            "": {"dependencies": {"svelte": "5"}, "devDependencies": {"vite": "8"}},
            "node_modules/svelte": {"version": "5.1.0", "license": "MIT", "integrity": "sha512-AP8=", "dependencies": {"@a/b": "1"}},
            "node_modules/@a/b": {"version": "1.0.0", "license": "ISC", "integrity": "sha512-AA=="},
            "node_modules/vite": {"version": "8.0.0", "dev": true},
        }});
        let mut bill = Bill::new();
        let top = of_crates(TREE, &checksums(LOCK), &mut bill).unwrap();
        of_page(&lock, &top, &mut bill).unwrap();

        assert!(bill[&top].needs.contains("pkg:npm/svelte@5.1.0"));
        assert_eq!(Vec::from_iter(bill["pkg:npm/svelte@5.1.0"].needs.clone()), ["pkg:npm/%40a/b@1.0.0"]);
        assert_eq!(bill["pkg:npm/svelte@5.1.0"].hash, Some(("SHA-512", "00ff".into())));
        assert!(!bill.keys().any(|reference| reference.contains("vite")));
    }

    #[test]
    fn the_program_itself_is_described_and_not_listed() {
        let mut bill = Bill::new();
        let top = of_crates(TREE, &checksums(LOCK), &mut bill).unwrap();
        let document = document(&top, &bill, "2026-01-02T03:04:05Z");

        assert_eq!(document["metadata"]["component"]["bom-ref"], json!(top));
        let listed: Vec<_> = document["components"].as_array().unwrap().iter().map(|entry| &entry["name"]).collect();
        assert_eq!(listed, ["vault", "serde", "sha2"]);
    }

    #[test]
    fn sqlite_says_its_own_version() {
        let header =
            "/* SQLITE_VERSION */\n#define SQLITE_VERSION        \"3.54.1\"\n#define SQLITE_VERSION_NUMBER 3054001\n";
        assert_eq!(sqlite_version(header).as_deref(), Some("3.54.1"));
    }
}
