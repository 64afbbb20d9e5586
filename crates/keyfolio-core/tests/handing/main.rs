//! Handing keys to tools through the whole core: what is written, what is noted, and what a kill leaves.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is the test's message")]
#![allow(clippy::print_stdout, reason = "a child tells its parent how it went")]

mod canary;
mod copying;
mod files;
#[cfg(unix)]
mod gh;
#[cfg(target_os = "linux")]
mod kill;
mod ledger;
mod recipes;
#[path = "../support/mod.rs"]
mod support;
mod uses;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use asc_key::token::{Scope, TokenRequest, TokenShape, inspect, mint};
use asc_key::{KeyKind, parse};
use handoff::{Keep, Sheet};
use keyfolio_core::view::*;
use keyfolio_core::{Environment, GhTool};
use support::{App, start_in};
use tempfile::TempDir;
use vault::MemoryKeyring;

/// The Issuer ID of the sample keys.
pub(crate) const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011a9b3";

/// Words for where something goes.
pub(crate) const WHERE: &str = "Mac mini in the cupboard";

/// The twelve sample keys, and GitHub's tool nowhere unless a test says where.
pub(crate) fn app() -> App {
    app_with(GhTool { folders: Vec::new(), patience: std::time::Duration::from_secs(30) })
}

pub(crate) fn app_with(gh: GhTool) -> App {
    let folder = Arc::new(TempDir::new().unwrap());
    std::fs::create_dir(folder.path().join("home")).unwrap();
    let app =
        start_in(folder, Arc::new(MemoryKeyring::new()), |environment| Environment { samples: 12, gh, ..environment });
    app.core.open_now();
    app
}

impl App {
    /// The first sample key of a kind.
    pub(crate) fn key(&self, kind: KeyKind) -> KeyView {
        self.core.keys().unwrap().keys.into_iter().find(|key| key.kind == kind).unwrap()
    }

    pub(crate) fn named(&self, name: &str) -> KeyView {
        self.core.keys().unwrap().keys.into_iter().find(|key| key.name == name).unwrap()
    }

    /// A folder that is nobody's repository.
    pub(crate) fn place(&self, name: &str) -> PathBuf {
        // By its parts, so that it reads on Windows as everything else there.
        let path = self.folder.path().join(name.split('/').collect::<PathBuf>());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    pub(crate) fn sheet(&self, form: &str, key: &KeyView) -> SheetView {
        self.core.handoff_sheet(&HandoffPair { form: form.to_owned(), key: key.id.clone() }).unwrap()
    }

    /// Chooses a place as the dialog would.
    pub(crate) fn placed(&self, form: &str, key: &KeyView, part: HandoffPart, path: &Path) -> PlaceView {
        self.core.handoff_placed(&place(form, key, part), path.to_owned()).unwrap()
    }

    /// Chooses a place and writes there.
    pub(crate) fn write(&self, form: &str, key: &KeyView, part: HandoffPart, path: &Path) -> ReceiptView {
        let placed = self.placed(form, key, part, path);
        self.core.handoff_write(&write_to(placed.id)).unwrap()
    }

    pub(crate) fn receipts(&self) -> Vec<ReceiptView> {
        self.core.receipts(&ReceiptQuery::default()).unwrap()
    }

    /// The deeds of handing over, newest first.
    pub(crate) fn deeds(&self) -> Vec<Deed> {
        let query = ActivityQuery { group: Some(ActivityGroup::Handoffs), ..ActivityQuery::default() };
        self.core.activity(&query).unwrap().entries.into_iter().map(|entry| entry.deed).collect()
    }

    /// What was told since this was last asked.
    pub(crate) fn told(&self) -> Vec<AppEvent> {
        self.events.try_iter().collect()
    }
}

pub(crate) fn place(form: &str, key: &KeyView, part: HandoffPart) -> PlaceRequest {
    PlaceRequest { form: form.to_owned(), key: key.id.clone(), part, known_folder: false, title: String::new() }
}

pub(crate) fn write_to(id: u32) -> WriteRequest {
    WriteRequest { id, destination: WHERE.to_owned(), replace: false, accept_rights: false, ignore: false }
}

pub(crate) const FILE: HandoffPart = HandoffPart::File { index: 0 };

pub(crate) fn copy_of(form: &str, key: &KeyView, setting: &str) -> SecretCopy {
    SecretCopy {
        form: form.to_owned(),
        key: key.id.clone(),
        setting: setting.to_owned(),
        destination: WHERE.to_owned(),
    }
}

pub(crate) fn a_clip() -> Clip {
    Clip { what: ClipWhat::Key, clears_at: 1, seconds: 60 }
}

pub(crate) fn trouble(why: HandoffTrouble) -> IpcError {
    IpcError::Handoff { why }
}

pub(crate) fn sheet_of(view: SheetView) -> Sheet {
    match view {
        SheetView::Yes { sheet, .. } => *sheet,
        other => panic!("no sheet: {other:?}"),
    }
}

/// Names of the settings that hold a key.
pub(crate) fn secrets(sheet: &Sheet) -> impl Iterator<Item = &'static str> {
    sheet.settings.iter().filter(|setting| setting.keep == Keep::Secret).map(|setting| setting.name)
}

/// Reads what a tool was given with other code than wrote it, and lets it sign for the stored key.
pub(crate) fn signs(text: &str, key: &KeyView) {
    let parsed = parse(text.as_bytes(), None).unwrap_or_else(|refusal| panic!("{refusal:?} in what was handed over"));
    assert_eq!(parsed.key.fingerprint().to_string(), key.fingerprint);
    if key.kind == KeyKind::Individual {
        assert!(!text.contains(ISSUER) && !text.contains("ISSUER"), "an Issuer ID for an Individual key");
        assert_eq!(parsed.hints.issuer_id, None);
    }
    let shape = match key.kind {
        KeyKind::Team => TokenShape::Team(key.issuer_id.as_ref().unwrap().parse().unwrap()),
        KeyKind::Individual => TokenShape::Individual,
    };
    let request = TokenRequest { shape, valid_for: 600, backdated: 0, scope: Scope::default() };
    let token = mint(&parsed.key, &key.key_id.parse().unwrap(), &request, 1_790_000_000).unwrap();
    let public = parsed.key.public_key_der();
    assert!(!inspect(token.expose(), 1_790_000_000, Some(&public)).unwrap().refused());
}

/// The value of a variable in a file of them, quotation marks taken off.
pub(crate) fn variable<'a>(text: &'a str, name: &str) -> &'a str {
    let value = text.split_once(&format!("{name}=")).expect("the variable").1;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap().0,
        None => value.lines().next().unwrap(),
    }
}
