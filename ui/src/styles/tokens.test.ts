// Recomputes every contrast the window relies on, from the tokens as they are written.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/styles/tokens.css', 'utf8');

function block(selector: string): Record<string, string> {
  const from = css.indexOf(selector);
  const open = css.indexOf('{', from + selector.length - 1);
  const body = css.slice(open + 1, css.indexOf('}', open));
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()]));
}

const light = block(':root {');
const darkBySystem = block(":root:not([data-theme='light']) {");
const darkByChoice = block(":root[data-theme='dark'] {");

type Rgb = [number, number, number];
function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;
}
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
/** `share` of `over` on top of `under`. */
function mix(over: Rgb, under: Rgb, share: number): Rgb {
  return over.map((part, at) => part * share + (under[at] ?? 0) * (1 - share)) as Rgb;
}

const WHITE: Rgb = [255, 255, 255];
/** [what, foreground, background, needed]. `white` is the glyph on a tile. */
const PAIRS: [string, string, string, number][] = [
  ['text on bg', '--text', '--bg', 4.5], ['text on bg-side', '--text', '--bg-side', 4.5],
  ['text-2 on bg', '--text-2', '--bg', 4.5], ['text-2 on bg-list', '--text-2', '--bg-list', 4.5], ['text-2 on bg-side', '--text-2', '--bg-side', 4.5],
  ['text-2 on bg-inset', '--text-2', '--bg-inset', 4.5], ['text-2 on acc-soft', '--text-2', '--acc-soft', 4.5],
  ['text-3 on bg', '--text-3', '--bg', 4.5], ['text-3 on bg-side', '--text-3', '--bg-side', 4.5], ['text-3 on bg-list', '--text-3', '--bg-list', 4.5],
  ['acc-t on bg', '--acc-t', '--bg', 4.5], ['acc-t on bg-inset', '--acc-t', '--bg-inset', 4.5], ['acc-t on bg-pop', '--acc-t', '--bg-pop', 4.5],
  ['on-acc on acc', '--on-acc', '--acc', 4.5],
  ['warn on bg', '--warn', '--bg', 4.5], ['warn on bg-side', '--warn', '--bg-side', 4.5], ['warn on warn-bg', '--warn', '--warn-bg', 4.5], ['text on warn-bg', '--text', '--warn-bg', 4.5],
  ['bad on bg', '--bad', '--bg', 4.5], ['bad on bg-list', '--bad', '--bg-list', 4.5], ['bad on bad-bg', '--bad', '--bad-bg', 4.5], ['bad on bg-pop', '--bad', '--bg-pop', 4.5],
  ['text-2 on bg-pop', '--text-2', '--bg-pop', 4.5],
  ['level on bg', '--lvM', '--bg', 3], ['empty level on bg', '--lvE', '--bg', 3], ['empty level on acc-soft', '--lvE', '--acc-soft', 3], ['level on acc-soft', '--lvM', '--acc-soft', 3],
  ['team on bg', '--team', '--bg', 3], ['individual on bg', '--indiv', '--bg', 3], ['control on bg', '--ctl', '--bg', 3],
  ['white glyph on team tile', 'white', '--team', 3], ['white glyph on individual tile', 'white', '--indiv', 3],
];

describe.each([['light', light], ['dark', { ...light, ...darkByChoice }]])('%s', (_, tokens) => {
  const colour = (name: string): Rgb => (name === 'white' ? WHITE : rgb(tokens[name] ?? ''));

  it.each(PAIRS)('%s', (_what, front, back, needed) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(needed);
  });

  it('secondary text stays readable on the sidebar’s selection', () => {
    const fill = /rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)/.exec(tokens['--fill-2'] ?? '');
    const [r, g, b, share] = (fill ?? []).slice(1).map(Number) as [number, number, number, number];
    expect(contrast(colour('--text-2'), mix([r, g, b], colour('--bg-side'), share / 100))).toBeGreaterThanOrEqual(4.5);
  });

  it('an observed fill and a documented fill are told apart', () => {
    expect(contrast(colour('--lvM'), mix(colour('--lvM'), colour('--bg'), 0.3))).toBeGreaterThanOrEqual(3);
  });
});

it('dark is one list, whoever asked for it', () => {
  expect(darkBySystem).toEqual(darkByChoice);
});
