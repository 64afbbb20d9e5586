//! The Windows setup that people double-click, and the MSI for administrators.
//!
//! There are two ways to make the setup, from one script (`packaging/windows/installer.nsi`) and one configuration
//! (`tauri.windows.conf.json`): here, on Debian, with the compiler of `cargo xtask cross` and Debian's makensis, so that
//! it is tried at every change; and on Windows with the MSVC toolchain and Tauri's bundler, which also makes the MSI.
//! What people get is made the second way.
//!
//! Refuses a program that opens a console, that Windows could not protect as it protects its own, or that needs a
//! library Windows does not have.

mod desk;
mod program;
mod registry;
pub mod session;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{notices, release, signing};
use crate::cross;
use crate::process::{Outcome, Tool};
use crate::{frontend, json};

/// The one version, which xtask itself was compiled with.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the script and the session have to know about the product, from Tauri's configuration.
#[derive(Debug)]
struct Facts {
    root: PathBuf,
    product: String,
    identifier: String,
    publisher: String,
    copyright: String,
    summary: String,
    icon: PathBuf,
    panel: PathBuf,
    compression: String,
}

/// What goes into a setup.
#[derive(Debug, Clone)]
struct Content {
    version: String,
    program: PathBuf,
    /// `WebView2Loader.dll`, which a program made with MinGW needs beside it.
    loader: PathBuf,
    /// Whose work is in the program.
    licenses: PathBuf,
}

/// Cross-compiles the release and makes its setup with Debian's makensis; returns where it is.
pub fn build_here(root: &Path) -> Result<PathBuf, String> {
    let facts = Facts::gather(root)?;
    let setup = setup_file(root, &facts)?;
    facts.make_setup(&content(root)?, &packing(root)?, &setup)?;
    Ok(setup)
}

/// Where [`build_here`] puts the setup.
fn setup_file(root: &Path, facts: &Facts) -> Result<PathBuf, String> {
    Ok(super::folder(root)?.join(format!("{}_{VERSION}_x64-setup.exe", facts.product)))
}

/// Builds the release and its setup and MSI on Windows itself; returns where they are.
pub fn build_there(root: &Path) -> Result<Vec<PathBuf>, String> {
    let tauri = with_licenses(root, Tool::new(frontend::package_program(root, "tauri")).within(root))?;
    let tauri = signing::without_secrets(release::anywhere(root, tauri)?);
    tauri.args(["build", "--bundles", "nsis,msi", "--", "--locked"]).aside().run()?;
    let built = crate::app::target_folder(root)?.join("release");
    let program = &built.join("keyfolio.exe");
    release::names_nobody(root, program)?;
    release::knows_apple_only(program)?;
    [("nsis", "exe"), ("msi", "msi")]
        .into_iter()
        .map(|(bundle, ending)| super::keep(root, &super::made(&built.join("bundle").join(bundle), ending)?))
        .collect()
}

/// The program and what goes with it, built and judged.
fn content(root: &Path) -> Result<Content, String> {
    // Its standard library still names the folder it was compiled in; the one that releases are made with does not.
    let prepared = |kit: &Path, cargo| release::anywhere_from(root, cargo, &[(kit.to_owned(), "/kit")]);
    let program = cross::windows_release(root, prepared)?;
    program::judge(&program)?;
    let loader = program.with_file_name("WebView2Loader.dll");
    let licenses = write_licenses(root, Some(cross::WINDOWS))?;
    Ok(Content { version: VERSION.to_owned(), program, loader, licenses })
}

/// For Tauri's bundler: setup and MSI hold a text about the work of others, and look for it where the environment says.
pub fn with_licenses(root: &Path, bundler: Tool) -> Result<Tool, String> {
    Ok(bundler.env("KEYFOLIO_LICENSES", write_licenses(root, None)?))
}

fn write_licenses(root: &Path, target: Option<&str>) -> Result<PathBuf, String> {
    let place = packing(root)?.join("licenses.txt");
    let text = notices::of_the_program(root, target)?.replace('\n', "\r\n");
    write(&place, &text)?;
    Ok(place)
}

impl Facts {
    fn gather(root: &Path) -> Result<Self, String> {
        let common = configuration(root, "tauri.conf.json")?;
        let windows = configuration(root, "tauri.windows.conf.json")?;
        let text = |value: &Value, name: &str| {
            value.as_str().map(str::to_owned).ok_or_else(|| format!("Tauri's configuration names no {name}."))
        };
        let nsis = &windows["bundle"]["windows"]["nsis"];
        let place = |name: &str| Ok::<_, String>(root.join(text(&nsis[name], name)?));
        Ok(Self {
            root: root.to_owned(),
            product: text(&common["productName"], "productName")?,
            identifier: text(&common["identifier"], "identifier")?,
            publisher: text(&windows["bundle"]["publisher"], "publisher")?,
            copyright: text(&common["bundle"]["copyright"], "copyright")?,
            summary: text(&common["bundle"]["shortDescription"], "shortDescription")?,
            icon: place("installerIcon")?,
            panel: place("sidebarImage")?,
            compression: text(&nsis["compression"], "compression")?,
        })
    }

