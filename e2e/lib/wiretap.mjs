// Whom a program and everything it starts try to reach, whether or not they get through: what the kernel is asked for, read by strace.

import { readFileSync } from 'node:fs';

const CALLS = 'trace=connect,sendto,sendmsg,sendmmsg';

/** A program and its arguments, to be started so that what it asks for is noted in `file`. */
export const tapped = (file, program, args) => ['strace', ['--follow-forks', '--seccomp-bpf', '--quiet=all', '-e', CALLS, '-o', file, program, ...args]];

/** Every `address:port` noted so far, each once; a look-up of a name counts as well, since it goes to a name server. */
export function reached(file) {
  const notes = readFileSync(file, 'utf8').matchAll(/sin6?_port=htons\((\d+)\)[^}]*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")/g);
  return [...new Set([...notes].map(([, port, four, six]) => `${four ?? `[${six}]`}:${port}`))].sort();
}
