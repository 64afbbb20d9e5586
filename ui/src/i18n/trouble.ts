// Why nothing was learned from Apple, in words: what stood in the way, what is safe, what to do. None of it is about a key, and
// no sentence here says that a key cannot do something.
import type { Trouble } from '../backend/bindings.gen';
import { clock } from './time';
import { type Params, tCode } from './words';

export type TroubleWords = { title: string; safe: string; action: string };

function place(trouble: Trouble): string {
  if (trouble.code === 'tls') return `tls.${trouble.why}`;
  return trouble.code === 'timeout' ? `timeout.${trouble.phase}` : trouble.code;
}

function params(trouble: Trouble): Params {
  if (trouble.code === 'server') return { status: String(trouble.status) };
  return trouble.code === 'rate_limited' ? { until: clock(trouble.until).slice(0, 5) } : {};
}

/** What stood in the way, what is safe, and what to do. */
export function troubleWords(trouble: Trouble): TroubleWords {
  const [code, filled] = [place(trouble), params(trouble)];
  return { title: tCode('trouble.title', code), safe: tCode('trouble.safe', code, filled), action: tCode('trouble.action', code, filled) };
}

/** The same in one go, for a tooltip or a screen reader. */
export function troubleSentence(trouble: Trouble): string {
  const { title, safe, action } = troubleWords(trouble);
  return `${title}. ${safe} ${action}`;
}
