import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { keyRef } from '../../backend/fake/sample';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { counterpart } from './comparison.svelte';

const user = userEvent.setup();
async function openLedger(options = {}) {
  const backend = await openWindow(options);
  const grid = await screen.findByRole('grid');
  return { backend, grid, cell: (name: RegExp) => within(grid).getByRole('button', { name }) };
}

describe('the ledger', () => {
  it('sets a key beside the other kind with the same role, and says so in a sentence', async () => {
    const { backend, grid } = await openLedger();
    expect(callsOf(backend, 'ledger').at(-1)).toEqual([[{ type: 'key', id: keyRef(1) }, { type: 'hypothetical', kind: 'individual', roles: ['APP_MANAGER'] }]]);
    expect(within(grid).getAllByRole('columnheader')).toHaveLength(2);
    expect(within(grid).getByText('if you made one')).toBeTruthy();
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
    expect(await screen.findByRole('button', { name: /^Builds & TestFlight, Store copy sync: Upload, view/ })).toBeTruthy();
  });

  it('shows only what differs, and what the difference is', async () => {
    const { grid } = await openLedger();
    await user.click(screen.getByRole('checkbox', { name: /Only differences/ }));
    const areas = [...grid.querySelectorAll('tr[data-area]')].map((row) => row.getAttribute('data-area'));
    expect(areas).toEqual(['analytics', 'provisioning', 'sales', 'finance', 'notary']);
    expect(within(grid).getAllByText('Same effect')).toHaveLength(2);
    expect(within(grid).getAllByText('Not settled')).toHaveLength(3);
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

describe('the counterpart', () => {
  it('of an Account Holder’s own key is an Admin Team key: no Team key has that role', () => {
    expect(counterpart({ kind: 'individual', roles: ['ACCOUNT_HOLDER'] } as never)).toEqual({ type: 'hypothetical', kind: 'team', roles: ['ADMIN'] });
  });
});
