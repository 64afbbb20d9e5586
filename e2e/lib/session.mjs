// A desktop session of its own for each test file: display, window manager, message bus, home and keyring.
//
// Nothing of the machine's own session is used or touched: home and all XDG folders are in a temporary folder,
// and the bus starts no services by itself, so the keyring is exactly as present as the test says.

import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { output, signal, start, stop, until } from './processes.mjs';

const SCREEN = '1700x1100x24';

/** Only the bus itself: no service files, so nothing appears on it unless a test starts it. */
const busConfiguration = (socket) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

export class Session {
  /** Starts a session. `keyring: false` leaves it without a Secret Service, `wayland: true` without an X server. */
  static async begin({ keyring = true, wayland = false } = {}) {
    const session = new Session();
    try {
      if (wayland) await session.#startCompositor();
      else await session.#startDisplay();
      await session.#startBus();
      if (keyring) await session.startKeyring();
      return session;
    } catch (error) {
      await session.end();
      throw error;
    }
  }

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'keyfolio-e2e-'));
    this.home = this.#makeFolder('home');
    this.downloads = this.#makeFolder('home/Downloads');
    this.desktop = this.#makeFolder('home/Desktop');
    this.data = this.#makeFolder('home/.local/share');
    const inherited = ['PATH', 'LANG', 'KEYFOLIO_BINARY', 'FONTCONFIG_FILE'].map((name) => [name, process.env[name]]);
    this.env = {
      ...Object.fromEntries(inherited.filter(([, value]) => value !== undefined)),
      HOME: this.home,
      TMPDIR: this.#makeFolder('tmp'),
      XDG_DATA_HOME: this.data,
      XDG_CONFIG_HOME: this.#makeFolder('home/.config'),
      XDG_CACHE_HOME: this.#makeFolder('home/.cache'),
      XDG_RUNTIME_DIR: this.#makeFolder('run'),
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
    };
    writeFileSync(join(this.env.XDG_CONFIG_HOME, 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/Downloads"\nXDG_DESKTOP_DIR="$HOME/Desktop"\n');
  }

  /** Starts gnome-keyring with an unlocked login collection, or opens the existing one again. */
  async startKeyring() {
    const args = ['--foreground', '--unlock', '--components=secrets'];
    this.keyring = start('gnome-keyring-daemon', args, { env: this.env, input: 'throwaway' });
    await until('the keyring', () => this.#keyringAnswers());
  }

  /** As if the keyring had crashed. */
  async killKeyring() {
    signal(this.keyring, 'SIGKILL');
    await this.keyring.ended;
    await until('the keyring to be gone', async () => !(await this.#keyringAnswers()));
  }

  /** As if the keyring hung: it keeps its name and never answers. */
  freezeKeyring = () => signal(this.keyring, 'SIGSTOP');
  thawKeyring = () => signal(this.keyring, 'SIGCONT');

  /** A file in this session's folder. */
  write(path, content) {
    const file = join(this.folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  async end() {
    for (const child of [this.keyring, this.bus, this.windowManager, this.display]) {
      if (child) signal(child, 'SIGCONT');
      await stop(child);
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #startDisplay() {
    // Xvfb chooses a free display number and says which on descriptor 3.
    this.display = start('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], { stdio: [0, 1, 2, 'pipe'] });
    let number = '';
    this.display.stdio[3].on('data', (text) => (number += text));
    await until('a display', () => number.endsWith('\n'));
    this.env.DISPLAY = `:${number.trim()}`;
    await this.#startWindowManager();
  }

  /** Weston, which draws in memory: the real protocol, without a screen, a keyboard or a pointer. */
  async #startCompositor() {
    const socket = 'wayland-keyfolio';
    const args = ['--backend=headless-backend.so', '--use-pixman', `--socket=${socket}`, '--width=1700', '--height=1100', '--idle-time=0'];
    this.display = start('weston', args, { env: this.env });
    this.env.GDK_BACKEND = 'wayland';
    this.env.WAYLAND_DISPLAY = socket;
    await until('a compositor', () => existsSync(join(this.env.XDG_RUNTIME_DIR, socket)));
  }

  /** Now and then, on a busy machine, openbox starts and manages nothing; another one then does. */
  async #startWindowManager(tries = 3) {
    this.windowManager = start('openbox', ['--sm-disable'], { env: this.env });
    const manages = async () => (await output('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'], { env: this.env })).includes('window id');
    try {
      await until('the window manager', manages);
    } catch (error) {
      await stop(this.windowManager);
      if (tries === 1) throw new Error(`${error.message}: ${this.windowManager.said}`, { cause: error });
      await this.#startWindowManager(tries - 1);
    }
  }

  async #startBus() {
    const socket = join(this.env.XDG_RUNTIME_DIR, 'bus');
    const configuration = this.write('bus.conf', busConfiguration(socket));
    this.bus = start('dbus-daemon', ['--nofork', '--nopidfile', `--config-file=${configuration}`], { env: this.env });
    this.env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${socket}`;
    await until('the message bus', () => this.#bus('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.GetId'));
  }

  async #keyringAnswers() {
    const name = 'string:org.freedesktop.secrets';
    const reply = await this.#bus('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', [name]);
    return reply.includes('boolean true');
  }

  #bus = (service, path, method, args = []) =>
    output('dbus-send', ['--session', '--print-reply', `--dest=${service}`, path, method, ...args], { env: this.env });

  #makeFolder(path) {
    const folder = join(this.folder, path);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
    return folder;
  }
}
