import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Cause, CheckView, KeyRef, Trouble } from '../../backend/bindings.gen';
import { standing } from '../../backend/fake/apple';
import { UNRECOGNISED } from '../../backend/fake/scenes';
import { ISSUER, keyRef } from '../../backend/fake/sample';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';

const user = userEvent.setup();
const option = (name: RegExp) => screen.getByRole('option', { name });
const detail = () => screen.getByRole('main', { name: 'Selected key' });
const said = () => screen.getAllByRole('status').map((region) => region.textContent).join(' | ');
const CI = keyRef(1);
const TOMAS = keyRef(12);

/** The window in a scene, with one key opened. */
async function open(name: RegExp, options: Parameters<typeof openWindow>[0] = {}) {
  const backend = await openWindow({ apple: 'mixed', at: Date.now(), ...options });
  await user.click(option(name));
  return backend;
}

describe('verifying', () => {
  it('asks about the selected key only, and says how it went', async () => {
    const backend = await openWindow();
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    expect(callsOf(backend, 'verify')).toEqual([[{ keys: [CI], depth: 'normal' }]]);
    expect(await within(detail()).findByText('Asking Apple')).toBeTruthy();
    expect(option(/CI Release.*Asking Apple, 0 of 8/s)).toBeTruthy();
    expect(said()).toContain('Asking Apple about CI Release');
    backend.appleAnswers();
    expect(await within(detail()).findByText('Verified')).toBeTruthy();
    expect(option(/CI Release.*Verified with Apple/s)).toBeTruthy();
    await vi.waitFor(() => expect(said()).toContain('CI Release: Verified with Apple'));
    // One key tells by itself how it went: nothing is left to put away.
    await vi.waitFor(() => expect(callsOf(backend, 'runDismiss')).toHaveLength(1));
    expect(screen.queryByRole('region', { name: 'Verification' })).toBeNull();
  });

  it('can be stopped where it was begun, with the same button', async () => {
    const backend = await openWindow();
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    const stop = await within(detail()).findByRole('button', { name: 'Stop' });
    expect(document.activeElement).toBe(stop);
    await user.click(stop);
    expect(callsOf(backend, 'verifyStop')).toHaveLength(1);
    expect(await within(detail()).findByRole('button', { name: 'Verify' })).toBe(stop);
    expect(within(detail()).getByText('Not checked')).toBeTruthy();
  });

  it.each([['{Control>}r{/Control}', [CI]], ['{F5}', [CI]], ['{Control>}{Shift>}r{/Shift}{/Control}', null]] as const)('%s asks', async (keys, asked) => {
    const backend = await openWindow();
    await user.keyboard(keys);
    expect(callsOf(backend, 'verify')).toEqual([[{ keys: asked, depth: 'normal' }]]);
  });

  it('asks everything from the menu of a key', async () => {
    const backend = await openWindow();
    await user.pointer({ keys: '[MouseRight]', target: option(/^Mina/) });
    await user.click(screen.getByRole('menuitem', { name: 'Check Everything' }));
    expect(callsOf(backend, 'verify')).toEqual([[{ keys: [keyRef(9)], depth: 'thorough' }]]);
  });

  it('nothing is asked before somebody asks for it', async () => {
    const backend = await openWindow({ apple: 'mixed' });
    expect(callsOf(backend, 'verify')).toEqual([]);
  });
});

