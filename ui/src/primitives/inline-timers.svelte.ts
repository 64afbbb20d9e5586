// Whether the page itself shows how long something secret stays on the clipboard. While it does, the window need not say it again.
import { untrack } from 'svelte';

let count = $state(0);

export const inlineTimers = {
  get shown(): boolean {
    return count > 0;
  },
  /** One more is on the page; the answer takes it off again. */
  enter(): () => void {
    // Whoever enters does so in an effect, which is not to follow what it changes.
    untrack(() => (count += 1));
    return () => untrack(() => (count -= 1));
  },
};
