// The ledger in words: column names, what a cell rests on, the sentence above the table.
import type { Backend } from '../../backend/backend';
import type {
  AnswerView, Basis, Bearer, CellView, ColumnRef, Difference, GuardView, KeyKind, KeyRef, KeyView, Layer, LedgerColumn, LedgerRow, LedgerSummary, LedgerView, PartView, SourceView, Task, Zone,
} from '../../backend/bindings.gen';
import { guardWords, hasWords, kindAndRole, listed, t, tCode } from '../../i18n';
import { basesOfCell, halvesWords, isStale, levelWords } from './layers';

/** What a cell's "why" needs besides the cell: the core, the keys, and the ways on. */
export type Surroundings = {
  backend: Backend;
  keys: KeyView[];
  onsource: (url: string) => void;
  onshowkey: (id: KeyRef) => void;
  /** Opens the advisor on these jobs. */
  onadvise: (tasks: Task[]) => void;
  onfailure: (thrown: unknown) => void;
  /** Asks Apple about these keys; `null` means every key in use. */
  verify: (keys: KeyRef[] | null) => void;
  /** Whether Apple is being asked about a key, or will be in a moment. */
  busy: (id: KeyRef) => boolean;
};

/** The key's own name, or what it would be. */
export function columnName(column: LedgerColumn): string {
  return column.key?.name ?? kindAndRole(column);
}

/** The same before the core has answered. */
export function refName(column: ColumnRef, keys: KeyView[]): string {
  return column.type === 'key' ? (keys.find(({ id }) => id === column.id)?.name ?? '') : kindAndRole(column);
}

/** Stands for a name while its sentence is put together, so that the name can be set apart in it. */
const NAME = '\uE000';
export type Phrase = { text: string; strong: boolean };
const plain = (text: string): Phrase => ({ text, strong: false });

function phrases(sentence: string, name: string): Phrase[] {
  return sentence.split(NAME).flatMap((text, at) => [...(at > 0 ? [{ text: name, strong: true }] : []), plain(text)]).filter(({ text }) => text !== '');
}

/** Of two columns: who reaches further, and in how many areas. */
function pairWords([first_further = 0, second_further = 0]: number[], [first = '', second = '']: string[]): Phrase[][] {
  const lead: Phrase[][] = [];
  if (first_further > 0) lead.push(phrases(t('ledger.sum.first', { name: NAME, count: first_further }), first));
  if (second_further > 0) lead.push(phrases(t(first_further > 0 ? 'ledger.sum.second' : 'ledger.sum.first', { name: NAME, count: second_further }), second));
  return lead.length > 0 ? lead : [[{ text: t('ledger.sum.neither'), strong: true }]];
}

/** Of three or four: who alone reaches as far, and where some reach further than others. */
function severalWords({ alone, differ }: LedgerSummary, names: string[]): Phrase[][] {
  const only = alone.flatMap((count, at) => (count > 0 ? [{ count, name: names[at] ?? '' }] : []));
  const lead: Phrase[][] = [];
  if (only.length > 0) {
    const said = only.flatMap(({ count, name }, at) => phrases(t(at === 0 ? 'ledger.sum.only' : 'ledger.sum.only_too', { name: NAME, count }), name));
    lead.push([...said, plain(t('ledger.sum.stop'))]);
  }
  if (differ > 0) lead.push([plain(t(only.length > 0 ? 'ledger.sum.some_too' : 'ledger.sum.some', { count: differ }))]);
  return lead.length > 0 ? lead : [[{ text: t('ledger.sum.none'), strong: true }]];
}

/** The difference of the columns in words, the names set apart: who reaches further, what is the same, what is open. */
export function summaryWords(summary: LedgerSummary, names: string[]): Phrase[] {
  const { alone, same, differ, unsettled } = summary;
  if (alone.every((count) => count === 0) && same + differ === 0) return [plain(t('ledger.sum.all_unclear', { count: unsettled }))];
  const lead = names.length > 2 ? severalWords(summary, names) : pairWords(alone, names);
  const [one, two] = [
    ...(same > 0 ? [t('ledger.sum.same', { count: same })] : []),
    ...(unsettled > 0 ? [t(same > 0 ? 'ledger.sum.unsettled' : 'ledger.sum.unclear_only', { count: unsettled })] : []),
  ];
  if (one !== undefined) lead.push([plain(two === undefined ? t('ledger.sum.end', { first: one }) : t('ledger.sum.join', { first: one, second: two }))]);
  return lead.flatMap((sentence, at) => (at === 0 ? sentence : [plain(' '), ...sentence]));
}

/** What a narrow cell has room for: its label while that is short, else the level. */
const SHORT = 10;
export function shortWords(cell: CellView, layer: Layer): string {
  const words = levelWords(cell, layer);
  return [...words].length <= SHORT ? words : tCode('access.level', cell.level);
}

/** Both of what a cell may show, long and short, so that its name holds whichever is on screen. */
function levelInFull(cell: CellView, layer: Layer): string {
  const words = levelWords(cell, layer);
  const short = shortWords(cell, layer);
  return short === words ? words : t('ledger.cell.level', { label: words, level: short });
}

