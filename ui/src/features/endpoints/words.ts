// What the explorer says about an operation and about each key: the verdict, and on what it rests.
import type { KeyAnswer, KeyView, Method, OperationClass, OperationView, SourceView, WhoCanView } from '../../backend/bindings.gen';
import { day, hasWords, listed, rolesOf, t, tCode } from '../../i18n';
import type { Finding } from './search';

export const nameOf = ({ method, path }: Pick<OperationView, 'method' | 'path'>): string => `${method} ${path}`;

/** How many keys may call an operation, and for how many that is open. */
export function keysWords({ can, maybe }: OperationClass): string {
  const surely = t('endpoints.row.can', { count: can });
  return maybe > 0 ? t('endpoints.row.maybe', { can: surely, count: maybe }) : surely;
}

/** "14 match, 15 relationships hidden". */
export function countWords({ found, hidden }: Finding, searching: boolean): string {
  const shown = t(searching ? 'endpoints.match' : 'endpoints.count', { count: found.length });
  const away = [
    ...(hidden.relationships > 0 ? [t('endpoints.hidden.relationships', { count: hidden.relationships })] : []),
    ...(hidden.deprecated > 0 ? [t('endpoints.hidden.deprecated', { count: hidden.deprecated })] : []),
  ];
  return away.length === 0 ? shown : t('endpoints.counted', { shown, hidden: listed(away) });
}

/** Whether a key may call it, surely or in part. */
export const may = ({ value }: KeyAnswer): boolean => value === 'yes' || value === 'part';

/** "Can read" takes an answer of Apple to a read; what only rests on the table is "Should". */
export function verdictWords({ value, basis }: KeyAnswer, method: Method): string {
  return value === 'yes' && basis === 'observed' && method === 'GET' ? t('endpoints.verdict.can_read') : tCode('endpoints.verdict', value);
}

/** Whether an answer rests on what Apple said more than 30 days ago. */
export const isOld = ({ basis }: Pick<KeyAnswer, 'basis'>, key: KeyView): boolean => basis === 'observed' && key.standing.stale;

/** Abilities side by side; their names hold an "and" of their own. */
const capabilityWords = (codes: string[]): string => codes.map((code) => tCode('access.capability', code)).reduce((first, second) => t('endpoints.decided.join', { first, second }));

/** The one line under a key's name: why. */
export function whyWords({ value, basis, reason, parts }: KeyAnswer, key: KeyView): string {
  if (value === 'part') {
    const halves = [...new Set(parts.map((part) => part.value))];
    return halves
      .map((half) => t('endpoints.why.part', { half: tCode('access.half', half), capabilities: capabilityWords(parts.filter((part) => part.value === half).map((part) => part.capability)) }))
      .reduce((first, second) => t('endpoints.why.part.join', { first, second }));
  }
  if (value === 'yes' || value === 'no') {
    const at = parts.find((part) => part.observed)?.observed?.at;
    const said = tCode(`endpoints.why.${value}`, basis, { role: key.roles.length === 0 ? t('endpoints.unset') : rolesOf(key), day: at === undefined ? '' : day(at) });
    const why = isOld({ basis }, key) ? t('ledger.stale', { words: said }) : said;
    const note = parts.map((part) => part.note).find((code) => code !== null && hasWords('access.note', code));
    return note ? t('endpoints.why.part.join', { first: why, second: tCode('access.note', note) }) : why;
  }
  if (value === 'never' || value === 'disputed') return tCode('endpoints.why', value);
  return hasWords('endpoints.why', reason) ? tCode('endpoints.why', reason) : t('endpoints.why.no_source');
}

/** The capabilities that decide the operation, in words; empty when no answer names any. */
export function decidedBy({ answers }: WhoCanView): string {
  const parts = answers.find((answer) => answer.parts.length > 0)?.parts ?? [];
  return parts.length === 0 ? '' : t('endpoints.decided', { capabilities: capabilityWords(parts.map((part) => part.capability)) });
}

/** Every source the answers rest on, once. */
export function sourcesOf({ answers }: WhoCanView): SourceView[] {
  const seen = new Map<string, SourceView>();
  for (const { parts } of answers) for (const part of parts) for (const source of part.sources) if (!seen.has(source.url)) seen.set(source.url, source);
  return [...seen.values()];
}
