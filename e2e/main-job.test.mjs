// The main job, in the real window: keys go in by every way, rest sealed, are there after a restart, show what they
// may do, and can be removed and brought back.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { filesIn, ISSUER, throwawayKey, traces } from './lib/keys.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { KEY } from './lib/webdriver.mjs';
import { ADD, attend, choose, EMPTY, ISSUER_FIELD, listed, OFFER, ROW, rows, SHEET } from './lib/window.mjs';

const PICTURES = process.env.KEYFOLIO_PICTURES;
const pasted = throwawayKey();
/** Every file with a key that was brought in, and what it holds. */
const brought = new Map();
let session;
let app;

function keyFile(path, content = throwawayKey()) {
  const file = session.write(path, content);
  brought.set(file, content);
  return file;
}

async function picture(name) {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, `${name}.png`), await app.page.picture());
}

before(async () => {
  session = await Session.begin();
  app = await App.start(session);
});
after(async () => {
  await app?.end();
  await session?.end();
});

test('an empty library invites', async () => {
  await app.page.visible(EMPTY);
  await picture('empty');
});

test('the first Team key takes three actions: drop, paste the Issuer ID, Return', async () => {
  await app.hands.copyText(ISSUER);
  const file = keyFile('home/Downloads/AuthKey_7GX4KQ2M9L.p8');

  await app.drop([file]);
  await app.page.visible(ISSUER_FIELD);
  await until('the keyboard', () => app.page.script('return document.hasFocus();'));
  await app.hands.press(app.window, 'ctrl+v');
  await until('the Issuer ID', async () => (await app.page.property(ISSUER_FIELD, 'value')).includes(ISSUER));
  await picture('sheet-first');
  await app.hands.press(app.window, 'Return');

  await app.page.gone(SHEET);
  await rows(app, 1);
  const { keys } = await app.invoke('keys');
  assert.equal(keys[0].key_id, '7GX4KQ2M9L');
  assert.equal(keys[0].issuer_id, ISSUER);
  await picture('first-key');
});

test('the next Team key takes two: drop, Return', async () => {
  await app.drop([keyFile('home/Downloads/AuthKey_R2N8V5TQ4C.p8')]);
  await app.page.visible(OFFER);
  await attend(app);
  await app.hands.press(app.window, 'Return');
  await rows(app, 2);
  const { keys } = await app.invoke('keys');
  assert.equal(keys.find((key) => key.key_id === 'R2N8V5TQ4C').issuer_id, ISSUER, 'the one known team is taken');
});

test('an Individual key takes two as well', async () => {
  await app.drop([keyFile('home/Downloads/ApiKey_3KX7QWN92MVD.p8')]);
  await app.page.visible(OFFER);
  await attend(app);
  await app.hands.press(app.window, 'Return');
  await rows(app, 3);
  const { keys } = await app.invoke('keys');
  assert.equal(keys.find((key) => key.key_id === '3KX7QWN92MVD').kind, 'individual');
});

