import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActivityEntry, ActivityQuery, ExportRequest } from '../../backend/bindings.gen';
import type { FakeBackend, FakeOptions } from '../../backend/fake';
import { keyRef } from '../../backend/fake/sample';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { PAGE } from './log.svelte';

const user = userEvent.setup();
const NOW = new Date(2026, 10, 23, 20, 20, 40).getTime();
const MINUTE = 60_000;
const log = () => screen.getByRole('treegrid', { name: 'Entries, newest first' });
const rows = () => [...log().querySelectorAll<HTMLElement>('[data-line]')];
const entryRows = () => rows().filter((row) => row.getAttribute('aria-level') === '1');
/** The cells of a row, as they are said: without what is only drawn. */
const cells = (row: Element | undefined) => [...(row?.querySelectorAll('[role="gridcell"]') ?? [])].map((cell) => {
  const said = cell.cloneNode(true) as Element;
  for (const drawn of said.querySelectorAll('[aria-hidden="true"]')) drawn.remove();
  return said.textContent.replace(/\s+/g, ' ').replaceAll(' ,', ',').trim();
});
const row = (what: RegExp) => entryRows().find((one) => what.test(one.textContent)) as HTMLElement;
const field = () => screen.getByRole('textbox', { name: 'Search activity' });
const queries = (backend: FakeBackend) => callsOf(backend, 'activity').map(([query]) => query as ActivityQuery);

// Only the date is held: what is awaited goes on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

async function opened(options: FakeOptions & { many?: number } = {}): Promise<FakeBackend> {
  const { many, ...others } = options;
  const backend = await openWindow({ apple: 'mixed', at: NOW, ...others });
  if (many !== undefined) backend.log.splice(0, Infinity, ...Array.from({ length: many }, (_, step) => entry(step + 1, NOW - (many - step) * MINUTE)));
  await user.keyboard('{Control>}9{/Control}');
  await screen.findByRole('heading', { name: 'Activity', level: 1 });
  await waitFor(() => expect(backend.calls.some(([method]) => method === 'activity')).toBe(true));
  return backend;
}
function entry(id: number, at: number, more: Partial<ActivityEntry> = {}): ActivityEntry {
  return { id, at, deed: { what: 'key_renamed', from: `name ${id}` }, group: 'changes', failure: false, key: { id: keyRef(1), name: 'CI Release', kind: 'team', roles: ['APP_MANAGER'] }, ...more };
}

