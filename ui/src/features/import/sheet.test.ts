import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FAKE_PASSPHRASE, type FakeOptions, fakeBackend } from '../../backend/fake';
import type { ImportCommit } from '../../backend/bindings.gen';
import { expectAccessible } from '../../testing/axe';
import ImportSheet from './ImportSheet.svelte';

const ISSUER = '57246542-96fe-1a63-e053-0824d011072a';
const OTHER = '69a6de70-03db-47e3-e053-5b8c7c11a4d1';

afterEach(cleanup);

/** Drops files and waits for the sheet to have read them. */
async function drop(files: string[], options: FakeOptions = {}) {
  const backend = fakeBackend({ keys: 0, ...options });
  const importId = backend.drop(files);
  const props = { onclose: vi.fn(), oncommitted: vi.fn(), onshowkey: vi.fn() };
  render(ImportSheet, { backend, platform: 'linux', asking: { on_add: true, recheck: 'off' }, importId, ...props });
  const dialog = await screen.findByRole('dialog', { name: /keys?( to add)?$/ });
  await waitFor(() => expect(document.activeElement).not.toBe(document.body));
  await tick();
  const committed = () => backend.calls.filter(([method]) => method === 'importCommit').map(([, [commit]]) => commit as ImportCommit);
  return { backend, dialog, user: userEvent.setup(), committed, ...props };
}

const issuerField = () => screen.getByRole<HTMLInputElement>('textbox', { name: /^Issuer ID for/ });
const nameField = (file: string) => screen.getByRole<HTMLInputElement>('textbox', { name: `Name for ${file}` });

describe('the flows, counted', () => {
  test('first Team key: drop, paste the Issuer ID, Return', async () => {
    const { user, committed, onclose, oncommitted } = await drop(['AuthKey_9QF4ZT7WLM.p8']);
    expect(document.activeElement).toBe(issuerField());
    await user.paste(`Issuer ID: ${ISSUER.toUpperCase()} (copy)`);
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices).toEqual([
      { row: 0, name: 'Team key 7WLM', key_id: '9QF4ZT7WLM', kind: 'team', issuer_id: ISSUER, roles: [], conflict: null },
    ]);
    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
    expect(oncommitted.mock.calls[0]?.[0].added).toHaveLength(1);
  });

  test('next Team key of a known team: drop, Return', async () => {
    const { user, committed } = await drop(['AuthKey_D8F3LM6RQ1.p8'], { keys: 3 });
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices[0]?.issuer_id).toBe('57246542-96fe-1a63-e053-0824d011a9b3');
  });

  test('first Individual key: drop, Return, and no Issuer ID is asked for', async () => {
    const { user, committed } = await drop(['ApiKey_3KX7QWN92MVD.p8']);
    expect(screen.queryByRole('textbox', { name: /Issuer ID/ })).toBeNull();
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices[0]).toMatchObject({ kind: 'individual', issuer_id: null, name: 'Individual key 2MVD' });
  });

  test('ten keys: one paste of the Issuer ID serves them all', async () => {
    const files = Array.from({ length: 10 }, (_, at) => `AuthKey_K00000000${at}.p8`);
    const { user, committed } = await drop(files);
    await user.paste(ISSUER);
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices.map((choice) => choice.issuer_id)).toEqual(Array(10).fill(ISSUER));
  });
});

describe('issuers', () => {
  test('a key without Issuer ID may be added; it is stored as lacking one', async () => {
    const { user, committed } = await drop(['AuthKey_9QF4ZT7WLM.p8']);
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices[0]?.issuer_id).toBeNull();
  });

  test('half an Issuer ID stops the adding, keeps the focus and says what one looks like', async () => {
    const { user, committed } = await drop(['AuthKey_9QF4ZT7WLM.p8']);
    await user.keyboard('57246542-96fe{Enter}');
    expect(committed()).toEqual([]);
    expect(document.activeElement).toBe(issuerField());
  });

  test('files that name several issuers get a group each', async () => {
    const { user, committed } = await drop([`AuthKey_D8F3LM6RQ1_of_${ISSUER}.json`, `AuthKey_5TN7WH2XC8_of_${OTHER}.json`]);
    expect(screen.getAllByRole('region', { name: 'Team keys' })).toHaveLength(2);
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices.map((choice) => choice.issuer_id)).toEqual([ISSUER, OTHER]);
  });

  test('a known team can be chosen instead of typed', async () => {
    const { user } = await drop(['AuthKey_D8F3LM6RQ1.p8'], { keys: 3 });
    const team = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Team' });
    expect(team.selectedOptions[0]?.textContent).toBe('Tideline Apps');
    await user.selectOptions(team, 'Another team');
    expect(issuerField().value).toBe('');
    expect(document.activeElement).toBe(issuerField());
  });
});

