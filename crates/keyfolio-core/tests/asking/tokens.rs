//! Apple's clock in the tokens that are taken along, and their end.

use asc_access::Role;
use keyfolio_core::Pasted;
use keyfolio_core::view::*;
use keyfolio_core::zeroize::Zeroizing;

use super::{MORNING, Scene, one, wait_until};

/// What this computer's clock says, in seconds.
const NOW: u64 = MORNING as u64 / 1000;

fn wish(key: &KeyView) -> TokenWish {
    TokenWish { key: key.id.clone(), seconds: 600, scope: Vec::new() }
}

fn look(scene: &Scene, token: &TokenView) -> InspectionView {
    let core = &scene.app.core;
    let text = core.token_text(&TokenCopy { id: token.id, form: TokenForm::Token }).unwrap();
    let Ok(Inspected::Token { inspection }) = core.inspect_pasted(Pasted::Text(Zeroizing::new(text.to_string())))
    else {
        panic!("a token")
    };
    *inspection
}

#[test]
fn a_token_is_made_by_apples_clock_where_it_was_seen() {
    for off in [600_i64, -600] {
        let (scene, key) = one(Role::Admin);
        let token = scene.app.core.token_mint(&wish(&key)).unwrap();
        assert_eq!((token.clock_corrected, token.claims.iat), (0, Some(NOW - 60)), "nothing was seen yet");
        assert_eq!(look(&scene, &token).clock, None);

        scene.apple.change(|world| world.set_clock_offset(off));
        scene.checked(&key);
        let now = NOW.checked_add_signed(off).unwrap();
        let plan = scene.app.core.token_plan(&wish(&key)).unwrap();
        let token = scene.app.core.token_mint(&wish(&key)).unwrap();
        assert_eq!(token.clock_corrected, off);
        assert!(token.claims.iat.unwrap().abs_diff(now - 60) <= 5, "waiting for Apple takes a moment");
        assert_eq!((plan.claims, token.claims.exp.unwrap() - token.claims.iat.unwrap()), (token.claims.clone(), 660));
        let seen = look(&scene, &token);
        assert_eq!((seen.refused, seen.clock.unwrap().ahead), (false, off), "judged by Apple's clock as well");
    }
}

#[test]
fn a_clock_that_agrees_is_said_to() {
    let (scene, key) = one(Role::Admin);
    scene.checked(&key);
    let token = scene.app.core.token_mint(&wish(&key)).unwrap();
    assert_eq!(token.clock_corrected, 0);
    assert_eq!(look(&scene, &token).clock.map(|clock| clock.ahead), Some(0));
}

#[test]
fn what_was_seen_before_the_clock_was_set_is_not_believed() {
    let (scene, key) = one(Role::Admin);
    scene.apple.change(|world| world.set_clock_offset(600));
    scene.checked(&key);
    // The user reads that the clock is ten minutes slow, and sets it.
    scene.stage.pass(600_000);
    let token = scene.app.core.token_mint(&wish(&key)).unwrap();
    assert_eq!((token.clock_corrected, look(&scene, &token).clock), (0, None));
}

#[test]
fn a_token_is_wiped_when_its_time_is_over() {
    let (scene, key) = one(Role::Admin);
    let token = scene.app.core.token_mint(&wish(&key)).unwrap();
    scene.stage.when_patient(1);
    scene.stage.pass(599_000);
    assert_eq!(scene.app.core.token(), Some(token.clone()));
    scene.stage.pass(1000);
    wait_until("nobody waits for its end any more", || scene.app.core.token().is_none());
    let gone = scene.app.core.token_text(&TokenCopy { id: token.id, form: TokenForm::Header });
    assert_eq!(gone, Err(IpcError::TokenGone));
    scene.stage.when_patient(0);
}

#[test]
fn nobody_waits_for_the_end_of_a_token_that_is_gone() {
    let (scene, key) = one(Role::Admin);
    scene.app.core.token_mint(&wish(&key)).unwrap();
    scene.app.core.token_mint(&wish(&key)).unwrap();
    scene.stage.when_patient(1);
    scene.app.core.vault_lock();
    scene.stage.when_patient(0);
}
