// Throwaway key files, made afresh for each test. Apple knows none of them.

import { generateKeyPairSync } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A private key as Apple delivers it: PKCS#8 PEM. */
export const throwawayKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });

/** A team that does not exist. */
export const ISSUER = '57246542-96fe-1a63-e053-0824d011a9b3';

/** What of a key must never be found where it does not belong: parts of the PEM body, in one piece or in its lines, and the bare private number. */
export function traces(pem) {
  const lines = pem.replaceAll('\\n', '\n').replaceAll('"', '').split('\n').map((line) => line.trim());
  const body = lines.filter((line) => line && !line.includes('-----')).join('');
  const der = Buffer.from(body, 'base64');
  const scalar = der.subarray(36, 68);
  return {
    'the PEM body': Buffer.from(body.slice(40, 80)),
    'the first line of the PEM body': Buffer.from(body.slice(48, 64)),
    'the second line of the PEM body': Buffer.from(body.slice(64, 90)),
    'the file in base64': Buffer.from(Buffer.from(lines.join('\n')).toString('base64').slice(104, 124)),
    'the PEM body in UTF-16': Buffer.from(body.slice(40, 80), 'utf16le'),
    'the private number': scalar,
    'the private number in hex': Buffer.from(scalar.toString('hex')),
    'the private number in base64': Buffer.from(scalar.toString('base64').slice(0, 42)),
  };
}

/** Every regular file under a folder. */
export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
