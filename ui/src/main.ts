// Starts the window: styles, the backend for where it runs, the one component.
import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/base.css';
import App from './app/App.svelte';
import type { Backend } from './backend/backend';
import { tauriBackend } from './backend/tauri';
import { type Tool, TOOLS } from './features/keys/Sidebar.svelte';

/** Inside Tauri the real application answers; the in-memory one exists only in development and `--mode fake` builds. */
async function backendHere(): Promise<Backend> {
  if (!import.meta.env.PROD || import.meta.env.MODE === 'fake') {
    if (!('__TAURI_INTERNALS__' in window)) {
      const { fakeFromAddress } = await import('./backend/fake');
      return fakeFromAddress(new URLSearchParams(window.location.search));
    }
  }
  return tauriBackend();
}

/** In a browser `?page=advisor` opens a page at once. */
function startPage(): 'keys' | Tool {
  const asked = import.meta.env.PROD && import.meta.env.MODE !== 'fake' ? null : new URLSearchParams(window.location.search).get('page');
  return TOOLS.find((page) => page === asked) ?? 'keys';
}

mount(App, { target: document.body, props: { backend: await backendHere(), start: startPage() } });
