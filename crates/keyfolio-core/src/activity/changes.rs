//! Which deeds a change of a key's record was.

use vault::KeyRecord;

use crate::library::roles_of;
use crate::view::Deed;

/// What was done between two versions of a record: nothing when they say the same.
pub(crate) fn between(before: &KeyRecord, after: &KeyRecord) -> Vec<Deed> {
    let mut deeds = Vec::new();
    if before.name != after.name {
        deeds.push(Deed::KeyRenamed { from: before.name.clone() });
    }
    let issuer_changed = before.issuer_id != after.issuer_id;
    if before.kind != after.kind || before.key_id != after.key_id || issuer_changed {
        deeds.push(Deed::IdentityChanged {
            from_kind: before.kind,
            to_kind: after.kind,
            from_key_id: (before.key_id != after.key_id).then(|| before.key_id.to_string()),
            issuer_changed,
        });
    }
    if before.roles != after.roles {
        deeds.push(Deed::RolesChanged { from: roles_of(before), to: roles_of(after) });
    }
    if (&before.notes, &before.tags, &before.guards) != (&after.notes, &after.tags, &after.guards) {
        deeds.push(Deed::DetailsChanged);
    }
    match (before.archived_at, after.archived_at) {
        (None, Some(_)) => deeds.push(Deed::KeyArchived),
        (Some(_), None) => deeds.push(Deed::KeyUnarchived),
        _ => {}
    }
    deeds
}
