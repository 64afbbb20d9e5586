// The three ways to look at the same cells: everything together, Apple's answers alone, the documents alone. What a cell says depends
// on which one it is: where only answers count, "not documented" would be the wrong reason for a gap.
import type { Basis, CellView, GridCell, KeyView, Layer, LedgerRow } from '../../backend/bindings.gen';
import { cellWords, t, tCode } from '../../i18n';

export const LAYERS: readonly Layer[] = ['combined', 'observed', 'documented'];

/** What a cell says in a layer: its label, its level, or that nobody asked. */
export function levelWords(cell: Pick<CellView, 'label' | 'level'>, layer: Layer): string {
  return layer === 'observed' && cell.level === 'unclear' ? t('ledger.unasked.short') : cellWords(cell);
}

/** What a value rests on; an answer that is more than 30 days old says so. */
export function basisWords(basis: Basis, layer: Layer, stale: boolean): string {
  if (basis === 'observed' && stale) return t('ledger.basis.stale');
  return basis === 'unknown' && layer === 'observed' ? t('ledger.basis.unasked') : tCode('access.basis', basis);
}

/** What a cell's halves rest on: one basis when they agree or there is nothing to write, else reading and writing. */
export function basesOfCell({ read, write }: Pick<CellView, 'read' | 'write'>): [Basis] | [Basis, Basis] {
  return read.basis === write.basis || write.reason === 'nothing_to_write' ? [read.basis] : [read.basis, write.basis];
}

/** The same in words. */
export function halvesWords(cell: Pick<CellView, 'read' | 'write'>, layer: Layer, stale: boolean): string {
  const on = (basis: Basis) => basisWords(basis, layer, stale);
  const [read, write] = basesOfCell(cell);
  return write === undefined ? on(read) : t('ledger.cell.halves', { read: on(read), write: on(write) });
}

/** What a cell without its parts rests on: its halves where Apple answered, for an answer speaks for one of them only. */
export function restsOn(cell: Omit<GridCell, 'stale'>, layer: Layer, stale: boolean): string {
  return isObserved(cell) ? halvesWords(cell, layer, stale) : basisWords(cell.basis, layer, stale);
}

/** Whether a cell holds an answer that is more than 30 days old. */
export function isStale(cell: CellView, staleBefore: number): boolean {
  return cell.parts.some(({ observed }) => observed !== null && observed.at < staleBefore);
}

/** Whether a cell rests on an answer of Apple's, in either half. */
export function isObserved({ read, write }: Pick<GridCell, 'read' | 'write'>): boolean {
  return read.basis === 'observed' || write.basis === 'observed';
}

/** The first and the last moment Apple answered anything in these rows; null when it never did. */
export function observedSpan(rows: LedgerRow[]): { first: number; last: number } | null {
  const moments = rows.flatMap(({ cells }) => cells.flatMap(({ parts }) => parts.flatMap(({ observed }) => observed?.at ?? [])));
  return moments.length === 0 ? null : { first: Math.min(...moments), last: Math.max(...moments) };
}

/** A suggested file name that says which layer is in it. */
export function fileName(name: string, layer: Layer): string {
  return layer === 'combined' ? name : `${name}-${layer}`;
}

export type Refusal = 'unrecognised' | 'refused_everywhere';

/** Apple's word about a key that reaches nothing, whatever is documented; null for every other key. */
export function refusal({ standing }: Pick<KeyView, 'standing'>): Refusal | null {
  return standing.code === 'unrecognised' || standing.code === 'refused_everywhere' ? standing.code : null;
}
