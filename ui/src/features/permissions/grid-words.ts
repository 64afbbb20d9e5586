// The grid in sentences: what is asked, what was found, and the sheet it turns into when it is copied or saved.
import type { AppView, Area, GridCell, KeyView, Layer, PlanView } from '../../backend/bindings.gen';
import { areaShort, areaWords, day, listed, rolesOf, t, tCode } from '../../i18n';
import type { Sheet, SheetRow } from './export/sheet';
import { refusedCell, sheetCell } from './export/sheet';
import { AREAS, type Entry, type GridQuestion, type KeyLine, type Line, asks, isOne, totalsOf } from './grid';
import { levelWords, restsOn } from './layers';

/** "read Finance reports for every app". */
export function canWords({ area, half, scope }: GridQuestion, apps: AppView[] = []): string {
  const what = area === null ? t('grid.can.nothing_asked') : tCode('grid.can', half, { area: areaWords(area) });
  if (scope === 'any') return what;
  return isOne(scope) ? t('grid.scope.sentence_one', { what, app: appName(scope.one, apps) }) : t('grid.scope.sentence', { what });
}

/** An app by name; one that is not listed any more by its number. */
export function appName(id: string, apps: AppView[]): string {
  return apps.find((app) => app.id === id)?.name ?? id;
}

/** Under the title: "12 keys × 11 areas", "5 of 12 keys" when some are left out, or "100 keys in 12 rows" when keys share rows. */
export function sizeWords(listed: number, keys: number, lines: Line[]): string {
  const own = lines.filter((line): line is KeyLine => line.type === 'key' && !line.member);
  const all = t('grid.keys', { count: keys });
  const count = listed === keys ? all : t('grid.size.asked', { listed, keys: all });
  if (own.some(({ folded }) => folded.length > 0)) return t('grid.size.folded', { keys: count, rows: t('grid.rows', { count: own.length }) });
  return listed < keys ? count : t('grid.size', { rows: count, areas: t('grid.areas', { count: AREAS.length }) });
}

/** "4 of 12 keys can read Finance reports. Not settled for 1." */
export function foundWords(question: GridQuestion, apps: AppView[], can: number, open: number, count: number): string {
  const found = t('grid.found', { can, count, what: canWords(question, apps) });
  return open === 0 ? found : `${found} ${t('grid.found.open', { count: open })}`;
}

/** What to create when no key can: which, who makes it, and what may be smaller. */
export function planWords({ kind, role, created_by, smaller_if_offered }: PlanView): string[] {
  return [
    t('grid.none.create', { kind: tCode('keys.kind_long', kind), role: tCode('access.role', role) }),
    created_by.length === 0 ? t('grid.none.by_owner') : t('grid.none.by', { roles: listed(created_by.map((one) => tCode('access.role', one)), 'or') }),
    ...(smaller_if_offered === null ? [] : [t('grid.none.smaller', { role: tCode('access.role', smaller_if_offered) })]),
  ];
}

/** Why a row has no cells: what Apple said of the key itself; null where it has. */
export function refusedWords({ key, refused }: Entry): string | null {
  return refused && tCode('grid.refused', refused, { day: key.standing.at === null ? '' : day(key.standing.at) });
}

/** A cell in full: area, key, level, on what it rests, and whether that contradicts the table. */
export function cellAloud(area: Area, key: KeyView, cell: GridCell, layer: Layer): string {
  const said = t('grid.cell', { area: areaWords(area), name: key.name, level: levelWords(cell, layer), basis: restsOn(cell, layer, cell.stale) });
  return cell.contradicted ? `${said}. ${t('ledger.contradicted')}` : said;
}

/** The grid as it stands, for other programs: the same keys in the same order, folded lines written out. */
export function gridSheet(lines: Line[], question: GridQuestion, apps: AppView[], layer: Layer, date: string): Sheet {
  const groups: Sheet['groups'] = [];
  const entries: Entry[] = [];
  for (const line of lines) {
    if (line.type === 'group') groups.push({ label: tCode('keys.group', line.kind), note: tCode('grid.group', line.kind), zone: null, rows: [] });
    else if (line.type === 'open') groups.push({ label: t('grid.group.open'), note: t('grid.group.open.note'), zone: null, rows: [] });
    else if (!line.member) {
      const own = [line.entry, ...line.folded];
      entries.push(...own);
      groups.at(-1)?.rows.push(...own.map((entry) => sheetRow(entry, layer)));
    }
  }
  return {
    title: t('grid.sheet.title', { count: entries.length }),
    subtitle: asks(question) ? t('grid.sheet.asked', { what: canWords(question, apps) }) : null,
    corner: t('grid.head.key'),
    facts: [t('grid.head.role'), t('grid.head.apps')],
    columns: AREAS.map(({ area, zone }) => ({ label: areaWords(area), short: areaShort(area), notes: [], kind: null, zone })),
    groups,
    totals: { label: t('grid.total'), counts: totalsOf(entries) },
    words: false,
    layer,
    date,
  };
}

function sheetRow(entry: Entry, layer: Layer): SheetRow {
  const { key, row } = entry;
  const cells = row.cells.map((cell) => sheetCell(cell, layer, cell.stale));
  const refused = refusedWords(entry);
  const none = refused === null ? null : t('grid.refused.cell');
  return { label: key.name, facts: [rolesOf(key), tCode('grid.apps', row.apps)], kind: key.kind, cells: none === null ? cells : cells.map((cell) => refusedCell(cell, none)), note: refused };
}
