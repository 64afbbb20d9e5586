// The application under test: started through the WebDriver, driven through its page and through the screen.
//
// The program is the one named by KEYFOLIO_BINARY, built with the `e2e` feature (`cargo xtask test` does both).

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

import { Hands, processTree } from './native.mjs';
import { until } from './processes.mjs';
import { WebDriver } from './webdriver.mjs';

const TITLE = '^Keyfolio$';
/** A cold start on a busy machine, in milliseconds. */
const START = 30_000;

export class App {
  /** Starts the program and waits until its window is on the screen; under Wayland nobody else may know of it. `program` may wrap `binary`. */
  static async start(session, { args = [], env = {}, binary = process.env.KEYFOLIO_BINARY, program = binary, title = TITLE } = {}) {
    if (!binary) throw new Error('KEYFOLIO_BINARY names no program; start these tests with `cargo xtask test --only e2e`.');
    const app = new App();
    app.page = await WebDriver.launch(session, program, args, env);
    app.hands = new Hands(session);
    try {
      app.pid = await until('the process', () => descendant(app.page.process.pid, binary));
      if (session.env.DISPLAY) app.window = await app.hands.window(title, { timeout: START });
      await app.page.find('body', { timeout: START });
    } catch (error) {
      await app.end();
      throw error;
    }
    return app;
  }

  /** Ends it the way a person does, by closing the window, and waits until it is gone. */
  async close() {
    await this.hands.close(this.window);
    await until('the program to end', () => !alive(this.pid), { timeout: START });
    await this.end();
  }

  /** Ends it at once, with no chance to tidy up. */
  async kill() {
    process.kill(this.pid, 'SIGKILL');
    await until('the program to be gone', () => !alive(this.pid));
    await this.end();
  }

  /** For clearing up: whatever state it is in, it is gone afterwards. */
  async end() {
    await this.page.end();
    await this.hands?.end();
    // Until its last thread is gone it holds the vault, and the next program would take it for a running one.
    if (this.pid) await until('the program to be gone', () => !alive(this.pid), { timeout: START });
  }

  /** Calls a command as the page could. Rejects with the error as JSON when it is refused. */
  invoke = (command, request = null) =>
    this.page.scriptAsync('return await window.__TAURI_INTERNALS__.invoke(arguments[0], { request: arguments[1] });', command, request);

  /** The middle of an element, on the screen: where a hand would drop something. */
  async pointOn(css) {
    await this.page.visible(css);
    const [x, y] = await this.page.script(
      'const r = document.querySelector(arguments[0]).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2];',
      css,
    );
    const content = await this.hands.geometry(this.window);
    return { x: Math.round(content.x + x), y: Math.round(content.y + y) };
  }

  /** Drops files of another program on an element. */
  drop = async (files, css = 'body') => this.hands.drop(files, await this.pointOn(css));

  /** Gives the page this size, in CSS pixels. */
  async resize(width, height) {
    await this.hands.resize(this.window, width, height);
    await until(`a page of ${width}x${height}`, () => this.page.script('return innerWidth === arguments[0] && innerHeight === arguments[1];', width, height));
    await this.page.painted();
  }

  /** Processes of the program: itself, and the web view's. */
  processes = () => processTree(this.pid);

  /** Memory of all its processes, in KiB: what is shared counts in proportion (PSS). */
  memory() {
    const pss = (pid) => Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
    return this.processes().reduce((sum, pid) => sum + pss(pid), 0);
  }
}

function descendant(pid, binary) {
  return processTree(pid).find((child) => {
    try {
      return readlinkSync(`/proc/${child}/exe`) === binary;
    } catch {
      return false; // It has just ended.
    }
  });
}

/** A process whose first thread has ended is called a zombie, and lives on while it has others. */
export function alive(pid) {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8')) || readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
}
