// What happy-dom leaves out and the window relies on.
import { afterEach } from 'vitest';

// The popover attribute's methods: showing is drawn by CSS in a real engine; here the element simply exists.
HTMLElement.prototype.showPopover ??= function showPopover() {};
HTMLElement.prototype.hidePopover ??= function hidePopover() {};

afterEach(() => {
  document.documentElement.className = '';
  delete document.documentElement.dataset.theme;
});
