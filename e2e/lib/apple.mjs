// A simulated Apple, driven as a test needs it: the program `asc-sim` (crates/asc-sim), told by one line what happens at Apple,
// asked by another what it saw.
//
// The program is the one named by KEYFOLIO_SIMULATOR (`cargo xtask test` builds it).

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { start, stop, until } from './processes.mjs';

/** The demo's team, whose keys the twelve sample keys are. */
export const TEAM = '57246542-96fe-1a63-e053-0824d011a9b3';
/** Another one, whose agreement nobody signed. */
export const CLIENT = '69a6de7e-13fb-47e3-e053-5b8c7c11c2f5';
/** The demo's team's vendor number. */
export const VENDOR = '85012345';

export class Apple {
  /** Starts one with the demo's teams and keys. `listen` is a free port of this computer unless it is given; `isolation` is the network it is in. */
  static async begin({ listen = '127.0.0.1:0', isolation } = {}) {
    const program = process.env.KEYFOLIO_SIMULATOR;
    if (!program) throw new Error('KEYFOLIO_SIMULATOR names no program; start these tests with `cargo xtask test --only e2e`.');
    const apple = new Apple();
    apple.folder = mkdtempSync(join(tmpdir(), 'keyfolio-apple-'));
    apple.authority = join(apple.folder, 'authority.pem');
    const args = ['--demo', '--listen', listen, '--ca-out', apple.authority, '--keys-out', join(apple.folder, 'keys')];
    const started = isolation ? isolation.inside(program, ...args) : [program, args];
    apple.process = start(...started, { env: { PATH: process.env.PATH }, open: true });
    apple.port = await until('the simulated Apple', () => Number(/^listening \S+:(\d+)$/m.exec(apple.process.said)?.[1]));
    apple.#heard = apple.process.said.indexOf('\n') + 1;
    return apple;
  }

  /** What a driven build has to be told to ask it. */
  get env() {
    return { KEYFOLIO_APPLE: `${this.port}:${this.folder}` };
  }

  /** The content of a key file that Apple gave out. */
  key = (name) => readFileSync(join(this.folder, 'keys', name), 'utf8');

  /** Gives it a command and returns its answer; `help` in the program lists the commands. */
  async tell(command) {
    const from = this.#heard;
    this.process.stdin.write(`${command}\n`);
    const end = await until(`an answer to "${command}"`, () => this.process.said.indexOf('\n', from) + 1);
    this.#heard = end;
    const said = this.process.said.slice(from, end).trim();
    if (!said.startsWith('ok')) throw new Error(`${command}: ${said}`);
    return said.slice('ok '.length);
  }

  /** Every request since the last `forget`: `{ at, method, target, key, status, reason, fault }`. */
  log = async () => JSON.parse(await this.tell('log'));
  forget = () => this.tell('forget');
  /** How many connections were ever accepted, with or without a request. */
  connections = async () => Number(await this.tell('connections'));

  /** Asks it as anybody with this token can; returns the status of the answer. */
  ask = (token, path = '/v1/apps?limit=1') => new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port: this.port, servername: 'localhost', ca: readFileSync(this.authority), agent: false };
    const asked = request({ ...to, path, headers: { host: 'localhost', authorization: `Bearer ${token}` } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject).end();
  });

  /** Nobody listens there any more. */
  async end() {
    await stop(this.process);
    rmSync(this.folder, { recursive: true, force: true });
  }

  #heard = 0;
}
