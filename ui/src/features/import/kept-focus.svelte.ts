// Rows move between the sheet's groups (another kind, a second Issuer ID), and an element that moves loses the focus and
// the selection. This remembers which part of which row had them and gives them back after the move.
import { tick } from 'svelte';

type Place = { selector: string; selection: [number, number] | null };

const FIELD = ':is(input:checked, input:not([type=radio]), select)';

function placeOf(element: Element | null): Place | null {
  const part = element?.closest<HTMLElement>('[data-part]')?.dataset.part;
  if (!element || part === undefined) return null;
  const offer = element.closest<HTMLElement>('[data-offer]')?.dataset.offer;
  const group = element.closest<HTMLElement>('[data-group]')?.dataset.group;
  const within = offer === undefined ? `[data-group="${CSS.escape(group ?? '')}"]` : `[data-offer="${CSS.escape(offer)}"]`;
  const text = element instanceof HTMLInputElement && element.type !== 'radio' ? element : null;
  return {
    selector: `${within} [data-part="${part}"] ${FIELD}`,
    selection: text ? [text.selectionStart ?? 0, text.selectionEnd ?? 0] : null,
  };
}

/** Call while a component is set up. `moves` reads whatever makes rows move. */
export function keepFocus(root: () => HTMLElement | undefined, moves: () => unknown): void {
  $effect.pre(() => {
    moves();
    const before = document.activeElement;
    const element = root();
    if (!element?.contains(before)) return;
    const place = placeOf(before);
    void tick().then(() => {
      // Still inside: nothing was lost, or somebody has put it elsewhere on purpose.
      if (element.contains(document.activeElement)) return;
      // What had it is gone (a pressed "Leave out", a row that was added): the dialog itself, so that its keys still work.
      const target = (place && element.querySelector<HTMLElement>(place.selector)) ?? element.closest('dialog');
      target?.focus();
      if (target instanceof HTMLInputElement && place?.selection) target.setSelectionRange(...place.selection);
    });
  });
}
