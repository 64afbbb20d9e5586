import { expect, it } from 'vitest';
import { Typeahead } from './typeahead';

const names = ['CI Release', 'Month-end', 'Mina', 'Tomás', 'Tomorrow'];
const same = (name: string) => name;

it('letters in quick succession make a word', () => {
  const typing = new Typeahead();
  expect(typing.find('m', 0, names, 'CI Release', same)).toBe('Month-end');
  expect(typing.find('i', 200, names, 'Month-end', same)).toBe('Mina');
});

it('a pause starts a new word', () => {
  const typing = new Typeahead();
  typing.find('m', 0, names, null, same);
  expect(typing.find('c', 1000, names, 'Month-end', same)).toBe('CI Release');
});

it('the same letter again, after a pause, walks on and around', () => {
  const typing = new Typeahead();
  expect(typing.find('m', 0, names, 'Month-end', same)).toBe('Mina');
  expect(typing.find('m', 1000, names, 'Mina', same)).toBe('Month-end');
});

it('needs no accents', () => {
  const typing = new Typeahead();
  typing.find('t', 0, names, null, same);
  typing.find('o', 100, names, 'Tomás', same);
  expect(typing.find('m', 200, names, 'Tomás', same)).toBe('Tomás');
});
