// Tokens in the real window: made, taken along by the clipboard for a while and no longer, shown only on request, and judged when pasted.
// Whether a token is good is not asked of the program but of a simulated Apple, which reads tokens with another library.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { Apple, TEAM } from './lib/apple.mjs';
import { key, shown, TALKATIVE, wroteNoSecret } from './lib/asking.mjs';
import { throwawayKey, traces } from './lib/keys.mjs';
import { searchMemory } from './lib/memory.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { claimsOf, signed } from './lib/tokens.mjs';
import { rows } from './lib/window.mjs';

const ADMIN = '4JH6M2YB8S';
const INDIVIDUAL = 'Y6F2CT8JN5QA';
/** As long as a secret stays on the clipboard here: long enough to look at it on a busy machine. */
const SECONDS = 4;
let session;
let apple;
let app;

/** Makes a token with a key. */
async function mint(keyId, wish = {}) {
  return app.invoke('token_mint', { key: (await key(app, keyId)).id, seconds: 600, scope: [], ...wish });
}

/** Copies it and returns what is on the clipboard. */
async function copied(token, form = 'token') {
  await app.invoke('token_copy', { id: token.id, form });
  return app.hands.clipboard();
}

/** Pastes into the inspector what somebody else copied. */
async function inspect(text) {
  await app.hands.copyText(text);
  return app.invoke('inspect_paste');
}

const lent = () => app.invoke('clipboard');
const over = () => until('the end of the loan', async () => (await lent()) === null, { timeout: (SECONDS + 10) * 1000 });

before(async () => {
  session = await Session.begin();
  apple = await Apple.begin();
  app = await App.start(session, { args: ['--demo'], env: { ...apple.env, ...TALKATIVE, KEYFOLIO_CLIPBOARD_SECONDS: String(SECONDS) } });
  await rows(app, 12);
});
after(async () => {
  await app?.end();
  await apple?.end();
  await session?.end();
});

test('a copied token is one Apple takes, marked as a secret, and gone when its time is over', async () => {
  const token = await mint(ADMIN);
  const before = Date.now();
  const clip = await app.invoke('token_copy', { id: token.id, form: 'token' });
  assert.deepEqual([clip.what, clip.seconds], ['token', SECONDS]);
  assert.ok(clip.clears_at >= before + SECONDS * 1000 && clip.clears_at <= Date.now() + SECONDS * 1000, JSON.stringify(clip));
  const kinds = await app.hands.clipboardKinds();
  assert.ok(kinds.includes('x-kde-passwordManagerHint') && !kinds.includes('SAVE_TARGETS'), kinds.join());
  assert.equal(await app.hands.clipboardAs('x-kde-passwordManagerHint'), 'secret');
  const text = await app.hands.clipboard();
  assert.deepEqual(text.split('.').slice(0, 2), token.parts);
  assert.equal(await apple.ask(text), 200);
  assert.deepEqual(await lent(), clip);
  await app.hands.clipboardEmpty({ timeout: (SECONDS + 10) * 1000 });
  assert.ok(Date.now() >= clip.clears_at, 'not before its time');
  await over();
});

for (const [what, keyId] of [['a Team key', ADMIN], ['an Individual key', INDIVIDUAL]]) {
  test(`a token of ${what} lives as long as was asked, and says what such a key must say`, async () => {
    const text = await copied(await mint(keyId, { seconds: 300 }));
    const { iss, sub, iat, exp, aud } = claimsOf(text);
    assert.deepEqual([iss, sub, aud], keyId === ADMIN ? [TEAM, undefined, 'appstoreconnect-v1'] : [undefined, 'user', 'appstoreconnect-v1']);
    const left = exp - Date.now() / 1000;
    assert.ok(left > 290 && left <= 300 && exp - iat <= 1200, JSON.stringify({ left, lifetime: exp - iat }));
    assert.equal(await apple.ask(text), 200);
  });
}

test('the longest one is taken by Apple, too', async () => {
  const text = await copied(await mint(ADMIN, { seconds: 1200 }));
  assert.equal(claimsOf(text).exp - claimsOf(text).iat, 1200);
  assert.equal(await apple.ask(text), 200);
});

test('with a scope it opens what was chosen and nothing else', async () => {
  const text = await copied(await mint(ADMIN, { scope: ['GET /v1/apps'] }));
  assert.deepEqual(claimsOf(text).scope, ['GET /v1/apps']);
  assert.equal(await apple.ask(text, '/v1/apps'), 200);
  assert.notEqual(await apple.ask(text, '/v1/users'), 200);
});

