// Shut by default: what the page must not be able to do, tried from inside the page; and what must never reach it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { App } from './lib/app.mjs';
import { throwawayKey, traces } from './lib/keys.mjs';
import { searchMemory } from './lib/memory.mjs';
import { Session } from './lib/session.mjs';
import { ADD, EMPTY, OFFER, rows } from './lib/window.mjs';

let session;
let app;
let address;

before(async () => {
  session = await Session.begin();
  app = await App.start(session);
  await app.page.visible(EMPTY);
  address = await app.page.address();
});
after(async () => {
  await app?.end();
  await session?.end();
});

test('no command of Tauri itself answers the page, and none that is not in the table', async () => {
  const commands = [
    'plugin:app|version', 'plugin:app|app_hide', 'plugin:event|listen', 'plugin:event|emit', 'plugin:window|close', 'plugin:window|create',
    'plugin:window|set_title', 'plugin:window|internal_toggle_maximize', 'plugin:webview|create_webview_window', 'plugin:webview|internal_toggle_devtools',
    'plugin:path|resolve_directory', 'plugin:menu|new', 'plugin:tray|new', 'plugin:image|from_path', 'plugin:resources|close',
    'plugin:fs|read_file', 'plugin:shell|execute', 'plugin:opener|open_url', 'plugin:http|fetch', 'plugin:dialog|open', 'read_key', 'get_secret',
  ];
  for (const command of commands) {
    await assert.rejects(app.invoke(command, {}), /not allowed|not found/i, `${command} was answered`);
  }
});

test('every command of the table is one of the list, and no answer can carry a key', async () => {
  const manifest = JSON.parse(readFileSync(new URL('../src-tauri/capabilities/main.json', import.meta.url), 'utf8'));
  assert.ok(manifest.permissions.every((permission) => /^allow-[a-z-]+$/.test(permission)), 'only commands of our own are allowed');
  // What is exported is text and pictures the page made of what it shows; neither command can reach a key.
  assert.deepEqual(manifest.permissions.filter((permission) => /secret|export|private|read-key/.test(permission)), ['allow-export-copy', 'allow-export-save']);
});

for (const [what, attempt] of Object.entries({
  'fetch another site': `return fetch('https://evil.example/').then(() => 'got through', () => 'stopped');`,
  'fetch a file': `return fetch('file:///etc/hostname').then(() => 'got through', () => 'stopped');`,
  'open a web socket': `return new Promise((done) => { try { const s = new WebSocket('wss://evil.example/'); s.onopen = () => done('got through'); s.onerror = () => done('stopped'); } catch { done('stopped'); } });`,
  'load a picture from elsewhere': `return new Promise((done) => { const i = new Image(); i.onload = () => done('got through'); i.onerror = () => done('stopped'); i.src = 'https://evil.example/x.png'; });`,
  'run a script written into the page': `window.__ran = false; const s = document.createElement('script'); s.textContent = 'window.__ran = true'; document.head.append(s); return window.__ran ? 'got through' : 'stopped';`,
  'run an event handler written into the page': `window.__ran = false; document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.__ran = true">'); await new Promise((r) => setTimeout(r, 200)); return window.__ran ? 'got through' : 'stopped';`,
  'evaluate text': `try { return new Function('return "got through"')(); } catch { return 'stopped'; }`,
  'show a frame': `return new Promise((done) => { const f = document.createElement('iframe'); f.srcdoc = '<p>x</p>'; document.body.append(f); setTimeout(() => { const shown = f.contentDocument?.querySelector('p'); f.remove(); done(shown ? 'got through' : 'stopped'); }, 300); });`,
  'open a window': `return window.open('https://evil.example/') ? 'got through' : 'stopped';`,
})) {
  test(`the page cannot ${what}`, async () => {
    assert.equal(await app.page.scriptAsync(attempt), 'stopped');
  });
}

for (const [what, attempt] of Object.entries({
  'going to another address': `location.href = 'https://evil.example/';`,
  'following a link': `const a = document.createElement('a'); a.href = 'https://evil.example/'; document.body.append(a); a.click(); a.remove();`,
  'following a link into a new window': `const a = document.createElement('a'); a.href = 'https://evil.example/'; a.target = '_blank'; document.body.append(a); a.click(); a.remove();`,
  'sending a form': `const f = document.createElement('form'); f.action = 'https://evil.example/'; document.body.append(f); f.submit(); f.remove();`,
  'a refresh written into the page': `const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=https://evil.example/'; document.head.append(m);`,
  'a data address': `location.href = 'data:text/html,<p>evil</p>';`,
})) {
  test(`${what} leads nowhere`, async () => {
    await app.page.script(attempt);
    await app.page.scriptAsync('await new Promise((r) => setTimeout(r, 300));');
    assert.equal(await app.page.address(), address);
    await app.page.visible(EMPTY);
  });
}

test('no part of a key is in the memory of any of the web processes, nor in ours once it is stored', async () => {
  const pem = throwawayKey();
  await app.drop([session.write('home/AuthKey_7GX4KQ2M9L.p8', pem)]);
  await app.page.visible(OFFER);
  await app.page.click(ADD);
  await rows(app, 1);
  await app.page.painted();
  for (const pid of app.processes()) {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    for (const [what, where] of searchMemory(pid, traces(pem))) assert.fail(`${what} of the key is in the memory of ${name} at ${where}`);
  }
});
