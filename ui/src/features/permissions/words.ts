// The ledger in words: column names, cell labels, the sentence above the table.
import type { Basis, CellView, LedgerColumn, LedgerRow, LedgerSummary, LedgerView, SourceView } from '../../backend/bindings.gen';
import { kindAndRole, t } from '../../i18n';

/** The key's own name, or what it would be. */
export function columnName(column: LedgerColumn): string {
  return column.key?.name ?? kindAndRole(column);
}

/** Stands for a name while its sentence is put together, so that the name can be set apart in it. */
const NAME = '\uE000';
export type Phrase = { text: string; strong: boolean };

function phrases(sentence: string, name: string): Phrase[] {
  return sentence.split(NAME).flatMap((text, at) => [...(at > 0 ? [{ text: name, strong: true }] : []), { text, strong: false }]).filter(({ text }) => text !== '');
}

/** The difference of two columns in words, the names set apart: who reaches further, what is the same, what is open. */
export function summaryWords({ alone, same, unsettled }: LedgerSummary, names: string[]): Phrase[] {
  const [first_further = 0, second_further = 0] = alone;
  const [first = '', second = ''] = names;
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
  return first !== undefined && second !== undefined && (first.read.value !== second.read.value || first.write.value !== second.write.value);
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
