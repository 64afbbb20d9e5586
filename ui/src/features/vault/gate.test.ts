import { readFileSync } from 'node:fs';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FAKE_PASSPHRASE, fakeBackend } from '../../backend/fake';
import type { AppStatus, Platform, VaultStatus } from '../../backend/bindings.gen';
import { expectAccessible } from '../../testing/axe';
import VaultGate from './VaultGate.svelte';

afterEach(cleanup);

async function gate(vault: VaultStatus, platform: Platform = 'linux') {
  const backend = fakeBackend({ state: vault.state, platform });
  const status: AppStatus = { ...(await backend.status()), vault };
  const onstatus = vi.fn();
  const { rerender } = render(VaultGate, { backend, status, onstatus });
  return { backend, onstatus, rerender, status, user: userEvent.setup() };
}

describe('first start without a keyring', () => {
  const setup: VaultStatus = { state: 'needs_setup', trouble: 'no_service' };

  test('says which trouble, in the words of the system, and starts in the passphrase field', async () => {
    await gate(setup, 'windows');
    expect(screen.getByText('Credential Manager isn’t available')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Passphrase'));
    await expectAccessible();
  });

  test('a passphrase counts once it is long enough and typed twice', async () => {
    const { backend, user, onstatus } = await gate(setup);
    const go = screen.getByRole<HTMLButtonElement>('button', { name: 'Seal and Continue' });
    await user.type(screen.getByLabelText('Passphrase'), 'harbor');
    expect(screen.getByText('6 more characters')).toBeTruthy();
    await user.type(screen.getByLabelText('Passphrase'), ' velvet oxide');
    await user.type(screen.getByLabelText('Type it again'), 'harbor velvet oxidE');
    await user.tab();
    expect(screen.getByText('The two don’t match yet.')).toBeTruthy();
    expect(go.disabled).toBe(true);
    await user.clear(screen.getByLabelText('Type it again'));
    await user.type(screen.getByLabelText('Type it again'), 'harbor velvet oxide{Enter}');
    expect(backend.calls).toContainEqual(['vaultCreate', ['harbor velvet oxide']]);
    expect(onstatus.mock.calls[0]?.[0].vault.state).toBe('open');
  });

  test('repetition is called out', async () => {
    const { user } = await gate(setup);
    await user.type(screen.getByLabelText('Passphrase'), 'aaaaaaaaaaaaaaa');
    expect(screen.getByText(/easy to guess/)).toBeTruthy();
  });

  test('the keyring can be tried again', async () => {
    const { backend, user, onstatus } = await gate(setup);
    backend.failNext('vaultUnlock', { code: 'keyring', trouble: 'no_collection' });
    await user.click(screen.getByRole('button', { name: 'Try Again' }));
    expect(await screen.findByText('The keyring has not been set up yet')).toBeTruthy();
    expect(onstatus).not.toHaveBeenCalled();
  });

  test('says that nobody can bring back a forgotten passphrase', async () => {
    await gate(setup);
    expect(screen.getByText(/nobody can bring the sealed keys back/)).toBeTruthy();
  });
});

describe('locked', () => {
  const locked: VaultStatus = { state: 'locked', slots: ['os', 'passphrase'], reason: 'user', trouble: null };

  test('the passphrase opens it: type, Return', async () => {
    const { user, onstatus } = await gate(locked);
    await expectAccessible();
    await user.keyboard(`${FAKE_PASSPHRASE}{Enter}`);
    expect(onstatus.mock.calls[0]?.[0].vault.state).toBe('open');
  });

  test('a wrong passphrase says so and is ready to be typed over', async () => {
    const { user, onstatus } = await gate(locked);
    await user.keyboard('not the one{Enter}');
    expect(screen.getByRole('alert').textContent).toContain('That passphrase doesn’t match');
    const field = screen.getByLabelText<HTMLInputElement>('Passphrase');
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, 11]);
    expect(onstatus).not.toHaveBeenCalled();
  });

  test('the keyring opens it with one button', async () => {
    const { backend, user } = await gate({ ...locked, slots: ['os'] }, 'macos');
    expect(screen.queryByLabelText('Passphrase')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Unlock with Keychain' }));
    expect(backend.calls).toContainEqual(['vaultUnlock', [null]]);
  });

  test('a keyring that lost its entry is explained, and that nothing was deleted', async () => {
    await gate({ ...locked, trouble: 'entry_missing' });
    expect(screen.getByText('Keyfolio’s entry is gone from the keyring')).toBeTruthy();
    expect(screen.getByText(/nothing was deleted/)).toBeTruthy();
    await expectAccessible();
  });
});

describe('damaged', () => {
  const older = { name: 'a', taken_at: Date.UTC(2026, 8, 28), keys: 11 };
  const newer = { name: 'b', taken_at: Date.UTC(2026, 9, 1), keys: 12 };

  test('offers the newest snapshot first and keeps the damaged file', async () => {
    const { backend, user } = await gate({ state: 'damaged', snapshots: [older, newer] });
    await expectAccessible();
    expect(screen.getByText(/damaged file is kept/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Restore This Snapshot' }));
    expect(backend.calls).toContainEqual(['vaultRestoreSnapshot', ['b']]);
  });

  test('another snapshot can be chosen', async () => {
    const { backend, user } = await gate({ state: 'damaged', snapshots: [older, newer] });
    await user.click(screen.getByRole('radio', { name: /11 keys/ }));
    await user.click(screen.getByRole('button', { name: 'Restore This Snapshot' }));
    expect(backend.calls).toContainEqual(['vaultRestoreSnapshot', ['a']]);
  });

  test('without a snapshot it says so and offers to look again', async () => {
    await gate({ state: 'damaged', snapshots: [] });
    expect(screen.getByText('There is no snapshot to go back to.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try Again' })).toBeTruthy();
    await expectAccessible();
  });
});

test('a file of a newer version is left alone', async () => {
  await gate({ state: 'too_new', found: 7, known: 1 });
  expect(screen.getByText('A newer Keyfolio sealed these keys')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
  await expectAccessible();
});

test('an unreachable data folder can be tried again', async () => {
  const { backend, user } = await gate({ state: 'unreachable' });
  await expectAccessible();
  await user.click(screen.getByRole('button', { name: 'Try Again' }));
  expect(backend.calls).toContainEqual(['vaultUnlock', [null]]);
});

test('while the keyring is asked, nothing is said until the wait could be noticed', async () => {
  vi.useFakeTimers();
  try {
    await gate({ state: 'opening' });
    expect(screen.queryByRole('heading')).toBeNull();
    await vi.advanceTimersByTimeAsync(400);
    expect(screen.getByRole('heading', { name: 'Waiting for the keyring…' })).toBeTruthy();
  } finally {
    vi.useRealTimers();
  }
});

test('the icon on the gate is the application’s own', () => {
  expect(readFileSync('public/icon.svg', 'utf8')).toBe(readFileSync('../icons/icon.svg', 'utf8'));
});
