// Under Wayland, with no X server to fall back on: the window comes up, is drawn, and does its job.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { throwawayKey } from './lib/keys.mjs';
import { picture } from './lib/looks.mjs';
import { cut, decode } from './lib/picture.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { ADD, rows, SHEET } from './lib/window.mjs';

let session;
let app;

before(async () => {
  session = await Session.begin({ wayland: true });
  app = await App.start(session, { args: [session.write('home/AuthKey_7GX4KQ2M9L.p8', throwawayKey())] });
});
after(async () => {
  await app?.end();
  await session?.end();
});

test('the program speaks Wayland and knows no X server', () => {
  const environment = readFileSync(`/proc/${app.pid}/environ`, 'utf8').split('\0');
  assert.ok(!environment.some((variable) => variable.startsWith('DISPLAY=')));
  assert.ok(environment.includes(`WAYLAND_DISPLAY=${session.env.WAYLAND_DISPLAY}`));
});

test('its window is shown, and drawn', async () => {
  await app.page.says(SHEET, 'AuthKey_7GX4KQ2M9L.p8');
  await until('a page that is in sight', () => app.page.script('return document.visibilityState === "visible";'));
  const drawn = decode(await app.page.picture());
  const middle = cut(drawn, [drawn.width / 2 - 200, drawn.height / 2 - 200, 400, 400]);
  assert.ok(new Set(middle.map(String)).size > 50, 'not blank');
  await picture(app, 'wayland');
});

test('a key is taken in and kept', async () => {
  await app.page.click(ADD);
  await rows(app, 1);
  assert.equal((await app.invoke('keys')).keys[0].key_id, '7GX4KQ2M9L');
});

test('where the compositor lets nobody write to the clipboard without the keyboard, nothing is copied, and that is said', async () => {
  const [{ id }] = (await app.invoke('keys')).keys;
  await assert.rejects(app.invoke('copy', { id, what: 'key_id' }), /clipboard_unavailable/);
  assert.equal(await app.invoke('clipboard'), null);
});

test('it is as large at the next start, to the pixel', async () => {
  const size = () => app.page.script('return [innerWidth, innerHeight];');
  const file = join(session.data, 'dev.keyfolio.desktop/vault/window.json');
  for (let start = 0; start < 2; start += 1) {
    const before = await size();
    await until('the size in the file', () => JSON.parse(readFileSync(file, 'utf8')).width === before[0]);
    await app.kill();
    app = await App.start(session);
    await rows(app, 1);
    assert.deepEqual(await size(), before);
  }
});
