//! Native dialogs, shown from the thread that may show them, beginning in a folder of the user.

use std::future::Future;
use std::path::PathBuf;

use keyfolio_core::view::IpcError;
use rfd::AsyncFileDialog;
use tauri::WebviewWindow;

use crate::platform;

/// Shows a file dialog that belongs to the window and waits for its answer without blocking the window.
pub(crate) async fn ask<T, F>(
    window: WebviewWindow,
    show: impl FnOnce(AsyncFileDialog) -> F + Send + 'static,
) -> Result<T, IpcError>
where
    F: Future<Output = T> + Send + 'static,
{
    let (send, receive) = std::sync::mpsc::sync_channel(1);
    let parent = window.clone();
    // macOS shows a dialog only from the main thread; elsewhere it does no harm.
    window
        .run_on_main_thread(move || {
            // The receiver is gone only when the program ends.
            let _ = send.send(show(AsyncFileDialog::new().set_parent(&parent)));
        })
        .map_err(|_| IpcError::Internal)?;
    let shown = tauri::async_runtime::spawn_blocking(move || receive.recv())
        .await
        .map_err(|_| IpcError::Internal)?
        .map_err(|_| IpcError::Internal)?;
    Ok(shown.await)
}

/// A dialog to save in, which begins in `folder` if there is one, else where this system's programs begin.
pub(crate) fn saving_in(dialog: AsyncFileDialog, folder: Option<PathBuf>) -> AsyncFileDialog {
    // GTK shows an empty place for a folder that is not there.
    match folder.filter(|folder| folder.is_dir()).or_else(platform::saving_begins_in) {
        Some(folder) => dialog.set_directory(folder),
        None => dialog,
    }
}
