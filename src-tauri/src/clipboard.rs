//! The clipboard, read and written here and never by the window's own code.

use std::sync::{Mutex, PoisonError};

use arboard::Clipboard;
use keyfolio_core::Pasted;
use keyfolio_core::view::IpcError;
use keyfolio_core::zeroize::Zeroizing;

/// On Linux whoever copied serves the content, so the connection lives as long as the program.
static CLIPBOARD: Mutex<Option<Clipboard>> = Mutex::new(None);

fn with<T>(act: impl FnOnce(&mut Clipboard) -> Result<T, arboard::Error>) -> Result<T, arboard::Error> {
    let mut slot = CLIPBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let clipboard = match slot.take() {
        Some(clipboard) => clipboard,
        None => Clipboard::new()?,
    };
    act(slot.insert(clipboard))
}

/// Files when files were copied, else text.
pub(crate) fn paste() -> Result<Pasted, IpcError> {
    if let Ok(files) = with(|clipboard| clipboard.get().file_list())
        && !files.is_empty()
    {
        return Ok(Pasted::Files(files));
    }
    match with(Clipboard::get_text) {
        Ok(text) => Ok(Pasted::Text(Zeroizing::new(text))),
        Err(arboard::Error::ContentNotAvailable) => Err(IpcError::ClipboardEmpty),
        Err(_) => Err(IpcError::ClipboardUnavailable),
    }
}

/// For values that are not secret.
pub(crate) fn copy(text: &str) -> Result<(), IpcError> {
    with(|clipboard| clipboard.set_text(text)).map_err(|_| IpcError::ClipboardUnavailable)
}
