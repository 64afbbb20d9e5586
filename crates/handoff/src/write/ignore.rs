//! The line that keeps a file out of a repository.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::places::work_tree;

/// A line for a `.gitignore`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreLine {
    /// The `.gitignore` at the top of the work tree.
    pub file: PathBuf,
    /// The line, without its end. It matches the one file and no other.
    pub line: String,
}

/// The line that keeps `target` out of the work tree it lies in. `None` outside of one, if the line is there
/// already, and for a name no line can express.
#[must_use]
pub fn ignore_line(target: &Path) -> Option<IgnoreLine> {
    let parent = target.parent()?;
    let parent = fs::canonicalize(parent).unwrap_or_else(|_| parent.to_owned());
    let root = work_tree(&parent)?;
    let target = parent.join(target.file_name()?);
    if is_listed(root, &target) {
        return None;
    }
    Some(IgnoreLine { file: root.join(".gitignore"), line: pattern(root, &target)? })
}

impl IgnoreLine {
    /// Adds the line to the file, which is created if it is not there. What it holds otherwise stays as it is.
    ///
    /// # Errors
    /// What the disk says; a `.gitignore` that is a link is not written to.
    pub fn add(&self) -> io::Result<()> {
        let before = match fs::symlink_metadata(&self.file) {
            Ok(metadata) if metadata.is_file() => fs::read(&self.file)?,
            Ok(_) => return Err(io::ErrorKind::InvalidInput.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let gap = if before.is_empty() || before.ends_with(b"\n") { "" } else { "\n" };
        let mut file = OpenOptions::new().append(true).create(true).open(&self.file)?;
        file.write_all(format!("{gap}{}\n", self.line).as_bytes())?;
        file.sync_all()
    }
}

/// Whether the `.gitignore` at the top has exactly this line.
pub(super) fn is_listed(root: &Path, target: &Path) -> bool {
    let Some(pattern) = pattern(root, target) else { return false };
    let text = fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
    text.lines().any(|line| line == pattern)
}

/// The path from the top, with what git would read as a pattern escaped. The slash in front ties it to the top and
/// keeps `#` and `!` from meaning anything.
fn pattern(root: &Path, target: &Path) -> Option<String> {
    let relative = target.strip_prefix(root).ok()?.to_str()?;
    let mut line = String::from("/");
    for c in relative.chars() {
        match c {
            '\n' | '\r' | '\0' => return None,
            '\\' if cfg!(windows) => line.push('/'),
            '*' | '?' | '[' | '\\' => line.extend(['\\', c]),
            other => line.push(other),
        }
    }
    if line.ends_with(' ') {
        line.pop();
        line.push_str("\\ ");
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn a_line_names_one_file_whatever_its_name_looks_like() {
        let line = |name: &str| pattern(Path::new("/repo"), &Path::new("/repo/sub").join(name));
        assert_eq!(line("AuthKey_2X9R4HXF34.p8").unwrap(), "/sub/AuthKey_2X9R4HXF34.p8");
        assert_eq!(line("#a!b*?[c]").unwrap(), "/sub/#a!b\\*\\?\\[c]");
        assert_eq!(line("ends with blank ").unwrap(), "/sub/ends with blank\\ ");
        assert_eq!(line("two\nlines"), None);
    }
}
