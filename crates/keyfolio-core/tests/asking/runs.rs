//! Runs over many keys: every key ends in one place, a wish joins the run, stopping and locking are prompt.

use std::time::{Duration, Instant};

use asc_access::Role;
use asc_client::Depth;
use asc_key::KeyKind;
use asc_sim::{Fault, Page, Pair, Trouble as Fails};
use keyfolio_core::view::*;

use crate::{ISSUER, Scene, one, team};

/// A team with so many Admin keys, all of them stored.
fn many(keys: usize) -> (Scene, Vec<KeyView>) {
    let pairs: Vec<Pair> = (0..keys).map(|_| Pair::generate()).collect();
    let id = |at: usize| format!("KEY{at:07}");
    let own = pairs.iter().enumerate();
    let own = own.fold(team(), |team, (at, pair)| team.team_key(&id(at), &[Role::Admin], &pair.public_key_der()));
    let scene = Scene::new(own);
    let stored = pairs.iter().enumerate();
    let stored = stored.map(|(at, pair)| scene.team_key(pair, &id(at), &[Role::Admin])).collect();
    (scene, stored)
}

fn refs(keys: &[KeyView]) -> Vec<&KeyView> {
    keys.iter().collect()
}

/// Every key of a run is in exactly one place.
fn adds_up(run: &RunView) {
    let ended = run.verified + run.noted + run.rejected + run.unreached + run.left.len();
    assert_eq!(ended + run.lanes.len() + run.waiting.len(), run.total, "{run:?}");
    assert!(run.lanes.len() <= 4 && run.again.len() == run.unreached, "{run:?}");
}

#[test]
fn fifty_keys_with_faults_among_them_are_counted_exactly() {
    let (scene, keys) = many(50);
    let server = Fails::Status { status: 500, page: Page::Html };
    for at in [3, 17, 44] {
        scene.apple.change(|world| world.revoke(&format!("KEY{at:07}"))).unwrap();
    }
    for at in [5, 29] {
        scene.apple.fault(Fault::new(server.clone()).for_key(&format!("KEY{at:07}")).always());
    }
    scene.apple.fault(Fault::new(Fails::AgreementMissing).for_key("KEY0000031").always());
    scene.apple.fault(Fault::new(Fails::Unauthorized).for_key("KEY0000008").times(2));
    scene.begin_run(&refs(&keys), Depth::Normal);
    let run = loop {
        let told = scene.app.events.recv_timeout(Duration::from_secs(60)).expect("the run goes on");
        let AppEvent::RunChanged { run: Some(run) } = told else { continue };
        adds_up(&run);
        if run.over {
            break run;
        }
    };
    let counts = (run.total, run.verified, run.noted, run.rejected, run.unreached, run.left.len());
    assert_eq!(counts, (50, 44, 1, 3, 2, 0));
    assert_eq!(run.again, [keys[5].id.clone(), keys[29].id.clone()]);
    assert!(!run.stopped && run.trouble.is_none());
    let over = Deed::RunOver { verified: 45, rejected: 3, unreached: 2, scheduled: false };
    assert_eq!(scene.deeds().last(), Some(&over));

    // What taught nothing can be tried again by itself.
    scene.apple.calm();
    let again = scene.verify(&[&keys[5], &keys[29]]);
    assert_eq!((again.total, again.verified), (2, 2));
}

#[test]
fn the_apps_of_a_team_are_not_listed_by_every_key_of_it() {
    let (scene, keys) = many(12);
    scene.verify(&refs(&keys));
    let listings = |scene: &Scene| scene.apple.requests().iter().filter(|one| one.target.contains("limit=200")).count();
    assert!((1..=4).contains(&listings(&scene)), "{}", listings(&scene));
}

