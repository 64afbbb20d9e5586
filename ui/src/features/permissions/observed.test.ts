import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { AppsSeen, AppView, ExportRequest } from '../../backend/bindings.gen';
import { type FakeOptions, fakeBackend } from '../../backend/fake';
import { answer } from '../../backend/fake/evidence';
import { keyRef } from '../../backend/fake/sample';
import { ago, appsKnown, appsUnknownWords, appsWords } from '../../i18n';
import AppStrip from '../../primitives/AppStrip.svelte';
import BasisIcon from '../../primitives/BasisIcon.svelte';
import LevelGlyph from '../../primitives/LevelGlyph.svelte';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { BY_NAME, type Entry, linesOf } from './grid';

const user = userEvent.setup();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const open = (options: Parameters<typeof openWindow>[0] & FakeOptions = {}) => openWindow({ apple: 'mixed', at: Date.now(), ...options });
const select = (name: RegExp) => user.click(screen.getByRole('option', { name }));
const cell = (name: RegExp) => screen.findByRole('button', { name });
const layer = (name: string) => user.click(screen.getByRole('radio', { name }));
const told = () => screen.getByRole('main').textContent ?? '';

describe('the layers', () => {
  it('are asked of the core, and say in words what they show', async () => {
    const backend = await open();
    expect(told()).toContain('Apple’s answers laid over what is documented. Writes are never tested.');
    await layer('Observed');
    await vi.waitFor(() => expect(callsOf(backend, 'ledger').at(-1)?.[1]).toBe('observed'));
    expect(told()).toContain('Only what Apple answered; the rest is left open. Writes are never tested.');
    expect(await cell(/^Notarization, CI Release: Not asked\. Not asked/)).toBeTruthy();
    expect(document.querySelector('.legend')?.textContent).not.toContain('role table');
    await layer('Documented');
    await vi.waitFor(() => expect(document.querySelector('.legend')?.textContent).not.toContain('Observed'));
    expect(told()).toContain('as if nobody had asked Apple. Writes are never tested.');
  });

  it('stay chosen from the key to the grid and back', async () => {
    const backend = await open();
    await layer('Documented');
    await user.click(screen.getByRole('button', { name: 'Permissions' }));
    await screen.findByRole('grid', { name: /Every key/ });
    expect(callsOf(backend, 'grid').at(-1)).toEqual(['documented']);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Documented' }).checked).toBe(true);
    await layer('Observed');
    await user.click(screen.getByRole('button', { name: /^All Keys/ }));
    await vi.waitFor(() => expect(callsOf(backend, 'ledger').at(-1)?.[1]).toBe('observed'));
  });

  it('invite to verify where nothing was observed, instead of an empty table', async () => {
    const backend = await open({ apple: 'new' });
    await layer('Observed');
    const invitation = await screen.findByRole('region', { name: 'Apple was never asked about CI Release' });
    expect(screen.queryByRole('grid')).toBeNull();
    expect(invitation.textContent).toContain('Nothing is changed there, and the private key stays sealed.');
    await expectAccessible();
    await user.click(within(invitation).getByRole('button', { name: 'Verify' }));
    expect(callsOf(backend, 'verify')).toEqual([[{ keys: [keyRef(1)], depth: 'normal' }]]);
    await vi.waitFor(() => expect(within(invitation).getByRole('button', { name: 'Asking Apple…' }).hasAttribute('disabled')).toBe(true));
    backend.appleAnswers();
    expect(await screen.findByRole('grid')).toBeTruthy();
  });

  it('invite from the grid to verify all keys', async () => {
    const backend = await open({ apple: 'new', page: 'permissions' });
    await screen.findByRole('grid');
    await layer('Observed');
    await user.click(await screen.findByRole('button', { name: 'Verify All Keys' }));
    expect(callsOf(backend, 'verify')).toEqual([[{ keys: null, depth: 'normal' }]]);
  });

  it('are named by every file that leaves the window', async () => {
    const backend = await open();
    await layer('Observed');
    await vi.waitFor(() => expect(callsOf(backend, 'ledger').at(-1)?.[1]).toBe('observed'));
    for (const format of ['Markdown', 'CSV', 'SVG']) {
      await user.click(screen.getByRole('button', { name: 'Copy or save' }));
      await user.click(await screen.findByRole('menuitem', { name: `Save as ${format}…` }));
    }
    await vi.waitFor(() => expect(callsOf(backend, 'exportSave')).toHaveLength(3));
    for (const [request] of callsOf(backend, 'exportSave') as [ExportRequest][]) {
      expect(request.name).toBe('permissions-observed');
      expect(request.content).toContain('Shown: Observed, only what Apple answered.');
    }
  });
});

