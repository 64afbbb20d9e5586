//! Prints what keys may do, side by side: `access team:APP_MANAGER individual:DEVELOPER [--json]`.
//!
//! Each column is `team` or `individual`, a colon, and the roles joined by `+`; without roles ("team"), the role
//! is not known. `--json` prints every cell with its basis and sources.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to the terminal")]

mod english;

use std::process::ExitCode;

use asc_access::{Area, Cell, Comparison, Observation, Role, Subject, Zone, catalogue, compare};
use asc_key::KeyKind;
use english::{roles, word};

const USAGE: &str =
    "usage: access [--json] COLUMN...\n  COLUMN is team[:ROLE[+ROLE...]] or individual[:ROLE[+ROLE...]]";

fn main() -> ExitCode {
    let (flags, columns): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|one| one.starts_with("--"));
    let known = flags.iter().all(|flag| flag == "--json");
    let parsed: Result<Vec<Subject>, String> = columns.iter().map(|text| column(text)).collect();
    match parsed {
        Ok(columns) if known && !columns.is_empty() => {
            let asked: Vec<(Subject, Vec<Observation>)> = columns.iter().map(|one| (one.clone(), Vec::new())).collect();
            let comparison = compare(&asked);
            if flags.is_empty() {
                table(&columns, &comparison)
            } else {
                json(&columns, &comparison)
            }
            ExitCode::SUCCESS
        }
        Ok(_) => fail(USAGE),
        Err(message) => fail(&format!("{message}\n{USAGE}")),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

fn column(text: &str) -> Result<Subject, String> {
    let (kind, roles) = text.split_once(':').unwrap_or((text, ""));
    let kind = kind.parse::<KeyKind>().map_err(|_| format!("{kind} is neither team nor individual"))?;
    let roles = roles.split('+').filter(|role| !role.is_empty());
    let roles = roles.map(|role| role.parse::<Role>().map_err(|_| format!("{role} is no role")));
    Ok(Subject::new(kind, &roles.collect::<Result<Vec<_>, _>>()?))
}

fn json(columns: &[Subject], comparison: &Comparison) {
    let answer = serde_json::json!({
        "catalogue": { "schema": catalogue().schema, "version": catalogue().version, "date": catalogue().date },
        "columns": columns.iter().map(|one| serde_json::json!({
            "kind": one.kind, "roles": one.roles, "apps": one.app_reach(),
        })).collect::<Vec<_>>(),
        "rows": comparison.rows,
        "summary": comparison.summary,
    });
    println!("{answer:#}");
}

fn table(columns: &[Subject], comparison: &Comparison) {
    let mut lines: Vec<Vec<String>> = Vec::new();
    let kind = |one: &Subject| if one.kind == KeyKind::Team { "Team" } else { "Individual" };
    lines.push(std::iter::once(String::new()).chain(columns.iter().map(|one| kind(one).to_owned())).collect());
    let role = |one: &Subject| if one.roles.is_empty() { "role not known".to_owned() } else { roles(&one.roles) };
    lines.push(std::iter::once(String::new()).chain(columns.iter().map(role)).collect());
    let apps = |one: &Subject| word("apps", one.app_reach().code());
    lines.push(std::iter::once(String::new()).chain(columns.iter().map(apps)).collect());
    for zone in Zone::ALL {
        lines.push(Vec::new());
        lines.push(vec![word("zone", zone.code()).to_uppercase()]);
        for row in comparison.rows.iter().filter(|row| row.zone == *zone) {
            let name = word("area", row.area.code());
            lines.push(std::iter::once(name).chain(row.cells.iter().map(told)).collect());
        }
    }
    let width = |column: usize| {
        lines
            .iter()
            .filter(|line| line.len() > 1)
            .filter_map(|line| line.get(column))
            .map(|text| text.chars().count())
            .max()
    };
    for line in &lines {
        let padded = line.iter().enumerate().map(|(at, text)| format!("{text:<0$}", width(at).unwrap_or(0)));
        println!("{}", padded.collect::<Vec<_>>().join("   ").trim_end());
    }
    println!("\n[read write] ■ yes  ◩ in part  □ no  ╱ never  ┄ unknown  ≠ disputed");
    println!("Catalogue {}, {} areas. Nothing here was tested with a key.", catalogue().version, Area::ALL.len());
    if let Some(summary) = &comparison.summary {
        let alone: Vec<String> = summary.alone.iter().map(usize::to_string).collect();
        println!(
            "Areas in which a column can do something no other can: {}. Same in {}, otherwise different in {}, open in {}.",
            alone.join(", "),
            summary.same,
            summary.differ,
            summary.unsettled
        );
    }
}

/// `[■◩] Upload, view (reported)`
fn told(cell: &Cell) -> String {
    use asc_access::Half;
    let glyph = |half| match half {
        Half::Yes => '■',
        Half::Part => '◩',
        Half::No => '□',
        Half::Never => '╱',
        Half::Unknown => '┄',
        Half::Disputed => '≠',
    };
    let words = cell.label.map_or_else(|| word("level", cell.level.code()), |label| word("label", label));
    format!("[{}{}] {words} ({})", glyph(cell.read.value), glyph(cell.write.value), cell.basis)
}
