// The keys of the sample library. All invented: no issuer, Key ID or fingerprint here belongs to anyone.
import type { IssuerView, KeyKind, KeyView, Role } from '../bindings.gen';
import { reach } from './access';

export const ISSUER = '57246542-96fe-1a63-e053-0824d011a9b3';
export const OTHER_ISSUER = '69a6de70-03db-47e3-e053-5b8c7c11a4d1';

type Row = [name: string, keyId: string, kind: KeyKind, role: Role | null, added: string, extra?: Partial<KeyView>];

const TWELVE: Row[] = [
  ['CI Release', '7GX4KQ2M9L', 'team', 'APP_MANAGER', '2026-03-14', { tags: ['ci', 'release'], guards: [{ area: 'finance', limit: 'reach', state: 'holds' }], notes: 'Used by the release workflow. Rotate before the March audit.' }],
  ['TestFlight Upload', 'R2N8V5TQ4C', 'team', 'DEVELOPER', '2026-04-02', { tags: ['ci'] }],
  ['Notarize — GitHub Actions', 'K9D3WX7PZ2', 'team', 'DEVELOPER', '2026-04-02'],
  ['fastlane (old Mac mini)', '4JH6M2YB8S', 'team', 'ADMIN', '2024-11-20', { guards: [{ area: 'finance', limit: 'reach', state: 'broken' }], notes: 'Still on the shelf in the server room.' }],
  ['Sales → Warehouse', 'V5C9QL3RT7', 'team', 'SALES', '2026-01-09'],
  ['Month-end export', 'M8T2ZF6KX4', 'team', 'FINANCE', '2026-01-09'],
  ['Reviews bot', 'B7W4NS9HD3', 'team', 'CUSTOMER_SUPPORT', '2026-05-27'],
  ['Store copy sync', 'P3L7XR2VG6', 'team', null, '2026-09-30', { issuer_id: null }],
  ['Mina Okafor — MacBook Pro', 'Y6F2CT8JN5QA', 'individual', 'DEVELOPER', '2026-06-18'],
  ['Jonas Weber', 'H4S9KD3WM7ZB', 'individual', 'APP_MANAGER', '2026-06-18'],
  ['Priya (contractor)', 'Z2Q6VB5XL9TC', 'individual', 'MARKETING', '2026-08-03'],
  ['Tomás — previous laptop', 'C8N3RG7TF4WD', 'individual', 'DEVELOPER', '2025-02-11', { archived_at: Date.UTC(2026, 7, 30) }],
];

const HOSTILE: Row[] = [
  ['<img src=x onerror="alert(1)"> & friends', 'AAAAAAAAA1', 'team', 'ADMIN', '2026-10-01'],
  ['invoice\u202Egpj.8p', 'AAAAAAAAA2', 'team', 'DEVELOPER', '2026-10-01'],
  ['\u0007bell\u0000nul\nline', 'AAAAAAAAA3', 'team', 'SALES', '2026-10-01', { notes: '</textarea><script>alert(1)</script>' }],
  ['W'.repeat(400), 'AAAAAAAAA4', 'individual', 'MARKETING', '2026-10-01', { tags: ['<b>tag</b>', 'x'.repeat(60)] }],
  ['مفتاح الإصدار', 'AAAAAAAAA5', 'individual', 'DEVELOPER', '2026-10-01'],
  ['鍵🔑'.repeat(40), 'AAAAAAAAA1', 'team', null, '2026-10-01'],
];

/** 64 hex digits that follow from the number alone. */
export function fingerprint(seed: number): string {
  let state = (seed + 1) * 0x9e3779b1;
  let digits = '';
  while (digits.length < 64) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    state = (state + 0x6d2b79f5) >>> 0;
    digits += state.toString(16).padStart(8, '0');
  }
  return digits;
}

export function keyRef(seed: number): string {
  return `00000000-0000-4000-8000-${String(seed).padStart(12, '0')}`;
}

function build([name, keyId, kind, role, added, extra]: Row, at: number): KeyView {
  const roles = role ? [role] : [];
  return {
    id: keyRef(at + 1),
    version: 1,
    name,
    key_id: keyId,
    kind,
    roles,
    issuer_id: kind === 'team' ? ISSUER : null,
    fingerprint: fingerprint(at),
    notes: '',
    tags: [],
    added_at: Date.parse(`${added}T09:30:00Z`),
    archived_at: null,
    source_name: `${kind === 'team' ? 'AuthKey' : 'ApiKey'}_${keyId}.p8`,
    look_alike: null,
    conflicts_with: [],
    reach: reach(kind, roles),
    observed: false,
    standing: { code: 'unchecked', at: null, stale: false, unreached: null },
    apps: { seen: 'unknown' },
    handoffs: 0,
    guards: [],
    attention: [],
    ...extra,
  };
}

const WORDS = ['Release', 'Nightly', 'TestFlight', 'Metrics', 'Reviews', 'Pricing', 'Build farm', 'Finance export', 'Localisation', 'Sandbox'];
const PEOPLE = ['Amara', 'Bjørn', 'Chiara', 'Dimitri', 'Esra', 'Farid', 'Grete', 'Hana', 'Ilse', 'João'];
const ROLES: Role[] = ['ADMIN', 'APP_MANAGER', 'DEVELOPER', 'FINANCE', 'SALES', 'MARKETING', 'CUSTOMER_SUPPORT'];

function many(count: number): Row[] {
  return Array.from({ length: count }, (_, at): Row => {
    const team = at % 4 !== 3;
    const name = team ? `${WORDS[at % WORDS.length]} ${Math.floor(at / WORDS.length) + 1}` : `${PEOPLE[at % PEOPLE.length]} — laptop ${at}`;
    const keyId = fingerprint(at + 700).toUpperCase().slice(0, team ? 10 : 12);
    const month = String((at % 9) + 1).padStart(2, '0');
    return [name, keyId, team ? 'team' : 'individual', at % 11 === 0 ? null : (ROLES[at % (team ? 5 : 7)] ?? null), `2026-${month}-11`];
  });
}

/** A library of about the given size; `hostile` puts the names in front that try to break out. */
export function sampleKeys(count: number, hostile: boolean): KeyView[] {
  const rows = count <= TWELVE.length ? TWELVE.slice(0, count) : [...TWELVE, ...many(count - TWELVE.length)];
  return (hostile ? [...HOSTILE, ...rows] : rows).map(build);
}

export function issuersOf(keys: KeyView[], names: Map<string, string>): IssuerView[] {
  const counts = new Map<string, number>([...names.keys()].map((id) => [id, 0]));
  for (const key of keys) if (key.issuer_id) counts.set(key.issuer_id, (counts.get(key.issuer_id) ?? 0) + 1);
  return [...counts].filter(([, held]) => held > 0).map(([issuer_id, held]) => ({ issuer_id, name: names.get(issuer_id) ?? null, keys: held, vendor_number: null, agreement_missing: null }));
}

export const ISSUER_NAMES = new Map([
  [ISSUER, 'Tideline Apps'],
  [OTHER_ISSUER, 'Fernweh GmbH'],
]);
