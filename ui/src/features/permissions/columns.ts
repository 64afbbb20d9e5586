// What a column of the ledger can be, as a menu: a key one could make, or one that is here.
import type { ColumnRef, KeyKind, KeyView, Role } from '../../backend/bindings.gen';
import { ROLES } from '../../backend/roles';
import { kindAndRole, t, tCode, visible } from '../../i18n';
import type { MenuItem } from '../../primitives/menu';
import { type Comparison, counterpart, sameColumn } from './comparison.svelte';

/** Apple's guide names no Individual keys for these people, so none is offered as a what-if. */
const WITHOUT_INDIVIDUAL: readonly Role[] = ['ACCOUNT_HOLDER', 'SALES', 'FINANCE'];
const OFFERED: Record<KeyKind, Role[]> = { team: [...ROLES.team], individual: ROLES.individual.filter((role) => !WITHOUT_INDIVIDUAL.includes(role)) };
const KINDS: KeyKind[] = ['team', 'individual'];

/** The choices for the column at `place` (1 to 3), or for one more; what already stands in another column is off. */
export function columnItems(comparison: Comparison, key: KeyView, keys: KeyView[], place: number | 'new'): MenuItem[] {
  const here = place === 'new' ? undefined : comparison.columns[place];
  const choice = (column: ColumnRef, label: string, hint?: string): MenuItem => {
    const checked = here !== undefined && sameColumn(here, column);
    return {
      label, ...(hint === undefined ? {} : { hint }), ...(place === 'new' ? {} : { checked }), disabled: !checked && comparison.has(column),
      run: () => (place === 'new' ? comparison.add(column) : comparison.set(place, column)),
    };
  };
  const made = (kind: KeyKind, roles: Role[], label: string) => choice({ type: 'hypothetical', kind, roles }, label);
  const twin = counterpart(key);
  return [
    { type: 'heading', label: t('ledger.compare.made') },
    made(twin.kind, twin.roles, kindAndRole(twin)),
    ...KINDS.map((kind): MenuItem => ({
      type: 'branch', label: tCode('keys.kind_long', kind), items: OFFERED[kind].map((role) => made(kind, [role], tCode('access.role', role))),
    })),
    ...KINDS.flatMap((kind): MenuItem[] => {
      const mine = keys.filter((one) => one.kind === kind && one.id !== key.id && one.archived_at === null);
      if (mine.length === 0) return [];
      return [
        { type: 'separator' },
        { type: 'heading', label: tCode('keys.group', kind) },
        ...mine.map((one) => choice({ type: 'key', id: one.id }, visible(one.name), one.key_id)),
      ];
    }),
  ];
}
