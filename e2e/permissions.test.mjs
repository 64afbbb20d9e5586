// What keys may do, asked of the twelve sample keys in the real window, with the catalogue's real answers.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { violations } from './lib/accessibility.mjs';
import { App } from './lib/app.mjs';
import { fits, picture, wear } from './lib/looks.mjs';
import { cut, decode, difference, EYES } from './lib/picture.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { open, ROW, rows } from './lib/window.mjs';

const SIZES = [[1280, 800], [900, 600], [1680, 1050]];
const GRID = 'main [role=grid]';
const PALETTE = 'dialog[open] [role=combobox]';
let session;
let app;

/** A view in both themes at three sizes: axe finds nothing, nothing sticks out, and there is a picture of each. */
async function inEveryLight(name) {
  for (const [width, height] of SIZES) {
    await app.resize(width, height);
    for (const appearance of ['light', 'dark']) {
      await wear(app, appearance);
      if (width === 1280) assert.deepEqual(await violations(app.page), [], `${name}, ${appearance}`);
      await fits(app, `${name} at ${width}`);
      await picture(app, `${name}-${width}-${appearance}`);
    }
  }
  await app.resize(1280, 800);
  await app.invoke('set_appearance', { appearance: 'light' });
}

const labels = (css) => app.page.script('return [...document.querySelectorAll(arguments[0])].map((one) => one.getAttribute("aria-label"));', css);
const cell = (label) => until(`a cell "${label}"`, async () => (await labels(`${GRID} [role=gridcell]`)).find((one) => one?.startsWith(label)));
/** What is read there, without the marks that set foreign text apart. */
const text = (css) => app.page.script('return document.querySelector(arguments[0])?.innerText.replace(/[\\u2066-\\u2069]/g, "").replace(/\\s+/g, " ") ?? "";', css);

/** Asks the palette, as somebody types it. */
async function ask(words) {
  await app.hands.press(app.window, 'ctrl+k');
  await app.page.visible(PALETTE);
  await app.page.type(PALETTE, words);
}

before(async () => {
  session = await Session.begin();
  app = await App.start(session, { args: ['--demo'] });
  await rows(app, 12);
});
after(async () => {
  await app?.end();
  await session?.end();
});

test('the first start explains the reach strip, once', async () => {
  await app.page.says('main, body', 'How far each key reaches');
  await picture(app, 'hint');
  await app.page.clickNamed('Got It');
  await until('no hint', () => app.page.script("return !document.body.innerText.includes('How far each key reaches');"));
  assert.deepEqual((await app.invoke('status')).hints_seen, ['reach_strip']);
});

test('the grid lays twelve keys over eleven areas, in two groups and two zones', async () => {
  await open(app, 'Permissions');
  await app.page.visible(`${GRID} [role=gridcell][aria-haspopup]`);
  assert.equal(await app.page.count(`${GRID} [role=gridcell][aria-haspopup]`), 12 * 11);
  const grid = await text(GRID);
  for (const words of ['Either key type', 'Team keys only', 'Team keys', 'Individual keys', 'Apple’s guide excludes Individual keys', 'Keys with any access']) assert.ok(grid.includes(words), words);
});

test('its cells say what the catalogue says, in words and with what that rests on', async () => {
  for (const label of [
    'Finance reports, Month-end export: Download.', 'Finance reports, Sales → Warehouse: No access. Documented by Apple', 'Sales reports, Jonas Weber: Never. Documented by Apple',
    'Notarization, Jonas Weber: Disputed. Sources disagree', 'Users & access, fastlane (old Mac mini): Manage.', 'Apps & metadata, Store copy sync: Unclear.',
  ]) await cell(label);
});

test('the totals count keys with any access', async () => {
  const totals = (await labels(`${GRID} .totals [role=gridcell]`)).filter(Boolean);
  const { rows: all, answers } = await app.invoke('grid', { layer: 'combined' });
  const reaching = (area) => all.filter(({ answer }) => ['manage', 'limited', 'view'].includes(answers[answer].cells[area].level)).length;
  totals.forEach((label, area) => assert.match(label, new RegExp(`\\b${reaching(area)}\\b`), label));
  assert.equal(totals.length, 11);
});

