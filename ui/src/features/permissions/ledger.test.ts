import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { ColumnRef, LedgerSummary } from '../../backend/bindings.gen';
import { fakeBackend } from '../../backend/fake';
import { keyRef } from '../../backend/fake/sample';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { Library } from '../keys/library.svelte';
import { Comparison, counterpart } from './comparison.svelte';
import { ledgerSheet } from './ledgerSheet';
import { summaryWords } from './words';

const user = userEvent.setup();
async function openLedger(options = {}) {
  const backend = await openWindow(options);
  const grid = await screen.findByRole('grid');
  return { backend, grid, cell: (name: RegExp) => within(grid).getByRole('button', { name }) };
}

describe('the ledger', () => {
  it('sets a key beside the other kind with the same role, and says so in a sentence', async () => {
    const { backend, grid } = await openLedger();
    expect(callsOf(backend, 'ledger').at(-1)).toEqual([[{ type: 'key', id: keyRef(1) }, { type: 'hypothetical', kind: 'individual', roles: ['APP_MANAGER'] }], 'combined']);
    expect(within(grid).getAllByRole('columnheader')).toHaveLength(2);
    expect(within(grid).getByRole('columnheader', { name: /Individual · App Manager.*if you made one/ })).toBeTruthy();
    expect(grid.textContent).toContain('Neither reaches further. Same in 6, unclear in 5.');
  });

  it('has 11 areas in two zones, and a wall where Individual keys end', async () => {
    const { grid } = await openLedger();
    expect(grid.querySelectorAll('tr[data-area]')).toHaveLength(11);
    expect(within(grid).getByText('Either key type')).toBeTruthy();
    expect(within(grid).getByText('Team keys only')).toBeTruthy();
    expect(within(grid).getByText('Excluded by Apple’s guide')).toBeTruthy();
    expect(grid.querySelectorAll('td.wall')).toHaveLength(3);
  });

  it('names every cell by area, column, level and what it rests on', async () => {
    const { cell } = await openLedger();
    expect(cell(/^Sales reports, Individual · App Manager: Never\. Documented by Apple$/)).toBeTruthy();
    expect(cell(/^Analytics reports, Individual · App Manager: Unclear\. Not documented$/)).toBeTruthy();
    expect(cell(/^Notarization, Individual · App Manager: Disputed\. Sources disagree$/)).toBeTruthy();
  });

  it('says that nothing was tested, in what the table is, and never a percentage', async () => {
    await openLedger();
    expect(screen.getByText(/Apple’s role table, Oct 2026/)).toBeTruthy();
    expect(screen.getByText(/Nothing here was tested with Apple yet\./)).toBeTruthy();
    expect(screen.getByRole('main').textContent).not.toContain('%');
  });

  it('follows the role at once', async () => {
    const { backend } = await openLedger();
    await user.click(screen.getByRole('option', { name: /^Store copy sync/ }));
    await user.click(await screen.findByRole('button', { name: 'Developer' }));
    await vi.waitFor(() => expect(screen.queryByText('Which role has this key?')).toBeNull());
    expect(callsOf(backend, 'keyUpdate').at(-1)).toMatchObject([{ patch: { roles: ['DEVELOPER'] } }]);
    expect(await screen.findByRole('button', { name: /^Builds & TestFlight, Store copy sync: Limited – Upload, view/ })).toBeTruthy();
  });

  it('shows only what differs, and what the difference is', async () => {
    const { grid } = await openLedger();
    await user.click(screen.getByRole('checkbox', { name: /Only differences/ }));
    const areas = [...grid.querySelectorAll('tr[data-area]')].map((row) => row.getAttribute('data-area'));
    expect(areas).toEqual(['sales', 'finance', 'analytics', 'provisioning', 'notary']);
    expect(within(grid).getAllByRole('rowheader').map((head) => head.textContent)).toEqual(expect.arrayContaining(['Sales reports', 'Notarization']));
    expect([...grid.querySelectorAll('tr.zone th')].map((head) => head.textContent?.trim())).toEqual(['Same effect, another reason', 'Not settled']);
  });

  it('compares with another key from the menu', async () => {
    const { grid } = await openLedger();
    await user.click(screen.getByRole('button', { name: /^Compare/ }));
    await user.click(await screen.findByRole('menuitemradio', { name: /^Mina Okafor/ }));
    expect(await within(grid).findByText('Mina Okafor — MacBook Pro')).toBeTruthy();
    expect(grid.textContent).toMatch(/CI Release reaches further in \d areas/);
  });

  it('has no accessibility violation with every level on screen', async () => {
    await openLedger();
    await user.click(screen.getByRole('option', { name: /^Priya/ }));
    await expectAccessible();
  });
});

