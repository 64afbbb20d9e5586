//! What must be known before the vault is open: how the window is drawn, which hints were dismissed, when Apple is
//! asked. Nothing here says anything about keys.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use vault::DiskTrouble;

use crate::view::{Appearance, Asking, Hint, IpcError, Recheck};

#[derive(Default, Clone, Serialize, Deserialize)]
#[serde(default)]
struct Chosen {
    appearance: Appearance,
    hints_seen: Vec<HintCode>,
    /// An [`Asking`], field by field: what a newer version keeps in it is kept for it.
    asking: Map<String, Value>,
    /// One of [`CLIPBOARD_SECONDS`], or what a newer version understands.
    #[serde(skip_serializing_if = "Value::is_null")]
    clipboard_seconds: Value,
    /// What a newer version chose to remember: written back as it was.
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// Seconds a secret may stay on the clipboard; the first is where nothing else was chosen.
const CLIPBOARD_SECONDS: [u32; 3] = [60, 30, 90];

/// A hint of a newer version is kept for it: written back, told to nobody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum HintCode {
    Known(Hint),
    Unknown(String),
}

pub(crate) struct Preferences {
    file: PathBuf,
    chosen: Mutex<Chosen>,
}

impl Preferences {
    /// A missing or unreadable file means the defaults: nothing in it is worth an error at start.
    pub(crate) fn load(data_dir: &Path) -> Self {
        let file = data_dir.join("preferences.json");
        let chosen = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { file, chosen: Mutex::new(chosen) }
    }

    pub(crate) fn appearance(&self) -> Appearance {
        self.chosen().appearance
    }

    pub(crate) fn set_appearance(&self, appearance: Appearance) -> Result<(), IpcError> {
        let mut chosen = self.chosen();
        chosen.appearance = appearance;
        self.write(&chosen)
    }

    pub(crate) fn asking(&self) -> Asking {
        let chosen = self.chosen();
        // A choice that cannot be read must not change another: "do not ask" stays "do not ask".
        let field = |name: &str| chosen.asking.get(name);
        let otherwise = Asking::default();
        Asking {
            on_add: field("on_add").and_then(Value::as_bool).unwrap_or(otherwise.on_add),
            recheck: field("recheck").and_then(|code| Recheck::deserialize(code).ok()).unwrap_or(otherwise.recheck),
        }
    }

    pub(crate) fn set_asking(&self, asking: Asking) -> Result<(), IpcError> {
        let Ok(Value::Object(fields)) = serde_json::to_value(asking) else { return Err(IpcError::Internal) };
        let mut chosen = self.chosen();
        chosen.asking.extend(fields);
        self.write(&chosen)
    }

    pub(crate) fn clipboard_seconds(&self) -> u32 {
        let [otherwise, ..] = CLIPBOARD_SECONDS;
        let chosen = u32::deserialize(&self.chosen().clipboard_seconds).ok();
        chosen.filter(|seconds| CLIPBOARD_SECONDS.contains(seconds)).unwrap_or(otherwise)
    }

    pub(crate) fn set_clipboard_seconds(&self, seconds: u32) -> Result<(), IpcError> {
        if !CLIPBOARD_SECONDS.contains(&seconds) {
            return Err(IpcError::Internal);
        }
        let mut chosen = self.chosen();
        chosen.clipboard_seconds = seconds.into();
        self.write(&chosen)
    }

    pub(crate) fn hints_seen(&self) -> Vec<Hint> {
        let known = |code: &HintCode| match code {
            HintCode::Known(hint) => Some(*hint),
            HintCode::Unknown(_) => None,
        };
        self.chosen().hints_seen.iter().filter_map(known).collect()
    }

    pub(crate) fn hint_seen(&self, hint: Hint) -> Result<(), IpcError> {
        let mut chosen = self.chosen();
        let code = HintCode::Known(hint);
        if chosen.hints_seen.contains(&code) {
            return Ok(());
        }
        chosen.hints_seen.push(code);
        self.write(&chosen)
    }

    fn chosen(&self) -> MutexGuard<'_, Chosen> {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Written beside and renamed, so that a crash leaves the old file or the new one.
    fn write(&self, chosen: &Chosen) -> Result<(), IpcError> {
        let bytes = serde_json::to_vec_pretty(chosen).map_err(|_| IpcError::Internal)?;
        let beside = self.file.with_extension("json.new");
        fs::write(&beside, bytes)
            .and_then(|()| fs::rename(&beside, &self.file))
            .map_err(|error| DiskTrouble::from_io(&error).into())
    }
}
