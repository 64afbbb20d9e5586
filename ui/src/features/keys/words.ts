// Short phrases about a key that more than one part of the window says.
import { AREAS } from '../../backend/areas';
import type { IssuerView, KeyKind, KeyView, Level } from '../../backend/bindings.gen';
import { areaWords, attentionWords, day, t, tCode } from '../../i18n';

/** "Team key" or "Individual key". */
export function kindWords(kind: KeyKind): string {
  return tCode('keys.kind_long', kind);
}

export type KeyState = 'conflict' | 'archived' | 'attention' | 'unchecked';

/** What the list says about a key's health. Nothing is known from Apple yet, and that is what it says. */
export function stateOf(key: KeyView): KeyState {
  if (key.conflicts_with.length > 0) return 'conflict';
  if (key.archived_at !== null) return 'archived';
  return key.attention.length > 0 ? 'attention' : 'unchecked';
}

/** The state in one sentence; what wants attention is named. */
export function stateTip(key: KeyView): string {
  const state = stateOf(key);
  if (state === 'attention') return key.attention.map(attentionWords).join('. ');
  return tCode('keys.state', `${state}.tip`, { day: key.archived_at === null ? '' : day(key.archived_at) });
}

const TOLD: Level[] = ['manage', 'limited', 'view', 'unclear', 'disputed', 'never'];

/** The reach strip area by area, one line per level; "no access" is what is left. */
export function reachLines(levels: Level[]): string {
  const lines = TOLD.flatMap((level) => {
    const areas = AREAS.filter((_, at) => levels[at] === level).map(areaWords);
    return areas.length > 0 ? [t('keys.reach_line', { level: tCode('access.level', level), areas: areas.join(', ') })] : [];
  });
  const rest = levels.filter((level) => level === 'none').length;
  return [...lines, ...(rest > 0 ? [t('keys.reach_rest', { count: rest })] : [])].join('\n');
}

export function issuerName(issuers: IssuerView[], id: string | null): string | null {
  return issuers.find((issuer) => issuer.issuer_id === id)?.name ?? null;
}
