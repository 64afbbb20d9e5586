// Hand-off in the application in memory: what each recipe would write for a key, places with every warning, and a ledger.
import type {
  FittingRequest, FittingView, GhRequest, GhStep, GhView, HandoffBy, HandoffPair, HandoffPart, HandoffPlaceWarning, HandoffTrouble, KeyRef, KeyView, NotedHandoff, PlaceRequest, PlaceView, ReceiptChange, ReceiptQuery,
  ReceiptView, RecipeView, SecretCopied, SecretCopy, SheetView, Task, Tool, UsesView, WriteRequest,
} from '../bindings.gen';
import type { HandingBackend } from '../handing';
import { cells } from './access';
import { advise } from './questions';
import { RECIPES, filledIn, formNamed, recipeViews } from './recipes';
import { keyRef } from './sample';
import { FakeTokens } from './tokens';
import { refuse } from './vault';

const DAY = 24 * 60 * 60 * 1000;
const CLIPBOARD_SECONDS = 60;

type Chosen = { request: PlaceRequest; path: string; exists: boolean; warnings: HandoffPlaceWarning[]; keepsRights: boolean };
/** What a place is like, by the name of the file: one risk each, the key's own file none. */
const PLACES: Record<string, Omit<Chosen, 'request'>> = {
  '.env': { path: '~/Developer/tideline-ios/.env', exists: false, keepsRights: true, warnings: [{ code: 'git_work_tree', root: '~/Developer/tideline-ios', listed: false }] },
  'app_store_connect_api_key.json': { path: '~/Dropbox/Keys/app_store_connect_api_key.json', exists: true, keepsRights: true, warnings: [{ code: 'cloud_folder', service: 'dropbox' }] },
  'app-store-connect-key.json': { path: '/Volumes/Shared/app-store-connect-key.json', exists: false, keepsRights: false, warnings: [{ code: 'everybody_writes' }, { code: 'outside_home' }] },
};

const SAMPLE: [ago: number, seed: number, tool: Tool, form: string | null, destination: string, by: HandoffBy, path?: string, there?: boolean, gone?: number][] = [
  [3 * DAY, 1, 'github_actions', 'github_secrets', 'GitHub, tideline/fernweh-ios', 'gh'],
  [12 * DAY, 3, 'notarytool', 'notarytool_profile', 'Build Mac in the studio', 'file', '~/.keys/AuthKey_K9D3WX7PZ2.p8', true],
  [40 * DAY, 2, 'altool', 'altool_flags', 'This MacBook', 'file', '~/.appstoreconnect/private_keys/AuthKey_R2N8V5TQ4C.p8', true],
  [72 * DAY, 1, 'fastlane', 'fastlane_env', 'Bitrise, Tideline iOS', 'clipboard'],
  [90 * DAY, 7, 'aso_dev', 'aso_upload', 'ASO.dev, shared workspace', 'noted'],
  [120 * DAY, 10, 'asc_cli', 'asc_env', 'Jonas’s laptop', 'file', '~/Developer/release/.env', false],
  [200 * DAY, 5, 'revenuecat', null, 'RevenueCat, Tideline', 'noted'],
  [240 * DAY, 1, 'bitrise', 'bitrise_step', 'Bitrise, Tideline iOS', 'file', '~/Desktop/AuthKey_7GX4KQ2M9L.p8', false, 60 * DAY],
  [620 * DAY, 4, 'fastlane', 'fastlane_json', 'Mac mini, ~/fastlane', 'file', '~/fastlane/app_store_connect_api_key.json', true],
];

export abstract class FakeHanding extends FakeTokens implements HandingBackend {
  readonly #places = new Map<number, Chosen>();
  #asked = 0;
  #receipts: ReceiptView[] | undefined;

  /** Keys that are not archived. */
  protected abstract inUse(): KeyView[];

