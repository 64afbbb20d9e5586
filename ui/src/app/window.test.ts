import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keyRef } from '../backend/fake/sample';
import { expectAccessible } from '../testing/axe';
import { callsOf, openWindow } from '../testing/window';

const option = (name: RegExp) => screen.getByRole('option', { name });
const selected = () => screen.getByRole('option', { selected: true });
const heading = () => screen.getByRole('heading', { level: 2 }).textContent;
const user = userEvent.setup();

describe('the window', () => {
  it('has no accessibility violation, with keys and without', async () => {
    await openWindow();
    await screen.findByRole('grid');
    await expectAccessible();
  });

  it('without keys offers the ways in instead of an empty list', async () => {
    await openWindow({ keys: 0 });
    expect(await screen.findByRole('button', { name: /Choose Files/ })).toBeTruthy();
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('tells the core once that it can be shown', async () => {
    const backend = await openWindow();
    await vi.waitFor(() => expect(callsOf(backend, 'ready')).toHaveLength(1));
    backend.emit({ event: 'keys_changed' });
    expect(callsOf(backend, 'ready')).toHaveLength(1);
  });

  it('with one key has no plural wrong', async () => {
    await openWindow({ keys: 1 });
    expect(screen.getByText('1 key')).toBeTruthy();
    expect(screen.getByText(/Team key here/)).toBeTruthy();
  });

  it('follows the system in words and looks', async () => {
    await openWindow({ platform: 'macos', appearance: 'dark' });
    expect(document.documentElement.className).toContain('os-macos');
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(screen.getByText('⌘F')).toBeTruthy();
  });

  it('shows what the core announces: a drop becomes a sheet, once', async () => {
    const backend = await openWindow();
    backend.emit({ event: 'drop_hover', preview: { keys: 2, others: 0, folders: 0, look_alikes: [] } });
    expect(await screen.findByText(/2 keys/)).toBeTruthy();
    const id = backend.drop(['AuthKey_D8F3LM6RQ1.p8']);
    expect(await screen.findByRole('dialog')).toBeTruthy();
    backend.emit({ event: 'import_changed', id, state: 'ready', done: 1, total: 1 });
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
  });

  it('opens as it was closed, as far as it knows what was up, and notes what it shows', async () => {
    const closed = { page: 'keys', shelf: 'individual', selected: keyRef(9), sidebar_hidden: true };
    const backend = await openWindow({ keptView: closed });
    expect(selected()).toBe(option(/^Mina/));
    expect(screen.queryByRole('navigation')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show sidebar' }));
    await user.click(screen.getByRole('button', { name: /^Advisor/ }));
    await vi.waitFor(() => expect(callsOf(backend, 'keepView').at(-1)).toEqual([{ ...closed, page: 'advisor', sidebar_hidden: false }]));
  });

  it('takes nothing strange from the last time', async () => {
    await openWindow({ keptView: { page: 'constructor', shelf: '__proto__', selected: 'nobody', sidebar_hidden: false } });
    expect(await screen.findByRole('heading', { name: 'All Keys' })).toBeTruthy();
    expect(selected()).toBe(option(/^CI Release/));
  });

  it('hides the keys when the vault is locked, whoever locked it', async () => {
    const backend = await openWindow();
    await backend.vaultLock();
    await vi.waitFor(() => expect(screen.queryByText('CI Release')).toBeNull());
    expect(document.body.textContent).not.toContain('7GX4KQ2M9L');
  });
});

describe('the list', () => {
  it('is one Tab stop that the arrows walk', async () => {
    await openWindow();
    selected().focus();
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(option(/^fastlane/));
    expect(heading()).toContain('fastlane');
    await user.keyboard('{End}');
    expect(document.activeElement).toBe(option(/^Priya/));
    expect(screen.getAllByRole('option').filter((row) => row.tabIndex === 0)).toHaveLength(1);
  });

  it('goes to a name by its first letter', async () => {
    await openWindow();
    selected().focus();
    await user.keyboard('p');
    expect(document.activeElement).toBe(option(/^Priya/));
  });

  it('draws fewer than 80 rows of 200 keys, and keeps the focused one', async () => {
    await openWindow({ keys: 200 });
    expect(screen.getAllByRole('option').length).toBeLessThan(80);
    selected().focus();
    await user.keyboard('{End}');
    expect(document.activeElement?.getAttribute('role')).toBe('option');
    expect(screen.getAllByRole('option').length).toBeLessThan(80);
  });

  it('says what is known about a key in the row’s name', async () => {
    await openWindow();
    expect(option(/CI Release.*Not checked.*App Manager.*7GX4KQ2M9L.*Documented reach/s)).toBeTruthy();
  });

  it('searches from Ctrl+F, goes down into the results, and says when nothing is found', async () => {
    await openWindow();
    await user.keyboard('{Control>}f{/Control}');
    await user.keyboard('weber');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(option(/^Jonas Weber/));
    await user.keyboard('{Control>}f{/Control}nothing like it');
    expect(screen.getByText('No key matches “nothing like it”')).toBeTruthy();
  });

  it('leaves Ctrl+F to a page with a search of its own, and comes from the others', async () => {
    await openWindow({ page: 'endpoints' });
    await user.keyboard('{Control>}f{/Control}');
    expect(document.activeElement?.getAttribute('inputmode')).toBe('search');
    await user.keyboard('{Control>}7{/Control}');
    await screen.findByRole('main', { name: 'Advisor' });
    await user.keyboard('{Control>}f{/Control}');
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('placeholder')).toBe('Search keys'));
  });

  it('puts a second key beside the first with Ctrl and a click', async () => {
    const backend = await openWindow();
    await user.keyboard('{Control>}');
    await user.click(option(/^Mina/));
    await user.keyboard('{/Control}');
    expect(heading()).toContain('CI Release');
    await vi.waitFor(() => expect(callsOf(backend, 'ledger').at(-1)).toEqual([[{ type: 'key', id: keyRef(1) }, { type: 'key', id: keyRef(9) }], 'combined']));
  });

  it('shows hostile names as text', async () => {
    await openWindow({ hostile: true });
    expect(option(/<img src=x/)).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
    expect(option(/invoice‹U\+202E›gpj\.8p/)).toBeTruthy();
    expect(screen.getAllByText('Two keys, one ID').length).toBeGreaterThan(0);
  });
});

describe('one key', () => {
  it('is renamed where its name stands, with F2, and the focus comes back', async () => {
    await openWindow();
    selected().focus();
    await user.keyboard('{F2}');
    await user.keyboard('Nightly{Enter}');
    await vi.waitFor(() => expect(heading()).toBe('Nightly'));
    await vi.waitFor(() => expect(document.activeElement).toBe(option(/^Nightly/)));
    await user.keyboard('{Control>}z{/Control}');
    await vi.waitFor(() => expect(heading()).toBe('CI Release'));
    expect(await screen.findByText('Undone: Rename of CI Release')).toBeTruthy();
  });

  it('Esc keeps the old name', async () => {
    const backend = await openWindow();
    selected().focus();
    await user.keyboard('{F2}Nope{Escape}');
    expect(heading()).toBe('CI Release');
    expect(callsOf(backend, 'keyUpdate')).toEqual([]);
  });

  it('an empty name is refused in words, and the field stays', async () => {
    await openWindow();
    selected().focus();
    await user.keyboard('{F2}');
    await user.clear(screen.getByRole('textbox', { name: 'Name' }));
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Name' })).toBeTruthy();
  });

  it('copies the Key ID and says so', async () => {
    const backend = await openWindow();
    await user.click(screen.getByRole('button', { name: 'Copy Key ID' }));
    expect(callsOf(backend, 'copy')).toEqual([[keyRef(1), 'key_id']]);
    expect(await screen.findByText('Key ID copied')).toBeTruthy();
  });

  it('takes notes and tags, and gives them back on undo', async () => {
    const backend = await openWindow();
    await user.click(screen.getByRole('tab', { name: 'Details' }));
    await expectAccessible();
    await user.type(screen.getByRole('textbox', { name: 'Add tag' }), 'audit{Enter}');
    expect(await screen.findByRole('button', { name: 'Remove tag audit' })).toBeTruthy();
    const notes = screen.getByRole('textbox', { name: 'Notes' });
    await user.clear(notes);
    await user.type(notes, 'Moved');
    selected().focus();
    await vi.waitFor(() => expect(callsOf(backend, 'keyUpdate').at(-1)).toMatchObject([{ patch: { notes: 'Moved' } }]));
    await user.keyboard('{Control>}z{/Control}');
    await vi.waitFor(() => expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Notes' }).value).toContain('release workflow'));
  });

  it('asks for the missing Issuer ID where it is missing', async () => {
    await openWindow();
    await user.click(option(/^Store copy sync/));
    await user.click(screen.getByRole('button', { name: 'Add…' }));
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Issuer ID' })));
  });
});

describe('removing', () => {
  beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
  afterEach(() => void vi.useRealTimers());
  const patient = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });

  async function removeSelected() {
    selected().focus();
    await patient.keyboard('{Delete}');
  }

  it('happens at once when a copy is known, and can be undone', async () => {
    const backend = await openWindow();
    await removeSelected();
    expect(await screen.findByText('Removed CI Release')).toBeTruthy();
    expect(screen.getByText('A copy is still at ~/Downloads/AuthKey_7GX4KQ2M9L.p8. 2 places it was handed to keep working.')).toBeTruthy();
    expect(screen.queryByRole('option', { name: /^CI Release/ })).toBeNull();
    await vi.waitFor(() => expect(document.activeElement).toBe(option(/^fastlane/)));
    await patient.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('option', { name: /^CI Release/, selected: true })).toBeTruthy();
    vi.advanceTimersByTime(30_000);
    expect(callsOf(backend, 'keyPurge')).toEqual([]);
  });

  it('destroys the secret only when the ten seconds are over', async () => {
    const backend = await openWindow();
    await removeSelected();
    await screen.findByText('Removed CI Release');
    vi.advanceTimersByTime(9_000);
    expect(callsOf(backend, 'keyPurge')).toEqual([]);
    vi.advanceTimersByTime(1_500);
    expect(callsOf(backend, 'keyPurge')).toEqual([[keyRef(1)]]);
    await vi.waitFor(() => expect(screen.queryByText('Removed CI Release')).toBeNull());
  });

  it('Ctrl+Z brings it back too, and takes the offer away', async () => {
    await openWindow();
    await removeSelected();
    await screen.findByText('Removed CI Release');
    await patient.keyboard('{Control>}z{/Control}');
    expect(await screen.findByRole('option', { name: /^CI Release/ })).toBeTruthy();
    expect(screen.queryByText('Removed CI Release')).toBeNull();
  });

  it('asks when this is the only copy, with Cancel as the default', async () => {
    const backend = await openWindow({ onlyCopies: [keyRef(1)] });
    await removeSelected();
    const alert = await screen.findByRole('alertdialog', { name: 'Remove the only copy of CI Release?' });
    expect(document.activeElement).toBe(within(alert).getByRole('button', { name: 'Cancel' }));
    await expectAccessible();
    await patient.keyboard('{Enter}');
    await vi.waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(callsOf(backend, 'keyRemove')).toEqual([]);
  });

  it('removes the only copy after the answer, still with a way back', async () => {
    const backend = await openWindow({ onlyCopies: [keyRef(1)] });
    await removeSelected();
    await patient.click(await screen.findByRole('button', { name: 'Remove Key' }));
    expect(await screen.findByText('Removed CI Release')).toBeTruthy();
    expect(callsOf(backend, 'keyRemove')).toEqual([[{ id: keyRef(1), accept_loss: true }]]);
  });
});

