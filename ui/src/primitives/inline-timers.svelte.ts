// Whether the page itself shows how long something secret stays on the clipboard. While it does, the window need not say it again.
let count = $state(0);

export const inlineTimers = {
  get shown(): boolean {
    return count > 0;
  },
  /** One more is on the page; the answer takes it off again. */
  enter(): () => void {
    count += 1;
    return () => (count -= 1);
  },
};
