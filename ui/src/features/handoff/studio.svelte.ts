// What the page knows: recipes once, receipts as they change, and for the form that is looked at which keys fit and what would
// be written. An older answer never replaces a newer one, and an answer is kept with the question it belongs to.
import type { Backend } from '../../backend/backend';
import type { FittingView, KeyRef, ReceiptView, RecipeView, SheetView, Task } from '../../backend/bindings.gen';

export type Fitted = { form: string; tasks: Task[]; view: FittingView };
export type Filled = { form: string; key: KeyRef; view: SheetView };

export class Studio {
  recipes = $state.raw<RecipeView[]>([]);
  /** Every receipt, newest first. */
  receipts = $state.raw<ReceiptView[]>([]);
  /** GitHub's command line tool is on this computer. */
  gh = $state(false);
  fitted = $state.raw<Fitted | null>(null);
  filled = $state.raw<Filled | null>(null);
  /** The recipes, or what a form would write, could not be read. */
  failed = $state<'recipes' | 'form' | null>(null);
  readonly #backend: Backend;
  readonly #onfailure: (thrown: unknown) => void;
  #fits = 0;
  #fills = 0;
  #follows = 0;

  constructor(backend: Backend, onfailure: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onfailure = onfailure;
  }

  async load(): Promise<void> {
    try {
      this.recipes = await this.#backend.recipes();
      this.failed = null;
    } catch (thrown) {
      this.failed = 'recipes';
      this.#onfailure(thrown);
    }
    await this.follow();
    // Nothing else waits for it: without an answer, the way through the tool is not offered.
    this.gh = await this.#backend.ghFound().catch(() => false);
  }

  /** The ledger changed. */
  async follow(): Promise<void> {
    const mine = ++this.#follows;
    try {
      const receipts = await this.#backend.receipts({ key: null, tool: null });
      if (mine === this.#follows) this.receipts = receipts;
    } catch (thrown) {
      if (mine === this.#follows) this.#onfailure(thrown);
    }
  }

  async fit(form: string, tasks: Task[]): Promise<void> {
    const mine = ++this.#fits;
    try {
      const view = await this.#backend.fitting({ form, tasks, scope: 'any' });
      if (mine !== this.#fits) return;
      this.fitted = { form, tasks, view };
      if (this.failed === 'form') this.failed = null;
    } catch (thrown) {
      if (mine !== this.#fits) return;
      this.fitted = null;
      this.failed = 'form';
      this.#onfailure(thrown);
    }
  }

  async fill(form: string, key: KeyRef | null): Promise<void> {
    const mine = ++this.#fills;
    if (key === null) {
      this.filled = null;
      return;
    }
    try {
      const view = await this.#backend.handoffSheet({ form, key });
      if (mine !== this.#fills) return;
      this.filled = { form, key, view };
      if (this.failed === 'form') this.failed = null;
    } catch (thrown) {
      if (mine !== this.#fills) return;
      this.filled = null;
      this.failed = 'form';
      this.#onfailure(thrown);
    }
  }
}
