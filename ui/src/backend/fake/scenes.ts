// What the sample world's Apple has said: whole situations, for the browser, for pictures, and for tests that want many keys at once.
import type { ActivityEntry, ActivityKey, AppView, CheckView, Deed, ExchangeView, IssuerView, KeyRef, KeyView, Role, RunView, Standing, StandingCode } from '../bindings.gen';
import { ALIVE, type FakeApple, NO_RUN, QUESTIONS, standing } from './apple';
import { answersFor } from './evidence';
import { summaryOf } from './imports';
import { ISSUER, keyRef, OTHER_ISSUER } from './sample';

/** `new`: Apple was never asked. `mixed`: one of everything. `run`: seven of twelve keys are done. */
export type Scene = 'new' | 'checked' | 'mixed' | 'offline' | 'agreement' | 'run' | 'over';
export const SCENES: Scene[] = ['new', 'checked', 'mixed', 'offline', 'agreement', 'run', 'over'];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const APPS: AppView[] = [
  ['6446901001', 'Tideline', 'com.example.tideline'],
  ['6446901002', 'Tideline Watch', 'com.example.tideline.watch'],
  ['6446901003', 'Harbour', 'com.example.harbour'],
  ['6446901004', 'Lantern Notes', 'com.example.lantern'],
  ['6446901005', 'Buoy — weather at sea', 'com.example.buoy'],
].map(([id = '', name = '', bundle_id = '']) => ({ id, name, bundle_id, issuer_id: ISSUER }));

const NOT_AUTHORIZED: Omit<ExchangeView, 'at'> = {
  request: ALIVE.request, status: 401, request_id: '7d0c5a1e-52f4-4b9e-8f7c-1f0a3be2c944',
  apple: { error: 'NOT_AUTHORIZED', title: 'Authentication credentials are missing or invalid.', detail: 'Provide a properly configured and signed bearer token, and make sure that it has not expired.', id: '7d0c5a1e-52f4-4b9e-8f7c-1f0a3be2c944' },
};
const AGREEMENT: Omit<ExchangeView, 'at'> = {
  request: ALIVE.request, status: 403, request_id: '0b6ef2f8-0d0f-4a51-9d0a-6f3f5a2b7c11',
  apple: { error: 'FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED', title: 'A required agreement is missing or has expired.', detail: 'This request requires an in-effect agreement that has not been signed or has expired.', id: '0b6ef2f8-0d0f-4a51-9d0a-6f3f5a2b7c11' },
};
const FORBIDDEN: Omit<ExchangeView, 'at'> = {
  request: ALIVE.request, status: 403, request_id: '51f7a3c2-9d77-4f02-8a6e-2f6f0b1f3d55',
  apple: { error: 'FORBIDDEN', title: 'This request is forbidden', detail: 'The API key in use does not allow this request.', id: '51f7a3c2-9d77-4f02-8a6e-2f6f0b1f3d55' },
};

/** What Apple said about the key of Tomás, as a check stores it. */
export const UNRECOGNISED: Partial<CheckView> = {
  unrecognised: {
    causes: ['revoked', 'unknown_issuer', 'wrong_key_id', 'look_alike'], sibling: 'works',
    ruled_out: [{ code: 'glitch', tries: 3, seconds: 41 }, { code: 'clock', off: 1 }, { code: 'other_kind', kind: 'team' }],
  },
  exchange: { ...NOT_AUTHORIZED, at: 0 }, requests: 4,
};

type Said = { code: StandingCode; ago?: number; stale?: boolean; unreached?: Standing['unreached']; check?: Partial<CheckView>; apps?: KeyView['apps']; roles?: Role[] };

function verified(ago: number, more: Partial<Said> = {}): Said {
  return { code: 'verified', ago, ...more };
}

