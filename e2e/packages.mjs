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
const IDENTIFIER = 'dev.keyfolio.desktop';
const ENTRY = `${IDENTIFIER}.desktop`;
const VAULT = `${HOME}/.local/share/${IDENTIFIER}/vault`;
const SHARED = [
  '/usr/bin/keyfolio',
  `/usr/share/applications/${ENTRY}`,
  ...[16, 32, 64, 128, 256, 512].map((side) => `/usr/share/icons/hicolor/${side}x${side}/apps/${IDENTIFIER}.png`),
  `/usr/share/icons/hicolor/scalable/apps/${IDENTIFIER}.svg`,
  '/usr/share/man/man1/keyfolio.1.gz',
  `/usr/share/metainfo/${IDENTIFIER}.metainfo.xml`,
];
const KINDS = [
  { name: 'deb', papers: ['THIRD-PARTY.gz', 'changelog.gz', 'copyright'].map((paper) => `/usr/share/doc/keyfolio/${paper}`) },
  {
    name: 'rpm',
    papers: ['/usr/share/doc/keyfolio/CHANGELOG.md', ...['LICENSE', 'LICENSE-APACHE', 'LICENSE-MIT', 'THIRD-PARTY'].map((paper) => `/usr/share/licenses/keyfolio/${paper}`)],
  },
];

let debian;
let packages;

before(async () => {
  packages = Object.fromEntries(KINDS.map(({ name }) => [name, theOnly(readdirSync(FOLDER).filter((file) => file.endsWith(`.${name}`)))]));
  debian = await Debian.begin(process.env.KEYFOLIO_DEBIAN);
  for (const file of Object.values(packages)) await output('cp', [join(FOLDER, file), debian.path('/tmp')]);
});
after(() => debian?.end());

for (const kind of KINDS) describe(`the ${kind.name}`, () => journey(kind));

