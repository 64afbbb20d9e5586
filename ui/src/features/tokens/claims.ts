// Header and payload of a token as rows: what stands there, and beside it what that means.
import type { InspectionView, IssuerView, KeyRef } from '../../backend/bindings.gen';
import { shortMoment, t } from '../../i18n';
import type { ClaimRow } from './ClaimRows.svelte';

const missing = (name: string): ClaimRow => ({ name, value: t('tokens.claim.missing'), quiet: true });
const text = (name: string, value: string | null, about = ''): ClaimRow => (value === null ? missing(name) : { name, value, code: true, about });
const time = (name: string, seconds: number | null): ClaimRow => (seconds === null ? missing(name) : { name, value: String(seconds), code: true, about: shortMoment(seconds * 1000), keep: true });

export function headerRows({ claims, named }: InspectionView, onshowkey: (id: KeyRef) => void): ClaimRow[] {
  const kid = text('kid', claims.kid, named?.name ?? t('tokens.claim.no_key'));
  return [
    text('alg', claims.alg, claims.alg === 'ES256' ? t('tokens.claim.ecdsa') : ''),
    named && claims.kid !== null ? { ...kid, open: () => onshowkey(named.id) } : kid,
    text('typ', claims.typ),
  ];
}

export function payloadRows({ claims }: InspectionView, issuers: IssuerView[]): ClaimRow[] {
  const issuer = issuers.find(({ issuer_id }) => issuer_id === claims.iss);
  return [
    // A token names one or the other; both are shown when both are there, and the issuer is missed when neither is.
    ...(claims.iss !== null || claims.sub === null ? [text('iss', claims.iss, issuer?.name ?? '')] : []),
    ...(claims.sub !== null ? [text('sub', claims.sub)] : []),
    time('iat', claims.iat),
    time('exp', claims.exp),
    text('aud', claims.aud),
    ...(claims.scope.length > 0 ? [{ name: 'scope', value: claims.scope.join('\n'), code: true, about: t('tokens.claim.entries', { count: claims.scope.length }) }] : []),
    ...(claims.others.length > 0 ? [{ name: t('tokens.claim.other'), value: claims.others.join(', '), code: true }] : []),
  ];
}
