// Where each line of the log is. Lines have known heights, so this is arithmetic: of thousands only those in view exist.
import type { ActivityEntry, RequestLine } from '../../backend/bindings.gen';
import { dayStart } from '../../i18n';
import { requestsOf } from './words';

/** Heights in CSS pixels. */
export const DAY = 38;
export const ROW = 34;
/** In a narrow window a row has two lines. */
export const TALL_ROW = 52;
export const REQUEST = 20;
const PAD = 8;
/** Requests that unfolding shows at first. */
export const FEW = 4;
const OVERSCAN = 8;

type Place = { id: string; entry: ActivityEntry; /** Among all lines. */ index: number; /** From the top of the log. */ top: number; height: number };
export type Line = Place & ({ type: 'entry' } | { type: 'request'; request: RequestLine; at: number; of: number; last: boolean } | { type: 'more'; left: number; last: boolean });
export type Section = { day: number; /** Among all sections. */ index: number; top: number; height: number; /** Its lines, last exclusive. */ first: number; last: number };
export type Layout = { lines: Line[]; sections: Section[]; height: number };
/** How far an entry's requests are unfolded; an entry that is not in it is folded. */
export type Unfolded = ReadonlyMap<number, 'few' | 'all'>;

function requestLines(entry: ActivityEntry, shown: 'few' | 'all', from: number, top: number): Line[] {
  const requests = requestsOf(entry);
  // One that is left takes the room of the words that say so.
  const count = shown === 'all' || requests.length <= FEW + 1 ? requests.length : FEW;
  const left = requests.length - count;
  let at = top;
  const placed = (first: boolean, last: boolean) => {
    const height = REQUEST + (first ? PAD : 0) + (last ? PAD : 0);
    const place = { top: at, height };
    at += height;
    return place;
  };
  const lines = requests.slice(0, count).map((request, index): Line => {
    const last = left === 0 && index === count - 1;
    return { type: 'request', id: `${entry.id}:${index}`, entry, index: from + index, request, at: index, of: requests.length, last, ...placed(index === 0, last) };
  });
  return left === 0 ? lines : [...lines, { type: 'more', id: `${entry.id}:more`, entry, index: from + count, left, last: true, ...placed(false, true) }];
}

/** Places entries, newest first, under their days. */
export function layOut(entries: ActivityEntry[], unfolded: Unfolded, row: number): Layout {
  const lines: Line[] = [];
  const sections: Section[] = [];
  let top = 0;
  let section: Section | undefined;
  for (const entry of entries) {
    // Cheaper than asking the calendar about each: most entries are of the same day as the one before.
    if (!section || entry.at < section.day || entry.at - section.day >= 82_800_000) {
      const day = dayStart(entry.at);
      if (day !== section?.day) {
        section = { day, index: sections.length, top, height: 0, first: lines.length, last: lines.length };
        sections.push(section);
        top += DAY;
      }
    }
    lines.push({ type: 'entry', id: String(entry.id), entry, index: lines.length, top, height: row });
    top += row;
    const shown = unfolded.get(entry.id);
    if (shown) {
      const more = requestLines(entry, shown, lines.length, top);
      lines.push(...more);
      top += more.reduce((sum, line) => sum + line.height, 0);
    }
    section.last = lines.length;
    section.height = top - section.top;
  }
  return { lines, sections, height: top };
}

/** The first line that ends below a point. */
export function lineAt(lines: Line[], point: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const line = lines[middle];
    if (line && line.top + line.height <= point) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lines to draw for a viewport, last exclusive. */
export function inView({ lines }: Layout, top: number, height: number): { first: number; last: number } {
  return { first: Math.max(0, lineAt(lines, top) - OVERSCAN), last: Math.min(lines.length, lineAt(lines, top + height) + 1 + OVERSCAN) };
}

/** Where to scroll so that a line is wholly in view under its day; null when it is. */
export function scrollTo({ top: at, height }: Place, top: number, view: number): number | null {
  if (at - DAY < top) return Math.max(0, at - DAY);
  return at + height > top + view ? at + height - view : null;
}
