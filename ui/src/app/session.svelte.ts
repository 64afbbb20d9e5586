// The window's side of the conversation with the core: the status it last told, the imports it has announced, and what is
// being dragged over the window. The one subscription to events lives here.
import type { Backend } from '../backend/backend';
import type { AppStatus, Clip, DropPreview, RunView, WindowEvent } from '../backend/bindings.gen';

export type Followers = { onkeys: () => void; onlocked: () => void; onmenu: (command: string) => void; onrun: (run: RunView | null) => void; onclip: (clip: Clip | null) => void; onfailure: (thrown: unknown) => void };

export class Session {
  status = $state.raw<AppStatus | null>(null);
  drop = $state.raw<DropPreview | null>(null);
  /** Imports waiting for their sheet, the first one on screen. */
  #imports = $state.raw<number[]>([]);
  #known = new Set<number>();
  readonly #backend: Backend;
  readonly #followers: Followers;

  constructor(backend: Backend, followers: Followers) {
    this.#backend = backend;
    this.#followers = followers;
  }

  get open(): boolean {
    return this.status?.vault.state === 'open';
  }
  get importId(): number | null {
    return this.#imports[0] ?? null;
  }

  /** Follows the core; returns what ends it. */
  start(): () => void {
    let ended = false;
    let end: (() => void) | undefined;
    // Asked at once, not one after the other: the first frame waits for the status. Nothing is missed in between,
    // because the core announces what is under way to whoever subscribes.
    const begin = async () => {
      const first = this.refresh();
      end = await this.#backend.subscribe((event) => this.#hear(event));
      if (ended) end();
      await first;
    };
    begin().catch(this.#followers.onfailure);
    return () => {
      ended = true;
      end?.();
    };
  }

  async refresh(): Promise<void> {
    try {
      this.take(await this.#backend.status());
    } catch (thrown) {
      this.#followers.onfailure(thrown);
    }
  }

  take(status: AppStatus): void {
    const wasOpen = this.open;
    this.status = status;
    if (this.open && !wasOpen) this.#followers.onkeys();
    if (!this.open && wasOpen) {
      this.#imports = [];
      this.#followers.onlocked();
    }
  }

  /** Puts an import on screen; each one once, however often the core mentions it. */
  showImport(id: number): void {
    if (this.#known.has(id)) return;
    this.#known.add(id);
    this.#imports = [...this.#imports, id];
  }

  closeImport(): void {
    this.#imports = this.#imports.slice(1);
  }

  #hear(event: WindowEvent): void {
    switch (event.event) {
      case 'status_changed': return void this.refresh();
      case 'keys_changed': return this.open ? this.#followers.onkeys() : undefined;
      case 'run_changed': return this.open ? this.#followers.onrun(event.run) : undefined;
      case 'clipboard_changed': return this.open ? this.#followers.onclip(event.clip) : undefined;
      case 'drop_hover': this.drop = event.preview; return;
      case 'drop_left': this.drop = null; return;
      case 'menu_chosen': return this.#followers.onmenu(event.command);
      case 'import_changed':
        this.drop = null;
        // It may be heard of before the status that says the vault is open: files named at the start are read at once.
        this.showImport(event.id);
    }
  }
}
