// Short phrases about a key that more than one part of the window says.
import type { IssuerView, KeyKind, KeyView, Level } from '../../backend/bindings.gen';
import { t, tCode } from '../../i18n';

/** "Team key" or "Individual key". */
export function kindWords(kind: KeyKind): string {
  return tCode('keys.kind_long', kind);
}

export type KeyState = 'conflict' | 'archived' | 'unchecked';

/** What the list says about a key's health. Nothing is known from Apple yet, and that is what it says. */
export function stateOf(key: KeyView): KeyState {
  if (key.conflicts_with.length > 0) return 'conflict';
  return key.archived_at === null ? 'unchecked' : 'archived';
}

/** The reach strip in words, by how many areas hold each level. */
export function reachWords(levels: Level[]): string {
  const order: Level[] = ['manage', 'limited', 'view', 'none', 'never', 'unclear', 'disputed'];
  const counts = order.map((level) => [level, levels.filter((one) => one === level).length] as const).filter(([, count]) => count > 0);
  return t('keys.reach', { levels: counts.map(([level, count]) => tCode('keys.reach_level', level, { count })).join(', ') });
}

export function issuerName(issuers: IssuerView[], id: string | null): string | null {
  return issuers.find((issuer) => issuer.issuer_id === id)?.name ?? null;
}
