//! The clipboard, read and written here and never by the window's own code.

use std::sync::{Mutex, PoisonError};

use arboard::Clipboard;
use keyfolio_core::view::{Clip, ClipWhat, IpcError};
use keyfolio_core::zeroize::Zeroizing;
use keyfolio_core::{Keyfolio, Pasted};

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

/// Puts a secret on the clipboard, for a while. Scaffold.
pub(crate) fn lend(_core: &Keyfolio, _what: ClipWhat, _text: &str) -> Result<Clip, IpcError> {
    Err(IpcError::ClipboardUnavailable)
}

/// The secret on the clipboard. Scaffold.
pub(crate) fn lent() -> Option<Clip> {
    None
}

/// Takes it away. Scaffold.
pub(crate) fn take_back() {}
