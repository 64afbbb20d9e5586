// Short notes at the bottom of the window. A note with an action stays long enough to take it, waits while it is pointed at
// or focused, and says when its time is over, so that "Undo" and the thing it undoes end together.
import { getContext, setContext } from 'svelte';

export type ToastWords = {
  text: string;
  detail?: string;
  tone?: 'neutral' | 'bad';
  action?: { label: string; run: () => void };
  /** Milliseconds until it goes; default 5,000. */
  timeout?: number;
  /** Called when it goes without its action having been taken. */
  onexpire?: () => void;
};
export type Toast = ToastWords & { id: number };

export class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, { handle: ReturnType<typeof setTimeout> | null; left: number; since: number }>();

  show(words: ToastWords): number {
    const id = this.#next++;
    this.shown = [...this.shown, { ...words, id }];
    this.#timers.set(id, { handle: null, left: words.timeout ?? 5000, since: 0 });
    this.#run(id);
    return id;
  }

  #run(id: number): void {
    const timer = this.#timers.get(id);
    if (!timer || timer.handle !== null) return;
    timer.since = Date.now();
    timer.handle = setTimeout(() => this.dismiss(id), timer.left);
  }

  /** Stops every clock: someone is reading. */
  hold(): void {
    for (const timer of this.#timers.values()) {
      if (timer.handle === null) continue;
      clearTimeout(timer.handle);
      timer.handle = null;
      timer.left = Math.max(1500, timer.left - (Date.now() - timer.since));
    }
  }

  release(): void {
    for (const id of this.#timers.keys()) this.#run(id);
  }

  /** Takes everything away at once, without expiring it. */
  clear(): void {
    for (const { id } of this.shown) this.#take(id);
  }

  #take(id: number): Toast | undefined {
    const timer = this.#timers.get(id);
    if (timer?.handle != null) clearTimeout(timer.handle);
    this.#timers.delete(id);
    const toast = this.shown.find((one) => one.id === id);
    this.shown = this.shown.filter((one) => one.id !== id);
    return toast;
  }

  /** Its time is over, or it was closed: the action can no longer be taken. */
  dismiss(id: number): void {
    this.#take(id)?.onexpire?.();
  }

  /** Takes the action (from the toast, or from Undo elsewhere). */
  act(id: number): void {
    this.#take(id)?.action?.run();
  }

  /** Takes it away without expiring it: what it offered has happened by another way. */
  withdraw(id: number): void {
    this.#take(id);
  }
}

const CONTEXT = Symbol('toasts');

export function provideToasts(toasts: Toasts = new Toasts()): Toasts {
  return setContext(CONTEXT, toasts);
}

export function getToasts(): Toasts {
  return getContext<Toasts>(CONTEXT);
}
