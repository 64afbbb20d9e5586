// How long something takes or lasts: in words, and as a clock that counts down.
import { locale } from './words';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Unit = 'second' | 'minute' | 'hour' | 'day';
const long = (unit: Unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
const UNITS: Record<Unit, Intl.NumberFormat> = { second: long('second'), minute: long('minute'), hour: long('hour'), day: long('day') };

/** "45 seconds", "21 minutes", "20 minutes 30 seconds", "6 hours", "180 days": two units where the second one says something. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const said = (count: number, unit: Unit, rest: number, below: Unit) => UNITS[unit].format(count) + (rest > 0 ? ` ${UNITS[below].format(rest)}` : '');
  if (whole < 2 * MINUTE) return whole === MINUTE ? UNITS.minute.format(1) : UNITS.second.format(whole);
  if (whole < 2 * HOUR) return said(Math.floor(whole / MINUTE), 'minute', whole % MINUTE, 'second');
  if (whole < 2 * DAY) return said(Math.floor(whole / HOUR), 'hour', Math.floor((whole % HOUR) / MINUTE), 'minute');
  return said(Math.floor(whole / DAY), 'day', Math.floor((whole % DAY) / HOUR), 'hour');
}

/** "7:24", "1:07:24"; from two days on, the days. */
export function minutes(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole >= 2 * DAY) return UNITS.day.format(Math.floor(whole / DAY));
  const two = (part: number) => String(part).padStart(2, '0');
  const under = `${two(Math.floor((whole % HOUR) / MINUTE))}:${two(whole % MINUTE)}`;
  return whole >= HOUR ? `${Math.floor(whole / HOUR)}:${under}` : under.replace(/^0/, '');
}