/** By the number of the key in the sample. */
function said(scene: Scene, at: number): Said[] {
  const offline: Said['unreached'] = { trouble: { code: 'offline' }, at: at - MINUTE };
  if (scene === 'new') return [];
  if (scene === 'checked') return Array.from({ length: 12 }, () => verified(2 * MINUTE));
  if (scene === 'offline') return Array.from({ length: 12 }, (_, key) => (key === 7 ? { code: 'unchecked', unreached: offline } : verified(3 * DAY, { unreached: offline })));
  if (scene === 'agreement') {
    return Array.from({ length: 12 }, (_, key) => (key < 8 ? { code: 'agreement_missing', ago: 2 * MINUTE, check: { exchange: { ...AGREEMENT, at: at - 2 * MINUTE } } } : verified(2 * MINUTE)));
  }
  const tomas: Said = { code: 'unrecognised', ago: 20_000, check: { ...UNRECOGNISED, exchange: { ...NOT_AUTHORIZED, at: at - 20_000 } } };
  if (scene === 'run') return [...Array.from({ length: 6 }, () => verified(10_000)), verified(3 * DAY), { code: 'unchecked' }, verified(2 * DAY), verified(DAY), verified(6 * DAY), tomas];
  return [
    verified(2 * MINUTE, { check: { rate: { limit: 3500, remaining: 3412, at: at - 2 * MINUTE } } }),
    verified(HOUR),
    verified(41 * DAY, { stale: true }),
    verified(10 * MINUTE, { check: { rate: { limit: 3500, remaining: 312, at: at - 10 * MINUTE } } }),
    verified(3 * DAY, { unreached: { trouble: { code: 'portal' }, at: at - MINUTE } }),
    { code: 'otherwise', ago: 5 * MINUTE, check: { works_as: { kind: 'team', issuer_id: OTHER_ISSUER } } },
    verified(5 * HOUR, { roles: ['DEVELOPER'], check: { fit: { roles: ['DEVELOPER'], agrees: 8, recorded_agrees: 5, of: 8 } } }),
    { code: 'unchecked' },
    verified(2 * MINUTE, { apps: { seen: 'some', ids: ['6446901001', '6446901003'] } }),
    { code: 'refused_everywhere', ago: 4 * MINUTE, check: { exchange: { ...FORBIDDEN, at: at - 4 * MINUTE } } },
    verified(6 * DAY, { apps: { seen: 'some', ids: ['6446901004'] } }),
    tomas,
  ];
}

function stood({ code, ago = 0, stale = false, unreached = null }: Said, at: number): Standing {
  return standing(code, { at: code === 'unchecked' ? null : at - ago, stale, unreached });
}

/** Sets a scene: what Apple knows is told, and the keys stand as it says. */
export function setScene(scene: Scene, keys: KeyView[], apple: FakeApple): KeyView[] {
  const told = said(scene, apple.at);
  if (told.length === 0) return keys;
  apple.apps = APPS;
  const all = keys.map((key) => {
    const one = told[Number(key.id.slice(-12)) - 1] ?? (scene === 'mixed' || scene === 'run' ? undefined : verified(2 * MINUTE));
    if (!one) return key;
    const when = apple.at - (one.ago ?? 0);
    const answers = one.code === 'verified' ? answersFor(key.kind, one.roles ?? key.roles, when, one.stale) : [];
    apple.checks.set(key.id, { answers, requests: answers.length + 1, ...(one.code === 'unchecked' ? {} : { exchange: { ...ALIVE, at: when } }), ...one.check });
    const seen: KeyView['apps'] = one.apps ?? (one.code === 'verified' && key.kind === 'team' ? { seen: 'all' } : { seen: 'unknown' });
    return { ...key, standing: stood(one, apple.at), apps: seen, archived_at: scene === 'run' || scene === 'mixed' || scene === 'over' ? null : key.archived_at };
  });
  const strong = all.filter((key) => key.kind === 'team' && key.roles.includes('ADMIN')).map(summaryOf);
  for (const key of all) if (key.kind === 'individual') apple.checks.set(key.id, { ...apple.checks.get(key.id), could_look_up: strong });
  if (scene === 'agreement') apple.teams.set(ISSUER, { agreement_missing: apple.at - 2 * MINUTE });
  apple.run = runOf(scene, all.map(({ id }) => id));
  return all;
}

function runOf(scene: Scene, ids: KeyRef[]): RunView | null {
  const total = 12;
  if (scene === 'run') {
    const lane = (seed: number, done: number) => ({ key: keyRef(seed), done, of: QUESTIONS });
    return { ...NO_RUN, total, verified: 6, rejected: 1, lanes: [lane(7, 5), lane(8, 3), lane(9, 1)], waiting: [keyRef(10), keyRef(11)] };
  }
  if (scene === 'over') return { ...NO_RUN, over: true, total, verified: 8, noted: 1, rejected: 2, unreached: 1, again: [keyRef(5)] };
  if (scene === 'offline') return { ...NO_RUN, over: true, total: ids.length, unreached: 1, left: ids.slice(1), again: ids.slice(0, 1), trouble: { code: 'offline' } };
  return null;
}

