// Twelve keys and a simulated Apple that does what Apple does, and what networks do: all verified at once, stopped, an agreement that
// is missing, a role that differs, people looked up, and everything that can stand in the way. Only Apple's answers change how a key stands.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { Apple, TEAM, VENDOR } from './lib/apple.mjs';
import { check as checkIn, ended, inBothThemes, key, over, reads, shown, silent, stands, TALKATIVE, wroteNoSecret } from './lib/asking.mjs';
import { picture } from './lib/looks.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { choose, rows } from './lib/window.mjs';

const REVOKED = 'C8N3RG7TF4PD';
const PALETTE = 'dialog[open] [role=combobox]';
let session;
let apple;
let app;

const check = (keyId) => checkIn(app, keyId);

/** What the list says of every key, as a screen reader would read it. */
const listed = () => app.page.script("return [...document.querySelectorAll('[role=option]')].map((one) => one.innerText.replace(/[\\u2066-\\u2069]/g, '').replace(/\\s+/g, ' '));");

/** Chooses a command in the palette, with the keyboard alone. */
async function command(words) {
  await app.hands.press(app.window, 'ctrl+k');
  await app.page.visible(PALETTE);
  await app.page.type(PALETTE, words);
  await until(`"${words}" to be found`, async () => (await shown(app)).toLowerCase().includes(words.toLowerCase()));
  await app.hands.press(app.window, 'Return');
}

/** Opens a page by its place in the sidebar. */
const open = (name) => until(`the place ${name}`, () => app.page.script(
  "const place = [...document.querySelectorAll('nav button')].find((one) => one.textContent.trim().startsWith(arguments[0])); place?.click(); return !!place;", name));

before(async () => {
  session = await Session.begin();
  apple = await Apple.begin();
  await apple.tell(`revoke ${REVOKED}`);
  app = await App.start(session, { args: ['--demo'], env: { ...apple.env, ...TALKATIVE } });
  await rows(app, 12);
  await app.invoke('hint_seen', { hint: 'reach_strip' });
});
after(async () => {
  await app?.end();
  await apple?.end();
  await session?.end();
});

test('all twelve are verified from the keyboard, four at a time, and every row says how it went', async () => {
  assert.equal(await apple.connections(), 0, 'nobody was asked at the start');
  await apple.tell('latency 200');
  await command('Verify all keys');
  let most = 0;
  await until('the end', async () => {
    const run = await app.invoke('run');
    const first = most < 4 && run?.lanes.length === 4;
    most = Math.max(most, run?.lanes.length ?? 0);
    if (first) await picture(app, 'verifying');
    return run?.over;
  }, { timeout: 60_000 });
  assert.equal(most, 4);
  await apple.tell('latency 0');
  const { verified, rejected, unreached, noted, total, left } = await app.invoke('run');
  assert.deepEqual({ verified, rejected, unreached, noted, total, left }, { verified: 11, rejected: 1, unreached: 0, noted: 0, total: 12, left: [] });
  await reads(app, '11 verified', '1 rejected');
  const { keys } = await app.invoke('keys');
  assert.deepEqual(keys.filter(({ standing }) => standing.code !== 'verified').map(({ key_id, standing }) => [key_id, standing.code]), [[REVOKED, 'unrecognised']]);
  assert.equal((await listed()).length, 12);
  for (const id of new Set((await apple.log()).map(({ key }) => key))) {
    const asked = (await apple.log()).filter((one) => one.key === id).length;
    assert.ok(asked <= 13, `${asked} requests with ${id}`);
  }
  await inBothThemes(app, 'verified-all');
});

test('apps appear by name', async () => {
  const { apps } = await app.invoke('keys');
  assert.deepEqual(apps.map(({ name }) => name).sort(), ['Harbour', 'Lantern', 'Tidepool']);
  await choose(app, 'Z2Q6VB5XL9RC');
  const priya = await key(app, 'Z2Q6VB5XL9RC');
  assert.deepEqual(priya.apps, { seen: 'some', ids: ['6471904425'] });
  await inBothThemes(app, 'apps');
});

