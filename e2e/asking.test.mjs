// A key's whole story with Apple, in the real window: a renamed file whose kind is a guess is brought in, Apple is asked what it is, it is
// added and verified, revoked at Apple, and said to be so; the next start still knows. Apple is simulated; everything else is real.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { Apple, TEAM } from './lib/apple.mjs';
import { ended, inBothThemes, key, reads, stands, TALKATIVE, wroteNoSecret } from './lib/asking.mjs';
import { searchMemory } from './lib/memory.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { ADD, choose, EMPTY, ISSUER_FIELD, OFFER, ROW, rows, SHEET } from './lib/window.mjs';

const KNOWN = '4JH6M2YB8S';
const UNKNOWN = 'Y6F2CT8JN5QA';
const brought = [];
let session;
let apple;
let app;

function bring(name, content) {
  const file = session.write(`home/Downloads/${name}`, content);
  brought.push(file);
  return file;
}

before(async () => {
  session = await Session.begin();
  apple = await Apple.begin();
  app = await App.start(session, { env: { ...apple.env, ...TALKATIVE } });
});
after(async () => {
  await app?.end();
  await apple?.end();
  await session?.end();
});

test('nobody is asked anything when it starts, nor when a key is offered', async () => {
  await app.page.visible(EMPTY);
  await app.drop([bring(`AuthKey_${KNOWN}.p8`, apple.key(`AuthKey_${KNOWN}.p8`))]);
  await app.page.visible(ISSUER_FIELD);
  assert.equal(await apple.connections(), 0);
});

test('a key is checked when it is added, by itself', async () => {
  await app.page.fill(ISSUER_FIELD, TEAM);
  await app.page.click(ADD);
  await rows(app, 1);
  const { id, version } = await stands(app, KNOWN, 'verified');
  await app.invoke('key_update', { id, version, patch: { roles: ['ADMIN'] } });
  const asked = await apple.log();
  assert.ok(asked.length <= 12 && asked.every(({ method }) => method === 'GET'), JSON.stringify(asked));
});

test('the kind of a file renamed for a tool is a guess until Apple is asked', async () => {
  await app.drop([bring(`AuthKey_${UNKNOWN}.p8`, apple.key(`ApiKey_${UNKNOWN}.p8`))]);
  await app.page.visible(OFFER);
  await inBothThemes(app, 'import-unknown');
  const asked = (await apple.log()).length;
  await app.page.clickNamed('Ask Apple');
  await app.page.says(SHEET, 'Individual, says Apple');
  assert.ok((await apple.log()).length > asked);
  await inBothThemes(app, 'import-known');
  await app.page.click(ADD);
  await rows(app, 2);
  const found = await stands(app, UNKNOWN, 'verified');
  assert.deepEqual([found.kind, found.issuer_id], ['individual', null]);
});

test('what Apple answered is shown for the key: verified, its apps by name, answers beside the documented ones', async () => {
  await choose(app, UNKNOWN);
  await reads(app, 'Verified');
  const { answers } = await app.invoke('check', { id: (await key(app, UNKNOWN)).id });
  assert.ok(answers.length >= 5, `${answers.length} answers`);
  await inBothThemes(app, 'verified');
});

test('revoked at Apple: the next check says so, with the causes, what is safe and what was ruled out', async () => {
  await apple.tell(`revoke ${UNKNOWN}`);
  await app.page.clickNamed('Verify');
  await stands(app, UNKNOWN, 'unrecognised');
  await reads(app, 'Apple doesn’t recognise this key', 'It was revoked or replaced', 'Nothing was changed.', 'Ruled out', 'another key works');
  await inBothThemes(app, 'unrecognised');
});

test('it needs attention, and the other key does not', async () => {
  await until('the shelf', () => app.page.script(
    "const shelf = [...document.querySelectorAll('nav button')].find((one) => one.textContent.includes('Needs Attention')); shelf?.click(); return !!shelf;"));
  await until('one key on it', async () => (await app.page.count(ROW)) === 1);
  assert.match(await app.page.text(ROW), new RegExp(UNKNOWN));
  await inBothThemes(app, 'attention');
});

test('Activity has both checks, with every request, and the file that was brought in', async () => {
  await until('the page', () => app.page.script(
    "const place = [...document.querySelectorAll('nav button')].find((one) => one.textContent.trim().startsWith('Activity')); place?.click(); return !!place;"));
  await reads(app, `Added from AuthKey_${UNKNOWN}.p8`);
  const { entries } = await app.invoke('activity', { group: 'verification', key: (await key(app, UNKNOWN)).id, limit: 200 });
  const checks = entries.filter(({ deed }) => deed.what === 'checked');
  assert.deepEqual(checks.map(({ deed }) => deed.standing), ['unrecognised', 'verified']);
  assert.ok(checks.every(({ deed }) => deed.requests.length > 0 && deed.requests.every(({ request }) => request.startsWith('GET /v'))));
  assert.ok(checks[0].failure && !checks[1].failure);
  await inBothThemes(app, 'activity');
});

test('locking stops a run, and nothing is asked of a locked vault', async () => {
  await apple.tell('fault silence always');
  await app.invoke('verify', { keys: null, depth: 'normal' });
  await until('a key to be asked', async () => (await app.invoke('run'))?.lanes.length > 0);
  const begun = Date.now();
  await app.invoke('vault_lock');
  await until('the run to be over', async () => (await app.invoke('run'))?.over ?? true, { timeout: 3000 });
  assert.ok(Date.now() - begun < 1500, `${Date.now() - begun} ms`);
  await assert.rejects(app.invoke('verify', { keys: null, depth: 'normal' }), /locked/);
  await apple.tell('calm');
  await app.invoke('vault_unlock', { passphrase: null });
});

test('after a restart verdicts and log are there, and nobody was asked again', async () => {
  const before = (await app.invoke('keys')).keys.map(({ key_id, standing }) => [key_id, standing.code, standing.at]);
  wroteNoSecret(app, session, apple, brought);
  await app.close();
  await apple.forget();
  app = await App.start(session, { env: { ...apple.env, ...TALKATIVE } });
  await until('two keys', async () => (await app.invoke('keys').catch(() => null))?.keys.length === 2);
  const again = (await app.invoke('keys')).keys.map(({ key_id, standing }) => [key_id, standing.code, standing.at]);
  assert.deepEqual(again.sort(), before.sort());
  const { entries } = await app.invoke('activity', { limit: 200 });
  assert.ok(entries.filter(({ deed }) => deed.what === 'checked').length >= 3);
  assert.deepEqual(await apple.log(), []);
});

test('with every log at its loudest, no token and no key was written or printed, and none is in the web processes', async () => {
  await app.invoke('verify', { keys: null, depth: 'thorough' });
  await ended(app);
  assert.ok((await apple.log()).length > 0);
  wroteNoSecret(app, session, apple, brought);
  for (const pid of app.processes().filter((one) => one !== app.pid)) {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    // {"alg":"ES256" in base64url: how every token of ours begins.
    for (const [what, where] of searchMemory(pid, { 'a token': Buffer.from('eyJhbGciOiJFUzI1NiIs') })) assert.fail(`${what} is in the memory of ${name} at ${where}`);
  }
});
