// How old something is, in the few letters a row of a list has for it.
import { day, locale, t } from './words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From here on the day says more than a count of days. */
const YEAR = 365 * DAY;

type Unit = 'minute' | 'hour' | 'day';
const short = (unit: Unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' });
const UNITS: Record<Unit, Intl.NumberFormat> = { minute: short('minute'), hour: short('hour'), day: short('day') };

function measured(gone: number): [number, Unit] {
  if (gone < HOUR) return [Math.floor(gone / MINUTE), 'minute'];
  return gone < DAY ? [Math.floor(gone / HOUR), 'hour'] : [Math.floor(gone / DAY), 'day'];
}

/** "now", "2 min", "3 hr", "6 days", "14 Aug 2025". Both in milliseconds since 1970. */
export function age(when: number, now: number): string {
  const gone = now - when;
  // A moment that lies ahead is a clock that was set back: the day is still true.
  if (gone < -MINUTE || gone >= YEAR) return day(when);
  if (gone < MINUTE) return t('checking.now');
  const [count, unit] = measured(gone);
  return UNITS[unit].format(count);
}
