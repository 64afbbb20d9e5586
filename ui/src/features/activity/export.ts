// The entries as a table for spreadsheets and as plain text: the same words as on the page, and every request of every check.
import type { ActivityEntry, Platform } from '../../backend/bindings.gen';
import { commaSeparated, rolesOf, sortable, t, visible } from '../../i18n';
import { kindWords, meaningOf, requestsOf, wordsOf } from './words';

/** "GET /v1/apps?limit=1: 200, Read observed". */
function requestsWords(entry: ActivityEntry): string[] {
  return requestsOf(entry).map((request) => `${visible(request.request)}: ${request.status === null ? '' : `${request.status}, `}${meaningOf(request, entry)}`);
}

export function asCsv(entries: ActivityEntry[], platform: Platform): string {
  const head = (['time', 'what', 'gist', 'key', 'kind', 'role', 'group', 'failure', 'requests'] as const).map((column) => t(`activity.csv.${column}`));
  const lines = entries.map((entry) => {
    const { what, gist } = wordsOf(entry, platform);
    const key = entry.key ? [entry.key.name, kindWords(entry.key.kind), rolesOf(entry.key)] : ['', '', ''];
    return [sortable(entry.at), what, gist, ...key, t(`activity.group.${entry.group}`), t(entry.failure ? 'activity.csv.failure.yes' : 'activity.csv.failure.no'), requestsWords(entry).join('; ')];
  });
  return commaSeparated([head, ...lines]);
}

/** A line per entry, its requests under it. */
export function asText(entries: ActivityEntry[], platform: Platform): string {
  return entries.map((entry) => {
    const { what, gist } = wordsOf(entry, platform);
    const line = [sortable(entry.at), what, entry.key ? visible(entry.key.name) : '', gist].filter((part) => part !== '').join('  ');
    return [line, ...requestsWords(entry).map((request) => `    ${request}`), ''].join('\n');
  }).join('');
}
