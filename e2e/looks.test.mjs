// What everybody must be able to use: both themes, small windows, 200 % zoom, a screen reader's names, hostile names.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { violations } from './lib/accessibility.mjs';
import { App } from './lib/app.mjs';
import { throwawayKey } from './lib/keys.mjs';
import { fits, picture, wear } from './lib/looks.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { ADD, choose, EMPTY, OFFER, ROW, rows, SHEET } from './lib/window.mjs';

const HOSTILE = '<img src=x onerror=alert(1)>\u202Etxt.p8 \u0007 and a name that goes on and on and on and on and on and on and on and on';
let session;
let app;

async function inBothThemes(name) {
  for (const appearance of ['light', 'dark']) {
    await wear(app, appearance);
    assert.deepEqual(await violations(app.page), [], `${name}, ${appearance}`);
    await picture(app, `${name}-${appearance}`);
  }
}

before(async () => {
  session = await Session.begin();
  app = await App.start(session);
  await app.page.visible(EMPTY);
});
after(async () => {
  await app?.end();
  await session?.end();
});

test('the empty state has no accessibility violation in either theme', () => inBothThemes('empty'));

test('neither has the import sheet', async () => {
  await app.drop([
    session.write('home/AuthKey_7GX4KQ2M9L.p8', throwawayKey()),
    session.write('home/ApiKey_3KX7QWN92MVD.p8', throwawayKey()),
    session.write('home/SubscriptionKey_9QZ4T7LM2X.p8', throwawayKey()),
    session.write('home/Distribution.cer', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
  ]);
  await app.page.visible(OFFER);
  await inBothThemes('sheet');
  await app.page.click(ADD);
  await rows(app, 2);
});

test('nor the main window', async () => {
  const { keys } = await app.invoke('keys');
  for (const key of keys) {
    const roles = [key.kind === 'team' ? 'APP_MANAGER' : 'DEVELOPER'];
    await app.invoke('key_update', { id: key.id, version: key.version, patch: { roles } });
  }
  await choose(app, '7GX4KQ2M9L');
  await app.page.says('table', 'Notarization');
  await inBothThemes('main');
});

for (const [width, height] of [[1280, 800], [900, 600], [1680, 1050], [760, 480]]) {
  test(`at ${width}x${height} nothing sticks out of the window`, async () => {
    await app.resize(width, height);
    await fits(app);
    await picture(app, `main-${width}`);
  });
}

test('a hostile name is shown as text, with its invisible characters made visible', async () => {
  await app.resize(1280, 800);
  const { keys } = await app.invoke('keys');
  const key = keys[0];
  await app.invoke('key_update', { id: key.id, version: key.version, patch: { name: HOSTILE } });
  await app.page.says(ROW, 'onerror');
  assert.equal(await app.page.count('img[src=x]'), 0);
  const shown = await app.page.property('h1, h2', 'textContent');
  assert.ok(!/[\u202A-\u202E\u2066-\u2069\u0000-\u0008]/.test(shown), 'no control character reaches the screen');
  await fits(app);
  await picture(app, 'hostile');
});

test('at 200 % zoom everything is still there', async () => {
  await app.resize(1280, 800);
  for (let step = 0; step < 5; step += 1) await app.hands.press(app.window, 'ctrl+plus');
  await until('a page half as wide', () => app.page.script('return innerWidth === 640;'));
  await fits(app);
  await picture(app, 'zoom');
  await app.hands.press(app.window, 'ctrl+0');
  await until('a page as wide as before', () => app.page.script('return innerWidth === 1280;'));
});

test('the first key can be added with the keyboard alone', async () => {
  session.write('home/.appstoreconnect/private_keys/AuthKey_M8T2ZF6KX4.p8', throwawayKey());
  await app.hands.press(app.window, 'ctrl+shift+o');
  await app.page.says(SHEET, 'AuthKey_M8T2ZF6KX4.p8');
  await app.hands.press(app.window, 'Return');
  await app.page.gone(SHEET);
  await rows(app, 3);
});
