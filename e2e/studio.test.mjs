// The Hand-off page, as somebody uses it in the real window: a key written to a file, set on GitHub, copied, refused; what asks first,
// what warns, and the receipts that are left of it.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { Apple, TEAM } from './lib/apple.mjs';
import { inBothThemes, key, reads, shown, silent } from './lib/asking.mjs';
import { Gh } from './lib/gh.mjs';
import { fits, picture } from './lib/looks.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { signed } from './lib/tokens.mjs';
import { choose, open, rows, SHEET } from './lib/window.mjs';

const ADMIN = '4JH6M2YB8S';
const INDIVIDUAL = 'Y6F2CT8JN5QA';
const DESTINATION = `${SHEET} input[data-autofocus]`;
const WRITE = `${SHEET} footer > button:last-of-type`;
const REPLACE = `${SHEET} [role=alert] input[type=checkbox], ${SHEET} .bad input[type=checkbox]`;
const CLIP = '[role=timer]';
/** As long as a secret stays on the clipboard here. */
const SECONDS = 4;
let session;
let apple;
let gh;
let app;
let pem;

const nameOf = async (keyId) => (await key(app, keyId)).name;
const mode = (path) => (statSync(path).mode & 0o777).toString(8);
const trimmed = (text) => text.replaceAll('\r\n', '\n').trim();
const saved = (tool, path, options) => app.hands.saveFile(`Save the key for ${tool}`, path, options);

/** Opens a tool's recipe and gives it a key. */
async function recipe(tool, keyId) {
  await app.page.click(`[role=option][data-tool=${tool}]`);
  await app.page.find(`[role=option][data-tool=${tool}][aria-selected=true]`);
  await until('the keys for it', () => app.page.script("return [...document.querySelectorAll('main button[aria-haspopup=dialog]')].some((one) => /^Cho|^Change/.test(one.textContent.trim()));"));
  await app.page.script("[...document.querySelectorAll('main button[aria-haspopup=dialog]')].find((one) => /^Cho|^Change/.test(one.textContent.trim())).click();");
  const name = await nameOf(keyId);
  const there = '[role=dialog] button[data-roving]';
  await app.page.find(there);
  await app.page.script('[...document.querySelectorAll(arguments[0])].find((one) => one.textContent.includes(arguments[1])).click();', there, name);
  await app.page.gone(there);
}

/** Chooses one of the tool's forms. */
const form = (value) => app.page.click(`main input[type=radio][value=${value}]`);

/** From the button to the sheet that asks, by the native dialog. */
async function place(button, tool, path, options) {
  await app.page.clickNamed(button);
  await saved(tool, path, options);
  await app.page.says(SHEET, 'Write the key here?');
}

before(async () => {
  session = await Session.begin();
  apple = await Apple.begin();
  gh = new Gh(session);
  pem = apple.key(`AuthKey_${ADMIN}.p8`);
  app = await App.start(session, { args: ['--demo'], env: { ...apple.env, ...gh.env, KEYFOLIO_CLIPBOARD_SECONDS: String(SECONDS) } });
  await rows(app, 12);
  await app.invoke('hint_seen', { hint: 'reach_strip' });
});
after(async () => {
  await app?.end();
  await apple?.end();
  await session?.end();
});

test('the recipes are listed by what they are for, with the kinds of key each takes', async () => {
  await app.hands.press(app.window, 'ctrl+shift+h');
  await app.page.find('[role=option][data-tool]');
  assert.ok((await app.page.count('[role=option][data-tool]')) >= 20);
  await app.page.fill('[data-find]', 'notari');
  await until('fewer of them', async () => (await app.page.count('[role=option][data-tool]')) < 12);
  await app.page.script("document.querySelector('button[aria-label=\"Clear the search\"]').click();");
  await recipe('fastlane', ADMIN);
  await reads(app, 'What it needs', 'Good to know before', 'Proved: read back and signed');
  await inBothThemes(app, 'handoff-fastlane');
});

