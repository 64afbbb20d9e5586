// Import sessions of the in-memory backend: files are judged by their name alone, in the ways the real reader judges their
// bytes, so that every kind of row can be produced by naming a file.
import type { Candidate, ImportOrigin, ImportRow, ImportState, KeySummary, KeyView, RefusalCode, RowVerdict } from '../bindings.gen';
import { fingerprint } from './sample';

export type FakeImport = { id: number; origin: ImportOrigin; state: ImportState; total: number; waiting: string[]; rows: ImportRow[]; wrongTries: Set<number> };

/** What the picker, the clipboard and the usual places hold in the sample world. */
export const PICKED = ['AuthKey_D8F3LM6RQ1.p8'];
export const PASTED = ['pasted.p8'];
export const DISCOVERED = ['AuthKey_5TN7WH2XC8.p8', 'AuthKey_J4B9ZK6PV3.p8', 'ApiKey_N7Q2GX5RM8LD.p8', 'AuthKey_7GX4KQ2M9L.p8'];
export const MIXED = [
  'AuthKey_D8F3LM6RQ1.p8', 'AuthKey_5TN7WH2XC8.escaped.p8', 'ApiKey_N7Q2GX5RM8LD.p8', 'encrypted_AuthKey_J4B9ZK6PV3.p8', 'renamed.p8',
  'AuthKey_7GX4KQ2M9L.p8', 'AuthKey_R2N8V5TQ4C.other.p8', 'SubscriptionKey_9QZ4TR7KM2.p8', 'Distribution.cer', 'AuthKey_R2N8.truncated.p8', 'id_rsa.pem',
];

export function summaryOf(key: KeyView): KeySummary {
  return { id: key.id, name: key.name, key_id: key.key_id, kind: key.kind, archived: key.archived_at !== null };
}

const REFUSALS: [RegExp, RefusalCode][] = [
  [/\.cer$/i, 'certificate'], [/truncated/i, 'truncated'], [/rsa/i, 'rsa_key'], [/p384/i, 'p384_key'], [/\.p12$/i, 'pkcs12'],
  [/\.icloud$/i, 'cloud_placeholder'], [/empty/i, 'empty'], [/\.html?$/i, 'html_page'], [/missing/i, 'not_found'], [/dashes/i, 'smart_dashes'],
];

function hash(text: string): number {
  let sum = 7;
  for (const character of text) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return sum;
}

export function judge(file: string, keys: KeyView[], earlier: ImportRow[]): RowVerdict {
  const refusal = REFUSALS.find(([pattern]) => pattern.test(file));
  if (refusal) return { verdict: 'refused', code: refusal[1] };
  if (!/\.(p8|json|pem|txt)$/i.test(file)) return { verdict: 'refused', code: 'not_a_key' };
  if (/encrypted/i.test(file)) return { verdict: 'needs_passphrase', wrong: false };
  const same = earlier.find((row) => row.file_name === file);
  if (same) return { verdict: 'same_as_row', row: same.row };
  return admit(file, keys);
}

/** The verdict for a file whose key could be read. */
export function admit(file: string, keys: KeyView[]): RowVerdict {
  const found = /(AuthKey|ApiKey|SubscriptionKey)_([A-Z0-9]{8,14})/.exec(file);
  // Renamed, but to what it is called in App Store Connect.
  const bare = /^([A-Z0-9]{10,12})\.p8$/.exec(file)?.[1];
  const keyId = found?.[2] ?? bare ?? null;
  const kind = found?.[1] === 'ApiKey' || keyId?.length === 12 ? 'individual' : 'team';
  const other = /\.other\./.test(file);
  const held = keys.find((key) => key.key_id === keyId);
  if (held && !other) return { verdict: 'already_have', existing: summaryOf(held) };
  const candidate: Candidate = {
    name: keyId === null ? file.replace(/\.\w+$/, '') : '',
    key_id: keyId,
    key_id_unusual: keyId !== null && keyId.length !== 10 && keyId.length !== 12,
    kind,
    kind_basis: bare ? 'length' : !found ? 'default' : found[1] === 'SubscriptionKey' ? 'length' : 'prefix_and_length',
    issuer_id: /_of_([0-9a-f-]{36})/.exec(file)?.[1] ?? null,
    fingerprint: fingerprint(hash(file)),
    repairs: /escaped/.test(file) ? ['escaped_newlines'] : /encrypted/.test(file) ? ['decrypted'] : [],
    look_alike: found?.[1] === 'SubscriptionKey' ? 'in_app_purchase' : null,
    found: null,
  };
  return held ? { verdict: 'conflict', candidate, existing: summaryOf(held) } : { verdict: 'ready', candidate };
}