describe('what was observed', () => {
  it('is named half by half, with how long ago in the legend', async () => {
    await open();
    expect(await cell(/^Apps & metadata, CI Release: Manage\. Reading: Answered by Apple\. Writing: Follows from Apple’s pages$/)).toBeTruthy();
    expect(document.querySelector('.legend')?.textContent).toContain('Observed, 2 min ago');
    expect(document.querySelector('.legend')?.textContent).toContain('Apple’s role table, Oct 2026');
    await expectAccessible();
  });

  it('is solid where Apple answered, tinted where it is written, and has a hole once it is old', () => {
    const look = (props: object) => [...render(LevelGlyph, { read: 'yes', write: 'yes', ...props }).container.querySelectorAll('path')].map((path) => path.getAttribute('class')?.replace(/ svelte-\w+/, ''));
    expect(look({})).toEqual(['fill-level line-level', 'fill-level line-level']);
    expect(look({ readBasis: 'observed' })).toEqual(['fill-level line-level solid', 'fill-level line-level']);
    expect(look({ readBasis: 'observed', stale: true })).toEqual(['fill-level line-level solid', 'fill-paper', 'fill-level line-level']);
  });

  it('has an eye, and a hollow one after 30 days', () => {
    const pupils = (stale: boolean) => render(BasisIcon, { basis: 'observed', stale }).container.querySelectorAll('circle').length;
    expect([pupils(false), pupils(true)]).toEqual([1, 0]);
  });

  it('says that it is more than 30 days old, in the ledger and in the grid', async () => {
    await open();
    await select(/^Notarize/);
    expect(await cell(/^Apps & metadata, Notarize.*Reading: Answered by Apple more than 30 days ago/)).toBeTruthy();
    expect(document.querySelector('.legend')?.textContent).toContain('More than 30 days ago');
    await user.click(screen.getByRole('button', { name: 'Permissions' }));
    const grid = await screen.findByRole('grid', { name: /Every key/ });
    expect(within(grid).getByRole('gridcell', { name: /^Apps & metadata, Notarize.*Answered by Apple more than 30 days ago/ })).toBeTruthy();
    expect(within(grid).getByRole('gridcell', { name: /^Apps & metadata, TestFlight Upload.*Answered by Apple\. Writing/ })).toBeTruthy();
    expect(screen.getByRole('group', { name: 'Legend' }).textContent).toContain('Observed more than 30 days ago');
    await expectAccessible();
  });

  it('says in words where it differs from the table, with Apple’s status in the answer', async () => {
    await open();
    await select(/^Reviews bot/);
    const builds = await cell(/^Builds & TestFlight, Reviews bot: .*Apple allowed it; the table says Customer Support may not$/);
    await user.click(builds);
    expect((await screen.findByRole('dialog', { name: /Builds/ })).textContent).toContain('Apple answered 200; the table says Customer Support may not.');
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Permissions' }));
    const grid = await screen.findByRole('grid', { name: /Every key/ });
    expect(within(grid).getByRole('gridcell', { name: /^Builds & TestFlight, Reviews bot: .*Apple’s answer differs from the table$/ })).toBeTruthy();
    expect(grid.querySelectorAll('.marks .flag')).toHaveLength(1);
  });

  it('is one sentence in the grid for a key Apple refuses, which counts nowhere, until only documents are shown', async () => {
    await open({ page: 'permissions' });
    const grid = await screen.findByRole('grid');
    const notary = () => grid.querySelector('.total .c10')?.textContent;
    expect(within(grid).getByText(/^Apple didn’t recognise this key on .* What it reaches can’t be told\.$/)).toBeTruthy();
    expect(within(grid).getByRole('gridcell', { name: /^Reviews|^Customer reviews, Tomás — previous laptop\. Apple didn’t recognise/ })).toBeTruthy();
    expect(within(grid).queryByRole('gridcell', { name: /Tomás.*No access/ })).toBeNull();
    expect(grid.querySelector('.total .c0')?.textContent).toBe('8');
    expect(notary()).toBe('4');
    await layer('Documented');
    await vi.waitFor(() => expect(within(grid).queryByText(/didn’t recognise/)).toBeNull());
    expect(grid.querySelector('.total .c0')?.textContent).toBe('10');
  });
});

