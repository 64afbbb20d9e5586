// What depends on one key. An older answer never replaces a newer one, and an answer is kept with the key it is about.
import type { Backend } from '../../backend/backend';
import type { KeyRef, RecipeView, UsesView } from '../../backend/bindings.gen';

export class Uses {
  answer = $state.raw<{ key: KeyRef; view: UsesView } | null>(null);
  failed = $state(false);
  /** The tools, for noting a place. */
  recipes = $state.raw<RecipeView[]>([]);
  readonly #backend: Backend;
  readonly #onfailure: (thrown: unknown) => void;
  #asked = 0;

  constructor(backend: Backend, onfailure: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onfailure = onfailure;
  }

  async ask(key: KeyRef): Promise<void> {
    const mine = ++this.#asked;
    try {
      const view = await this.#backend.uses(key);
      if (mine !== this.#asked) return;
      this.answer = { key, view };
      this.failed = false;
    } catch (thrown) {
      if (mine !== this.#asked) return;
      this.answer = null;
      this.failed = true;
      this.#onfailure(thrown);
    }
  }

  /** Loads the tools once; whether they are here. */
  async load(): Promise<boolean> {
    try {
      if (this.recipes.length === 0) this.recipes = await this.#backend.recipes();
    } catch (thrown) {
      this.#onfailure(thrown);
    }
    return this.recipes.length > 0;
  }
}
