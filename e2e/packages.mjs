// The packages as people meet them: installed in a Debian that has nothing else, opened from a file, a key sealed,
// removed with nothing left but the vault. Started by `cargo xtask test --packages`, which makes the Debian.
//
// The program in a package lets no driver in. It is worked by keyboard, and seen as a screen reader and an eye see it.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { Debian, HOME } from './lib/debian.mjs';
import { Eyes } from './lib/eyes.mjs';
import { filesIn, ISSUER, throwawayKey, traces } from './lib/keys.mjs';
import { Hands } from './lib/native.mjs';
import { output, until } from './lib/processes.mjs';

const FOLDER = process.env.KEYFOLIO_PACKAGES;
/** For what takes seconds and may take long on a busy machine, in milliseconds. */
const PATIENCE = 120_000;
const IDENTIFIER = 'dev.keyfolio.desktop';
const ENTRY = 'keyfolio.desktop';
const VAULT = `${HOME}/.local/share/${IDENTIFIER}/vault`;
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
    assert.deepEqual(needs.filter((need) => !/\.so\.|^rpmlib\(|^rtld\(/.test(need)), ['hicolor-icon-theme']);
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
  let eyes;
  let hands;
  let begun;
  let installed;

  before(() => {
    const found = readdirSync(FOLDER).filter((file) => file.endsWith(`.${made.name}`));
    assert.equal(found.length, 1, `one package of a kind in ${FOLDER}: ${found.join(', ')}`);
    made.file = join(FOLDER, found[0]);
  });
  after(async () => {
    await hands?.end();
    await debian.logOut();
  });

  const keyFile = (file) => {
    const content = throwawayKey();
    writeFileSync(debian.path(join(HOME, file)), content);
    keys.set(file, content);
    return join(HOME, file);
  };
  // What is started keeps the streams of what starts it, and would be waited for.
  const openWith = (file) => debian.as('sh', '-c', 'exec gio launch "$0" "$1" > /dev/null 2>&1', `/usr/share/applications/${ENTRY}`, file);
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
    await openWith(file);
    const window = await hands.window('^Keyfolio$', { timeout: PATIENCE });
    await says('AuthKey_7GX4KQ2M9L.p8');
    const itself = await output('xprop', ['-id', window, 'WM_CLASS'], { env: debian.display.env });
    assert.match(itself, /= "keyfolio", /, 'the window calls itself like its entry, or the desktop would not find the icon');
    await hands.press(window, 'shift'); // The window manager gives the focus a moment later than the window.
    await sees('the Issuer ID\'s field with the keyboard', ({ role, states }) => role === 'entry' && states.includes('focused'));
    await eyes.picture(`${made.name}-sheet`);
    assert.ok((await eyes.colours()) > 100, 'the window is drawn');

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

  test('the key lies on the disk nowhere but in its own file', () => {
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

  test('a second start hands its file over and ends', async () => {
    assert.equal(running(), 1);
    await openWith(keyFile('AuthKey_R2N8V5TQ4C.p8'));
    await says('AuthKey_R2N8V5TQ4C.p8');
    await until('one program', () => running() === 1);
    await eyes.picture(`${made.name}-second`);
  });

  test('its window closes, and the program ends', async () => {
    const window = await hands.window('^Keyfolio$');
    await hands.press(window, 'Escape');
    await hands.close(window);
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
