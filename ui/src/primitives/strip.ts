// The reach strip as a drawing: one tick for each area, told apart by shape alone. A handful of paths instead of a box for
// each tick, because every row of a long list has one.
import type { Level } from '../backend/bindings.gen';

/** What a path is painted with: a tick that reaches, a hollow one, a mark at rest, sources that disagree. */
export type StripInk = 'reach' | 'hollow' | 'rest' | 'dots' | 'doubt';
export type StripPath = { ink: StripInk; d: string };

/** Ticks before the gap: the areas both kinds of key can reach. */
const EITHER = 7;
const TICK = 4;
const STEP = TICK + 2;
const GAP = 3;
const TALL = 12;
/** How tall a tick is that reaches. */
const REACHES: Partial<Record<Level, number>> = { manage: 12, limited: 9, view: 6 };

const box = (x: number, y: number, width: number, height: number) => `M${x} ${y}h${width}v${height}h${-width}z`;
/** Outlined on the inside, so that its edge falls on whole pixels. */
const outlined = (x: number, height: number) => box(x + 0.5, TALL - height + 0.5, TICK - 1, height - 1);

function tick(level: Level, x: number): StripPath {
  const reach = REACHES[level];
  if (reach !== undefined) return { ink: 'reach', d: outlined(x, reach) };
  switch (level) {
    case 'unclear': return { ink: 'hollow', d: outlined(x, 7) };
    case 'disputed': return { ink: 'doubt', d: box(x, TALL - 7, TICK, 2) + box(x, TALL - 2, TICK, 2) };
    case 'never': return { ink: 'dots', d: box(x, TALL - 2, 1.25, 2) + box(x + 2.75, TALL - 2, 1.25, 2) };
    default: return { ink: 'rest', d: box(x, TALL - 2, TICK, 2) };
  }
}

export function stripSize(levels: number): { width: number; height: number } {
  return { width: Math.max(0, levels * STEP - 2 + (levels > EITHER ? GAP : 0)), height: TALL };
}

/** The ticks in ledger order, alike ones in one path. */
export function strip(levels: Level[]): StripPath[] {
  const paths = new Map<StripInk, string>();
  levels.forEach((level, at) => {
    const { ink, d } = tick(level, at * STEP + (at >= EITHER ? GAP : 0));
    paths.set(ink, (paths.get(ink) ?? '') + d);
  });
  return [...paths].map(([ink, d]) => ({ ink, d }));
}
