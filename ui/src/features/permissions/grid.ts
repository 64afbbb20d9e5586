// The reach grid without a window: which keys are asked for, in which order, folded or not, and what each column adds up to.
// What a key may do comes from the core and is never derived here; this module only arranges the answers.
import type { Area, AppScope, AppView, AskedHalf, GridAnswer, GridView, Half, KeyAnswer, KeyKind, KeyRef, KeyView, Layer, Level, Zone } from '../../backend/bindings.gen';
import { AREAS as ORDER, reaches } from '../../backend/areas';
import { type Refusal, refusal } from './layers';

/** What is asked of the grid: which keys can reach an area (null: anything), and for which apps. */
export type GridQuestion = { area: Area | null; half: AskedHalf; scope: AppScope };
export const ANYTHING: GridQuestion = { area: null, half: 'any', scope: 'any' };

const TEAM_ONLY: readonly Area[] = ['provisioning', 'sales', 'finance', 'notary'];
/** The columns, in the order in which the core answers; Apple's guide closes the last zone to Individual keys. */
export const AREAS: readonly { area: Area; zone: Zone }[] = ORDER.map((area) => ({ area, zone: TEAM_ONLY.includes(area) ? 'team_only' : 'either' }));

/** A stored key with what it may do; keys that cannot be told apart share one answer. */
export type Entry = {
  key: KeyView;
  row: GridAnswer;
  /** Apple refuses the key itself: it reaches nothing, whatever is documented. */
  refused: Refusal | null;
};
export type Sorting = { by: 'name' | 'reach' | Area; descending: boolean };
export const BY_NAME: Sorting = { by: 'name', descending: false };

/** A line of the grid, top to bottom. `id` is stable while the line means the same. */
export type KeyLine = {
  type: 'key';
  id: string;
  entry: Entry;
  /** Other keys this line stands for. */
  folded: Entry[];
  /** Set under the line that stands for it. */
  member: boolean;
};
export type Line = { type: 'group'; id: string; kind: KeyKind; count: number } | { type: 'open'; id: string; count: number } | KeyLine;

/** Every key the view and the library both know, in the library's order. */
export function entriesOf(view: GridView, keys: KeyView[], layer: Layer): Entry[] {
  const answers = new Map(view.rows.map(({ key, answer }) => [key, view.answers[answer]]));
  return keys.flatMap((key) => {
    const row = answers.get(key.id);
    return row && key.archived_at === null ? [{ key, row, refused: layer === 'documented' ? null : refusal(key) }] : [];
  });
}

// ------------------------------------------------------------ the question
export type Verdict = 'can' | 'open' | 'cannot';

function verdictOf(value: Half): Verdict {
  if (value === 'yes' || value === 'part') return 'can';
  return value === 'unknown' || value === 'disputed' ? 'open' : 'cannot';
}

/** Whether anything is asked, so that some keys may be left out. */
export function asks({ area, scope }: GridQuestion): boolean {
  return area !== null || scope !== 'any';
}

/** What the question says of each key: the core's answers, or for "anything" how far its apps reach. */
export function verdicts(question: GridQuestion, entries: Entry[], answers: KeyAnswer[], apps: AppView[] = []): Map<KeyRef, Verdict> {
  const { area, scope } = question;
  const app = isOne(scope) ? apps.find(({ id }) => id === scope.one) : undefined;
  const elsewhere = new Set(entries.filter(({ key }) => ofAnotherTeam(key, app)).map(({ key }) => key.id));
  if (area !== null) return new Map(answers.map(({ key, value }) => [key, elsewhere.has(key) ? 'cannot' : verdictOf(value)]));
  return new Map(entries.map((entry) => [entry.key.id, elsewhere.has(entry.key.id) ? 'cannot' : covers(entry, scope)]));
}

export function isOne(scope: AppScope): scope is { one: string } {
  return typeof scope === 'object';
}

/** A Team key reaches every app of its team, and none of another's. */
function ofAnotherTeam(key: KeyView, app: AppView | undefined): boolean {
  return key.kind === 'team' && key.issuer_id !== null && app !== undefined && app.issuer_id !== null && app.issuer_id !== key.issuer_id;
}

function covers({ key, row }: Entry, scope: AppScope): Verdict {
  if (scope === 'any' || row.apps !== 'as_owner' || key.apps.seen === 'all') return 'can';
  if (key.apps.seen === 'unknown') return 'open';
  return isOne(scope) && key.apps.ids.includes(scope.one) ? 'can' : 'cannot';
}

// ------------------------------------------------------------ order
const LEVEL_RANK: Record<Level, number> = { manage: 6, limited: 5, view: 4, disputed: 3, unclear: 2, none: 1, never: 0 };
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function rank({ by }: Sorting, { row, refused }: Entry): number {
  if (by === 'name') return 0;
  if (refused) return -1;
  if (by === 'reach') return row.size;
  const cell = row.cells[AREAS.findIndex(({ area }) => area === by)];
  return cell ? LEVEL_RANK[cell.level] : -1;
}

/** Entries in the order asked for; equal ones by name. */
export function sorted(entries: Entry[], sorting: Sorting): Entry[] {
  const sign = sorting.descending ? -1 : 1;
  const byName = (a: Entry, b: Entry) => collator.compare(a.key.name, b.key.name);
  if (sorting.by === 'name') return entries.toSorted((a, b) => sign * byName(a, b));
  return entries.toSorted((a, b) => sign * (rank(sorting, a) - rank(sorting, b)) || byName(a, b));
}