test('of three dropped files one is mended, one is left out with the reason, and the good ones are added', async () => {
  const mangled = `\uFEFF  "${throwawayKey().trim().replaceAll('\n', '\\n')}"`;
  const files = [
    keyFile('drop/AuthKey_L5C8RX2TVN.p8'),
    keyFile('drop/AuthKey_9QF4ZT7WLM.p8', mangled),
    session.write('drop/Distribution.cer', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
  ];
  const held = await app.hands.drag(files, await app.pointOn('body'));
  await app.page.says('body', 'Drop to add 2 keys');
  await picture('drop');
  await held.drop();
  await app.page.says(SHEET, 'Distribution.cer');
  assert.equal(await app.page.count(OFFER), 2);
  assert.match(await app.page.text(SHEET), /certificate/i);
  await picture('sheet');
  assert.match(await app.page.property(SHEET, 'textContent'), /repairs|restored|removed/i);
  await app.page.click(ADD);
  await rows(app, 5);
});

test('a key comes in through the native file dialog', async () => {
  const file = keyFile('home/Desktop/AuthKey_K9D3WX7PZ2.p8');
  await app.hands.press(app.window, 'ctrl+o');
  await app.hands.pickFile('Choose .p8 files', file);
  await app.page.visible(OFFER);
  await app.page.click(ADD);
  await rows(app, 6);
});

test('a dismissed file dialog changes nothing', async () => {
  await app.hands.press(app.window, 'ctrl+o');
  await app.hands.cancelDialog('Choose .p8 files');
  assert.equal(await app.page.count(SHEET), 0);
});

test('a key comes in from the clipboard, and only its Key ID is asked', async () => {
  await app.hands.copyText(pasted);
  await attend(app);
  await app.hands.press(app.window, 'ctrl+v');
  await app.page.visible(`${OFFER} [data-part=key-id] input`);
  await app.page.fill(`${OFFER} [data-part=key-id] input`, '4JH6M2YB8S');
  await app.page.click(ADD);
  await rows(app, 7);
});

test('files copied in a file manager are offered', async () => {
  await app.hands.copyFiles([keyFile('home/AuthKey_V5C9QL3RT7.p8')]);
  await attend(app);
  await app.hands.press(app.window, 'ctrl+v');
  await app.page.says(SHEET, 'AuthKey_V5C9QL3RT7.p8');
  await app.hands.press(app.window, 'Escape');
  await app.page.gone(SHEET);
});

test('what lies in the usual places is found, and nothing is added until chosen', async () => {
  keyFile('home/.appstoreconnect/private_keys/AuthKey_M8T2ZF6KX4.p8');
  await attend(app);
  await app.hands.press(app.window, 'ctrl+shift+o');
  await app.page.says(SHEET, 'AuthKey_M8T2ZF6KX4.p8');
  await app.hands.press(app.window, 'Escape');
  await app.page.gone(SHEET);
  assert.equal(await app.page.count(ROW), 7);
});

test('after a restart everything is there', async () => {
  const names = await listed(app);
  await app.close();
  app = await App.start(session);
  await rows(app, 7);
  assert.deepEqual(await listed(app), names);
});

test('the ledger shows what the key may do, in eleven areas, beside the other kind', async () => {
  await choose(app, '7GX4KQ2M9L');
  await app.page.says('table', 'Notarization');
  const words = await app.page.property('table', 'textContent');
  for (const part of ['Either key type', 'Team keys only', 'Finance reports', 'if you made one']) assert.ok(words.includes(part), `"${part}" is in the ledger`);
  await picture('ledger');
});

test('a key whose file is still there is removed at once, and can be brought back', async () => {
  const before = await listed(app);
  await choose(app, '7GX4KQ2M9L');
  await app.page.press(KEY.delete);
  await rows(app, 6);
  await picture('removed');
  await app.hands.press(app.window, 'ctrl+z');
  await rows(app, 7);
  assert.deepEqual(await listed(app), before);
});

test('the only known copy is not removed without a question, and the safe answer is the first', async () => {
  await choose(app, '4JH6M2YB8S');
  await app.page.press(KEY.delete);
  await app.page.says('dialog[open]', 'only copy');
  await picture('only-copy');
  await app.page.press(KEY.enter);
  await app.page.gone('dialog[open]');
  await rows(app, 7);
});

test('no file that was brought in was changed, and no key lies on the disk in the open', async () => {
  for (const [name, pem] of brought) assert.equal(readFileSync(name, 'utf8'), pem, `${name} is as it was`);
  const secrets = [...brought.values(), pasted].map(traces);
  for (const file of filesIn(session.folder).filter((file) => !brought.has(file))) {
    const bytes = readFileSync(file);
    for (const secret of secrets) {
      for (const [what, trace] of Object.entries(secret)) assert.ok(!bytes.includes(trace), `${what} of a key is in ${file}`);
    }
  }
});
