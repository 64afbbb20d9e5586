import { Linter } from 'eslint';
import * as parser from 'svelte-eslint-parser';
import { expect, it } from 'vitest';
import { styleAttribute } from './style-attribute.js';

function complaints(markup: string): number {
  const config = [{ files: ['**/*.svelte'], languageOptions: { parser }, plugins: { local: { rules: { styleAttribute } } }, rules: { 'local/styleAttribute': 'error' as const } }];
  return new Linter().verify(markup, config, { filename: 'A.svelte' }).length;
}

it('refuses what the policy would drop', () => {
  expect(complaints('<p style="color: red">x</p>')).toBe(1);
});

it('accepts the directive', () => {
  expect(complaints('<p style:color="red">x</p>')).toBe(0);
});
