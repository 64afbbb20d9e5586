//! `cargo xtask bench`: the figures a user would feel, each beside its aim.
//!
//! Start and memory are ratios to an empty Tauri window that is built from the same lock file and measured in
//! turns with the application in the same run, so that a slow machine makes both slow. Verifying is a ratio to the
//! least time four lanes can take when a simulated Apple needs 100 ms for every answer. A token is timed beside the
//! bare signature of OpenSSL and beside the two libraries most people make tokens with. An aim that is missed is
//! marked, not failed: one run on a busy machine proves nothing.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Map, Value, json};

use crate::prerequisites::{self, Purpose};
use crate::process::{Outcome, Tool};
use crate::{app, frontend, json, package};

/// How the figures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A table to read.
    Table,
    /// `{"name": {"value", "unit", "baseline", "ratio", "aim"}}`.
    Json,
}

/// One measurement. Smaller is better for all of them.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    /// What it is held against, in the same unit: the empty window, or the ideal.
    baseline: Option<f64>,
    /// The bound aimed for: on the ratio where there is a baseline, else on the value.
    aim: Option<f64>,
}

impl Figure {
    fn ratio(&self) -> Option<f64> {
        self.baseline.map(|baseline| self.value / baseline)
    }

    fn misses_its_aim(&self) -> bool {
        self.aim.is_some_and(|aim| self.ratio().unwrap_or(self.value) > aim)
    }
}

/// Builds what is measured, measures, prints.
pub fn run(root: &Path, form: Form) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err("The window is measured through a WebDriver that only Linux has.".into());
    }
    prerequisites::ensure(Purpose::Test)?;
    prerequisites::ensure(Purpose::Pack)?;
    frontend::install(root)?;
    let mut figures = core_figures(root)?;
    figures.push(asking(root)?);
    figures.extend(minting(root)?);
    let (package, program) = release(root)?;
    figures.push(size("release_binary", &program)?);
    figures.push(size("deb_package", &package)?);
    figures.extend(window_figures(root, &program)?);

    match form {
        Form::Json => println!("{:#}", as_json(&figures)),
        Form::Table => print!("{}", as_table(&figures)),
    }
    Ok(())
}

/// 1,000 files classified, 50 stored, 200 keys asked what they may do: timed by the core itself without a window.
fn core_figures(root: &Path) -> Result<Vec<Figure>, String> {
    let example = ["run", "--quiet", "--release", "--locked", "--package", "keyfolio-core", "--features", "samples"];
    let printed = cargo(root)?.args(example).args(["--example", "bench", "--", "--json"]).read()?;
    let printed = json::parse("the core's bench", &printed)?;
    Ok(vec![
        Figure { aim: Some(1000.0), ..milliseconds("classify_1000_files", number(&printed, "classify_1000_ms")?) },
        Figure { aim: Some(2000.0), ..milliseconds("store_50_keys", number(&printed, "store_50_ms")?) },
        Figure { aim: Some(10.0), ..milliseconds("grid_200_keys", number(&printed, "grid_200_ms")?) },
        Figure { aim: Some(10.0), ..milliseconds("who_can_200_keys", number(&printed, "who_can_200_ms")?) },
        Figure { aim: Some(10.0), ..milliseconds("advise_200_keys", number(&printed, "advise_200_ms")?) },
        Figure { aim: Some(10.0), ..milliseconds("operations_200_keys", number(&printed, "operations_200_ms")?) },
    ])
}

/// Fifty keys verified in four lanes, beside the least that can take.
fn asking(root: &Path) -> Result<Figure, String> {
    let example = ["run", "--quiet", "--release", "--locked", "--package", "asc-client", "--example", "fifty"];
    // It fails when it is slow; the figure says so as well.
    let printed = cargo(root)?.args(example).hear()?;
    let printed = json::parse("the client's bench", printed.output.as_bytes())?;
    let (value, ideal) = (number(&printed, "measured")?, number(&printed, "ideal")?);
    if number(&printed, "alive")? < number(&printed, "keys")? {
        return Err(format!("Not every key was verified: {printed}"));
    }
    Ok(Figure { name: "verify_50_keys", value, unit: "s", baseline: Some(ideal), aim: Some(1.3) })
}