describe('why', () => {
  it('opens on a press, takes the focus, and Esc gives it back', async () => {
    const { cell } = await openLedger();
    const notary = cell(/^Notarization, Individual/);
    await user.click(notary);
    const why = screen.getByRole('dialog', { name: /Notarization/ });
    expect(document.activeElement).toBe(why);
    expect(why.textContent).toContain('Sources contradict each other.');
    expect(why.textContent).toContain('Submit to the notary service');
    await expectAccessible();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(notary);
  });

  it('opens a source in the browser through the core', async () => {
    const { backend, cell } = await openLedger();
    await user.click(cell(/^Sales reports, Individual/));
    await user.click(screen.getByRole('button', { name: /Creating API keys, Oct 2026/ }));
    expect(callsOf(backend, 'openLink')).toEqual([[{ source: expect.stringContaining('https://developer.apple.com/') }]]);
  });

  it('opens after the pointer rests, stays while it is pointed at, and goes when it leaves', async () => {
    const { cell } = await openLedger();
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const patient = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    await patient.hover(cell(/^Notarization, CI Release/));
    vi.advanceTimersByTime(200);
    expect(screen.queryByRole('dialog')).toBeNull();
    vi.advanceTimersByTime(150);
    const why = await screen.findByRole('dialog', { name: /Notarization/ });
    await patient.hover(why);
    vi.advanceTimersByTime(1000);
    expect(screen.queryByRole('dialog')).not.toBeNull();
    await patient.unhover(why);
    vi.advanceTimersByTime(400);
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    vi.useRealTimers();
  });

  it('the grid is one Tab stop that the arrows walk', async () => {
    const { cell, grid } = await openLedger();
    const first = cell(/^Apps & metadata, CI Release/);
    first.focus();
    await user.keyboard('{ArrowRight}{ArrowDown}');
    expect(document.activeElement).toBe(cell(/^Builds & TestFlight, Individual/));
    await user.keyboard('{Control>}{End}{/Control}');
    expect(document.activeElement).toBe(cell(/^Notarization, Individual/));
    expect([...grid.querySelectorAll<HTMLElement>('[data-cell]')].filter((one) => one.tabIndex === 0)).toHaveLength(1);
  });
});

describe('why, with an answer of Apple', () => {
  async function openObserved() {
    const backend = await openWindow();
    const answer = await backend.ledger([{ type: 'key', id: keyRef(1) }, { type: 'key', id: keyRef(4) }]);
    const [cell] = answer.rows.find((row) => row.area === 'sales')?.cells ?? [];
    if (!cell) throw new Error('no cell');
    cell.read = { value: 'yes', basis: 'observed', reason: 'answered' };
    cell.level = 'view';
    cell.contradicted = true;
    cell.parts = cell.parts.map((part) => ({ ...part, value: 'yes', documented: 'no', basis: 'observed', observed: { outcome: 'allowed', at: Date.UTC(2026, 7, 14, 12) } }));
    backend.ledger = async () => answer;
    backend.emit({ event: 'keys_changed' });
    await user.click(screen.getByRole('option', { name: /^fastlane/ }));
    return backend;
  }

  it('says that it differs from the table, in the cell and in the popover, with the day it was given', async () => {
    await openObserved();
    const cell = await screen.findByRole('button', { name: /^Sales reports, CI Release: .*Apple allowed it; the table says App Manager may not/ });
    await user.click(cell);
    const why = screen.getByRole('dialog', { name: /Sales reports/ });
    expect(why.textContent).toContain('Apple answered on 14 Aug 2026: allowed. The table says: No.');
    expect(why.textContent).toContain('Writes are never tested.');
    expect(why.textContent).not.toContain('Nothing here was tested');
    expect(document.querySelector('.legend')?.textContent).toContain('Observed, 14 Aug 2026');
    await expectAccessible();
  });
});

