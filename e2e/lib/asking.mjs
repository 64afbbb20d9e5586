// What the tests about asking Apple have in common: how keys stand, how a run ends, what must not be anywhere.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { violations } from './accessibility.mjs';
import { filesIn, traces } from './keys.mjs';
import { fits, picture, wear } from './looks.mjs';
import { until } from './processes.mjs';

/** Every library that writes a log writes all of it. */
export const TALKATIVE = { RUST_LOG: 'trace', RUST_BACKTRACE: '1' };
/** Twelve keys and their retries on a busy machine, in milliseconds. */
export const PATIENCE = 30_000;

/** The key with this Key ID, as the window is told. */
export async function key(app, keyId) {
  const { keys } = await app.invoke('keys');
  return keys.find((one) => one.key_id === keyId);
}

/** Waits until a key stands as `code` says, and nothing is under way. */
export const stands = (app, keyId, code) => until(`${keyId} to be ${code}`, async () => {
  const found = await key(app, keyId);
  return found?.standing.code === code && (await over(app)) && found;
}, { timeout: PATIENCE });

/** Whether no key is being asked about. The window forgets the run of a single key when it is over. */
export const over = async (app) => (await app.invoke('run'))?.over ?? true;

/** Waits for the end of a run over several keys, and returns it. */
export const ended = (app) => until('the run to end', async () => {
  const run = await app.invoke('run');
  return run?.over && run;
}, { timeout: PATIENCE });

/** Has one key checked, and waits for what comes of it. */
export async function check(app, keyId) {
  await app.invoke('verify', { keys: [(await key(app, keyId)).id], depth: 'normal' });
  await until(`what comes of checking ${keyId}`, () => over(app), { timeout: PATIENCE });
}

/** Waits until all of these words are on the page, in any order. */
export async function reads(app, ...words) {
  for (const word of words) await until(`the page to say "${word}"`, async () => (await shown(app)).includes(word));
}

/** What is read on the page, without the marks that set foreign text apart. */
export const shown = (app) => app.page.script("return document.body.innerText.replace(/[\\u2066-\\u2069]/g, '').replace(/\\s+/g, ' ');");

/** Waits until these words are nowhere on the page. */
export const silent = (app, words) => until(`no "${words}"`, async () => !(await shown(app)).includes(words));

/** A view in both themes: axe finds nothing, nothing sticks out, and there is a picture of each. */
export async function inBothThemes(app, name) {
  for (const appearance of ['light', 'dark']) {
    await wear(app, appearance);
    assert.deepEqual(await violations(app.page), [], `${name}, ${appearance}`);
    await fits(app, name);
    await picture(app, `${name}-${appearance}`);
  }
  await app.invoke('set_appearance', { appearance: 'light' });
}

/** The beginnings of a token's header and claims, in base64url: `{"` and what follows. */
const TOKEN = /eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}/;

/** No token and no part of a key in what the program wrote: to its streams, and to any file of its session but those brought in. */
export function wroteNoSecret(app, session, apple, brought = []) {
  const secrets = readdirSync(join(apple.folder, 'keys')).map((name) => traces(apple.key(name)));
  const places = filesIn(session.folder).filter((file) => !brought.includes(file)).map((file) => [file, readFileSync(file)]);
  for (const [where, bytes] of [['what it printed', Buffer.from(app.page.process.said)], ...places]) {
    assert.doesNotMatch(bytes.toString('latin1'), TOKEN, `a token is in ${where}`);
    for (const secret of secrets) {
      for (const [what, trace] of Object.entries(secret)) assert.ok(!bytes.includes(trace), `${what} of a key is in ${where}`);
    }
  }
}