/// One token in this process, beside OpenSSL's signature alone and beside what PyJWT and jose need for the same token.
fn minting(root: &Path) -> Result<Vec<Figure>, String> {
    let script = root.join("crates/asc-key/tests/independent/run.sh");
    let timed = Tool::new("sh").called("the tokens' bench").arg(script).arg("times");
    let said = timed.env("CARGO_TARGET_DIR", app::target_folder(root)?).read()?;
    let lines = said.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let said: Vec<Value> = lines.map(|line| json::parse("the tokens' bench", line)).collect::<Result<_, _>>()?;
    minted(&said)
}

fn minted(said: &[Value]) -> Result<Vec<Figure>, String> {
    let of = |name: &str| {
        let line = said.iter().find(|line| !line[name].is_null()).ok_or(format!("no figure named {name}"))?;
        number(line, name)
    };
    let value = of("mint_us")?;
    let beside = |name, peer: &str, aim| -> Result<Figure, String> {
        Ok(Figure { name, value, unit: "us", baseline: Some(of(peer)?), aim: Some(aim) })
    };
    Ok(vec![
        beside("token_beside_openssl", "openssl_us", 1.5)?,
        beside("token_beside_pyjwt", "pyjwt_us", 1.0)?,
        beside("token_beside_jose", "jose_us", 1.0)?,
    ])
}

const fn milliseconds(name: &'static str, value: f64) -> Figure {
    Figure { name, value, unit: "ms", baseline: None, aim: None }
}

/// Builds the package as it is shipped; returns the package and the program in it.
fn release(root: &Path) -> Result<(PathBuf, PathBuf), String> {
    let packages = package::linux::build(root)?;
    let package = packages.into_iter().find(|file| file.extension().is_some_and(|kind| kind == "deb"));
    Ok((package.ok_or("no .deb was made")?, app::binary(root, "release")?))
}

fn size(name: &'static str, file: &Path) -> Result<Figure, String> {
    let bytes = fs::metadata(file).map_err(|error| format!("could not measure {}: {error}", file.display()))?.len();
    Ok(Figure { name, value: bytes as f64 / 1024.0 / 1024.0, unit: "MiB", baseline: None, aim: None })
}

/// Start and memory beside the empty window. The shipped program lets no driver in, so its twin is measured:
/// the same release build with the `e2e` feature.
fn window_figures(root: &Path, shipped: &Path) -> Result<Vec<Figure>, String> {
    let folder = app::target_folder(root)?.join("xtask");
    fs::create_dir_all(&folder).map_err(|error| format!("could not make {}: {error}", folder.display()))?;
    let kept = folder.join("keyfolio-shipped");
    let driven = folder.join("keyfolio-driven");

    // Both builds have the same file name; the shipped one is put back, so that nobody takes the other for it.
    move_file(shipped, &kept)?;
    let built = cargo_release(root, &["--package", "keyfolio", "--features", "e2e,tauri/custom-protocol"]);
    let moved = built.and_then(|()| move_file(shipped, &driven));
    move_file(&kept, shipped)?;
    moved?;

    let example = ["--package", "keyfolio", "--features", "bench,tauri/custom-protocol", "--example", "empty-window"];
    cargo_release(root, &example)?;
    let empty = app::binary(root, "release/examples")?.with_file_name("empty-window");
    let empty = empty.with_extension(env::consts::EXE_EXTENSION);

    let measure = Tool::new("node").arg(root.join("e2e/bench.mjs"));
    let printed = measure.env("KEYFOLIO_BINARY", &driven).env("EMPTY_WINDOW_BINARY", empty).read()?;
    let printed = json::parse("e2e/bench.mjs", &printed)?;
    let beside = |name, unit, group: &str, aim| -> Result<Figure, String> {
        let (value, baseline) = (number(&printed[group], "app")?, Some(number(&printed[group], "empty")?));
        Ok(Figure { name, value, unit, baseline, aim: Some(aim) })
    };
    let grid = |name, unit, field, aim| -> Result<Figure, String> {
        Ok(Figure { name, value: number(&printed["grid"], field)?, unit, baseline: None, aim: Some(aim) })
    };
    Ok(vec![
        beside("start_to_interactive", "ms", "start_ms", 1.15)?,
        beside("memory_200_keys", "MiB", "memory_mib", 1.25)?,
        grid("grid_first_paint", "ms", "paint_ms", 150.0)?,
        // 60 frames a second, with the clock's own unsteadiness.
        grid("grid_scroll_frame", "ms", "frame_ms", 17.0)?,
        grid("grid_rows_in_page", "", "rows", 80.0)?,
    ])
}

