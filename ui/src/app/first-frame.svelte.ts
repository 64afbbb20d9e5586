// The window is created hidden and shown once it has something to show, in the colours of the system it is on.
import { onMount, tick } from 'svelte';
import type { Backend } from '../backend/backend';
import type { AppStatus } from '../backend/bindings.gen';
import { loadTheRest } from './later';

/** A vault that takes this many milliseconds to open is something to show. */
const SLOW = 500;
/** After the first frame: by then the window answers, and loading more is not in the way. */
const SETTLED = 300;

/** To be called while the window's component is set up. `settled` says whether what is drawn is what people came for. */
export function firstFrame(backend: Backend, status: () => AppStatus | null, settled: () => boolean, onfailure: (thrown: unknown) => void): void {
  $effect(() => {
    const known = status();
    const root = document.documentElement;
    root.classList.remove('os-linux', 'os-macos', 'os-windows');
    root.classList.add(`os-${known?.platform ?? 'linux'}`);
    if (known && known.appearance !== 'system') root.dataset.theme = known.appearance;
    else delete root.dataset.theme;
  });

  let shown = false;
  function show(): void {
    if (shown) return;
    shown = true;
    document.body.classList.remove('starting');
    backend.ready().catch(onfailure);
    setTimeout(() => void loadTheRest(), SETTLED);
  }
  onMount(() => {
    const timer = setTimeout(show, SLOW);
    return () => clearTimeout(timer);
  });
  $effect(() => {
    if (settled()) void tick().then(show);
  });
}
