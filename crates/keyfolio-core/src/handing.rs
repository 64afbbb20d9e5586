//! Scaffold: handing keys to tools.

use std::path::PathBuf;

use crate::Keyfolio;
use crate::view::{
    Clip, FittingRequest, FittingView, GhRequest, GhView, HandoffPair, IpcError, NotedHandoff, PlaceRequest, PlaceView,
    ReceiptChange, ReceiptQuery, ReceiptView, RecipeView, SecretCopied, SecretCopy, SheetView, UsesView, WriteRequest,
};

/// What the save dialog begins with.
pub struct Suggestion {
    /// The file's name.
    pub name: String,
    /// The folder the tool looks into, if there is one; with `known_folder` no dialog is needed.
    pub folder: Option<PathBuf>,
}

impl Keyfolio {
    /// Every tool.
    #[must_use]
    pub fn recipes(&self) -> Vec<RecipeView> {
        Vec::new()
    }

    /// Which keys are right for a form.
    ///
    /// # Errors
    /// Scaffold.
    pub fn fitting(&self, _request: &FittingRequest) -> Result<FittingView, IpcError> {
        Err(IpcError::Internal)
    }

    /// A form filled in for a key.
    ///
    /// # Errors
    /// Scaffold.
    pub fn handoff_sheet(&self, _pair: &HandoffPair) -> Result<SheetView, IpcError> {
        Err(IpcError::Internal)
    }

    /// The name to propose for a file, and where.
    ///
    /// # Errors
    /// Scaffold.
    pub fn handoff_suggest(&self, _request: &PlaceRequest) -> Result<Suggestion, IpcError> {
        Err(IpcError::Internal)
    }

    /// Notes a chosen place.
    ///
    /// # Errors
    /// Scaffold.
    pub fn handoff_placed(&self, _request: &PlaceRequest, _path: PathBuf) -> Result<PlaceView, IpcError> {
        Err(IpcError::Internal)
    }

    /// Forgets a chosen place.
    pub fn handoff_place_drop(&self, _id: u32) {}

    /// Writes there.
    ///
    /// # Errors
    /// Scaffold.
    pub fn handoff_write(&self, _request: &WriteRequest) -> Result<ReceiptView, IpcError> {
        Err(IpcError::Internal)
    }

    /// Hands one secret to `copy`, and notes it when that succeeded.
    ///
    /// # Errors
    /// Scaffold.
    pub fn handoff_copy(
        &self,
        _request: &SecretCopy,
        _copy: impl FnOnce(&str) -> Result<Clip, IpcError>,
    ) -> Result<SecretCopied, IpcError> {
        Err(IpcError::Internal)
    }

    /// Whether `gh` is here.
    #[must_use]
    pub fn gh_found(&self) -> bool {
        false
    }

    /// Sets secrets and variables with it.
    ///
    /// # Errors
    /// Scaffold.
    pub fn gh_set(&self, _request: &GhRequest) -> Result<GhView, IpcError> {
        Err(IpcError::Internal)
    }

    /// Where keys went.
    ///
    /// # Errors
    /// Scaffold.
    pub fn receipts(&self, _query: &ReceiptQuery) -> Result<Vec<ReceiptView>, IpcError> {
        Ok(Vec::new())
    }

    /// Notes a place a key is in already.
    ///
    /// # Errors
    /// Scaffold.
    pub fn receipt_note(&self, _noted: &NotedHandoff) -> Result<ReceiptView, IpcError> {
        Err(IpcError::Internal)
    }

    /// Says that a key is no longer somewhere.
    ///
    /// # Errors
    /// Scaffold.
    pub fn receipt_change(&self, _change: &ReceiptChange) -> Result<ReceiptView, IpcError> {
        Err(IpcError::Internal)
    }

    /// What depends on a key.
    ///
    /// # Errors
    /// Scaffold.
    pub fn uses(&self, _id: &str) -> Result<UsesView, IpcError> {
        Err(IpcError::Internal)
    }
}
