//! Secret Service, through the zbus store with a Diffie-Hellman session.
//!
//! The store answers "no entry" alike when the entry is gone, when there is no collection to hold one, and when a
//! provider hides what is locked. So the ground is surveyed first, over the same bus, without touching a secret:
//! is there a default collection, is it locked, is our item there? That also tells beforehand whether a password
//! prompt may come up. Specification: <https://specifications.freedesktop.org/secret-service/>.

use std::collections::HashMap;
use std::error::Error;

use keyring_core::api::CredentialStoreApi;
use secret_service::blocking::SecretService;
use secret_service::{EncryptionType, Error as ServiceError};
use zbus::blocking::Connection;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};
use zbus_secret_service_keyring_store::Store;

use super::{Answer, Call, KEYRING_SERVICE, classify as classify_store, on_entry};
use crate::error::KeyringTrouble;

const SECRETS: &str = "org.freedesktop.secrets";
const SECRETS_PATH: &str = "/org/freedesktop/secrets";
const BUS: &str = "org.freedesktop.DBus";
const BUS_PATH: &str = "/org/freedesktop/DBus";

/// One attempt, from a fresh connection to the answer. Calls `may_prompt` before anything that may ask the user.
pub(super) fn attempt(user: &str, call: &Call, may_prompt: &dyn Fn()) -> Answer {
    let bus = Connection::session().map_err(|error| of_bus(&error))?;
    let ground = Ground::survey(&bus, user).map_err(|error| of_bus(&error))?;
    let answer = act(&ground, user, call, may_prompt);
    match answer {
        Err(KeyringTrouble::PromptDismissed) if !can_prompt(&bus) => Err(KeyringTrouble::Locked),
        answer => answer,
    }
}

fn act(ground: &Ground, user: &str, call: &Call, may_prompt: &dyn Fn()) -> Answer {
    if !ground.found {
        match (ground.collection, call) {
            (None, Call::Read | Call::Write(_)) => return Err(KeyringTrouble::NoCollection),
            (Some(Collection { locked: true }), Call::Read) => {
                may_prompt();
                unlock_default().map_err(|error| of_service(&error))?;
            }
            _ => {}
        }
    }
    if ground.found_locked || ground.collection == Some(Collection { locked: true }) {
        may_prompt();
    }
    let store = Store::new().map_err(classify_store)?;
    let label = HashMap::from([("label", "Keyfolio vault")]);
    let entry = store.build(KEYRING_SERVICE, user, Some(&label)).map_err(classify_store)?;
    on_entry(&entry, call)
}

