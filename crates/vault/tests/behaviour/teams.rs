//! Teams and the apps Apple named.

use asc_key::IssuerId;
use vault::{AppListing, AppRecord, DATABASE_FILE, IssuerRecord, KeyRecord, MemoryKeyring, Vault};

use crate::support::{NOW, create, folder, new_key};

fn app(id: &str, name: &str, team: Option<&IssuerId>) -> AppRecord {
    AppRecord {
        id: id.to_owned(),
        name: name.to_owned(),
        bundle_id: format!("com.example.{id}"),
        issuer_id: team.cloned(),
    }
}

fn list(vault: &mut Vault, key: &KeyRecord, apps: &[AppRecord], whole: bool) {
    let listing = AppListing { team: key.issuer_id.clone(), apps: apps.to_vec(), whole, at: NOW + 1 };
    vault.write(NOW, |writing| writing.record_apps(key.id, &listing)).unwrap();
}

/// A Team key and an Individual key.
fn both(vault: &mut Vault) -> (KeyRecord, KeyRecord, IssuerId) {
    let mut stored = vault.insert(&[new_key(2), new_key(3)], NOW).unwrap();
    let (individual, team) = (stored.remove(1), stored.remove(0));
    let issuer = team.issuer_id.clone().unwrap();
    (team, individual, issuer)
}

fn names(vault: &Vault) -> Vec<String> {
    vault.apps().unwrap().into_iter().map(|app| app.name).collect()
}

#[test]
fn a_team_has_a_name_a_vendor_number_and_a_missing_agreement_each_by_itself() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let (.., issuer) = both(&mut vault);
    let known = |vault: &Vault| vault.issuers().unwrap().remove(&issuer).unwrap_or_default();
    vault.write(NOW, |writing| writing.set_agreement_missing(&issuer, Some(NOW))).unwrap();
    assert_eq!(known(&vault), IssuerRecord { agreement_missing_at: Some(NOW), ..IssuerRecord::default() });
    vault
        .write(NOW, |writing| {
            writing.set_vendor_number(&issuer, Some("81234567"))?;
            writing.set_issuer_name(&issuer, Some("Tideline Apps"))
        })
        .unwrap();
    vault.write(NOW, |writing| writing.set_agreement_missing(&issuer, None)).unwrap();
    let named = IssuerRecord {
        name: Some("Tideline Apps".to_owned()),
        vendor_number: Some("81234567".to_owned()),
        ..IssuerRecord::default()
    };
    assert_eq!(known(&vault), named);
    vault.write(NOW, |writing| writing.set_issuer_name(&issuer, None)).unwrap();
    assert_eq!(known(&vault), IssuerRecord { name: None, ..named });
}

#[test]
fn apps_come_by_name_and_an_individual_keys_listing_does_not_take_their_team_away() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let (team, individual, issuer) = both(&mut vault);
    list(&mut vault, &team, &[app("2", "Ebb", None), app("1", "Tide", None)], true);
    list(&mut vault, &individual, &[app("1", "Tide (renamed)", None), app("3", "Another's", None)], true);
    assert_eq!(
        vault.apps().unwrap(),
        [app("3", "Another's", None), app("2", "Ebb", Some(&issuer)), app("1", "Tide (renamed)", Some(&issuer))]
    );
    assert_eq!(vault.apps_seen().unwrap(), [(individual.id, vec!["3".to_owned(), "1".to_owned()])].into());
    assert_eq!(vault.check(individual.id).unwrap().apps_listed_at, Some(NOW + 1));
    assert_eq!(vault.issuers().unwrap()[&issuer].apps_listed_at, Some(NOW + 1));
}

#[test]
fn a_whole_listing_lets_go_of_what_is_not_in_it_and_half_a_listing_does_not() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let (team, individual, _) = both(&mut vault);
    list(&mut vault, &team, &[app("1", "Tide", None), app("2", "Ebb", None), app("3", "Flow", None)], true);
    list(&mut vault, &individual, &[app("2", "Ebb", None), app("4", "Own", None)], true);
    list(&mut vault, &team, &[app("1", "Tide", None)], false);
    assert_eq!(names(&vault), ["Ebb", "Flow", "Own", "Tide"]);
    list(&mut vault, &team, &[app("1", "Tide", None)], true);
    assert_eq!(names(&vault), ["Ebb", "Own", "Tide"], "the Individual key still sees Ebb");
    list(&mut vault, &individual, &[], true);
    assert_eq!(names(&vault), ["Tide"]);
    assert!(vault.apps_seen().unwrap().is_empty());
    assert!(vault.check(individual.id).unwrap().apps_listed_at.is_some(), "listed, and there was nothing");
}

#[test]
fn apps_are_forgotten_with_the_last_key_that_sees_them() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let (team, individual, _) = both(&mut vault);
    list(&mut vault, &team, &[app("1", "Tide", None), app("2", "Ebb", None)], true);
    list(&mut vault, &individual, &[app("2", "Ebb", None)], true);
    for (key, left) in [(&team, &["Ebb"][..]), (&individual, &[])] {
        vault.remove(key.id, NOW).unwrap();
        vault.purge(key.id, NOW).unwrap();
        assert_eq!(names(&vault), left);
    }
}

#[test]
fn an_app_that_cannot_be_read_hides_no_other() {
    let (dir, keyring) = (folder(), MemoryKeyring::new());
    let mut vault = create(dir.path(), &keyring);
    let (team, ..) = both(&mut vault);
    list(&mut vault, &team, &[app("1", "Tide", None), app("2", "Ebb", None)], true);
    rusqlite::Connection::open(dir.path().join(DATABASE_FILE))
        .unwrap()
        .execute("UPDATE apps SET issuer_id = 'nobody' WHERE id = '1'", [])
        .unwrap();
    assert_eq!(names(&vault), ["Ebb"]);
}
