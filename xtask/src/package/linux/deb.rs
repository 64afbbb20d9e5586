//! The Debian package, made with Debian's own tools: `dpkg-shlibdeps` reads from the program which libraries it needs
//! and how new they must be, `dpkg-deb` packs, sorted and dated by the commit.

use std::fs;
use std::path::{Path, PathBuf};

use super::layout::{Facts, Layout, MAINTAINER, date, read, write};
use crate::package::news;
use crate::process::{Outcome, Tool};

const PAPERS: &str = "usr/share/doc/keyfolio";

/// Packs `program` into `packages`, laying it out in the empty folder `work`.
pub(super) fn pack(program: &Path, facts: &Facts, work: &Path, packages: &Path) -> Result<PathBuf, String> {
    let layout = Layout::begin(work.join("tree"), program, facts)?;
    papers(&layout, facts)?;

    let architecture = said(Tool::new("dpkg").arg("--print-architecture"))?;
    let blanks = [
        ("ARCHITECTURE", architecture.as_str()),
        ("SIZE", &size(&layout)?),
        ("DEPENDS", &libraries(&layout, work)?),
        ("DESCRIPTION", &description(&facts.filled("description", &[])?)),
    ];
    let control = facts.filled("control", &blanks)?;
    // Made before the control files come in, which are not part of what is installed.
    let sums = said(Tool::new("sh").within(layout.folder()).args(["-c", "find usr -type f | sort | xargs md5sum"]))?;
    layout.write("DEBIAN/control", &control)?;
    layout.write("DEBIAN/md5sums", &format!("{sums}\n"))?;
    layout.settle()?;

    let package = packages.join(format!("keyfolio_{}_{architecture}.deb", facts.version));
    Tool::new("dpkg-deb")
        .env("SOURCE_DATE_EPOCH", facts.time.to_string())
        .args(["--root-owner-group", "-Zxz", "-z9", "--build"])
        .args([layout.folder(), &package])
        .aside()
        .run()?;
    Ok(package)
}

fn papers(layout: &Layout, facts: &Facts) -> Outcome {
    let mit = description(&read(&facts.root.join("LICENSE-MIT"))?);
    layout.write(&format!("{PAPERS}/copyright"), &facts.filled("copyright", &[("MIT", &mit)])?)?;
    layout.write_packed(&format!("{PAPERS}/THIRD-PARTY"), &facts.notices)?;
    let mails = |day: &str| date(day, "%a, %d %b %Y %H:%M:%S +0000");
    layout.write_packed(&format!("{PAPERS}/changelog"), &news::for_debian(&facts.news, MAINTAINER, mails)?)
}

/// The packages with the libraries that the program was linked with, as `name (>= version)`.
fn libraries(layout: &Layout, work: &Path) -> Result<String, String> {
    // It wants to know which source it works for.
    write(&work.join("debian/control"), "Source: keyfolio\n\nPackage: keyfolio\nArchitecture: any\n")?;
    let found = said(Tool::new("dpkg-shlibdeps").within(work).arg("-O").arg(layout.place("usr/bin/keyfolio")))?;
    let named = found.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    named.map(str::to_owned).ok_or_else(|| format!("dpkg-shlibdeps named no libraries: {found}"))
}

/// In KiB, each file rounded up: <https://www.debian.org/doc/debian-policy/ch-controlfields.html#installed-size>.
fn size(layout: &Layout) -> Result<String, String> {
    let files = said(Tool::new("find").arg(layout.folder()).args(["-type", "f"]))?;
    let sizes = files.lines().map(|file| {
        let known = fs::metadata(file).map_err(|error| format!("could not measure {file}: {error}"))?;
        Ok(known.len().div_ceil(1024))
    });
    Ok(sizes.sum::<Result<u64, String>>()?.to_string())
}

/// Paragraphs as the lines after a field: indented, and a dot for an empty one.
fn description(text: &str) -> String {
    let lines = text.trim().lines().map(|line| if line.is_empty() { " .".to_owned() } else { format!(" {line}") });
    lines.collect::<Vec<_>>().join("\n")
}

fn said(tool: Tool) -> Result<String, String> {
    Ok(String::from_utf8_lossy(&tool.read()?).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::description;

    #[test]
    fn paragraphs_are_indented_and_parted_by_dots() {
        assert_eq!(description("One\ntwo.\n\nThree.\n"), " One\n two.\n .\n Three.");
    }
}
