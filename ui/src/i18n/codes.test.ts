// Every code the core can send has words: the lists are read from the generated contract, so that a new code without words
// fails here and not on somebody's screen.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import access from './en/access.json';
import error from './en/error.json';
import handoff from './en/handoff.json';
import imports from './en/import.json';
import keys from './en/keys.json';
import trouble from './en/trouble.json';

const contract = readFileSync('src/backend/bindings.gen.ts', 'utf8');
const words: Record<string, string> = { ...access, ...error, ...handoff, ...imports, ...keys, ...trouble };

/** The string literals of a type in the contract; with `tag`, those of that field only. */
function codes(type: string, tag?: string): string[] {
  const body = new RegExp(`export type ${type} =([^;]*(?:\\{[^}]*\\}[^;]*)*);`).exec(contract)?.[1] ?? '';
  return [...body.matchAll(tag ? new RegExp(`"?${tag}"?: "(\\w+)"`, 'g') : /"(\w+)"/g)].map((match) => match[1] ?? '');
}

function expectWords(keys: string[]): void {
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => !words[key])).toEqual([]);
}

test('every error has a title, a body and an action', () => {
  expectWords(codes('IpcError', 'code').flatMap((code) => [`error.${code}.title`, `error.${code}.body`, `error.${code}.action`]));
});

test('every trouble with the key store is put in the words of each system', () => {
  const parts = ['title', 'body', 'action'];
  expectWords(codes('KeyringTrouble').flatMap((code) => codes('Platform').flatMap((system) => parts.map((part) => `error.trouble.${part}.${code}.${system}`))));
});

test('whatever stands between here and Apple says what it is, what is safe and what to do', () => {
  const inner: Record<string, string> = { tls: 'TlsTrouble', timeout: 'Phase' };
  const all = codes('Trouble', 'code').flatMap((code) => (inner[code] ? codes(inner[code]).map((why) => `${code}.${why}`) : [code]));
  expect(all.length).toBeGreaterThan(20);
  expectWords(all.flatMap((code) => ['title', 'safe', 'action'].map((part) => `trouble.${part}.${code}`)));
});

test('no trouble on the way is told as a fault of the key or as a lack of access', () => {
  const told = Object.values(trouble).filter((text) => /no access|not allowed|revoked|rejected/i.test(text));
  expect(told).toEqual([]);
  const titles = Object.entries(trouble).flatMap(([key, text]) => (key.startsWith('trouble.title.') ? [text] : []));
  expect(new Set(titles).size).toBe(titles.length);
});

test('every refusal says what the file is, why it is left out and what to do', () => {
  expectWords(codes('RefusalCode').flatMap((code) => ['title', 'body', 'action'].map((part) => `import.refusal.${part}.${code}`)));
});

test('every repair, basis of a kind, role and field has words', () => {
  expectWords(codes('Repair').map((code) => `import.repair.${code}`));
  expectWords(codes('KindBasis').map((code) => `import.row.basis.${code}`));
  expectWords(codes('Role').map((code) => `access.role.${code}`));
  expectWords(codes('TextField').map((code) => `error.field.${code}`));
});

test('whatever a recipe says in codes has words, a tool also a line and a mark, a trap also its reason', () => {
  const sets = { Tool: 'tool', ToolGroup: 'tool_group', Encoding: 'encoding', Keep: 'keep', Language: 'language', Place: 'place', Trap: 'trap', Limit: 'limit', Cloud: 'cloud', Half: 'individual', Basis: 'basis', KeyKind: 'instead.kind' };
  for (const [type, set] of Object.entries(sets)) expectWords(codes(type).map((code) => `handoff.${set}.${code}`));
  expectWords(codes('Tool').flatMap((code) => ['about', 'short'].map((part) => `handoff.tool.${code}.${part}`)));
  expectWords(codes('Encoding').map((code) => `handoff.encoding.${code}.about`));
  expectWords(codes('Trap').map((code) => `handoff.trap.${code}.why`));
});

test('no two tools have the same name or mark', () => {
  for (const part of ['', '.short']) {
    const told = codes('Tool').map((code) => words[`handoff.tool.${code}${part}`]);
    expect(new Set(told).size).toBe(told.length);
  }
});

test('a risky place says what it is, what is safe and what to do', () => {
  const all = ['git_work_tree.listed', ...codes('HandoffPlaceWarning', 'code')];
  expect(all).toHaveLength(7);
  expectWords(all.flatMap((code) => ['title', 'body', 'action'].map((part) => `handoff.warning.${code}.${part}`)));
});

test('a title is at most 60 characters and names what happened, not "error"', () => {
  const titles = Object.entries(words).filter(([key]) => /^error\.\w+\.title$|\.title\./.test(key));
  expect(titles.filter(([, title]) => title.length > 60 || /\b(error|oops|invalid|failed)\b/i.test(title))).toEqual([]);
});
