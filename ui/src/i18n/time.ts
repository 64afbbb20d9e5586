// Days and times of day as a log says them: its newest days by name, and the same moment for a person and for a spreadsheet.
import { dateLocale, t } from './words';

const times = new Intl.DateTimeFormat(dateLocale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const thisYear = new Intl.DateTimeFormat(dateLocale, { day: 'numeric', month: 'long' });
const otherYears = new Intl.DateTimeFormat(dateLocale, { day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat(dateLocale, { day: 'numeric', month: 'short' });
const shortDayAndYear = new Intl.DateTimeFormat(dateLocale, { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat(dateLocale, { dateStyle: 'long', timeStyle: 'medium' });

/** Midnight of the day, in local time; `before` goes back so many calendar days, whatever the clocks did meanwhile. */
export function dayStart(when: number, before = 0): number {
  const date = new Date(when);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - before).getTime();
}

/** "14:10:31". */
export function clock(when: number): string {
  return times.format(when);
}

/** "Today, 23 November", "Yesterday, 22 November", "2 September", "2 September 2025". */
export function dayName(when: number, now: number): string {
  const day = dayStart(when);
  const date = (new Date(when).getFullYear() === new Date(now).getFullYear() ? thisYear : otherYears).format(when);
  if (day === dayStart(now)) return t('app.today', { date });
  return day === dayStart(now, 1) ? t('app.yesterday', { date }) : date;
}

/** "23 November 2026 at 14:10:31". */
export function exactMoment(when: number): string {
  return exact.format(when);
}

/** "23 Nov, 14:10:31"; of another year "23 Nov 2027, 14:10:31". */
export function shortMoment(when: number): string {
  const same = new Date(when).getFullYear() === new Date().getFullYear();
  return `${(same ? shortDay : shortDayAndYear).format(when)}, ${clock(when)}`;
}

/** "2026-11-23 14:10:31": sorts, and every spreadsheet reads it. Local time. */
export function sortable(when: number): string {
  const local = new Date(when - new Date(when).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}
