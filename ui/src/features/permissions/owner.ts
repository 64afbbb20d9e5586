// What a look-up of a person says, put beside what the key is recorded with.
import type { AppView, KeyView, OwnerView, Role } from '../../backend/bindings.gen';
import { type AppsKnown, appsKnown } from '../../i18n';

export function sameRoles(one: Role[], other: Role[]): boolean {
  return one.toSorted().join() === other.toSorted().join();
}

/** The owner's apps among those of the team that was asked. */
export function ownerApps({ apps: seen, asked_with }: OwnerView, key: KeyView, apps: AppView[], keys: KeyView[]): AppsKnown {
  const issuer = keys.find(({ id }) => id === asked_with?.id)?.issuer_id ?? null;
  const team = issuer === null ? apps : apps.filter(({ issuer_id }) => issuer_id === issuer);
  return appsKnown({ kind: key.kind, issuer_id: key.issuer_id, apps: seen }, 'as_owner', team);
}
