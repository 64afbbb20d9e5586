// Nobody reads the name of a thing that another system has: words that name one belong to that system’s own version of a message.
import { expect, test } from 'vitest';

const files = import.meta.glob<Record<string, string>>('./en/*.json', { eager: true, import: 'default' });
const words = Object.entries(Object.assign({}, ...Object.values(files)) as Record<string, string>);

const THINGS = {
  macos: /keychain|finder\b|\bdock\b|\b(this|your|the) mac\b|[⌘⌥⌃]|\bcommand key/i,
  windows: /credential manager|explorer|recycle bin|\b(this|your|the) pc\b|\bwindows\b/i,
  linux: /keyring|secret service|kwallet|nautilus|\b(this|your|the) computer\b|\blinux\b/i,
};
type System = keyof typeof THINGS;
const SYSTEMS = Object.keys(THINGS) as System[];
const systemOf = (key: string) => SYSTEMS.find((system) => key.endsWith(`.${system}`));

test('no message names another system’s things', () => {
  const others = (key: string) => SYSTEMS.filter((system) => system !== systemOf(key));
  const wrong = words.flatMap(([key, text]) => others(key).filter((system) => THINGS[system].test(text)).map((system) => `${key} (${system}): ${text}`));
  expect(words.length).toBeGreaterThan(900);
  expect(wrong).toEqual([]);
});

test('a message with a version for one system has one for each', () => {
  const keys = new Set(words.map(([key]) => key));
  const stems = [...keys].flatMap((key) => (systemOf(key) ? [key.slice(0, key.lastIndexOf('.'))] : []));
  expect(stems.flatMap((stem) => SYSTEMS.map((system) => `${stem}.${system}`)).filter((key) => !keys.has(key))).toEqual([]);
});

test('the words for keys to press are the system’s, never in a message', () => {
  expect(words.filter(([, text]) => /\b(ctrl|cmd|alt|shift)\s*\+/i.test(text))).toEqual([]);
});
