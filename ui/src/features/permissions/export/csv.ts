// A sheet for spreadsheets: RFC 4180, one row per row, and beside each column what its answers rest on. Names come from people
// and from file names, and a spreadsheet runs what looks like a formula: such a field starts with an apostrophe.
import { t, tCode, visible } from '../../../i18n';
import type { Sheet } from './sheet';
import { footnotes } from './sheet';

/** Excel and its relatives take these, leading or after white space, for the start of a formula. */
const FORMULA = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/u;

/** One field: hidden characters made visible, harmless to a spreadsheet, quoted when it must be. */
export function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const shown = visible(value);
  const text = FORMULA.test(shown) || /^[\t\r]/.test(value) ? `'${shown}` : shown;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The sheet as CSV, lines ended by CR LF. The last lines say where the answers come from. */
export function csv(sheet: Sheet): string {
  const head = [t('export.group'), sheet.corner, ...sheet.facts, ...sheet.columns.flatMap(({ label, notes }) => {
    const column = [label, ...notes].join(', ');
    return [column, t('export.evidence', { column })];
  })];
  const rows = sheet.groups.flatMap((group) =>
    group.rows.map((row) => [group.label, row.label, ...row.facts, ...row.cells.flatMap(({ words, basis }) => [words, tCode('access.basis', basis)])]),
  );
  const totals = sheet.totals ? [['', sheet.totals.label, ...sheet.facts.map(() => ''), ...sheet.totals.counts.flatMap((count) => [count, ''])]] : [];
  const notes = [sheet.title, ...(sheet.subtitle === null ? [] : [sheet.subtitle]), ...footnotes(sheet)].map((note) => [note]);
  return [head, ...rows, ...totals, [], ...notes].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}
