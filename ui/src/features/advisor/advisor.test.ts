import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { AdviceView, Area, Basis, Half, KeyKind, Task } from '../../backend/bindings.gen';
import { type FakeBackend, type FakeOptions } from '../../backend/fake';
import { hasWords, taskWords } from '../../i18n';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { beyondWords } from './words';

const user = userEvent.setup();
const chip = (task: Task) => screen.getByRole('button', { name: taskWords(task) });
const answer = () => screen.findByRole('region', { name: 'Answer' });
const names = (list: HTMLElement) => within(list).getAllByRole('heading', { level: 3 }).map((one) => one.textContent.trim());

async function advised(tasks: Task[], options: FakeOptions = {}): Promise<{ backend: FakeBackend; found: HTMLElement }> {
  const backend = await openWindow({ page: 'advisor', ...options });
  await screen.findByRole('toolbar', { name: 'Builds' });
  for (const task of tasks) await user.click(chip(task));
  await vi.waitFor(() => expect(callsOf(backend, 'advise').at(-1)).toMatchObject([{ tasks: expect.arrayContaining(tasks) }]));
  return { backend, found: await answer() };
}

/** Puts an answer in place of the sample world's, with its menu. */
function answering(backend: FakeBackend, part: Partial<AdviceView>): void {
  const real = backend.advise.bind(backend);
  vi.spyOn(backend, 'advise').mockImplementation(async (request) => ({ ...(await real(request)), fits: [], nearly: [], create: null, split: [], closed: [], open: [], ...part }));
}

describe('nothing chosen', () => {
  it('invites with common starting points, and says what is not known', async () => {
    const backend = await openWindow({ page: 'advisor' });
    expect(await screen.findByRole('heading', { name: 'Choose what the key is for' })).toBeTruthy();
    expect(screen.getByText(/Nothing here was tested with Apple yet\./).textContent).toContain('Writes are never tested.');
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: new RegExp(`^${taskWords('ci_machine')}.`) }));
    expect(chip('ci_machine').getAttribute('aria-pressed')).toBe('true');
    expect(document.activeElement).toBe(chip('ci_machine'));
    expect(callsOf(backend, 'advise').at(-1)).toEqual([{ tasks: ['ci_machine'], scope: 'any' }]);
  });

  it('each group of jobs is one Tab stop that the arrows walk', async () => {
    await openWindow({ page: 'advisor' });
    const store = await screen.findByRole('toolbar', { name: 'Store' });
    expect(within(store).getAllByRole('button').filter((one) => one.tabIndex === 0)).toHaveLength(1);
    chip('edit_metadata').focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(chip('prices'));
    await user.keyboard(' {End}');
    expect(chip('prices').getAttribute('aria-pressed')).toBe('true');
    expect(document.activeElement).toBe(within(store).getAllByRole('button').at(-1));
  });
});

