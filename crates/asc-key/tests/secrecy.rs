//! What the type of the private key promises, checked by the compiler and by what it prints.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use std::fmt::Display;
use std::hash::Hash;
use std::ops::Deref;

use asc_key::token::{Inspection, Scope, Token, TokenRequest, TokenShape, mint};
use asc_key::{Parsed, PrivateKey, Refusal, RefusalCode, parse};
use serde::{Serialize, de::DeserializeOwned};
use static_assertions::{assert_impl_all, assert_not_impl_any};

assert_not_impl_any!(
    PrivateKey: Clone, Copy, Default, Display, ToString, Serialize, DeserializeOwned, Deref, AsRef<[u8]>, AsRef<str>,
    PartialEq, PartialOrd, Hash, Into<String>, Into<Vec<u8>>
);
assert_not_impl_any!(Parsed: Clone, Serialize, Display);
assert_not_impl_any!(
    Token: Clone, Copy, Default, Display, ToString, Serialize, DeserializeOwned, Deref, AsRef<[u8]>, AsRef<str>,
    PartialEq, PartialOrd, Hash, Into<String>, Into<Vec<u8>>
);
assert_impl_all!(PrivateKey: Send, Sync);
assert_impl_all!(Token: Send, Sync);
assert_impl_all!(Inspection: Clone);
assert_impl_all!(Refusal: Copy, Send, Sync);
assert_impl_all!(RefusalCode: Copy, Serialize);

#[test]
fn debug_output_says_redacted_and_nothing_else() {
    let parsed = parse(include_bytes!("files/AuthKey_2X9R4HXF34.p8"), None).unwrap();
    assert_eq!(format!("{:?}", parsed.key), "PrivateKey(redacted)");
    assert_eq!(format!("{:#?}", parsed.key), "PrivateKey(redacted)");
    assert_eq!(
        format!("{parsed:?}"),
        "Parsed { key: PrivateKey(redacted), repairs: [], hints: FileHints { key_id: None, issuer_id: None } }"
    );
}

#[test]
fn a_refusal_has_room_for_a_code_only() {
    assert_eq!(size_of::<Refusal>(), 1);
}

#[test]
fn a_token_is_printed_by_nobody() {
    let key = parse(include_bytes!("files/AuthKey_2X9R4HXF34.p8"), None).unwrap().key;
    let request =
        TokenRequest { shape: TokenShape::Individual, valid_for: 300, backdated: 60, scope: Scope::default() };
    let token = mint(&key, &"2X9R4HXF34".parse().unwrap(), &request, 1_793_697_600).unwrap();
    assert_eq!(format!("{token:?} {token:#?}"), "Token(redacted) Token(redacted)");
}
