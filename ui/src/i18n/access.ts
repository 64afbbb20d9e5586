// What a key may do, in the words more than one part of the window says.
import type { Area, CellView, KeyKind, Level, Role, Task } from '../backend/bindings.gen';
import { hasWords, t, tCode } from './words';

type Bearer = { kind: KeyKind; roles: Role[] };

/** "App Manager", "Developer, Marketing", or "Role not set". */
export function rolesOf({ roles }: Pick<Bearer, 'roles'>): string {
  return roles.length === 0 ? t('keys.role.unsure') : roles.map((role) => tCode('access.role', role)).join(', ');
}

/** "Individual · Developer". */
export function kindAndRole(bearer: Bearer): string {
  return t('ledger.compare.hypothetical', { kind: tCode('keys.kind', bearer.kind), role: rolesOf(bearer) });
}

export function areaWords(area: Area): string {
  return tCode('access.area', area);
}

/** For the narrow heads of a grid. */
export function areaShort(area: Area): string {
  return tCode('access.area_short', area);
}

/** What a cell says: its own label, or its level. */
export function cellWords({ label, level }: Pick<CellView, 'label' | 'level'>): string {
  return label !== null && hasWords('access.label', label) ? tCode('access.label', label) : tCode('access.level', level);
}

export function taskWords(task: Task): string {
  return tCode('access.task', task);
}

/** The reach strip in words, by how many areas hold each level. */
export function reachWords(levels: Level[]): string {
  const order: Level[] = ['manage', 'limited', 'view', 'none', 'never', 'unclear', 'disputed'];
  const counts = order.map((level) => [level, levels.filter((one) => one === level).length] as const).filter(([, count]) => count > 0);
  return t('keys.reach', { levels: counts.map(([level, count]) => tCode('keys.reach_level', level, { count })).join(', ') });
}