describe('the log', () => {
  it('says day by day what happened, when, to which key, and the gist of it', async () => {
    await opened();
    await waitFor(() => expect(entryRows().length).toBe(19));
    expect(cells(row(/2 minutes|8 of 8/))).toEqual(['23 November 2026 at 20:18:40', 'Verified with Apple', 'CI Release, Team · App Manager', '8 of 8 answers agree with the role']);
    expect(within(log()).getAllByRole('rowheader').map((head) => head.textContent).slice(0, 3)).toEqual(['Today, 23 November', 'Yesterday, 22 November', '21 November']);
    expect(row(/didn’t recognise/).textContent).toContain('401, after 4 requests');
    expect(screen.getByText('19 entries')).toBeTruthy();
    expect(screen.getByText(/^Entries can’t be edited or removed here\./)).toBeTruthy();
    await expectAccessible();
  });

  it('unfolds a check into its requests, a few at first', async () => {
    const backend = await openWindow({ apple: 'mixed', at: NOW });
    const requests = Array.from({ length: 8 }, (_, step) => ({ request: `GET /v1/thing${step}?limit=1`, status: step === 2 ? 403 : 200, reading: step === 0 ? null : step === 2 ? ('role_refuses' as const) : ('can_read' as const) }));
    backend.log.push(entry(99, NOW, { group: 'verification', deed: { what: 'checked', standing: 'verified', trouble: null, agree: 7, of: 7, requests } }));
    await user.click(screen.getByRole('button', { name: 'Activity' }));
    const check = await waitFor(() => row(/7 of 7/));
    expect(check.getAttribute('aria-expanded')).toBe('false');
    await user.click(within(check).getByText('Verified with Apple'));
    expect(check.getAttribute('aria-expanded')).toBe('true');
    const inner = () => rows().filter((one) => one.getAttribute('aria-level') === '2');
    expect(inner().map(cells)).toEqual([
      ['GET', '/v1/thing0?limit=1', '200 Key accepted'], ['GET', '/v1/thing1?limit=1', '200 Read observed'], ['GET', '/v1/thing2?limit=1', '403 Refused for this role'], ['GET', '/v1/thing3?limit=1', '200 Read observed'],
      ['4 more requests'],
    ]);
    await expectAccessible();
    await user.click(screen.getByText('4 more requests'));
    expect(inner()).toHaveLength(8);
    await user.click(within(check).getByText('Verified with Apple'));
    expect(inner()).toHaveLength(0);
  });

  it('calls a key as it was called then, and opens it while it is here', async () => {
    const backend = await openWindow({ apple: 'new', at: NOW });
    backend.log.push(
      entry(1, NOW - 2 * MINUTE, { key: { id: keyRef(2), name: 'Old name', kind: 'team', roles: [] } }),
      entry(2, NOW - MINUTE, { key: { id: 'gone', name: 'Beta uploads', kind: 'individual', roles: [] } }),
    );
    await user.click(screen.getByRole('button', { name: 'Activity' }));
    expect((await screen.findByText('Beta uploads')).closest('button')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Old name' }));
    expect((await screen.findByRole('option', { name: /^TestFlight Upload/ })).getAttribute('aria-selected')).toBe('true');
  });

  it('is up again when the window opens as it was closed on it', async () => {
    await openWindow({ apple: 'mixed', at: NOW, keptView: { page: 'activity', shelf: 'all', selected: null, sidebar_hidden: false } });
    expect(await screen.findByRole('main', { name: 'Activity' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Activity' }).getAttribute('aria-current')).toBe('page');
  });

  it('shows hostile names as text', async () => {
    await opened({ hostile: true });
    expect(await screen.findByRole('button', { name: /invoice‹U\+202E›gpj\.8p/ })).toBeTruthy();
    expect(document.querySelector('main img')).toBeNull();
    expect(log().querySelectorAll('bdi').length).toBeGreaterThan(10);
  });

  it('without entries says what will be here', async () => {
    await opened({ many: 0 });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Period' }), 'All time');
    expect(await screen.findByText('Nothing is written down yet')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Copy or save these entries' }).disabled).toBe(true);
    await expectAccessible();
  });
});

describe('filters', () => {
  it('ask for a group; failures cut across the others', async () => {
    const backend = await opened();
    await user.click(screen.getByRole('button', { name: 'Failures' }));
    await waitFor(() => expect(entryRows().length).toBe(4));
    expect(screen.getByRole('button', { name: 'Failures' }).getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByRole('button', { name: 'Everything' }).getAttribute('aria-pressed')).toBe('false');
    expect(queries(backend).at(-1)).toMatchObject({ group: 'failures', key: null, text: null, before: null, limit: PAGE });
    await user.click(screen.getByRole('button', { name: 'Everything' }));
    await waitFor(() => expect(entryRows().length).toBe(19));
  });

  it('ask for a key, also for one that is gone', async () => {
    const backend = await opened();
    backend.log.push(entry(50, NOW, { key: { id: 'gone', name: 'Beta uploads', kind: 'team', roles: [] } }));
    backend.emit({ event: 'activity_changed' });
    expect(await screen.findByRole('option', { name: 'Beta uploads (removed)' })).toBeTruthy();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Key' }), 'Beta uploads (removed)');
    await waitFor(() => expect(entryRows().map((one) => cells(one)[1])).toEqual(['Renamed from name 50']));
  });

  it('ask for whole days, 90 of them at first', async () => {
    const backend = await opened();
    expect(queries(backend)[0]?.since).toBe(new Date(2026, 7, 26).getTime());
    await user.selectOptions(screen.getByRole('combobox', { name: 'Period' }), 'Last 7 days');
    await waitFor(() => expect(queries(backend).at(-1)?.since).toBe(new Date(2026, 10, 17).getTime()));
    expect(await screen.findByText('Only the last 7 days are shown.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show All Time' }));
    await waitFor(() => expect(queries(backend).at(-1)?.since).toBeNull());
  });

  it('search after a pause, not at every letter, and say when nothing matches', async () => {
    const backend = await opened();
    await user.type(field(), 'zebra');
    expect(await screen.findByText('No entry matches “zebra”')).toBeTruthy();
    expect(queries(backend).map(({ text }) => text)).toEqual([null, 'zebra']);
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'Show Everything' }));
    await waitFor(() => expect(entryRows().length).toBe(19));
    expect((field() as HTMLInputElement).value).toBe('');
    expect(document.activeElement).toBe(field());
  });

  it('an older answer never replaces a newer one', async () => {
    const backend = await opened();
    const real = backend.activity.bind(backend);
    const waiting: (() => Promise<void>)[] = [];
    vi.spyOn(backend, 'activity').mockImplementation((query) => new Promise((resolve) => waiting.push(() => real(query).then(resolve))));
    await user.click(screen.getByRole('button', { name: 'Changes' }));
    await user.click(screen.getByRole('button', { name: 'Failures' }));
    await waiting[1]?.();
    await waitFor(() => expect(entryRows().length).toBe(4));
    await waiting[0]?.();
    expect(entryRows().length).toBe(4);
  });
});

describe('the keyboard', () => {
  const focused = () => document.activeElement as HTMLElement;

  it('comes from the search, walks the lines as one Tab stop and goes back', async () => {
    await opened();
    await user.keyboard('{Control>}f{/Control}');
    expect(focused()).toBe(field());
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(focused()).toBe(rows()[0]));
    await user.keyboard('{ArrowDown}{ArrowDown}');
    await waitFor(() => expect(focused()).toBe(rows()[2]));
    expect(rows().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    await user.keyboard('{End}');
    await waitFor(() => expect(cells(focused())[1]).toBe('Vault created'));
    await user.keyboard('{Home}');
    await waitFor(() => expect(focused()).toBe(rows()[0]));
    await user.keyboard('{ArrowUp}');
    expect(focused()).toBe(field());
  });

  it('unfolds with Return, walks the requests and comes back to the check', async () => {
    await opened();
    await user.click(row(/didn’t recognise/));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(row(/didn’t recognise/).getAttribute('aria-expanded')).toBe('false'));
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(row(/didn’t recognise/).getAttribute('aria-expanded')).toBe('true'));
    await user.keyboard('{ArrowDown}{ArrowDown}');
    await waitFor(() => expect(cells(focused())).toEqual(['GET', expect.stringContaining('/v1/apps'), '401 Not recognised']));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(focused()).toBe(row(/didn’t recognise/)));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(focused().getAttribute('aria-expanded')).toBe('false'));
  });

  it('reaches the key of an entry, and opens it with Return', async () => {
    await opened();
    await user.click(row(/Role changed/));
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(focused()).toBe(screen.getAllByRole('button', { name: 'Reviews bot' }).find((button) => row(/Role changed/).contains(button))));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(focused()).toBe(row(/Role changed/)));
    await user.keyboard('{Enter}');
    expect((await screen.findByRole('option', { name: /^Reviews bot/ })).getAttribute('aria-selected')).toBe('true');
  });
});

