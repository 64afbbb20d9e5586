import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Access, CellView, GuardView, Reason } from '../../backend/bindings.gen';
import { keyRef } from '../../backend/fake/sample';
import { guardStateWords } from '../../i18n';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { toggled } from './guards';

const user = userEvent.setup();
const option = (name: RegExp) => screen.getByRole('option', { name });
const panel = () => screen.getByRole('region', { name: 'Guards' });
const lastPatch = (backend: Awaited<ReturnType<typeof openWindow>>) => callsOf(backend, 'keyUpdate').at(-1)?.[0];

describe('guards', () => {
  it('say what a key must not reach, and that it holds', async () => {
    await openWindow();
    await screen.findByRole('grid');
    expect(panel().textContent).toMatch(/Must not reach Finance reports\s*Holds/);
    expect(screen.getByRole('button', { name: /^Finance reports, CI Release: .*Must not reach Finance reports: holds$/ })).toBeTruthy();
  });

  it('are added from the menu, and undone with Ctrl+Z', async () => {
    const backend = await openWindow();
    await user.click(screen.getByRole('button', { name: 'Add Guard' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Must Not Change' }));
    expect(screen.queryByRole('menuitemcheckbox', { name: 'Sales reports' })).toBeNull();
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Users & access' }));
    await vi.waitFor(() => expect(lastPatch(backend)).toMatchObject({ patch: { guards: [{ area: 'finance', limit: 'reach' }, { area: 'users', limit: 'write' }] } }));
    expect(await within(panel()).findByText('Can’t be told: sources disagree')).toBeTruthy();
    await user.keyboard('{Control>}z{/Control}');
    await vi.waitFor(() => expect(lastPatch(backend)).toMatchObject({ patch: { guards: [{ area: 'finance', limit: 'reach' }] } }));
    expect(await screen.findByText('Undone: Guards of CI Release')).toBeTruthy();
  });

  it('are pinned where the reason is read, and the popover says at once what that means', async () => {
    const backend = await openWindow();
    await screen.findByRole('grid');
    await user.click(screen.getByRole('button', { name: /^Builds & TestFlight, CI Release/ }));
    const why = screen.getByRole('dialog', { name: /Builds/ });
    await user.click(within(why).getByRole('checkbox', { name: 'Must not reach Builds & TestFlight' }));
    expect(await within(why).findByText(/Broken: App Manager reaches it/)).toBeTruthy();
    expect(lastPatch(backend)).toMatchObject({ id: keyRef(1), patch: { guards: [{ area: 'finance', limit: 'reach' }, { area: 'builds', limit: 'reach' }] } });
  });

  it('cannot be pinned on a key that does not exist', async () => {
    await openWindow();
    await screen.findByRole('grid');
    await user.click(screen.getByRole('button', { name: /^Builds & TestFlight, Individual/ }));
    expect(within(screen.getByRole('dialog', { name: /Builds/ })).queryByRole('checkbox')).toBeNull();
  });

  it('keep the keyboard when one is taken away', async () => {
    await openWindow();
    await user.click(screen.getByRole('button', { name: 'Unpin: Must not reach Finance reports' }));
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add Guard' }));
    expect(await within(panel()).findByText(/Pin what this key must not reach/)).toBeTruthy();
  });
});

describe('a broken guard', () => {
  async function openBroken() {
    const backend = await openWindow();
    await user.click(option(/^fastlane/));
    await screen.findByText('This key reaches Finance reports');
    return backend;
  }

  it('says what happened, that nothing changed at Apple, and what to do', async () => {
    await openBroken();
    expect(screen.getByText(/You pinned that it must not\. Nothing was changed at Apple/)).toBeTruthy();
    expect(option(/^fastlane.*Review/s)).toBeTruthy();
    expect(panel().textContent).toContain('Broken: Admin reaches it');
    await expectAccessible();
  });

  it('is listed under Needs Attention, and leaves it when it is unpinned', async () => {
    await openBroken();
    await user.click(screen.getByRole('button', { name: /^Needs Attention/ }));
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Unpin Guard' }));
    expect(await screen.findByText('Nothing needs attention')).toBeTruthy();
    expect(screen.getByText(/Broken guards, Key IDs claimed twice/)).toBeTruthy();
  });

  it('leads to a smaller key', async () => {
    await openBroken();
    await user.click(screen.getByRole('button', { name: 'Find a Smaller Key' }));
    expect(await screen.findByRole('main', { name: 'Advisor' })).toBeTruthy();
  });

  it('among several is named with them, and the notice leads to the list', async () => {
    const backend = await openBroken();
    const { keys } = await backend.keys();
    const key = keys.find(({ id }) => id === keyRef(4));
    await backend.keyUpdate({ id: keyRef(4), version: key?.version ?? 0, patch: { guards: [{ area: 'finance', limit: 'reach' }, { area: 'users', limit: 'write' }] } });
    expect(await screen.findByText('This key breaks 2 of its guards')).toBeTruthy();
    expect(screen.getByText(/It reaches Finance reports and can change Users & access\. Nothing was changed/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show Guards' }));
    expect(document.activeElement).toBe(panel());
  });
});

describe('the state of a guard in words', () => {
  const half = (value: Access['value'], reason: Reason): Access => ({ value, basis: 'documented', reason });
  const cell = (read: Access, write: Access) => ({ read, write }) as CellView;
  const said = (state: GuardView['state'], limit: GuardView['limit'], of: CellView | null, roles: Parameters<typeof guardStateWords>[1] = ['ADMIN']) => guardStateWords({ state, limit }, roles, of);

  it.each([
    ['holds', 'reach', cell(half('no', 'role'), half('no', 'role')), 'Holds'],
    ['broken', 'reach', cell(half('yes', 'role'), half('no', 'role')), 'Broken: Admin reaches it'],
    ['broken', 'write', cell(half('yes', 'role'), half('yes', 'role')), 'Broken: Admin can change it'],
    ['broken', 'reach', cell(half('yes', 'answered'), half('no', 'role')), 'Broken: Apple let it in'],
    ['open', 'reach', cell(half('unknown', 'role_unknown'), half('no', 'role')), 'Can’t be told: the role isn’t set'],
    ['open', 'write', cell(half('unknown', 'no_source'), half('disputed', 'sources_disagree')), 'Can’t be told: sources disagree'],
    ['open', 'reach', null, 'Can’t be told yet'],
  ] as const)('%s, %s', (state, limit, of, words) => {
    expect(said(state, limit, of)).toBe(words);
  });

  it('names every role of a person', () => {
    expect(said('broken', 'reach', cell(half('yes', 'role'), half('no', 'role')), ['DEVELOPER', 'MARKETING'])).toBe('Broken: Developer and Marketing reach it');
  });
});

describe('the pins after a change', () => {
  const pinned: GuardView[] = [{ area: 'finance', limit: 'reach', state: 'holds' }];

  it('tell an area’s two rules apart', () => {
    expect(toggled(pinned, { area: 'finance', limit: 'write' })).toEqual([{ area: 'finance', limit: 'reach' }, { area: 'finance', limit: 'write' }]);
    expect(toggled(pinned, { area: 'finance', limit: 'reach' })).toEqual([]);
  });
});
