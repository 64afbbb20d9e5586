// A token somebody pasted, as the core judges it. The text of it never comes here: the core reads the clipboard, and what it
// says of a token holds no signature.
import type { Backend } from '../../backend/backend';
import type { InspectionView, NotAToken } from '../../backend/bindings.gen';

/** The longest a timer can wait, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

export class Inspection {
  view = $state.raw<InspectionView | null>(null);
  /** When the token was pasted, in milliseconds since 1970; null for one from before the page was opened. */
  pastedAt = $state<number | null>(null);
  /** Why the last paste was no token. */
  nothing = $state<NotAToken | null>(null);
  /** The last paste was a private key. Its import comes up by itself, as every paste of a key does. */
  isKey = $state(false);
  #turn = 0;
  readonly #backend: Backend;
  readonly #onfailure: (thrown: unknown) => void;

  constructor(backend: Backend, onfailure: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onfailure = onfailure;
  }

  /** The token that was pasted before, judged as of now. */
  async again(): Promise<void> {
    const mine = this.#turn;
    try {
      const view = await this.#backend.inspectAgain();
      if (mine === this.#turn) this.view = view;
    } catch (thrown) {
      this.#onfailure(thrown);
    }
  }

  async paste(): Promise<void> {
    const mine = ++this.#turn;
    try {
      const found = await this.#backend.inspectPaste();
      if (mine !== this.#turn) return;
      this.nothing = found.is === 'nothing' ? found.why : null;
      this.isKey = found.is === 'private_key';
      if (found.is !== 'token') return;
      this.view = found.inspection;
      this.pastedAt = found.inspection.at;
    } catch (thrown) {
      this.#onfailure(thrown);
    }
  }

  async clear(): Promise<void> {
    this.#turn += 1;
    this.view = this.nothing = this.pastedAt = null;
    this.isKey = false;
    try {
      await this.#backend.inspectClear();
    } catch (thrown) {
      this.#onfailure(thrown);
    }
  }

  /** Judges again at the moment a time in the token changes what is true of it; returns what calls that off. */
  watch(): () => void {
    const claims = this.view?.claims;
    const now = Date.now();
    const next = [claims?.exp, claims?.iat].flatMap((seconds) => (seconds != null && seconds * 1000 > now ? [seconds * 1000 - now] : [])).sort((a, b) => a - b)[0];
    if (next === undefined) return () => {};
    const timer = setTimeout(() => void this.again(), Math.min(next + 50, LONGEST));
    return () => clearTimeout(timer);
  }
}
