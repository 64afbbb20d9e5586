// Which entries a few typed letters mean, and why: every word typed must begin a word of the entry, or at least be in it.
// The better the place, the higher the rank; what was found is marked, so that nobody wonders.
import { fold } from '../../primitives/typeahead';

export type Mark = { text: string; hit: boolean };
/** What is searched: the label counts most, then what stands beside it, then words that are not shown at all. */
export type Searchable = { label: string; detail?: string | undefined; also?: string[] | undefined };

const BEGINS_LABEL = 100;
const BEGINS_WORD = 60;
const INSIDE = 25;
/** What is found beside the label, or nowhere on screen, counts for less. */
const WEIGHTS = [1, 0.6, 0.5];

export function wordsOf(query: string): string[] {
  return fold(query).split(/\s+/).filter(Boolean);
}

function place(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  if (at === 0) return BEGINS_LABEL;
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].some((found) => found[0].startsWith(word)) ? BEGINS_WORD : INSIDE;
}

/** How well an entry matches; 0 when a word is nowhere. An exact label is best of all. */
export function score(words: string[], { label, detail = '', also = [] }: Searchable): number {
  const fields = [fold(label), fold(detail), fold(also.join('\n'))];
  let sum = 0;
  for (const word of words) {
    const best = Math.max(...fields.map((field, at) => place(word, field) * (WEIGHTS[at] ?? 0)));
    if (best === 0) return 0;
    sum += best;
  }
  return fields[0] === words.join(' ') ? sum + BEGINS_LABEL : sum;
}

/** A text cut where it was found, for showing. */
export function marks(words: string[], text: string): Mark[] {
  // Folding may change the length of a text (an accent, a ligature); then it is shown whole rather than cut wrong.
  const folded = fold(text);
  if (words.length === 0 || folded.length !== text.length) return [{ text, hit: false }];
  const hits = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    const starts = [...folded.matchAll(/[\p{L}\p{N}]+/gu)].filter((found) => found[0].startsWith(word)).map((found) => found.index);
    const at = starts[0] ?? folded.indexOf(word);
    if (at >= 0) hits.fill(true, at, at + word.length);
  }
  const cut: Mark[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hit = hits[at] ?? false;
    const last = cut.at(-1);
    if (last?.hit === hit) last.text += text.charAt(at);
    else cut.push({ text: text.charAt(at), hit });
  }
  return cut;
}
