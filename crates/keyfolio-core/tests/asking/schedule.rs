//! Checking again by itself: not at once, not often, and only what is due.

use asc_access::Role;
use asc_client::Trouble;
use asc_sim::{Front, Pair};
use keyfolio_core::view::*;

use crate::{DAY, Scene, one, wait_until};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;

fn weekly(scene: &Scene) {
    scene.app.core.set_asking(Asking { on_add: false, recheck: Recheck::Weekly }).unwrap();
}

/// Lets time pass until somebody has looked at what is due, and goes on waiting.
fn pass(scene: &Scene, milliseconds: i64) {
    scene.stage.when_patient(1);
    scene.stage.pass(milliseconds);
    scene.stage.when_patient(1);
}

fn asked(scene: &Scene) -> usize {
    scene.apple.requests().len()
}

#[test]
fn nothing_is_sent_until_a_minute_after_the_vault_was_opened() {
    let (scene, key) = one(Role::Admin);
    scene.verify(&[&key]);
    weekly(&scene);
    scene.stage.when_patient(1);
    scene.app.core.vault_lock();
    scene.stage.when_patient(0);
    scene.stage.pass(8 * DAY);
    let before = asked(&scene);
    let scene = scene.restarted();
    scene.stage.when_patient(1);
    scene.stage.pass(MINUTE - 1);
    scene.stage.when_patient(1);
    assert_eq!(asked(&scene), before);
    scene.stage.pass(1);
    let run = scene.when_over();
    assert!(run.scheduled);
    assert_eq!(run.verified, 1);
    assert_eq!(scene.key(&key).standing.at, Some(asc_client::Ground::now(&*scene.stage)));
}

#[test]
fn only_what_is_due_is_asked_about() {
    let (scene, key) = one(Role::Admin);
    let never = scene.team_key(&Pair::generate(), "N4Q8ZB7LKD", &[]);
    scene.verify(&[&key]);
    weekly(&scene);
    let before = asked(&scene);
    pass(&scene, MINUTE);
    pass(&scene, 6 * DAY);
    assert_eq!((asked(&scene), scene.app.core.run().unwrap().scheduled), (before, false));
    // Whoever looks may begin its hour of waiting before this day passes or after it.
    scene.stage.pass(DAY);
    wait_until("it is asked about by the clock", || {
        scene.stage.pass(HOUR);
        scene.app.core.run().is_some_and(|run| run.scheduled)
    });
    assert!(scene.when_over().scheduled);
    assert_eq!(scene.key(&never).standing, Standing::default(), "who was never asked about is not sent by a clock");
}

#[test]
fn without_a_network_it_looks_again_in_an_hour_and_says_no_more_than_that() {
    let (scene, key) = one(Role::Admin);
    scene.verify(&[&key]);
    weekly(&scene);
    scene.stage.when_patient(1);
    scene.apple.front(Front::PlainHttp);
    scene.stage.pass(8 * DAY);
    let run = scene.when_over();
    assert!(run.scheduled && run.unreached == 1, "{run:?}");
    let standing = scene.key(&key).standing;
    assert_eq!(standing.code, StandingCode::Verified);
    assert!(matches!(standing.unreached.unwrap().trouble, Trouble::Tls { .. }));
    scene.apple.front(Front::Good);
    let before = asked(&scene);
    pass(&scene, HOUR - 1);
    assert_eq!(asked(&scene), before, "not before the hour is over");
    scene.stage.pass(1);
    assert_eq!(scene.when_over().verified, 1);
}

#[test]
fn what_a_person_wishes_for_is_not_the_schedules() {
    let (scene, key) = one(Role::Admin);
    scene.verify(&[&key]);
    weekly(&scene);
    assert!(!scene.verify(&[&key]).scheduled);
    scene.app.core.set_asking(Asking { on_add: false, recheck: Recheck::Off }).unwrap();
    scene.stage.when_patient(0);
}
