import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Basis, KeyAnswer, OperationView } from '../../backend/bindings.gen';
import { FakeBackend, type FakeOptions, fakeBackend } from '../../backend/fake';
import { hasWords, taskWords } from '../../i18n';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { verdictWords, whyWords } from './words';

const user = userEvent.setup();
const field = () => screen.getByRole('textbox', { name: 'Search operations' });
const list = () => screen.getByRole('listbox', { name: 'Operations' });
const rows = () => within(list()).getAllByRole('option');
/** "GET /v1/apps", from a row. */
const called = (row: Element | null | undefined) => `${row?.firstElementChild?.textContent.trim()} ${row?.querySelector('code')?.textContent}`;
const detail = (name: string) => screen.findByRole('region', { name });
const count = () => screen.getByRole('main').querySelector('[role="status"]')?.textContent;

/** Makes the simulated window narrow; wide again after the test. */
function narrow(width: number): void {
  (window as unknown as { happyDOM: { setViewport: (size: { width: number }) => void } }).happyDOM.setViewport({ width });
}
afterEach(() => narrow(1024));

async function opened(options: FakeOptions = {}): Promise<FakeBackend> {
  const backend = await openWindow({ page: 'endpoints', ...options });
  await screen.findByRole('listbox', { name: 'Operations' });
  return backend;
}
async function search(text: string): Promise<void> {
  await user.click(field());
  await user.clear(field());
  await user.paste(text);
}

