import { fireEvent, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BarItem, MenuBar } from '../backend/bindings.gen';
import type { FakeBackend } from '../backend/fake';
import { keyRef } from '../backend/fake/sample';
import { hasWords, isShortcut } from '../i18n';
import { callsOf, openWindow } from '../testing/window';
import { commandFor, PLACES } from './commands';
import { commandNamed, menuBar, type Situation } from './menu-bar';

const user = userEvent.setup();
const nothing: Situation = { free: true, typing: false, selected: null, canUndo: false, canRedo: false, sidebarShown: true, workbench: false };
type Item = Extract<BarItem, { type: 'command' }>;
const items = (bar: MenuBar): Item[] => bar.menus.flatMap((menu) => menu.items.filter((item) => item.type === 'command'));
const usable = (situation: Situation) => items(menuBar(situation)).flatMap(({ command, enabled }) => (enabled ? [command] : []));
const shown = (backend: FakeBackend) => callsOf(backend, 'menuBar').at(-1)?.[0] as MenuBar;
const item = (backend: FakeBackend, name: string) => items(shown(backend)).find(({ command }) => command === name);
const choose = (backend: FakeBackend, command: string) => backend.emit({ event: 'menu_chosen', command });

describe('the menu bar', () => {
  it('has a word for every title and item, and each item stands for a command', () => {
    const bar = menuBar(nothing);
    expect(bar.menus.map(({ title }) => title)).toEqual(['Keyfolio', 'File', 'Edit', 'View', 'Window', 'Help']);
    for (const menu of bar.menus) {
      for (const line of menu.items) {
        if (line.type === 'system') expect(hasWords('menu.system', line.act), line.act).toBe(true);
        if (line.type === 'command') expect(line.label, line.command).not.toBe(line.command);
      }
    }
    for (const { command } of items(bar)) expect(commandNamed(command)).toBe(command);
    expect(commandNamed('toString')).toBeNull();
  });

  it('shows for each item the keys that do the same in the window, and no two items have the same', () => {
    const pressed = items(menuBar(nothing)).flatMap((one) => (one.keys ? [{ ...one, keys: one.keys }] : []));
    for (const { command, keys } of pressed) {
      const press = new KeyboardEvent('keydown', { key: keys.key, metaKey: keys.main, ctrlKey: keys.control, altKey: keys.alt, shiftKey: keys.shift });
      expect(commandFor(press, 'macos'), command).toBe(command);
      expect(isShortcut(press, { key: keys.key, mod: true, ctrl: keys.control, alt: keys.alt, shift: keys.shift }, 'macos')).toBe(true);
    }
    const texts = pressed.map(({ keys }) => JSON.stringify(keys));
    expect(new Set(texts).size).toBe(texts.length);
    expect(pressed.map(({ command }) => command)).toEqual(expect.arrayContaining(['add_files', 'discover', 'find', 'palette', 'settings', 'sidebar', 'remove', 'undo', 'redo', ...PLACES]));
  });

  it('takes no bare key from text fields', () => {
    for (const { command, keys } of items(menuBar(nothing))) if (keys) expect(keys.main, command).toBe(true);
  });

  it('offers only what can be done', () => {
    expect(usable({ ...nothing, free: false })).toEqual(['zoom_reset', 'zoom_in', 'zoom_out', 'asc_integrations', 'asc_individual_keys', 'asc_users']);
    expect(usable(nothing)).not.toEqual(expect.arrayContaining(['rename']));
    expect(usable({ ...nothing, free: false, typing: true })).toEqual(expect.arrayContaining(['undo', 'redo']));
    expect(usable({ ...nothing, canUndo: true })).toEqual(expect.arrayContaining(['undo']));
    expect(usable({ ...nothing, canUndo: true })).not.toEqual(expect.arrayContaining(['redo']));
  });
});

