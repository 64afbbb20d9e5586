// Everything the log can hold has words: the lists come from the generated contract, so that a new deed fails here.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ActivityEntry, ActivityKey, Deed, KeyKind, Platform, Reading, RequestLine, StandingCode } from '../../backend/bindings.gen';
import { iconOf } from './icons';
import { isObserved, meaningOf, partsOf, wordsOf } from './words';

const contract = readFileSync('src/backend/bindings.gen.ts', 'utf8');
function codes(type: string, tag?: string): string[] {
  const from = contract.indexOf(`export type ${type} =`);
  const body = contract.slice(from, contract.indexOf('\nexport ', from + 1));
  return [...body.matchAll(tag ? new RegExp(`"${tag}": "(\\w+)"`, 'g') : /"(\w+)"/g)].map((match) => match[1] ?? '');
}

const TEAM: ActivityKey = { id: 'a', name: 'CI Release', kind: 'team', roles: ['APP_MANAGER'] };
const checked = (standing: StandingCode, more: Partial<Extract<Deed, { what: 'checked' }>> = {}): Deed => ({ what: 'checked', standing, trouble: null, agree: 0, of: 0, requests: [], ...more });
/** One of each, and of each variant that is worded on its own. */
const DEEDS: Deed[] = [
  { what: 'key_added', file_name: 'AuthKey_7GX4KQ2M9L.p8' }, { what: 'key_added', file_name: null }, { what: 'key_removed' }, { what: 'key_restored' }, { what: 'key_erased' },
  { what: 'key_archived' }, { what: 'key_unarchived' }, { what: 'key_renamed', from: 'fastlane' },
  { what: 'roles_changed', from: ['DEVELOPER'], to: ['APP_MANAGER', 'MARKETING'] }, { what: 'roles_changed', from: [], to: ['ADMIN'] }, { what: 'roles_changed', from: ['SALES'], to: [] },
  { what: 'identity_changed', from_kind: 'individual', to_kind: 'team', from_key_id: null, issuer_changed: true },
  { what: 'identity_changed', from_kind: 'team', to_kind: 'individual', from_key_id: 'AAAAAAAAA1', issuer_changed: false },
  { what: 'identity_changed', from_kind: 'team', to_kind: 'team', from_key_id: 'AAAAAAAAA1', issuer_changed: false },
  { what: 'details_changed' }, { what: 'team_renamed', issuer_id: '57246542-96fe-1a63-e053-0824d011a9b3', to: 'Tideline' }, { what: 'team_renamed', issuer_id: '57246542-96fe-1a63-e053-0824d011a9b3', to: '' },
  { what: 'vendor_number_changed', issuer_id: '57246542-96fe-1a63-e053-0824d011a9b3' },
  ...codes('StandingCode').map((code) => checked(code as StandingCode)),
  { what: 'run_over', verified: 10, rejected: 1, unreached: 1, scheduled: false }, { what: 'run_over', verified: 1, rejected: 0, unreached: 0, scheduled: true },
  { what: 'owner_looked_up', with: 'fastlane', found: true }, { what: 'owner_looked_up', with: 'fastlane', found: false }, { what: 'asking_failed', trouble: { code: 'offline' } },
  { what: 'roles_kept', instead_of: ['DEVELOPER'] }, { what: 'roles_kept', instead_of: [] }, { what: 'vault_made' }, { what: 'unlocked', by: 'os' }, { what: 'unlocked', by: 'passphrase' },
  { what: 'unlock_refused', times: 1 }, { what: 'unlock_refused', times: 3 }, { what: 'locked' }, { what: 'passphrase_added' }, { what: 'snapshot_restored' },
  ...([true, false] as const).flatMap((on_add) => codes('Recheck').map((recheck) => ({ what: 'asking_changed', asking: { on_add, recheck } }) as Deed)),
  ...codes('HandoffBy').map((by) => ({ what: 'handed_off', tool: 'fastlane', destination: 'Bitrise, Tideline iOS', by }) as Deed), { what: 'handed_off', tool: 'tool_of_2031', destination: 'A shelf', by: 'file' },
  { what: 'handoff_gone', tool: 'altool', destination: 'Mac mini', gone: true }, { what: 'handoff_gone', tool: 'altool', destination: 'Mac mini', gone: false },
  { what: 'other' },
];
const said = (deed: Deed, key: ActivityKey | null = TEAM, platform: Platform = 'linux') => wordsOf({ deed, key }, platform);
const line = (deed: Deed, key?: ActivityKey | null) => Object.values(said(deed, key)).join(' | ');

