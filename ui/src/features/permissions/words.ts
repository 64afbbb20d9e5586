// The ledger in words: column names, cell labels, the sentence above the table.
import type { Area, Basis, CellView, LedgerColumn, LedgerRow, LedgerSummary, LedgerView, SourceView } from '../../backend/bindings.gen';
import { hasWords, t, tCode } from '../../i18n';

export function rolesOf({ roles }: { roles: LedgerColumn['roles'] }): string {
  return roles.length === 0 ? t('keys.role.unsure') : roles.map((role) => tCode('keys.role', role)).join(', ');
}

/** "Individual · Developer". */
export function kindAndRole(column: { kind: LedgerColumn['kind']; roles: LedgerColumn['roles'] }): string {
  return t('ledger.compare.hypothetical', { kind: tCode('keys.kind', column.kind), role: rolesOf(column) });
}

/** The key's own name, or what it would be. */
export function columnName(column: LedgerColumn): string {
  return column.key?.name ?? kindAndRole(column);
}

export function areaWords(area: Area): string {
  return tCode('access.area', area);
}

/** What a cell says: its own label, or its level. */
export function cellWords({ label, level }: CellView): string {
  if (label !== null && hasWords('access.label', label)) return tCode('access.label', label);
  return tCode('access.level', level);
}

/** Stands for a name while its sentence is put together, so that the name can be set apart in it. */
const NAME = '\uE000';
export type Phrase = { text: string; strong: boolean };

function phrases(sentence: string, name: string): Phrase[] {
  return sentence.split(NAME).flatMap((text, at) => [...(at > 0 ? [{ text: name, strong: true }] : []), { text, strong: false }]).filter(({ text }) => text !== '');
}

/** The difference of two columns in words, the names set apart: who reaches further, what is the same, what is open. */
export function summaryWords({ first_further, second_further, same, unsettled }: LedgerSummary, [first, second]: [string, string]): Phrase[] {
  if (first_further + second_further + same === 0) return [{ text: t('ledger.sum.all_unclear', { count: unsettled }), strong: false }];
  const lead: Phrase[][] = [];
  if (first_further > 0) lead.push(phrases(t('ledger.sum.first', { name: NAME, count: first_further }), first));
  if (second_further > 0) lead.push(phrases(t(first_further > 0 ? 'ledger.sum.second' : 'ledger.sum.first', { name: NAME, count: second_further }), second));
  if (lead.length === 0) lead.push([{ text: t('ledger.sum.neither'), strong: true }]);
  const rests = [
    ...(same > 0 ? [t('ledger.sum.same', { count: same })] : []),
    ...(unsettled > 0 ? [t(same > 0 ? 'ledger.sum.unsettled' : 'ledger.sum.unclear_only', { count: unsettled })] : []),
  ];
  const [one, two] = rests;
  if (one !== undefined) lead.push([{ text: two === undefined ? t('ledger.sum.end', { first: one }) : t('ledger.sum.join', { first: one, second: two }), strong: false }]);
  return lead.flatMap((sentence, at) => (at === 0 ? sentence : [{ text: ' ', strong: false }, ...sentence]));
}

/** Every source of a cell once, in the order they are first named. */
export function sourcesOf(cell: CellView): SourceView[] {
  const seen = new Map<string, SourceView>();
  for (const part of cell.parts) for (const source of part.sources) if (!seen.has(source.url)) seen.set(source.url, source);
  return [...seen.values()];
}

/** Whether a row has anything to tell apart; what is open in the same way on both sides has not. */
export function differs({ difference, cells }: LedgerRow): boolean {
  if (difference !== 'unsettled') return difference !== 'none';
  const [first, second] = cells;
  return first !== undefined && second !== undefined && (first.read !== second.read || first.write !== second.write);
}

/** How many rows differ, told apart by what the difference means. */
export function differences(view: LedgerView): { effect: number; reason: number; unsettled: number } {
  const count = (how: LedgerRow['difference']) => view.rows.filter((row) => row.difference === how && differs(row)).length;
  return { effect: count('effect'), reason: count('reason'), unsettled: count('unsettled') };
}

/** What the cells rest on, strongest first, each once. */
export function basesOf(view: LedgerView): Basis[] {
  const order: Basis[] = ['documented', 'spec', 'quoted', 'derived', 'reported', 'disputed', 'unknown'];
  return order.filter((basis) => view.rows.some((row) => row.cells.some((cell) => cell.basis === basis)));
}
