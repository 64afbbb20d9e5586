// How a shortcut is written on each system: ⇧⌘F on a Mac, Ctrl+Shift+F elsewhere.
import type { Platform } from '../backend/bindings.gen';

/** `mod` is Command on a Mac and Control elsewhere; `ctrl` is the Mac’s own Control key. */
export type Shortcut = { key: string; mod?: boolean; ctrl?: boolean; shift?: boolean; alt?: boolean };

const NAMES: Record<string, { mac: string; other: string }> = {
  Backspace: { mac: '⌫', other: 'Backspace' },
  Delete: { mac: '⌦', other: 'Del' },
  Enter: { mac: '↩', other: 'Enter' },
};

/** The shortcut in the words of the system. */
export function shortcutWords({ key, mod, ctrl, shift, alt }: Shortcut, platform: Platform): string {
  const mac = platform === 'macos';
  const name = NAMES[key]?.[mac ? 'mac' : 'other'] ?? key.toUpperCase();
  const before = mac
    ? [ctrl && '⌃', alt && '⌥', shift && '⇧', mod && '⌘']
    : [mod && 'Ctrl+', alt && 'Alt+', shift && 'Shift+'];
  return before.filter(Boolean).join('') + name;
}

/** Whether a key press is the shortcut: ⌘ on a Mac, Ctrl elsewhere. */
export function isShortcut(event: KeyboardEvent, { key, mod = false, ctrl = false, shift = false, alt = false }: Shortcut, platform: Platform): boolean {
  const held = platform === 'macos' ? event.metaKey === mod && event.ctrlKey === ctrl : event.ctrlKey === mod && !event.metaKey;
  return held && event.key.toLowerCase() === key.toLowerCase() && event.shiftKey === shift && event.altKey === alt;
}
