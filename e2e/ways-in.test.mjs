// Every way a key can come in from outside the page, through the screen as a person would do it.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { KEY } from './lib/webdriver.mjs';

const throwawayKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });

const DIALOG = 'Choose .p8 files';

let session;
let app;

before(async () => {
  session = await Session.begin();
  app = await App.start(session);
  await until('the vault to open by the keyring', async () => (await app.invoke('status')).vault.state === 'open');
});

after(async () => {
  await app?.end();
  await session?.end();
});

/** The rows of the import that the sheet now shows; closes it again. */
async function offered() {
  await app.page.visible('[role=dialog]', { timeout: 15_000 });
  const names = await app.page.script("return document.querySelector('[role=dialog]').innerText;");
  await app.page.press(KEY.escape);
  await app.page.gone('[role=dialog]');
  return names;
}

test('a file dropped from another program is offered by name', async () => {
  const file = session.write('home/Downloads/AuthKey_DROPPED123.p8', throwawayKey());
  await app.drop([file]);
  assert.match(await offered(), /DROPPED123/);
});

test('a file chosen in the native dialog is offered by name', async () => {
  const file = session.write('home/Downloads/AuthKey_PICKED1234.p8', throwawayKey());
  await app.hands.press(app.window, 'ctrl+o');
  await app.hands.pickFile(DIALOG, file);
  assert.match(await offered(), /PICKED1234/);
});

test('leaving the native dialog offers nothing', async () => {
  await app.hands.press(app.window, 'ctrl+o');
  await app.hands.cancelDialog(DIALOG);
  assert.equal(await app.page.count('[role=dialog]'), 0);
});

test('text and files on the clipboard are offered', async () => {
  await app.hands.copyText(throwawayKey());
  await app.hands.press(app.window, 'ctrl+v');
  assert.match(await offered(), /Key ID/);

  await app.hands.copyFiles([session.write('home/Downloads/AuthKey_COPIED1234.p8', throwawayKey())]);
  await app.hands.press(app.window, 'ctrl+v');
  assert.match(await offered(), /COPIED1234/);
});
