// Two hundred keys at once: offered, stored in one go, and listed without two hundred rows in the page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { throwawayKey } from './lib/keys.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { ADD, ROW, SHEET } from './lib/window.mjs';

const COUNT = 200;
let session;
let app;

before(async () => {
  session = await Session.begin();
  const files = Array.from({ length: COUNT }, (_, number) =>
    session.write(`home/keys/AuthKey_MANY${String(number).padStart(6, '0')}.p8`, throwawayKey()));
  app = await App.start(session, { args: files });
});
after(async () => {
  await app?.end();
  await session?.end();
});

test('two hundred files are read and offered', async () => {
  await app.page.says(SHEET, `Add ${COUNT} keys`, { timeout: 30_000 });
});

test('they are stored together', async () => {
  await app.page.click(ADD);
  await app.page.gone(SHEET, { timeout: 30_000 });
  const { keys } = await app.invoke('keys');
  assert.equal(keys.length, COUNT);
});

test('the list holds only the rows in view, and End reaches the last key', async () => {
  await app.page.visible(ROW);
  assert.ok((await app.page.count(ROW)) < 80, `${await app.page.count(ROW)} rows are in the page`);
  await app.page.click(ROW);
  await app.hands.press(app.window, 'End');
  await until('the last key', () => app.page.script(`return document.querySelector('${ROW}[aria-selected=true]')?.getAttribute('aria-posinset') === '${COUNT}';`));
  assert.ok((await app.page.count(ROW)) < 80);
});