describe('a run over several keys', () => {
  it('says in each row, and above them, how far it is', async () => {
    await openWindow({ apple: 'run' });
    const run = screen.getByRole('region', { name: 'Verification' });
    expect(within(run).getByText('Verifying 7 of 12')).toBeTruthy();
    expect(within(run).getByText('6 verified, 1 rejected')).toBeTruthy();
    const bar = within(run).getByRole('progressbar', { name: 'Verifying keys' });
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual(['7', '12']);
    expect(option(/^Reviews bot.*5 of 8/s)).toBeTruthy();
    expect(option(/^Jonas Weber.*Waiting/s)).toBeTruthy();
    expect(option(/^Tomás.*Rejected/s)).toBeTruthy();
    await expectAccessible();
  });

  it('is told at the start, halfway and at the end, and at no other time', async () => {
    const backend = await openWindow({ keys: 8 });
    const heard: string[] = [];
    const listen = async () => {
      await tick();
      const now = said();
      if (heard.at(-1) !== now) heard.push(now);
    };
    await user.keyboard('{Control>}{Shift>}r{/Shift}{/Control}');
    await listen();
    for (let key = 0; key < 8; key += 1) {
      backend.appleAnswers();
      await listen();
    }
    expect(heard).toEqual(['Asking Apple about 8 keys', 'Half of the keys are checked', '8 keys checked: 8 verified'].map((text) => expect.stringContaining(text)));
  });

  it('Stop leaves the rest unasked, keeps the keyboard, and going on asks only them', async () => {
    const backend = await openWindow({ keys: 8 });
    await user.keyboard('{Control>}{Shift>}r{/Shift}{/Control}');
    backend.appleAnswers();
    const run = await screen.findByRole('region', { name: 'Verification' });
    await user.click(within(run).getByRole('button', { name: 'Stop' }));
    expect(await within(run).findByText('Stopped after 1 of 8')).toBeTruthy();
    expect(within(run).getByText('1 verified, 7 not asked')).toBeTruthy();
    await vi.waitFor(() => expect(run.contains(document.activeElement)).toBe(true));
    await user.click(within(run).getByRole('button', { name: 'Go On' }));
    expect((callsOf(backend, 'verify').at(-1)?.[0] as { keys: KeyRef[] }).keys).toHaveLength(7);
  });

  it('counts exactly and offers what taught nothing again', async () => {
    const backend = await openWindow({ apple: 'over' });
    const run = screen.getByRole('region', { name: 'Verification' });
    expect(within(run).getByText('8 verified, 1 to review, 2 rejected, 1 couldn’t be reached')).toBeTruthy();
    await user.click(within(run).getByRole('button', { name: 'Try Again' }));
    expect(callsOf(backend, 'verify')).toEqual([[{ keys: [keyRef(5)], depth: 'normal' }]]);
  });

  it('goes when it is put away', async () => {
    const backend = await openWindow({ apple: 'over' });
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('region', { name: 'Verification' })).toBeNull();
    expect(callsOf(backend, 'runDismiss')).toHaveLength(1);
  });

  it('says in its own words what was in the way of all, and what was known stays, dated', async () => {
    await openWindow({ apple: 'offline', at: Date.now() });
    const run = screen.getByRole('region', { name: 'Verification' });
    expect(within(run).getByText('There’s no network')).toBeTruthy();
    expect(option(/CI Release.*Couldn’t check: There’s no network\. Verified with Apple 3 days ago/s)).toBeTruthy();
    expect(within(detail()).getByText('last verified 3 days ago')).toBeTruthy();
    expect(document.body.textContent).not.toMatch(/revoked|rejected/i);
    await expectAccessible();
  });
});