/** A cell in full: area, column, level, on what it rests, and what is remarkable about it. */
export function cellName(row: LedgerRow, cell: CellView, column: LedgerColumn, guards: GuardView[], layer: Layer, staleBefore: number): string {
  const stale = isStale(cell, staleBefore);
  const basis = halvesWords(cell, layer, stale);
  return [
    t('ledger.cell', { area: tCode('access.area', row.area), column: columnName(column), level: levelInFull(cell, layer), basis }),
    ...contradictionsOf(cell, column, []).map((words) => words.replace(/\.$/, '')),
    ...guards.map((guard) => t('ledger.cell.guard', { rule: guardWords(guard), state: tCode('ledger.cell.guard', guard.state) })),
  ].join('. ');
}

export type Sentence = { about: 'both' | 'read' | 'write'; basis: Basis; text: string };

/** Why a cell says what it says: one sentence when reading and writing have the same reason, else one for each. */
export function whyWords({ read, write }: CellView): Sentence[] {
  const said = (reason: string) => tCode('access.reason', reason);
  if (read.reason === write.reason && read.basis === write.basis) return [{ about: 'both', basis: read.basis, text: said(read.reason) }];
  return [{ about: 'read', basis: read.basis, text: said(read.reason) }, { about: 'write', basis: write.basis, text: said(write.reason) }];
}

/** What would change a cell, each thing once. */
export function changeWords({ read, write }: CellView, kind: LedgerColumn['kind']): string[] {
  const reasons = [...new Set([read.reason, write.reason])].filter((reason) => hasWords('ledger.change', reason));
  return reasons.map((reason) => (reason === 'role' && kind === 'individual' ? t('ledger.change.role_individual') : tCode('ledger.change', reason)));
}

/** Every source of a cell once, in the order they are first named. */
export function sourcesOf(cell: CellView): SourceView[] {
  const seen = new Map<string, SourceView>();
  for (const part of cell.parts) for (const source of part.sources) if (!seen.has(source.url)) seen.set(source.url, source);
  return [...seen.values()];
}

const reaches = ({ documented }: PartView) => documented === 'yes' || documented === 'part';
const settled = ({ documented }: PartView) => documented !== 'unknown' && documented !== 'disputed';

/** "Apple answered 403; the table says App Manager may." One sentence for each part in which the two differ, alike ones once. */
export function contradictionsOf({ contradicted, parts }: CellView, { roles }: Pick<LedgerColumn, 'roles'>, answers: AnswerView[]): string[] {
  if (!contradicted) return [];
  const role = roles.length === 0 ? t('ledger.contradicts.unset') : listed(roles.map((one) => tCode('access.role', one)));
  const said = parts.flatMap((part) => {
    const outcome = part.observed?.outcome;
    if (outcome === undefined || !settled(part) || (outcome === 'allowed') === reaches(part)) return [];
    const status = answers.find(({ capability }) => capability === part.capability)?.exchange.status ?? null;
    const apple = status === null ? tCode('ledger.contradicts.answer', outcome) : t('ledger.contradicts.status', { status: String(status) });
    return [t(outcome === 'allowed' ? 'ledger.contradicts.may_not' : 'ledger.contradicts.may', { apple, role })];
  });
  return said.length === 0 ? [`${t('ledger.contradicted')}.`] : [...new Set(said)];
}

/** "A Team key with the role Admin or Finance would do." */
export function bearerWords(bearers: Bearer[]): string {
  const of = (kind: KeyKind) => bearers.filter((one) => one.kind === kind).map(({ role }) => tCode('access.role', role));
  const kinds: KeyKind[] = ['team', 'individual'];
  return kinds.flatMap((kind) => (of(kind).length > 0 ? [tCode('ledger.who', kind, { roles: listed(of(kind), 'or') })] : [])).join(' ');
}

/** Whether Apple has answered anything about a cell. */
export function isTested(cell: CellView): boolean {
  return cell.parts.some(({ observed }) => observed !== null);
}

/** Whether a row has anything to tell apart; what is open in the same way everywhere has not. */
export function differs({ difference, cells }: LedgerRow): boolean {
  if (difference !== 'unsettled') return difference !== 'none';
  const [first, ...rest] = cells;
  return rest.some((cell) => cell.read.value !== first?.read.value || cell.write.value !== first.write.value);
}

/** Rows under one head: a zone, or, among differences only, what the difference means. */
export type Block = { name: Zone | Difference; label: string; rows: LedgerRow[] };

/** The rows of the ledger, under their heads, empty blocks left out. */
export function blocksOf({ rows }: LedgerView, onlyDifferences: boolean): Block[] {
  const zones: Zone[] = ['either', 'team_only'];
  const hows: Difference[] = ['effect', 'reason', 'unsettled'];
  const blocks: Block[] = onlyDifferences
    ? hows.map((how) => ({ name: how, label: tCode('ledger.difference', how), rows: rows.filter((row) => row.difference === how && differs(row)) }))
    : zones.map((zone) => ({ name: zone, label: tCode('access.zone', zone), rows: rows.filter((row) => row.zone === zone) }));
  return blocks.filter((block) => block.rows.length > 0);
}

/** How many rows differ, told apart by what the difference means. */
export function differences(view: LedgerView): { effect: number; reason: number; unsettled: number } {
  const count = (how: Difference) => view.rows.filter((row) => row.difference === how && differs(row)).length;
  return { effect: count('effect'), reason: count('reason'), unsettled: count('unsettled') };
}

/** What the cells rest on besides Apple's answers, strongest first, each once. */
export function basesOf(view: LedgerView): Basis[] {
  const order: Basis[] = ['documented', 'spec', 'quoted', 'derived', 'reported', 'disputed', 'unknown'];
  const present = new Set(view.rows.flatMap((row) => row.cells.flatMap(basesOfCell)));
  return order.filter((basis) => present.has(basis));
}
