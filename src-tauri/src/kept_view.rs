//! Which page was up and which key was selected, for the next start.
//!
//! Names of the window's own pages, and a key's reference, which is a random number: nothing of what is sealed. The
//! window gets them with its first script, so that its first frame is the right one and waits for nothing, and takes
//! from them only what it knows.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::advice;

/// Bytes of one name.
const LONGEST_NAME: usize = 64;

/// What the window showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) struct KeptView {
    page: String,
    shelf: String,
    selected: Option<String>,
    sidebar_hidden: bool,
}

impl KeptView {
    /// Whether it holds names and nothing else: they become part of a script.
    fn is_plain(&self) -> bool {
        let sign = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        let plain = |name: &str| name.len() <= LONGEST_NAME && name.bytes().all(sign);
        plain(&self.page) && plain(&self.shelf) && self.selected.as_deref().is_none_or(plain)
    }
}

/// The file, and what is in it.
pub(crate) struct ViewFile {
    /// None in the demo.
    file: Option<PathBuf>,
    kept: Mutex<Option<KeptView>>,
}

impl ViewFile {
    pub(crate) fn new(file: Option<PathBuf>) -> Self {
        let kept = file.as_deref().and_then(advice::read).filter(KeptView::is_plain);
        Self { file, kept: Mutex::new(kept) }
    }

    /// Tells the page before its own first line runs.
    pub(crate) fn script(&self) -> String {
        let kept = serde_json::to_string(&*self.kept()).unwrap_or_else(|_| "null".to_owned());
        format!("Object.defineProperty(window, 'keyfolioView', {{ value: {kept} }});")
    }

    /// Notes what the window shows now.
    pub(crate) fn keep(&self, view: KeptView) {
        let Some(file) = &self.file else { return };
        let mut kept = self.kept();
        if view.is_plain() && kept.as_ref() != Some(&view) {
            advice::write(file, &view);
            *kept = Some(view);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Option<KeptView>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    fn view(page: &str) -> KeptView {
        KeptView { page: page.to_owned(), shelf: "all".to_owned(), selected: None, sidebar_hidden: false }
    }

    #[test]
    fn the_next_start_is_told_what_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = Some(folder.path().join("view.json"));
        ViewFile::new(file.clone()).keep(view("advisor"));
        assert!(ViewFile::new(file).script().contains(r#""page":"advisor""#));
        assert_eq!(ViewFile::new(None).script(), "Object.defineProperty(window, 'keyfolioView', { value: null });");
    }

    #[test]
    fn nothing_but_names_gets_into_the_script() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("view.json");
        for hostile in ["</script>", "a b", "\u{2028}", "'", "\\", "é", &"x".repeat(65)] {
            ViewFile::new(Some(file.clone())).keep(view(hostile));
            assert!(!file.exists(), "{hostile} was kept");
            advice::write(&file, &view(hostile));
            assert!(ViewFile::new(Some(file.clone())).script().contains("value: null"), "{hostile} was told");
            std::fs::remove_file(&file).unwrap();
        }
    }
}