describe('keys that fit', () => {
  it('stand smallest first, the first of them marked', async () => {
    const { found } = await advised(['upload_builds', 'testflight_notes']);
    const heading = within(found).getByRole('heading', { name: '3 keys you have fit both jobs' });
    const fits = heading.closest('.main')?.querySelector('ul') as HTMLElement;
    expect(names(fits)).toEqual(['Jonas Weber', 'CI Release', 'fastlane (old Mac mini)']);
    expect(within(fits).getAllByText('Smallest that fits')).toHaveLength(1);
    expect(within(fits).getAllByRole('listitem')[0]?.textContent).toContain('Smallest that fits');
    expect(within(found).getByText('Smallest first. Writes are never tested.')).toBeTruthy();
  });

  it('say what they could do besides, an Individual key also whose it is', async () => {
    const { found } = await advised(['upload_builds', 'testflight_notes']);
    expect(found.textContent).toContain('Reaches beyond these jobs in 4 areas: app metadata, Xcode Cloud, prices and reviews. It’s the person’s own key');
    expect(found.textContent).toContain('in 5 areas: the 4 above, plus notarization.');
    expect(found.textContent).toContain('in every other area, including users, sales and finance.');
    expect(found.textContent).not.toMatch(/%|\bsecure\b|risk/i);
  });

  it('say per kind of evidence what each job rests on', async () => {
    const { found } = await advised(['upload_builds', 'manage_users']);
    const proofs = within(within(found).getByRole('button', { name: 'fastlane (old Mac mini)' }).closest('li') as HTMLElement).getAllByRole('listitem');
    expect(proofs.map((one) => one.textContent.trim())).toEqual(['Upload builds: follows from Apple’s pages on Admin', 'Manage users: documented for Admin']);
  });

  it('open in the list of keys when pressed', async () => {
    const { found } = await advised(['upload_builds', 'testflight_notes']);
    await user.click(within(found).getByRole('button', { name: 'Jonas Weber' }));
    expect((await screen.findByRole('option', { name: /^Jonas Weber/ })).getAttribute('aria-selected')).toBe('true');
  });

  it('for every app leave out keys whose owner’s apps are not known', async () => {
    const { backend, found } = await advised(['upload_builds']);
    expect(within(found).getByRole('heading', { name: '6 keys you have fit this job' })).toBeTruthy();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Which apps' }), 'For every app');
    expect(callsOf(backend, 'advise').at(-1)).toEqual([{ tasks: ['upload_builds'], scope: 'every' }]);
    expect(await within(found).findByRole('heading', { name: '4 keys you have fit this job' })).toBeTruthy();
    expect(within(found).getByRole('button', { name: 'Mina Okafor — MacBook Pro' }).closest('li')?.textContent).toContain('it isn’t known which apps');
  });

  it('are at most a few dozen rows, however many there are', async () => {
    const { found } = await advised(['upload_builds'], { keys: 200 });
    await user.click(within(found).getAllByRole('button', { name: /^Show \d+ more$/ })[0] as HTMLElement);
    expect(found.querySelectorAll('li .line').length).toBeLessThan(120);
  });
});

describe('keys that nearly fit', () => {
  it('say what is missing and who says so; three are shown until all are asked for', async () => {
    const { found } = await advised(['upload_builds', 'testflight_notes']);
    const nearly = within(found).getByRole('heading', { name: 'Nearly' }).parentElement?.nextElementSibling as HTMLElement;
    expect(names(nearly)).toHaveLength(3);
    const developer = within(nearly).getByRole('button', { name: 'TestFlight Upload' }).closest('li');
    expect(developer?.textContent).toContain('Set TestFlight notes: reported to be refused.');
    await user.click(within(found).getByRole('button', { name: /^Show all \d+$/ }));
    expect(names(nearly).length).toBeGreaterThan(3);
    expect(within(nearly).getByRole('button', { name: 'Store copy sync' }).closest('li')?.textContent).toContain('Its role isn’t set.');
  });

  it('take a job apart that asks for several abilities', async () => {
    const { found } = await advised(['ci_machine']);
    expect(within(found).getByRole('button', { name: 'TestFlight Upload' }).closest('li')?.textContent).toContain('Submit for review:');
  });
});