describe('a key that Apple refuses', () => {
  it('is not shown as if it did what its role allows', async () => {
    await open();
    await select(/^Tomás/);
    expect(await screen.findByText('Apple doesn’t recognise this key. What is written here is what its role would allow, not what this key does.')).toBeTruthy();
    await layer('Observed');
    expect(await screen.findByRole('region', { name: 'Apple has said nothing about what Tomás — previous laptop may do' })).toBeTruthy();
    await layer('Documented');
    await vi.waitFor(() => expect(screen.queryByText(/^Apple doesn’t recognise this key\. What is written/)).toBeNull());
  });
});

describe('keys that cannot be told apart', () => {
  it('share a row whenever Apple was asked about each, but not once their apps differ', async () => {
    const backend = fakeBackend({ apple: 'checked' });
    const [{ keys }, view] = await Promise.all([backend.keys(), backend.grid()]);
    const person = keys.find(({ kind, archived_at }) => kind === 'individual' && archived_at === null);
    const row = view.answers[view.rows.find(({ key }) => key === person?.id)?.answer ?? -1];
    if (!person || !row) throw new Error('no such key');
    const twin = (name: string, apps: AppsSeen): Entry => ({ key: { ...person, id: name, name, apps }, row: structuredClone(row), refused: null });
    const entries = [twin('A', { seen: 'all' }), twin('B', { seen: 'all' }), twin('C', { seen: 'some', ids: ['1'] })];
    const own = linesOf(entries, new Map(entries.map(({ key }) => [key.id, 'can'])), BY_NAME, { identical: true, expanded: new Set() }).filter((line) => line.type === 'key');
    expect(own.map(({ entry, folded }) => [entry.key.name, folded.length])).toEqual([['A', 1], ['C', 0]]);
  });
});

