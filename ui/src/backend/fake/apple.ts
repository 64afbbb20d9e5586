// Apple, as the application in memory meets it: keys stand as a test says, runs go key by key.
import type {
  ActivityEntry, ActivityPage, ActivityQuery, AppleLine, Asking, CheckView, KeyRef, KeyView, RunView, Standing, VerifyRequest, WindowEvent,
} from '../bindings.gen';

/** When the fake's Apple answers: a fixed moment, so that pictures and words stay the same. */
export const ANSWERED_AT = Date.UTC(2026, 10, 23, 14, 10, 31);

const NO_RUN: RunView = {
  over: false, stopped: false, scheduled: false, total: 0, verified: 0, noted: 0, rejected: 0, unreached: 0, left: [], again: [], trouble: null, lanes: [], waiting: [],
};

/** What a key's standing is after a check. */
export type Standings = Map<KeyRef, Standing>;

export const standing = (code: Standing['code'], more: Partial<Standing> = {}): Standing => ({ code, at: code === 'unchecked' ? null : ANSWERED_AT, stale: false, unreached: null, ...more });

export class FakeApple {
  /** What each key gets when it is asked; every other key is verified. */
  readonly answers: Standings = new Map();
  /** What is known in full about a key, where a test says so. */
  readonly checks = new Map<KeyRef, Partial<CheckView>>();
  readonly activity: ActivityEntry[] = [];
  readonly kept = new Set<KeyRef>();
  asking: Asking = { on_add: true, recheck: 'off' };
  line: AppleLine = { origin: 'https://api.appstoreconnect.apple.com', proxy: null, proxy_signs_in: false, clock_off: null };
  run: RunView | null = null;

  /** Begins a run: nothing is answered until `answer` is called, key by key, or `finish`. */
  begin({ keys }: VerifyRequest, used: KeyView[], emit: (event: WindowEvent) => void): RunView {
    const wanted = keys ?? used.map((key) => key.id);
    const [lanes, waiting] = [wanted.slice(0, 4), wanted.slice(4)];
    this.run = { ...NO_RUN, total: wanted.length, lanes: lanes.map((key) => ({ key, done: 0, of: 1 })), waiting };
    emit({ event: 'run_changed', run: this.run });
    return structuredClone(this.run);
  }

  /** The next key in a lane is answered. Returns it with how it stands now. */
  answer(): [KeyRef, Standing] | null {
    const [lane, ...others] = this.run?.lanes ?? [];
    if (!this.run || !lane) return null;
    const found = this.answers.get(lane.key) ?? standing('verified');
    const [next, ...waiting] = this.run.waiting;
    const lanes = next === undefined ? others : [...others, { key: next, done: 0, of: 1 }];
    const count = found.unreached ? 'unreached' : found.code === 'verified' ? 'verified' : found.code === 'unrecognised' || found.code === 'refused_everywhere' ? 'rejected' : 'noted';
    const again = found.unreached ? [...this.run.again, lane.key] : this.run.again;
    this.run = { ...this.run, lanes, waiting, again, [count]: this.run[count] + 1, over: lanes.length === 0 };
    return [lane.key, found];
  }

  stop(): void {
    if (!this.run || this.run.over) return;
    const left = [...this.run.lanes.map((lane) => lane.key), ...this.run.waiting];
    this.run = { ...this.run, over: true, stopped: true, left, lanes: [], waiting: [] };
  }

  check(key: KeyView): CheckView {
    return structuredClone({
      key: key.id, standing: key.standing, works_as: null, unrecognised: null, exchange: null, requests: 0, clock_off: null, interrupted: null, answers: [], fit: null, rate: null, owner: null,
      could_look_up: [], ...this.checks.get(key.id),
    });
  }

  page(query: ActivityQuery): ActivityPage {
    const { group, key, since, text, before, limit } = query;
    const found = this.activity.filter((entry) =>
      (group === null || (group === 'failures' ? entry.failure : entry.group === group)) && (key === null || entry.key?.id === key) && (since === null || entry.at >= since)
      && (text === null || (entry.key?.name.toLowerCase().includes(text.toLowerCase()) ?? false)) && (before === null || entry.id < before));
    const entries = [...found].sort((a, b) => b.id - a.id);
    const keys = [...new Map(this.activity.flatMap((entry) => (entry.key ? [[entry.key.id, entry.key] as const] : []))).values()];
    return structuredClone({ entries: entries.slice(0, limit), more: entries.length > limit, keys });
  }
}
