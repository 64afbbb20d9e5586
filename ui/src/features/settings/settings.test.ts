import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { type FakeBackend, fakeBackend, type FakeOptions } from '../../backend/fake';
import type { AppleLine, AppStatus, SlotKind } from '../../backend/bindings.gen';
import { expectAccessible } from '../../testing/axe';
import { callsOf } from '../../testing/window';
import { clockWords, nextWords } from './asking';
import SettingsPage from './SettingsPage.svelte';

afterEach(cleanup);

async function settings(slots: SlotKind[] = ['os'], prepare?: (backend: FakeBackend) => void, options: FakeOptions = {}) {
  const backend = fakeBackend({ keys: 3, ...options });
  prepare?.(backend);
  const status: AppStatus = { ...(await backend.status()), vault: { state: 'open', slots } };
  const props = { onstatus: vi.fn(), onclose: vi.fn(), onfailure: vi.fn() };
  render(SettingsPage, { backend, status, ...props });
  await screen.findByRole('textbox', { name: /Name of the team/ });
  await screen.findByText('https://api.appstoreconnect.apple.com');
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

const byLine = (line: Partial<AppleLine>) => (backend: FakeBackend) => void (backend.apple.line = { ...backend.apple.line, ...line });
const vendor = () => screen.getByRole<HTMLInputElement>('textbox', { name: /^Vendor number of the team/ });
const ISSUER_ID = '57246542-96fe-1a63-e053-0824d011a9b3';

test('it says where questions go, and which way', async () => {
  await settings();
  expect(screen.getByText('The system names no proxy: questions take the direct way.')).toBeTruthy();
  expect(screen.queryByText(/clock is/)).toBeNull();
});

test('a proxy is named, with what it sees and whether it is given a password', async () => {
  await settings(['os'], byLine({ proxy: 'proxy.example:3128', proxy_signs_in: true }));
  expect(await screen.findByText('proxy.example:3128')).toBeTruthy();
  expect(screen.getByText('It is given the name and password from the system’s settings. The proxy sees that you talk to Apple, not what.')).toBeTruthy();
  await expectAccessible();
});

test('a clock that is off is named with its span, and what to do', async () => {
  await settings(['os'], byLine({ clock_off: -420 }));
  expect(await screen.findByText('This computer’s clock is 7 minutes fast')).toBeTruthy();
  expect(screen.getByText(/Turn on setting the time from the network\./)).toBeTruthy();
  expect(clockWords(40, 'macos')).toBe('This Mac’s clock is 40 seconds slow');
  expect(clockWords(-7200, 'windows')).toBe('This PC’s clock is 2 hours fast');
});

test('when Apple is asked is saved at once, and written down', async () => {
  const { backend, user, onstatus } = await settings();
  await user.click(screen.getByRole('switch', { name: 'Check keys when they are added' }));
  expect(callsOf(backend, 'setAsking')).toEqual([[{ on_add: false, recheck: 'off' }]]);
  await waitFor(() => expect(onstatus.mock.calls[0]?.[0].asking).toEqual({ on_add: false, recheck: 'off' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Check keys again' }), 'Every Month');
  expect(callsOf(backend, 'setAsking').at(-1)).toEqual([{ on_add: true, recheck: 'monthly' }]);
  expect(backend.log.map(({ deed }) => deed.what)).toEqual(['asking_changed', 'asking_changed']);
});

test('what could not be saved is said, and the controls show what is true', async () => {
  const { backend, user, onfailure, onstatus } = await settings();
  backend.failNext('setAsking', { code: 'disk_full' });
  await user.click(screen.getByRole('switch', { name: 'Check keys when they are added' }));
  await waitFor(() => expect(onfailure).toHaveBeenCalledWith({ code: 'disk_full' }));
  expect(screen.getByRole<HTMLInputElement>('switch').checked).toBe(true);
  backend.failNext('setAsking', { code: 'disk_full' });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Check keys again' }), 'Every Week');
  await waitFor(() => expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Check keys again' }).value).toBe('off'));
  expect(onstatus).not.toHaveBeenCalled();
});

test('the next check is told from the oldest answer; keys that were never checked wait for the user', async () => {
  const { keys } = await fakeBackend({ keys: 3, apple: 'checked' }).keys();
  const now = Date.UTC(2026, 10, 23, 14, 12);
  expect(nextWords('weekly', keys, now)).toBe('Next on 30 Nov 2026.');
  expect(nextWords('weekly', keys, now + 8 * 86_400_000)).toBe('The next check is due within the hour.');
  expect(nextWords('off', keys, now)).toBe('');
  expect(nextWords('weekly', (await fakeBackend({ keys: 3 }).keys()).keys, now)).toBe('');
});

test('a vendor number is saved without its blanks, and taken away again', async () => {
  const { backend, user } = await settings();
  expect(vendor().getAttribute('aria-describedby')).toBe('settings-vendor');
  await user.type(vendor(), ' 8512 3456 {Enter}');
  expect(callsOf(backend, 'issuerSetVendor')).toEqual([[ISSUER_ID, '85123456']]);
  expect(await screen.findByText(/Vendor number saved/)).toBeTruthy();
  expect(vendor().value).toBe('85123456');
  await user.clear(vendor());
  await user.tab();
  expect(callsOf(backend, 'issuerSetVendor').at(-1)).toEqual([ISSUER_ID, '']);
  expect(await screen.findByText(/Vendor number taken away/)).toBeTruthy();
});

test.each([
  ['12ab', 'A vendor number has only digits. Nothing was saved.'],
  ['123', 'A vendor number has 4 to 12 digits. Nothing was saved.'],
])('a vendor number like %s is refused in words and stays typed', async (typed, words) => {
  const { backend, user } = await settings();
  await user.type(vendor(), `${typed}{Enter}`);
  expect((await screen.findByRole('alert')).textContent).toBe(words);
  expect(callsOf(backend, 'issuerSetVendor')).toEqual([]);
  expect(vendor().value).toBe(typed);
  await expectAccessible();
  await user.keyboard('{Escape}');
  expect(vendor().value).toBe('');
  expect(screen.queryByRole('alert')).toBeNull();
});
