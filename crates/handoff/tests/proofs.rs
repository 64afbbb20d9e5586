//! Whatever key and IDs: every output reads back, by other code than wrote it, as a key that signs. And whatever is
//! changed about an output, it is not called working.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::fmt::{Debug, Display};

use handoff::write::{Existing, Rights, WriteRefusal, Written, write};
use handoff::{Carrier, NotProven, Output, form, produce, produce_env, prove, prove_file};
use proptest::prelude::*;
use static_assertions::assert_not_impl_any;
use support::{ISSUER, Names, another_key, any_key, any_names, forms, some_key};

assert_not_impl_any!(Output: Clone, Copy, Display, PartialEq, serde::Serialize, AsRef<str>, AsRef<[u8]>);
static_assertions::assert_impl_all!(Output: Debug, Send);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_output_of_every_recipe_signs(key in any_key(), names in any_names()) {
        let bearer = names.bearer("a name", Some("/keys/file"));
        let mut proved = 0;
        for form in forms().filter(|form| form.takes(bearer.kind())) {
            for output in produce(form, &bearer, &key).unwrap().iter().chain(&produce_env(form, &bearer, &key).ok()) {
                prop_assert_eq!(prove(output), Ok(()), "{} {:?}", form.code, output);
                proved += 1;
            }
        }
        prop_assert!(proved >= 15, "{proved}");
    }
}

fn only(code: &str, names: &Names) -> Output {
    produce(form(code).unwrap().1, &names.bearer("x", None), &some_key()).unwrap().remove(0)
}

/// What a disk holds in place of `output`, judged.
fn judged(output: &Output, text: &str) -> Result<(), NotProven> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, text).unwrap();
    prove_file(output, &path)
}

#[test]
fn what_lies_on_the_disk_has_to_be_what_was_written() {
    let output = only("fastlane_json", &Names::team());
    assert_eq!(judged(&output, output.expose()), Ok(()));
    let other = produce(form("fastlane_json").unwrap().1, &Names::team().bearer("x", None), &another_key()).unwrap();
    assert_eq!(judged(&output, other[0].expose()), Err(NotProven::OtherFile));
    assert_eq!(judged(&output, &output.expose().replace(ISSUER, "")), Err(NotProven::OtherFile));
    assert_eq!(judged(&output, ""), Err(NotProven::OtherFile));
    assert_eq!(prove_file(&output, "/nowhere/at/all".as_ref()), Err(NotProven::OtherFile));
}

#[test]
fn fastlanes_file_has_exactly_the_fields_it_documents() {
    let read =
        |names: &Names| -> serde_json::Value { serde_json::from_str(only("fastlane_json", names).expose()).unwrap() };
    let team = read(&Names::team());
    assert_eq!(team["key_id"], "2X9R4HXF34");
    assert_eq!(team["issuer_id"], ISSUER);
    assert_eq!(team["key"], some_key().to_pkcs8_pem().as_str());
    assert_eq!(team.as_object().unwrap().len(), 3);
    let individual = read(&Names::individual());
    assert_eq!(individual.as_object().unwrap().keys().collect::<Vec<_>>(), ["key", "key_id"]);
}

#[test]
fn rcodesigns_file_holds_the_binary_form() {
    use base64::Engine as _;
    let output = only("rcodesign_json", &Names::team());
    let read: serde_json::Value = serde_json::from_str(output.expose()).unwrap();
    let der = base64::engine::general_purpose::STANDARD.decode(read["private_key"].as_str().unwrap()).unwrap();
    assert_eq!(der, some_key().to_pkcs8_der().as_slice());
    assert_eq!((read["issuer_id"].as_str(), read["key_id"].as_str()), (Some(ISSUER), Some("2X9R4HXF34")));
}

#[test]
fn the_four_encodings_are_what_their_labels_say() {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD;
    let (pem, der) = (some_key().to_pkcs8_pem(), some_key().to_pkcs8_der());
    let names = Names::individual();
    let value = |code: &str| only(code, &names).expose().to_owned();
    assert_eq!(value("env_pem"), pem.as_str());
    assert_eq!(value("env_pem_escaped"), pem.replace('\n', "\\n"));
    assert_eq!(value("env_base64_pem"), base64.encode(pem.as_bytes()));
    assert_eq!(value("env_base64_der"), base64.encode(&der));
}

#[test]
fn a_file_is_named_as_its_taker_looks_for_it() {
    let name = |code: &str, names: &Names| match only(code, names).carrier().clone() {
        Carrier::File { name } => name,
        Carrier::Setting { name } => panic!("{name} is no file"),
    };
    assert_eq!(name("altool_flags", &Names::individual()), "AuthKey_7GX4KQ2M9LRT.p8", "altool finds no ApiKey_ file");
    assert_eq!(name("key_file", &Names::individual()), "ApiKey_7GX4KQ2M9LRT.p8", "a copy is named as downloaded");
    assert_eq!(name("key_file", &Names::team()), "AuthKey_2X9R4HXF34.p8");
}

#[test]
fn nothing_is_written_that_was_not_proved_and_what_was_is_proved_again() {
    let folder = tempfile::tempdir().unwrap();
    for form in forms() {
        let names = Names::team();
        for output in produce(form, &names.bearer("x", None), &some_key()).unwrap() {
            if let Carrier::File { name } = output.carrier() {
                let path = folder.path().join(form.code).join(name);
                handoff::write::create_folder(path.parent().unwrap()).unwrap();
                write(&output, &path, Existing::Keep, Rights::Required).unwrap();
                assert_eq!(prove_file(&output, &path), Ok(()));
            }
        }
    }
}

#[test]
fn on_every_system_a_file_is_replaced_only_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("key.json");
    let output = only("fastlane_json", &Names::team());
    std::fs::write(&target, "mine").unwrap();
    assert_eq!(write(&output, &target, Existing::Keep, Rights::Required), Err(WriteRefusal::Exists));
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "mine");
    let written = Written { replaced: true, private: true };
    assert_eq!(write(&output, &target, Existing::Replace, Rights::Required), Ok(written));
    std::fs::remove_file(&target).unwrap();
    let written = Written { replaced: false, private: true };
    assert_eq!(write(&output, &target, Existing::Keep, Rights::Required), Ok(written));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished is left");
}
