// An application in memory: the same answers, versions, errors and events as the core, on invented keys. Tests run on it,
// and so does the window in a plain browser. The production build does not contain it.
import type { Backend } from './backend';
import type {
  ActivityEntry, ActivityQuery, AdviseRequest, Appearance, Asking, Attention, CellView, ColumnRef, Deed, ExportRequest, Found, GuardView,
  ImportCommit, ImportOrigin, ImportOutcome, ImportView, KeyRef, KeyUpdate, KeyView, Layer, LedgerColumn, OfferQuestion, OwnerRequest, Platform, Standing,
  VaultStatus, VerifyRequest, WhoCanRequest,
} from './bindings.gen';
import { pageOf } from './fake/activity';
import { ANSWERED_AT, FakeApple, standing } from './fake/apple';
import { AREAS, CATALOGUE_DATE, CATALOGUE_VERSION, appReach, cells, compare, size } from './fake/access';
import { layered } from './fake/evidence';
import { DISCOVERED, type FakeImport, MIXED, PASTED, PICKED, admit, judge, summaryOf } from './fake/imports';
import { advise, operations, whoCan } from './fake/questions';
import { activityOf, SCENES, setScene, teamsOf } from './fake/scenes';
import { ISSUER_NAMES, issuersOf, keyRef, sampleKeys } from './fake/sample';
import { FakeHanding } from './fake/handing';
import { FAKE_PASSPHRASE, type FakeOptions, refuse } from './fake/vault';

export { FAKE_PASSPHRASE, type FakeOptions } from './fake/vault';

const STALE_BEFORE = ANSWERED_AT - 30 * 24 * 60 * 60 * 1000;
const MAXIMUM = { name: 200, notes: 10_000, tag: 60 };

/** Trouble teaches nothing: what Apple said before stays. */
function taught(before: Standing, after: Standing): Standing {
  return after.unreached ? { ...before, unreached: after.unreached } : after;
}

/** Whether what is known about a key keeps to what the user pinned. */
function guardState(key: KeyView, { area, limit }: Pick<GuardView, 'area' | 'limit'>): GuardView['state'] {
  const cell = cells(key.kind, key.roles)[AREAS.indexOf(area)];
  const halves = cell ? [...(limit === 'reach' ? [cell.read.value] : []), cell.write.value] : [];
  if (halves.some((half) => half === 'yes' || half === 'part')) return 'broken';
  return halves.some((half) => half === 'unknown' || half === 'disputed') ? 'open' : 'holds';
}

export class FakeBackend extends FakeHanding implements Backend {
  /** What Apple says, for tests to decide. */
  readonly apple: FakeApple;
  /** What the application did, newest last. */
  readonly log: ActivityEntry[];
  readonly #imports = new Map<number, FakeImport>();
  readonly #issuerNames = new Map(ISSUER_NAMES);
  #keys: KeyView[];
  #removed = new Map<KeyRef, KeyView>();
  #imported = 0;
  #made: number;
  #beats = 0;

