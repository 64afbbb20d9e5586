// Keys given to tools, in the real window: the file each wants, its owner's alone, proved, noted; a secret by the clipboard; GitHub's tool
// fed by its input only; killed in the midst of a write; and no byte of a key anywhere but where the user said.
//
// What was written is tried with another implementation: it signs a token in Node, and a simulated Apple takes it.

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { alive, App } from './lib/app.mjs';
import { Apple, TEAM } from './lib/apple.mjs';
import { key, TALKATIVE, wroteNoSecret } from './lib/asking.mjs';
import { Gh, sha256 } from './lib/gh.mjs';
import { traces } from './lib/keys.mjs';
import { searchMemory } from './lib/memory.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { signed } from './lib/tokens.mjs';
import { killAt, startsOf } from './lib/wiretap.mjs';
import { ADD, ISSUER_FIELD, OFFER, rows, SHEET } from './lib/window.mjs';

const ADMIN = '4JH6M2YB8S';
const INDIVIDUAL = 'Y6F2CT8JN5QA';
const TITLE = 'Save for the tool';
const REPOSITORY = 'tideline/fernweh-ios';
/** As long as a secret stays on the clipboard here. */
const SECONDS = 4;
/** Every file that may hold a key: brought in, or written where the user said. */
const known = [];
let session;
let apple;
let gh;
let app;
/** The key file as it was brought in. */
let pem;

const file = (index) => ({ part: 'file', index });
const idOf = async (keyId) => (await key(app, keyId)).id;
const receipts = (query = {}) => app.invoke('receipts', query);
const written = (place, more = {}) => app.invoke('handoff_write', { id: place.id, destination: 'The build machine', replace: false, accept_rights: false, ignore: false, ...more });
const request = async (form, keyId, more) => ({ form, key: await idOf(keyId), part: file(0), known_folder: false, title: TITLE, ...more });

/** Chooses a place in the native dialog. */
async function chosen(form, keyId, path) {
  const place = app.invoke('handoff_place', await request(form, keyId));
  place.catch(() => {});
  await app.hands.saveFile(TITLE, path);
  known.push(path);
  return place;
}

/** The place the tool looks into by itself. */
const itsOwn = async (form, keyId) => app.invoke('handoff_place', await request(form, keyId, { known_folder: true }));

const mode = (path) => (statSync(path).mode & 0o777).toString(8);
/** A key file's content without what a copy may change: the end of its last line. */
const trimmed = (text) => text.replaceAll('\r\n', '\n').trim();

async function begin() {
  app = await App.start(session, { env: { ...apple.env, ...gh.env, ...TALKATIVE, KEYFOLIO_CLIPBOARD_SECONDS: String(SECONDS) } });
}

async function bring(name) {
  const path = session.write(`home/Downloads/${name}`, apple.key(name));
  known.push(path);
  await app.drop([path]);
  await app.page.visible(OFFER);
}

before(async () => {
  session = await Session.begin();
  apple = await Apple.begin();
  gh = new Gh(session);
  pem = apple.key(`AuthKey_${ADMIN}.p8`);
  await begin();
  await bring(`AuthKey_${ADMIN}.p8`);
  await app.page.fill(ISSUER_FIELD, TEAM);
  await app.page.click(ADD);
  await rows(app, 1);
  await bring(`ApiKey_${INDIVIDUAL}.p8`);
  await app.page.click(ADD);
  await rows(app, 2);
  await app.page.gone(SHEET);
});
after(async () => {
  await app?.end();
  await apple?.end();
  await session?.end();
});

test('every recipe has a sheet for a Team key, filled in and proved, and shows no secret', async () => {
  const recipes = await app.invoke('recipes');
  assert.ok(recipes.length >= 20, `${recipes.length} recipes`);
  const secret = Object.values(traces(pem)).map((trace) => trace.toString('latin1'));
  for (const { code } of recipes.flatMap(({ forms }) => forms)) {
    const answer = await app.invoke('handoff_sheet', { form: code, key: await idOf(ADMIN) });
    assert.equal(answer.can, 'yes', `${code}: ${JSON.stringify(answer)}`);
    assert.ok(!secret.some((trace) => JSON.stringify(answer).includes(trace)), code);
  }
});

test('an Individual key has no Issuer ID in any form, and is refused with a way out where a tool cannot use it', async () => {
  const forms = (await app.invoke('recipes')).flatMap((recipe) => recipe.forms);
  const refused = [];
  for (const { code } of forms) {
    const answer = await app.invoke('handoff_sheet', { form: code, key: await idOf(INDIVIDUAL) });
    if (answer.can === 'yes') assert.ok(!JSON.stringify(answer.sheet).includes(TEAM), code);
    else {
      assert.ok(answer.can === 'no' && answer.limit && answer.instead.length > 0, `${code}: ${JSON.stringify(answer)}`);
      refused.push(code);
    }
  }
  assert.ok(refused.includes('github_apple_actions'), refused.join());
});

