// The window's commands as the palette lists them: the same ones the keyboard and the menus have, with their shortcuts.
import type { KeyView, Platform } from '../backend/bindings.gen';
import type { PaletteAction } from '../features/palette/entries';
import { type Message, shortcutWords, t, tOs, visible } from '../i18n';
import { type Command, PLACES, shortcutOf } from './commands';
import { revealSetting } from './reveal';

type Worded = [command: Command, words: Message];
const WAYS_IN: Worded[] = [['add_files', 'keys.add.files'], ['paste', 'keys.add.paste'], ['discover', 'keys.add.discover']];
const EVERYWHERE: Worded[] = [
  ['verify_all', 'palette.action.verify_all'], ['find', 'keys.search'], ['undo', 'palette.action.undo'], ['redo', 'palette.action.redo'], ['sidebar', 'palette.action.sidebar'], ['settings', 'app.settings'],
];
const PLACE_WORDS: Record<(typeof PLACES)[number], Message> = {
  all: 'keys.shelf.all', team: 'keys.shelf.team', individual: 'keys.shelf.individual', attention: 'keys.shelf.attention', archived: 'keys.shelf.archived', permissions: 'grid.title', advisor: 'advisor.title', tokens: 'tokens.title', handoff: 'studio.title',
  endpoints: 'endpoints.title', activity: 'activity.title',
};
/** Rows of the settings, by their own names. */
const SETTINGS: [row: string, words: Message][] = [
  ['theme', 'settings.appearance.label'], ['passphrase', 'settings.slot.passphrase'], ['apple', 'palette.setting.apple'], ['on_add', 'settings.on_add'], ['recheck', 'settings.recheck'],
  ['clipboard', 'settings.clipboard'], ['teams', 'palette.setting.teams'],
];

export function paletteActions(platform: Platform, selected: KeyView | null, perform: (command: Command) => void): PaletteAction[] {
  const command = (id: Command, label: string, detail?: string): PaletteAction => {
    const shortcut = shortcutOf(id, platform);
    return { id, label, ...(detail === undefined ? {} : { detail }), ...(shortcut ? { hint: shortcutWords(shortcut, platform) } : {}), run: () => perform(id) };
  };
  const name = visible(selected?.name ?? '');
  const own: PaletteAction[] = selected
    ? [
        command('verify', t('palette.action.verify', { name })),
        command('copy_key_id', t('palette.action.copy_key_id', { name })),
        ...(selected.issuer_id ? [command('copy_issuer_id', t('palette.action.copy_issuer_id', { name }))] : []),
        command('copy_token', t('palette.action.copy_token', { name })),
        command('hand_off', t('palette.action.hand_off', { name })),
        command('compare', t('palette.action.compare', { name })),
        command('rename', t('palette.action.rename', { name })),
        command('archive', t(selected.archived_at === null ? 'palette.action.archive' : 'palette.action.unarchive', { name })),
        command('remove', tOs('keys.action.remove', platform), name),
      ]
    : [];
  return [
    ...WAYS_IN.map(([id, words]) => command(id, t(words))),
    ...own,
    ...EVERYWHERE.map(([id, words]) => command(id, t(words))),
    ...PLACES.map((place) => command(place, t('palette.action.page', { name: t(PLACE_WORDS[place]) }))),
    command('lock', t('palette.action.lock')),
    ...SETTINGS.map(([row, words]): PaletteAction => ({
      id: `setting:${row}`, label: t(words), detail: t('app.settings'),
      run: () => {
        perform('settings');
        void revealSetting(row);
      },
    })),
  ];
}
