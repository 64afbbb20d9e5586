#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use asc_access::Role;
use asc_client::Trouble;
use asc_key::KeyKind;
use vault::SlotKind;

use super::{Unnoted, deed, failed, group, note_of, topic};
use crate::view::{ActivityGroup, Asking, Deed, Recheck, RequestLine, StandingCode};

const SERVER: Trouble = Trouble::Server { status: 503 };

fn checked(standing: StandingCode, trouble: Option<Trouble>) -> Deed {
    let request = RequestLine { request: "GET /v1/apps?limit=1".to_owned(), status: Some(200), reading: None };
    Deed::Checked { standing, trouble, agree: 3, of: 4, requests: vec![request] }
}

fn run_over(rejected: usize, unreached: usize) -> Deed {
    Deed::RunOver { verified: 5, rejected, unreached, scheduled: true }
}

/// One of each, with its group and whether it is a failure. `group` and the decoding below know every deed there is;
/// a new one is added here by whoever adds it there.
fn every() -> Vec<(Deed, ActivityGroup, bool)> {
    use ActivityGroup::{Changes, Keys, Vault, Verification};
    vec![
        (Deed::KeyAdded { file_name: Some("AuthKey.p8".to_owned()) }, Keys, false),
        (Deed::KeyAdded { file_name: None }, Keys, false),
        (Deed::KeyRemoved, Keys, false),
        (Deed::KeyRestored, Keys, false),
        (Deed::KeyErased, Keys, false),
        (Deed::KeyArchived, Keys, false),
        (Deed::KeyUnarchived, Keys, false),
        (Deed::KeyRenamed { from: "\"'\u{0}\u{1F511}\n".to_owned() }, Changes, false),
        (Deed::RolesChanged { from: vec![], to: vec![Role::Admin, Role::Developer] }, Changes, false),
        (
            Deed::IdentityChanged {
                from_kind: KeyKind::Team,
                to_kind: KeyKind::Individual,
                from_key_id: Some("AAAAAAAAAA".to_owned()),
                issuer_changed: true,
            },
            Changes,
            false,
        ),
        (Deed::DetailsChanged, Changes, false),
        (Deed::TeamRenamed { issuer_id: "id".to_owned(), to: "Tideline".to_owned() }, Changes, false),
        (Deed::VendorNumberChanged { issuer_id: "id".to_owned() }, Changes, false),
        (Deed::RolesKept { instead_of: vec![Role::Sales] }, Changes, false),
        (checked(StandingCode::Verified, None), Verification, false),
        (checked(StandingCode::Verified, Some(SERVER)), Verification, true),
        (checked(StandingCode::Otherwise, None), Verification, true),
        (checked(StandingCode::AgreementMissing, None), Verification, true),
        (checked(StandingCode::Unrecognised, None), Verification, true),
        (checked(StandingCode::RefusedEverywhere, None), Verification, true),
        (run_over(0, 0), Verification, false),
        (run_over(1, 0), Verification, true),
        (run_over(0, 1), Verification, true),
        (Deed::OwnerLookedUp { with: "CI".to_owned(), found: true }, Verification, false),
        (Deed::OwnerLookedUp { with: "CI".to_owned(), found: false }, Verification, true),
        (Deed::AskingFailed { trouble: Trouble::Offline }, Verification, true),
        (Deed::VaultMade, Vault, false),
        (Deed::Unlocked { by: SlotKind::Os }, Vault, false),
        (Deed::UnlockRefused { times: 2 }, Vault, true),
        (Deed::Locked, Vault, false),
        (Deed::PassphraseAdded, Vault, false),
        (Deed::SnapshotRestored, Vault, false),
        (Deed::AskingChanged { asking: Asking { on_add: false, recheck: Recheck::Weekly } }, Vault, false),
        (Deed::Other, Vault, false),
    ]
}

#[test]
fn every_deed_is_read_as_it_was_written_and_has_its_place() {
    for (done, of, failure) in every() {
        let note = note_of(&done, None, 7);
        assert_eq!((group(&done), failed(&done)), (of, failure), "{done:?}");
        assert_eq!((note.topic.as_str(), note.failure, note.at), (topic(of).as_str(), failure, 7));
        assert_eq!(deed(note.what, &note.detail), Some(done));
    }
}

#[test]
fn a_group_is_kept_under_the_code_the_window_knows_it_by() {
    use ActivityGroup::{Changes, Failures, Keys, Vault, Verification};
    for group in [Verification, Keys, Changes, Vault, Failures] {
        assert_eq!(serde_json::to_value(group).unwrap(), topic(group));
    }
}

#[test]
fn wrong_passphrases_in_a_row_are_one_entry_of_the_last_moment() {
    let dir = tempfile::tempdir().unwrap();
    let keyring = vault::MemoryKeyring::new();
    let slots = vault::NewSlots { os: Some(&keyring), passphrase: None };
    let mut vault = vault::Vault::create(&dir.path().join("data"), slots, 0).unwrap();
    let unnoted = Unnoted::default();
    for moment in 1..=3 {
        unnoted.refused(moment);
    }
    unnoted.push(note_of(&Deed::Unlocked { by: SlotKind::Passphrase }, None, 4));
    unnoted.refused(5);
    unnoted.write_into(&mut vault, 6);
    unnoted.write_into(&mut vault, 7);
    let entries = vault.entries(&vault::EntryFilter::default(), 10).unwrap().entries;
    let told: Vec<_> =
        entries.into_iter().map(|entry| (entry.note.at, deed(entry.note.what, &entry.note.detail))).collect();
    let refused = |times| Some(Deed::UnlockRefused { times });
    let expected = [(5, refused(1)), (4, Some(Deed::Unlocked { by: SlotKind::Passphrase })), (3, refused(3))];
    assert_eq!(told, expected);
}
