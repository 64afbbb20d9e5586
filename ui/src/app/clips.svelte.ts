// What of ours is on the clipboard, and until when: told by the core, shown wherever something secret can be copied.
import type { Backend } from '../backend/backend';
import type { Clip } from '../backend/bindings.gen';

export class Clips {
  clip = $state.raw<Clip | null>(null);
  readonly #backend: Backend;
  readonly #onfailure: (thrown: unknown) => void;

  constructor(backend: Backend, onfailure: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onfailure = onfailure;
  }

  /** Asks once: a window that was opened again finds what it had left there. */
  async begin(): Promise<void> {
    try {
      this.clip = await this.#backend.clipboard();
    } catch (thrown) {
      this.#onfailure(thrown);
    }
  }

  take(clip: Clip | null): void {
    this.clip = clip;
  }

  /** Takes it away now. */
  async clear(): Promise<void> {
    try {
      await this.#backend.clipboardClear();
    } catch (thrown) {
      this.#onfailure(thrown);
    }
  }
}
