// Issuer IDs as people bring them: typed, pasted with the words around them, in capitals. Only the shape is checked
// (8-4-4-4-12 hex digits); not every real one is a version-4 UUID, so nothing more can be asked.

const SHAPE = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The Issuer ID inside a text, in lower case; null when there is none. */
export function issuerIn(text: string): string | null {
  return SHAPE.exec(text)?.[0].toLowerCase() ?? null;
}

/** What a field should hold after this was entered: a whole Issuer ID without its surroundings, or the text as it is. */
export function tidyIssuer(text: string): string {
  return issuerIn(text) ?? text;
}

/** A short form that still tells teams apart. */
export function shortIssuer(issuer: string): string {
  return `${issuer.slice(0, 8)}…`;
}
