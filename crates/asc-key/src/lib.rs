//! The `.p8` file of an App Store Connect API key: read it safely, repair what is harmless, refuse the rest by name,
//! and make the tokens that stand for it.
//!
//! A key file travels a long way before it reaches this crate (mail, environment variables, Windows editors,
//! copy and paste), and general parsers either choke on the result or accept too much of it. Here exactly one
//! valid P-256 private key comes out ([`PrivateKey`]), together with what had to be repaired ([`Repair`]), or a
//! [`Refusal`] with a code of its own.
//!
//! What this crate refuses to do: print, serialize or copy a private key; guess; touch the network or a clock.
//! Only the [`mod@file`] module touches the file system.
//!
//! ```
//! use asc_key::{RefusalCode, parse};
//!
//! let refusal = parse(b"<!doctype html><title>Sign In</title>", None).unwrap_err();
//! assert_eq!(refusal, RefusalCode::HtmlPage.into());
//! ```

mod codes;
pub mod file;
pub mod file_name;
mod identity;
mod ids;
mod parse;
mod private_key;
mod refusal;
pub mod token;

pub use identity::{Identity, InvalidLookAlike, KindBasis, LookAlike};
pub use ids::{
    Fingerprint, InvalidFingerprint, InvalidIssuerId, InvalidKeyId, InvalidKeyKind, IssuerId, KeyId, KeyKind,
};
pub use parse::{FileHints, Parsed, Repair, parse};
pub use private_key::PrivateKey;
pub use refusal::{Refusal, RefusalCode};
