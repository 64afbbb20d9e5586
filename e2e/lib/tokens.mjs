// Tokens as somebody else makes and reads them: Node's own cryptography, none of ours.

import { createPrivateKey, sign } from 'node:crypto';

import { TEAM } from './apple.mjs';

const part = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');

/** A Team key's token, `seconds` long, signed with a key file's content. `claims` replace what it says. */
export function signed(pem, keyId, { seconds = 600, ...claims } = {}) {
  const now = Math.floor(Date.now() / 1000);
  const body = [{ alg: 'ES256', kid: keyId, typ: 'JWT' }, { iss: TEAM, iat: now, exp: now + seconds, aud: 'appstoreconnect-v1', ...claims }].map(part).join('.');
  const signature = sign('sha256', Buffer.from(body), { key: createPrivateKey(pem), dsaEncoding: 'ieee-p1363' });
  return `${body}.${signature.toString('base64url')}`;
}

/** Its claims, whoever signed it. */
export const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
