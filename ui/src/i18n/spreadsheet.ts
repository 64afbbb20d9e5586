// One field of a file for spreadsheets (RFC 4180). Names come from people and from file names, and a spreadsheet runs what looks
// like a formula: such a field starts with an apostrophe.
import { visible } from './isolate';

/** Excel and its relatives take these, leading or after white space, for the start of a formula. */
const FORMULA = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/u;

/** Spreadsheets take a file for UTF-8 only when it begins with this. */
export const BYTE_ORDER_MARK = '\ufeff';

/** One field: hidden characters made visible, harmless to a spreadsheet, quoted when it must be. */
export function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const shown = visible(value);
  const text = FORMULA.test(shown) || /^[\t\r]/.test(value) ? `'${shown}` : shown;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines of fields, ended by CR LF. */
export function commaSeparated(lines: (string | number)[][]): string {
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');
}