/// A provider may show items of a locked collection only once it is unlocked.
fn unlock_default() -> Result<(), ServiceError> {
    let service = SecretService::connect(EncryptionType::Dh)?;
    service.get_default_collection()?.unlock()
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Collection {
    locked: bool,
}

/// What can be known without unlocking anything.
struct Ground {
    collection: Option<Collection>,
    found: bool,
    found_locked: bool,
}

impl Ground {
    fn survey(bus: &Connection, user: &str) -> zbus::Result<Self> {
        let interface = Some("org.freedesktop.Secret.Service");
        let default: OwnedObjectPath = bus
            .call_method(Some(SECRETS), SECRETS_PATH, interface, "ReadAlias", &("default",))?
            .body()
            .deserialize()?;
        let collection =
            if default.as_str() == "/" { None } else { Some(Collection { locked: is_locked(bus, &default)? }) };
        // The attributes the store searches by.
        let attributes = HashMap::from([("service", KEYRING_SERVICE), ("username", user)]);
        let (unlocked, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) = bus
            .call_method(Some(SECRETS), SECRETS_PATH, interface, "SearchItems", &(attributes,))?
            .body()
            .deserialize()?;
        Ok(Self { collection, found: !unlocked.is_empty() || !locked.is_empty(), found_locked: !locked.is_empty() })
    }
}

fn is_locked(bus: &Connection, collection: &OwnedObjectPath) -> zbus::Result<bool> {
    let property = ("org.freedesktop.Secret.Collection", "Locked");
    let reply =
        bus.call_method(Some(SECRETS), collection, Some("org.freedesktop.DBus.Properties"), "Get", &property)?;
    let value: OwnedValue = reply.body().deserialize()?;
    Ok(bool::try_from(value)?)
}

/// Could the provider have asked at all? GNOME's daemon shows its prompts through a program of its own, and answers
/// "dismissed" when that cannot start (no display). Other providers ask in their own window.
fn can_prompt(bus: &Connection) -> bool {
    let on_bus = |method: &str, arguments: &(&str, u32)| match method {
        "NameHasOwner" => bus
            .call_method(Some(BUS), BUS_PATH, Some(BUS), method, &(arguments.0,))
            .and_then(|reply| reply.body().deserialize::<bool>())
            .unwrap_or(false),
        _ => bus.call_method(Some(BUS), BUS_PATH, Some(BUS), method, arguments).is_ok(),
    };
    if !on_bus("NameHasOwner", &("org.gnome.keyring", 0)) {
        return true;
    }
    on_bus("StartServiceByName", &("org.gnome.keyring.SystemPrompter", 0))
}

/// Our word for what the store wraps as a platform failure.
pub(super) fn classify(source: &(dyn Error + Send + Sync + 'static)) -> KeyringTrouble {
    source.downcast_ref::<ServiceError>().map_or(KeyringTrouble::Refused, of_service)
}

/// Our word for what the store wraps as "no access".
pub(super) fn classify_no_access(source: &(dyn Error + Send + Sync + 'static)) -> KeyringTrouble {
    classify(source)
}

fn of_service(error: &ServiceError) -> KeyringTrouble {
    match error {
        ServiceError::Unavailable => KeyringTrouble::NoService,
        ServiceError::NoResult => KeyringTrouble::NoCollection,
        ServiceError::Locked => KeyringTrouble::Locked,
        ServiceError::Prompt => KeyringTrouble::PromptDismissed,
        ServiceError::PromptDisconnected => KeyringTrouble::Interrupted,
        ServiceError::Zbus(error) => of_bus(error),
        ServiceError::ZbusFdo(error) => of_standard(error),
        _ => KeyringTrouble::Refused,
    }
}

fn of_bus(error: &zbus::Error) -> KeyringTrouble {
    match error {
        zbus::Error::Connection(..)
        | zbus::Error::Address(_)
        | zbus::Error::Handshake(_)
        | zbus::Error::InterfaceNotFound => KeyringTrouble::NoService,
        zbus::Error::InputOutput(_) => KeyringTrouble::Interrupted,
        zbus::Error::MethodError(name, ..) => of_name(name.as_str()),
        zbus::Error::FDO(error) => of_standard(error),
        _ => KeyringTrouble::Refused,
    }
}

fn of_standard(error: &zbus::fdo::Error) -> KeyringTrouble {
    match error {
        zbus::fdo::Error::ZBus(error) => of_bus(error),
        other => of_name(zbus::DBusError::name(other).as_str()),
    }
}

/// D-Bus errors are told apart by name, here as in the specification.
fn of_name(name: &str) -> KeyringTrouble {
    match name {
        "org.freedesktop.DBus.Error.ServiceUnknown" | "org.freedesktop.DBus.Error.NameHasNoOwner" => {
            KeyringTrouble::NoService
        }
        "org.freedesktop.DBus.Error.NoReply"
        | "org.freedesktop.DBus.Error.Disconnected"
        | "org.freedesktop.DBus.Error.Timeout"
        | "org.freedesktop.DBus.Error.TimedOut"
        | "org.freedesktop.Secret.Error.NoSession" => KeyringTrouble::Interrupted,
        "org.freedesktop.Secret.Error.IsLocked" => KeyringTrouble::Locked,
        name if name.starts_with("org.freedesktop.DBus.Error.Spawn.") => KeyringTrouble::NoService,
        _ => KeyringTrouble::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyringTrouble, of_name, of_service};

    #[test]
    fn bus_errors_are_told_apart_by_name() {
        assert_eq!(of_name("org.freedesktop.DBus.Error.ServiceUnknown"), KeyringTrouble::NoService);
        assert_eq!(of_name("org.freedesktop.DBus.Error.Spawn.ChildExited"), KeyringTrouble::NoService);
        assert_eq!(of_name("org.freedesktop.DBus.Error.NoReply"), KeyringTrouble::Interrupted);
        assert_eq!(of_name("org.freedesktop.Secret.Error.IsLocked"), KeyringTrouble::Locked);
        assert_eq!(of_name("org.freedesktop.DBus.Error.AccessDenied"), KeyringTrouble::Refused);
    }

    #[test]
    fn a_dismissed_prompt_is_not_a_missing_collection() {
        assert_eq!(of_service(&secret_service::Error::Prompt), KeyringTrouble::PromptDismissed);
        assert_eq!(of_service(&secret_service::Error::NoResult), KeyringTrouble::NoCollection);
    }
}
