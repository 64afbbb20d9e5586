//! What a lower room's error means to the person at the window.

use vault::{DiskTrouble, VaultError};

use crate::view::{HandoffTrouble, IpcError};

impl From<VaultError> for IpcError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Absent => Self::VaultNotSetUp,
            VaultError::AlreadyPresent => Self::VaultExists,
            VaultError::Damaged { .. }
            | VaultError::DamagedItem { .. }
            | VaultError::DamagedSlot(_)
            | VaultError::TooNew { .. } => Self::VaultDamaged,
            VaultError::PassphraseWrong | VaultError::NoSuchSlot(_) => Self::PassphraseWrong,
            VaultError::PassphraseTooShort { minimum } => Self::PassphraseTooShort { minimum },
            VaultError::Keyring(trouble) => Self::Keyring { trouble },
            VaultError::KeyNotFound => Self::KeyNotFound,
            VaultError::NoSuchReceipt => HandoffTrouble::Unknown.into(),
            VaultError::ChangedElsewhere => Self::ChangedElsewhere,
            VaultError::Disk(trouble) => trouble.into(),
            _ => Self::Internal,
        }
    }
}

impl From<DiskTrouble> for IpcError {
    fn from(trouble: DiskTrouble) -> Self {
        match trouble {
            DiskTrouble::Full => Self::DiskFull,
            DiskTrouble::ReadOnly => Self::DiskReadOnly,
            DiskTrouble::Failed => Self::DiskFailed,
        }
    }
}
