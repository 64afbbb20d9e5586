//! Credential Manager, generic credentials. It never prompts.
//!
//! Persistence is `Local`: the default (`Enterprise`) would carry the entry to other machines with a roaming profile,
//! where the vault file is not. The user name has no dot, because the store joins user and service with one.

use std::collections::HashMap;
use std::error::Error;

use keyring_core::api::CredentialStoreApi;
use windows_native_keyring_store::Store;

use super::{Answer, Call, KEYRING_SERVICE, classify as classify_store, on_entry};
use crate::error::KeyringTrouble;

/// One attempt on a fresh store.
pub(super) fn attempt(user: &str, call: &Call, _may_prompt: &dyn Fn()) -> Answer {
    let store = Store::new().map_err(classify_store)?;
    let local = HashMap::from([("persistence", "Local")]);
    let entry = store.build(KEYRING_SERVICE, user, Some(&local)).map_err(classify_store)?;
    on_entry(&entry, call)
}

/// Our word for what the store wraps as a platform failure: a Win32 error without a remedy we know.
pub(super) fn classify(_source: &(dyn Error + Send + Sync + 'static)) -> KeyringTrouble {
    KeyringTrouble::Refused
}

/// Our word for what the store wraps as "no access": ERROR_NO_SUCH_LOGON_SESSION, which a process has when it was
/// started without a user profile (a service, some remote logins). There is no keyring for it to talk to.
pub(super) fn classify_no_access(_source: &(dyn Error + Send + Sync + 'static)) -> KeyringTrouble {
    KeyringTrouble::NoService
}
