import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { FakeBackend, FakeOptions } from '../../backend/fake';
import type { TokenScene } from '../../backend/fake/token-scenes';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { lifetimes, nearest, ticks } from './lifetimes';
import { choices, filled, hole } from './scope';

const user = userEvent.setup();
const card = (title: string) => screen.findByRole('region', { name: title });

async function opened(options: FakeOptions = {}): Promise<FakeBackend> {
  const backend = await openWindow({ page: 'tokens', apple: 'mixed', ...options });
  await card('Claims');
  return backend;
}
async function made(): Promise<void> {
  await user.click(screen.getByRole('button', { name: 'Create Token' }));
  await screen.findByRole('button', { name: /^Copy Token/ });
}
/** Limits the token to chosen requests, with the list of them at hand. */
async function limited(): Promise<HTMLElement> {
  await user.click(screen.getByRole('switch', { name: 'Limit this token to chosen requests' }));
  const list = await screen.findByRole('list', { name: 'GET operations' });
  await within(list).findAllByRole('checkbox');
  return list;
}
async function inspected(pasted: TokenScene): Promise<FakeBackend> {
  const backend = await opened();
  backend.pasted = pasted;
  await user.click(screen.getByRole('radio', { name: 'Inspect' }));
  await user.click(await screen.findByRole('button', { name: 'Paste Token' }));
  return backend;
}
const lastPlan = (backend: FakeBackend) => callsOf(backend, 'tokenPlan').at(-1)?.[0];

describe('a token', () => {
  it('is planned before anything is signed', async () => {
    const backend = await opened();
    const claims = await card('Claims');
    expect(claims.textContent).toContain('appstoreconnect-v1');
    expect(claims.textContent).toContain('the role decides');
    expect(callsOf(backend, 'tokenMint')).toEqual([]);
    await expectAccessible();
  });

  it('is masked, shown only while the button is held, and gone from the page when it is let go', async () => {
    await opened();
    await made();
    const signed = /FAKE-signature/;
    expect(document.body.textContent).not.toMatch(signed);
    const button = screen.getByRole('button', { name: 'Hold to Reveal' });
    button.focus();
    await fireEvent.keyDown(button, { key: ' ' });
    await waitFor(() => expect(document.body.textContent).toMatch(signed));
    await fireEvent.keyUp(button, { key: ' ' });
    expect(document.body.textContent).not.toMatch(signed);
  });

  it('that arrives after the button was let go is not shown', async () => {
    const backend = await opened();
    await made();
    let answer: (text: string) => void = () => {};
    vi.spyOn(backend, 'tokenReveal').mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const button = screen.getByRole('button', { name: 'Hold to Reveal' });
    await fireEvent.keyDown(button, { key: ' ' });
    await fireEvent.keyUp(button, { key: ' ' });
    answer('late.FAKE-signature');
    await Promise.resolve();
    expect(document.body.textContent).not.toContain('late.FAKE-signature');
  });

  it('is copied by the core, with the time until it is cleared, and cleared at once on request', async () => {
    const backend = await opened();
    await made();
    await user.click(screen.getByRole('button', { name: /^Copy Token/ }));
    expect(callsOf(backend, 'tokenCopy')).toEqual([[{ id: 1, form: 'token' }]]);
    const clip = await screen.findByRole('group', { name: 'Clipboard' });
    expect(clip.textContent).toContain('Marked as concealed');
    await user.click(within(clip).getByRole('button', { name: 'Clear Now' }));
    await waitFor(() => expect(screen.queryByRole('group', { name: 'Clipboard' })).toBeNull());
    expect(callsOf(backend, 'clipboardClear')).toHaveLength(1);
  });

  it('of a Team key without its Issuer ID can’t be made, and what to do is said', async () => {
    const backend = await opened();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Key' }), screen.getByRole('option', { name: /^Store copy sync/ }));
    expect(await screen.findByText(/Its Issuer ID isn’t known.*Nothing was made/)).toBeTruthy();
    expect((screen.getByRole('button', { name: 'Create Token' }) as HTMLButtonElement).disabled).toBe(true);
    expect(callsOf(backend, 'tokenMint')).toEqual([]);
  });

  it('of an Individual key names no issuer', async () => {
    await opened();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Key' }), screen.getByRole('option', { name: /^Jonas Weber/ }));
    const claims = await card('Claims');
    await within(claims).findByText('Individual key, no issuer');
    expect(within(claims).queryByText('iss')).toBeNull();
  });

  it('that no longer says what is set is told apart, and New makes one that does', async () => {
    const backend = await opened();
    await made();
    await fireEvent.input(screen.getByRole('slider', { name: 'Lifetime' }), { target: { value: '0' } });
    expect(await screen.findByText('The settings have changed since. New makes a token from them.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Make a new token from these settings' }));
    await waitFor(() => expect(callsOf(backend, 'tokenMint').at(-1)).toEqual([{ key: expect.anything(), seconds: 120, scope: [] }]));
    await waitFor(() => expect(screen.queryByText(/The settings have changed since/)).toBeNull());
  });

  it('ends on the page when it ends', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      await opened();
      await made();
      vi.setSystemTime(Date.now() + 601_000);
      expect(await screen.findByText('This token has ended', {}, { timeout: 5000 })).toBeTruthy();
      expect(screen.queryByRole('button', { name: /^Copy Token/ })).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a snippet', () => {
  it('has a placeholder as text; with the token it is copied by the core', async () => {
    const backend = await opened();
    await user.click(screen.getByRole('tab', { name: 'Python' }));
    expect(screen.getByRole('tabpanel').textContent).toContain("os.environ['ASC_TOKEN']");
    await user.click(screen.getByRole('button', { name: 'Copy with placeholder' }));
    expect(String(callsOf(backend, 'exportCopy').at(-1)?.[0])).toContain('ASC_TOKEN');
    expect((screen.getByRole('button', { name: 'Copy with Token' }) as HTMLButtonElement).disabled).toBe(true);
    await made();
    await user.click(screen.getByRole('button', { name: 'Copy with Token' }));
    expect(callsOf(backend, 'tokenCopy').at(-1)).toEqual([{ id: 1, form: 'python' }]);
  });
});