test('the seven states are told apart in every kind of sight', async () => {
  for (const appearance of ['light', 'dark']) {
    await wear(app, appearance);
    const glyphs = await app.page.script(
      "return [...document.querySelectorAll('main .legend svg.glyph')].slice(0, 7).map((one) => { const r = one.getBoundingClientRect(); return [Math.round(r.x), Math.round(r.y), 24, 10]; });");
    assert.equal(glyphs.length, 7);
    const drawn = decode(await app.page.picture());
    for (const [eyes, see] of Object.entries(EYES)) {
      const seen = glyphs.map((rectangle) => cut(drawn, rectangle).map(see));
      for (let one = 0; one < 7; one += 1) {
        for (let other = one + 1; other < 7; other += 1) {
          const share = difference(seen[one], seen[other]);
          assert.ok(share > 0.06, `${appearance}, ${eyes}: states ${one} and ${other} look alike in all but ${(share * 100).toFixed(1)} % of their pixels`);
        }
      }
    }
  }
  await app.invoke('set_appearance', { appearance: 'light' });
});

test('why: Return opens the reasons of a cell with sources and dates, Esc goes back to it', async () => {
  await app.page.script("document.querySelector('main [role=grid] [aria-label^=\"Notarization, Jonas Weber\"]').focus();");
  await app.hands.press(app.window, 'Return');
  await app.page.says('[role=dialog]', 'Sources');
  const why = await text('[role=dialog]');
  for (const words of ['Disputed', 'Submit to the notary service', 'Creating API keys']) assert.ok(why.includes(words), `${words} in ${why}`);
  assert.match(why, /20\d\d/);
  await picture(app, 'why');
  await app.hands.press(app.window, 'Escape');
  await app.page.gone('[role=dialog]');
  assert.match(await app.page.script('return document.activeElement.getAttribute("aria-label");'), /^Notarization, Jonas Weber/);
});

test('the grid has no accessibility violation and fits at every size', () => inEveryLight('grid'));

test('"which keys can" takes Ctrl+K, a few letters and Return', async () => {
  await ask('finance rep');
  await app.page.says('dialog[open]', '2 keys reach it');
  await picture(app, 'palette');
  assert.deepEqual(await violations(app.page), []);
  await app.hands.press(app.window, 'Return');
  await app.page.gone('dialog[open]');
  await app.page.says('main', '2 of 12 keys can reach Finance reports.');
  const names = (await labels(`${GRID} [role=rowheader]`)).filter(Boolean).join('\n');
  assert.match(names, /Month-end export/);
  assert.match(names, /fastlane/);
  assert.doesNotMatch(names, /CI Release/);
  await picture(app, 'grid-filtered');
  await app.page.clickNamed('Show All Keys');
});

