import type {
  ActivityPage, ActivityQuery, AdviceView, AdviseRequest, Appearance, AppleLine, AppStatus, Asking, CheckView, ColumnRef, ExportRequest, FixedLink, GridView, Hint, ImportCommit, ImportOutcome, ImportView, KeptView, KeyList, KeyRef, KeyRemoval, KeyUpdate, KeyView,
  Layer, LedgerView, MenuBar, OperationsView, OfferQuestion, OwnerRequest, RemovalCheck, RunView, TitleBarTouch, VerifyRequest, WhoCanRequest, WhoCanView, WindowEvent, ZoomStep,
} from './bindings.gen';

import type { HandingBackend } from './handing';
import type { TokenBackend } from './tokens';

/**
 * Everything the window can ask of the application. `tauri.ts` is the real one, `fake.ts` stands in for it in
 * tests and in a plain browser. Every method rejects with an `IpcError`. No method takes or returns key bytes.
 */
export interface Backend extends TokenBackend, HandingBackend {
  /** Starts the stream of events; returns a function that ends it. */
  subscribe(listener: (event: WindowEvent) => void): Promise<() => void>;
  /** The first frame is drawn: show the window. */
  ready(): Promise<void>;
  /** Makes everything in the window larger or smaller. */
  zoom(step: ZoomStep): Promise<void>;
  /** The user took hold of a bar that stands where the title bar would be (macOS). */
  titleBar(touch: TitleBarTouch): Promise<void>;
  /** What the window showed when it was last closed. Not for granted: it may be anything that looks like it. */
  readonly keptView: KeptView | null;
  keepView(view: KeptView): Promise<void>;
  /** Shows this menu bar (macOS). What is chosen in it comes as the event `menu_chosen`. */
  menuBar(bar: MenuBar): Promise<void>;
  status(): Promise<AppStatus>;
  setAppearance(appearance: Appearance): Promise<void>;

  /** First start without a usable keyring: makes the vault with a passphrase slot. */
  vaultCreate(passphrase: string): Promise<AppStatus>;
  /** Tries the OS keyring again (`null`) or a passphrase. Also makes the vault when the keyring has come back on first start. */
  vaultUnlock(passphrase: string | null): Promise<AppStatus>;
  vaultLock(): Promise<AppStatus>;
  /** Adds a passphrase slot beside the keyring's. */
  vaultAddPassphrase(passphrase: string): Promise<AppStatus>;
  /** Puts a snapshot in place of a damaged vault; the damaged file is kept beside it. */
  vaultRestoreSnapshot(name: string): Promise<AppStatus>;

  keys(): Promise<KeyList>;
  keyUpdate(update: KeyUpdate): Promise<KeyView>;
  keyRemovalCheck(id: KeyRef): Promise<RemovalCheck>;
  /** Hides the key; `keyRestore` brings it back until `keyPurge` or the next start. */
  keyRemove(removal: KeyRemoval): Promise<void>;
  keyRestore(id: KeyRef): Promise<KeyView>;
  keyPurge(id: KeyRef): Promise<void>;
  /** Puts a non-secret value on the clipboard. */
  copy(id: KeyRef, what: 'key_id' | 'issuer_id' | 'fingerprint'): Promise<void>;
  issuerRename(issuerId: string, name: string): Promise<void>;

  /** Opens the native picker; resolves with the import, or null when nothing was chosen. */
  importPick(): Promise<number | null>;
  importPaste(): Promise<number>;
  importDiscover(): Promise<number>;
  importView(id: number): Promise<ImportView>;
  /** Stops reading; what was read so far stays on offer. */
  importStop(id: number): Promise<void>;
  importPassphrase(id: number, row: number, passphrase: string): Promise<ImportView>;
  importCommit(commit: ImportCommit): Promise<ImportOutcome>;
  importCancel(id: number): Promise<void>;

  /** One to four columns side by side over the eleven areas. */
  ledger(columns: ColumnRef[], layer?: Layer): Promise<LedgerView>;
  /** Every key that is not archived, over the eleven areas. */
  grid(layer?: Layer): Promise<GridView>;
  /** Which keys can reach an area, use a capability or call an operation. */
  whoCan(request: WhoCanRequest): Promise<WhoCanView>;
  /** Which key does these jobs, or which to create. */
  advise(request: AdviseRequest): Promise<AdviceView>;
  /** Every operation of Apple's API. */
  operations(): Promise<OperationsView>;

  /** Asks Apple about keys. Resolves when the run has begun; how it goes comes as `run_changed`. */
  verify(request: VerifyRequest): Promise<RunView>;
  verifyStop(): Promise<void>;
  /** The run under way, or the last one until it is dismissed. */
  run(): Promise<RunView | null>;
  runDismiss(): Promise<void>;
  /** Everything known from asking Apple about one key. */
  check(id: KeyRef): Promise<CheckView>;
  /** Keeps the recorded roles although Apple's answers fit others better. */
  rolesKeep(id: KeyRef): Promise<void>;
  /** Looks up, with a Team key, what the owner of an Individual key may do. The address is not kept. */
  ownerLookUp(request: OwnerRequest): Promise<CheckView>;
  /** Without a vendor number no report can be asked for; an empty one takes it away. */
  issuerSetVendor(issuerId: string, vendorNumber: string): Promise<void>;
  /** Asks Apple which kind, and which team's, a key on offer is; what it finds comes with `import_changed`. */
  importAsk(question: OfferQuestion): Promise<ImportView>;
  appleLine(): Promise<AppleLine>;
  setAsking(asking: Asking): Promise<void>;
  activity(query: ActivityQuery): Promise<ActivityPage>;

  /** The user has seen a first-run hint; it does not come back. */
  hintSeen(hint: Hint): Promise<void>;
  /** Puts text on the clipboard; nothing secret is ever in the window, so nothing secret can be copied. */
  exportCopy(text: string): Promise<void>;
  /** Asks where to, and writes a file; resolves with its name, or null when the dialog was dismissed. */
  exportSave(request: ExportRequest): Promise<string | null>;
  /** Opens a page in the browser: one of our fixed links, or a source URL that the catalogue holds. */
  openLink(link: { fixed: FixedLink } | { source: string }): Promise<void>;
}
