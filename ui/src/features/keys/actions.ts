// Everything that can be done with one key, as menu items: the same list under ⋯ and under the right mouse button.
import type { Depth, KeyKind, KeyView, Platform, Role } from '../../backend/bindings.gen';
import { ROLES } from '../../backend/roles';
import { shortcutWords, t, tCode, tOs } from '../../i18n';
import type { MenuItem } from '../../primitives/menu';
import type { Library } from './library.svelte';

export type Doing = {
  library: Library;
  platform: Platform;
  rename: (key: KeyView) => void;
  remove: (key: KeyView) => void;
  /** Puts a key beside the selected one, or takes it away. */
  compare: (key: KeyView) => void;
  isCompared: (key: KeyView) => boolean;
  /** Asks Apple about a key. */
  verify: (key: KeyView, depth: Depth) => void;
  /** Makes a short-lived token and puts it on the clipboard. */
  copyToken: (key: KeyView) => void;
  /** Brings up where the key can be handed to. */
  handOff: (key: KeyView) => void;
  copy: (key: KeyView, what: 'key_id' | 'issuer_id' | 'fingerprint') => void;
};

/** Choices of a key's role: one for a Team key, the person's own (one or more) for an Individual key. */
export function roleItems(key: KeyView, library: Library): MenuItem[] {
  const several = key.kind === 'individual';
  const toggled = (role: Role): Role[] => {
    if (!several) return [role];
    return ROLES.individual.filter((one) => (one === role ? !key.roles.includes(role) : key.roles.includes(one)));
  };
  return [
    ...ROLES[key.kind].map((role): MenuItem => ({
      label: tCode('access.role', role), checked: key.roles.includes(role), several, run: () => void library.change(key.id, { roles: toggled(role) }),
    })),
    { type: 'separator' },
    { label: t('keys.role.not_sure'), checked: key.roles.length === 0, run: () => void library.change(key.id, { roles: [] }) },
  ];
}

export function kindItems(key: KeyView, library: Library): MenuItem[] {
  const kinds: KeyKind[] = ['team', 'individual'];
  return kinds.map((kind) => ({
    label: tCode('keys.kind_long', kind),
    checked: key.kind === kind,
    // A Team key has at most one role, and only an Individual key's person can be the Account Holder.
    run: () => void library.change(key.id, kind === 'team' ? { kind, roles: key.roles.filter((role) => ROLES.team.includes(role)).slice(0, 1) } : { kind }),
  }));
}

export function keyItems(key: KeyView, { library, platform, rename, remove, compare, isCompared, copy, copyToken, handOff, verify }: Doing): MenuItem[] {
  const mac = platform === 'macos';
  const beside: MenuItem[] = library.selected && library.selected.id !== key.id
    ? [{ label: t(isCompared(key) ? 'keys.action.uncompare' : 'keys.action.compare'), run: () => compare(key) }]
    : [];
  return [
    { label: t('keys.action.verify'), hint: shortcutWords({ key: 'R', mod: true }, platform), run: () => verify(key, 'normal') },
    { label: t('keys.action.verify_thorough'), run: () => verify(key, 'thorough') },
    { type: 'separator' },
    { label: t('keys.action.copy_token'), hint: shortcutWords({ key: 'C', mod: true, shift: true }, platform), run: () => copyToken(key) },
    { label: t('keys.action.hand_off'), hint: shortcutWords({ key: 'E', mod: true }, platform), run: () => handOff(key) },
    { type: 'separator' },
    { label: t('keys.action.rename'), hint: shortcutWords({ key: mac ? 'Enter' : 'F2' }, platform), run: () => rename(key) },
    { type: 'branch', label: t(key.kind === 'team' ? 'keys.action.role' : 'keys.action.roles'), items: roleItems(key, library) },
    { type: 'branch', label: t('keys.action.kind'), items: kindItems(key, library) },
    { type: 'separator' },
    ...beside,
    { label: t('keys.copy.key_id'), run: () => copy(key, 'key_id') },
    { label: t('keys.copy.issuer_id'), disabled: key.issuer_id === null, run: () => copy(key, 'issuer_id') },
    { label: t('keys.copy.fingerprint'), run: () => copy(key, 'fingerprint') },
    { type: 'separator' },
    {
      label: key.archived_at === null ? t('keys.action.archive') : t('keys.action.unarchive'),
      run: () => void library.change(key.id, { archived: key.archived_at === null }),
    },
    {
      label: tOs('keys.action.remove', platform), danger: true,
      hint: shortcutWords(mac ? { key: 'Backspace', mod: true } : { key: 'Delete' }, platform), run: () => remove(key),
    },
  ];
}
