// A Debian in a folder, with a person in it who has a desktop: message bus, keyring, display.
//
// To be used in mounts and processes of its own (`cargo xtask test --packages` starts it so): what is mounted and
// started here ends with them, however the test ends. Nothing of the machine is visible inside but the display. The
// network is there for installing; a person's programs have one of their own, in which there is nobody but this
// computer itself.

import { closeSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { Isolation } from './isolation.mjs';
import { output, start, stop, until } from './processes.mjs';
import { Session } from './session.mjs';
import { tapped } from './wiretap.mjs';

const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];
/** Not on everybody's PATH. */
const CHROOT = '/usr/sbin/chroot';
const PERSON = 'throwaway';
/** The person's home. */
export const HOME = `/home/${PERSON}`;
const RUNTIME = '/run/user/1000';
/** What a desktop brings along and a test looks with. The package must do without any of it. */
const DESKTOP = ['dbus', 'gnome-keyring', 'libsecret-tools', 'desktop-file-utils', 'libglib2.0-bin', 'at-spi2-core'];
const NOT_COUNTED = ['/var/lib/apt', '/var/lib/dpkg', '/var/lib/rpm', '/var/cache', '/var/log', '/proc', '/dev', '/tmp', '/run', '/home', '/root'];
/** Installing from a slow mirror, or removing all of it from a busy disk, in milliseconds. */
const INSTALLING = 540_000;
const PROXIES = ['http_proxy', 'https_proxy', 'no_proxy'].map((name) => [name, process.env[name]]).filter(([, value]) => value);
const SYSTEM = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive', ...Object.fromEntries(PROXIES) };

export class Debian {
  /** Unpacks the Debian kept in `kept` and starts it. Packages it fetches are kept there too. */
  static async begin(kept) {
    const debian = new Debian();
    debian.root = join(kept, 'root');
    await debian.#remove();
    mkdirSync(debian.root);
    await output('tar', ['--extract', '--numeric-owner', '--exclude=./dev/*', '--file', join(kept, 'debian/base.tar'), '--directory', debian.root], { timeout: 120_000 });
    try {
      await debian.#mount(kept);
      debian.isolation = await Isolation.begin();
      await debian.run('useradd', '--create-home', '--uid', '1000', PERSON);
      await debian.#apt('update');
    } catch (error) {
      await debian.end();
      throw error;
    }
    return debian;
  }

  /** A path inside as one outside. */
  path = (inside) => join(this.root, inside);

  /** Runs a program inside as root. */
  run = (program, ...args) => output(CHROOT, [this.root, program, ...args], { env: SYSTEM, timeout: INSTALLING });

  /** Installs packages by name, or by path inside, and nothing they merely recommend. */
  install = (...packages) => this.#apt('install', ...packages);
  remove = (name) => this.#apt('remove', name);

  /** Gives a person what is there after logging in: a display, a message bus, an open keyring, and an empty home. */
  async logIn() {
    await this.install(...DESKTOP);
    this.display ??= await Session.begin({ keyring: false });
    for (const [folder, mode] of [[RUNTIME, '0700'], [HOME, '0755']]) {
      await this.run('rm', '--recursive', '--force', folder);
      await this.run('install', '--directory', '--owner=1000', '--group=1000', `--mode=${mode}`, folder);
    }
    this.env = {
      PATH: '/usr/bin:/bin',
      LANG: 'C.UTF-8',
      USER: PERSON,
      HOME,
      DISPLAY: this.display.env.DISPLAY,
      XDG_RUNTIME_DIR: RUNTIME,
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${RUNTIME}/bus`,
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
    };
    this.bus = this.start('dbus-daemon', ['--session', '--nofork', '--nopidfile', `--address=${this.env.DBUS_SESSION_BUS_ADDRESS}`]);
    await until('the message bus', () => this.ask('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.GetId'));
    this.keyring = this.start('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], 'throwaway');
    await until('the keyring', async () => (await this.ask('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets')).includes('true'));
  }

  async logOut() {
    for (const child of [this.keyring, this.bus]) await stop(child);
    this.env = undefined;
  }

  /** Runs a program inside as the person, to its end. */
  as = (program, ...args) => output(...this.#person(program, args), { env: this.env ?? SYSTEM, timeout: 60_000 });

  /** Starts a program inside as the person. */
  start = (program, args, input) => start(...this.#person(program, args), { env: this.env, input });

  /** The same; whom it tries to reach is noted in a file outside. */
  startTapped = (note, program, args) => start(...tapped(note, ...this.#person(program, args)), { env: this.env });

  /** Asks a service on the person's bus. */
  ask = (service, path, method, ...args) => this.as('dbus-send', '--session', '--print-reply', `--dest=${service}`, path, method, ...args);

  /** Where assistive technologies listen, as seen from outside. */
  async accessibility() {
    const reply = await this.ask('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus.GetAddress');
    const [, address] = /unix:path=([^,"]+)/.exec(reply);
    return `unix:path=${this.path(address)}`;
  }

  /** Every file and folder, but for what is mounted in, what people keep, and what package managers keep books with. */
  everything() {
    const found = new Set();
    const walk = (folder) => {
      for (const entry of readdirSync(this.path(folder), { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (NOT_COUNTED.includes(path)) continue;
        found.add(path);
        if (entry.isDirectory()) walk(path);
      }
    };
    walk('/');
    return found;
  }

  async end() {
    await this.logOut();
    await this.display?.end();
    await this.isolation?.end();
    await this.#remove();
  }

  #person = (program, args) => this.isolation.inside(CHROOT, '--userspec=1000:1000', this.root, program, ...args);

  #apt(task, ...names) {
    return this.run('apt-get', '--quiet', '--yes', '--no-install-recommends', '--option=Dpkg::Use-Pty=0', '--option=Dpkg::Options::=--force-unsafe-io', task, ...names);
  }

  async #mount(kept) {
    await output('mount', ['-t', 'proc', 'proc', this.path('proc')]);
    for (const device of DEVICES) {
      closeSync(openSync(this.path(`dev/${device}`), 'a'));
      await output('mount', ['--bind', `/dev/${device}`, this.path(`dev/${device}`)]);
    }
    mkdirSync(this.path('dev/shm'), { recursive: true });
    await output('mount', ['-t', 'tmpfs', '-o', 'mode=1777', 'shm', this.path('dev/shm')]);
    await this.#bind('/tmp/.X11-unix', 'tmp/.X11-unix');
    await this.#bind(join(kept, 'archives'), 'var/cache/apt/archives');
    await output('cp', ['--dereference', '/etc/resolv.conf', this.path('etc/resolv.conf')]);
  }

  async #bind(from, to) {
    mkdirSync(from, { recursive: true });
    mkdirSync(this.path(to), { recursive: true });
    await output('mount', ['--bind', from, this.path(to)]);
  }

  /** Takes everything down again. What is mounted in must not be removed with it. */
  async #remove() {
    const mounts = (await output('findmnt', ['--noheadings', '--raw', '--output', 'TARGET'])).split('\n').filter((mount) => mount.startsWith(`${this.root}/`));
    for (const mount of mounts.reverse()) await output('umount', ['--lazy', mount]);
    await output('rm', ['--recursive', '--force', '--one-file-system', this.root], { timeout: INSTALLING });
  }
}
