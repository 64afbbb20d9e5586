//! A hunt for the key after every form: it is in what was handed over, and nowhere else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use asc_key::KeyKind;
use keyfolio_core::view::*;

use crate::support::App;
use crate::{FILE, a_clip, app, copy_of, secrets, sheet_of};

/// Everything that was handed over: the files on purpose, and the text of every one and of every copy.
#[derive(Default)]
struct Bait {
    files: BTreeSet<PathBuf>,
    texts: Vec<String>,
}

impl Bait {
    fn take(&mut self, app: &App, form: &str, key: &KeyView, part: HandoffPart, name: &str) {
        let path = app.place(&format!("{form}-{:?}/{name}", key.kind));
        app.write(form, key, part, &path);
        self.texts.push(fs::read_to_string(&path).unwrap());
        self.files.insert(path);
    }

    /// Every file, file of variables and copy of every form that takes the key.
    fn of(app: &App, key: &KeyView) -> Self {
        let mut bait = Self::default();
        for form in app.core.recipes().iter().flat_map(|recipe| &recipe.forms) {
            let view = app.sheet(form.code, key);
            if matches!(view, SheetView::No { .. }) {
                continue;
            }
            let sheet = sheet_of(view);
            for (index, file) in sheet.files.iter().enumerate() {
                bait.take(app, form.code, key, HandoffPart::File { index }, &file.name);
            }
            if sheet.env_file {
                bait.take(app, form.code, key, HandoffPart::EnvFile, ".env");
            }
            for name in secrets(&sheet) {
                let copied = |text: &str| {
                    bait.texts.push(text.to_owned());
                    Ok(a_clip())
                };
                app.core.handoff_copy(&copy_of(form.code, key, name), copied).unwrap();
            }
        }
        bait
    }
}

/// Pieces of a key in the ways it could be written, from behind what all keys have in common.
fn canaries(pem: &str, bait: &Bait) -> Vec<Vec<u8>> {
    let der = asc_key::parse(pem.as_bytes(), None).unwrap().key.to_pkcs8_der();
    let hex: String = der[36..68].iter().map(|byte| format!("{byte:02x}")).collect();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let mut pieces = vec![der[36..68].to_vec(), body.as_bytes()[52..88].to_vec()];
    pieces.extend([hex.to_uppercase().into_bytes(), hex.into_bytes()]);
    let middle = |text: &String| text.as_bytes()[text.len() / 3..text.len() / 3 + 24].to_vec();
    pieces.extend(bait.texts.iter().map(middle));
    pieces
}

fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            files_below(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}

#[test]
fn after_every_form_the_key_is_in_what_was_handed_over_and_nowhere_else() {
    for kind in [KeyKind::Team, KeyKind::Individual] {
        let app = app();
        let key = app.key(kind);
        let path = app.place("the key itself");
        app.write("key_file", &key, FILE, &path);
        let pem = fs::read_to_string(&path).unwrap();
        let mut bait = Bait::of(&app, &key);
        bait.files.insert(path);
        let pieces = canaries(&pem, &bait);
        assert!(bait.texts.iter().any(|text| holds(text.as_bytes(), &pieces[1])), "the hunt itself finds");

        let shown = format!("{:?} {:?}", app.receipts(), app.core.activity(&ActivityQuery::default()).unwrap());
        assert!(pieces.iter().all(|piece| !holds(shown.as_bytes(), piece)));
        let hunt = |app: &App| {
            let mut files = Vec::new();
            files_below(app.folder.path(), &mut files);
            let mut seen = 0;
            for file in files.iter().filter(|file| !bait.files.contains(*file)) {
                let bytes = fs::read(file).unwrap();
                assert!(pieces.iter().all(|piece| !holds(&bytes, piece)), "{}", file.display());
                seen += 1;
            }
            assert!(seen > 0 && files.len() == seen + bait.files.len(), "{files:?}");
        };
        // While the vault is open, with its journal; and when it is closed and open again.
        hunt(&app);
        hunt(&app.restarted());
        assert!(bait.files.len() > 10 && bait.texts.len() > 20, "{} {}", bait.files.len(), bait.texts.len());
    }
}
