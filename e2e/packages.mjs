// The packages as people meet them: installed in a Debian that has nothing else, opened from a file, a key sealed, Apple
// asked about it, removed with nothing left but the vault. Started by `cargo xtask test --packages`, which makes the Debian.
//
// The program in a package asks Apple by its name and nobody else, and nothing can be set to change that. So the name is
// moved: in this Debian it leads to a simulated Apple, in a network where there is nobody else, and the Debian comes to
// trust its authority as it would any other.
//
// The program in a package lets no driver in. It is worked by keyboard, and seen as a screen reader and an eye see it.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { Apple } from './lib/apple.mjs';
import { Debian, HOME } from './lib/debian.mjs';
import { Eyes } from './lib/eyes.mjs';
import { filesIn, ISSUER, traces } from './lib/keys.mjs';
import { Hands } from './lib/native.mjs';
import { output, until } from './lib/processes.mjs';
import { query } from './lib/vault.mjs';
import { reached } from './lib/wiretap.mjs';

const FOLDER = process.env.KEYFOLIO_PACKAGES;
/** For what takes seconds and may take long on a busy machine, in milliseconds. */
const PATIENCE = 120_000;
const IDENTIFIER = 'dev.keyfolio.desktop';
const ENTRY = 'keyfolio.desktop';
const VAULT = `${HOME}/.local/share/${IDENTIFIER}/vault`;
/** The vault's file in it. */
const DATABASE = 'keyfolio.sqlite3';
const APPLE = 'api.appstoreconnect.apple.com';
/** The one address and port of Apple, here. */
const THERE = ['127.0.0.1:443'];
const SHARED = [
  '/usr/bin/keyfolio',
  `/usr/share/applications/${ENTRY}`,
  ...[16, 32, 64, 128, 256, 512].map((side) => `/usr/share/icons/hicolor/${side}x${side}/apps/keyfolio.png`),
  '/usr/share/icons/hicolor/scalable/apps/keyfolio.svg',
  '/usr/share/man/man1/keyfolio.1.gz',
  `/usr/share/metainfo/${IDENTIFIER}.metainfo.xml`,
];
/** Debian's package, in the hands of Debian's own tools. */
class Deb {
  name = 'deb';
  papers = ['THIRD-PARTY.gz', 'changelog.gz', 'copyright'].map((paper) => `/usr/share/doc/keyfolio/${paper}`);

  async inspect() {
    assert.equal(await output('lintian', ['--allow-root', '--fail-on', 'error,warning', this.file], { timeout: PATIENCE }), '');
  }

  /** With what it depends on, and without what it only recommends. */
  async install() {
    await output('cp', [this.file, debian.path('/tmp')]);
    await debian.install(`/tmp/${basename(this.file)}`);
  }

  list = () => debian.run('dpkg', '--listfiles', 'keyfolio');
  verify = () => debian.run('dpkg', '--verify', 'keyfolio');
  remove = () => debian.remove('keyfolio');
}

/** The package of Fedora and its kin, which are not here: RPM alone puts it into the Debian whose libraries the other one brought. */
class Rpm {
  name = 'rpm';
  papers = ['/usr/share/doc/keyfolio/CHANGELOG.md', ...['LICENSE', 'LICENSE-APACHE', 'LICENSE-MIT', 'THIRD-PARTY'].map((paper) => `/usr/share/licenses/keyfolio/${paper}`)];

