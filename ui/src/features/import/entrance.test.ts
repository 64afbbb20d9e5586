import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeBackend } from '../../backend/fake';
import { expectAccessible } from '../../testing/axe';
import DropOverlay from './DropOverlay.svelte';
import EmptyState from './EmptyState.svelte';

afterEach(cleanup);

function empty() {
  const backend = fakeBackend({ keys: 0 });
  const onimport = vi.fn();
  const onfailure = vi.fn();
  render(EmptyState, { backend, platform: 'linux', onimport, onfailure });
  return { backend, onimport, onfailure, user: userEvent.setup() };
}

test('the empty window offers every way in by keyboard alone', async () => {
  const { user, onimport } = empty();
  await expectAccessible();
  await user.keyboard('{Tab}{Enter}{Tab}{Enter}{Tab}{Enter}');
  expect(onimport.mock.calls).toEqual([[1], [2], [3]]);
});

test('it names the usual places before looking there, and says when nothing was there', async () => {
  const { backend, user, onfailure } = empty();
  expect(screen.getByRole('status').textContent).toContain('~/.appstoreconnect/private_keys');
  backend.failNext('importDiscover', { code: 'nothing_found' });
  await user.click(screen.getByRole('button', { name: 'Look in the Usual Places' }));
  expect(screen.getByRole('status').textContent).toContain('No keys in the usual places');
  expect(onfailure).not.toHaveBeenCalled();
});

test('an empty clipboard is reported', async () => {
  const { backend, user, onfailure } = empty();
  backend.failNext('importPaste', { code: 'clipboard_empty' });
  await user.click(screen.getByRole('button', { name: /Paste a Copied Key/ }));
  expect(onfailure).toHaveBeenCalledExactlyOnceWith({ code: 'clipboard_empty' });
});

const nothing = { keys: 0, others: 0, folders: 0, look_alikes: [] };

test.each([
  [{ ...nothing, keys: 3 }, ['Drop to add 3 keys', 'Sealed on this computer. Your files stay where they are.']],
  [{ ...nothing, keys: 1, folders: 2 }, ['Drop to add 1 key', 'and to look in 2 folders']],
  [{ ...nothing, keys: 1, look_alikes: ['SubscriptionKey_9QZ.p8'] }, ['SubscriptionKey_9QZ.p8 looks like an In-App Purchase key, so it will be left out.']],
  [{ ...nothing, folders: 1 }, ['Drop to look in 1 folder']],
  [{ ...nothing, look_alikes: ['a', 'b'] }, ['Not App Store Connect keys, by their names', '2 files look like In-App Purchase keys, so they will be left out.']],
  [{ ...nothing, others: 2 }, ['None of these are .p8 files']],
])('a drag with %j says what dropping would do', async (preview, said) => {
  render(DropOverlay, { preview, platform: 'linux' });
  for (const words of said) expect(screen.getByText(words)).toBeTruthy();
  await expectAccessible();
});

test('without a drag there is no overlay', () => {
  const { container } = render(DropOverlay, { preview: null, platform: 'linux' });
  expect(container.textContent).toBe('');
});
