// Taking a key out of the vault: at once when another copy is known, after a question when this is the only one, and with a
// way back for ten seconds either way. Only when that time is over is the secret destroyed.
import type { Backend } from '../../backend/backend';
import type { BreakView, KeyView } from '../../backend/bindings.gen';
import { t } from '../../i18n';
import type { Toasts } from '../../primitives/toasts.svelte';
import type { Step } from './history.svelte';
import type { Library } from './library.svelte';

/** How long a removed key can be brought back, in milliseconds. */
export const SECOND_THOUGHTS = 10_000;

export class Removal {
  /** The key whose only known copy would be lost; set while the question is on screen. */
  asking = $state.raw<KeyView | null>(null);
  /** Where that key is in use, as far as receipts say; empty also when they could not be read. */
  places = $state.raw<BreakView[]>([]);
  readonly #backend: Backend;
  readonly #library: Library;
  readonly #toasts: Toasts;
  readonly #onmoved: () => void;

  /** `onmoved`: the selection moved because a key went or came back; the focus may have been on it. */
  constructor(backend: Backend, library: Library, toasts: Toasts, onmoved: () => void) {
    this.#backend = backend;
    this.#library = library;
    this.#toasts = toasts;
    this.#onmoved = onmoved;
  }

  async begin(key: KeyView): Promise<void> {
    try {
      const check = await this.#backend.keyRemovalCheck(key.id);
      if (check.only_known_copy) {
        this.places = await this.#placesOf(key);
        this.asking = key;
      } else await this.#remove(key, false, check.copies);
    } catch (thrown) {
      this.#library.fail(thrown);
    }
  }

  /** The question is asked whether or not the receipts can be read: how many places there are is known without them. */
  async #placesOf(key: KeyView): Promise<BreakView[]> {
    if (key.handoffs === 0) return [];
    return this.#backend.uses(key.id).then(({ breaks }) => breaks, () => []);
  }

  cancel(): void {
    this.asking = null;
  }

  async confirm(): Promise<void> {
    const key = this.asking;
    this.asking = null;
    if (!key) return;
    try {
      await this.#remove(key, true, []);
    } catch (thrown) {
      this.#library.fail(thrown);
    }
  }

  async #remove(key: KeyView, loss: boolean, copies: string[]): Promise<void> {
    const { listed } = this.#library;
    const at = listed.findIndex((one) => one.id === key.id);
    const neighbour = listed[at + 1] ?? listed[at - 1];
    await this.#backend.keyRemove({ id: key.id, accept_loss: loss });
    await this.#library.reload();
    if (neighbour) this.#library.select(neighbour.id);
    this.#onmoved();
    this.#offerUndo(key, loss, copies);
  }

  #offerUndo(key: KeyView, loss: boolean, copies: string[]): void {
    const restore = async (): Promise<boolean> => {
      try {
        await this.#backend.keyRestore(key.id);
      } catch (thrown) {
        this.#library.fail(thrown);
        return false;
      }
      await this.#library.reload();
      this.#library.reveal(key.id);
      this.#onmoved();
      return true;
    };
    const [copy] = copies;
    const details = [
      ...(copy === undefined ? [] : [t('keys.removed.copy', { copy })]),
      ...(key.handoffs > 0 ? [t('keys.removed.places', { count: key.handoffs })] : []),
    ];
    const toast = this.#toasts.show({
      text: t('keys.removed', { name: key.name }),
      ...(details.length > 0 ? { detail: details.join(' ') } : {}),
      timeout: SECOND_THOUGHTS,
      action: { label: t('app.undo'), run: () => void restore().then(() => this.#library.history.drop(step)) },
      onexpire: () => {
        this.#library.history.drop(step);
        this.#backend.keyPurge(key.id).catch((thrown: unknown) => this.#library.fail(thrown));
      },
    });
    const step: Step = {
      label: t('keys.step', { what: t('keys.step_of.removed'), name: key.name }),
      undo: () => {
        this.#toasts.withdraw(toast);
        return restore();
      },
      redo: async () => {
        const again = this.#library.key(key.id);
        if (again) await this.#remove(again, loss, copies).catch((thrown: unknown) => this.#library.fail(thrown));
        // Removing again has recorded a step of its own.
        return false;
      },
    };
    this.#library.history.push(step);
  }
}
