// The full words of something small or cut off, shown on hover and on keyboard focus. One element serves the whole window.
import type { Attachment } from 'svelte/attachments';
import { pushLayer } from './layers';
import { place } from './place';

const DELAY = 450;
let bubble: HTMLDivElement | null = null;
let owner: Element | null = null;
let release: (() => void) | null = null;

function hide(): void {
  owner = null;
  release?.();
  release = null;
  bubble?.hidePopover();
  bubble?.remove();
}

function show(anchor: Element, words: string): void {
  hide();
  bubble ??= Object.assign(document.createElement('div'), { className: 'tooltip' });
  bubble.setAttribute('popover', 'manual');
  bubble.setAttribute('role', 'tooltip');
  bubble.textContent = words;
  document.body.append(bubble);
  bubble.showPopover();
  const room = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight };
  const rtl = getComputedStyle(bubble).direction === 'rtl';
  const at = place(anchor.getBoundingClientRect(), { width: bubble.offsetWidth, height: bubble.offsetHeight }, room, { side: 'bottom', align: 'center', gap: 6, rtl });
  bubble.style.left = `${at.left}px`;
  bubble.style.top = `${at.top}px`;
  owner = anchor;
  release = pushLayer(hide);
}

/** `{@attach tooltip(() => words)}`; with `clipped` it only speaks when the element's own text is cut off. */
export function tooltip(words: () => string | null, { clipped = false }: { clipped?: boolean } = {}): Attachment<HTMLElement> {
  return (element) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const text = words();
        const cut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
        if (text && (!clipped || cut)) show(element, text);
      }, DELAY);
    };
    const over = () => {
      clearTimeout(timer);
      if (owner === element) hide();
    };
    const focused = () => {
      if (element.matches(':focus-visible')) later();
    };
    element.addEventListener('pointerenter', later);
    element.addEventListener('pointerleave', over);
    element.addEventListener('pointerdown', over);
    element.addEventListener('focus', focused);
    element.addEventListener('blur', over);
    return () => {
      over();
      element.removeEventListener('pointerenter', later);
      element.removeEventListener('pointerleave', over);
      element.removeEventListener('pointerdown', over);
      element.removeEventListener('focus', focused);
      element.removeEventListener('blur', over);
    };
  };
}