describe('in a Mac’s window', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('the bar follows the selection, the page and what lies over the window, and is not sent in vain', async () => {
    const backend = await openWindow({ platform: 'macos' });
    await vi.waitFor(() => expect(item(backend, 'rename')?.enabled).toBe(true));
    expect(item(backend, 'copy_issuer_id')?.enabled).toBe(true);
    await user.click(screen.getByRole('option', { name: /^Mina/ }));
    await vi.waitFor(() => expect(item(backend, 'copy_issuer_id')?.enabled).toBe(false));
    await user.keyboard('{Meta>}6{/Meta}');
    await vi.waitFor(() => expect(item(backend, 'rename')?.enabled).toBe(false));
    await user.keyboard('{Meta>}1{/Meta}{Meta>}k{/Meta}');
    await vi.waitFor(() => expect(item(backend, 'find')?.enabled).toBe(false));
    await user.keyboard('{Escape}');
    await vi.waitFor(() => expect(item(backend, 'find')?.enabled).toBe(true));
    const sent = callsOf(backend, 'menuBar').map(([bar]) => JSON.stringify(bar));
    expect(sent.filter((bar, at) => bar === sent[at - 1])).toEqual([]);
  });

  it('is sent nowhere else', async () => {
    const backend = await openWindow({ platform: 'windows' });
    await user.keyboard('{Control>}k{/Control}');
    expect(callsOf(backend, 'menuBar')).toEqual([]);
  });

  it('an item does what its keys do', async () => {
    const backend = await openWindow({ platform: 'macos' });
    choose(backend, 'copy_key_id');
    expect(callsOf(backend, 'copy')).toEqual([[keyRef(1), 'key_id']]);
    choose(backend, 'permissions');
    await screen.findByRole('main', { name: 'Permissions' });
    choose(backend, 'zoom_in');
    expect(callsOf(backend, 'zoom')).toEqual([['in']]);
    choose(backend, 'asc_users');
    expect(callsOf(backend, 'openLink')).toEqual([[{ fixed: 'asc_users' }]]);
    choose(backend, 'settings');
    await screen.findByRole('heading', { name: 'Settings' });
    choose(backend, 'lock');
    await vi.waitFor(() => expect(callsOf(backend, 'vaultLock')).toHaveLength(1));
  });

  it('behind a dialog, and for names of nobody’s, does nothing', async () => {
    const backend = await openWindow({ platform: 'macos' });
    backend.drop();
    await screen.findByRole('dialog');
    for (const name of ['remove', 'settings', 'constructor', '']) choose(backend, name);
    expect(callsOf(backend, 'keyRemovalCheck')).toEqual([]);
    expect(screen.queryByRole('heading', { name: 'Settings' })).toBeNull();
  });

  it('Undo means the text where somebody writes, and the keys elsewhere', async () => {
    document.execCommand = vi.fn(() => true);
    const backend = await openWindow({ platform: 'macos' });
    await user.keyboard('{Meta>}f{/Meta}');
    await vi.waitFor(() => expect(item(backend, 'undo')?.enabled).toBe(true));
    choose(backend, 'undo');
    expect(document.execCommand).toHaveBeenCalledWith('undo');
    screen.getByRole('option', { selected: true }).focus();
    await vi.waitFor(() => expect(item(backend, 'undo')?.enabled).toBe(false));
    choose(backend, 'archive');
    await vi.waitFor(() => expect(item(backend, 'undo')?.enabled).toBe(true));
    choose(backend, 'undo');
    expect(await screen.findByText(/^Undone/)).toBeTruthy();
    expect(document.execCommand).toHaveBeenCalledTimes(1);
  });

  it('Paste takes a key in, but in a text field it is the field’s', async () => {
    const backend = await openWindow({ platform: 'macos' });
    await fireEvent.paste(screen.getByPlaceholderText('Search keys'));
    expect(callsOf(backend, 'importPaste')).toEqual([]);
    await fireEvent.paste(screen.getByRole('option', { selected: true }));
    expect(callsOf(backend, 'importPaste')).toHaveLength(1);
  });

  it('the bars along the upper edge move the window, their buttons do not', async () => {
    const backend = await openWindow({ platform: 'macos' });
    const title = screen.getByRole('heading', { level: 1 });
    await fireEvent.mouseDown(title, { button: 0, detail: 1 });
    expect(callsOf(backend, 'titleBar')).toEqual([['drag']]);
    await fireEvent.mouseDown(screen.getByRole('button', { name: 'Add keys' }), { button: 0, detail: 1 });
    await fireEvent.mouseDown(screen.getByRole('option', { selected: true }), { button: 0, detail: 1 });
    await fireEvent.mouseDown(title, { button: 2, detail: 1 });
    expect(callsOf(backend, 'titleBar')).toHaveLength(1);
    await fireEvent.mouseDown(title, { button: 0, detail: 2, clientX: 5 });
    await fireEvent.mouseUp(title, { button: 0, detail: 2, clientX: 5 });
    expect(callsOf(backend, 'titleBar').at(-1)).toEqual(['double_click']);
    await fireEvent.mouseDown(title, { button: 0, detail: 2, clientX: 5 });
    await fireEvent.mouseUp(title, { button: 0, detail: 2, clientX: 9 });
    expect(callsOf(backend, 'titleBar')).toHaveLength(2);
  });
});
