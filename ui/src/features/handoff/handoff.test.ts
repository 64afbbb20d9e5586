import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { FakeBackend, FakeOptions } from '../../backend/fake';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { matches, placesBefore, sharedStart } from './words';

const user = userEvent.setup();

async function opened(options: FakeOptions = {}): Promise<FakeBackend> {
  const backend = await openWindow({ page: 'handoff', ...options });
  await screen.findByRole('listbox', { name: 'Recipes' });
  return backend;
}
const card = (title: string) => screen.findByRole('region', { name: title });

/** Opens a tool, with a key if one is named, and waits for what it would be given. */
async function recipe(name: RegExp, key?: RegExp): Promise<void> {
  await user.click(screen.getByRole('option', { name }));
  await screen.findByRole('heading', { level: 2, name });
  if (!key) return;
  await user.click(await screen.findByRole('button', { name: /^Cho|^Change/ }));
  await user.click(within(await screen.findByRole('dialog', { name: /^Key for/ })).getByRole('button', { name: key }));
}
const choose = async (form: string) => user.click(await screen.findByRole('radio', { name: form }));

describe('the recipes', () => {
  it('say in words which kinds of key they take, and how many receipts they have', async () => {
    await opened();
    expect(screen.getByRole('option', { name: /^fastlane.*2 receipts.*takes Team keys\. Works with an Individual key/ })).toBeTruthy();
    expect(screen.getByRole('option', { name: /Codemagic.*Doesn’t take an Individual key/ })).toBeTruthy();
    await expectAccessible();
  });

  it('are one Tab stop that arrows and letters walk, and Up from the first leads to the search', async () => {
    await opened();
    const list = screen.getByRole('listbox', { name: 'Recipes' });
    const stops = () => within(list).getAllByRole('option').filter((one) => one.tabIndex === 0);
    await user.click(screen.getByRole('option', { name: /notarytool/ }));
    await user.keyboard('{ArrowDown}');
    expect(stops()).toHaveLength(1);
    expect(document.activeElement?.getAttribute('data-tool')).toBe('altool');
    await user.keyboard('{End}');
    expect(document.activeElement?.getAttribute('data-tool')).toBe('key_file');
    await user.keyboard('{Home}{ArrowUp}');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Search recipes' }));
  });

  it('are found by the job as well, and nothing found says what to do', async () => {
    await opened();
    const search = screen.getByRole('textbox', { name: 'Search recipes' });
    await user.type(search, 'notari');
    expect(screen.getAllByRole('option').map((one) => one.getAttribute('data-tool'))).toContain('rcodesign');
    expect(screen.queryByRole('option', { name: /Bitrise/ })).toBeNull();
    await user.clear(search);
    await user.type(search, 'zebra');
    expect(screen.getByText('No recipe matches “zebra”')).toBeTruthy();
  });
});

