import { describe, expect, it, vi } from 'vitest';
import { fakeBackend, type FakeOptions } from '../../backend/fake';
import { keyRef } from '../../backend/fake/sample';
import { Library } from './library.svelte';

async function open(options: FakeOptions = {}) {
  const backend = fakeBackend(options);
  const onfailure = vi.fn();
  const library = new Library(backend, onfailure);
  await library.reload();
  return { backend, library, onfailure };
}
const CI = keyRef(1);
const names = (library: Library) => library.listed.map((key) => key.name);

describe('what is listed', () => {
  it('puts Team keys before Individual keys, by name, and archived ones apart', async () => {
    const { library } = await open();
    expect(library.groups.map(({ kind, keys }) => [kind, keys.length])).toEqual([['team', 8], ['individual', 3]]);
    expect(names(library)[0]).toBe('CI Release');
    library.shelf = 'archived';
    expect(names(library)).toEqual(['Tomás — previous laptop']);
  });

  it.each([
    ['tomas', 'archived', 'Tomás — previous laptop'],
    ['7gx4', 'all', 'CI Release'],
    ['warehouse sales', 'all', 'Sales → Warehouse'],
    ['server room', 'all', 'fastlane (old Mac mini)'],
    ['customer support', 'all', 'Reviews bot'],
    ['release audit', 'all', 'CI Release'],
  ] as const)('finds by %j', async (query, shelf, name) => {
    const { library } = await open();
    library.shelf = shelf;
    library.query = query;
    expect(names(library)).toEqual([name]);
  });

  it('counts archived Team keys against the limit: archiving does not revoke', async () => {
    const { library } = await open();
    await library.change(CI, { archived: true });
    expect(library.counts.team).toBe(7);
    expect(library.teamKeysHere).toBe(8);
  });
});

describe('changes', () => {
  it.each([
    [{ name: 'Nightly' }, 'name'],
    [{ tags: ['x'] }, 'tags'],
    [{ notes: 'n' }, 'notes'],
    [{ roles: ['ADMIN'] }, 'roles'],
    [{ kind: 'individual' }, 'kind'],
  ] as const)('%j can be undone and done again', async (patch, field) => {
    const { library } = await open();
    const before = library.key(CI)?.[field];
    await library.change(CI, structuredClone(patch) as never);
    const after = library.key(CI)?.[field];
    expect(after).not.toEqual(before);
    await library.history.undo();
    expect(library.key(CI)?.[field]).toEqual(before);
    await library.history.redo();
    expect(library.key(CI)?.[field]).toEqual(after);
  });

  it('archiving can be undone, and shows the key again', async () => {
    const { library } = await open();
    await library.change(CI, { archived: true });
    expect(library.listed.some((key) => key.id === CI)).toBe(false);
    await library.history.undo();
    expect(library.selected?.id).toBe(CI);
  });

  it('a change that changes nothing is not sent', async () => {
    const { backend, library } = await open();
    expect(await library.change(CI, { name: 'CI Release' })).toBe(true);
    expect(backend.calls.some(([method]) => method === 'keyUpdate')).toBe(false);
    expect(library.history.canUndo).toBe(false);
  });

  it('a key changed elsewhere is not overwritten: it is told, and read again', async () => {
    const { backend, library, onfailure } = await open();
    backend.changeElsewhere(CI, 'Renamed elsewhere');
    expect(await library.change(CI, { name: 'Mine' })).toBe(false);
    expect(onfailure).toHaveBeenCalledWith({ code: 'changed_elsewhere' });
    await vi.waitFor(() => expect(library.key(CI)?.name).toBe('Renamed elsewhere'));
    expect(library.history.canUndo).toBe(false);
  });

  it('an undo that fails is told and not offered again', async () => {
    const { backend, library, onfailure } = await open();
    await library.change(CI, { name: 'Nightly' });
    backend.failNext('keyUpdate', { code: 'disk_full' });
    expect(await library.history.undo()).toBeNull();
    expect(onfailure).toHaveBeenCalledWith({ code: 'disk_full' });
    expect(library.history.canUndo).toBe(false);
    expect(library.key(CI)?.name).toBe('Nightly');
  });
});

it('a locked vault leaves nothing behind', async () => {
  const { library } = await open();
  await library.change(CI, { name: 'Nightly' });
  library.forget();
  expect(library.keys).toEqual([]);
  expect(library.history.canUndo).toBe(false);
});

it('an older answer does not replace a newer one', async () => {
  const { backend, library } = await open();
  const answers = [...(await backend.keys()).keys];
  let release: (() => void) | undefined;
  const slow = new Promise<void>((resolve) => (release = resolve));
  vi.spyOn(backend, 'keys').mockImplementationOnce(async () => {
    await slow;
    return { keys: answers.slice(0, 1), issuers: [], apps: [] };
  });
  const first = library.reload();
  const second = library.reload();
  await second;
  release?.();
  await first;
  expect(library.keys).toHaveLength(12);
});
