//! The self-test finds what is broken, blames nothing else, and leaves nothing behind.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use std::fs;

use keyfolio_core::self_test::run;
use vault::{Keyring as _, KeyringTrouble, MemoryKeyring};

#[test]
fn a_whole_program_passes_and_leaves_nothing_behind() {
    let (scratch, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    for check in run(&keyring, scratch.path()) {
        assert_eq!(check.trouble, None, "{}", check.part);
    }
    assert!(keyring.users().is_empty());
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0);
}

#[test]
fn entries_of_others_are_left_alone() {
    let (scratch, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    keyring.write("vault-of-the-user", &zeroize::Zeroizing::new("kept".to_owned())).unwrap();
    assert_eq!(run(&keyring, scratch.path()).len(), 5);
    assert_eq!(keyring.users(), ["vault-of-the-user"]);
}

#[test]
fn a_keyring_that_does_not_answer_is_the_only_one_to_blame() {
    let (scratch, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    keyring.set_trouble(Some(KeyringTrouble::Locked));
    let troubled: Vec<_> =
        run(&keyring, scratch.path()).into_iter().filter_map(|check| Some((check.part, check.trouble?))).collect();
    assert_eq!(troubled, [("keyring", "writing an entry: the keyring is locked".to_owned())]);
}

#[test]
fn a_folder_that_cannot_be_written_is_told_without_its_path() {
    let (scratch, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let no_folder = scratch.path().join("file");
    fs::write(&no_folder, "").unwrap();
    let checks = run(&keyring, &no_folder);
    let trouble = checks.into_iter().find(|check| check.part == "vault").unwrap().trouble.unwrap();
    assert!(trouble.starts_with("making a vault: "), "{trouble}");
    assert!(!trouble.contains(no_folder.to_str().unwrap()), "{trouble}");
}