describe('the scope', () => {
  it('of one app begins with what that app has, and goes into the token', async () => {
    const backend = await opened();
    const list = await limited();
    await user.selectOptions(screen.getByRole('combobox', { name: 'App' }), 'Tideline');
    expect(within(list).getAllByRole('checkbox')[0]?.getAttribute('aria-label')).toBe('GET /v1/apps/6446901001, The app itself');
    await user.click(within(list).getByRole('checkbox', { name: /^GET \/v1\/apps\/6446901001\/betaGroups,/ }));
    await waitFor(() => expect(lastPlan(backend)).toMatchObject({ scope: ['GET /v1/apps/6446901001/betaGroups'] }));
    await made();
    expect(callsOf(backend, 'tokenMint')).toEqual([[{ key: expect.anything(), seconds: 600, scope: ['GET /v1/apps/6446901001/betaGroups'] }]]);
  });

  it('takes another app by its ID, and says what an ID is', async () => {
    await opened();
    const list = await limited();
    await user.selectOptions(screen.getByRole('combobox', { name: 'App' }), 'Another app…');
    const field = screen.getByRole('textbox', { name: 'App ID' });
    await user.type(field, 'com.example');
    expect(screen.getByText(/An app ID is a number/)).toBeTruthy();
    await user.clear(field);
    await user.type(field, '123456789');
    expect(within(list).getByRole('checkbox', { name: /^GET \/v1\/apps\/123456789\/builds,/ })).toBeTruthy();
  });

  it('asks for the ID a path leaves open, with the hole selected', async () => {
    await opened();
    const list = await limited();
    await user.type(screen.getByRole('textbox', { name: 'Filter operations' }), 'ciProducts');
    await user.click(within(list).getByRole('button', { name: 'Fill in the ID of /v1/ciProducts/{id}' }));
    const field = screen.getByRole('textbox', { name: 'Another request, as a path' }) as HTMLInputElement;
    expect(document.activeElement).toBe(field);
    expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe('{id}');
  });

  it('refuses what is no path, with the reason, and takes what is', async () => {
    const backend = await opened();
    await limited();
    const field = screen.getByRole('textbox', { name: 'Another request, as a path' });
    await user.type(field, 'https://api.appstoreconnect.apple.com/v1/apps');
    expect(await screen.findByText(/Leave out the address/)).toBeTruthy();
    expect((screen.getByRole('button', { name: 'Add' }) as HTMLButtonElement).disabled).toBe(true);
    await user.clear(field);
    await user.type(field, '/v1/builds?limit=5{Enter}');
    await waitFor(() => expect(lastPlan(backend)).toMatchObject({ scope: ['GET /v1/builds?limit=5'] }));
  });

  it('of nothing but long-lived reads allows six months, with the risk said; another request takes that back', async () => {
    await opened();
    const list = await limited();
    await user.type(screen.getByRole('textbox', { name: 'Filter operations' }), 'ciProducts');
    await user.click(within(list).getByRole('checkbox', { name: /^GET \/v1\/ciProducts,/ }));
    expect(await screen.findByText(/^Up to six months/)).toBeTruthy();
    const slider = screen.getByRole('slider', { name: 'Lifetime' }) as HTMLInputElement;
    await fireEvent.input(slider, { target: { value: slider.max } });
    expect(slider.getAttribute('aria-valuetext')).toBe('180 days');
    expect(screen.getByText(/A token can’t be taken back on its own/)).toBeTruthy();
    await user.clear(screen.getByRole('textbox', { name: 'Filter operations' }));
    await user.click(within(list).getByRole('checkbox', { name: /^GET \/v1\/apps,/ }));
    expect(await screen.findByText('Only reads of Xcode Cloud and performance data may live for months.')).toBeTruthy();
    await waitFor(() => expect(slider.getAttribute('aria-valuetext')).toBe('20 minutes'));
  });

  it('leads to the keys that may call what was chosen', async () => {
    await opened();
    const list = await limited();
    await user.click(within(list).getByRole('checkbox', { name: /^GET \/v1\/betaGroups,/ }));
    await user.click(screen.getByRole('button', { name: 'Which Key Can Call This?' }));
    expect(await screen.findByRole('main', { name: 'Endpoints' })).toBeTruthy();
    expect(await screen.findByRole('heading', { name: /may call it/ })).toBeTruthy();
  });
});

