// `cargo xtask demo --screenshot`, as the README offers it where there is no display.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { decode } from './lib/picture.mjs';

test('the demo’s pictures are taken: every view, both themes, the size the README shows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyfolio-pictures-'));
  try {
    await promisify(execFile)(process.execPath, [fileURLToPath(new URL('screenshots.mjs', import.meta.url)), join(folder, 'main.png')]);
    const names = ['main', 'main-permissions', 'main-handoff'].flatMap((view) => [`${view}-light`, `${view}-dark`]);
    const grounds = names.map((name) => {
      const picture = decode(readFileSync(join(folder, `${name}.png`)));
      assert.deepEqual([picture.width, picture.height], [1280, 800], name);
      // Light is light and dark is dark, away from everything drawn: the lower right corner.
      return picture.at(1275, 795)[0] > 128;
    });
    assert.deepEqual(grounds, [true, false, true, false, true, false]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
