// How the window looks: its pictures, its themes, and whether everything is inside.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder for pictures, when somebody wants to look at them. */
const PICTURES = process.env.KEYFOLIO_PICTURES;

/** Takes a picture of the page; it is also kept under this name where KEYFOLIO_PICTURES says. */
export async function picture(app, name) {
  const bytes = await app.page.picture();
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, `${name}.png`), bytes);
}

/** Nothing sticks out of the window, whatever its size. */
export async function fits(app, what = 'the page') {
  const wide = await app.page.script('return document.documentElement.scrollWidth - document.documentElement.clientWidth;');
  assert.equal(wide, 0, `${what} scrolls sideways`);
}

/** Draws the window light or dark. */
export async function wear(app, appearance) {
  await app.invoke('set_appearance', { appearance });
  await app.page.find(`html[data-theme=${appearance}]`);
  await app.page.painted();
}
