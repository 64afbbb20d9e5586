// What the tests do in the window, in the words of somebody who uses it.

import { until } from './processes.mjs';

export const EMPTY = '#empty-title';
export const SHEET = 'dialog[open]';
export const OFFER = `${SHEET} [data-offer]:has([data-part=name])`;
export const ISSUER_FIELD = `${SHEET} [data-part=issuer] input`;
export const ADD = `${SHEET} footer button:last-of-type`;
export const ROW = '[role=option]';

/** The names in the list, top to bottom. */
export const listed = (app) =>
  app.page.script(`return [...document.querySelectorAll('${ROW} .name')].map((name) => name.textContent.trim());`);

/** Waits for so many keys in the list. */
export async function rows(app, count) {
  await until(`${count} keys in the list`, async () => (await app.page.count(ROW)) === count);
}

/** Gives the page its full attention: a test that drags from elsewhere leaves the window without the focus. */
export const attend = (app) => app.hands.press(app.window, 'shift');

/** Selects the key with this Key ID. */
export async function choose(app, keyId) {
  const row = await until(`the key ${keyId}`, () =>
    app.page.script(`return [...document.querySelectorAll('${ROW}')].find((row) => row.textContent.includes(arguments[0]))?.dataset.key;`, keyId));
  await app.page.click(`[data-key="${row}"]`);
}

/** Opens a page by its place in the sidebar. */
export async function open(app, name) {
  await until(`the place ${name}`, () => app.page.script(
    "const place = [...document.querySelectorAll('nav button')].find((one) => one.textContent.trim().startsWith(arguments[0])); place?.click(); return !!place;", name));
  await until(`${name} to be open`, () => app.page.script("return document.querySelector('nav [aria-current=page]')?.textContent.includes(arguments[0]);", name));
}

/** Chooses an option of a select by its label, as far as it begins with it. */
export async function pick(app, label, option) {
  await until(`"${option}" in the select ${label}`, () => app.page.script(
    `const select = document.querySelector('select[aria-label="' + arguments[0] + '"]');
    const found = [...(select?.options ?? [])].find((one) => one.label.trim().startsWith(arguments[1]));
    if (!found) return false;
    select.value = found.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    return true;`, label, option));
}