  constructor(options: FakeOptions = {}) {
    super(options);
    this.apple = new FakeApple(options.at);
    this.#keys = setScene(options.apple ?? 'new', sampleKeys(options.keys ?? 12, options.hostile ?? false), this.apple);
    this.log = activityOf(options.apple ?? 'new', this.#keys, this.apple.at);
    this.#made = this.#keys.length;
    this.#settle();
  }

  protected emptied(): void {
    this.#keys = [];
  }
  protected locking(): void {
    this.#imports.clear();
  }
  protected asking(): Asking {
    return this.apple.asking;
  }

  protected keyOf(id: KeyRef): KeyView {
    return this.#key(id);
  }

  protected allKeys(): KeyView[] {
    return this.#keys;
  }

  protected offered(): number {
    return this.#begin('paste', PASTED);
  }
  protected inUse(): KeyView[] {
    return this.#keys.filter((key) => key.archived_at === null);
  }
  protected override handed(): void {
    this.#settle();
    super.handed();
  }

  // ------------------------------------------------------------ for tests and the browser
  /** Another window, or another start, changed a key. */
  changeElsewhere(id: KeyRef, name: string): void {
    this.#keys = this.#keys.map((key) => (key.id === id ? { ...key, name, version: key.version + 1 } : key));
  }

  /** Files dropped on the window. */
  drop(files: string[] = MIXED): number {
    return this.#begin('drop', files);
  }

  // ------------------------------------------------------------ keys
  #settle(): void {
    this.#keys = this.#keys.map((key) => ({
      ...key,
      handoffs: this.handoffsOf(key.id),
      reach: this.#cells(key).map(({ level }) => level),
      observed: this.#cells(key).some(({ read }) => read.basis === 'observed'),
      conflicts_with: this.#keys.filter((other) => other.id !== key.id && other.key_id === key.key_id && other.archived_at === null).map((other) => other.id),
    }));
    this.#keys = this.#keys.map((key) => {
      const guards = key.guards.map((guard) => ({ ...guard, state: guardState(key, guard) }));
      const broken = guards.filter(({ state }) => state === 'broken').map(({ area, limit }) => ({ why: 'guard_broken' as const, area, limit }));
      return { ...key, guards, attention: [...this.#wanting(key), ...broken, ...(key.conflicts_with.length > 0 ? [{ why: 'key_id_twice' as const }] : [])] };
    });
  }

  /** What a key may do, Apple's answers laid over the catalogue as a layer wants it. */
  #cells(key: KeyView, layer: Layer = 'combined'): CellView[] {
    return layered(cells(key.kind, key.roles), this.apple.checks.get(key.id)?.answers ?? [], layer);
  }

  /** What Apple said about a key that somebody should look at. */
  #wanting({ id, standing: { code } }: KeyView): Attention[] {
    const known = this.apple.checks.get(id);
    if (code === 'unrecognised' || code === 'refused_everywhere') return [{ why: code }];
    if (code === 'otherwise') return [{ why: 'works_otherwise' }];
    return known?.fit && !this.apple.kept.has(id) ? [{ why: 'roles_differ' }] : [];
  }

  #changed(): void {
    this.#settle();
    this.emit({ event: 'keys_changed' });
  }

  #issuers() {
    return teamsOf(issuersOf(this.#keys, this.#issuerNames), this.apple);
  }

  #key(id: KeyRef): KeyView {
    return this.#keys.find((key) => key.id === id) ?? refuse({ code: 'key_not_found' });
  }

  async keys() {
    this.opened('keys');
    return { keys: structuredClone(this.#keys), issuers: this.#issuers(), apps: this.apple.apps };
  }

  async keyUpdate({ id, version, patch }: KeyUpdate): Promise<KeyView> {
    this.opened('keyUpdate', { id, version, patch });
    const before = this.#key(id);
    if (before.version !== version) refuse({ code: 'changed_elsewhere' });
    const { archived, guards, ...fields } = patch;
    if (fields.name !== undefined) {
      fields.name = fields.name.trim();
      if (fields.name === '') refuse({ code: 'name_empty' });
      if ([...fields.name].length > MAXIMUM.name) refuse({ code: 'text_too_long', field: 'name', maximum: MAXIMUM.name });
    }
    if ((fields.notes ?? '').length > MAXIMUM.notes) refuse({ code: 'text_too_long', field: 'notes', maximum: MAXIMUM.notes });
    if (fields.tags?.some((tag) => tag.length > MAXIMUM.tag)) refuse({ code: 'text_too_long', field: 'tags', maximum: MAXIMUM.tag });
    if (fields.key_id !== undefined && !/^[A-Z0-9]{8,14}$/.test(fields.key_id)) refuse({ code: 'key_id_invalid' });
    if (fields.issuer_id && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(fields.issuer_id)) refuse({ code: 'issuer_id_invalid' });
    const after: KeyView = { ...before, ...structuredClone(fields), version: version + 1 };
    if (guards) after.guards = guards.map((guard) => ({ ...guard, state: 'open' }));
    after.standing = this.apple.changed(before, after);
    if (archived !== undefined) after.archived_at = archived ? (before.archived_at ?? Date.now()) : null;
    this.#keys = this.#keys.map((key) => (key.id === id ? after : key));
    this.#changed();
    return structuredClone(this.#key(id));
  }

  async keyRemovalCheck(id: KeyRef) {
    this.opened('keyRemovalCheck', id);
    const key = this.#key(id);
    const only = this.options.onlyCopies?.includes(id) ?? key.name.startsWith('fastlane');
    return { only_known_copy: only, copies: only ? [] : [`~/Downloads/${key.source_name ?? 'key.p8'}`] };
  }

  async keyRemove({ id, accept_loss }: { id: KeyRef; accept_loss: boolean }): Promise<void> {
    this.opened('keyRemove', { id, accept_loss });
    const key = this.#key(id);
    const check = await this.keyRemovalCheck(id);
    if (check.only_known_copy && !accept_loss) refuse({ code: 'only_known_copy' });
    this.#removed.set(id, key);
    this.#keys = this.#keys.filter((other) => other.id !== id);
    this.#changed();
  }

  async keyRestore(id: KeyRef): Promise<KeyView> {
    this.opened('keyRestore', id);
    const key = this.#removed.get(id) ?? refuse({ code: 'key_not_found' });
    this.#removed.delete(id);
    this.#keys = [...this.#keys, key];
    this.#changed();
    return structuredClone(this.#key(id));
  }

  async keyPurge(id: KeyRef): Promise<void> {
    this.opened('keyPurge', id);
    if (!this.#removed.delete(id)) refuse({ code: 'key_not_found' });
  }

  async copy(id: KeyRef, what: 'key_id' | 'issuer_id' | 'fingerprint'): Promise<void> {
    this.opened('copy', id, what);
    this.#key(id);
  }

  async issuerRename(issuerId: string, name: string): Promise<void> {
    this.opened('issuerRename', issuerId, name);
    this.#issuerNames.set(issuerId, name);
    this.#changed();
  }

  // ------------------------------------------------------------ import
  #begin(origin: ImportOrigin, files: string[]): number {
    const id = ++this.#imported;
    const session: FakeImport = { id, origin, state: 'reading', total: files.length, waiting: [...files], rows: [], wrongTries: new Set() };
    this.#imports.set(id, session);
    const pace = this.options.pace ?? 0;
    if (pace === 0) while (session.state === 'reading') this.#read(session);
    else {
      const step = () => {
        if (session.state !== 'reading' || !this.#imports.has(id)) return;
        this.#read(session);
        this.#moved(session);
        setTimeout(step, pace);
      };
      setTimeout(step, pace);
    }
    this.#moved(session);
    return id;
  }

  #read(session: FakeImport): void {
    const file = session.waiting.shift();
    if (file !== undefined) {
      const verdict = judge(file, this.#keys, session.rows);
      session.rows.push({ row: session.rows.length, file_name: file, folder: session.origin === 'discovery' ? '~/Downloads' : null, verdict });
    }
    if (session.waiting.length === 0) session.state = 'ready';
  }

  #moved({ id, state, rows, total }: FakeImport): void {
    this.emit({ event: 'import_changed', id, state, done: rows.length, total });
  }

  #session(id: number): FakeImport {
    return this.#imports.get(id) ?? refuse({ code: 'import_gone' });
  }

  async importPick(): Promise<number | null> {
    this.opened('importPick');
    return this.#begin('picker', PICKED);
  }

  async importPaste(): Promise<number> {
    this.opened('importPaste');
    return this.#begin('paste', PASTED);
  }

  async importDiscover(): Promise<number> {
    this.opened('importDiscover');
    return this.#begin('discovery', DISCOVERED);
  }

  async importView(id: number): Promise<ImportView> {
    this.opened('importView', id);
    const { origin, state, total, rows } = this.#session(id);
    return structuredClone({ id, origin, state, done: rows.length, total, rows, issuers: this.#issuers() });
  }

  async importStop(id: number): Promise<void> {
    this.opened('importStop', id);
    const session = this.#session(id);
    if (session.state === 'reading') session.state = 'stopped';
    this.#moved(session);
  }

  async importPassphrase(id: number, row: number, passphrase: string): Promise<ImportView> {
    this.opened('importPassphrase', id, row, passphrase);
    const session = this.#session(id);
    session.rows = session.rows.map((entry) => {
      if (entry.row !== row || entry.verdict.verdict !== 'needs_passphrase') return entry;
      const right = passphrase === FAKE_PASSPHRASE;
      return { ...entry, verdict: right ? admit(entry.file_name, this.#keys) : { verdict: 'needs_passphrase', wrong: true } };
    });
    return this.importView(id);
  }

  async importCommit({ id, choices }: ImportCommit): Promise<ImportOutcome> {
    this.opened('importCommit', { id, choices });
    const session = this.#session(id);
    const outcome: ImportOutcome = { added: [], failed: [] };
    for (const choice of choices) {
      const entry = session.rows.find((row) => row.row === choice.row);
      const verdict = entry?.verdict;
      if (!entry || (verdict?.verdict !== 'ready' && verdict?.verdict !== 'conflict')) continue;
      if (!/^[A-Z0-9]{8,14}$/.test(choice.key_id)) {
        outcome.failed.push({ row: choice.row, error: { code: 'key_id_invalid' } });
        continue;
      }
      const held = this.#keys.find((key) => key.key_id === choice.key_id);
      if (held && choice.conflict === null) {
        outcome.failed.push({ row: choice.row, error: { code: 'key_id_taken', existing: summaryOf(held) } });
        continue;
      }
      if (held && choice.conflict === 'replace') this.#keys = this.#keys.map((key) => (key.id === held.id ? { ...key, archived_at: Date.now() } : key));
      const key: KeyView = {
        id: keyRef(++this.#made), version: 1, name: choice.name, key_id: choice.key_id, kind: choice.kind, roles: choice.roles,
        issuer_id: choice.kind === 'team' ? choice.issuer_id : null, fingerprint: verdict.candidate.fingerprint, notes: '', tags: [], added_at: Date.now(),
        archived_at: null, source_name: entry.file_name, look_alike: verdict.candidate.look_alike, conflicts_with: [], reach: [], observed: false,
        standing: standing('unchecked'), apps: { seen: 'unknown' }, handoffs: 0, guards: [], attention: [],
      };
      this.#keys = [...this.#keys, key];
      outcome.added.push(key);
    }
    // What was stored is off the list; what failed stays on offer, as in the core.
    const failed = new Set(outcome.failed.map((one) => one.row));
    const stored = new Set(choices.map((choice) => choice.row).filter((row) => !failed.has(row)));
    session.rows = session.rows.filter((entry) => !stored.has(entry.row));
    this.#changed();
    if (this.apple.asking.on_add && outcome.added.length > 0) this.#ask({ keys: outcome.added.map((key) => key.id), depth: 'normal' });
    return structuredClone({ ...outcome, added: outcome.added.map((key) => this.#key(key.id)) });
  }

  async importCancel(id: number): Promise<void> {
    this.called('importCancel', id);
    this.#imports.delete(id);
  }

  // ------------------------------------------------------------ permissions and links
  async grid(layer?: Layer) {
    this.opened('grid', ...(layer ? [layer] : []));
    const kinds = new Map<string, KeyView>();
    const told = (key: KeyView) => this.#cells(key, layer);
    const kindOf = (key: KeyView) => JSON.stringify([key.kind, key.roles, told(key).map(({ level, basis, parts }) => [level, basis, parts.some(({ observed }) => observed !== null && observed.at < STALE_BEFORE)])]);
    const used = this.#keys.filter((key) => key.archived_at === null);
    for (const key of used) if (!kinds.has(kindOf(key))) kinds.set(kindOf(key), key);
    const order = [...kinds.keys()];
    const answers = [...kinds.values()].map((key) => ({
      apps: appReach(key), size: size(key.kind, key.roles),
      cells: told(key).map(({ level, label, basis, read, write, contradicted, parts }) => ({
        level, label, basis, read, write, contradicted, stale: parts.some(({ observed }) => observed !== null && observed.at < STALE_BEFORE),
      })),
    }));
    return { catalogue_version: CATALOGUE_VERSION, catalogue_date: CATALOGUE_DATE, rows: used.map((key) => ({ key: key.id, answer: order.indexOf(kindOf(key)) })), answers };
  }

  async whoCan({ question, scope }: WhoCanRequest) {
    this.opened('whoCan', { question, scope });
    return whoCan(this.#keys, question, scope, (key) => this.#cells(key));
  }

  async advise({ tasks, scope }: AdviseRequest) {
    this.opened('advise', { tasks, scope });
    return advise(this.#keys, tasks, scope, (key) => this.#cells(key));
  }

  async operations() {
    this.opened('operations');
    return operations(this.#keys, (key) => this.#cells(key));
  }

  async exportCopy(text: string): Promise<void> {
    this.called('exportCopy', text);
  }

  async exportSave(request: ExportRequest): Promise<string | null> {
    this.called('exportSave', request);
    return `${request.name}.${request.format === 'markdown' ? 'md' : request.format}`;
  }

  #column(ref: ColumnRef): LedgerColumn {
    if (ref.type === 'hypothetical') return { key: null, kind: ref.kind, roles: ref.roles, apps: appReach(ref) };
    const key = this.#key(ref.id);
    return { key: summaryOf(key), kind: key.kind, roles: key.roles, apps: appReach(key) };
  }

  async ledger(columns: ColumnRef[], layer?: Layer) {
    this.opened('ledger', columns, ...(layer ? [layer] : []));
    const heads = columns.map((column) => this.#column(column));
    const seen = columns.map((ref) => (ref.type === 'key' ? this.#cells(this.#key(ref.id), layer) : layered(cells(ref.kind, ref.roles), [], layer ?? 'combined')));
    return { catalogue_version: CATALOGUE_VERSION, catalogue_date: CATALOGUE_DATE, columns: heads, ...compare(seen), stale_before: STALE_BEFORE };
  }

  // ------------------------------------------------------------ asking Apple
  async verify(request: VerifyRequest) {
    this.opened('verify', request);
    return this.#ask(request);
  }

  #ask(request: VerifyRequest) {
    const run = this.apple.begin(request, this.#keys.filter((key) => key.archived_at === null));
    this.#told();
    if (this.options.askPace) setTimeout(() => this.#pace(), this.options.askPace);
    return run;
  }

  #told(): void {
    this.emit({ event: 'run_changed', run: structuredClone(this.apple.run) });
  }

  /** In a browser, Apple answers by itself: one question after the other, each lane a little slower than the one before. */
  #pace(): void {
    const lanes = this.apple.run?.lanes.length ?? 0;
    if (!this.apple.run || this.apple.run.over || lanes === 0) return;
    const at = this.#beats++ % lanes;
    if (this.apple.step(at)) this.appleAnswers(at);
    else this.#told();
    setTimeout(() => this.#pace(), this.options.askPace);
  }

  /** Apple answers about the next key of the run; without a run, about nothing. */
  appleAnswers(lane = 0): void {
    const answered = this.apple.answer(this.#keys, lane);
    if (answered) this.#keys = this.#keys.map((key) => (key.id === answered[0] ? { ...key, standing: taught(key.standing, answered[1]) } : key));
    this.#told();
    this.#changed();
  }

  async verifyStop(): Promise<void> {
    this.called('verifyStop');
    this.apple.stop();
    this.#told();
  }

  async run() {
    this.called('run');
    return structuredClone(this.apple.run);
  }

  async runDismiss(): Promise<void> {
    this.called('runDismiss');
    this.apple.run = null;
    this.#told();
  }

  async check(id: KeyRef) {
    this.opened('check', id);
    return this.apple.check(this.#key(id));
  }

  async rolesKeep(id: KeyRef): Promise<void> {
    this.opened('rolesKeep', id);
    this.apple.kept.add(id);
    this.#changed();
  }

  async ownerLookUp(request: OwnerRequest) {
    this.opened('ownerLookUp', request);
    this.apple.lookUp(this.#key(request.key), request, this.#keys);
    this.#changed();
    return this.apple.check(this.#key(request.key));
  }

  async issuerSetVendor(issuerId: string, vendorNumber: string): Promise<void> {
    this.opened('issuerSetVendor', issuerId, vendorNumber);
    if (!/^\d{0,12}$/.test(vendorNumber)) refuse({ code: 'vendor_number_invalid' });
    this.apple.teams.set(issuerId, { ...this.apple.teams.get(issuerId), vendor_number: vendorNumber || null });
    this.#note({ what: 'vendor_number_changed', issuer_id: issuerId }, 'changes');
    this.#changed();
  }

  async importAsk(question: OfferQuestion) {
    this.opened('importAsk', question);
    const { id, row } = question;
    this.appleFinds(id, row, { state: 'asking' });
    const verdict = this.#session(id).rows.find((one) => one.row === row)?.verdict;
    if (this.options.askPace && verdict && 'candidate' in verdict) {
      const issuer = this.#issuers()[0]?.issuer_id ?? null;
      setTimeout(() => this.appleFinds(id, row, this.apple.identify(verdict.candidate.kind, verdict.candidate.issuer_id ?? issuer)), this.options.askPace * 12);
    }
    return this.importView(id);
  }

  /** Apple has said what a key on offer is. */
  appleFinds(id: number, row: number, found: Found): void {
    const session = this.#imports.get(id);
    if (!session) return;
    session.rows = session.rows.map((entry) =>
      entry.row === row && 'candidate' in entry.verdict ? { ...entry, verdict: { ...entry.verdict, candidate: { ...entry.verdict.candidate, found } } } : entry);
    this.#moved(session);
  }

  async appleLine() {
    this.called('appleLine');
    return structuredClone(this.apple.line);
  }

  async setAsking(asking: Asking): Promise<void> {
    this.called('setAsking', asking);
    this.apple.asking = asking;
    this.#note({ what: 'asking_changed', asking }, 'vault');
    this.emit({ event: 'status_changed' });
  }

  #note(deed: Deed, group: ActivityEntry['group']): void {
    this.log.push({ id: (this.log.at(-1)?.id ?? 0) + 1, at: Date.now(), deed, group, failure: false, key: null });
    this.emit({ event: 'activity_changed' });
  }

  async activity(query: ActivityQuery) {
    this.opened('activity', query);
    return pageOf(this.log, query);
  }

  async openLink(link: unknown): Promise<void> {
    this.called('openLink', link);
  }
}

export function fakeBackend(options: FakeOptions = {}): FakeBackend {
  return new FakeBackend(options);
}

const STATES: VaultStatus['state'][] = ['open', 'opening', 'needs_setup', 'locked', 'damaged', 'too_new', 'unreachable'];
const PLATFORMS: Platform[] = ['linux', 'macos', 'windows'];
const THEMES: Appearance[] = ['system', 'light', 'dark'];

/**
 * The backend that a browser's address asks for: `?keys=0|1|12|200`, `?state=locked`, `?os=windows`, `?theme=dark`, `?names=hostile`, `?hints=new`,
 * `?pace=30`, `?apple=checked|mixed|offline|agreement|run|over`, `?ask=90` (milliseconds per question to Apple),
 * `?gh=sets|refuses|hangs|missing`, `?receipts=none`. It also hangs on the window as `keyfolioFake`, so that a drop can be tried from the console.
 */
export function fakeFromAddress(query: URLSearchParams): FakeBackend {
  const pick = <Value extends string>(from: Value[], name: string) => from.find((value) => value === query.get(name));
  const fake = fakeBackend({
    keys: Number(query.get('keys') ?? 12),
    hostile: query.get('names') === 'hostile',
    state: pick(STATES, 'state'),
    platform: pick(PLATFORMS, 'os'),
    appearance: pick(THEMES, 'theme'),
    pace: Number(query.get('pace') ?? 20),
    hintsSeen: query.get('hints') === 'new' ? [] : ['reach_strip'],
    apple: pick(SCENES, 'apple'),
    at: Date.now(),
    askPace: Number(query.get('ask') ?? 90),
    gh: pick(['sets', 'refuses', 'hangs', 'missing'], 'gh'),
    receipts: query.get('receipts') !== 'none',
  });
  Object.assign(window, { keyfolioFake: fake });
  // A browser has no material of the system's behind its page; this stands in for it.
  if (query.get('os') === 'macos') document.documentElement.style.setProperty('--bg-window', 'var(--bg-side)');
  return fake;
}
