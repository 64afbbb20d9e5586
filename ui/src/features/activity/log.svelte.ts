// The log as the window knows it: pages of what the core wrote down, newest first. Entries never change, so what is here stays, and
// only what is newer or older is asked for.
import type { Backend } from '../../backend/backend';
import type { ActivityEntry, ActivityGroup, ActivityKey, ActivityQuery, KeyRef } from '../../backend/bindings.gen';
import { dayStart } from '../../i18n';

/** Entries per question; the core gives no more. */
export const PAGE = 200;
export const PERIODS = ['7', '30', '90', 'all'] as const;
export type Period = (typeof PERIODS)[number];
export type Filters = { group: ActivityGroup | null; key: KeyRef | null; period: Period; text: string };
export const OPEN: Filters = { group: null, key: null, period: '90', text: '' };

export class Log {
  entries = $state.raw<ActivityEntry[]>([]);
  /** Keys that any entry is about. */
  keys = $state.raw<ActivityKey[]>([]);
  /** There are older entries. */
  more = $state(false);
  /** What is shown answers these; null before the first answer. */
  shown = $state.raw<Filters | null>(null);
  busy = $state(false);
  failed = $state<'all' | 'older' | null>(null);
  /** The moment of the last answer: what "today" means. */
  now = $state(Date.now());

  readonly #backend: Backend;
  #filters: Filters = OPEN;
  #since: number | null = null;
  #asked = 0;
  #following = false;
  #followAgain = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  #query(before: number | null): ActivityQuery {
    const { group, key, text } = this.#filters;
    return { group, key, since: this.#since, text: text.trim() === '' ? null : text.trim(), before, limit: PAGE };
  }

  #ask(before: number | null): ReturnType<Backend['activity']> {
    return this.#backend.activity(this.#query(before));
  }

  /** Reads the newest entries that pass these filters. */
  async load(filters: Filters = this.#filters): Promise<void> {
    const asked = ++this.#asked;
    this.#filters = filters;
    // Whole days: the first one shown is not cut at the hour it is now.
    this.#since = filters.period === 'all' ? null : dayStart(Date.now(), Number(filters.period) - 1);
    this.busy = true;
    try {
      const page = await this.#ask(null);
      if (asked !== this.#asked) return;
      this.entries = page.entries;
      this.keys = page.keys;
      this.more = page.more;
      this.shown = filters;
      this.failed = null;
      this.now = Date.now();
    } catch {
      if (asked === this.#asked) this.failed = 'all';
    }
    if (asked === this.#asked) this.busy = false;
  }

  /** Reads the next older page, once at a time. */
  async older(): Promise<void> {
    if (!this.more || this.busy) return;
    const asked = this.#asked;
    this.busy = true;
    try {
      const page = await this.#ask(this.entries.at(-1)?.id ?? null);
      if (asked !== this.#asked) return;
      this.entries = [...this.entries, ...page.entries];
      this.more = page.more;
      this.failed = null;
    } catch {
      if (asked === this.#asked) this.failed = 'older';
    }
    if (asked === this.#asked) this.busy = false;
  }

  /** Something was written down: puts it on top. However often it is told, one question is under way. */
  async follow(): Promise<void> {
    if (this.#following) {
      this.#followAgain = true;
      return;
    }
    this.#following = true;
    do {
      this.#followAgain = false;
      await this.#newer();
    } while (this.#followAgain);
    this.#following = false;
  }

  async #newer(): Promise<void> {
    if (this.shown === null) return;
    const asked = this.#asked;
    try {
      const page = await this.#ask(null);
      if (asked !== this.#asked) return;
      const top = this.entries[0]?.id ?? -Infinity;
      const fresh = page.entries.filter(({ id }) => id > top);
      // More than a page at once: what lies between was not read, so the log begins anew.
      const apart = this.entries.length === 0 || (fresh.length === page.entries.length && page.more);
      this.entries = apart ? page.entries : [...fresh, ...this.entries];
      if (apart) this.more = page.more;
      this.keys = page.keys;
      this.now = Date.now();
    } catch {
      // What is shown stays true; the next entry, or the next visit, asks again.
    }
  }

  /** Every entry that passes the filters, page by page; `null` when it was stopped. */
  async everything(onprogress: (read: number) => void, stop: AbortSignal): Promise<ActivityEntry[] | null> {
    const query = this.#query(null);
    const found: ActivityEntry[] = [];
    let more = true;
    while (more) {
      const page = await this.#backend.activity({ ...query, before: found.at(-1)?.id ?? null });
      if (stop.aborted) return null;
      found.push(...page.entries);
      more = page.more && page.entries.length > 0;
      if (more) onprogress(found.length);
    }
    return found;
  }
}
