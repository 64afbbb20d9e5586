// Eleven glyphs a row, and rows come and go while one scrolls: building each from its parts takes most of the time a row takes.
// Each kind of glyph is built once, by the component that draws it everywhere else, and copied for every cell.
import { mount } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { GridCell } from '../../backend/bindings.gen';
import LevelGlyph from '../../primitives/LevelGlyph.svelte';

const drawn = new Map<string, Node>();

function glyphFor({ read, write }: GridCell): Node {
  const kind = [read.value, write.value, read.basis === 'observed', write.basis === 'observed'].join();
  let glyph = drawn.get(kind);
  if (!glyph) {
    const target = document.createElement('div');
    mount(LevelGlyph, { target, props: { read: read.value, write: write.value, readBasis: read.basis, writeBasis: write.basis } });
    glyph = target.firstElementChild ?? target;
    drawn.set(kind, glyph);
  }
  return glyph.cloneNode(true);
}

/** Draws a cell's glyph into its element. */
export function glyph(cell: GridCell): Attachment<HTMLElement> {
  return (element) => {
    const own = glyphFor(cell);
    element.append(own);
    return () => element.replaceChildren();
  };
}
