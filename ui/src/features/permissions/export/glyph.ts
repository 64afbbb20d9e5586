// A cell's glyph as marks: the same shapes as the one in the window. The left half reads, the right half writes; a tint is
// documented, a solid fill was answered by Apple.
import type { Basis, Half } from '../../../backend/bindings.gen';
import type { Box, Mark } from './drawing';
import type { SheetCell, SheetHalf } from './sheet';

export const GLYPH = { width: 24, height: 10 };
const HALF = 9.75;
const TALL = 8.75;
const EDGE = 0.625;

type Look = Partial<Pick<Box, 'fill' | 'tint' | 'line' | 'dashed'>>;
function box(x: number, y: number, width: number, look: Look): Box {
  return { mark: 'box', x, y, width, height: TALL, radius: 1.6, fill: null, tint: 1, line: 'empty', weight: 1.25, dashed: false, ...look };
}

function half(value: Half, basis: Basis, x: number, y: number): Mark[] {
  const tint = basis === 'observed' ? 1 : 0.3;
  switch (value) {
    case 'yes': return [box(x, y, HALF, { fill: 'level', tint, line: 'level' })];
    case 'part': return [{ mark: 'corner', points: [[x, y], [x + HALF, y], [x, y + TALL]], fill: 'level', tint }, box(x, y, HALF, { line: 'level' })];
    case 'never': return [box(x, y, HALF, {}), { mark: 'strokes', at: [[x, y + TALL, x + HALF, y]], line: 'empty', weight: 1.25 }];
    case 'unknown': return [box(x, y, HALF, { dashed: true })];
    case 'disputed': return [box(x, y, HALF, { fill: 'warnPaper', line: 'warn' }), unequal(x + HALF / 2, y + TALL / 2)];
    case 'no': return [box(x, y, HALF, {})];
  }
}

function unequal(x: number, y: number): Mark {
  return { mark: 'strokes', at: [[x - 2.5, y - 1.3, x + 2.5, y - 1.3], [x - 2.5, y + 1.3, x + 2.5, y + 1.3], [x + 1.6, y - 3.1, x - 1.6, y + 3.1]], line: 'warn', weight: 1.1 };
}

/** The glyph with its top left corner at (x, y). */
export function glyph(read: SheetHalf, write: SheetHalf, x: number, y: number): Mark[] {
  const whole = read.value === write.value ? read.value : null;
  const left = x + EDGE;
  const top = y + EDGE;
  const wide = GLYPH.width - 2 * EDGE;
  if (whole === 'never') return [box(left, top, wide, {}), { mark: 'strokes', at: [[left, top, left + wide, top + TALL]], line: 'empty', weight: 1.25 }];
  if (whole === 'unknown') return [box(left, top, wide, { dashed: true })];
  if (whole === 'disputed') return [box(left, top, wide, { fill: 'warnPaper', line: 'warn' }), unequal(x + GLYPH.width / 2, y + GLYPH.height / 2)];
  return [...half(read.value, read.basis, left, top), ...half(write.value, write.basis, x + 13.625, top)];
}

/** A hatch over a rectangle, in line with the hatch of the cells around it. */
export function hatch(x: number, y: number, width: number, height: number): Mark {
  const STEP = 8;
  const at: [number, number, number, number][] = [];
  for (let sum = Math.ceil((x + y) / STEP) * STEP; sum < x + width + y + height; sum += STEP) {
    // Points with x + y = sum, inside the rectangle.
    const from = Math.max(x, sum - (y + height));
    const to = Math.min(x + width, sum - y);
    if (to > from) at.push([from, sum - from, to, sum - to]);
  }
  return { mark: 'strokes', at, line: 'rule', weight: 0.75 };
}

/** One glyph per level, for a legend. */
export const SAMPLES: Record<SheetCell['level'], [Half, Half]> = {
  manage: ['yes', 'yes'], limited: ['yes', 'part'], view: ['yes', 'no'], none: ['no', 'no'], never: ['never', 'never'], unclear: ['unknown', 'unknown'], disputed: ['disputed', 'disputed'],
};
