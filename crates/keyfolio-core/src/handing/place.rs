//! Where a file goes: proposed, chosen, looked at. A place is kept in memory by a number, because a window never
//! supplies a path, and forgotten when the vault is locked. Nothing is written here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use handoff::write::{Ground, PlaceWarning, ignore_line, warnings};
use handoff::{Form, Recipe, Sheet, sheet};
use uuid::Uuid;

use super::{Bearing, form_of, stored, unknown};
use crate::Keyfolio;
use crate::library::key_ref;
use crate::view::{HandoffPart, HandoffTrouble, IgnoreView, IpcError, PlaceRequest, PlaceView};

/// The most places kept; the oldest goes first.
const MOST_PLACES: usize = 64;

/// What the name of a file of variables begins as.
const ENV_FILE: &str = ".env";

/// What the save dialog begins with.
pub struct Suggestion {
    /// The file's name.
    pub name: String,
    /// The folder the tool looks into, if there is one; with `known_folder` no dialog is needed.
    pub folder: Option<PathBuf>,
}

/// A place that was chosen for a file of a form, with the key in it.
#[derive(Clone)]
pub(super) struct Placed {
    pub(super) recipe: &'static Recipe,
    pub(super) form: &'static Form,
    pub(super) key: Uuid,
    pub(super) part: HandoffPart,
    pub(super) path: PathBuf,
    /// It is the tool's own folder, which may be made.
    pub(super) known_folder: bool,
}

/// Places by their numbers, which are never used twice.
#[derive(Default)]
pub(super) struct Places {
    last: u32,
    places: BTreeMap<u32, Placed>,
}

impl Places {
    fn add(&mut self, placed: Placed) -> u32 {
        if self.places.len() == MOST_PLACES {
            self.places.pop_first();
        }
        self.last += 1;
        self.places.insert(self.last, placed);
        self.last
    }

    pub(super) fn get(&self, id: u32) -> Result<Placed, IpcError> {
        self.places.get(&id).cloned().ok_or(HandoffTrouble::PlaceGone.into())
    }

    pub(super) fn remove(&mut self, id: u32) {
        self.places.remove(&id);
    }

    pub(super) fn clear(&mut self) {
        self.places.clear();
    }
}

impl Keyfolio {
    /// The name to propose for a file, and where.
    ///
    /// # Errors
    /// As [`Self::handoff_placed`].
    pub fn handoff_suggest(&self, request: &PlaceRequest) -> Result<Suggestion, IpcError> {
        let (_, _, sheet) = self.asked_for(request, None)?;
        match &request.part {
            HandoffPart::File { index } => {
                let file = sheet.files.get(*index).ok_or(unknown())?;
                let folder = file.folder.and_then(|folder| self.environment.places.expand(folder));
                Ok(Suggestion { name: file.name.clone(), folder })
            }
            HandoffPart::EnvFile => Ok(Suggestion { name: ENV_FILE.to_owned(), folder: None }),
            HandoffPart::Setting { .. } => Err(unknown()),
        }
    }

    /// Notes a chosen place, and says what is risky about it.
    ///
    /// # Errors
    /// `handoff` with `unknown` for no form or part, `individual`, or `unquotable` for a path that cannot be written
    /// where the tool reads it; `issuer_id_missing`; `key_not_found`; when the vault is closed or cannot be read.
    pub fn handoff_placed(&self, request: &PlaceRequest, path: PathBuf) -> Result<PlaceView, IpcError> {
        // The lines to paste name the form's own file, not a file of variables.
        let own_file = matches!(request.part, HandoffPart::File { .. });
        let text = path.to_str().ok_or(HandoffTrouble::Unquotable)?;
        let (recipe, form, sheet) = self.asked_for(request, own_file.then_some(text))?;
        let there = match &request.part {
            HandoffPart::File { index } => *index < sheet.files.len(),
            HandoffPart::EnvFile => sheet.env_file,
            HandoffPart::Setting { .. } => false,
        };
        if !there {
            return Err(unknown());
        }
        let view = PlaceView {
            id: 0,
            path: self.environment.places.shorten(&path),
            exists: path.symlink_metadata().is_ok(),
            warnings: self.warnings(&path),
            ignore: ignore_line(&path)
                .map(|ignore| IgnoreView { file: self.environment.places.shorten(&ignore.file), line: ignore.line }),
            sheet: Box::new(sheet),
        };
        let (key, part, known_folder) = (key_ref(&request.key)?, request.part.clone(), request.known_folder);
        let id = self.handing.places().add(Placed { recipe, form, key, part, path, known_folder });
        Ok(PlaceView { id, ..view })
    }

    /// Forgets a chosen place.
    pub fn handoff_place_drop(&self, id: u32) {
        self.handing.places().remove(id);
    }

    /// What is risky about a place.
    pub(super) fn warnings(&self, path: &Path) -> Vec<PlaceWarning> {
        let temporary = std::env::temp_dir();
        warnings(path, &Ground { home: self.environment.places.home.as_deref(), temporary: Some(&temporary) })
    }

    fn asked_for(
        &self,
        request: &PlaceRequest,
        path: Option<&str>,
    ) -> Result<(&'static Recipe, &'static Form, Sheet), IpcError> {
        let (recipe, form) = form_of(&request.form)?;
        let id = key_ref(&request.key)?;
        let record = self.with_vault(|vault| stored(vault, id))?;
        if !form.takes(record.kind) {
            return Err(HandoffTrouble::Individual.into());
        }
        let bearing = Bearing::of(record)?;
        Ok((recipe, form, sheet(form, &bearing.bearer(path))?))
    }
}
