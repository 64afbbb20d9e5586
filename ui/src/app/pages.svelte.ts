// Which page is up, and what people were sent to it with. A page that is opened plainly begins with nothing asked of it, or
// where it was left; one that somebody is sent to begins with what they came for.
import type { KeyRef, Task } from '../backend/bindings.gen';
import type { HandoffWanted } from '../features/handoff/wanted';
import { type Tool, TOOLS } from '../features/keys/Sidebar.svelte';
import type { GridQuestion } from '../features/permissions/grid';
import type { TokenWanted } from '../features/tokens/wanted';

export type Page = 'keys' | 'settings' | Tool;

/** The page of that name beside the shelves, if there is one. */
export const toolNamed = (name: string | undefined): Tool | undefined => TOOLS.find((tool) => tool === name);

export class Pages {
  at = $state<Page>('keys');
  /** What the grid is asked. */
  question = $state<GridQuestion>({ area: null, half: 'any', scope: 'any' });
  /** The advisor's jobs. */
  tasks = $state<Task[]>([]);
  /** What is looked for among the endpoints. */
  endpoint = $state('');
  /** Which half of the tokens' page. */
  side = $state<'create' | 'inspect'>('create');
  token = $state.raw<TokenWanted | null>(null);
  handoff = $state.raw<HandoffWanted | null>(null);
  /** Called whenever another page is asked for, by whatever way. */
  readonly #onopen: () => void;

  constructor(start: Page, onopen: () => void) {
    this.at = start;
    this.#onopen = onopen;
  }

  open(page: Page): void {
    this.token = null;
    this.handoff = null;
    this.at = page;
    this.#onopen();
  }

  /** The keys that reach an area. */
  area(area: GridQuestion['area']): void {
    this.question = { area, half: 'any', scope: this.question.scope };
    this.open('permissions');
  }

  /** The smallest key for jobs. */
  advise(tasks: Task[]): void {
    this.tasks = tasks;
    this.open('advisor');
  }

  /** The operations that match a path. */
  endpoints(path: string): void {
    this.endpoint = path;
    this.open('endpoints');
  }

  /** A token of a key, or one for a request. */
  makeToken(wanted: TokenWanted): void {
    this.side = 'create';
    this.open('tokens');
    this.token = wanted;
  }

  /** The hand-off of a key, or to a tool. */
  handOff(wanted: HandoffWanted): void {
    this.open('handoff');
    this.handoff = wanted;
  }

  handOffKey(key: KeyRef): void {
    this.handOff({ key });
  }
}
