//! Looking up what the owner of an Individual key may do, with a Team key that can, and only when told to.
//!
//! The address goes to Apple and nowhere else: neither stored nor noted. Of the person nothing is kept but roles,
//! switches and app IDs.

use std::sync::Arc;
use std::sync::mpsc::channel;

use asc_client::{Owner, Trouble, Unlisted};
use asc_key::KeyKind;
use asc_key::token::TokenShape;
use vault::{Dated, KeyRecord};

use super::check::here;
use super::inquiry::signer;
use super::stored::{self, OwnerFound};
use crate::Keyfolio;
use crate::activity;
use crate::library::key_ref;
use crate::view::{AppEvent, CheckView, Deed, IpcError, OwnerRequest};

impl Keyfolio {
    /// Looks up the roles and apps of an Individual key's owner. Waits for Apple.
    ///
    /// # Errors
    /// `no_such_person`, `apple_refused`, `not_reached`; `key_not_found` when one of the keys is none of its kind.
    pub fn owner_look_up(self: &Arc<Self>, request: &OwnerRequest) -> Result<CheckView, IpcError> {
        let (own, team) =
            self.with_vault(|vault| Ok((here(vault, key_ref(&request.key)?)?, here(vault, key_ref(&request.with)?)?)))?;
        let Some(issuer) = team.issuer_id.clone().filter(|_| team.kind == KeyKind::Team) else {
            return Err(IpcError::KeyNotFound);
        };
        if own.kind != KeyKind::Individual {
            return Err(IpcError::KeyNotFound);
        }
        let email = request.email.trim();
        if email.is_empty() {
            return Err(IpcError::NoSuchPerson);
        }
        match self.ask_for_owner(&team, TokenShape::Team(issuer), email) {
            Ok(owner) => self.keep_owner(&own, &team, &OwnerFound::of(owner, team.id.to_string()))?,
            Err(why) => {
                let (error, deed) = why.told(&team);
                self.note(&deed, Some(&own));
                return Err(error);
            }
        }
        self.tell(AppEvent::KeysChanged);
        self.check(&request.key)
    }

    /// Asks on the threads that ask, and waits here.
    fn ask_for_owner(self: &Arc<Self>, team: &KeyRecord, shape: TokenShape, email: &str) -> Result<Owner, NoOwner> {
        let line = self.line_again().map_err(NoOwner::Trouble)?;
        let threads = self.threads().ok_or(NoOwner::Trouble(Trouble::Unsigned))?;
        let mut talk = line.converse(team.key_id.clone(), shape, signer(self, team.id, team.key_id.clone()));
        let (tell, hears) = channel();
        let email = email.to_owned();
        threads.spawn(async move {
            let found = match asc_client::owner(&mut talk, &email).await {
                Ok(owner) => owner.ok_or(NoOwner::Nobody),
                Err(unlisted) => Err(unlisted.into()),
            };
            // Who asked may have gone.
            let _ = tell.send(found);
        });
        // The application ended meanwhile: nothing was learned.
        hears.recv().unwrap_or(Err(NoOwner::Trouble(Trouble::Unsigned)))
    }

    fn keep_owner(&self, own: &KeyRecord, team: &KeyRecord, found: &OwnerFound) -> Result<(), IpcError> {
        let now = self.now();
        let owner = Dated { document: stored::write(found), at: now };
        let deed = Deed::OwnerLookedUp { with: team.name.clone(), found: true };
        self.with_vault(|vault| {
            let record = here(vault, own.id)?;
            vault.write(now, |writing| {
                writing.record_owner(own.id, &owner)?;
                activity::note(writing, &deed, Some(&record))
            })?;
            Ok(())
        })
    }
}

/// Why there is no owner to show.
enum NoOwner {
    /// The team has nobody with that address.
    Nobody,
    /// Apple does not let the Team key look.
    Refused(u16),
    /// Nothing was learned.
    Trouble(Trouble),
}

impl From<Unlisted> for NoOwner {
    fn from(unlisted: Unlisted) -> Self {
        match unlisted.answer {
            Err(trouble) => Self::Trouble(trouble),
            Ok(_) => unlisted.evidence.status.map_or(Self::Trouble(Trouble::Garbled), Self::Refused),
        }
    }
}

impl NoOwner {
    /// What is told, and what is noted.
    fn told(self, team: &KeyRecord) -> (IpcError, Deed) {
        match self {
            Self::Nobody => (IpcError::NoSuchPerson, Deed::OwnerLookedUp { with: team.name.clone(), found: false }),
            Self::Refused(status) => {
                (IpcError::AppleRefused { status }, Deed::AskingFailed { trouble: Trouble::Server { status } })
            }
            Self::Trouble(trouble) => {
                (IpcError::NotReached { trouble: trouble.clone() }, Deed::AskingFailed { trouble })
            }
        }
    }
}
