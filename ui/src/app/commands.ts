// The window's commands, and its keyboard: which press means what. Text fields keep their own keys, and nothing works behind a
// dialog. Palette, menus and the menu bar take their shortcuts from here.
import type { FixedLink, Platform, ZoomStep } from '../backend/bindings.gen';
import { isShortcut, type Shortcut } from '../i18n';

export type Command =
  | 'find' | 'add_files' | 'discover' | 'paste' | 'undo' | 'redo' | 'settings' | 'lock' | 'sidebar' | 'pane' | 'pane_back'
  | 'copy_key_id' | 'copy_issuer_id' | 'copy_token' | 'hand_off' | 'rename' | 'archive' | 'remove' | 'compare' | 'verify' | 'verify_all' | 'palette' | Place | `zoom_${ZoomStep}` | Extract<FixedLink, 'asc_integrations' | 'asc_individual_keys' | 'asc_users'>;
/** The places that the number keys open. */
const NUMBERED = ['all', 'team', 'individual', 'attention', 'archived', 'permissions', 'advisor', 'endpoints', 'activity'] as const;
/** The two with a letter: there are more places than numbers. */
const LETTERED = ['tokens', 'handoff'] as const;
export type Place = (typeof NUMBERED | typeof LETTERED)[number];
/** The places of the sidebar, in its order. */
export const PLACES: readonly Place[] = [...NUMBERED.slice(0, 7), ...LETTERED, ...NUMBERED.slice(7)];

type Binding = { command: Command; on: Shortcut; only?: 'mac' | 'other'; /** Text fields mean something else by it. */ textual?: boolean };

const BINDINGS: Binding[] = [
  { command: 'find', on: { key: 'f', mod: true } },
  { command: 'add_files', on: { key: 'o', mod: true } },
  { command: 'discover', on: { key: 'o', mod: true, shift: true } },
  { command: 'paste', on: { key: 'v', mod: true }, textual: true },
  { command: 'undo', on: { key: 'z', mod: true }, textual: true },
  { command: 'redo', on: { key: 'z', mod: true, shift: true }, textual: true },
  { command: 'redo', on: { key: 'y', mod: true }, only: 'other', textual: true },
  { command: 'settings', on: { key: ',', mod: true } },
  { command: 'sidebar', on: { key: 'b', mod: true }, only: 'other' },
  { command: 'sidebar', on: { key: 's', mod: true, ctrl: true }, only: 'mac' },
  { command: 'pane', on: { key: 'F6' } },
  { command: 'pane_back', on: { key: 'F6', shift: true } },
  { command: 'copy_key_id', on: { key: 'c', mod: true, alt: true } },
  { command: 'copy_issuer_id', on: { key: 'c', mod: true, alt: true, shift: true } },
  { command: 'copy_token', on: { key: 'c', mod: true, shift: true } },
  { command: 'hand_off', on: { key: 'e', mod: true } },
  { command: 'rename', on: { key: 'F2' } },
  // Elsewhere Delete removes the key that has the focus; in the whole window it would be pressed by mistake.
  { command: 'remove', on: { key: 'Backspace', mod: true }, only: 'mac', textual: true },
  { command: 'compare', on: { key: 'd', mod: true } },
  { command: 'verify', on: { key: 'r', mod: true } },
  { command: 'verify', on: { key: 'F5' } },
  { command: 'verify_all', on: { key: 'r', mod: true, shift: true } },
  { command: 'palette', on: { key: 'k', mod: true } },
  ...NUMBERED.map((command, at): Binding => ({ command, on: { key: String(at + 1), mod: true } })),
  { command: 'tokens', on: { key: 't', mod: true, shift: true } },
  { command: 'handoff', on: { key: 'h', mod: true, shift: true } },
  { command: 'zoom_in', on: { key: '=', mod: true } },
  { command: 'zoom_out', on: { key: '-', mod: true } },
  { command: 'zoom_reset', on: { key: '0', mod: true } },
];

/** Whether a binding is one of this system's. */
const holds = ({ only }: Binding, platform: Platform) => only === undefined || only === (platform === 'macos' ? 'mac' : 'other');

/** How a command is pressed on this system; the first way, when there are several. */
export function shortcutOf(command: Command, platform: Platform): Shortcut | undefined {
  return BINDINGS.find((binding) => binding.command === command && holds(binding, platform))?.on;
}

/** What macOS's Option key types in place of the letter, by physical key. */
function letter(event: KeyboardEvent): KeyboardEvent {
  if (!event.altKey || !/^Key[A-Z]$/.test(event.code)) return event;
  const { metaKey, ctrlKey, shiftKey, altKey, code } = event;
  return new KeyboardEvent('keydown', { key: code.slice(3).toLowerCase(), code, metaKey, ctrlKey, shiftKey, altKey });
}

/** Whether somebody who is here writes text. */
export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select') || target.isContentEditable);
}

/** Plus shares its key with = on many keyboards, with or without Shift, so the character decides. */
const ZOOM: Partial<Record<string, ZoomStep>> = { '+': 'in', '=': 'in', '-': 'out', '_': 'out', '0': 'reset' };

/** The zoom a key press means, or null. It works everywhere, behind dialogs and in text fields too. */
export function zoomFor(event: KeyboardEvent, platform: Platform): ZoomStep | null {
  const held = platform === 'macos' ? event.metaKey : event.ctrlKey;
  return held && !event.altKey ? (ZOOM[event.key] ?? null) : null;
}

/** The command a key press means, or null. */
export function commandFor(event: KeyboardEvent, platform: Platform): Command | null {
  if (event.defaultPrevented || event.isComposing) return null;
  const plain = letter(event);
  const found = BINDINGS.find((binding) => holds(binding, platform) && isShortcut(plain, binding.on, platform));
  if (!found || (found.textual && typing(event.target))) return null;
  return found.command;
}