    /// Fills in the script as Tauri's bundler would, and compiles it to `setup`.
    fn make_setup(&self, content: &Content, work: &Path, setup: &Path) -> Outcome {
        let script = work.join("installer.nsi");
        let template = self.root.join("packaging/windows/installer.nsi");
        let template = fs::read_to_string(&template).map_err(|error| format!("{}: {error}", template.display()))?;
        write(&script, &self.filled(&template, content, setup)?)?;
        // A stub for today's Windows, which is also the only one that a 64-bit Wine starts.
        let makensis = Tool::new("makensis").args(["-V2", "-WX", "-INPUTCHARSET", "UTF8", "-XTarget amd64-unicode"]);
        let makensis = makensis.arg(format!("-DLOADER={}", content.loader.display()));
        let makensis = makensis.env("KEYFOLIO_LICENSES", &content.licenses);
        makensis.env("SOURCE_DATE_EPOCH", release::time(&self.root)?.to_string()).arg(script).run()
    }

    /// The script with every name in double braces replaced, by what Tauri's bundler would put there.
    fn filled(&self, template: &str, content: &Content, setup: &Path) -> Result<String, String> {
        let numbers = content.version.split(['-', '+']).next().unwrap_or_default();
        let values = [
            ("product_name", self.product.clone()),
            ("version", content.version.clone()),
            ("version_with_build", format!("{numbers}.0")),
            ("bundle_id", self.identifier.clone()),
            ("manufacturer", self.publisher.clone()),
            ("copyright", self.copyright.clone()),
            ("short_description", self.summary.clone()),
            ("main_binary_name", "keyfolio".to_owned()),
            ("main_binary_path", content.program.display().to_string()),
            ("installer_icon", self.icon.display().to_string()),
            ("sidebar_image", self.panel.display().to_string()),
            ("compression", self.compression.clone()),
            ("out_file", setup.display().to_string()),
            // Signed is what is made on Windows.
            ("uninstaller_sign_cmd", String::new()),
        ];
        let mut script = template.to_owned();
        for (name, value) in values {
            if value.contains(['"', '\'', '$', '`', '\n']) {
                return Err(format!("the setup's script cannot hold this {name}: {value}"));
            }
            script = script.replace(&format!("{{{{{name}}}}}"), &value);
        }
        match script.split_once("{{") {
            None => Ok(script),
            Some((_, rest)) => {
                Err(format!("the setup's script asks for {}", rest.split("}}").next().unwrap_or_default()))
            }
        }
    }
}

/// A folder for what goes into packages.
fn packing(root: &Path) -> Result<PathBuf, String> {
    Ok(super::folder(root)?.with_file_name("packing-windows"))
}

fn configuration(root: &Path, name: &str) -> Result<Value, String> {
    let text = fs::read(root.join(name)).map_err(|error| format!("could not read {name}: {error}"))?;
    json::parse(name, &text)
}

/// Writes a file and the folders it lies in.
fn write(path: &Path, text: &str) -> Outcome {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("could not write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use std::path::Path;

    use super::{Content, Facts, configuration};

    fn facts() -> Facts {
        Facts::gather(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()).unwrap()
    }

    fn content(version: &str) -> Content {
        Content {
            version: version.to_owned(),
            program: "/b/keyfolio.exe".into(),
            loader: "/b/l.dll".into(),
            licenses: "/b/l.txt".into(),
        }
    }

    #[test]
    fn the_script_is_filled_in_completely() {
        let template = include_str!("../../../packaging/windows/installer.nsi");
        let script = facts().filled(template, &content("1.2.3-rc.1"), Path::new("/out/setup.exe")).unwrap();
        for line in [r#"!define VERSION "1.2.3-rc.1""#, r#"VIProductVersion "1.2.3.0""#, r#"OutFile "/out/setup.exe""#]
        {
            assert!(script.lines().any(|found| found == line), "no line {line}");
        }
    }

    #[test]
    fn no_package_makes_keyfolio_the_default_for_p8() {
        let windows = configuration(&facts().root, "tauri.windows.conf.json").unwrap();
        let bundle = windows["bundle"].as_object().unwrap();
        assert!(bundle["fileAssociations"].is_null(), "Tauri's MSI would take the default over");
        for source in [
            include_str!("../../../packaging/windows/msi.wxs"),
            include_str!("../../../packaging/windows/installer.nsi"),
        ] {
            let writes = |line: &&str| line.contains("Registry") || line.contains("WriteReg");
            let mut lines =
                source.lines().filter(writes).filter(|line| line.contains(r"Classes\.p8") || line.contains("{P8_KEY}"));
            assert!(lines.all(|line| line.contains("OpenWithProgids")));
        }
    }

    #[test]
    fn a_name_nobody_knows_and_a_value_that_ends_a_string_are_refused() {
        let filled = |template: &str, version: &str| facts().filled(template, &content(version), Path::new("s.exe"));
        assert!(filled("Name {{nickname}}", "1.0.0").is_err_and(|trouble| trouble.contains("nickname")));
        assert!(filled("Name {{version}}", "1.0.0\"").is_err_and(|trouble| trouble.contains("version")));
    }
}