test('the grid is copied as Markdown and saved as CSV, SVG and PNG', async () => {
  const choose = async (item) => {
    await app.page.click('main [aria-label="Copy or save"]');
    await until(item, () => app.page.script("const item = [...document.querySelectorAll('[role=menuitem]')].find((one) => one.textContent.trim() === arguments[0]); item?.click(); return !!item;", item));
  };
  await choose('Copy as Markdown');
  const markdown = await until('a table on the clipboard', async () => {
    const copied = await app.hands.clipboard();
    return copied.includes('| CI Release') && copied;
  });
  assert.match(markdown, /Finance reports/);
  for (const [format, ending, begins] of [['CSV', 'csv', /^\uFEFF?"?Group|Key/], ['SVG', 'svg', /^<(\?xml|svg)/], ['PNG', 'png', /^\uFFFDPNG|^\x89PNG/]]) {
    const file = join(session.folder, `home/reach.${ending}`);
    await choose(`Save as ${format}…`);
    await app.hands.saveFile('^Save', file);
    await until(`${file}`, () => existsSync(file));
    assert.match(readFileSync(file, 'latin1').slice(0, 40), ending === 'png' ? /^\x89PNG/ : begins);
    if (ending === 'png') assert.ok(decode(readFileSync(file)).width > 600);
  }
});

test('a third key joins the comparison, and the sentence says who reaches alone', async () => {
  await open(app, 'All Keys');
  const click = (name, mod) => app.page.script(
    "const row = [...document.querySelectorAll('[role=option]')].find((one) => one.textContent.includes(arguments[0])); row.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: arguments[1] }));", name, mod);
  await click('CI Release', false);
  await click('Mina Okafor', true);
  await click('Month-end export', true);
  await until('three columns', async () => (await app.page.count('main table thead th')) === 3);
  await app.page.says('main table', 'Month-end export');
  assert.match(await text('main.detail'), /Only CI Release reaches as far in \d+ areas?, only Month-end export in \d+\./);
  await inEveryLight('ledger');
});

test('a guard that does not hold raises Needs Attention', async () => {
  const { keys } = await app.invoke('keys');
  const admin = keys.find(({ name }) => name.startsWith('fastlane'));
  await app.invoke('key_update', { id: admin.id, version: admin.version, patch: { guards: [{ area: 'finance', limit: 'reach' }] } });
  await open(app, 'Needs Attention');
  await rows(app, 1);
  await app.page.says(ROW, 'fastlane');
  await app.page.says('main.detail, main', 'Finance reports');
  assert.deepEqual(await violations(app.page), []);
  await picture(app, 'attention');
  const [now] = (await app.invoke('keys')).keys.filter(({ id }) => id === admin.id);
  assert.deepEqual(now.guards, [{ area: 'finance', limit: 'reach', state: 'broken' }]);
  await app.invoke('key_update', { id: admin.id, version: now.version, patch: { guards: [] } });
  await app.page.gone(ROW);
  await app.page.says('body', 'Nothing needs attention');
});

test('the Advisor finds the smallest key for two jobs and says how to make one', async () => {
  await open(app, 'Advisor');
  await app.page.clickNamed('Upload builds');
  await app.page.clickNamed('Set TestFlight notes');
  await app.page.says('main', 'keys you have fit both jobs');
  const { fits, create } = await app.invoke('advise', { tasks: ['upload_builds', 'testflight_notes'], scope: 'any' });
  const { keys } = await app.invoke('keys');
  const smallest = keys.find(({ id }) => id === fits[0].key).name;
  const answer = await text('main');
  assert.ok(answer.includes(`${smallest} Smallest that fits`), answer);
  assert.equal(create.role, 'APP_MANAGER');
  for (const words of ['Team key, App Manager', 'Open Integrations', 'Download once', 'Nearly', 'TestFlight Upload']) assert.ok(answer.includes(words), words);
  await inEveryLight('advisor');
  await app.page.clickNamed('Clear');
});

test('it never suggests what Apple excludes', async () => {
  await app.page.clickNamed('Sales reports');
  await app.page.says('main', 'Sales → Warehouse');
  const answer = await text('main');
  assert.ok(answer.includes('Team key, Sales and Reports'), answer);
  assert.ok(!answer.includes('Jonas Weber'), 'an Individual key is not offered');
  await picture(app, 'advisor-sales');
  await app.page.clickNamed('Clear');
});

test('the endpoint explorer finds an operation among 1,263 and the keys that may call it', async () => {
  await open(app, 'Endpoints');
  await until('all operations', async () => (await text('main')).includes('1,263 operations, Apple’s API description 4.4.1'));
  await app.page.fill('main input[inputmode=search]', 'betaGroups');
  await app.page.says('main [role=status]', '14 match, 15 relationships hidden');
  assert.equal(await app.page.count('main [role=option]'), 14);
  await app.page.click('main [role=option]');
  await app.page.says('main section', 'may call it');
  await inEveryLight('endpoints');
});

test('a pasted curl command finds its operation', async () => {
  await app.page.fill('main input[inputmode=search]', "curl -H 'Authorization: Bearer x' https://api.appstoreconnect.apple.com/v1/apps/6448311069/builds?limit=1");
  await until('one operation', async () => (await app.page.count('main [role=option]')) === 1);
  await app.page.says('main [role=option]', '/v1/apps/{id}/builds');
});
