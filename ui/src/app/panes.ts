// F6 walks through the panes of the window, as on every desktop.

function shown(element: HTMLElement): boolean {
  return element.checkVisibility?.() ?? true;
}

/** Moves the focus to the next (or previous) pane, to its most useful control. */
export function cyclePane(backward: boolean): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(shown);
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + (backward ? -1 : 1) + panes.length) % panes.length];
  const inside = next?.querySelector<HTMLElement>('[data-pane-focus]');
  (inside ?? next)?.focus();
}
