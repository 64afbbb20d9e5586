//! One version for everything, and it stands in the top `Cargo.toml`.
//!
//! Tauri, the packages and the window take it from there. It stands once more in the changelog, which people write by
//! hand and the packages take their news from; this says where the two disagree.

use std::fs;
use std::path::Path;

use crate::json;

/// The heading of what no release has yet.
const UNRELEASED: &str = "Unreleased";

/// A section of the changelog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// `0.1.0`, or `Unreleased`.
    pub version: String,
    /// `2026-11-23`; none for what is not released.
    pub date: Option<String>,
    /// What stands under the heading.
    pub text: String,
}

/// The version of this checkout: this program has the workspace's, as every crate here.
pub const CURRENT: &str = env!("CARGO_PKG_VERSION");

/// The changelog's sections, newest first.
pub fn changelog(root: &Path) -> Result<Vec<Section>, String> {
    sections(&read(&root.join("CHANGELOG.md"))?)
}

/// Every place that disagrees with `Cargo.toml` or with the changelog, one sentence each. What is being prepared may
/// stand under "Unreleased" alone.
pub fn disagreements(root: &Path) -> Result<Vec<String>, String> {
    let released = changelog(root)?.into_iter().find(|section| section.version != UNRELEASED);
    let mut found = Vec::new();
    if let Some(section) = &released
        && number(&section.version) > number(CURRENT)
    {
        found.push(format!("CHANGELOG.md tells of {}, which Cargo.toml ({CURRENT}) has not reached", section.version));
    }
    for file in ["tauri.conf.json", "ui/package.json"] {
        if json::parse(file, read(&root.join(file))?.as_bytes())?.get("version").is_some() {
            found.push(format!("{file} has a version of its own"));
        }
    }
    Ok(found)
}

/// What must hold before `tag` becomes a release: the tag is this version, and the changelog tells of it, dated.
pub fn ready(root: &Path, tag: &str) -> Result<Section, String> {
    if tag.strip_prefix('v') != Some(CURRENT) {
        return Err(format!("The tag is {tag}, but Cargo.toml says {CURRENT}: expected v{CURRENT}."));
    }
    let other = disagreements(root)?;
    if !other.is_empty() {
        return Err(other.join("\n"));
    }
    let section = changelog(root)?.into_iter().find(|section| section.version == CURRENT);
    let section = section.ok_or_else(|| format!("CHANGELOG.md has no section \"## {CURRENT} - DATE\"."))?;
    if section.date.is_none() {
        return Err(format!("CHANGELOG.md gives {CURRENT} no date."));
    }
    Ok(section)
}

/// Sections of a changelog: `## Unreleased`, `## 0.1.0 - 2026-11-23`.
fn sections(text: &str) -> Result<Vec<Section>, String> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            let (version, date) = heading.split_once(" - ").map_or((heading, None), |(one, two)| (one, Some(two)));
            if version != UNRELEASED && number(version).is_none() {
                return Err(format!("CHANGELOG.md: neither a version nor {UNRELEASED}: {line}"));
            }
            let date = date.map(str::to_owned);
            sections.push(Section { version: version.to_owned(), date, text: String::new() });
        } else if let Some(section) = sections.last_mut() {
            section.text.push_str(line);
            section.text.push('\n');
        }
    }
    for section in &mut sections {
        section.text = section.text.trim().to_owned();
    }
    Ok(sections)
}

/// `0.1.0` as numbers, so that 0.10 comes after 0.9.
fn number(version: &str) -> Option<[u32; 3]> {
    let numbers: Result<Vec<u32>, _> = version.split('.').map(str::parse).collect();
    numbers.ok()?.try_into().ok()
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("could not read {}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::{Section, number, sections};

    #[test]
    fn a_changelog_falls_into_its_sections() {
        let text = "# Changelog\n\nWords.\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n### Added\n\n- More.\n\n## 0.1.0 - 2026-11-23\n";
        let section = |version: &str, date: Option<&str>, text: &str| Section {
            version: version.into(),
            date: date.map(Into::into),
            text: text.into(),
        };
        assert_eq!(
            sections(text),
            Ok(vec![
                section("Unreleased", None, ""),
                section("0.2.0", Some("2026-12-01"), "### Added\n\n- More."),
                section("0.1.0", Some("2026-11-23"), ""),
            ])
        );
        assert!(sections("## Soon\n").is_err());
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(number("0.10.0") > number("0.9.1"));
        assert_eq!(number("0.10"), None);
    }
}
