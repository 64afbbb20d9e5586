// Pictures of the demo in light and dark: node screenshots.mjs FILE.png makes FILE-light.png and FILE-dark.png of the main
// window, and the same of its pages: FILE-permissions-light.png, FILE-handoff-light.png and their dark ones.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { App } from './lib/app.mjs';
import { Apple } from './lib/apple.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';

const SIZE = { width: 1280, height: 800 };
const [file = 'keyfolio.png'] = process.argv.slice(2);

const session = await Session.begin();
const apple = await Apple.begin();
try {
  const app = await App.start(session, { args: ['--demo'], env: apple.env });
  try {
    await until('the sample keys', async () => (await app.invoke('keys')).keys.length > 0, { timeout: 30_000 });
    await app.resize(SIZE.width, SIZE.height);
    await app.invoke('hint_seen', { hint: 'reach_strip' });
    await take(app, '');
    await app.page.clickNamed('Permissions');
    await app.page.visible('main [role=gridcell]');
    await take(app, '-permissions');
    await app.page.clickNamed('Hand-off');
    await app.page.click('[role=option][data-tool=fastlane]');
    // Proved is what a page about to hand a key over has to say.
    await until('the proof', () => app.page.script("return document.querySelector('main').textContent.includes('Proved');"));
    await take(app, '-handoff');
  } finally {
    await app.end();
  }
} finally {
  await apple.end();
  await session.end();
}

async function take(app, view) {
  for (const appearance of ['light', 'dark']) {
    await app.invoke('set_appearance', { appearance });
    await until(`${appearance} colours`, () => showsIn(app.page, appearance));
    const picture = `${file.replace(/\.png$/, '')}${view}-${appearance}.png`;
    mkdirSync(dirname(picture), { recursive: true });
    writeFileSync(picture, await app.page.picture());
    console.log(picture);
  }
}

/** Whether the page is drawn on a light or a dark ground: what a person would say, not what an attribute says. */
async function showsIn(page, appearance) {
  const ground = await page.script('return getComputedStyle(document.documentElement).backgroundColor;');
  const [red, green, blue] = ground.match(/[\d.]+/g).map(Number);
  return (red + green + blue) / 3 > 128 === (appearance === 'light');
}
