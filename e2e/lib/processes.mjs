// Starting and surely ending the programs a real-window test needs.
//
// Every program is started as the head of its own process group, so that ending it ends what it started too, and
// everything still running is killed when the test process ends for whatever reason.

import { spawn, execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const running = new Set();

process.on('exit', () => running.forEach((child) => signal(child, 'SIGKILL')));
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => process.exit(1));

/** Starts a long-running program. What it prints is kept in `child.said`. Its input ends after `input`, unless it is told to stay open. */
export function start(program, args, { env, input, open = false, stdio = [] } = {}) {
  const [, , , ...extra] = stdio;
  const child = spawn(program, args, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe', ...extra] });
  child.said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (child.said += text));
  child.stdin.on('error', () => {}); // It may end before it has read its input.
  if (!open) child.stdin.end(input);
  child.ended = new Promise((resolve) => {
    child.on('error', (error) => { child.said += error; resolve(); });
    child.on('exit', resolve);
  });
  running.add(child);
  child.ended.then(() => running.delete(child));
  return child;
}

/** Signals a program and everything it started. */
export function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // Gone already.
  }
}

/** Ends a program: politely first, then for certain. */
export async function stop(child) {
  if (!child) return;
  signal(child, 'SIGTERM');
  const patience = setTimeout(() => signal(child, 'SIGKILL'), 3000);
  await child.ended;
  clearTimeout(patience);
  signal(child, 'SIGKILL'); // What it started may outlive it.
}

/** Runs a short program to its end and returns what it printed. */
export async function output(program, args, { env, timeout = 10_000 } = {}) {
  const { stdout } = await run(program, args.map(String), { env, timeout });
  return stdout.trim();
}

/**
 * Waits until `question` answers with something true, and returns the answer. A question that throws has no
 * answer yet. `what` finishes the sentence "Waited in vain for ...".
 */
export async function until(what, question, { timeout = 20_000, every = 25 } = {}) {
  const begun = Date.now();
  let trouble;
  for (;;) {
    try {
      const answer = await question();
      if (answer) return answer;
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    if (Date.now() - begun > timeout) throw new Error(`Waited in vain for ${what} (${timeout} ms)`, { cause: trouble });
    await pause(every);
  }
}

/** For the few places where X11 gives no sign that an event was taken in. */
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
