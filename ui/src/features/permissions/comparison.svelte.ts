// Which columns stand side by side, and the core's answer for them. The first is the selected key; beside it are one to three
// others, keys or keys one could make. Without a choice it is the other kind with the same role, because that is the question
// people come with. A choice that has become senseless (the selected key itself, a removed key) is passed over, not forgotten:
// it returns when it makes sense again.
import type { Backend } from '../../backend/backend';
import type { Area, CellView, ColumnRef, IpcError, KeyKind, KeyRef, KeyView, Layer, LedgerView, Role } from '../../backend/bindings.gen';
import { asIpcError } from '../../i18n';

export type Hypothetical = { type: 'hypothetical'; kind: KeyKind; roles: Role[] };
/** Where the keys come from: the library, for which one is selected and which exist. */
export type Pool = { readonly selected: KeyView | null; readonly keys: KeyView[] };

/** Columns the core compares at most, the selected key's included. */
export const MOST = 4;

/** What one would make instead of this key: the other kind, with the same role where that kind can have it. */
export function counterpart(key: Pick<KeyView, 'kind' | 'roles'>): Hypothetical {
  const [role = 'DEVELOPER'] = key.roles;
  if (key.kind === 'team') return { type: 'hypothetical', kind: 'individual', roles: [role] };
  // Nobody can make a Team key with the Account Holder's role; Admin is the closest.
  return { type: 'hypothetical', kind: 'team', roles: [role === 'ACCOUNT_HOLDER' ? 'ADMIN' : role] };
}

export function sameColumn(one: ColumnRef, other: ColumnRef): boolean {
  if (one.type === 'key') return other.type === 'key' && one.id === other.id;
  return other.type === 'hypothetical' && one.kind === other.kind && one.roles.join() === other.roles.join();
}

export class Comparison {
  #chosen = $state.raw<ColumnRef[]>([]);
  onlyDifferences = $state(false);
  /** Which layer of knowledge is shown, here and in the grid; kept while the window is open. */
  layer = $state<Layer>('combined');
  view = $state.raw<LedgerView | null>(null);
  /** The layer `view` is of. */
  shown = $state<Layer>('combined');
  failed = $state(false);
  readonly #backend: Backend;
  readonly #onfailure: (error: IpcError) => void;
  readonly #pool: Pool;
  #asked = 0;

  constructor(backend: Backend, onfailure: (error: IpcError) => void, pool: Pool) {
    this.#backend = backend;
    this.#onfailure = onfailure;
    this.#pool = pool;
  }

  /** The choices that make sense right now. */
  readonly #usable: ColumnRef[] = $derived.by(() => {
    const { selected, keys } = this.#pool;
    const sensible = (column: ColumnRef) => column.type === 'hypothetical' || (column.id !== selected?.id && keys.some(({ id }) => id === column.id));
    return this.#chosen.filter(sensible).slice(0, MOST - 1);
  });

  /** What stands beside the selected key: never empty while one is selected. */
  readonly beside: ColumnRef[] = $derived.by(() => {
    const { selected } = this.#pool;
    if (!selected) return [];
    return this.#usable.length > 0 ? this.#usable : [counterpart(selected)];
  });

  /** All columns, left to right. */
  readonly columns: ColumnRef[] = $derived.by(() => {
    const { selected } = this.#pool;
    return selected ? [{ type: 'key', id: selected.id }, ...this.beside] : [];
  });
  readonly full: boolean = $derived(this.columns.length >= MOST);
  /** The keys among what stands beside. */
  readonly comparedIds: KeyRef[] = $derived(this.beside.flatMap((column) => (column.type === 'key' ? [column.id] : [])));

  has(column: ColumnRef): boolean {
    return this.columns.some((one) => sameColumn(one, column));
  }

  /** Puts a column at a place, 1 to 3; one that already stands elsewhere changes places with it. */
  set(place: number, column: ColumnRef): void {
    const next = [...this.beside];
    const before = next[place - 1];
    const elsewhere = next.findIndex((one) => sameColumn(one, column));
    if (elsewhere >= 0 && before) next[elsewhere] = before;
    next[place - 1] = column;
    this.#chosen = next;
  }

  /** Adds a column at the end; the last one makes room when there are four. */
  add(column: ColumnRef): void {
    if (!this.has(column)) this.#chosen = [...this.beside.slice(0, MOST - 2), column];
  }

  /** Takes the column at a place away. Without any left, the counterpart stands there again. */
  remove(place: number): void {
    this.#chosen = this.beside.filter((_, at) => at !== place - 1);
  }

  /** Puts a key beside the selected one, or takes it away. The first choice replaces the counterpart nobody asked for. */
  toggle(id: KeyRef): void {
    const column: ColumnRef = { type: 'key', id };
    const place = this.beside.findIndex((one) => sameColumn(one, column)) + 1;
    if (place > 0) this.remove(place);
    else if (this.#usable.length === 0) this.#chosen = [column];
    else this.add(column);
  }

  /** The selected key's own cell in an area, once the answer for it is here. */
  cell(area: Area): CellView | null {
    const [first] = this.view?.columns ?? [];
    if (!first?.key || first.key.id !== this.#pool.selected?.id) return null;
    return this.view?.rows.find((row) => row.area === area)?.cells[0] ?? null;
  }

  async load(columns: ColumnRef[], layer: Layer): Promise<void> {
    const asked = ++this.#asked;
    try {
      const view = await this.#backend.ledger(columns, layer);
      if (asked !== this.#asked) return;
      this.view = view;
      this.shown = layer;
      this.failed = false;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      const error = asIpcError(thrown);
      // A key that is just being removed, or a vault that is being locked, is nothing to report.
      if (error.code === 'key_not_found' || error.code === 'vault_locked') return;
      this.failed = true;
      this.#onfailure(error);
    }
  }
}
