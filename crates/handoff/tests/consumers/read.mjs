// Lets other people's tools read what `cargo run -p handoff --example outputs -- FOLDER` wrote, and sign with it.
// Ends with what each reader read, or with what is wrong.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import dotenv from 'dotenv';
import { importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose';
import * as yaml from 'js-yaml';

const AUDIENCE = 'appstoreconnect-v1';
const manifest = JSON.parse(readFileSync(`${process.argv[2]}/manifest.json`, 'utf8'));
const counts = new Map();
const count = (what) => counts.set(what, (counts.get(what) ?? 0) + 1);

function pemOf(text) {
  if (text.startsWith('-----BEGIN')) return text.replaceAll('\\n', '\n');
  const raw = Buffer.from(text, 'base64');
  const pem = raw.toString('latin1').startsWith('-----BEGIN');
  return pem ? raw.toString('utf8') : `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----`;
}

async function signs(text, one) {
  const key = await importPKCS8(pemOf(text), 'ES256');
  const spki = await importSPKI(`-----BEGIN PUBLIC KEY-----\n${one.public_key}\n-----END PUBLIC KEY-----`, 'ES256');
  const holder = one.issuer ? { iss: one.issuer } : { sub: 'user' };
  const token = await new SignJWT(holder)
    .setProtectedHeader({ alg: 'ES256', kid: one.key_id, typ: 'JWT' })
    .setIssuedAt().setExpirationTime('5m').setAudience(AUDIENCE).sign(key);
  await jwtVerify(token, spki, { audience: AUDIENCE });
  count('jose: outputs signed with');
}

function keyIn(one, text) {
  if (!one.file.endsWith('.json')) return text;
  const fields = JSON.parse(text);
  assert.equal(fields.key_id, one.key_id);
  assert.equal(fields.issuer_id ?? null, one.issuer);
  return fields.key ?? fields.private_key;
}

// What @electron/notarize itself checks before it runs notarytool. Not part of its interface, so only if it is there.
async function electronOptions() {
  try {
    const require = createRequire(import.meta.url);
    const root = require.resolve('@electron/notarize').replace(/index\.js$/, 'validate-args.js');
    return (await import(root)).validateNotaryToolAuthorizationArgs;
  } catch {
    return undefined;
  }
}

const accepts = await electronOptions();
for (const one of manifest.outputs) {
  const text = readFileSync(one.file, 'utf8');
  if (one.env) {
    const values = dotenv.parse(text);
    for (const [name, plain] of Object.entries(one.plain)) {
      assert.equal(values[name], plain);
      delete values[name];
    }
    const [key, ...more] = Object.values(values);
    assert.equal(more.length, 0);
    await signs(key, one);
    count('dotenv: files of variables read');
    continue;
  }
  await signs(keyIn(one, text), one);
  for (const [language, snippet] of one.snippets) {
    if (['yaml', 'compose', 'workflow'].includes(language)) {
      assert.ok(yaml.load(snippet));
      count('js-yaml: snippets read');
    }
    if (language === 'json') {
      const ios = JSON.parse(snippet).submit.production.ios;
      assert.deepEqual([ios.ascApiKeyId, ios.ascApiKeyIssuerId], [one.key_id, one.issuer]);
      count('JSON: snippets read');
    }
    if (language === 'javascript') {
      let given;
      runInNewContext(`(async () => { ${snippet} })()`, { appPath: '/App.app', notarize: (all) => { given = all; } });
      assert.equal(given.appleApiKeyId, one.key_id);
      assert.equal('appleApiIssuer' in given, one.issuer !== null);
      if (accepts) {
        const { appleApiKey, appleApiKeyId, ...rest } = given;
        const issuer = rest.appleApiIssuer ? { appleApiIssuer: rest.appleApiIssuer } : {};
        try {
          accepts({ appleApiKey, appleApiKeyId, ...issuer });
          count(`@electron/notarize: options of ${one.kind} keys accepted`);
        } catch (error) {
          count(`@electron/notarize: options of ${one.kind} keys refused (${error.message})`);
        }
      }
    }
  }
}
for (const { text, quoted } of manifest.quotes) {
  if (quoted.yaml) {
    assert.equal(yaml.load(`a: ${quoted.yaml}\nb: x`).a, text);
    count('js-yaml: nasty names read');
  }
  if (quoted.javascript) {
    assert.equal(runInNewContext(quoted.javascript), text);
    count('JavaScript: nasty names read');
  }
  if (quoted.dotenv) {
    assert.deepEqual(dotenv.parse(`A=${quoted.dotenv}\nB=x\n`), { A: text, B: 'x' });
    count('dotenv: nasty names read');
  }
}
for (const [what, times] of counts) console.log(`${what}: ${times}`);
