//! Choosing key files. The dialog runs in this process; the window learns only that an import exists.

use std::path::PathBuf;

use keyfolio_core::view::IpcError;
use rfd::AsyncFileDialog;
use serde::Deserialize;
use tauri::WebviewWindow;
use ts_rs::TS;

use crate::dialog;

/// The words of the dialog.
#[derive(Deserialize, TS)]
pub(crate) struct PickRequest {
    title: String,
    key_files: String,
    all_files: String,
}

/// Endings under which keys are found in the wild.
const KEY_ENDINGS: [&str; 5] = ["p8", "pem", "key", "json", "txt"];

/// The files the user picked; empty when the dialog was dismissed.
pub(crate) async fn pick(window: WebviewWindow, words: PickRequest) -> Result<Vec<PathBuf>, IpcError> {
    let show = |dialog: AsyncFileDialog| {
        dialog
            .set_title(words.title)
            .add_filter(words.key_files, &KEY_ENDINGS)
            .add_filter(words.all_files, &["*"])
            .pick_files()
    };
    let files = dialog::ask(window, show).await?.unwrap_or_default();
    Ok(files.iter().map(|file| file.path().to_owned()).collect())
}