describe('rows', () => {
  test('another kind moves the row to its group and keeps typing, choice and focus', async () => {
    const { user, committed } = await drop(['AuthKey_9QF4ZT7WLM.p8', 'AuthKey_L5C8RX2TVN.p8']);
    await user.clear(nameField('AuthKey_9QF4ZT7WLM.p8'));
    await user.type(nameField('AuthKey_9QF4ZT7WLM.p8'), 'Hana');
    const row = nameField('AuthKey_9QF4ZT7WLM.p8').closest('li') as HTMLElement;
    await user.click(within(row).getByRole('radio', { name: 'Individual' }));
    const group = screen.getByRole('region', { name: 'Individual keys' });
    const moved = within(group).getByRole<HTMLInputElement>('textbox', { name: 'Name for AuthKey_9QF4ZT7WLM.p8' });
    expect(moved.value).toBe('Hana');
    await waitFor(() => expect(document.activeElement).toBe(within(group).getByRole('radio', { name: 'Individual' })));
    expect(within(group).getByText('You chose this')).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices.map((choice) => choice.kind)).toEqual(['individual', 'team']);
  });

  test('a suggested name follows kind and role until a name is typed', async () => {
    const { user } = await drop(['AuthKey_9QF4ZT7WLM.p8']);
    await user.selectOptions(screen.getByRole('combobox', { name: /Role of/ }), 'Developer');
    expect(nameField('AuthKey_9QF4ZT7WLM.p8').value).toBe('Developer key 7WLM');
  });

  test('a file without Key ID asks for it, in capitals, and is not added without', async () => {
    const { user, committed } = await drop(['renamed.p8'], { keys: 3 });
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Key ID of renamed.p8' });
    expect(document.activeElement).toBe(field);
    await user.keyboard('{Enter}');
    expect(committed()).toEqual([]);
    expect(screen.getByText(/Enter the Key ID to add this key/)).toBeTruthy();
    await user.type(field, ' d8f3lm6rq1{Enter}');
    expect(committed()[0]?.choices[0]?.key_id).toBe('D8F3LM6RQ1');
  });

  test('what was repaired is said on the row', async () => {
    await drop(['AuthKey_5TN7WH2XC8.escaped.p8']);
    expect(screen.getByText('Line breaks restored')).toBeTruthy();
  });

  test('a conflict keeps the existing key unless the user says otherwise', async () => {
    const { user, committed } = await drop(['AuthKey_7GX4KQ2M9L.other.p8'], { keys: 3 });
    const choice = screen.getByRole('radiogroup', { name: /What to do with/ });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Add 0/ }).disabled).toBe(true);
    await user.click(within(choice).getByRole('radio', { name: 'Replace' }));
    expect(screen.getByText('The existing key is archived, not deleted.')).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices[0]?.conflict).toBe('replace');
  });

  test('a wrong passphrase is said; the right one turns the row into a key', async () => {
    const { user } = await drop(['encrypted_AuthKey_J4B9ZK6PV3.p8']);
    const field = screen.getByLabelText('Passphrase for encrypted_AuthKey_J4B9ZK6PV3.p8');
    expect(document.activeElement).toBe(field);
    await user.keyboard('guess{Enter}');
    await screen.findByText('That passphrase doesn’t open it. Try another.');
    await user.clear(field);
    await user.type(field, `${FAKE_PASSPHRASE}{Enter}`);
    await screen.findByRole('textbox', { name: 'Name for encrypted_AuthKey_J4B9ZK6PV3.p8' });
    expect(screen.getByText('Opened with the passphrase')).toBeTruthy();
  });

  test('a row can be left out and taken back', async () => {
    const { user, dialog, committed } = await drop(['AuthKey_9QF4ZT7WLM.p8', 'AuthKey_L5C8RX2TVN.p8']);
    await user.click(screen.getByRole('button', { name: 'Leave AuthKey_L5C8RX2TVN.p8 out' }));
    expect(screen.getByRole('dialog', { name: 'Add 1 key' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /^Add It/ }));
    expect(screen.getByRole('dialog', { name: 'Add 2 keys' })).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(dialog));
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices).toHaveLength(2);
  });
});