test('what somebody else copied meanwhile is left alone, and the window told that the token is gone', async () => {
  await copied(await mint(ADMIN));
  await app.hands.copyText('a shopping list');
  await over();
  assert.equal(await app.hands.clipboard(), 'a shopping list');
});

test('a second copy takes the place of the first, with its own time', async () => {
  const token = await mint(ADMIN);
  const first = await app.invoke('token_copy', { id: token.id, form: 'token' });
  const header = await copied(token, 'header');
  assert.match(header, /^Authorization: Bearer eyJ/);
  assert.ok((await lent()).clears_at > first.clears_at);
  await over();
  await app.hands.clipboardEmpty();
});

test('copying what is no secret ends the loan, and stays', async () => {
  await copied(await mint(ADMIN));
  await app.invoke('copy', { id: (await key(app, ADMIN)).id, what: 'key_id' });
  assert.equal(await lent(), null);
  assert.equal(await app.hands.clipboard(), ADMIN);
  assert.ok((await app.hands.clipboardKinds()).includes('SAVE_TARGETS'), 'no mark of a secret');
});

test('taken away at once when it is asked for', async () => {
  await copied(await mint(ADMIN));
  await app.invoke('clipboard_clear');
  await app.hands.clipboardEmpty({ timeout: 1000 });
  assert.equal(await lent(), null);
});

test('the token is shown when the user asks, and is the one that was copied', async () => {
  const token = await mint(ADMIN);
  assert.equal(await app.invoke('token_reveal', { id: token.id }), await copied(token));
});

test('a newer token takes the place of the one before, which is gone', async () => {
  const older = await mint(ADMIN);
  await mint(INDIVIDUAL);
  await assert.rejects(app.invoke('token_copy', { id: older.id, form: 'token' }), /token_gone/);
  await assert.rejects(app.invoke('token_reveal', { id: older.id }), /token_gone/);
});

test('a pasted token is judged: who signed it, and whether Apple would take it', async () => {
  const pem = apple.key(`AuthKey_${ADMIN}.p8`);
  const good = await inspect(signed(pem, ADMIN));
  assert.deepEqual([good.is, good.inspection.refused, good.inspection.signed_by?.key_id], ['token', false, ADMIN], JSON.stringify(good));

  const long = await inspect(signed(pem, ADMIN, { seconds: 1260 }));
  assert.deepEqual([long.inspection.refused, long.inspection.lifetime, long.inspection.set_duration], [true, 1260, 1140]);

  const strange = await inspect(signed(throwawayKey(), ADMIN));
  assert.deepEqual([strange.inspection.refused, strange.inspection.signed_by, strange.inspection.named?.key_id], [true, null, ADMIN]);

  assert.deepEqual((await inspect('a shopping list')).is, 'nothing');
  await app.invoke('inspect_clear');
  assert.equal(await app.invoke('inspect_again'), null);
});

test('a private key pasted there is put on offer, and reaches neither the page nor the web processes', async () => {
  const pem = throwawayKey();
  const answer = await inspect(pem);
  assert.equal(answer.is, 'private_key');
  const { rows: offered } = await app.invoke('import_view', { id: answer.import });
  assert.equal(offered.length, 1);
  const body = pem.split('\n')[1];
  assert.ok(!JSON.stringify(answer).includes(body) && !(await shown(app)).includes(body));
  for (const pid of app.processes().filter((one) => one !== app.pid)) {
    for (const [what, where] of searchMemory(pid, traces(pem))) assert.fail(`${what} of the key is in the memory of process ${pid} at ${where}`);
  }
  await app.invoke('import_cancel', { id: answer.import });
});

test('locking takes the token and its copy away at once', async () => {
  const token = await mint(ADMIN);
  await copied(token);
  await app.invoke('vault_lock');
  await app.hands.clipboardEmpty({ timeout: 1000 });
  assert.equal(await lent(), null);
  await assert.rejects(app.invoke('token_copy', { id: token.id, form: 'token' }), /token_gone|vault_locked/);
  await app.invoke('vault_unlock', { passphrase: null });
  assert.equal(await app.invoke('token'), null);
});

test('nothing of a token is kept, nor noted', async () => {
  await copied(await mint(ADMIN));
  wroteNoSecret(app, session, apple);
  const { entries } = await app.invoke('activity', {});
  assert.ok(!JSON.stringify(entries).includes('token'), JSON.stringify(entries));
});

test('it leaves the clipboard when the program is closed', async () => {
  await copied(await mint(ADMIN));
  await app.close();
  await app.hands.clipboardEmpty({ timeout: 1000 });
});
