// Names come from file names and from people, so they may hold anything: control characters, direction overrides,
// ten thousand spaces. These functions keep such a name from changing how the words around it read; they never change
// what is stored.

// C0, DEL, C1, line separators, and format characters that are invisible or reorder text. U+200D joins emoji: kept.
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\u2039U+${code.toString(16).toUpperCase().padStart(4, '0')}\u203a`;
}

/** Text with every hidden character drawn as a visible mark; safe to show inside `<bdi>`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, picture);
}

/** Text made safe for the middle of a plain-text sentence. Ordinary text comes back unchanged. */
export function isolate(text: string): string {
  const shown = visible(text);
  return shown !== text || RIGHT_TO_LEFT.test(shown) ? FIRST_STRONG_ISOLATE + shown + POP_ISOLATE : shown;
}
