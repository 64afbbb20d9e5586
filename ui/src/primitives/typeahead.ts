// Selecting by typing: letters in quick succession make a word, a pause starts a new one.

/** Longest pause inside a word, in milliseconds. */
const PAUSE = 700;

export class Typeahead {
  #typed = '';
  #at = -Infinity;

  /**
   * The entry to go to after one more letter, or undefined. A first letter looks after the current entry (so that it walks
   * through those that share it); further letters may stay on it.
   */
  find<Entry>(letter: string, now: number, entries: Entry[], current: Entry | null, words: (entry: Entry) => string): Entry | undefined {
    this.#typed = now - this.#at > PAUSE ? letter : this.#typed + letter;
    this.#at = now;
    const at = current === null ? -1 : entries.indexOf(current);
    const from = Math.max(0, this.#typed.length === 1 ? at + 1 : at);
    const typed = fold(this.#typed);
    return [...entries.slice(from), ...entries.slice(0, from)].find((entry) => fold(words(entry)).startsWith(typed));
  }
}

/** Without case and accents, as people type. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