describe('asking Apple', () => {
  test('is offered where the kind is a guess, and what Apple says is taken', async () => {
    const { user, backend, committed } = await drop(['L5C8RX2TVN.p8', 'AuthKey_9QF4ZT7WLM.p8'], { keys: 3 });
    expect(screen.queryByRole('button', { name: 'Ask Apple what AuthKey_9QF4ZT7WLM.p8 is' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Ask Apple what L5C8RX2TVN.p8 is' }));
    expect(backend.calls.filter(([method]) => method === 'importAsk')).toEqual([['importAsk', [{ id: 1, row: 0, key_id: 'L5C8RX2TVN', issuer_id: expect.any(String) }]]]);
    expect(await screen.findByText('Asking Apple…')).toBeTruthy();
    backend.appleFinds(1, 0, { state: 'as', works_as: { kind: 'individual', issuer_id: null } });
    await screen.findByText('Individual, says Apple');
    await expectAccessible();
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices.map(({ kind, issuer_id }) => [kind, issuer_id])).toEqual([['individual', null], ['team', expect.any(String)]]);
  });

  test('a team it names becomes the Issuer ID', async () => {
    const { user, backend, committed } = await drop(['L5C8RX2TVN.p8']);
    backend.appleFinds(1, 0, { state: 'as', works_as: { kind: 'team', issuer_id: OTHER } });
    expect(await screen.findByText('Found by asking Apple.')).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(committed()[0]?.choices[0]).toMatchObject({ kind: 'team', issuer_id: OTHER });
  });

  test.each([
    [{ state: 'nobody', tried: 2 }, 'Apple doesn’t recognise it'],
    [{ state: 'unreached', trouble: { code: 'portal' } }, 'This network wants you to sign in first'],
  ] as const)('%j is said, the key can be added all the same, and asking again is offered', async (found, words) => {
    const { backend } = await drop(['L5C8RX2TVN.p8'], { keys: 3 });
    backend.appleFinds(1, 0, structuredClone(found));
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Ask Again what L5C8RX2TVN.p8 is' })).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /Add 1 Key/ }).disabled).toBe(false);
  });

  test('whether keys are checked when they are added is decided here, and nothing is asked before', async () => {
    const { user, backend } = await drop(['ApiKey_3KX7QWN92MVD.p8']);
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Check with Apple when added' });
    expect(box.checked).toBe(true);
    await user.click(box);
    expect(box.checked).toBe(false);
    expect(backend.calls.filter(([method]) => method === 'setAsking')).toEqual([['setAsking', [{ on_add: false, recheck: 'off' }]]]);
    expect(backend.calls.filter(([method]) => method === 'importAsk' || method === 'verify')).toEqual([]);
  });
});

describe('left out', () => {
  test('a refused file says what it is and what to do; choosing another joins this list', async () => {
    const { user, backend } = await drop(['AuthKey_9QF4ZT7WLM.p8', 'Distribution.cer']);
    const left = screen.getByRole('region', { name: 'Left out' });
    expect(within(left).getByText('This is a certificate, not a key')).toBeTruthy();
    await user.click(within(left).getByRole('button', { name: /Choose Another File/ }));
    await screen.findByRole('dialog', { name: 'Add 2 keys' });
    expect(backend.calls.some(([method]) => method === 'importPick')).toBe(true);
  });

  test('a key of another service is left out until it is wanted anyway', async () => {
    const { user } = await drop(['SubscriptionKey_9QZ4T7LM2X.p8']);
    expect(screen.getByText('This looks like an In-App Purchase key')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /Add Anyway/ }));
    expect(screen.getByRole('dialog', { name: 'Add 1 key' })).toBeTruthy();
  });

  test('a key that is here already leads to it', async () => {
    const { user, onshowkey, onclose } = await drop(['AuthKey_7GX4KQ2M9L.p8'], { keys: 3 });
    expect(screen.getByText('It’s saved as CI Release. Nothing was added.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /Show It/ }));
    expect(onclose).toHaveBeenCalledOnce();
    await waitFor(() => expect(onshowkey).toHaveBeenCalledExactlyOnceWith('00000000-0000-4000-8000-000000000001'));
  });

  test('hostile file names stay text and show what they hide', async () => {
    const { dialog } = await drop(['<img src=x onerror=alert(1)>.cer', 'invoice\u202Egpj.cer', 'bell\u0007.cer']);
    expect(dialog.querySelector('img')).toBeNull();
    expect([...dialog.querySelectorAll('bdi')].map((name) => name.textContent)).toEqual([
      '<img src=x onerror=alert(1)>.cer', 'invoice‹U+202E›gpj.cer', 'bell␇.cer',
    ]);
  });
});

describe('adding and leaving', () => {
  test('what fails stays, with the reason; what went in is gone from the list', async () => {
    const { user, onclose, oncommitted } = await drop(['AuthKey_9QF4ZT7WLM.p8', 'AuthKey_9QF4ZT7WLM.copy.p8']);
    await user.keyboard('{Enter}');
    await screen.findByText(/Another key already has this Key ID/);
    expect(oncommitted).toHaveBeenCalledOnce();
    expect(onclose).not.toHaveBeenCalled();
    expect(screen.queryByRole('textbox', { name: 'Name for AuthKey_9QF4ZT7WLM.p8' })).toBeNull();
    expect(screen.getByText('1 key was added. What is still here was not.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(nameField('AuthKey_9QF4ZT7WLM.copy.p8')));
  });

  test('a full disk adds nothing, says so and loses nothing that was typed', async () => {
    const { user, backend, onclose } = await drop(['ApiKey_3KX7QWN92MVD.p8']);
    await user.clear(nameField('ApiKey_3KX7QWN92MVD.p8'));
    await user.type(nameField('ApiKey_3KX7QWN92MVD.p8'), 'Hana');
    backend.failNext('importCommit', { code: 'disk_full' });
    await user.keyboard('{Enter}');
    expect(await screen.findByText('The disk is full.')).toBeTruthy();
    expect(nameField('ApiKey_3KX7QWN92MVD.p8').value).toBe('Hana');
    expect(onclose).not.toHaveBeenCalled();
  });

  test('Escape leaves without a question and ends the import', async () => {
    const { user, backend, onclose, committed } = await drop(['AuthKey_9QF4ZT7WLM.p8']);
    await user.keyboard('{Escape}');
    expect(onclose).toHaveBeenCalledOnce();
    await waitFor(() => expect(backend.calls.some(([method]) => method === 'importCancel')).toBe(true));
    expect(committed()).toEqual([]);
  });

  test('a drop while the sheet is open joins the list and is added with it', async () => {
    const { user, backend, committed } = await drop(['ApiKey_3KX7QWN92MVD.p8']);
    backend.drop(['AuthKey_9QF4ZT7WLM.p8']);
    await screen.findByRole('dialog', { name: 'Add 2 keys' });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(committed().map((commit) => commit.id)).toEqual([1, 2]));
  });

  test('when the core forgets the import, the sheet goes', async () => {
    const { backend, onclose } = await drop(['AuthKey_9QF4ZT7WLM.p8']);
    await backend.vaultLock();
    backend.emit({ event: 'import_changed', id: 1, state: 'ready', done: 1, total: 1 });
    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
  });
});

describe('many files', () => {
  test('two hundred appear as they come, and Stop keeps what was read', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const backend = fakeBackend({ keys: 0, pace: 10 });
      const importId = backend.drop(Array.from({ length: 200 }, (_, at) => `AuthKey_K${String(at).padStart(9, '0')}.p8`));
      render(ImportSheet, { backend, platform: 'linux', asking: { on_add: true, recheck: 'off' }, importId, onclose: vi.fn(), oncommitted: vi.fn(), onshowkey: vi.fn() });
      await vi.advanceTimersByTimeAsync(470);
      expect(screen.getByText(/Reading 47 of 200/)).toBeTruthy();
      expect(screen.getAllByRole('textbox', { name: /^Name for/ })).toHaveLength(47);
      screen.getByRole('button', { name: 'Stop' }).click();
      await vi.advanceTimersByTimeAsync(10);
      expect(screen.getByText(/Stopped after 47 of 200/)).toBeTruthy();
      expect(screen.getByRole<HTMLButtonElement>('button', { name: /Add 47 Keys/ }).disabled).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});

test('no accessibility violation with every kind of row at once', async () => {
  await drop(
    ['AuthKey_D8F3LM6RQ1.p8', 'AuthKey_5TN7WH2XC8.escaped.p8', 'ApiKey_N7Q2GX5RM8LD.p8', 'encrypted.p8', 'renamed.p8', 'AuthKey_7GX4KQ2M9L.p8',
      'AuthKey_R2N8V5TQ4C.other.p8', 'SubscriptionKey_9QZ4TR7KM2.p8', 'Distribution.cer'],
    { keys: 3 },
  );
  await expectAccessible();
});