describe('the keyboard', () => {
  it('F6 walks the panes and lands on something useful', async () => {
    await openWindow();
    selected().focus();
    await user.keyboard('{F6}');
    expect(screen.getByRole('main').contains(document.activeElement)).toBe(true);
    await user.keyboard('{F6}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /^All Keys/ }));
    await user.keyboard('{F6}');
    expect(document.activeElement).toBe(selected());
    await user.keyboard('{Shift>}{F6}{/Shift}');
    expect(screen.getByRole('navigation').contains(document.activeElement)).toBe(true);
  });

  it('pastes a key, but leaves pasting in a text field alone', async () => {
    const backend = await openWindow();
    screen.getByRole('textbox', { name: 'Search keys' }).focus();
    await user.keyboard('{Control>}v{/Control}');
    expect(callsOf(backend, 'importPaste')).toEqual([]);
    selected().focus();
    await user.keyboard('{Control>}v{/Control}');
    expect(callsOf(backend, 'importPaste')).toHaveLength(1);
  });

  it('does nothing behind a dialog', async () => {
    const backend = await openWindow();
    backend.drop(['AuthKey_D8F3LM6RQ1.p8']);
    await screen.findByRole('dialog');
    await user.keyboard('{Control>}o{/Control}');
    expect(callsOf(backend, 'importPick')).toEqual([]);
  });

  it('Ctrl+comma opens the settings, a shelf leaves them', async () => {
    await openWindow();
    await user.keyboard('{Control>},{/Control}');
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy();
    await user.keyboard('{Control>}2{/Control}');
    expect(await screen.findByRole('listbox', { name: 'Team' })).toBeTruthy();
  });
});