test('fastlane’s JSON goes where the native dialog says, is its owner’s alone, and signs what Apple takes', async () => {
  const path = join(session.desktop, 'fastlane key.json');
  const place = await chosen('fastlane_json', ADMIN, path);
  assert.deepEqual([place.path, place.exists], ['~/Desktop/fastlane key.json', false]);
  assert.deepEqual(readdirSync(session.desktop), [], 'nothing is written by choosing');
  const receipt = await written(place);
  assert.deepEqual([receipt.tool, receipt.form, receipt.by, receipt.destination, receipt.path, receipt.file_there],
    ['fastlane', 'fastlane_json', 'file', 'The build machine', '~/Desktop/fastlane key.json', true]);
  assert.equal(mode(path), '600');
  const { key_id, issuer_id, key: inside } = JSON.parse(readFileSync(path, 'utf8'));
  assert.deepEqual([key_id, issuer_id, trimmed(inside)], [ADMIN, TEAM, trimmed(pem)]);
  assert.equal(await apple.ask(signed(inside, key_id)), 200);
  assert.deepEqual(readdirSync(session.desktop), ['fastlane key.json'], 'nothing is left beside it');
});

test('notarytool’s key goes into Apple’s own folder', async () => {
  const folder = join(session.home, '.appstoreconnect/private_keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `AuthKey_${ADMIN}.p8`);
  const place = await chosen('notarytool_profile', ADMIN, path);
  assert.ok(JSON.stringify(place.sheet.snippets).includes('store-credentials'));
  await written(place, { destination: 'My Mac' });
  assert.equal(mode(path), '600');
  assert.equal(trimmed(readFileSync(path, 'utf8')), trimmed(pem));
});

test('a file that is there is not replaced unasked, and a link never', async () => {
  const folder = join(session.home, '.appstoreconnect/private_keys');
  const path = join(folder, `AuthKey_${ADMIN}.p8`);
  writeFileSync(path, 'somebody’s own');
  const place = await itsOwn('altool_flags', ADMIN);
  assert.equal(place.exists, true);
  await assert.rejects(written(place), /exists/);
  assert.equal(readFileSync(path, 'utf8'), 'somebody’s own');
  await written(await itsOwn('altool_flags', ADMIN), { replace: true, destination: 'My Mac' });
  assert.deepEqual([trimmed(readFileSync(path, 'utf8')), mode(path)], [trimmed(pem), '600']);

  const target = session.write('home/elsewhere.txt', 'untouched');
  rmSync(path);
  symlinkSync(target, path);
  await assert.rejects(itsOwn('altool_flags', ADMIN).then((one) => written(one, { replace: true })), /link/);
  assert.equal(readFileSync(target, 'utf8'), 'untouched');
  rmSync(path);
  await written(await itsOwn('altool_flags', ADMIN), { destination: 'My Mac' });
});

test('in a git work tree it warns, and adds the line that keeps the file out of the next commit', async () => {
  const tree = join(session.home, 'app');
  mkdirSync(join(tree, '.git'), { recursive: true });
  const place = await chosen('key_file', ADMIN, join(tree, 'key.p8'));
  assert.ok(place.warnings.some((warning) => JSON.stringify(warning).includes('git_work_tree')), JSON.stringify(place.warnings));
  assert.equal(place.ignore.line, '/key.p8');
  const receipt = await written(place, { ignore: true });
  const kept = place.warnings.map((warning) => (warning.code === 'git_work_tree' ? { ...warning, listed: true } : warning));
  assert.deepEqual(receipt.warnings, kept, 'what was accepted is kept, as it stood when the file was written');
  assert.equal(readFileSync(join(tree, '.gitignore'), 'utf8'), '/key.p8\n');
  assert.equal(mode(join(tree, 'key.p8')), '600');
});

test('a secret setting goes by the clipboard, marked as one, for a while, with a receipt', async () => {
  const { clip, receipt } = await app.invoke('handoff_copy', {
    form: 'github_secrets', key: await idOf(ADMIN), setting: 'APP_STORE_CONNECT_PRIVATE_KEY', destination: 'fernweh, by hand',
  });
  assert.deepEqual([clip.what, clip.seconds, receipt.by, receipt.destination], ['key', SECONDS, 'clipboard', 'fernweh, by hand']);
  assert.ok((await app.hands.clipboardKinds()).includes('x-kde-passwordManagerHint'));
  assert.equal(trimmed(Buffer.from(await app.hands.clipboard(), 'base64').toString()), trimmed(pem));
  await app.hands.clipboardEmpty({ timeout: (SECONDS + 10) * 1000 });
});

test('GitHub’s tool gets the secret by its input; no argument and no variable of any program holds any of it', async () => {
  assert.equal(await app.invoke('gh_found'), true);
  const notes = join(session.folder, 'starts.txt');
  const read = await startsOf(app.pid, notes);
  const { steps, receipt } = await app.invoke('gh_set', { form: 'github_secrets', key: await idOf(ADMIN), repository: REPOSITORY, environment: 'release' });
  const starts = await read();
  assert.deepEqual(steps.map(({ outcome }) => outcome), steps.map(() => 'set'), JSON.stringify(steps));
  assert.deepEqual([receipt.by, receipt.tool], ['gh', 'github_actions']);
  const calls = gh.calls();
  const secret = calls.find(({ said }) => said.startsWith('secret set APP_STORE_CONNECT_PRIVATE_KEY'));
  assert.match(secret.said, /--repo tideline\/fernweh-ios --env release$/);
  const forms = [pem, pem.trim(), `${pem.trim()}\n`].flatMap((text) => [text, Buffer.from(text).toString('base64')]);
  assert.ok(forms.map(sha256).includes(secret.input), 'the key, as the setting holds it, and nothing besides');
  assert.ok(calls.some(({ said }) => said.startsWith('variable set APP_STORE_CONNECT_ISSUER_ID')));

  assert.match(starts, /execve\("[^"]*\/gh"/, 'the notes are of the tool');
  for (const [what, trace] of Object.entries(traces(pem))) assert.ok(!starts.includes(trace.toString('latin1')), `${what} of the key is in an argument or a variable`);
});

test('a refusal of GitHub’s stops the rest, is told in its own words, and leaves no receipt', async () => {
  const before = (await receipts()).length;
  gh.refuses(true);
  const { steps, receipt } = await app.invoke('gh_set', { form: 'github_secrets', key: await idOf(ADMIN), repository: REPOSITORY, environment: null });
  gh.refuses(false);
  assert.equal(steps[0].outcome, 'refused');
  assert.match(steps[0].said, /Resource not accessible/);
  assert.ok(steps.slice(1).every(({ outcome }) => outcome === 'skipped'), JSON.stringify(steps));
  assert.deepEqual([receipt, (await receipts()).length], [null, before]);
});

test('the ledger has every hand-off, and says what breaks without the key', async () => {
  const id = await idOf(ADMIN);
  const all = await receipts({ key: id });
  assert.deepEqual(new Set(all.map(({ by }) => by)), new Set(['file', 'clipboard', 'gh']));
  assert.ok(all.every(({ key_id, fingerprint }) => key_id === ADMIN && /^[0-9a-f]{64}$/.test(fingerprint)));
  const { breaks } = await app.invoke('uses', { id });
  for (const tool of ['fastlane', 'notarytool', 'github_actions']) assert.ok(breaks.some((one) => one.tool === tool), `${tool}: ${JSON.stringify(breaks)}`);
  const noted = await app.invoke('receipt_note', { key: id, tool: 'bitrise', destination: 'Bitrise, since 2024' });
  const gone = await app.invoke('receipt_change', { id: noted.id, gone: true });
  assert.ok(gone.gone_at);
  assert.ok(!(await app.invoke('uses', { id })).breaks.some((one) => one.tool === 'bitrise'));
});

for (const [when, call, inFolder, thereAfter] of [
  ['before the file has its name', 'renameat2', false, false],
  ['after the file has its name, before it is noted', 'fsync', true, true],
]) {
  test(`killed ${when}, the next start leaves the old file or the whole new one, and the ledger says which`, async () => {
    const folder = join(session.home, `killed at ${call}`);
    mkdirSync(folder);
    const path = join(folder, 'key.p8');
    const place = await chosen('key_file', ADMIN, path);
    const before = (await receipts()).length;
    await killAt(app.pid, call, inFolder ? folder : undefined);
    const { pid } = app;
    written(place).catch(() => {}); // Nobody is there to answer.
    await until('the program to be killed', () => !alive(pid));
    assert.equal(readdirSync(folder).length, 1, 'one file, finished or not');
    for (const name of readdirSync(folder)) assert.equal(mode(join(folder, name)), '600');
    await app.end();
    await begin();
    await rows(app, 2);
    await until('what was left to be settled', () => readdirSync(folder).every((name) => name === 'key.p8'));
    assert.deepEqual(readdirSync(folder), thereAfter ? ['key.p8'] : []);
    assert.equal((await receipts()).length, before + (thereAfter ? 1 : 0));
    if (thereAfter) assert.equal(trimmed(readFileSync(path, 'utf8')), trimmed(pem));
  });
}

test('no byte of a key is anywhere but in the files it was written to, whatever it is written as', async () => {
  const found = known.filter((path) => Object.values(traces(pem)).some((trace) => existing(path)?.includes(trace)));
  assert.ok(found.length >= 5, `the hunt finds it where it is: ${found.join()}`);
  wroteNoSecret(app, session, apple, known);
  for (const pid of app.processes().filter((one) => one !== app.pid)) {
    for (const [what, where] of searchMemory(pid, traces(pem))) assert.fail(`${what} of the key is in the memory of process ${pid} at ${where}`);
  }
});

function existing(path) {
  try {
    return readFileSync(path);
  } catch {
    return null; // It was never written, or never finished.
  }
}
