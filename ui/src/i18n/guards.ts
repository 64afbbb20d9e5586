// What a key must not do, and whether it keeps to it, in the words the ledger, the guards and the notices share.
import type { Access, Attention, CellView, Guard, GuardView, Role } from '../backend/bindings.gen';
import { areaWords } from './access';
import { hasWords, listed, t, tCode } from './words';

/** "Must not reach Finance reports". */
export function guardWords({ area, limit }: Guard): string {
  return tCode('guards.rule', limit, { area: areaWords(area) });
}

const isOpen = ({ value }: Access) => value === 'unknown' || value === 'disputed';
const allows = ({ value }: Access) => value === 'yes' || value === 'part';

/** "Holds", "Broken: Admin reaches it", "Can’t be told: sources disagree". The cell, when it is known, says why. */
export function guardStateWords({ limit, state }: Pick<GuardView, 'limit' | 'state'>, roles: Role[], cell: CellView | null): string {
  const halves = cell ? [...(limit === 'reach' ? [cell.read] : []), cell.write] : [];
  if (state === 'holds') return t('guards.state.holds');
  if (state === 'open') {
    const reason = halves.find(isOpen)?.reason;
    return reason && hasWords('guards.state.open', reason) ? tCode('guards.state.open', reason) : t('guards.state.open');
  }
  if (halves.find(allows)?.reason === 'answered') return t('guards.state.broken.answered');
  if (roles.length === 0) return tCode('guards.state.broken.any', limit);
  return tCode('guards.state.broken', limit, { count: roles.length, role: listed(roles.map((role) => tCode('access.role', role))) });
}

/** Why a key wants to be looked at, in one sentence. */
export function attentionWords(why: Attention): string {
  return why.why === 'guard_broken' ? tCode('guards.attention', why.limit, { area: areaWords(why.area) }) : tCode('guards.attention', why.why);
}