describe('finding an operation', () => {
  it('lists all of them at first, and says how many it hides', async () => {
    await opened();
    expect(screen.getByText(/operations, Apple’s API description 4\.4\.1$/)).toBeTruthy();
    expect(count()).toMatch(/^\d+ operations, \d+ relationships hidden$/);
    expect(screen.getByText('Choose an operation')).toBeTruthy();
    await expectAccessible();
  });

  it('by a word: what matched stands out, the best match is shown', async () => {
    await opened();
    await search('betaGroups');
    expect(count()).toBe('6 match, 1 relationship hidden');
    expect(within(list()).getByRole('option', { name: /^GET \/v1\/ ?betaGroups Builds & TestFlight 6 keys may call it/ })).toBe(rows()[0]);
    expect(rows()[0]?.querySelector('mark')?.textContent).toBe('betaGroups');
    expect(rows()[0]?.getAttribute('aria-selected')).toBe('true');
    expect(await detail('GET /v1/betaGroups')).toBeTruthy();
  });

  it('by a URL or a curl line', async () => {
    await opened();
    await search('https://api.appstoreconnect.apple.com/v1/betaGroups/b7a1?include=app');
    expect(rows()).toHaveLength(3);
    await search("curl -X DELETE 'https://api.appstoreconnect.apple.com/v1/betaGroups/b7a1'");
    expect(rows()[0]?.getAttribute('aria-selected')).toBe('true');
    expect(await detail('DELETE /v1/betaGroups/{id}')).toBeTruthy();
  });

  it('among reads or writes, in one area, by whether a key can', async () => {
    await opened();
    await search('betaGroups');
    await user.click(screen.getByRole('button', { name: 'Write' }));
    expect(rows().every((row) => called(row).startsWith('GET'))).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Read' }));
    expect(screen.getByRole('button', { name: 'Write' }).getAttribute('aria-pressed')).toBe('true');
    expect(rows().some((row) => called(row).startsWith('GET'))).toBe(false);
    await search('');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Area' }), 'Customer reviews');
    expect(rows().map(called)).toEqual(['POST /v1/customerReviewResponses', 'DELETE /v1/customerReviewResponses/{id}']);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Keys' }), 'No key of mine can');
    expect(screen.getByText('No operation passes these filters')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear Filters' }));
    expect(rows().length).toBeGreaterThan(10);
  });

  it('says so when nothing matches', async () => {
    await opened();
    await search('zebra');
    expect(screen.getByText('No operation matches “zebra”')).toBeTruthy();
    expect(count()).toBe('0 match');
    await expectAccessible();
    await user.keyboard('{Escape}');
    expect(rows().length).toBeGreaterThan(10);
  });
});

describe('an operation', () => {
  it('names the keys that may call it, smallest first, and never claims more than "Should" without an answer of Apple', async () => {
    await opened();
    await search('GET /v1/betaGroups');
    const pane = await detail('GET /v1/betaGroups');
    expect(within(pane).getByRole('heading', { name: '6 keys may call it' })).toBeTruthy();
    const [first] = within(pane).getAllByRole('listitem');
    expect(first?.textContent).toContain('Mina Okafor — MacBook Pro');
    expect(first?.textContent).toContain('Should');
    expect(first?.textContent).toContain('Reported to work for Developer');
    expect(pane.textContent).not.toContain('Can read');
    const others = within(pane).getByRole('heading', { name: 'The others' }).parentElement?.nextElementSibling as HTMLElement;
    expect(within(others).getByRole('button', { name: 'Store copy sync' }).closest('li')?.textContent).toMatch(/Unclear.*Its role isn’t set/s);
    expect(within(others).getByRole('button', { name: /^Sales/ }).closest('li')?.textContent).toContain('No');
    expect(pane.textContent).toContain('Apple publishes no list of roles per operation.');
    await expectAccessible();
  });

  it('asks about writing for a write, and says what a part is', async () => {
    const backend = await opened();
    await search('POST /v1/betaGroups');
    const pane = await detail('POST /v1/betaGroups');
    expect(callsOf(backend, 'whoCan').at(-1)).toEqual([{ question: { about: 'operation', method: 'POST', path: '/v1/betaGroups' }, scope: 'any' }]);
    const developer = within(pane).getByRole('button', { name: 'TestFlight Upload' }).closest('li');
    expect(developer?.textContent).toMatch(/In part.*No: Manage external TestFlight groups/s);
  });

  it('says what Apple closes, what is a guess and what is deprecated', async () => {
    await opened();
    await search('salesReports');
    expect(within(await detail('GET /v1/salesReports')).getByRole('button', { name: 'Jonas Weber' }).closest('li')?.textContent).toMatch(/Never.*Closed to Individual keys by Apple/s);
    await search('POST webhooks');
    expect((await detail('POST /v1/webhooks')).textContent).toContain('No source ties this resource to a role. The area is a guess.');
    await search('POST betaAppLocalizations');
    expect((await detail('POST /v1/betaAppLocalizations')).textContent).toContain('Apple marks it as deprecated.');
    await search('/v1/apps/1/relationships/builds');
    expect((await detail('GET /v1/apps/{id}/relationships/builds')).textContent).toContain('Reads the links between records');
  });

  it('leads to the advisor when no key may call it', async () => {
    await opened({ keys: 1 });
    await search('financeReports');
    const pane = await detail('GET /v1/financeReports');
    expect(within(pane).getByRole('heading', { name: 'No key of yours may call it' })).toBeTruthy();
    expect(within(pane).getByRole('group', { name: 'Create a key for it' }).textContent).toContain('Team key, Finance');
    await expectAccessible();
    await user.click(within(pane).getByRole('button', { name: 'Open in Advisor' }));
    expect((await screen.findByRole('button', { name: taskWords('finance_reports') })).getAttribute('aria-pressed')).toBe('true');
  });

  it('copies its path, opens a source, shows a key', async () => {
    const backend = await opened();
    await search('GET /v1/betaGroups');
    const pane = await detail('GET /v1/betaGroups');
    await user.click(within(pane).getByRole('button', { name: 'Copy Path' }));
    expect(callsOf(backend, 'exportCopy')).toEqual([['/v1/betaGroups']]);
    expect(await screen.findByText('Path copied')).toBeTruthy();
    await user.click(within(pane).getAllByRole('button', { name: /Opens in your browser$/ })[0] as HTMLElement);
    expect(callsOf(backend, 'openLink')).toHaveLength(1);
    await user.click(within(pane).getByRole('button', { name: 'CI Release' }));
    expect((await screen.findByRole('option', { name: /^CI Release/ })).getAttribute('aria-selected')).toBe('true');
  });

  it('is told by an answer of Apple only for reading', () => {
    const answered = { value: 'yes', basis: 'observed' } as KeyAnswer;
    expect(verdictWords(answered, 'GET')).toBe('Can read');
    expect(verdictWords(answered, 'POST')).toBe('Should');
    expect(verdictWords({ ...answered, basis: 'documented' }, 'GET')).toBe('Should');
  });

  it('is told apart once Apple’s answer is more than 30 days old', async () => {
    const { keys } = await fakeBackend({ apple: 'mixed' }).keys();
    const whyOf = (stale: boolean) => {
      const key = keys.find((one) => one.standing.code === 'verified' && one.standing.stale === stale);
      return key && whyWords({ value: 'yes', basis: 'observed', reason: 'answered', parts: [], key: key.id, size: 1 }, key);
    };
    expect(whyOf(true)).toMatch(/^Answered by Apple.*, more than 30 days ago$/);
    expect(whyOf(false)).not.toContain('30 days');
  });

  it('has words for every kind of evidence', () => {
    const bases: Record<Basis, null> = { observed: null, documented: null, spec: null, quoted: null, derived: null, reported: null, disputed: null, unknown: null };
    for (const value of ['yes', 'no']) expect(Object.keys(bases).filter((basis) => !hasWords(`endpoints.why.${value}`, basis))).toEqual([]);
  });
});

describe('the keyboard', () => {
  it('goes from the search into the list, along it and back', async () => {
    await opened();
    await search('betaGroups');
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(rows()[0]);
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement?.getAttribute('aria-posinset')).toBe('3');
    expect(await detail(called(document.activeElement))).toBeTruthy();
    expect(rows().filter((row) => row.tabIndex === 0)).toHaveLength(1);
    await user.keyboard('{End}');
    expect(document.activeElement?.getAttribute('aria-posinset')).toBe(document.activeElement?.getAttribute('aria-setsize'));
    await user.keyboard('{Home}{ArrowUp}');
    expect(document.activeElement).toBe(field());
  });

  it('in a narrow window opens the operation over the list and comes back to its row', async () => {
    await opened();
    narrow(800);
    await search('betaGroups');
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    const pane = await detail('POST /v1/betaGroups');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Back to the operations' }));
    expect(within(pane).getByRole('heading', { name: /keys may call it$/ })).toBeTruthy();
    await expectAccessible();
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(rows()[1]));
  });
});