test('a file: nothing is there until Write, and a place has to be said', async () => {
  const path = join(session.desktop, 'fastlane key.json');
  await form('fastlane_json');
  await place('Save…', 'fastlane', path);
  await reads(app, '~/Desktop/fastlane key.json', 'Nothing is written yet');
  await inBothThemes(app, 'handoff-place');
  await app.page.fill(DESTINATION, ' ');
  await app.page.click(WRITE);
  await reads(app, 'Say where the key goes');
  assert.ok(!existsSync(path));
  await app.page.fill(DESTINATION, 'Fernweh, the Mac mini under the desk');
  await app.page.click(WRITE);
  await reads(app, 'Written, read back and proved', 'Fernweh, the Mac mini under the desk');
  await app.page.gone(SHEET);
  assert.equal(mode(path), '600');
  const { key_id, issuer_id, key: inside } = JSON.parse(readFileSync(path, 'utf8'));
  assert.deepEqual([key_id, issuer_id, trimmed(inside)], [ADMIN, TEAM, trimmed(pem)]);
  assert.equal(await apple.ask(signed(inside, key_id)), 200);
  await inBothThemes(app, 'handoff-written');
});

test('a file that is there is replaced only when that is ticked', async () => {
  const path = session.write('home/Desktop/mine.json', 'somebody’s own');
  await place('Save…', 'fastlane', path, { over: true });
  await reads(app, 'There is a file of that name already');
  await app.page.fill(DESTINATION, 'My Mac');
  assert.equal(await app.page.property(WRITE, 'disabled'), true);
  assert.equal(readFileSync(path, 'utf8'), 'somebody’s own');
  await picture(app, 'handoff-exists');
  await app.page.script('document.querySelector(arguments[0]).click();', REPLACE);
  await app.page.click(WRITE);
  await app.page.gone(SHEET);
  assert.deepEqual([JSON.parse(readFileSync(path, 'utf8')).key_id, mode(path)], [ADMIN, '600']);
});

test('a link is not followed, and what it leads to stays', async () => {
  const target = session.write('home/elsewhere.txt', 'untouched');
  const path = join(session.desktop, 'link.json');
  symlinkSync(target, path);
  await place('Save…', 'fastlane', path, { over: true });
  await app.page.script('document.querySelector(arguments[0]).click();', REPLACE);
  await app.page.click(WRITE);
  await app.page.says(`${SHEET} [role=alert]`, 'link');
  await picture(app, 'handoff-link');
  await app.page.clickNamed('Cancel');
  await app.page.gone(SHEET);
  assert.equal(readFileSync(target, 'utf8'), 'untouched');
});

test('in a git work tree it says so, and keeps the file out of the next commit', async () => {
  const tree = join(session.home, 'app');
  mkdirSync(join(tree, '.git'), { recursive: true });
  await place('Save…', 'fastlane', join(tree, 'key.json'));
  await reads(app, 'git', 'Add the line /key.json');
  await inBothThemes(app, 'handoff-git');
  await app.page.fill(DESTINATION, 'The app’s folder');
  await app.page.click(WRITE);
  await app.page.gone(SHEET);
  assert.equal(readFileSync(join(tree, '.gitignore'), 'utf8'), '/key.json\n');
  assert.equal(mode(join(tree, 'key.json')), '600');
});