  /** What it asks for: libraries by the names they have everywhere, and nothing by a name that only one distribution knows. */
  async inspect() {
    const needs = (await output('rpm', ['--query', '--package', '--requires', this.file])).split('\n');
    const libraries = needs.flatMap((need) => /^([^(]+\.so[^(]*)\(\)\(64bit\)$/.exec(need)?.[1] ?? []);
    const needed = (await output('objdump', ['--private-headers', debian.path('/usr/bin/keyfolio')])).matchAll(/NEEDED +(\S+)/g);
    assert.deepEqual(libraries.sort(), [...needed].map(([, library]) => library).sort());
    assert.deepEqual(needs.filter((need) => !/\.so\.|^rpmlib\(|^rtld\(/.test(need)), ['ca-certificates', 'hicolor-icon-theme']);
  }

  install = () => this.#rpm('--install', '--nodeps', this.file);
  list = () => this.#rpm('--query', '--list', 'keyfolio');
  verify = () => this.#rpm('--verify', '--nodeps', 'keyfolio');
  remove = () => this.#rpm('--erase', 'keyfolio');

  #rpm = (...task) => output('rpm', ['--root', debian.root, ...task], { timeout: PATIENCE });
}

let debian;

before(async () => {
  debian = await Debian.begin(process.env.KEYFOLIO_DEBIAN);
});
after(() => debian?.end());

for (const made of [new Deb(), new Rpm()]) describe(`the ${made.name}`, () => journey(made));

function journey(made) {
  const files = [...SHARED, ...made.papers].sort();
  const keys = new Map();
  let apple;
  let elsewhere;
  let tap;
  let eyes;
  let hands;
  let begun;
  let installed;

  before(async () => {
    const { isolation } = debian;
    apple = await Apple.begin({ isolation, listen: THERE[0] });
    elsewhere = await Apple.begin({ isolation });
    tap = join(apple.folder, 'reached');
    writeFileSync(debian.path('/etc/hosts'), `127.0.0.1 localhost ${APPLE}\n`);
    const found = readdirSync(FOLDER).filter((file) => file.endsWith(`.${made.name}`));
    assert.equal(found.length, 1, `one package of a kind in ${FOLDER}: ${found.join(', ')}`);
    made.file = join(FOLDER, found[0]);
  });
  after(async () => {
    await hands?.end();
    await debian.logOut();
    await elsewhere?.end();
    await apple?.end();
  });

  const keyFile = (file) => {
    const content = apple.key(file);
    writeFileSync(debian.path(join(HOME, file)), content);
    keys.set(file, content);
    return join(HOME, file);
  };
  // What is started keeps the streams of what starts it, and would be waited for.
  const opening = (file) => ['sh', ['-c', 'exec gio launch "$0" "$1" > /dev/null 2>&1', `/usr/share/applications/${ENTRY}`, file]];
  const openWith = (file) => debian.as(opening(file)[0], ...opening(file)[1]);
  /** What the vault knows of a key from asking Apple, once `judge` likes it: `[verdict, unreached, answers]`. */
  const known = (keyId, judge) => until(`an answer about ${keyId}`, async () => {
    const sql = `SELECT verdict, unreached, (SELECT count(*) FROM answers WHERE key = keys.id) FROM keys LEFT JOIN checks ON key = keys.id WHERE key_id = '${keyId}'`;
    const [found] = await query(debian.path(join(VAULT, DATABASE)), sql);
    return judge(...found) && found;
  }, { timeout: PATIENCE, every: 200 });
  const running = () => processesNamed('keyfolio').length;
  const sees = (what, judge) => eyes.sees(what, 'keyfolio', judge);
  const says = (words) => sees(`"${words}"`, ({ name: label, text }) => label?.includes(words) || text?.includes(words));

  test('it is installed, and everything the program is linked with is there', async () => {
    begun = Date.now();
    await made.install();
    assert.doesNotMatch(await debian.run('ldd', '/usr/bin/keyfolio'), /not found/);
  });

  test('its files lie where they belong, the program may be started and nothing may be written', async () => {
    installed = (await made.list()).split('\n').filter((path) => path !== '/.');
    assert.deepEqual(installed.filter((path) => statSync(debian.path(path)).isFile()).sort(), files);
    for (const path of installed) {
      const status = statSync(debian.path(path));
      const rights = status.isDirectory() || path === '/usr/bin/keyfolio' ? 0o755 : 0o644;
      assert.deepEqual([path, status.mode & 0o7777, status.uid, status.gid], [path, rights, 0, 0]);
    }
    await made.verify();
  });

  test('where nobody has logged in the self-test says that the keyring is missing and all else works', async () => {
    const report = await debian.as('keyfolio', '--self-test').then(() => '', ({ stdout }) => stdout);
    for (const part of ['signing', 'vault', 'catalogue', 'apple']) assert.match(report, new RegExp(`ok +${part}`));
    assert.match(report, /FAILED +keyring/);
  });

  test('with a desktop the self-test holds', async () => {
    await debian.logIn();
    debian.env = { ...debian.env, ...elsewhere.env };
    hands = new Hands(debian.display);
    eyes = new Eyes(debian.env.DISPLAY, await debian.accessibility());
    const report = await debian.as('keyfolio', '--self-test');
    assert.doesNotMatch(report, /FAILED/);
    assert.equal(report.match(/ ok /g).length, 5);
  });

  test('the desktop knows it: for keys, with an icon, in words that validators accept', async () => {
    await debian.run('update-desktop-database'); // After an RPM, Fedora does it by a trigger that is not here.
    const handlers = await debian.as('gio', 'mime', 'application/pkcs8');
    assert.match(handlers, new RegExp(`Recommended applications:(\\n\\s.*)*\\n\\s+${ENTRY}`));
    const user = debian.path(`${HOME}/.config/mimeapps.list`);
    assert.ok(!existsSync(user) && !existsSync(debian.path('/etc/xdg/mimeapps.list')), 'no default was set');
    await output('desktop-file-validate', [debian.path(`/usr/share/applications/${ENTRY}`)]);
    await output('appstreamcli', ['validate', '--no-net', debian.path(`/usr/share/metainfo/${IDENTIFIER}.metainfo.xml`)]);
  });

  test('a key opened from the desktop is offered, and the Issuer ID and Return seal it', async (context) => {
    const file = keyFile('AuthKey_7GX4KQ2M9L.p8');
    debian.startTapped(tap, ...opening(file));
    const window = await hands.window('^Keyfolio$', { timeout: PATIENCE });
    await says('AuthKey_7GX4KQ2M9L.p8');
    const itself = await output('xprop', ['-id', window, 'WM_CLASS'], { env: debian.display.env });
    assert.match(itself, /= "keyfolio", /, 'the window calls itself like its entry, or the desktop would not find the icon');
    await hands.press(window, 'shift'); // The window manager gives the focus a moment later than the window.
    await sees('the Issuer ID\'s field with the keyboard', ({ role, states }) => role === 'entry' && states.includes('focused'));
    await eyes.picture(`${made.name}-sheet`);
    assert.ok((await eyes.colours()) > 100, 'the window is drawn');

    assert.deepEqual([reached(tap), await apple.connections()], [[], 0], 'nobody is asked anything before somebody says so');

    await hands.copyText(ISSUER);
    await hands.press(window, 'ctrl+v');
    await sees('the Issuer ID', ({ role, text }) => role === 'entry' && text.includes(ISSUER));
    await hands.press(window, 'Return');
    await until('the vault', () => existsSync(debian.path(VAULT)));
    await sees('the key in the list', ({ role, name: label }) => role === 'list item' && label.includes('7GX4KQ2M9L'));
    context.diagnostic(`${made.name}: ${((Date.now() - begun) / 1000).toFixed(1)} s from installing to the first sealed key`);
    await eyes.picture(`${made.name}-sealed`);

    const entries = await debian.as('secret-tool', 'search', '--all', 'service', IDENTIFIER);
    assert.match(entries, /^label = /m, 'the keyring holds what opens the vault');
  });

  test('it was to be checked when it was added, and a server that the system does not trust was sent nothing', async () => {
    const [verdict, unreached, answers] = await known('7GX4KQ2M9L', (_, unreached) => unreached);
    assert.deepEqual([verdict, answers], [null, 0], unreached);
    assert.match(unreached, /unknown_authority|unknown_issuer|tls|certificate/i);
    assert.ok((await apple.connections()) > 0, 'it was the one that was called');
    assert.deepEqual(await apple.log(), []);
    assert.deepEqual(reached(tap), THERE);
  });

  test('a second start hands its file over and ends', async () => {
    assert.equal(running(), 1);
    await openWith(keyFile('AuthKey_R2N8V5TQ4C.p8'));
    await says('AuthKey_R2N8V5TQ4C.p8');
    await until('one program', () => running() === 1);
    await eyes.picture(`${made.name}-second`);
  });

  test('a server that the system trusts is asked, and the vault keeps what it said', async (context) => {
    await output('install', ['-D', '--mode=0644', apple.authority, debian.path('/usr/local/share/ca-certificates/simulated.crt')]);
    await debian.run('update-ca-certificates');
    await hands.press(await hands.window('^Keyfolio$'), 'Return');
    const [verdict, , answers] = await known('R2N8V5TQ4C', (verdict, _, answers) => verdict && answers > 0);
    assert.match(verdict, /alive|verified/);
    const asked = await apple.log();
    assert.ok(asked.length >= answers && asked.length <= 12, `${asked.length} requests for ${answers} answers`);
    assert.ok(asked.every(({ method, key }) => method === 'GET' && key === 'R2N8V5TQ4C'), JSON.stringify(asked));
    assert.deepEqual(reached(tap), THERE, 'nobody else was even called');
    assert.equal(await elsewhere.connections(), 0, 'the variable that leads a driven build elsewhere means nothing');
    context.diagnostic(`${made.name}: ${asked.length} requests, ${answers} answers kept`);
    await eyes.picture(`${made.name}-checked`);
  });

  test('the keys lie on the disk nowhere but in their own files', () => {
    assert.ok(keys.size > 0);
    for (const [file, content] of keys) {
      const secret = traces(content);
      const places = [HOME, '/tmp', '/var/tmp'].flatMap((place) => filesIn(debian.path(place)));
      for (const path of places.filter((path) => basename(path) !== file)) {
        const bytes = readFileSync(path);
        for (const [what, trace] of Object.entries(secret)) assert.ok(!bytes.includes(trace), `${what} is in ${path}`);
      }
    }
  });

  test('its window closes, and the program ends', async () => {
    await hands.close(await hands.window('^Keyfolio$'));
    await until('the end', () => running() === 0);
  });

  test('whoever judges such packages has no complaint', () => made.inspect());

  test('removing it leaves nothing but the vault', async () => {
    const vault = filesIn(debian.path(VAULT)).map((file) => [file, readFileSync(file)]);
    assert.ok(vault.length > 0);
    const full = debian.everything();
    await made.remove();
    await debian.run('update-desktop-database');

    const left = debian.everything();
    const gone = [...full].filter((path) => !left.has(path)).sort();
    assert.deepEqual(gone, installed.filter((path) => !left.has(path)).sort(), 'what goes is the package\'s');
    assert.deepEqual(files.filter((path) => left.has(path)), []);
    assert.deepEqual([...left].filter((path) => !full.has(path)), []);
    assert.deepEqual([...left].filter((path) => /keyfolio/i.test(path)), []);
    assert.doesNotMatch(readFileSync(debian.path('/usr/share/applications/mimeinfo.cache'), 'utf8'), /keyfolio/);
    for (const [file, bytes] of vault) assert.deepEqual(readFileSync(file), bytes, 'the vault is as it was');
  });
}

/** The living processes of that name. */
function processesNamed(name) {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids.filter((pid) => {
    try {
      return new RegExp(`^\\d+ \\(${name}\\) [^ZX]`).test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false; // It has just ended.
    }
  });
}
