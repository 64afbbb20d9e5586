import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { fakeBackend } from '../../backend/fake';
import type { Basis, GridCell, Half } from '../../backend/bindings.gen';
import { AREAS as FAKE_AREAS } from '../../backend/fake/access';
import { keyRef } from '../../backend/fake/sample';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { ANYTHING, AREAS, BY_NAME, columnsFor, nextSorting, spanOf, topsOf, type Line } from './grid';
import { looksOf } from './grid-glyphs';
import ReachGrid from './ReachGrid.svelte';

const user = userEvent.setup();
async function openGrid(options = {}) {
  const backend = await openWindow({ page: 'permissions', ...options });
  const grid = await screen.findByRole('grid');
  const names = () => [...grid.querySelectorAll('[role="rowheader"] .name')].map((one) => one.textContent);
  const cell = (name: RegExp) => within(grid).getByRole('gridcell', { name });
  return { backend, grid, names, cell };
}
async function ask(area: string, half?: string) {
  await user.click(screen.getByRole('button', { name: /^Which keys can/ }));
  await user.click(screen.getByRole('menuitemradio', { name: area }));
  if (half === undefined) return;
  await user.click(screen.getByRole('button', { name: /^Which keys can/ }));
  await user.click(screen.getByRole('menuitemradio', { name: half }));
}
const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;

describe('the grid', () => {
  it('lays the keys in use over the areas, in two groups and two zones', async () => {
    const { grid, names } = await openGrid();
    expect(screen.getByText('11 keys × 11 areas')).toBeTruthy();
    expect(names()).toHaveLength(11);
    expect(within(grid).queryByText(/Tomás/)).toBeNull();
    expect(within(grid).getByRole('columnheader', { name: 'Either key type' }).getAttribute('aria-colspan')).toBe('7');
    expect(within(grid).getByRole('columnheader', { name: 'Team keys only' }).getAttribute('aria-colspan')).toBe('4');
    expect(within(grid).getByText('Role decides. All apps, always.')).toBeTruthy();
    expect(within(grid).getByText('Apple’s guide excludes Individual keys')).toBeTruthy();
    expect(grid.querySelectorAll('.never')).toHaveLength(9);
  });

  it('has the areas in the order in which the core answers', () => {
    expect(AREAS.map(({ area }) => area)).toEqual(FAKE_AREAS);
  });

  it('names every cell by area, key, level and what it rests on, and every key by what it is', async () => {
    const { grid, cell } = await openGrid();
    expect(cell(/^Finance reports, CI Release: No access\. Follows from Apple’s pages$/)).toBeTruthy();
    expect(cell(/^Sales reports, Jonas Weber: Never\. Documented by Apple$/)).toBeTruthy();
    expect(cell(/^Notarization, Priya \(contractor\): Disputed\. Sources disagree$/)).toBeTruthy();
    expect(within(grid).getByRole('rowheader', { name: 'Jonas Weber, Individual key, App Manager, Owner’s apps' })).toBeTruthy();
    expect(within(grid).getByRole('rowheader', { name: 'Store copy sync, Team key, Role not set, All apps' })).toBeTruthy();
  });

  it('counts in its last row the keys that reach an area at all', async () => {
    const { grid, cell } = await openGrid();
    for (const [at, { area }] of AREAS.entries()) {
      const reached = [...grid.querySelectorAll(`.row .c${at}`)].filter((one) => /manage|limited|view/.test(one.className)).length;
      expect([area, grid.querySelector(`.total .c${at}`)?.textContent]).toEqual([area, String(reached)]);
    }
    expect(cell(/^Finance reports: 2 keys with any access$/).textContent).toBe('2');
  });

  it('says what its glyphs mean, that nothing was tested, and never a percentage or a verdict', async () => {
    await openGrid();
    const legend = screen.getByRole('group', { name: 'Legend' }).textContent;
    for (const words of ['Manage', 'Limited', 'View', 'No access', 'Never', 'Unclear', 'Sources disagree', 'Left reads, right writes.', 'Sources of Oct 2026. Nothing tested yet. Writes are never tested.']) expect(legend).toContain(words);
    expect(screen.getByRole('main').textContent).not.toMatch(/%|secure/i);
  });

  it('shows the key whose name is pressed', async () => {
    const { grid } = await openGrid();
    await user.click(within(grid).getByText('Reviews bot'));
    expect(await screen.findByRole('heading', { name: 'Reviews bot' })).toBeTruthy();
  });

  it('says so when every key is archived', async () => {
    const backend = await openWindow({ keys: 1 });
    const [key] = (await backend.keys()).keys;
    await backend.keyUpdate({ id: key?.id ?? '', version: key?.version ?? 0, patch: { archived: true } });
    await user.click(screen.getByRole('button', { name: 'Permissions' }));
    expect(await screen.findByText('Every key is archived')).toBeTruthy();
    expect(screen.queryByRole('grid')).toBeNull();
    await expectAccessible();
  });

  it('follows a role that changes elsewhere', async () => {
    const { backend, cell } = await openGrid();
    const key = (await backend.keys()).keys.find(({ name }) => name === 'Store copy sync');
    await backend.keyUpdate({ id: key?.id ?? '', version: key?.version ?? 0, patch: { roles: ['DEVELOPER'] } });
    await vi.waitFor(() => expect(cell(/^Builds & TestFlight, Store copy sync: Upload, view/)).toBeTruthy());
  });

  it('can be asked again when the core could not answer', async () => {
    const backend = await openWindow();
    backend.failNext('grid', { code: 'internal' });
    await user.click(screen.getByRole('button', { name: 'Permissions' }));
    await user.click(await screen.findByRole('button', { name: 'Try Again' }));
    expect(await screen.findByRole('grid')).toBeTruthy();
  });

  it('has no accessibility violation', async () => {
    await openGrid();
    await expectAccessible();
  });
});

