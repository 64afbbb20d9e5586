// What leaves the window: a table of cells with their words, their halves and what each rests on. The grid and the ledger both
// turn into a sheet; Markdown, CSV and pictures are written from it, so that no format says less, or more, than another.
import type { Basis, GridCell, Half, KeyKind, Layer, Level, Zone } from '../../../backend/bindings.gen';
import { day, t, tCode } from '../../../i18n';
import { levelWords, restsOn } from '../layers';

/** One half of a cell: how far, and on what that rests. */
export type SheetHalf = { value: Half; basis: Basis; stale?: boolean };
export type SheetCell = {
  level: Level;
  /** "Upload, view", as the window says it. */
  words: string;
  /** The weakest of what decided it. */
  basis: Basis;
  /** The same in words, as the layer of the sheet has it. */
  rests: string;
  /** Apple's answer differs from the table. */
  contradicted: boolean;
  read: SheetHalf;
  write: SheetHalf;
};
export type SheetColumn = {
  label: string;
  /** For a narrow column of a picture, when the label is too long. */
  short?: string;
  /** Lines under the label in a picture, joined to it elsewhere: "Team · App Manager". */
  notes: string[];
  /** Colours its head in a picture; null when the column is an area. */
  kind: KeyKind | null;
  /** Columns next to each other in one zone share its head; null when the zones are the rows'. */
  zone: Zone | null;
};
export type SheetRow = {
  label: string;
  /** One value per `Sheet.facts`. */
  facts: string[];
  /** Draws its tile in a picture; null when the row is an area. */
  kind: KeyKind | null;
  cells: SheetCell[];
  /** What Apple said of the key itself, where its cells therefore say nothing. */
  note?: string | null;
};
export type SheetGroup = {
  label: string;
  note: string | null;
  /** Rows of a zone are fenced off like it; null when the zones are the columns'. */
  zone: Zone | null;
  rows: SheetRow[];
};
export type Sheet = {
  /** "What 12 keys may do". Names in it and below are raw text; each format escapes for itself. */
  title: string;
  /** A sentence under the title, such as the question asked or the ledger's summary; null when there is none. */
  subtitle: string | null;
  /** Head of the first column: "Key" or "Area". */
  corner: string;
  /** Heads of further columns of words after the first: "Role", "Apps". */
  facts: string[];
  columns: SheetColumn[];
  groups: SheetGroup[];
  /** A last row of counts, one per column. */
  totals: { label: string; counts: number[] } | null;
  /** Whether a picture has room for the words beside each glyph. */
  words: boolean;
  /** Which layer of knowledge it shows; every format says so. */
  layer: Layer;
  /** Date of the catalogue, `YYYY-MM-DD` or `YYYY-MM`. */
  date: string;
};

/** A cell of the grid or of the ledger as a sheet keeps it. */
export function sheetCell(cell: Omit<GridCell, 'stale'>, layer: Layer, stale: boolean): SheetCell {
  const half = ({ value, basis }: SheetHalf): SheetHalf => ({ value, basis, stale });
  const said = levelWords(cell, layer);
  const rests = restsOn(cell, layer, stale);
  return {
    level: cell.level, words: cell.contradicted ? t('export.contradicted', { level: said }) : said, basis: cell.basis, rests, contradicted: cell.contradicted, read: half(cell.read), write: half(cell.write),
  };
}

/** A cell of a key that Apple refuses: nothing is known of it, whatever is documented. */
export function refusedCell(cell: SheetCell, words: string): SheetCell {
  const half: SheetHalf = { value: 'unknown', basis: 'unknown' };
  return { ...cell, level: 'unclear', words, basis: 'unknown', rests: words, contradicted: false, read: half, write: half };
}

const LEVELS: Level[] = ['manage', 'limited', 'view', 'none', 'never', 'unclear', 'disputed'];
const BASES: Basis[] = ['observed', 'documented', 'spec', 'quoted', 'derived', 'reported', 'disputed', 'unknown'];

function cellsOf(sheet: Sheet): SheetCell[] {
  return sheet.groups.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
}

/** The levels a sheet shows, in the order of a legend. */
export function levelsOf(sheet: Sheet): Level[] {
  const cells = cellsOf(sheet);
  return LEVELS.filter((level) => cells.some((cell) => cell.level === level));
}

/** What its cells rest on, in words, strongest first. */
export function basesOf(sheet: Sheet): string[] {
  const cells = cellsOf(sheet);
  return BASES.flatMap((basis) => [...new Set(cells.filter((cell) => cell.basis === basis).map(({ rests }) => rests))]).filter((rests, at, all) => all.indexOf(rests) === at);
}

/** Whether Apple has answered anything in it. */
export function isTested(sheet: Sheet): boolean {
  return cellsOf(sheet).some(({ read, write }) => read.basis === 'observed' || write.basis === 'observed');
}

/** The sentences every format ends with: where the answers come from, and what nobody has tested. */
export function footnotes(sheet: Sheet): string[] {
  const cells = cellsOf(sheet);
  const old = cells.some(({ read, write }) => [read, write].some(({ basis, stale }) => basis === 'observed' && stale));
  return [
    tCode('export.layer', sheet.layer),
    ...(sheet.layer === 'observed' ? [] : [t('export.from', { day: day(sheet.date) })]),
    ...(isTested(sheet) || sheet.layer === 'documented' ? [] : [t('export.untested')]),
    ...(old ? [t('export.stale')] : []),
    ...(cells.some(({ contradicted }) => contradicted) ? [t('export.contradicted.about')] : []),
    ...sheet.groups.flatMap(({ rows }) => rows.flatMap(({ label, note }) => (note ? [t('export.refused', { name: label, note })] : []))),
    t('export.writes_untested'),
  ];
}

/** Zones of neighbouring columns, with how many columns each spans; empty when columns have none. */
export function zonesOf(columns: SheetColumn[]): { zone: Zone; label: string; span: number }[] {
  const zones: { zone: Zone; label: string; span: number }[] = [];
  for (const { zone } of columns) {
    const last = zones.at(-1);
    if (zone === null) continue;
    if (last?.zone === zone) last.span += 1;
    else zones.push({ zone, label: tCode('access.zone', zone), span: 1 });
  }
  return zones;
}
