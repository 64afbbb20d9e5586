// Times jose making the same token as ours: microseconds, as JSON.

import { readFileSync } from 'node:fs';
import { SignJWT, importPKCS8 } from 'jose';

const TURNS = 3000;
const key = await importPKCS8(readFileSync(process.argv[2], 'utf8'), 'ES256');
const now = Math.floor(Date.now() / 1000);
const make = () =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: '2X9R4HXF34', typ: 'JWT' })
    .setIssuer('57246542-96fe-1a63-e053-0824d011072a')
    .setIssuedAt(now - 60)
    .setExpirationTime(now + 600)
    .setAudience('appstoreconnect-v1')
    .sign(key);

const times = [];
for (let turn = 0; turn < TURNS; turn += 1) {
  const start = process.hrtime.bigint();
  await make();
  times.push(Number(process.hrtime.bigint() - start));
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({ jose_us: times[TURNS / 2] / 1000 }));