/** What pressing a column's head asks for next: the most first, the least first, then by name again. */
export function nextSorting(now: Sorting, by: Area): Sorting {
  if (now.by !== by) return { by, descending: true };
  return now.descending ? { by, descending: false } : BY_NAME;
}

// ------------------------------------------------------------ lines
function keyLines(entries: Entry[], section: string, folding: Folding): KeyLine[] {
  const single = (entry: Entry, member = false): KeyLine => ({ type: 'key', id: `${section}:${entry.key.id}`, entry, folded: [], member });
  if (!folding.identical) return entries.map((entry) => single(entry));
  return alike(entries).flatMap(([first, ...rest]) => {
    if (!first) return [];
    const line = { ...single(first), folded: rest };
    return folding.expanded.has(line.id) ? [line, ...rest.map((entry) => single(entry, true))] : [line];
  });
}

/** What a key is told apart by: kind, roles, apps, and what it may do, whenever Apple said so. One that Apple refuses is like no other. */
function likeness({ key, row, refused }: Entry, told: Map<GridAnswer, string>): string {
  if (refused) return key.id;
  const said = told.get(row) ?? JSON.stringify(row.cells);
  told.set(row, said);
  return JSON.stringify([key.kind, key.roles, key.apps, said]);
}

/** Entries that cannot be told apart together, in the order of the first of each. */
function alike(entries: Entry[]): Entry[][] {
  const groups = new Map<string, Entry[]>();
  const told = new Map<GridAnswer, string>();
  for (const entry of entries) {
    const kind = likeness(entry, told);
    const group = groups.get(kind);
    if (group) group.push(entry);
    else groups.set(kind, [entry]);
  }
  return [...groups.values()];
}

/** Whether keys that cannot be told apart share a line, and which of those lines list their keys. */
export type Folding = { identical: boolean; expanded: ReadonlySet<string> };

const KINDS: readonly KeyKind[] = ['team', 'individual'];

/** Everything between the heads and the totals: keys that can, by kind, then those for which it is not settled. */
export function linesOf(entries: Entry[], verdict: ReadonlyMap<KeyRef, Verdict>, sorting: Sorting, folding: Folding): Line[] {
  const ordered = sorted(entries, sorting);
  const where = (wanted: Verdict) => ordered.filter(({ key }) => (verdict.get(key.id) ?? 'cannot') === wanted);
  const can = where('can');
  const open = where('open');
  const groups = KINDS.flatMap((kind): Line[] => {
    const mine = can.filter(({ key }) => key.kind === kind);
    return mine.length === 0 ? [] : [{ type: 'group', id: kind, kind, count: mine.length }, ...keyLines(mine, kind, folding)];
  });
  return open.length === 0 ? groups : [...groups, { type: 'open', id: 'open', count: open.length }, ...keyLines(open, 'open', folding)];
}

/** How many of these keys reach each area at all. */
export function totalsOf(entries: Entry[]): number[] {
  return AREAS.map((_, at) => entries.filter(({ row, refused }) => refused === null && reaches(row.cells[at]?.level)).length);
}

/** Places of the areas a row surely does not reach. */
export function closedAt({ row, refused }: Entry): number[] {
  return row.cells.flatMap(({ level }, at) => (refused || level === 'none' || level === 'never' ? [at] : []));
}

// ------------------------------------------------------------ widths
/** How much the first column has room for: names, roles and apps; names and roles; or names alone. */
export type Room = 'all' | 'some' | 'little';

/** Widths of the first column and of each area, in CSS pixels, and whether they are more than there is: then the grid scrolls sideways. */
export type Columns = { who: number; area: number; room: Room; sideways: boolean };

/** The columns of a grid that has `width` CSS pixels. */
export function columnsFor(width: number): Columns {
  const room = width > 900 ? 'all' : width > 720 ? 'some' : 'little';
  const wanted = room === 'all' ? 368 : 244;
  const area = Math.max(56, Math.min(Math.floor((width - wanted) / AREAS.length), 84));
  const who = Math.max(180, width - area * AREAS.length);
  return { who, area, room, sideways: who + area * AREAS.length > width };
}

// ------------------------------------------------------------ which lines exist
export const LINE = 34;
export const GROUP = 40;
/** Up to this many lines all of them exist; beyond, only those in view. */
const ALL = 60;
const OVERSCAN = 4;

/** Where each line begins, in CSS pixels from the first; one more entry than lines: the whole height. */
export function topsOf(lines: Line[]): number[] {
  let top = 0;
  return [...lines.map((line) => {
    const at = top;
    top += line.type === 'key' ? LINE : GROUP;
    return at;
  }), top];
}

/** The first and last (exclusive) line to draw for a viewport of `height` scrolled by `from`. */
export function spanOf(tops: number[], from: number, height: number): { first: number; last: number } {
  const count = tops.length - 1;
  if (count <= ALL) return { first: 0, last: count };
  return { first: Math.max(0, after(tops, from) - 1 - OVERSCAN), last: Math.min(count, after(tops, from + height) + OVERSCAN) };
}

/** Index of the first top beyond `offset`. */
function after(tops: number[], offset: number): number {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
