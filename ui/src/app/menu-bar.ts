// The Mac's menu bar: the window's own commands in the six menus people look for them in, with the shortcuts they have everywhere
// else. It is described here and drawn by the system; what it does comes back as the name of a command.
import type { BarItem, BarRole, KeyView, MenuBar, SystemAct } from '../backend/bindings.gen';
import { type Shortcut, t, tCode, tOs } from '../i18n';
import { type Command, PLACES, shortcutOf } from './commands';

const MAC = 'macos';

/** What decides which commands can be used. */
export type Situation = {
  /** The keys are on screen and nothing lies over them. */
  free: boolean;
  /** Somebody writes text: taking back means the text. */
  typing: boolean;
  /** The key that commands about a key mean, if there is one. */
  selected: KeyView | null;
  canUndo: boolean;
  canRedo: boolean;
  sidebarShown: boolean;
  /** The tokens' page is up, with a token of its own to copy. */
  workbench: boolean;
};

/** A separator, a command, or something the system does by itself. */
type Line = '-' | Command | { system: SystemAct };
const system = (...acts: SystemAct[]): Line[] => acts.map((act) => ({ system: act }));

const MENUS: { name: string; role: BarRole; lines: Line[] }[] = [
  {
    name: 'app', role: 'ordinary',
    lines: [...system('about'), '-', 'settings', '-', 'lock', '-', ...system('services'), '-', ...system('hide', 'hide_others', 'show_all'), '-', ...system('quit')],
  },
  { name: 'file', role: 'ordinary', lines: ['add_files', 'paste', 'discover', '-', 'verify', 'verify_all', 'hand_off', '-', 'rename', 'archive', 'remove', '-', ...system('close_window')] },
  {
    name: 'edit', role: 'ordinary',
    lines: ['undo', 'redo', '-', ...system('cut', 'copy', 'paste', 'select_all'), '-', 'copy_key_id', 'copy_issuer_id', 'copy_token', '-', 'find'],
  },
  {
    name: 'view', role: 'ordinary',
    lines: [...PLACES, '-', 'palette', 'compare', '-', 'sidebar', '-', 'zoom_reset', 'zoom_in', 'zoom_out', '-', ...system('full_screen')],
  },
  { name: 'window', role: 'window', lines: [...system('minimize', 'zoom'), '-', 'pane', 'pane_back', '-', ...system('bring_all_to_front')] },
  { name: 'help', role: 'help', lines: ['asc_integrations', 'asc_individual_keys', 'asc_users'] },
];

const commands = new Set<string>(MENUS.flatMap(({ lines }) => lines.filter((line) => typeof line === 'string' && line !== '-')));

/** The command that an item stands for, or null when no item has that name. */
export function commandNamed(name: string): Command | null {
  return commands.has(name) ? (name as Command) : null;
}

const ALWAYS: readonly Command[] = ['zoom_in', 'zoom_out', 'zoom_reset', 'asc_integrations', 'asc_individual_keys', 'asc_users'];
const OF_A_KEY: readonly Command[] = ['verify', 'rename', 'archive', 'remove', 'compare', 'copy_key_id', 'copy_issuer_id'];

function usable(command: Command, { free, typing, selected, canUndo, canRedo, workbench }: Situation): boolean {
  if (ALWAYS.includes(command)) return true;
  if (command === 'undo') return typing || (free && canUndo);
  if (command === 'redo') return typing || (free && canRedo);
  if (!free) return false;
  if (command === 'copy_issuer_id') return (selected?.issuer_id ?? null) !== null;
  if (command === 'copy_token') return workbench || selected !== null;
  return !OF_A_KEY.includes(command) || selected !== null;
}

function label(command: Command, { selected, sidebarShown }: Situation): string {
  if (command === 'remove') return tOs('keys.action.remove', MAC);
  if (command === 'archive') return t(selected && selected.archived_at !== null ? 'menu.command.unarchive' : 'menu.command.archive');
  if (command === 'sidebar') return t(sidebarShown ? 'menu.command.sidebar.hide' : 'menu.command.sidebar.show');
  return tCode('menu.command', command);
}

/**
 * The keys of an item. A bare key (F2, Return) stays the page's: the menu would take it from every text field. ⌘V is with the
 * system's own Paste, and means a key where no text is written.
 */
function keysOf(command: Command) {
  const shortcut: Shortcut | undefined = command === 'paste' ? undefined : shortcutOf(command, MAC);
  if (!shortcut?.mod) return null;
  const { key, ctrl = false, alt = false, shift = false } = shortcut;
  return { key, main: true, control: ctrl, alt, shift };
}

function item(line: Line, situation: Situation): BarItem {
  if (line === '-') return { type: 'separator' };
  if (typeof line !== 'string') return { type: 'system', act: line.system, label: tCode('menu.system', line.system) };
  return { type: 'command', command: line, label: label(line, situation), keys: keysOf(line), enabled: usable(line, situation) };
}

/** The whole bar as it should look now. */
export function menuBar(situation: Situation): MenuBar {
  return { menus: MENUS.map(({ name, role, lines }) => ({ title: tCode('menu', name), role, items: lines.map((line) => item(line, situation)) })) };
}
