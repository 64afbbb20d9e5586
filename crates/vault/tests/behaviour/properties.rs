//! Whatever is done in whatever order, the vault holds what a plain list would hold, before and after a restart.

use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;
use vault::{Change, KeyRecord, MemoryKeyring, Unlock, Vault, VaultError};

use crate::support::{NOW, create, folder, new_key, private_key};

#[derive(Debug, Clone)]
enum Step {
    Insert(Vec<u16>),
    Rename(usize, String, bool),
    KeyId(usize, u16),
    Tags(usize, Vec<String>),
    Remove(usize),
    Restore(usize),
    Purge(usize),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => prop::collection::vec(1..30_u16, 0..4).prop_map(Step::Insert),
        2 => (any::<usize>(), any::<String>(), any::<bool>()).prop_map(|(at, name, stale)| Step::Rename(at, name, stale)),
        1 => (any::<usize>(), 0..1000_u16).prop_map(|(at, number)| Step::KeyId(at, number)),
        1 => (any::<usize>(), prop::collection::vec(any::<String>(), 0..4)).prop_map(|(at, tags)| Step::Tags(at, tags)),
        2 => any::<usize>().prop_map(Step::Remove),
        1 => any::<usize>().prop_map(Step::Restore),
        1 => any::<usize>().prop_map(Step::Purge),
        1 => Just(Step::Reopen),
    ]
}

/// The plain list: each record with the seed of its secret.
type Model = BTreeMap<Uuid, (u16, KeyRecord)>;

fn pick(model: &Model, at: usize, removed: bool) -> Option<Uuid> {
    let fitting: Vec<_> = model
        .values()
        .filter(|(_, record)| record.removed_at.is_some() == removed)
        .map(|(_, record)| record.id)
        .collect();
    (!fitting.is_empty()).then(|| fitting[at % fitting.len()])
}

fn holds(model: &Model, seed: u16) -> bool {
    model.values().any(|(held, record)| *held == seed && record.removed_at.is_none())
}

fn change(
    vault: &mut Vault,
    model: &mut Model,
    at: usize,
    stale: bool,
    change: &Change,
    apply: impl FnOnce(&mut KeyRecord),
) {
    let Some(id) = pick(model, at, false) else { return };
    let (_, record) = model.get_mut(&id).unwrap();
    let answer = vault.update(id, record.version - i64::from(stale), change, NOW);
    if stale {
        assert!(matches!(answer, Err(VaultError::ChangedElsewhere)), "{answer:?}");
    } else {
        record.version += 1;
        apply(record);
        assert_eq!(&answer.unwrap(), record);
    }
}

fn run(vault: &mut Vault, model: &mut Model, step: Step) {
    match step {
        Step::Insert(seeds) => {
            let fits = seeds.iter().enumerate().all(|(at, seed)| !holds(model, *seed) && !seeds[..at].contains(seed));
            let answer = vault.insert(&seeds.iter().map(|seed| new_key(*seed)).collect::<Vec<_>>(), NOW);
            assert_eq!(answer.is_ok(), fits, "{answer:?}");
            model.extend(answer.into_iter().flatten().zip(seeds).map(|(record, seed)| (record.id, (seed, record))));
        }
        Step::Rename(at, name, stale) => {
            let rename = Change { name: Some(name.clone()), ..Change::default() };
            change(vault, model, at, stale, &rename, |record| record.name = name);
        }
        Step::KeyId(at, number) => {
            let key_id: asc_key::KeyId = format!("CHANGED{number:03}").parse().unwrap();
            let correct = Change { key_id: Some(key_id.clone()), ..Change::default() };
            change(vault, model, at, false, &correct, |record| record.key_id = key_id);
        }
        Step::Tags(at, tags) => {
            let retag = Change { tags: Some(tags.clone()), ..Change::default() };
            change(vault, model, at, false, &retag, |record| record.tags = tags);
        }
        Step::Remove(at) => {
            let Some(id) = pick(model, at, false) else { return };
            model.get_mut(&id).unwrap().1 = vault.remove(id, NOW).unwrap();
        }
        Step::Restore(at) => {
            let Some(id) = pick(model, at, true) else { return };
            let again = holds(model, model[&id].0);
            let answer = vault.write(NOW, |writing| writing.restore(id));
            assert_eq!(answer.is_err(), again, "{answer:?}");
            if let Ok(record) = answer {
                model.get_mut(&id).unwrap().1 = record;
            }
        }
        Step::Purge(at) => {
            let Some(id) = pick(model, at, true) else { return };
            vault.purge(id, NOW).unwrap();
            model.remove(&id);
        }
        Step::Reopen => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_changes_leaves_what_a_plain_list_would(steps in prop::collection::vec(step(), 1..24)) {
        let (dir, keyring) = (folder(), MemoryKeyring::new());
        let mut vault = create(dir.path(), &keyring);
        let mut model = Model::new();
        for step in steps.into_iter().chain([Step::Reopen]) {
            if matches!(step, Step::Reopen) {
                vault.lock();
                vault = Vault::open(dir.path(), Unlock::Os(&keyring), NOW).unwrap();
            }
            run(&mut vault, &mut model, step);
            let stored: BTreeMap<_, _> =
                vault.keys().unwrap().into_iter().chain(vault.removed().unwrap()).map(|record| (record.id, record)).collect();
            prop_assert_eq!(&stored, &model.iter().map(|(id, (_, record))| (*id, record.clone())).collect::<BTreeMap<_, _>>());
        }
        for (seed, record) in model.values() {
            prop_assert_eq!(vault.open_key(record.id).unwrap().fingerprint(), private_key(*seed).fingerprint());
        }
    }
}
