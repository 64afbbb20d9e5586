// What the settings say about asking Apple: how far the clock is off, and when keys are checked next.
import type { KeyView, Platform, Recheck } from '../../backend/bindings.gen';
import { day, t, tOs } from '../../i18n';

const A_DAY = 86_400_000;
const PERIODS: Record<Recheck, number | null> = { off: null, weekly: 7 * A_DAY, monthly: 30 * A_DAY };

/** "40 seconds", "7 minutes", "2 hours". */
function span(seconds: number): string {
  if (seconds < 90) return t('settings.apple.clock.seconds', { count: seconds });
  return seconds < 5400 ? t('settings.apple.clock.minutes', { count: Math.round(seconds / 60) }) : t('settings.apple.clock.hours', { count: Math.round(seconds / 3600) });
}

/** "This computer's clock is 7 minutes slow". Seconds behind Apple's; negative when it is ahead. */
export function clockWords(behind: number, platform: Platform): string {
  return tOs(behind > 0 ? 'settings.apple.clock.slow' : 'settings.apple.clock.fast', platform, { span: span(Math.abs(behind)) });
}

/** When the next key is due, as far as the answers so far say; empty when none does. A key Apple was never asked about is not due. */
export function nextWords(recheck: Recheck, keys: KeyView[], now: number): string {
  const period = PERIODS[recheck];
  const asked = keys.flatMap(({ archived_at, standing }) => (archived_at === null && standing.code !== 'unchecked' && standing.at !== null ? [standing.at] : []));
  if (period === null || asked.length === 0) return '';
  const next = Math.min(...asked) + period;
  return next <= now ? t('settings.recheck.due') : t('settings.recheck.next', { day: day(next) });
}

/** Digits an Apple vendor number has at least, and what the core takes at most. */
const [SHORTEST, LONGEST] = [4, 12];

/** A vendor number without the blanks of a copied one. */
export function plainVendor(typed: string): string {
  return typed.replace(/\s/g, '');
}

/** What is wrong with a vendor number, in words; empty is allowed and takes it away. */
export function vendorProblem(number: string): string | undefined {
  if (number === '') return undefined;
  if (!/^\d+$/.test(number)) return t('settings.vendor.digits');
  return number.length < SHORTEST || number.length > LONGEST ? t('settings.vendor.length', { least: SHORTEST, most: LONGEST }) : undefined;
}
