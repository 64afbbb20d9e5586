// A sheet for spreadsheets: one row per row, and beside each column what its answers rest on.
import { commaSeparated, t } from '../../../i18n';
import type { Sheet } from './sheet';
import { footnotes } from './sheet';

/** The sheet as CSV. The last lines say where the answers come from. */
export function csv(sheet: Sheet): string {
  const head = [t('export.group'), sheet.corner, ...sheet.facts, ...sheet.columns.flatMap(({ label, notes }) => {
    const column = [label, ...notes].join(', ');
    return [column, t('export.evidence', { column })];
  })];
  const rows = sheet.groups.flatMap((group) =>
    group.rows.map((row) => [group.label, row.label, ...row.facts, ...row.cells.flatMap(({ words, rests }) => [words, rests])]),
  );
  const totals = sheet.totals ? [['', sheet.totals.label, ...sheet.facts.map(() => ''), ...sheet.totals.counts.flatMap((count) => [count, ''])]] : [];
  const notes = [sheet.title, ...(sheet.subtitle === null ? [] : [sheet.subtitle]), ...footnotes(sheet)].map((note) => [note]);
  return commaSeparated([head, ...rows, ...totals, [], ...notes]);
}
