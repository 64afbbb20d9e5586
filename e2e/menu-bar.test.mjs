// The Mac's menu bar, seen at work where there is a driver: the description that the window would send on a Mac, taken from its own
// source, is hung into the window here, opened with the keyboard, and does what it says.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { App } from './lib/app.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { ROW } from './lib/window.mjs';

const UI = fileURLToPath(new URL('../ui', import.meta.url));
const CALM = { free: true, typing: false, selected: null, canUndo: false, canRedo: false, sidebarShown: true };
let session;
let app;
let menuBar;

before(async () => {
  const vite = await import(pathToFileURL(createRequire(`${UI}/`).resolve('vite')).href);
  const source = await vite.createServer({ root: UI, configFile: `${UI}/vite.config.ts`, server: { middlewareMode: true, ws: false }, logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  ({ menuBar } = await source.ssrLoadModule('/src/app/menu-bar.ts'));
  await source.close();
  session = await Session.begin();
  app = await App.start(session, { args: ['--demo'] });
  await app.page.visible(ROW);
});
after(async () => {
  await app?.end();
  await session?.end();
});

const show = (situation) => app.invoke('menu_bar', menuBar({ ...CALM, ...situation }));
const height = () => app.page.script('return innerHeight;');
/** Opens the bar with F10, goes `right` to a menu, `down` to an item (those that cannot be used are passed over), and chooses it. */
const choose = (right, down) => app.hands.press(app.window, 'F10', ...Array(right).fill('Right'), ...Array(down).fill('Down'), 'Return');

test('no bar is in the window by itself', async () => {
  assert.equal(await height(), 800);
});

test('the whole description is understood, every shortcut of it', async () => {
  await show({});
  await until('the bar above the page', async () => (await height()) < 800);
});

test('a choice comes back to the window and does what its shortcut does', async () => {
  await choose(3, 6); // View: five shelves, then Permissions
  await app.page.says('main h1', 'Permissions');
  await choose(3, 1);
  await app.page.visible(ROW);
});

test('an item that cannot be used is passed over, and can be again', async () => {
  const width = await app.page.script('return innerWidth;');
  await show({ free: false });
  await choose(3, 2); // The shelves are grey now: Actual Size, Zoom In.
  await until('a larger page', async () => (await app.page.script('return innerWidth;')) < width);
  await choose(3, 1);
  await until('the page as it was', async () => (await app.page.script('return innerWidth;')) === width);
  await show({});
  await choose(3, 7);
  await app.page.says('main h1', 'Advisor');
  await choose(3, 1);
  await app.page.visible(ROW);
});

test('an item’s shortcut chooses it, once', async () => {
  assert.equal(await app.page.count('nav'), 1);
  await app.hands.press(app.window, 'ctrl+s'); // ⌃⌘S: both are Control here, and the page has no such shortcut.
  await app.page.gone('nav');
  await app.hands.press(app.window, 'ctrl+s');
  await app.page.visible('nav');
});

test('a shortcut that would not show, and an item nobody knows, are refused', async () => {
  const one = (item) => app.invoke('menu_bar', { menus: [{ title: 'File', role: 'ordinary', items: [item] }] });
  const keys = { key: 'Enter', main: true, control: false, alt: false, shift: false };
  await assert.rejects(one({ type: 'command', command: 'find', label: 'Find', enabled: true, keys }), /internal/);
  await assert.rejects(one({ type: 'system', act: 'run', label: 'Run' }));
});
