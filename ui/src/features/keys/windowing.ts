// Which rows of a long list exist in the page. Rows have one height, so this is arithmetic: no measuring, no library.

export type Section = { count: number };
export type Span = { first: number; last: number };

export const ROW = 48;
export const HEAD = 30;
/** Space under each section, in CSS pixels. */
export const FOOT = 4;
const OVERSCAN = 4;

/** Height of a section: its head, its rows, its foot. */
export function sectionHeight({ count }: Section): number {
  return HEAD + count * ROW + FOOT;
}

/** The rows of each section to draw, last exclusive, for a viewport of the given height scrolled by `top`. */
export function visibleRows(sections: Section[], top: number, height: number): Span[] {
  let from = 0;
  return sections.map((section) => {
    const start = from + HEAD;
    from += sectionHeight(section);
    const first = Math.floor((top - start) / ROW) - OVERSCAN;
    const last = Math.ceil((top + height - start) / ROW) + OVERSCAN;
    const clamp = (row: number) => Math.max(0, Math.min(row, section.count));
    return { first: clamp(first), last: clamp(last) };
  });
}

/** Where a row is, from the top of the list. */
export function rowTop(sections: Section[], section: number, row: number): number {
  return sections.slice(0, section).reduce((sum, one) => sum + sectionHeight(one), 0) + HEAD + row * ROW;
}

/** How far to scroll so that a row is wholly in view under its section's head; null when it already is. */
export function scrollFor(rowAt: number, top: number, height: number): number | null {
  if (rowAt - HEAD < top) return Math.max(0, rowAt - HEAD);
  if (rowAt + ROW > top + height) return rowAt + ROW - height;
  return null;
}
