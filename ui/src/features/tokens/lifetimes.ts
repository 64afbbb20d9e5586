// The lifetimes one can choose: whole minutes while Apple takes minutes, then the steps people plan in, up to six months.

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BEYOND = [HOUR, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 60 * DAY, 90 * DAY, 120 * DAY, 150 * DAY];
/** Those with a mark under the slider. */
const TICKS = [2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 20 * MINUTE];
const LONG_TICKS = [2 * MINUTE, 10 * MINUTE, 20 * MINUTE, HOUR, DAY, 7 * DAY, 30 * DAY];
/** The least share of the slider between two marks: a mark is up to six characters wide. */
const APART = 0.1;
/** What Apple takes for most requests. */
export const ORDINARY = 20 * MINUTE;

/** Every lifetime from `least` to `most`, in seconds. */
export function lifetimes(least: number, most: number): number[] {
  const minutes = Array.from({ length: Math.floor(ORDINARY / MINUTE) }, (_, at) => (at + 1) * MINUTE);
  const within = [...minutes, ...BEYOND].filter((seconds) => seconds >= least && seconds <= most);
  return [...new Set([...within, most])].filter((seconds) => seconds >= least);
}

/** The marks: which of the lifetimes are named. The last one always is; where two would stand on each other, the later gives way. */
export function ticks(all: number[]): number[] {
  const end = all.length - 1;
  const last = all[end] ?? ORDINARY;
  const named = last > ORDINARY ? LONG_TICKS : TICKS;
  const apart = (one: number, other: number) => other - one >= end * APART;
  const kept: number[] = [];
  for (const [at, seconds] of all.entries()) {
    if (at === end || (named.includes(seconds) && apart(at, end) && apart(kept.at(-1) ?? -Infinity, at))) kept.push(at);
  }
  return kept;
}

/** The longest of them that is no longer than this. */
export function nearest(all: number[], seconds: number): number {
  return Math.max(0, all.findLastIndex((one) => one <= seconds));
}

/** The unit a mark is written in. */
export function tickUnit(seconds: number): ['minutes' | 'hours' | 'days', number] {
  if (seconds >= DAY) return ['days', Math.round(seconds / DAY)];
  return seconds >= HOUR ? ['hours', Math.round(seconds / HOUR)] : ['minutes', Math.round(seconds / MINUTE)];
}
