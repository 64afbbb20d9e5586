// The sheet's state: one list of offers from one or several imports (a second drop joins the first), what they need before
// they can be added, and the adding itself. Nothing is stored before `add`; leaving costs nothing.
import type { Backend } from '../../backend/backend';
import type { Asking, WindowEvent, ImportOrigin, ImportOutcome, ImportView, IpcError, IssuerView, KeyView } from '../../backend/bindings.gen';
import { asIpcError } from '../../i18n';
import { issuerIn, tidyIssuer } from './issuer';
import { Offer } from './offer.svelte';

/** Team keys that share an Issuer ID. `key` is the one their files name, or '' for files that name none. */
export type IssuerGroup = { key: string; offers: Offer[] };

export class ImportSession {
  readonly #backend: Backend;
  readonly #offers = new Map<string, Offer>();
  readonly #fetching = new Map<number, 'fetching' | 'again'>();
  readonly #issuerTyped: Record<string, string> = $state({});

  views = $state.raw<ImportView[]>([]);
  /** Every offer still on the list, in the order the files came. */
  offers = $state.raw<Offer[]>([]);
  /** Whether problems are shown: not before the user has tried to add. */
  checked = $state(false);
  adding = $state(false);
  addedCount = $state(0);
  /** Why nothing could be done at all. */
  failure = $state.raw<IpcError | null>(null);
  /** The core forgot the imports (it was locked). */
  gone = $state(false);

  constructor(backend: Backend, importId: number) {
    this.#backend = backend;
    void this.follow(importId);
  }