function journey({ name, papers }) {
  const files = [...SHARED, ...papers].sort();
  const keys = new Map();
  let eyes;
  let hands;
  let begun;
  let installed;

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
  const openWith = (file) => debian.as('gio', 'launch', `/usr/share/applications/${ENTRY}`, file);
  const startupClass = () => /^StartupWMClass=(.*)$/m.exec(readFileSync(debian.path(`/usr/share/applications/${ENTRY}`), 'utf8'))[1];
  const running = () => output('pgrep', ['--exact', '--runstates', 'RSD', 'keyfolio']).then((pids) => pids.split('\n').length, () => 0);
  const sees = (what, judge) => eyes.sees(what, 'keyfolio', judge);
  const says = (words) => sees(`"${words}"`, ({ name: label, text }) => label?.includes(words) || text?.includes(words));

  test('its makers\' own inspectors have no complaint', async () => {
    if (name === 'deb') {
      assert.equal(await output('lintian', ['--allow-root', '--fail-on', 'error,warning', join(FOLDER, packages.deb)], { timeout: 60_000 }), '');
      return;
    }
    const needs = (await output('rpm', ['--query', '--package', '--requires', join(FOLDER, packages.rpm)])).split('\n');
    const others = needs.filter((need) => !/\.so\.|^rpmlib\(|^rtld\(/.test(need));
    assert.deepEqual(others, ['hicolor-icon-theme'], 'the libraries are asked for by the names every distribution has');
  });

  test('it is installed, and everything the program is linked with is there', async () => {
    begun = Date.now();
    if (name === 'deb') await debian.install(`/tmp/${packages.deb}`);
    // This Debian knows no RPM packages, so the libraries are looked for by name below.
    else await output('rpm', ['--root', debian.root, '--install', '--nodeps', join(FOLDER, packages.rpm)], { timeout: 60_000 });
    const linked = await debian.run('ldd', '/usr/bin/keyfolio');
    assert.doesNotMatch(linked, /not found/);
    if (name === 'rpm') {
      const needs = (await output('rpm', ['--query', '--package', '--requires', join(FOLDER, packages.rpm)])).split('\n');
      const libraries = needs.map((need) => /^([^(]+\.so[^(]*)\(\)\(64bit\)$/.exec(need)?.[1]).filter(Boolean);
      assert.ok(libraries.length > 10);
      for (const library of libraries) assert.ok(linked.includes(library), `${library} is asked for and needed`);
    }
  });

  test('its files lie where they belong, the program may be started and nothing may be written', async () => {
    const listed = name === 'deb' ? await debian.run('dpkg', '--listfiles', 'keyfolio') : await output('rpm', ['--root', debian.root, '--query', '--list', 'keyfolio']);
    installed = listed.split('\n').filter((path) => path !== '/.');
    assert.deepEqual(installed.filter((path) => statSync(debian.path(path)).isFile()).sort(), files);
    for (const path of installed) {
      const { mode, uid, gid } = statSync(debian.path(path));
      const expected = existsSync(debian.path(path)) && (statSync(debian.path(path)).isDirectory() || path === '/usr/bin/keyfolio') ? 0o755 : 0o644;
      assert.deepEqual({ path, rights: mode & 0o7777, uid, gid }, { path, rights: expected, uid: 0, gid: 0 });
    }
    if (name === 'deb') await debian.run('dpkg', '--verify', 'keyfolio');
    else await output('rpm', ['--root', debian.root, '--verify', '--nodeps', 'keyfolio']);
  });

  test('where nobody has logged in the self-test says that the keyring is missing and all else works', async () => {
    const report = await debian.as('keyfolio', '--self-test').then(() => '', ({ stdout }) => stdout);
    for (const part of ['signing', 'vault', 'catalogue']) assert.match(report, new RegExp(`ok +${part}`));
    assert.match(report, /FAILED +keyring/);
  });

  test('with a desktop the self-test holds', async () => {
    await debian.logIn();
    hands = new Hands(debian.display);
    eyes = new Eyes(debian.env.DISPLAY, await debian.accessibility());
    const report = await debian.as('keyfolio', '--self-test');
    assert.doesNotMatch(report, /FAILED/);
    assert.equal(report.match(/ ok /g).length, 4);
  });

  test('the desktop knows it: for keys, with an icon, in words that validators accept', async () => {
    if (name === 'rpm') await debian.run('update-desktop-database'); // Fedora does it by a trigger.
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
    const window = await hands.window('^Keyfolio$', { timeout: 40_000 });
    await says('AuthKey_7GX4KQ2M9L.p8');
    const words = await output('xprop', ['-id', window, 'WM_CLASS'], { env: debian.display.env });
    assert.ok(words.endsWith(`"${startupClass()}"`), `${words}: the desktop finds the entry of the window`);
    await hands.press(window, 'shift'); // The window manager gives the focus a moment later than the window.
    await sees('the Issuer ID\'s field with the keyboard', ({ role, states }) => role === 'entry' && states.includes('focused'));
    await eyes.picture(`${name}-sheet`);
    assert.ok((await eyes.colours()) > 100, 'the window is drawn');

    await hands.copyText(ISSUER);
    await hands.press(window, 'ctrl+v');
    await sees('the Issuer ID', ({ role, text }) => role === 'entry' && text.includes(ISSUER));
    await hands.press(window, 'Return');
    await until('the vault', () => existsSync(debian.path(VAULT)));
    await sees('the key in the list', ({ role, name: label }) => role === 'list item' && label.includes('7GX4KQ2M9L'));
    context.diagnostic(`${name}: ${((Date.now() - begun) / 1000).toFixed(1)} s from installing to the first sealed key`);
    await eyes.picture(`${name}-sealed`);

    const entries = await debian.as('secret-tool', 'search', '--all', 'service', IDENTIFIER);
    assert.match(entries, /^label = /m, 'the keyring holds what opens the vault');
  });

  test('the key lies on the disk nowhere but in its own file', () => {
    assert.ok(keys.size > 0);
    for (const [file, content] of keys) {
      const secret = traces(content);
      for (const path of filesIn(debian.path(HOME)).filter((path) => basename(path) !== file)) {
        const bytes = readFileSync(path);
        for (const [what, trace] of Object.entries(secret)) assert.ok(!bytes.includes(trace), `${what} is in ${path}`);
      }
    }
  });

  test('a second start hands its file over and ends', async () => {
    assert.equal(await running(), 1);
    await openWith(keyFile('AuthKey_R2N8V5TQ4C.p8'));
    await says('AuthKey_R2N8V5TQ4C.p8');
    await until('one program', async () => (await running()) === 1);
    await eyes.picture(`${name}-second`);
  });

  test('its window closes, and the program ends', async () => {
    const window = await hands.window('^Keyfolio$');
    await hands.press(window, 'Escape');
    await hands.close(window);
    await until('the end', async () => (await running()) === 0);
  });

  test('removing it leaves nothing but the vault', async () => {
    const vault = filesIn(debian.path(VAULT)).map((file) => [file, readFileSync(file)]);
    assert.ok(vault.length > 0);
    const full = debian.everything();
    if (name === 'deb') await debian.remove('keyfolio');
    else await output('rpm', ['--root', debian.root, '--erase', 'keyfolio']);
    if (name === 'rpm') await debian.run('update-desktop-database');

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

function theOnly(found) {
  assert.equal(found.length, 1, `one package of a kind in ${FOLDER}: ${found.join(', ')}`);
  return found[0];
}
