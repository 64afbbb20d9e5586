//! From what the user pointed at to a list of files worth reading.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use asc_key::RefusalCode;

/// Something to read, or a folder that gave nothing.
pub(super) enum Item {
    /// A file the user named, or one that is named like a key.
    File(PathBuf),
    /// A file whose name says nothing; it is offered only if it holds a key.
    Maybe(PathBuf),
    /// A folder without key files, or one that cannot be listed.
    Folder(PathBuf, RefusalCode),
}

/// Endings of files that may hold a key in another tool's form.
const OTHER_FORMS: [&str; 3] = ["json", "pem", "key"];
/// A folder with more entries than this is not where somebody keeps keys.
const MOST_ENTRIES: usize = 20_000;

/// Whether the name is that of a key file: `.p8`, or iCloud's placeholder for one.
pub(crate) fn named_like_a_key(path: &Path) -> bool {
    let name = super::file_name_of(path).to_ascii_lowercase();
    name.ends_with(".p8") || (name.starts_with('.') && name.ends_with(".p8.icloud"))
}

fn maybe_another_form(path: &Path) -> bool {
    path.extension().is_some_and(|ending| OTHER_FORMS.iter().any(|form| ending.eq_ignore_ascii_case(form)))
}

/// Files as they are; folders one level deep.
pub(super) fn expand(paths: Vec<PathBuf>) -> Vec<Item> {
    let mut items = Vec::new();
    for path in paths {
        if !path.is_dir() {
            items.push(Item::File(path));
            continue;
        }
        match list(&path) {
            Ok(inside) if inside.is_empty() => items.push(Item::Folder(path, RefusalCode::EmptyFolder)),
            Ok(inside) => items.extend(inside),
            Err(_) => items.push(Item::Folder(path, RefusalCode::Unreadable)),
        }
    }
    items
}

/// What lies in the usual places. Downloads and the desktop hold all sorts of JSON, so nothing but files that
/// are named like keys, or that turn out to hold one, is offered; places that do not exist are passed over.
pub(super) fn discover(places: &[PathBuf]) -> Vec<Item> {
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    for place in places {
        // Two names may lead to one folder.
        let real = fs::canonicalize(place).unwrap_or_else(|_| place.clone());
        if seen.insert(real) {
            items.extend(list(place).unwrap_or_default());
        }
    }
    items.retain(|item| match item {
        Item::Maybe(path) => super::offer::holds_a_key(path),
        Item::File(_) | Item::Folder(..) => true,
    });
    items
}

fn list(folder: &Path) -> std::io::Result<Vec<Item>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)?.take(MOST_ENTRIES) {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths
        .into_iter()
        .filter_map(|path| {
            if named_like_a_key(&path) {
                Some(Item::File(path))
            } else if maybe_another_form(&path) {
                Some(Item::Maybe(path))
            } else {
                None
            }
        })
        .collect())
}