describe('why, after Apple was asked', () => {
  it('shows the exchange, the roles that would do, the keys that can, and leads to them', async () => {
    await open();
    await user.click(await cell(/^Sales reports, CI Release: No access/));
    const why = await screen.findByRole('dialog', { name: /Sales reports/ });
    await within(why).findByText(/3 of your keys can:/);
    expect(why.textContent).toContain('Apple accepted the key and refused this request: its role doesn’t include it. 2 min ago');
    for (const words of ['GET /v1/salesReports', '403 FORBIDDEN_ERROR', '7D0C5A1E-52F4']) expect(why.textContent).toContain(words);
    expect(why.textContent).toMatch(/A Team key with the role Admin.*Finance would do\./);
    await expectAccessible();
    await user.click(within(why).getByRole('button', { name: /^Sales → Warehouse/ }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(await screen.findByRole('heading', { name: 'Sales → Warehouse' })).toBeTruthy();
  });

  it('leads to the advisor with the job that was refused', async () => {
    await open();
    await user.click(await cell(/^Finance reports, CI Release: No access/));
    await user.click(await screen.findByRole('button', { name: 'Open in Advisor' }));
    expect((await screen.findByRole('button', { name: 'Financial reports' })).getAttribute('aria-pressed')).toBe('true');
  });

  it('says that Individual keys are shut out, although Apple’s answer looks like a wrong key', async () => {
    await open();
    await select(/^Mina/);
    await user.click(await cell(/^Certificates, IDs & profiles, Mina.*: Never/));
    const why = await screen.findByRole('dialog', { name: /Certificates/ });
    expect(await within(why).findByText(/^Closed to Individual keys\. Apple answers as if the key were wrong; it isn’t\./)).toBeTruthy();
    expect(why.textContent).toContain('401 NOT_AUTHORIZED');
  });

  it('never takes “couldn’t check” for “no access”', async () => {
    const backend = await open();
    const known = backend.apple.checks.get(keyRef(1));
    backend.apple.checks.set(keyRef(1), { ...known, answers: [answer('apps', 'not_learned', Date.now())] });
    backend.emit({ event: 'keys_changed' });
    const apps = await cell(/^Apps & metadata, CI Release: Manage\. Follows from Apple’s pages$/);
    await user.click(apps);
    const why = await screen.findByRole('dialog', { name: /Apps & metadata/ });
    expect(await within(why).findByText(/Couldn’t check: nothing was learned\. That is not “no access”\./)).toBeTruthy();
    expect(why.textContent).not.toMatch(/No access/);
  });

  it('says when an attempt taught nothing, and that what is shown is older', async () => {
    await open();
    await select(/^Sales →/);
    await user.click(await cell(/^Sales reports, Sales → Warehouse/));
    const why = await screen.findByRole('dialog', { name: /Sales reports/ });
    expect(await within(why).findByText(/^Couldn’t check .* That is not “no access”; what is shown is older\.$/)).toBeTruthy();
  });

  it('says what stood in the way of asking', async () => {
    await open();
    await user.click(await cell(/^Notarization, CI Release/));
    expect(await screen.findByText('Apple wasn’t asked: this can only be tried by submitting something.')).toBeTruthy();
  });

  it('checks this key at once', async () => {
    const backend = await open();
    await user.click(await cell(/^Apps & metadata, CI Release/));
    await user.click(await screen.findByRole('button', { name: 'Check Now' }));
    expect(callsOf(backend, 'verify')).toEqual([[{ keys: [keyRef(1)], depth: 'normal' }]]);
    const why = screen.getByRole('dialog', { name: /Apps & metadata/ });
    await within(why).findByText('Asking Apple…');
    backend.appleAnswers();
    await vi.waitFor(() => expect(within(why).queryByText('Asking Apple…')).toBeNull());
    expect(await within(why).findByText(/just now/)).toBeTruthy();
  });

  it('stays open in the grid while the keys change under it', async () => {
    const backend = await open({ page: 'permissions' });
    const grid = await screen.findByRole('grid');
    await user.click(within(grid).getByRole('gridcell', { name: /^Apps & metadata, CI Release/ }));
    const why = await screen.findByRole('dialog', { name: /Apps & metadata/ });
    backend.emit({ event: 'keys_changed' });
    await vi.waitFor(() => expect(callsOf(backend, 'ledger')).toHaveLength(2));
    expect(screen.getByRole('dialog', { name: /Apps & metadata/ })).toBe(why);
  });
});

describe('roles that fit the answers better', () => {
  it('are taken with one press, through the library, with a way back', async () => {
    const backend = await open();
    await select(/^Reviews bot/);
    const notice = await screen.findByRole('region', { name: 'Apple’s answers fit Developer better than Customer Support' });
    expect(notice.textContent).toMatch(/\d of \d answers fit Developer, \d of \d fit Customer Support\./);
    await expectAccessible();
    await user.click(within(notice).getByRole('button', { name: 'Change to Developer' }));
    await vi.waitFor(() => expect(callsOf(backend, 'keyUpdate').at(-1)).toMatchObject([{ patch: { roles: ['DEVELOPER'] } }]));
  });

  it('can be turned down for good', async () => {
    const backend = await open();
    await select(/^Reviews bot/);
    await user.click(await screen.findByRole('button', { name: 'Keep Customer Support' }));
    expect(callsOf(backend, 'rolesKeep')).toEqual([[keyRef(7)]]);
    await vi.waitFor(() => expect(screen.queryByRole('region', { name: /Apple’s answers fit/ })).toBeNull());
  });

  it('are offered where nobody knew the role, in place of the question', async () => {
    const backend = await open();
    backend.apple.checks.set(keyRef(8), { fit: { roles: ['MARKETING'], agrees: 6, recorded_agrees: 0, of: 7 } });
    backend.emit({ event: 'keys_changed' });
    await select(/^Store copy sync/);
    const notice = await screen.findByRole('region', { name: 'The answers fit Marketing' });
    expect(notice.textContent).toContain('6 of the 7 answers that tell roles apart fit Marketing.');
    expect(screen.queryByText('Which role has this key?')).toBeNull();
    await user.click(within(notice).getByRole('button', { name: 'Use It' }));
    await vi.waitFor(() => expect(callsOf(backend, 'keyUpdate').at(-1)).toMatchObject([{ patch: { roles: ['MARKETING'] } }]));
  });
});

describe('apps', () => {
  const TEAM = '57246542-96fe-1a63-e053-0824d011a9b3';
  const app = (id: string, issuer_id: string | null = TEAM): AppView => ({ id, name: `App ${id}`, bundle_id: `com.example.${id}`, issuer_id });
  const five = ['1', '2', '3', '4', '5'].map((id) => app(id));
  const person = (apps: AppsSeen) => ({ kind: 'individual' as const, issuer_id: null, apps });

  it('are counted among those of the team, and not made up where nobody asked', () => {
    const some = appsKnown(person({ seen: 'some', ids: ['2', '4'] }), 'as_owner', [...five, app('9', 'another')]);
    expect(appsWords(some)).toBe('2 of 5 apps');
    expect(some.apps.map(({ visible }) => visible)).toEqual([false, true, false, true, false]);
    const unknown = appsKnown(person({ seen: 'unknown' }), 'as_owner', five);
    expect(appsWords(unknown)).toBe('The owner’s apps');
    expect(appsUnknownWords(unknown)).toMatch(/Apple was not asked yet/);
    expect(appsWords(appsKnown(person({ seen: 'some', ids: ['7'] }), 'as_owner', [app('7', null)]))).toBe('1 app');
    const team = { kind: 'team' as const, issuer_id: TEAM, apps: { seen: 'unknown' as const } };
    expect(appsWords(appsKnown(team, 'all_always', five))).toBe('All 5 apps');
    expect(appsWords(appsKnown(team, 'all_always', []))).toBe('All apps, always');
    expect(appsWords(appsKnown({ ...team, issuer_id: 'another' }, 'all_always', five))).toBe('All apps, always');
  });

  it('are squares up to twelve, then a bar', () => {
    const paths = (count: number) => {
      const apps = Array.from({ length: count }, (_, at) => app(String(at)));
      const { container } = render(AppStrip, { known: appsKnown(person({ seen: 'some', ids: ['0', '1'] }), 'as_owner', apps) });
      return [...container.querySelectorAll('path')].map((path) => path.getAttribute('d')?.match(/M/g)?.length ?? 0);
    };
    expect(paths(5)).toEqual([2, 3]);
    expect(paths(12)).toEqual([2, 10]);
    expect(paths(13)).toEqual([1, 1]);
  });

  it('are listed by name and bundle ID, those out of sight too', async () => {
    await open();
    await select(/^Mina/);
    const [button] = await screen.findAllByRole('button', { name: '2 of 5 apps' });
    if (!button) throw new Error('no apps');
    await user.click(button);
    const list = screen.getByRole('dialog', { name: '2 of 5 apps' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(5);
    expect(within(list).getAllByText('not visible')).toHaveLength(3);
    expect(list.textContent).toContain('com.example.tideline');
    await expectAccessible();
  });

  it('narrow the grid to the keys that reach one', async () => {
    const backend = await open({ page: 'permissions' });
    const grid = await screen.findByRole('grid');
    const [tideline] = backend.apple.apps;
    await user.click(screen.getByRole('button', { name: /^for any app/ }));
    await user.click(screen.getByRole('menuitemradio', { name: /^Lantern Notes/ }));
    expect(await screen.findByText(/keys can do anything for Lantern Notes\./)).toBeTruthy();
    expect(within(grid).queryByRole('rowheader', { name: /^Mina/ })).toBeNull();
    expect(within(grid).getByRole('rowheader', { name: /^CI Release/ })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /^for Lantern Notes/ }));
    await user.click(screen.getByRole('menuitemradio', { name: /^Tideline com/ }));
    await user.click(screen.getByRole('button', { name: /^Which keys can/ }));
    await user.click(screen.getByRole('menuitemradio', { name: 'Customer reviews' }));
    await vi.waitFor(() => expect(callsOf(backend, 'whoCan').at(-1)).toEqual([{ question: { about: 'area', area: 'reviews', half: 'any' }, scope: { one: tideline?.id } }]));
    expect(within(grid).getByRole('rowheader', { name: /^Mina/ })).toBeTruthy();
    await expectAccessible();
  });
});

describe('the owner of an Individual key', () => {
  async function openOwner() {
    const backend = await open();
    await select(/^Mina/);
    await user.click(await screen.findByRole('button', { name: 'Look Up…' }));
    return { backend, panel: screen.getByRole('region', { name: 'What may its owner do?' }) };
  }

  it('is looked up only on request, with a Team key, by an address that is not kept', async () => {
    const { backend, panel } = await openOwner();
    backend.apple.owner = { roles: ['APP_MANAGER', 'MARKETING'], others: ['CREATE_APPS'], apps: { seen: 'all' }, provisioning: true };
    expect(callsOf(backend, 'ownerLookUp')).toEqual([]);
    expect(panel.textContent).toContain('Used for this one request, then forgotten.');
    await expectAccessible();
    await user.type(within(panel).getByRole('textbox', { name: 'The owner’s address at Apple' }), 'mina@example.com{Enter}');
    expect(callsOf(backend, 'ownerLookUp')).toEqual([[{ key: keyRef(9), with: keyRef(4), email: 'mina@example.com' }]]);
    expect(await within(panel).findByText('App Manager, Marketing and Create apps')).toBeTruthy();
    expect(panel.textContent).toContain('Allowed on the website, but never through an Individual key');
    expect(panel.textContent).toContain('with fastlane (old Mac mini).');
    expect(document.body.innerHTML).not.toContain('mina@example.com');
    await user.click(within(panel).getByRole('button', { name: 'Use These Roles' }));
    await vi.waitFor(() => expect(callsOf(backend, 'keyUpdate').at(-1)).toMatchObject([{ patch: { roles: ['APP_MANAGER', 'MARKETING'] } }]));
  });

  it('says in words when Apple knows nobody of that address, and keeps it to be mended', async () => {
    const { panel } = await openOwner();
    const address = within(panel).getByRole<HTMLInputElement>('textbox', { name: 'The owner’s address at Apple' });
    await user.type(address, 'nobody@example.com{Enter}');
    expect((await within(panel).findByRole('alert')).textContent).not.toBe('');
    expect(address.value).toBe('nobody@example.com');
    await user.click(within(panel).getByRole('button', { name: 'Cancel' }));
    expect(document.activeElement).toBe(within(panel).getByRole('button', { name: 'Look Up…' }));
  });

  it('needs a Team key that sees users, and says so', async () => {
    const backend = await open();
    for (const [id, check] of backend.apple.checks) backend.apple.checks.set(id, { ...check, could_look_up: [] });
    backend.emit({ event: 'keys_changed' });
    await select(/^Priya/);
    expect(await screen.findByText(/^None of the Team keys here is known to see users\./)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Look Up…' })).toBeNull();
  });

  it('is no question of a Team key', async () => {
    await open();
    expect(screen.queryByRole('region', { name: 'What may its owner do?' })).toBeNull();
  });
});

describe('how long ago', () => {
  it.each([
    [20_000, 'just now'], [2 * MINUTE, '2 min ago'], [3 * 60 * MINUTE, '3 hr ago'], [5 * DAY, '5 days ago'], [41 * DAY, '13 Oct 2026'], [-2 * DAY, '25 Nov 2026'],
  ])('%i ms is %s', (gone, words) => {
    const now = new Date(2026, 10, 23, 14, 10).getTime();
    expect(ago(now - gone, now)).toBe(words);
  });
});
