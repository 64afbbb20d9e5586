//! An answer belongs to the IDs that were asked about: it goes when they change, and comes back with them.

use asc_access::Role;
use asc_key::KeyKind;
use asc_sim::{Pair, Team, World};
use keyfolio_core::view::*;

use crate::{ISSUER, OTHER_ISSUER, Scene, one, team};

fn kind(kind: KeyKind, issuer: Option<&str>) -> KeyPatch {
    KeyPatch { kind: Some(kind), issuer_id: Some(issuer.map(str::to_owned)), ..KeyPatch::default() }
}

#[test]
fn a_key_recorded_as_the_wrong_kind_works_otherwise_until_that_is_adopted() {
    let pair = Pair::generate();
    let scene = Scene::new(team().individual_key("H4S9KD3WM7XB", "jonas", &pair.public_key_der()));
    let key = scene.store(&pair, "H4S9KD3WM7XB.p8", KeyKind::Team, Some(ISSUER), &[Role::Developer]);
    let run = scene.verify(&[&key]);
    assert_eq!((run.noted, run.verified), (1, 0));
    let check = scene.check(&key);
    let works_as = WorksAs { kind: KeyKind::Individual, issuer_id: None };
    assert_eq!((check.standing.code, &check.works_as), (StandingCode::Otherwise, &Some(works_as)));
    assert_eq!(scene.key(&key).attention, [Attention::WorksOtherwise]);
    assert_eq!(scene.key(&key).kind, KeyKind::Team, "a record is changed by nobody but the user");
    assert!(!check.answers.is_empty());

    let adopted = scene.update(&key, kind(KeyKind::Individual, None));
    assert_eq!((adopted.standing.code, &adopted.attention), (StandingCode::Verified, &vec![]));
    let after = scene.check(&key);
    assert_eq!((after.works_as, after.answers), (None, check.answers), "its answers came along");
    let back = scene.update(&key, kind(KeyKind::Team, Some(ISSUER)));
    assert_eq!(back.standing.code, StandingCode::Otherwise);
}

#[test]
fn the_team_is_found_among_those_that_are_known() {
    let pairs = [Pair::generate(), Pair::generate()];
    let other = Team::new(OTHER_ISSUER, "Quarry").team_key("C6T9PX4WM2", &[Role::Admin], &pairs[1].public_key_der());
    let own = team().team_key("2X9R4HXF34", &[Role::Admin], &pairs[0].public_key_der());
    let scene = Scene::of(World::new().team(own).team(other));
    let known = scene.team_key(&pairs[0], "2X9R4HXF34", &[]);
    scene.app.core.issuer_rename(OTHER_ISSUER, "Quarry").unwrap();
    for recorded in [Some(ISSUER), None] {
        let key = scene.store(&pairs[1], "AuthKey_C6T9PX4WM2.p8", KeyKind::Team, recorded, &[]);
        let check = scene.checked(&key);
        let works_as = WorksAs { kind: KeyKind::Team, issuer_id: Some(OTHER_ISSUER.into()) };
        assert_eq!((check.standing.code, check.works_as), (StandingCode::Otherwise, Some(works_as)), "{recorded:?}");
        let adopted = scene.update(&key, kind(KeyKind::Team, Some(OTHER_ISSUER)));
        assert_eq!(adopted.standing.code, StandingCode::Verified);
        scene.app.core.key_remove(&KeyRemoval { id: key.id.clone(), accept_loss: true }).unwrap();
        scene.app.core.key_purge(&key.id).unwrap();
    }
    assert_eq!(scene.key(&known).standing.code, StandingCode::Unchecked);
}

#[test]
fn an_agreement_missing_elsewhere_is_not_blamed_on_the_recorded_team() {
    let pairs = [Pair::generate(), Pair::generate()];
    let other = Team::new(OTHER_ISSUER, "Quarry").without_agreement().team_key(
        "C6T9PX4WM2",
        &[Role::Admin],
        &pairs[1].public_key_der(),
    );
    let own = team().team_key("2X9R4HXF34", &[Role::Admin], &pairs[0].public_key_der());
    let scene = Scene::of(World::new().team(own).team(other));
    scene.app.core.issuer_rename(OTHER_ISSUER, "Quarry").unwrap();
    let key = scene.store(&pairs[1], "AuthKey_C6T9PX4WM2.p8", KeyKind::Team, Some(ISSUER), &[]);
    let check = scene.checked(&key);
    assert_eq!(check.standing.code, StandingCode::AgreementMissing);
    assert_eq!(check.works_as.unwrap().issuer_id.as_deref(), Some(OTHER_ISSUER));
    assert_eq!(scene.app.core.keys().unwrap().issuers[0].agreement_missing, None, "the recorded team is well");
    let adopted = scene.update(&key, kind(KeyKind::Team, Some(OTHER_ISSUER)));
    assert_eq!(adopted.standing.code, StandingCode::AgreementMissing);
    assert!(scene.app.core.keys().unwrap().issuers[0].agreement_missing.is_some());
}

#[test]
fn other_ids_make_a_key_unchecked_and_the_old_ones_make_it_verified_again() {
    let (scene, key) = one(Role::Admin);
    scene.verify(&[&key]);
    let before = scene.key(&key);
    let renamed = scene.update(&key, KeyPatch { name: Some("Another name".into()), ..KeyPatch::default() });
    assert_eq!(renamed.standing, before.standing, "a name is no identity");
    for patch in [
        KeyPatch { key_id: Some("AAAAAAAAAA".into()), ..KeyPatch::default() },
        KeyPatch { issuer_id: Some(Some(OTHER_ISSUER.into())), ..KeyPatch::default() },
        KeyPatch { kind: Some(KeyKind::Individual), ..KeyPatch::default() },
    ] {
        let changed = scene.update(&key, patch.clone());
        assert_eq!((changed.standing, changed.observed), (Standing::default(), false), "{patch:?}");
        assert_eq!(scene.check(&key).answers, [], "{patch:?}");
        let restore = KeyPatch {
            key_id: Some("2X9R4HXF34".into()),
            kind: Some(KeyKind::Team),
            issuer_id: Some(Some(ISSUER.into())),
            ..KeyPatch::default()
        };
        let restored = scene.update(&key, restore);
        assert_eq!((restored.standing, restored.reach), (before.standing.clone(), before.reach.clone()));
    }
}

#[test]
fn answers_to_other_ids_do_not_mix() {
    let (scene, key) = one(Role::Admin);
    scene.app.core.issuer_set_vendor(ISSUER, "85012345").unwrap();
    scene.verify(&[&key]);
    assert!(crate::reading(&scene.check(&key), "sales_reports").is_some());
    scene.update(&key, KeyPatch { key_id: Some("AAAAAAAAAA".into()), ..KeyPatch::default() });
    scene.verify(&[&key]);
    assert_eq!(scene.key(&key).standing.code, StandingCode::Unrecognised);
    assert_eq!(scene.check(&key).answers, []);
}

#[test]
fn everything_known_survives_a_restart() {
    let (scene, key) = one(Role::Admin);
    let stranger = scene.team_key(&Pair::generate(), "N4Q8ZB7LKD", &[]);
    scene.verify(&[&key, &stranger]);
    let (library, checks) = (scene.app.core.keys().unwrap(), [scene.check(&key), scene.check(&stranger)]);
    let scene = scene.restarted();
    assert_eq!(scene.app.core.keys().unwrap(), library);
    assert_eq!([scene.check(&key), scene.check(&stranger)], checks);
    assert_eq!(scene.app.core.run(), None, "a run does not");
}