  // ------------------------------------------------------------ what is on offer
  readonly reading = $derived(this.views.length === 0 || this.views.some((view) => view.state === 'reading'));
  readonly stopped = $derived(this.views.some((view) => view.state === 'stopped'));
  readonly done = $derived(this.views.reduce((sum, view) => sum + view.done, 0));
  readonly total = $derived(this.views.reduce((sum, view) => sum + view.total, 0));
  /** How the files came; null when they came in several ways. */
  readonly origin: ImportOrigin | null = $derived.by(() => {
    const [first, ...rest] = this.views;
    return first && rest.every((view) => view.origin === first.origin) ? first.origin : null;
  });
  readonly known: IssuerView[] = $derived(this.views.at(-1)?.issuers ?? []);
  readonly #listed = $derived(this.offers.filter((offer) => !offer.dismissed));
  readonly individual = $derived(this.#listed.filter((offer) => offer.place === 'individual'));
  readonly passphrase = $derived(this.#listed.filter((offer) => offer.place === 'passphrase'));
  readonly leftOut = $derived(this.#listed.filter((offer) => offer.place === 'left_out'));
  readonly adds = $derived(this.#listed.filter((offer) => offer.adds));

  readonly #issuersInFiles: string[] = $derived([
    ...new Set(this.offers.flatMap((offer) => offer.statedIssuer ?? [])),
  ]);

  /** With one Issuer ID or none in the files there is one group; with several, one each. */
  readonly teams: IssuerGroup[] = $derived.by(() => {
    const groups = new Map<string, Offer[]>();
    for (const offer of this.#listed) {
      if (offer.place !== 'team') continue;
      const key = this.#issuersInFiles.length > 1 ? (offer.statedIssuer ?? '') : '';
      groups.set(key, [...(groups.get(key) ?? []), offer]);
    }
    return [...groups].map(([key, offers]) => ({ key, offers }));
  });

  // ------------------------------------------------------------ issuers
  /** Where the group's Issuer ID comes from while the user has typed none. */
  prefill(group: string): { issuer: string; from: 'file' | 'apple' | 'known' | 'nowhere' } {
    const from = (issuer: string) => (this.offers.some((offer) => offer.worksAs?.issuer_id?.toLowerCase() === issuer) ? 'apple' : 'file');
    if (group !== '') return { issuer: group, from: from(group) };
    const [inFile, ...others] = this.#issuersInFiles;
    if (inFile !== undefined && others.length === 0) return { issuer: inFile, from: from(inFile) };
    const [known, ...more] = this.known;
    return known && more.length === 0 ? { issuer: known.issuer_id, from: 'known' } : { issuer: '', from: 'nowhere' };
  }

  issuerText(group: string): string {
    return this.#issuerTyped[group] ?? this.prefill(group).issuer;
  }

  typeIssuer(group: string, text: string): void {
    this.#issuerTyped[group] = tidyIssuer(text);
  }

  /** Empty is allowed: the key is then stored without, and shown as lacking it. */
  issuerWrong(group: string): boolean {
    const text = this.issuerText(group).trim();
    return text !== '' && issuerIn(text) === null;
  }

  // ------------------------------------------------------------ following the core
  hear(event: WindowEvent): void {
    if (event.event === 'import_changed') void this.follow(event.id);
    else if (event.event === 'keys_changed') for (const view of this.views) void this.follow(view.id);
  }

  /** Reads an import again; while one reading is under way, any number of requests make one more. */
  async follow(id: number): Promise<void> {
    if (this.#fetching.has(id)) {
      this.#fetching.set(id, 'again');
      return;
    }
    this.#fetching.set(id, 'fetching');
    try {
      this.#take(await this.#backend.importView(id));
    } catch (thrown) {
      this.#lose(id, asIpcError(thrown));
    }
    const again = this.#fetching.get(id) === 'again';
    this.#fetching.delete(id);
    if (again) await this.follow(id);
  }

  #take(view: ImportView): void {
    const at = this.views.findIndex((known) => known.id === view.id);
    this.views = at < 0 ? [...this.views, view] : this.views.with(at, view);
    for (const row of view.rows) {
      const key = `${view.id}:${row.row}`;
      const offer = this.#offers.get(key);
      if (!offer) this.#offers.set(key, new Offer(view.id, row));
      // Untouched rows keep their identity, so that 200 of them are not drawn again for one.
      else if (JSON.stringify(offer.row) !== JSON.stringify(row)) offer.row = row;
    }
    this.#list();
  }

  /** The offers of all views, in order; rows the core no longer lists have been added. */
  #list(): void {
    this.offers = this.views.flatMap((view) => view.rows.flatMap((row) => this.#offers.get(`${view.id}:${row.row}`) ?? []));
  }

  #lose(id: number, error: IpcError): void {
    this.views = this.views.filter((view) => view.id !== id);
    this.#list();
    if (this.views.length > 0) return;
    if (error.code === 'import_gone' || error.code === 'vault_locked') this.gone = true;
    else this.failure = error;
  }

  // ------------------------------------------------------------ what the user does
  async stop(): Promise<void> {
    for (const view of this.views) if (view.state === 'reading') await this.#try(() => this.#backend.importStop(view.id));
  }

  /** Files chosen while the sheet is open join the list. */
  async chooseMore(): Promise<void> {
    await this.#try(async () => {
      const id = await this.#backend.importPick();
      if (id !== null) await this.follow(id);
    });
  }

  async openLink(): Promise<void> {
    await this.#try(() => this.#backend.openLink({ fixed: 'asc_integrations' }));
  }

  async unlock(offer: Offer, passphrase: string): Promise<void> {
    await this.#try(async () => this.#take(await this.#backend.importPassphrase(offer.importId, offer.row.row, passphrase)));
  }

  /** Asks Apple which kind, and which team's, a key is. */
  async ask(offer: Offer): Promise<void> {
    offer.askedKeyId = offer.keyId;
    await this.#try(async () => {
      await this.#backend.importAsk({ id: offer.importId, row: offer.row.row, key_id: offer.keyId, issuer_id: this.#issuerOf(offer) });
      // Apple may have answered before this answer came; what it says must not be overwritten by it.
      await this.follow(offer.importId);
    });
  }

  async setAsking(asking: Asking): Promise<void> {
    await this.#try(() => this.#backend.setAsking(asking));
  }

  /** Whether something must be corrected first; from then on problems are shown. */
  check(): boolean {
    this.checked = true;
    return (
      this.adds.every((offer) => offer.nameProblem === undefined && offer.keyIdProblem === undefined) &&
      this.teams.every((group) => !this.issuerWrong(group.key) || !group.offers.some((offer) => offer.adds))
    );
  }

  /** Stores what is chosen. What could not be stored stays, each with its reason. */
  async add(): Promise<ImportOutcome> {
    const outcome: ImportOutcome = { added: [], failed: [] };
    this.adding = true;
    this.failure = null;
    try {
      for (const view of this.views) {
        const chosen = this.adds.filter((offer) => offer.importId === view.id);
        if (chosen.length === 0) continue;
        const part = await this.#backend.importCommit({ id: view.id, choices: chosen.map((offer) => offer.choice(this.#issuerOf(offer))) });
        for (const offer of chosen) offer.failure = part.failed.find((failed) => failed.row === offer.row.row)?.error ?? null;
        this.#settle(view.id, chosen, part.added);
        outcome.added.push(...part.added);
        outcome.failed.push(...part.failed);
      }
    } catch (thrown) {
      this.failure = asIpcError(thrown);
    }
    this.addedCount += outcome.added.length;
    this.adding = false;
    return outcome;
  }

  /** What was stored leaves the list at once; what failed is read again, for it may now be a conflict. */
  #settle(id: number, chosen: Offer[], added: KeyView[]): void {
    if (added.length === 0) return;
    const stored = new Set(chosen.filter((offer) => offer.failure === null).map((offer) => offer.row.row));
    this.views = this.views.map((view) => (view.id === id ? { ...view, rows: view.rows.filter((row) => !stored.has(row.row)) } : view));
    this.#list();
  }

  #issuerOf(offer: Offer): string | null {
    const group = this.teams.find(({ offers }) => offers.includes(offer));
    return group ? issuerIn(this.issuerText(group.key)) : null;
  }

  /** Ends every import: the core wipes what it read. */
  async end(): Promise<void> {
    for (const view of this.views) await this.#try(() => this.#backend.importCancel(view.id));
  }

  async #try(act: () => Promise<unknown>): Promise<void> {
    this.failure = null;
    try {
      await act();
    } catch (thrown) {
      this.failure = asIpcError(thrown);
    }
  }
}
