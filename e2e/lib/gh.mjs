// GitHub's command line tool, as far as a hand-off uses it: takes what it is given and notes it, but of a secret only its SHA-256.

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAM = `#!/bin/sh
# gh KIND set NAME ...: one line per call in "calls": arguments, then what came by the standard input.
here=$(dirname "$0")
given=$(sha256sum | cut -d ' ' -f 1)
printf '%s\\t%s\\n' "$*" "$given" >> "$here/calls"
if [ -e "$here/refuse" ]; then echo "HTTP 403: Resource not accessible by integration" >&2; exit 1; fi
`;

export class Gh {
  /** Puts one into a folder of its own in the session. */
  constructor(session) {
    this.folder = join(session.folder, 'gh');
    mkdirSync(this.folder);
    this.program = session.write('gh/gh', PROGRAM);
    chmodSync(this.program, 0o755);
    /** What a program has to be told to find it. */
    this.env = { PATH: `${this.folder}:${session.env.PATH}` };
    this.session = session;
  }

  /** Every call since the last `forget`: its arguments, and the SHA-256 of its input. */
  calls() {
    const file = join(this.folder, 'calls');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    return lines.map((line) => line.split('\t')).map(([said, input]) => ({ said, input }));
  }

  forget = () => rmSync(join(this.folder, 'calls'), { force: true });

  /** From now on it refuses, or no longer. */
  refuses(yes) {
    const file = join(this.folder, 'refuse');
    if (yes) this.session.write('gh/refuse', '');
    else rmSync(file, { force: true });
  }
}

export const sha256 = (text) => createHash('sha256').update(text).digest('hex');
