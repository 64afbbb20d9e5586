// The whole window on the in-memory backend, as tests open it.
import { render, screen } from '@testing-library/svelte';
import App from '../app/App.svelte';
import { loadTheRest } from '../app/later';
import { type Tool, TOOLS } from '../features/keys/Sidebar.svelte';
import { type FakeBackend, type FakeOptions, fakeBackend } from '../backend/fake';

/** Opens the window and waits until it shows keys, the empty state or a gate. */
export async function openWindow({ page = 'keys', ...options }: FakeOptions & { page?: 'keys' | Tool } = {}): Promise<FakeBackend> {
  // Before the clock of a test runs: compiling a page the first time takes seconds here, and no time in the window.
  await loadTheRest();
  const backend = fakeBackend(options);
  render(App, { backend, start: page });
  await screen.findByRole(options.state && options.state !== 'open' ? 'heading' : options.keptView?.sidebar_hidden ? 'listbox' : 'navigation');
  const kept = options.keptView?.page ?? 'keys';
  if (page !== 'keys' || TOOLS.some((tool) => tool === kept)) await screen.findByRole('main');
  else if ((options.keys ?? 12) > 0 && (options.state ?? 'open') === 'open') await screen.findByRole('listbox');
  return backend;
}

/** The last calls of one method, as their arguments. */
export function callsOf(backend: FakeBackend, method: string): unknown[][] {
  return backend.calls.filter(([name]) => name === method).map(([, args]) => args);
}
