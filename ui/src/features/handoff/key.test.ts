import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { FakeBackend, FakeOptions } from '../../backend/fake';
import { keyRef } from '../../backend/fake/sample';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';

const user = userEvent.setup();
const panel = () => screen.findByRole('tabpanel', { name: /^Hand-off/ });
const places = () => screen.findByRole('list', { name: 'Places that stop working' });

async function opened(options: FakeOptions = {}): Promise<FakeBackend> {
  const backend = await openWindow(options);
  await user.click(await screen.findByRole('tab', { name: /^Hand-off/ }));
  await panel();
  return backend;
}

describe('where a key has gone', () => {
  it('is counted in its facts, which lead to the places that stop working without it', async () => {
    await openWindow();
    await user.click(await screen.findByRole('button', { name: '2 places' }));
    expect(document.activeElement).toBe(await panel());
    const lines = within(await places()).getAllByRole('listitem');
    expect(lines.map((line) => line.textContent)).toEqual([expect.stringContaining('GitHub, tideline/fernweh-ios'), expect.stringContaining('Bitrise, Tideline iOS')]);
    expect(lines[0]?.textContent).toContain('Upload builds');
    await expectAccessible();
  });

  it('keeps receipts of places the key has left, which no longer break', async () => {
    const backend = await opened();
    const receipts = await screen.findByRole('list', { name: 'Where it has gone' });
    expect(within(receipts).getAllByRole('listitem')).toHaveLength(3);
    await user.click(within(receipts).getByRole('button', { name: /GitHub, tideline/ }));
    await user.click(within(receipts).getByRole('button', { name: 'It Is No Longer There' }));
    await vi.waitFor(async () => expect(within(await places()).getAllByRole('listitem')).toHaveLength(1));
    expect(callsOf(backend, 'receiptChange')).toHaveLength(1);
    expect(screen.getByRole('tab', { name: 'Hand-off (1)' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(async () => expect(within(await places()).getAllByRole('listitem')).toHaveLength(2));
  });

  it('is empty for a key without receipts, and offers to hand it off or to note a place', async () => {
    const backend = await opened({ receipts: false });
    expect(await screen.findByText('No receipt of this key')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Note a Place…' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox', { name: 'Where is it?' }), 'Mac mini');
    await user.click(within(dialog).getByRole('button', { name: 'Note It' }));
    expect((await places()).textContent).toContain('Mac mini');
    expect(callsOf(backend, 'receiptNote')).toEqual([[expect.objectContaining({ key: keyRef(1), destination: 'Mac mini' })]]);
  });

  it('leads on to the recipes', async () => {
    await opened({ receipts: false });
    await user.click(await screen.findByRole('button', { name: 'Hand Off…' }));
    expect(await screen.findByRole('listbox', { name: 'Recipes' })).toBeTruthy();
  });

  it('says that it could not be read, and reads it again', async () => {
    const backend = await openWindow();
    const uses = vi.spyOn(backend, 'uses').mockRejectedValueOnce({ code: 'vault_io' });
    await user.click(await screen.findByRole('tab', { name: /^Hand-off/ }));
    expect(await screen.findByText(/Where this key went could not be read/)).toBeTruthy();
    uses.mockRestore();
    await user.click(screen.getByRole('button', { name: 'Try Again' }));
    expect(await places()).toBeTruthy();
  });
});

describe('what less would do', () => {
  it('is a smaller key that covers both places, and those of mine that are', async () => {
    const backend = await openWindow();
    vi.spyOn(backend, 'uses').mockImplementation(async () => {
      const [at, jobs] = [0, ['upload_builds' as const]];
      const breaks = ['One', 'Two'].map((destination) => ({ tool: 'altool' as const, destination, at, jobs }));
      const receipts = (await backend.receipts({ key: null, tool: null })).slice(0, 2);
      return { receipts, breaks, jobs, open: false, smaller: { has: 'ADMIN', role: 'DEVELOPER', keys: [keyRef(3)] } };
    });
    await user.click(await screen.findByRole('tab', { name: /^Hand-off/ }));
    expect(await screen.findByText('A Developer key would cover both')).toBeTruthy();
    expect(screen.getByText(/This one has the role Admin\. As documented, all that these need is: Upload builds/)).toBeTruthy();
    await user.click(within(await panel()).getByRole('button', { name: /Notarize/ }));
    expect(screen.getByRole('heading', { level: 2 }).textContent).toContain('Notarize');
  });
});

describe('a token of the key on screen', () => {
  it('is copied by its button and by the shortcut, and its countdown follows to other pages until it is cleared', async () => {
    const backend = await openWindow();
    await user.click(await screen.findByRole('button', { name: 'Copy Token' }));
    expect(await screen.findByRole('group', { name: 'Clipboard' })).toBeTruthy();
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
    await vi.waitFor(() => expect(callsOf(backend, 'tokenCopy')).toHaveLength(2));
    await user.keyboard('{Control>}{Shift>}t{/Shift}{/Control}');
    expect(await screen.findByRole('heading', { name: 'Claims' })).toBeTruthy();
    expect(screen.getAllByRole('group', { name: 'Clipboard' })).toHaveLength(1);
    await user.keyboard('{Control>}{Shift>}h{/Shift}{/Control}');
    expect(await screen.findByRole('listbox', { name: 'Recipes' })).toBeTruthy();
    await user.click((await screen.findAllByRole('button', { name: 'Clear Now' }))[0] ?? document.body);
    await vi.waitFor(() => expect(screen.queryByRole('group', { name: 'Clipboard' })).toBeNull());
    expect(callsOf(backend, 'clipboardClear')).toHaveLength(1);
  });

  it('goes from the screen as soon as the core says that the clipboard is clear', async () => {
    const backend = await openWindow();
    await user.click(await screen.findByRole('button', { name: 'Copy Token' }));
    await screen.findByRole('group', { name: 'Clipboard' });
    backend.emit({ event: 'clipboard_changed', clip: null });
    await vi.waitFor(() => expect(screen.queryByRole('group', { name: 'Clipboard' })).toBeNull());
  });

  it('is handed off by its shortcut, and pasting on the inspector judges instead of importing', async () => {
    const backend = await openWindow();
    await user.keyboard('{Control>}e{/Control}');
    expect(await screen.findByRole('listbox', { name: 'Recipes' })).toBeTruthy();
    await user.keyboard('{Control>}{Shift>}t{/Shift}{/Control}');
    await user.click(await screen.findByRole('radio', { name: 'Inspect' }));
    await screen.findByRole('button', { name: 'Paste Token' });
    await user.keyboard('{Control>}v{/Control}');
    await vi.waitFor(() => expect(callsOf(backend, 'inspectPaste')).toHaveLength(1));
    expect(callsOf(backend, 'importPaste')).toHaveLength(0);
  });
});

describe('an endpoint', () => {
  it('that reads leads to a token for it', async () => {
    await openWindow({ page: 'endpoints' });
    const search = await screen.findByRole('textbox', { name: 'Search operations' });
    await user.type(search, 'GET /v1/apps');
    const make = await screen.findByRole('button', { name: 'Make a Token for This' });
    await user.click(make);
    expect(await screen.findByRole('heading', { name: 'Claims' })).toBeTruthy();
  });
});

describe('removing the only copy', () => {
  it('names the places that keep working, and afterwards counts them', async () => {
    const backend = await openWindow({ onlyCopies: [keyRef(1)] });
    await user.click(screen.getByRole('option', { selected: true }));
    await user.keyboard('{Delete}');
    const alert = await screen.findByRole('alertdialog');
    expect(within(alert).getByRole('list', { name: 'Places it was handed to' }).textContent).toContain('GitHub, tideline/fernweh-ios');
    expect(alert.textContent).toContain('2 places, which keep working');
    await user.click(within(alert).getByRole('button', { name: 'Remove Key' }));
    expect(await screen.findByText(/2 places it was handed to keep working/)).toBeTruthy();
    expect(callsOf(backend, 'keyRemove')).toHaveLength(1);
  });
});