fn cargo_release(root: &Path, what: &[&str]) -> Outcome {
    cargo(root)?.args(["build", "--release", "--locked"]).args(what).aside().run()
}

/// Compiles as for a package, so that what is measured is what is shipped and nothing is compiled twice.
fn cargo(root: &Path) -> Result<Tool, String> {
    package::release::anywhere(root, Tool::cargo().within(root))
}

fn move_file(from: &Path, to: &Path) -> Outcome {
    fs::rename(from, to).map_err(|error| format!("could not move {} to {}: {error}", from.display(), to.display()))
}

fn number(of: &Value, name: &str) -> Result<f64, String> {
    of[name].as_f64().ok_or_else(|| format!("no figure named {name}"))
}

fn as_json(figures: &[Figure]) -> Value {
    let rounded = |number: f64| (number * 100.0).round() / 100.0;
    let entry = |figure: &Figure| {
        json!({
            "value": rounded(figure.value),
            "unit": figure.unit,
            "baseline": figure.baseline.map(rounded),
            "ratio": figure.ratio().map(rounded),
            "aim": figure.aim,
        })
    };
    Value::Object(figures.iter().map(|figure| (figure.name.to_owned(), entry(figure))).collect::<Map<_, _>>())
}

fn as_table(figures: &[Figure]) -> String {
    let mut table = format!("{:<22} {:>12} {:>12} {:>7} {:>8}\n", "", "value", "beside", "ratio", "aim");
    for figure in figures {
        let or_dash = |number: Option<f64>| number.map_or_else(|| "-".to_owned(), |number| format!("{number:.2}"));
        let value = format!("{:.1} {:<3}", figure.value, figure.unit);
        let baseline = figure.baseline.map_or_else(|| "-".to_owned(), |baseline| format!("{baseline:.1}"));
        let missed = if figure.misses_its_aim() { "  missed" } else { "" };
        let (ratio, aim) = (or_dash(figure.ratio()), or_dash(figure.aim));
        table += &format!("{:<22} {value:>12} {baseline:>12} {ratio:>7} {aim:>8}{missed}\n", figure.name);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{Figure, as_json, as_table, minted};
    use serde_json::json;

    const START: Figure =
        Figure { name: "start_to_interactive", value: 575.0, unit: "ms", baseline: Some(500.0), aim: Some(1.1) };
    const STORE: Figure =
        Figure { name: "store_50_keys", value: 321.456, unit: "ms", baseline: None, aim: Some(2000.0) };

    #[test]
    fn the_json_has_every_field_of_every_figure() {
        let expected = json!({
            "start_to_interactive": {"value": 575.0, "unit": "ms", "baseline": 500.0, "ratio": 1.15, "aim": 1.1},
            "store_50_keys": {"value": 321.46, "unit": "ms", "baseline": null, "ratio": null, "aim": 2000.0},
        });
        assert_eq!(as_json(&[START, STORE]), expected);
    }

    #[test]
    fn an_aim_is_for_the_ratio_where_there_is_one() {
        assert!(START.misses_its_aim(), "1.15 is over 1.1");
        assert!(!STORE.misses_its_aim());
        assert!(as_table(&[START]).contains("missed"));
        assert!(!as_table(&[STORE]).contains("missed"));
    }

    #[test]
    fn a_token_is_held_against_every_peer_and_none_may_be_silent() {
        let said = [json!({"mint_us": 90.0, "sign_us": 89.0}), json!({"openssl_us": 30.0}), json!({"pyjwt_us": 60.0})];
        assert!(minted(&said).is_err_and(|trouble| trouble.contains("jose_us")));
        let figures = minted(&[&said[..], &[json!({"jose_us": 180.0})]].concat()).unwrap_or_default();
        let ratios: Vec<_> = figures.iter().filter_map(Figure::ratio).collect();
        assert_eq!(ratios, [3.0, 1.5, 0.5]);
    }
}
