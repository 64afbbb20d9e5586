// What a program and everything it starts ask the kernel for, read by strace: whom they try to reach, whether or not they get through, and
// which programs they start, with every argument and variable. And the end of a program in the midst of such a call.

import { readFileSync } from 'node:fs';

import { start, stop, until } from './processes.mjs';

const CALLS = 'trace=connect,sendto,sendmsg,sendmmsg';

/** A program and its arguments, to be started so that what it asks for is noted in `file`. */
export const tapped = (file, program, args) => ['strace', ['--follow-forks', '--seccomp-bpf', '--quiet=all', '-e', CALLS, '-o', file, program, ...args]];

/** Every `address:port` noted so far, each once; a look-up of a name counts as well, since it goes to a name server. */
export function reached(file) {
  const notes = readFileSync(file, 'utf8').matchAll(/sin6?_port=htons\((\d+)\)[^}]*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")/g);
  return [...new Set([...notes].map(([, port, four, six]) => `${four ?? `[${six}]`}:${port}`))].sort();
}

/** Notes in `file` every program that a running one starts, in full. Returns a function that ends the notes and reads them. */
export async function startsOf(pid, file) {
  const strace = await attached(pid, ['-e', 'trace=execve', '-e', 'signal=none', '--no-abbrev', '--string-limit=100000', '-o', file]);
  return async () => {
    await stop(strace);
    return readFileSync(file, 'utf8');
  };
}

/** Kills a running program in its next such call (`renameat2`), before the kernel does anything; with `path`, in its next one about that. */
export const killAt = (pid, call, path) => attached(pid, ['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL`, ...(path ? ['-P', path] : [])]);

async function attached(pid, args) {
  const strace = start('strace', ['--follow-forks', ...args, '-p', String(pid)], { env: { PATH: process.env.PATH } });
  await until('strace', () => /attached/.test(strace.said));
  return strace;
}