describe('thousands of entries', () => {
  it('are read page by page while they are walked, and only a screenful exists', async () => {
    const backend = await opened({ many: 1000 });
    await screen.findByText('Newest 200 entries');
    expect(rows().length).toBeLessThan(60);
    await user.click(rows()[0] as HTMLElement);
    await user.keyboard('{End}');
    await screen.findByText('Newest 400 entries');
    expect(queries(backend).at(-1)).toMatchObject({ before: 801 });
    for (const count of [600, 800]) {
      await user.keyboard('{End}');
      await screen.findByText(`Newest ${count} entries`);
    }
    await user.keyboard('{End}');
    await screen.findByText('1,000 entries');
    expect(rows().length).toBeLessThan(60);
    expect(queries(backend)).toHaveLength(5);
  });

  it('that could not be read can be asked for again; what was read stays', async () => {
    const backend = await opened({ many: 300 });
    await screen.findByText('Newest 200 entries');
    backend.failNext('activity', { code: 'internal' });
    await user.click(rows()[0] as HTMLElement);
    await user.keyboard('{End}');
    expect(await screen.findByText(/^Older entries could not be read\. None of them is lost\./)).toBeTruthy();
    expect(screen.getByText('Newest 200 entries')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try Again' }));
    expect(await screen.findByText('300 entries')).toBeTruthy();
  });
});

describe('what happens meanwhile', () => {
  it('appears on top, and asks once however often it is told', async () => {
    const backend = await opened();
    await waitFor(() => expect(entryRows().length).toBe(19));
    await user.click(row(/Role changed/));
    const before = queries(backend).length;
    backend.log.push(entry(30, NOW, { deed: { what: 'locked' }, group: 'vault', key: null }));
    for (let told = 0; told < 20; told += 1) backend.emit({ event: 'activity_changed' });
    await waitFor(() => expect(cells(entryRows()[0])[1]).toBe('Locked'));
    expect(entryRows().length).toBe(20);
    expect(queries(backend).length - before).toBeLessThanOrEqual(2);
    expect(document.activeElement).toBe(row(/Role changed/));
  });

  it('more than a page at once begins the log anew instead of leaving a hole', async () => {
    const backend = await opened();
    backend.log.push(...Array.from({ length: 300 }, (_, step) => entry(100 + step, NOW)));
    backend.emit({ event: 'activity_changed' });
    expect(await screen.findByText('Newest 200 entries')).toBeTruthy();
  });

  it('does not bring back what the filters leave out', async () => {
    const backend = await opened();
    await user.click(screen.getByRole('button', { name: 'Failures' }));
    await waitFor(() => expect(entryRows().length).toBe(4));
    backend.log.push(entry(30, NOW));
    backend.emit({ event: 'activity_changed' });
    await waitFor(() => expect(queries(backend).at(-1)).toMatchObject({ group: 'failures' }));
    expect(entryRows().length).toBe(4);
  });

  it('a failure is said in place and can be tried again', async () => {
    const backend = await openWindow({ apple: 'mixed', at: NOW });
    backend.failNext('activity', { code: 'internal' });
    await user.click(screen.getByRole('button', { name: 'Activity' }));
    expect(await screen.findByText(/^The entries could not be read\./)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try Again' }));
    await waitFor(() => expect(entryRows().length).toBe(19));
  });
});

describe('copy and save', () => {
  async function choose(item: string): Promise<void> {
    await user.click(screen.getByRole('button', { name: 'Copy or save these entries' }));
    await user.click(await screen.findByRole('menuitem', { name: item }));
  }

  it('saves all that passes the filters, page by page, as a table that spreadsheets read', async () => {
    const backend = await opened({ many: 450 });
    backend.log.push(entry(900, NOW, { key: { id: 'x', name: '=HYPERLINK("http://x")', kind: 'team', roles: ['ADMIN'] } }));
    await choose('Save as CSV…');
    expect(await screen.findByText('Saved as activity.csv')).toBeTruthy();
    const [[request]] = callsOf(backend, 'exportSave') as [[ExportRequest]];
    expect({ ...request, content: '' }).toEqual({ title: 'Save the activity', kind: 'Table (CSV)', name: 'activity', format: 'csv', content: '' });
    const lines = request.content.split('\r\n');
    expect(lines[0]).toBe('\ufeffTime,What happened,Result,Key,Kind,Role,Group,Failure,Requests');
    expect(lines[1]).toBe(`2026-11-23 20:20:40,Renamed from name 900,,"'=HYPERLINK(""http://x"")",Team,Admin,Changes,No,`);
    expect(lines).toHaveLength(453);
  });

  it('copies the entries of a filter as text, with every request', async () => {
    const backend = await opened();
    await user.click(screen.getByRole('button', { name: 'Failures' }));
    await waitFor(() => expect(entryRows().length).toBe(4));
    await choose('Copy as Text');
    expect(await screen.findByText('4 entries copied')).toBeTruthy();
    const [[text]] = callsOf(backend, 'exportCopy') as [[string]];
    expect(text).toMatch(/^2026-11-23 20:20:20 {2}Apple didn’t recognise the key {2}Tomás — previous laptop {2}401, after 4 requests\n {4}GET \/v1\/apps\?.*: 401, Not recognised\n/);
    expect(text.split('\n').filter((line) => line.startsWith('2026'))).toHaveLength(4);
  });

  it('says how far it is when it takes long, and stops without leaving anything', async () => {
    const backend = await opened({ many: 450 });
    await screen.findByText('Newest 200 entries');
    const real = backend.activity.bind(backend);
    let go = () => {};
    vi.spyOn(backend, 'activity').mockImplementation((query) => (query.before === null ? real(query) : new Promise((resolve) => { go = () => void real(query).then(resolve); })));
    await choose('Save as CSV…');
    expect(await screen.findByText('Reading every entry: 200 so far')).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByText('Stopped. Nothing was copied or saved.')).toBeTruthy();
    go();
    await Promise.resolve();
    expect(callsOf(backend, 'exportSave')).toEqual([]);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Copy or save these entries' }));
  });

  it('a failure is said', async () => {
    const backend = await opened();
    backend.failNext('exportSave', { code: 'disk_full' });
    await choose('Save as CSV…');
    expect(await screen.findByText('The disk is full')).toBeTruthy();
  });
});
