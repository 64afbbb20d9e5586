//! Teams, known by their Issuer IDs: the user's name for one, and the number its reports are asked for with.

use std::collections::BTreeMap;

use asc_key::IssuerId;
use vault::Vault;

use crate::library::{LONGEST_NAME, checked};
use crate::view::{AppEvent, Deed, IpcError, IssuerView, KeyView, TextField};
use crate::{Keyfolio, activity};

/// The most digits a vendor number has here. Apple's have eight; it promises no length.
const LONGEST_VENDOR_NUMBER: usize = 12;

impl Keyfolio {
    /// Names a team; an empty name takes the name away.
    ///
    /// # Errors
    /// When the Issuer ID is none or the name is too long.
    pub fn issuer_rename(&self, issuer_id: &str, name: &str) -> Result<(), IpcError> {
        let issuer: IssuerId = issuer_id.parse().map_err(|_| IpcError::IssuerIdInvalid)?;
        let name = checked(TextField::TeamName, name.trim(), LONGEST_NAME)?;
        let deed = Deed::TeamRenamed { issuer_id: issuer.to_string(), to: name.clone() };
        let name = Some(name).filter(|name| !name.is_empty());
        let now = self.now();
        self.with_vault(|vault| {
            if known(vault, &issuer)?.0 == name {
                return Ok(());
            }
            Ok(vault.write(now, |writing| {
                writing.set_issuer_name(&issuer, name.as_deref())?;
                activity::note(writing, &deed, None)
            })?)
        })?;
        self.tell(AppEvent::KeysChanged);
        Ok(())
    }

    /// Notes a team's vendor number, without which no sales or financial report can be asked for; an empty text takes
    /// it away.
    ///
    /// # Errors
    /// `issuer_id_invalid`; `vendor_number_invalid` for anything but 1 to 12 digits.
    pub fn issuer_set_vendor(&self, issuer_id: &str, vendor_number: &str) -> Result<(), IpcError> {
        let issuer: IssuerId = issuer_id.parse().map_err(|_| IpcError::IssuerIdInvalid)?;
        let number = match vendor_number.trim() {
            "" => None,
            digits if digits.len() <= LONGEST_VENDOR_NUMBER && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(digits.to_owned())
            }
            _ => return Err(IpcError::VendorNumberInvalid),
        };
        let deed = Deed::VendorNumberChanged { issuer_id: issuer.to_string() };
        let now = self.now();
        self.with_vault(|vault| {
            if known(vault, &issuer)?.1 == number {
                return Ok(());
            }
            Ok(vault.write(now, |writing| {
                writing.set_vendor_number(&issuer, number.as_deref())?;
                activity::note(writing, &deed, None)
            })?)
        })?;
        self.tell(AppEvent::KeysChanged);
        Ok(())
    }
}

/// A team's name and vendor number.
fn known(vault: &Vault, issuer: &IssuerId) -> Result<(Option<String>, Option<String>), IpcError> {
    let team = vault.issuers()?.remove(issuer).unwrap_or_default();
    Ok((team.name, team.vendor_number))
}

/// The teams these keys name, each with what is known about it.
pub(crate) fn of(vault: &Vault, keys: &[KeyView]) -> Result<Vec<IssuerView>, IpcError> {
    let mut known = vault.issuers()?;
    let mut views: BTreeMap<IssuerId, IssuerView> = BTreeMap::new();
    for issuer in keys.iter().filter_map(|key| key.issuer_id.as_deref()?.parse::<IssuerId>().ok()) {
        let entry = views.entry(issuer).or_insert_with_key(|issuer| {
            let team = known.remove(issuer).unwrap_or_default();
            IssuerView {
                issuer_id: issuer.to_string(),
                name: team.name,
                keys: 0,
                vendor_number: team.vendor_number,
                agreement_missing: team.agreement_missing_at,
            }
        });
        entry.keys += 1;
    }
    Ok(views.into_values().collect())
}
