//! Receipts: what they say, what changes, and that they stay.

use std::fs;

use asc_key::KeyKind;
use handoff::Tool;
use keyfolio_core::view::*;

use crate::{FILE, WHERE, app, trouble};

#[test]
fn a_noted_place_and_its_end_are_remembered_with_their_deeds() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let noted = NotedHandoff { key: key.id.clone(), tool: Tool::AsoDev, destination: format!("  {WHERE} ") };
    let receipt = app.core.receipt_note(&noted).unwrap();
    assert_eq!((receipt.tool, receipt.form.clone(), receipt.by), (Some(Tool::AsoDev), None, HandoffBy::Noted));
    assert_eq!((receipt.destination.as_str(), receipt.gone_at), (WHERE, None));
    assert_eq!(receipt.fingerprint, key.fingerprint);
    app.told();
    let change = |gone| app.core.receipt_change(&ReceiptChange { id: receipt.id, gone }).unwrap();
    assert_eq!(change(true).gone_at, Some(1_790_000_000_000));
    assert!(app.told().contains(&AppEvent::HandoffsChanged));
    assert_eq!(change(true).gone_at, Some(1_790_000_000_000));
    assert_eq!(app.deeds().len(), 2, "said twice, noted once");
    assert_eq!(change(false).gone_at, None);
    let (tool, destination) = ("aso_dev".to_owned(), WHERE.to_owned());
    let ended = |gone| Deed::HandoffGone { tool: tool.clone(), destination: destination.clone(), gone };
    let begun = Deed::HandedOff { tool: tool.clone(), destination: destination.clone(), by: HandoffBy::Noted };
    assert_eq!(app.deeds(), [ended(false), ended(true), begun]);
    let empty = NotedHandoff { destination: " ".to_owned(), ..noted };
    assert_eq!(app.core.receipt_note(&empty), Err(trouble(HandoffTrouble::Destination)));
}

#[test]
fn receipts_survive_the_purge_of_the_key_and_belong_to_it_when_it_comes_back() {
    let app = app();
    let file = app.key_file("AuthKey_2X9R4HXF34.p8");
    let key = app.add(&[&file]).remove(0);
    let noted = NotedHandoff { key: key.id.clone(), tool: Tool::Fastlane, destination: WHERE.to_owned() };
    app.core.receipt_note(&noted).unwrap();
    app.core.key_remove(&KeyRemoval { id: key.id.clone(), accept_loss: true }).unwrap();
    app.core.key_purge(&key.id).unwrap();
    let app = app.restarted();
    let of = |id: &str| app.core.receipts(&ReceiptQuery { key: Some(id.to_owned()), tool: None }).unwrap();
    assert_eq!((of(&key.id).len(), of(&key.id)[0].key_name.clone()), (1, key.name.clone()));
    app.core.receipt_change(&ReceiptChange { id: of(&key.id)[0].id, gone: true }).unwrap();
    app.core.receipt_change(&ReceiptChange { id: of(&key.id)[0].id, gone: false }).unwrap();

    let again = app.add(&[&file]).remove(0);
    assert_eq!((of(&again.id).len(), of(&again.id)[0].key.clone()), (1, again.id.clone()));
    assert_eq!(again.handoffs, 1);
    let other = ReceiptQuery { key: None, tool: Some(Tool::Eas) };
    assert_eq!(app.core.receipts(&other), Ok(Vec::new()));
}

#[test]
fn a_file_that_was_deleted_since_is_said_to_be() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let path = app.place("home/keys/key.p8");
    let receipt = app.write("key_file", &key, FILE, &path);
    assert_eq!(receipt.path.as_deref(), Some(crate::support::native("~/keys/key.p8").as_str()));
    assert_eq!(receipt.file_there, Some(true));
    fs::remove_file(&path).unwrap();
    assert_eq!(app.receipts()[0].file_there, Some(false));
}

#[test]
fn a_locked_vault_tells_nobody_where_keys_went() {
    let app = app();
    let key = app.key(KeyKind::Team);
    app.write("key_file", &key, FILE, &app.place("key.p8"));
    app.core.vault_lock();
    assert_eq!(app.core.receipts(&ReceiptQuery::default()), Err(IpcError::VaultLocked));
    assert_eq!(app.core.uses(&key.id), Err(IpcError::VaultLocked));
    let pair = HandoffPair { form: "key_file".to_owned(), key: key.id };
    assert_eq!(app.core.handoff_sheet(&pair), Err(IpcError::VaultLocked));
}
