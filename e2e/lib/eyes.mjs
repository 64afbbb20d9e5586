// Seeing a window that lets no driver in: through the accessibility bus, as a screen reader, and as pixels.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { output, until } from './processes.mjs';

const EYES = fileURLToPath(new URL('eyes.py', import.meta.url));
/** A folder for pictures, when somebody wants to look at them. */
const PICTURES = process.env.KEYFOLIO_PICTURES;

export class Eyes {
  /** Eyes on the programs of this display, and on those that speak on this accessibility bus (an address). */
  constructor(display, accessibility) {
    this.env = { PATH: process.env.PATH, DISPLAY: display, GDK_BACKEND: 'x11', AT_SPI_BUS_ADDRESS: accessibility, NO_AT_BRIDGE: '1' };
  }

  /** Everything on the program's windows: `{ role, states, name, text }`. */
  async read(program) {
    const lines = await this.#look('read', program);
    return lines.split('\n').map((line) => {
      const [role, states, name, text] = line.split('\t');
      return { role, states: states?.split(' ') ?? [], name, text };
    });
  }

  /** Waits until something on the program's windows is as `judge` says, and returns it. */
  sees = (what, program, judge) => until(what, async () => (await this.read(program)).find(judge), { timeout: 120_000, every: 200 });

  /** How many colours are on the screen: a blank window has a handful. */
  colours = async () => Number(await this.#look('colours'));

  /** Keeps a picture of the screen under this name where KEYFOLIO_PICTURES says. */
  async picture(name) {
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    await this.#look('picture', join(PICTURES, `${name}.png`));
  }

  /** A look that falls on the page while it is put in may wait for an answer that never comes: the next one sees it. */
  #look = (...task) => output('/usr/bin/python3', [EYES, ...task], { env: this.env, timeout: 10_000 });
}