  #ledger(): ReceiptView[] {
    const at = this.options.at ?? Date.UTC(2026, 10, 23, 14, 12);
    this.#receipts ??= (this.options.receipts === false ? [] : SAMPLE).flatMap(([ago, seed, tool, form, destination, by, path = null, there = null, gone], line) => {
      const key = this.inUse().find(({ id }) => id === keyRef(seed));
      return key ? [this.#receipt(key, { id: SAMPLE.length - line, at: at - ago, tool, form, destination, by, path, file_there: there, gone_at: gone === undefined ? null : at - gone })] : [];
    });
    return this.#receipts;
  }

  #receipt(key: KeyView, more: Pick<ReceiptView, 'tool' | 'destination' | 'by'> & Partial<ReceiptView>): ReceiptView {
    return { id: 0, at: Date.now(), key: key.id, key_name: key.name, key_id: key.key_id, kind: key.kind, fingerprint: key.fingerprint, form: null, path: null, file_there: null, warnings: [], gone_at: null, ...more };
  }

  #wrote(key: KeyView, more: Pick<ReceiptView, 'tool' | 'destination' | 'by'> & Partial<ReceiptView>): ReceiptView {
    const receipt = this.#receipt(key, { ...more, id: Math.max(0, ...this.#ledger().map(({ id }) => id)) + 1 });
    this.#receipts = [receipt, ...this.#ledger()];
    this.handed();
    return structuredClone(receipt);
  }

  /** The ledger changed: keys count their places anew. */
  protected handed(): void {
    this.emit({ event: 'handoffs_changed' });
    this.emit({ event: 'keys_changed' });
  }

  /** Places a key was handed to and still is in. */
  protected handoffsOf(id: KeyRef): number {
    return this.#ledger().filter(({ key, gone_at }) => key === id && gone_at === null).length;
  }

  #no(why: HandoffTrouble): never {
    return refuse({ code: 'handoff', why });
  }

  #destination(text: string): string {
    const kept = text.trim();
    return kept === '' || kept.length > 300 ? this.#no('destination') : kept;
  }

  #form(code: string) {
    return formNamed(code) ?? this.#no('unknown');
  }

  #sheet({ form: code, key: id }: HandoffPair): SheetView {
    const { form } = this.#form(code);
    const key = this.keyOf(id);
    const { value, limit, instead } = form.individual;
    if (key.kind === 'individual' && (value === 'no' || value === 'never')) return { can: 'no', limit, instead };
    if (key.kind === 'team' && key.issuer_id === null) return { can: 'needs_issuer' };
    const sheet = filledIn(form, key, null);
    const secret = sheet.files.length > 0 || sheet.settings.some(({ keep }) => keep === 'secret');
    return { can: 'yes', sheet, proved_at: secret ? (this.options.at ?? Date.now()) : null };
  }

  async recipes(): Promise<RecipeView[]> {
    this.called('recipes');
    return recipeViews();
  }

  async fitting(request: FittingRequest): Promise<FittingView> {
    this.opened('fitting', request);
    const { recipe, form } = this.#form(request.form);
    const tasks: Task[] = request.tasks ?? recipe.jobs;
    const takes = (key: KeyView) => key.kind === 'team' || !['no', 'never'].includes(form.individual.value);
    const usable = this.inUse().filter(takes);
    const refused = this.inUse().filter((key) => !takes(key)).map(({ id }) => ({ key: id, individual: form.individual }));
    if (tasks.length === 0) return { fits: usable.map(({ id }) => id), nearly: [], refused, create: null };
    const { fits, nearly, create } = advise(usable, tasks, request.scope, (key) => cells(key.kind, key.roles));
    return structuredClone({ fits: fits.map(({ key }) => key), nearly, refused, create: fits.length === 0 ? (create?.role ?? null) : null });
  }

  async handoffSheet(pair: HandoffPair): Promise<SheetView> {
    this.opened('handoffSheet', pair);
    return structuredClone(this.#sheet(pair));
  }

  #nameOf(part: HandoffPart, pair: HandoffPair): string {
    const seen = this.#sheet(pair);
    if (seen.can !== 'yes') this.#no('individual');
    return part.part === 'file' ? (seen.sheet.files[part.index]?.name ?? this.#no('unknown')) : '.env';
  }

  async handoffPlace(request: PlaceRequest): Promise<PlaceView | null> {
    this.opened('handoffPlace', request);
    if (this.options.places === 'dismissed') return null;
    const name = this.#nameOf(request.part, request);
    const { form } = this.#form(request.form);
    const folder = request.known_folder ? (form.file?.folder ?? this.#no('no_folder')) : '~/.keys';
    const scene = PLACES[name] ?? { path: `${folder}/${name}`, exists: false, warnings: [], keepsRights: true };
    const id = ++this.#asked;
    this.#places.set(id, { request, ...scene });
    const inGit = scene.warnings.some(({ code }) => code === 'git_work_tree');
    return structuredClone({
      id, path: scene.path, exists: scene.exists, warnings: scene.warnings, sheet: filledIn(form, this.keyOf(request.key), scene.path),
      ignore: inGit ? { file: '~/Developer/tideline-ios/.gitignore', line: `/${name}` } : null,
    });
  }

  async handoffPlaceDrop(id: number): Promise<void> {
    this.called('handoffPlaceDrop', id);
    this.#places.delete(id);
  }

  async handoffWrite(request: WriteRequest): Promise<ReceiptView> {
    this.opened('handoffWrite', request);
    const place = this.#places.get(request.id) ?? this.#no('place_gone');
    const destination = this.#destination(request.destination);
    if (place.exists && !request.replace) this.#no('exists');
    if (!place.keepsRights && !request.accept_rights) this.#no('rights_not_kept');
    this.#places.delete(request.id);
    const { recipe } = this.#form(place.request.form);
    return this.#wrote(this.keyOf(place.request.key), { tool: recipe.tool, form: place.request.form, destination, by: 'file', path: place.path, file_there: true, warnings: place.warnings });
  }

  async handoffCopy(copy: SecretCopy): Promise<SecretCopied> {
    this.opened('handoffCopy', copy);
    const destination = this.#destination(copy.destination);
    if (this.#sheet(copy).can !== 'yes') this.#no('individual');
    const { recipe } = this.#form(copy.form);
    const receipt = this.#wrote(this.keyOf(copy.key), { tool: recipe.tool, form: copy.form, destination, by: 'clipboard' });
    const clip = { what: 'key' as const, clears_at: Date.now() + CLIPBOARD_SECONDS * 1000, seconds: CLIPBOARD_SECONDS };
    this.emit({ event: 'clipboard_changed', clip });
    return { clip, receipt };
  }

  async ghFound(): Promise<boolean> {
    this.called('ghFound');
    return this.options.gh !== 'missing';
  }

  async ghSet(request: GhRequest): Promise<GhView> {
    this.opened('ghSet', request);
    if (this.options.gh === 'missing') this.#no('no_gh');
    if (!/^[\w.-]+\/[\w.-]+$/.test(request.repository)) this.#no('repository');
    const seen = this.#sheet(request);
    if (seen.can !== 'yes') this.#no('individual');
    if (this.options.pace) await new Promise((done) => setTimeout(done, this.options.pace ? this.options.pace * 60 : 0));
    const gh = this.options.gh ?? 'sets';
    const bad = gh === 'refuses' || gh === 'hangs';
    const steps = seen.sheet.settings.map(({ name, keep }, at): GhStep => {
      const last = seen.sheet.settings.findIndex((one) => one.keep === 'secret');
      if (!bad || at < last) return { name, outcome: 'set', said: null };
      if (at > last || keep !== 'secret') return { name, outcome: 'skipped', said: null };
      return gh === 'hangs' ? { name, outcome: 'timed_out', said: null } : { name, outcome: 'refused', said: 'failed to fetch public key: HTTP 403: Resource not accessible by personal access token' };
    });
    if (gh === 'refuses') return { steps, receipt: null };
    const { recipe } = this.#form(request.form);
    const destination = `GitHub, ${request.repository}${request.environment ? `, ${request.environment}` : ''}`;
    return { steps, receipt: this.#wrote(this.keyOf(request.key), { tool: recipe.tool, form: request.form, destination, by: 'gh' }) };
  }

  async receipts({ key, tool }: ReceiptQuery): Promise<ReceiptView[]> {
    this.opened('receipts', { key, tool });
    return structuredClone(this.#ledger().filter((one) => (key === null || one.key === key) && (tool === null || one.tool === tool)));
  }

  async receiptNote(noted: NotedHandoff): Promise<ReceiptView> {
    this.opened('receiptNote', noted);
    return this.#wrote(this.keyOf(noted.key), { tool: noted.tool, destination: this.#destination(noted.destination), by: 'noted' });
  }

  async receiptChange(change: ReceiptChange): Promise<ReceiptView> {
    this.opened('receiptChange', change);
    this.#receipts = this.#ledger().map((one) => (one.id === change.id ? { ...one, gone_at: change.gone ? Date.now() : null } : one));
    this.handed();
    return structuredClone(this.#receipts.find(({ id }) => id === change.id) ?? this.#no('unknown'));
  }

  async uses(id: KeyRef): Promise<UsesView> {
    this.opened('uses', id);
    const key = this.keyOf(id);
    const receipts = this.#ledger().filter((one) => one.key === id);
    const jobsOf = (tool: Tool | null) => RECIPES.find((one) => one.tool === tool)?.jobs ?? [];
    const standing = receipts.filter(({ gone_at }) => gone_at === null);
    const breaks = standing
      .filter(({ tool, destination }, at) => standing.findIndex((other) => other.tool === tool && other.destination === destination) === at)
      .map(({ tool, destination, at }) => ({ tool, destination, at, jobs: jobsOf(tool) }));
    const jobs = [...new Set(breaks.flatMap((one) => one.jobs))];
    const open = breaks.some((one) => one.jobs.length === 0);
    const has = key.kind === 'team' ? key.roles[0] : undefined;
    const smallest = jobs.length > 0 && !open ? advise([], jobs, 'any', (one) => cells(one.kind, one.roles)).create?.role : undefined;
    const smaller = has && smallest && smallest !== has && (has === 'ADMIN' || smallest === 'DEVELOPER')
      ? { has, role: smallest, keys: this.inUse().filter((one) => one.kind === 'team' && one.roles[0] === smallest).map((one) => one.id) } : null;
    return structuredClone({ receipts, breaks, jobs, open, smaller });
  }
}