test('Stop takes less than a second, whatever Apple does meanwhile', async () => {
  await apple.tell('fault silence always');
  await command('Verify all keys');
  await until('keys to be asked', async () => (await app.invoke('run'))?.lanes.length === 4);
  await app.page.clickNamed('Stop');
  const begun = Date.now();
  await until('the end', () => over(app), { timeout: 5000, every: 10 });
  const took = Date.now() - begun;
  assert.ok(took < 1000, `${took} ms`);
  const run = await app.invoke('run');
  assert.ok(run.stopped && run.left.length + run.unreached === 12, JSON.stringify(run));
  await reads(app, 'Stopped after');
  assert.equal((await key(app, REVOKED)).standing.code, 'unrecognised', 'what Apple said before still stands');
  assert.equal((await key(app, '7GX4KQ2M9L')).standing.code, 'verified');
  await picture(app, 'stopped');
  await apple.tell('calm');
  await app.invoke('run_dismiss');
});

test('a missing agreement is said once, colours no cell, and is gone when it is signed', async () => {
  const before = await app.invoke('grid', { layer: 'combined' });
  await apple.tell(`agreement ${TEAM} lapse`);
  await check('7GX4KQ2M9L');
  await stands(app, '7GX4KQ2M9L', 'agreement_missing');
  await check('R2N8V5TQ4C');
  await reads(app, 'an agreement to sign');
  assert.equal((await shown(app)).split('an agreement to sign').length - 1, 1, 'one banner');
  const during = await app.invoke('grid', { layer: 'combined' });
  assert.deepEqual(during.answers.map(({ cells }) => cells), before.answers.map(({ cells }) => cells), 'no cell has changed');
  await inBothThemes(app, 'agreement');
  await apple.tell(`agreement ${TEAM} sign`);
  await app.page.clickNamed('Check Again');
  await stands(app, '7GX4KQ2M9L', 'verified');
  await silent(app, 'an agreement to sign');
});

test('a role that differs at Apple is noticed; one is changed, the other kept', async () => {
  await apple.tell('role K9D3WX7PZ2 APP_MANAGER');
  await apple.tell('role R2N8V5TQ4C MARKETING');
  await check('K9D3WX7PZ2');
  await check('R2N8V5TQ4C');
  const fit = async (keyId) => (await app.invoke('check', { id: (await key(app, keyId)).id })).fit;
  assert.ok((await fit('K9D3WX7PZ2')).roles.includes('APP_MANAGER'), JSON.stringify(await fit('K9D3WX7PZ2')));
  await choose(app, 'K9D3WX7PZ2');
  await reads(app, 'better than Developer');
  await inBothThemes(app, 'role-fit');
  await app.page.clickNamed('Change to App Manager');
  await until('the other role', async () => (await key(app, 'K9D3WX7PZ2')).roles.includes('APP_MANAGER'));
  await silent(app, 'better than Developer');

  await choose(app, 'R2N8V5TQ4C');
  await reads(app, 'better than Developer');
  await app.page.clickNamed('Keep Developer');
  await silent(app, 'better than Developer');
  assert.equal(await fit('R2N8V5TQ4C'), null);
  assert.deepEqual((await key(app, 'R2N8V5TQ4C')).roles, ['DEVELOPER']);
});

test('with a vendor number, sales and finance are answered', async () => {
  await app.invoke('issuer_set_vendor', { issuer_id: TEAM, vendor_number: VENDOR });
  await check('M8T2ZF6KX4');
  const { answers } = await app.invoke('check', { id: (await key(app, 'M8T2ZF6KX4')).id });
  const areas = new Map(answers.map(({ area, reading }) => [area, reading]));
  assert.ok(areas.has('sales') && areas.has('finance'), JSON.stringify([...areas]));
  const asked = (await apple.log()).filter(({ target }) => /Reports\?/.test(target));
  assert.ok(asked.length >= 2 && asked.every(({ target }) => target.includes(VENDOR)));
});

