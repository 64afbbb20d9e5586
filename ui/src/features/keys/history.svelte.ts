// What can be taken back, in order. A step is kept only while both of its directions still work.

export type Step = { label: string; undo: () => Promise<boolean>; redo: () => Promise<boolean> };
const DEPTH = 100;

export class History {
  #past = $state.raw<Step[]>([]);
  #future = $state.raw<Step[]>([]);
  #busy = false;

  get canUndo(): boolean {
    return this.#past.length > 0;
  }
  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Records what was just done; what had been undone can no longer be redone. */
  push(step: Step): void {
    this.#past = [...this.#past, step].slice(-DEPTH);
    this.#future = [];
  }

  /** Forgets a step that has become impossible (its key is gone for good). */
  drop(step: Step): void {
    this.#past = this.#past.filter((one) => one !== step);
    this.#future = this.#future.filter((one) => one !== step);
  }

  clear(): void {
    this.#past = [];
    this.#future = [];
  }

  /** Takes back the newest step; resolves with it, or null when there was none or it could not be done. */
  async undo(): Promise<Step | null> {
    const step = this.#past.at(-1);
    if (!step || this.#busy) return null;
    this.#past = this.#past.slice(0, -1);
    const done = await this.#run(() => step.undo());
    if (done) this.#future = [...this.#future, step];
    return done ? step : null;
  }

  async redo(): Promise<Step | null> {
    const step = this.#future.at(-1);
    if (!step || this.#busy) return null;
    this.#future = this.#future.slice(0, -1);
    const done = await this.#run(() => step.redo());
    if (done) this.#past = [...this.#past, step];
    return done ? step : null;
  }

  async #run(work: () => Promise<boolean>): Promise<boolean> {
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }
}
