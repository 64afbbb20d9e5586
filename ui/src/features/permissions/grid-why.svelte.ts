// Which cell is being asked "why?", and the core's full answer for its key. The grid itself holds no sources: they are fetched
// for the one key that is pointed at, once, until the keys change.
import type { Backend } from '../../backend/backend';
import type { Area, KeyView, Layer, LedgerView } from '../../backend/bindings.gen';

/** How long a pointer or the keyboard rests before it is answered, and how long a pointer may be gone, in milliseconds. */
const REST = 300;
const GRACE = 180;

/** `pinned`: it was asked for by a press, has the focus, and stays. */
export type Asked = { key: KeyView; area: Area; anchor: HTMLElement; pinned: boolean };

export class Why {
  /** The cell that is asked about, as soon as the answer is there. */
  shown = $state.raw<(Asked & { view: LedgerView }) | null>(null);
  /** The cell that is rested on, shown or not: its column is picked out. */
  rested = $state.raw<Asked | null>(null);
  readonly #backend: Backend;
  readonly #onfailure: (thrown: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #answers = new Map<string, Promise<LedgerView>>();
  #asked = 0;
  #layer: Layer = 'combined';
  /** The cell whose answer was sent away: it stays away until the pointer or the keyboard has been elsewhere. */
  #dismissed: HTMLElement | null = null;

  constructor(backend: Backend, onfailure: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onfailure = onfailure;
  }

  /** A pointer or the keyboard has come to a cell. */
  rest(asked: Omit<Asked, 'pinned'>): void {
    if (this.shown?.pinned || asked.anchor === this.#dismissed) return;
    this.#dismissed = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#show({ ...asked, pinned: false }), REST);
  }

  /** It has gone; the answer waits a moment, so that the pointer can move into it. */
  leave(): void {
    if (this.shown?.pinned) return;
    this.#dismissed = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), GRACE);
  }

  /** The pointer is in the answer. */
  stay(): void {
    clearTimeout(this.#timer);
  }

  /** A press opens the answer to stay, a second one closes it. */
  press(asked: Omit<Asked, 'pinned'>): void {
    clearTimeout(this.#timer);
    if (this.shown?.pinned && this.shown.anchor === asked.anchor) this.dismiss();
    else void this.#show({ ...asked, pinned: true });
  }

  /** Esc, or a press elsewhere. */
  dismiss(): void {
    this.#dismissed = this.shown?.anchor ?? null;
    this.close();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.shown = null;
    this.rested = null;
  }

  /** The keys or the layer have changed: what was fetched no longer holds. An answer that is open is asked for again. */
  renew(layer: Layer, keys: KeyView[]): void {
    this.#answers.clear();
    this.#layer = layer;
    const { shown } = this;
    const key = keys.find(({ id }) => id === shown?.key.id);
    if (shown && key && shown.anchor.isConnected) void this.#show({ key, area: shown.area, anchor: shown.anchor, pinned: shown.pinned });
    else this.close();
  }

  async #show(asked: Asked): Promise<void> {
    const turn = ++this.#asked;
    this.rested = asked;
    try {
      const view = await this.#ask(asked.key.id);
      if (turn === this.#asked && asked.anchor.isConnected) this.shown = { ...asked, view };
    } catch (thrown) {
      this.#answers.delete(asked.key.id);
      if (turn === this.#asked && asked.pinned) this.#onfailure(thrown);
    }
  }

  #ask(id: string): Promise<LedgerView> {
    const known = this.#answers.get(id) ?? this.#backend.ledger([{ type: 'key', id }], this.#layer);
    this.#answers.set(id, known);
    return known;
  }
}
