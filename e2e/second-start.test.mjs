// One program per vault: a second start shows the first window and hands over the files it was given.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { throwawayKey } from './lib/keys.mjs';
import { output } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { OFFER, ROW, SHEET } from './lib/window.mjs';

let session;
let app;

before(async () => {
  session = await Session.begin();
});
after(async () => {
  await app?.end();
  await session?.end();
});

test('files named at the start are offered, as "Open with" does', async () => {
  const file = session.write('home/AuthKey_7GX4KQ2M9L.p8', throwawayKey());
  app = await App.start(session, { args: [file] });
  await app.page.says(SHEET, 'AuthKey_7GX4KQ2M9L.p8');
  await app.hands.press(app.window, 'Escape');
  await app.page.gone(SHEET);
});

test('a second start ends, and its files are offered in the first window', async () => {
  const file = session.write('home/AuthKey_R2N8V5TQ4C.p8', throwawayKey());
  await output(process.env.KEYFOLIO_BINARY, [file], { env: session.env });
  await app.page.says(SHEET, 'AuthKey_R2N8V5TQ4C.p8');
  assert.equal(await app.page.count(OFFER), 1);
});

test('the demo, which has data of its own, opens beside it', async () => {
  const demo = await App.start(session, { args: ['--demo'] });
  try {
    await demo.page.visible(ROW);
    assert.ok(await app.page.script('return document.hasFocus() || document.visibilityState === "visible";'), 'the first one is still there');
  } finally {
    await demo.end();
  }
});
