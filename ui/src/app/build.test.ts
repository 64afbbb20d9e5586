// What the shipped bundle holds, and what it must not.
import { build } from 'vite';
import { beforeAll, describe, expect, it, vi } from 'vitest';

type File = { fileName: string; text: string };
let files: File[] = [];

beforeAll(async () => {
  // A test runner announces itself here, and Vite would build for it.
  vi.stubEnv('NODE_ENV', 'production');
  const built = await build({ mode: 'production', logLevel: 'silent', build: { write: false } });
  vi.unstubAllEnvs();
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []));
  files = outputs.map((file) => ({ fileName: file.fileName, text: file.type === 'chunk' ? file.code : String(file.source) }));
}, 180_000);

const all = (pattern: RegExp) => files.flatMap(({ text }) => text.match(pattern) ?? []);

describe('the shipped bundle', () => {
  it('does not contain the in-memory backend', () => {
    expect(files.some(({ fileName }) => fileName.includes('fake'))).toBe(false);
    expect(all(/Tideline|keyfolioFake/g)).toEqual([]);
  });

  it('is separate files, as its policy wants them: no inline script, no inline style', () => {
    const html = files.find(({ fileName }) => fileName === 'index.html')?.text ?? '';
    expect(html).toMatch(/<script [^>]*src="\/assets\/[^"]+\.js"><\/script>/);
    expect(html).toMatch(/<link rel="stylesheet"[^>]* href="\/assets\/[^"]+\.css">/);
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
    expect(all(/ style="/g)).toEqual([]);
  });

  it('evaluates nothing and loads nothing from elsewhere', () => {
    expect(all(/\beval\(|new Function\(/g)).toEqual([]);
    // Names of namespaces, and the addresses Svelte puts into its own error messages: none of them is ever loaded.
    const names = /^https?:\/\/(www\.w3\.org\/|svelte\.dev\/e\/)/;
    expect(all(/https?:\/\/[^\s"'`)]+/g).filter((address) => !names.test(address))).toEqual([]);
    expect(all(/url\(|@import|data:image|@font-face/g)).toEqual([]);
  });
});