describe('more than a thousand operations', () => {
  const many = Array.from({ length: 1263 }, (_, at): OperationView => ({ method: at % 2 ? 'POST' : 'GET', path: `/v1/things${at}`, area: 'apps', guessed: false, deprecated: false, relationship: false, class: at % 2 }));

  it('are at most a screenful of rows', async () => {
    vi.spyOn(FakeBackend.prototype, 'operations').mockResolvedValue({ version: '4.4.1', operations: many, classes: [{ can: 1, maybe: 0 }, { can: 0, maybe: 0 }] });
    await opened({ keys: 200 });
    expect(count()).toBe('1,263 operations');
    await search('things9');
    expect(document.querySelectorAll('main [role="option"], main li').length).toBeLessThan(120);
    await user.keyboard('{ArrowDown}{End}');
    expect(called(document.activeElement)).toMatch(/things999$/);
    expect(rows().length).toBeLessThan(80);
  });
});

describe('asking', () => {
  it('an older answer never replaces a newer one', async () => {
    const backend = await opened();
    const real = backend.whoCan.bind(backend);
    const waiting: (() => Promise<void>)[] = [];
    vi.spyOn(backend, 'whoCan').mockImplementation((request) => new Promise((resolve) => waiting.push(() => real(request).then(resolve))));
    await search('salesReports');
    await search('GET /v1/betaGroups');
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    await waiting[1]?.();
    const pane = await detail('GET /v1/betaGroups');
    expect(await within(pane).findByRole('heading', { name: '6 keys may call it' })).toBeTruthy();
    await waiting[0]?.();
    await tick();
    expect(within(pane).getByRole('heading', { name: '6 keys may call it' })).toBeTruthy();
  });

  it('a failure is said in place and can be tried again', async () => {
    const backend = await opened();
    backend.failNext('whoCan', { code: 'internal' });
    await search('salesReports');
    const pane = await detail('GET /v1/salesReports');
    expect(await within(pane).findByText(/could not be read\./)).toBeTruthy();
    await user.click(within(pane).getByRole('button', { name: 'Try Again' }));
    expect(await within(pane).findByRole('heading', { name: /keys may call it$/ })).toBeTruthy();
  });

  it('counts again when a key’s role changes', async () => {
    const backend = await opened();
    await search('GET /v1/betaGroups');
    const { keys } = await backend.keys();
    const unset = keys.find((key) => key.name === 'Store copy sync');
    await backend.keyUpdate({ id: unset?.id ?? '', version: unset?.version ?? 0, patch: { roles: ['DEVELOPER'] } });
    expect(await screen.findByRole('heading', { name: '7 keys may call it' })).toBeTruthy();
    expect(rows()[0]?.textContent).toContain('7 keys may call it');
  });
});
