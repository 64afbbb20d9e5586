// What a key must not reach, as the user pins it: the list of pins after one of them was changed.
import type { Guard, GuardView } from '../../backend/bindings.gen';

const same = (one: Guard, other: Guard) => one.area === other.area && one.limit === other.limit;

/** Whether a rule is pinned. */
export function isPinned(guards: GuardView[], guard: Guard): boolean {
  return guards.some((one) => same(one, guard));
}

/** The pins without their states, with `guard` pinned if it was not, else without it. */
export function toggled(guards: GuardView[], guard: Guard): Guard[] {
  const rest = guards.filter((one) => !same(one, guard)).map(({ area, limit }) => ({ area, limit }));
  return isPinned(guards, guard) ? rest : [...rest, { area: guard.area, limit: guard.limit }];
}
