// What is to be made, what that would say, and the one token that was made. The token itself is never here: the core keeps it,
// and hands it out only while somebody holds the button to see it.
import type { Backend } from '../../backend/backend';
import type { InvalidScope, KeyRef, TokenForm, TokenPlan, TokenView, TokenWish } from '../../backend/bindings.gen';
import { asIpcError } from '../../i18n';
import { second } from '../../primitives/now.svelte';
import { entryOf } from './scope';

/** How long the hand rests before the plan is asked for again, in milliseconds. */
const REST = 150;
const TEN_MINUTES = 600;

const same = (one: TokenWish, other: TokenWish) => JSON.stringify(one) === JSON.stringify(other);

export class Workbench {
  key = $state<KeyRef | null>(null);
  seconds = $state(TEN_MINUTES);
  limited = $state(false);
  chosen = $state<string[]>([]);
  plan = $state.raw<TokenPlan | null>(null);
  token = $state.raw<TokenView | null>(null);
  making = $state(false);
  /** The key lacks what a token of its kind has to name. */
  blocked = $state(false);
  readonly wish = $derived<TokenWish | null>(this.key === null ? null : { key: this.key, seconds: this.seconds, scope: this.limited ? [...this.chosen] : [] });
  /** Seconds the token had to live when it was first seen here. */
  whole = $state(0);
  /** What the token was made from; null for one that was found here. */
  #made = $state.raw<TokenWish | null>(null);
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #backend: Backend;
  readonly #onfailure: (thrown: unknown) => void;

  constructor(backend: Backend, onfailure: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onfailure = onfailure;
  }

  /** Seconds until the token ends; null without one. */
  get left(): number | null {
    const end = this.token?.claims.exp;
    return end == null ? null : Math.max(0, end - second() / 1000);
  }
  get alive(): boolean {
    return this.left !== null && this.left > 0;
  }
  /** The settings say something else than the token. */
  get changed(): boolean {
    return this.#made !== null && this.wish !== null && !same(this.#made, this.wish);
  }

  /** The token that was made before the page was opened, if it still lives. */
  async begin(): Promise<void> {
    const token = await this.#tried(() => this.#backend.token());
    if (token && this.token === null) this.#take(token);
  }

  /** Asks what the wish would say, once the hand rests; the first time at once. */
  follow(wish: TokenWish | null): () => void {
    const mine = ++this.#asked;
    clearTimeout(this.#timer);
    if (wish) this.#timer = setTimeout(() => void this.#ask(wish, mine), this.plan === null ? 0 : REST);
    return () => clearTimeout(this.#timer);
  }

  async #ask(wish: TokenWish, mine: number): Promise<void> {
    try {
      const plan = await this.#backend.tokenPlan(wish);
      if (mine !== this.#asked) return;
      this.plan = plan;
      this.blocked = false;
      if (this.seconds > plan.most) this.seconds = plan.most;
    } catch (thrown) {
      if (mine !== this.#asked) return;
      this.plan = null;
      this.blocked = asIpcError(thrown).code === 'issuer_id_missing';
      if (!this.blocked) this.#onfailure(thrown);
    }
  }

  /** Why a path is no entry of a scope, or null. */
  async troubleOf(path: string): Promise<InvalidScope | null> {
    if (this.key === null) return null;
    const wish = { key: this.key, seconds: this.seconds, scope: [entryOf(path)] };
    const plan = await this.#tried(() => this.#backend.tokenPlan(wish));
    return plan?.scope_trouble[0]?.why ?? null;
  }

  choose(entry: string, on: boolean): void {
    this.chosen = on ? [...new Set([...this.chosen, entry])] : this.chosen.filter((one) => one !== entry);
  }

  async make(): Promise<boolean> {
    const wish = this.wish;
    if (!wish || this.making) return false;
    this.making = true;
    const token = await this.#tried(() => this.#backend.tokenMint(wish));
    this.making = false;
    if (!token) return false;
    this.#take(token);
    this.#made = wish;
    return true;
  }

  #take(token: TokenView): void {
    this.token = token;
    this.whole = (token.claims.exp ?? 0) - Date.now() / 1000;
  }

  async copy(form: TokenForm): Promise<boolean> {
    const token = this.token;
    if (!token) return false;
    return (await this.#tried(() => this.#backend.tokenCopy({ id: token.id, form }))) !== undefined;
  }

  /** The token as text, for as long as the button is held. */
  async reveal(): Promise<string | undefined> {
    const token = this.token;
    return token ? this.#tried(() => this.#backend.tokenReveal(token.id)) : undefined;
  }

  async #tried<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await ask();
    } catch (thrown) {
      this.#onfailure(thrown);
      return undefined;
    }
  }
}