describe('the key to create', () => {
  it('comes step by step, with the page to open and the steps to hand on', async () => {
    const { backend, found } = await advised(['upload_builds', 'testflight_notes']);
    expect(within(found).getByRole('heading', { name: 'Or create a key for these jobs' })).toBeTruthy();
    const steps = [...(found.querySelector('ol') as HTMLElement).querySelectorAll('li')].map((one) => one.textContent.trim());
    expect(steps).toHaveLength(5);
    expect(steps[0]).toBe('Open Integrations. Needs the role Account Holder or Admin. The Account Holder must have requested API access once.');
    expect(steps[2]).toBe('Choose App Manager under Access. It can’t be changed later.');
    await user.click(within(found).getByRole('button', { name: /^Open Integrations/ }));
    expect(callsOf(backend, 'openLink')).toEqual([[{ fixed: 'asc_integrations' }]]);
    await user.click(within(found).getByRole('button', { name: 'Copy Steps' }));
    const [text] = callsOf(backend, 'exportCopy').at(-1) as [string];
    expect(text).toContain('Team key, App Manager');
    expect(text).toContain('3. Choose App Manager under Access. It can’t be changed later.');
    expect(await screen.findByText('Steps copied')).toBeTruthy();
  });

  it('for a person is that person’s own key: no role to choose, one active key', async () => {
    const { backend, found } = await advised(['aso_contractor']);
    expect(within(found).getByRole('heading', { name: 'Individual key, Marketing' })).toBeTruthy();
    const steps = found.querySelector('ol')?.textContent ?? '';
    expect(steps).toContain('It must include Marketing');
    expect(steps).toContain('There is no role to choose. One active key per person.');
    await user.click(within(found).getByRole('button', { name: /^Open Users and Access/ }));
    expect(callsOf(backend, 'openLink')).toEqual([[{ fixed: 'asc_users' }]]);
  });

  it('names a smaller role that App Store Connect may offer, and what the other kind would do', async () => {
    const { found } = await advised(['edit_metadata']);
    expect(found.textContent).toContain('If App Store Connect offers you Marketing for keys, that is smaller and would do.');
    expect(found.textContent).toContain('A Team key always sees all apps. An Individual key of someone with this role would do too');
  });

  it('is the main thing when nothing fits', async () => {
    const { found } = await advised(['finance_reports'], { keys: 1 });
    expect(within(found).getAllByRole('heading', { level: 2 })[0]?.textContent).toBe('No key you have fits this job. Create one:');
    expect(within(found).getByRole('heading', { name: 'Team key, Finance' })).toBeTruthy();
    expect(found.textContent).toContain('Closed to Individual keys by Apple: Financial reports.');
    await expectAccessible();
  });

  it('opens its sources through the core', async () => {
    const { backend, found } = await advised(['upload_builds']);
    await user.click(within(found).getByRole('button', { name: /^Apple help: Role permissions, Oct 2026/ }));
    expect(callsOf(backend, 'openLink')).toEqual([[{ source: expect.stringContaining('https://developer.apple.com/') }]]);
  });

  it('may be two smaller ones that reach less together', async () => {
    const { found } = await advised(['edit_metadata', 'finance_reports'], { keys: 1 });
    expect(within(found).getByRole('heading', { name: 'Two smaller keys together reach less' })).toBeTruthy();
    expect(found.textContent).toContain('One key for everything would need Admin.');
    expect(within(found).getAllByRole('heading', { level: 3 }).map((one) => one.textContent.trim())).toEqual(expect.arrayContaining(['Team key, Admin', 'Team key, App Manager', 'Team key, Finance']));
    expect(found.querySelectorAll('ol')).toHaveLength(1);
    await user.click(within(found).getAllByRole('button', { name: 'Steps' })[1] as HTMLElement);
    expect(found.querySelectorAll('ol')[1]?.textContent).toContain('Choose Finance');
    await expectAccessible();
  });

  it('is not made up where no source names a role', async () => {
    const { found } = await advised(['webhooks']);
    expect(within(found).getByRole('heading', { name: 'No source says which role may do this' })).toBeTruthy();
    expect(within(found).queryByRole('button', { name: /^Open / })).toBeNull();
    await expectAccessible();
  });

  it('is disputed for Individual keys where Apple’s pages are contradicted', async () => {
    const { found } = await advised(['notarize']);
    expect(found.textContent).toContain('Disputed for Individual keys: Notarize a Mac app.');
  });
});

