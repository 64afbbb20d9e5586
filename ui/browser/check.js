// What only a real engine can tell: colours (axe), the shipped policy, layout at every size, the number of rows that exist.
// Runs the in-memory build in Chromium: `npm run test:browser [-- --shots DIR] [--only VIEW,VIEW]`. CHROMIUM names another browser binary.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { cut, decode, difference } from '../../e2e/lib/picture.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shotsAt = process.argv.indexOf('--shots');
const shots = shotsAt < 0 ? null : process.argv[shotsAt + 1];
const onlyAt = process.argv.indexOf('--only');
const only = onlyAt < 0 ? null : process.argv[onlyAt + 1];

/** Width, height, and whether axe looks too: it judges by structure and colour, which two sizes cover. */
const SIZES = /** @type {const} */ ([[1280, 800, true], [900, 600, false], [1680, 1050, false], [640, 400, true]]);
const THEMES = /** @type {const} */ (['light', 'dark']);

/** @typedef {import('playwright-core').Page} Page */
/** @type {{ name: string, query: string, act?: (page: Page) => Promise<void>, check?: (page: Page) => Promise<string[]> }[]} */
const VIEWS = [
  { name: 'keys', query: 'keys=12' },
  { name: 'one', query: 'keys=1' },
  { name: 'empty', query: 'keys=0' },
  { name: 'many', query: 'keys=200', check: rows },
  { name: 'hostile', query: 'keys=12&names=hostile' },
  { name: 'windows', query: 'keys=12&os=windows' },
  { name: 'macos', query: 'keys=12&os=macos' },
  { name: 'details', query: 'keys=12', act: async (page) => { await openDetail(page); await page.getByRole('tab', { name: 'Details' }).click(); } },
  { name: 'why', query: 'keys=12', act: async (page) => { await openDetail(page); await page.locator('[data-cell="10-1"]').click(); } },
  { name: 'columns', query: 'keys=12', act: async (page) => { for (const name of [/^Mina/, /^fastlane/, /^Sales/]) await page.getByRole('option', { name }).click({ modifiers: ['Control'] }); await openDetail(page); await page.getByRole('columnheader').nth(3).waitFor(); } },
  { name: 'broken', query: 'keys=12', act: async (page) => { await page.getByRole('option', { name: /fastlane/ }).click(); await page.getByText('This key reaches').waitFor(); } },
  { name: 'hint', query: 'keys=12&hints=new' },
  { name: 'differences', query: 'keys=12', act: async (page) => { await openDetail(page); await page.getByRole('checkbox').check({ force: true }); } },
  { name: 'unset', query: 'keys=12', act: async (page) => { await page.getByRole('option', { name: /Store copy/ }).click(); } },
  { name: 'menu', query: 'keys=12', act: async (page) => { await openDetail(page); await page.getByRole('button', { name: 'More actions' }).click(); } },
  { name: 'removal', query: 'keys=12', act: async (page) => { await page.getByRole('option', { name: /fastlane/ }).click(); await back(page); await page.getByRole('option', { name: /fastlane/ }).press('Delete'); } },
  { name: 'advisor', query: 'keys=12&page=advisor' },
  { name: 'advised', query: 'keys=12&page=advisor', act: async (page) => choose(page, 'Upload builds', 'Set TestFlight notes') },
  { name: 'advised-split', query: 'keys=1&page=advisor', act: async (page) => choose(page, 'Edit metadata and screenshots', 'Financial reports') },
  { name: 'advised-hostile', query: 'keys=200&names=hostile&page=advisor', act: async (page) => choose(page, 'Edit metadata and screenshots') },
  { name: 'grid', query: 'keys=12&page=permissions', check: apart },
  { name: 'grid-many', query: 'keys=200&page=permissions', check: lines },
  { name: 'grid-hostile', query: 'keys=12&names=hostile&page=permissions', act: async (page) => { await page.getByRole('checkbox', { name: 'Collapse identical' }).check({ force: true }); } },
  { name: 'grid-asked', query: 'keys=12&page=permissions', act: async (page) => { await page.keyboard.press('Control+k'); await page.getByRole('combobox').fill('finance rep'); await page.keyboard.press('Enter'); await page.getByText(/can reach Finance reports/).first().waitFor(); } },
  { name: 'palette', query: 'keys=12', act: async (page) => { await page.keyboard.press('Control+k'); await page.getByRole('combobox').fill('finance'); } },
  { name: 'endpoints', query: 'keys=12&page=endpoints', check: rows },
  { name: 'endpoint', query: 'keys=12&names=hostile&page=endpoints', act: async (page) => explore(page, 'betaGroups'), check: rows },
  { name: 'endpoint-none', query: 'keys=1&page=endpoints', act: async (page) => explore(page, 'financeReports') },
  { name: 'tokens', query: 'keys=12&apple=mixed&page=tokens', act: planned },
  { name: 'tokens-planned', query: 'keys=12&apple=mixed&page=tokens', act: async (page) => { await limit(page); await pickApp(page, 'Tideline'); for (const path of ['/v1/apps/6446901001', '/v1/apps/6446901001/betaGroups', '/v1/apps/6446901001/builds']) await page.getByRole('checkbox', { name: new RegExp(`^GET ${path},`) }).check({ force: true }); await page.getByText('3 of').waitFor(); } },
  { name: 'tokens-made', query: 'keys=12&page=tokens', act: async (page) => { await make(page); await page.getByRole('button', { name: 'Copy Token' }).click(); await page.getByText('Clipboard clears in').waitFor(); } },
  { name: 'tokens-revealed', query: 'keys=12&page=tokens', act: async (page) => { await make(page); await page.getByRole('button', { name: 'Hold to Reveal' }).focus(); await page.keyboard.down('Space'); await page.getByText('shown while you hold').waitFor({ state: 'attached' }); } },
  { name: 'tokens-months', query: 'keys=12&page=tokens', act: async (page) => { await limit(page); await page.getByRole('textbox', { name: 'Filter operations' }).fill('ciProducts'); await page.getByRole('checkbox', { name: /^GET \/v1\/ciProducts,/ }).check({ force: true }); await page.getByText('Up to six months').waitFor(); await page.getByRole('slider').press('End'); await make(page); } },
  { name: 'tokens-wrong', query: 'keys=12&names=hostile&page=tokens', act: async (page) => { await limit(page); await page.getByRole('textbox', { name: 'Another request, as a path' }).fill('https://api.appstoreconnect.apple.com/v1/apps'); await page.getByText('Leave out the address').waitFor(); } },
  { name: 'inspect', query: 'keys=12&page=tokens', act: async (page) => { await page.getByRole('radio', { name: 'Inspect' }).check({ force: true }); await page.getByRole('button', { name: 'Paste Token' }).waitFor(); } },
  ...['good', 'too_long', 'unknown_key', 'everything', 'hostile', 'private_key'].map((scene) => ({ name: `inspect-${scene.replace('_', '-')}`, query: 'keys=12&page=tokens', act: async (/** @type {Page} */ page) => inspect(page, scene) })),
  { name: 'handoff', query: 'keys=12&page=handoff', act: async (page) => recipe(page, 'fastlane') },
  { name: 'handoff-individual', query: 'keys=12&page=handoff', act: async (page) => recipe(page, 'fastlane', /Jonas Weber/) },
  { name: 'handoff-github', query: 'keys=12&page=handoff&gh=missing', act: async (page) => recipe(page, 'github_actions') },
  { name: 'handoff-file', query: 'keys=12&page=handoff&receipts=none', act: async (page) => recipe(page, 'altool') },
  { name: 'handoff-refused', query: 'keys=12&page=handoff', act: async (page) => { await recipe(page, 'codemagic', /Jonas Weber/); await page.getByText('can’t use this key').waitFor(); } },
  { name: 'handoff-issuer', query: 'keys=12&page=handoff', act: async (page) => { await recipe(page, 'env_file', /Store copy sync/); await page.getByRole('textbox', { name: 'Issuer ID' }).waitFor(); } },
  { name: 'handoff-none', query: 'keys=2&page=handoff', act: async (page) => { await recipe(page, 'xcodebuild'); await page.getByRole('button', { name: 'Certificates and profiles' }).click(); await page.getByText('No key you have fits').waitFor(); } },
  { name: 'handoff-picker', query: 'keys=12&names=hostile&page=handoff', act: async (page) => { await recipe(page, 'codemagic'); await page.getByRole('button', { name: /^Cho|^Change/ }).click(); await page.getByRole('dialog').waitFor(); } },
  { name: 'handoff-place', query: 'keys=12&page=handoff', act: async (page) => { await recipe(page, 'fastlane'); await page.getByRole('button', { name: 'Save as .env…' }).click(); await page.getByRole('dialog').waitFor(); } },
  { name: 'handoff-replace', query: 'keys=12&page=handoff', act: async (page) => { await recipe(page, 'fastlane'); await page.getByRole('radio', { name: 'JSON file' }).check({ force: true }); await page.getByRole('button', { name: /^Save/ }).first().click(); await page.getByRole('dialog').waitFor(); } },
  { name: 'handoff-copy', query: 'keys=12&page=handoff', act: async (page) => { await recipe(page, 'fastlane'); await page.getByRole('button', { name: /^Copy the private key/ }).click(); await page.getByRole('dialog').waitFor(); } },
  { name: 'handoff-gh', query: 'keys=12&page=handoff&gh=refuses&pace=0', act: async (page) => { await recipe(page, 'github_actions'); await page.getByRole('button', { name: 'Set with gh…' }).click(); await page.getByRole('textbox', { name: 'Repository' }).fill('tideline/fernweh-ios'); await page.getByRole('button', { name: 'Set on GitHub' }).click(); await page.getByText('Not all of it was set').waitFor(); } },
  { name: 'handoff-note', query: 'keys=12&page=handoff', act: async (page) => { await recipe(page, 'fastlane'); await page.getByRole('button', { name: 'Note a Place…' }).click(); await page.getByRole('dialog').waitFor(); } },
  { name: 'handoff-receipts', query: 'keys=12&names=hostile&page=handoff', act: async (page) => { await page.getByRole('button', { name: 'All receipts' }).click(); await page.getByRole('heading', { name: 'Receipts' }).waitFor(); } },
  { name: 'handoff-receipts-none', query: 'keys=12&receipts=none&page=handoff', act: async (page) => { await page.getByRole('button', { name: 'All receipts' }).click(); await page.getByText('No key was handed over yet').waitFor(); } },
  { name: 'key-handoffs', query: 'keys=12', act: async (page) => { await noted(page, ['fastlane', 'xcodebuild'], 2); await handoffs(page); } },
  { name: 'key-handoffs-one', query: 'keys=12&receipts=none&os=macos', act: async (page) => { await noted(page, ['codemagic'], 1); await handoffs(page); await page.locator('[aria-expanded="false"][aria-controls]').last().click(); } },
  { name: 'key-handoffs-none', query: 'keys=12&receipts=none', act: async (page) => { await handoffs(page); await page.getByText('No receipt of this key').waitFor(); } },
  { name: 'key-handoffs-many', query: 'keys=12&names=hostile', act: async (page) => { await noted(page, ['github_actions', 'key_file', 'asc_cli'], 40); await handoffs(page); } },
  { name: 'removal-places', query: 'keys=12&names=hostile', act: async (page) => { await noted(page, ['github_actions', 'fastlane'], 40); await page.getByRole('option', { selected: true }).press('Delete'); await page.getByRole('alertdialog').waitFor(); } },
  { name: 'clip-note', query: 'keys=12', act: async (page) => { await page.getByRole('option', { selected: true }).press('Control+Shift+C'); await page.getByText('Clipboard clears in').waitFor(); } },
  { name: 'activity', query: 'keys=12&apple=mixed&page=activity', act: async (page) => { await page.locator('[aria-expanded="false"][data-line]').first().press('Enter'); } },
  { name: 'activity-hostile', query: 'keys=12&names=hostile&apple=mixed&page=activity' },
  { name: 'activity-none', query: 'keys=12&apple=mixed&page=activity', act: async (page) => { await page.getByRole('textbox', { name: 'Search activity' }).fill('zebra'); await page.getByText('No entry matches').waitFor(); } },
  { name: 'activity-many', query: 'keys=12&apple=mixed&page=activity', act: thousands, check: entries },
  { name: 'verify-run', query: 'keys=12&apple=run', act: async (page) => { await goTo(page, 'End'); await page.locator('summary').click(); } },
  { name: 'verify-over', query: 'keys=12&apple=over', act: async (page) => goTo(page, 's') },
  { name: 'verify-mixed', query: 'keys=12&apple=mixed&names=hostile', act: async (page) => goTo(page, 'm') },
  { name: 'verify-refused', query: 'keys=12&apple=mixed&os=windows', act: async (page) => goTo(page, 'j') },
  { name: 'verify-offline', query: 'keys=12&apple=offline' },
  { name: 'agreement', query: 'keys=12&apple=agreement&os=macos' },
  { name: 'import-asked', query: 'keys=12&pace=0&ask=60000', act: asked },
  { name: 'settings', query: 'keys=12', act: async (page) => page.keyboard.press('Control+,') },
  { name: 'settings-asking', query: 'keys=12&apple=mixed', act: async (page) => { await page.evaluate("keyfolioFake.apple.line = { ...keyfolioFake.apple.line, proxy: 'proxy.example:3128', proxy_signs_in: true, clock_off: -420 }"); await page.keyboard.press('Control+,'); await page.getByText(/clock is/).scrollIntoViewIfNeeded(); } },
  { name: 'import', query: 'keys=12&pace=0', act: async (page) => { await page.evaluate('keyfolioFake.drop()'); await page.getByRole('dialog').waitFor(); } },
  { name: 'drop', query: 'keys=12', act: async (page) => { await page.evaluate("keyfolioFake.emit({ event: 'drop_hover', preview: { keys: 3, others: 0, folders: 0, look_alikes: ['SubscriptionKey_9QZ.p8'] } })"); } },
  { name: 'locked', query: 'state=locked' },
  { name: 'setup', query: 'state=needs_setup' },
  { name: 'damaged', query: 'state=damaged' },
];

