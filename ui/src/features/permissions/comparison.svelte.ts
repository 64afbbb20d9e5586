// Which two columns stand side by side, and the core's answer for them. The second column is another key, or a key one could
// make; without a choice it is the other kind with the same role, because that is the question people come with.
import type { Backend } from '../../backend/backend';
import type { ColumnRef, IpcError, KeyKind, KeyRef, KeyView, LedgerView, Role } from '../../backend/bindings.gen';
import { asIpcError } from '../../i18n';

export type Hypothetical = { type: 'hypothetical'; kind: KeyKind; roles: Role[] };

/** What one would make instead of this key: the other kind, with the same role where that kind can have it. */
export function counterpart(key: KeyView): Hypothetical {
  const [role = 'DEVELOPER'] = key.roles;
  if (key.kind === 'team') return { type: 'hypothetical', kind: 'individual', roles: [role] };
  // Nobody can make a Team key with the Account Holder's role; Admin is the closest.
  return { type: 'hypothetical', kind: 'team', roles: [role === 'ACCOUNT_HOLDER' ? 'ADMIN' : role] };
}

export class Comparison {
  #choice = $state.raw<ColumnRef | null>(null);
  onlyDifferences = $state(false);
  view = $state.raw<LedgerView | null>(null);
  failed = $state(false);
  readonly #backend: Backend;
  readonly #onfailure: (error: IpcError) => void;
  #asked = 0;

  constructor(backend: Backend, onfailure: (error: IpcError) => void) {
    this.#backend = backend;
    this.#onfailure = onfailure;
  }

  choose(column: ColumnRef | null): void {
    this.#choice = column;
  }

  /** The second column beside `key`; a choice that no longer makes sense (the key itself, a removed key) falls back. */
  beside(key: KeyView, keys: KeyView[]): ColumnRef {
    const choice = this.#choice;
    if (choice?.type === 'hypothetical') return choice;
    const usable = choice !== null && choice.id !== key.id && keys.some((other) => other.id === choice.id);
    return usable ? choice : counterpart(key);
  }

  /** The id of the key in the second column, when it is one. */
  besideId(key: KeyView | null, keys: KeyView[]): KeyRef | null {
    const column = key && this.beside(key, keys);
    return column?.type === 'key' ? column.id : null;
  }

  async load(columns: ColumnRef[]): Promise<void> {
    const asked = ++this.#asked;
    try {
      const view = await this.#backend.ledger(columns);
      if (asked !== this.#asked) return;
      this.view = view;
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
