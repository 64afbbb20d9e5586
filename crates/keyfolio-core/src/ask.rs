//! Asking Apple: a contract to be filled. (Scaffold.)

use crate::Keyfolio;
use crate::view::{AppleLine, CheckView, ImportView, IpcError, OwnerRequest, RunView, VerifyRequest};

impl Keyfolio {
    /// Asks Apple about keys.
    pub fn verify(&self, _request: &VerifyRequest) -> Result<RunView, IpcError> {
        Err(IpcError::Internal)
    }
    /// Stops asking.
    pub fn verify_stop(&self) {}
    /// The run.
    #[must_use]
    pub fn run(&self) -> Option<RunView> {
        None
    }
    /// Forgets the summary.
    pub fn run_dismiss(&self) {}
    /// Everything known.
    pub fn check(&self, _id: &str) -> Result<CheckView, IpcError> {
        Err(IpcError::Internal)
    }
    /// Keeps roles.
    pub fn roles_keep(&self, _id: &str) -> Result<(), IpcError> {
        Err(IpcError::Internal)
    }
    /// Looks up an owner.
    pub fn owner_look_up(&self, _request: &OwnerRequest) -> Result<CheckView, IpcError> {
        Err(IpcError::Internal)
    }
    /// Asks about a key on offer.
    pub fn import_ask(&self, _id: u32, _row: u32) -> Result<ImportView, IpcError> {
        Err(IpcError::Internal)
    }
    /// The way to Apple.
    pub fn apple_line(&self) -> Result<AppleLine, IpcError> {
        Err(IpcError::Internal)
    }
}
