// The program people get, built without the `e2e` feature: it lets no driver in, whatever the environment says, and
// works all the same.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Apple } from './lib/apple.mjs';
import { filesIn } from './lib/keys.mjs';
import { Hands, processTree } from './lib/native.mjs';
import { start, stop, until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';
import { WebDriver } from './lib/webdriver.mjs';
import { reached, tapped } from './lib/wiretap.mjs';

const PROGRAM = process.env.KEYFOLIO_SHUT_BINARY;
const OPENERS = { TAURI_WEBVIEW_AUTOMATION: 'true', WEBKIT_INSPECTOR_SERVER: '127.0.0.1:9222', WEBKIT_INSPECTOR_HTTP_SERVER: '127.0.0.1:9223' };
let session;

before(async () => {
  session = await Session.begin();
});
after(() => session?.end());

test('a driver gets no session', async () => {
  await assert.rejects(WebDriver.launch(session, PROGRAM, [], OPENERS, { timeout: 8000 }), /did not come up under WebKitWebDriver/);
  // Its window may outlive the driver by a moment, and must not be taken for the next one's.
  await new Hands(session).windowGone('^Keyfolio$');
});

test('the variables that would open the web view are gone before it starts, and its window opens', async () => {
  const program = start(PROGRAM, [], { env: { ...session.env, ...OPENERS } });
  try {
    await new Hands(session).window('^Keyfolio$', { timeout: 30_000 });
    for (const pid of processTree(program.pid)) {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      for (const name of Object.keys(OPENERS)) assert.ok(!environment.includes(`${name}=`), `${name} reached process ${pid}`);
    }
    const limits = readFileSync(`/proc/${program.pid}/limits`, 'utf8');
    assert.match(limits, /^Max core file size\s+0\s+0/m, 'a crash leaves no core file');
  } finally {
    await stop(program);
  }
});

test('it starts without calling anybody, has no demo, and what leads a driven build elsewhere means nothing to it', async () => {
  const elsewhere = await Apple.begin();
  const note = join(session.folder, 'reached');
  const file = session.write('home/AuthKey_7GX4KQ2M9L.p8', elsewhere.key('AuthKey_7GX4KQ2M9L.p8'));
  const program = start(...tapped(note, PROGRAM, ['--demo', file]), { env: { ...session.env, ...elsewhere.env } });
  try {
    const hands = new Hands(session);
    const window = await hands.window('^Keyfolio$', { timeout: 30_000 });
    await until('the vault', () => filesIn(session.data).some((path) => path.endsWith('keyfolio.sqlite3')), { timeout: 30_000 });
    await hands.close(window);
    await program.ended;
    assert.deepEqual(reached(note), []);
    assert.equal(await elsewhere.connections(), 0);
  } finally {
    await stop(program);
    await elsewhere.end();
  }
});