#[test]
fn a_wish_during_a_run_joins_it_and_nobody_is_asked_twice() {
    let (scene, keys) = many(9);
    scene.apple.change(|world| world.set_latency(Duration::from_millis(20)));
    let first = scene.begin_run(&refs(&keys[..6]), Depth::Normal);
    assert_eq!((first.total, first.over), (6, false));
    let wished = Some(keys[4..].iter().map(|key| key.id.clone()).collect());
    let joined = scene.app.core.verify(&VerifyRequest { keys: wished, depth: Depth::Normal }).unwrap();
    assert_eq!(joined.total, 9);
    let run = scene.when_over();
    assert_eq!((run.total, run.verified), (9, 9));
    for at in 0..9 {
        let baseline = |one: &&asc_sim::Seen| {
            one.key_id.as_deref() == Some(&format!("KEY{at:07}")) && one.target.starts_with("/v1/apps?limit=1&")
        };
        assert_eq!(scene.apple.requests().iter().filter(baseline).count(), 1, "key {at}");
    }
    assert!(scene.deeds().iter().filter(|deed| matches!(deed, Deed::RunOver { .. })).count() == 1);
}

#[test]
fn stopping_takes_less_than_a_second_whatever_apple_does() {
    let (scene, keys) = many(12);
    scene.apple.fault(Fault::new(Fails::Silence).after(20).always());
    scene.begin_run(&refs(&keys), Depth::Normal);
    // Until every lane is caught by the silence.
    crate::wait_until("silence", || scene.apple.requests().len() >= 24);
    let stopped = Instant::now();
    scene.app.core.verify_stop();
    let run = scene.when_over();
    assert!(stopped.elapsed() < Duration::from_secs(1), "{:?}", stopped.elapsed());
    assert!(run.stopped);
    adds_up(&run);
    assert_eq!(run.verified + run.left.len(), 12);
    assert!(run.left.len() >= 4);
    let left: Vec<_> = run.left.iter().map(|id| scene.app.core.check(id).unwrap().standing).collect();
    assert!(left.iter().all(|standing| *standing == Standing::default()), "who was not asked stays unchecked");
    scene.apple.calm();
    let all = scene.verify(&refs(&keys));
    assert_eq!(all.verified, 12, "a new run begins at once");
}

#[test]
fn locking_stops_a_run_and_nothing_more_is_signed() {
    let (scene, keys) = many(12);
    scene.apple.change(|world| world.set_latency(Duration::from_millis(30)));
    scene.begin_run(&refs(&keys), Depth::Normal);
    crate::wait_until("a key is asked about", || scene.apple.requests().len() >= 4);
    scene.app.core.vault_lock();
    let run = scene.when_over();
    assert!(run.stopped);
    adds_up(&run);
    assert!(run.left.len() >= 8, "{run:?}");
    assert_eq!(run.unreached, 0, "it was left, not tried in vain");
    let verify = VerifyRequest { keys: None, depth: Depth::Normal };
    assert_eq!(scene.app.core.verify(&verify), Err(IpcError::VaultLocked));
    scene.app.core.vault_unlock(None).unwrap();
    let open = scene.app.core.keys().unwrap().keys;
    assert_eq!(open.iter().filter(|key| key.standing.code == StandingCode::Verified).count(), run.verified);
}

#[test]
fn closing_ends_a_run_and_hangs_on_nobody() {
    let (scene, keys) = many(6);
    scene.apple.fault(Fault::new(Fails::Silence).always());
    scene.begin_run(&refs(&keys), Depth::Normal);
    crate::wait_until("silence", || scene.apple.requests().len() >= 4);
    let closing = Instant::now();
    let scene = scene.restarted();
    assert!(closing.elapsed() < Duration::from_secs(5), "{:?}", closing.elapsed());
    assert_eq!(scene.app.core.keys().unwrap().keys.len(), 6);
}

