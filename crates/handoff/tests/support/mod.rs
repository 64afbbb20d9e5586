//! Throwaway keys and IDs.

#![allow(dead_code, reason = "each test file uses some of it")]

use asc_key::token::TokenShape;
use asc_key::{KeyId, PrivateKey};
use handoff::{Bearer, Form, recipes};
use proptest::prelude::*;

/// PKCS#8 without a public point, up to the scalar.
const BEFORE_SCALAR: [u8; 35] = [
    0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20,
];

pub(crate) const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";

/// The key with this scalar. Throwaway: anybody can make it.
pub(crate) fn key_of(scalar: &[u8; 32]) -> Option<PrivateKey> {
    PrivateKey::from_pkcs8_der(&[&BEFORE_SCALAR[..], scalar].concat()).ok()
}

pub(crate) fn some_key() -> PrivateKey {
    key_of(&[0x42; 32]).unwrap()
}

pub(crate) fn another_key() -> PrivateKey {
    key_of(&[0x17; 32]).unwrap()
}

pub(crate) fn any_key() -> impl Strategy<Value = PrivateKey> {
    any::<[u8; 32]>().prop_filter_map("a scalar in range", |scalar| key_of(&scalar))
}

pub(crate) fn any_names() -> impl Strategy<Value = Names> {
    let issuer = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    ("[A-Z0-9]{8,20}", issuer, any::<bool>()).prop_map(|(key_id, issuer, team)| Names {
        key_id: key_id.parse().unwrap(),
        shape: if team { TokenShape::Team(issuer.parse().unwrap()) } else { TokenShape::Individual },
    })
}

#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) key_id: KeyId,
    pub(crate) shape: TokenShape,
}

impl Names {
    pub(crate) fn team() -> Self {
        Self { key_id: "2X9R4HXF34".parse().unwrap(), shape: TokenShape::Team(ISSUER.parse().unwrap()) }
    }

    pub(crate) fn individual() -> Self {
        Self { key_id: "7GX4KQ2M9LRT".parse().unwrap(), shape: TokenShape::Individual }
    }

    pub(crate) fn bearer<'a>(&'a self, name: &'a str, path: Option<&'a str>) -> Bearer<'a> {
        Bearer { key_id: &self.key_id, shape: &self.shape, name, path }
    }
}

pub(crate) fn forms() -> impl Iterator<Item = &'static Form> {
    recipes().iter().flat_map(|recipe| recipe.forms)
}
