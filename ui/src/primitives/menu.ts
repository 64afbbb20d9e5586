// What a menu holds. Words are the caller's; a menu only knows how to walk and choose.
export type MenuAction = {
  type?: 'action';
  label: string;
  /** Right-hand hint, for example a shortcut. */
  hint?: string;
  disabled?: boolean;
  danger?: boolean;
  /** Present: the item is a choice that can be on or off. */
  checked?: boolean;
  /** Whether choosing it leaves other choices on (checkbox) or not (radio, the default). */
  several?: boolean;
  run: () => void;
};
export type MenuBranch = { type: 'branch'; label: string; items: MenuItem[] };
export type MenuItem = MenuAction | MenuBranch | { type: 'separator' } | { type: 'heading'; label: string };
export type MenuAnchor = Element | { x: number; y: number };

export function isBranch(item: MenuItem): item is MenuBranch {
  return item.type === 'branch';
}

export function isAction(item: MenuItem): item is MenuAction {
  return item.type === undefined || item.type === 'action';
}

export function roleOf(item: MenuAction): 'menuitem' | 'menuitemradio' | 'menuitemcheckbox' {
  if (item.checked === undefined) return 'menuitem';
  return item.several ? 'menuitemcheckbox' : 'menuitemradio';
}
