// Short phrases about a key that more than one part of the window says.
import { AREAS } from '../../backend/areas';
import type { IssuerView, KeyKind, KeyView, Level } from '../../backend/bindings.gen';
import { age, ago, areaWords, attentionWords, day, t, tCode, troubleWords } from '../../i18n';

/** What a run does with a key right now. */
export type Lane = { at: 'waiting' } | { at: 'asking'; done: number; of: number };

/** "Team key" or "Individual key". */
export function kindWords(kind: KeyKind): string {
  return tCode('keys.kind_long', kind);
}

export type KeyState =
  | 'conflict' | 'archived' | 'unrecognised' | 'refused_everywhere' | 'otherwise' | 'agreement_missing' | 'attention' | 'unreached' | 'stale' | 'verified' | 'unchecked';

/** How a key stands with Apple, as far as anybody has asked. */
function standingOf({ standing: { code, stale, unreached } }: KeyView): KeyState {
  if (code !== 'verified' && code !== 'unchecked') return code;
  if (unreached) return 'unreached';
  return code === 'verified' && stale ? 'stale' : code;
}

/** What the list says about a key's health, in one word: what wants a decision before what is only known. */
export function stateOf(key: KeyView): KeyState {
  if (key.conflicts_with.length > 0) return 'conflict';
  if (key.archived_at !== null) return 'archived';
  const state = standingOf(key);
  if (state === 'unrecognised' || state === 'refused_everywhere' || state === 'agreement_missing') return state;
  return key.attention.length > 0 || state === 'otherwise' ? 'attention' : state;
}

/** What the head of a key says: Apple's last answer, if there is one; what else wants attention stands below it. */
export function headStateOf(key: KeyView): KeyState {
  if (key.conflicts_with.length > 0) return 'conflict';
  if (key.archived_at !== null) return 'archived';
  const state = standingOf(key);
  return state === 'unchecked' && key.attention.length > 0 ? 'attention' : state;
}

/** The state as a row has room for: the age of an answer, or a word. */
export function stateShort(key: KeyView, now: number): string {
  const state = stateOf(key);
  const { at } = key.standing;
  return at !== null && (state === 'verified' || state === 'stale' || state === 'unreached') ? age(at, now) : tCode('keys.state', state);
}

/** The second line under the state of a key's head. `tries` and `answers`, where they are known, belong to the last check. */
export function stateLong(key: KeyView, now: number, { tries, answers }: { tries: number | null; answers: number }): string {
  const state = headStateOf(key);
  const { at } = key.standing;
  const when = at === null ? '' : ago(at, now);
  if (state === 'verified' && answers > 0) return t('keys.state.verified.answers', { ago: when, count: answers });
  if (state === 'unrecognised' && tries !== null) return t('keys.state.unrecognised.tries', { ago: when, count: tries });
  if (state === 'unreached') return at === null ? t('keys.state.unreached.never') : t('keys.state.unreached.long', { ago: when });
  return tCode('keys.state', `${state}.long`, { ago: when, day: key.archived_at === null ? '' : day(key.archived_at) });
}

/** The state in one sentence; what wants attention is named. */
export function stateTip(key: KeyView, now: number): string {
  const state = stateOf(key);
  const { at, unreached } = key.standing;
  const ago_ = at === null ? '' : ago(at, now);
  const why = unreached ? troubleWords(unreached.trouble).title : '';
  const failed = unreached ? [t('keys.state.unreached.tip', { why })] : [];
  if (state === 'attention') return [...key.attention.map(attentionWords), ...failed].join('. ');
  if (state === 'unreached') return [...failed, at === null ? t('keys.state.unchecked.tip') : t('keys.state.verified.tip', { ago: ago_ })].join('. ');
  return [tCode('keys.state', `${state}.tip`, { ago: ago_, day: key.archived_at === null ? '' : day(key.archived_at) }), ...(state === 'archived' || state === 'conflict' ? [] : failed)].join('. ');
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