test('what an Individual key’s owner may do is looked up by a Team key, and only roles and apps are kept', async () => {
  const [mina, admin] = [await key(app, 'Y6F2CT8JN5QA'), await key(app, '4JH6M2YB8S')];
  const { could_look_up } = await app.invoke('check', { id: mina.id });
  assert.ok(could_look_up.some(({ id }) => id === admin.id), JSON.stringify(could_look_up));
  await app.invoke('owner_look_up', { key: mina.id, with: admin.id, email: 'mina@example.com' });
  const { owner } = await app.invoke('check', { id: mina.id });
  assert.deepEqual([owner.roles, JSON.stringify(owner).includes('mina@')], [['DEVELOPER'], false]);
  await choose(app, 'Y6F2CT8JN5QA');
  await inBothThemes(app, 'owner');
});

for (const [front, code, kind, words] of [
  ['self_signed', 'tls', 'untrusted_issuer', 'Something on the way opens secure connections'],
  ['unknown_authority', 'tls', 'untrusted_issuer', 'Something on the way opens secure connections'],
  ['other_name', 'tls', 'wrong_name', 'The server that answered isn’t Apple’s'],
  ['expired', 'tls', 'expired', 'The certificate shown has run out'],
  ['not_yet_valid', 'tls', 'not_yet_valid', 'The certificate shown isn’t valid yet'],
  ['old_tls', 'tls', 'outdated', 'The server speaks outdated encryption only'],
  ['plain_http', 'tls', 'not_tls', 'The server that answered doesn’t encrypt'],
]) {
  test(`a server that is ${front.replaceAll('_', ' ')} never sees a request, and is told apart`, async () => {
    const stood = (await key(app, '7GX4KQ2M9L')).standing;
    await choose(app, '7GX4KQ2M9L');
    await apple.tell(`front ${front}`);
    await apple.forget();
    await check('7GX4KQ2M9L');
    await apple.tell('front good');
    const { standing } = await key(app, '7GX4KQ2M9L');
    assert.deepEqual([standing.code, standing.at], [stood.code, stood.at], 'what Apple said stays, with its date');
    assert.equal(standing.unreached.trouble.code, code, JSON.stringify(standing.unreached));
    assert.ok(JSON.stringify(standing.unreached.trouble).includes(kind), JSON.stringify(standing.unreached));
    assert.deepEqual(await apple.log(), []);
    await reads(app, words, 'last verified');
  });
}

for (const [fault, code, words] of [
  ['portal', 'portal', 'This network wants you to sign in first'],
  ['status:503:html', 'server', 'Apple’s service is having trouble'],
  ['truncated', 'garbled', 'The answer couldn’t be read'],
  ['reset', 'cut', 'The connection broke off'],
  // The last, because the key is then left alone for a minute.
  ['rate:60', 'rate_limited', 'Apple asked this key to slow down'],
]) {
  test(`${fault}: couldn’t check, and that is never "no access"`, async () => {
    await choose(app, 'B7W4NS9HD3');
    await apple.tell(`fault ${fault} always`);
    await check('B7W4NS9HD3');
    await apple.tell('calm');
    const { standing } = await key(app, 'B7W4NS9HD3');
    assert.deepEqual([standing.code, standing.unreached.trouble.code], ['verified', code]);
    await reads(app, words);
    if (fault === 'portal') await inBothThemes(app, 'couldnt-check');
  });
}

test('with nobody there, stored answers stay and are dated; the summary says what could not be reached', async () => {
  const { answers } = await app.invoke('check', { id: (await key(app, '7GX4KQ2M9L')).id });
  wroteNoSecret(app, session, apple);
  await apple.end();
  await command('Verify all keys');
  const run = await ended(app);
  assert.ok(run.verified + run.rejected === 0 && run.unreached + run.left.length === 12, JSON.stringify(run));
  const after = await app.invoke('check', { id: (await key(app, '7GX4KQ2M9L')).id });
  assert.deepEqual(after.answers, answers);
  await choose(app, '7GX4KQ2M9L');
  await reads(app, 'The connection to Apple was turned down', 'last verified');
  await inBothThemes(app, 'offline');
  await open('Permissions');
  await inBothThemes(app, 'permissions-observed');
});
