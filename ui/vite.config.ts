// Builds the window's front end. What leaves here must satisfy the shipped policy (`default-src 'none'; script-src 'self';
// style-src 'self'`): separate files only, nothing inlined, no remote address. `--mode fake` builds the same window on the
// in-memory backend for a plain browser; the ordinary build does not contain that backend at all.
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { staticIcons } from './rules/static-icons.js';

/** The policy of the shipped window, so that a browser preview breaks on the same things. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'none'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [staticIcons(), svelte(), svelteTesting()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  preview: { headers: { 'Content-Security-Policy': policy } },
  build: {
    target: ['es2022', 'safari16', 'chrome111'],
    outDir: mode === 'fake' ? 'node_modules/.dist-fake' : 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    // What several pages share belongs to the first frame's file: one request for each small module would cost more than it saves.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', test: /node_modules|src\/(primitives|i18n|backend)/ }] } } },
    reportCompressedSize: false,
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'rules/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    // axe walks a whole window in a simulated DOM: slow on a loaded machine, never stuck.
    testTimeout: 60_000,
  },
}));
