// Looking for a secret in everything a process has written to its memory (Linux, as root or the process's user).

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const PAGE = 4096;
/** Bytes of one entry of /proc/PID/pagemap; the top two bits say "in memory" and "swapped out". */
const ENTRY = 8;
/** Pages looked up, and bytes read, at a time. */
const PAGES_AT_ONCE = 1 << 18;
const BYTES_AT_ONCE = 1 << 24;

/** Yields `[name, place]` for every one of `secrets` (name to bytes) that is in the process's writable memory. */
export function* searchMemory(pid, secrets) {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  const longest = Math.max(...Object.values(secrets).map((secret) => secret.length));
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const region = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      if (!region) continue;
      for (const [from, to] of usedPages(pagemap, parseInt(region[1], 16), parseInt(region[2], 16))) {
        for (let at = from; at < to; at += BYTES_AT_ONCE) {
          const bytes = readAll(memory, at, Math.min(BYTES_AT_ONCE + longest, to - at));
          for (const [what, secret] of Object.entries(secrets)) {
            const found = bytes.indexOf(secret);
            if (found >= 0) yield [what, `${(at + found).toString(16)} ${line.slice(73)}`];
          }
        }
      }
    }
  } finally {
    closeSync(memory);
    closeSync(pagemap);
  }
}

/** The parts of a region that hold anything. Web views reserve many gigabytes that they never touch. */
function* usedPages(pagemap, from, to) {
  let begun = null;
  for (let page = from / PAGE; page < to / PAGE; page += PAGES_AT_ONCE) {
    const entries = readAll(pagemap, page * ENTRY, Math.min(PAGES_AT_ONCE, to / PAGE - page) * ENTRY);
    for (let index = 0; index < entries.length / ENTRY; index += 1) {
      const used = entries[index * ENTRY + 7] >= 0x40;
      const address = (page + index) * PAGE;
      if (used) begun ??= address;
      else if (begun !== null) {
        yield [begun, address];
        begun = null;
      }
    }
  }
  if (begun !== null) yield [begun, to];
}

/** What can be read of a range; a page may be gone again by now. */
function readAll(file, from, length) {
  const bytes = Buffer.alloc(length);
  let read = 0;
  try {
    while (read < length) {
      const got = readSync(file, bytes, read, length - read, from + read);
      if (got === 0) break;
      read += got;
    }
  } catch {
    // Unmapped meanwhile.
  }
  return bytes.subarray(0, read);
}
