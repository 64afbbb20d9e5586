// The ledger as it leaves the window: the columns and rows on screen, under the same heads, with the same sentence.
import type { Layer, LedgerView } from '../../backend/bindings.gen';
import { areaWords, kindAndRole, listed, t, tCode, visible } from '../../i18n';
import { type Sheet, sheetCell } from './export/sheet';
import { isStale } from './layers';
import { blocksOf, columnName, summaryWords } from './words';

export function ledgerSheet(view: LedgerView, onlyDifferences: boolean, layer: Layer): Sheet {
  const names = view.columns.map(columnName);
  const excluded = view.columns.some(({ kind }) => kind === 'individual');
  return {
    title: t('ledger.export.title', { names: listed(names.map(visible)) }),
    subtitle: view.summary ? summaryWords(view.summary, names).map(({ text }) => text).join('') : null,
    corner: t('ledger.export.area'),
    facts: [],
    columns: view.columns.map((column) => ({
      label: columnName(column),
      notes: [column.key ? kindAndRole(column) : t('ledger.compare.suffix'), tCode('access.apps', column.apps)],
      kind: column.kind,
      zone: null,
    })),
    groups: blocksOf(view, onlyDifferences).map(({ name, label, rows }) => ({
      label,
      note: name === 'team_only' && excluded ? t('ledger.export.excluded') : null,
      zone: name === 'team_only' || name === 'either' ? name : null,
      rows: rows.map((row) => ({ label: areaWords(row.area), facts: [], kind: null, cells: row.cells.map((cell) => sheetCell(cell, layer, isStale(cell, view.stale_before))) })),
    })),
    totals: null,
    words: true,
    layer,
    date: view.catalogue_date,
  };
}
