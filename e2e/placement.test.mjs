// The window comes back where it was, as large as it was and with what it showed, and never where nobody can see it.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { throwawayKey } from './lib/keys.mjs';
import { output, until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { ADD, choose, EMPTY, ROW, rows } from './lib/window.mjs';

const FIRST = { width: 1280, height: 800 };
let session;
let app;
let file;

before(async () => {
  session = await Session.begin();
  file = join(session.data, 'dev.keyfolio.desktop/vault/window.json');
});
afterEach(() => app?.end());
after(() => session?.end());

async function open(options) {
  app = await App.start(session, options);
  await app.page.visible(EMPTY);
}
/** Where the content is, as the X server says; xdotool counts the frame twice. */
async function geometry() {
  const said = await output('xwininfo', ['-id', app.window], { env: session.env });
  const number = (name) => Number(new RegExp(`${name}: +(-?\\d+)`).exec(said)[1]);
  return { x: number('Absolute upper-left X'), y: number('Absolute upper-left Y'), width: number('Width'), height: number('Height') };
}
const size = async () => {
  const { width, height } = await geometry();
  return { width, height };
};
const remembered = () => JSON.parse(readFileSync(file, 'utf8'));
const maximized = async () => (await output('xprop', ['-id', app.window, '_NET_WM_STATE'], { env: session.env })).includes('MAXIMIZED_VERT');
/** Closes it the way a person does, and opens it again. */
async function again() {
  await app.close();
  await open();
}

test('the first window is in the middle and of the first size', async () => {
  await open();
  assert.deepEqual(await size(), FIRST);
});

test('it comes back where it was and as large', async () => {
  await open();
  await app.resize(1000, 700);
  await app.hands.place(app.window, 333, 222);
  const before = await until('the window where it was put', async () => {
    const now = await geometry();
    return now.x >= 333 && now.x < 360 && now.y >= 222 && now.y < 260 ? now : null;
  });
  for (let start = 0; start < 3; start += 1) {
    await again();
    // Not a pixel each time, which nobody notices until the window has walked off.
    assert.deepEqual(await geometry(), before, `start ${start + 2}`);
  }
});

test('what was last at rest is kept even when the program is killed', async () => {
  await open();
  await app.resize(1100, 640);
  await until('the size in the file', () => remembered().width === 1100 && remembered().height === 640);
  await app.kill();
  await open();
  assert.deepEqual(await size(), { width: 1100, height: 640 });
});

test('a window that filled the screen fills it again, and goes back to its own size', async () => {
  await open();
  const own = await size();
  // As a double click on a bar of the page does where the page has the title bar.
  await app.invoke('title_bar', { touch: 'double_click' });
  await until('a window that fills the screen', maximized);
  await again();
  await until('a window that fills the screen again', maximized);
  await app.invoke('title_bar', { touch: 'double_click' });
  await until('its own size', async () => !(await maximized()) && JSON.stringify(await size()) === JSON.stringify(own));
});

for (const [what, content] of [
  ['is damaged', '{"x": 12,'],
  ['is hostile', JSON.stringify({ x: 2 ** 31, y: 0, width: 1e308, height: -1, maximized: 'yes' })],
  ['is large', 'x'.repeat(8_000_000)],
]) {
  test(`a file that ${what} is as good as none`, async () => {
    writeFileSync(file, content);
    await open();
    assert.deepEqual(await size(), FIRST);
  });
}

test('a window of a screen that is gone comes to the one that is there, no larger than it', async () => {
  writeFileSync(file, JSON.stringify({ x: 5000, y: -3000, width: 4000, height: 3000, maximized: false }));
  await open();
  const { x, y, width, height } = await geometry();
  assert.ok(x >= 0 && y >= 0 && x + width <= 1700 && y + height <= 1100, JSON.stringify({ x, y, width, height }));
});

test('it shows what it showed', async () => {
  const view = join(session.data, 'dev.keyfolio.desktop/vault/view.json');
  const kept = (what, value) => until(`${what} in the file`, () => JSON.parse(readFileSync(view, 'utf8'))[what] === value);
  app = await App.start(session, { args: ['AuthKey_7GX4KQ2M9L.p8', 'AuthKey_R2N8V5TQ4C.p8'].map((name) => session.write(`home/${name}`, throwawayKey())) });
  await app.page.click(ADD);
  await rows(app, 2);
  const selected = () => app.page.script(`return document.querySelector('${ROW}[aria-selected=true]').textContent.includes('R2N8V5TQ4C');`);
  await choose(app, '7GX4KQ2M9L');
  await choose(app, 'R2N8V5TQ4C');
  await app.hands.press(app.window, 'ctrl+b');
  await kept('sidebar_hidden', true);
  await app.close();

  app = await App.start(session);
  await rows(app, 2);
  assert.ok(await selected());
  assert.equal(await app.page.count('nav'), 0);
  await app.hands.press(app.window, 'ctrl+7');
  await kept('page', 'advisor');
  await app.close();

  app = await App.start(session);
  await app.page.says('main h1', 'Advisor');
  await app.close();

  writeFileSync(view, JSON.stringify({ page: '</script><script>document.title = "x"</script>', shelf: 'all', selected: null, sidebar_hidden: true }));
  app = await App.start(session);
  await app.page.visible('nav');
  assert.equal(await app.page.script('return window.keyfolioView;'), null);
});

test('the demo keeps nothing', async () => {
  writeFileSync(file, '{}');
  app = await App.start(session, { args: ['--demo'] });
  await app.resize(900, 600);
  await app.close();
  assert.equal(readFileSync(file, 'utf8'), '{}');
});