/** What the application did in the sample world, newest last. */
export function activityOf(scene: Scene, keys: KeyView[], at: number): ActivityEntry[] {
  if (scene === 'new') return [];
  const about = (seed: number): ActivityKey | null => {
    const key = keys.find(({ id }) => id === keyRef(seed));
    return key ? { id: key.id, name: key.name, kind: key.kind, roles: key.roles } : null;
  };
  const asked = answersFor('team', ['APP_MANAGER'], 0).slice(1, 9).map(({ reading, exchange: { request, status } }) => ({ request, status, reading }));
  const checked = (code: StandingCode, more: Partial<Extract<Deed, { what: 'checked' }>> = {}): Deed => ({
    what: 'checked', standing: code, trouble: null, agree: 8, of: 8, requests: [{ request: ALIVE.request, status: 200, reading: null }, ...asked], ...more,
  });
  const lines: [ago: number, deed: Deed, group: ActivityEntry['group'], seed?: number, failure?: boolean][] = [
    [41 * DAY, { what: 'vault_made' }, 'vault'],
    [40 * DAY, { what: 'key_added', file_name: 'AuthKey_7GX4KQ2M9L.p8' }, 'keys', 1],
    [6 * DAY, checked('verified', { agree: 6, of: 6 }), 'verification', 11],
    [3 * DAY, checked('verified'), 'verification', 5],
    [3 * DAY - HOUR, { what: 'run_over', verified: 11, rejected: 0, unreached: 0, scheduled: true }, 'verification'],
    [2 * DAY, { what: 'key_renamed', from: 'fastlane' }, 'changes', 4],
    [DAY + 2 * HOUR, { what: 'roles_changed', from: ['MARKETING'], to: ['CUSTOMER_SUPPORT'] }, 'changes', 7],
    [DAY, { what: 'identity_changed', from_kind: 'individual', to_kind: 'team', from_key_id: null, issuer_changed: true }, 'changes', 6],
    [7 * HOUR, { what: 'unlock_refused', times: 2 }, 'vault', undefined, true],
    [7 * HOUR - MINUTE, { what: 'unlocked', by: 'passphrase' }, 'vault'],
    [5 * HOUR, checked('verified', { agree: 5, of: 8 }), 'verification', 7],
    [4 * HOUR, { what: 'owner_looked_up', with: 'fastlane (old Mac mini)', found: true }, 'verification', 9],
    [3 * HOUR, { what: 'asking_changed', asking: { on_add: true, recheck: 'weekly' } }, 'vault'],
    [HOUR, checked('verified'), 'verification', 2],
    [5 * MINUTE, checked('otherwise', { agree: 0, of: 0, requests: [{ request: ALIVE.request, status: 401, reading: null }, { request: ALIVE.request, status: 200, reading: null }] }), 'verification', 6, true],
    [2 * MINUTE, checked('verified'), 'verification', 1],
    [MINUTE, checked('unchecked', { trouble: { code: 'portal' }, agree: 0, of: 0, requests: [{ request: ALIVE.request, status: null, reading: null }] }), 'verification', 5, true],
    [20_000, checked('unrecognised', { agree: 0, of: 0, requests: [401, 401, 401, 401].map((status) => ({ request: ALIVE.request, status, reading: null })) }), 'verification', 12, true],
    [15_000, { what: 'run_over', verified: 9, rejected: 2, unreached: 1, scheduled: false }, 'verification'],
  ];
  return lines.map(([ago, deed, group, seed, failure = false], id) => ({ id: id + 1, at: at - ago, deed, group, failure, key: seed === undefined ? null : about(seed) }));
}

/** What is known about a team, laid over what its keys say. */
export function teamsOf(issuers: IssuerView[], apple: FakeApple): IssuerView[] {
  return issuers.map((issuer) => ({ ...issuer, ...apple.teams.get(issuer.issuer_id) }));
}
