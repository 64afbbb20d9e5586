// What was asked of the advisor and what the core answered, kept together: words about an answer always speak of the jobs it
// was given for, also while the next answer is on its way. An older answer never replaces a newer one.
import type { Backend } from '../../backend/backend';
import type { AdviceView, AppScope, Task } from '../../backend/bindings.gen';

export type Answer = { tasks: Task[]; scope: AppScope; view: AdviceView };

export class Advice {
  answer = $state.raw<Answer | null>(null);
  failed = $state(false);
  readonly #backend: Backend;
  readonly #onfailure: (thrown: unknown) => void;
  #asked = 0;

  constructor(backend: Backend, onfailure: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onfailure = onfailure;
  }

  async ask(tasks: Task[], scope: AppScope): Promise<void> {
    const asked = ++this.#asked;
    try {
      const view = await this.#backend.advise({ tasks, scope });
      if (asked !== this.#asked) return;
      this.answer = { tasks, scope, view };
      this.failed = false;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.failed = true;
      this.#onfailure(thrown);
    }
  }
}
