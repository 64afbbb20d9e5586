import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { keyRef } from '../../backend/fake/sample';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';

const user = userEvent.setup();
async function openPalette(options = {}) {
  const backend = await openWindow(options);
  await user.keyboard('{Control>}k{/Control}');
  const dialog = await screen.findByRole('dialog', { name: 'Search everything' });
  return { backend, dialog, options: () => within(dialog).getAllByRole('option').map((option) => option.textContent?.replace(/\s+/g, ' ').trim()) };
}

describe('the palette', () => {
  it('answers "which keys can" in four steps: Ctrl+K, words, Return', async () => {
    await openPalette();
    await user.keyboard('finance rep{Enter}');
    expect(screen.queryByRole('dialog', { name: 'Search everything' })).toBeNull();
    expect(await screen.findByRole('main', { name: 'Permissions' })).toBeTruthy();
  });

  it('says how many keys reach an area', async () => {
    const { dialog } = await openPalette();
    await user.keyboard('finance rep');
    expect(await within(dialog).findByText(/2 keys reach it/)).toBeTruthy();
  });

  it('finds a key by name, role, Key ID or tag, and opens it', async () => {
    const { options } = await openPalette();
    for (const query of ['ci rel', '7gx4', 'app manager team', '#release']) {
      await user.clear(screen.getByRole('combobox'));
      await user.type(screen.getByRole('combobox'), query);
      expect(options().some((option) => option?.startsWith('CI Release'))).toBe(true);
    }
    await user.keyboard('{Enter}');
    expect(screen.getByRole('heading', { level: 2 }).textContent).toContain('CI Release');
  });

  it('opens the Advisor on a job and the Endpoints on a path', async () => {
    await openPalette();
    await user.keyboard('finance rep');
    const group = await screen.findByRole('group', { name: 'Which key for …?' });
    expect(group).toBeTruthy();
    await user.keyboard('{Escape}{Control>}k{/Control}beta groups');
    const endpoints = await screen.findByRole('group', { name: 'Endpoints' });
    const [first] = within(endpoints).getAllByRole('option');
    expect(first?.textContent).toContain('GET /v1/betaGroups');
    if (first) await user.click(first);
    expect(await screen.findByRole('main', { name: 'Endpoints' })).toBeTruthy();
  });

  it('with > lists actions only, with their shortcuts, and does them', async () => {
    const { dialog, options } = await openPalette();
    await user.type(screen.getByRole('combobox'), '>settings');
    expect(options()[0]).toMatch(/^Settings ?, ?Ctrl\+,$/);
    expect(options().slice(1).filter((option) => !/ ?, ?Settings$/.test(option ?? ''))).toEqual([]);
    expect(within(dialog).queryByRole('group', { name: 'Keys' })).toBeNull();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy();
  });

  it('removes nothing without its own question', async () => {
    const { backend } = await openPalette({ onlyCopies: [keyRef(1)] });
    await user.type(screen.getByRole('combobox'), '>remove{Enter}');
    expect(await screen.findByRole('alertdialog')).toBeTruthy();
    expect(callsOf(backend, 'keyRemove')).toEqual([]);
  });

  it('goes to the Activity page, and to a row of the settings with the keyboard on it', async () => {
    await openPalette();
    await user.keyboard('activity{Enter}');
    expect(await screen.findByRole('main', { name: 'Activity' })).toBeTruthy();
    await user.keyboard('{Control>}k{/Control}check keys aga{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Check keys again' })));
    await user.keyboard('{Control>}k{/Control}vendor{Enter}');
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy();
  });

  it('begins with what was chosen last', async () => {
    await openPalette();
    await user.keyboard('jonas{Enter}{Control>}k{/Control}');
    const recent = await screen.findByRole('group', { name: 'Recent' });
    expect(within(recent).getByRole('option', { name: /^Jonas Weber/ })).toBeTruthy();
  });

  it('is walked with the arrows, round the ends, and names the active entry', async () => {
    const { options } = await openPalette();
    await user.keyboard('team');
    const field = screen.getByRole('combobox');
    const active = () => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent?.replace(/\s+/g, ' ').trim();
    expect(active()).toBe(options()[0]);
    await user.keyboard('{ArrowUp}');
    expect(active()).toBe(options().at(-1));
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(active()).toBe(options()[1]);
  });

  it('says when nothing matches, and shows hostile words as text', async () => {
    const { dialog } = await openPalette({ hostile: true });
    await user.type(screen.getByRole('combobox'), '<img');
    expect(within(dialog).getAllByRole('option', { name: /<img src=x/ })[0]).toBeTruthy();
    expect(dialog.querySelector('img')).toBeNull();
    await user.type(screen.getByRole('combobox'), ' no such thing');
    expect(within(dialog).getByText(/Nothing matches “/)).toBeTruthy();
  });

  it('gives the focus back when it is dismissed', async () => {
    await openWindow();
    screen.getByRole('option', { selected: true }).focus();
    await user.keyboard('{Control>}k{/Control}');
    await screen.findByRole('combobox');
    await user.keyboard('{Escape}');
    expect(document.activeElement?.getAttribute('role')).toBe('option');
  });

  it('has no accessibility violation', async () => {
    await openPalette();
    await user.keyboard('finance');
    await expectAccessible();
  });
});
