// The glyphs of a row as one small drawing. Rows come and go while one scrolls, and in WebKit every drawing in a page has its
// price: eleven a row took more than half of each frame. So a row has one, its shapes joined into a path per look; rows that
// cannot be told apart share the original and only copy it. The shapes are those of the exported picture.
import type { Attachment } from 'svelte/attachments';
import type { GridCell } from '../../backend/bindings.gen';
import { GLYPH, glyph, lookOf, pathOf } from '../../primitives/glyph';
import { LINE } from './grid';
import { isObserved } from './layers';

const SVG = 'http://www.w3.org/2000/svg';
const drawn = new Map<string, SVGElement>();

/** Beside a glyph whose answer differs from the table: a small triangle, top right. */
function flag(x: number, y: number): string {
  return `M${x} ${y}l3.75 7h-7.5z`;
}

/** The glyphs of a row's cells, `area` CSS pixels apart: path data by look, in the order to be painted. */
export function looksOf(cells: GridCell[], area: number): Map<string, string> {
  const looks = new Map<string, string>();
  cells.forEach((cell, at) => {
    const { level, contradicted, stale } = cell;
    const [left, top] = [at * area + Math.floor((area - GLYPH.width) / 2), Math.ceil((LINE - 1 - GLYPH.height) / 2)];
    if (contradicted) looks.set('flag', (looks.get('flag') ?? '') + flag(left + GLYPH.width + 7, top + 1.5));
    // What nobody tested steps back where it comes to nothing; a refusal of Apple's does not.
    const quiet = level === 'none' && !isObserved(cell);
    for (const mark of glyph({ ...cell.read, stale }, { ...cell.write, stale }, left, top)) {
      const look = quiet ? `${lookOf(mark)} quiet` : lookOf(mark);
      looks.set(look, (looks.get(look) ?? '') + pathOf(mark));
    }
  });
  return looks;
}

function drawingOf(cells: GridCell[], area: number): Node {
  const kind = `${area}|${cells.map(({ read, write, level, contradicted, stale }) => [read.value, write.value, read.basis === 'observed', write.basis === 'observed', level, contradicted, stale].join()).join('|')}`;
  let drawing = drawn.get(kind);
  if (!drawing) {
    drawing = document.createElementNS(SVG, 'svg');
    drawing.setAttribute('class', 'marks');
    drawing.setAttribute('width', String(area * cells.length));
    drawing.setAttribute('height', String(LINE - 1));
    for (const [look, data] of looksOf(cells, area)) {
      const path = document.createElementNS(SVG, 'path');
      path.setAttribute('class', look);
      path.setAttribute('d', data);
      drawing.append(path);
    }
    drawn.set(kind, drawing);
  }
  return drawing.cloneNode(true);
}

/** Draws a row's glyphs into an element that lies over its cells. */
export function glyphs(cells: GridCell[], area: number): Attachment<HTMLElement> {
  return (element) => {
    element.append(drawingOf(cells, area));
    return () => element.replaceChildren();
  };
}