describe('the inspector', () => {
  it('says which of ten rules fails, why, and what to set instead', async () => {
    const backend = await inspected('too_long');
    expect(await screen.findByText('Apple is likely to refuse this token')).toBeTruthy();
    const rules = await card('Rules');
    expect(rules.textContent).toContain('21 minutes. Apple documents 20 minutes as the most');
    await user.click(within(rules).getByRole('button', { name: 'Set duration to 1140' }));
    expect(callsOf(backend, 'exportCopy').at(-1)).toEqual(['duration: 1140']);
    await expectAccessible();
  });

  it('names the key that signed it, and never shows the signature', async () => {
    await inspected('good');
    expect(await screen.findByText(/All ten rules are kept\. It’s signed by CI Release\./)).toBeTruthy();
    expect(screen.getByText(/The signature, 86 characters, is hidden/)).toBeTruthy();
    await user.click(within(await card('Header')).getByRole('button', { name: 'CI Release' }));
    expect(await screen.findByRole('heading', { level: 2, name: 'CI Release' })).toBeTruthy();
  });

  it('says that a signature was not checked instead of taking it for good', async () => {
    await inspected('unknown_key');
    expect(await screen.findByText(/The signature could not be checked: the key isn’t here\./)).toBeTruthy();
  });

  it('opens the page of Apple’s rules without knowing its address', async () => {
    const backend = await inspected('good');
    await user.click(await screen.findByRole('button', { name: 'Read Apple’s Page' }));
    expect(callsOf(backend, 'openLink')).toEqual([[{ fixed: 'apple_tokens' }]]);
  });

  it('offers a pasted private key for import and shows nothing of it', async () => {
    await inspected('private_key');
    expect(await screen.findByText('That was a private key')).toBeTruthy();
    expect(await screen.findByRole('dialog', { name: 'Add 1 key' })).toBeTruthy();
    expect(document.body.textContent).not.toContain('BEGIN');
  });

  it('keeps the token before when what is pasted is none', async () => {
    const backend = await inspected('good');
    await screen.findByText(/All ten rules are kept/);
    backend.pasted = 'nothing';
    await user.click(screen.getByRole('button', { name: 'Paste' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The token below is the one from before.');
    expect(screen.getByText(/All ten rules are kept/)).toBeTruthy();
  });

  it('draws what a hostile token says as text', async () => {
    await inspected('hostile');
    const header = await card('Header');
    expect(header.textContent).toContain('<img src=x onerror=alert(1)>');
    expect(header.querySelector('img')).toBeNull();
    expect((await card('Payload')).textContent).toContain('‹U+202E›');
  });
});

describe('lifetimes', () => {
  it('are whole minutes up to what Apple takes, and steps up to six months', () => {
    expect(lifetimes(120, 1200).map((seconds) => seconds / 60)).toEqual(Array.from({ length: 19 }, (_, at) => at + 2));
    expect(lifetimes(120, 180 * 86_400).at(-1)).toBe(180 * 86_400);
    expect(lifetimes(120, 1200)[nearest(lifetimes(120, 1200), 599)]).toBe(540);
  });

  it('have marks that never stand on each other, the ends always among them', () => {
    for (const most of [1200, 86_400, 180 * 86_400]) {
      const all = lifetimes(120, most);
      const marks = ticks(all);
      expect([marks[0], marks.at(-1)]).toEqual([0, all.length - 1]);
      expect(marks.slice(1).every((at, before) => at - (marks[before] ?? 0) >= (all.length - 1) * 0.1)).toBe(true);
    }
  });
});

describe('paths', () => {
  it('are filled with the app where they ask for one, and only there', () => {
    expect(filled('/v1/apps/{id}/builds', '42')).toBe('/v1/apps/42/builds');
    expect(filled('/v1/builds/{id}', '42')).toBe('/v1/builds/{id}');
    expect(hole('/v1/builds/{id}')).toEqual([11, 15]);
  });

  it('leave out writes and links between records', () => {
    const operation = { area: 'apps' as const, guessed: false, deprecated: false, class: 0 };
    const found = choices([
      { ...operation, method: 'GET', path: '/v1/apps', relationship: false }, { ...operation, method: 'POST', path: '/v1/apps', relationship: false },
      { ...operation, method: 'GET', path: '/v1/apps/{id}/relationships/builds', relationship: true },
    ], null);
    expect(found.map(({ path }) => path)).toEqual(['/v1/apps']);
  });
});