/**
 * Opens a key with the keyboard: in a low window its row does not exist yet.
 * @param {Page} page
 * @param {string} press
 */
async function goTo(page, press) {
  await page.getByRole('option', { selected: true }).press(press);
  await page.keyboard.press('Enter');
}

/**
 * One row of each thing Apple can say about a key on offer.
 * @param {Page} page
 */
async function asked(page) {
  await page.evaluate("keyfolioFake.drop(['L5C8RX2TVN.p8', 'M5C8RX2TVN.p8', 'N5C8RX2TVN.p8', 'P5C8RX2TVN.p8'])");
  await page.getByRole('dialog').waitFor();
  await page.evaluate(`{
    const said = [{ state: 'asking' }, { state: 'as', works_as: { kind: 'individual', issuer_id: null } }, { state: 'nobody', tried: 3 }, { state: 'unreached', trouble: { code: 'portal' } }];
    said.forEach((found, row) => keyfolioFake.appleFinds(1, row, found));
  }`);
  await page.getByText('Individual, says Apple').waitFor();
}

/** @param {Page} page */
async function openDetail(page) {
  if ((await page.getByRole('tab').count()) === 0) await page.getByRole('option', { selected: true }).click();
}

/**
 * @param {Page} page
 * @param {string[]} jobs
 */
