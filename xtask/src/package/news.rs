//! `CHANGELOG.md` in the forms that packages carry, so that it is written once.
//!
//! Refuses a changelog that says nothing about the version that is packed.

/// What changed in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// `0.1.0`.
    pub version: String,
    /// `2026-11-23`.
    pub date: String,
    /// One sentence or more each, without line breaks or marks for code.
    pub changes: Vec<String>,
}

/// The releases of a changelog in the form of <https://keepachangelog.com>, newest first. What is not released yet
/// belongs to `version` and `date`, those of the package that is made.
pub fn releases(changelog: &str, version: &str, date: &str) -> Result<Vec<Release>, String> {
    let mut releases: Vec<Release> = Vec::new();
    // A change may go on in the following, indented lines.
    let mut going_on = false;
    for line in changelog.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            let (name, day) = title.split_once(" - ").unwrap_or((title, date));
            let name = name.trim_matches(['[', ']', ' ']);
            let name = if name.eq_ignore_ascii_case("unreleased") { version } else { name };
            releases.push(Release { version: name.to_owned(), date: day.trim().to_owned(), changes: Vec::new() });
        }
        let Some(release) = releases.last_mut() else { continue };
        let text = line.replace('`', "");
        if let Some(change) = text.strip_prefix("- ") {
            release.changes.push(change.trim().to_owned());
        } else if going_on
            && text.starts_with("  ")
            && let Some(change) = release.changes.last_mut()
        {
            change.push(' ');
            change.push_str(text.trim());
        }
        going_on = line.starts_with("- ") || (going_on && line.starts_with("  "));
    }
    releases.retain(|release| !release.changes.is_empty());
    if releases.iter().any(|release| release.version == version) {
        return Ok(releases);
    }
    Err(format!("CHANGELOG.md says nothing about {version}"))
}

/// As Debian wants it: <https://www.debian.org/doc/debian-policy/ch-source.html#debian-changelog-debian-changelog>.
/// `day` turns a date into the form of mails.
pub fn for_debian(
    releases: &[Release],
    maintainer: &str,
    day: impl Fn(&str) -> Result<String, String>,
) -> Result<String, String> {
    let entries = releases.iter().map(|release| {
        let changes: String = release.changes.iter().map(|change| bullet(change, "  * ", "    ")).collect();
        let day = day(&release.date)?;
        Ok(format!("keyfolio ({}) stable; urgency=medium\n\n{changes}\n -- {maintainer}  {day}\n", release.version))
    });
    Ok(entries.collect::<Result<Vec<_>, String>>()?.join("\n"))
}

/// As RPM wants it: <https://rpm-software-management.github.io/rpm/manual/spec.html#changelog>. `day` turns a date
/// into `Mon Nov 23 2026`.
pub fn for_rpm(
    releases: &[Release],
    maintainer: &str,
    day: impl Fn(&str) -> Result<String, String>,
) -> Result<String, String> {
    let entries = releases.iter().map(|release| {
        // A percent sign would be read as a macro.
        let changes: String =
            release.changes.iter().map(|change| bullet(&change.replace('%', "%%"), "- ", "  ")).collect();
        Ok(format!("* {} {maintainer} - {}-1\n{changes}", day(&release.date)?, release.version))
    });
    Ok(entries.collect::<Result<Vec<_>, String>>()?.join("\n"))
}

/// As software centres want it: <https://www.freedesktop.org/software/appstream/docs/chap-Metadata.html#tag-releases>.
pub fn for_appstream(releases: &[Release]) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let entries = releases.iter().map(|Release { version, date, changes }| {
        let changes: String =
            changes.iter().map(|change| format!("          <li>{}</li>\n", escaped(change))).collect();
        format!(
            "    <release version=\"{version}\" date=\"{date}\">\n      <description>\n        <ul>\n{changes}        </ul>\n      \
             </description>\n    </release>\n"
        )
    });
    format!("  <releases>\n{}  </releases>", entries.collect::<String>())
}

/// A paragraph of at most 80 columns, its first line begun by `first` and the others by `rest`.
fn bullet(text: &str, first: &str, rest: &str) -> String {
    let mut lines = vec![first.trim_end().to_owned()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= 80);
        match line {
            Some(line) => *line = format!("{line} {word}"),
            None => lines.push(format!("{rest}{word}")),
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::{Release, bullet, for_appstream, for_debian, for_rpm, releases};

    const CHANGELOG: &str = "# Changelog\n\nProse.\n\n## Unreleased\n\n### Added\n\n- Takes `.p8` files\n  in & keeps them.\n- More.\n\n\
                             ### Changed\n\nProse again.\n\n## [0.1.0] - 2026-10-01\n\n- 100% new.\n";

    fn two() -> Vec<Release> {
        releases(CHANGELOG, "0.2.0", "2026-11-23").unwrap()
    }

    #[test]
    fn what_is_not_released_belongs_to_the_package_that_is_made() {
        let [newest, first] = &two()[..] else { panic!("{:?}", two()) };
        assert_eq!((newest.version.as_str(), newest.date.as_str()), ("0.2.0", "2026-11-23"));
        assert_eq!(newest.changes, ["Takes .p8 files in & keeps them.", "More."]);
        assert_eq!((first.version.as_str(), first.date.as_str()), ("0.1.0", "2026-10-01"));
    }

    #[test]
    fn a_version_nobody_wrote_about_is_refused() {
        let released = "## [0.1.0] - 2026-10-01\n- New.\n";
        assert!(releases(released, "0.1.0", "").is_ok());
        assert!(releases(released, "0.2.0", "").is_err_and(|trouble| trouble.contains("0.2.0")));
    }

    #[test]
    fn each_form_has_what_its_readers_expect() {
        let day = |date: &str| Ok(format!("<{date}>"));
        let debian = for_debian(&two(), "A <a@b>", day).unwrap();
        assert!(debian.starts_with("keyfolio (0.2.0) stable; urgency=medium\n\n  * Takes .p8 files"), "{debian}");
        assert!(debian.ends_with("\n\n -- A <a@b>  <2026-10-01>\n"), "{debian}");
        let rpm = for_rpm(&two(), "A <a@b>", day).unwrap();
        assert!(rpm.contains("* <2026-10-01> A <a@b> - 0.1.0-1\n- 100%% new.\n"), "{rpm}");
        let appstream = for_appstream(&two());
        assert!(appstream.contains("<li>Takes .p8 files in &amp; keeps them.</li>"), "{appstream}");
    }

    #[test]
    fn long_changes_are_wrapped_at_80_columns() {
        let wrapped = bullet(&"word ".repeat(40), "  * ", "    ");
        assert!(wrapped.starts_with("  * word word") && wrapped.contains("\n    word"));
        assert!(wrapped.lines().all(|line| line.len() <= 80), "{wrapped}");
    }
}