describe('every deed', () => {
  it('of the contract is among these', () => {
    expect(codes('Deed', 'what').length).toBeGreaterThan(20);
    expect(codes('Deed', 'what').filter((what) => !DEEDS.some((deed) => deed.what === what))).toEqual([]);
  });

  it('has words and a picture, and shows no code, on every system', () => {
    const ours = /[a-z]_[a-z]|\.(macos|linux|windows)|^activity\./;
    for (const platform of codes('Platform') as Platform[]) {
      for (const deed of DEEDS) {
        const { what, gist } = said(deed, TEAM, platform);
        expect(what, deed.what).not.toBe('');
        expect(`${what} ${gist}`, deed.what).not.toMatch(ours);
        expect(what.length, what).toBeLessThanOrEqual(60);
        expect(iconOf(deed), deed.what).toBeTruthy();
      }
    }
    expect(said({ what: 'unlocked', by: 'os' }, null, 'macos').what).toBe('Unlocked with Keychain');
  });

  it('of a later version says that this one has no words for it', () => {
    const later = { what: 'token_copied', minutes: 10 } as unknown as Deed;
    expect(line(later)).toBe('Something this version has no words for | Written by another version');
    expect(iconOf(later)).toBe(iconOf({ what: 'other' }));
  });

  it('holds names that turn or hide nothing around them', () => {
    expect(said({ what: 'key_renamed', from: 'a\u202eb' }).what).toBe('Renamed from \u2068a‹U+202E›b\u2069');
    expect(said({ what: 'key_added', file_name: 'AuthKey\n.p8' }).what).toContain('AuthKey␊.p8');
  });
});

describe('a check', () => {
  it('is told by what Apple answered', () => {
    expect(line(checked('verified', { agree: 8, of: 8 }))).toBe('Verified with Apple | 8 of 8 answers agree with the role');
    expect(line(checked('verified', { agree: 0, of: 1 }))).toBe('Verified with Apple | 0 of 1 answer agrees with the role');
    expect(line(checked('verified', { agree: 5, of: 8 }), { ...TEAM, roles: [] })).toBe('Verified with Apple | 5 of 8 answers agree with Apple’s pages');
    expect(line(checked('verified'))).toBe('Verified with Apple | Only asked whether it works');
    expect(line(checked('unrecognised', { requests: [401, 401, 200, 401].map((status) => ({ request: 'GET /v1/apps', status, reading: null })) }))).toBe('Apple didn’t recognise the key | 401, after 3 requests');
  });

  it('that taught nothing is no answer of Apple’s, whatever stood in the way', () => {
    expect(line(checked('unchecked', { trouble: { code: 'portal' } }))).toBe('Couldn’t check with Apple | This network wants you to sign in first');
    expect(line(checked('unchecked'))).toBe('Couldn’t check with Apple | Nothing was learned');
  });

  it('that ended early says so, and keeps what it found', () => {
    expect(line(checked('verified', { trouble: { code: 'offline' }, agree: 2, of: 2 }))).toMatch(/^Verified with Apple \| Ended early: /);
  });
});

describe('other gists', () => {
  it('count a run, and leave out what did not happen', () => {
    expect(line({ what: 'run_over', verified: 10, rejected: 1, unreached: 1, scheduled: false })).toBe('Checked 12 keys | 10 verified, 1 rejected, 1 without an answer');
    expect(line({ what: 'run_over', verified: 1, rejected: 0, unreached: 0, scheduled: true })).toBe('Checked 1 key, as scheduled | 1 verified');
  });

  it('name what of an identity changed, and what it was', () => {
    const kinds: [KeyKind, KeyKind] = ['individual', 'team'];
    expect(line({ what: 'identity_changed', from_kind: kinds[0], to_kind: kinds[1], from_key_id: 'AAAAAAAAA1', issuer_changed: true })).toBe('Kind, Key ID and Issuer ID changed | Was an Individual key, AAAAAAAAA1');
    expect(line({ what: 'identity_changed', from_kind: 'team', to_kind: 'team', from_key_id: 'AAAAAAAAA1', issuer_changed: false })).toBe('Key ID changed | Was AAAAAAAAA1');
  });
});

describe('a request', () => {
  const entry = (standing: StandingCode): Pick<ActivityEntry, 'deed'> => ({ deed: checked(standing) });
  const first = (status: number | null): RequestLine => ({ request: 'GET /v1/apps?limit=1', status, reading: null });

  it('is cut into its method and its target', () => {
    expect(partsOf(first(200))).toEqual({ method: 'GET', target: '/v1/apps?limit=1' });
  });

  it('has words for every reading, and only answers about the key count as seen', () => {
    const readings = codes('Reading') as Reading[];
    for (const reading of readings) expect(meaningOf({ ...first(200), reading }, entry('verified'))).not.toBe(reading);
    expect(readings.filter((reading) => isObserved({ ...first(200), reading }))).toEqual(['can_read', 'nothing_there', 'role_refuses', 'closed_to_kind']);
  });

  it('that asks whether the key is alive is read by its status; a stranger’s 200 accepts nothing', () => {
    expect([200, 401, 403, 418, 429, 503, null].map((status) => meaningOf(first(status), entry('verified')))).toEqual(['Key accepted', 'Not recognised', 'Refused', 'Not about the key', 'Asked to slow down', 'Trouble at Apple', 'No answer']);
    expect(meaningOf(first(200), entry('unchecked'))).toBe('Not about the key');
  });

  it('that another key was compared with is not told as this one’s', () => {
    expect(meaningOf(first(200), entry('unrecognised'))).toBe('Another key is accepted');
  });
});
