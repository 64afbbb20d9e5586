// Asking Apple, as the window follows it: the run that is under way or just over, what is known in full about the key on screen, and
// what a screen reader is told of it. It decides nothing: the core asks, judges and stores.
import type { Backend } from '../../backend/backend';
import type { CheckView, Depth, KeyRef, RunView } from '../../backend/bindings.gen';
import { t } from '../../i18n';
import { runSummary } from './words';

/** What a run does with a key right now. */
export type Lane = { at: 'waiting' } | { at: 'asking'; done: number; of: number };

export type Wires = {
  /** A key's name, for what is said aloud. */
  nameOf: (id: KeyRef) => string;
  /** How a key stands after a run, in a sentence. */
  standingOf: (id: KeyRef) => Promise<string>;
  onfailure: (thrown: unknown) => void;
};

export const settled = (run: RunView): number => run.verified + run.noted + run.rejected + run.unreached;

export class Checking {
  run = $state.raw<RunView | null>(null);
  /** Everything known about the key that was asked for last. */
  check = $state.raw<CheckView | null>(null);
  /** What is said aloud: at the start, halfway and at the end, and nothing in between. */
  said = $state('');
  readonly #backend: Backend;
  readonly #wires: Wires;
  #asked = 0;
  #about: KeyRef | null = null;
  #halfSaid = false;

  constructor(backend: Backend, wires: Wires) {
    this.#backend = backend;
    this.#wires = wires;
  }

  readonly #lanes = $derived.by(() => {
    const lanes = new Map<KeyRef, Lane>();
    if (!this.run || this.run.over) return lanes;
    for (const key of this.run.waiting) lanes.set(key, { at: 'waiting' });
    for (const { key, done, of } of this.run.lanes) lanes.set(key, { at: 'asking', done, of });
    return lanes;
  });

  get busy(): boolean {
    return this.run !== null && !this.run.over;
  }

  lane(id: KeyRef): Lane | null {
    return this.#lanes.get(id) ?? null;
  }

  /** The full answer about a key, if it is the one on screen. */
  of(id: KeyRef): CheckView | null {
    return this.check?.key === id ? this.check : null;
  }

  /** The core told how the run goes. */
  take(run: RunView | null): void {
    const before = this.run;
    this.run = run;
    if (run) this.#say(before, run);
    // One key says by itself how it went; a header over the list would say it twice.
    if (run?.over && run.total === 1) void this.dismiss();
  }

  #say(before: RunView | null, run: RunView): void {
    const only = run.total === 1 ? (run.lanes[0]?.key ?? run.waiting[0] ?? before?.lanes[0]?.key ?? before?.waiting[0]) : undefined;
    if (run.over) {
      if (before === null || before.over) return;
      if (only) void this.#sayStanding(only);
      else this.said = runSummary(run);
    } else if (before === null || before.over) {
      this.#halfSaid = false;
      this.said = only ? t('checking.say.one', { name: this.#wires.nameOf(only) }) : t('checking.say.start', { count: run.total });
    } else if (!this.#halfSaid && run.total > 3 && settled(run) * 2 >= run.total) {
      this.#halfSaid = true;
      this.said = t('checking.say.half');
    }
  }

  async #sayStanding(id: KeyRef): Promise<void> {
    const state = await this.#wires.standingOf(id);
    this.said = t('checking.say.one_over', { name: this.#wires.nameOf(id), state });
  }

  /** The vault was opened: a run may be under way already. */
  async begin(): Promise<void> {
    await this.#try(async () => this.take(await this.#backend.run()));
  }

  forget(): void {
    this.#asked += 1;
    this.run = null;
    this.check = null;
    this.said = '';
    this.#about = null;
  }

  /** Reads what is known about a key; a slower, older answer does not replace a newer one. */
  async look(id: KeyRef | null): Promise<void> {
    this.#about = id;
    const asked = ++this.#asked;
    if (id === null) return;
    try {
      const check = await this.#backend.check(id);
      if (asked === this.#asked) this.check = check;
    } catch (thrown) {
      // A key that was removed meanwhile is no news.
      if (asked === this.#asked && this.#about === id) this.check = null;
      if (!(typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'key_not_found')) this.#wires.onfailure(thrown);
    }
  }

  verify(keys: KeyRef[] | null, depth: Depth = 'normal'): Promise<void> {
    return this.#try(async () => this.take(await this.#backend.verify({ keys, depth })));
  }

  stop(): Promise<void> {
    return this.#try(() => this.#backend.verifyStop());
  }

  /** Asks again about what taught nothing, and about what was not asked. */
  retry(): Promise<void> {
    return this.run ? this.verify([...this.run.again, ...this.run.left]) : Promise.resolve();
  }

  async dismiss(): Promise<void> {
    this.run = null;
    await this.#try(() => this.#backend.runDismiss());
  }

  async #try(what: () => Promise<unknown>): Promise<void> {
    try {
      await what();
    } catch (thrown) {
      this.#wires.onfailure(thrown);
    }
  }
}
