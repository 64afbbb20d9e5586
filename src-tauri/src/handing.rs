//! Where a file of a hand-off goes: the dialog, and nothing of the key.

use std::sync::Arc;

use keyfolio_core::Keyfolio;
use keyfolio_core::view::{IpcError, PlaceRequest, PlaceView};
use tauri::WebviewWindow;

use crate::dialog;

/// Asks where, unless the tool's own folder is meant; answers with the place, or nothing when the dialog was dismissed.
pub(crate) async fn place(
    window: WebviewWindow,
    core: Arc<Keyfolio>,
    request: PlaceRequest,
) -> Result<Option<PlaceView>, IpcError> {
    let suggestion = core.handoff_suggest(&request)?;
    let path = match suggestion.folder {
        Some(folder) if request.known_folder => folder.join(&suggestion.name),
        folder => {
            let title = request.title.clone();
            let show = move |dialog: rfd::AsyncFileDialog| {
                dialog::saving_in(dialog, folder).set_title(title).set_file_name(suggestion.name).save_file()
            };
            let Some(chosen) = dialog::ask(window, show).await? else { return Ok(None) };
            chosen.path().to_owned()
        }
    };
    let placed = tauri::async_runtime::spawn_blocking(move || core.handoff_placed(&request, path)).await;
    placed.map_err(|_| IpcError::Internal)?.map(Some)
}
