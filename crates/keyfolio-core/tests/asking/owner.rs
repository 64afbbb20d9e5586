//! Looking up an owner: only on request, only roles and apps, and no address anywhere.

use asc_access::Role;
use asc_client::Trouble;
use asc_sim::{Fault, Front, Pair, Trouble as Fails, Visible};
use keyfolio_core::view::*;

use crate::{DAY, HARBOUR, LANTERN, Scene, team};

struct Office {
    scene: Scene,
    admin: KeyView,
    sales: KeyView,
    own: KeyView,
}

fn office() -> Office {
    let pairs = [Pair::generate(), Pair::generate(), Pair::generate()];
    let own = team()
        .team_key("4JH6M2YB8S", &[Role::Admin], &pairs[0].public_key_der())
        .team_key("V5C9QL3RT7", &[Role::Sales], &pairs[1].public_key_der())
        .individual_key("H4S9KD3WM7XB", "jonas", &pairs[2].public_key_der());
    let scene = Scene::new(own);
    let admin = scene.team_key(&pairs[0], "4JH6M2YB8S", &[Role::Admin]);
    let sales = scene.team_key(&pairs[1], "V5C9QL3RT7", &[Role::Sales]);
    let own = scene.individual_key(&pairs[2], "H4S9KD3WM7XB", &[]);
    Office { scene, admin, sales, own }
}

impl Office {
    fn look_up(&self, with: &KeyView, email: &str) -> Result<CheckView, IpcError> {
        let request = OwnerRequest { key: self.own.id.clone(), with: with.id.clone(), email: email.into() };
        self.scene.app.core.owner_look_up(&request)
    }
}

#[test]
fn what_the_owner_may_do_is_found_and_the_address_is_not_kept() {
    let office = office();
    let view = office.look_up(&office.admin, " jonas@example.com ").unwrap();
    let owner = view.owner.unwrap();
    assert_eq!((&owner.roles, &owner.others), (&vec![Role::Developer], &vec![]));
    assert_eq!(owner.apps, AppsSeen::Some { ids: vec![HARBOUR.into()] });
    assert_eq!((owner.provisioning, owner.asked_with.unwrap().id), (false, office.admin.id.clone()));
    let own = office.scene.key(&office.own);
    assert_eq!(own.apps, AppsSeen::Some { ids: vec![HARBOUR.into()] }, "the owner's apps are the key's");
    assert_eq!((own.roles, own.standing.code), (vec![], StandingCode::Unchecked), "roles are a suggestion");
    let with = office.admin.name.clone();
    assert_eq!(office.scene.deeds().last(), Some(&Deed::OwnerLookedUp { with, found: true }));

    let data = office.scene.app.folder.path().join("data");
    office.scene.app.core.close();
    for entry in std::fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        let bytes = std::fs::read(&entry).unwrap();
        assert!(!bytes.windows(5).any(|window| window == b"jonas"), "{}", entry.display());
    }
}

#[test]
fn an_own_listing_that_is_newer_counts_for_more() {
    let office = office();
    office.scene.apple.change(|world| world.set_visible("jonas", Visible::All)).unwrap();
    office.look_up(&office.admin, "jonas@example.com").unwrap();
    assert_eq!(office.scene.key(&office.own).apps, AppsSeen::All);
    office.scene.stage.pass(1000);
    office.scene.apple.change(|world| world.set_visible("jonas", Visible::only(&[LANTERN]))).unwrap();
    office.scene.verify(&[&office.own]);
    assert_eq!(office.scene.key(&office.own).apps, AppsSeen::Some { ids: vec![LANTERN.into()] });
    office.scene.stage.pass(DAY);
    office.look_up(&office.admin, "jonas@example.com").unwrap();
    assert_eq!(office.scene.key(&office.own).apps, AppsSeen::Some { ids: vec![LANTERN.into()] });
}

#[test]
fn every_way_in_which_nobody_is_found_has_its_name() {
    let office = office();
    assert_eq!(office.look_up(&office.admin, "nobody@example.com"), Err(IpcError::NoSuchPerson));
    let with = office.admin.name.clone();
    assert_eq!(office.scene.deeds().last(), Some(&Deed::OwnerLookedUp { with, found: false }));
    let asked = office.scene.apple.requests().len();
    assert_eq!(office.look_up(&office.admin, "  "), Err(IpcError::NoSuchPerson));
    assert_eq!(office.scene.apple.requests().len(), asked, "nobody is not asked for");
    assert_eq!(office.look_up(&office.sales, "jonas@example.com"), Err(IpcError::AppleRefused { status: 403 }));
    assert_eq!(office.look_up(&office.own, "jonas@example.com"), Err(IpcError::KeyNotFound), "only a Team key can");
    office.scene.apple.fault(Fault::new(Fails::CaptivePortal));
    let portal = IpcError::NotReached { trouble: Trouble::Portal };
    assert_eq!(office.look_up(&office.admin, "jonas@example.com"), Err(portal));
    assert_eq!(office.scene.deeds().last(), Some(&Deed::AskingFailed { trouble: Trouble::Portal }));
    office.scene.apple.front(Front::UnknownAuthority);
    assert!(matches!(office.look_up(&office.admin, "jonas@example.com"), Err(IpcError::NotReached { .. })));
    assert_eq!(office.scene.check(&office.own).owner, None);
}

#[test]
fn only_keys_that_can_are_offered_for_it() {
    let office = office();
    let offered = |office: &Office| -> Vec<String> {
        office.scene.check(&office.own).could_look_up.into_iter().map(|key| key.id).collect()
    };
    assert_eq!(offered(&office), Vec::<String>::new(), "none is verified");
    office.scene.verify(&[&office.admin, &office.sales]);
    assert_eq!(offered(&office), [office.admin.id.as_str()], "Apple refuses people to the other one");
    assert_eq!(office.scene.check(&office.admin).could_look_up, []);
    office.scene.update(&office.admin, KeyPatch { archived: Some(true), ..KeyPatch::default() });
    assert_eq!(offered(&office), Vec::<String>::new());
}
