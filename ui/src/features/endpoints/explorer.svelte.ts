// The operations, asked for once and again only when keys change, and the core's answer for the one that is looked at. An
// older answer never replaces a newer one, and an answer is kept with the operation it speaks of.
import type { Backend } from '../../backend/backend';
import type { OperationsView, OperationView, WhoCanView } from '../../backend/bindings.gen';

export type Callers = { operation: OperationView; who: WhoCanView };

export class Explorer {
  view = $state.raw<OperationsView | null>(null);
  failed = $state(false);
  callers = $state.raw<Callers | null>(null);
  callersFailed = $state(false);
  readonly #backend: Backend;
  readonly #onfailure: (thrown: unknown) => void;
  #loads = 0;
  #asks = 0;

  constructor(backend: Backend, onfailure: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onfailure = onfailure;
  }

  async load(): Promise<void> {
    const mine = ++this.#loads;
    try {
      const view = await this.#backend.operations();
      if (mine !== this.#loads) return;
      this.view = view;
      this.failed = false;
    } catch (thrown) {
      if (mine !== this.#loads) return;
      this.failed = true;
      this.#onfailure(thrown);
    }
  }

  async ask(operation: OperationView | null): Promise<void> {
    const mine = ++this.#asks;
    if (!operation) {
      this.callers = null;
      return;
    }
    try {
      const who = await this.#backend.whoCan({ question: { about: 'operation', method: operation.method, path: operation.path }, scope: 'any' });
      if (mine !== this.#asks) return;
      this.callers = { operation, who };
      this.callersFailed = false;
    } catch (thrown) {
      if (mine !== this.#asks) return;
      this.callersFailed = true;
      this.#onfailure(thrown);
    }
  }
}
