// The Tokens page, as somebody uses it in the real window: a token planned, made, shown while a button is held, taken along; and one
// that somebody else made, judged in words.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { Apple, TEAM } from './lib/apple.mjs';
import { inBothThemes, key, reads, shown, silent } from './lib/asking.mjs';
import { throwawayKey } from './lib/keys.mjs';
import { fits, picture } from './lib/looks.mjs';
import { until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { claimsOf, signed } from './lib/tokens.mjs';
import { choose, OFFER, open, pick, rows, SHEET } from './lib/window.mjs';

const ADMIN = '4JH6M2YB8S';
const INDIVIDUAL = 'Y6F2CT8JN5QA';
const COPY = '[data-copy-token]';
const LIFETIME = 'input[type=range]';
const CLIP = '[role=timer]';
const SNIPPET = '[role=tabpanel]:not([hidden]) pre';
/** As long as a secret stays on the clipboard here. */
const SECONDS = 4;
let session;
let apple;
let app;

const nameOf = async (keyId) => (await key(app, keyId)).name;
const focus = (css) => app.page.script('document.querySelector(arguments[0]).focus();', css);
const presses = (...keys) => app.hands.press(app.window, ...keys);
/** Seconds the page says are left of the loan. */
const left = async () => {
  const [, minutes, seconds] = /(\d+):(\d+)/.exec(await app.page.text(CLIP));
  return Number(minutes) * 60 + Number(seconds);
};
const emptied = () => app.hands.clipboardEmpty({ timeout: (SECONDS + 10) * 1000 });

/** Pastes into the inspector, as it is done. */
async function paste(text) {
  await app.hands.copyText(text);
  await presses('ctrl+v');
}

before(async () => {
  session = await Session.begin();
  apple = await Apple.begin();
  app = await App.start(session, { args: ['--demo'], env: { ...apple.env, KEYFOLIO_CLIPBOARD_SECONDS: String(SECONDS) } });
  await rows(app, 12);
  await app.invoke('hint_seen', { hint: 'reach_strip' });
});
after(async () => {
  await app?.end();
  await apple?.end();
  await session?.end();
});

test('planned: what a token of this key would say is there before one is made', async () => {
  await presses('ctrl+shift+t');
  await reads(app, 'Tokens', 'No token yet', 'Claims', 'appstoreconnect-v1');
  await pick(app, 'Key', await nameOf(ADMIN));
  await reads(app, TEAM, ADMIN);
  await pick(app, 'Key', await nameOf(INDIVIDUAL));
  await reads(app, INDIVIDUAL, 'Individual key, no issuer');
  await pick(app, 'Key', await nameOf(ADMIN));
  await reads(app, TEAM);
  await inBothThemes(app, 'tokens-planned');
});

test('the lifetime goes from two minutes to Apple’s twenty', async () => {
  const said = () => app.page.attribute(LIFETIME, 'aria-valuetext');
  assert.equal(await said(), '10 minutes');
  await focus(LIFETIME);
  await presses('End');
  await until('twenty minutes', async () => (await said()) === '20 minutes');
  await reads(app, 'Apple refuses more than 20');
  await presses('Home');
  await until('two minutes', async () => (await said()) === '2 minutes');
  await presses('Right');
  await until('a little more', async () => (await said()) !== '2 minutes');
});

test('made: it counts its time, its signature is nowhere on the page, and Copy Token has the focus', async () => {
  await app.page.clickNamed('Create Token');
  await app.page.visible(COPY);
  await reads(app, 'left', 'Expires', await nameOf(ADMIN));
  await until('the focus on Copy Token', () => app.page.script('return document.activeElement.matches(arguments[0]);', COPY));
  const token = await app.invoke('token');
  const whole = await app.invoke('token_reveal', { id: token.id });
  assert.ok(!(await app.page.script('return document.documentElement.outerHTML;')).includes(whole.split('.')[2].slice(0, 20)));
});

test('copied with Return: on the clipboard for as long as the page counts down, and Apple takes it', async () => {
  await presses('Return');
  await reads(app, 'Clipboard clears in', 'Marked as concealed');
  const first = await left();
  assert.ok(first > 0 && first <= SECONDS, String(first));
  const token = await app.hands.clipboard();
  assert.equal(await apple.ask(token), 200);
  assert.ok((await app.hands.clipboardKinds()).includes('x-kde-passwordManagerHint'));
  await inBothThemes(app, 'tokens-made');
  await until('the count to go down', async () => (await app.page.count(CLIP)) === 0 || (await left()) < first);
  await app.page.gone(CLIP);
  await emptied();
});

test('Clear Now takes it away at once; Ctrl+Shift+C copies it again', async () => {
  await presses('ctrl+shift+c');
  await app.page.visible(CLIP);
  await app.page.clickNamed('Clear Now');
  await app.page.gone(CLIP, { timeout: 2000 });
  await app.hands.clipboardEmpty({ timeout: 1000 });
});

test('shown only while the button is held', async () => {
  const { id } = await app.invoke('token');
  const signature = (await app.invoke('token_reveal', { id })).split('.')[2];
  await focus('button[aria-describedby][aria-pressed]');
  await app.page.hold(' ', async () => {
    await reads(app, signature);
    await picture(app, 'tokens-revealed');
  });
  await silent(app, signature);
});

test('the lines to send it have a placeholder, or the token when it is asked for', async () => {
  for (const form of ['curl', 'HTTPie', '.http', 'JS', 'Python', 'Swift']) {
    await app.page.script("[...document.querySelectorAll('[role=tab]')].find((one) => one.textContent.trim() === arguments[0]).click();", form);
    await app.page.says(SNIPPET, form === '.http' ? 'GET ' : 'ASC_TOKEN');
    assert.doesNotMatch(await app.page.text(SNIPPET), /eyJ/);
  }
  await app.page.script("[...document.querySelectorAll('[role=tab]')].find((one) => one.textContent.trim() === 'curl').click();");
  await app.page.click('button[aria-label="Copy with placeholder"]');
  await until('the line on the clipboard', async () => /ASC_TOKEN.*curl .*\/v1\/apps/s.test(await app.hands.clipboard()));
  await app.page.clickNamed('Copy with Token');
  await until('the token in it', async () => /eyJ/.test(await app.hands.clipboard()));
  await app.page.visible(CLIP);
  await emptied();
});

test('limited to chosen requests, it opens those and nothing else', async () => {
  await app.page.script("document.querySelector('[role=switch][aria-label=\"Limit this token to chosen requests\"]').click();");
  await app.page.fill('[data-find]', '/v1/apps');
  const row = 'input[type=checkbox][aria-label^="GET /v1/apps,"]';
  await app.page.find(row);
  await app.page.script('document.querySelector(arguments[0]).click();', row);
  await reads(app, '1 of', 'chosen', 'The settings have changed since');
  await presses('ctrl+shift+c');
  await until('another token on the clipboard', async () => claimsOf(await app.hands.clipboard()).scope?.[0] === 'GET /v1/apps');
  const token = await app.hands.clipboard();
  assert.deepEqual([await apple.ask(token, '/v1/apps') === 200, await apple.ask(token, '/v1/users') === 200], [true, false]);
  await inBothThemes(app, 'tokens-scope');
  await emptied();
});

test('in a small window everything is still inside', async () => {
  await app.resize(900, 600);
  await fits(app, 'the workbench');
  await picture(app, 'tokens-900');
  await app.resize(1280, 800);
});

test('inspected: a token somebody else made is judged in words, and its key named', async () => {
  await app.page.click('input[type=radio][value=inspect]');
  await reads(app, 'See why a token is refused');
  await inBothThemes(app, 'inspect-empty');
  const pem = apple.key(`AuthKey_${ADMIN}.p8`);
  await paste(signed(pem, ADMIN));
  await reads(app, 'Nothing speaks against this token', 'All ten rules are kept', `signed by ${await nameOf(ADMIN)}`);
  await inBothThemes(app, 'inspect-kept');
});

test('one that lives too long says so, and what to set instead', async () => {
  await paste(signed(apple.key(`AuthKey_${ADMIN}.p8`), ADMIN, { seconds: 1260 }));
  await reads(app, 'Apple is likely to refuse this token', '21 minutes', 'Set duration to 1140');
  await inBothThemes(app, 'inspect-long');
  await app.page.clickNamed('Set duration to 1140');
  await until('the setting on the clipboard', async () => (await app.hands.clipboard()) === 'duration: 1140');
});

test('one signed by another key than it names is found out, whatever else it says', async () => {
  await paste(signed(throwawayKey(), ADMIN));
  await reads(app, 'Apple is likely to refuse this token', `Not made by ${await nameOf(ADMIN)}, which has this Key ID`);
});

test('what is no token says what it was, and leaves the one before', async () => {
  await paste('a shopping list');
  await reads(app, 'That isn’t a token', 'The token below is the one from before');
  await picture(app, 'inspect-nothing');
});

test('a private key is never shown, and is offered for import', async () => {
  const pem = throwawayKey();
  await paste(pem);
  await app.page.visible(OFFER);
  await reads(app, 'That was a private key', 'You pasted 1 key');
  assert.ok(!(await shown(app)).includes(pem.split('\n')[1].slice(0, 20)));
  await picture(app, 'inspect-key');
  await presses('Escape');
  await app.page.gone(SHEET);
  await app.page.clickNamed('Dismiss');
  await silent(app, 'That was a private key');
});

test('a key has its token copied with one shortcut', async () => {
  await open(app, 'All Keys');
  await choose(app, INDIVIDUAL);
  await presses('ctrl+shift+c');
  await reads(app, `Token of ${await nameOf(INDIVIDUAL)} copied`);
  assert.equal(await apple.ask(await app.hands.clipboard()), 200);
  await emptied();
});
