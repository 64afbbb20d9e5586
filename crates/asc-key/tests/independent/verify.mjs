// Asks jose whether our tokens are what Apple documents. Reads the lines of `cargo run -p asc-key --example mint`.
// Ends with the number of tokens that passed, or with what is wrong.

import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { importSPKI, jwtVerify } from 'jose';

const AUDIENCE = 'appstoreconnect-v1';

async function verify(line) {
  const pem = `-----BEGIN PUBLIC KEY-----\n${line.public_key}\n-----END PUBLIC KEY-----`;
  const key = await importSPKI(pem, 'ES256');
  const options = { algorithms: ['ES256'], audience: AUDIENCE, typ: 'JWT', requiredClaims: ['iat', 'exp'] };
  const holder = line.issuer ? { issuer: line.issuer } : { subject: 'user' };
  const { payload, protectedHeader } = await jwtVerify(line.token, key, { ...options, ...holder });
  assert.deepEqual(protectedHeader, { alg: 'ES256', kid: line.key_id, typ: 'JWT' });
  assert.deepEqual(payload, {
    ...(line.issuer ? { iss: line.issuer } : { sub: 'user' }),
    ...(line.scope.length > 0 ? { scope: line.scope } : {}),
    aud: AUDIENCE,
    iat: line.issued_at,
    exp: line.expires_at,
  });
  const [head, body, signature] = line.token.split('.');
  const swapped = signature[10] === 'A' ? 'B' : 'A';
  const changed = [head, body, signature.slice(0, 10) + swapped + signature.slice(11)].join('.');
  await assert.rejects(jwtVerify(changed, key, options), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
}

const lines = (await text(process.stdin)).trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
assert.ok(lines.length > 0, 'no tokens came');
for (const line of lines) await verify(line);
console.log(`jose: ${lines.length} passed`);
