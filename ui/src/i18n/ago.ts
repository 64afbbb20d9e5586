// How long ago something was, the way a glance wants it: minutes while they matter, then hours, then the day.
import { dateLocale, day, t } from './words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From here on the day says more than a count of days. */
const WEEK = 7 * DAY;

const relative = new Intl.RelativeTimeFormat(dateLocale, { style: 'short', numeric: 'always' });

/** "just now", "2 min ago", "3 hr ago", "5 days ago", then "14 Aug 2026". Both in milliseconds since 1970. */
export function ago(when: number, now: number): string {
  const gone = now - when;
  // A moment that lies ahead is a clock that was set back: the day is still true.
  if (gone < -MINUTE || gone >= WEEK) return day(when);
  if (gone < MINUTE) return t('app.just_now');
  if (gone < HOUR) return relative.format(-Math.floor(gone / MINUTE), 'minute');
  if (gone < DAY) return relative.format(-Math.floor(gone / HOUR), 'hour');
  return relative.format(-Math.floor(gone / DAY), 'day');
}
