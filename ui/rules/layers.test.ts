import { describe, expect, it } from 'vitest';
import { offence } from './layers.js';

const at = (file: string) => `/home/someone/keyfolio/ui/src/${file}`;

describe('the arrows of the front end', () => {
  it.each([
    ['app/App.svelte', '../features/keys/KeyList.svelte'],
    ['features/keys/KeyList.svelte', '../../primitives/Tile.svelte'],
    ['features/keys/KeyList.svelte', './KeyRow.svelte'],
    ['features/keys/KeyList.svelte', '../../i18n'],
    ['backend/tauri.ts', '@tauri-apps/api/core'],
    ['main.ts', './app/App.svelte'],
  ])('%s may import %s', (from, specifier) => {
    expect(offence(at(from), specifier, false)).toBeNull();
  });

  it.each([
    ['primitives/Tile.svelte', '../features/keys/KeyRow.svelte', 'primitives may not import from features'],
    ['features/keys/KeyList.svelte', '../permissions/Ledger.svelte', 'feature keys reaches into feature permissions'],
    ['features/keys/KeyList.svelte', '../../app/App.svelte', 'features may not import from app'],
    ['features/keys/library.svelte.ts', '@tauri-apps/api/core', 'only backend/tauri.ts talks to Tauri'],
    ['i18n/index.ts', '../backend/fake', 'i18n may not import from backend'],
    ['primitives/Tile.svelte', '../backend/fake', 'primitives may not import from backend'],
  ])('%s may not import %s', (from, specifier, why) => {
    expect(offence(at(from), specifier, false)).toBe(why);
  });

  it('lets every layer name the types of the contract, but not its code', () => {
    expect(offence(at('primitives/Tile.svelte'), '../backend/bindings.gen', true)).toBeNull();
    expect(offence(at('primitives/Tile.svelte'), '../backend/tauri', true)).not.toBeNull();
  });
});
