import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeBackend } from '../../backend/fake';
import type { AppStatus, SlotKind } from '../../backend/bindings.gen';
import { expectAccessible } from '../../testing/axe';
import SettingsPage from './SettingsPage.svelte';

afterEach(cleanup);

async function settings(slots: SlotKind[] = ['os']) {
  const backend = fakeBackend({ keys: 3 });
  const status: AppStatus = { ...(await backend.status()), vault: { state: 'open', slots } };
  const props = { onstatus: vi.fn(), onclose: vi.fn(), onfailure: vi.fn() };
  render(SettingsPage, { backend, status, ...props });
  await screen.findByRole('textbox', { name: /Name of the team/ });
  return { backend, user: userEvent.setup(), ...props };
}
const team = () => screen.getByRole<HTMLInputElement>('textbox', { name: /Name of the team/ });

test('no accessibility violation', async () => {
  await settings();
  await expectAccessible();
});

test('an appearance takes effect at once', async () => {
  const { backend, user, onstatus } = await settings();
  await user.click(screen.getByRole('radio', { name: 'Dark' }));
  expect(backend.calls).toContainEqual(['setAppearance', ['dark']]);
  await waitFor(() => expect(onstatus.mock.calls[0]?.[0].appearance).toBe('dark'));
});

test('what opens the keys is named in the words of the system', async () => {
  await settings(['os', 'passphrase']);
  expect(screen.getByText('Keyring')).toBeTruthy();
  expect(screen.getByText('Opens the file when the keyring can’t.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Add a Passphrase…' })).toBeNull();
});

test('with the passphrase as the only way in, it says what forgetting it would mean', async () => {
  await settings(['passphrase']);
  expect(screen.getByText(/The only way in/)).toBeTruthy();
});

test('a passphrase can be added beside the keyring', async () => {
  const { backend, user, onstatus } = await settings();
  await user.click(screen.getByRole('button', { name: 'Add a Passphrase…' }));
  await expectAccessible();
  await user.type(screen.getByLabelText('Passphrase'), 'harbor velvet oxide');
  await user.type(screen.getByLabelText('Type it again'), 'harbor velvet oxide');
  await user.click(screen.getByRole('button', { name: 'Add Passphrase' }));
  expect(backend.calls).toContainEqual(['vaultAddPassphrase', ['harbor velvet oxide']]);
  await waitFor(() => expect(onstatus.mock.calls[0]?.[0].vault).toMatchObject({ slots: ['os', 'passphrase'] }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a passphrase that could not be added is explained and stays typed', async () => {
  const { backend, user } = await settings();
  await user.click(screen.getByRole('button', { name: 'Add a Passphrase…' }));
  backend.failNext('vaultAddPassphrase', { code: 'disk_full' });
  await user.type(screen.getByLabelText('Passphrase'), 'harbor velvet oxide');
  await user.type(screen.getByLabelText('Type it again'), 'harbor velvet oxide');
  await user.click(screen.getByRole('button', { name: 'Add Passphrase' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is full');
  expect(screen.getByLabelText<HTMLInputElement>('Passphrase').value).toBe('harbor velvet oxide');
});

test('locking hands over to the gate', async () => {
  const { user, onstatus } = await settings();
  await user.click(screen.getByRole('button', { name: 'Lock' }));
  await waitFor(() => expect(onstatus.mock.calls[0]?.[0].vault.state).toBe('locked'));
});

test('a team is renamed with Return, and a failure gives the old name back', async () => {
  const { backend, user, onfailure } = await settings();
  await user.clear(team());
  await user.type(team(), 'Fernweh{Enter}');
  expect(backend.calls).toContainEqual(['issuerRename', ['57246542-96fe-1a63-e053-0824d011a9b3', 'Fernweh']]);
  backend.failNext('issuerRename', { code: 'disk_full' });
  await user.clear(team());
  await user.type(team(), 'Nope{Enter}');
  await waitFor(() => expect(onfailure).toHaveBeenCalledExactlyOnceWith({ code: 'disk_full' }));
  await user.keyboard('{Escape}');
  expect(team().value).toBe('Fernweh');
});
