// The time, for words such as "2 min ago" that have to keep up with it. One timer for the whole window, and only while somebody
// shows such words.
import { createSubscriber } from 'svelte/reactivity';

/** How often the words are looked at again, in milliseconds. */
const BEAT = 30_000;

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, BEAT);
  return () => clearInterval(timer);
});

/** Milliseconds since 1970. Read in a template or a `$derived`, it is read again every half minute. */
export function now(): number {
  subscribe();
  return Date.now();
}