describe('asking', () => {
  it('says the result once, politely, and lets go of the jobs on Clear', async () => {
    await advised(['upload_builds', 'testflight_notes']);
    const said = screen.getByRole('main').querySelector('[role="status"]');
    expect(said?.textContent).toMatch(/^3 keys you have fit both jobs\. \d+ nearly fit\.$/);
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'Clear' }));
    expect(await screen.findByRole('heading', { name: 'Choose what the key is for' })).toBeTruthy();
    expect(screen.getByRole('toolbar', { name: 'Builds' }).contains(document.activeElement)).toBe(true);
  });

  it('an older answer never replaces a newer one', async () => {
    const backend = await openWindow({ page: 'advisor' });
    await screen.findByRole('toolbar', { name: 'Builds' });
    const real = backend.advise.bind(backend);
    const waiting: (() => Promise<void>)[] = [];
    vi.spyOn(backend, 'advise').mockImplementation((request) => new Promise((resolve) => waiting.push(() => real(request).then(resolve))));
    await user.click(chip('upload_builds'));
    await user.click(chip('testflight_notes'));
    expect(waiting).toHaveLength(2);
    await waiting[1]?.();
    expect(await screen.findByRole('heading', { name: '3 keys you have fit both jobs' })).toBeTruthy();
    await waiting[0]?.();
    await tick();
    expect(screen.getByRole('heading', { name: '3 keys you have fit both jobs' })).toBeTruthy();
  });

  it('a failure is said in place and can be tried again', async () => {
    const backend = await openWindow({ page: 'advisor' });
    await screen.findByRole('toolbar', { name: 'Builds' });
    backend.failNext('advise', { code: 'internal' });
    await user.click(chip('upload_builds'));
    expect(await screen.findByText(/The advice could not be read\./)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try Again' }));
    expect(await screen.findByRole('heading', { name: '6 keys you have fit this job' })).toBeTruthy();
  });

  it('asks again when a key’s role changes', async () => {
    const { backend } = await advised(['upload_builds']);
    const before = callsOf(backend, 'advise').length;
    const { keys } = await backend.keys();
    const unset = keys.find((key) => key.name === 'Store copy sync');
    await backend.keyUpdate({ id: unset?.id ?? '', version: unset?.version ?? 0, patch: { roles: ['DEVELOPER'] } });
    expect(await screen.findByRole('heading', { name: '7 keys you have fit this job' })).toBeTruthy();
    expect(callsOf(backend, 'advise').length).toBeGreaterThan(before);
  });

  it('an answer of Apple takes the place of "nothing was tested"', async () => {
    const backend = await openWindow({ page: 'advisor' });
    await screen.findByRole('toolbar', { name: 'Builds' });
    const { keys } = await backend.keys();
    answering(backend, { fits: [{ key: keys[0]?.id ?? '', apps: 'all_always', size: 1, proofs: [{ task: 'read_reviews', basis: 'observed' }], beyond: [] }] });
    await user.click(chip('read_reviews'));
    const found = await answer();
    expect(found.textContent).toContain('Answered by Apple');
    expect(found.textContent).toContain('Reaches nothing beyond this job.');
    expect(screen.queryByText(/Nothing here was tested/)).toBeNull();
  });
});

describe('an answer of Apple that is old', () => {
  it('says so', async () => {
    const backend = await openWindow({ page: 'advisor', apple: 'mixed', at: Date.now() });
    await screen.findByRole('toolbar', { name: 'Builds' });
    const old = (await backend.keys()).keys.find(({ standing }) => standing.stale);
    answering(backend, { fits: [{ key: old?.id ?? '', apps: 'all_always', size: 1, proofs: [{ task: 'read_reviews', basis: 'observed' }], beyond: [] }] });
    await user.click(chip('read_reviews'));
    expect((await answer()).textContent).toContain('Answered by Apple, more than 30 days ago');
  });
});

describe('what a key reaches beyond the job', () => {
  const some = ['manage', 'manage', 'none', 'view', 'none', 'none', 'none', 'none', 'none', 'none', 'none'] as const;
  it('is named in full unless it repeats the key above', () => {
    expect(beyondWords(['apps', 'pricing'], [...some], 1).rest).toBe('app metadata and prices.');
    expect(beyondWords(['apps', 'builds', 'pricing'], [...some], 1, ['apps', 'builds', 'pricing']).rest).toBe('the same as above.');
    expect(beyondWords(['apps', 'builds', 'pricing'], [...some], 1, ['users', 'sales', 'notary']).rest).toBe('app metadata, builds and TestFlight and prices.');
  });
});

describe('words', () => {
  const BASES: Record<Basis, null> = { observed: null, documented: null, spec: null, quoted: null, derived: null, reported: null, disputed: null, unknown: null };
  const HALVES: Record<Half, null> = { yes: null, part: null, no: null, never: null, unknown: null, disputed: null };
  const AREAS: Record<Area, null> = { apps: null, builds: null, xcode_cloud: null, pricing: null, reviews: null, analytics: null, users: null, provisioning: null, sales: null, finance: null, notary: null };
  const KINDS: Record<KeyKind, null> = { team: null, individual: null };
  const expectWords = (prefix: string, codes: string[]) => expect(codes.filter((code) => !hasWords(prefix, code))).toEqual([]);

  it('exist for every kind of evidence, every value and every area', () => {
    for (const prefix of ['advisor.proof', 'advisor.proof_all', 'advisor.plan.basis', 'advisor.lack.no']) expectWords(prefix, Object.keys(BASES));
    expectWords('advisor.lack', Object.keys(HALVES).filter((half) => half !== 'yes' && half !== 'no'));
    for (const kind of Object.keys(KINDS)) expectWords(`advisor.other.${kind}`, Object.keys(HALVES));
    expectWords('advisor.area', Object.keys(AREAS));
  });
});
