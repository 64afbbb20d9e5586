//! The RPM package, made with `rpmbuild`, which reads from the program which libraries it needs. They are required by
//! their sonames, as `libwebkit2gtk-4.1.so.0()(64bit)`, which Fedora and openSUSE have under different package names.

use std::env;
use std::path::{Path, PathBuf};

use super::layout::{Facts, Layout, MAINTAINER, date, write};
use crate::package::news;
use crate::process::{Outcome, Tool};

/// Where the papers lie, and what RPM calls them.
const LICENSES: &str = "usr/share/licenses/keyfolio";
const PAPERS: &str = "usr/share/doc/keyfolio";

/// Packs `program` into `packages`, laying it out in the empty folder `work`.
pub(super) fn pack(program: &Path, facts: &Facts, work: &Path, packages: &Path) -> Result<PathBuf, String> {
    // The folder RPM knows as that of the sources; the layout is the only one.
    let layout = Layout::begin(work.join("SOURCES"), program, facts)?;
    papers(&layout, facts)?;
    layout.settle()?;
    write(&work.join("files"), &list(&layout)?)?;

    let days = |day: &str| date(day, "%a %b %d %Y");
    let description = facts.filled("description", &[])?;
    let blanks = [("DESCRIPTION", description.trim()), ("CHANGELOG", &news::for_rpm(&facts.news, MAINTAINER, days)?)];
    let spec = work.join("keyfolio.spec");
    write(&spec, &facts.filled("keyfolio.spec", &blanks)?)?;
    let defined = |name: &str, value: &str| ["--define".to_owned(), format!("{name} {value}")];
    let settings = [
        defined("_topdir", &work.display().to_string()),
        defined("_rpmdir", &packages.display().to_string()),
        defined("_rpmfilename", "%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm"),
        defined("_binary_payload", "w19.zstdio"),
        // The same bytes from the same commit.
        defined("use_source_date_epoch_as_buildtime", "1"),
        defined("clamp_mtime_to_source_date_epoch", "1"),
        defined("_buildhost", "localhost"),
    ];
    let target = format!("{}-linux", env::consts::ARCH);
    Tool::new("rpmbuild")
        .env("SOURCE_DATE_EPOCH", facts.time.to_string())
        .args(["-bb", "--quiet", "--target", &target])
        .args(settings.as_flattened())
        .arg(&spec)
        .aside()
        .run()?;
    let package = packages.join(format!("keyfolio-{}-1.{}.rpm", facts.version, env::consts::ARCH));
    if package.exists() { Ok(package) } else { Err(format!("rpmbuild made no {}", package.display())) }
}

fn papers(layout: &Layout, facts: &Facts) -> Outcome {
    for name in ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT"] {
        layout.copy(&facts.root.join(name), &format!("{LICENSES}/{name}"))?;
    }
    layout.write(&format!("{LICENSES}/THIRD-PARTY"), &facts.notices)?;
    layout.copy(&facts.root.join("CHANGELOG.md"), &format!("{PAPERS}/CHANGELOG.md"))
}

/// Every file with what it is to RPM, and the folders that are the package's own and go with it.
fn list(layout: &Layout) -> Result<String, String> {
    let found = Tool::new("find").within(layout.folder()).args([".", "-type", "f", "-printf", "/%P\\n"]).read()?;
    let found = String::from_utf8_lossy(&found).into_owned();
    let mut lines: Vec<String> = found.lines().map(line).collect();
    lines.sort();
    let folders = [LICENSES, PAPERS].map(|folder| format!("%dir /{folder}"));
    let all = ["%defattr(-,root,root)".to_owned()].into_iter().chain(folders).chain(lines);
    Ok(all.map(|line| format!("{line}\n")).collect())
}

fn line(file: &str) -> String {
    let under = |folder: &str| file.strip_prefix('/').is_some_and(|file| Path::new(file).starts_with(folder));
    match () {
        () if under(LICENSES) => format!("%license {file}"),
        () if under(PAPERS) || under("usr/share/man") => format!("%doc {file}"),
        () => file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn papers_are_marked_as_such() {
        assert_eq!(line("/usr/bin/keyfolio"), "/usr/bin/keyfolio");
        assert_eq!(line("/usr/share/man/man1/keyfolio.1.gz"), "%doc /usr/share/man/man1/keyfolio.1.gz");
        assert_eq!(line("/usr/share/licenses/keyfolio/LICENSE"), "%license /usr/share/licenses/keyfolio/LICENSE");
        assert_eq!(line("/usr/share/doc/keyfolio/CHANGELOG.md"), "%doc /usr/share/doc/keyfolio/CHANGELOG.md");
    }
}
