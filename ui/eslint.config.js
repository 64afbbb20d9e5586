import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import { layers } from './rules/layers.js';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/backend/bindings.gen.ts'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    plugins: { keyfolio: { rules: { layers } } },
    rules: {
      'keyfolio/layers': 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      eqeqeq: ['error', 'smart'],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      // Markup from a string would let a hostile key name become part of the page.
      'svelte/no-at-html-tags': 'error',
      // The shipped policy blocks style attributes; `style:` directives go through the object model and pass.
      'svelte/no-inline-styles': 'error',
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
    },
  },
);
