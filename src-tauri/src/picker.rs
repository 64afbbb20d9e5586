//! The native file dialog. It runs in this process; the window learns only that an import exists.

use keyfolio_core::view::IpcError;
use rfd::AsyncFileDialog;
use serde::Deserialize;
use std::path::PathBuf;
use tauri::WebviewWindow;
use ts_rs::TS;

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
    let (send, receive) = std::sync::mpsc::sync_channel(1);
    let parent = window.clone();
    // macOS shows a dialog only from the main thread; elsewhere it does no harm.
    window
        .run_on_main_thread(move || {
            let dialog = AsyncFileDialog::new()
                .set_parent(&parent)
                .set_title(words.title)
                .add_filter(words.key_files, &KEY_ENDINGS)
                .add_filter(words.all_files, &["*"]);
            // The receiver is gone only when the program ends.
            let _ = send.send(dialog.pick_files());
        })
        .map_err(|_| IpcError::Internal)?;
    let dialog = tauri::async_runtime::spawn_blocking(move || receive.recv())
        .await
        .map_err(|_| IpcError::Internal)?
        .map_err(|_| IpcError::Internal)?;
    let files = dialog.await.unwrap_or_default();
    Ok(files.iter().map(|file| file.path().to_owned()).collect())
}