describe('which keys can', () => {
  it('hides the keys that cannot, sets apart those for which it is open, and counts them', async () => {
    const { backend, grid, names } = await openGrid();
    await ask('Customer reviews', 'Write');
    expect(callsOf(backend, 'whoCan').at(-1)).toEqual([{ question: { about: 'area', area: 'reviews', half: 'write' }, scope: 'any' }]);
    expect(await screen.findByText(/^2 of 11 keys can write Customer reviews\. Not settled for 3\./)).toBeTruthy();
    expect(screen.getByText('5 of 11 keys')).toBeTruthy();
    expect(names()).toEqual(['fastlane (old Mac mini)', 'Reviews bot', 'CI Release', 'Jonas Weber', 'Store copy sync']);
    expect(within(grid).getByText('Not settled')).toBeTruthy();
    expect(grid.querySelector('.total .c0')?.textContent).toBe('4');
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'Show All Keys' }));
    await vi.waitFor(() => expect(names()).toHaveLength(11));
  });

  it('asks for every app: an Individual key follows its owner, which is not settled', async () => {
    const { grid, names } = await openGrid();
    await user.click(screen.getByRole('button', { name: /^for any app/ }));
    await user.click(screen.getByRole('menuitemradio', { name: 'Every App' }));
    expect(await screen.findByText(/^8 of 11 keys can do anything for every app\. Not settled for 3\./)).toBeTruthy();
    expect(names()).toHaveLength(11);
    expect(within(grid).queryByText('Individual keys')).toBeNull();
  });

  it('asks nothing that has no answer: reports cannot be written', async () => {
    const { backend } = await openGrid();
    await ask('Customer reviews', 'Write');
    await ask('Sales reports');
    expect(callsOf(backend, 'whoCan').at(-1)).toEqual([{ question: { about: 'area', area: 'sales', half: 'any' }, scope: 'any' }]);
    await user.click(screen.getByRole('button', { name: /^Which keys can/ }));
    expect(screen.getByRole('menuitemradio', { name: 'Write' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('names the key to create when none can', async () => {
    await openGrid({ keys: 3 });
    await ask('Finance reports');
    expect(await screen.findByRole('heading', { name: 'None of your keys can reach Finance reports' })).toBeTruthy();
    const note = screen.getByRole('region', { name: /^None of your keys/ });
    expect(note.textContent).toContain('A Team key with the role Finance could.');
    expect(note.textContent).toContain('Account Holder or Admin');
    expect(screen.queryByRole('grid')).toBeNull();
    await expectAccessible();
  });
});

describe('a question that comes from elsewhere', () => {
  it('is asked at once, and its jobs lead on to the advisor', async () => {
    const backend = fakeBackend({ keys: 3 });
    const onadvise = vi.fn();
    const { keys } = await backend.keys();
    render(ReachGrid, {
      backend, keys, onshowkey: vi.fn(), onfailure: vi.fn(), onsource: vi.fn(), selected: null, layer: 'combined',
      around: { backend, keys, onshowkey: vi.fn(), onfailure: vi.fn(), onsource: vi.fn(), onadvise, verify: vi.fn(), busy: () => false },
      question: { area: 'finance', half: 'any', scope: 'any' },
    });
    await user.click(await screen.findByRole('button', { name: 'Open in Advisor' }));
    expect(onadvise).toHaveBeenCalledExactlyOnceWith(['finance_reports']);
    expect(callsOf(backend, 'whoCan')).toHaveLength(1);
  });
});

describe('order', () => {
  const sortOf = (name: string) => screen.getByRole('columnheader', { name }).getAttribute('aria-sort');

  it('is by name, by an area whose head is pressed, and back', async () => {
    const { names } = await openGrid();
    expect(names().slice(0, 2)).toEqual(['CI Release', 'fastlane (old Mac mini)']);
    expect(sortOf('Key')).toBe('ascending');
    await user.click(screen.getByRole('columnheader', { name: 'Finance reports' }));
    expect(names().slice(0, 3)).toEqual(['fastlane (old Mac mini)', 'Month-end export', 'Store copy sync']);
    expect([sortOf('Finance reports'), sortOf('Key')]).toEqual(['descending', 'none']);
    expect(nextSorting({ by: 'finance', descending: true }, 'finance')).toEqual({ by: 'finance', descending: false });
    expect(nextSorting({ by: 'finance', descending: false }, 'finance')).toEqual(BY_NAME);
  });

  it('is by reach from the menu: the widest first', async () => {
    const { names } = await openGrid();
    await user.click(screen.getByRole('button', { name: 'Sort' }));
    await user.click(screen.getByRole('menuitemradio', { name: 'By Reach' }));
    expect(names().slice(0, 2)).toEqual(['fastlane (old Mac mini)', 'CI Release']);
    expect(names().slice(8)[0]).toBe('Jonas Weber');
  });
});

describe('identical keys', () => {
  it('share a row that lists them, and every key still counts', async () => {
    const { grid, names } = await openGrid();
    const before = grid.querySelector('.total .c1')?.textContent;
    await user.click(screen.getByRole('checkbox', { name: 'Collapse identical' }));
    expect(screen.getByText('11 keys in 10 rows')).toBeTruthy();
    expect(grid.querySelector('.total .c1')?.textContent).toBe(before);
    const row = within(grid).getByRole('rowheader', { name: /^Notarize — GitHub Actions and 1 more/ });
    expect(names()).not.toContain('TestFlight Upload');
    const fold = within(row).getByRole('button', { name: 'List 1 more like Notarize — GitHub Actions' });
    await user.click(fold);
    expect(names()).toContain('TestFlight Upload');
    expect(fold.getAttribute('aria-expanded')).toBe('true');
    row.focus();
    await user.keyboard(' ');
    expect(names()).not.toContain('TestFlight Upload');
    await expectAccessible();
  });

  it('make few rows of many keys', async () => {
    const { grid } = await openGrid({ keys: 200 });
    await user.click(screen.getByRole('checkbox', { name: 'Collapse identical' }));
    expect(grid.querySelectorAll('.row').length).toBeLessThanOrEqual(20);
    expect(screen.getByText(/^199 keys in \d+ rows$/)).toBeTruthy();
  });
});

describe('the keyboard', () => {
  it('has one Tab stop, and the arrows walk heads, groups, keys and totals', async () => {
    const { grid } = await openGrid();
    const stops = () => [...grid.querySelectorAll<HTMLElement>('[data-col]')].filter(({ tabIndex }) => tabIndex === 0);
    expect(stops()).toHaveLength(1);
    stops()[0]?.focus();
    expect(focused()).toMatch(/^CI Release/);
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}');
    expect(focused()).toMatch(/^Builds & TestFlight, fastlane/);
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(focused()).toMatch(/^Team keys/);
    await user.keyboard('{ArrowUp}');
    expect(focused()).toBe('Builds & TestFlight');
    await user.keyboard('{Control>}{ArrowDown}{/Control}');
    expect(focused()).toMatch(/^Builds & TestFlight: \d keys with any access/);
    expect(stops()).toHaveLength(1);
  });

  it('jumps to the ends of a row and of the grid', async () => {
    const { grid } = await openGrid();
    within(grid).getByRole('rowheader', { name: /^CI Release/ }).focus();
    await user.keyboard('{End}');
    expect(focused()).toMatch(/^Notarization, CI Release/);
    await user.keyboard('{Home}');
    expect(focused()).toMatch(/^CI Release/);
    await user.keyboard('{Control>}{End}{/Control}');
    expect(focused()).toMatch(/^Notarization, Priya/);
    await user.keyboard('{Control>}{Home}{/Control}');
    expect(focused()).toMatch(/^Team keys/);
  });

  it('sorts on a head, opens the key on a name', async () => {
    const { grid, names } = await openGrid();
    within(grid).getByRole('columnheader', { name: 'Sales reports' }).focus();
    await user.keyboard('{Enter}');
    expect(names()[0]).toBe('fastlane (old Mac mini)');
    within(grid).getByRole('rowheader', { name: /^Reviews bot/ }).focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('heading', { name: 'Reviews bot' })).toBeTruthy();
  });

  it('keeps the row with the focus when two hundred scroll, and never has eighty', async () => {
    const { grid } = await openGrid({ keys: 200 });
    const rows = () => within(grid).getAllByRole('row').length;
    expect(rows()).toBeLessThan(80);
    within(grid).getByRole('rowheader', { name: /^CI Release/ }).focus();
    await user.keyboard('{Control>}{End}{/Control}');
    expect(focused()).toMatch(/^Notarization, /);
    expect(rows()).toBeLessThan(80);
    expect(grid.getAttribute('aria-rowcount')).toBe('204');
    expect(document.activeElement?.closest('[role="row"]')?.getAttribute('aria-rowindex')).toBe('203');
  });
});

describe('why', () => {
  it('is asked of the core for the one key, opens pinned on a press, and Esc gives the focus back', async () => {
    const { backend, cell } = await openGrid();
    expect(callsOf(backend, 'ledger')).toEqual([]);
    const notary = cell(/^Notarization, Jonas Weber/);
    notary.focus();
    await user.keyboard('{Enter}');
    const why = await screen.findByRole('dialog', { name: 'Notarization, Jonas Weber: Disputed' });
    expect(callsOf(backend, 'ledger')).toEqual([[[{ type: 'key', id: keyRef(10) }], 'combined']]);
    expect(why.textContent).toContain('Sources contradict each other.');
    expect(document.activeElement).toBe(why);
    expect(notary.getAttribute('aria-expanded')).toBe('true');
    await expectAccessible();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(notary);
  });

  it('opens a source in the browser through the core', async () => {
    const { backend, cell } = await openGrid();
    await user.click(cell(/^Sales reports, Jonas Weber/));
    await user.click(await screen.findByRole('button', { name: /Creating API keys, Oct 2026/ }));
    expect(callsOf(backend, 'openLink')).toEqual([[{ source: expect.stringContaining('https://developer.apple.com/') }]]);
  });

  it('opens after the pointer rests, picks out the area, and goes when the pointer leaves', async () => {
    const { grid, cell } = await openGrid();
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const patient = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    await patient.hover(cell(/^Finance reports, CI Release/));
    vi.advanceTimersByTime(200);
    expect(screen.queryByRole('dialog')).toBeNull();
    vi.advanceTimersByTime(150);
    const why = await screen.findByRole('dialog', { name: /^Finance reports/ });
    expect(grid.className).toContain('at9');
    await patient.hover(why);
    vi.advanceTimersByTime(1000);
    expect(screen.queryByRole('dialog')).not.toBeNull();
    await patient.unhover(why);
    vi.advanceTimersByTime(400);
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(grid.className).not.toContain('at9');
    vi.useRealTimers();
  });

  it('fades the keys that cannot as soon as a head is pointed at', async () => {
    const { grid } = await openGrid();
    await user.hover(screen.getByRole('columnheader', { name: 'Finance reports' }));
    expect(grid.className).toContain('at9');
    const faded = [...grid.querySelectorAll('.row.no9 .name')].map((one) => one.textContent);
    expect(faded).toContain('CI Release');
    expect(faded).toContain('Jonas Weber');
    expect(faded).not.toContain('Month-end export');
    expect(faded).not.toContain('Store copy sync');
  });
});

describe('hostile names', () => {
  it('stay text, whole in the name of the row', async () => {
    const { grid } = await openGrid({ hostile: true });
    expect(grid.querySelector('img')).toBeNull();
    expect(within(grid).getByText('<img src=x onerror="alert(1)"> & friends')).toBeTruthy();
    expect(within(grid).getByText('invoice‹U+202E›gpj.8p')).toBeTruthy();
    expect(within(grid).getByRole('rowheader', { name: new RegExp(`^${'W'.repeat(400)}, Individual key`) })).toBeTruthy();
    await expectAccessible();
  });
});

describe('the glyphs of a row', () => {
  const cell = (level: GridCell['level'], read: Half, write: Half, basis: Basis = 'derived'): GridCell => {
    const half = (value: Half) => ({ value, basis, reason: 'role' as const });
    return { level, label: null, basis, read: half(read), write: half(write), contradicted: false, stale: false };
  };

  it('are one path per look: what is documented is tinted, what Apple answered solid, no access quiet', () => {
    const looks = looksOf([cell('manage', 'yes', 'yes'), cell('manage', 'yes', 'yes'), cell('none', 'no', 'no'), cell('view', 'yes', 'no', 'observed')], 60);
    expect([...looks.keys()]).toEqual(['fill-level line-level', 'line-empty quiet', 'fill-level line-level solid', 'line-empty']);
    expect(looks.get('fill-level line-level')?.match(/M/g)).toHaveLength(4);
  });

  it('tell every pair of halves apart', () => {
    const halves: Half[] = ['yes', 'part', 'no', 'never', 'unknown', 'disputed'];
    const drawn = halves.flatMap((read) => halves.map((write) => JSON.stringify([...looksOf([cell('view', read, write)], 60)])));
    expect(new Set(drawn).size).toBe(36);
  });

  it('are one drawing in each row', async () => {
    const { grid } = await openGrid();
    const drawings = [...grid.querySelectorAll('.row')].map((row) => row.querySelectorAll('.glyphs svg').length);
    expect(drawings).toEqual(Array.from({ length: 11 }, () => 1));
  });
});

describe('which lines exist', () => {
  const lines = (count: number): Line[] => Array.from({ length: count }, (_, at) => ({ type: 'group' as const, id: String(at), kind: 'team' as const, count: 0 }));

  it('all of a short grid, and those in view of a long one', () => {
    expect(spanOf(topsOf(lines(60)), 0, 400)).toEqual({ first: 0, last: 60 });
    expect(spanOf(topsOf(lines(200)), 0, 400)).toEqual({ first: 0, last: 15 });
    const { first, last } = spanOf(topsOf(lines(200)), 4000, 400);
    expect([first, last]).toEqual([96, 115]);
    expect(spanOf(topsOf(lines(200)), 7600, 400).last).toBe(200);
  });

  it('the columns share what there is, and never get too narrow to read', () => {
    expect(columnsFor(1028)).toEqual({ who: 368, area: 60, room: 'all', sideways: false });
    expect(columnsFor(860)).toEqual({ who: 244, area: 56, room: 'some', sideways: false });
    expect(columnsFor(580)).toEqual({ who: 180, area: 56, room: 'little', sideways: true });
    expect(columnsFor(1432)).toEqual({ who: 508, area: 84, room: 'all', sideways: false });
  });

  it('the question begins with anything', () => {
    expect(ANYTHING).toEqual({ area: null, half: 'any', scope: 'any' });
  });
});
