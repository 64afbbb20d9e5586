// Lets other people's tools read what `cargo run -p handoff --example outputs -- FOLDER` wrote, and sign with it:
// as it was written, and as `read.py FOLDER TOKENS damage` spoilt it, which they must not get past. Prints one line
// per reader, each ending in "N passed"; anything else is a failure.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import apple from '@expo/apple-utils';
import eas from '@expo/eas-json';
import dotenv from 'dotenv';
import { decodeProtectedHeader, importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose';
import * as yaml from 'js-yaml';

const AUDIENCE = 'appstoreconnect-v1';
const manifest = JSON.parse(readFileSync(`${process.argv[2]}/manifest.json`, 'utf8'));
const counts = new Map();
const passed = (what) => counts.set(what, (counts.get(what) ?? 0) + 1);

function pemOf(text) {
  if (text.startsWith('-----BEGIN')) return text.replaceAll('\\n', '\n');
  const raw = Buffer.from(text, 'base64');
  const pem = raw.toString('latin1').startsWith('-----BEGIN');
  return pem ? raw.toString('utf8') : `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----`;
}

async function verified(one, token) {
  const spki = await importSPKI(`-----BEGIN PUBLIC KEY-----\n${one.public_key}\n-----END PUBLIC KEY-----`, 'ES256');
  const { payload } = await jwtVerify(token, spki, { audience: AUDIENCE });
  assert.equal(decodeProtectedHeader(token).kid, one.key_id);
  assert.deepEqual([payload.iss, payload.sub], one.issuer ? [one.issuer, undefined] : [undefined, 'user']);
}

async function signs(one, text) {
  const key = await importPKCS8(pemOf(text), 'ES256');
  const holder = one.issuer ? { iss: one.issuer } : { sub: 'user' };
  const token = await new SignJWT(holder)
    .setProtectedHeader({ alg: 'ES256', kid: one.key_id, typ: 'JWT' })
    .setIssuedAt().setExpirationTime('5m').setAudience(AUDIENCE).sign(key);
  await verified(one, token);
}

async function jose(one, path) {
  const text = readFileSync(path, 'utf8');
  if (!one.file.endsWith('.json')) return signs(one, text);
  const fields = JSON.parse(text);
  assert.equal(fields.key_id, one.key_id);
  assert.equal(fields.issuer_id ?? null, one.issuer);
  return signs(one, fields.key ?? fields.private_key);
}

async function variables(one, path) {
  const values = dotenv.parse(readFileSync(path));
  for (const [name, plain] of Object.entries(one.plain)) {
    assert.equal(values[name], plain);
    delete values[name];
  }
  const [key, ...more] = Object.values(values);
  assert.equal(more.length, 0);
  await signs(one, key);
}

/** eas.json as EAS reads it, and a token as EAS makes one from what it found there. */
async function submitted(one, path) {
  const [, snippet] = one.snippets.find(([language]) => language === 'json');
  const project = mkdtempSync(join(tmpdir(), 'eas-'));
  try {
    const named = JSON.parse(snippet).submit.production.ios.ascApiKeyPath;
    assert.ok(named.endsWith('/path with blank/file'));
    writeFileSync(join(project, 'eas.json'), snippet.replace(JSON.stringify(named), JSON.stringify(path)));
    const json = eas.EasJsonAccessor.fromProjectPath(project);
    const profile = await eas.EasJsonUtils.getSubmitProfileAsync(json, 'ios', 'production');
    const given = { key: readFileSync(profile.ascApiKeyPath, 'utf8'), keyId: profile.ascApiKeyId, issuerId: profile.ascApiKeyIssuerId };
    // Its maker signs at once and again when asked; the first, unasked, must not end the program when it fails.
    const unheard = () => {};
    process.once('unhandledRejection', unheard);
    try {
      await verified(one, await new apple.Token(given).getToken());
    } finally {
      await new Promise(setImmediate);
      process.off('unhandledRejection', unheard);
    }
  } finally {
    rmSync(project, { recursive: true });
  }
}

// What @electron/notarize itself checks before it runs notarytool. It is no part of its interface, so it is found by its place.
const electron = createRequire(import.meta.url).resolve('@electron/notarize').replace(/index\.js$/, 'validate-args.js');
const { validateNotaryToolAuthorizationArgs: accepts } = await import(electron);

function notarized(one, snippet) {
  let given;
  runInNewContext(`(async () => { ${snippet} })()`, { appPath: '/App.app', notarize: (all) => { given = { ...all }; } });
  assert.equal(given.appleApiKeyId, one.key_id);
  assert.equal(given.appleApiIssuer ?? null, one.issuer);
  assert.ok(accepts(given));
  passed('@electron/notarize, options accepted');
  const { appleApiKeyId: _, ...without } = given;
  assert.throws(() => accepts(without));
  passed('@electron/notarize, refused without the Key ID');
}

for (const one of manifest.outputs) {
  const damaged = join(dirname(one.file), `damaged-${basename(one.file)}`);
  assert.ok(statSync(damaged).isFile());
  const readers = [one.env ? ['dotenv', 'files of variables', variables] : ['jose', 'files and values signed with', jose]];
  if (one.form === 'eas_profile') readers.push(['@expo/eas-json and apple-utils', 'tokens made', submitted]);
  for (const [reader, what, check] of readers) {
    await check(one, one.file);
    passed(`${reader}, ${what}`);
    await assert.rejects(check(one, damaged), `${reader} got past a damaged ${one.file}`);
    passed(`${reader}, refused when damaged`);
  }
  for (const [language, snippet] of one.env ? [] : one.snippets) {
    if (['yaml', 'compose', 'workflow'].includes(language)) {
      assert.ok(yaml.load(snippet));
      passed('js-yaml, lines to paste');
    }
    if (language === 'javascript') notarized(one, snippet);
  }
}
for (const { text, quoted } of manifest.quotes) {
  if (quoted.yaml) {
    assert.equal(yaml.load(`a: ${quoted.yaml}\nb: x`).a, text);
    passed('js-yaml, nasty names');
  }
  if (quoted.javascript) {
    assert.equal(runInNewContext(quoted.javascript), text);
    passed('JavaScript, nasty names');
  }
  if (quoted.dotenv) {
    assert.deepEqual(dotenv.parse(`A=${quoted.dotenv}\nB=x\n`), { A: text, B: 'x' });
    passed('dotenv, nasty names');
  }
}
for (const [what, times] of counts) console.log(`${what}: ${times} passed`);
