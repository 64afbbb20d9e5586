// Short phrases about a key that more than one part of the window says.
import type { IssuerView, KeyKind, KeyView } from '../../backend/bindings.gen';
import { tCode } from '../../i18n';

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

export function issuerName(issuers: IssuerView[], id: string | null): string | null {
  return issuers.find((issuer) => issuer.issuer_id === id)?.name ?? null;
}
