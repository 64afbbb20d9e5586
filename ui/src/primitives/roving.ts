// One Tab stop for a column or row of controls: the arrows walk between the elements marked `data-roving`.
import type { Attachment } from 'svelte/attachments';

/** Walks vertically; Home and End jump. The control that should take the Tab stop carries `tabindex=0` itself. */
export function roving(): Attachment<HTMLElement> {
  return (element) => {
    const onkeydown = (event: KeyboardEvent) => {
      const stops = [...element.querySelectorAll<HTMLElement>('[data-roving]')];
      const at = stops.indexOf(document.activeElement as HTMLElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      stops[Math.max(0, Math.min(to, stops.length - 1))]?.focus();
    };
    element.addEventListener('keydown', onkeydown);
    return () => element.removeEventListener('keydown', onkeydown);
  };
}
