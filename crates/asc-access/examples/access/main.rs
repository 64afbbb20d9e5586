//! Prints what keys may do, side by side: `access team:APP_MANAGER individual:DEVELOPER [--json]`.
//!
//! Each column is `team` or `individual`, a colon, and the roles joined by `+`; without roles ("team"), the role
//! is not known. `--json` prints every cell with its basis and sources. The same keys can be asked a question,
//! `--can=sales` (an area, a capability, or "GET /v1/apps"), or for jobs, `--advise=upload_builds,sales_reports`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to the terminal")]

#[path = "../english/mod.rs"]
mod english;
mod told;

use std::process::ExitCode;

use asc_access::{Area, Cell, Comparison, Half, Observation, Role, Subject, Zone, catalogue, compare};
use asc_key::KeyKind;
use english::{roles, word};

const USAGE: &str = "usage: access [--json | --can=QUESTION | --advise=TASK[,TASK...]] COLUMN...
  COLUMN is team[:ROLE[+ROLE...]] or individual[:ROLE[+ROLE...]]
  QUESTION is an area, a capability, or an operation such as \"GET /v1/apps\"";

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: impl Iterator<Item = String>) -> Result<String, String> {
    let (flags, columns): (Vec<String>, Vec<String>) = arguments.partition(|one| one.starts_with("--"));
    let keys = columns.iter().map(|text| column(text)).collect::<Result<Vec<Subject>, String>>()?;
    let evidence: Vec<(Subject, Vec<Observation>)> = keys.iter().map(|one| (one.clone(), Vec::new())).collect();
    if keys.is_empty() {
        return Err("no column".to_owned());
    }
    let [flag] = flags.as_slice() else {
        return if flags.is_empty() {
            Ok(table(&keys, &compare(&evidence)))
        } else {
            Err("one flag at most".to_owned())
        };
    };
    match flag.split_once('=') {
        None if flag == "--json" => Ok(json(&keys, &compare(&evidence))),
        Some(("--can", question)) => told::can(question, &keys),
        Some(("--advise", tasks)) => told::advice(tasks, &evidence),
        _ => Err(format!("{flag} is no flag")),
    }
}

fn column(text: &str) -> Result<Subject, String> {
    let (kind, roles) = text.split_once(':').unwrap_or((text, ""));
    let kind = kind.parse::<KeyKind>().map_err(|_| format!("{kind} is neither team nor individual"))?;
    let roles = roles.split('+').filter(|role| !role.is_empty());
    let roles = roles.map(|role| role.parse::<Role>().map_err(|_| format!("{role} is no role")));
    Ok(Subject::new(kind, &roles.collect::<Result<Vec<_>, _>>()?))
}

fn json(columns: &[Subject], comparison: &Comparison) -> String {
    let answer = serde_json::json!({
        "catalogue": { "schema": catalogue().schema, "version": catalogue().version, "date": catalogue().date },
        "columns": columns.iter().map(|one| serde_json::json!({
            "kind": one.kind, "roles": one.roles, "apps": one.app_reach(),
        })).collect::<Vec<_>>(),
        "rows": comparison.rows,
        "summary": comparison.summary,
    });
    format!("{answer:#}")
}

/// "Team · App Manager".
fn named(key: &Subject) -> String {
    format!("{} · {}", kind(key), role(key))
}

const fn kind(key: &Subject) -> &'static str {
    match key.kind {
        KeyKind::Team => "Team",
        KeyKind::Individual => "Individual",
    }
}

fn role(key: &Subject) -> String {
    if key.roles.is_empty() { "role not known".to_owned() } else { roles(&key.roles) }
}

fn table(columns: &[Subject], comparison: &Comparison) -> String {
    let headed = |head: &dyn Fn(&Subject) -> String| {
        std::iter::once(String::new()).chain(columns.iter().map(head)).collect::<Vec<String>>()
    };
    let mut lines =
        vec![headed(&|one| kind(one).to_owned()), headed(&role), headed(&|one| word("apps", one.app_reach().code()))];
    for zone in Zone::ALL {
        lines.push(Vec::new());
        lines.push(vec![word("zone", zone.code()).to_uppercase()]);
        for row in comparison.rows.iter().filter(|row| row.zone == *zone) {
            let name = word("area", row.area.code());
            lines.push(std::iter::once(name).chain(row.cells.iter().map(told)).collect());
        }
    }
    let mut text = aligned(&lines);
    text += "\n[read write] ■ yes  ◩ in part  □ no  ╱ never  ┄ unknown  ≠ disputed\n";
    text +=
        &format!("Catalogue {}, {} areas. Nothing here was tested with a key.", catalogue().version, Area::ALL.len());
    if let Some(summary) = &comparison.summary {
        let alone: Vec<String> = summary.alone.iter().map(usize::to_string).collect();
        text += &format!(
            "\nAreas in which only that column can do something: {}. The same in {}, otherwise different in {}, open in {}.",
            alone.join(", "),
            summary.same,
            summary.differ,
            summary.unsettled
        );
    }
    text
}

/// Lines of cells under one another; a line of one cell is a heading and widens nothing.
fn aligned(lines: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = lines.iter().filter(|line| line.len() > 1).filter_map(|line| line.get(column));
        cells.map(|text| text.chars().count()).max().unwrap_or(0)
    };
    let mut text = String::new();
    for line in lines {
        let padded = line.iter().enumerate().map(|(at, cell)| format!("{cell:<0$}", width(at)));
        text += padded.collect::<Vec<_>>().join("   ").trim_end();
        text.push('\n');
    }
    text
}

/// `[■◩] Upload, view (reported)`
fn told(cell: &Cell) -> String {
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