#[test]
fn changing_and_removing_keys_during_a_run_is_harmless() {
    let (scene, keys) = many(4);
    scene.apple.change(|world| world.set_latency(Duration::from_millis(60)));
    scene.begin_run(&refs(&keys), Depth::Normal);
    crate::wait_until("all are being asked about", || scene.apple.requests().len() >= 4);
    scene.update(&keys[0], KeyPatch { key_id: Some("AAAAAAAAAA".into()), ..KeyPatch::default() });
    scene.update(&keys[1], KeyPatch { archived: Some(true), ..KeyPatch::default() });
    scene.app.core.key_remove(&KeyRemoval { id: keys[2].id.clone(), accept_loss: true }).unwrap();
    let run = scene.when_over();
    assert_eq!((run.total, run.verified), (4, 2));
    assert_eq!(run.left, [keys[0].id.clone(), keys[2].id.clone()]);
    assert_eq!(scene.key(&keys[0]).standing, Standing::default(), "the answer was about another Key ID");
    let archived = scene.key(&keys[1]);
    assert_eq!((archived.standing.code, archived.attention), (StandingCode::Verified, vec![]));
    assert_eq!(scene.app.core.check(&keys[2].id), Err(IpcError::KeyNotFound));
}

#[test]
fn a_key_in_the_archive_is_asked_about_only_by_name_and_needs_no_attention() {
    let (scene, key) = one(Role::Admin);
    let stranger = scene.team_key(&Pair::generate(), "N4Q8ZB7LKD", &[]);
    scene.update(&stranger, KeyPatch { archived: Some(true), ..KeyPatch::default() });
    let everything = VerifyRequest { keys: None, depth: Depth::Normal };
    assert_eq!(scene.app.core.verify(&everything).unwrap().total, 1);
    scene.when_over();
    assert_eq!(scene.verify(&[&stranger]).rejected, 1);
    assert_eq!(scene.key(&stranger).attention, []);
    let back = scene.update(&stranger, KeyPatch { archived: Some(false), ..KeyPatch::default() });
    assert_eq!(back.attention, [Attention::Unrecognised]);
    assert_eq!(scene.key(&key).standing.code, StandingCode::Verified);
}

#[test]
fn a_run_stays_until_it_is_dismissed_and_nothing_is_sent_before_the_first() {
    let (scene, key) = one(Role::Admin);
    assert_eq!((scene.app.core.run(), scene.apple.connections()), (None, 0));
    let none = VerifyRequest { keys: Some(vec!["nobody".into()]), depth: Depth::Normal };
    assert_eq!(scene.app.core.verify(&none), Err(IpcError::KeyNotFound));
    let run = scene.verify(&[&key]);
    assert_eq!(scene.app.core.run(), Some(run));
    assert!(!scene.deeds().iter().any(|deed| matches!(deed, Deed::RunOver { .. })), "one key is no run to note");
    scene.app.core.run_dismiss();
    assert_eq!(scene.app.core.run(), None);
    let told: Vec<_> = scene.app.events.try_iter().collect();
    assert!(told.contains(&AppEvent::RunChanged { run: None }));
}

#[test]
fn the_window_is_told_seldom_and_last_of_all_that_it_is_over() {
    let (scene, keys) = many(30);
    let began = Instant::now();
    scene.begin_run(&refs(&keys), Depth::Normal);
    let mut told = (0_u32, 0_u32);
    loop {
        match scene.app.events.recv_timeout(Duration::from_secs(30)).expect("the run goes on") {
            AppEvent::RunChanged { run: Some(run) } if run.over => break,
            AppEvent::RunChanged { .. } => told.0 += 1,
            AppEvent::KeysChanged => told.1 += 1,
            _ => {}
        }
    }
    let tenths = u32::try_from(began.elapsed().as_millis() / 100).unwrap();
    assert!(told.0 <= tenths + 1 && told.1 <= tenths / 3 + 2, "{told:?} in {tenths} tenths of a second");
    let issuers = scene.app.core.keys().unwrap().issuers;
    assert_eq!((issuers[0].issuer_id.as_str(), issuers[0].keys), (ISSUER, 30));
    assert!(keys.iter().all(|key| key.kind == KeyKind::Team));
}
