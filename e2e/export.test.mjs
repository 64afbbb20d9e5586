// What leaves the window: a whole file where the user said, or none; text on the clipboard.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { pause } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';

const TITLE = 'Save the grid';
/** GTK takes a key for its own only when the name is in its entry. */
const DIALOG_APPEARS = 400;
/** One pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let session;
let app;

const sheet = (format, content, name = 'Permissions') => ({ title: TITLE, kind: 'A sheet', name, format, content });

before(async () => {
  session = await Session.begin();
  app = await App.start(session, { args: ['--demo'] });
});
after(async () => {
  await app?.end();
  await session?.end();
});

/** Asks for the dialog without waiting for its end, which is ours to bring about. */
const save = (request) => {
  const saved = app.invoke('export_save', request);
  saved.catch(() => {});
  return saved;
};

test('a file is written where the user says, under the name the user gave', async () => {
  const file = join(session.desktop, 'grid.csv');
  const saved = save(sheet('csv', 'Key,Apps\r\n"Zoë, CI",View\r\n'));
  await app.hands.pickFile(TITLE, file);
  assert.equal(await saved, 'grid.csv');
  assert.equal(readFileSync(file, 'utf8'), 'Key,Apps\r\n"Zoë, CI",View\r\n');
  assert.deepEqual(readdirSync(session.desktop), ['grid.csv']);
});

test('a picture arrives byte for byte, under the suggested name, in a folder of the user', async () => {
  const saved = save(sheet('png', PNG.toString('base64'), '../Permissions'));
  const dialog = await app.hands.window(TITLE);
  await pause(DIALOG_APPEARS);
  await app.hands.press(dialog, 'Return');
  assert.equal(await saved, 'Permissions.png');
  assert.deepEqual(readFileSync(join(session.home, 'Permissions.png')), PNG);
});

test('a dismissed dialog writes nothing', async () => {
  const before = readdirSync(session.desktop);
  const saved = save(sheet('svg', '<svg/>'));
  await app.hands.cancelDialog(TITLE);
  assert.equal(await saved, null);
  assert.deepEqual(readdirSync(session.desktop), before);
});

test('text is copied for other programs', async () => {
  await app.invoke('export_copy', { text: '| Key | Apps |\n| Zoë | View |\n' });
  assert.equal((await app.hands.clipboard()).trim(), '| Key | Apps |\n| Zoë | View |');
});

test('what no sheet can be is refused in words the window has', async () => {
  await assert.rejects(app.invoke('export_copy', { text: 'x'.repeat(1024 * 1024 + 1) }), /"code":"export_too_large","maximum":1/);
});
