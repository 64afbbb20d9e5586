// Apple, as the application in memory meets it: keys stand as a test or a scene says, runs go key by key, answers are kept.
import type {
  AppleLine, Asking, AppView, CheckView, Found, IpcError, IssuerView, KeyRef, KeyView, OwnerRequest, OwnerView, RunView, Standing, VerifyRequest, WorksAs,
} from '../bindings.gen';
import { answersFor } from './evidence';
import { summaryOf } from './imports';

/** When the fake's Apple answers: a fixed moment, so that pictures and words stay the same. */
export const ANSWERED_AT = Date.UTC(2026, 10, 23, 14, 10, 31);

export const NO_RUN: RunView = {
  over: false, stopped: false, scheduled: false, total: 0, verified: 0, noted: 0, rejected: 0, unreached: 0, left: [], again: [], trouble: null, lanes: [], waiting: [],
};

/** Questions in a check. */
export const QUESTIONS = 8;
const LANES = 4;

/** What a key's standing is after a check. */
export type Standings = Map<KeyRef, Standing>;

export const standing = (code: Standing['code'], more: Partial<Standing> = {}): Standing => ({ code, at: code === 'unchecked' ? null : ANSWERED_AT, stale: false, unreached: null, ...more });

const counted = ({ unreached, code }: Standing) =>
  unreached ? 'unreached' : code === 'verified' ? 'verified' : code === 'unrecognised' || code === 'refused_everywhere' ? 'rejected' : 'noted';

export class FakeApple {
  /** What each key gets when it is asked; every other key is verified. */
  readonly answers: Standings = new Map();
  /** What a check of each key finds beside its standing; a key without gets the answers its role gets. */
  readonly finds = new Map<KeyRef, Partial<CheckView>>();
  /** What is known in full about a key, from checks so far. */
  readonly checks = new Map<KeyRef, Partial<CheckView>>();
  /** What is known about a team, beside its keys. */
  readonly teams = new Map<string, Partial<IssuerView>>();
  readonly kept = new Set<KeyRef>();
  apps: AppView[] = [];
  asking: Asking = { on_add: true, recheck: 'off' };
  line: AppleLine = { origin: 'https://api.appstoreconnect.apple.com', proxy: null, proxy_signs_in: false, clock_off: null };
  run: RunView | null = null;
  /** What a look-up of a person finds; `null`: nobody of that address. */
  owner: Omit<OwnerView, 'at' | 'asked_with'> | null = { roles: ['DEVELOPER'], others: [], apps: { seen: 'unknown' }, provisioning: false };
  /** The moment Apple answers. */
  at: number;

  constructor(at = ANSWERED_AT) {
    this.at = at;
  }

  /** Begins a run, or adds to the one under way: nothing is answered until `answer` is called, key by key. */
  begin({ keys }: VerifyRequest, used: KeyView[]): RunView {
    const wanted = keys ?? used.map((key) => key.id);
    const going = this.run && !this.run.over ? this.run : NO_RUN;
    const busy = new Set([...going.lanes.map(({ key }) => key), ...going.waiting]);
    const more = wanted.filter((key) => !busy.has(key));
    this.run = this.#filled({ ...going, total: going.total + more.length, waiting: [...going.waiting, ...more] });
    return structuredClone(this.run);
  }

  #filled(run: RunView): RunView {
    const room = LANES - run.lanes.length;
    const lanes = [...run.lanes, ...run.waiting.slice(0, room).map((key) => ({ key, done: 0, of: QUESTIONS }))];
    return { ...run, lanes, waiting: run.waiting.slice(room), over: lanes.length === 0 };
  }

  /** One question more in a lane; says whether it was the last. */
  step(at = 0): boolean {
    const lane = this.run?.lanes[at];
    if (!this.run || !lane) return true;
    const done = lane.done + 1;
    this.run = { ...this.run, lanes: this.run.lanes.map((one) => (one === lane ? { ...one, done } : one)) };
    return done >= lane.of;
  }

  /** A key in a lane is answered. Returns it with how it stands now. */
  answer(used: KeyView[], at = 0): [KeyRef, Standing] | null {
    const lane = this.run?.lanes[at];
    if (!this.run || !lane) return null;
    const found = this.answers.get(lane.key) ?? standing('verified', { at: this.at });
    const count = counted(found);
    const key = used.find((one) => one.id === lane.key);
    if (count !== 'unreached' && key) this.checks.set(key.id, { ...this.checks.get(key.id), ...this.#result(key, found) });
    const again = count === 'unreached' ? [...this.run.again, lane.key] : this.run.again;
    const lanes = this.run.lanes.filter((one) => one !== lane);
    this.run = this.#filled({ ...this.run, lanes, again, [count]: this.run[count] + 1 });
    return [lane.key, found];
  }

  #result(key: KeyView, found: Standing): Partial<CheckView> {
    const answers = found.code === 'verified' ? answersFor(key.kind, key.roles, this.at) : [];
    return { works_as: null, unrecognised: null, answers, requests: answers.length + 1, exchange: { ...ALIVE, at: this.at }, ...this.finds.get(key.id) };
  }

  stop(): void {
    if (!this.run || this.run.over) return;
    const left = [...this.run.lanes.map((lane) => lane.key), ...this.run.waiting];
    this.run = { ...this.run, over: true, stopped: true, left, lanes: [], waiting: [] };
  }

  check(key: KeyView): CheckView {
    const known = this.checks.get(key.id);
    return structuredClone({
      key: key.id, standing: key.standing, works_as: null, unrecognised: null, exchange: null, requests: 0, clock_off: null, interrupted: null, answers: [], rate: null, owner: null,
      could_look_up: [], ...known, fit: this.kept.has(key.id) ? null : (known?.fit ?? null),
    });
  }

  /** How a key stands after the user changed what it was asked with. */
  changed(before: KeyView, after: KeyView): Standing {
    if (before.kind === after.kind && before.issuer_id === after.issuer_id && before.key_id === after.key_id) return after.standing;
    const known = this.checks.get(after.id);
    const works = known?.works_as;
    this.checks.delete(after.id);
    if (!works || before.key_id !== after.key_id || works.kind !== after.kind || works.issuer_id !== after.issuer_id) return standing('unchecked');
    this.checks.set(after.id, { ...known, works_as: null });
    return { ...after.standing, code: 'verified' };
  }

  /** Looks a key's owner up. Throws what the core would. */
  lookUp(key: KeyView, { email, with: id }: OwnerRequest, keys: KeyView[]): void {
    const asked = keys.find((one) => one.id === id);
    if (this.owner === null || email.startsWith('nobody@')) throw { code: 'no_such_person' } satisfies IpcError;
    this.checks.set(key.id, { ...this.checks.get(key.id), owner: { ...this.owner, at: this.at, asked_with: asked ? summaryOf(asked) : null } });
  }

  /** What asking about a key on offer finds, unless a test says otherwise. */
  identify(kind: KeyView['kind'], issuer_id: string | null): Found {
    const works_as: WorksAs = { kind, issuer_id: kind === 'team' ? issuer_id : null };
    return kind === 'team' && issuer_id === null ? { state: 'nobody', tried: 1 } : { state: 'as', works_as };
  }
}

/** The exchange a verified key's standing rests on. */
export const ALIVE = { request: 'GET /v1/apps?limit=1&fields[apps]=bundleId', status: 200, apple: null, request_id: '7d0c5a1e-52f4-4b9e-8f7c-1f0a3be2c940', at: ANSWERED_AT };
