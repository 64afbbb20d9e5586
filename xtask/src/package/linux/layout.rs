//! What a package puts where, as laid down by the Filesystem Hierarchy Standard and freedesktop.org.
//!
//! Both packages hold the same program, entry, icons and manual; each adds papers where its readers look for them.
//! Refuses to touch the MIME database: `application/pkcs8` with `*.p8` is everybody's already, and who opens it by
//! default is the user's choice.

use std::fs;
use std::path::{Path, PathBuf};

use crate::package::news::{self, Release};
use crate::package::{notices, release};
use crate::process::{Outcome, Tool};

/// Whom packages name; there is no public address to reach the project at yet, and this one says so.
pub(super) const MAINTAINER: &str = "The Keyfolio authors <authors@keyfolio.invalid>";

/// What software centres know the application by. The desktop entry is called like the program instead, because that
/// is what its windows call themselves, under X11 and Wayland.
const METAINFO: &str = "dev.keyfolio.desktop.metainfo.xml";

/// Sizes of the icon, in pixels, and their files. The drawing itself serves every other size.
const ICONS: [(u32, &str); 6] = [
    (16, "16x16.png"),
    (32, "32x32.png"),
    (64, "64x64.png"),
    (128, "128x128.png"),
    (256, "256x256.png"),
    (512, "512x512.png"),
];

/// What a package says about itself, besides its files.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) root: PathBuf,
    pub(super) version: &'static str,
    /// The commit's time, in seconds since 1970.
    pub(super) time: u64,
    pub(super) news: Vec<Release>,
    /// Whose work the program holds besides ours.
    pub(super) notices: String,
}

impl Facts {
    pub(super) fn gather(root: &Path) -> Result<Self, String> {
        let version = env!("CARGO_PKG_VERSION");
        let time = release::time(root)?;
        let changelog = read(&root.join("CHANGELOG.md"))?;
        let news = news::releases(&changelog, version, &date(&format!("@{time}"), "%Y-%m-%d")?)?;
        Ok(Self { root: root.to_owned(), version, time, news, notices: notices::of_the_program(root, None)? })
    }

    /// A file of `packaging/linux` with its blanks, as `@VERSION@`, filled in.
    pub(super) fn filled(&self, name: &str, blanks: &[(&str, &str)]) -> Result<String, String> {
        let mut text = read(&self.root.join("packaging/linux").join(name))?;
        for (blank, value) in blanks.iter().chain(&[("VERSION", self.version), ("MAINTAINER", MAINTAINER)]) {
            text = text.replace(&format!("@{blank}@"), value);
        }
        Ok(text)
    }
}

/// A folder in which a package is laid out as it will lie on the user's disk.
#[derive(Debug)]
pub(super) struct Layout {
    folder: PathBuf,
}

impl Layout {
    /// Begins with what every package holds.
    pub(super) fn begin(folder: PathBuf, program: &Path, facts: &Facts) -> Result<Self, String> {
        let layout = Self { folder };
        layout.copy(program, "usr/bin/keyfolio")?;
        Tool::new("chmod").arg("0755").arg(layout.place("usr/bin/keyfolio")).run()?;

        let entry = facts.root.join("packaging/linux/keyfolio.desktop");
        layout.copy(&entry, "usr/share/applications/keyfolio.desktop")?;
        let releases = news::for_appstream(&facts.news);
        layout
            .write(&format!("usr/share/metainfo/{METAINFO}"), &facts.filled(METAINFO, &[("RELEASES", &releases)])?)?;
        let day = date(&format!("@{}", facts.time), "%Y-%m-%d")?;
        layout.write_packed("usr/share/man/man1/keyfolio.1", &facts.filled("keyfolio.1", &[("DATE", &day)])?)?;

        let icons = facts.root.join("icons");
        for (side, file) in ICONS {
            layout.copy(&icons.join(file), &format!("usr/share/icons/hicolor/{side}x{side}/apps/keyfolio.png"))?;
        }
        layout.copy(&icons.join("icon.svg"), "usr/share/icons/hicolor/scalable/apps/keyfolio.svg")?;
        Ok(layout)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a file of the package is now.
    pub(super) fn place(&self, installed: &str) -> PathBuf {
        self.folder.join(installed)
    }

    pub(super) fn write(&self, installed: &str, content: &str) -> Outcome {
        write(&self.place(installed), content)
    }

    /// Writes it as `installed.gz`, the same bytes every time.
    pub(super) fn write_packed(&self, installed: &str, content: &str) -> Outcome {
        self.write(installed, content)?;
        Tool::new("gzip").args(["-9", "--no-name"]).arg(self.place(installed)).run()
    }

    pub(super) fn copy(&self, from: &Path, installed: &str) -> Outcome {
        let to = self.place(installed);
        begin_folder_of(&to)?;
        fs::copy(from, &to)
            .map(drop)
            .map_err(|error| format!("could not copy {} to {}: {error}", from.display(), to.display()))
    }

    /// Gives everything the rights it is to be installed with, whatever the builder's umask.
    pub(super) fn settle(&self) -> Outcome {
        Tool::new("chmod").args(["-R", "u=rwX,go=rX"]).arg(&self.folder).run()
    }
}

/// A day as `form` says (see `date(1)`), in English and Greenwich.
pub(super) fn date(day: &str, form: &str) -> Result<String, String> {
    let said =
        Tool::new("date").env("LC_ALL", "C").args(["--utc", &format!("--date={day}"), &format!("+{form}")]).read()?;
    Ok(String::from_utf8_lossy(&said).trim().to_owned())
}

pub(super) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("could not read {}: {error}", path.display()))
}

pub(super) fn write(path: &Path, content: &str) -> Outcome {
    begin_folder_of(path)?;
    fs::write(path, content).map_err(|error| format!("could not write {}: {error}", path.display()))
}

fn begin_folder_of(path: &Path) -> Outcome {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| format!("could not make {}: {error}", folder.display()))
}
