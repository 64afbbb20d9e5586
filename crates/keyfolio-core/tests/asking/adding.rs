//! Keys that were just added: checked right away if the user wants that, and stored before anybody is asked.

use asc_access::Role;
use asc_sim::{Fault, Pair, Trouble as Fails};
use keyfolio_core::view::*;

use crate::{Scene, one, team};

fn checking(scene: &Scene) {
    scene.app.core.set_asking(Asking { on_add: true, recheck: Recheck::Off }).unwrap();
}

#[test]
fn what_was_added_is_checked_right_away() {
    let pair = Pair::generate();
    let scene = Scene::new(team().team_key("2X9R4HXF34", &[Role::Admin], &pair.public_key_der()));
    checking(&scene);
    let key = scene.team_key(&pair, "2X9R4HXF34", &[Role::Admin]);
    assert_eq!(key.standing, Standing::default(), "adding does not wait for Apple");
    assert_eq!(scene.when_over().verified, 1);
    assert_eq!(scene.key(&key).standing.code, StandingCode::Verified);
}

#[test]
fn adding_does_not_wait_for_an_apple_that_is_silent() {
    let scene = Scene::new(team());
    checking(&scene);
    scene.apple.fault(Fault::new(Fails::Silence).always());
    let key = scene.team_key(&Pair::generate(), "2X9R4HXF34", &[]);
    assert_eq!(scene.app.core.keys().unwrap().keys, [key]);
    assert!(!scene.app.core.run().unwrap().over);
    scene.app.core.verify_stop();
    assert!(scene.when_over().stopped);
}

#[test]
fn nothing_is_sent_for_who_does_not_want_it() {
    let (scene, key) = one(Role::Admin);
    assert!(!scene.app.core.status().asking.on_add);
    assert_eq!((scene.app.core.run(), scene.key(&key).standing), (None, Standing::default()));
    let scene = scene.restarted();
    assert_eq!(scene.apple.connections(), 0, "nor at the next start");
    assert_eq!(scene.app.core.apple_line().unwrap().origin, scene.apple.origin());
    assert_eq!(scene.apple.connections(), 0, "nor to show the way");
}