describe('the key', () => {
  it('begins with the smallest that fits the usual job, and another job asks anew', async () => {
    const backend = await opened();
    await recipe(/fastlane/);
    const need = await card('What it needs');
    expect(await within(need).findByText('Smallest that fits')).toBeTruthy();
    expect(callsOf(backend, 'fitting').at(-1)).toEqual([{ form: 'fastlane_env', tasks: ['upload_builds'], scope: 'any' }]);
    await user.click(within(need).getByRole('button', { name: 'Certificates and profiles' }));
    await vi.waitFor(() => expect(callsOf(backend, 'fitting').at(-1)).toEqual([{ form: 'fastlane_env', tasks: ['upload_builds', 'certificates'], scope: 'any' }]));
    // One job stays: with none there would be nothing to fit.
    await user.click(within(need).getByRole('button', { name: 'Certificates and profiles' }));
    await user.click(within(need).getByRole('button', { name: 'Upload builds' }));
    expect(within(need).getByRole('button', { name: 'Upload builds' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('the tool refuses is listed with the reason, and leads to another way', async () => {
    await opened();
    await recipe(/Codemagic/, /Jonas Weber.*It insists on an Issuer ID.*Use a Team key/);
    expect(await screen.findByText('Codemagic can’t use this key in this form')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Variables' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Use fastlane, Variables' }));
    expect(await screen.findByRole('heading', { level: 2, name: 'fastlane' })).toBeTruthy();
  });

  it('of an Individual drops the Issuer ID everywhere and says so', async () => {
    await opened();
    await recipe(/fastlane/, /Jonas Weber/);
    const settings = await card('Variables');
    expect(within(settings).getByRole('button', { name: 'Copy the name APP_STORE_CONNECT_API_KEY_KEY_ID' })).toBeTruthy();
    expect(within(settings).queryByRole('button', { name: /ISSUER/ })).toBeNull();
    expect((await card('Good to know before')).textContent).toContain('The Issuer ID is left out: an Individual key has none.');
    await choose('Fastfile lines');
    expect((await card('Lines to paste')).textContent).not.toMatch(/issuer/i);
  });

  it('of a Team without its Issuer ID can be given one on the spot; what is wrong stays typed', async () => {
    const backend = await opened();
    await recipe(/Variables in a file/, /Store copy sync/);
    const field = await screen.findByRole('textbox', { name: 'Issuer ID' });
    await user.type(field, 'nonsense{Enter}');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect((field as HTMLInputElement).value).toBe('nonsense');
    await user.click(screen.getByRole('button', { name: /^Use 57246542-/ }));
    expect(await card('Variables')).toBeTruthy();
    expect(callsOf(backend, 'keyUpdate').at(-1)).toMatchObject([{ patch: { issuer_id: '57246542-96fe-1a63-e053-0824d011a9b3' } }]);
  });

  it('nobody has leads to the role to create and to the Advisor', async () => {
    await opened({ keys: 2 });
    await recipe(/xcodebuild/);
    await user.click(await screen.findByRole('button', { name: 'Certificates and profiles' }));
    const need = await card('What it needs');
    expect(await within(need).findByText(/^No key you have fits/)).toBeTruthy();
    expect(within(need).getByText('Create a Team key with the role Admin: it is the smallest that does.')).toBeTruthy();
    await user.click(within(need).getByRole('button', { name: 'Ask the Advisor' }));
    expect(await screen.findByRole('main', { name: 'Advisor' })).toBeTruthy();
  });
});

describe('what is handed over', () => {
  it('is shown without the key, and proved here and not by the tool', async () => {
    const backend = await opened();
    await recipe(/fastlane/, /^CI Release/);
    const settings = await card('Variables');
    expect(settings.textContent).toContain('Private key, 324 characters, hidden');
    expect(settings.textContent).toContain('Base64 of the PEM file');
    expect(settings.textContent).toContain('Proved: read back and signed');
    expect(settings.textContent).toMatch(/at \d\d:\d\d:\d\d, by Keyfolio, not by fastlane/);
    await user.click(within(settings).getByRole('button', { name: 'Copy the value of APP_STORE_CONNECT_API_KEY_KEY_ID' }));
    expect(callsOf(backend, 'exportCopy')).toEqual([['7GX4KQ2M9L']]);
    // Names are shown short and copied whole.
    await user.click(within(settings).getByRole('button', { name: 'Copy the name APP_STORE_CONNECT_API_KEY_ISSUER_ID' }));
    expect(callsOf(backend, 'exportCopy').at(-1)).toEqual(['APP_STORE_CONNECT_API_KEY_ISSUER_ID']);
    await expectAccessible();
  });

  it('by the clipboard only after it was said where it will be pasted', async () => {
    const backend = await opened();
    await recipe(/fastlane/, /^CI Release/);
    await user.click(await screen.findByRole('button', { name: 'Copy the private key as APP_STORE_CONNECT_API_KEY_KEY…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Copy the private key?' });
    expect(sheet.textContent).toContain('cleared after 60 seconds');
    await user.click(within(sheet).getByRole('button', { name: 'Copy for 60 s' }));
    expect(within(sheet).getByRole('alert').textContent).toContain('Nothing was handed over yet');
    expect(callsOf(backend, 'handoffCopy')).toEqual([]);
    await user.click(within(sheet).getByRole('button', { name: 'Bitrise, Tideline iOS' }));
    await user.click(within(sheet).getByRole('button', { name: 'Copy for 60 s' }));
    expect(callsOf(backend, 'handoffCopy')).toEqual([[{ form: 'fastlane_env', key: expect.any(String), setting: 'APP_STORE_CONNECT_API_KEY_KEY', destination: 'Bitrise, Tideline iOS' }]]);
    await vi.waitFor(() => expect(screen.queryByRole('dialog', { name: 'Copy the private key?' })).toBeNull());
  });
});

describe('a file', () => {
  it('is not written before the sheet is confirmed, and a dismissed sheet forgets the place', async () => {
    const backend = await opened();
    await recipe(/altool/);
    await user.click(await screen.findByRole('button', { name: 'Save to ~/.appstoreconnect/private_keys' }));
    const sheet = await screen.findByRole('dialog', { name: 'Write the key here?' });
    expect(callsOf(backend, 'handoffPlace')).toMatchObject([[{ part: { part: 'file', index: 0 }, known_folder: true }]]);
    expect(callsOf(backend, 'handoffWrite')).toEqual([]);
    await expectAccessible();
    await user.keyboard('{Escape}');
    expect(within(sheet).queryByRole('button')).toBeNull();
    expect(callsOf(backend, 'handoffWrite')).toEqual([]);
    expect(callsOf(backend, 'handoffPlaceDrop')).toEqual([[1]]);
  });

  it('once written is said with its path and rights, its path in the lines, and stands in the ledger', async () => {
    const backend = await opened();
    await recipe(/altool/);
    await user.click(await screen.findByRole('button', { name: /^Save to/ }));
    const field = await screen.findByRole('textbox', { name: 'What is this place?' });
    await user.clear(field);
    await user.type(field, 'Studio Mac{Enter}');
    expect(await screen.findByText('Written, read back and proved')).toBeTruthy();
    expect(callsOf(backend, 'handoffWrite')).toEqual([[{ id: 1, destination: 'Studio Mac', replace: false, accept_rights: false, ignore: false }]]);
    const receipts = await card('Receipts for altool');
    expect(within(receipts).getByRole('button', { name: /Studio Mac.*Written: 0600, proved/s })).toBeTruthy();
    expect((await card('Hand it over')).textContent).toContain('~/.appstoreconnect/private_keys/AuthKey_');
  });

  it('replaces another only when that is ticked', async () => {
    const backend = await opened();
    await recipe(/fastlane/);
    await choose('JSON file');
    await user.click(await screen.findByRole('button', { name: 'Save…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Write the key here?' });
    expect(sheet.textContent).toContain('Dropbox copies this folder');
    const replace = within(sheet).getByRole<HTMLButtonElement>('button', { name: 'Replace' });
    expect(replace.disabled).toBe(true);
    await user.click(within(sheet).getByRole('checkbox', { name: 'Replace it' }));
    await user.click(replace);
    await vi.waitFor(() => expect(callsOf(backend, 'handoffWrite')).toMatchObject([[{ replace: true }]]));
  });

  it('in a repository is offered to git’s list of what to leave out', async () => {
    const backend = await opened();
    await recipe(/Variables in a file/, /^CI Release/);
    await user.click(await screen.findByRole('button', { name: 'Save as .env…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Write the key here?' });
    expect(sheet.textContent).toContain('This folder is in a git repository');
    await user.click(within(sheet).getByRole('checkbox', { name: /^Add the line \/\.env/ }));
    await user.click(within(sheet).getByRole('button', { name: 'Write' }));
    await vi.waitFor(() => expect(callsOf(backend, 'handoffWrite')).toMatchObject([[{ ignore: false }]]));
  });

  it('that was refused keeps what was typed, and a folder others can read wants a second yes', async () => {
    const backend = await opened();
    await recipe(/rcodesign/, /^CI Release/);
    await user.click(await screen.findByRole('button', { name: 'Save…' }));
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'What is this place?' });
    await user.clear(field);
    await user.type(field, 'Render farm');
    backend.failNext('handoffWrite', { code: 'handoff', why: 'disk_full' });
    await user.click(screen.getByRole('button', { name: 'Write' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(field.value).toBe('Render farm');
    await user.click(screen.getByRole('button', { name: 'Write' }));
    const accept = await screen.findByRole('checkbox', { name: 'Write it all the same' });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Write' }).disabled).toBe(true);
    await user.click(accept);
    await user.click(screen.getByRole('button', { name: 'Write' }));
    await vi.waitFor(() => expect(callsOf(backend, 'handoffWrite').at(-1)).toMatchObject([{ destination: 'Render farm', accept_rights: true }]));
    expect(await screen.findByText('Written, read back and proved')).toBeTruthy();
  });

  it('whose dialog was dismissed leaves everything as it was', async () => {
    const backend = await opened({ places: 'dismissed' });
    await recipe(/altool/);
    await user.click(await screen.findByRole('button', { name: /^Save to/ }));
    await vi.waitFor(() => expect(callsOf(backend, 'handoffPlace')).toHaveLength(1));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('gh', () => {
  it('is not offered where it is missing, and said why', async () => {
    await opened({ gh: 'missing' });
    await recipe(/GitHub Actions/, /^CI Release/);
    expect((await card('Hand it over')).textContent).toContain('With GitHub’s command line tool gh installed');
    expect(screen.queryByRole('button', { name: 'Set with gh…' })).toBeNull();
  });

  it('that refuses is quoted, step by step, and can be asked again', async () => {
    const backend = await opened({ gh: 'refuses' });
    await recipe(/GitHub Actions/, /^CI Release/);
    await user.click(await screen.findByRole('button', { name: 'Set with gh…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Set with gh' });
    const field = within(sheet).getByRole<HTMLInputElement>('textbox', { name: 'Repository' });
    expect(field.value).toBe('tideline/fernweh-ios');
    await user.clear(field);
    await user.type(field, 'not a repository{Enter}');
    expect(callsOf(backend, 'ghSet')).toEqual([]);
    await user.clear(field);
    await user.type(field, 'tideline/app{Enter}');
    expect((await within(sheet).findByText('Not all of it was set')).closest('[role="alert"]')).toBeTruthy();
    expect(sheet.textContent).toContain('Resource not accessible by personal access token');
    expect(within(sheet).getByRole('button', { name: 'Try Again' })).toBeTruthy();
    await expectAccessible();
  });

  it('that agrees ends with a receipt', async () => {
    const backend = await opened();
    await recipe(/GitHub Actions/, /^CI Release/);
    await user.click(await screen.findByRole('button', { name: 'Set with gh…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Set with gh' });
    await user.click(within(sheet).getByRole('button', { name: 'Set on GitHub' }));
    expect(await within(sheet).findByText('Everything is set in tideline/fernweh-ios')).toBeTruthy();
    expect(callsOf(backend, 'ghSet')).toMatchObject([[{ repository: 'tideline/fernweh-ios', environment: null }]]);
  });
});

describe('the ledger', () => {
  it('shows every receipt, by key and by tool, and marks a place as gone and there again', async () => {
    const backend = await opened();
    await user.click(screen.getByRole('button', { name: 'All receipts' }));
    const list = await screen.findByRole('list', { name: 'Receipts' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(9);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Tool' }), 'fastlane');
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    await user.click(within(list).getByRole('button', { name: /Bitrise, Tideline iOS/ }));
    await expectAccessible();
    await user.click(within(list).getByRole('button', { name: 'It Is No Longer There' }));
    expect(callsOf(backend, 'receiptChange')).toEqual([[{ id: expect.any(Number), gone: true }]]);
    await user.click(await within(list).findByRole('button', { name: 'It Is There Again' }));
    expect(callsOf(backend, 'receiptChange').at(-1)).toMatchObject([{ gone: false }]);
  });

  it('takes note of a place a key already is in', async () => {
    const backend = await opened({ receipts: false });
    await user.click(screen.getByRole('button', { name: 'All receipts' }));
    expect(await screen.findByText('No key was handed over yet')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Note a Place…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Note a place a key already is in' });
    await user.selectOptions(within(sheet).getByRole('combobox', { name: 'Tool' }), 'RevenueCat');
    await user.type(within(sheet).getByRole('textbox', { name: 'Where is it?' }), 'RevenueCat, production{Enter}');
    expect(callsOf(backend, 'receiptNote')).toMatchObject([[{ tool: 'revenuecat', destination: 'RevenueCat, production' }]]);
    expect(await screen.findByRole('button', { name: /RevenueCat, production/ })).toBeTruthy();
  });

  it('draws hostile and long places as text that changes nothing around it', async () => {
    const backend = await opened({ hostile: true });
    await user.click(screen.getByRole('button', { name: 'All receipts' }));
    const key = (await backend.keys()).keys[0];
    await backend.receiptNote({ key: key?.id ?? '', tool: 'fastlane', destination: `<img src=x>\u202Egpj ${'W'.repeat(200)}` });
    const line = await screen.findByRole('button', { name: /<img src=x>‹U\+202E›gpj/ });
    expect(line.querySelector('img')).toBeNull();
  });
});

describe('words', () => {
  it('leave out the start that all names share, where that says enough', () => {
    expect(sharedStart(['APP_STORE_CONNECT_API_KEY_KEY_ID', 'APP_STORE_CONNECT_API_KEY_KEY'])).toBe('APP_STORE_CONNECT_API_KEY_');
    expect(sharedStart(['ASC_KEY_ID', 'ASC_ISSUER_ID'])).toBe('');
    expect(sharedStart(['APP_STORE_CONNECT_API_KEY_PATH'])).toBe('');
  });

  it('offer places of the same tool first, each once', async () => {
    const backend = await opened();
    const receipts = await backend.receipts({ key: null, tool: null });
    expect(placesBefore(receipts, 'bitrise')[0]).toBe('Bitrise, Tideline iOS');
    expect(new Set(placesBefore(receipts, 'bitrise', 9)).size).toBe(placesBefore(receipts, 'bitrise', 9).length);
  });

  it('find a recipe by every word of a search', async () => {
    const [first] = await (await opened()).recipes();
    expect(first && matches(first, 'notary profile')).toBe(true);
    expect(first && matches(first, 'notary zebra')).toBe(false);
  });
});
