//! The login keychain. Any call may bring up a prompt (a locked keychain, an access list that names another build of
//! the app), and nothing tells beforehand, so every call has the long deadline.
//!
//! Result codes: <https://developer.apple.com/documentation/security/security-framework-result-codes>.

use std::error::Error;

use apple_native_keyring_store::keychain::Store;
use keyring_core::api::CredentialStoreApi;

use super::{Answer, Call, KEYRING_SERVICE, classify as classify_store, on_entry};
use crate::error::KeyringTrouble;

/// One attempt on a fresh store.
pub(super) fn attempt(user: &str, call: &Call, may_prompt: &dyn Fn()) -> Answer {
    may_prompt();
    let store = Store::new().map_err(classify_store)?;
    let entry = store.build(KEYRING_SERVICE, user, None).map_err(classify_store)?;
    on_entry(&entry, call)
}

/// Our word for what the store wraps as a platform failure.
pub(super) fn classify(source: &(dyn Error + Send + Sync + 'static)) -> KeyringTrouble {
    source
        .downcast_ref::<security_framework::base::Error>()
        .map_or(KeyringTrouble::Refused, |error| of_code(error.code()))
}

/// Our word for what the store wraps as "no access".
pub(super) fn classify_no_access(source: &(dyn Error + Send + Sync + 'static)) -> KeyringTrouble {
    classify(source)
}

fn of_code(code: i32) -> KeyringTrouble {
    match code {
        // errSecNotAvailable: no trust results, no security server to talk to.
        -25_291 => KeyringTrouble::NoService,
        // errSecNoSuchKeychain, errSecInvalidKeychain, errSecNoDefaultKeychain.
        -25_294 | -25_295 | -25_307 => KeyringTrouble::NoCollection,
        // errSecInteractionNotAllowed, errSecInteractionRequired: locked, and nobody to ask (a remote login).
        -25_308 | -25_315 => KeyringTrouble::Locked,
        // errSecUserCanceled, errSecAuthFailed: asked and not granted.
        -128 | -25_293 => KeyringTrouble::PromptDismissed,
        // errSecItemNotFound.
        -25_300 => KeyringTrouble::EntryMissing,
        _ => KeyringTrouble::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyringTrouble, of_code};

    #[test]
    fn result_codes_are_told_apart() {
        assert_eq!(of_code(-128), KeyringTrouble::PromptDismissed);
        assert_eq!(of_code(-25_308), KeyringTrouble::Locked);
        assert_eq!(of_code(-25_307), KeyringTrouble::NoCollection);
        assert_eq!(of_code(-61), KeyringTrouble::Refused);
    }
}