test('GitHub’s tool sets everything from here, and each step says how it went', async () => {
  await recipe('github_actions', ADMIN);
  await form('github_secrets');
  await app.page.clickNamed('Set with gh…');
  await app.page.says(SHEET, 'APP_STORE_CONNECT');
  await inBothThemes(app, 'handoff-gh');
  await app.page.fill(`${SHEET} input`, 'tideline');
  await app.page.click(WRITE);
  await app.page.says(SHEET, 'owner/name');
  assert.deepEqual(gh.calls(), [], 'nothing was started');
  gh.refuses(true);
  await app.page.fill(`${SHEET} input`, 'tideline/fernweh-ios');
  await app.page.click(WRITE);
  await app.page.says(SHEET, 'Resource not accessible');
  await picture(app, 'handoff-gh-refused');
  gh.refuses(false);
  await app.page.click(WRITE);
  await app.page.says(SHEET, 'Everything is set in tideline/fernweh-ios');
  await inBothThemes(app, 'handoff-gh-set');
  await app.page.clickNamed('Done');
  await app.page.gone(SHEET);
  assert.ok(gh.calls().some(({ said }) => said.startsWith('secret set APP_STORE_CONNECT_PRIVATE_KEY')));
});

test('a secret is copied only after asking, counts down, and is gone', async () => {
  await app.page.click('main button[aria-haspopup=dialog][aria-label^="Copy the private key as"]');
  await app.page.says(SHEET, 'Copy the private key?');
  await app.page.fill(DESTINATION, 'The settings of fernweh-ios, by hand');
  await picture(app, 'handoff-copy');
  await app.page.click(WRITE);
  await app.page.gone(SHEET);
  await app.page.visible(CLIP);
  assert.ok((await app.hands.clipboardKinds()).includes('x-kde-passwordManagerHint'));
  const text = await app.hands.clipboard();
  assert.ok([trimmed(text), trimmed(Buffer.from(text, 'base64').toString())].includes(trimmed(pem)));
  await app.page.gone(CLIP);
  await app.hands.clipboardEmpty({ timeout: (SECONDS + 10) * 1000 });
});

test('a tool that cannot use an Individual key says why, that nothing went, and what works instead', async () => {
  await form('github_apple_actions');
  await recipe('github_actions', INDIVIDUAL);
  await form('github_apple_actions');
  await reads(app, 'can’t use this key in this form', 'Nothing was handed over');
  assert.equal(await app.page.count('main [role=status] button') > 0, true, 'a way out');
  await inBothThemes(app, 'handoff-refused');
});

test('an Individual key has no Issuer ID in what it is given as', async () => {
  await recipe('fastlane', INDIVIDUAL);
  await form('fastlane_json');
  await reads(app, 'The Issuer ID is left out');
  assert.ok(!(await app.page.text('main .cards')).includes(TEAM));
});

test('every hand-off has its receipt, among them and in the activity', async () => {
  await app.page.script("document.querySelector('button[aria-label=\"All receipts\"]').click();");
  await reads(app, 'Receipts', 'Fernweh, the Mac mini under the desk', 'My Mac', 'The app’s folder', 'tideline/fernweh-ios', 'The settings of fernweh-ios, by hand');
  await inBothThemes(app, 'handoff-ledger');
  await app.page.script("[...document.querySelectorAll('main li button[aria-expanded]')].find((one) => one.textContent.includes('The app’s folder')).click();");
  await reads(app, 'Written readable only by you (0600)', '~/app/key.json', 'Warned of');
  await picture(app, 'handoff-receipt');
  await app.page.clickNamed('It Is No Longer There');
  await reads(app, 'gone since');
  await open(app, 'Activity');
  await reads(app, 'The settings of fernweh-ios, by hand');
  await picture(app, 'activity-handoffs');
});

test('in small and large windows everything is inside', async () => {
  await open(app, 'Hand-off');
  await recipe('github_actions', ADMIN);
  for (const [width, height] of [[900, 600], [1680, 1050], [760, 480]]) {
    await app.resize(width, height);
    await fits(app, `the studio at ${width}`);
    await picture(app, `handoff-${width}`);
  }
  await app.resize(1280, 800);
});

test('nothing of the key was ever on the page', async () => {
  await open(app, 'All Keys');
  await choose(app, ADMIN);
  await silent(app, trimmed(pem).split('\n')[1].slice(0, 20));
  assert.ok(!(await shown(app)).includes('BEGIN PRIVATE KEY'));
});
