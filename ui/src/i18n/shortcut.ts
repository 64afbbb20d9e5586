// How a shortcut is written on each system: ⇧⌘F on a Mac, Ctrl+Shift+F elsewhere.
import type { Platform } from '../backend/bindings.gen';

export type Shortcut = { key: string; mod?: boolean; shift?: boolean; alt?: boolean };

const NAMES: Record<string, { mac: string; other: string }> = {
  Backspace: { mac: '⌫', other: 'Backspace' },
  Delete: { mac: '⌦', other: 'Del' },
  Enter: { mac: '↩', other: 'Enter' },
};

/** The shortcut in the words of the system. */
export function shortcutWords({ key, mod, shift, alt }: Shortcut, platform: Platform): string {
  const mac = platform === 'macos';
  const name = NAMES[key]?.[mac ? 'mac' : 'other'] ?? key.toUpperCase();
  const before = mac
    ? [alt && '⌥', shift && '⇧', mod && '⌘']
    : [mod && 'Ctrl+', alt && 'Alt+', shift && 'Shift+'];
  return before.filter(Boolean).join('') + name;
}

/** Whether a key press is the shortcut: ⌘ on a Mac, Ctrl elsewhere. */
export function isShortcut(event: KeyboardEvent, { key, mod = false, shift = false, alt = false }: Shortcut, platform: Platform): boolean {
  const held = platform === 'macos' ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  const free = !event.metaKey && !event.ctrlKey;
  return event.key.toLowerCase() === key.toLowerCase() && (mod ? held : free) && event.shiftKey === shift && event.altKey === alt;
}
