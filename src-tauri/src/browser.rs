//! Opens a page in the user's browser. The core hands out only addresses it knows.

use keyfolio_core::view::IpcError;

pub(crate) fn open(url: &str) -> Result<(), IpcError> {
    open::that_detached(url).map_err(|_| IpcError::LinkFailed)
}
