// What is open on top of the window, topmost last: Esc closes one layer at a time, whichever component drew it.

const layers: (() => void)[] = [];

function onKeydown(event: KeyboardEvent): void {
  const top = layers.at(-1);
  if (event.key !== 'Escape' || event.isComposing || !top) return;
  event.preventDefault();
  event.stopPropagation();
  top();
}

/** Puts a layer on top; Esc calls `close`. Returns what takes it away again. */
export function pushLayer(close: () => void): () => void {
  if (layers.length === 0) window.addEventListener('keydown', onKeydown, true);
  layers.push(close);
  return () => {
    const at = layers.lastIndexOf(close);
    if (at >= 0) layers.splice(at, 1);
    if (layers.length === 0) window.removeEventListener('keydown', onKeydown, true);
  };
}