describe('a key that Apple doesn’t recognise', () => {
  it('has causes, each with one thing to do, what it is not, and what is safe', async () => {
    const backend = await open(/^Tomás/);
    const card = await screen.findByRole('region', { name: 'Problem' });
    expect(within(card).getByRole('heading', { name: 'Apple doesn’t recognise this key' })).toBeTruthy();
    const causes = within(within(card).getAllByRole('list')[0] as HTMLElement).getAllByRole('listitem');
    expect(causes.map((cause) => within(cause).getByRole('button').textContent?.trim())).toEqual(['Open App Store Connect', 'Open People', 'Change Kind', 'Edit Key ID', 'Compare Names']);
    expect(within(card).getByText('A passing glitch, 3 tries in 41 s')).toBeTruthy();
    expect(within(card).getByText('Apple’s service, another key works')).toBeTruthy();
    expect(screen.getByText('Nothing was changed.')).toBeTruthy();
    expect(within(detail()).getByText('just now, 3 tries')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Open People' }));
    expect(callsOf(backend, 'openLink')).toEqual([[{ fixed: 'asc_users' }]]);
    await expectAccessible();
  });

  it('shows the exchange on request and copies it, without anything secret', async () => {
    const backend = await open(/^Tomás/);
    await user.click(await screen.findByText('Details', { selector: 'summary' }));
    expect(screen.getByText('401 NOT_AUTHORIZED')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Copy details' }));
    const [[text]] = callsOf(backend, 'exportCopy') as [[string]];
    expect(text).toContain('GET /v1/apps?limit=1');
    expect(text).not.toMatch(/bearer ey|PRIVATE KEY/i);
  });

  it('leads to the field that may be wrong', async () => {
    await open(/^Tomás/);
    await user.click(await screen.findByRole('button', { name: 'Edit Key ID' }));
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Key ID' })));
  });

  it('compares names right there', async () => {
    await open(/^Tomás/);
    await user.click(await screen.findByRole('button', { name: 'Compare Names' }));
    expect(screen.getByText('ApiKey_C8N3RG7TF4WD.p8')).toBeTruthy();
  });

  it('goes when Apple accepts it after all, and the keyboard has a place', async () => {
    const backend = await open(/^Tomás/);
    await user.click(await screen.findByRole('button', { name: 'Try Again' }));
    expect(callsOf(backend, 'verify')).toEqual([[{ keys: [TOMAS], depth: 'normal' }]]);
    backend.appleAnswers();
    await vi.waitFor(() => expect(screen.queryByRole('region', { name: 'Problem' })).toBeNull());
    await vi.waitFor(() => expect(document.activeElement).not.toBe(document.body));
  });

  const EVERY: Cause[] = ['apple_down', 'revoked', 'wrong_issuer', 'wrong_key_id', 'unknown_issuer', 'look_alike'];
  it('has words for every cause and everything ruled out', async () => {
    const backend = await openWindow();
    backend.apple.answers.set(CI, standing('unrecognised', { at: Date.now() }));
    const why: Partial<CheckView> = {
      ...UNRECOGNISED,
      unrecognised: { causes: EVERY, sibling: 'refused', ruled_out: [{ code: 'glitch', tries: 3, seconds: 2 }, { code: 'clock', off: 0 }, { code: 'other_kind', kind: 'individual' }, { code: 'other_issuers', tried: 2 }] },
    };
    backend.apple.finds.set(CI, why);
    await backend.verify({ keys: [CI], depth: 'normal' });
    backend.appleAnswers();
    const card = await screen.findByRole('region', { name: 'Problem' });
    expect(within(card).getByText(/it is probably Apple/)).toBeTruthy();
    expect(within(card).getAllByRole('button')).toHaveLength(EVERY.length);
    expect(card.textContent).not.toMatch(/_|undefined/);
    expect(within(card).getByText('Another team, refused with 2 more Issuer IDs')).toBeTruthy();
  });
});

describe('a key that stands otherwise', () => {
  it('is recorded as Apple knows it with one click, and is verified then', async () => {
    const backend = await open(/^Month-end/);
    await user.click(await screen.findByRole('button', { name: 'Use This Issuer ID' }));
    expect(callsOf(backend, 'keyUpdate').at(-1)).toMatchObject([{ patch: { issuer_id: '69a6de70-03db-47e3-e053-5b8c7c11a4d1' } }]);
    expect(await within(detail()).findByText('Verified')).toBeTruthy();
  });

  it('as the other kind takes at most one role with it', async () => {
    const backend = await openWindow();
    const id = keyRef(9);
    backend.apple.answers.set(id, standing('otherwise'));
    backend.apple.finds.set(id, { works_as: { kind: 'team', issuer_id: ISSUER } });
    await backend.verify({ keys: [id], depth: 'normal' });
    backend.appleAnswers();
    await user.click(option(/^Mina/));
    expect(await screen.findByText('This is a Team key of Tideline Apps')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Record as Team Key' }));
    expect(callsOf(backend, 'keyUpdate').at(-1)).toMatchObject([{ patch: { kind: 'team', issuer_id: ISSUER, roles: ['DEVELOPER'] } }]);
  });

  it('refused in everything says so without guessing', async () => {
    await open(/^Jonas/);
    expect(await screen.findByRole('heading', { name: 'Apple refuses everything this key asks for' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'About 403' })).toBeTruthy();
  });

  it('an agreement is said once for its team, and asked about again for all its keys', async () => {
    const backend = await openWindow({ apple: 'agreement' });
    const banner = screen.getByRole('complementary', { name: 'Tideline Apps has an agreement to sign' });
    await user.click(within(banner).getByRole('button', { name: 'Open Business' }));
    expect(callsOf(backend, 'openLink')).toEqual([[{ fixed: 'asc_agreements' }]]);
    await user.click(within(banner).getByRole('button', { name: 'Check Again' }));
    expect((callsOf(backend, 'verify')[0]?.[0] as { keys: KeyRef[] }).keys).toHaveLength(7);
    expect(screen.queryByRole('region', { name: 'Problem' })).toBeNull();
    await expectAccessible();
  });

  it('a clock that is off, an interrupted check and a small allowance each have a line', async () => {
    const backend = await openWindow();
    const rate = { limit: 3500, remaining: 312, at: Date.now() };
    backend.apple.finds.set(CI, { clock_off: -420, interrupted: { code: 'rate_limited', until: Date.UTC(2026, 10, 23, 14, 20) }, rate });
    await backend.verify({ keys: [CI], depth: 'normal' });
    backend.appleAnswers();
    expect(await screen.findByText('This computer’s clock is 7 minutes fast')).toBeTruthy();
    expect(screen.getByText('Not everything was asked: Apple asked this key to slow down')).toBeTruthy();
    expect(screen.getByText('312 of 3,500 requests left for this hour')).toBeTruthy();
  });

  it('what is left of the allowance stays unsaid while there is plenty', async () => {
    await open(/^CI Release/);
    expect(screen.queryByText(/requests left/)).toBeNull();
  });

  const APART: [Trouble, string][] = [
    [{ code: 'offline' }, 'There’s no network'], [{ code: 'portal' }, 'This network wants you to sign in first'], [{ code: 'tls', why: 'untrusted_issuer' }, 'Something on the way opens secure connections'],
    [{ code: 'tls', why: 'wrong_name' }, 'The server that answered isn’t Apple’s'], [{ code: 'tls', why: 'not_yet_valid' }, 'The certificate shown isn’t valid yet'], [{ code: 'proxy_auth' }, 'The proxy wants a name and a password'],
  ];
  it.each(APART)('%j has words of its own, and takes nothing from what was known', async (trouble, title) => {
    const backend = await open(/^CI Release/);
    backend.apple.answers.set(CI, standing('unchecked', { unreached: { trouble, at: Date.now() } }));
    await backend.verify({ keys: [CI], depth: 'normal' });
    backend.appleAnswers();
    expect(await within(detail()).findByText(title)).toBeTruthy();
    expect(within(detail()).getByText('Couldn’t check')).toBeTruthy();
    expect(within(detail()).getByText(/last verified/)).toBeTruthy();
  });
});

describe('Needs Attention', () => {
  it('counts what Apple said, and each row says why', async () => {
    await openWindow({ apple: 'mixed' });
    await user.click(screen.getByRole('button', { name: /^Needs Attention\s*5/ }));
    expect(screen.getAllByRole('option')).toHaveLength(5);
    expect(option(/Reviews bot.*answers fit another role better/s)).toBeTruthy();
    expect(option(/Month-end export.*another kind or with another Issuer ID/s)).toBeTruthy();
  });
});
