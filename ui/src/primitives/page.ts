// What every page beside the shelves is given by the window.
import type { Snippet } from 'svelte';
import type { Backend } from '../backend/backend';
import type { AppView, KeyRef, KeyView } from '../backend/bindings.gen';

export type PageProps = {
  backend: Backend;
  keys: KeyView[];
  /** Every app Apple has named, by name. */
  apps?: AppView[];
  /** The sidebar's toggle, while the sidebar is away. */
  lead?: Snippet | undefined;
  onshowkey: (id: KeyRef) => void;
  onfailure: (thrown: unknown) => void;
  onsource: (url: string) => void;
};
