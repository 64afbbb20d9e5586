// A small client of WebKitWebDriver, speaking the W3C protocol (https://www.w3.org/TR/webdriver2/) over fetch.
//
// Each client has a driver process of its own: a driver holds one session, and after the application was killed
// under it, it holds a dead one.

import { createServer } from 'node:net';

import { start, stop, until } from './processes.mjs';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Keys that have no character, as the protocol names them. */
export const KEY = {
  enter: '\uE007', escape: '\uE00C', tab: '\uE004', delete: '\uE017', backspace: '\uE003', up: '\uE013', down: '\uE015',
  left: '\uE012', right: '\uE014', home: '\uE011', end: '\uE010', f2: '\uE032', f6: '\uE036', control: '\uE009', shift: '\uE008', alt: '\uE00A',
};

export class WebDriver {
  /** Starts a driver, and through it the program. One that lets no driver in is given up, and ended, after `timeout`. */
  static async launch(session, program, args = [], env = {}, { timeout = 60_000 } = {}) {
    const driver = new WebDriver();
    const port = await freePort();
    driver.server = `http://127.0.0.1:${port}`;
    driver.process = start('WebKitWebDriver', [`--port=${port}`], {
      env: { ...session.env, TAURI_WEBVIEW_AUTOMATION: 'true', ...env },
    });
    try {
      await until('WebKitWebDriver', async () => (await fetch(`${driver.server}/status`)).ok);
      const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary: program, args } } };
      const { sessionId } = await driver.#ask('POST', '/session', { capabilities }, AbortSignal.timeout(timeout));
      driver.session = `/session/${sessionId}`;
      return driver;
    } catch (error) {
      await stop(driver.process);
      throw new Error(`${program} did not come up under WebKitWebDriver: ${error.message}`, { cause: error });
    }
  }

  /** Ends the driver and, with it, the program. */
  end = () => stop(this.process);

  // -------------------------------------------------------------- the page

  /** Runs the body of a function in the page; `arguments` are `args`. */
  script = (body, ...args) => this.#command('POST', '/execute/sync', { script: body, args });

  /** Runs the body of an async function in the page and waits for its promise. */
  async scriptAsync(body, ...args) {
    const wrapped = `const done = arguments[arguments.length - 1];
      (async function () { ${body} }).apply(null, [].slice.call(arguments, 0, -1))
        .then((value) => done({ value }), (error) => done({ error: error instanceof Error ? error.message : JSON.stringify(error) }));`;
    const { value, error } = await this.#command('POST', '/execute/async', { script: wrapped, args });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Waits until everything changed so far is on the screen: a picture taken earlier shows the frame before. */
  painted = () => this.scriptAsync('await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));');

  /** The page as PNG bytes. */
  async picture() {
    await this.painted();
    return Buffer.from(await this.#command('GET', '/screenshot'), 'base64');
  }

  address = () => this.#command('GET', '/url');
  title = () => this.#command('GET', '/title');

  // -------------------------------------------------------------- elements, by CSS selector

  /** The first element, as soon as there is one. */
  find = (css, options) => until(`an element ${css}`, async () => (await this.all(css))[0], options);
  all = (css) => this.#command('POST', '/elements', { using: 'css selector', value: css }).then((found) => found.map((element) => element[ELEMENT]));
  count = async (css) => (await this.all(css)).length;

  /** The element once it is displayed, and in no place between two frames. */
  async visible(css, options) {
    return until(`a visible ${css}`, async () => {
      const [element] = await this.all(css);
      return element && (await this.#command('GET', `/element/${element}/displayed`)) && element;
    }, options);
  }

  /** Waits until nothing matches. */
  gone = (css, options) => until(`${css} to go`, async () => (await this.count(css)) === 0, options);

  async click(css) {
    await this.visible(css);
    // Svelte may replace the element between looking and clicking.
    await until(`a click on ${css}`, async () => {
      const [element] = await this.all(css);
      await this.#command('POST', `/element/${element}/click`, {});
      return true;
    }, { timeout: 3000 });
  }

  /** Clicks the button with this text. */
  async clickNamed(name) {
    const mark = `button[data-e2e="${name}"]`;
    await until(`a button "${name}"`, () =>
      this.script(
        `const button = [...document.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(arguments[0]));
        button?.setAttribute('data-e2e', arguments[0]); return !!button && !button.disabled;`,
        name,
      ));
    await this.click(mark);
  }

  /** What is read in an element, whether or not it is scrolled into view; the driver's own answer leaves out what is not. */
  async text(css) {
    await this.find(css);
    return this.script('return document.querySelector(arguments[0])?.innerText ?? "";', css);
  }

  property = async (css, name) => this.#command('GET', `/element/${await this.find(css)}/property/${name}`);
  attribute = async (css, name) => this.#command('GET', `/element/${await this.find(css)}/attribute/${name}`);

  /** Types into an element, after what it holds. */
  type = async (css, text) => this.#command('POST', `/element/${await this.visible(css)}/value`, { text });

  /** Replaces what an input holds. */
  async fill(css, text) {
    await this.#command('POST', `/element/${await this.visible(css)}/clear`, {});
    await this.type(css, text);
  }

  /** Waits until an element's text holds `part`, and returns the text. */
  says = (css, part, options) => until(`${css} to say "${part}"`, async () => {
    const text = await this.text(css);
    return text.includes(part) && text;
  }, options);

  // -------------------------------------------------------------- keyboard

  /** Presses keys together, the way `Control+Shift+C` is pressed: the last one while the others are held. */
  async press(...keys) {
    const actions = [...keys.map((value) => ({ type: 'keyDown', value })), ...keys.toReversed().map((value) => ({ type: 'keyUp', value }))];
    await this.#command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Holds a key down for as long as `meanwhile` takes. */
  async hold(key, meanwhile) {
    const act = (type) => this.#command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions: [{ type, value: key }] }] });
    await act('keyDown');
    try {
      return await meanwhile();
    } finally {
      await act('keyUp');
    }
  }

  #command = (method, path, body) => this.#ask(method, this.session + path, body);

  async #ask(method, path, body, signal) {
    const response = await fetch(this.server + path, {
      method,
      signal,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
