// A keyring that is missing, frozen, or comes back: said plainly, nothing lost, no restart needed.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { App } from './lib/app.mjs';
import { throwawayKey } from './lib/keys.mjs';
import { Session } from './lib/session.mjs';
import { ADD, EMPTY, OFFER, ROW, rows } from './lib/window.mjs';

const PASSPHRASE = 'four plain words here';
const PASSPHRASE_FIELD = 'input[type=password]';
let session;
let app;

afterEach(async () => {
  await app?.end();
  await session?.end();
  app = session = undefined;
});

async function addKey() {
  await app.drop([session.write('home/AuthKey_7GX4KQ2M9L.p8', throwawayKey())]);
  await app.page.visible(OFFER);
  await app.page.click(ADD);
  await rows(app, 1);
}

test('without a keyring the first start explains and offers a passphrase; the vault can be locked and opened', async () => {
  session = await Session.begin({ keyring: false });
  app = await App.start(session);
  await app.page.says('h1', 'Choose a passphrase');
  await app.page.type(`${PASSPHRASE_FIELD}`, PASSPHRASE);
  const again = (await app.page.all(PASSPHRASE_FIELD)).length;
  assert.equal(again, 2, 'it is asked twice');
  await app.page.script(`document.querySelectorAll('${PASSPHRASE_FIELD}')[1].focus()`);
  await app.hands.type(app.window, PASSPHRASE);
  await app.hands.press(app.window, 'Return');
  await app.page.visible(EMPTY, { timeout: 20_000 });
  await addKey();

  await app.page.clickNamed('Lock');
  await app.page.says('h1', 'Keyfolio is locked');
  assert.equal(await app.page.count(ROW), 0, 'a locked vault lists nothing');
  await app.page.type(PASSPHRASE_FIELD, 'four wrong words here');
  await app.hands.press(app.window, 'Return');
  await app.page.says('[role=alert], .problem', 'passphrase', { timeout: 20_000 });
  await app.page.fill(PASSPHRASE_FIELD, PASSPHRASE);
  await app.hands.press(app.window, 'Return');
  await rows(app, 1);

  await app.close();
  app = await App.start(session);
  await app.page.says('h1', 'Keyfolio is locked');
});

test('a keyring that starts later is used without a restart of the program', async () => {
  session = await Session.begin({ keyring: false });
  app = await App.start(session);
  await app.page.says('h1', 'Choose a passphrase');
  await session.startKeyring();
  await app.page.clickNamed('Try Again');
  await app.page.visible(EMPTY, { timeout: 20_000 });
});

test('a keyring that is gone at the next start locks the vault and deletes nothing', async () => {
  session = await Session.begin();
  app = await App.start(session);
  await addKey();
  await app.close();
  await session.killKeyring();
  app = await App.start(session);
  await app.page.says('h1', 'Keyfolio is locked');
  await session.startKeyring();
  await app.page.clickNamed('Unlock with the Keyring');
  await rows(app, 1);
});

test('a keyring that hangs does not freeze the window', async () => {
  session = await Session.begin();
  app = await App.start(session);
  await addKey();
  await app.close();
  session.freezeKeyring();
  app = await App.start(session);
  const begun = Date.now();
  await app.page.script('return 1');
  assert.ok(Date.now() - begun < 1000, 'the page answers while the keyring hangs');
  session.thawKeyring();
  await rows(app, 1);
});