describe('columns', () => {
  const heads = () => screen.getAllByRole('columnheader').map((head) => head.textContent?.replace(/\s+/g, ' ').trim().split(' ').slice(0, 2).join(' '));
  const lastColumns = (backend: Awaited<ReturnType<typeof openWindow>>) => callsOf(backend, 'ledger').at(-1)?.[0];
  const press = async (...names: RegExp[]) => {
    await user.keyboard('{Control>}');
    for (const name of names) await user.click(screen.getByRole('option', { name }));
    await user.keyboard('{/Control}');
  };

  it('grow to four with Ctrl and a click, the list marks them, and another click takes one away', async () => {
    const { backend } = await openLedger();
    await press(/^Mina/, /^fastlane/, /^Sales/);
    await vi.waitFor(() => expect(lastColumns(backend)).toEqual([1, 9, 4, 5].map((seed) => ({ type: 'key', id: keyRef(seed) }))));
    await vi.waitFor(() => expect(heads()).toHaveLength(4));
    expect(screen.getAllByText('Shown beside the selected key')).toHaveLength(3);
    await press(/^fastlane/);
    await vi.waitFor(() => expect(lastColumns(backend)).toEqual([1, 9, 5].map((seed) => ({ type: 'key', id: keyRef(seed) }))));
    await press(/^Mina/, /^Sales/);
    await vi.waitFor(() => expect(lastColumns(backend)).toEqual([{ type: 'key', id: keyRef(1) }, { type: 'hypothetical', kind: 'individual', roles: ['APP_MANAGER'] }]));
  });

  it('are added with +, up to four, and what stands already cannot be chosen again', async () => {
    const { backend } = await openLedger();
    const plus = screen.getByRole('button', { name: 'Add Column' });
    await user.click(plus);
    await user.click(await screen.findByRole('menuitem', { name: /^Mina/ }));
    await user.click(plus);
    expect((await screen.findByRole('menuitem', { name: /^Mina/ })).getAttribute('aria-disabled')).toBe('true');
    await user.click(screen.getByRole('menuitem', { name: /^fastlane/ }));
    await vi.waitFor(() => expect(lastColumns(backend)).toHaveLength(4));
    expect(plus.getAttribute('aria-disabled')).toBe('true');
    await user.click(plus);
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('change by their own menu and go by their own button', async () => {
    const { backend } = await openLedger();
    await press(/^Mina/, /^fastlane/);
    await user.click(await screen.findByRole('button', { name: /^Change column fastlane/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Team key' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Marketing' }));
    await vi.waitFor(() => expect(lastColumns(backend)).toEqual([{ type: 'key', id: keyRef(1) }, { type: 'key', id: keyRef(9) }, { type: 'hypothetical', kind: 'team', roles: ['MARKETING'] }]));
    await user.click(await screen.findByRole('button', { name: /^Remove column Mina/ }));
    await vi.waitFor(() => expect(lastColumns(backend)).toHaveLength(2));
    expect(screen.queryByRole('button', { name: /^Remove column/ })).toBeNull();
  });

  it('say in one sentence who alone reaches as far', async () => {
    await openLedger();
    await press(/^Mina/, /^fastlane/);
    expect(await screen.findByText(/reaches as far in 2 areas/)).toBeTruthy();
    expect(screen.getByRole('main').textContent).toMatch(/Only fastlane \(old Mac mini\) reaches as far in 2 areas\. Some reach further than others in 3\. Same in 1, unclear in 5\./);
  });

  it('are walked with the arrows, all four, and End goes to the last', async () => {
    const { cell } = await openLedger();
    await press(/^Mina/, /^fastlane/, /^Sales/);
    const first = await screen.findByRole('button', { name: /^Apps & metadata, Sales/ }).then(() => cell(/^Apps & metadata, CI Release/));
    first.focus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(document.activeElement).toBe(cell(/^Apps & metadata, fastlane/));
    await user.keyboard('{End}{ArrowDown}');
    expect(document.activeElement).toBe(cell(/^Builds & TestFlight, Sales/));
  });

  it('have no accessibility violation with four of them', async () => {
    await openLedger();
    await press(/^Mina/, /^fastlane/, /^Sales/);
    await vi.waitFor(() => expect(heads()).toHaveLength(4));
    await expectAccessible();
  });

  it('are asked for with Ctrl+D, from the details too', async () => {
    await openLedger();
    await user.click(screen.getByRole('tab', { name: 'Details' }));
    await user.keyboard('{Control>}d{/Control}');
    expect(await screen.findByRole('menu', { name: 'Compare with' })).toBeTruthy();
    expect(screen.getByRole('grid')).toBeTruthy();
  });

  it('leave the window as they stand', async () => {
    const { backend } = await openLedger();
    await press(/^Mina/, /^fastlane/);
    await screen.findByRole('button', { name: /^Finance reports, fastlane/ });
    const view = await backend.ledger([1, 9, 4].map((seed) => ({ type: 'key', id: keyRef(seed) })));
    const sheet = ledgerSheet(view, false, 'combined');
    expect(sheet.columns.map(({ label }) => label)).toEqual(['CI Release', 'Mina Okafor — MacBook Pro', 'fastlane (old Mac mini)']);
    expect(sheet.groups.map(({ rows }) => rows.length)).toEqual([7, 4]);
    expect(sheet.subtitle).toContain('Only fastlane (old Mac mini) reaches as far');
  });
});

describe('what stands beside', () => {
  const column = (seed: number): ColumnRef => ({ type: 'key', id: keyRef(seed) });
  /** A library and its comparison, the first key selected. */
  async function begin() {
    const backend = fakeBackend();
    const library = new Library(backend, vi.fn());
    await library.reload();
    library.select(keyRef(1));
    return { backend, library, compared: new Comparison(backend, vi.fn(), library) };
  }

  it('passes over what has vanished, and what is selected itself, and takes it back when it returns', async () => {
    const { backend, library, compared } = await begin();
    compared.toggle(keyRef(2));
    compared.toggle(keyRef(3));
    await backend.keyRemove({ id: keyRef(2), accept_loss: true });
    await library.reload();
    expect(compared.beside).toEqual([column(3)]);
    await backend.keyRestore(keyRef(2));
    await library.reload();
    library.select(keyRef(3));
    expect(compared.beside).toEqual([column(2)]);
    library.select(keyRef(1));
    expect(compared.beside).toEqual([column(2), column(3)]);
  });

  it('makes room for a fifth key by letting the last one go', async () => {
    const { compared } = await begin();
    for (const seed of [2, 3, 4, 5]) compared.toggle(keyRef(seed));
    expect(compared.beside).toEqual([column(2), column(3), column(5)]);
  });

  it('lets two columns change places', async () => {
    const { compared } = await begin();
    for (const seed of [2, 3]) compared.toggle(keyRef(seed));
    compared.set(1, column(3));
    expect(compared.beside).toEqual([column(3), column(2)]);
  });
});

describe('the sentence', () => {
  const said = (summary: Partial<LedgerSummary>, names: string[]) =>
    summaryWords({ alone: names.map(() => 0), same: 0, differ: 0, unsettled: 0, ...summary }, names).map(({ text }) => text).join('');

  it.each([
    [{ alone: [5, 0], same: 4, unsettled: 2 }, 2, 'A reaches further in 5 areas. Same in 4, unclear in 2.'],
    [{ alone: [1, 3], same: 7 }, 2, 'A reaches further in 1 area. B in 3. Same in 7.'],
    [{ alone: [3, 1, 0], same: 5, unsettled: 2 }, 3, 'Only A reaches as far in 3 areas, only B in 1. Same in 5, unclear in 2.'],
    [{ alone: [0, 0, 1, 0], differ: 2, same: 8 }, 4, 'Only C reaches as far in 1 area. Some reach further than others in 2. Same in 8.'],
    [{ differ: 3, same: 8 }, 3, 'Some reach further than others in 3 areas. Same in 8.'],
    [{ same: 11 }, 3, 'None reaches further. Same in 11.'],
    [{ unsettled: 11 }, 3, 'Unclear in all 11 areas.'],
  ])('%j of %i columns', (summary, count, words) => {
    expect(said(summary, ['A', 'B', 'C', 'D'].slice(0, count))).toBe(words);
  });

  it('sets the names apart, whatever is in them', () => {
    expect(summaryWords({ alone: [2, 0, 0], same: 9, differ: 0, unsettled: 0 }, ['{name} $& only', 'B', 'C']).filter(({ strong }) => strong)).toEqual([{ text: '{name} $& only', strong: true }]);
  });
});

describe('the counterpart', () => {
  it('of an Account Holder’s own key is an Admin Team key: no Team key has that role', () => {
    expect(counterpart({ kind: 'individual', roles: ['ACCOUNT_HOLDER'] } as never)).toEqual({ type: 'hypothetical', kind: 'team', roles: ['ADMIN'] });
  });
});
