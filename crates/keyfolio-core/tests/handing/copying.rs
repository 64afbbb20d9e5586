//! A key by the clipboard: noted when it was copied, and only then.

use asc_key::KeyKind;
use keyfolio_core::view::*;

use crate::{WHERE, a_clip, app, copy_of, trouble};

const SETTING: &str = "APP_STORE_CONNECT_PRIVATE_KEY";

#[test]
fn a_copy_and_its_receipt_are_one() {
    let app = app();
    let key = app.key(KeyKind::Team);
    app.told();
    let copied = app.core.handoff_copy(&copy_of("github_secrets", &key, SETTING), |_| Ok(a_clip())).unwrap();
    assert_eq!(copied.clip, a_clip());
    assert_eq!(app.receipts(), std::slice::from_ref(&copied.receipt));
    let ReceiptView { by, path, file_there, form, destination, .. } = copied.receipt;
    assert_eq!((by, path, file_there), (HandoffBy::Clipboard, None, None));
    assert_eq!((form.as_deref(), destination.as_str()), (Some("github_secrets"), WHERE));
    let deed = Deed::HandedOff { tool: "github_actions".into(), destination: WHERE.into(), by: HandoffBy::Clipboard };
    assert_eq!(app.deeds(), [deed]);
    let told = app.told();
    for event in [AppEvent::HandoffsChanged, AppEvent::KeysChanged, AppEvent::ActivityChanged] {
        assert!(told.contains(&event), "{event:?}");
    }
    assert_eq!(app.key(KeyKind::Team).handoffs, 1);
}

#[test]
fn a_clipboard_that_refuses_leaves_no_receipt() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let copied =
        app.core.handoff_copy(&copy_of("github_secrets", &key, SETTING), |_| Err(IpcError::ClipboardUnavailable));
    assert_eq!(copied, Err(IpcError::ClipboardUnavailable));
    assert_eq!((app.receipts().len(), app.deeds().len()), (0, 0));
}

#[test]
fn nothing_is_copied_without_words_for_where_or_with_the_vault_locked() {
    let app = app();
    let key = app.key(KeyKind::Team);
    let ask = |destination: &str| {
        let request = SecretCopy { destination: destination.to_owned(), ..copy_of("github_secrets", &key, SETTING) };
        app.core.handoff_copy(&request, |_| panic!("nothing is copied"))
    };
    for destination in ["", "  ", "two\nlines", &"x".repeat(201)] {
        assert_eq!(ask(destination), Err(trouble(HandoffTrouble::Destination)), "{destination:?}");
    }
    app.core.vault_lock();
    assert_eq!(ask(WHERE), Err(IpcError::VaultLocked));
}
