// The keys as the window knows them: what is shown, what is selected, and every change to a key with its way back. It holds
// no secret (no answer of the core contains one) and decides nothing about keys; the core does, and this follows.
import type { Backend } from '../../backend/backend';
import type { AppView, IpcError, IssuerView, KeyKind, KeyPatch, KeyRef, KeyView } from '../../backend/bindings.gen';
import { asIpcError, t, tCode } from '../../i18n';
import { History } from './history.svelte';
import { matcher } from './search';
import { issuerName } from './words';

export const SHELF_NAMES = ['all', 'team', 'individual', 'attention', 'archived'] as const;
export type Shelf = (typeof SHELF_NAMES)[number];
export type Order = 'name' | 'added' | 'role';
export type Group = { kind: KeyKind; keys: KeyView[] };

/** Apple's limit of active Team keys in one account, as the sources say; whether Individual keys count is not documented. */
export const TEAM_KEY_LIMIT = 50;

// In the language of the window. A system without a language ("C") would put capitals first.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const byName = (a: KeyView, b: KeyView) => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);
const ORDERS: Record<Order, (a: KeyView, b: KeyView) => number> = {
  name: byName,
  added: (a, b) => b.added_at - a.added_at || byName(a, b),
  role: (a, b) => collator.compare(a.roles[0] ?? '~', b.roles[0] ?? '~') || byName(a, b),
};
const SHELVES: Record<Shelf, (key: KeyView) => boolean> = {
  all: (key) => key.archived_at === null,
  team: (key) => key.kind === 'team' && key.archived_at === null,
  individual: (key) => key.kind === 'individual' && key.archived_at === null,
  attention: (key) => key.attention.length > 0 && key.archived_at === null,
  archived: (key) => key.archived_at !== null,
};

export class Library {
  keys = $state.raw<KeyView[]>([]);
  issuers = $state.raw<IssuerView[]>([]);
  /** Apps as Apple named them. */
  apps = $state.raw<AppView[]>([]);
  /** False until the first answer: an empty library and an unread one must not look the same. */
  loaded = $state(false);
  shelf = $state<Shelf>('all');
  query = $state('');
  order = $state<Order>('name');
  #selectedId = $state<KeyRef | null>(null);
  readonly history = new History();

  readonly #backend: Backend;
  readonly #onfailure: (error: IpcError) => void;
  #asked = 0;

  constructor(backend: Backend, onfailure: (error: IpcError) => void) {
    this.#backend = backend;
    this.#onfailure = onfailure;
  }

  readonly groups: Group[] = $derived.by(() => {
    const found = matcher(this.query, (key) => [
      ...key.roles.map((role) => tCode('access.role', role)), tCode('keys.kind', key.kind), issuerName(this.issuers, key.issuer_id) ?? '',
    ]);
    const shown = this.keys.filter((key) => SHELVES[this.shelf](key) && found(key)).sort(ORDERS[this.order]);
    const kinds: KeyKind[] = ['team', 'individual'];
    return kinds.map((kind) => ({ kind, keys: shown.filter((key) => key.kind === kind) })).filter((group) => group.keys.length > 0);
  });

  /** What is listed, top to bottom. */
  readonly listed: KeyView[] = $derived(this.groups.flatMap((group) => group.keys));

  /** The selected key while it is listed; otherwise the first that is. */
  readonly selected: KeyView | null = $derived(this.listed.find((key) => key.id === this.#selectedId) ?? this.listed[0] ?? null);

  readonly counts: Record<Shelf, number> = $derived({
    all: this.keys.filter(SHELVES.all).length,
    team: this.keys.filter(SHELVES.team).length,
    individual: this.keys.filter(SHELVES.individual).length,
    attention: this.keys.filter(SHELVES.attention).length,
    archived: this.keys.filter(SHELVES.archived).length,
  });

  /** Archived Team keys count too: putting a key away here does not revoke it. */
  readonly teamKeysHere: number = $derived(this.keys.filter((key) => key.kind === 'team').length);

  key(id: KeyRef): KeyView | undefined {
    return this.keys.find((key) => key.id === id);
  }

  select(id: KeyRef): void {
    this.#selectedId = id;
  }

  /** Brings a key into view, whatever is filtered or searched right now. */
  reveal(id: KeyRef): void {
    const key = this.key(id);
    if (!key) return;
    this.query = '';
    if (!SHELVES[this.shelf](key)) this.shelf = key.archived_at === null ? 'all' : 'archived';
    this.select(id);
  }

  async reload(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const { keys, issuers, apps } = await this.#backend.keys();
      // A slower, older answer must not replace a newer one.
      if (asked !== this.#asked) return;
      this.keys = keys;
      this.issuers = issuers;
      this.apps = apps;
      this.loaded = true;
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  /** The vault was closed: nothing of it stays in the window. */
  forget(): void {
    this.#asked += 1;
    this.keys = [];
    this.issuers = [];
    this.apps = [];
    this.loaded = false;
    this.query = '';
    this.history.clear();
  }

  fail(thrown: unknown): void {
    const error = asIpcError(thrown);
    if (error.code === 'changed_elsewhere' || error.code === 'key_not_found') void this.reload();
    this.#onfailure(error);
  }

  async #write(id: KeyRef, patch: KeyPatch): Promise<boolean> {
    const key = this.key(id);
    if (!key) return false;
    try {
      const after = await this.#backend.keyUpdate({ id, version: key.version, patch });
      this.keys = this.keys.map((one) => (one.id === id ? after : one));
      return true;
    } catch (thrown) {
      this.fail(thrown);
      return false;
    }
  }

  /** Changes a key and remembers the way back. Resolves with whether it was saved. */
  async change(id: KeyRef, patch: KeyPatch): Promise<boolean> {
    const key = this.key(id);
    if (!key) return false;
    const back = inverse(key, patch);
    if (JSON.stringify(back) === JSON.stringify(patch)) return true;
    const name = key.name;
    if (!(await this.#write(id, patch))) return false;
    const follow = async (way: KeyPatch) => {
      const done = await this.#write(id, way);
      if (done) this.reveal(id);
      return done;
    };
    this.history.push({ label: t('keys.step', { what: stepWords(patch), name }), undo: () => follow(back), redo: () => follow(patch) });
    return true;
  }

  async copy(id: KeyRef, what: 'key_id' | 'issuer_id' | 'fingerprint'): Promise<boolean> {
    try {
      await this.#backend.copy(id, what);
      return true;
    } catch (thrown) {
      this.fail(thrown);
      return false;
    }
  }
}

/** The patch that puts back what a patch changes. */
function inverse(key: KeyView, patch: KeyPatch): KeyPatch {
  const back: Record<string, unknown> = {};
  for (const field of Object.keys(patch) as (keyof KeyPatch)[]) {
    if (field === 'archived') back[field] = key.archived_at !== null;
    // What the core says about a guard does not go back to it.
    else if (field === 'guards') back[field] = key.guards.map(({ area, limit }) => ({ area, limit }));
    else back[field] = key[field];
  }
  return back;
}

function stepWords(patch: KeyPatch): string {
  const [field = 'name'] = Object.keys(patch);
  return tCode('keys.step_of', field === 'archived' && patch.archived === false ? 'unarchived' : field);
}
