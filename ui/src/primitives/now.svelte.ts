// The time, for words such as "2 min ago" that have to keep up with it. One timer for the whole window, and only while somebody
// shows such words; another one, quicker, for countdowns.
import { createSubscriber } from 'svelte/reactivity';

/** How often the words are looked at again, in milliseconds. */
const BEAT = 30_000;
const SECOND = 1000;

const every = (beat: number) => createSubscriber((update) => {
  const timer = setInterval(update, beat);
  return () => clearInterval(timer);
});
const subscribe = every(BEAT);
const subscribeToSeconds = every(SECOND);

/** Milliseconds since 1970. Read in a template or a `$derived`, it is read again every half minute. */
export function now(): number {
  subscribe();
  return Date.now();
}

/** The same for a countdown: read again every second. */
export function second(): number {
  subscribeToSeconds();
  return Date.now();
}
