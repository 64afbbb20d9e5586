// How far a key reaches in one area, as a drawing: the left half reads, the right half writes; a tint is documented, a solid fill
// was answered by Apple, a solid fill with a hole was so long ago. The one geometry behind the ledger's glyphs, the grid's rows and the exported pictures.
import type { Basis, Half } from '../backend/bindings.gen';

/** A rounded rectangle; `tint` is the opacity of its fill. Lengths are CSS pixels. */
export type Box<Ink> = { mark: 'box'; x: number; y: number; width: number; height: number; radius: number; fill: Ink | null; tint: number; line: Ink | null; weight: number; dashed: boolean };
/** Straight strokes, each from one point to another: `[x1, y1, x2, y2]`. */
export type Strokes<Ink> = { mark: 'strokes'; at: [number, number, number, number][]; line: Ink; weight: number };
export type Corner<Ink> = { mark: 'corner'; points: [number, number][]; fill: Ink; tint: number };
export type Shape<Ink> = Box<Ink> | Strokes<Ink> | Corner<Ink>;
/** The colours of a glyph, by what they say. */
export type GlyphInk = 'level' | 'empty' | 'warn' | 'warnPaper' | 'paper';
type Stroke = Shape<GlyphInk>;
export type GlyphHalf = { value: Half; basis: Basis; stale?: boolean };

export const GLYPH = { width: 24, height: 10 };
const HALF = 9.75;
const TALL = 8.75;
const EDGE = 0.625;

type Look = Partial<Pick<Box<GlyphInk>, 'height' | 'radius' | 'fill' | 'tint' | 'line' | 'dashed'>>;
function box(x: number, y: number, width: number, look: Look): Box<GlyphInk> {
  return { mark: 'box', x, y, width, height: TALL, radius: 1.6, fill: null, tint: 1, line: 'empty', weight: 1.25, dashed: false, ...look };
}

/** What shows that an answer is old: the paper shows through. */
function hole(x: number, y: number, size: number): Stroke {
  return box(x, y, size, { height: size, radius: 0.6, fill: 'paper', line: null });
}

function half({ value, basis, stale = false }: GlyphHalf, x: number, y: number): Stroke[] {
  const tint = basis === 'observed' ? 1 : 0.3;
  const old = stale && basis === 'observed';
  switch (value) {
    case 'yes': return [box(x, y, HALF, { fill: 'level', tint, line: 'level' }), ...(old ? [hole(x + (HALF - 4) / 2, y + (TALL - 4) / 2, 4)] : [])];
    case 'part': return [{ mark: 'corner', points: [[x, y], [x + HALF, y], [x, y + TALL]], fill: 'level', tint }, box(x, y, HALF, { line: 'level' }), ...(old ? [hole(x + 1.5, y + 1.5, 2.5)] : [])];
    case 'never': return [box(x, y, HALF, {}), { mark: 'strokes', at: [[x, y + TALL, x + HALF, y]], line: 'empty', weight: 1.25 }];
    case 'unknown': return [box(x, y, HALF, { dashed: true })];
    case 'disputed': return [box(x, y, HALF, { fill: 'warnPaper', line: 'warn' }), unequal(x + HALF / 2, y + TALL / 2)];
    case 'no': return [box(x, y, HALF, {})];
  }
}

function unequal(x: number, y: number): Stroke {
  return { mark: 'strokes', at: [[x - 2.5, y - 1.3, x + 2.5, y - 1.3], [x - 2.5, y + 1.3, x + 2.5, y + 1.3], [x + 1.6, y - 3.1, x - 1.6, y + 3.1]], line: 'warn', weight: 1.1 };
}

/** The glyph with its top left corner at (x, y). */
export function glyph(read: GlyphHalf, write: GlyphHalf, x: number, y: number): Stroke[] {
  const whole = read.value === write.value ? read.value : null;
  const left = x + EDGE;
  const top = y + EDGE;
  const wide = GLYPH.width - 2 * EDGE;
  if (whole === 'never') return [box(left, top, wide, {}), { mark: 'strokes', at: [[left, top, left + wide, top + TALL]], line: 'empty', weight: 1.25 }];
  if (whole === 'unknown') return [box(left, top, wide, { dashed: true })];
  if (whole === 'disputed') return [box(left, top, wide, { fill: 'warnPaper', line: 'warn' }), unequal(x + GLYPH.width / 2, y + GLYPH.height / 2)];
  return [...half(read, left, top), ...half(write, x + 13.625, top)];
}

/** A shape's outline as path data. */
export function pathOf(shape: Shape<string>): string {
  switch (shape.mark) {
    case 'box': {
      const { x, y, width, height, radius: r } = shape;
      const turn = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
      return `M${x + r} ${y}h${width - 2 * r}${turn(r, r)}v${height - 2 * r}${turn(-r, r)}h${2 * r - width}${turn(-r, -r)}v${2 * r - height}${turn(r, -r)}z`;
    }
    case 'corner': return `M${shape.points.map(([x, y]) => `${x} ${y}`).join('L')}z`;
    case 'strokes': return shape.at.map(([x1, y1, x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`).join('');
  }
}

/** How a shape looks, as classes that `.marks` in base.css colours. */
export function lookOf(shape: Shape<string>): string {
  const classes: (string | false)[] =
    shape.mark === 'box' ? [shape.fill !== null && `fill-${shape.fill}`, shape.line !== null && `line-${shape.line}`, shape.dashed && 'dashed', shape.tint === 1 && shape.fill === 'level' && 'solid']
    : shape.mark === 'corner' ? [`fill-${shape.fill}`, shape.tint === 1 && 'solid']
    : [`line-${shape.line}`];
  return classes.filter(Boolean).join(' ');
}
