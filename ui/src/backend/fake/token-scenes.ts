// Tokens that people paste into the inspector, each with what the core finds in it. The tokens themselves never existed.
import type { Finding, InspectionView, KeySummary, KeyView, Rule, RulingView, TokenClaimsView, Weight } from '../bindings.gen';
import { ISSUER } from './sample';

/** What is on the clipboard. */
export type TokenScene = 'good' | 'too_long' | 'expired' | 'unknown_key' | 'forged' | 'mixed' | 'everything' | 'unusual' | 'hostile' | 'scoped' | 'ends_soon' | 'nothing' | 'private_key';
export type Judged = Exclude<TokenScene, 'nothing' | 'private_key'>;

const RULES: Rule[] = ['algorithm', 'key_id', 'type', 'audience', 'holder', 'issued_at', 'expiry', 'lifetime', 'scope', 'signature'];
const UNUSUAL: Finding[] = ['odd_key_id', 'other_type', 'odd_issuer', 'no_issued_at', 'scope_writes', 'scope_too_long'];
const MINUTE = 60;
/** Kept between two looks, so that a token does not get younger by being looked at. */
let pastedAt = 0;

const base64url = (value: unknown): string => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const weigh = (finding: Finding): Weight => (finding === 'signature_unchecked' ? 'unchecked' : UNUSUAL.includes(finding) ? 'unusual' : 'refused');

type Scene = { claims?: Partial<TokenClaimsView>; findings?: Partial<Record<Rule, Finding>>; more?: Partial<InspectionView>; stranger?: boolean };

function sceneOf(scene: Judged, start: number): Scene {
  switch (scene) {
    case 'good': return {};
    case 'too_long': return { claims: { iat: start - MINUTE - 540, exp: start + 660 }, findings: { lifetime: 'too_long' }, more: { set_duration: 1140 } };
    case 'expired': return { claims: { iat: start - 3600, exp: start - 2400 }, findings: { expiry: 'expired' } };
    case 'ends_soon': return { claims: { iat: start - 600, exp: start + 5 } };
    case 'unknown_key': return { claims: { kid: 'ZZ9PLURALZ' }, findings: { signature: 'signature_unchecked' }, stranger: true };
    case 'forged': return { findings: { signature: 'signature_mismatch' }, more: { signed_by: null } };
    case 'mixed': return { claims: { sub: 'user' }, findings: { holder: 'mixed_holder' }, more: { shape: null } };
    case 'scoped': return { claims: { exp: start + 90 * 24 * 3600, scope: ['GET /v1/ciProducts', 'GET /v1/ciWorkflows/1234/buildRuns'] }, more: { most: 180 * 24 * 3600 } };
    case 'unusual': return { claims: { iat: null, typ: null, scope: ['GET /v1/apps', 'POST /v1/builds'] }, findings: { type: 'other_type', issued_at: 'no_issued_at', scope: 'scope_writes' } };
    case 'hostile': return {
      claims: { kid: '<img src=x onerror=alert(1)>', iss: `\u202E${'W'.repeat(300)}`, aud: 'x`y`<b>', scope: [`GET /${'a'.repeat(400)}`], others: ['bid', '<script>', 'x'.repeat(120)] },
      findings: { key_id: 'odd_key_id', audience: 'other_audience', holder: 'odd_issuer', signature: 'signature_unchecked' }, stranger: true,
    };
    case 'everything': return {
      claims: { alg: 'HS256', kid: null, typ: 'JOSE', iss: null, aud: 'apple-developer-enterprise-v1', iat: start + 300, exp: null, others: ['bid', 'nonce'] },
      findings: { algorithm: 'other_algorithm', key_id: 'no_key_id', type: 'other_type', audience: 'enterprise_audience', holder: 'no_holder', issued_at: 'issued_later', expiry: 'no_expiry', scope: 'scope_not_a_list', signature: 'signature_is_der' },
      more: { shape: null }, stranger: true,
    };
  }
}

const summary = (key: KeyView): KeySummary => ({ id: key.id, name: key.name, key_id: key.key_id, kind: key.kind, archived: key.archived_at !== null });

/** How the token of a scene fares at `now`, in milliseconds. */
export function inspected(scene: Judged, keys: KeyView[], now: number): InspectionView {
  if (pastedAt === 0 || now < pastedAt || now - pastedAt > 3_600_000) pastedAt = now;
  const start = Math.floor(pastedAt / 1000);
  const { claims: more = {}, findings: wrong = {}, more: rest = {}, stranger = false } = sceneOf(scene, start);
  const key = keys.find((one) => one.name === 'CI Release') ?? keys[0];
  const owner = key && !stranger ? summary(key) : null;
  const claims: TokenClaimsView = {
    alg: 'ES256', kid: key?.key_id ?? '7GX4KQ2M9L', typ: 'JWT', iss: key?.issuer_id ?? ISSUER, sub: null, aud: 'appstoreconnect-v1', iat: start - MINUTE, exp: start + 9 * MINUTE, scope: [], others: [], ...more,
  };
  const findings: Partial<Record<Rule, Finding>> = { ...wrong };
  if (claims.exp !== null && claims.exp * 1000 <= now) findings.expiry = 'expired';
  const rulings = RULES.map((rule): RulingView => {
    const finding = findings[rule] ?? null;
    return { rule, finding, weight: finding && weigh(finding) };
  });
  const payload = Object.fromEntries(Object.entries(claims).filter(([name, value]) => value !== null && !['alg', 'kid', 'typ', 'others'].includes(name) && !(Array.isArray(value) && value.length === 0)));
  return {
    parts: [base64url({ alg: claims.alg, kid: claims.kid, typ: claims.typ }), base64url(payload)], signature_characters: 86, claims, rulings, refused: rulings.some(({ weight }) => weight === 'refused'),
    shape: 'team', lifetime: claims.iat !== null && claims.exp !== null ? claims.exp - claims.iat : null, most: 1200, set_duration: null, named: owner, signed_by: owner, tried: keys.length, at: now,
    clock: { ahead: 1, at: now - 4 * 60_000 }, ...rest,
  };
}
