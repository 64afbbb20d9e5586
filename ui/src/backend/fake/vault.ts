// The vault of the application in memory, and the window's frame around it: locked and opened, calls noted, events told.
import type { Backend } from '../backend';
import type {
  Appearance, AppStatus, Asking, Hint, IpcError, KeptView, KeyRef, LockReason, MenuBar, Platform, SlotKind, TitleBarTouch, VaultStatus, WindowEvent, ZoomStep,
} from '../bindings.gen';
import type { Scene } from './scenes';

export type FakeOptions = {
  keys?: number;
  hostile?: boolean;
  state?: VaultStatus['state'];
  platform?: Platform;
  /** What the window showed when it was last closed. */
  keptView?: KeptView;
  appearance?: Appearance;
  /** Milliseconds per file that an import reads; 0 reads all at once. */
  pace?: number;
  /** Keys of which no other copy is known. */
  onlyCopies?: KeyRef[];
  hintsSeen?: Hint[];
  /** What Apple has said so far. */
  apple?: Scene;
  /** When it said so; a fixed moment unless given. */
  at?: number;
  /** Milliseconds per question to Apple; 0 leaves it to `appleAnswers`. */
  askPace?: number;
  /** What GitHub's command line tool does when it is asked to set a secret. */
  gh?: 'sets' | 'refuses' | 'hangs' | 'missing' | undefined;
  /** Whether keys were handed over before. */
  receipts?: boolean;
  /** What comes of the dialog that asks for a place. */
  places?: 'dismissed';
};
export type Method = keyof Backend;

/** The passphrase that opens the sample vault and the sample's encrypted files. */
export const FAKE_PASSPHRASE = 'correct horse battery';
const MINIMUM_PASSPHRASE = 12;

export function refuse(error: IpcError): never {
  throw error;
}

export abstract class FakeVault {
  /** Every call so far, for tests. */
  readonly calls: [Method, unknown[]][] = [];
  protected readonly options: FakeOptions;
  readonly #listeners = new Set<(event: WindowEvent) => void>();
  readonly #failures = new Map<Method, IpcError>();
  #vault: VaultStatus;
  #appearance: Appearance;
  #slots: SlotKind[] = ['os'];
  #passphrase = FAKE_PASSPHRASE;
  #hints: Hint[];

  constructor(options: FakeOptions) {
    this.options = options;
    this.#appearance = options.appearance ?? 'system';
    this.#hints = options.hintsSeen ?? ['reach_strip'];
    this.#vault = this.#at(options.state ?? 'open');
  }

  /** A new vault holds no keys. */
  protected abstract emptied(): void;
  /** What was on offer is forgotten. */
  protected abstract locking(): void;
  protected abstract asking(): Asking;

  #at(state: VaultStatus['state'], reason: LockReason = 'start'): VaultStatus {
    switch (state) {
      case 'open': return { state, slots: this.#slots };
      case 'opening':
      case 'unreachable': return { state };
      case 'needs_setup': return { state, trouble: 'no_service' };
      case 'locked': return { state, slots: ['os', 'passphrase'], reason, trouble: reason === 'user' ? null : 'locked' };
      case 'too_new': return { state, found: 7, known: 1 };
      default: return { state: 'damaged', snapshots: [
        { name: '2026-10-01T09-12', taken_at: Date.UTC(2026, 9, 1, 9, 12), keys: 12 },
        { name: '2026-09-28T17-40', taken_at: Date.UTC(2026, 8, 28, 17, 40), keys: 11 },
      ] };
    }
  }

  emit(event: WindowEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** The next call of a method fails with this. */
  failNext(method: Method, error: IpcError): void {
    this.#failures.set(method, error);
  }

  protected called(method: Method, ...args: unknown[]): void {
    this.calls.push([method, args]);
    const failure = this.#failures.get(method);
    if (!failure) return;
    this.#failures.delete(method);
    refuse(failure);
  }

  protected opened(method: Method, ...args: unknown[]): void {
    this.called(method, ...args);
    if (this.#vault.state === 'needs_setup') refuse({ code: 'vault_not_set_up' });
    if (this.#vault.state !== 'open') refuse({ code: 'vault_locked' });
  }

  // ------------------------------------------------------------ status
  async subscribe(listener: (event: WindowEvent) => void): Promise<() => void> {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async ready(): Promise<void> {
    this.called('ready');
  }
  async zoom(step: ZoomStep): Promise<void> {
    this.called('zoom', step);
  }
  async titleBar(touch: TitleBarTouch): Promise<void> {
    this.called('titleBar', touch);
  }
  get keptView(): KeptView | null {
    return this.options.keptView ?? null;
  }
  async keepView(view: KeptView): Promise<void> {
    this.called('keepView', view);
  }
  async menuBar(bar: MenuBar): Promise<void> {
    this.called('menuBar', bar);
  }

  #status(): AppStatus {
    return { platform: this.options.platform ?? 'linux', version: '0.1.0', profile: 'demo', vault: this.#vault, appearance: this.#appearance, hints_seen: this.#hints, asking: this.asking(), clipboard_seconds: 60 };
  }

  async status(): Promise<AppStatus> {
    this.called('status');
    return this.#status();
  }

  async setAppearance(appearance: Appearance): Promise<void> {
    this.called('setAppearance', appearance);
    this.#appearance = appearance;
    this.emit({ event: 'status_changed' });
  }

  #open(): AppStatus {
    this.#vault = { state: 'open', slots: this.#slots };
    this.emit({ event: 'status_changed' });
    return this.#status();
  }

  async vaultCreate(passphrase: string): Promise<AppStatus> {
    this.called('vaultCreate', passphrase);
    if ([...passphrase].length < MINIMUM_PASSPHRASE) refuse({ code: 'passphrase_too_short', minimum: MINIMUM_PASSPHRASE });
    this.#passphrase = passphrase;
    this.#slots = ['passphrase'];
    this.emptied();
    return this.#open();
  }

  async vaultUnlock(passphrase: string | null): Promise<AppStatus> {
    this.called('vaultUnlock', passphrase);
    if (passphrase === null) {
      if (this.#vault.state === 'needs_setup') refuse({ code: 'keyring', trouble: 'no_service' });
      if (this.#vault.state === 'locked' && this.#vault.trouble) refuse({ code: 'keyring', trouble: this.#vault.trouble });
    } else if (passphrase !== this.#passphrase) refuse({ code: 'passphrase_wrong' });
    return this.#open();
  }

  async vaultLock(): Promise<AppStatus> {
    this.called('vaultLock');
    this.locking();
    this.#vault = this.#at('locked', 'user');
    this.emit({ event: 'status_changed' });
    return this.#status();
  }

  async vaultAddPassphrase(passphrase: string): Promise<AppStatus> {
    this.opened('vaultAddPassphrase', passphrase);
    if ([...passphrase].length < MINIMUM_PASSPHRASE) refuse({ code: 'passphrase_too_short', minimum: MINIMUM_PASSPHRASE });
    this.#passphrase = passphrase;
    this.#slots = [...new Set<SlotKind>([...this.#slots, 'passphrase'])];
    return this.#open();
  }

  async vaultRestoreSnapshot(name: string): Promise<AppStatus> {
    this.called('vaultRestoreSnapshot', name);
    return this.#open();
  }

  async hintSeen(hint: Hint): Promise<void> {
    this.called('hintSeen', hint);
    this.#hints = [...this.#hints, hint];
    this.emit({ event: 'status_changed' });
  }
}
