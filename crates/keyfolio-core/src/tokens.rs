//! Scaffold: tokens.

use zeroize::Zeroizing;

use crate::view::{Inspected, InspectionView, IpcError, TokenCopy, TokenPlan, TokenView, TokenWish};
use crate::{Keyfolio, Pasted};

impl Keyfolio {
    /// What a token would say.
    ///
    /// # Errors
    /// Scaffold.
    pub fn token_plan(&self, _wish: &TokenWish) -> Result<TokenPlan, IpcError> {
        Err(IpcError::Internal)
    }

    /// Makes one.
    ///
    /// # Errors
    /// Scaffold.
    pub fn token_mint(&self, _wish: &TokenWish) -> Result<TokenView, IpcError> {
        Err(IpcError::Internal)
    }

    /// The last one.
    #[must_use]
    pub fn token(&self) -> Option<TokenView> {
        None
    }

    /// The text to copy or show.
    ///
    /// # Errors
    /// Scaffold.
    pub fn token_text(&self, _copy: &TokenCopy) -> Result<Zeroizing<String>, IpcError> {
        Err(IpcError::TokenGone)
    }

    /// Forgets it.
    pub fn token_drop(&self, _id: u32) {}

    /// Judges what was pasted.
    ///
    /// # Errors
    /// Scaffold.
    pub fn inspect_pasted(&self, _pasted: Pasted) -> Result<Inspected, IpcError> {
        Err(IpcError::Internal)
    }

    /// Again.
    ///
    /// # Errors
    /// Scaffold.
    pub fn inspect_again(&self) -> Result<Option<InspectionView>, IpcError> {
        Ok(None)
    }

    /// Forgets it.
    pub fn inspect_clear(&self) {}

    /// How long a secret stays on the clipboard.
    ///
    /// # Errors
    /// Scaffold.
    pub fn set_clipboard_seconds(&self, _seconds: u32) -> Result<(), IpcError> {
        Err(IpcError::Internal)
    }
}