async function choose(page, ...jobs) {
  for (const name of jobs) await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('region', { name: 'Answer' }).waitFor();
}

/**
 * @param {Page} page
 * @param {string} words
 */
async function explore(page, words) {
  await page.getByRole('textbox', { name: 'Search operations' }).fill(words);
  await page.locator('[role="option"]').first().click();
  await page.getByRole('heading', { name: /may call it/ }).waitFor();
}

/** @param {Page} page */
async function planned(page) {
  await page.getByRole('heading', { name: 'Claims' }).waitFor();
}

/**
 * Limits the token to chosen requests.
 * @param {Page} page
 */
async function limit(page) {
  await planned(page);
  await page.getByRole('switch').click();
  await page.getByRole('list', { name: 'GET operations' }).getByRole('checkbox').first().waitFor();
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function pickApp(page, name) {
  await page.getByRole('combobox', { name: 'App' }).selectOption({ label: name });
}

/** @param {Page} page */
async function make(page) {
  await planned(page);
  await page.getByRole('button', { name: 'Create Token' }).click();
  await page.getByRole('button', { name: 'Copy Token' }).waitFor();
}

/**
 * Pastes one kind of token into the inspector.
 * @param {Page} page
 * @param {string} scene
 */
async function inspect(page, scene) {
  await page.evaluate(`keyfolioFake.pasted = '${scene}'`);
  await page.getByRole('radio', { name: 'Inspect' }).check({ force: true });
  await page.getByRole('button', { name: 'Paste Token' }).click();
  if (scene === 'private_key') await page.getByText('That was a private key').waitFor();
  else await page.getByRole('heading', { name: 'Rules' }).waitFor();
}

/**
 * Opens a recipe, with a key if one is named, and waits for what it would hand over.
 * @param {Page} page
 * @param {string} tool
 * @param {RegExp} [key]
 */
async function recipe(page, tool, key) {
  await page.locator(`[data-tool="${tool}"]`).click();
  const change = page.getByRole('button', { name: /^Choose|^Change/ });
  await change.waitFor();
  if (!key) return;
  await change.click();
  await page.getByRole('dialog').getByRole('button', { name: key }).click();
}

/**
 * Notes places of the selected key, as people write them, and makes it the only copy.
 * @param {Page} page
 * @param {string[]} tools
 * @param {number} count
 */
async function noted(page, tools, count) {
  const key = await page.getByRole('option', { selected: true }).getAttribute('data-key');
  await page.evaluate(`(async () => {
    keyfolioFake.options.onlyCopies = ['${key}'];
    const places = ['GitHub, tideline/app', 'Mac mini in the cupboard', '<img src=x onerror="alert(1)">', 'invoice\\u202Egpj.8p', 'W'.repeat(290), 'مفتاح الإصدار', 'two\\nlines'];
    const tools = ${JSON.stringify(tools)};
    for (let at = 0; at < ${count}; at += 1) await keyfolioFake.receiptNote({ key: '${key}', tool: tools[at % tools.length], destination: places[at % places.length] + (at < places.length ? '' : ' ' + at) });
  })()`);
}

/** @param {Page} page */
async function handoffs(page) {
  await openDetail(page);
  await page.getByRole('tab', { name: /Hand-off/ }).click();
  await page.getByText(/No receipt of this key|Where it has gone/).first().waitFor();
}

/** @param {Page} page */
async function back(page) {
  const button = page.getByRole('button', { name: 'Back to the list' });
  if (await button.count()) await button.click();
}

/** @param {Page} page */
async function rows(page) {
  const count = await page.getByRole('option').count();
  return count < 80 ? [] : [`${count} rows exist for 200 keys`];
}

/**
 * Five thousand entries, walked to the end of the first pages.
 * @param {Page} page
 */
async function thousands(page) {
  await page.evaluate(`{
    const { log } = keyfolioFake;
    const seen = [...log];
    log.splice(0, log.length, ...Array.from({ length: 5000 }, (_, at) => ({ ...structuredClone(seen[at % seen.length]), id: 5000 - at, at: Date.now() - at * 600000 })));
    keyfolioFake.emit({ event: 'activity_changed' });
  }`);
  await page.getByText('Newest 200 entries').waitFor();
  for (const read of [400, 600]) {
    await page.getByRole('treegrid').evaluate((grid) => grid.parentElement?.scrollBy(0, 1e6));
    await page.getByText(`Newest ${read} entries`).waitFor();
  }
}

/** @param {Page} page */
async function entries(page) {
  const count = await page.getByRole('treegrid').getByRole('row').count();
  return count < 80 ? [] : [`${count} rows exist for 5000 entries`];
}

/** @param {Page} page */
async function lines(page) {
  const grid = page.getByRole('grid');
  await grid.getByRole('gridcell').first().waitFor();
  const count = await grid.getByRole('row').count();
  return count < 80 ? [] : [`${count} rows exist in the grid for 200 keys`];
}

/**
 * The seven states of the legend, told apart where the system picks the colours. Greys and dichromacies are looked at in the real window.
 * @param {Page} page
 */
async function apart(page) {
  await page.emulateMedia({ forcedColors: 'active' });
  const glyphs = await page.getByRole('group', { name: 'Legend' }).locator('svg').all();
  /** @type {number[][][]} */
  const seen = [];
  for (const glyph of glyphs.slice(0, 7)) {
    const drawn = decode(await glyph.screenshot());
    seen.push(cut(drawn, [0, 0, Math.min(24, drawn.width), Math.min(10, drawn.height)]));
  }
  await page.emulateMedia({ forcedColors: 'none' });
  const same = seen.flatMap((one, at) => seen.slice(at + 1).flatMap((other, more) => (difference(one, other) > 0.06 ? [] : [`states ${at} and ${at + more + 1} look alike in forced colors`])));
  return seen.length === 7 ? same : [`${seen.length} states in the legend instead of 7`];
}

/**
 * What sticks out of the window, and whether the page scrolls sideways.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
function overflow(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('button, input, h1, h2, [role="option"], [role="tab"], td, th')].filter((element) => {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || !element.checkVisibility()) return false;
      return box.right > wide + 1 || box.left < -1;
    });
    const sideways = document.documentElement.scrollWidth > wide ? [`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${wide}`] : [];
    return [...sideways, ...out.slice(0, 5).map((element) => `outside the window: ${element.outerHTML.slice(0, 140)}`)];
  });
}

/**
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(
    // @ts-expect-error -- axe was put into the page just now
    async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations,
  );
  return found.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.slice(0, 3).map((/** @type {any} */ node) => `${node.html.slice(0, 160)} ${node.any?.[0]?.message ?? ''}`).join(' | ')}`);
}

const outDir = mkdtempSync(path.join(tmpdir(), 'keyfolio-window-'));
await build({ root, mode: 'fake', logLevel: 'error', build: { outDir } });
const server = await preview({ root, mode: 'fake', logLevel: 'silent', preview: { port: 0 }, build: { outDir } });
const address = server.resolvedUrls?.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
let failures = 0;
let visits = 0;
for (const view of VIEWS.filter(({ name }) => only === null || only.split(',').includes(name))) {
  for (const [width, height, judged] of SIZES) {
    for (const theme of THEMES) {
      const where = `${view.name} ${width}x${height} ${theme}`;
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, bypassCSP: false, reducedMotion: 'reduce' });
      const page = await context.newPage();
      /** @type {string[]} */
      const said = [];
      page.on('console', (message) => { if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) said.push(message.text()); });
      page.on('pageerror', (error) => said.push(String(error)));
      await page.goto(`${address}?${view.query}`);
      await page.locator('h1, h2').first().waitFor();
      await view.act?.(page);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      said.push(...(await overflow(page)), ...((await view.check?.(page)) ?? []));
      if (judged) said.push(...(await violations(page)));
      if (shots) await page.screenshot({ path: path.join(shots, `${view.name}-${width}x${height}-${theme}.png`) });
      for (const words of said) process.stdout.write(`${where}: ${words}\n`);
      failures += said.length;
      visits += 1;
      await context.close();
    }
  }
}
await browser.close();
await server.close();
rmSync(outDir, { recursive: true });
process.stdout.write(`${visits} views, ${failures} problems\n`);
process.exitCode = failures === 0 ? 0 : 1;
